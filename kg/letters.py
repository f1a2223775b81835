"""A report → its letters: its text without quotation marks, which come and go, and without what is not its own.

It is cut into clauses, and into runs of four characters, by which formulas are found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.model import Document, Span

RUN = 4  #: characters of which it is known what reports have them
CLAUSE = re.compile(r"[^，。；：！？,;:!?（）()…—\d\s%％]+")
QUOTES = "“”‘’「」『』"
_UNQUOTED = dict.fromkeys(map(ord, QUOTES))
#: The title page, the salutation and the sentence with which a report is submitted.
_OPENING = re.compile(r"(?s:.{0,600}?)(?:各位代表[^。]{0,60})?(?:请予?审议|请审查)[^。\n]*[。\n]")


def plain(text: str) -> str:
    """A text without quotation marks.

    >>> plain("“三农”工作")
    '三农工作'
    """
    return text.translate(_UNQUOTED)


class Letters:
    """A text without quotation marks, which come and go, and without what is not its own."""

    def __init__(self, doc: Document, outside: Sequence[Span]) -> None:
        self.doc = doc
        text = doc.text
        if opening := _OPENING.match(text):
            text = "\n" * opening.end() + text[opening.end() :]
        for span in outside:
            if span.doc.id == doc.id:
                text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
        self.places = [i for i, c in enumerate(text) if c not in QUOTES]
        plain = self.plain = "".join([text[i] for i in self.places])
        self.clauses = [match.span() for match in CLAUSE.finditer(plain)]
        self.runs = frozenset(
            [plain[i : i + RUN] for start, end in self.clauses for i in range(start, end - RUN + 1)]
        )

    def clause(self, at: int) -> tuple[int, int]:
        """Where the clause begins and ends that has a place."""
        return self.clauses[bisect_right(self.clauses, (at, len(self.plain))) - 1]

    def span(self, start: int, end: int) -> Span:
        """A stretch of the letters in the document, with the quotation mark at its edge whose partner it has."""
        return _quoted(self.doc.span(self.places[start], self.places[end - 1] + 1))


def _quoted(span: Span) -> Span:
    """A stretch with the quotation mark at its edge whose partner it has."""
    text, start, end = span.doc.text, span.start, span.end
    if span.text.count("“") > span.text.count("”") and text[end : end + 1] == "”":
        return span.doc.span(start, end + 1)
    if span.text.count("”") > span.text.count("“") and text[start - 1 : start] == "“":
        return span.doc.span(start - 1, end)
    return span
