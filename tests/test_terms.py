"""Concepts to SKOS."""

from dataclasses import replace

import pytest
from corpora import find, small_corpus
from nodes import ISOTHES, KG, Iris
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph import build_graph
from kg.model import Component, Concept, Context, Corpus, Document, Entry, Glossary, Kind, Mention, Voice
from kg.terms import Names, said_by_name

IRIS = Iris()


def vocabulary(corpus: Corpus) -> Graph:
    return build_graph(corpus).graph(IRIS.vocabulary_graph)


def zh(text: str) -> Literal:
    return Literal(text, lang="zh-Hans")


def entry(doc: Document, label: str, definition: str, *components: str) -> Entry:
    whole = doc.span(0, len(doc.text))
    return Entry(
        label=label,
        headword=label,
        headword_span=None,
        definition=find(doc, definition),
        components=tuple(Component(find(doc, text)) for text in components),
        numeral=None,
        readings=(),
        expected=None,
        agrees=None,
        dates=(),
        origin=None,
        glossary=Glossary(whole, whole, Context.BOX, Voice.EDITOR, 1),
        voice=Voice.EDITOR,
        rule="test",
        split_rule=None,
    )


def corpus_of(*concepts: Concept) -> Corpus:
    entries = [entry for concept in concepts for entry in concept.entries]
    texts = [part.span.doc for concept in concepts for part in concept.parts]
    docs = {doc.id: doc for doc in (*texts, *(entry.doc for entry in entries))}
    boxes = {entry.doc.id: entry.glossary for entry in entries}
    return Corpus(tuple(docs.values()), (), tuple(boxes.values()), concepts, ())


def pairs(graph: Graph, predicate: URIRef) -> set[tuple[str, str]]:
    def local(node: Node) -> str:
        return str(node).rpartition("/")[2]

    return {(local(whole), local(part)) for whole, part in graph.subject_objects(predicate)}


def test_terms_say_everything_about_a_term_and_no_more() -> None:
    graph = vocabulary(small_corpus())
    term = IRIS.term("三去一降一补")
    parts = [IRIS.term(name) for name in ["去产能", "去库存", "去杠杆", "降成本", "补短板"]]
    assert set(graph.predicate_objects(term)) == {
        (RDF.type, KG.Term),
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, IRIS.scheme),
        (SKOS.topConceptOf, IRIS.scheme),
        (SKOS.prefLabel, zh("三去一降一补")),
        (SKOS.altLabel, zh("三去一降一补改革")),
        (SKOS.hiddenLabel, zh("三去一降一补 ")),
        (SKOS.hiddenLabel, Literal("san qu yi jiang yi bu", lang="zh-Latn-pinyin")),
        (SKOS.hiddenLabel, Literal("san qu yi jiang yi bu gai ge", lang="zh-Latn-pinyin")),
        (SKOS.definition, zh("2015年12月中央经济工作会议提出，即去产能、去库存、去杠杆、降成本、补短板。")),
        *((SKOS.narrower, part) for part in parts),
        *((ISOTHES.narrowerPartitive, part) for part in parts),
    }


def test_terms_tell_homonyms_apart_and_let_the_bare_label_find_both() -> None:
    graph = vocabulary(small_corpus())
    both = set(graph.subjects(SKOS.altLabel, zh("两山")))
    assert {str(graph.value(term, SKOS.prefLabel)) for term in both} == {
        "两山（太行山、吕梁山）",
        "两山（绿水青山就是金山银山）",
    }


def test_terms_no_label_is_of_two_sorts() -> None:
    concept = Concept("六稳", "六稳", ("六稳", "“六稳”"), ("六稳", "“六稳”", "6稳"))
    graph = vocabulary(corpus_of(concept))
    labels = {
        kind: {str(text) for text in graph.objects(IRIS.term("六稳"), kind)} for kind in (SKOS.altLabel,)
    }
    hidden = {str(text) for text in graph.objects(None, SKOS.hiddenLabel) if text.language == "zh-Hans"}
    assert labels == {SKOS.altLabel: {"“六稳”"}}
    assert hidden == {"6稳"}


def test_terms_write_no_pinyin_for_what_is_not_chinese() -> None:
    assert list(vocabulary(corpus_of(Concept("RCEP", "RCEP"))).objects(None, SKOS.hiddenLabel)) == []


def test_terms_write_part_and_whole_in_all_four_ways() -> None:
    graph = vocabulary(small_corpus())
    down = pairs(graph, SKOS.narrower)
    assert ("六稳", "稳就业") in down
    assert pairs(graph, ISOTHES.narrowerPartitive) == down
    assert pairs(graph, SKOS.broader) == pairs(graph, ISOTHES.broaderPartitive) == {(b, a) for a, b in down}


def test_terms_are_top_concepts_unless_they_are_parts() -> None:
    graph = vocabulary(small_corpus())
    tops = set(graph.objects(IRIS.scheme, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, IRIS.scheme))
    assert tops == set(graph.subjects(RDF.type, KG.Term)) - set(graph.subjects(SKOS.broader))


