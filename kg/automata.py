"""Strings that are looked for in texts, all in one reading.

The automaton is Aho and Corasick's, by daachorse, which is twice as fast as ahocorasick-rs in Chinese (`python tests/benchmarks
text`, where both are installed).
"""

from __future__ import annotations

from collections.abc import Iterable

import daachorse

from kg.batches import passing

Found = tuple[int, int, int]  #: start, end, the number of the string


class Automaton:
    """Strings, ready to be looked for in any text. It can go to another process.

    With `longest`, of those that overlap the leftmost is found and of these the longest; else all are.

    >>> Automaton(["五湖", "湖治", "五湖治理"]).find("五湖治理")
    [(0, 2, 0), (1, 3, 1), (0, 4, 2)]
    >>> Automaton(["五湖", "湖治", "五湖治理"], longest=True).find("五湖治理")
    [(0, 4, 2)]
    >>> Automaton([]).find("五湖治理")
    []
    """

    def __init__(self, strings: Iterable[str], longest: bool = False) -> None:
        kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST if longest else daachorse.MATCH_KIND_STANDARD
        told = list(strings)
        self._inner = daachorse.CharwiseDoubleArrayAhoCorasick(told, match_kind=kind) if told else None
        self._longest = longest

    def find(self, text: str) -> list[Found]:
        """Where which string stands in a text, by where they end."""
        if self._inner is None:
            return []
        text = passing(text)  # a document lives on, and would with its UTF-8 beside it
        return self._inner.find(text) if self._longest else self._inner.find_overlapping(text)
