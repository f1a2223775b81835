"""Concepts to SKOS: the scheme, its terms, their labels, and which slogan counts which components."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.curated.names import full_label
from kg.model import Component, Concept, Corpus, Decision, Entry, Kind, Mention
from kg.namespaces import DCTERMS, ISOTHES, OWL, RDF, RDFS, SKOS
from kg.numerals import parse_numeral
from kg.statements import PINYIN, NamedGraph, chinese, english, plain, quoted, state
from kg.vocab import KG, Iris

Place = tuple[str, int, int]  #: a document with two offsets


class Names:
    """Which concepts bear a name: all that one document must know of the others to say what its lists name."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._labelled: defaultdict[str, set[str]] = defaultdict(set)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        self.preferred: dict[str, str] = {}  #: the preferred label of each concept, by its id
        for concept in concepts:
            self.preferred[concept.id] = full_label(concept)
            self._labelled[concept.label].add(concept.id)
            for name in (*concept.alt_labels, *concept.hidden_labels):
                self._called[name].add(concept.id)

    def facts(self) -> Iterator[tuple[str, object]]:
        """Nothing that goes by words: what the lists of a document name is told of the document."""
        return iter(())

    def concept(self, component: Component, said: Mapping[Place, str]) -> str | None:
        """The concept that is said there, else the only one of that name; None where several could be."""
        span = component.span
        mentioned = said.get((span.doc.id, span.start, span.end))
        if mentioned is not None:
            return mentioned
        for names in (self._labelled, self._called):  # a label goes before another concept's other name
            if called := names.get(span.text):
                return next(iter(called)) if len(called) == 1 else None
        return None

    def counted(
        self, lists: Iterable[tuple[str, Sequence[Component]]], said: Mapping[Place, str]
    ) -> Iterator[tuple[str, str]]:
        """Each concept with each that its list counts."""
        for whole, components in lists:
            for component in components:
                if (part := self.concept(component, said)) is not None:
                    yield whole, part


def said_by_name(mentions: Iterable[Mention]) -> dict[Place, str]:
    """Where which concept is said by its name; what only lists its components names none."""
    return {(m.span.doc.id, m.span.start, m.span.end): m.concept for m in mentions if m.kind == "core"}


def add_vocabulary(graph: NamedGraph, corpus: Corpus, parts: Mapping[str, Iterable[str]], iris: Iris) -> None:
    """Add the concept scheme and its terms to `graph`; `parts` are the components of each by all lists."""
    state(
        graph,
        iris.scheme,
        (RDF.type, SKOS.ConceptScheme),
        *(
            (name, chinese("政策术语表")) for name in (DCTERMS.title, RDFS.label)
        ),  # tools look for one or the other
        *((name, english("Glossary of policy terms")) for name in (DCTERMS.title, RDFS.label)),
    )
    own = own_definitions(corpus)
    for concept in corpus.concepts:
        _term(graph, concept, iris, shown=concept.id not in own)
    narrower = _narrower(parts)
    for whole, below in narrower.items():
        for part in below:
            _part(graph, iris.term(whole), iris.term(part))
    inner = {part for below in narrower.values() for part in below}
    for concept in corpus.concepts:
        if concept.id not in inner:
            state(graph, iris.term(concept.id), (SKOS.topConceptOf, iris.scheme))
            state(graph, iris.scheme, (SKOS.hasTopConcept, iris.term(concept.id)))
    _gone(graph, corpus, iris)


