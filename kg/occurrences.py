"""Where and when each term is said, from a built graph: how it stands in each year, and its sentences.

Everything here comes out of the store by SPARQL, in a few queries for all terms together. Of very many mentions
only the newest of each term are quoted; then the documents are asked one by one, and no more than needed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Store

from kg.parquet import read
from kg.store import mentions_beside, select
from kg.timelines import Timeline, documents
from kg.views import Mentions, Row, mention_rows, mentions_in, years_covered

SEEN = ("named-with-parts", "named", "listed")  #: states that prove that a full text has the term
QUOTED = 16_000  #: mentions that are quoted; a page with more opens slowly


@dataclass(slots=True)
class Years:
    """The years of one term; the values are plain, for JSON."""

    #: Of each year in which the term is seen: `year`, `state`, `body`, `box`, `per10k`, how often it is
    #: `listed` without its name, and whether only a `digest` has it, which is not counted.
    seen: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)  #: years whose full texts leave it open

    @property
    def count(self) -> int:
        """How often the full texts name the term."""
        return sum(year["body"] + year["box"] for year in self.seen)


@dataclass(slots=True)
class Quotations:
    """What is quoted of one term; the values are plain, for JSON."""

    sentences: list[dict[str, Any]] = field(default_factory=list)  #: that name it
    references: list[dict[str, Any]] = field(default_factory=list)  #: that mean it by other words
    open: list[dict[str, Any]] = field(default_factory=list)  #: that name it, or a homonym of it
    beyond: int = 0  #: how many more there are


def years(histories: Iterable[Timeline]) -> defaultdict[str, Years]:
    """How each term stands in the years, by its IRI."""
    found: defaultdict[str, Years] = defaultdict(Years)
    for history in histories:
        told = found[history.iri]
        for each in history.years:
            seen = each.presence in SEEN
            if seen or each.digests:
                told.seen.append(
                    {
                        "year": each.year,
                        "state": each.presence,
                        "body": each.body,
                        "box": each.explanations,
                        "per10k": each.per_ten_thousand,
                        "listed": each.other.get("listed", 0),
                        "digest": not seen,
                    }
                )
            if each.presence == "unknown" and each.full_texts:
                told.unknown.append(each.year)
    return found


def quotations(
    store: Store, terms: Collection[str], most: int = QUOTED, mentions: Mentions | None = None
) -> defaultdict[str, Quotations]:
    """The mentions of these terms in their sentences, by the IRI of the term; by year, document and place.

    Where there are more than `most`, of each term the newest, the same number for all. The `mentions` are those in the
    store, for whom has them at hand.
    """
    stored = mentions is None
    mentions = mentions or _Stored(store)
    said = mentions.counts()
    counts: Counter[str] = Counter()
    for here in said.values():
        counts.update(here)
    wanted = {term: counts[term] for term in terms if term in counts}
    share = _share(Counter(wanted.values()), most)
    if stored and share is None and 2 * sum(wanted.values()) >= sum(counts.values()):
        rows: Iterable[Row] = mention_rows(store, None)
    else:
        rows = _newest(
            store, mentions, said, {term: min(number, share or number) for term, number in wanted.items()}
        )
    found: defaultdict[str, Quotations] = defaultdict(Quotations)
    quoted: Counter[str] = Counter()
    newest = sorted(rows, key=lambda row: (-(row["year"] or 0), row["document"], row["start"], row["end"]))
    kept: list[tuple[Row, list[str]]] = []
    for row in newest:
        mine = [
            term
            for term in row["senses"] or [row["term"]]
            if term in wanted and (share is None or quoted[term] < share)
        ]
        quoted.update(mine)
        if mine:
            kept.append((row, mine))
    for row, mine in sorted(kept, key=lambda pair: _by_year(pair[0])):
        sentence = _sentence(row)
        for term in mine:
            if row["senses"]:
                found[term].open.append(sentence)
            elif row["kind"] == "core":
                found[term].sentences.append(sentence)
            else:
                found[term].references.append({**sentence, "kind": row["kind"]})
    for term, number in wanted.items():
        found[term].beyond = number - quoted[term]
    return found


def _share(numbers: Mapping[int, int], most: int) -> int | None:
    """The greatest share of each term with which all have at most `most`; None where nothing need be left out.

    `numbers` says how many terms have so many mentions.

    >>> _share({1: 3, 10: 2}, 9), _share({1: 3, 10: 2}, 23), _share({4: 5}, 1)
    (3, None, 1)
    """
    if sum(size * terms for size, terms in numbers.items()) <= most:
        return None
    share, taken, open_ = 0, 0, sum(numbers.values())
    while taken + open_ <= most:
        share, taken = share + 1, taken + open_
        open_ -= numbers.get(share, 0)
    return max(1, share)


class _Stored:
    """The mentions in a store, or beside it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._graphs = {row["id"]: row["graph"] for row in select(store, _GRAPHS)}
        self._covered: dict[str | None, set[int]] = {}

    def counts(self) -> dict[str, Counter[str]]:
        rows = {row["graph"]: row["terms"] for row in select(self._store, _TERMS)}
        said = {name: Counter(rows.get(graph, "").split()) for name, graph in self._graphs.items()}
        if (folder := mentions_beside(self._store)) is not None:
            for row in read(folder, columns=("document", "term")):
                said[row["document"]][row["term"]] += 1
        return said

    def rows(self, document: str, terms: Collection[str] | None = None) -> Iterator[Row]:
        self._covered = self._covered or years_covered(self._store)
        wanted = None if terms is None else [*terms]
        for row in mentions_in(self._store, document, self._graphs[document], wanted):
            yield row | {"covers": row["covers"] or sorted(self._covered.get(row["part"], ()))}


def _newest(
    store: Store, mentions: Mentions, said: Mapping[str, Counter[str]], wanted: dict[str, int]
) -> Iterator[Row]:
    """At least so many mentions of each term as are wanted, document by document, the newest first."""
    years = {row["document"]: row["year"] for row in documents(store)}
    for doc in sorted(said, key=lambda doc: (-(years[doc] or 0), doc)):
        here = [term for term in sorted(said[doc]) if wanted.get(term, 0) > 0]
        for term in here:
            wanted[term] -= said[doc][term]
        for row in mentions.rows(doc, here) if here else ():
            yield row | {"year": years[doc]}


def _by_year(row: Row) -> tuple[Any, ...]:
    return row["year"] is None, row["year"] or 0, row["document"], row["start"], row["end"], row["term"]


def _sentence(row: Row) -> dict[str, Any]:
    return {
        "left": row["prefix"] or "",
        "exact": row["exact"],
        "right": row["suffix"] or "",
        "document": row["document"],
        "section": row["section"],
        "year": row["year"],
        "covers": row["covers"],
        "context": row["context"],
        "start": row["start"],
    }


#: The terms of all mentions of a document in one cell: each cell that leaves the store costs.
_TERMS = """
SELECT ?graph (GROUP_CONCAT(STR(?term)) AS ?terms) WHERE {
  GRAPH ?graph { ?mention oa:hasBody|kg:possibleTerm ?term }
} GROUP BY ?graph
"""

_GRAPHS = (
    "SELECT DISTINCT ?id ?graph WHERE { GRAPH ?graph { ?doc kg:documentKind ?kind ; dct:identifier ?id } }"
)
