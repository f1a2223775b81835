"""What changed from one report to the next, with both quotations; nothing is told twice."""

import pytest

from kg.alignments import align
from kg.changes import find_changes
from kg.formulas import Reports
from kg.model import Document
from kg.model import Rewording as Kind
from kg.structure import find_sections

PLAN = "二、{}年工作安排\n今年发展主要预期目标是：国内生产总值增长{}。\n"


def changes(*texts, terms=()):
    docs = [Document(str(2020 + i), text, year=2020 + i) for i, text in enumerate(texts)]
    old, new = docs[-2:]
    sections = [section for doc in (old, new) for section in find_sections(doc)]
    return find_changes(old, new, align(old, new), Reports([(doc, ()) for doc in docs]), sections, terms)


def shown(found):
    return [
        (change.kind, change.was.text if change.was else None, change.now.text if change.now else None)
        for change in found
    ]


STEADY, LOOSE = "实施稳健的货币政策，保持汇率稳定。", "实施适度宽松的货币政策，保持汇率稳定。"
ROWS = [
    ([STEADY] * 3 + [LOOSE], (Kind.REPLACED, "稳健的货币政策", "适度宽松的货币政策")),
    (["坚持房住不炒的定位，稳地价。"] * 3 + ["办好进博会。"], (Kind.ENDED, "坚持房住不炒的定位", None)),
    ([LOOSE, LOOSE, "办好进博会。", "办好进博会。", LOOSE], (Kind.RETURNED, None, "实施适度宽松的货币政策")),
    (["今年预期目标：国内生产总值增长5.5%左右。", "今年预期目标：国内生产总值增长5%左右。"], (Kind.TARGET, "5.5%左右", "5%左右")),
    (
        ["今年预期目标：国内生产总值增长6%。", "今年，我们没有提出全年经济增速具体目标。"],
        (Kind.TARGET, "6%", "没有提出全年经济增速具体目标"),
    ),
    (
        ["积极的财政政策要加力增效。", "今年，积极的财政政策要提升效能，更加注重精准。"],
        (Kind.REWORDED, "积极的财政政策要加力增效", "积极的财政政策要提升效能，更加注重精准"),
    ),
    (["大力推进依法行政，接受监督。", "推进依法行政，接受监督。"], (Kind.SOFTENED, "大力推进依法行政", "推进依法行政")),
    (["防止低效无效投资。", "坚决防止低效无效投资。"], (Kind.HARDENED, "防止低效无效投资", "坚决防止低效无效投资")),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), ROWS, ids=[row[1][0] for row in ROWS])
def test_changes_of_two_reports(texts, expected):
    assert expected in shown(changes(*texts))


@pytest.mark.parametrize(("texts", "expected"), ROWS, ids=[row[1][0] for row in ROWS])
def test_changes_have_both_quotations_and_stand_in_them(texts, expected):
    for change in changes(*texts):
        assert change.old or change.new
        for words, sentences in ((change.was, change.old), (change.now, change.new)):
            assert words is None or any(words in sentence for sentence in sentences)


def test_changes_are_none_where_nothing_has_changed():
    assert changes(STEADY, STEADY, STEADY) == ()


def test_changes_tell_of_a_slogan_that_is_new():
    found = changes("办好进博会。", "办好进博会。发展新质生产力。", terms={"新质生产力"})
    assert shown(found) == [(Kind.BEGUN, None, "新质生产力")]


def test_changes_tell_of_a_part_that_moved():
    parts = ("抓好科技创新工作", "扩大国内市场需求", "深化重点领域改革", "推进乡村全面振兴")
    numbers = "一二三四"

    def plan(order):
        return "\n".join(
            f"（{numbers[i]}）{parts[part]}\n落实好第{part}项的全部任务，办好各项事业。"
            for i, part in enumerate(order)
        )

    [moved] = changes(plan((0, 1, 2, 3)), plan((3, 0, 1, 2)))
    assert (moved.kind, moved.was.text, moved.now.text) == (
        Kind.MOVED,
        "（四）推进乡村全面振兴",
        "（一）推进乡村全面振兴",
    )
