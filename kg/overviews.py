"""What a built graph shows as a whole: what is used and never defined, and how terms are linked.

Everything here comes out of the store by SPARQL, in a few queries for all terms together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pyoxigraph import Store

from kg.scans import Scan
from kg.store import mentions_beside, select


def undefined(store: Store) -> list[dict[str, object]]:
    """What is used and never defined, as plain values, the most used first.

    `count` and `quoted` (those in quotation marks) are of the full texts only, since a digest repeats
    its report; `docs` and `years` have the digests too. `components` are what a running text lists,
    `defined_elsewhere` the documents that define another term of the same name.
    """
    defined: defaultdict[str, set[str]] = defaultdict(set)
    for row in select(store, _DEFINED.of_all()):
        defined[row["label"]].add(row["document"])
    components: defaultdict[str, list[str]] = defaultdict(list)
    for row in select(store, _LISTED):
        components[row["term"]].append(row["text"])
    said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    candidates = select(store, _CANDIDATES.of_all())
    for row in _said(store, [row["term"] for row in candidates]):
        said[row["term"]].append(row)
    found: list[tuple[int, str, dict[str, object]]] = []
    for row in candidates:
        mine = said[row["term"]]
        counted = [mention for mention in mine if mention["document_kind"] != "abridgement"]
        fields = {
            "term": row["label"],
            "quoted": sum(_is_quoted(mention["prefix"], mention["suffix"]) for mention in counted),
            "docs": sorted({mention["document"] for mention in mine}),
            "years": sorted({mention["year"] for mention in mine} - {None}),
            "count": len(counted),
            "numeral": row["numeral"],
            "components": components[row["term"]],
            "defined_elsewhere": sorted(defined[row["label"]]),
        }
        found.append((-len(counted), row["label"], fields))
    return [fields for *_, fields in sorted(found, key=lambda each: each[:2])]


def _said(store: Store, candidates: list[str]) -> list[dict[str, Any]]:
    """Where the full texts and digests name the terms `candidates`, out of the graph or of the tables beside it."""
    if (folder := mentions_beside(store)) is None:
        return select(store, _SAID.of_all())
    from kg.parquet import read

    columns = ("term", "document", "document_kind", "year", "kind", "prefix", "suffix")
    return [row for row in read(folder, candidates, columns) if row["kind"] == "core"]


def relations(store: Store) -> list[dict[str, object]]:
    """Every relation as plain values, by type and labels.

    `added`, `dropped` and `kept` are components, in the order of their characters.
    """
    evidence: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, _EVIDENCE.of_all()):
        evidence[row["relation"]].append(row)
    return [
        {
            "type": row["type"],
            "from": row["from"],
            "to": row["to"],
            "evidence": [
                {"doc": each["document"], "start": each["start"], "end": each["end"]}
                for each in sorted(evidence[row["relation"]], key=lambda each: _number(each["evidence"]))
            ],
            **{name: row[name] for name in ("added", "dropped", "kept", "confidence")},
        }
        for row in bare_relations(store)
    ]


def bare_relations(store: Store) -> list[dict[str, Any]]:
    """Every relation as `relations` gives it, but without its evidence, and with its IRI."""
    changes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in select(store, _CHANGES):
        changes[row["relation"], row["change"]].append(row["text"])
    return [
        row
        | {change: changes[row["relation"], change] for change in ("added", "dropped", "kept")}
        | {"confidence": float(row["confidence"])}
        for row in select(store, _RELATIONS.of_all() + " ORDER BY ?type ?from ?to ?relation")
    ]


_CANDIDATES = Scan(
    "?term ?label ?numeral",
    ("?term kg:candidate true", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))'),
    (("?term kg:numeral ?numeral",),),
)

_SAID = Scan(
    "?mention ?term ?document ?document_kind ?year ?prefix ?suffix",
    (
        "?term kg:candidate true",
        "?mention oa:hasBody ?term",
        '?mention kg:kind "core"',
        "?mention oa:hasTarget ?target",
        "?target oa:hasSource ?source",
        "?target oa:hasSelector ?quote",
        "?quote oa:prefix ?prefix",
        "?quote oa:suffix ?suffix",
        "?source dct:identifier ?document",
        "?source kg:documentKind ?document_kind",
    ),
    (("?source kg:reportYear/kg:year ?year",),),
)

_LISTED = """
SELECT DISTINCT ?listing ?term ?position ?text WHERE {
  ?listing kg:listingOf ?term ; kg:slot ?slot .
  ?slot schema:position ?position ; rdf:value ?text .
} ORDER BY ?listing ?position
"""

_DEFINED = Scan(
    "?label ?document",
    (
        "?definition kg:defines ?term",
        "?term skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label",
        "?definition dct:source ?source",
        "?source dct:identifier ?document",
    ),
)

_RELATIONS = Scan(
    "?relation ?type (COALESCE(?long, ?label) AS ?from) ?to ?confidence",
    (
        "?relation kg:relationType ?type",
        "?relation kg:confidence ?confidence",
        "?relation kg:relationFrom ?one",
        '?one skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))',
        "?relation kg:relationTo ?other",
        '?other skos:prefLabel ?to FILTER(LANGMATCHES(LANG(?to), "zh"))',
    ),
    (("?relation kg:longForm ?long",),),
)

_CHANGES = """
SELECT DISTINCT ?relation ?change ?text WHERE {
  { ?relation kg:added ?text BIND("added" AS ?change) }
  UNION { ?relation kg:dropped ?text BIND("dropped" AS ?change) }
  UNION { ?relation kg:kept ?text BIND("kept" AS ?change) }
} ORDER BY ?text
"""

_EVIDENCE = Scan(
    "?relation ?evidence ?document ?start ?end",
    (
        "?relation kg:evidence ?evidence",
        "?evidence dct:source ?source",
        "?source dct:identifier ?document",
        "?evidence kg:start ?start",
        "?evidence kg:end ?end",
    ),
)


def _number(iri: str) -> int:
    """The running number at the end of an IRI; as text, 10 would stand before 2."""
    return int(iri.rpartition("/")[2])


_QUOTATION_MARKS = ("“”", "‘’", "「」", "『』", '""')


def _is_quoted(prefix: str, suffix: str) -> bool:
    """Whether quotation marks stand right before and right behind."""
    return any(prefix.endswith(pair[0]) and suffix.startswith(pair[1]) for pair in _QUOTATION_MARKS)
