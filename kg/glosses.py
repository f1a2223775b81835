"""Concepts + mentions → which candidates are explained after all, where another slogan is.

A candidate is used and never explained. A part of a slogan that stands for it (“三制”改革, of “三化三制”改革) is
explained with it, and so is what a definition names behind a list of its own (…、医院管理评价“六大中心”).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Concept, Entry, Mention, Span


def glossed(concepts: Sequence[Concept], mentions: Sequence[Mention]) -> tuple[Concept, ...]:
    """The concepts, those no longer candidates that stand only where another one's definition explains them."""
    by_part = {m.span for m in mentions if m.kind == "part"}
    said: defaultdict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        if mention.kind == "core":
            said[mention.concept].append(mention.span)
    holders = {c.span: entry for concept in concepts for entry in concept.entries for c in entry.components}
    return tuple(
        replace(concept, candidate=False)
        if concept.candidate
        and said[concept.id]
        and all(span in by_part or _is_listed(concept, span, holders) for span in said[concept.id])
        else concept
        for concept in concepts
    )


def _is_listed(concept: Concept, span: Span, holders: dict[Span, Entry]) -> bool:
    """Whether a concept is named at `span` in the definition that has its parts among its components."""
    entries = [holders.get(part.span) for part in concept.parts]
    return bool(entries) and all(entry is not None and span in entry.definition for entry in entries)
