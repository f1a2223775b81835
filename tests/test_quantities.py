"""The targets of a report, each with the quantity it belongs to; the table of facts has an example of each."""

import pytest

from kg.model import Document
from kg.quantities import find_targets
from kg.rules import read_facts


@pytest.mark.parametrize("row", read_facts("quantities")["quantity"], ids=lambda row: row["name"])
def test_quantities_of_the_table_find_their_example(row):
    sentence, value = row["example"]
    doc = Document("d", f"去年的工作。\n今年发展主要预期目标是：{sentence}；民生改善。", year=2024)
    target = find_targets(doc)[row["name"]]
    assert (target.value, target.span.text) == (value, value)


ROWS = [
    # what was reached is no target
    (
        "国内生产总值增长5.2%，城镇新增就业1244万人。今年主要预期目标是：国内生产总值增长5%左右。",
        {"经济增长": "5%左右"},
    ),
    # a range, in full width
    ("今年发展的主要预期目标是：国内生产总值增长６．５％—７％。", {"经济增长": "６．５％—７％"}),
    # of several, that which the list of targets has
    (
        "今年预期目标：赤字率拟按3%安排，财政赤字2.38万亿元，其中地方财政赤字8300亿元。",
        {"赤字率": "3%", "财政赤字": "2.38万亿元"},
    ),
    # none is set, and it says so
    ("今年工作安排。我们没有提出全年经济增速具体目标，主要因为不确定性大。", {"经济增长": None}),
    # an average of five years is another quantity
    ("今年工作安排。“十三五”时期国内生产总值年均增长6.5%以上。", {}),
    ("今年工作安排。经济增长目标同2035年远景目标衔接。", {}),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_quantities_of_targets(text, expected):
    targets = find_targets(Document("d", text, year=2024))
    assert {name: target.value for name, target in targets.items()} == expected