def test_terms_never_lie_above_themselves() -> None:
    doc = Document("d", "甲：甲、乙。乙：丙。丙：甲、丁。")
    graph = vocabulary(
        corpus_of(
            Concept("甲", "甲", entries=(entry(doc, "甲", "甲、乙。", "甲", "乙"),)),
            Concept("乙", "乙", entries=(entry(doc, "乙", "丙。", "丙"),)),
            Concept("丙", "丙", entries=(entry(doc, "丙", "甲、丁。", "甲", "丁"),)),
            Concept("丁", "丁"),
        )
    )
    # 丙 and 乙 come before 甲 in the order of ids, so that 甲 → 乙 is what would close the circle
    assert pairs(graph, SKOS.narrower) == {("丙", "甲"), ("丙", "丁"), ("乙", "丙")}


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_terms_circles_are_cut_at_the_same_place_whatever_the_order_of_reading(turn: int) -> None:
    doc = Document("d", "甲：乙。乙：丙。丙：甲。")
    concepts = [
        Concept("甲", "甲", entries=(entry(doc, "甲", "乙。", "乙"),)),
        Concept("乙", "乙", entries=(entry(doc, "乙", "丙。", "丙"),)),
        Concept("丙", "丙", entries=(entry(doc, "丙", "甲。", "甲"),)),
    ]
    turned = concepts[turn:] + concepts[:turn]
    assert set(vocabulary(corpus_of(*turned))) == set(vocabulary(corpus_of(*concepts)))


def test_terms_show_the_definition_of_the_newest_full_text() -> None:
    texts = [
        Document("b", "早", year=2020),
        Document("c", "同年后", year=2023),
        Document("a", "同年先", year=2023),
        Document("d", "摘要", year=2025, kind=Kind.ABRIDGEMENT),
        Document("e", "无年份"),
    ]
    entries = tuple(entry(doc, "六稳", doc.text) for doc in texts)
    for order in (entries, entries[::-1]):
        graph = vocabulary(corpus_of(Concept("六稳", "六稳", entries=order)))
        assert list(graph.objects(None, SKOS.definition)) == [zh("同年先")]
    only = vocabulary(corpus_of(Concept("六稳", "六稳", entries=entries[3:4])))
    assert list(only.objects(None, SKOS.definition)) == [zh("摘要")]


def test_terms_names_take_the_sense_that_is_mentioned_there() -> None:
    doc = Document("d", "两山七河：两山、七河、北山、绿水。")
    here, river, north, green = (
        Component(find(doc, text, after="：")) for text in ["两山", "七河", "北山", "绿水"]
    )
    two = [Concept("两山", "两山"), Concept("两山（绿）", "两山", qualifier="绿")]
    others = [Concept("七河", "七河"), Concept("水（绿）", "水", ("绿水",)), Concept("绿水", "绿水")]
    names = Names([*two, *others])
    assert names.concept(here, {}) is None  # could be either
    assert names.concept(river, {}) == "七河"
    assert names.concept(north, {}) is None  # nothing of that name
    assert names.concept(green, {}) == "绿水"  # a label before another concept's other name
    mention = Mention(here.span, "两山", "两山（绿）", Context.BOX, None, "core")
    assert names.concept(here, said_by_name([mention])) == "两山（绿）"


def test_terms_candidates_are_marked() -> None:
    graph = vocabulary(small_corpus())
    assert set(graph.subject_objects(KG.candidate)) == {
        (IRIS.term(name), Literal(True)) for name in ("1+N", "两保")
    }


def test_terms_only_candidates_have_a_numeral_of_their_own_and_only_where_they_count() -> None:
    graph = vocabulary(small_corpus())
    assert list(graph.subject_objects(KG.numeral)) == [(IRIS.term("两保"), Literal("2"))]


def test_terms_what_running_text_lists_is_narrower_and_a_circle_is_cut() -> None:
    doc = Document("d", "甲、乙“两甲”，甲：两甲。")
    parts = tuple(Component(find(doc, text)) for text in ("甲", "乙"))
    below = Concept("甲", "甲", entries=(entry(doc, "甲", "两甲。", "两甲"),))
    graph = vocabulary(
        corpus_of(below, Concept("乙", "乙"), Concept("两甲", "两甲", candidate=True, parts=parts))
    )
    assert pairs(graph, SKOS.narrower) == {("两甲", "甲"), ("两甲", "乙")}
    assert pairs(graph, ISOTHES.broaderPartitive) == {("甲", "两甲"), ("乙", "两甲")}


def test_terms_a_list_of_components_names_no_term() -> None:
    doc = Document("d", "甲、乙")
    component = Component(doc.span(0, 3))
    listed = Mention(component.span, "两甲", "两甲", Context.BODY, None, "listed", "listed")
    concepts = (Concept("两甲", "两甲"), Concept("甲、乙", "甲、乙"))
    assert Names(concepts).concept(component, said_by_name([listed])) == "甲、乙"


def test_terms_do_not_depend_on_the_order_of_concepts() -> None:
    corpus = small_corpus()
    assert set(vocabulary(replace(corpus, concepts=corpus.concepts[::-1]))) == set(vocabulary(corpus))
