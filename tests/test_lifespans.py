"""Which lives are told, and how far full texts prove them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lives import store_of

from kg.lifespans import Lifespan, Succession, lifespans
from kg.pipeline import build
from kg.store import open_store
from kg.timelines import histories, timeline


def life(documents: str, signs: str) -> Lifespan:
    (row,) = lifespans(store_of(documents, {"六稳": signs}, defined=("六稳",))).rows
    return row


@pytest.mark.parametrize(
    ("documents", "signs", "since", "until", "born", "died"),
    [
        ("rrrrr", " nnn ", 2002, 2004, True, True),
        ("rrrr", "nnnn", 2001, 2004, False, False),
        (".rr.", " nn ", 2002, 2003, False, False),  # years without a text prove nothing
        ("drrd", " nn ", 2002, 2003, False, False),  # nor does a digest that lacks it
        ("drrdr", "dnnd ", 2001, 2004, False, True),  # but where a digest has it, it lives
        ("rdr.r", " d   ", 2002, 2002, True, True),
        ("r.rr", "l  n", 2001, 2004, False, False),
    ],
)
def test_lifespans_claim_no_more_than_full_texts_prove(
    documents: str, signs: str, since: int, until: int, born: bool, died: bool
) -> None:
    row = life(documents, signs)
    assert (row.since, row.until, row.born, row.died) == (since, until, born, died)


def test_lifespans_of_families_stand_together_the_oldest_first() -> None:
    signs = {"甲": "nn  ", "乙": " nn ", "丙": "n n ", "丁": "nn  ", "戊": "  nn"}
    links = (("successor", "甲", "戊", "五湖", "一流域"), ("redefinition", "丁", "丁", "新", ""))
    told = lifespans(store_of("rrrr", signs, links=links))
    assert [row.timeline.label for row in told.rows] == ["丁", "甲", "戊", "丙", "乙"]
    assert [row.family for row in told.rows].count(told.rows[1].family) == 2
    term = "https://example.org/policy-terms/term/"
    assert told.rows[0].successions == (
        Succession("redefinition", True, "丁", f"{term}丁", 2001, ("新",), ()),
    )
    assert told.rows[1].successions == (
        Succession("successor", True, "戊", f"{term}戊", 2003, ("五湖",), ("一流域",)),
    )
    assert [(s.onward, s.label, s.year) for s in told.rows[2].successions] == [(False, "甲", 2001)]


def test_lifespans_other_relations_make_no_family() -> None:
    told = lifespans(store_of("rr", {"甲": "nn", "乙": "nn"}, links=(("co-mentioned", "甲", "乙", "", ""),)))
    assert {row.family for row in told.rows} == {"甲", "乙"}
    assert not any(row.successions for row in told.rows)


def test_lifespans_leave_out_what_was_said_once_unless_it_is_of_a_family() -> None:
    signs = {"甲": "nn ", "乙": "  n", "丙": "  n", "丁": "  n", "戊": "   "}
    told = lifespans(store_of("rrr", signs, defined=("丁", "戊"), links=(("variant", "甲", "乙", "", ""),)))
    assert [row.timeline.label for row in told.rows] == ["甲", "乙", "丁"]
    assert (told.once, told.words, told.beyond) == (2, 0, 0)


def test_lifespans_most_mentions_go_first() -> None:
    told = lifespans(store_of("rrrr", {"甲": "nn  ", "乙": "nnnn", "丙": "nnn "}), most=2)
    assert ([row.timeline.label for row in told.rows], told.beyond) == (["丙", "乙"], 1)


def test_lifespans_are_of_slogans_and_not_of_words(tmp_path: Path) -> None:
    """What is quoted half the time, what a reader asks for; not what stood in quotation marks once."""
    mine = tmp_path / "mine"
    mine.mkdir()
    manifest = ""
    for year in (2001, 2002):
        quoted = "“智慧口岸”" if year == 2001 else "智慧口岸"
        (mine / f"{year}.txt").write_text(
            f"解决“三农”问题，“三农”是大事。发扬{quoted}，智慧口岸、智慧口岸。走出去，“走出去”。发展新质生产力。做好“厂网”。",
            encoding="utf-8",
        )
        manifest += f'[[document]]\npath = "{year}.txt"\nyear = {year}\nkind = "report"\n'
    (mine / "corpus.toml").write_text(manifest, encoding="utf-8")
    (mine / "terms.txt").write_text("新质生产力", encoding="utf-8")
    build(mine, tmp_path / "made")
    told = lifespans(open_store(tmp_path / "made"))
    assert {row.timeline.label for row in told.rows} == {"三农", "走出去", "厂网", "新质生产力"}
    assert told.words == 1


def test_lifespans_of_the_seeds(output: Path) -> None:
    store = open_store(output)
    told = lifespans(store)
    assert told.years == (2021, 2022, 2023, 2024, 2025)
    assert [doc.digest for doc in told.documents].count(False) == 2
    rows = {row.timeline.label: row for row in told.rows}
    old, new = rows["两山七河一流域"], rows["两山七河五湖"]
    assert told.rows.index(new) == told.rows.index(old) + 1
    assert (old.born, old.died, new.born, new.died) == (False, True, True, False)
    (succession,) = old.successions
    assert (succession.label, succession.year, succession.added, succession.dropped) == (
        "两山七河五湖", 2024, ("五湖",), ("一流域",),
    )  # fmt: skip
    assert "稳就业" not in rows  # a component and nothing else
    assert len(rows) > 70 and told.once and told.words


def test_histories_are_those_of_each_term(output: Path) -> None:
    store = open_store(output)
    every = histories(store)
    assert every == [timeline(store, each.iri) for each in every]
