"""All entries → the concepts of the corpus, and the forms by which a text refers to them.

Each sense of a label is a concept. A component is one too, and a slogan that stands in quotation
marks and is never explained is a candidate.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.candidates import Slots, counted_names, doubtful_runs, is_emphasis, listed_parts
from kg.clues import Clues, Seen, Sought, find_clues, look_again
from kg.enumerations import find_listed
from kg.fullnames import full_names
from kg.model import Component, Concept, Document, Entry, Span
from kg.rules import unquoted
from kg.senses import Sense, as_concepts, find_senses

#: A head with a number in quotation marks: 民营经济发展“30条”.
MEASURED = re.compile(
    r"“[\d一二两三四五六七八九十百]+[条项件个款点]”$|[一二两三四五六七八九十\d][个大项条件种类]“"
)

OwnTerm = tuple[tuple[str, ...], tuple[str, ...]]  #: aliases and components of a term of one's own


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The concepts of a corpus and the forms by which its texts refer to them."""

    concepts: tuple[Concept, ...]
    forms: Mapping[str, tuple[str, ...]] = field(repr=False)  #: a form → the ids of its senses
    slots: Slots = field(repr=False)  #: group labels inside their definitions
    #: what tells the senses of a label apart, in the order of their ids; for labels with several
    senses: Mapping[str, Sequence[Sense]] = field(default_factory=dict, repr=False)

    def lean(self) -> Lexicon:
        """The lexicon without definitions and texts: all that finding mentions needs of it."""
        return replace(
            self,
            concepts=tuple(Concept(concept.id, concept.label) for concept in self.concepts),
            senses={form: [sense.lean() for sense in senses] for form, senses in self.senses.items()},
        )

    def slots_by_document(self) -> dict[str, list[tuple[int, int]]]:
        """Where the slots of each document that has any begin and end, in order."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for doc, start, end in sorted(self.slots):
            found[doc].append((start, end))
        return found


#: A second look at every document, in the order of the clues.
Look = Callable[[Sought], Iterable[Seen]]


def build_lexicon(
    documents: Sequence[Document],
    entries: Iterable[Entry],
    own: Mapping[str, OwnTerm] | None = None,
    given: Mapping[str, Sequence[Sense]] | None = None,
    clues: Sequence[Clues] | None = None,
    look: Look | None = None,
) -> Lexicon:
    """The concepts that entries define, their components, one's own terms, and what is never explained.

    `given` has the senses of the labels that a person splits. `clues` are those of the documents and `look` takes
    the second look at them, where others than this process have read them.

    >>> from kg.entries import find_entries
    >>> from kg.structure import find_glossaries
    >>> doc = Document("d", "做好“六稳”“六最”。\\n知识小贴士\\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。")
    >>> lexicon = build_lexicon([doc], [e for box in find_glossaries(doc) for e in find_entries(box)])
    >>> [(c.label, bool(c.entries), c.candidate) for c in lexicon.concepts if c.label[0] == "六"]
    [('六最', False, True), ('六稳', True, False)]
    """
    found = sorted(entries, key=lambda e: (e.doc.year or 0, e.doc.id, e.definition.start, e.label))
    own, given = own or {}, given or {}
    if clues is None:
        clues = tuple(_first_look(documents, found))
    hollow = _hollow_places(clues)
    senses = {
        label: find_senses(label, group, hollow.get(label, ()), given.get(label, ()))
        for label, group in _by_label(found).items()
    }
    defined = [concept for label, group in senses.items() for concept in as_concepts(label, group)]
    concepts = {concept.id: concept for concept in defined}
    labels = {concept.label for concept in defined}
    full = {name.short: (name.span.text,) for entry in reversed(found) for name in full_names(entry)}
    for component in sorted({c.span.text for e in found for c in e.components} - labels):
        concepts[component] = Concept(component, component, alt_labels=full.get(component, ()))
    forms: dict[str, list[str]] = defaultdict(list)
    for concept in defined:
        for form in _forms(concept):
            forms[form].append(concept.id)
    for term, (aliases, _) in own.items():
        concepts.setdefault(term, Concept(term, term, alt_labels=aliases, candidate=True))
        for form in (term, *aliases):
            forms[form] = forms[form] or [term]
    counted = counted_names(each.counted for each in clues)
    policies = {
        policy: written
        for each in clues
        for policy, written in each.policies.items()
        if not any(policy[i:] in labels for i in range(len(policy)))  # 支持 + a policy that is defined
    }
    runs: dict[str, bool] = {}
    for quoted in (run for each in clues for run in each.runs):
        runs[quoted.text] = runs.get(quoted.text, False) or quoted.named
    doubtful = doubtful_runs(run for each in clues for run in each.runs)
    seen = tuple((look or _second_look(documents))(Sought(doubtful, {*runs, *counted, *policies, *own})))
    said = Counter[str]()
    for each_seen in seen:
        said.update(each_seen.times)
    for word, times in doubtful.items():
        if is_emphasis(times, said[word]):
            del runs[word]
    runs |= dict.fromkeys((*counted, *policies), True)
    for run, names in sorted(runs.items()):
        if run in forms:
            continue
        if names or run in concepts:
            senses[run] = find_senses(run, (), hollow.get(run, ()), given.get(run, ())) or [Sense()]
            for concept in as_concepts(run, senses[run]):
                for form in dict.fromkeys((run, policies.get(run, run))):
                    forms[form].append(concept.id)
                concepts.setdefault(concept.id, concept)
        else:
            forms[run] = []  # takes part in the longest match and names nothing
    several = {label: group for label, group in senses.items() if len(group) > 1}
    # a list beside a label of several senses does not say whose it is
    unexplained = {c.label for c in concepts.values() if c.candidate and c.label not in several}
    lists = (row for each_seen in seen for row in each_seen.lists if row[0] in unexplained)
    listed = listed_parts(lists) | {label: parts for label, parts in counted.items() if parts}
    listed |= dict(_own_parts(documents, own))
    for label, parts in listed.items():
        concepts[label] = replace(concepts[label], parts=parts)
        for text in (part.span.text for part in parts):
            concepts.setdefault(text, Concept(text, text))
    return Lexicon(
        tuple(sorted(concepts.values(), key=lambda c: c.id)),
        {form: tuple(ids) for form, ids in sorted(forms.items())},
        frozenset().union(*(each.slots for each in clues)),
        several,
    )


def _first_look(documents: Sequence[Document], entries: Sequence[Entry]) -> Iterator[Clues]:
    own: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        own[entry.doc.id].append(entry)
    return (find_clues(doc, own[doc.id]) for doc in documents)


def _second_look(documents: Sequence[Document]) -> Look:
    return lambda sought: (look_again(doc, sought) for doc in documents)


def _hollow_places(clues: Sequence[Clues]) -> dict[str, list[Span]]:
    """Where labels that say nothing by themselves stand in quotation marks, the earliest first."""
    places: dict[str, list[Span]] = defaultdict(list)
    for each in sorted(clues, key=lambda each: (each.doc.year or 9999, each.doc.id)):
        for span in each.hollow:
            places[span.text].append(span)
    return places


def _own_parts(
    documents: Sequence[Document], own: Mapping[str, OwnTerm]
) -> Iterator[tuple[str, tuple[Component, ...]]]:
    """The components of one's own terms, where a text lists them."""
    for term, (_, components) in own.items():
        spans = (span for doc in documents for span in find_listed(doc, components))
        if span := next(spans, None):
            doc = span.doc
            starts = [doc.text.index(component, span.start) for component in components]
            yield (
                term,
                tuple(Component(doc.span(a, a + len(c))) for a, c in zip(starts, components, strict=True)),
            )


def _by_label(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.label, []).append(entry)
    return groups


def _forms(concept: Concept) -> Iterator[str]:
    """How texts write a core. One that names several cores in quotation marks is never matched: it would hide them."""
    if "“" not in concept.label:
        yield concept.label
    for entry in concept.entries:
        if unquoted(entry.headword) == concept.label != entry.headword and MEASURED.search(entry.headword):
            yield entry.headword
