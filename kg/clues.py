"""Document → the clues to its terms: what the lexicon of the whole corpus needs to know of this one document.

What stands in quotation marks, what counts, which policies go by a number; all of them small, so that a corpus
is read document by document, in any order and by any process. A second look, when all terms are known that
could be meant, counts how often everybody's words are said and finds the lists of what nobody explains.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.automata import Automaton
from kg.candidates import (
    Counted,
    Lists,
    Run,
    Slots,
    counted_phrases,
    numbered_policies,
    quotations,
    quoted_runs,
    shared_by,
)
from kg.cuts import Piece
from kg.enumerations import find_enumerations
from kg.model import Component, Document, Entry, Span
from kg.numerals import parse_numeral
from kg.senses import is_hollow


@dataclass(frozen=True, slots=True)
class Clues:
    """What one document tells of terms."""

    doc: Document
    slots: Slots  #: group labels inside their definitions
    hollow: tuple[Span, ...]  #: labels that say nothing by themselves, in quotation marks
    runs: tuple[Run, ...]
    counted: Counted
    policies: Mapping[str, str]  #: policies by the number of their articles, and how the text writes them


def find_clues(doc: Document, entries: Sequence[Entry] = ()) -> Clues:
    """The clues of a document with the definitions `entries`.

    >>> clues = find_clues(Document("d", "推进“1+N”体系，做好“六最”。"))
    >>> [run.text for run in clues.runs], [span.text for span in clues.hollow]
    (['1+N', '六最'], ['1+N'])
    """
    slots = frozenset(_slots(entries))
    hollow = (
        span
        for span in quotations(doc)
        if is_hollow(span.text) and (doc.id, span.start, span.end) not in slots
    )
    return Clues(
        doc,
        slots,
        tuple(hollow),
        quoted_runs(doc, entries, slots),
        counted_phrases(doc),
        numbered_policies(doc),
    )


def _slots(entries: Iterable[Entry]) -> Iterator[tuple[str, int, int]]:
    """Where group labels (两山 of 两山七河一流域) and digit labels stand inside the definition of their slogan."""
    for entry in entries:
        parts = {part.text for part in parse_numeral(entry.label).parts} if len(entry.readings) else set()
        for part in parts - {entry.label}:
            for match in re.finditer(re.escape(part), entry.definition.text):
                start = entry.definition.start + match.start()
                yield entry.doc.id, start, start + len(part)


def _shared(text: str, items: Sequence[Piece]) -> Iterator[str]:
    """Words for what neighbours among the items of an enumeration share, any two and any more of them in a row."""
    rows: dict[str, int] = {}  #: up to the last item
    for start, end in items:
        rows = {character: rows.get(character, 0) + 1 for character in text[start:end]}
        for character, times in rows.items():
            if times > 1:
                yield shared_by(times, len(items), character)


class Sought:
    """What a second look is for: words whose occurrences count, and slogans whose lists are wanted."""

    def __init__(self, words: Iterable[str] = (), labels: Iterable[str] = ()) -> None:
        self.words = tuple(sorted(words))
        self.automaton = Automaton(self.words)
        self.lists = Lists(labels)

    def facts(self) -> Iterator[tuple[str, object]]:
        """Each word and each slogan behind itself; what a slogan's list can be known by behind that."""
        yield from ((word, "word") for word in self.words)
        yield from self.lists.facts()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a second look at a document found."""

    times: Mapping[str, int]  #: how often it says each word
    lists: tuple[tuple[str, tuple[Component, ...]], ...]  #: a slogan, and what the text lists as its parts
    shared: str  #: what the items of its enumerations share, which another slogan could be known by


def look_again(doc: Document, sought: Sought) -> Seen:
    """What a document says of what is sought.

    >>> look_again(Document("d", "天天向上，天天天"), Sought(["天天"])).times
    {'天天': 2}
    """
    times: Counter[int] = Counter()
    ends: dict[int, int] = {}
    for start, end, number in sought.automaton.find(doc.text):
        if start >= ends.get(number, 0):
            times[number] += 1
            ends[number] = end
    enumerations = tuple(find_enumerations(doc))
    shared = {word for each in enumerations for word in _shared(doc.text, each.items)}
    return Seen(
        {sought.words[i]: n for i, n in times.items()},
        tuple(sought.lists.find(doc, enumerations)),
        "".join(sorted(shared)),
    )
