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

from kg.automata import Automaton
from kg.candidates import quotations
from kg.cleaning import paragraphs
from kg.fullnames import full_names
from kg.model import Concept, Context, Document, Glossary, Mention, Section, Span
from kg.numerals import parse_numeral
from kg.rules import NOTE_MARK, QUOTED
from kg.words import is_whole

_MEASURE = re.compile(rf"(?<=”){QUOTED}")
_NUMBERS = re.compile(f"(?:{QUOTED})+")
_WHOLE = 4  #: characters from which a component is told by the words at its edges


@dataclass(frozen=True, slots=True)
class Name:
    """A concept, by what a reference says of it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry of a numbered glossary, to which marks in the text lead."""

    number: int | None
    name: Name
    headword: str
    heading: int  #: where its glossary begins


@dataclass(frozen=True, slots=True)
class Own:
    """What the concepts of a corpus have in one document."""

    slots: frozenset[tuple[int, int]] = frozenset()  #: where components stand in the list of their slogan
    numbered: tuple[Numbered, ...] = ()

    def in_values(self) -> object:
        """All of it in values that show it, the same for the same."""
        return sorted(self.slots), self.numbered


@dataclass(frozen=True, slots=True)
class Register:
    """By what the concepts of a corpus are referred to beside their names. It holds no texts."""

    components: tuple[Name, ...]  #: in the order of their automaton
    parents: tuple[frozenset[str], ...]  #: of each, the ids of the concepts that list it
    parts: Mapping[
        str, tuple[tuple[str, Name], ...]
    ]  #: a part of a slogan → the nouns behind it, and whose they are
    full: tuple[tuple[str, Name], ...]  #: full names and whose they are, in the order of their automaton
    heads: Mapping[tuple[str, str], Name]  #: a head and a number in quotation marks
    find_components: Automaton
    find_full: Automaton
    find_heads: Automaton

    def facts(self) -> Iterator[tuple[str, object]]:
        """What each component, part, full name and head stands for. What is of one document, its row has to say."""
        for name, parents in zip(self.components, self.parents, strict=True):
            yield name.label, (name.id, sorted(parents))
        for part, nouns in self.parts.items():
            yield part, [(noun, name.id, name.label) for noun, name in nouns]
        for text, name in self.full:
            yield text, (name.id, name.label)
        for (head, number), name in self.heads.items():
            yield f"{head}“", (number, name.id, name.label)


def make_register(concepts: Sequence[Concept]) -> tuple[Register, Mapping[str, Own]]:
    """The register of a corpus, made once for all documents, and what of it concerns single ones, by their ids."""
    names = {concept.id: Name(concept.id, concept.label) for concept in concepts}
    plain = {c.label: names[c.id] for c in concepts if not c.entries and not c.candidate}
    parents: defaultdict[str, set[str]] = defaultdict(set)
    slots: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    numbered: defaultdict[str, list[Numbered]] = defaultdict(list)
    for concept in concepts:
        for component in (*concept.parts, *(c for e in concept.entries for c in e.components)):
            span = component.span
            parents[span.text].add(concept.id)
            slots[span.doc.id].add((span.start, span.end))
        for entry in concept.entries:
            if entry.glossary.context == Context.GLOSSARY:
                numbered[entry.doc.id].append(
                    Numbered(entry.number, names[concept.id], entry.headword, entry.glossary.heading.start)
                )
    components = {label: plain[label] for label in sorted(parents) if label in plain and len(label) > 1}
    full, heads = _full_names(concepts, names), _shared_heads(concepts, names)
    register = Register(
        tuple(components.values()),
        tuple(frozenset(parents[label]) for label in components),
        _parts(concepts, names),
        tuple(full.items()),
        heads,
        Automaton(components, longest=True),
        Automaton(full),
        Automaton(dict.fromkeys(f"{head}“" for head, _ in heads)),
    )
    own = {i: Own(frozenset(slots[i]), tuple(numbered[i])) for i in slots.keys() | numbered.keys()}
    return register, own


@dataclass(frozen=True, slots=True)
class _Place:
    """A document with what has been found in it so far."""

    doc: Document
    core: Sequence[Mention]
    sections: Sequence[Section]
    glossaries: Sequence[Glossary]
    own: Own

    def mention(self, span: Span, concept: Name, kind: str, rule: str) -> Mention:
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
    doc: Document,
    register: Register,
    mentions: Iterable[Mention],
    sections: Sequence[Section] = (),
    glossaries: Sequence[Glossary] = (),
    own: Own | None = None,
) -> Iterator[Mention]:
    """The references of a document that are not occurrences of a core; all else that is given is of this document."""
    core = [mention for mention in mentions if mention.kind == "core"]
    place = _Place(doc, core, sections, glossaries, own or Own())
    long_forms = list(_long_forms(place, register))
    yield from long_forms
    for mention in _components(place, register):
        if not any(mention.span in other.span for other in long_forms):  # 承诺制 in its full name
            yield mention
    yield from _quoted_parts(place, register)
    yield from _runs_behind_heads(place, register)
    yield from _marks(place)


