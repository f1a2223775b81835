"""Text + labels → hits: where which label stands.

One automaton finds all labels in one pass. A hit counts when its ends are whole: no ASCII letter or digit touches an end
that is one, nor a Chinese digit one. Of hits that overlap, the leftmost and then the longest stays, so that
五湖 is not found in 两山七河五湖; but within one that joins labels with 、 those that are a whole piece of it
are found, too: 一国两制 in 和平统一、一国两制.

What the automaton finds is the answer wherever all ends are whole, and they nearly always are. A
paragraph with one that is not is read again with every hit, because that one may hide another.
"""

from __future__ import annotations

import string
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from kg.automata import Automaton

Hit = tuple[int, int, str]  #: start, end, label

#: What goes on with what a character at the edge of a label is part of: of 一九七一年, in which 七一 is no term.
_TOUCHES = {
    char: kind
    for kind in (frozenset(string.ascii_letters + string.digits), frozenset("〇零一二三四五六七八九"))
    for char in kind
}
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Edges:
    """What may not touch a label at its two ends, and the labels that are a whole piece of it."""

    before: frozenset[str]
    behind: frozenset[str]
    pieces: tuple[Hit, ...]

    def are_whole(self, text: str, start: int, end: int) -> bool:
        return text[start - 1 : start] not in self.before and text[end : end + 1] not in self.behind


class HitFinder:
    """Labels, ready to be looked for in any text.

    >>> finder = HitFinder(["五湖", "两山七河五湖", "111"])
    >>> finder.find("两山七河五湖，五湖治理，改造1112公里，“111”工程")
    [(0, 6, '两山七河五湖'), (7, 9, '五湖'), (22, 25, '111')]
    """

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels = [*dict.fromkeys(labels)]
        known = frozenset(self._labels)
        #: of the labels whose occurrences must be looked at
        self._edges = {
            number: _Edges(
                _TOUCHES.get(label[0], _NONE), _TOUCHES.get(label[-1], _NONE), (*_pieces(label, known),)
            )
            for number, label in enumerate(self._labels)
            if label[0] in _TOUCHES or label[-1] in _TOUCHES or "、" in label
        }
        self._by_paragraph = not any("\n" in label for label in self._labels)
        self._longest = Automaton(self._labels, longest=True)

    @cached_property
    def _all(self) -> Automaton:
        return Automaton(self._labels)

    def find(self, text: str) -> list[Hit]:
        """The hits in a text, in order."""
        labels, edges = self._labels, self._edges
        found = self._longest.find(text)
        hits = [(start, end, labels[number]) for start, end, number in found]
        reread = len(text) + 1  # from where on hits have been looked at
        for i in reversed([i for i, hit in enumerate(found) if hit[2] in edges]):
            start, end, number = found[i]
            if start >= reread:
                continue
            if edges[number].are_whole(text, start, end):
                hits[i + 1 : i + 1] = _moved(edges[number].pieces, start)
            else:
                reread, stop = self._paragraph(text, start, end)
                first, last = (bisect_left(hits, place, key=itemgetter(0)) for place in (reread, stop))
                hits[first:last] = _moved(self._weighed(text[reread:stop]), reread)
        return hits

    def _paragraph(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The paragraph around a hit; no hit goes over its ends."""
        if not self._by_paragraph:
            return 0, len(text)
        stop = text.find("\n", end)
        return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop

    def _weighed(self, text: str) -> Iterator[Hit]:
        """The hits in a text by the definition: of all whose ends are whole, the leftmost and longest, and their pieces."""
        whole = [
            (start, end, number)
            for start, end, number in self._all.find(text)
            if number not in self._edges or self._edges[number].are_whole(text, start, end)
        ]
        reached = 0
        for start, end, number in sorted(whole, key=lambda hit: (hit[0], -hit[1])):
            if start >= reached:
                reached = end
                yield start, end, self._labels[number]
                if number in self._edges:
                    yield from _moved(self._edges[number].pieces, start)


def _moved(hits: Iterable[Hit], by: int) -> Iterator[Hit]:
    return ((start + by, end + by, label) for start, end, label in hits)


def _pieces(label: str, known: Container[str]) -> Iterator[Hit]:
    """The labels that stand between two 、 of a label, or between one and an end.

    >>> list(_pieces("和平统一、一国两制", {"一国两制", "统一"}))
    [(5, 9, '一国两制')]
    """
    marks = [i for i, c in enumerate(label) if c == "、"]
    starts, ends = [0, *(i + 1 for i in marks)], [*marks, len(label)]
    for start in starts:
        for end in reversed(ends):
            if label[start:end] != label and label[start:end] in known:
                yield start, end, label[start:end]
