"""Document + concepts + mentions → references beside the core: by component, by part, by a long form, by a mark.

They are rows of another kind and never in the core's count. What is doubtful is decided by the
nearness of the parent slogan or by the words at the edges of the hit, and left out where neither speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import daachorse

from kg.candidates import quotations
from kg.cleaning import paragraphs
from kg.fullnames import full_names
from kg.model import Concept, Context, Document, Entry, Glossary, Mention, Section, Span
from kg.numerals import parse_numeral
from kg.rules import NOTE_MARK, QUOTED
from kg.words import is_whole

_MEASURE = re.compile(rf"(?<=”){QUOTED}")
_WHOLE = 4  #: characters from which a component is told by the words at its edges


@dataclass(frozen=True, slots=True)
class _Place:
    """A document with what has been found in it so far."""

    doc: Document
    core: Sequence[Mention]
    sections: Sequence[Section]
    glossaries: Sequence[Glossary]

    def mention(self, span: Span, concept: Concept, kind: str, rule: str) -> Mention:
        boxes = (g for g in self.glossaries if g.heading.start <= span.start < g.span.end)
        context = next((g.context for g in boxes), Context.BODY)
        around = (s for s in reversed(self.sections) if s.span.start <= span.start < s.span.end)
        return Mention(span, concept.label, concept.id, context, next(around, None), rule, kind)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether a core mention overlaps a stretch."""
        i = bisect_right(self.core, start, key=lambda m: m.span.start)
        near = self.core[max(0, i - 1) : i + 1]
        return any(m.span.start < end and start < m.span.end for m in near)


def find_references(
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    mentions: Iterable[Mention],
    sections: Sequence[Section] = (),
    glossaries: Sequence[Glossary] = (),
) -> Iterator[Mention]:
    """The references of a corpus that are not occurrences of a core, document by document."""
    core: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind == "core":
            core[mention.span.doc.id].append(mention)
    components, full = _Components(concepts), _full_names(concepts)
    for doc in documents:
        place = _Place(
            doc,
            core[doc.id],
            [s for s in sections if s.span.doc.id == doc.id],
            [g for g in glossaries if g.span.doc.id == doc.id],
        )
        long_forms = list(_long_forms(place, full))
        yield from long_forms
        for mention in components.find(place):
            if not any(mention.span in other.span for other in long_forms):  # 承诺制 in its full name
                yield mention
        yield from _parts(place, concepts)
        yield from _shared_heads(place, concepts)
        yield from _marks(place, concepts)


