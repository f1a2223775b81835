"""What machines and cards read from a built graph: entries, mentions, concordance, one term's card.

Everything here comes out of the store by SPARQL; the texts are not needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias

from pyoxigraph import NamedNode, Store

from kg.model import KgError
from kg.store import query, select

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the graph: its IRI and its preferred label."""

    iri: str
    label: str


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
class Definition:
    """A definition with its source and what its numeral promises."""

    text: str
    voice: str  #: editor, government or text
    document: str
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


@dataclass(frozen=True, slots=True)
class Card:
    """All that the graph says of a term."""

    iri: str
    label: str
    alt_labels: tuple[str, ...]
    pinyin: tuple[str, ...]  #: for search; some readings may be wrong
    candidate: bool  #: used, and never explained
    definitions: tuple[Definition, ...]
    part_of: tuple[Found, ...]
    years: tuple[Year, ...]
    sentences: tuple[Sentence, ...]


def entries(store: Store) -> list[dict[str, object]]:
    """Every definition of the graph as plain values, by document, box and offset."""
    names = _names(store)
    slots = _slots(store)
    dates: defaultdict[str, list[str]] = defaultdict(list)
    for row in select(store, _DATES):
        dates[row["definition"]].append(row["date"])
    found: list[dict[str, object]] = []
    for row in sorted(select(store, _DEFINITIONS), key=_entry_order):
        definition = row["definition"]
        found.append(
            {
                "doc": row["document"],
                "box": row["box"],
                "headword": row["headword"],
                "label": _label_in(row["headword"], names[row["term"]]),
                "headword_start": row["headwordStart"],
                "headword_end": row["headwordEnd"],
                "definition": row["text"],
                "start": row["start"],
                "end": row["end"],
                "components": [
                    {
                        "text": slot["text"],
                        "start": slot["start"],
                        "end": slot["end"],
                        "group": slot["group"],
                        "definition": slot["gloss"],
                    }
                    for slot in slots[definition]
                ],
                "numeral": row["numeral"],
                "readings": [int(reading) for reading in (row["readings"] or "").split()],
                "expected_count": row["expected"],
                "agrees": _truth(row["agrees"]),
                "dates": sorted(dates[definition]),
                "origin": {"level": row["originLevel"], "cue": row["originCue"]}
                if row["originLevel"]
                else None,
                "voice": row["voice"],
                "rule": row["rule"],
            }
        )
    return found


def mentions(store: Store, term: str | None = None) -> list[dict[str, object]]:
    """Every mention, or those of `term`, as plain values, by document and offset.

    Raises `KgError` where there is no such term.
    """
    names = _names(store)
    return [
        {
            "doc": row["document"],
            "term": names[row["term"]][0],
            "concept": row["term"],
            "kind": row["kind"],
            "exact": row["exact"],
            "start": row["start"],
            "end": row["end"],
            "context": row["context"],
            "year": row["year"],
            "covers": row["covers"],
            "section": row["section"],
            "rule": row["rule"],
        }
        for row in _mentions(store, _iris(store, term))
    ]


def concordance(store: Store, term: str | None = None) -> list[dict[str, str | int]]:
    """Every occurrence of a core, or of the core of `term`, in the middle of its words, for a spreadsheet.

    `period` is the span of years that the section speaks of, 2016–2020. Raises `KgError` where
    there is no such term.
    """
    return [
        {
            "left": row["prefix"] or "",
            "node": row["exact"],
            "right": row["suffix"] or "",
            "document": row["document"],
            "section": row["section"] or "",
            "period": _period(row["covers"]),
            "offset": row["start"],
        }
        for row in _mentions(store, _iris(store, term))
        if row["kind"] == "core"
    ]


