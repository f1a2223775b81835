"""Records to RDF: the waist of the program. To the left nobody knows RDF, to the right nobody knows text.

What each class and property means is said in `ontology/kg.ttl`; how often each may stand, in
`ontology/shapes.ttl`. There are no blank nodes: every node has a name made of facts, so the same
corpus gives the same graph, and a store can replace the graph of one document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rdflib import DCTERMS, PROV, QB, RDF, SDO, SKOS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg.cubes import each_mention
from kg.decisions import add_decisions, decision_iri
from kg.derived import add_derived, stated_years
from kg.model import Component, Concept, Corpus, Document, Entry, Glossary, Kind, Mention, Section, Span
from kg.places import Places, around
from kg.statements import chinese, date, plain, state
from kg.terms import Names, add_vocabulary
from kg.turtle import write_trig, write_turtle
from kg.vocab import BIBO, DEFAULT_BASE, KG, OA, PREFIXES, SKOSXL, Iris

__all__ = ["build_graph", "glossary_graph", "write_trig", "write_turtle"]

# What a reader of the glossary wants; sections, mentions and the description of the named graphs stay out.
GLOSSARY_CLASSES = (
    SKOS.ConceptScheme,
    SKOS.Concept,
    KG.Definition,
    KG.Listing,
    KG.Slot,
    BIBO.Report,
    BIBO.Document,
    KG.Box,
    KG.Year,
    KG.Count,
    KG.State,
    KG.Relation,
    KG.Evidence,
    KG.Subject,
    KG.Community,
    KG.Tie,
    KG.Standing,
    QB.DataSet,
    QB.DataStructureDefinition,
    QB.ComponentSpecification,
    PROV.Activity,
    KG.Decision,
    SKOSXL.Label,
)


def build_graph(corpus: Corpus, base: str = DEFAULT_BASE) -> Dataset:
    """The whole graph of `corpus`, in named graphs; its default graph is their union.

    Raises `KgError` where `base` is not an absolute IRI ending in / or #.
    """
    iris = Iris(base)
    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    names, places = Names(corpus), Places(corpus, iris)
    curated = dataset.graph(iris.curated_graph)

    for doc in corpus.documents:
        _document(dataset.graph(iris.document_graph(doc.id)), doc, iris)
    sections: defaultdict[str, list[Section]] = defaultdict(list)
    for section in corpus.sections:
        doc_id = section.span.doc.id
        sections[doc_id].append(section)
        _section(dataset.graph(iris.document_graph(doc_id)), section, places, iris)
    for box in corpus.glossaries:
        doc_id = box.span.doc.id
        _box(dataset.graph(iris.document_graph(doc_id)), box, sections[doc_id], places, iris)
    for concept, entry in _entries(corpus):
        graph = dataset.graph(iris.document_graph(entry.doc.id))
        _definition(graph, concept, entry, places, iris)
        _slots(graph, curated, places.definition(concept, entry), entry.components, names, iris)
    for concept in corpus.concepts:
        if concept.parts:
            by_person, doc_id = concept.parts[0].decision, concept.parts[0].span.doc.id
            graph = curated if by_person else dataset.graph(iris.document_graph(doc_id))
            listing = _listing(graph, concept, places, iris)
            _slots(graph, curated, listing, concept.parts, names, iris)
    for mention in (*each_mention(corpus), *corpus.open):
        _mention(dataset.graph(iris.document_graph(mention.span.doc.id)), mention, places, iris)

    add_vocabulary(dataset.graph(iris.vocabulary_graph), corpus, names, iris)
    add_decisions(curated, corpus, iris)
    add_derived(dataset, corpus, places, iris)
    return dataset


def glossary_graph(dataset: Dataset) -> Graph:
    """The part of `dataset` that answers most questions about terms: all but sections and mentions."""
    glossary = Graph()
    for prefix, namespace in PREFIXES.items():
        glossary.bind(prefix, namespace, replace=True)
    kept = {s for kind in GLOSSARY_CLASSES for s, *_ in dataset.quads((None, RDF.type, kind, None))}
    for subject, predicate, value, _ in dataset.quads():
        if subject in kept and predicate != KG.inSection:  # it would point at nothing
            glossary.add((subject, predicate, value))
    return glossary


def _entries(corpus: Corpus) -> Iterator[tuple[Concept, Entry]]:
    """Every definition once: where two headwords of a concept share it, the first one names it."""
    seen = set()
    for concept in corpus.concepts:
        for entry in concept.entries:
            key = (concept.id, entry.doc.id, entry.definition.start, entry.definition.end)
            if key not in seen:
                seen.add(key)
                yield concept, entry


def _document(graph: Graph, doc: Document, iris: Iris) -> None:
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
        (SDO.url, None if doc.url is None else Literal(doc.url, datatype=XSD.anyURI)),
        (DCTERMS.license, URIRef(licence) if licence and _is_iri(licence) else plain(licence)),
        (KG.sha256, plain(doc.sha256)),
        (KG.length, plain(len(doc.text))),
    )


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not any(c in ' <>"{}|\\^`' for c in text)


def _section(graph: Graph, section: Section, places: Places, iris: Iris) -> None:
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
        *_offsets(section.span),
    )


def _box(graph: Graph, box: Glossary, sections: list[Section], places: Places, iris: Iris) -> None:
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
        *_offsets(box.span),
    )


def _definition(graph: Graph, concept: Concept, entry: Entry, places: Places, iris: Iris) -> None:
    definition = places.definition(concept, entry)
    headword, origin = entry.headword_span, entry.origin
    state(
        graph,
        definition,
        (RDF.type, KG.Definition),
        (RDF.value, chinese(entry.definition.text)),
        (KG.defines, iris.term(concept.id)),
        (DCTERMS.source, iris.document(entry.doc.id)),
        (DCTERMS.isPartOf, places.box(entry.glossary)),
        (KG.voice, plain(str(entry.voice))),
        (KG.headword, chinese(entry.headword)),
        (KG.headwordStart, None if headword is None else plain(headword.start)),
        (KG.headwordEnd, None if headword is None else plain(headword.end)),
        *_offsets(entry.definition),
        (KG.numeral, plain(entry.numeral)),
        (KG.readings, plain(" ".join(map(str, entry.readings)) or None)),
        (KG.expectedCount, plain(entry.expected)),
        (KG.agrees, plain(entry.agrees)),
        *((KG.statedDate, date(text)) for text in entry.dates),
        *((KG.mentionsYear, iris.year(year)) for year in stated_years(entry.dates)),
        (KG.originLevel, None if origin is None else plain(origin.level)),
        (KG.originCue, None if origin is None else plain(origin.cue.text)),
        (KG.rule, plain(entry.rule)),
        (KG.splitRule, plain(entry.split_rule)),
        (PROV.wasGeneratedBy, iris.extraction),
    )


def _listing(graph: Graph, concept: Concept, places: Places, iris: Iris) -> URIRef:
    """What the running text, or a person, lists as the components of a term that nobody defines."""
    spans, decision = [component.span for component in concept.parts], concept.parts[0].decision
    doc = spans[0].doc
    whole = doc.span(min(span.start for span in spans), max(span.end for span in spans))
    listing = places.listing(concept, whole) if doc.id else iris.own_listing(concept.id)
    state(
        graph,
        listing,
        (RDF.type, KG.Listing),
        (KG.listingOf, iris.term(concept.id)),
        (DCTERMS.source, iris.document(doc.id) if doc.id else None),
        (PROV.wasGeneratedBy, decision_iri(decision, iris)),
        *(_offsets(whole) if doc.id else ()),
    )
    return listing


def _slots(
    extracted: Graph,
    curated: Graph,
    list_: URIRef,
    components: Sequence[Component],
    names: Names,
    iris: Iris,
) -> None:
    """The places of a list; what a person put there has offsets only where it stands in the text."""
    for position, component in enumerate(components, start=1):
        slot = iris.slot(list_, position)
        item, gloss = names.concept(component), component.definition
        graph = curated if component.decision else extracted
        graph.add((list_, KG.slot, slot))
        state(
            graph,
            slot,
            (RDF.type, KG.Slot),
            (SDO.position, plain(position)),
            (SDO.item, None if item is None else iris.term(item)),
            (RDF.value, chinese(component.span.text)),
            (KG.group, chinese(component.group)),
            (PROV.wasGeneratedBy, decision_iri(component.decision, iris)),
            *(_offsets(component.span) if component.span.doc.id else ()),
            (KG.gloss, None if gloss is None else chinese(gloss.text)),
            (KG.glossStart, None if gloss is None else plain(gloss.start)),
            (KG.glossEnd, None if gloss is None else plain(gloss.end)),
        )


def _mention(graph: Graph, mention: Mention, places: Places, iris: Iris) -> None:
    """A Web Annotation whose selectors find the words by quotation and by position."""
    span, section = mention.span, mention.section
    doc = span.doc
    iri = places.mention(mention)
    target, quote, position = (iris.mention_part(iri, part) for part in ("target", "quote", "position"))
    what: tuple[tuple[URIRef, Node | None], ...]
    if mention.concept:
        what = (
            (RDF.type, KG.Mention),
            (OA.motivatedBy, OA.identifying),
            (OA.hasBody, iris.term(mention.concept)),
            (KG.kind, plain(mention.kind)),
            (KG.rule, plain(mention.rule)),
            (KG.decidedBy, None if mention.decided == "only" else plain(mention.decided)),
        )
    else:  # which sense is meant is not known, so it is of no term
        what = (
            (RDF.type, KG.OpenMention),
            *((KG.possibleTerm, iris.term(sense)) for sense in mention.senses),
        )
    state(
        graph,
        iri,
        *what,
        (RDF.type, OA.Annotation),
        (OA.hasTarget, target),
        (KG.context, plain(str(mention.context))),
        (KG.inSection, None if section is None else places.section(section)),
    )
    state(
        graph,
        target,
        (RDF.type, OA.SpecificResource),
        (OA.hasSource, iris.document(doc.id)),
        (OA.hasSelector, quote),
        (OA.hasSelector, position),
    )
    before, after = around(span)
    state(
        graph,
        quote,
        (RDF.type, OA.TextQuoteSelector),
        (OA.exact, plain(span.text)),
        (OA.prefix, plain(before)),
        (OA.suffix, plain(after)),
    )
    state(
        graph,
        position,
        (RDF.type, OA.TextPositionSelector),
        (OA.start, plain(span.start)),
        (OA.end, plain(span.end)),
    )


def _offsets(span: Span) -> tuple[tuple[URIRef, Literal], ...]:
    return (KG.start, Literal(span.start)), (KG.end, Literal(span.end))