class _Components:
    """The components of all slogans, ready to be looked for."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.parents: dict[str, set[str]] = defaultdict(set)
        self.slots: set[tuple[str, int, int]] = set()
        for concept in concepts:
            for component in (*concept.parts, *(c for e in concept.entries for c in e.components)):
                span = component.span
                self.parents[span.text].add(concept.id)
                self.slots.add((span.doc.id, span.start, span.end))
        plain = {c.label: c for c in concepts if not c.entries and not c.candidate}
        self.concepts = {
            label: plain[label] for label in sorted(self.parents) if label in plain and len(label) > 1
        }
        self.labels = list(self.concepts)
        self.automaton = (
            daachorse.CharwiseDoubleArrayAhoCorasick(
                self.labels, match_kind=daachorse.MATCH_KIND_LEFTMOST_LONGEST
            )
            if self.labels
            else None
        )

    def find(self, place: _Place) -> Iterator[Mention]:
        """A component near its slogan, or one that is whole words of the sentence."""
        if self.automaton is None:
            return
        doc = place.doc
        bounds = list(paragraphs(doc.text))
        starts = [start for start, _ in bounds]
        for start, end, number in self.automaton.find(doc.text):
            if (doc.id, start, end) in self.slots or place.is_taken(start, end):
                continue
            label = self.labels[number]
            paragraph = bounds[bisect_right(starts, start) - 1]
            if self._is_near(place, paragraph, label):
                yield place.mention(doc.span(start, end), self.concepts[label], "component", "near-slogan")
            elif len(label) >= _WHOLE and is_whole(doc.text, start, end):
                yield place.mention(doc.span(start, end), self.concepts[label], "component", "whole-words")

    def _is_near(self, place: _Place, paragraph: tuple[int, int], label: str) -> bool:
        first = bisect_right(place.core, paragraph[0] - 1, key=lambda m: m.span.start)
        for mention in place.core[first:]:
            if mention.span.start >= paragraph[1]:
                return False
            if mention.concept in self.parents[label]:
                return True
        return False


def _parts(place: _Place, concepts: Sequence[Concept]) -> Iterator[Mention]:
    """“三制”改革 for “三化三制”改革: a quoted part of a slogan before the noun of its headword."""
    parts: dict[tuple[str, str], list[Concept]] = defaultdict(list)
    for concept in concepts:
        for entry in concept.entries:
            numeral = parse_numeral(concept.label)
            noun = entry.headword.rpartition("”")[2] if "”" in entry.headword else ""
            if noun and len(numeral.parts) > 1:
                for part in numeral.parts:
                    parts[part.text, noun].append(concept)
    for run in quotations(place.doc):
        for (text, noun), owners in parts.items():
            is_part = run.text == text and place.doc.text.startswith(noun, run.end + 1)
            if is_part and len({owner.id for owner in owners}) == 1:
                yield place.mention(run, owners[0], "part", "quoted-part-with-noun")


def _full_names(concepts: Sequence[Concept]) -> dict[str, Concept]:
    """The full names that definitions give, and the concepts they are names of."""
    by_id = {concept.id: concept for concept in concepts}
    found: dict[str, Concept] = {}
    for concept in concepts:
        for entry in concept.entries:
            for name in full_names(entry):
                owner = concept if name.short == concept.label else by_id.get(name.short)
                if owner and name.span.text not in by_id:
                    found.setdefault(name.span.text, owner)
    return dict(sorted(found.items()))


def _long_forms(place: _Place, full: Mapping[str, Concept]) -> Iterator[Mention]:
    """区域全面经济伙伴关系 for RCEP: the full name of an abbreviation."""
    for form, concept in full.items():
        for match in re.finditer(re.escape(form), place.doc.text):
            yield place.mention(place.doc.span(*match.span()), concept, "long-form", "full-name")


def _shared_heads(place: _Place, concepts: Sequence[Concept]) -> Iterator[Mention]:
    """民营经济发展“30条”“23条”: a run of quoted numbers behind one head."""
    owners = {
        (head, quoted): concept
        for concept in concepts
        for entry in concept.entries
        if (found := re.fullmatch(r"([^“”]+)(“[^“”]+”)", entry.headword))
        and concept.label == found[1] + found[2][1:-1]
        for head, quoted in [found.groups()]
    }
    for head in sorted({head for head, _ in owners}):
        for match in re.finditer(f"{re.escape(head)}(?:{QUOTED})+", place.doc.text):
            for run in _MEASURE.finditer(place.doc.text, match.start(), match.end()):
                if concept := owners.get((head, run[0])):
                    yield place.mention(
                        place.doc.span(*run.span()), concept, "shared-head", "run-of-quoted-numbers"
                    )


def _marks(place: _Place, concepts: Sequence[Concept]) -> Iterator[Mention]:
    """［3］ in the body binds the words before it to the third entry of the document's glossary."""
    numbered = [
        (entry.definition.start, concept, entry)
        for concept in concepts
        for entry in concept.entries
        if entry.doc.id == place.doc.id and entry.glossary.context == Context.GLOSSARY
    ]
    if not numbered:
        return
    first = min(entry.glossary.heading.start for _, _, entry in numbered)
    by_number: dict[int, list[tuple[Concept, Entry]]] = defaultdict(list)
    for _, concept, entry in numbered:
        if entry.number is not None:
            by_number[entry.number].append((concept, entry))
    for mark in NOTE_MARK.finditer(place.doc.text, 0, first):
        for concept, entry in by_number.get(int(mark["n"]), ()):
            span = _words_before(place.doc, mark.start(), entry)
            if span and not any(
                m.span.start < span.end and span.start < m.span.end and m.concept == concept.id
                for m in place.core
            ):
                yield place.mention(span, concept, "mark", "note-mark")


def _words_before(doc: Document, end: int, entry: Entry) -> Span | None:
    """The words before a mark that share the most with the headword: at least its last two characters."""
    headword = re.sub("[“”]", "", entry.headword)
    window = doc.text[max(0, end - 40) : end]
    stop = max(window.rfind(mark) for mark in "，。；：\n") + 1
    clause = window[stop:]
    plain = re.sub("[“”]", "", clause)
    for size in range(len(headword), 1, -1):
        if plain.endswith(headword[-size:]):
            start = end - len(clause)
            taken = 0
            i = end
            while i > start and taken < size:
                i -= 1
                taken += doc.text[i] not in "“”"
            return doc.span(i, end)
    return None
