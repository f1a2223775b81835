"""The lives of all slogans of a built graph: since when each is said, until when, and what came before and after it.

A life is told only as far as full texts prove it: a slogan is born where an earlier full text lacks it,
and has died where a later one does. What lies in years without a full text stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from kg.overviews import bare_relations
from kg.scans import Scan
from kg.store import select
from kg.timelines import Timeline, documents, histories

MOST = 300  #: so many lives are told unless more are asked for

#: The relations by which one name takes the place of another, or a name another meaning.
SUCCESSIONS = ("successor", "redefinition", "abbreviation", "variant")


@dataclass(frozen=True, slots=True)
class Succession:
    """What links a slogan to another, or, where it is redefined, to itself; components as the texts spell them."""

    type: str
    onward: bool  #: whether this slogan is the older one, or the long one of an abbreviation
    label: str  #: of the other
    iri: str
    year: int | None  #: in which the other is first seen, in digests too
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lifespan:
    """The life of a slogan. Digests prove that it lives, and nothing more."""

    timeline: Timeline
    defined: bool
    mentions: int  #: by name in all full texts
    since: int  #: the first year in which it is seen, in a full text or a digest
    until: int
    born: bool  #: whether an earlier full text lacks it
    died: bool  #: whether a later full text lacks it
    family: str  #: a label that stands for all that are linked by successions
    successions: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the lives are told from."""

    id: str
    title: str | None
    year: int | None
    digest: bool


@dataclass(frozen=True, slots=True)
class Lifespans:
    """The lives that are told, families together, the oldest first, and how many are not told."""

    years: tuple[int, ...]  #: from the first report to the last, with those of which there is none
    documents: tuple[Document, ...]
    rows: tuple[Lifespan, ...]
    once: int  #: left out: slogans that the full texts of fewer than two years have
    words: int  #: left out: what stands in quotation marks now and then, and is a word like any other
    beyond: int  #: left out: slogans with fewer mentions than the `most` that were asked for


def lifespans(store: Store, most: int = MOST, known: Iterable[Timeline] | None = None) -> Lifespans:
    """The lives of the slogans of a graph: at most `most`, those with the most mentions.

    A slogan is what is defined and seen, or what the full texts of two years have and counts, lists parts,
    stands in quotation marks at least half the time, or is a term of one's own. What is linked to one of
    them by a succession is told as well.
    """
    every = {
        each.label: each for each in (histories(store) if known is None else known)
    }  # a scheme gives no label twice
    texts = [
        Document(row["document"], row["title"], row["year"], row["kind"] == "abridgement")
        for row in sorted(documents(store), key=lambda row: (row["year"] or 0, row["document"]))
    ]
    links = [row for row in bare_relations(store) if row["type"] in SUCCESSIONS and row["from"] in every]
    defined = {row["label"] for row in select(store, _DEFINED)}
    listed = {row["term"] for row in select(store, _LISTED)}
    used = {
        label: _is_slogan(row, every[label], row["term"] in listed)
        for row in select(store, _USED.of_all())
        if (label := row["label"]) in every
    }

    slogans = {label for label in every if label in defined or used.get(label)}
    told = {
        label
        for label in slogans
        if len(_years(every[label])) > 1 or (label in defined and _signs(every[label]))
    }
    families = _families(every, links)
    alive = {families[label] for label in told}
    told |= {
        label for row in links for label in _ends(row) if families[label] in alive and _signs(every[label])
    }

    ranked = sorted(told, key=lambda label: (-_mentions(every[label]), label))
    rows = [
        _lifespan(every[label], label in defined, families[label], links, every) for label in ranked[:most]
    ]
    return Lifespans(
        years=tuple(year.year for year in next(iter(every.values())).years) if every else (),
        documents=tuple(texts),
        rows=_in_order(rows),
        once=len(slogans - told),
        words=len(used.keys() - slogans - told),
        beyond=max(0, len(ranked) - most),
    )


_DEFINED = """
SELECT DISTINCT ?label WHERE { ?definition kg:defines/skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh")) }
"""


_LISTED = "SELECT DISTINCT ?term WHERE { ?listing kg:listingOf ?term ; kg:slot ?slot }"

#: What nobody defines.
_USED = Scan(
    "?term ?label ?numeral ?quoted",
    ("?term kg:candidate true", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))'),
    (("?term kg:numeral ?numeral",), ("?term kg:quotedCount ?quoted",)),
)


def _is_slogan(row: Mapping[str, Any], shown: Timeline, listed: bool) -> bool:
    """Whether what nobody defines is a slogan: by its form, by how it is quoted, or because a reader asked for it."""
    count, quoted = _mentions(shown), row["quoted"] or 0
    often = count > 0 and 2 * quoted >= count
    # What counts nothing is a candidate because it is quoted somewhere, or else stands on a reader's own list.
    own = count > 0 and not quoted and not any(year.digests for year in shown.years)
    return bool(row["numeral"] or listed or often or own)


def _years(shown: Timeline) -> list[int]:
    """The years whose full texts have a term."""
    return [year.year for year in shown.years if year.presence not in ("absent", "unknown")]


def _signs(shown: Timeline) -> list[int]:
    """The years in which a term is seen, be it in a digest only."""
    return [year.year for year in shown.years if year.presence not in ("absent", "unknown") or year.digests]


def _mentions(shown: Timeline) -> int:
    return sum(year.body + year.explanations for year in shown.years)


def _ends(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["from"], row["to"]


def _families(labels: Iterable[str], links: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """To each label one that stands for all that are linked to it, over any number of steps."""
    head = {label: label for label in labels}

    def find(label: str) -> str:
        while head[label] != label:
            label = head[label]
        return label

    for row in links:
        one, other = sorted(map(find, _ends(row)))
        head[other] = one
    return {label: find(label) for label in head}


def _lifespan(
    shown: Timeline,
    defined: bool,
    family: str,
    links: Sequence[Mapping[str, Any]],
    every: Mapping[str, Timeline],
) -> Lifespan:
    signs = _signs(shown)
    since, until = signs[0], signs[-1]
    lacking = [year.year for year in shown.years if year.presence == "absent"]
    return Lifespan(
        timeline=shown,
        defined=defined,
        mentions=_mentions(shown),
        since=since,
        until=until,
        born=any(year < since for year in lacking),
        died=any(year > until for year in lacking),
        family=family,
        successions=tuple(_successions(shown.label, links, every)),
    )


def _successions(
    label: str, links: Sequence[Mapping[str, Any]], every: Mapping[str, Timeline]
) -> Iterator[Succession]:
    """The links of a slogan, those that lead onward last."""
    mine = [row for row in links if label in _ends(row)]
    for row in sorted(mine, key=lambda row: row["from"] == label):
        onward = row["from"] == label
        other = every[row["to"] if onward else row["from"]]
        yield Succession(
            type=row["type"],
            onward=onward,
            label=other.label,
            iri=other.iri,
            year=next(iter(_signs(other)), None),
            added=tuple(row["added"]),
            dropped=tuple(row["dropped"]),
        )


def _in_order(rows: Iterable[Lifespan]) -> tuple[Lifespan, ...]:
    """By first year, then last; a family stands together where its oldest member stands."""

    def age(row: Lifespan) -> tuple[int, int, str]:
        return row.since, row.until, row.timeline.label

    families: defaultdict[str, list[Lifespan]] = defaultdict(list)
    for row in sorted(rows, key=age):
        families[row.family].append(row)
    return tuple(row for family in families.values() for row in family)
