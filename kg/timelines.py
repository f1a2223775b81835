"""The history of terms through the years, from a built graph.

Everything here comes out of the store by SPARQL, in a few queries for all terms together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from pyoxigraph import Store

from kg.errors import KgError
from kg.scans import Scan
from kg.store import select

#: The states of a term in a year, in words.
PRESENCES = {
    "named": "提名 named",
    "named-with-parts": "提名并列举 +parts",
    "listed": "列举 listed",
    "absent": "未出现 absent",
    "unknown": "未知 unknown",
}


@dataclass(frozen=True, slots=True)
class YearOf:
    """How a term stands in one report year: unknown where no full text of it is there.

    A term that is only the component of others is not looked for everywhere (a common word proves
    little), so where it is not found that is unknown too; so is a year in which only a mention of its name
    stands that could be a homonym's.

    A count is of the year's full texts, and `documents` are those it comes from; a digest adds nothing.
    """

    year: int
    presence: str  #: listed, named, named-with-parts, absent or unknown
    body: int  #: how often the term is named outside explanations
    explanations: int  #: how often it is named in boxes and glossaries
    per_ten_thousand: float  #: both together, for every 10,000 characters of the year's full texts
    other: dict[str, int]  #: mentions of other kinds, by kind: "listed" where only the components stand
    documents: tuple[str, ...]  #: the ids of the full texts that the counts come from, of any kind
    full_texts: tuple[str, ...]  #: the ids of all full texts of the year, which were looked at
    digests: tuple[str, ...]  #: the ids of the digests in which it is present


@dataclass(frozen=True, slots=True)
class Timeline:
    """A term through all report years of the corpus, from the first to the last.

    `first` and `last` are years whose full texts have it; None where none does. `gaps` are the runs
    of years between them (both ends included) whose full texts do not have it; a year that is
    unknown is in no gap.
    """

    iri: str
    label: str
    first: int | None
    first_presence: str | None
    last: int | None
    last_presence: str | None
    gaps: tuple[tuple[int, int], ...]
    years: tuple[YearOf, ...]


def timeline(store: Store, iri: str) -> Timeline:
    """The history of the term with the IRI `iri`, which `find_terms` gives.

    Raises `KgError` where the graph has no such term.
    """
    found = histories(store, iri)
    if not found:
        raise KgError(f"the graph has no term {iri}")
    return found[0]


def histories(store: Store, iri: str | None = None) -> list[Timeline]:
    """The histories of all terms, by label, or of the one with the IRI `iri`."""

    def asked(scan: Scan) -> list[dict[str, Any]]:
        return select(store, scan.of_all()) if iri is None else select(store, scan.of_one("term"), term=iri)

    of = {} if iri is None else {"term": iri}
    by_year: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in documents(store):
        if row["year"] is not None:
            by_year[row["year"]].append(row)
    looked_for = {row["term"] for row in select(store, _LOOKED_FOR, **of)}
    facts: defaultdict[str, _Facts] = defaultdict(_Facts)
    for row in asked(_STATES):
        facts[row["term"]].states[row["year"]] = row["presence"]
    for row in select(store, _OPEN, **of):
        facts[row["term"]].undecided.add(row["year"])
    for row in select(store, _DIGESTS, **of):
        facts[row["term"]].digests.add(row["document"])
    for row in asked(_COUNTS):
        facts[row["term"]].counts[row["year"]].append(row)
    course = _Course(by_year)
    terms = sorted((row["label"], row["term"]) for row in asked(_LABELS))
    return [_timeline(term, label, course.of(facts[term], term in looked_for)) for label, term in terms]


def documents(store: Store) -> list[dict[str, Any]]:
    """The documents: `document` (the id), `title`, `kind`, `length` and `year`, the last None where it is unknown."""
    return sorted(select(store, _DOCUMENTS.of_all()), key=itemgetter("document"))


_LABELS = Scan(
    "?term ?label", ("?term a kg:Term", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))')
)

_LOOKED_FOR = """
SELECT DISTINCT ?term WHERE {
  { ?definition kg:defines ?term } UNION { ?term kg:candidate true } UNION { ?state kg:stateOf ?term }
}
"""

_DOCUMENTS = Scan(
    "?document ?title ?kind ?length ?year",
    ("?source kg:documentKind ?kind", "?source dct:identifier ?document", "?source kg:length ?length"),
    (("?source dct:title ?title",), ("?source kg:reportYear ?of", "?of kg:year ?year")),
)

_STATES = Scan(
    "?term ?year ?presence",
    ("?state kg:stateOf ?term", "?state kg:inYear ?of", "?of kg:year ?year", "?state kg:presence ?presence"),
)

#: A row an observation, with its documents in one cell: there are many, and each cell that leaves the store costs.
_COUNTS = Scan(
    '?term ?year ?kind ?context ?count (GROUP_CONCAT(DISTINCT ?document; SEPARATOR="\\n") AS ?documents)',
    (
        "?observation kg:countOf ?term",
        "?observation kg:inYear ?of",
        "?of kg:year ?year",
        "?observation kg:ofKind ?kind",
        "?observation kg:inContext ?context",
        "?observation kg:count ?count",
        "?observation dct:source ?source",
        "?source dct:identifier ?document",
    ),
    group="?observation ?term ?year ?kind ?context ?count",
)

_OPEN = """
SELECT DISTINCT ?term ?year WHERE {
  ?mention kg:possibleTerm ?term ; oa:hasTarget/oa:hasSource/kg:reportYear/kg:year ?year .
}
"""

_DIGESTS = """
SELECT DISTINCT ?term ?document WHERE { ?term kg:presentIn/dct:identifier ?document }
"""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the graph says of one term."""

    states: dict[int, str] = field(default_factory=dict)  #: by year
    undecided: set[int] = field(
        default_factory=set
    )  #: years in which its name stands and could be a homonym's
    digests: set[str] = field(default_factory=set)  #: the ids of those in which it is present
    counts: defaultdict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))


