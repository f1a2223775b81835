"""What follows from the documents and is in none of them: years, counts, states, the description of the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rdflib import DCTERMS, PROV, QB, RDF, RDFS, VOID, XSD, Dataset, Graph, Literal
from rdflib.namespace import DCAT

from kg.links import add_relations
from kg.model import Corpus, Document, Kind, Mention, Presence
from kg.statements import date, plain, state
from kg.vocab import KG, ONTOLOGY, Iris

_RATE_DIGITS = Decimal("0.0001")


def add_derived(dataset: Dataset, corpus: Corpus, iris: Iris) -> None:
    """Fill the derived graph of `dataset`; its other graphs are there already."""
    graph = dataset.graph(iris.derived_graph)
    _years(graph, corpus, iris)
    _appearances(graph, corpus, iris)
    _counts(graph, corpus, iris)
    _counts_structure(graph, iris)
    _states(graph, corpus, iris)
    add_relations(graph, corpus, iris)
    _description(dataset, graph, corpus, iris)


def stated_years(dates: Iterable[str]) -> list[int]:
    """The years of YYYY[-MM[-DD]] dates, each once, in order."""
    return sorted({int(text[:4]) for text in dates})


def each_mention(corpus: Corpus) -> Iterator[Mention]:
    """Every mention once: words that name a term and list its components as well name it (碳达峰、碳中和)."""
    seen: set[tuple[str, str, int, int]] = set()
    for mention in sorted(corpus.mentions, key=lambda mention: (mention.kind != "core", mention.kind)):
        key = mention.concept, mention.span.doc.id, mention.span.start, mention.span.end
        if key not in seen:
            seen.add(key)
            yield mention


def _years(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    entries = (entry for concept in corpus.concepts for entry in concept.entries)
    years = {doc.year for doc in corpus.documents if doc.year is not None}
    years.update(year for section in corpus.sections for year in section.covers)
    years.update(year for entry in entries for year in stated_years(entry.dates))
    for year in years:
        # the number is for comparisons (engines disagree on the order of xsd:gYear), the type for show
        state(
            graph,
            iris.year(year),
            (RDF.type, KG.Year),
            (RDF.type, DCTERMS.PeriodOfTime),
            (RDFS.label, plain(str(year))),
            (KG.year, plain(year)),
            (KG.gYear, date(f"{year:04d}")),
        )


def _appearances(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """In which years a term is seen: named or defined, in full texts and digests alike."""
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for concept in corpus.concepts:
        seen[concept.id].update(entry.doc.year for entry in concept.entries if entry.doc.year is not None)
    for mention in corpus.mentions:
        doc = mention.span.doc
        if mention.kind != "core":
            continue
        if doc.year is not None:
            seen[mention.concept].add(doc.year)
        if doc.kind is Kind.ABRIDGEMENT:
            graph.add((iris.term(mention.concept), KG.presentIn, iris.document(doc.id)))
    for concept_id, years in seen.items():
        if years:
            term = iris.term(concept_id)
            state(
                graph,
                term,
                (KG.firstYear, plain(min(years))),
                (KG.lastYear, plain(max(years))),
                *((KG.appearsInYear, iris.year(year)) for year in years),
            )


def _counts(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """One observation per term, year, context and kind; an abridgement adds nothing to its report."""
    length: Counter[int] = Counter()
    for doc in corpus.documents:
        if _counted(doc) and doc.year is not None:
            length[doc.year] += len(doc.text)

    times: defaultdict[tuple[str, int, str, str], Counter[str]] = defaultdict(Counter)
    for mention in each_mention(corpus):
        doc = mention.span.doc
        if _counted(doc) and doc.year is not None:
            key = (mention.concept, doc.year, str(mention.context), mention.kind)
            times[key][doc.id] += 1

    for (concept_id, year, context, kind), by_document in times.items():
        rate = (Decimal(by_document.total()) * 10_000 / length[year]).quantize(_RATE_DIGITS)
        state(
            graph,
            iris.count(concept_id, year, context, kind),
            (RDF.type, KG.Count),
            (RDF.type, QB.Observation),
            (QB.dataSet, iris.counts),
            (KG.countOf, iris.term(concept_id)),
            (KG.inYear, iris.year(year)),
            (KG.inContext, plain(context)),
            (KG.ofKind, plain(kind)),
            (KG.count, plain(by_document.total())),
            (KG.perTenThousand, Literal(str(rate), datatype=XSD.decimal)),
            (KG.documentCount, plain(len(by_document))),
            *((DCTERMS.source, iris.document(doc_id)) for doc_id in by_document),
        )


_SEEN = (Presence.LISTED, Presence.NAMED, Presence.NAMED_WITH_PARTS)


def _states(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """How terms stand in the years that have them, and since when.

    Absence is not written: it follows where a year has a full text and a term has no state in it.
    """
    first: dict[str, tuple[int, Presence]] = {}
    for found in corpus.states:
        if found.presence not in _SEEN:
            continue
        state(
            graph,
            iris.state(found.concept, found.year),
            (RDF.type, KG.State),
            (KG.stateOf, iris.term(found.concept)),
            (KG.inYear, iris.year(found.year)),
            (KG.presence, plain(str(found.presence))),
            *((DCTERMS.source, iris.document(doc_id)) for doc_id in found.documents),
        )
        seen = found.year, found.presence
        first[found.concept] = min(seen, first.get(found.concept, seen))
    for concept_id, (year, presence) in first.items():
        state(
            graph,
            iris.term(concept_id),
            (KG.firstAppears, plain(year)),
            (KG.firstState, plain(str(presence))),
        )


def _counted(doc: Document) -> bool:
    return doc.kind is not Kind.ABRIDGEMENT


def _counts_structure(graph: Graph, iris: Iris) -> None:
    """The counts as an RDF Data Cube (W3C Recommendation 16 January 2014, sections 6 and 7)."""
    state(
        graph,
        iris.counts,
        (RDF.type, QB.DataSet),
        (RDFS.label, Literal("各年份的术语计数", lang="zh-Hans")),
        (RDFS.label, Literal("Counts of terms by year", lang="en")),
        (QB.structure, iris.counts_structure),
    )
    graph.add((iris.counts_structure, RDF.type, QB.DataStructureDefinition))
    components = [
        (QB.dimension, KG.countOf, "countOf"),
        (QB.dimension, KG.inYear, "inYear"),
        (QB.dimension, KG.inContext, "inContext"),
        (QB.dimension, KG.ofKind, "ofKind"),
        (QB.measure, KG.count, "count"),
        (QB.measure, KG.perTenThousand, "perTenThousand"),
        (QB.measure, KG.documentCount, "documentCount"),
    ]
    for order, (role, name, local) in enumerate(components, start=1):
        component = iris.counts_component(local)
        graph.add((iris.counts_structure, QB.component, component))
        state(
            graph,
            component,
            (RDF.type, QB.ComponentSpecification),
            (role, name),
            (QB.order, plain(order)),
        )


def _description(dataset: Dataset, graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """What the data are (DCAT, VoID), and of each named graph what it was made from (PROV-O)."""
    state(
        graph,
        iris.dataset,
        (RDF.type, DCAT.Dataset),
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, Literal("政策术语知识图谱", lang="zh-Hans")),
        (DCTERMS.title, Literal("Policy-terminology knowledge graph", lang="en")),
        (DCTERMS.conformsTo, ONTOLOGY),
        (VOID.uriSpace, plain(iris.base)),
    )
    state(
        graph,
        iris.extraction,
        (RDF.type, PROV.Activity),
        (RDFS.label, Literal("从文档中抽取术语", lang="zh-Hans")),
        (RDFS.label, Literal("Extraction of terms from the documents", lang="en")),
        *((PROV.used, iris.document(doc.id)) for doc in corpus.documents),
    )
    sources = {iris.document_graph(doc.id): [doc] for doc in corpus.documents}
    sources[iris.vocabulary_graph] = sources[iris.derived_graph] = list(corpus.documents)
    for name, docs in sources.items():
        triples = (
            None if name == iris.derived_graph else len(dataset.graph(name))
        )  # it cannot hold its own size
        state(
            graph,
            name,
            (RDF.type, VOID.Dataset),
            (RDF.type, PROV.Entity),
            (DCTERMS.isPartOf, iris.dataset),
            (VOID.triples, plain(triples)),
            (PROV.wasGeneratedBy, iris.extraction),
            *((PROV.wasDerivedFrom, iris.document(doc.id)) for doc in docs),
        )
        graph.add((iris.dataset, VOID.subset, name))
