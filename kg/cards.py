"""A term's card: all that a built graph says of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.errors import KgError
from kg.lookup import LABELS, Found, own_reading
from kg.store import query, select
from kg.views import DEFINITIONS, Row, mention_rows, slots_by_definition, truth


@dataclass(frozen=True, slots=True)
class Part:
    """A component as a definition lists it, with what the definition says of it."""

    text: str
    gloss: str | None
    iri: str | None  #: of the term that it is; None where several could be meant


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring components of one group, 三去 for instance; the name is None where there is none."""

    name: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An English name with what is known of it."""

    text: str
    status: str  #: official, proposed or rejected
    source: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided on a term."""

    kind: str
    text: str | None  #: what it says beyond its kind
    reason: str
    date: str | None
    by: str | None
    applies: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition with its source and what its numeral promises."""

    text: str
    voice: str  #: editor, government, text or person
    document: str | None  #: None where a person gives it
    title: str | None
    year: int | None
    headword: str | None
    numeral: str | None
    expected: int | None
    agrees: bool | None  #: None where there is nothing to check
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year in which a term appears, and how often the full texts of that year mention it.

    `digests` are the abridgements in which it is present; they are not counted.
    """

    year: int | None
    body: int
    box: int
    glossary: int
    listed: int  #: how often all its components are listed without its name
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A mention with the words around it."""

    prefix: str
    exact: str
    suffix: str
    document: str
    title: str | None
    year: int | None
    section: str | None
    covers: tuple[int, ...]
    context: str  #: body, box or glossary
    kind: str  #: core, or how else the term is referred to: listed, component, part …


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to another term, as seen from this one."""

    type: str
    other: Found
    forward: bool  #: from this term to the other; of a mutual relation it says nothing
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Card:
    """All that the graph says of a term."""

    iri: str
    label: str
    english: tuple[Name, ...]  #: the preferred name first, the rejected last
    alt_labels: tuple[str, ...]
    pinyin: tuple[str, ...]  #: for search, that of the label first; some readings may be wrong
    candidate: bool  #: used, and never explained
    definitions: tuple[Definition, ...]
    listing: tuple[Part, ...]  #: the components that a running text lists, where nobody defines it
    part_of: tuple[Found, ...]
    subjects: tuple[str, ...]  #: the fields under which it is said, the main one first
    community: str | None
    links: tuple[Link, ...]
    years: tuple[Year, ...]
    sentences: tuple[Sentence, ...]  #: that name it
    references: tuple[Sentence, ...]  #: that refer to it in another way
    open: tuple[Sentence, ...]  #: that could mean it, or a homonym
    decisions: tuple[Ruling, ...]  #: of a person


def card(store: Store, iri: str) -> Card:
    """The card of the term with the IRI `iri`, which `find_terms` gives.

    Raises `KgError` where the graph has no such term.
    """
    labels = select(store, LABELS, term=iri)
    label = next((row["label"] for row in labels if row["kind"] == "preferred"), None)
    if label is None:
        raise KgError(f"the graph has no term {iri}")
    slots = slots_by_definition(store, iri)
    said = sorted(mention_rows(store, [iri]), key=_by_year)
    return Card(
        iri=iri,
        label=label,
        english=_english(store, iri),
        alt_labels=tuple(row["label"] for row in labels if row["kind"] == "alternative"),
        pinyin=_pinyin(label, [row["label"] for row in labels if row["kind"] == "pinyin"]),
        candidate=query(store, _CANDIDATE, {"term": NamedNode(iri)}) is True,
        definitions=(
            *(_own_definition(row["text"]) for row in select(store, _OWN, term=iri)),
            *(
                _definition(row, slots[row["definition"]])
                for row in sorted(select(store, DEFINITIONS, term=iri), key=_by_year)
            ),
        ),
        listing=tuple(Part(row["text"], None, row["item"]) for row in select(store, _LISTING, term=iri)),
        part_of=tuple(Found(row["whole"], row["label"]) for row in select(store, _WHOLES, term=iri)),
        subjects=_subjects(store, iri),
        community=next((row["label"] for row in select(store, _COMMUNITY, term=iri)), None),
        links=_links(store, iri),
        years=_years(store, iri),
        sentences=tuple(_sentence(row) for row in said if row["kind"] == "core" and not row["senses"]),
        references=tuple(_sentence(row) for row in said if row["kind"] != "core"),
        open=tuple(_sentence(row) for row in said if row["senses"]),
        decisions=tuple(
            Ruling(
                row["kind"], row["text"], row["reason"], row["date"], row["by"], truth(row["applies"]) is True
            )
            for row in select(store, _DECISIONS, term=iri)
        ),
    )