def _timeline(iri: str, label: str, years: tuple[YearOf, ...]) -> Timeline:
    seen = [each for each in years if each.presence not in ("absent", "unknown")]
    first, last = (seen[0], seen[-1]) if seen else (None, None)
    return Timeline(
        iri=iri,
        label=label,
        first=first.year if first else None,
        first_presence=first.presence if first else None,
        last=last.year if last else None,
        last_presence=last.presence if last else None,
        gaps=tuple(_gaps(years, first.year, last.year)) if first and last else (),
        years=years,
    )


class _Course:
    """The report years of a corpus from the first to the last, those without a document too.

    In most of them most terms do not stand: what is said of such a year is made once, and shared.
    """

    def __init__(self, documents: Mapping[int, list[dict[str, Any]]]) -> None:
        self.documents = documents
        self.first = min(documents, default=0)
        years = range(self.first, max(documents) + 1) if documents else ()
        #: Of each year the ids of its full texts, and their characters.
        self.full_texts = {
            year: (tuple(row["document"] for row in full), sum(row["length"] for row in full))
            for year, rows in documents.items()
            for full in [[row for row in rows if row["kind"] != "abridgement"]]
        }
        nothing = _Facts()
        self.digests = {
            row["document"]: year
            for year, rows in documents.items()
            for row in rows
            if row["kind"] == "abridgement"
        }
        self.unmentioned = {
            looked_for: [self._year(year, nothing, looked_for) for year in years]
            for looked_for in (True, False)
        }

    def of(self, facts: _Facts, looked_for: bool) -> tuple[YearOf, ...]:
        """All years of one term."""
        years = list(self.unmentioned[looked_for])
        said = {self.digests[name] for name in facts.digests if name in self.digests}
        for year in said.union(facts.states, facts.undecided, facts.counts):
            if 0 <= year - self.first < len(years):
                years[year - self.first] = self._year(year, facts, looked_for)
        return tuple(years)

    def _year(self, year: int, facts: _Facts, looked_for: bool) -> YearOf:
        counts = facts.counts.get(year, [])
        full_texts, length = self.full_texts.get(year, ((), 0))
        times: Counter[tuple[str, bool]] = Counter()  # by kind, and whether it stands in the body
        for row in counts:
            times[row["kind"], row["context"] == "body"] += row["count"]
        body, explanations = times["core", True], times["core", False]
        return YearOf(
            year=year,
            presence=facts.states.get(
                year,
                "absent" if full_texts and looked_for and year not in facts.undecided else "unknown",
            ),
            body=body,
            explanations=explanations,
            per_ten_thousand=round((body + explanations) * 10_000 / length, 4) if length else 0.0,
            other={
                kind: times[kind, True] + times[kind, False]
                for kind in sorted({kind for kind, _ in times} - {"core"})
            },
            documents=tuple(sorted({name for row in counts for name in row["documents"].split("\n")})),
            full_texts=full_texts,
            digests=tuple(
                row["document"]
                for row in self.documents.get(year, ())
                if row["document"] in facts.digests and row["document"] in self.digests
            )
            if facts.digests
            else (),
        )


def _gaps(years: Sequence[YearOf], first: int, last: int) -> Iterator[tuple[int, int]]:
    within = (each for each in years if first < each.year < last)
    for presence, run in groupby(within, key=lambda each: each.presence):
        absent = [each.year for each in run]
        if presence == "absent":
            yield absent[0], absent[-1]
