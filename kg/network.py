"""Graph → networkx: the terms as a network, with all that a picture or a measure needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Any

import networkx as nx
from pyoxigraph import Store

from kg.lookup import own_reading
from kg.occurrences import QUOTED, quotations, years
from kg.readings import DOCUMENTS
from kg.scans import Scan
from kg.store import select
from kg.timelines import Timeline, histories
from kg.views import Mentions, truth

TERMS = 10_000  #: of a page; one with more opens slowly

_TERMS = Scan(
    "?term ?label ?candidate ?numeral",
    ("?term a kg:Term", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))'),
    (("?term kg:candidate ?candidate",), ("?term kg:numeral ?numeral",)),
)
_NAMES = Scan(
    "?term ?property ?name (LANG(?name) AS ?tag)",
    (
        "?term a kg:Term",
        """VALUES ?property { skos:altLabel skos:hiddenLabel } ?term ?property ?name
        FILTER(LANGMATCHES(LANG(?name), "zh"))""",
    ),
)
_ENGLISH = """
SELECT DISTINCT ?term ?name WHERE {
  ?label kg:labelOf ?term ; skosxl:literalForm ?name ; kg:status ?status . FILTER(?status != "rejected")
  BIND(EXISTS { ?term skosxl:prefLabel ?label } AS ?preferred)
} ORDER BY ?term DESC(?preferred) ?status ?name"""
_OWN = (
    'SELECT DISTINCT ?term ?text WHERE { ?definition kg:defines ?term ; kg:voice "person" ; rdf:value ?text }'
)
_DEFINITIONS = Scan(
    "?definition ?term ?text ?voice ?headword ?numeral ?expected ?agrees ?doc ?year ?start",
    (
        "?definition kg:defines ?term",
        "?definition rdf:value ?text",
        "?definition kg:voice ?voice",
        "?definition kg:start ?start",
        "?definition dct:source ?source",
        "?source dct:identifier ?doc",
    ),
    (
        ("?source kg:reportYear/kg:year ?year",),
        ("?definition kg:headword ?headword",),
        ("?definition kg:numeral ?numeral",),
        ("?definition kg:expectedCount ?expected",),
        ("?definition kg:agrees ?agrees",),
    ),
)
_LISTINGS = """
SELECT DISTINCT ?listing ?term ?doc ?year ?start WHERE {
  ?listing kg:listingOf ?term ; kg:start ?start ; dct:source ?source . ?source dct:identifier ?doc .
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
} ORDER BY ?term ?year ?doc ?start"""
_SLOTS = Scan(
    "?owner ?position ?item ?text ?group ?gloss",
    ("?owner kg:slot ?slot", "?slot schema:position ?position", "?slot rdf:value ?text"),
    (("?slot schema:item ?item",), ("?slot kg:group ?group",), ("?slot kg:gloss ?gloss",)),
)
_COMMUNITIES = Scan(
    "?community ?name ?term", ("?term kg:inCommunity ?community", "?community rdfs:label ?name")
)
_SUBJECTS = Scan(
    "?term ?name ?subject", ("?term a kg:Term", "?term kg:subject ?subject", "?subject rdfs:label ?name")
)
_MAIN = "SELECT DISTINCT ?term ?subject WHERE { ?term kg:mainSubject ?subject }"
_RELATIONS = Scan(
    "?relation ?type ?from ?to ?confidence ?long",
    (
        "?relation kg:relationType ?type",
        "?relation kg:relationFrom ?from",
        "?relation kg:relationTo ?to",
        "?relation kg:confidence ?confidence",
    ),
    (("?relation kg:longForm ?long",),),
)
_CHANGES = """
SELECT DISTINCT ?relation ?change ?text WHERE {
  { ?relation kg:added ?text BIND("added" AS ?change) }
  UNION { ?relation kg:dropped ?text BIND("dropped" AS ?change) }
} ORDER BY ?relation ?change ?text"""
_EVIDENCE = Scan(
    "?relation ?words ?doc ?start ?end",
    (
        "?relation kg:evidence ?evidence",
        "?evidence rdf:value ?words",
        "?evidence kg:start ?start",
        "?evidence kg:end ?end",
        "?evidence dct:source ?source",
        "?source dct:identifier ?doc",
    ),
)


def term_network(
    store: Store,
    title: str = "",
    most: int | None = TERMS,
    quoted: int = QUOTED,
    keep: Collection[str] = (),
    known: Iterable[Timeline] | None = None,
    mentions: Mentions | None = None,
) -> nx.MultiDiGraph:
    """The terms of a built graph and what links them, as plain values.

    A node is a term (its IRI). Its `community` is the number of a name in the network's `communities`, the
    largest first. An edge of kind "component" leads from a slogan to what its definitions count, "listed"
    from a term to what only a running text lists; the other kinds are relations, each with its evidence.
    What names a document gives its `id` in the network's `documents`.

    It has at most `most` terms (see `foremost`), with those in `keep`, and quotes about `quoted` mentions (see `quote`).
    `known` are the `histories` of all terms and `mentions` those in the store, for whom has them.
    """
    network = nx.MultiDiGraph(title=title, documents=_documents(store), communities=[])
    said = years(histories(store) if known is None else known)
    for row in _sorted(store, _TERMS, "term", "label"):
        network.add_node(
            row["term"],
            label=row["label"],
            english=[],
            alt_labels=[],
            spellings=[],
            own="",
            pinyin="",
            role="candidate" if row["candidate"] == "true" else "component",
            numeral=row["numeral"],
            subjects=[],
            count=said[row["term"]].count,
            years=said[row["term"]].seen,
            unknown=said[row["term"]].unknown,
            definitions=[],
            listings=[],
            sentences=[],
            references=[],
            open=[],
        )
    _add_names(network, store)
    _add_definitions(network, store)
    _add_subjects(network, store)
    _add_communities(network, store)
    _add_relations(network, store)
    if most is not None:
        network = foremost(network, most, keep)
    if quoted:
        quote(network, store, quoted, mentions)
    return network


def foremost(network: nx.MultiDiGraph, most: int = TERMS, keep: Collection[str] = ()) -> nx.MultiDiGraph:
    """The network itself, or, of more than `most` terms, those that are explained or listed, then the most said.

    Its `beyond` says how many are left out; those in `keep` are not.
    """
    if len(network) <= most:
        return network

    def rank(key: str) -> tuple[bool, bool, int, str]:
        node = network.nodes[key]
        return key not in keep, node["role"] == "candidate", -node["count"], key

    kept = set(sorted(network, key=rank)[:most])
    part = network.__class__(**network.graph, beyond=len(network) - most)
    part.add_nodes_from((key, data) for key, data in network.nodes(data=True) if key in kept)
    part.add_edges_from(
        edge for edge in network.edges(keys=True, data=True) if edge[0] in kept and edge[1] in kept
    )
    return part


def quote(
    network: nx.MultiDiGraph, store: Store, most: int = QUOTED, mentions: Mentions | None = None
) -> None:
    """Give the terms of a network the sentences that mention them, of very many the newest of each term.

    `unquoted` says how many mentions of a term there are beside these.
    """
    found = quotations(store, network, most, mentions)
    for key, data in network.nodes(data=True):
        told = found[key]
        data |= {"sentences": told.sentences, "references": told.references, "open": told.open}
        if told.beyond:
            data["unquoted"] = told.beyond


def _sorted(store: Store, scan: Scan, *columns: str) -> list[dict[str, Any]]:
    """All rows by the columns, which are of strings or of numbers."""
    return sorted(select(store, scan.of_all()), key=itemgetter(*columns))


def _documents(store: Store) -> list[dict[str, Any]]:
    """The documents; what a citation needs is None where it is not known."""
    rows = _sorted(store, DOCUMENTS, "id")
    return [{**row, "title": row["title"] or row["id"]} for row in rows]


def _add_names(network: nx.MultiDiGraph, store: Store) -> None:
    readings: dict[str, list[str]] = defaultdict(list)
    for row in _sorted(store, _NAMES, "term", "property", "name"):
        data = network.nodes[row["term"]]
        if row["property"].endswith("altLabel"):
            data["alt_labels"].append(row["name"])
        elif "pinyin" in row["tag"]:
            readings[row["term"]].append(row["name"])
        else:
            data["spellings"].append(row["name"])
    for key, spoken in readings.items():
        network.nodes[key]["pinyin"] = own_reading(network.nodes[key]["label"], spoken)
    for row in select(store, _ENGLISH):
        network.nodes[row["term"]]["english"].append(row["name"])
    for row in select(store, _OWN):
        network.nodes[row["term"]]["own"] = row["text"]


def _add_definitions(network: nx.MultiDiGraph, store: Store) -> None:
    slots: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _sorted(store, _SLOTS, "owner", "position"):
        slots[row["owner"]].append(
            {"iri": row["item"], "text": row["text"], "group": row["group"], "gloss": row["gloss"]}
        )
    for row in select(store, _DEFINITIONS.of_all() + " ORDER BY ?term ?year ?doc ?start ?definition"):
        data = network.nodes[row["term"]]
        data["role"] = "slogan"
        data["definitions"].append(
            {
                "text": row["text"],
                "document": row["doc"],
                "year": row["year"],
                "start": row["start"],
                "voice": row["voice"],
                "headword": row["headword"],
                "numeral": row["numeral"],
                "expected": row["expected"],
                "agrees": truth(row["agrees"]),
                "components": slots[row["definition"]],
            }
        )
        _add_parts(network, row["term"], slots[row["definition"]], "component")
    for row in select(store, _LISTINGS):
        components = slots[row["listing"]]
        network.nodes[row["term"]]["listings"].append(
            {"document": row["doc"], "year": row["year"], "start": row["start"], "components": components}
        )
        _add_parts(network, row["term"], components, "listed")


def _add_parts(network: nx.MultiDiGraph, whole: str, parts: list[dict[str, Any]], kind: str) -> None:
    """An edge to each part; what a definition counts is not drawn a second time where a text lists it."""
    for part in parts:
        iri = part["iri"]
        if iri in network and iri != whole and not network.has_edge(whole, iri):
            network.add_edge(whole, iri, kind, kind=kind, group=part["group"])


def _add_subjects(network: nx.MultiDiGraph, store: Store) -> None:
    main = {(row["term"], row["subject"]) for row in select(store, _MAIN)}
    rows = _sorted(store, _SUBJECTS, "term", "name")
    for row in sorted(rows, key=lambda row: (row["term"], row["subject"]) not in main):
        network.nodes[row["term"]]["subjects"].append(row["name"])


def _add_communities(network: nx.MultiDiGraph, store: Store) -> None:
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _sorted(store, _COMMUNITIES, "term"):
        members[row["community"], row["name"]].append(row["term"])
    ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[1][0]))
    for number, ((_, name), terms) in enumerate(ordered):
        network.graph["communities"].append(name)
        for term in terms:
            network.nodes[term]["community"] = number


def _add_relations(network: nx.MultiDiGraph, store: Store) -> None:
    changes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in select(store, _CHANGES):
        changes[row["relation"], row["change"]].append(row["text"])
    evidence: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _sorted(store, _EVIDENCE, "relation", "doc", "start", "end"):
        evidence[row["relation"]].append(
            {"words": row["words"], "document": row["doc"], "start": row["start"]}
        )
    for row in _sorted(store, _RELATIONS, "type", "from", "to", "relation"):
        if row["long"]:
            continue
        network.add_edge(
            row["from"],
            row["to"],
            row["relation"],
            kind=row["type"],
            confidence=float(row["confidence"]),
            added=changes[row["relation"], "added"],
            dropped=changes[row["relation"], "dropped"],
            evidence=evidence[row["relation"]],
        )