_ENGLISH = """
SELECT DISTINCT ?term ?text ?status ?source ?year ?preferred WHERE {
  ?label kg:labelOf ?term ;
    skosxl:literalForm ?text ;
    kg:status ?status .
  OPTIONAL { ?label dct:source ?source }
  OPTIONAL { ?label dct:date ?date BIND(STR(?date) AS ?year) }
  BIND(EXISTS { ?term skosxl:prefLabel ?label } AS ?preferred)
}
ORDER BY DESC(?preferred) ?status ?text
"""

_OWN = (
    'SELECT DISTINCT ?term ?text WHERE { ?definition kg:defines ?term ; kg:voice "person" ; rdf:value ?text }'
)

_DECISIONS = """
SELECT DISTINCT ?term ?decision ?kind ?text ?reason ?date ?by ?applies WHERE {
  ?decision kg:decides ?term ;
    kg:decisionKind ?kind ;
    kg:reason ?reason ;
    kg:applies ?applies .
  OPTIONAL { ?decision dct:description ?text }
  OPTIONAL { ?decision dct:date ?day BIND(STR(?day) AS ?date) }
  OPTIONAL { ?decision dct:creator ?by }
}
ORDER BY ?kind ?text ?decision
"""

_CANDIDATE = "ASK { ?term kg:candidate true }"

_LISTING = """
SELECT DISTINCT ?term ?listing ?position ?text ?item WHERE {
  ?listing kg:listingOf ?term ;
    kg:slot ?slot .
  ?slot schema:position ?position ;
    rdf:value ?text .
  OPTIONAL { ?slot schema:item ?item }
}
ORDER BY ?listing ?position
"""

_WHOLES = """
SELECT DISTINCT ?term ?whole ?label WHERE {
  ?term skos:broader ?whole .
  ?whole skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
}
ORDER BY ?label ?whole
"""

_SUBJECTS = """
SELECT DISTINCT ?term ?label ?main WHERE {
  ?term kg:subject ?subject .
  ?subject rdfs:label ?label .
  OPTIONAL { ?term kg:mainSubject ?main FILTER(?main = ?subject) }
}
ORDER BY DESC(BOUND(?main)) ?label
"""

_COMMUNITY = "SELECT DISTINCT ?term ?label WHERE { ?term kg:inCommunity/rdfs:label ?label }"

_LINKS = """
SELECT DISTINCT ?term ?relation ?type ?other ?label ?direction ?confidence WHERE {
  # VALUES ?term
  { ?relation kg:relationFrom ?term ; kg:relationTo ?other BIND("to" AS ?direction) }
  UNION
  { ?relation kg:relationTo ?term ; kg:relationFrom ?other BIND("from" AS ?direction) }
  ?relation kg:relationType ?type ;
    kg:confidence ?confidence .
  ?other skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
  FILTER NOT EXISTS { ?relation kg:longForm ?name }  # it is among the names of the term
}
ORDER BY ?type ?direction ?label
"""

_CHANGES = """
SELECT DISTINCT ?term ?relation ?change ?text WHERE {
  ?relation kg:relationFrom|kg:relationTo ?term .
  { ?relation kg:added ?text BIND("added" AS ?change) }
  UNION
  { ?relation kg:dropped ?text BIND("dropped" AS ?change) }
}
ORDER BY ?text
"""

