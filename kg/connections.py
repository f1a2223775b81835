"""Graph → networkx, with every sort of link between terms: those of the page, and ties."""

from __future__ import annotations

import networkx as nx
from pyoxigraph import Store

from kg.network import term_network
from kg.store import select

TIE = "tie"  #: the kind of an edge between terms that sentences say together more often than by chance

_TIES = """
SELECT DISTINCT ?one ?other WHERE {
  ?tie a kg:Tie ; kg:inUnit "sentence" ; kg:tieFrom ?one ; kg:tieTo ?other .
} ORDER BY ?one ?other"""


def connected_network(store: Store) -> nx.MultiDiGraph:
    """The terms of a built graph with their components, relations and sentence ties as edges.

    The `kind` of an edge is "component" or "listed", the type of a relation, or "tie". Two terms of which
    more is known than that they stand together have no tie. No mention is quoted yet: `kg.network.quote` does that,
    for the part that is shown.
    """
    network = term_network(store, most=None, quoted=0)
    for row in select(store, _TIES):
        one, other = row["one"], row["other"]
        if not network.has_edge(one, other) and not network.has_edge(other, one):
            network.add_edge(one, other, TIE, kind=TIE, group=None)
    return network
