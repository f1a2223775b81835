"""What is counted and measured, as RDF Data Cubes (W3C Recommendation 16 January 2014): counts, ties, standings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rdflib import DCTERMS, QB, RDF, RDFS, Graph, Literal, URIRef

from kg.model import Corpus, Kind, Mention
from kg.statements import decimal, plain, state
from kg.vocab import KG, Iris

COUNTS, TIES, STANDINGS = "counts", "ties", "standings"

_DIMENSION, _MEASURE, _ATTRIBUTE = QB.dimension, QB.measure, QB.attribute

#: Each cube with its names and what its observations have (sections 6 and 7 of the recommendation).
_CUBES: tuple[tuple[str, str, str, Sequence[tuple[URIRef, URIRef]]], ...] = (
    (
        COUNTS,
        "各年份的术语计数",
        "Counts of terms by year",
        (
            (_DIMENSION, KG.countOf),
            (_DIMENSION, KG.inYear),
            (_DIMENSION, KG.inContext),
            (_DIMENSION, KG.ofKind),
            (_MEASURE, KG.count),
            (_MEASURE, KG.perTenThousand),
            (_MEASURE, KG.documentCount),
        ),
    ),
    (
        TIES,
        "多于偶然的共现",
        "Terms that are together more often than by chance",
        (
            (_DIMENSION, KG.tieFrom),
            (_DIMENSION, KG.tieTo),
            (_DIMENSION, KG.inUnit),
            (_MEASURE, KG.together),
            (_MEASURE, KG.expected),
            (_MEASURE, KG.association),
            (_ATTRIBUTE, KG.bridge),
        ),
    ),
    (
        STANDINGS,
        "术语在共现网络中的位置",
        "Standings of terms in the networks of ties",
        (
            (_DIMENSION, KG.standingOf),
            (_DIMENSION, KG.inUnit),
            (_MEASURE, KG.degree),
            (_MEASURE, KG.strength),
            (_MEASURE, KG.pageRank),
            (_MEASURE, KG.betweenness),
            (_MEASURE, KG.coreNumber),
            (_ATTRIBUTE, KG.sampleSize),
        ),
    ),
)


def add_cubes(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """Add the cubes of `corpus` to `graph`; one without observations is left out, but for the counts."""
    _counts(graph, corpus, iris)
    _ties(graph, corpus, iris)
    _standings(graph, corpus, iris)
    for name, zh, en, components in _CUBES:
        if name == COUNTS or corpus.ties:
            _structure(graph, iris, name, (zh, en), components)


def each_mention(corpus: Corpus) -> Iterator[Mention]:
    """Every mention once: words that name a term and list its components as well name it (碳达峰、碳中和)."""
    seen: set[tuple[str, str, int, int]] = set()
    for mention in sorted(corpus.mentions, key=lambda mention: (mention.kind != "core", mention.kind)):
        key = mention.concept, mention.span.doc.id, mention.span.start, mention.span.end
        if key not in seen:
            seen.add(key)
            yield mention


def _counts(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    """One observation per term, year, context and kind; an abridgement adds nothing to its report."""
    length: Counter[int] = Counter()
    for doc in corpus.documents:
        if doc.kind is not Kind.ABRIDGEMENT and doc.year is not None:
            length[doc.year] += len(doc.text)

    times: defaultdict[tuple[str, int, str, str], Counter[str]] = defaultdict(Counter)
    for mention in each_mention(corpus):
        doc = mention.span.doc
        if doc.kind is not Kind.ABRIDGEMENT and doc.year is not None:
            key = (mention.concept, doc.year, str(mention.context), mention.kind)
            times[key][doc.id] += 1

    for (concept_id, year, context, kind), by_document in times.items():
        rate = Decimal(by_document.total()) * 10_000 / length[year]
        state(
            graph,
            iris.count(concept_id, year, context, kind),
            (RDF.type, KG.Count),
            (RDF.type, QB.Observation),
            (QB.dataSet, iris.cube(COUNTS)),
            (KG.countOf, iris.term(concept_id)),
            (KG.inYear, iris.year(year)),
            (KG.inContext, plain(context)),
            (KG.ofKind, plain(kind)),
            (KG.count, plain(by_document.total())),
            (KG.perTenThousand, decimal(rate)),
            (KG.documentCount, plain(len(by_document))),
            *((DCTERMS.source, iris.document(doc_id)) for doc_id in by_document),
        )


def _ties(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    for tie in corpus.ties:
        state(
            graph,
            iris.tie(tie.one, tie.other, tie.unit),
            (RDF.type, KG.Tie),
            (RDF.type, QB.Observation),
            (QB.dataSet, iris.cube(TIES)),
            (KG.tieFrom, iris.term(tie.one)),
            (KG.tieTo, iris.term(tie.other)),
            (KG.inUnit, plain(tie.unit)),
            (KG.together, plain(tie.together)),
            (KG.expected, decimal(tie.expected)),
            (KG.association, decimal(tie.association)),
            (KG.bridge, plain(True) if tie in corpus.bridges else None),
        )


def _standings(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    for standing in corpus.standings:
        state(
            graph,
            iris.standing(standing.concept, standing.unit),
            (RDF.type, KG.Standing),
            (RDF.type, QB.Observation),
            (QB.dataSet, iris.cube(STANDINGS)),
            (KG.standingOf, iris.term(standing.concept)),
            (KG.inUnit, plain(standing.unit)),
            (KG.degree, plain(standing.degree)),
            (KG.strength, decimal(standing.strength)),
            (KG.pageRank, decimal(standing.page_rank, digits=6)),
            (KG.betweenness, decimal(standing.betweenness, digits=6)),
            (KG.coreNumber, plain(standing.core)),
            (KG.sampleSize, plain(standing.sample) if standing.sample else None),
        )


def _structure(
    graph: Graph, iris: Iris, name: str, labels: tuple[str, str], components: Sequence[tuple[URIRef, URIRef]]
) -> None:
    structure = iris.cube_structure(name)
    state(
        graph,
        iris.cube(name),
        (RDF.type, QB.DataSet),
        (RDFS.label, Literal(labels[0], lang="zh-Hans")),
        (RDFS.label, Literal(labels[1], lang="en")),
        (QB.structure, structure),
    )
    graph.add((structure, RDF.type, QB.DataStructureDefinition))
    for order, (role, property_) in enumerate(components, start=1):
        component = iris.cube_component(name, property_.removeprefix(str(KG)))
        graph.add((structure, QB.component, component))
        state(
            graph,
            component,
            (RDF.type, QB.ComponentSpecification),
            (role, property_),
            (QB.order, plain(order)),
        )
