"""A built graph → GraphML, for Gephi and other tools that draw and measure networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

import networkx as nx
from pyoxigraph import Store

from kg.files import write_text
from kg.overviews import bare_relations
from kg.rankings import rank
from kg.scans import Scan
from kg.store import select

Row: TypeAlias = tuple[str, str, str, int, float, float]  #: a tie

_PARTS = """
SELECT DISTINCT ?whole ?part WHERE { ?whole skos:narrower ?part } ORDER BY ?whole ?part
"""
_TIES = Scan(
    "?from ?to ?unit ?together ?expected ?association",
    (
        "?tie kg:tieFrom ?from",
        "?tie kg:tieTo ?to",
        "?tie kg:inUnit ?unit",
        "?tie kg:together ?together",
        "?tie kg:expected ?expected",
        "?tie kg:association ?association",
    ),
)
_TERMS = Scan(
    "?term ?label ?candidate (BOUND(?definition) AS ?defined) ?community",
    ("?term a kg:Term", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))'),
    (
        ("?term kg:candidate ?candidate",),
        ("?term skos:definition ?definition",),
        ("?term kg:inCommunity ?in", "?in rdfs:label ?community"),
    ),
)


def as_network(store: Store, ties: Iterable[Row] | None = None) -> nx.MultiDiGraph:
    """The terms with their measures, and what links them.

    `kind` of an edge is part (slogan to component), sentence or section (a tie, with its weight: how often its
    terms are together beyond chance), or the type of a relation. What is not known has no attribute. `ties` are those of the store, as `tie_rows` tells them, for whom has them.
    """
    network = nx.MultiDiGraph()
    ranks = {each.iri: each for each in rank(store)}
    labels: dict[str, str] = {}
    for row in sorted(select(store, _TERMS.of_all()), key=lambda row: (row["term"], row["label"])):
        iri, known = row["term"], ranks.get(row["term"])
        labels[row["label"]] = iri
        role = "slogan" if row["defined"] == "true" else "candidate" if row["candidate"] else "component"
        facts = {"label": row["label"], "role": role, "community": row["community"]}
        if known:
            facts |= {
                "subject": known.subject,
                "mentions": known.count,
                "documents": known.documents,
                "first_year": known.first,
                "last_year": known.last,
                "pagerank": known.page_rank,
                "betweenness": known.betweenness,
                "core": known.core,
                "betweenness_sample": known.sample,
            }
        network.add_node(iri, **{name: value for name, value in facts.items() if value is not None})
    for row in select(store, _PARTS):
        network.add_edge(row["whole"], row["part"], kind="part", weight=1.0)
    # There are very many: Python sorts them in half the time of the store.
    for unit, one, other, together, expected, association in sorted(
        tie_rows(store) if ties is None else ties
    ):
        network.add_edge(one, other, kind=unit, weight=round(together - expected, 4), association=association)
    for link in bare_relations(store):
        if str(link["from"]) not in labels:
            continue  # a long form that is another name of the term
        one, other = labels[str(link["from"])], labels[str(link["to"])]
        network.add_edge(one, other, kind=str(link["type"]), weight=float(str(link["confidence"])))
    return network


def tie_rows(store: Store) -> set[Row]:
    """The ties of a graph: unit, the IRIs of the two terms, how often they are together, what chance expects, association."""
    return {
        (
            row["unit"], row["from"], row["to"],
            row["together"], float(row["expected"]), float(row["association"]),
        )
        for row in select(store, _TIES.of_all())
    }  # fmt: skip


_HEAD = """\
<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {str: "string", int: "long", float: "double"}


def graphml(network: nx.MultiDiGraph) -> str:
    """A network as GraphML, as networkx writes it: text by text, where that holds each line as several objects."""
    keys: dict[tuple[str, str], str] = {}  #: the types of attributes, by what bears them and their names
    lines = [
        f'    <node id="{_quoted(node)}">\n{"".join(_data("node", facts, keys))}    </node>\n'
        for node, facts in network.nodes(data=True)
    ]
    lines += [
        f'    <edge source="{_quoted(one)}" target="{_quoted(other)}" id="{_quoted(str(name))}">\n'
        f"{''.join(_data('edge', facts, keys))}    </edge>\n"
        for one, other, name, facts in network.edges(keys=True, data=True)
    ]
    told = [
        f'  <key id="{name}" for="{bearer}" attr.name="{name}" attr.type="{kind}" />\n'
        for (bearer, name), kind in reversed(keys.items())
    ]
    return "".join((_HEAD, *told, '  <graph edgedefault="directed">\n', *lines, "  </graph>\n</graphml>\n"))


def _data(bearer: str, facts: Mapping[str, object], keys: dict[tuple[str, str], str]) -> Iterator[str]:
    for name, value in facts.items():
        keys.setdefault((bearer, name), _TYPES[type(value)])
        yield f'      <data key="{name}">{escape(str(value))}</data>\n'


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def write_graphml(store: Store, path: Path, ties: Iterable[Row] | None = None) -> None:
    """Write the network of a built graph to `path`; a file that was there stays whole until it is replaced."""
    write_text(path, graphml(as_network(store, ties)))
