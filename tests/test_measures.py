"""Networks of ties: small ones, whose measures can be worked out by hand."""

import pytest

from kg.measures import find_bridges, find_communities, find_standings, tie_network
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
