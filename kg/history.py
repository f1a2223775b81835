"""Mentions → the state of each term in each year: listed unnamed, named with its parts, named alone, absent, unknown.

A year is a report's year. Only full texts count: an abridgement adds nothing, and absence from it
proves nothing. “First appears” means the first year that is neither absent nor unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.automata import Automaton
from kg.enumerations import find_listed
from kg.model import Concept, Context, Document, Glossary, Kind, Mention, Presence, Section, State


class Listings:
    """The lists of components of all slogans, ready to be looked for. It holds no texts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        keyed: defaultdict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
        for concept in sorted(concepts, key=lambda c: c.id):
            for components in sorted(component_lists(concept)):
                longest = min(components, key=lambda c: (-len(c), c))
                keyed[longest].append((concept.id, concept.label, components))
        self._keys = sorted(keyed)
        self._lists = [keyed[key] for key in self._keys]
        self._automaton = Automaton(self._keys)

    def facts(self) -> Iterator[tuple[str, object]]:
        """The lists behind the component that is looked for first."""
        yield from zip(self._keys, self._lists, strict=True)

    def find(
        self, doc: Document, sections: Sequence[Section] = (), glossaries: Sequence[Glossary] = ()
    ) -> Iterator[Mention]:
        """Where a text lists all components of a slogan in one enumeration, as mentions of kind “listed”.

        The list inside of an explanation is its definition and no listing. Sections and glossaries are the document's.
        """
        boxes = [glossary.span for glossary in glossaries]
        for number in sorted({number for _, _, number in self._automaton.find(doc.text)}):
            for concept, label, components in self._lists[number]:
                for span in find_listed(doc, components):
                    if any(span in box for box in boxes):
                        continue
                    around = (s for s in reversed(sections) if s.span.start <= span.start < s.span.end)
                    section = next(around, None)
                    yield Mention(span, label, concept, Context.BODY, section, "listed", "listed")


def component_lists(concept: Concept) -> set[tuple[str, ...]]:
    """The lists of components that the corpus gives of a slogan, of two or more with two or more characters."""
    lists = [entry.components for entry in concept.entries] + [concept.parts]
    texts = {tuple(c.span.text for c in components) for components in lists}
    return {t for t in texts if len(t) > 1 and all(len(c) > 1 for c in t)}


def find_states(
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    mentions: Iterable[Mention],
    undecided: Iterable[Mention] = (),
) -> tuple[State, ...]:
    """The state of every term in every year of the corpus, from the first report to the last.

    Where a label stands in a year and it is not decided whether it means the term or a homonym, the state
    of both is unknown.
    """
    years = _full_texts(documents)
    if not years:
        return ()
    seen: dict[tuple[str, int], dict[str, set[str]]] = defaultdict(dict)  # kinds of mentions by document
    for mention in mentions:
        doc = mention.span.doc
        if doc.kind != Kind.ABRIDGEMENT and doc.year is not None:
            seen[mention.concept, doc.year].setdefault(doc.id, set()).add(mention.kind)
    defined = {
        (concept.id, entry.doc.year) for concept in concepts for entry in concept.entries if entry.components
    }
    doubtful = {(sense, m.span.doc.year) for m in undecided for sense in m.senses}
    span = range(min(years), max(years) + 1)
    unsaid = {year: Presence.ABSENT if year in years else Presence.UNKNOWN for year in span}
    said: dict[str, dict[int, State]] = defaultdict(dict)
    for concept_id, year in doubtful:
        if year is not None:
            said[concept_id][year] = State(concept_id, year, Presence.UNKNOWN, years.get(year, ()))
    for (concept_id, year), kinds in seen.items():
        if presence := _presence(set().union(*kinds.values()), (concept_id, year) in defined):
            telling = sorted(doc_id for doc_id, here in kinds.items() if here & _TELLING)
            said[concept_id][year] = State(concept_id, year, presence, tuple(telling))
    nothing: dict[int, State] = {}
    return tuple(
        said.get(concept.id, nothing).get(year) or State(concept.id, year, unsaid[year], years.get(year, ()))
        for concept in concepts
        for year in span
    )


def _full_texts(documents: Sequence[Document]) -> dict[int, tuple[str, ...]]:
    years: dict[int, list[str]] = defaultdict(list)
    for doc in documents:
        if doc.kind != Kind.ABRIDGEMENT and doc.year is not None:
            years[doc.year].append(doc.id)
    return {year: tuple(sorted(ids)) for year, ids in sorted(years.items())}


#: The kinds of mentions that say how a term stands; one that is nothing but a component has a kind of its own.
_TELLING = {"core", "component", "listed"}


def _presence(kinds: set[str], defined: bool) -> Presence | None:
    """By the kinds of its mentions in a year how a term stands there; None where none of them says so."""
    if "core" in kinds or "component" in kinds:
        return Presence.NAMED_WITH_PARTS if "listed" in kinds or defined else Presence.NAMED
    return Presence.LISTED if "listed" in kinds else None
