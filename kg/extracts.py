"""What one document says, as its named graph: made of its own records and of the names that concepts bear.

Any process can make it, in any order; what other graphs need of it comes with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.annotations import Annotations, each_mention
from kg.model import Component, Corpus, Document, Entry, Glossary, Kind, Mention, Section, Span
from kg.namespaces import BIBO, DCTERMS, PROV, RDF, SDO, XSD, named
from kg.paragraphs import bare, in_order
from kg.parquet import Row
from kg.places import Places, in_quotes
from kg.slots import Slots, offsets
from kg.statements import NamedGraph, Statement, chinese, date, plain, state, typed
from kg.tallies import Tally
from kg.terms import Names, Place, said_by_name
from kg.traces import in_values
from kg.vocab import KG, Iris


@dataclass(frozen=True, slots=True)
class Records:
    """What was read from one document; entries and lists of components with the ids of their concepts."""

    doc: Document
    sections: list[Section] = field(default_factory=list)
    glossaries: list[Glossary] = field(default_factory=list)
    entries: list[tuple[str, Entry]] = field(default_factory=list)
    lists: list[tuple[str, Sequence[Component]]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    open: list[Mention] = field(default_factory=list)  #: mentions whose sense nothing decides


@dataclass(frozen=True, slots=True)
class Extract:
    """The named graph of one document as text, and what else follows from the document."""

    name: str  #: of the graph
    text: str  #: its paragraphs, sorted
    size: int  #: how many statements it has
    paragraphs: Sequence[tuple[str, str]]  #: by subject; those of mentions are left out
    curated: Sequence[tuple[str, Sequence[Statement]]]  #: what a person put into its lists
    tally: Tally
    rows: Sequence[
        Row
    ] = ()  #: the mentions, where the graph is without them; those that are open it has all the same


def by_document(corpus: Corpus, iris: Iris) -> Iterator[Records]:
    """The records of each document, in the order of the names of their graphs."""
    found = {doc.id: Records(doc) for doc in corpus.documents}
    for section in corpus.sections:
        found[section.span.doc.id].sections.append(section)
    for glossary in corpus.glossaries:
        found[glossary.span.doc.id].glossaries.append(glossary)
    for concept in corpus.concepts:
        for entry in concept.entries:
            found[entry.doc.id].entries.append((concept.id, entry))
        if concept.parts and (doc_id := concept.parts[0].span.doc.id):
            found[doc_id].lists.append((concept.id, concept.parts))
    for mention in corpus.mentions:
        found[mention.span.doc.id].mentions.append(mention)
    for mention in corpus.open:
        found[mention.span.doc.id].open.append(mention)
    return (found[doc_id] for doc_id in sorted(found, key=lambda doc_id: bare(iris.document_graph(doc_id))))


def basis(records: Records, names: Names) -> object:
    """All on which the named graph of a document rests, beside the document, in values that show all of it."""
    lists = [entry.components for _, entry in records.entries] + [parts for _, parts in records.lists]
    return (
        in_values(records.mentions),
        in_values(records.open),
        records.entries,
        records.lists,
        [[(each.span.text, names.concept(each, {})) for each in components] for components in lists],
        sorted({(m.concept, names.preferred[m.concept]) for m in records.mentions}),  # as rows have them
    )


def extract(records: Records, names: Names, iris: Iris, with_mentions: bool = True) -> Extract:
    """The named graph of one document, with its mentions or with these as rows, and what it adds to the others."""
    doc, mentions = records.doc, each_mention(records.mentions)
    places = Places(doc.id, iris, records.sections, records.glossaries, records.entries)
    annotations = Annotations(doc.id, iris, places, (*mentions, *records.open))
    graph, curated = NamedGraph(iris.document_graph(doc.id)), NamedGraph(iris.curated_graph)
    said = said_by_name(records.mentions)
    slots = Slots(graph, curated, names, said, iris)

    _document(graph, doc, iris)
    for section in records.sections:
        _section(graph, section, places, iris)
    for box in records.glossaries:
        _box(graph, box, records.sections, places, iris)
    for concept, entry in records.entries:
        definition = places.definition(concept, entry)
        if definition not in graph.said:  # where two headwords of a concept share it, the first one names it
            _definition(graph, concept, entry, places, iris)
            slots.add(definition, entry.components)
    for concept, components in records.lists:
        slots.listing(concept, components)
    annotations.add_open(graph)

    told = list(in_order(graph))
    paragraphs = sorted([*told, *annotations.paragraphs()]) if with_mentions else told
    tally = _tally(records, mentions, names, said)
    return Extract(
        name=graph.name,
        text="".join(text for _, text in paragraphs),
        size=len(graph) + (len(annotations) if with_mentions else 0),
        paragraphs=told,
        curated=tuple(curated.said.items()),
        tally=tally if with_mentions else replace(tally, outside=_outside(records.entries, mentions)),
        rows=() if with_mentions else tuple(annotations.rows(doc, names.preferred)),
    )


def extract_apart(records: Records, names: Names, iris: Iris) -> Extract:
    """The named graph of one document with its mentions as rows: another function, as its results are others."""
    return extract(records, names, iris, with_mentions=False)


def _tally(records: Records, mentions: Iterable[Mention], names: Names, said: Mapping[Place, str]) -> Tally:
    lists = (*((concept, entry.components) for concept, entry in records.entries), *records.lists)
    years = {year for section in records.sections for year in section.covers}
    years.update(year for _, entry in records.entries for year in _stated_years(entry.dates))
    return Tally(
        times=Counter((m.concept, str(m.context), m.kind) for m in mentions),
        defined=frozenset(concept for concept, _ in records.entries),
        years=frozenset(years),
        parts=frozenset(names.counted(lists, said)),
        quoted=Counter(m.concept for m in mentions if m.kind == "core" and in_quotes(m.span)),
    )


def _outside(entries: Iterable[tuple[str, Entry]], mentions: Iterable[Mention]) -> frozenset[str]:
    """The concepts that are named outside the boxes and glossaries which explain them here."""
    homes: defaultdict[str, list[Span]] = defaultdict(list)
    for concept, entry in entries:
        homes[concept].append(entry.glossary.span)
    return frozenset(
        m.concept
        for m in mentions
        if m.kind == "core"
        and not any(home.start <= m.span.start < home.end for home in homes.get(m.concept, ()))
    )


def _stated_years(dates: Iterable[str]) -> list[int]:
    """The years of YYYY[-MM[-DD]] dates, each once, in order."""
    return sorted({int(text[:4]) for text in dates})


def _document(graph: NamedGraph, doc: Document, iris: Iris) -> None:
    licence = doc.licence
    state(
        graph,
        iris.document(doc.id),
        (RDF.type, BIBO.Document if doc.kind is Kind.OTHER else BIBO.Report),
        (DCTERMS.identifier, plain(doc.id)),
        (DCTERMS.title, chinese(doc.title)),
        (DCTERMS.language, plain("zh-Hans")),
        (KG.documentKind, plain(str(doc.kind))),
        (KG.issuer, plain(doc.issuer)),
        (KG.region, plain(doc.region)),
        (KG.level, plain(doc.level)),
        (KG.speaker, plain(doc.speaker)),
        (KG.session, plain(doc.session)),
        (KG.reportYear, None if doc.year is None else iris.year(doc.year)),
        (KG.abridges, None if doc.abridges is None else iris.document(doc.abridges)),
        (DCTERMS.date, date(doc.date)),
        (DCTERMS.publisher, plain(doc.publisher)),
        (SDO.url, None if doc.url is None else typed(doc.url, XSD.anyURI)),
        (DCTERMS.license, named(licence) if licence and _is_iri(licence) else plain(licence)),
        (KG.sha256, plain(doc.sha256)),
        (KG.length, plain(len(doc.text))),
    )


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(c in ' <>"{}|\\^`' for c in text)


def _section(graph: NamedGraph, section: Section, places: Places, iris: Iris) -> None:
    doc = section.span.doc
    state(
        graph,
        places.section(section),
        (RDF.type, KG.Section),
        (RDF.type, BIBO.DocumentPart),
        (DCTERMS.isPartOf, iris.document(doc.id)),
        (DCTERMS.title, chinese(" › ".join(section.path))),
        (KG.heading, chinese(section.heading.text)),
        *((KG.coversYear, iris.year(year)) for year in section.covers),
        *offsets(section.span),
    )


def _box(graph: NamedGraph, box: Glossary, sections: list[Section], places: Places, iris: Iris) -> None:
    doc = box.span.doc
    around = [section for section in sections if box.heading in section.span]
    innermost = max(around, key=lambda section: section.span.start, default=None)
    state(
        graph,
        places.box(box),
        (RDF.type, KG.Box),
        (RDF.type, BIBO.DocumentPart),
        (DCTERMS.isPartOf, iris.document(doc.id)),
        (KG.number, plain(box.number)),
        (KG.voice, plain(str(box.voice))),
        (KG.context, plain(str(box.context))),
        (KG.inSection, None if innermost is None else places.section(innermost)),
        *offsets(box.span),
    )


def _definition(graph: NamedGraph, concept: str, entry: Entry, places: Places, iris: Iris) -> None:
    definition = places.definition(concept, entry)
    headword, origin = entry.headword_span, entry.origin
    state(
        graph,
        definition,
        (RDF.type, KG.Definition),
        (RDF.value, chinese(entry.definition.text)),
        (KG.defines, iris.term(concept)),
        (DCTERMS.source, iris.document(entry.doc.id)),
        (DCTERMS.isPartOf, places.box(entry.glossary)),
        (KG.voice, plain(str(entry.voice))),
        (KG.headword, chinese(entry.headword)),
        (KG.headwordStart, None if headword is None else plain(headword.start)),
        (KG.headwordEnd, None if headword is None else plain(headword.end)),
        *offsets(entry.definition),
        (KG.numeral, plain(entry.numeral)),
        (KG.readings, plain(" ".join(map(str, entry.readings)) or None)),
        (KG.expectedCount, plain(entry.expected)),
        (KG.agrees, plain(entry.agrees)),
        *((KG.statedDate, date(text)) for text in entry.dates),
        *((KG.mentionsYear, iris.year(year)) for year in _stated_years(entry.dates)),
        (KG.originLevel, None if origin is None else plain(origin.level)),
        (KG.originCue, None if origin is None else plain(origin.cue.text)),
        (KG.rule, plain(entry.rule)),
        (KG.splitRule, plain(entry.split_rule)),
        (PROV.wasGeneratedBy, iris.extraction),
    )
