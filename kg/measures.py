"""Ties → networks in networkx, what stands in the middle of them, and what hangs together."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

import networkx as nx

from kg.model import Community, Concept, Standing, Tie
from kg.ties import Tally, Terms

if TYPE_CHECKING:
    import igraph

_DIGITS = 6  #: of a measure: beyond them two machines may add up differently
_PART = (
    3.0  #: how closely a slogan holds its components, where a sentence that is shared beyond chance holds 1
)
_NAMED = 3  #: members in the name of a community
Edge = tuple[str, str, float, float]  #: two concepts, its weight and its length
EXACT = 4000  #: concepts of a network up to which betweenness is exact; the time grows with their square
SOURCES = 1000  #: concepts that shortest ways are followed from in a larger one: half of the 50 foremost are within 6 %


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
            weight = _weight(tie)
            network.add_edge(tie.one, tie.other, weight=weight, distance=1 / weight)
    return network


def _weight(tie: Tie) -> float:
    return round(tie.together - tie.expected, 4)


def find_standings(ties: Sequence[Tie]) -> tuple[Standing, ...]:
    """How every concept with a tie stands in the network of each unit, by unit and id.

    * `page_rank`: S. Brin and L. Page, “The Anatomy of a Large-Scale Hypertextual Web Search Engine”, 1998,
      with weights, damping 0.85: how often a walk along the ties comes by.
    * `betweenness`: U. Brandes, “A Faster Algorithm for Betweenness Centrality”, 2001: the share of shortest
      ways between others that lead through it, a strong tie being a short way. In a network of more than
      `EXACT` concepts it is estimated: U. Brandes and C. Pich, “Centrality Estimation in Large Networks”, 2007.
    * `core`: S. Seidman, “Network Structure and Minimum Degree”, 1983, by V. Batagelj and M. Zaveršnik, 2003.
    * `strength`: A. Barrat et al., “The Architecture of Complex Weighted Networks”, 2004: the weights of its
      ties together; `degree`: their number.
    """
    standings = []
    for unit, swift in _by_unit(ties):
        names = swift.vs["name"]
        # igraph's other way agrees to thirteen digits, and takes twenty times as long
        ranks = swift.pagerank(directed=False, damping=0.85, weights="weight", implementation="arpack")
        between, sample = _betweenness(swift)
        strengths = swift.strength(weights="weight")
        measured = zip(names, swift.degree(), strengths, ranks, between, swift.coreness(), strict=True)
        standings += [
            Standing(
                name,
                unit,
                degree,
                round(strength, 4),
                round(rank, _DIGITS),
                round(middle, _DIGITS),
                core,
                sample,
            )
            for name, degree, strength, rank, middle, core in measured
        ]
    return tuple(standings)


def betweenness(
    network: nx.Graph, exact: int | None = None, sources: int | None = None
) -> tuple[dict[str, float], int | None]:
    """The betweenness of every node, by the `distance` of the edges, and the size of the sample, None if exact.

    With more than `exact` nodes, by default `EXACT`, the shortest ways from `sources` of them are followed, by
    default `SOURCES`, drawn at random and always the same, in place of those from all.

    >>> betweenness(nx.Graph([("a", "b", {"distance": 1.0}), ("b", "c", {"distance": 1.0})]))
    ({'a': 0.0, 'b': 1.0, 'c': 0.0}, None)
    """
    edges = [(one, other, 1 / length, length) for one, other, length in network.edges(data="distance")]
    found, sample = _betweenness(_in_igraph(network, edges), exact, sources)
    return dict(zip(sorted(network), found, strict=True)), sample


def _betweenness(
    swift: igraph.Graph, exact: int | None = None, sources: int | None = None
) -> tuple[list[float], int | None]:
    size = swift.vcount()
    pairs = max(1.0, (size - 1) * (size - 2) / 2)  # of others, for which one can stand in the middle
    if size <= (EXACT if exact is None else exact):
        paths = [0.0] * size
        for times, some in sorted(_alike(swift).items()):
            counts = swift.betweenness(directed=False, weights="distance", sources=some)
            paths = [path + times * count for path, count in zip(paths, counts, strict=True)]
        return [path / pairs for path in paths], None
    chosen = random.Random(1).sample(range(size), min(sources or SOURCES, size))
    paths = swift.betweenness(directed=False, weights="distance", sources=chosen)
    share = pairs * len(chosen) / size
    # The few ways that were followed may overrate what stands on all of them.
    return [min(1.0, count / share) for count in paths], len(chosen)


def _alike(swift: igraph.Graph) -> dict[int, list[int]]:
    """How many nodes are as near to the same others and nearest to each other, and one of each such group, by its size.

    The shortest ways from all of a group lead through the same others, and through none of itself. Terms that only one
    section says together are such a group.
    """
    near: list[dict[int, float]] = [{} for _ in range(swift.vcount())]
    for (one, other), length in zip(swift.get_edgelist(), swift.es["distance"], strict=True):
        near[one][other] = near[other][one] = length
    groups: defaultdict[frozenset[tuple[int, float]], list[int]] = defaultdict(list)
    for node, lengths in enumerate(near):
        lengths[node] = min(lengths.values(), default=0.0)
        groups[frozenset(lengths.items())].append(node)
    by_size: defaultdict[int, list[int]] = defaultdict(list)
    for group in groups.values():
        by_size[len(group)].append(group[0])
    return by_size


def find_bridges(ties: Sequence[Tie]) -> frozenset[Tie]:
    """The ties without which a network would fall into more pieces (R. Tarjan, 1974)."""
    bridges = set()
    for unit, swift in _by_unit(ties):
        for edge in swift.es[swift.bridges()]:
            bridges.add((unit, *sorted(swift.vs[end]["name"] for end in edge.tuple)))
    return frozenset(tie for tie in ties if (tie.unit, tie.one, tie.other) in bridges)


def _by_unit(ties: Sequence[Tie]) -> Iterator[tuple[str, igraph.Graph]]:
    """The network of each unit; what takes networkx minutes at ten thousand nodes takes igraph seconds.

    It agrees with networkx to the last digits (the tests compare them).
    """
    edges: defaultdict[str, list[Edge]] = defaultdict(list)
    for tie in ties:
        weight = _weight(tie)
        edges[tie.unit].append((tie.one, tie.other, weight, 1 / weight))
    return (
        (unit, _in_igraph({end for edge in those for end in edge[:2]}, those))
        for unit, those in edges.items()
    )


def _in_igraph(nodes: Iterable[str], edges: Sequence[Edge]) -> igraph.Graph:
    """A network for igraph, its nodes by name."""
    import igraph

    names = sorted(nodes)
    number = {name: i for i, name in enumerate(names)}
    return igraph.Graph(
        len(names),
        [(number[one], number[other]) for one, other, _, _ in edges],
        vertex_attrs={"name": names},
        edge_attrs={"weight": [edge[2] for edge in edges], "distance": [edge[3] for edge in edges]},
    )


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
    for one, other, weight in _holds(ties, concepts):
        weights[min(one, other), max(one, other)] += weight
    for size, those in sorted(_by_size(sections).items()):
        # a pair is in order, as the terms of a section are
        for pair, times in Counter(chain.from_iterable(combinations(terms, 2) for terms in those)).items():
            weights[pair] += times / size
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


def _by_size(sections: Iterable[Terms]) -> dict[int, list[Terms]]:
    by_size: defaultdict[int, list[Terms]] = defaultdict(list)
    for terms in sections:
        by_size[len(terms)].append(terms)
    return by_size


def _holds(ties: Iterable[Tie], concepts: Sequence[Concept]) -> Iterator[tuple[str, str, float]]:
    """What holds two concepts together beside a section, and how closely; in a fixed order, so that sums come out the same."""
    called = {concept.label: concept.id for concept in reversed(concepts)}
    for concept in concepts:
        for component in (*concept.parts, *(c for entry in concept.entries for c in entry.components)):
            part = called.get(component.span.text, concept.id)
            if part != concept.id:
                yield concept.id, part, _PART
    for tie in ties:
        if tie.unit == "sentence":
            yield tie.one, tie.other, tie.together - tie.expected
