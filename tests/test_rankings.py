"""Terms in order and communities, as a built graph gives them."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rich.console import Console

from kg.console import ranks
from kg.model import Measure
from kg.rankings import Community, communities, rank
from kg.store import PREFIXES, open_store, query

TERM = "https://example.org/policy-terms/term/六稳"


@pytest.fixture
def printed():
    def printed(shown):
        console = Console(width=120)
        with console.capture() as caught:
            console.print(shown)
        return caught.get()

    return printed


def labels(store, *args):
    return [each.label for each in rank(store, *args)]


def test_rank_has_the_measures_of_a_term(store):
    (found,) = (each for each in rank(store) if each.label == "六稳")
    assert (found.count, found.documents, found.years, found.first, found.last) == (2, 1, 1, 2021, 2021)
    assert (found.degree, found.strength, found.page_rank, found.core) == (1, 1.75, 0.33946, 1)
    assert (found.defined, found.subject, found.span) == (True, "民生", 1)


def test_rank_a_year_with_only_the_parts_counts(store):
    (found,) = (each for each in rank(store) if each.label == "三去一降一补")
    assert (found.count, found.years, found.first, found.last, found.span) == (1, 2, 2021, 2024, 4)
    assert found.page_rank is None  # it has no tie


@pytest.mark.parametrize(
    ("by", "first"),
    [
        (Measure.PAGE_RANK, "六保"),
        (Measure.BETWEENNESS, "六保"),
        (Measure.DEGREE, "六保"),
        (Measure.STRENGTH, "六保"),
        (Measure.COUNT, "RCEP"),
        (Measure.DOCUMENTS, "RCEP"),
        (Measure.SPAN, "三去一降一补"),
        (Measure.YEARS, "三去一降一补"),
    ],
)
def test_rank_by_each_measure(store, by, first):
    assert labels(store, by)[0] == first


def test_rank_within_sections_is_another_network(store):
    within = {each.label: each.degree for each in rank(store, Measure.DEGREE, "section")}
    assert (within["六保"], within["六稳"], within["RCEP"]) == (1, 1, None)


def test_communities_name_slogans_first(store):
    assert communities(store) == [
        Community("六保 · 六稳 · 保民生", ("民生",), ("六保", "六稳", "保民生", "保运转"), 2)
    ]


def test_rankings_of_the_seeds(output):
    store = open_store(output)
    counts = [each.count for each in rank(store, Measure.COUNT)]
    assert counts == sorted(counts, reverse=True)
    terms = [term for community in communities(store) for term in community.terms]
    assert len(terms) == len(set(terms))


def test_rank_says_what_is_an_estimate(store, printed):
    assert "估计" not in printed(ranks(rank(store)))
    sampled = [replace(each, sample=1000) for each in rank(store)]
    assert "an estimate, from 1000 terms drawn at random" in printed(ranks(sampled))


def test_rank_knows_the_size_of_a_sample_from_the_graph(store):
    assert {each.sample for each in rank(store)} == {None}
    copy = Store()
    copy.extend(store)
    found = query(store, f"SELECT ?s WHERE {{ ?s kg:standingOf <{TERM}> ; kg:inUnit 'sentence' }}")
    standing = found.rows[0][0]
    copy.add(Quad(standing, NamedNode(f"{PREFIXES['kg']}sampleSize"), Literal(1000)))
    assert {each.label: each.sample for each in rank(copy) if each.sample} == {"六稳": 1000}