def _components(place: _Place, register: Register) -> Iterator[Mention]:
    """A component near its slogan, or one that is whole words of the sentence."""
    doc = place.doc
    bounds = list(paragraphs(doc.text))
    starts = [start for start, _ in bounds]
    for start, end, number in register.find_components.find(doc.text):
        if (start, end) in place.own.slots or place.is_taken(start, end):
            continue
        name, paragraph = register.components[number], bounds[bisect_right(starts, start) - 1]
        if _is_near(place, paragraph, register.parents[number]):
            yield place.mention(doc.span(start, end), name, "component", "near-slogan")
        elif end - start >= _WHOLE and is_whole(doc.text, start, end):
            yield place.mention(doc.span(start, end), name, "component", "whole-words")


def _is_near(place: _Place, paragraph: tuple[int, int], parents: frozenset[str]) -> bool:
    first = bisect_right(place.core, paragraph[0] - 1, key=lambda m: m.span.start)
    for mention in place.core[first:]:
        if mention.span.start >= paragraph[1]:
            return False
        if mention.concept in parents:
            return True
    return False


def _parts(concepts: Sequence[Concept], names: Mapping[str, Name]) -> dict[str, tuple[tuple[str, Name], ...]]:
    """The numbered parts of slogans with the nouns of their headwords, where they are of one concept alone."""
    owners: defaultdict[tuple[str, str], dict[str, Name]] = defaultdict(dict)
    for concept in concepts:
        for entry in concept.entries:
            numeral = parse_numeral(concept.label)
            noun = entry.headword.rpartition("”")[2] if "”" in entry.headword else ""
            if noun and len(numeral.parts) > 1:
                for part in numeral.parts:
                    owners[part.text, noun][concept.id] = names[concept.id]
    parts: defaultdict[str, list[tuple[str, Name]]] = defaultdict(list)
    for (text, noun), found in owners.items():
        if len(found) == 1:
            parts[text].append((noun, next(iter(found.values()))))
    return {text: tuple(nouns) for text, nouns in parts.items()}


def _quoted_parts(place: _Place, register: Register) -> Iterator[Mention]:
    """“三制”改革 for “三化三制”改革: a quoted part of a slogan before the noun of its headword."""
    for run in quotations(place.doc) if register.parts else ():
        for noun, owner in register.parts.get(run.text, ()):
            if place.doc.text.startswith(noun, run.end + 1):
                yield place.mention(run, owner, "part", "quoted-part-with-noun")


def _full_names(concepts: Sequence[Concept], names: Mapping[str, Name]) -> dict[str, Name]:
    """The full names that definitions give, and the concepts they are names of."""
    found: dict[str, Name] = {}
    for concept in concepts:
        for entry in concept.entries:
            for name in full_names(entry):
                owner = names[concept.id] if name.short == concept.label else names.get(name.short)
                if owner and name.span.text not in names:
                    found.setdefault(name.span.text, owner)
    return dict(sorted(found.items()))


def _long_forms(place: _Place, register: Register) -> Iterator[Mention]:
    """区域全面经济伙伴关系 for RCEP: the full name of an abbreviation."""
    for start, end, number in register.find_full.find(place.doc.text):
        yield place.mention(place.doc.span(start, end), register.full[number][1], "long-form", "full-name")


def _shared_heads(concepts: Sequence[Concept], names: Mapping[str, Name]) -> dict[tuple[str, str], Name]:
    """Heads with a number in quotation marks, as headwords have them: 民营经济发展“30条”."""
    return {
        (found[1], found[2]): names[concept.id]
        for concept in concepts
        for entry in concept.entries
        if (found := re.fullmatch(r"([^“”]+)(“[^“”]+”)", entry.headword))
        and concept.label == found[1] + found[2][1:-1]
    }


def _runs_behind_heads(place: _Place, register: Register) -> Iterator[Mention]:
    """民营经济发展“30条”“23条”: a run of quoted numbers behind one head."""
    text = place.doc.text
    for start, end, _ in register.find_heads.find(text):
        head = text[start : end - 1]
        numbers = _NUMBERS.match(text, end - 1)
        for run in _MEASURE.finditer(text, end - 1, numbers.end()) if numbers else ():
            if name := register.heads.get((head, run[0])):
                yield place.mention(place.doc.span(*run.span()), name, "shared-head", "run-of-quoted-numbers")


def _marks(place: _Place) -> Iterator[Mention]:
    """［3］ in the body binds the words before it to the third entry of the document's glossary."""
    if not place.own.numbered:
        return
    first = min(entry.heading for entry in place.own.numbered)
    by_number: dict[int, list[Numbered]] = defaultdict(list)
    for entry in place.own.numbered:
        if entry.number is not None:
            by_number[entry.number].append(entry)
    for mark in NOTE_MARK.finditer(place.doc.text, 0, first):
        for entry in by_number.get(int(mark["n"]), ()):
            span = _words_before(place.doc, mark.start(), entry.headword)
            if span and not any(
                m.span.start < span.end and span.start < m.span.end and m.concept == entry.name.id
                for m in place.core
            ):
                yield place.mention(span, entry.name, "mark", "note-mark")


def _words_before(doc: Document, end: int, headword: str) -> Span | None:
    """The words before a mark that share the most with the headword: at least its last two characters."""
    headword = re.sub("[“”]", "", headword)
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
