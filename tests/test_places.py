"""What stands in a document keeps its IRI while its own words stay."""

import pytest
from nodes import KG
from rdflib import RDF, Dataset

from kg.cleaning import clean
from kg.documents import Source
from kg.graph import build_graph
from kg.identifiers import identify
from kg.model import Document
from kg.pipeline import analyse

SOURCE = """# 政府工作报告

各位代表：

## 一、2020年工作回顾

做好“六稳”工作。落实“两稳”，做到“六稳”。

做好“六稳”工作。

#### 知识小贴士

“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。

“两稳”：稳就业、稳金融。

## 二、2021年工作安排

做好“六稳”工作。实施保供、保畅“两保”行动。
"""
KINDS = ("Section", "Box", "Definition", "Slot", "Mention", "Listing")


def graph(source: str) -> Dataset:
    text, marks = clean(source)
    doc = Document("d", text, marks, year=2021, issuer="某省")
    return build_graph(identify(analyse(Source("", (doc,), ()))))


def things(source: str) -> dict[str, set[str]]:
    made = graph(source)
    return {kind: {str(s) for s, *_ in made.quads((None, RDF.type, KG[kind], None))} for kind in KINDS}


@pytest.fixture(scope="module")
def before() -> dict[str, set[str]]:
    return things(SOURCE)


def test_places_are_all_there_and_no_two_are_one(before: dict[str, set[str]]) -> None:
    quoted = SOURCE.count("“六稳”") + SOURCE.count("“两稳”") + SOURCE.count("“两保”")
    assert {kind: len(found) for kind, found in before.items()} == {
        "Section": 2, "Box": 1, "Definition": 2, "Slot": 10, "Mention": quoted + 1, "Listing": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("各位代表：", "各位代表、同志们：现在，我报告工作。", {}),
        ("# 政府工作报告", "# 某省政府工作报告", {}),
        ("，做到“六稳”", "，切实做到“六稳”", {"Mention": 2}),  # both mentions of the sentence
        ("稳投资、稳预期", "稳投资、稳物价", {"Definition": 1, "Slot": 6, "Mention": 1}),
        ("“两稳”：稳就业、稳金融。", "“两稳”：稳就业、稳物价。", {"Definition": 1, "Slot": 2, "Mention": 1}),
        ("二、2021年", "三、2021年", {"Section": 1}),
        ("实施保供、保畅“两保”行动。", "实施“两保”行动。", {"Listing": 1, "Slot": 2, "Mention": 2}),
        ("做好“六稳”工作。实施", "实施", {"Mention": 1}),  # the third of three that read the same
    ],
)
def test_places_an_edit_moves_what_it_touches_and_nothing_else(before, old, new, moved) -> None:
    assert SOURCE.count(old) == 1
    after = things(SOURCE.replace(old, new))
    assert {kind: len(before[kind] - after[kind]) for kind in KINDS if before[kind] - after[kind]} == moved
