"""English names are found, and change no answer that is in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg import comparison, lifespans, lookup, overviews, rankings, timelines, travels, views
from kg.cards import card
from kg.model import Measure
from kg.network import term_network
from kg.queries import bind, list_queries
from kg.store import PREFIXES, query

SMALL = Path(__file__).parent / "data" / "small.trig"
SKOS, KG, XL = PREFIXES["skos"], PREFIXES["kg"], PREFIXES["skosxl"]
CURATED = NamedNode("https://example.org/policy-terms/graph/curated")
TERM = "https://example.org/policy-terms/term/"


@pytest.fixture(scope="module")
def named() -> Store:
    """The small graph, each term with a preferred English name and another one."""
    store = Store()
    store.bulk_load(path=str(SMALL), format=RdfFormat.TRIG)
    terms = sorted(
        {row["term"] for row in lookup.select(store, "SELECT DISTINCT ?term WHERE { ?term a kg:Term }")}
    )
    for number, iri in enumerate(terms):
        term = NamedNode(iri)
        for status, property_ in (("official", "prefLabel"), ("proposed", "altLabel"), ("rejected", "")):
            label = NamedNode(f"https://example.org/policy-terms/label/{number}-{status}")
            name = Literal(f"Term {number} {status}", language="en")
            facts = [
                (label, f"{KG}labelOf", term),
                (label, f"{KG}status", Literal(status)),
                (label, f"{XL}literalForm", name),
            ]
            if property_:
                facts += [(term, SKOS + property_, name), (term, XL + property_, label)]
            for subject, predicate, value in facts:
                store.add(Quad(subject, NamedNode(predicate), value, CURATED))
    return store


@pytest.mark.parametrize("found", list_queries(), ids=lambda found: found.name)
def test_english_names_change_no_named_query(found: Any, store: Store, named: Store) -> None:
    if found.name not in ("term-as-skos", "statements"):  # they give a term with all its names
        values = bind(found, found.example)
        assert query(named, found.text, values) == query(store, found.text, values)


@pytest.mark.parametrize(
    "view",
    [
        views.entries,
        views.mentions,
        views.concordance,
        overviews.undefined,
        overviews.relations,
        lambda store: timelines.timeline(store, TERM + "六稳"),
        lifespans.lifespans,
        rankings.communities,
        lambda store: rankings.rank(store, Measure.COUNT, "sentence"),
        lambda store: comparison.compare(store, 2021, 2024),
        travels.likenesses,
        lambda store: [data | {"english": []} for _, data in term_network(store).nodes(data=True)],
        lambda store: sorted(term_network(store).edges),
    ],
)
def test_english_names_change_no_view(view: Callable[[Store], object], store: Store, named: Store) -> None:
    assert view(named) == view(store)


def test_english_names_find_their_term(named: Store) -> None:
    number = next(
        name.text for name in card(named, TERM + "六稳").english if name.status == "official"
    ).split()[1]
    for typed in (f"Term {number} official", f"term{number}PROPOSED"):
        assert [found.label for found in lookup.find_terms(named, typed)] == ["六稳"]
    assert lookup.find_terms(named, f"Term {number} rejected") == []


def test_english_names_stand_on_the_card_and_in_the_network(named: Store) -> None:
    shown = card(named, TERM + "六稳")
    assert [name.status for name in shown.english] == ["official", "proposed", "rejected"]
    assert shown.alt_labels == ()
    node = term_network(named).nodes[TERM + "六稳"]
    assert [name.split()[2] for name in node["english"]] == ["official", "proposed"]
