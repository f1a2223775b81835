"""What is counted and measured, as RDF Data Cubes (W3C Recommendation 16 January 2014): counts, ties, standings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kg.model import Corpus
from kg.namespaces import DCTERMS, QB, RDF, RDFS
from kg.statements import NamedGraph, chinese, decimal, english, plain, state
from kg.tallies import Totals
from kg.vocab import KG, Iris

COUNTS, TIES, STANDINGS = "counts", "ties", "standings"

_DIMENSION, _MEASURE, _ATTRIBUTE = QB.dimension, QB.measure, QB.attribute

#: Each cube with its names and what its observations have (sections 6 and 7 of the recommendation).
_CUBES: tuple[tuple[str, str, str, Sequence[tuple[str, str]]], ...] = (
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


def add_cubes(graph: NamedGraph, corpus: Corpus, totals: Totals, iris: Iris) -> None:
    """Add the cubes of `corpus` to `graph`; one without observations is left out, but for the counts."""
    _counts(graph, totals, iris)
    _ties(graph, corpus, iris)
    _standings(graph, corpus, iris)
    for name, zh, en, components in _CUBES:
        if name == COUNTS or corpus.ties:
            _structure(graph, iris, name, (zh, en), components)


def _counts(graph: NamedGraph, totals: Totals, iris: Iris) -> None:
    """One observation per term, year, context and kind; an abridgement adds nothing to its report."""
    for (concept_id, year, context, kind), by_document in totals.times.items():
        times = sum(by_document.values())
        rate = Decimal(times) * 10_000 / totals.length[year]
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
            (KG.count, plain(times)),
            (KG.perTenThousand, decimal(rate)),
            (KG.documentCount, plain(len(by_document))),
            *((DCTERMS.source, iris.document(doc_id)) for doc_id in by_document),
        )


#: What `kg.paragraphs.paragraph` writes of a tie: there are as many as of all else that follows from the documents.
_TIE = f"""
  %s
    {RDF.type} {KG.Tie},
      {QB.Observation} ;
    {KG.association} %.2f ;
%s    {KG.expected} %s ;
    {KG.inUnit} "%s" ;
    {KG.tieFrom} %s ;
    {KG.tieTo} %s ;
    {KG.together} %s ;
    {QB.dataSet} %s .
"""
_BRIDGE = f"    {KG.bridge} true ;\n"


def _ties(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    cube, terms = iris.cube(TIES), {concept.id: iris.term(concept.id) for concept in corpus.concepts}
    for tie in corpus.ties:
        iri, is_bridge = iris.tie(tie.one, tie.other, tie.unit), tie in corpus.bridges
        text = _TIE % (
            iri, tie.association, _BRIDGE if is_bridge else "", format(Decimal(str(tie.expected)), "f"),
            tie.unit, terms[tie.one], terms[tie.other], tie.together, cube,
        )  # fmt: skip
        graph.written[iri] = text, 9 + is_bridge


def _standings(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
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
    graph: NamedGraph, iris: Iris, name: str, labels: tuple[str, str], components: Sequence[tuple[str, str]]
) -> None:
    structure = iris.cube_structure(name)
    state(
        graph,
        iris.cube(name),
        (RDF.type, QB.DataSet),
        (RDFS.label, chinese(labels[0])),
        (RDFS.label, english(labels[1])),
        (QB.structure, structure),
    )
    state(graph, structure, (RDF.type, QB.DataStructureDefinition))
    for order, (role, property_) in enumerate(components, start=1):
        component = iris.cube_component(name, property_.removeprefix("kg:"))
        state(graph, structure, (QB.component, component))
        state(
            graph,
            component,
            (RDF.type, QB.ComponentSpecification),
            (role, property_),
            (QB.order, plain(order)),
        )
