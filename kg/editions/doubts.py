"""Whether a definition of another government's is of what a report means: 五大工程 are not everywhere the same five.

A label that counts, or that is short, can be anybody's. The definition is then taken where the report has the words
that its headword has beside the label (残疾人“两项补贴”), or, where it has none, the label in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.readings import Said
from kg.rules import CLOSE, DIGITS, OPEN, in_quotes, unquoted

_SHORT = 3  #: characters of a label that can be anybody's
_COUNTS = re.compile(rf"[{DIGITS}百千万\d]")
_BREAKS = re.compile("[，。；：、！？,;:!?\n]")


def is_doubtful(text: str, said: Iterable[Said], label: str, headword: str | None) -> bool:
    """Whether nothing in a report tells that it means what a definition of another government's explains.

    >>> here, there = "提高残疾人两项补贴标准", "落实两项补贴政策"
    >>> is_doubtful(here, [Said(5, 9, "core", ("x",))], "两项补贴", "残疾人“两项补贴”")
    False
    >>> is_doubtful(there, [Said(2, 6, "core", ("x",))], "两项补贴", "残疾人“两项补贴”")
    True
    """
    if len(label) > _SHORT and not _COUNTS.match(label):
        return False
    beside = unquoted(headword or label).replace(unquoted(label), "\n")
    pairs = {beside[i : i + 2] for i in range(len(beside) - 1) if "\n" not in beside[i : i + 2]}
    for each in said:
        if pairs:
            if any(pair in _clause(text, each.start, each.end) for pair in pairs):
                return False
        elif is_quoted(text, each):
            return False
    return True


def is_quoted(text: str, said: Said) -> bool:
    """Whether a mention stands in quotation marks, or has some of its own."""
    return in_quotes(text, said.start, said.end) or bool(set(text[said.start : said.end]) & {*OPEN, *CLOSE})


def _clause(text: str, start: int, end: int) -> str:
    """The clause of a mention, without the mention."""
    breaks = [found.end() for found in _BREAKS.finditer(text, max(0, start - 40), start)]
    behind = _BREAKS.search(text, end)
    return (
        text[breaks[-1] if breaks else max(0, start - 40) : start]
        + "\n"
        + text[end : behind.start() if behind else end + 40]
    )
