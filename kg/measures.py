"""Ties → networks in networkx, what stands in the middle of them, and what hangs together."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import networkx as nx

from kg.model import Community, Concept, Standing, Tie
from kg.ties import Tally, Terms

_DIGITS = 6  #: of a measure: beyond them two machines may add up differently
_PART = (
    3.0  #: how closely a slogan holds its components, where a sentence that is shared beyond chance holds 1
)
_NAMED = 3  #: members in the name of a community


def tie_network(ties: Iterable[Tie], unit: str) -> nx.Graph:
    """The ties of one unit as a network.

    An edge's `weight` is how often its terms are together beyond chance, its `distance` the inverse.

    >>> network = tie_network([Tie("六保", "六稳", "sentence", 5, 0.2, 0.9)], "sentence")
    >>> network.edges["六保", "六稳"]["weight"]
    4.8
    """
    network = nx.Graph()
    for tie in ties:
        if tie.unit == unit:
            weight = round(tie.together - tie.expected, 4)
            network.add_edge(tie.one, tie.other, weight=weight, distance=1 / weight)
    return network


def find_standings(ties: Sequence[Tie]) -> tuple[Standing, ...]:
    """How every concept with a tie stands in the network of each unit, by unit and id.

    * `page_rank`: S. Brin and L. Page, “The Anatomy of a Large-Scale Hypertextual Web Search Engine”, 1998,
      with weights, damping 0.85: how often a walk along the ties comes by.
    * `betweenness`: U. Brandes, “A Faster Algorithm for Betweenness Centrality”, 2001: the share of shortest
      ways between others that lead through it, a strong tie being a short way.
    * `core`: S. Seidman, “Network Structure and Minimum Degree”, 1983, by V. Batagelj and M. Zaveršnik, 2003.
    * `strength`: A. Barrat et al., “The Architecture of Complex Weighted Networks”, 2004: the weights of its
      ties together; `degree`: their number.
    """
    standings = []
    for unit in dict.fromkeys(tie.unit for tie in ties):
        network = tie_network(ties, unit)
        ranks = nx.pagerank(network, weight="weight")
        between = nx.betweenness_centrality(network, weight="distance")
        cores = nx.core_number(network)
        for concept in sorted(network):
            standings.append(
                Standing(
                    concept,
                    unit,
                    degree=network.degree(concept),
                    strength=round(network.degree(concept, weight="weight"), 4),
                    page_rank=round(ranks[concept], _DIGITS),
                    betweenness=round(between[concept], _DIGITS),
                    core=cores[concept],
                )
            )
    return tuple(standings)


def find_bridges(ties: Sequence[Tie]) -> frozenset[Tie]:
    """The ties without which a network would fall into more pieces (R. Tarjan, 1974)."""
    bridges = {
        (unit, *sorted(edge))
        for unit in dict.fromkeys(tie.unit for tie in ties)
        for edge in nx.bridges(tie_network(ties, unit))
    }
    return frozenset(tie for tie in ties if (tie.unit, tie.one, tie.other) in bridges)


def find_communities(
    concepts: Sequence[Concept], tallies: Iterable[Tally], ties: Sequence[Tie]
) -> tuple[Community, ...]:
    """Concepts that hang together: by their components, by their ties, and, weakly, by the sections they share.

    V. Traag et al., “From Louvain to Leiden: guaranteeing well-connected communities”, 2019, with a fixed seed:
    the same corpus gives the same communities. The largest comes first, and in each what is mentioned most.
    """
    counts: Counter[str] = Counter()
    sections: list[Terms] = []
    for tally in tallies:
        counts.update(tally.counts)
        sections += tally.sections
    weights: defaultdict[tuple[str, str], float] = defaultdict(float)
    for one, other, weight in _holds(sections, ties, concepts):
        weights[min(one, other), max(one, other)] += weight
    labels = {concept.id: concept.label for concept in concepts}
    slogans = {concept.id for concept in concepts if concept.entries or concept.candidate}
    found = []
    for members in _leiden(sorted(labels), dict(sorted(weights.items()))):
        foremost = tuple(sorted(members, key=lambda i: (i not in slogans, -counts[i], i)))
        found.append(Community(" · ".join(labels[i] for i in foremost[:_NAMED]), foremost))
    return tuple(sorted(found, key=lambda c: (-len(c.concepts), c.concepts)))


def _leiden(names: Sequence[str], weights: Mapping[tuple[str, str], float]) -> Iterator[list[str]]:
    """The communities by igraph: what networkx 3.6 has (Louvain) can go round for ever between two equal moves."""
    import igraph

    number = {name: i for i, name in enumerate(names)}
    network = igraph.Graph(len(names), [(number[one], number[other]) for one, other in weights])
    igraph.set_random_number_generator(random.Random(1))
    try:
        found = network.community_leiden("modularity", [*weights.values()], n_iterations=-1)
    finally:
        igraph.set_random_number_generator(random)
    yield from ([names[i] for i in members] for members in found)


def _holds(
    sections: Iterable[Terms], ties: Iterable[Tie], concepts: Sequence[Concept]
) -> Iterator[tuple[str, str, float]]:
    """What holds two concepts together, and how closely; in a fixed order, so that sums come out the same."""
    called = {concept.label: concept.id for concept in reversed(concepts)}
    for concept in concepts:
        for component in (*concept.parts, *(c for entry in concept.entries for c in entry.components)):
            part = called.get(component.span.text, concept.id)
            if part != concept.id:
                yield concept.id, part, _PART
    for tie in ties:
        if tie.unit == "sentence":
            yield tie.one, tie.other, tie.together - tie.expected
    for terms in sorted(sections):
        for one, other in combinations(terms, 2):
            yield one, other, 1 / len(terms)