def card(store: Store, iri: str) -> Card:
    """The card of the term with the IRI `iri`, which `find_terms` gives.

    Raises `KgError` where the graph has no such term.
    """
    labels = select(store, _LABELS, term=iri)
    label = next((row["label"] for row in labels if row["kind"] == "preferred"), None)
    if label is None:
        raise KgError(f"the graph has no term {iri}")
    slots = _slots(store, iri)
    return Card(
        iri=iri,
        label=label,
        alt_labels=tuple(row["label"] for row in labels if row["kind"] == "alternative"),
        pinyin=tuple(row["label"] for row in labels if row["kind"] == "pinyin"),
        candidate=query(store, _CANDIDATE, {"term": NamedNode(iri)}) is True,
        definitions=tuple(
            _definition(row, slots[row["definition"]])
            for row in sorted(select(store, _DEFINITIONS, term=iri), key=_by_year)
        ),
        part_of=tuple(Found(row["whole"], row["label"]) for row in select(store, _WHOLES, term=iri)),
        years=_years(store, iri),
        sentences=tuple(
            Sentence(
                prefix=row["prefix"] or "",
                exact=row["exact"],
                suffix=row["suffix"] or "",
                document=row["document"],
                title=row["title"],
                year=row["year"],
                section=row["section"],
                covers=tuple(row["covers"]),
                context=row["context"],
            )
            for row in sorted(_mentions(store, [iri]), key=_by_year)
            if row["kind"] == "core"
        ),
    )


def find_terms(store: Store, text: str) -> list[Found]:
    """The terms that `text` names: those of that label, else those whose labels make it up.

    Width, case, spaces and quotation marks do not matter. Preferred labels come before other
    names, and these before spellings and pinyin; two senses of a label are both given. A text that
    is no label is cut into labels, the longest first: 六稳六保 gives 六稳 and 六保. An empty list
    means that nothing was found.
    """
    labels: defaultdict[str, list[tuple[int, Found]]] = defaultdict(list)
    readings: defaultdict[str, list[tuple[int, Found]]] = defaultdict(list)
    for row in select(store, _LABELS):
        rank = _RANKS[row["kind"]]
        place = readings if row["kind"] == "pinyin" else labels
        place[_key(row["label"])].append((rank, Found(row["term"], row["preferred"])))
    key = _key(text)
    if key in labels or key in readings:
        return _unique(labels[key] + readings[key])
    pieces = _pieces(re.sub(r"[、,;/]", "", key), {label for label in labels if len(label) > 1})
    return _unique_in_turn(_unique(labels[piece]) for piece in pieces)


def near_misses(store: Store, text: str) -> list[str]:
    """Up to five preferred labels that are like `text` in their characters or in their sound."""
    key = _key(text)
    if not key:
        return []
    sound = _sound(key)
    best: dict[str, float] = {}
    for row in select(store, _LABELS):
        label = _key(row["label"])
        if row["kind"] == "pinyin":
            # Few letters make all syllables, so that a likeness means less than one of characters.
            score = _ratio(sound, label)
            score = score if score >= _LIKE_IN_SOUND else 0.0
        else:
            score = max(_shared(key, label), _ratio(key, label))
        best[row["preferred"]] = max(score, best.get(row["preferred"], 0.0))
    near = sorted(best, key=lambda label: (-best[label], label))
    return [label for label in near if best[label] >= _LIKE][:5]


_LIKE = 0.5
_LIKE_IN_SOUND = 0.8
_RANKS = {"preferred": 0, "alternative": 1, "hidden": 2, "pinyin": 3}

_LABELS = """
SELECT DISTINCT ?term ?preferred ?label ?kind WHERE {
  ?term a kg:Term ;
    skos:prefLabel ?preferred .
  {
    ?term skos:prefLabel ?label
    BIND("preferred" AS ?kind)
  }
  UNION
  {
    ?term skos:altLabel ?label
    BIND("alternative" AS ?kind)
  }
  UNION
  {
    ?term skos:hiddenLabel ?label
    BIND(IF(LANGMATCHES(LANG(?label), "zh-Latn"), "pinyin", "hidden") AS ?kind)
  }
}
ORDER BY ?term ?kind ?label
"""

_CANDIDATE = "ASK { ?term kg:candidate true }"

_WHOLES = """
SELECT DISTINCT ?term ?whole ?label WHERE {
  ?term skos:broader ?whole .
  ?whole skos:prefLabel ?label .
}
ORDER BY ?label ?whole
"""

