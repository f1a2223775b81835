"""Graph → networkx: the terms as a network, with all that a picture or a measure needs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx
from pyoxigraph import Store

from kg.store import select

_TERMS = """
SELECT DISTINCT ?term ?label ?candidate WHERE {
  ?term a kg:Term ; skos:prefLabel ?label . OPTIONAL { ?term kg:candidate ?candidate }
} ORDER BY ?term"""
_NAMES = """
SELECT DISTINCT ?term ?property ?name (LANG(?name) AS ?tag) WHERE {
  VALUES ?property { skos:altLabel skos:hiddenLabel } ?term a kg:Term ; ?property ?name .
} ORDER BY ?term ?property ?name"""
_DOCUMENTS = """
SELECT DISTINCT ?doc ?id ?title ?kind ?year WHERE {
  ?doc kg:documentKind ?kind ; dct:identifier ?id .
  OPTIONAL { ?doc dct:title ?title } OPTIONAL { ?doc kg:reportYear/kg:year ?year }
} ORDER BY ?id"""
_COUNTS = """
SELECT DISTINCT ?term ?year ?context ?count ?rate WHERE {
  ?row a kg:Count ; kg:ofKind "core" ; kg:countOf ?term ; kg:inYear/kg:year ?year ; kg:inContext ?context ;
       kg:count ?count ; kg:perTenThousand ?rate .
} ORDER BY ?term ?year ?context"""
_YEARS = "SELECT DISTINCT ?term ?year WHERE { ?term kg:appearsInYear/kg:year ?year } ORDER BY ?term ?year"
_DEFINITIONS = """
SELECT DISTINCT ?definition ?term ?text ?voice ?headword ?numeral ?expected ?agrees ?doc ?start WHERE {
  ?definition kg:defines ?term ; rdf:value ?text ; kg:voice ?voice ; dct:source ?doc ; kg:start ?start .
  OPTIONAL { ?definition kg:headword ?headword } OPTIONAL { ?definition kg:numeral ?numeral }
  OPTIONAL { ?definition kg:expectedCount ?expected } OPTIONAL { ?definition kg:agrees ?agrees }
} ORDER BY ?term ?doc ?start"""
_SLOTS = """
SELECT DISTINCT ?definition ?position ?item ?text ?group ?gloss WHERE {
  ?definition kg:slot ?slot . ?slot schema:position ?position ; schema:item ?item ; rdf:value ?text .
  OPTIONAL { ?slot kg:group ?group } OPTIONAL { ?slot kg:gloss ?gloss }
} ORDER BY ?definition ?position"""
_MENTIONS = """
SELECT DISTINCT ?mention ?term ?exact ?left ?right ?context ?doc ?section ?title ?start WHERE {
  ?mention a kg:Mention ; kg:kind "core" ; oa:hasBody ?term ; oa:hasTarget ?target ; kg:context ?context .
  ?target oa:hasSource ?doc ; oa:hasSelector ?quote, ?position .
  ?quote oa:exact ?exact ; oa:prefix ?left ; oa:suffix ?right .
  ?position oa:start ?start .
  OPTIONAL { ?mention kg:inSection ?section . ?section dct:title ?title }
} ORDER BY ?doc ?start"""
_COMMUNITIES = "SELECT DISTINCT ?community ?term WHERE { ?term kg:inCommunity ?community } ORDER BY ?term"
_COVERS = (
    "SELECT DISTINCT ?section ?year WHERE { ?section kg:coversYear/kg:year ?year } ORDER BY ?section ?year"
)


def term_network(store: Store, title: str = "") -> nx.MultiDiGraph:
    """The terms of a built graph and what links them.

    A node is a term (its IRI); an edge of kind "component" leads from a slogan to what it counts. A node's
    `community` is a number, by the size of the community.
    """
    documents = {row["doc"]: row for row in select(store, _DOCUMENTS)}
    network = nx.MultiDiGraph(
        title=title,
        documents=[
            {"id": d["id"], "title": d["title"] or d["id"], "year": d["year"], "kind": d["kind"]}
            for d in documents.values()
        ],
    )
    for row in select(store, _TERMS):
        network.add_node(
            row["term"],
            label=row["label"],
            alt_labels=[],
            pinyin="",
            role="candidate" if row["candidate"] == "true" else "component",
            count=0,
            years=[],
            definitions=[],
            sentences=[],
        )
    _add_names(network, store)
    _add_definitions(network, store, documents)
    _add_mentions(network, store, documents)
    _add_years(network, store)
    _add_communities(network, store)
    return network


def _add_names(network: nx.MultiDiGraph, store: Store) -> None:
    for row in select(store, _NAMES):
        data = network.nodes[row["term"]]
        if row["property"].endswith("altLabel"):
            data["alt_labels"].append(row["name"])
        elif "pinyin" in row["tag"]:
            data["pinyin"] = row["name"]


def _add_definitions(network: nx.MultiDiGraph, store: Store, documents: dict[str, dict[str, Any]]) -> None:
    slots: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, _SLOTS):
        slots[row["definition"]].append(row)
    for row in select(store, _DEFINITIONS):
        doc, data = documents[row["doc"]], network.nodes[row["term"]]
        components = [
            {"iri": s["item"], "text": s["text"], "group": s["group"], "gloss": s["gloss"]}
            for s in slots[row["definition"]]
        ]
        data["role"] = "slogan"
        data["definitions"].append(
            {
                "text": row["text"],
                "document": doc["title"] or doc["id"],
                "year": doc["year"],
                "voice": row["voice"],
                "headword": row["headword"],
                "numeral": row["numeral"],
                "expected": row["expected"],
                "agrees": None if row["agrees"] is None else row["agrees"] == "true",
                "components": components,
            }
        )
        for component in components:
            if component["iri"] != row["term"] and not network.has_edge(
                row["term"], component["iri"], "component"
            ):
                network.add_edge(
                    row["term"], component["iri"], "component", kind="component", group=component["group"]
                )


def _add_mentions(network: nx.MultiDiGraph, store: Store, documents: dict[str, dict[str, Any]]) -> None:
    covers: dict[str, list[int]] = defaultdict(list)
    for row in select(store, _COVERS):
        covers[row["section"]].append(row["year"])
    for row in select(store, _MENTIONS):
        data = network.nodes[row["term"]]
        doc = documents[row["doc"]]
        data["sentences"].append(
            {
                "left": row["left"],
                "exact": row["exact"],
                "right": row["right"],
                "document": doc["title"] or doc["id"],
                "doc": doc["id"],
                "start": row["start"],
                "section": row["title"],
                "year": doc["year"],
                "covers": covers.get(row["section"], []),
            }
        )


def _add_years(network: nx.MultiDiGraph, store: Store) -> None:
    """Counts per year; a year in which only a digest mentions a term is present and not counted."""
    years: dict[tuple[str, int], dict[str, Any]] = {}
    for row in select(store, _YEARS):
        years[row["term"], row["year"]] = {
            "year": row["year"],
            "body": 0,
            "box": 0,
            "per10k": 0.0,
            "digest": True,
        }
    for row in select(store, _COUNTS):
        year = years[row["term"], row["year"]]
        year["digest"] = False
        year["body" if row["context"] == "body" else "box"] += row["count"]
        year["per10k"] = round(year["per10k"] + float(row["rate"]), 4)
        network.nodes[row["term"]]["count"] += row["count"]
    for (term, _), year in sorted(years.items()):
        network.nodes[term]["years"].append(year)


def _add_communities(network: nx.MultiDiGraph, store: Store) -> None:
    members: dict[str, list[str]] = defaultdict(list)
    for row in select(store, _COMMUNITIES):
        members[row["community"]].append(row["term"])
    ordered = sorted(members.values(), key=lambda terms: (-len(terms), terms[0]))
    for number, terms in enumerate(ordered):
        for term in terms:
            network.nodes[term]["community"] = number
