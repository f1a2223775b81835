"""Relations to RDF."""

from dataclasses import replace

from corpora import REPORT_2021, small_corpus
from nodes import KG, Iris
from rdflib import DCTERMS, RDF, SKOS, XSD, Literal

from kg.graph import build_graph
from kg.model import Corpus

IRIS = Iris()
RELATION = IRIS.relation("successor", "六稳", "两保")


def zh(text: str) -> Literal:
    return Literal(text, lang="zh-Hans")


def test_links_say_what_changed_and_how_sure_it_is() -> None:
    graph = build_graph(small_corpus()).graph(IRIS.derived_graph)
    assert set(graph.predicate_objects(RELATION)) == {
        (RDF.type, KG.Relation),
        (KG.relationType, Literal("successor")),
        (KG.relationFrom, IRIS.term("六稳")),
        (KG.relationTo, IRIS.term("两保")),
        (KG.confidence, Literal("0.7500", datatype=XSD.decimal)),
        (KG.rule, Literal("shared-parts")),
        (KG.added, zh("保运转")),
        (KG.dropped, zh("稳就业")),
        (KG.dropped, zh("稳金融")),
        (KG.kept, zh("保民生")),
        (KG.evidence, IRIS.evidence(RELATION, 1)),
        (KG.evidence, IRIS.evidence(RELATION, 2)),
    }


def test_links_evidence_is_a_stretch_of_a_document() -> None:
    graph = build_graph(small_corpus())
    start = REPORT_2021.index("“六稳”任务")
    assert set(graph.predicate_objects(IRIS.evidence(RELATION, 1))) == {
        (RDF.type, KG.Evidence),
        (DCTERMS.source, IRIS.document("shanxi-2021")),
        (RDF.value, zh("“六稳”任务")),
        (KG.start, Literal(start)),
        (KG.end, Literal(start + 6)),
    }


def test_links_have_a_confidence_without_an_exponent() -> None:
    corpus = small_corpus()
    for confidence, text in ((1.0, "1.0000"), (0.00001, "0.0000"), (2 / 3, "0.6667")):
        unsure = tuple(replace(relation, confidence=confidence) for relation in corpus.relations)
        graph = build_graph(replace(corpus, relations=unsure))
        assert str(graph.value(RELATION, KG.confidence)) == text


def test_links_are_no_statements_of_the_vocabulary() -> None:
    corpus: Corpus = small_corpus()
    without = build_graph(replace(corpus, relations=())).graph(IRIS.vocabulary_graph)
    assert set(build_graph(corpus).graph(IRIS.vocabulary_graph)) == set(without)
    assert not list(build_graph(corpus).subject_objects(SKOS.related))
