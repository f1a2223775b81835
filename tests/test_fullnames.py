"""The full names that definitions give."""

import pytest

from kg.entries import find_entries
from kg.fullnames import FULL_NAMES, full_names
from kg.model import Document
from kg.structure import find_glossaries


def names(text):
    doc = Document("d", f"知识小贴士\n{text}")
    entries = [entry for box in find_glossaries(doc) for entry in find_entries(box)]
    return [(name.short, name.span.text, name.rule) for entry in entries for name in full_names(entry)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RCEP：区域全面经济伙伴关系，即由东盟十国发起的协定。",
            [("RCEP", "区域全面经济伙伴关系", "of-letters")],
        ),
        (
            "P3实验室：生物安全防护三级实验室。它分为四级。",
            [("P3实验室", "生物安全防护三级实验室", "same-end")],
        ),
        ("链长制：重点产业链链长制，由省领导担任链长。", [("链长制", "重点产业链链长制", "same-end")]),
        (
            "“承诺制+标准地”改革：承诺制，即企业投资项目承诺制，是指作出承诺。标准地，是指具备条件的区域。",
            [("承诺制", "企业投资项目承诺制", "that-is")],
        ),
        ("EFlops：是衡量运算能力的一个计量单位，即每秒百亿亿次。", []),
        ("RCEP：由东盟十国发起的协定。", []),  # what it is, and no name
        ("新型城镇化：以人为核心的新型城镇化，是指有序推进。", []),  # a description
        ("“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", []),
        ("专班制：工作专班，即承诺制，指企业投资项目承诺制。", []),  # of neither the label nor a component
    ],
)
def test_fullnames(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize("row", FULL_NAMES, ids=lambda row: row.name)
def test_fullnames_rows_are_found_in_their_examples(row):
    assert row.pattern.search(row.example)
