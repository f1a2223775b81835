"""Networks of ties: small ones, whose measures can be worked out by hand."""

import random
from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest

from kg.measures import betweenness, find_bridges, find_communities, find_standings, tie_network
from kg.model import Concept, Tie


def ties(*pairs, unit="sentence"):
    return [Tie(one, other, unit, 2, 1.0, 0.5) for one, other in pairs]


TRIANGLE_AND_TAIL = ties("ab", "ac", "bc", "cd")


def test_measures_of_a_triangle_with_a_tail():
    standings = {s.concept: s for s in find_standings(TRIANGLE_AND_TAIL)}
    assert {i: s.degree for i, s in standings.items()} == {"a": 2, "b": 2, "c": 3, "d": 1}
    assert {i: s.core for i, s in standings.items()} == {"a": 2, "b": 2, "c": 2, "d": 1}
    assert standings["c"].betweenness == pytest.approx(2 / 3, abs=1e-6)  # two of the three pairs of others
    assert standings["a"].betweenness == 0
    assert standings["c"].strength == 3.0
    assert sum(s.page_rank for s in standings.values()) == pytest.approx(1, abs=1e-5)
    assert max(standings.values(), key=lambda s: s.page_rank).concept == "c"


def test_measures_a_strong_tie_is_a_short_way():
    strong = [Tie("a", "b", "sentence", 9, 1.0, 0.9), Tie("b", "c", "sentence", 9, 1.0, 0.9)]
    weak = [Tie("a", "c", "sentence", 2, 1.0, 0.1)]
    standings = {s.concept: s for s in find_standings(strong + weak)}
    assert standings["b"].betweenness == 1.0


def test_measures_each_unit_is_a_network_of_its_own():
    both = TRIANGLE_AND_TAIL + ties("xy", unit="section")
    assert {s.concept for s in find_standings(both) if s.unit == "section"} == {"x", "y"}
    assert set(tie_network(both, "section")) == {"x", "y"}


def test_measures_bridges():
    assert [(tie.one, tie.other) for tie in find_bridges(TRIANGLE_AND_TAIL)] == [("c", "d")]
    assert find_bridges([]) == frozenset()


def test_measures_communities_are_found_and_named_in_a_fixed_order():
    concepts = [Concept(i, i, candidate=True) for i in "abcdefgh"]
    found = find_communities(concepts, [], ties("ab", "ac", "bc", "de", "df", "ef", "cd"))
    assert [community.concepts for community in found] == [
        ("a", "b", "c"),
        ("d", "e", "f"),
        ("g",),
        ("h",),
    ]
    assert found[0].name == "a · b · c"
    again = find_communities(concepts[::-1], [], ties("cd", "ef", "df", "de", "bc", "ac", "ab"))
    assert again == found


def test_measures_of_nothing_are_nothing():
    assert find_standings([]) == ()
    assert find_communities([], [], []) == ()


def strewn(concepts: int, number: int, seed: int = 7) -> list[Tie]:
    """So many ties at random, most of them among the first concepts, in pieces, with many equal distances."""
    chance = random.Random(seed)
    pairs = set()
    while len(pairs) < number:
        one, other = (f"c{int(concepts * chance.random() ** 2):05}" for _ in range(2))
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    return [
        Tie(one, other, "sentence", together := chance.randint(2, 6), together / 4, 0.5)
        for one, other in sorted(pairs)
    ]


@pytest.mark.parametrize(("concepts", "number"), [(30, 20), (80, 200), (200, 1200)])
def test_measures_agree_with_networkx(concepts, number):
    ties = strewn(concepts, number)
    network = tie_network(ties, "sentence")
    standings = {s.concept: s for s in find_standings(ties)}
    ranks = nx.pagerank(network, weight="weight", tol=1e-13, max_iter=10_000)
    # In fractions: added up as floating-point numbers, ways of the same length come out unequal in networkx.
    for _, _, edge in network.edges(data=True):
        edge["distance"] = 1 / Fraction(str(edge["weight"]))
    between = nx.betweenness_centrality(network, weight="distance")
    cores = nx.core_number(network)
    assert set(standings) == set(network)
    for concept, standing in standings.items():
        assert standing.page_rank == pytest.approx(ranks[concept], abs=1e-6)
        assert standing.betweenness == pytest.approx(between[concept], abs=1e-6)
        assert standing.core == cores[concept]
        assert standing.sample is None
    assert {frozenset((t.one, t.other)) for t in find_bridges(ties)} == {
        frozenset(edge) for edge in nx.bridges(network)
    }


def test_measures_of_terms_with_the_same_neighbours_are_those_of_each_by_itself():
    """Those that a single section says; ways lead through one of them as through the other."""
    chance = random.Random(3)
    ties = strewn(40, 90)
    for section in range(8):
        alike = [f"s{section}{i}" for i in range(chance.randint(2, 6))]
        ties += [Tie(one, other, "sentence", 9, 1.0, 0.9) for one, other in combinations(alike, 2)]
        for other in chance.sample(sorted({tie.one for tie in ties[:90]}), 3):
            together = chance.randint(2, 6)
            ties += [Tie(other, one, "sentence", together, 0.5, 0.5) for one in alike]
    network = tie_network(ties, "sentence")
    for _, _, edge in network.edges(data=True):
        edge["distance"] = 1 / Fraction(str(edge["weight"]))
    expected = nx.betweenness_centrality(network, weight="distance")
    found = {s.concept: s.betweenness for s in find_standings(ties)}
    assert found == pytest.approx(expected, abs=1e-6)
    assert any(found[name] for name in found if name[0] == "s")


def test_measures_a_sample_of_all_is_exact():
    network = tie_network(strewn(120, 400), "sentence")
    exact, none = betweenness(network)
    estimate, sample = betweenness(network, exact=10, sources=1000)
    assert (none, sample) == (None, len(network))
    assert estimate == pytest.approx(exact)


def test_measures_a_sample_comes_near_and_is_always_the_same():
    network = tie_network(strewn(1500, 6000), "sentence")
    exact, _ = betweenness(network)
    estimate, sample = betweenness(network, exact=1000, sources=500)
    assert sample == 500
    random.random()
    assert betweenness(network, exact=1000, sources=500)[0] == estimate

    def foremost(values):
        return set(sorted(values, key=lambda name: -values[name])[:50])

    assert len(foremost(exact) & foremost(estimate)) >= 40
    errors = sorted(abs(estimate[name] - exact[name]) / exact[name] for name in foremost(exact))
    assert errors[25] < 0.1  # half of the foremost are within a tenth
    assert all(0 <= value <= 1 for value in estimate.values())
    other, _ = betweenness(network, exact=1000, sources=20)
    assert other != estimate  # it is a sample


def test_measures_say_what_is_an_estimate(monkeypatch):
    monkeypatch.setattr("kg.measures.EXACT", 3)
    monkeypatch.setattr("kg.measures.SOURCES", 2)
    assert {s.sample for s in find_standings(TRIANGLE_AND_TAIL)} == {2}
