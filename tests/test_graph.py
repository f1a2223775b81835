"""Records to RDF: every record is in the graph, traceable to its words, and the same each time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from corpora import REPORT_2021, REPORT_2024, small_corpus
from nodes import BIBO, KG, OA, ONTOLOGY, SKOSXL, Iris
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import SDO
from rdflib.term import Node

from kg.graph import build_graph, glossary_graph, write_trig, write_turtle
from kg.model import Component, Corpus, KgError, Kind
from kg.turtle import trig, turtle
from kg.vocab import DEFAULT_BASE

IRIS = Iris()
TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return build_graph(small_corpus())


def zh(text: str) -> Literal:
    return Literal(text, lang="zh-Hans")


def about(graph: Graph, subject: Node, *but: URIRef) -> set[tuple[Node, Node]]:
    return {(name, value) for name, value in graph.predicate_objects(subject) if name not in but}


def test_graph_says_everything_about_a_document(dataset: Dataset) -> None:
    assert about(dataset, IRIS.document("shanxi-2021"), KG.sha256) == {
        (RDF.type, BIBO.Report),
        (DCTERMS.identifier, Literal("shanxi-2021")),
        (DCTERMS.title, zh("2021年山西省政府工作报告")),
        (DCTERMS.language, Literal("zh-Hans")),
        (KG.documentKind, Literal("annotated")),
        (KG.issuer, Literal("山西省人民政府")),
        (KG.region, Literal("山西")),
        (KG.level, Literal("provincial")),
        (KG.speaker, Literal("某某")),
        (KG.session, Literal("山西省第十三届人民代表大会第四次会议")),
        (KG.reportYear, IRIS.year(2021)),
        (DCTERMS.date, Literal("2021-01-20", datatype=XSD.date)),
        (DCTERMS.publisher, Literal("某出版社")),
        (SDO.url, Literal("https://example.org/报告", datatype=XSD.anyURI)),
        (DCTERMS.license, URIRef("https://example.org/licence")),
        (KG.length, Literal(len(REPORT_2021))),
    }


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("https://example.org/l", URIRef("https://example.org/l")),
        ("仅供研究", Literal("仅供研究")),
        ("https://example.org/ see <there>", Literal("https://example.org/ see <there>")),
        (None, None),
    ],
)
def test_graph_a_licence_is_a_link_only_where_it_is_one(licence: str | None, expected: Node | None) -> None:
    doc = replace(small_corpus().documents[1], licence=licence)
    graph = build_graph(Corpus((doc,), (), (), (), ()))
    assert graph.value(IRIS.document(doc.id), DCTERMS.license) == expected


def test_graph_a_plan_is_a_document_and_no_report() -> None:
    plan = replace(small_corpus().documents[1], kind=Kind.OTHER)
    graph = build_graph(Corpus((plan,), (), (), (), ()))
    assert set(graph.objects(IRIS.document(plan.id), RDF.type)) == {BIBO.Document}


def test_graph_says_everything_about_a_definition(dataset: Dataset) -> None:
    definition = dataset.value(None, KG.defines, IRIS.term("三去一降一补"))
    text = "2015年12月中央经济工作会议提出，即去产能、去库存、去杠杆、降成本、补短板。"
    start, headword = REPORT_2021.index(text), REPORT_2021.index("三去一降一补”，2015")
    assert about(dataset, definition, KG.slot) == {
        (RDF.type, KG.Definition),
        (RDF.value, zh(text)),
        (KG.defines, IRIS.term("三去一降一补")),
        (DCTERMS.source, IRIS.document("shanxi-2021")),
        (DCTERMS.isPartOf, IRIS.box("shanxi-2021", 1)),
        (KG.voice, Literal("editor")),
        (KG.headword, zh("三去一降一补")),
        (KG.headwordStart, Literal(headword)),
        (KG.headwordEnd, Literal(headword + len("三去一降一补"))),
        (KG.start, Literal(start)),
        (KG.end, Literal(start + len(text))),
        (KG.numeral, Literal("3+1+1")),
        (KG.readings, Literal("5 3")),
        (KG.expectedCount, Literal(5)),
        (KG.agrees, Literal(True)),
        (KG.statedDate, Literal("2015-12", datatype=XSD.gYearMonth)),
        (KG.mentionsYear, IRIS.year(2015)),
        (KG.originLevel, Literal("national")),
        (KG.originCue, Literal("中央经济工作会议")),
        (KG.rule, Literal("quoted-head")),
        (KG.splitRule, Literal("list")),
        (PROV.wasGeneratedBy, IRIS.extraction),
    }


def test_graph_keeps_the_order_and_the_groups_of_slots(dataset: Dataset) -> None:
    query = """SELECT ?position ?group ?text ?item {
        ?definition kg:defines ?slogan ; kg:slot ?slot .
        ?slot schema:position ?position ; kg:group ?group ; rdf:value ?text ;
            schema:item/skos:prefLabel ?item .
    } ORDER BY ?position"""
    rows = dataset.query(query, initBindings={"slogan": IRIS.term("三去一降一补")})
    assert [tuple(str(value) for value in row) for row in rows] == [
        ("1", "三去", "去产能", "去产能"),
        ("2", "三去", "去库存", "去库存"),
        ("3", "三去", "去杠杆", "去杠杆"),
        ("4", "一降", "降成本", "降成本"),
        ("5", "一补", "补短板", "补短板"),
    ]


def test_graph_a_listing_has_slots_like_those_of_a_definition(dataset: Dataset) -> None:
    listed = "保民生、保运转"
    start = REPORT_2024.index(listed)
    listing = IRIS.listing("shanxi-2024", ("两保", listed))
    assert about(dataset.graph(IRIS.document_graph("shanxi-2024")), listing) == {
        (RDF.type, KG.Listing),
        (KG.listingOf, IRIS.term("两保")),
        (DCTERMS.source, IRIS.document("shanxi-2024")),
        (KG.start, Literal(start)),
        (KG.end, Literal(start + len(listed))),
        (KG.slot, IRIS.slot(listing, 1)),
        (KG.slot, IRIS.slot(listing, 2)),
    }
    assert about(dataset, IRIS.slot(listing, 2)) == {
        (RDF.type, KG.Slot),
        (SDO.position, Literal(2)),
        (SDO.item, IRIS.term("保运转")),
        (RDF.value, zh("保运转")),
        (KG.start, Literal(start + 4)),
        (KG.end, Literal(start + 7)),
    }
    assert set(dataset.objects(IRIS.term("两保"), SKOS.narrower)) == {
        IRIS.term("保民生"),
        IRIS.term("保运转"),
    }


def test_graph_words_that_name_a_term_and_list_it_are_one_mention_by_name() -> None:
    corpus = small_corpus()
    named = next(mention for mention in corpus.mentions if mention.concept == "两保")
    for kinds in (("core", "listed"), ("listed", "core"), ("listed", "listed", "core")):
        twice = tuple(replace(named, kind=kind) for kind in kinds)
        graph = build_graph(replace(corpus, mentions=twice))
        (mention,) = graph.subjects(RDF.type, KG.Mention)
        assert list(graph.objects(mention, KG.kind)) == [Literal("core")]
        (count,) = graph.subjects(RDF.type, KG.Count)
        assert graph.value(count, KG.count) == Literal(1)


def test_graph_keeps_what_the_text_says_of_a_component(dataset: Dataset) -> None:
    gloss = "把就业放在首位。"
    start = REPORT_2021.index(gloss)
    (slot,) = dataset.subjects(KG.gloss, zh(gloss))
    assert dataset.value(slot, RDF.value) == zh("稳就业")
    assert dataset.value(slot, KG.glossStart) == Literal(start)
    assert dataset.value(slot, KG.glossEnd) == Literal(start + len(gloss))


def test_graph_a_component_that_could_be_several_terms_keeps_its_slot_and_names_none() -> None:
    corpus = small_corpus()
    reform, *others = corpus.concepts
    entry = reform.entries[0]
    start = REPORT_2021.index("两山")
    ambiguous = replace(entry, components=(Component(entry.doc.span(start, start + 2)),))
    concepts = (replace(reform, entries=(ambiguous,)), *others)
    graph = build_graph(replace(corpus, concepts=concepts, mentions=()))
    definition = graph.value(None, KG.defines, IRIS.term(reform.id))
    (slot,) = graph.objects(definition, KG.slot)
    assert graph.value(slot, RDF.value) == zh("两山")
    assert graph.value(slot, SDO.item) is None


def test_graph_two_headwords_of_a_concept_that_share_a_definition_are_one_node() -> None:
    corpus = small_corpus()
    reform, *others = corpus.concepts
    entry = reform.entries[0]
    again = replace(entry, headword="“三去一降一补”改革", headword_span=None)
    graph = build_graph(replace(corpus, concepts=(replace(reform, entries=(entry, again)), *others)))
    (definition,) = graph.subjects(KG.defines, IRIS.term(reform.id))
    assert list(graph.objects(definition, KG.headword)) == [zh("三去一降一补")]


def test_graph_a_term_that_is_gone_is_a_deprecated_concept_with_its_label_and_no_term(
    dataset: Dataset,
) -> None:
    vocabulary = dataset.graph(IRIS.vocabulary_graph)
    gone = {(RDF.type, SKOS.Concept), (SKOS.inScheme, IRIS.scheme), (OWL.deprecated, Literal(True))}
    assert about(vocabulary, IRIS.term("两个保")) == {
        *gone,
        (SKOS.prefLabel, zh("两个保")),
        (DCTERMS.isReplacedBy, IRIS.term("两保")),
    }
    assert about(vocabulary, IRIS.term("两山")) == {*gone, (SKOS.prefLabel, zh("两山（泰山、蒙山）"))}
    assert about(glossary_graph(dataset), IRIS.term("两个保")) == about(dataset, IRIS.term("两个保"))


def test_graph_sections_and_boxes_say_where_they_are(dataset: Dataset) -> None:
    start = REPORT_2021.index("一、2020年工作回顾")
    section = IRIS.section("shanxi-2021", ("一、2020年工作回顾",), 1)
    assert about(dataset, section, KG.end) == {
        (RDF.type, KG.Section),
        (RDF.type, BIBO.DocumentPart),
        (DCTERMS.isPartOf, IRIS.document("shanxi-2021")),
        (DCTERMS.title, zh("一、2020年工作回顾")),
        (KG.heading, zh("一、2020年工作回顾")),
        (KG.coversYear, IRIS.year(2020)),
        (KG.subject, IRIS.subject("工作")),
        (KG.start, Literal(start)),
    }
    assert about(dataset, IRIS.box("shanxi-2021", 1), KG.start, KG.end) == {
        (RDF.type, KG.Box),
        (RDF.type, BIBO.DocumentPart),
        (DCTERMS.isPartOf, IRIS.document("shanxi-2021")),
        (KG.number, Literal(1)),
        (KG.voice, Literal("editor")),
        (KG.context, Literal("box")),
        (KG.inSection, section),
    }


def test_graph_a_box_lies_in_the_innermost_section() -> None:
    corpus = small_corpus()
    outer, *others = corpus.sections
    doc = outer.span.doc
    inner = replace(outer, span=doc.span(doc.text.index("知识小贴士"), outer.span.end))
    graph = build_graph(replace(corpus, sections=(outer, inner, *others)))
    expected = IRIS.section(doc.id, inner.path, 2)
    assert graph.value(IRIS.box(doc.id, 1), KG.inSection) == expected


def test_graph_every_mention_can_be_found_again_by_quotation_and_by_position(dataset: Dataset) -> None:
    corpus = small_corpus()
    texts = {IRIS.document(doc.id): doc.text for doc in corpus.documents}
    mentions = list(dataset.subjects(RDF.type, KG.Mention))
    assert len(mentions) == len(corpus.mentions)
    for mention in mentions:
        target = dataset.value(mention, OA.hasTarget)
        text = texts[dataset.value(target, OA.hasSource)]
        quote, position = sorted(dataset.objects(target, OA.hasSelector), key=str, reverse=True)
        start, end = (int(str(dataset.value(position, name))) for name in (OA.start, OA.end))
        prefix, exact, suffix = (str(dataset.value(quote, name)) for name in (OA.prefix, OA.exact, OA.suffix))
        assert text[start:end] == exact
        assert text[:start].endswith(prefix)
        assert text[end:].startswith(suffix)
        assert "\n" not in prefix + suffix
        assert not re.search("[。！？]", prefix + suffix[:-1])


@pytest.mark.parametrize(
    ("text", "prefix", "suffix"),
    [
        ("一。二“六稳”三。四", "二“", "”三。"),
        ("一“。”二六稳三！”四", "二", "三！”"),
        ("一\n六稳\n二", "", ""),
        ("一" * 200 + "六稳" + "二" * 200, "一" * 120, "二" * 120),
    ],
)
def test_graph_quotation_is_the_sentence(text: str, prefix: str, suffix: str) -> None:
    corpus = small_corpus()
    mention = corpus.mentions[0]
    doc = replace(mention.span.doc, text=text)
    start = text.index("六稳")
    mentions = (replace(mention, span=doc.span(start, start + 2)),)
    graph = build_graph(replace(corpus, mentions=mentions, open=()))
    (quote,) = graph.subjects(RDF.type, OA.TextQuoteSelector)
    assert (str(graph.value(quote, OA.prefix)), str(graph.value(quote, OA.suffix))) == (prefix, suffix)


def test_graph_puts_each_statement_in_its_named_graph(dataset: Dataset) -> None:
    names = {graph.identifier for graph in dataset.graphs() if len(graph)}
    docs = [doc.id for doc in small_corpus().documents]
    assert names == {
        *map(IRIS.document_graph, docs),
        IRIS.vocabulary_graph,
        IRIS.curated_graph,
        IRIS.derived_graph,
    }
    kinds = {name: set(dataset.graph(name).objects(None, RDF.type)) for name in names}
    assert {KG.Definition, KG.Slot, KG.Mention, KG.Section, KG.Box} <= kinds[IRIS.document_graph(docs[0])]
    assert kinds[IRIS.vocabulary_graph] == {SKOS.ConceptScheme, SKOS.Concept, KG.Term}
    assert kinds[IRIS.curated_graph] == {KG.Decision, PROV.Activity, SKOSXL.Label}
    assert {KG.Year, KG.Count} <= kinds[IRIS.derived_graph]


def test_graph_has_no_blank_nodes(dataset: Dataset) -> None:
    assert not [term for quad in dataset.quads() for term in quad if isinstance(term, BNode)]


def test_graph_is_valid_rdf_for_another_engine(dataset: Dataset) -> None:
    # rdflib lets a bad IRI, language tag or number pass
    quads = list(pyoxigraph.parse(trig(dataset).encode(), format=pyoxigraph.RdfFormat.TRIG))
    assert len(quads) == len(list(dataset.quads()))


def test_graph_points_at_nothing_that_is_not_there(dataset: Dataset) -> None:
    ours = tuple(
        f"{DEFAULT_BASE}{kind}" for kind in ("activity", "count", "doc/", "definition", "graph", "mention")
    )
    ours += tuple(f"{DEFAULT_BASE}{kind}" for kind in ("dataset", "scheme", "term", "year"))
    ours += tuple(f"{DEFAULT_BASE}{kind}" for kind in ("listing", "relation", "state"))
    for graph in (dataset, glossary_graph(dataset)):
        values = {value for value in graph.objects() if isinstance(value, URIRef) and value.startswith(ours)}
        assert values <= set(graph.subjects())


@pytest.mark.parametrize("base", ["https://terms.example/", "https://terms.example/政策#"])
def test_graph_has_the_same_shape_under_another_base(dataset: Dataset, base: str) -> None:
    moved = trig(build_graph(small_corpus(), base))
    assert DEFAULT_BASE not in moved.replace(str(KG), "").replace(str(ONTOLOGY), "")
    assert len(set(Dataset().parse(data=moved, format="trig").quads())) == len(set(dataset.quads()))


def test_graph_refuses_a_base_that_makes_no_iris() -> None:
    with pytest.raises(KgError, match="base IRI"):
        build_graph(small_corpus(), "terms")


# --- the glossary


def test_graph_the_glossary_has_no_sections_and_no_mentions(dataset: Dataset) -> None:
    kinds = {
        str(kind).rpartition("/")[2].rpartition("#")[2]
        for kind in glossary_graph(dataset).objects(None, RDF.type)
    }
    assert kinds == {
        "Term",
        "Concept",
        "ConceptScheme",
        "Definition",
        "Listing",
        "Slot",
        "Box",
        "DocumentPart",
        "Report",
        "Year",
        "PeriodOfTime",
        "Count",
        "Observation",
        "State",
        "Relation",
        "Evidence",
        "Subject",
        "Community",
        "Tie",
        "Standing",
        "DataSet",
        "DataStructureDefinition",
        "ComponentSpecification",
        "Activity",
        "Decision",
        "Label",
    }


def test_graph_the_glossary_answers_without_the_mentions(dataset: Dataset) -> None:
    glossary = glossary_graph(dataset)
    term = IRIS.term("六稳")
    for name in (
        SKOS.prefLabel,
        SKOS.definition,
        SKOS.narrower,
        KG.appearsInYear,
        KG.firstYear,
        KG.firstAppears,
        KG.presentIn,
    ):
        assert set(glossary.objects(term, name)) == set(dataset.objects(term, name)) != set()
    assert len(set(glossary.subjects(KG.countOf, term))) == 2
    assert {str(label) for label in glossary.objects(None, RDFS.label)} >= {"2021", "2025"}


def test_graph_the_glossary_can_be_taken_from_a_file_read_back(dataset: Dataset) -> None:
    read = Dataset().parse(data=trig(dataset), format="trig")  # without default_union
    assert turtle(glossary_graph(read)) == turtle(glossary_graph(dataset))


# --- the files

BUILD = """
import sys, warnings
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from corpora import small_corpus
from kg.trig import write_files
from kg.vocab import Iris
write_files(small_corpus(), Path(sys.argv[2]) / "graph.trig", Path(sys.argv[2]) / "glossary.ttl", Iris())
"""


def built(folder: Path, **environment: str) -> list[bytes]:
    folder.mkdir()
    command = [sys.executable, "-W", "error", "-c", BUILD, str(TESTS), str(folder)]
    subprocess.run(command, check=True, cwd=TESTS.parent, env=os.environ | environment)
    assert sorted(path.name for path in folder.iterdir()) == ["glossary.ttl", "graph.trig"]
    return [(folder / name).read_bytes() for name in ("graph.trig", "glossary.ttl")]


def test_graph_files_are_the_same_bytes_in_every_run(tmp_path: Path) -> None:
    runs = [
        built(tmp_path / "1", PYTHONHASHSEED="1"),
        built(tmp_path / "2", PYTHONHASHSEED="2", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        built(tmp_path / "3", PYTHONHASHSEED="3", TZ="Asia/Shanghai"),
    ]
    assert runs[0] == runs[1] == runs[2]
    for content in runs[0]:
        assert b"\r" not in content
        assert "三去一降一补" in content.decode("utf-8")
        assert str(tmp_path).encode() not in content


def test_graph_files_do_not_depend_on_the_order_of_reading(dataset: Dataset) -> None:
    corpus = small_corpus()
    turned = replace(
        corpus,
        documents=corpus.documents[::-1],
        sections=corpus.sections[::-1],
        glossaries=corpus.glossaries[::-1],
        concepts=corpus.concepts[::-1],
        mentions=corpus.mentions[::-1],
        states=corpus.states[::-1],
        relations=corpus.relations[::-1],
    )
    assert trig(build_graph(turned)) == trig(dataset)


def test_graph_files_read_the_same_everywhere(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    write_trig(dataset, path)
    read = Dataset().parse(path, format="trig")
    json_ld = Dataset().parse(data=read.serialize(format="json-ld"), format="json-ld")
    store = pyoxigraph.Store()
    store.load(path=str(path), format=pyoxigraph.RdfFormat.TRIG)
    assert set(read.quads()) == set(dataset.quads())
    assert len(store) == len(set(json_ld.quads())) == len(set(read.quads()))


def test_graph_the_glossary_file_reads_back(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "glossary.ttl"
    write_turtle(glossary_graph(dataset), path)
    assert set(Graph().parse(path)) == set(glossary_graph(dataset))
