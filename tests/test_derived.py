"""Years and counts follow from the documents."""

import re
from dataclasses import replace

from corpora import small_corpus
from nodes import KG, OA, Iris
from rdflib import DCTERMS, PROV, QB, RDF, VOID, Dataset, Literal

from kg.graph import build_graph
from kg.model import Concept, Context, Corpus, Document, Kind, Mention, Span

IRIS = Iris()
COUNTS = """
    SELECT ?term ?year ?context ?kind ?count ?rate ?documents {
      ?row kg:countOf ?iri ; kg:inYear/kg:year ?year ; kg:inContext ?context ; kg:ofKind ?kind ;
        kg:count ?count ; kg:perTenThousand ?rate ; kg:documentCount ?documents .
      BIND(REPLACE(STR(?iri), ".*/", "") AS ?term)
    } ORDER BY ?term ?year ?context"""


def rows(graph: Dataset) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in graph.query(COUNTS)]


def test_derived_counts_by_year_and_context_without_digests() -> None:
    # 10,000 characters / the length of the year's full texts × the count, to four places
    corpus = small_corpus()
    size = {doc.year: len(doc.text) for doc in corpus.documents}
    expected = [
        ("1+N", 2021, "body", 1),
        ("三去一降一补", 2021, "body", 1),
        ("三去一降一补", 2021, "box", 1),
        ("三去一降一补", 2024, "body", 1),
        ("两保", 2024, "body", 1),
        ("两山（太行山、吕梁山）", 2021, "body", 1),
        ("两山（太行山、吕梁山）", 2021, "box", 1),
        ("两山（绿水青山就是金山银山）", 2024, "body", 1),
        ("两山（绿水青山就是金山银山）", 2024, "glossary", 1),
        ("六稳", 2021, "body", 2),
        ("六稳", 2021, "box", 1),
    ]
    by_name = [row for row in rows(build_graph(corpus)) if row[3] == "core"]
    assert by_name == [
        (term, str(year), context, "core", str(count), f"{count * 10_000 / size[year]:.4f}", "1")
        for term, year, context, count in expected
    ]


def test_derived_rates_are_over_all_full_texts_of_a_year() -> None:
    corpus = small_corpus()
    old, new, digest = corpus.documents
    same_year = replace(new, id="second", year=2021, text="一" * (1_000_000 - len(old.text)))
    graph = build_graph(replace(corpus, documents=(old, new, same_year, digest)))
    assert ("六稳", "2021", "body", "core", "2", "0.0200", "1") in rows(graph)


def test_derived_rates_have_no_exponent() -> None:
    corpus = small_corpus()
    old, new, digest = corpus.documents
    long = replace(new, id="long", year=2021, text="一" * 20_000_000)
    rates = {row[5] for row in rows(build_graph(replace(corpus, documents=(old, new, long, digest))))}
    assert "0.0005" in rates
    assert all("E" not in rate.upper() for rate in rates)


def test_derived_an_abridgement_is_present_and_not_counted() -> None:
    graph = build_graph(small_corpus())
    term, digest = IRIS.term("六稳"), IRIS.document("digest 2025")
    assert list(graph.subject_objects(KG.presentIn)) == [(term, digest)]
    assert set(graph.objects(term, KG.appearsInYear)) == {IRIS.year(2021), IRIS.year(2025)}
    assert [int(str(graph.value(term, name))) for name in (KG.firstYear, KG.lastYear)] == [2021, 2025]
    assert not [
        count for count in graph.subjects(RDF.type, KG.Count) if (count, DCTERMS.source, digest) in graph
    ]


def test_derived_a_document_without_a_year_is_not_counted() -> None:
    corpus = small_corpus()
    undated = tuple(replace(doc, year=None) for doc in corpus.documents)
    graph = build_graph(replace(corpus, documents=undated))
    assert rows(graph) == []


def test_derived_other_kinds_of_mention_have_counts_of_their_own() -> None:
    corpus = small_corpus()
    first, *rest = corpus.mentions
    graph = build_graph(replace(corpus, mentions=(replace(first, kind="part"), *rest)))
    counts = {row[3]: row[4] for row in rows(graph) if row[:3] == ("六稳", "2021", "body")}
    assert counts == {"core": "1", "part": "1"}


def test_derived_a_list_of_components_is_counted_apart_and_makes_no_term_appear() -> None:
    corpus = small_corpus()
    listed = tuple(mention for mention in corpus.mentions if mention.kind == "listed")
    graph = build_graph(replace(corpus, mentions=listed))
    assert [row[:5] for row in rows(graph)] == [("两保", "2024", "body", "listed", "1")]
    assert list(graph.objects(IRIS.term("两保"), KG.appearsInYear)) == []
    digest = replace(listed[0], span=corpus.documents[2].span(0, 2))
    assert list(build_graph(replace(corpus, mentions=(digest,))).subject_objects(KG.presentIn)) == []


