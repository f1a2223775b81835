"""Histories, as a built graph gives them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.documents import Source
from kg.graph import build_graph
from kg.model import Document, KgError, Kind
from kg.pipeline import analyse
from kg.store import open_store, select
from kg.timelines import Timeline, YearOf, timeline
from kg.turtle import trig
from kg.views import mentions

SMALL = Path(__file__).parent / "data" / "small.trig"
TERM = "https://example.org/policy-terms/term/"


@pytest.fixture(scope="module")
def seeds_store(output: Path) -> Store:
    return open_store(output)


def loaded(trig: str) -> Store:
    store = Store()
    store.bulk_load(trig.encode(), RdfFormat.TRIG)
    return store


def turtle(statements: str) -> Store:
    """A store with nothing but `statements`."""
    head = SMALL.read_text(encoding="utf-8").split("<graph/vocabulary>")[0]
    return loaded(f"{head}<graph/vocabulary> {{ {statements} }}")


def history(*years: str) -> Timeline:
    """The timeline of 六稳 in reports from 2001 on: its presence, "absent", "digest" or nothing at all."""
    lines = ['<term/六稳> a kg:Term ; skos:prefLabel "六稳"@zh-Hans ; kg:candidate true .']
    for year, presence in enumerate(years, start=2001):
        kind = "abridgement" if presence == "digest" else "report"
        lines.append(f"<year/{year}> kg:year {year} .")
        if presence:
            lines.append(
                f'<doc/{year}> dct:identifier "{year}" ; kg:documentKind "{kind}" ; kg:length 9 ; kg:reportYear <year/{year}> .'
            )
        if presence == "digest":
            lines.append(f"<term/六稳> kg:presentIn <doc/{year}> .")
        elif presence not in ("", "absent"):
            lines.append(
                f'<state/{year}> kg:stateOf <term/六稳> ; kg:inYear <year/{year}> ; kg:presence "{presence}" .'
            )
    return timeline(turtle("\n".join(lines)), TERM + "六稳")


# ------------------------------------------------------------------------------------- timelines


def test_timeline_has_every_year_from_the_first_report_to_the_last(store: Store) -> None:
    nothing = ((), (), ())
    assert timeline(store, TERM + "六稳") == Timeline(
        iri=TERM + "六稳",
        label="六稳",
        first=2021,
        first_presence="named",
        last=2021,
        last_presence="named",
        gaps=(),
        years=(
            # 10,000 × 2 mentions / 20,000 characters
            YearOf(2021, "named", 1, 1, 1.0, {}, ("r2021",), ("r2021",), ()),
            YearOf(2022, "unknown", 0, 0, 0.0, {}, *nothing),
            YearOf(2023, "unknown", 0, 0, 0.0, {}, *nothing),
            YearOf(2024, "absent", 0, 0, 0.0, {}, (), ("r2024",), ()),
            YearOf(2025, "unknown", 0, 0, 0.0, {}, (), (), ("d2025",)),
        ),
    )


def test_timeline_what_is_listed_has_a_column_of_its_own(store: Store) -> None:
    reform = timeline(store, TERM + "三去一降一补")
    assert (reform.first, reform.first_presence) == (2021, "named-with-parts")
    assert (reform.last, reform.last_presence) == (2024, "listed")
    assert reform.gaps == ()  # 2022 and 2023 are unknown
    assert reform.years[3] == YearOf(2024, "listed", 0, 0, 0.0, {"listed": 1}, ("r2024",), ("r2024",), ())


@pytest.mark.parametrize(
    ("years", "first", "last", "gaps"),
    [
        (("absent", "listed", "named", "absent"), 2002, 2003, ()),
        (
            ("named", "absent", "absent", "named", "absent", "listed"),
            2001,
            2006,
            ((2002, 2003), (2005, 2005)),
        ),
        (("named", "absent", "", "absent", "named"), 2001, 2005, ((2002, 2002), (2004, 2004))),
        (("named", "digest", "named-with-parts"), 2001, 2003, ()),
        (("absent", "digest"), None, None, ()),
    ],
)
def test_timeline_first_last_and_gaps(
    years: tuple[str, ...], first: int | None, last: int | None, gaps: tuple[tuple[int, int], ...]
) -> None:
    shown = history(*years)
    assert (shown.first, shown.last, shown.gaps) == (first, last, gaps)
    assert [each.presence for each in shown.years] == [
        "unknown" if presence in ("", "digest") else presence for presence in years
    ]
    assert [bool(each.digests) for each in shown.years] == [presence == "digest" for presence in years]


def test_timeline_a_component_that_is_not_found_may_be_there_all_the_same(store: Store) -> None:
    assert {each.presence for each in timeline(store, TERM + "去产能").years} == {"unknown"}
    assert timeline(store, TERM + "RCEP").years[0].presence == "absent"  # defined: it is looked for


def test_timeline_of_nothing(store: Store) -> None:
    with pytest.raises(KgError, match="no term"):
        timeline(store, TERM + "七稳")
    assert (
        timeline(turtle("<term/六稳> a kg:Term ; skos:prefLabel '六稳'@zh-Hans ."), TERM + "六稳").years == ()
    )


def sums_recompute(store: Store) -> int:
    """Whatever way the mentions of full texts are added up, it is the same number: which is given back.

    A mention whose sense is open is in no count.
    """
    digests = {
        row["document"]
        for row in select(
            store, 'SELECT ?document WHERE { ?d kg:documentKind "abridgement" ; dct:identifier ?document }'
        )
    }
    counted = [row for row in mentions(store) if row["doc"] not in digests and not row["senses"]]
    places: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    sources: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for row in counted:
        key = (str(row["concept"]), int(str(row["year"])))
        kind = str(row["kind"])
        places[key][str(row["context"] == "body") if kind == "core" else kind] += 1
        sources[key].add(str(row["doc"]))
    for term in sorted({term for term, _ in places}):
        for each in timeline(store, term).years:
            times = places[term, each.year]
            assert each.body == times.pop("True", 0)
            assert each.explanations == times.pop("False", 0)
            assert each.other == dict(times)
            assert set(each.documents) == sources[term, each.year]
    observations = select(store, "SELECT DISTINCT ?o ?n WHERE { ?o a kg:Count ; kg:count ?n }")
    total = sum(row["n"] for row in observations)
    assert total == len(counted)
    return total


def test_timeline_sums_over_years_and_documents_recompute(seeds_store: Store) -> None:
    assert sums_recompute(seeds_store) > 400


PIECES = (
    "做好“六稳”工作。", "落实“六稳”“六保”任务。", "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", "扩大对外开放“1+N”政策。",
    "碳达峰碳中和“1+N”政策。", "完善“1+N”措施。", "稳就业。", "践行“两山”理念。", "“双碳”，碳达峰、碳中和。", "六稳六保。", "无关的话。",
    "\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。\n", "\n一、改善民生\n", "\n二、深化改革\n",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_timeline_sums_recompute_for_any_corpus(seed: int) -> None:
    dice = random.Random(seed)
    docs = tuple(
        Document(
            f"d{n}",
            "".join(dice.choices(PIECES, k=dice.randint(0, 25))),
            year=dice.choice((2019, 2020, 2021, 2024)),
            issuer=dice.choice(("甲省", "乙省")),
            kind=dice.choice((Kind.REPORT, Kind.REPORT, Kind.ANNOTATED, Kind.ABRIDGEMENT)),
        )
        for n in range(dice.randint(1, 6))
    )
    made = Store()
    made.bulk_load(trig(build_graph(analyse(Source("", docs, ())))).encode(), RdfFormat.TRIG)
    sums_recompute(made)
