"""Two sentences that say the same → where one says it more strongly than the other.

Which words are stronger is a table of facts (`kg/facts/degrees.toml`). Two words are compared where the same words
follow; where that is in doubt nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Span
from kg.rules import read_facts

_SAME = 4  #: characters that must follow alike
_FOLLOWS = re.compile(r"[^，。；：！？、\n\d]{2,24}")
_NUMBERED = re.compile("[一二三四五六七八九十]、")  #: 农村二、三产业 goes on
_NOT_BEHIND = frozenset("不更")  #: what turns the sense of a word that it stands before


@dataclass(frozen=True, slots=True)
class Degree:
    """A word of degree that took the place of another, with what it stands before; it can be none at all."""

    old: Span  #: the words with what follows
    new: Span
    was: str  #: empty where there was none
    now: str
    harder: bool
    scale: str


def find_degrees(old: Sequence[Span], new: Sequence[Span]) -> Iterator[Degree]:
    """Where sentences that say the same differ in a word of degree.

    >>> from kg.model import Document
    >>> [old, new] = [Document(name, text) for name, text in (("a", "稳步推进户籍制度改革。"), ("b", "加快推进户籍制度改革。"))]
    >>> [(d.was, d.now, d.harder) for d in find_degrees([old.span(0, 11)], [new.span(0, 11)])]
    [('稳步', '加快', True)]
    """
    before = [found for span in old for found in _said(span)]
    after = [found for span in new for found in _said(span)]
    for one in after:
        for other in before:
            if one.follows == other.follows and one.word != other.word and (told := _compare(other, one)):
                yield told
    yield from _added(before, after, new, harder=False)
    yield from _added(after, before, old, harder=True)


@dataclass(frozen=True, slots=True)
class _Said:
    word: str
    follows: str  #: the first characters behind it
    start: int
    clause: Span  #: from the word to the end of its clause


def _said(span: Span) -> Iterator[_Said]:
    text = span.doc.text
    for match in _word().finditer(text, span.start, span.end):
        follows = _FOLLOWS.match(text, match.end(), span.end)
        if (
            follows
            and len(follows[0]) >= _SAME
            and not _NUMBERED.match(text, follows.end() - 1)
            and text[match.start() - 1 : match.start()] not in _NOT_BEHIND
        ):
            clause = span.doc.span(match.start(), follows.end())
            yield _Said(match[0], follows[0][:_SAME], match.start(), clause)


def _compare(old: _Said, new: _Said) -> Degree | None:
    for scale, steps in _scales().items():
        if old.word in steps and new.word in steps and steps[old.word] != steps[new.word]:
            return Degree(
                old.clause, new.clause, old.word, new.word, steps[new.word] > steps[old.word], scale
            )
    return None


def _added(
    having: Sequence[_Said], lacking: Sequence[_Said], there: Sequence[Span], harder: bool
) -> Iterator[Degree]:
    """Words of degree that one side has and the other has not, before the same words."""
    taken = {each.follows for each in lacking}
    for each in having:
        scale = next((name for name, steps in _scales().items() if "" in steps and each.word in steps), None)
        if scale is None or each.follows in taken:
            continue
        words = each.clause.text[len(each.word) :]
        for span in there:
            text = span.doc.text
            at = text.find(words[: _SAME + 2], span.start, span.end)
            before = each.clause.doc.text[max(0, each.start - 2) : each.start]
            if at >= 0 and (
                at == span.start or text[at - 1] in "，、；：。" or text[:at].endswith(before or "。")
            ):
                follows = _FOLLOWS.match(text, at, span.end)
                bare = span.doc.span(at, follows.end() if follows else at + _SAME)
                pair = (bare, each.clause) if harder else (each.clause, bare)
                yield Degree(*pair, "" if harder else each.word, each.word if harder else "", harder, scale)
                break


@cache
def _scales() -> dict[str, dict[str, int]]:
    """Each scale: the step of each of its words."""
    return {
        row["name"]: {word: number for number, step in enumerate(row["steps"]) for word in step}
        for row in read_facts("degrees")["scale"]
    }


@cache
def _word() -> re.Pattern[str]:
    every = {word for steps in _scales().values() for word in steps if word}
    return re.compile("|".join(sorted(every, key=len, reverse=True)))
