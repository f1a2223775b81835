"""How vocabulary travels: documents by the slogans they share, and slogans by who said them first.

Only full texts count, and only what they say: that a government's first report in the corpus has a slogan
does not prove that it was the first to say it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import networkx as nx
from pyoxigraph import Store

from kg.store import select

_LATE = "9999"  #: a date that is not known stands behind those of its year that are


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents and the slogans that both name."""

    one: str
    other: str
    shared: int
    jaccard: float  #: the shared ones among all that either names, 0 to 1 (P. Jaccard, 1901)


def likenesses(store: Store) -> list[Likeness]:
    """Every two full texts that share a slogan, the most alike first.

    The network of documents and slogans, projected onto the documents (M. Newman, “Scientific Collaboration
    Networks II”, 2001, with Jaccard's index for the weight).
    """
    network = nx.Graph()
    for row in select(store, _NAMED):
        network.add_edge(("document", row["document"]), ("term", row["term"]))
    documents = sorted(node for node in network if node[0] == "document")
    projected = nx.bipartite.overlap_weighted_projected_graph(network, documents)
    found = []
    for one, other, weight in projected.edges(data="weight"):
        first, second = sorted((one[1], other[1]))
        found.append(Likeness(first, second, len(set(network[one]) & set(network[other])), round(weight, 4)))
    return sorted(found, key=lambda each: (-each.jaccard, each.one, each.other))


@dataclass(frozen=True, slots=True)
class Stop:
    """A government that says a slogan: the earliest full text that names it."""

    issuer: str
    document: str
    year: int
    date: str | None  #: when it was delivered, YYYY-MM-DD
    lacked: (
        int | None
    )  #: the year of its newest earlier full text, which lacks the slogan; None where there is none


@dataclass(frozen=True, slots=True)
class Travel:
    """A slogan that several governments say, in the order of their first full texts that name it."""

    term: str
    stops: tuple[Stop, ...]
    proven: bool  #: whether every later government has an older full text that lacks it, from the first one's year on


def travels(store: Store) -> list[Travel]:
    """The slogans that full texts of two issuers and more name, those with the most issuers first.

    Dates order documents of one year; those without a known one come last in their year.
    """
    texts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, _FULL_TEXTS):
        texts[row["issuer"]].append(row)
    for issuer in texts.values():
        issuer.sort(key=_when)
    named: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(store, _NAMED):
        named[row["label"]].add(row["document"])
    found = []
    for term, documents in named.items():
        stops = sorted(
            (stop for issuer, rows in texts.items() if (stop := _stop(issuer, rows, documents))),
            key=lambda stop: (stop.year, stop.date or _LATE, stop.issuer),
        )
        if len(stops) > 1:
            first = stops[0]
            proven = all(stop.lacked is not None and stop.lacked >= first.year for stop in stops[1:])
            found.append(Travel(term, tuple(stops), proven))
    return sorted(found, key=lambda each: (-len(each.stops), each.stops[0].year, each.term))


def _when(row: dict[str, Any]) -> tuple[int, str, str]:
    return row["year"], row["date"] or _LATE, row["document"]


def _stop(issuer: str, rows: list[dict[str, Any]], documents: set[str]) -> Stop | None:
    at = next((i for i, row in enumerate(rows) if row["document"] in documents), None)
    if at is None:
        return None
    row = rows[at]
    return Stop(issuer, row["document"], row["year"], row["date"], rows[at - 1]["year"] if at else None)


_NAMED = """
SELECT DISTINCT ?term ?label ?document WHERE {
  ?observation kg:countOf ?term ; kg:ofKind "core" ; dct:source/dct:identifier ?document .
  ?term skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
} ORDER BY ?label ?document
"""

_FULL_TEXTS = """
SELECT DISTINCT ?document ?issuer ?year ?date WHERE {
  ?doc dct:identifier ?document ; kg:documentKind ?kind ; kg:issuer ?issuer ; kg:reportYear/kg:year ?year .
  FILTER(?kind != "abridgement")
  OPTIONAL { ?doc dct:date ?stated BIND(STR(?stated) AS ?date) }
}
"""
