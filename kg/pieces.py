"""Two wordings of one thing → the stretches in which they are alike and in which they differ.

`difflib` serves: it looks for long stretches that are alike, where an edit distance (rapidfuzz) strews single characters
over a rewritten sentence, and a sentence is short enough for it. What is alike for one character only, between two
differences, is part of the difference; a number is one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_SIGN = re.compile(r"\d+(?:[.．]\d+)?|.", re.DOTALL)  #: what differs as a whole: a number, or a character


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both wordings: the same, or what one has in the place of the other's; either can be empty."""

    same: bool
    old: tuple[int, int]  #: where it begins and ends in the older wording
    new: tuple[int, int]


def find_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The stretches of two wordings, in order.

    >>> [(piece.same, *piece.old, *piece.new) for piece in find_pieces("推进依法行政。", "大力推进依法治国。")]
    [(False, 0, 0, 0, 2), (True, 0, 4, 2, 6), (False, 4, 6, 6, 8), (True, 6, 7, 8, 9)]
    """
    found: list[Piece] = []
    for piece in _cut(old, new):
        if found and not piece.same and not found[-1].same:
            before = found.pop()
            piece = Piece(False, (before.old[0], piece.old[1]), (before.new[0], piece.new[1]))
        found.append(piece)
    return tuple(found)


def _cut(old: str, new: str) -> Iterator[Piece]:
    signs, others = _SIGN.findall(old), _SIGN.findall(new)
    codes = SequenceMatcher(None, signs, others, autojunk=False).get_opcodes()
    olds, news = ([0, *accumulate(map(len, each))] for each in (signs, others))
    for number, (tag, a, b, c, d) in enumerate(codes):
        alone = b - a == 1 and 0 < number < len(codes) - 1 and signs[a].isalnum()
        yield Piece(tag == "equal" and not alone, (olds[a], olds[b]), (news[c], news[d]))
