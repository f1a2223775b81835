"""Turtle and TriG: the same graph is the same bytes, and says what the graph says."""

from pathlib import Path

import pytest
from nodes import KG
from rdflib import RDF, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.turtle import trig, turtle, write_turtle

A, B = URIRef("https://example.org/a"), URIRef("https://example.org/b")
LITERALS = [
    Literal("“六稳”"),
    Literal('a "quoted"\\ text\nwith\r\tbreaks'),
    Literal("六稳", lang="zh-Hans"),
    Literal("liu wen", lang="zh-Latn-pinyin"),
    Literal(""),
    Literal(-3),
    Literal(True),
    Literal("0.0004", datatype=XSD.decimal),
    Literal("2021", datatype=XSD.gYear),
    Literal("2021-05", datatype=XSD.gYearMonth),
    Literal("x", datatype=URIRef("https://example.org/（type）")),
    Literal("not a number", datatype=XSD.integer, normalize=False),
]


@pytest.mark.parametrize("literal", LITERALS)
def test_turtle_reads_back_as_it_was(literal: Literal) -> None:
    graph = Graph().add((A, RDFS.label, literal))
    (value,) = Graph().parse(data=turtle(graph), format="turtle").objects()
    assert value.n3() == literal.n3()


@pytest.mark.parametrize(
    "local", ["六稳", "count", "1", "1+N", "a.b", "a.", "-a", "两山（太行山）", "a%20b", "a/b", "a#b", ""]
)
def test_turtle_names_read_back_as_they_were(local: str) -> None:
    iri = URIRef("https://example.org/policy-terms/ontology#" + local)
    graph = Graph().add((iri, RDFS.seeAlso, iri))
    assert isomorphic(Graph().parse(data=turtle(graph), format="turtle"), graph)


def test_turtle_is_sorted_whatever_the_order_of_adding() -> None:
    statements = [
        (A, RDF.type, KG.Term),
        (A, RDFS.label, Literal("b")),
        (A, RDFS.label, Literal("a")),
        (B, RDFS.seeAlso, A),
    ]
    forth, back = Graph(), Graph()
    for there, here in zip(statements, reversed(statements), strict=True):
        forth.add(there)
        back.add(here)
    assert turtle(forth) == turtle(back)
    assert turtle(forth).endswith(
        "\n<https://example.org/a>\n"
        "  a kg:Term ;\n"
        '  rdfs:label "a",\n'
        '    "b" .\n'
        "\n<https://example.org/b>\n"
        "  rdfs:seeAlso <https://example.org/a> .\n"
    )


def test_turtle_trig_sorts_named_graphs_and_keeps_the_default_one() -> None:
    forth, back = Dataset(), Dataset()
    for dataset, names in ((forth, [A, B]), (back, [B, A])):
        for name in names:
            dataset.graph(name).add((name, RDF.type, KG.Term))
        dataset.default_graph.add((A, RDFS.label, Literal("a")))
    assert trig(forth) == trig(back)
    read = Dataset().parse(data=trig(forth), format="trig")
    assert set(read.quads()) == set(forth.quads())


def test_turtle_refuses_blank_nodes_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "glossary.ttl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="blank node"):
        write_turtle(Graph().add((BNode(), RDF.type, KG.Term)), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
