"""What changed from each report of an issuer to the next, as a built graph holds it: the foremost changes with their quotations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, TypeAlias

from pyoxigraph import Store

from kg.scans import Scan
from kg.store import select

Row: TypeAlias = dict[str, Any]

MOST_BYTES = 400_000  #: of UTF-8 in the quotations that are given along; a page with more opens slowly


@dataclass(frozen=True, slots=True)
class Report:
    """One of two reports."""

    id: str
    title: str
    year: int

    @property
    def name(self) -> str:
        """The title, with the year where it does not say it."""
        return self.title if str(self.year) in self.title else f"{self.year} {self.title}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that is quoted. `start` is its place in the text of record, in code points, `words` that of what changed, in it."""

    document: str
    start: int
    text: str
    words: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Held:
    """A change, as `kg.changes` tells it."""

    kind: str
    about: str
    old: tuple[Passage, ...]
    new: tuple[Passage, ...]
    times: int  #: reports of the issuer that say it, of all years; 0 where it is no formula
    first: int | None  #: the first year of them …
    last: int | None  #: … and the last
    gap: int


@dataclass(frozen=True, slots=True)
class Revision:
    """A report, the next one of its issuer, and what changed, foremost first."""

    old: Report
    new: Report
    changes: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Revisions:
    """The revisions that are told, the newest first, and how many are not."""

    pairs: tuple[Revision, ...] = ()
    left_out: int = 0


def revisions(store: Store, most: int = MOST_BYTES) -> Revisions:
    """The revisions of a graph, the newest first, as long as their quotations have not more than `most` bytes together.

    A revision is given whole or not at all, and no older one in the place of one that is too long.
    """
    reports = {
        row["doc"]: Report(row["id"], row["title"] or row["id"], row["year"])
        for row in select(store, _REPORTS)
    }
    quoted: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for side in ("older", "newer"):
        for row in select(store, _QUOTATIONS[side].of_all()):
            quoted[row["rewording"], side].append(row)
    lives = {row["rewording"]: row for row in select(store, _LIVES)}
    told: defaultdict[tuple[Report, Report], list[Held]] = defaultdict(list)
    rows = select(store, _REWORDINGS.of_all())
    for row in sorted(rows, key=lambda row: (row["rank"], row["rewording"])):
        iri = row["rewording"]
        old, new = (
            tuple(
                _passage(each, reports[each["source"]].id, words)
                for each in sorted(quoted[iri, side], key=lambda each: int(each["start"]))
            )
            for side, words in (("older", row["was"]), ("newer", row["now"]))
        )
        life = lives.get(iri, {"times": 0, "first": None, "last": None})
        facts = life["times"], life["first"], life["last"], row["gap"] or 0
        told[reports[row["old"]], reports[row["new"]]].append(
            Held(row["kind"], row["about"], old, new, *facts)
        )
    found = [Revision(old, new, tuple(changes)) for (old, new), changes in told.items()]
    found.sort(key=lambda each: (-each.new.year, each.new.id))
    kept = 0
    for each in found:
        most -= sum(len(passage.text.encode()) for held in each.changes for passage in (*held.old, *held.new))
        if most < 0:
            break
        kept += 1
    return Revisions(tuple(found[:kept]), len(found) - kept)


def _passage(row: Row, document: str, words: str | None) -> Passage:
    """A quotation; the words that changed stand in it, or in another sentence of the change."""
    at = row["text"].find(words) if words else -1
    return Passage(document, row["start"], row["text"], (at, at + len(words)) if words and at >= 0 else None)


_REPORTS = """
SELECT DISTINCT ?doc ?id ?title ?year WHERE {
  ?doc kg:documentKind ?kind ; dct:identifier ?id ; kg:reportYear/kg:year ?year . OPTIONAL { ?doc dct:title ?title }
}"""
_REWORDINGS = Scan(
    "?rewording ?kind ?about ?rank ?old ?new ?was ?now ?gap",
    (
        "?rewording kg:rewordingKind ?kind",
        "?rewording kg:about ?about",
        "?rewording kg:rank ?rank",
        "?rewording kg:olderReport ?old",
        "?rewording kg:newerReport ?new",
    ),
    (("?rewording kg:was ?was",), ("?rewording kg:now ?now",), ("?rewording kg:gap ?gap",)),
)
_QUOTATIONS = {
    side: Scan(
        "?rewording ?quotation ?source ?start ?text",
        (
            f"?rewording kg:{side} ?quotation",
            "?quotation dct:source ?source",
            "?quotation kg:start ?start",
            "?quotation rdf:value ?text",
        ),
    )
    for side in ("older", "newer")
}
_LIVES = """
SELECT ?rewording (COUNT(DISTINCT ?year) AS ?times) (MIN(?year) AS ?first) (MAX(?year) AS ?last) WHERE {
  ?rewording kg:saidInYear ?of . ?of kg:year ?year
} GROUP BY ?rewording"""
