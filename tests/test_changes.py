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


@pytest.mark.parametrize("quoted", ["不能再吃“大锅饭”。", "不能再“吃大锅饭”。"])
def test_changes_are_none_where_only_quotation_marks_are_others(quoted):
    plain = "不能再吃大锅饭。"
    for before, after in ((quoted, plain), (plain, quoted)):
        assert changes("办好学校。", before, after, terms=["吃大锅饭"]) == ()


def test_changes_are_none_where_nothing_has_changed():
    assert changes(STEADY, STEADY, STEADY) == ()


def test_changes_tell_of_a_slogan_that_is_new():
    found = changes("办好进博会。", "办好进博会。发展新质生产力。", terms={"新质生产力"})
    assert shown(found) == [(Kind.BEGUN, None, "新质生产力")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # one takes over how another begins
        ("推进“两山七河一流域”治理。", "加强“两山七河五湖”保护。", [(Kind.REPLACED, "两山七河一流域", "两山七河五湖")]),
        # what both begin with is said of other things too
        ("发展“互联网+农业”和“互联网+”。", "发展“互联网+医疗健康”和“互联网+”。", [(Kind.BEGUN, None, "互联网+医疗健康"), (Kind.ENDED, "互联网+农业", None)]),
        # those beside each other are one matter
        ("好。", "做实“硬联通”、“软联通”、“心联通”。", [(Kind.BEGUN, None, "“硬联通”、“软联通”、“心联通”")]),
        # an anniversary is no return
        ("好。", "纪念“五项原则”发表70周年。", []),
    ],
)  # fmt: skip
def test_changes_of_slogans(before, after, expected):
    terms = {
        "两山七河一流域",
        "两山七河五湖",
        "互联网+农业",
        "互联网+医疗健康",
        "互联网+",
        "硬联通",
        "软联通",
        "心联通",
        "五项原则",
    }
    assert shown(changes(before, after, terms=terms)) == expected


@pytest.mark.parametrize("after", ["要坚持房住不炒的原则和定位。", "坚决落实房住不炒这一定位，好好坚持。"])
def test_changes_weigh_less_where_a_formula_is_said_on_in_other_words(after):
    before = ["坚持房住不炒的定位，稳地价。"] * 3
    gone, said_on = (
        sum(one.weight for one in changes(*before, new) if one.kind == Kind.ENDED)
        for new in ("办好进博会。", after)
    )
    assert said_on < gone / 2


def test_changes_say_where_all_that_stood_around_a_formula_is_gone():
    passage = "坚持和平统一方针，坚持一个中国原则，坚决反对分裂活动，推动两岸关系和平发展，深化两岸融合发展。"
    found = changes(passage, passage, passage, "办好进博会。")
    assert found and all(change.passage for change in found)
    assert not any(change.passage for change in changes(STEADY, STEADY, STEADY, "保持汇率稳定。"))


def test_changes_of_targets_that_one_report_sets_count_where_the_other_lists_its_own():
    listed = (
        "今年发展主要预期目标是：国内生产总值增长5%左右；城镇新增就业1200万人以上；居民消费价格涨幅3%左右"
    )
    one, other = f"{listed}；粮食产量1.3万亿斤以上。", f"{listed}。"
    [lost] = changes(one, other)
    [unlisted] = [c for c in changes(one, "国内生产总值增长5%左右。") if c.about == "粮食产量"]
    assert (lost.about, lost.now) == ("粮食产量", None)
    assert unlisted.weight < lost.weight / 4


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
