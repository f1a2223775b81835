"""All documents → what changed in the wording from each full report to the next one of its issuer.

The sentences of two reports are aligned by themselves, and what was found for them is kept as long as both stay as they
are. How long a formula was said all reports of the issuer tell, so that its changes are made again when one is added.
What goes from one process to another are offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from kg.alignments import Pair, align
from kg.changes import find_changes
from kg.formulas import Reports
from kg.kept import Kept
from kg.model import Change, Context, Document, Glossary, Kind, Mention, Rewording, Section, Span, Step

MOST = 20  #: changes of a step that are told
_FULL = (Kind.REPORT, Kind.ANNOTATED)  #: a digest leaves out what its report says: that proves nothing

Offsets = tuple[int, int]
Aligned = tuple[
    tuple[tuple[Offsets, ...], tuple[Offsets, ...], float, bool, tuple[tuple[int, int], ...]], ...
]  #: pairs, without their documents
Told = tuple[Any, ...]  #: a change, without its documents


def find_steps(
    docs: Iterable[Document],
    places: Iterable[tuple[Document, Sequence[Section], Sequence[Glossary]]],
    mentions: Iterable[Mention],
    work: Kept | None = None,
) -> tuple[Step, ...]:
    """The steps of every issuer, in the order of their years, each with its foremost changes."""
    work = work or Kept()
    series = _series(docs)
    parts = {doc.id: (tuple(sections), _outside(glossaries)) for doc, sections, glossaries in places}
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind == "core" and mention.context == Context.BODY:
            terms[mention.span.doc.id].add(mention.term)
    steps = [step for reports in series for step in pairwise(reports)]
    rows = [(new, old, parts[new.id][1], parts[old.id][1]) for old, new in steps]
    aligned = dict(
        zip(
            (new.id for _, new in steps),
            work.map(align_step, rows, step="aligning reports", basis=lambda row: (_known(row[1]), *row[2:])),
            strict=True,
        )
    )
    compared = []
    known = {doc.id: _known(doc) for reports in series for doc in reports}
    for reports in series:
        all_of_them, beside = tuple(reports), tuple(parts[doc.id][1] for doc in reports)
        for old, new in pairwise(reports):
            sections = (*parts[old.id][0], *parts[new.id][0])
            slogans = tuple(sorted(terms[old.id] | terms[new.id]))
            compared.append((new, old, all_of_them, beside, sections, slogans, aligned[new.id]))
    told = work.map(
        tell_step,
        compared,
        step="comparing reports",
        basis=lambda row: (
            row[1].id,
            tuple(known[doc.id] for doc in row[2]),
            row[3],
            _headings(row[4]),
            row[5],
        ),
    )
    return tuple(
        Step(old, new, tuple(_change(old, new, each) for each in changes))
        for (old, new), changes in zip(steps, told, strict=True)
    )


def align_step(
    new: Document, old: Document, beside_new: Sequence[Offsets], beside_old: Sequence[Offsets]
) -> Aligned:
    """The sentences of two reports as they are aligned, by their offsets."""
    outside = [doc.span(*at) for doc, beside in ((old, beside_old), (new, beside_new)) for at in beside]
    return tuple(
        (_places(pair.old), _places(pair.new), pair.score, pair.moved, pair.ties)
        for pair in align(old, new, outside)
    )


def tell_step(
    new: Document,
    old: Document,
    docs: tuple[Document, ...],
    outside: tuple[tuple[Offsets, ...], ...],
    sections: Sequence[Section],
    slogans: Sequence[str],
    aligned: Aligned,
) -> tuple[Told, ...]:
    """The foremost changes of a step; `docs` are all reports of the issuer, `outside` what of each is not compared."""
    pairs = [
        Pair(tuple(old.span(*at) for at in olds), tuple(new.span(*at) for at in news), score, moved, ties)
        for olds, news, score, moved, ties in aligned
    ]
    found = find_changes(old, new, pairs, _reports(docs, outside), sections, frozenset(slogans))
    return tuple(map(_told, found[:MOST]))


@lru_cache(1)
def _reports(docs: tuple[Document, ...], outside: tuple[tuple[Offsets, ...], ...]) -> Reports:
    """The steps of one issuer follow each other, and what is known of all its reports serves them all."""
    return Reports((doc, [doc.span(*at) for at in beside]) for doc, beside in zip(docs, outside, strict=True))


def _series(docs: Iterable[Document]) -> list[list[Document]]:
    """The full reports of each issuer that has several, one a year: the plain one, where there are two."""
    found: defaultdict[str, dict[int, Document]] = defaultdict(dict)
    for doc in sorted(docs, key=lambda doc: (doc.kind != Kind.REPORT, doc.id)):
        issuer = doc.issuer or doc.region
        if doc.kind in _FULL and doc.year is not None and issuer:
            found[issuer].setdefault(doc.year, doc)
    return [[doc for _, doc in sorted(years.items())] for _, years in sorted(found.items()) if len(years) > 1]


def _outside(glossaries: Iterable[Glossary]) -> tuple[Offsets, ...]:
    parts = (part for glossary in glossaries for part in (glossary.heading, glossary.span))
    return tuple((span.start, span.end) for span in parts)


def _known(doc: Document) -> tuple[str, str, int | None]:
    return doc.id, doc.sha256, doc.year


def _headings(sections: Iterable[Section]) -> list[tuple[str, int, int]]:
    return [(each.heading.doc.id, each.heading.start, each.heading.end) for each in sections]


def _places(spans: Iterable[Span]) -> tuple[Offsets, ...]:
    return tuple((span.start, span.end) for span in spans)


def _told(change: Change) -> Told:
    was, now = (_places([span])[0] if span else None for span in (change.was, change.now))
    sentences = _places(change.old), _places(change.new)
    life = change.years, change.reports, change.gap, change.passage
    return str(change.kind), change.about, was, now, *sentences, change.weight, *life


def _change(old: Document, new: Document, told: Told) -> Change:
    kind, about, was, now, olds, news, *rest = told
    return Change(
        Rewording(kind),
        about,
        old.span(*was) if was else None,
        new.span(*now) if now else None,
        tuple(old.span(*at) for at in olds),
        tuple(new.span(*at) for at in news),
        *rest,
    )
