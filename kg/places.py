"""The IRIs of what stands in a document. Each is made of the words of the thing and not of its offsets, so that an
edit in one sentence moves no other: where the same words stand twice in a document, the second is the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.model import Entry, Glossary, Section, Span
from kg.vocab import Iris

_QUOTE_CONTEXT = 120  #: characters that a quotation shows on each side of a mention at most
_SENTENCE_END = re.compile("[。！？!?][”’）)]*")
_SENTENCES = re.compile(f".*{_SENTENCE_END.pattern}")  #: up to the last end of a sentence

Facts = tuple[str, ...]
Thing = tuple[int, int, Facts]  #: two offsets in a document, and the words that name what stands there


class Places:
    """The IRIs of the sections, boxes, definitions and lists of one document."""

    def __init__(
        self,
        doc_id: str,
        iris: Iris,
        sections: Iterable[Section] = (),
        glossaries: Iterable[Glossary] = (),
        entries: Iterable[tuple[str, Entry]] = (),
    ) -> None:
        self._doc, self._iris = doc_id, iris
        self._sections = {
            place: iris.section(doc_id, place[2], ordinal)
            for place, ordinal in ordinals(_thing(s.span, s.path) for s in sections).items()
        }
        self._boxes = ordinals(_thing(g.span, ()) for g in glossaries if g.number is None)
        self._definitions = ordinals(
            _thing(e.definition, (concept, e.definition.text)) for concept, e in entries
        )

    def section(self, section: Section) -> str:
        return self._sections[_thing(section.span, section.path)]

    def box(self, box: Glossary) -> str:
        if box.number is not None:
            return self._iris.box(self._doc, box.number)
        return self._iris.glossary(self._doc, self._boxes[_thing(box.span, ())])

    def definition(self, concept: str, entry: Entry) -> str:
        """The definition that `entry` gives of the concept with this id."""
        facts = concept, entry.definition.text
        return self._iris.definition(self._doc, facts, self._definitions[_thing(entry.definition, facts)])


def around(span: Span) -> tuple[str, str]:
    """What stands before and after `span` in its sentence, so that the quotation is the whole sentence.

    A part longer than `_QUOTE_CONTEXT` is cut at the far end.
    """
    text = span.doc.text
    before = text[max(0, span.start - _QUOTE_CONTEXT) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _QUOTE_CONTEXT].partition("\n")[0]
    sentences = _SENTENCES.match(before)
    end = _SENTENCE_END.search(after)
    return before[sentences.end() :] if sentences else before, after[: end.end()] if end else after


_MARKS = {"“”", "‘’", "「」", "『』", '""'}


def in_quotes(span: Span) -> bool:
    """Whether quotation marks stand right before and right behind `span`."""
    text = span.doc.text
    return text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1] in _MARKS


def ordinals(things: Iterable[Thing]) -> dict[Thing, int]:
    """Of each thing in a document the how-manieth of its words it is, from 1."""
    seen: Counter[Facts] = Counter()
    numbered = {}
    for thing in sorted(set(things)):
        seen[thing[2]] += 1
        numbered[thing] = seen[thing[2]]
    return numbered


def _thing(span: Span, facts: Facts) -> Thing:
    return span.start, span.end, facts