def test_derived_states_are_written_where_a_term_is_seen_and_only_there() -> None:
    graph = build_graph(small_corpus()).graph(IRIS.derived_graph)
    query = """SELECT ?term ?year ?presence ?source {
        ?state a kg:State ; kg:stateOf ?term ; kg:inYear ?year ; kg:presence ?presence ; dct:source ?source }"""
    old, new = IRIS.document("shanxi-2021"), IRIS.document("shanxi-2024")
    assert {tuple(row) for row in graph.query(query)} == {
        (IRIS.term("六稳"), IRIS.year(2021), Literal("named-with-parts"), old),
        (IRIS.term("三去一降一补"), IRIS.year(2021), Literal("listed"), old),
        (IRIS.term("三去一降一补"), IRIS.year(2024), Literal("named"), new),
        (IRIS.term("两保"), IRIS.year(2024), Literal("named-with-parts"), new),
    }
    assert (IRIS.state("六稳", 2021), KG.stateOf, IRIS.term("六稳")) in graph
    first = {
        str(graph.value(term, KG.firstState)): int(str(year))
        for term, year in graph.subject_objects(KG.firstAppears)
        if term != IRIS.term("两保")
    }
    assert first == {"named-with-parts": 2021, "listed": 2021}


def test_derived_a_definition_alone_makes_a_term_appear() -> None:
    graph = build_graph(replace(small_corpus(), mentions=()))
    assert set(graph.objects(IRIS.term("六稳"), KG.appearsInYear)) == {IRIS.year(2021)}
    assert rows(graph) == []


def test_derived_years_are_those_that_something_points_at() -> None:
    graph = build_graph(small_corpus())
    years = {int(str(year)) for year in graph.objects(None, KG.year)}
    assert years == {2015, 2018, 2020, 2021, 2024, 2025}


def test_derived_observations_have_every_dimension_and_measure_of_their_structure() -> None:
    graph = build_graph(small_corpus())
    for cube, size in (("counts", 7), ("ties", 7), ("standings", 8)):
        components = set(graph.objects(IRIS.cube_structure(cube), QB.component))
        assert len(components) == size
        named = {
            name: role
            for part in components
            for role in (QB.dimension, QB.measure, QB.attribute)
            for name in graph.objects(part, role)
        }
        assert len(named) == size
        names = [name for name in named if name != KG.sampleSize]  # which is told of samples only
        observations = set(graph.subjects(QB.dataSet, IRIS.cube(cube)))
        assert observations
        for observation in observations:
            assert (observation, RDF.type, QB.Observation) in graph
            assert all(len(list(graph.objects(observation, name))) == 1 for name in names)


def test_derived_describes_each_named_graph() -> None:
    dataset = build_graph(small_corpus())
    names = {graph.identifier for graph in dataset.graphs() if len(graph)}
    assert names == set(dataset.objects(IRIS.dataset, VOID.subset))
    for name in names - {IRIS.derived_graph}:  # it cannot hold its own size
        assert int(str(dataset.value(name, VOID.triples))) == len(dataset.graph(name))
    name = IRIS.document_graph("shanxi-2021")
    assert list(dataset.objects(name, PROV.wasDerivedFrom)) == [IRIS.document("shanxi-2021")]


def test_derived_subjects_of_sections_and_terms() -> None:
    graph = build_graph(small_corpus())
    both = {IRIS.subject("工作"), IRIS.subject("生态")}
    assert set(graph.objects(IRIS.term("1+N"), KG.subject)) == both
    assert list(graph.objects(IRIS.term("1+N"), KG.mainSubject)) == []  # both have it once
    assert list(graph.objects(IRIS.term("六稳"), KG.mainSubject)) == [IRIS.subject("工作")]
    assert len(list(graph.subjects(KG.subject, IRIS.subject("工作")))) == 4  # two sections, two terms


def test_derived_communities_have_their_members() -> None:
    graph = build_graph(small_corpus())
    (community,) = graph.subjects(RDF.type, KG.Community)
    assert set(graph.subjects(KG.inCommunity, community)) == {
        IRIS.term(concept) for concept in ("六稳", "稳就业", "稳金融")
    }


def test_derived_an_open_mention_is_of_no_term_and_in_no_count() -> None:
    graph = build_graph(small_corpus())
    (mention,) = graph.subjects(RDF.type, KG.OpenMention)
    senses = {IRIS.term("两山（太行山、吕梁山）"), IRIS.term("两山（绿水青山就是金山银山）")}
    assert set(graph.objects(mention, KG.possibleTerm)) == senses
    assert not list(graph.objects(mention, OA.hasBody))
    assert not any(IRIS.document("digest 2025") in graph.objects(sense, KG.presentIn) for sense in senses)


def test_derived_quotation_marks_are_counted_in_full_texts() -> None:
    doc = Document("2021", "做好“六稳”工作。六稳要紧。“六稳”！“六稳要紧”", year=2021)
    digest = replace(doc, id="digest", kind=Kind.ABRIDGEMENT)
    mentions = [
        Mention(Span(doc, found.start(), found.end()), "六稳", "六稳", Context.BODY, None, "core")
        for doc in (doc, digest)
        for found in re.finditer("六稳", doc.text)
    ]
    graph = build_graph(
        Corpus((doc, digest), (), (), (Concept("六稳", "六稳", candidate=True),), tuple(mentions))
    )
    assert [int(str(times)) for times in graph.objects(None, KG.quotedCount)] == [2]
