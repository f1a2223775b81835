"""The texts in which terms are looked up."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Document


class Texts:
    """The full texts of an issuer in one string, by year, with the places of every pair of characters.

    The rarest pair of a term leads to its occurrences, so that a look-up takes no pass over the texts.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.text = "\n".join(doc.text for doc in documents)
        self.starts: list[int] = []
        at = 0
        for doc in documents:
            self.starts.append(at)
            at += len(doc.text) + 1
        self.singles = Counter(self.text)
        self.pairs: dict[str, list[int]] = defaultdict(list)
        for i, pair in enumerate(map("".join, pairwise(self.text))):
            self.pairs[pair].append(i)

    def places(self, term: str) -> Iterator[int]:
        """Where a term of two characters or more begins, in order."""
        offset = min(range(len(term) - 1), key=lambda i: len(self.pairs.get(term[i : i + 2], ())))
        for place in self.pairs.get(term[offset : offset + 2], ()):
            if self.text.startswith(term, place - offset):
                yield place - offset

    def count(self, term: str) -> int:
        """How often a sequence of characters stands in the texts."""
        if len(term) < 3:
            return self.singles[term] if len(term) == 1 else len(self.pairs.get(term, ()))
        return sum(1 for _ in self.places(term))

    def document_at(self, place: int) -> int:
        """The number of the document in which a place lies."""
        return bisect_right(self.starts, place) - 1
