"""Aligned sentences → what changed in them: words of degree, parts that stand in another place, sentences reworded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.alignments import Pair
from kg.degrees import find_degrees
from kg.model import Change, Document, Section
from kg.model import Rewording as Kind
from kg.pieces import find_pieces
from kg.quantities import same_part
from kg.successors import bare

_DEGREE = 6.0
_REWORDED = 3.0  #: a sentence in which one character of many is another; the more there are, the less
_MOVED = 4.0  #: a part that moved by one place; each further place adds one
_ALIKE = 0.6  #: share of a sentence that is the same where it is merely reworded
_TELLS = re.compile(r"[^\W\d_的和与及等了在上去年]{2}")
_PART = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")


def changed_degrees(pairs: Iterable[Pair]) -> Iterator[Change]:
    """Words of degree that took the place of a weaker or stronger one."""
    for pair in pairs:
        for each in find_degrees(pair.old, pair.new):
            old = next(span for span in pair.old if each.old in span)
            new = next(span for span in pair.new if each.new in span)
            if not same_part(old, new):
                continue
            kind = Kind.HARDENED if each.harder else Kind.SOFTENED
            about = f"{each.was or '—'} → {each.now or '—'}"
            yield Change(kind, about, each.old, each.new, (old,), (new,), _DEGREE)


def moved_parts(
    old: Document, new: Document, pairs: Sequence[Pair], sections: Sequence[Section]
) -> Iterator[Change]:
    """Numbered parts that stand in another place among those that both reports have."""
    headings = {(s.heading.doc.id, s.heading.start) for s in sections if _PART.match(s.heading.text)}
    rows = [
        (pair.old[0], pair.new[0])
        for pair in pairs
        if pair.old and pair.new
        if (old.id, pair.old[0].start) in headings and (new.id, pair.new[0].start) in headings
    ]
    places = sorted(rows, key=lambda row: row[0].start)
    for number, row in enumerate(sorted(rows, key=lambda row: row[1].start)):
        by = number - places.index(row)
        if abs(by) > 1 and same_part(*row):
            yield Change(
                Kind.MOVED,
                row[1].text.rstrip("。"),
                row[0],
                row[1],
                row[:1],
                row[1:],
                _MOVED + abs(by) - 1,
                gap=by,
            )


def reworded(pairs: Iterable[Pair]) -> Iterator[Change]:
    """Sentences of which more is kept than changed, if what changed is more than numbers and small words."""
    for pair in pairs:
        if len(pair.old) != 1 or len(pair.new) != 1:
            continue
        [old], [new] = pair.old, pair.new
        one, other = old.text, new.text
        if bare(one) == bare(other) or _PART.match(other):
            continue
        pieces = find_pieces(one, other)
        kept = sum(piece.old[1] - piece.old[0] for piece in pieces if piece.same) / max(len(one), len(other))
        told = [piece for piece in pieces if not piece.same]
        if kept >= _ALIKE and any(_TELLS.search(one[slice(*p.old)] + other[slice(*p.new)]) for p in told):
            was = old.doc.span(old.start + told[0].old[0], old.start + told[-1].old[1])
            now = new.doc.span(new.start + told[0].new[0], new.start + told[-1].new[1])
            filled = (was if was.text else None), (now if now.text else None)
            yield Change(
                Kind.REWORDED, other.rstrip("。；"), *filled, (old,), (new,), round(_REWORDED * kept, 3)
            )
