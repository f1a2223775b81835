"""The targets of a report, each with the quantity it belongs to; the table of facts has an example of each."""

import pytest

from kg.model import Document
from kg.quantities import find_targets, same_part, same_value
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
    # by how much is no target
    ("今年工作安排。居民医保人均财政补助标准再提高30元。削减财政赤字450亿元。", {}),
    ("今年工作安排。居民医保人均财政补助标准提高到320元。", {"居民基本医保人均财政补助标准": "320元"}),
    # two policies in one sentence, of which one is raised from what it was
    (
        "今年工作安排。财政赤字1.62万亿元，赤字率从去年的2.1%提高到2.3%。",
        {"赤字率": "2.3%", "财政赤字": "1.62万亿元"},
    ),
    # given up for the year
    ("今年工作安排。能耗强度目标在规划期内统筹考核。", {"单位生产总值能耗降幅": None}),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_quantities_of_targets(text, expected):
    targets = find_targets(Document("d", text, year=2024))
    assert {name: target.value for name, target in targets.items()} == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("低于4.6%", "4.6%以内", True), ("1000万人以上", "1000万以上", True), ("900万人", "900万人以上", False)],
)
def test_quantities_say_the_same_in_other_words(one, other, same):
    assert same_value(one, other) == same


def test_quantities_know_where_a_report_plans():
    old, new = (
        Document("d", f"{year - 1}年工作回顾。\n{year}年工作安排。抓好。", year=year) for year in (2023, 2024)
    )
    review, plan = (0, 5), (18, 21)
    assert same_part(old.span(*plan), new.span(*plan))
    assert not same_part(old.span(*review), new.span(*plan))