_DEFINITIONS = """
SELECT DISTINCT ?definition ?term ?document ?title ?year ?box ?voice ?headword ?headwordStart ?headwordEnd
                ?text ?start ?end ?numeral ?readings ?expected ?agrees ?originLevel ?originCue ?rule WHERE {
  ?definition kg:defines ?term ;
    rdf:value ?text ;
    kg:start ?start ;
    kg:end ?end ;
    dct:source ?source .
  ?source dct:identifier ?document .
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
  OPTIONAL { ?definition dct:isPartOf/kg:number ?box }
  OPTIONAL { ?definition kg:voice ?voice }
  OPTIONAL { ?definition kg:headword ?headword }
  OPTIONAL { ?definition kg:headwordStart ?headwordStart }
  OPTIONAL { ?definition kg:headwordEnd ?headwordEnd }
  OPTIONAL { ?definition kg:numeral ?numeral }
  OPTIONAL { ?definition kg:readings ?readings }
  OPTIONAL { ?definition kg:expectedCount ?expected }
  OPTIONAL { ?definition kg:agrees ?agrees }
  OPTIONAL { ?definition kg:originLevel ?originLevel }
  OPTIONAL { ?definition kg:originCue ?originCue }
  OPTIONAL { ?definition kg:rule ?rule }
}
"""

_DATES = """
SELECT DISTINCT ?definition (STR(?stated) AS ?date) WHERE {
  ?definition a kg:Definition ;
    kg:statedDate ?stated .
}
"""

_SLOTS = """
SELECT DISTINCT ?definition ?term ?position ?text ?start ?end ?group ?gloss ?item WHERE {
  ?definition kg:defines ?term ;
    kg:slot ?slot .
  ?slot schema:position ?position ;
    rdf:value ?text ;
    kg:start ?start ;
    kg:end ?end .
  OPTIONAL { ?slot kg:group ?group }
  OPTIONAL { ?slot kg:gloss ?gloss }
  OPTIONAL { ?slot schema:item ?item }
}
ORDER BY ?definition ?position
"""

_APPEARS = """
SELECT DISTINCT ?term ?year WHERE { ?term kg:appearsInYear/kg:year ?year }
"""

