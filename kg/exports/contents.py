"""What exports tell of a built graph: its terms with names, definitions and lists, its relations, its sources.

Everything here comes out of the store by SPARQL, in a few queries for all terms together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from pyoxigraph import Store

from kg.exports.records import COMPONENT, Contents, Listed, Name, Part, Relation, Term, in_order
from kg.exports.scopes import EVERYTHING, Scope, documents_of
from kg.store import select as ask
from kg.views import DEFINITIONS, Row, slots_by_definition, truth


def contents(store: Store, scope: Scope = EVERYTHING) -> Contents:
    """The terms of `scope` and what is told of them."""
    terms = sorted(_terms(store, scope), key=in_order)
    documents = {each for term in terms for each in term.documents} | set(scope.documents or ())
    told = tuple(row for row in _select(store, _DOCUMENTS) if row["id"] in documents)
    kept = {term.iri for term in terms}
    return Contents(scope.title, tuple(terms), tuple(_relations(store, kept)), told)


def _terms(store: Store, scope: Scope) -> list[Term]:
    facts = _Facts(store)
    return [
        facts.term(row) for row in _select(store, _TERMS) if scope.terms is None or row["term"] in scope.terms
    ]


class _Facts:
    """The answers of the queries, by term."""

    def __init__(self, store: Store) -> None:
        self.labels = _grouped(_select(store, _LABELS))
        self.names = _grouped(_select(store, _NAMES))
        self.subjects = _grouped(_select(store, _SUBJECTS))
        self.mentions = {row["term"]: row["mentions"] for row in _select(store, _MENTIONS)}
        self.documents = _grouped(_readable(documents_of(store)))
        slots = {iri: _readable(rows) for iri, rows in slots_by_definition(store).items()}
        self.definitions: defaultdict[str, list[Listed]] = defaultdict(list)
        for row in sorted(_select(store, DEFINITIONS), key=_by_year):
            parts = tuple(_part(slot) for slot in slots.get(row["definition"], ()))
            self.definitions[row["term"]].append(_listed(row, parts))
        listed = defaultdict(list)
        for slot in _select(store, _LISTED):
            listed[slot["listing"]].append(_part(slot))
        self.listings: defaultdict[str, list[Listed]] = defaultdict(list)
        for row in _select(store, _LISTINGS):
            self.listings[row["term"]].append(_listed(row, tuple(listed[row["definition"]])))

    def term(self, row: Row) -> Term:
        iri, label = row["term"], row["label"]
        labels = self.labels[iri]
        aliases = tuple(each["text"] for each in labels if each["kind"] == "alternative")
        readings = [each["text"] for each in labels if each["kind"] == "pinyin"]
        definitions = tuple(self.definitions[iri])
        role = "slogan" if definitions or row["definition"] else "component"
        return Term(
            iri=iri,
            label=label,
            aliases=aliases,
            pinyin=_reading(_bare(label, aliases), readings),
            role="candidate" if row["candidate"] == "true" and role != "slogan" else role,
            numeral=row["numeral"] or next((each.numeral for each in definitions if each.numeral), ""),
            subjects=tuple(each["label"] for each in self.subjects[iri]),
            names=tuple(sorted(_names(self.names[iri]), key=_by_status)),
            definition=row["definition"] or "",
            definitions=definitions,
            listings=tuple(self.listings[iri]),
            mentions=self.mentions.get(iri, 0),
            documents=tuple(each["document"] for each in self.documents[iri]),
            first=row["first"],
            last=row["last"],
        )


_STATUSES = ("official", "proposed", "", "rejected")


def _by_status(name: Name) -> tuple[Any, ...]:
    rank = _STATUSES.index(name.status) if name.status in _STATUSES else len(_STATUSES)
    return rank, name.year is None, name.year or 0, name.text


def _names(rows: list[Row]) -> list[Name]:
    """English names; one that only SKOS has, without a label of its own, is known by its text alone."""
    found = {
        row["text"]: Name(row["text"], row["status"] or "", row["source"] or "", _year(row["year"]))
        for row in sorted(rows, key=lambda row: row["node"] is not None)
    }
    return list(found.values())


def _year(text: str | int | None) -> int | None:
    digits = re.match(r"\d{4}", str(text or ""))
    return int(digits[0]) if digits else None


def _bare(label: str, aliases: Collection[str]) -> str:
    """A label without its qualifier: 两山 of 两山（太行山、吕梁山）, which is then another name too."""
    bare = [alias for alias in aliases if label.startswith(f"{alias}（") and label.endswith("）")]
    return max(bare, key=len, default=label)


_SYLLABLES = re.compile(r"[㐀-鿿]|[^㐀-鿿\s]+")


def _reading(label: str, readings: list[str]) -> str:
    """The pinyin that is this label's: a syllable for each character, all else as it stands.

    >>> _reading("RCEP", ["qu yu quan mian"]), _reading("1+N政策", ["1+N zheng ce"])
    ('', '1+N zheng ce')
    """
    pieces = (
        r"[a-zêüńňǹ]+" if "㐀" <= piece[0] <= "鿿" else re.escape(piece)
        for piece in _SYLLABLES.findall(label)
    )
    form = re.compile(r"\s*".join(pieces))
    return next((reading for reading in sorted(readings) if form.fullmatch(reading)), "")


def _part(slot: Row) -> Part:
    return Part(slot["text"], slot["group"] or "", slot["gloss"] or "", slot["item"])


def _listed(row: Row, parts: tuple[Part, ...]) -> Listed:
    return Listed(
        iri=row["definition"],
        document=row["document"],
        year=row["year"],
        text=row.get("text") or "",
        voice=row.get("voice") or "",
        headword=row.get("headword") or "",
        numeral=row.get("numeral") or "",
        expected=row.get("expected"),
        agrees=truth(row.get("agrees")),
        parts=parts,
    )


def _relations(store: Store, kept: Collection[str]) -> list[Relation]:
    evidence: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _select(store, _EVIDENCE):
        evidence[row["relation"]].append(row)
    parts = [Relation(row["one"], COMPONENT, row["other"]) for row in _select(store, _PARTS)]
    links = [
        Relation(
            row["one"],
            row["type"],
            row["other"],
            None if row["confidence"] is None else float(row["confidence"]),
            tuple(each["words"] for each in evidence[row["relation"]]),
            tuple(dict.fromkeys(each["document"] for each in evidence[row["relation"]])),
        )
        for row in _select(store, _RELATIONS)
    ]
    return [each for each in (*parts, *links) if each.one in kept and each.other in kept]


_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _readable(rows: list[Row]) -> list[Row]:
    """Rows without the control characters that no XML file can hold; a text may have a few."""
    return [
        {name: _NOT_IN_XML.sub("", value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    ]


def _select(store: Store, query: str) -> list[Row]:
    return _readable(ask(store, query))


def _grouped(rows: list[Row]) -> Mapping[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["term"]].append(row)
    return found


def _by_year(row: Row) -> tuple[Any, ...]:
    return row["year"] is None, row["year"] or 0, row["document"], row["start"], row["definition"]


_TERMS = """
SELECT DISTINCT ?term ?label ?candidate ?numeral ?definition ?first ?last WHERE {
  ?term a kg:Term ; skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))
  OPTIONAL { ?term kg:candidate ?candidate }
  OPTIONAL { ?term kg:numeral ?numeral }
  OPTIONAL { ?term skos:definition ?definition FILTER(LANGMATCHES(LANG(?definition), "zh")) }
  OPTIONAL { ?term kg:firstYear ?first ; kg:lastYear ?last }
} ORDER BY ?term"""
_LABELS = """
SELECT DISTINCT ?term ?text ?kind WHERE {
  ?term a kg:Term .
  { ?term skos:altLabel ?text FILTER(LANGMATCHES(LANG(?text), "zh")) BIND("alternative" AS ?kind) }
  UNION
  { ?term skos:hiddenLabel ?text
    BIND(IF(LANGMATCHES(LANG(?text), "zh-Latn"), "pinyin", "spelling") AS ?kind) }
} ORDER BY ?term ?text"""
_NAMES = """
PREFIX skosxl: <http://www.w3.org/2008/05/skos-xl#>
SELECT DISTINCT ?term ?text ?node ?status ?source ?year WHERE {
  ?term a kg:Term .
  { ?term skosxl:prefLabel|skosxl:altLabel|skosxl:hiddenLabel ?node . ?node skosxl:literalForm ?literal
    OPTIONAL { ?node kg:status ?status } OPTIONAL { ?node dct:source ?source }
    OPTIONAL { ?node dct:date ?year } }
  UNION
  { ?term skos:prefLabel|skos:altLabel ?literal }
  FILTER(LANGMATCHES(LANG(?literal), "en"))
  BIND(STR(?literal) AS ?text)
} ORDER BY ?term ?text ?status ?source ?year"""
_SUBJECTS = """
SELECT DISTINCT ?term ?label ?main WHERE {
  ?term a kg:Term ; kg:subject ?subject . ?subject rdfs:label ?label .
  OPTIONAL { ?term kg:mainSubject ?main FILTER(?main = ?subject) }
} ORDER BY ?term DESC(BOUND(?main)) ?label"""
_MENTIONS = """
SELECT ?term (SUM(?count) AS ?mentions) WHERE {
  SELECT DISTINCT ?term ?observation ?count WHERE {
    ?observation kg:countOf ?term ; kg:ofKind "core" ; kg:count ?count .
  }
} GROUP BY ?term"""
_LISTINGS = """
SELECT DISTINCT ?definition ?term ?document ?year ?start WHERE {
  ?definition kg:listingOf ?term ; kg:start ?start ; dct:source ?source . ?source dct:identifier ?document .
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
} ORDER BY ?term ?year ?document ?start"""
_LISTED = """
SELECT DISTINCT ?listing ?position ?text ?group ?gloss ?item WHERE {
  ?listing kg:listingOf ?term ; kg:slot ?slot . ?slot schema:position ?position ; rdf:value ?text .
  OPTIONAL { ?slot kg:group ?group } OPTIONAL { ?slot kg:gloss ?gloss } OPTIONAL { ?slot schema:item ?item }
} ORDER BY ?listing ?position"""
_PARTS = """
SELECT DISTINCT ?one ?other WHERE { ?one skos:narrower ?other } ORDER BY ?one ?other"""
_RELATIONS = """
SELECT DISTINCT ?relation ?type ?one ?other ?confidence WHERE {
  ?relation kg:relationType ?type ; kg:relationFrom ?one ; kg:relationTo ?other .
  OPTIONAL { ?relation kg:confidence ?confidence }
  FILTER NOT EXISTS { ?relation kg:longForm ?name }  # it is among the other names of the term
} ORDER BY ?type ?one ?other ?relation"""
_EVIDENCE = """
SELECT DISTINCT ?relation ?words ?document ?start WHERE {
  ?relation kg:evidence ?evidence . ?evidence rdf:value ?words ; kg:start ?start ;
    dct:source/dct:identifier ?document .
} ORDER BY ?relation ?document ?start"""
_DOCUMENTS = """
SELECT DISTINCT ?id ?title ?kind ?year ?issuer ?date ?speaker ?session ?publisher ?url WHERE {
  ?doc kg:documentKind ?kind ; dct:identifier ?id .
  OPTIONAL { ?doc dct:title ?title } OPTIONAL { ?doc kg:reportYear/kg:year ?year }
  OPTIONAL { ?doc kg:issuer ?issuer } OPTIONAL { ?doc dct:date ?date }
  OPTIONAL { ?doc kg:speaker ?speaker } OPTIONAL { ?doc kg:session ?session }
  OPTIONAL { ?doc dct:publisher ?publisher } OPTIONAL { ?doc schema:url ?url }
} ORDER BY ?year ?id"""