_APPEARS = """
SELECT DISTINCT ?term ?year WHERE { ?term kg:appearsInYear/kg:year ?year }
"""

_COUNTS = """
SELECT DISTINCT ?term ?year ?context ?kind ?count WHERE {
  # VALUES ?term
  VALUES ?kind { "core" "listed" }
  ?observation kg:countOf ?term ;
    kg:ofKind ?kind ;
    kg:inYear/kg:year ?year ;
    kg:inContext ?context ;
    kg:count ?count .
}
"""

_DIGESTS = """
SELECT DISTINCT ?term ?document ?year WHERE {
  ?term kg:presentIn ?source .
  ?source dct:identifier ?document .
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
}
ORDER BY ?document
"""


def _pinyin(label: str, readings: list[str]) -> tuple[str, ...]:
    own = own_reading(label, readings)
    return tuple(sorted(readings, key=lambda reading: reading != own))


def _english(store: Store, iri: str) -> tuple[Name, ...]:
    return tuple(
        Name(row["text"], row["status"], row["source"], None if row["year"] is None else int(row["year"]))
        for row in select(store, _ENGLISH, term=iri)
    )


def _own_definition(text: str) -> Definition:
    return Definition(text, "person", None, None, None, None, None, None, None, ())


def _definition(row: Row, slots: list[Row]) -> Definition:
    return Definition(
        text=row["text"],
        voice=row["voice"],
        document=row["document"],
        title=row["title"],
        year=row["year"],
        headword=row["headword"],
        numeral=row["numeral"],
        expected=row["expected"],
        agrees=truth(row["agrees"]),
        groups=tuple(
            Group(name, tuple(Part(slot["text"], slot["gloss"], slot["item"]) for slot in members))
            for name, members in groupby(slots, key=lambda slot: slot["group"])
        ),
    )


def _sentence(row: Row) -> Sentence:
    return Sentence(
        prefix=row["prefix"] or "",
        exact=row["exact"],
        suffix=row["suffix"] or "",
        document=row["document"],
        title=row["title"],
        year=row["year"],
        section=row["section"],
        covers=tuple(row["covers"]),
        context=row["context"],
        kind=row["kind"],
    )


def _subjects(store: Store, iri: str) -> tuple[str, ...]:
    return tuple(row["label"] for row in select(store, _SUBJECTS, term=iri))


def _links(store: Store, iri: str) -> tuple[Link, ...]:
    changes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in select(store, _CHANGES, term=iri):
        changes[row["relation"], row["change"]].append(row["text"])
    return tuple(
        Link(
            type=row["type"],
            other=Found(row["other"], row["label"]),
            forward=row["direction"] == "to",
            added=tuple(changes[row["relation"], "added"]),
            dropped=tuple(changes[row["relation"], "dropped"]),
            confidence=float(row["confidence"]),
        )
        for row in select(store, _LINKS, term=iri)
        if row["other"] != iri or row["direction"] == "to"  # a redefinition leads from a term to itself
    )


def _years(store: Store, iri: str) -> tuple[Year, ...]:
    counts: Counter[tuple[int | None, str]] = Counter()
    for row in select(store, _COUNTS, term=iri):
        counts[row["year"], row["context"] if row["kind"] == "core" else row["kind"]] += row["count"]
    digests: defaultdict[int | None, list[str]] = defaultdict(list)
    for row in select(store, _DIGESTS, term=iri):
        digests[row["year"]].append(row["document"])
    years = (
        {row["year"] for row in select(store, _APPEARS, term=iri)}
        | {year for year, _ in counts}
        | set(digests)
    )
    return tuple(
        Year(
            year=year,
            body=counts[year, "body"],
            box=counts[year, "box"],
            glossary=counts[year, "glossary"],
            listed=counts[year, "listed"],
            digests=tuple(digests[year]),
        )
        for year in sorted(years, key=lambda year: (year is None, year))
    )


def _by_year(row: Row) -> tuple[Any, ...]:
    return row["year"] is None, row["year"] or 0, row["document"], row["start"]