_COUNTS = """
SELECT DISTINCT ?term ?year ?context ?count WHERE {
  ?observation kg:countOf ?term ;
    kg:ofKind "core" ;
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

_MENTIONS = """
SELECT DISTINCT ?mention ?term ?document ?title ?year ?kind ?context ?rule ?prefix ?exact ?suffix
                ?start ?end ?part ?section WHERE {
  ?mention oa:hasBody ?term ;
    kg:kind ?kind ;
    kg:context ?context ;
    kg:rule ?rule ;
    oa:hasTarget ?target .
  ?target oa:hasSource ?source ;
    oa:hasSelector ?quote, ?place .
  ?quote oa:exact ?exact .
  ?place oa:start ?start ;
    oa:end ?end .
  ?source dct:identifier ?document .
  OPTIONAL { ?quote oa:prefix ?prefix }
  OPTIONAL { ?quote oa:suffix ?suffix }
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
  OPTIONAL {
    ?mention kg:inSection ?part .
    ?part dct:title ?section .
  }
}
"""

_COVERED = """
SELECT DISTINCT ?part ?year WHERE { ?part a kg:Section ; kg:coversYear/kg:year ?year } ORDER BY ?year
"""


def _mentions(store: Store, iris: list[str] | None) -> list[Row]:
    """The mentions of the terms `iris`, or of all, each with the years that its section covers."""
    covered: defaultdict[str | None, list[int]] = defaultdict(list)
    for row in select(store, _COVERED):
        covered[row["part"]].append(row["year"])
    rows = select(store, _MENTIONS) if iris is None else []
    for iri in iris or ():
        rows += select(store, _MENTIONS, term=iri)
    for row in rows:
        row["covers"] = list(covered.get(row["part"], ()))
    return sorted(rows, key=lambda row: (row["document"], row["start"], row["end"], row["term"]))


def _iris(store: Store, term: str | None) -> list[str] | None:
    if term is None:
        return None
    found = find_terms(store, term)
    if not found:
        near = near_misses(store, term)
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg search` looks inside labels"
        raise KgError(f"no term is called {term!r}: {hint}")
    return [each.iri for each in found]


def _slots(store: Store, iri: str | None = None) -> defaultdict[str, list[Row]]:
    slots: defaultdict[str, list[Row]] = defaultdict(list)
    for row in select(store, _SLOTS) if iri is None else select(store, _SLOTS, term=iri):
        slots[row["definition"]].append(row)
    return slots


def _names(store: Store) -> dict[str, list[str]]:
    """The Chinese labels of every term, its core first.

    The preferred label of a homonym is its core with a qualifier in brackets; the core is then
    among its other labels. Brackets that belong to a name stay.
    """
    names: dict[str, list[str]] = {}
    for row in select(store, _LABELS):
        if row["kind"] != "pinyin":
            names.setdefault(row["term"], [row["preferred"]]).append(row["label"])
    for labels in names.values():
        bare = [label for label in labels if labels[0].startswith(f"{label}（") and labels[0].endswith("）")]
        if bare:
            labels.insert(0, max(bare, key=len))
    return names


def _label_in(headword: str | None, names: list[str]) -> str:
    """The name of a term that stands in `headword`: a definition may use another one than the core."""
    return next((name for name in names if name in (headword or "")), names[0])


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
        agrees=_truth(row["agrees"]),
        groups=tuple(
            Group(name, tuple(Part(slot["text"], slot["gloss"], slot["item"]) for slot in members))
            for name, members in groupby(slots, key=lambda slot: slot["group"])
        ),
    )


def _years(store: Store, iri: str) -> tuple[Year, ...]:
    counts: Counter[tuple[int | None, str]] = Counter()
    for row in select(store, _COUNTS, term=iri):
        counts[row["year"], row["context"]] += row["count"]
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
            digests=tuple(digests[year]),
        )
        for year in sorted(years, key=lambda year: (year is None, year))
    )


def _entry_order(row: Row) -> tuple[Any, ...]:
    unboxed = row["box"] is None
    headword = -1 if row["headwordStart"] is None else row["headwordStart"]
    return row["document"], unboxed, row["box"] or 0, row["start"], headword, row["definition"]


def _by_year(row: Row) -> tuple[Any, ...]:
    return row["year"] is None, row["year"] or 0, row["document"], row["start"]


def _truth(text: str | None) -> bool | None:
    return None if text is None else text == "true"


def _period(covers: list[int]) -> str:
    if not covers:
        return ""
    return str(covers[0]) if covers[0] == covers[-1] else f"{covers[0]}–{covers[-1]}"


_IGNORED = re.compile(r"[\s“”\"‘’'「」『』]+")


@lru_cache(maxsize=1 << 16)
def _key(text: str) -> str:
    """`text` as it is compared: half width, lower case, without spaces and quotation marks."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _unique(ranked: list[tuple[int, Found]]) -> list[Found]:
    return list(
        dict.fromkeys(found for _, found in sorted(ranked, key=lambda pair: (pair[0], pair[1].label)))
    )


def _unique_in_turn(groups: Iterable[list[Found]]) -> list[Found]:
    return list(dict.fromkeys(found for group in groups for found in group))


def _pieces(text: str, labels: set[str]) -> list[str]:
    """`text` as a run of labels, at each place the longest that lets the rest come out; else []."""
    longest = max(map(len, labels), default=0)
    # ways[i]: the length of the label to take at i, None where text[i:] is no run of labels
    ways: list[int | None] = [None] * len(text) + [0]
    for start in range(len(text) - 1, -1, -1):
        for size in range(min(longest, len(text) - start), 0, -1):
            if ways[start + size] is not None and text[start : start + size] in labels:
                ways[start] = size
                break
    if not text or ways[0] is None:
        return []
    pieces, start = [], 0
    while size_here := ways[start]:
        pieces.append(text[start : start + size_here])
        start += size_here
    return pieces


def _shared(text: str, label: str) -> float:
    """How many characters two texts have in common, from 0 to 1, wherever they stand (Dice)."""
    common = (Counter(text) & Counter(label)).total()
    return 2 * common / (len(text) + len(label))


def _ratio(text: str, label: str) -> float:
    return SequenceMatcher(None, text, label, autojunk=False).ratio()


def _sound(text: str) -> str:
    """`text` in pinyin without spaces; what is in Latin letters already stays."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))
