"""All entries → the concepts of the corpus, and the forms by which a text refers to them.

A label is not a concept: definitions of one label whose components have nothing in common are
two senses. A component is a concept too, and a slogan that stands in quotation marks and is never
explained is a candidate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.candidates import Slots, counted_phrases, listed_parts, quoted_runs
from kg.enumerations import find_listed
from kg.model import Component, Concept, Document, Entry
from kg.numerals import parse_numeral

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


def build_lexicon(
    documents: Sequence[Document], entries: Iterable[Entry], own: Mapping[str, OwnTerm] | None = None
) -> Lexicon:
    """The concepts that entries define, their components, one's own terms, and what is never explained.

    >>> from kg.entries import find_entries
    >>> from kg.structure import find_glossaries
    >>> doc = Document("d", "做好“六稳”“六最”。\\n知识小贴士\\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。")
    >>> lexicon = build_lexicon([doc], [e for box in find_glossaries(doc) for e in find_entries(box)])
    >>> [(c.label, bool(c.entries), c.candidate) for c in lexicon.concepts if c.label[0] == "六"]
    [('六最', False, True), ('六稳', True, False)]
    """
    found = sorted(entries, key=lambda e: (e.doc.year or 0, e.doc.id, e.definition.start, e.label))
    defined = [concept for label, group in _by_label(found).items() for concept in _senses(label, group)]
    slots = frozenset(_slots(found))
    concepts = {concept.id: concept for concept in defined}
    labels = {concept.label for concept in defined}
    for component in sorted({c.span.text for e in found for c in e.components} - labels):
        concepts[component] = Concept(component, component)
    forms: dict[str, list[str]] = defaultdict(list)
    for concept in defined:
        for form in _forms(concept):
            forms[form].append(concept.id)
    for term, (aliases, _) in (own or {}).items():
        concepts.setdefault(term, Concept(term, term, alt_labels=aliases, candidate=True))
        for form in (term, *aliases):
            forms[form] = forms[form] or [term]
    counted = counted_phrases(documents)
    runs = quoted_runs(documents, found, slots) | dict.fromkeys(counted, True)
    for run, names in sorted(runs.items()):
        if run in forms:
            continue
        if names or run in concepts:
            forms[run].append(run)
            concepts.setdefault(run, Concept(run, run, candidate=True))
        else:
            forms[run] = []  # takes part in the longest match and names nothing
    unexplained = [concept.label for concept in concepts.values() if concept.candidate]
    listed = listed_parts(documents, unexplained) | counted | dict(_own_parts(documents, own or {}))
    for label, parts in listed.items():
        concepts[label] = replace(concepts[label], parts=parts)
        for text in (part.span.text for part in parts):
            concepts.setdefault(text, Concept(text, text))
    return Lexicon(
        tuple(sorted(concepts.values(), key=lambda c: c.id)),
        {form: tuple(ids) for form, ids in sorted(forms.items())},
        slots,
    )


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


def _senses(label: str, entries: Sequence[Entry]) -> Iterator[Concept]:
    """One concept for each sense: two definitions are of two senses when both list components and share none."""
    senses: list[list[Entry]] = []
    for entry in entries:
        home = next((sense for sense in senses if all(_compatible(entry, other) for other in sense)), None)
        if home is None:
            senses.append([entry])
        else:
            home.append(entry)
    for i, sense in enumerate(senses):
        qualifier = _qualifier(sense[0]) if len(senses) > 1 else None
        names = [name for entry in sense for name in (entry.headword, *entry.variants)]
        alternatives = tuple(dict.fromkeys(name for name in names if label not in (name, _plain(name))))
        hidden = dict.fromkeys(_plain(name) for name in alternatives if _plain(name) != name)
        yield Concept(
            id=label if i == 0 else f"{label}（{qualifier}）",
            label=label,
            alt_labels=alternatives,
            hidden_labels=tuple(name for name in hidden if name not in (*alternatives, label)),
            qualifier=qualifier,
            entries=tuple(sense),
        )


def _compatible(one: Entry, other: Entry) -> bool:
    """Whether two definitions of a label can be of one sense: by their components, else by their nouns."""
    mine, theirs = ({c.span.text for c in e.components} for e in (one, other))
    if mine and theirs:
        return any(len(min(a, b, key=len)) > 1 and (a in b or b in a) for a in mine for b in theirs)
    nouns = [entry.headword.rpartition("”")[2] for entry in (one, other) if "”" in entry.headword]
    return len(nouns) < 2 or not all(nouns) or bool(set(nouns[0]) & set(nouns[1]))


def _qualifier(entry: Entry) -> str:
    """What tells a sense from its homonyms: its first components, or how its definition begins."""
    if entry.components:
        return "、".join(c.span.text for c in entry.components[:2])
    return re.split("[，。；：、]", entry.definition.text)[0][:12]


def _plain(name: str) -> str:
    return re.sub("[“”「」『』]", "", name)


def _forms(concept: Concept) -> Iterator[str]:
    """How texts write a core. One that names several cores in quotation marks is never matched: it would hide them."""
    if "“" not in concept.label:
        yield concept.label
    for entry in concept.entries:
        if _plain(entry.headword) == concept.label != entry.headword and MEASURED.search(entry.headword):
            yield entry.headword


def _slots(entries: Iterable[Entry]) -> Iterator[tuple[str, int, int]]:
    """Where group labels (两山 of 两山七河一流域) and digit labels stand inside the definition of their slogan."""
    for entry in entries:
        parts = {part.text for part in parse_numeral(entry.label).parts} if len(entry.readings) else set()
        for part in parts - {entry.label}:
            for match in re.finditer(re.escape(part), entry.definition.text):
                start = entry.definition.start + match.start()
                yield entry.doc.id, start, start + len(part)
