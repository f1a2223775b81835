"""What is counted and measured, as RDF Data Cubes (W3C Recommendation 16 January 2014): counts, ties, standings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kg.model import Corpus, Standing, Tie
from kg.namespaces import DCTERMS, QB, RDF, RDFS
from kg.paragraphs import values
from kg.statements import NamedGraph, chinese, decimal, english, plain, quoted, state, state_kind
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
    cube = iris.cube(COUNTS)

    def written(iri: str, key: tuple[str, int, str, str]) -> str:
        concept_id, year, context, kind = key
        by_document = totals.times[key]
        times = sum(by_document.values())
        return _COUNT % (
            iri, values(map(iris.document, by_document)), times, iris.term(concept_id), len(by_document),
            quoted(context), iris.year(year), quoted(kind), decimal(Decimal(times) * 10_000 / totals.length[year]), cube,
        )  # fmt: skip

    state_kind(graph, {iris.count(*key): key for key in totals.times}, written)


# What `kg.paragraphs.paragraph` writes of an observation; each %s is what changes.
_COUNT = f"""
  %s
    {RDF.type} {KG.Count},
      {QB.Observation} ;
    {DCTERMS.source} %s ;
    {KG.count} %s ;
    {KG.countOf} %s ;
    {KG.documentCount} %s ;
    {KG.inContext} %s ;
    {KG.inYear} %s ;
    {KG.ofKind} %s ;
    {KG.perTenThousand} %s ;
    {QB.dataSet} %s .
"""
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
_STANDING = f"""
  %s
    {RDF.type} {KG.Standing},
      {QB.Observation} ;
    {KG.betweenness} %s ;
    {KG.coreNumber} %s ;
    {KG.degree} %s ;
    {KG.inUnit} "%s" ;
    {KG.pageRank} %s ;
%s    {KG.standingOf} %s ;
    {KG.strength} %s ;
    {QB.dataSet} %s .
"""
_SAMPLE = f"    {KG.sampleSize} %s ;\n"


def _ties(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    cube, bridges = iris.cube(TIES), corpus.bridges
    terms = {concept.id: iris.term(concept.id) for concept in corpus.concepts}

    def written(iri: str, tie: Tie) -> str:
        return _TIE % (
            iri, tie.association, _BRIDGE if tie in bridges else "", tie.expected,
            tie.unit, terms[tie.one], terms[tie.other], tie.together, cube,
        )  # fmt: skip

    state_kind(graph, {iris.tie(tie.one, tie.other, tie.unit): tie for tie in corpus.ties}, written)


def _standings(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    cube = iris.cube(STANDINGS)

    def written(iri: str, standing: Standing) -> str:
        return _STANDING % (
            iri, decimal(standing.betweenness, digits=6), standing.core, standing.degree, standing.unit,
            decimal(standing.page_rank, digits=6), _SAMPLE % standing.sample if standing.sample else "",
            iris.term(standing.concept), decimal(standing.strength), cube,
        )  # fmt: skip

    state_kind(graph, {iris.standing(each.concept, each.unit): each for each in corpus.standings}, written)


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
