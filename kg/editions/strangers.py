"""A report that the build has never seen → its sections, its own definitions, and the terms of the build in it.

The definitions of the build become entries again, in the documents that give them, and stand in one lexicon with the
report's own: what is a mention is then decided as in any build. Only labels that the report has are read back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.cards import Group, Part
from kg.editions.meanings import of_terms
from kg.editions.places import NAMING
from kg.editions.records import Meaning, Term
from kg.editions.texts import read_text
from kg.errors import KgError
from kg.glosses import glossed
from kg.lexicon import OwnTerm, build_lexicon
from kg.lookup import LABELS
from kg.mentions import find_mentions, make_finder
from kg.model import Component, Concept, Context, Document, Entry, Glossary, Kind, Section, Voice
from kg.readings import Said
from kg.references import find_references, make_register
from kg.rules import unquoted
from kg.store import select
from kg.surveys import survey
from kg.views import DEFINITIONS, slots_by_definition


@dataclass(frozen=True, slots=True)
class Stranger:
    """What was read of the report; keys are IRIs of the build, or labels that only the report has."""

    sections: Sequence[Section]
    glossaries: Sequence[Glossary]
    said: Sequence[Said]
    terms: Mapping[str, Term]
    own: Mapping[str, Sequence[Meaning]]


def read_stranger(
    store: Store, output: Path, doc: Document, documents: Mapping[str, Mapping[str, Any]]
) -> Stranger:
    """What a document says that is not in the build; `documents` are those of the build, by id."""
    own = survey(doc)
    labels = _labels(store)
    given = list(_entries(store, output, doc, documents, labels))
    iris = {id(entry): iri for iri, entry in given}
    unexplained = _candidates(store, doc, labels)
    entries = [*own.entries, *(entry for _, entry in given)]
    lexicon = build_lexicon([doc], entries, unexplained, clues=[own.clues])
    mentions = find_mentions(doc, make_finder(lexicon), own.sections, own.glossaries)
    named = [mention for mention in mentions if mention.concept]
    register, slots = make_register(lexicon.concepts)
    others = find_references(doc, register, named, own.sections, own.glossaries, slots.get(doc.id))
    every = [mention for mention in (*named, *others) if mention.kind in NAMING]
    concepts = {each.id: each for each in glossed(lexicon.concepts, every)}
    by_label = {core: iri for iri, (core, *_) in labels.items()}
    keys = {
        each.id: next((iris[id(entry)] for entry in each.entries if id(entry) in iris), None)
        or (by_label.get(each.label) if not each.entries else None)
        or each.id
        for each in concepts.values()
    }
    terms = {
        keys[each.id]: _term(each, keys[each.id], labels, each.candidate or each.label in unexplained)
        for each in concepts.values()
        if each.entries or each.candidate or each.label in unexplained
    }
    meanings: defaultdict[str, list[Meaning]] = defaultdict(list)
    for concept in concepts.values():
        for entry in concept.entries:
            if entry.doc is doc:
                meanings[keys[concept.id]].append(_meaning(entry))
    said = [
        Said(each.span.start, each.span.end, each.kind, (keys[each.concept],))
        for each in every
        if keys[each.concept] in terms
    ]
    return Stranger(own.sections, own.glossaries, said, terms, dict(meanings))


def _term(
    concept: Concept, key: str, labels: Mapping[str, tuple[str, str, Sequence[str]]], candidate: bool
) -> Term:
    known = labels.get(key)
    return Term(key, known[1] if known else concept.label, key if known else None, candidate)


def _labels(store: Store) -> dict[str, tuple[str, str, Sequence[str]]]:
    """The core of each term's label, the label itself, which of a homonym has a qualifier behind, and its other names."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    preferred: dict[str, str] = {}
    for row in select(store, LABELS):
        preferred[row["term"]] = row["preferred"]
        if row["kind"] in ("preferred", "alternative"):
            names[row["term"]].append(row["label"])
    return {
        iri: (
            max((name for name in names[iri] if label.startswith(f"{name}（")), key=len, default=label),
            label,
            names[iri],
        )
        for iri, label in preferred.items()
    }


