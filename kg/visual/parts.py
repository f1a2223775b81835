"""What part of a network is drawn: what is near a term, a year, a community. Each is a network of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kg.model import KgError
from kg.visual.contents import colourings, seen_years

if TYPE_CHECKING:
    import networkx as nx

DEEPEST = 4  #: steps from a term; farther away lies nearly everything


def neighbourhood(network: nx.MultiDiGraph, terms: Sequence[str], depth: int) -> nx.MultiDiGraph:
    """Some terms and what is up to `depth` links away: components, slogans that share them, relations, ties.

    Raises `KgError` where `depth` is not from 1 to `DEEPEST`.
    """
    if not 1 <= depth <= DEEPEST:
        raise KgError(f"--depth {depth}: a neighbourhood is 1 to {DEEPEST} steps wide; give --depth 1 or 2")
    near, reached = set(terms), set(terms)
    for _ in range(depth):
        near = {other for key in near for other in _neighbours(network, key)} - reached
        reached |= near
    steps = "相邻的术语" if depth == 1 else f"{depth} 步之内的术语"
    return _part(network, reached, f"{_names(network, terms)}：{steps}", terms)


def of_year(network: nx.MultiDiGraph, year: int) -> nx.MultiDiGraph:
    """The terms seen in a year, in its full texts or its digests, or listed there by a definition.

    Raises `KgError` where the build has no document of that year.
    """
    years = sorted({doc["year"] for doc in network.graph["documents"] if doc["year"]})
    if year not in years:
        known = ", ".join(map(str, years)) or "none"
        raise KgError(f"there is no document of {year} in this build; years with one: {known}")
    seen = seen_years(network)
    part = _part(network, {key for key in network if year in seen[key]}, f"{year} 年的术语")
    part.graph["year"] = year
    return part


def community(network: nx.MultiDiGraph, terms: Sequence[str]) -> nx.MultiDiGraph:
    """The communities that some terms are in: what is said together more than with the rest."""
    wanted = {network.nodes[key]["community"] for key in terms}
    members = {key for key, number in network.nodes(data="community") if number in wanted}
    return _part(network, members, f"{_names(network, terms)}所在的社群", terms)


def _neighbours(network: nx.MultiDiGraph, key: str) -> set[str]:
    return {*network.successors(key), *network.predecessors(key)}


def _names(network: nx.MultiDiGraph, terms: Sequence[str]) -> str:
    return "、".join(dict.fromkeys(network.nodes[key]["label"] for key in terms))


def _part(
    network: nx.MultiDiGraph, keys: Collection[str], title: str, centre: Sequence[str] = ()
) -> nx.MultiDiGraph:
    """The network of these terms alone, in the order of the whole."""
    of_whole = {"colours": colourings(network)}
    part = network.__class__(**{**network.graph, **of_whole, "title": title, "centre": list(centre)})
    part.add_nodes_from((key, data) for key, data in network.nodes(data=True) if key in keys)
    part.add_edges_from(
        (one, other, key, data)
        for one, other, key, data in network.edges(keys=True, data=True)
        if one in keys and other in keys
    )
    return part
