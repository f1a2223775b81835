"""Concepts + mentions → concepts with the parts that their long form spells out: 双百 is 百花齐放 and 百家争鸣.

A slogan that nobody explains is often the short name of one that is its own list. What the relations
find to be its long form names its parts, where they are as many as the short name counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.cuts import cut
from kg.model import Component, Concept, Corpus, Span
from kg.numerals import parse_numeral
from kg.relations.abbreviations import find_abbreviations
from kg.relations.grounds import Hints, know
from kg.rules import CLOSE, OPEN


def spell_out(corpus: Corpus, hints: Mapping[str, Hints] | None = None) -> tuple[Concept, ...]:
    """The concepts of a corpus, by id; those without a list of their own with the parts of their long form.

    The parts are where the long form stands first. Their concepts are added where there are none yet.
    """
    concepts = {concept.id: concept for concept in corpus.concepts}
    labels = {concept.label for concept in corpus.concepts}
    known = know(corpus, hints)
    for relation in (r for r in find_abbreviations(known) if r.long_form is None):
        short, numeral = concepts[relation.target], parse_numeral(relation.target)
        said = (mention.span for mention in known.mentions.get(relation.source, ()))
        pieces = _pieces(next(said) if "、" in relation.source else relation.evidence[0])
        counted = len(pieces) in numeral.readings or len(pieces) == len(numeral.parts)  # 一国两制 is two
        if short.candidate and not short.parts and len(pieces) > 1 and counted:
            concepts[short.id] = replace(short, parts=tuple(Component(piece) for piece in pieces))
            for text in (piece.text for piece in pieces):
                if text not in labels:
                    concepts.setdefault(text, Concept(text, text))
    return tuple(concepts[i] for i in sorted(concepts))


def _pieces(span: Span) -> Sequence[Span]:
    """What stands between the commas of a long form, without quotation marks."""
    doc = span.doc
    found = []
    for start, end in cut(doc.text, (span.start, span.end), "、，"):
        while start < end and doc.text[start] in OPEN + CLOSE:
            start += 1
        while start < end and doc.text[end - 1] in OPEN + CLOSE:
            end -= 1
        found.append(doc.span(start, end))
    return found if all(len(piece.text) > 1 for piece in found) else []
