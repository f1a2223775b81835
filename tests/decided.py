"""A corpus of two short reports, and one decision of every sort on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from nodes import KG
from rdflib import RDF, Graph, URIRef

from kg.documents import Source
from kg.graph import build_graph, glossary_graph
from kg.model import Branch, Corpus, Decision, Document, Kind
from kg.pipeline import analyse
from kg.turtle import turtle

OLD = """2021年甲省政府工作报告
做好“六稳”工作，落实“双碳”目标，践行“两山”理念，落实“六保”任务。
推动绿色转型，守护“两山”。
知识小贴士
“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。
“两山”：太行山、吕梁山。
“双碳”目标：碳达峰、碳中和。"""
NEW = """2024年甲省政府工作报告
坚持“六稳”方针，推进碳达峰碳中和“双碳”行动，践行“两山”理念。
推动绿色转型，培育新动能。"""

DOCUMENTS = (
    Document("jia-2021", OLD, title="2021年甲省政府工作报告", issuer="甲省", year=2021, kind=Kind.ANNOTATED),
    Document("jia-2024", NEW, title="2024年甲省政府工作报告", issuer="甲省", year=2024),
)

#: A decision of every sort, by a name; all of them apply.
DECISIONS = {
    "english official": Decision(
        "english",
        "六稳",
        "as printed",
        label="the Six Stabilities",
        status="official",
        source="State Council",
        year=2020,
        date="2026-11-22",
        by="译者",
    ),
    "english proposed": Decision("english", "六稳", "shorter", label="six stables", status="proposed"),
    "english rejected": Decision("english", "六稳", "wrong", label="six steadies", status="rejected"),
    "definition": Decision("definition", "六保", "often asked", definition="保六样。"),
    "definition of a defined term": Decision("definition", "六稳", "short", definition="稳六样。"),
    "alias that is not said": Decision("alias", "六稳", "in speeches", alias="六个稳"),
    "alias that is said": Decision("alias", "六稳", "for the test", alias="绿色转型"),
    "add": Decision("add", "新动能", "a slogan without quotation marks"),
    "add with all": Decision(
        "add", "旧动能", "the other side", aliases=("老动能",), components=("钢", "煤"), definition="旧的。"
    ),
    "link": Decision(
        "link", "六稳", "as told", other="六保", relation="successor", document="jia-2021", quote="落实“六保”"
    ),
    "components": Decision("components", "双碳", "for the test", components=("碳达峰", "碳汇")),
    "components of a document": Decision(
        "components", "两山", "for the test", components=("吕梁山", "太行山"), document="jia-2021"
    ),
    "components of a candidate": Decision("components", "六保", "known", components=("保就业", "保民生")),
    "reject a term": Decision("reject", "六保", "for the test"),
    "reject a definition": Decision("reject", "双碳", "for the test", document="jia-2021"),
    "reject a mention by its words": Decision(
        "reject", "六稳", "for the test", document="jia-2024", quote="坚持“六稳”"
    ),
    "reject a mention by its place": Decision(
        "reject", "两山", "for the test", document="jia-2021", start=61
    ),
    "reject a name": Decision("reject", "双碳", "for the test", alias="“双碳”目标"),
    "reject a relation": Decision("reject", "两山", "for the test", other="六稳", relation="co-mentioned"),
    "join": Decision("join", "六稳", "for the test", other="六保"),
    "split": Decision(
        "split",
        "两山",
        "for the test",
        senses=(Branch("山", ("jia-2021",)), Branch("生态", ("jia-2024",))),
    ),
}


@cache
def decided(*decisions: Decision) -> Corpus:
    """What is read from the two reports, with these decisions."""
    return analyse(Source("甲省", DOCUMENTS, ()), None, decisions)


def glossary(corpus: Corpus) -> Graph:
    return glossary_graph(build_graph(corpus))


def difference(before: Graph, after: Graph) -> str:
    """What a decision takes out of the glossary and puts in, sorted; the record of it is left out.

    Measures of the whole network (communities, standings, ties) are computed anew and left out, too.
    """
    lines = []
    for sign, one, other in (("-", before, after), ("+", after, before)):
        only = Graph()
        for prefix, namespace in one.namespaces():
            only.bind(prefix, namespace)
        for triple in set(_said(one)) - set(_said(other)):
            only.add(triple)
        lines += [f"{sign} {line}" for line in turtle(only).splitlines() if line and line[0] != "@"]
    return "".join(f"{line}\n" for line in lines)


def _said(graph: Graph) -> Sequence[tuple[URIRef, URIRef, URIRef]]:
    measured = {s for kind in MEASURES for s in graph.subjects(RDF.type, kind)}
    left_out = measured | set(graph.subjects(RDF.type, KG.Decision))
    return [t for t in graph if t[0] not in left_out and t[1] != KG.inCommunity]  # type: ignore[misc]


MEASURES = (KG.Community, KG.Standing, KG.Tie)
