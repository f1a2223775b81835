"""What of very many mentions a page quotes, and which of very many terms it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pages import Page
from pyoxigraph import Store
from rich.console import Console

from kg import console
from kg.annotations import Recorded
from kg.model import Corpus
from kg.network import foremost, quote, term_network
from kg.occurrences import Quotations, quotations
from kg.pipeline import build
from kg.readings import readings
from kg.store import open_store
from kg.views import mention_rows
from kg.visual import contents as page_contents
from kg.visual import render_html, write_html
from kg.vocab import DEFAULT_BASE, Iris


@pytest.fixture(scope="module")
def built_store(output: Path) -> Store:
    return open_store(output)


@pytest.fixture(scope="module")
def everything(built_store: Store) -> Mapping[str, Quotations]:
    terms = list(term_network(built_store, quoted=0))
    return quotations(built_store, terms)


def rows(told: Quotations) -> list[dict[str, object]]:
    return [*told.sentences, *told.references, *told.open]


def test_quotations_of_few_are_all(built_store: Store, everything: Mapping[str, Quotations]) -> None:
    named = [row for row in mention_rows(built_store, None) if row["kind"] == "core" and not row["senses"]]
    assert sum(len(told.sentences) for told in everything.values()) == len(named) > 400
    assert {told.beyond for told in everything.values()} == {0}


@pytest.mark.parametrize("most", [16_000, 400, 300])
def test_quotations_are_the_same_from_the_corpus_at_hand(
    seeds: Corpus, built_store: Store, everything: Mapping[str, Quotations], most: int
) -> None:
    doubled = [replace(mention, senses=mention.senses * 2) for mention in seeds.open]  # as many documents may
    at_hand = Recorded((*seeds.mentions, *doubled), Iris(DEFAULT_BASE))
    found = quotations(built_store, everything, most, at_hand)
    assert found == quotations(built_store, everything, most)
    assert any(told.open for told in found.values())


def test_readings_are_the_same_from_the_corpus_at_hand(seeds: Corpus, built_store: Store) -> None:
    texts, most = {doc.id: doc.text for doc in seeds.documents}, 10_000_000
    at_hand = Recorded((*seeds.mentions, *seeds.open), Iris(DEFAULT_BASE))
    found = readings(built_store, texts, most, at_hand)
    assert found == readings(built_store, texts, most)
    assert {"core", "open", "listed"} <= {said.kind for each in found for said in each.mentions}


@pytest.mark.parametrize("most", [400, 300])
def test_quotations_of_many_are_the_newest_of_each_term(
    built_store: Store, everything: Mapping[str, Quotations], most: int
) -> None:
    few = quotations(built_store, everything, most)
    assert few.keys() == everything.keys()
    assert sum(len(rows(told)) for told in few.values()) <= most
    share = max(len(rows(told)) for told in few.values())
    for term, whole in everything.items():
        told = few[term]
        assert told.beyond == len(rows(whole)) - len(rows(told))
        assert told.beyond == 0 or len(rows(told)) == share

        def newest(each: Mapping[str, object]) -> tuple[object, ...]:
            return -int(str(each["year"])), each["document"], each["start"]

        kept = sorted(rows(whole), key=newest)[:share]
        assert sorted(rows(told), key=newest) == kept
        for name in ("sentences", "references", "open"):  # in the order of the whole
            order = [each for each in getattr(whole, name) if each in kept]
            assert getattr(told, name) == order


def test_quotations_of_one_term_are_those_it_has_among_all(
    built_store: Store, everything: Mapping[str, Quotations]
) -> None:
    term = max(everything, key=lambda term: len(rows(everything[term])))
    assert quotations(built_store, [term])[term] == everything[term]


def test_network_has_the_foremost_of_very_many_terms(built_store: Store) -> None:
    whole = term_network(built_store, quoted=0)
    candidates = {key: node["count"] for key, node in whole.nodes(data=True) if node["role"] == "candidate"}
    rare = min(candidates, key=lambda key: (candidates[key], key))
    part = foremost(whole, len(whole) - 100, keep=[rare])
    gone = set(whole) - set(part)
    assert (len(gone), part.graph["beyond"]) == (100, 100)
    assert gone <= candidates.keys() and rare in part
    assert max(candidates[key] for key in gone) <= min(
        count for key, count in candidates.items() if key in part and key != rare
    )
    assert set(part.edges(keys=True)) == {
        edge for edge in whole.edges(keys=True) if edge[0] in part and edge[1] in part
    }
    assert foremost(whole, len(whole)) is whole


@pytest.fixture(scope="module")
def bounded(built_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the seeds with bounds that are too narrow for them."""
    path = tmp_path_factory.mktemp("bounded") / "graph.html"
    write_html(term_network(built_store, most=400, quoted=300), path)
    return path


