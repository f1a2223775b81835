"""What changed from report to report → what the template of its tab writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from kg.revisions import Held, Passage, Revisions
from kg.visual.wording import Piece, Quote, Told, marked


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports and the foremost of their changes. `id` is the newer report's, by which the address knows them."""

    id: str
    old: str
    new: str
    names: tuple[str, str]
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """The pairs that the page has, the newest first, and how many it leaves out."""

    pairs: tuple[Compared, ...]
    left_out: int


def tab(told: Revisions, texts: Collection[str]) -> Tab | None:
    """The tab; none where nothing is compared. `texts` are the ids of the documents whose text the page has."""
    if not told.pairs:
        return None
    pairs = tuple(
        Compared(
            each.new.id,
            each.old.id,
            each.new.id,
            (each.old.name, each.new.name),
            tuple(_told(change, texts) for change in each.changes),
        )
        for each in told.pairs
    )
    return Tab(pairs, told.left_out)


def _told(change: Held, texts: Collection[str]) -> Told:
    sides = [[_named(passage) for passage in passages] for passages in (change.old, change.new)]
    if change.old and change.new and not any(passage.words for passage in (*change.old, *change.new)):
        one, other = change.old[0].text, change.new[0].text
        for side, pieces in zip(sides, marked(one, other), strict=True):
            side[0] = tuple(pieces)
    old, new = (
        tuple(Quote(pieces, _address(passage, texts)) for passage, pieces in zip(passages, side, strict=True))
        for passages, side in zip((change.old, change.new), sides, strict=True)
    )
    return Told(change.kind, change.about, old, new, change.times, change.first, change.last, change.gap)


def _named(passage: Passage) -> tuple[Piece, ...]:
    """A sentence in which the words that changed are marked."""
    start, end = passage.words or (0, 0)
    text = passage.text
    stretches = ((text[:start], True), (text[start:end], False), (text[end:], True))
    return tuple(Piece(words, alike) for words, alike in stretches if words)


def _address(passage: Passage, texts: Collection[str]) -> str | None:
    """Where the sentence stands in the view of the reports."""
    if passage.document not in texts:
        return None
    return f"view=reports&doc={quote(passage.document)}&at={passage.start}"
