"""The words of a document → word sequences that have the shape of a term."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Document
from kg.newterms.words import WORD, begins, closes, ends, governs, opens, stands_within, tags, word_lists
from kg.rules import QUOTATION
from kg.words import words

SHORTEST, LONGEST = 2, 8  #: characters of a term
_WORDS = 5  #: words that a term can have
_QUOTED = re.compile(rf"{QUOTATION}|《[^《》\n]{{1,60}}》")

Word = tuple[str, int, int]  #: with its start and end


@dataclass(slots=True)
class Candidate:
    """A sequence of words in the texts of a year, and what its occurrences show."""

    words: tuple[str, ...]
    occurrences: list[tuple[int, int]]  #: document, start
    whole: int = 0  #: occurrences between words that can stand around a term
    governed: int = 0


def cut_words(text: str) -> list[Word]:
    """The words of a text with their places."""
    return [(text[a:b], a, b) for a, b in words(text)]


def collect(
    doc: Document,
    number: int,
    cut: Sequence[Word],
    boxes: Sequence[tuple[int, int]],
    found: dict[str, Candidate],
) -> None:
    """The word sequences of a document that have the shape of a term, outside of quotation marks and boxes."""
    hidden = _Stretches([*(match.span() for match in _QUOTED.finditer(doc.text)), *boxes])
    facts = word_lists()
    for i, (word, start, _) in enumerate(cut):
        before = cut[i - 1][0] if i else "\n"
        launched = before in facts.launches or (len(before) == 4 and before[2:] in facts.launches)
        verbal = launched and governs(word) and word not in facts.names
        if not WORD.fullmatch(word) or not (verbal or begins(word)) or start in hidden:
            continue
        opened = opens(before)
        governed = governs(before) or before == "、"
        if word in facts.ambiguous and not governed and before != "的":
            opened = False
        if before == "等" and word in facts.never_last:  # 钢铁等行业超低排放改造
            opened = False
        for j in range(i, min(i + _WORDS, len(cut))):
            last, _, end = cut[j]
            if end - start > LONGEST or not WORD.fullmatch(last) or (j > i and not stands_within(last)):
                break
            known = j == i and last in tags()
            action = last in facts.actions
            if end - start < SHORTEST or known or not ends(last) or (verbal and not action):
                continue
            after = cut[j + 1][0] if j + 1 < len(cut) else "\n"
            listed = [w for w, _, _ in cut[j + 2 : j + 4]] if after == "等" else []
            suffered = not facts.ills.isdisjoint((after, *listed))
            term = doc.text[start:end]
            candidate = found.get(term)
            if candidate is None:
                candidate = found[term] = Candidate(tuple(w for w, _, _ in cut[i : j + 1]), [])
            candidate.occurrences.append((number, start))
            led = launched or not action or not governed or before == "、"
            candidate.whole += opened and led and closes(after) and not suffered
            candidate.governed += governed


class _Stretches:
    """Stretches of a text that are passed over."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def __contains__(self, place: int) -> bool:
        i = bisect_right(self.starts, place) - 1
        return i >= 0 and place < self.spans[i][1]