def test_page_says_what_is_beyond_it(built_store: Store, bounded: Path) -> None:
    html = bounded.read_text(encoding="utf-8")
    beyond = len(term_network(built_store, quoted=0)) - 400
    assert beyond > 0
    assert html.count(f"本页收入有释义的、有组成的和最常提到的 400 个术语，另有 {beyond} 个未收入") == 2
    assert html.count(f'data-word="beyond.terms" data-n="400" data-beyond="{beyond}"') == 2
    assert re.search(r"每个术语引最近的几处，另有 \d+ 处未引", html)
    whole = render_html(term_network(built_store))
    assert not {mark for mark in ("beyond.terms", 'id="beyond"', "unquoted") if mark in whole}


def test_page_says_in_the_panel_how_many_mentions_are_beyond_it(page: Page, bounded: Path) -> None:
    page.open(bounded)
    label, beyond = page.run(
        "const term = kg.terms.reduce((a, b) => ((b.unquoted ?? 0) > (a.unquoted ?? 0) ? b : a));"
        "kg.select(term.label); return [term.label, term.unquoted]"
    )
    assert page.texts("#unquoted") == [f"另有 {beyond} 处未收入本页：kg mentions --term {label}"]
    page.at("#language").click()
    assert page.texts("#unquoted") == [f"{beyond} more are not on this page: kg mentions --term {label}"]
    assert "more are not on it: kg search finds them" in page.at("#beyond").text
    page.run("kg.select(kg.terms.find(term => !term.unquoted).label)")
    assert page.texts("#unquoted") == []
    assert page.console() == []


def test_page_of_very_many_documents_cites_those_that_something_refers_to(
    built_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = term_network(built_store)
    network.graph["documents"] = [
        *network.graph["documents"],
        {**network.graph["documents"][0], "id": "silent", "title": "无人引用的报告"},
    ]
    assert all("citation" in doc for doc in page_contents.contents(network)["documents"])
    monkeypatch.setattr(page_contents, "CITED", 2)
    cited = {doc["id"]: "citation" in doc for doc in page_contents.contents(network)["documents"]}
    assert cited.pop("silent") is False
    assert set(cited.values()) == {True}


def test_build_says_what_its_page_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for year in (2021, 2022, 2023):
        text = f"{year}年政府工作报告\n做好“六稳”“六保”工作。落实“六稳”。"
        (folder / f"r{year}.txt").write_text(text, encoding="utf-8")
    limits = {"most": 1, "quoted": 2}
    monkeypatch.setattr(
        "kg.network.term_network", lambda store, title, **more: term_network(store, title, **(more | limits))
    )
    result = build(folder, tmp_path / "output")
    assert (result.left_out.terms, result.left_out.mentions, result.left_out.texts) == (1, 4, 0)
    shown = Console(width=120)
    with shown.capture() as caught:
        shown.print(console.built(result, "documents", "output"))
    assert "quotations of 4 older mentions: kg mentions --term TERM" in caught.get()


def test_quote_gives_a_part_its_sentences(built_store: Store, everything: Mapping[str, Quotations]) -> None:
    whole = term_network(built_store, quoted=0)
    term = next(key for key in whole if len(everything[key].sentences) > 1)
    part = whole.subgraph([term]).copy()
    assert part.nodes[term]["sentences"] == []
    quote(part, built_store)
    assert part.nodes[term]["sentences"] == everything[term].sentences
    assert "unquoted" not in part.nodes[term]
