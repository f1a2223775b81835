"""The IRIs of what stands in documents. Each is made of the words of the thing and not of its offsets, so that an
edit in one sentence moves no other: where the same words stand twice in a document, the second is the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rdflib import URIRef

from kg.cubes import each_mention
from kg.model import Concept, Corpus, Entry, Glossary, Mention, Section, Span
from kg.vocab import Iris

_QUOTE_CONTEXT = 120  #: characters that a quotation shows on each side of a mention at most
_SENTENCE_END = re.compile("[。！？!?][”’）)]*")

_Facts = tuple[str, ...]


class Places:
    """The IRIs of the sections, boxes, definitions, lists and mentions of a corpus."""

    def __init__(self, corpus: Corpus, iris: Iris) -> None:
        self._iris = iris
        entries = ((concept, entry) for concept in corpus.concepts for entry in concept.entries)
        self._sections = _ordinals((s.span, s.path) for s in corpus.sections)
        self._boxes = _ordinals((g.span, ()) for g in corpus.glossaries if g.number is None)
        self._definitions = _ordinals((e.definition, _defined(c, e)) for c, e in entries)
        self._mentions = _ordinals((m.span, _said(m)) for m in (*each_mention(corpus), *corpus.open))

    def section(self, section: Section) -> URIRef:
        ordinal = self._sections[_key(section.span, section.path)]
        return self._iris.section(section.span.doc.id, section.path, ordinal)

    def box(self, box: Glossary) -> URIRef:
        doc = box.span.doc.id
        if box.number is not None:
            return self._iris.box(doc, box.number)
        return self._iris.glossary(doc, self._boxes[_key(box.span, ())])

    def definition(self, concept: Concept, entry: Entry) -> URIRef:
        facts = _defined(concept, entry)
        return self._iris.definition(entry.doc.id, facts, self._definitions[_key(entry.definition, facts)])

    def listing(self, concept: Concept, whole: Span) -> URIRef:
        return self._iris.listing(whole.doc.id, (concept.id, whole.text))

    def mention(self, mention: Mention) -> URIRef:
        facts = _said(mention)
        return self._iris.mention(mention.span.doc.id, facts, self._mentions[_key(mention.span, facts)])


def around(span: Span) -> tuple[str, str]:
    """What stands before and after `span` in its sentence, so that the quotation is the whole sentence.

    A part longer than `_QUOTE_CONTEXT` is cut at the far end.
    """
    text = span.doc.text
    before = text[max(0, span.start - _QUOTE_CONTEXT) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _QUOTE_CONTEXT].partition("\n")[0]
    ends = list(_SENTENCE_END.finditer(before))
    end = _SENTENCE_END.search(after)
    return before[ends[-1].end() :] if ends else before, after[: end.end()] if end else after


def _defined(concept: Concept, entry: Entry) -> _Facts:
    return concept.id, entry.definition.text


def _said(mention: Mention) -> _Facts:
    before, after = around(mention.span)
    return mention.concept or mention.term, before, mention.span.text, after


def _key(span: Span, facts: _Facts) -> tuple[str, int, int, _Facts]:
    return span.doc.id, span.start, span.end, facts


def _ordinals(things: Iterable[tuple[Span, _Facts]]) -> dict[tuple[str, int, int, _Facts], int]:
    """Of each thing the how-manieth with its facts it is in its document, from 1."""
    seen: Counter[tuple[str, _Facts]] = Counter()
    ordinals = {}
    for key in sorted({_key(span, facts) for span, facts in things}):
        doc, _, _, facts = key
        seen[doc, facts] += 1
        ordinals[key] = seen[doc, facts]
    return ordinals