def _gone(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """Terms that the corpus no longer has, so that a link to one does not lead nowhere.

    Each is a `skos:Concept` with `owl:deprecated`, as Skosmos and others know it, and no `kg:Term`: it has no place
    in the hierarchy, and no search, list or count has it.
    """
    labels = Counter(row.label for row in corpus.identifiers)
    for row in corpus.identifiers:
        if row.gone:
            qualifier = f"（{row.qualifier}）" if row.qualifier and labels[row.label] > 1 else ""
            state(
                graph,
                iris.term(row.id),
                (RDF.type, SKOS.Concept),
                (SKOS.inScheme, iris.scheme),
                (SKOS.prefLabel, chinese(row.label + qualifier)),
                (OWL.deprecated, plain(True)),
                (DCTERMS.isReplacedBy, None if row.replaced_by is None else iris.term(row.replaced_by)),
            )


def own_definitions(corpus: Corpus) -> dict[str, tuple[str, Decision]]:
    """The definitions that a person gives, with the decision, by the ids of their concepts."""
    return {
        verdict.terms[0]: (verdict.decision.definition, verdict.decision)
        for verdict in corpus.verdicts
        if verdict.stands and verdict.decision.do in ("add", "definition") and verdict.decision.definition
    }


def _term(graph: NamedGraph, concept: Concept, iris: Iris, shown: bool) -> None:
    """A term with its labels; its definition for show, unless a person gives another one."""
    term = iris.term(concept.id)
    label, also = concept.label, list(concept.alt_labels)
    if concept.qualifier is not None:
        # two concepts of a scheme must not share a preferred label; the bare one still finds both
        also.append(label)
        label = f"{label}（{concept.qualifier}）"
    # no label is of two sorts (SKOS Reference, S13)
    alternative = set(also) - {label}
    hidden = set(concept.hidden_labels) - alternative - {label}
    newest = _newest(concept) if shown else None
    state(
        graph,
        term,
        (RDF.type, KG.Term),
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, iris.scheme),
        (SKOS.prefLabel, chinese(label)),
        *((SKOS.altLabel, chinese(text)) for text in alternative),
        *((SKOS.hiddenLabel, chinese(text)) for text in hidden),
        *((SKOS.hiddenLabel, _pinyin(text)) for text in (concept.label, *concept.alt_labels)),
        (SKOS.definition, None if newest is None else chinese(newest.definition.text)),
        (KG.candidate, plain(True) if concept.candidate else None),
        (KG.numeral, plain(parse_numeral(concept.label).formula) if concept.candidate else None),
    )


def _newest(concept: Concept) -> Entry | None:
    """The definition for tools that show one: of a full text rather than a digest, then the newest."""
    return min(
        concept.entries,
        key=lambda entry: (
            entry.doc.kind is Kind.ABRIDGEMENT,
            -(entry.doc.year or 0),
            entry.doc.id,
            entry.definition.start,
        ),
        default=None,
    )


def _pinyin(label: str) -> str | None:
    """The label in pinyin, for search only: a character with several readings may get the wrong one."""
    from pypinyin.core import Pinyin

    spelling = " ".join(syllable for word in Pinyin().seg(label) for syllable in _syllables(word))
    return None if spelling == label else f"{quoted(spelling)}@{PINYIN}"


@lru_cache(1 << 16)  # labels are made of the same words again and again
def _syllables(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


def _narrower(parts: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Slogan to components, over all its lists; a step that would close a circle is left out.

    Concepts are taken in the order of their ids, so that the order of reading decides nothing; nor does
    the order of the parts of one, as none of them opens a way back to another.
    """
    narrower: defaultdict[str, set[str]] = defaultdict(set)
    for whole in sorted(parts):
        narrower[whole].update(part for part in parts[whole] if not _reaches(narrower, part, whole))
    return narrower


def _reaches(narrower: dict[str, set[str]], start: str, goal: str) -> bool:
    """Whether `goal` is `start` or lies below it."""
    below, seen = [start], {start}
    while below:
        here = below.pop()
        if here == goal:
            return True
        fresh = narrower.get(here, set()) - seen
        seen |= fresh
        below.extend(fresh)
    return False


def _part(graph: NamedGraph, whole: str, part: str) -> None:
    """All four statements: tools that know only SKOS do not infer the core ones from ISO 25964's."""
    state(graph, whole, (ISOTHES.narrowerPartitive, part), (SKOS.narrower, part))
    state(graph, part, (ISOTHES.broaderPartitive, whole), (SKOS.broader, whole))
