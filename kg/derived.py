"""What follows from the documents and is in none of them: years, states, subjects, communities, the description of the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rdflib import DCTERMS, PROV, RDF, RDFS, VOID, Dataset, Graph, Literal
from rdflib.namespace import DCAT

from kg.cubes import add_cubes
from kg.decisions import decision_iri
from kg.links import add_relations
from kg.model import Corpus, Kind, Presence
from kg.places import Places
from kg.statements import chinese, date, plain, state
from kg.vocab import KG, ONTOLOGY, Iris


def add_derived(dataset: Dataset, corpus: Corpus, places: Places, iris: Iris) -> None:
    """Fill the derived graph of `dataset`; its other graphs are there already."""
    graph = dataset.graph(iris.derived_graph)
    _years(graph, corpus, iris)
    _appearances(graph, corpus, iris)
    _states(graph, corpus, iris)
    _subjects(graph, corpus, places, iris)
    _communities(graph, corpus, iris)
    add_cubes(graph, corpus, iris)
    add_relations(graph, corpus, iris)
    _description(dataset, graph, corpus, iris)


def stated_years(dates: Iterable[str]) -> list[int]:
    """The years of YYYY[-MM[-DD]] dates, each once, in order."""
    return sorted({int(text[:4]) for text in dates})


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


def _subjects(graph: Graph, corpus: Corpus, places: Places, iris: Iris) -> None:
    """The subjects of sections, and of the terms that stand in them."""
    under: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for subject in corpus.subjects:
        iri = iris.subject(subject.name)
        state(graph, iri, (RDF.type, KG.Subject), (RDFS.label, chinese(subject.name)))
        for section in subject.sections:
            graph.add((places.section(section), KG.subject, iri))
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


def _communities(graph: Graph, corpus: Corpus, iris: Iris) -> None:
    for community in corpus.communities:
        iri = iris.community(community.concepts)
        state(graph, iri, (RDF.type, KG.Community), (RDFS.label, chinese(community.name)))
        for concept_id in community.concepts:
            graph.add((iris.term(concept_id), KG.inCommunity, iri))


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
    if corpus.verdicts:
        name = iris.curated_graph
        state(
            graph,
            name,
            (RDF.type, VOID.Dataset),
            (RDF.type, PROV.Entity),
            (DCTERMS.isPartOf, iris.dataset),
            (VOID.triples, plain(len(dataset.graph(name)))),
            *((PROV.wasGeneratedBy, decision_iri(verdict.decision, iris)) for verdict in corpus.verdicts),
        )
        graph.add((iris.dataset, VOID.subset, name))
