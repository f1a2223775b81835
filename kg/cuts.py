"""The ways of cutting a stretch of text into pieces at its separators.

A piece is a pair of offsets into the document. Nothing is cut inside brackets, titles or
quotations; two titles that stand side by side are two pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

Piece = tuple[int, int]

COMMAS, STOPS = "，,", "；;"
_PARTNER = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】"}
_AND = re.compile(
    r"(?<![共总饱温柔平附])和(?![谐平睦])|(?<![参赋给])与(?!会)|以及|(?<![以普涉])及(?![时格其])"
)
_QUOTED_LIST = re.compile(r"“([^“”]*[、，][^“”]*)”")


def cut(text: str, span: Piece, separators: str) -> list[Piece]:
    """A stretch cut at separators.

    >>> text = "《甲、乙》《丙》、丁（戊、己）"
    >>> [text[a:b] for a, b in cut(text, (0, len(text)), "、")]
    ['《甲、乙》', '《丙》', '丁（戊、己）']
    """
    start, end = span
    pieces: list[Piece] = []
    closing: list[str] = []
    begin = start
    for match in _signs(separators).finditer(text, start, end):
        i, c = match.start(), match[0]
        if closing and c == closing[-1]:
            closing.pop()
            if not closing and "、" in separators and text[i : i + 2] == "》《":
                pieces.append((begin, i + 1))
                begin = i + 1
        elif c in _PARTNER and text.find(_PARTNER[c], i, end) >= 0:
            closing.append(_PARTNER[c])
        elif not closing and c in separators:
            pieces.append((begin, i))
            begin = i + 1
    pieces.append((begin, end))
    return [(a, b) for a, b in pieces if a < b]


@cache
def _signs(separators: str) -> re.Pattern[str]:
    """The characters at which something begins, ends or is cut."""
    return re.compile(f"[{re.escape(separators + ''.join((*_PARTNER, *_PARTNER.values())))}]")


def and_cuts(text: str, piece: Piece) -> Iterator[tuple[Piece, Piece]]:
    """A piece cut at 和, 与, 及, 以及: each place by itself, the last first."""
    for match in reversed([*_AND.finditer(text, *piece)]):
        if match.start() > piece[0] and match.end() < piece[1]:
            yield (piece[0], match.start()), (match.end(), piece[1])


def with_and(text: str, items: list[Piece]) -> Iterator[list[Piece]]:
    """A list, and the list with its last item cut at each 和, 与 …"""
    if items:
        yield items
        for first, second in and_cuts(text, items[-1]):
            yield [*items[:-1], first, second]


def clauses(text: str, span: Piece) -> list[Piece]:
    """The clauses of a stretch, between commas and semicolons."""
    return cut(text, span, COMMAS + STOPS)


def flat_lists(text: str, span: Piece) -> Iterator[list[Piece]]:
    """A stretch as one list: each clause at 、, then the clauses, then the segments, then all together."""
    for clause in clauses(text, span):
        yield from with_and(text, cut(text, clause, "、"))
    for separators in (COMMAS, STOPS, "、" + COMMAS + STOPS):
        yield from with_and(text, cut(text, span, separators))


def regions(text: str, span: Piece) -> list[Piece]:
    """The stretches of a definition that can hold its list, in order of reading: sentences, what stands
    behind a colon, and quotations that hold a list themselves."""
    found: list[Piece] = []
    for sentence in cut(text, span, "。！？\n"):
        for start, end in cut(text, sentence, "：:"):
            found.append((start, end))
            for match in _QUOTED_LIST.finditer(text, start, end):
                found += cut(text, match.span(1), "。！？")
    return found


def runs(pieces: Sequence[Piece], n: int) -> Iterator[list[Piece]]:
    """Every n neighbouring pieces."""
    return (list(pieces[i : i + n]) for i in range(len(pieces) - n + 1))


def without_end(text: str, start: int, end: int) -> Piece:
    """A stretch without the punctuation at its end."""
    while end > start and text[end - 1] in "，,；;。、\n":
        end -= 1
    return start, end
