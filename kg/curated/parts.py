"""Decisions on components: the list of a definition, or of a term that nobody defines, put right.

A component that stands in the definition has its place there. One that does not is a person's word:
it has no place, and nothing is quoted for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.components import group_labels
from kg.enumerations import find_listed
from kg.model import Component, Concept, Decision, Document, Entry, Span, own_words
from kg.numerals import parse_numeral

RULE = "person"  #: the rule of what a person decided


def fix_entry(entry: Entry, decision: Decision) -> Entry:
    """A definition with the components that a person gives, each in its place where the definition has it."""
    texts = decision.components or ()
    old = {component.span.text: component for component in entry.components}
    labels = _groups(entry.label, texts)
    components = tuple(
        replace(known, group=label or known.group, decision=decision)
        if (known := old.get(text)) and known.span == span
        else Component(span, label, decision=decision)
        for text, span, label in zip(texts, _places(entry.definition, texts, old), labels, strict=True)
    )
    agrees = len(components) in entry.readings if entry.readings else None
    expected = len(components) if agrees else next(iter(entry.readings), None)
    return replace(entry, components=components, agrees=agrees, expected=expected, split_rule=RULE)


def fix_parts(concept: Concept, decision: Decision, documents: Iterable[Document]) -> Concept:
    """A term that nobody defines with the components that a person gives, in their place where a text lists them."""
    texts = decision.components or ()
    labels = _groups(concept.label, texts)
    spans = [own_words(text) for text in texts]
    if whole := next((span for doc in documents for span in find_listed(doc, texts)), None):
        spans = _places(whole, texts, {})
    parts = (Component(span, label, decision=decision) for span, label in zip(spans, labels, strict=True))
    return replace(concept, parts=tuple(parts))


def unplaced(components: Iterable[Component]) -> list[str]:
    """The components that stand in no text."""
    return [component.span.text for component in components if not component.span.doc.id]


def _places(within: Span, texts: Sequence[str], old: Mapping[str, Component]) -> list[Span]:
    """Where each text stands in a stretch: where the rules found it, else behind the one before, else anywhere free."""
    taken = [old[text].span for text in texts if text in old]
    spans: list[Span] = []
    last = within.start
    for text in texts:
        span = old[text].span if text in old else _free(within, text, last, taken)
        if span.doc.id:
            taken.append(span)
            last = span.end
        spans.append(span)
    return spans


def _free(within: Span, text: str, last: int, taken: Sequence[Span]) -> Span:
    """The first place of a text at or behind `last`, else anywhere in the stretch, that no other has taken."""
    doc = within.doc
    for start in (last, within.start):
        for match in re.compile(re.escape(text)).finditer(doc.text, start, within.end):
            span = doc.span(*match.span())
            if all(span.end <= other.start or other.end <= span.start for other in taken):
                return span
    return own_words(text)


def _groups(label: str, texts: Sequence[str]) -> Sequence[str | None]:
    """The part of the slogan that counts each component, where they are as many as all its parts count."""
    parts = parse_numeral(label).parts
    if len(parts) > 1 and sum(part.n for part in parts) == len(texts):
        return [name for name, part in zip(group_labels(parts), parts, strict=True) for _ in range(part.n)]
    return [None] * len(texts)