def _candidates(
    store: Store, doc: Document, labels: Mapping[str, tuple[str, str, Sequence[str]]]
) -> dict[str, OwnTerm]:
    """The slogans of the build that nobody explains, where the report has their letters."""
    rows = select(store, "SELECT DISTINCT ?term WHERE { ?term kg:candidate true }")
    cores = sorted({labels[row["term"]][0] for row in rows if row["term"] in labels})
    return {core: ((), ()) for core in cores if core in doc.text}


def _entries(
    store: Store,
    output: Path,
    doc: Document,
    documents: Mapping[str, Mapping[str, Any]],
    labels: Mapping[str, tuple[str, str, Sequence[str]]],
) -> Iterator[tuple[str, Entry]]:
    """The definitions of the build whose terms the report could name, as entries, with the IRIs of their terms."""
    texts: dict[str, Document] = {}
    plain = unquoted(doc.text)
    near = set()
    for row in select(store, _DEFINED):
        core, _, names = labels[row["term"]]
        head = (row["headword"] or "").partition("“")[0]
        if any(unquoted(name) in plain for name in (core, *names)) or (len(head) > 1 and head in plain):
            near.add(row["term"])
    if not near:
        return
    slots = {name: rows for term in near for name, rows in slots_by_definition(store, term).items()}
    for row in sorted(
        select(store, of_terms(DEFINITIONS, near)),
        key=lambda row: (row["document"], row["start"], row["definition"]),
    ):
        core = labels[row["term"]][0]
        if row["document"] not in texts:
            texts[row["document"]] = _document(output, documents[row["document"]])
        given = texts[row["document"]]
        yield (
            row["term"],
            _entry(given, core, row["headword"] or core, row, slots.get(row["definition"], [])),
        )


_DEFINED = """
SELECT DISTINCT ?term ?headword WHERE {
  ?definition kg:defines ?term ; kg:start ?start .
  OPTIONAL { ?definition kg:headword ?headword }
}
"""


def _document(output: Path, row: Mapping[str, Any]) -> Document:
    facts = {each.name for each in fields(Document)} & row.keys() - {"id", "kind"}
    told = {name: row[name] for name in facts}
    return Document(row["id"], read_text(output, row["id"]), kind=Kind(row["kind"]), **told)


def _entry(
    doc: Document, label: str, headword: str, row: Mapping[str, Any], slots: Sequence[Mapping[str, Any]]
) -> Entry:
    definition = doc.span(row["start"], row["end"])
    if definition.text != row["text"]:
        raise KgError(f"{doc.id}: its text is not the one that was built; run `kg build` again")
    voice = Voice(row["voice"] or Voice.TEXT)
    context = Context.GLOSSARY if voice is Voice.GOVERNMENT else Context.BOX
    stated = row["headwordStart"]
    return Entry(
        label=label,
        headword=headword,
        headword_span=None if stated is None else doc.span(stated, row["headwordEnd"]),
        definition=definition,
        components=tuple(
            Component(doc.span(slot["start"], slot["end"]), slot["group"])
            for slot in slots
            if slot["start"] is not None and slot["end"] is not None
        ),
        numeral=row["numeral"],
        readings=tuple(int(reading) for reading in (row["readings"] or "").split()),
        expected=row["expected"],
        agrees=None,
        dates=(),
        origin=None,
        glossary=Glossary(definition, definition, context, voice, row["box"]),
        voice=voice,
        rule=row["rule"] or "",
        split_rule=None,
    )


def _meaning(entry: Entry) -> Meaning:
    groups: list[Group] = []
    for component in entry.components:
        gloss = component.definition.text if component.definition else None
        part = Part(component.span.text, gloss, None)
        if groups and groups[-1].name == component.group:
            groups[-1] = Group(component.group, (*groups[-1].parts, part))
        else:
            groups.append(Group(component.group, (part,)))
    doc, headword = entry.doc, entry.headword_span
    return Meaning(
        text=entry.definition.text,
        voice=str(entry.voice),
        document=doc.id,
        title=doc.title or doc.id,
        year=doc.year,
        start=entry.definition.start,
        end=entry.definition.end,
        headword=entry.headword,
        headword_start=headword.start if headword else None,
        numeral=entry.numeral,
        agrees=entry.agrees,
        groups=tuple(groups),
    )
