"""What follows from the documents and is in none of them: years, states, subjects, communities, the description of the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.cubes import add_cubes
from kg.decisions import decision_iri
from kg.links import add_relations, add_steps
from kg.model import Corpus, Presence, Section, State
from kg.namespaces import DCAT, DCTERMS, PROV, RDF, RDFS, VOID
from kg.paragraphs import values
from kg.places import Places
from kg.statements import NamedGraph, chinese, date, english, plain, state, state_kind
from kg.tallies import Totals
from kg.vocab import KG, ONTOLOGY, Iris


def add_derived(
    graph: NamedGraph, corpus: Corpus, totals: Totals, sizes: Mapping[str, int], iris: Iris
) -> None:
    """Fill the derived graph: `totals` are of all documents, `sizes` how much the other named graphs say.

    Of the mentions themselves nothing is asked here.
    """
    _years(graph, totals, iris)
    _appearances(graph, totals, iris)
    _states(graph, corpus, iris)
    _subjects(graph, corpus, iris)
    _communities(graph, corpus, iris)
    add_cubes(graph, corpus, totals, iris)
    add_relations(graph, corpus, iris)
    add_steps(graph, corpus, iris)
    _description(graph, corpus, sizes, iris)


def _years(graph: NamedGraph, totals: Totals, iris: Iris) -> None:
    for year in totals.years:
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


def _appearances(graph: NamedGraph, totals: Totals, iris: Iris) -> None:
    """In which years a term is seen: named or defined, in full texts and digests alike; how often it is quoted."""
    for concept_id, doc_id in totals.present:
        state(graph, iris.term(concept_id), (KG.presentIn, iris.document(doc_id)))
    for concept_id, times in totals.quoted.items():
        state(graph, iris.term(concept_id), (KG.quotedCount, plain(times)))
    for concept_id, years in totals.seen.items():
        state(
            graph,
            iris.term(concept_id),
            (KG.firstYear, plain(min(years))),
            (KG.lastYear, plain(max(years))),
            *((KG.appearsInYear, iris.year(year)) for year in years),
        )


_SEEN = (Presence.LISTED, Presence.NAMED, Presence.NAMED_WITH_PARTS)

#: What `kg.paragraphs.paragraph` writes of a state; each %s is what changes.
_STATE = f"""
  %s
    {RDF.type} {KG.State} ;
    {DCTERMS.source} %s ;
    {KG.inYear} %s ;
    {KG.presence} "%s" ;
    {KG.stateOf} %s .
"""


def _states(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """How terms stand in the years that have them, and since when.

    Absence is not written: it follows where a year has a full text and a term has no state in it.
    """
    seen = [found for found in corpus.states if found.presence in _SEEN]

    def written(iri: str, found: State) -> str:
        sources = values(map(iris.document, found.documents))
        return _STATE % (iri, sources, iris.year(found.year), found.presence, iris.term(found.concept))

    state_kind(graph, {iris.state(found.concept, found.year): found for found in seen}, written)
    first: dict[str, tuple[int, Presence]] = {}
    for found in seen:
        here = found.year, found.presence
        first[found.concept] = min(here, first.get(found.concept, here))
    for concept_id, (year, presence) in first.items():
        state(
            graph,
            iris.term(concept_id),
            (KG.firstAppears, plain(year)),
            (KG.firstState, plain(str(presence))),
        )


def _subjects(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """The subjects of sections, and of the terms that stand in them."""
    sections: defaultdict[str, list[Section]] = defaultdict(list)
    for section in corpus.sections:
        sections[section.span.doc.id].append(section)
    places = {doc_id: Places(doc_id, iris, found) for doc_id, found in sections.items()}
    under: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for subject in corpus.subjects:
        iri = iris.subject(subject.name)
        state(graph, iri, (RDF.type, KG.Subject), (RDFS.label, chinese(subject.name)))
        for section in subject.sections:
            state(graph, places[section.span.doc.id].section(section), (KG.subject, iri))
        for concept_id, times in subject.mentions:
            under[concept_id].append((times, subject.name))
    for concept_id, subjects in under.items():
        most = max(times for times, _ in subjects)
        main = [name for times, name in subjects if times == most]
        state(
            graph,
            iris.term(concept_id),
            *((KG.subject, iris.subject(name)) for _, name in subjects),
            (KG.mainSubject, iris.subject(main[0]) if len(main) == 1 else None),
        )


def _communities(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    for community in corpus.communities:
        iri = iris.community(community.concepts)
        state(graph, iri, (RDF.type, KG.Community), (RDFS.label, chinese(community.name)))
        for concept_id in community.concepts:
            state(graph, iris.term(concept_id), (KG.inCommunity, iri))


def _description(graph: NamedGraph, corpus: Corpus, sizes: Mapping[str, int], iris: Iris) -> None:
    """What the data are (DCAT, VoID), and of each named graph what it was made from (PROV-O)."""
    state(
        graph,
        iris.dataset,
        (RDF.type, DCAT.Dataset),
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, chinese("政策术语知识图谱")),
        (DCTERMS.title, english("Policy-terminology knowledge graph")),
        (DCTERMS.conformsTo, ONTOLOGY),
        (VOID.uriSpace, plain(iris.base)),
    )
    state(
        graph,
        iris.extraction,
        (RDF.type, PROV.Activity),
        (RDFS.label, chinese("从文档中抽取术语")),
        (RDFS.label, english("Extraction of terms from the documents")),
        *((PROV.used, iris.document(doc.id)) for doc in corpus.documents),
    )
    sources = {iris.document_graph(doc.id): [doc] for doc in corpus.documents}
    sources[iris.vocabulary_graph] = sources[iris.derived_graph] = list(corpus.documents)
    for name, docs in sources.items():
        state(
            graph,
            name,
            (RDF.type, VOID.Dataset),
            (RDF.type, PROV.Entity),
            (DCTERMS.isPartOf, iris.dataset),
            (VOID.triples, plain(sizes.get(name))),
            (PROV.wasGeneratedBy, iris.extraction),
            *((PROV.wasDerivedFrom, iris.document(doc.id)) for doc in docs),
        )
        state(graph, iris.dataset, (VOID.subset, name))
    if corpus.verdicts:
        name = iris.curated_graph
        state(
            graph,
            name,
            (RDF.type, VOID.Dataset),
            (RDF.type, PROV.Entity),
            (DCTERMS.isPartOf, iris.dataset),
            (VOID.triples, plain(sizes[name])),
            *((PROV.wasGeneratedBy, decision_iri(verdict.decision, iris)) for verdict in corpus.verdicts),
        )
        state(graph, iris.dataset, (VOID.subset, name))
