"""Formulas in texts: what says one in other words, and what does not."""

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.forms import formula
from kg.phrasings import find_phrasings
from kg.rules import read_facts

#: A text beside which the examples stand, so that what is common in reports is common.
REPORT = (Path(__file__).parent.parent / "seeds" / "shanxi-2024-report.md").read_text(encoding="utf-8")
REST = re.sub(r"[#*\s]|供给侧", "", REPORT)


def told(sought: str, text: str) -> list[tuple[str, ...]]:
    """What a text has of a formula: the wording as it stands there, its sort, what is there for what."""
    found = find_phrasings(formula(sought, {"a": text, "often": f"{sought}。" * 3, "rest": REST}))["a"]
    return [(text[each.start : each.end], each.kind, each.old, each.new) for each in found]


@pytest.mark.parametrize(
    ("sought", "text", "expected"),
    [
        ("稳健的货币政策", "继续实施稳健的货币政策。", [("稳健的货币政策", "exact", "", "")]),
        ("稳健的货币政策", "稳健的货币政策要松紧适度。", [("稳健的货币政策", "exact", "", "")]),
        ("稳健的货币政策", "实施“稳健的货币政策”，", [("稳健的货币政策", "exact", "", "")]),
        ("稳健的货币政策", "实施“稳健”的货币政策，", [("稳健”的货币政策", "exact", "", "")]),
        ("稳健的货币政策", "实施适度宽松的货币政策。", [("适度宽松的货币政策", "modifier", "稳健", "适度宽松")]),
        ("稳健的货币政策", "稳健的财政政策和从紧的货币政策。", [("从紧的货币政策", "modifier", "稳健", "从紧")]),
        ("稳健的货币政策", "继续实施稳健货币政策。", [("稳健货币政策", "shortened", "的", "")]),
        ("稳健的货币政策", "实施稳健的财政政策和货币政策。", [("稳健的财政政策和货币政策", "shared", "", "财政政策和")]),
        (
            "稳健的货币政策",
            "继续实行适度从紧的财政政策和货币政策。",
            [("适度从紧的财政政策和货币政策", "shared", "稳健的", "适度从紧的财政政策和")],
        ),
        ("稳健的货币政策", "货币政策要保持稳健中性。", [("货币政策要保持稳健中性", "predicate", "稳健的", "要保持稳健中性")]),
        ("积极的财政政策", "实施更加积极的财政政策。", [("更加积极的财政政策", "degree", "", "更加")]),
        ("更加积极的就业政策", "实施积极的就业政策。", [("积极的就业政策", "degree", "更加", "")]),
        ("积极的财政政策", "转向松紧适度的稳健财政政策，稳健的财政政策，", [("稳健财政政策", "modifier", "积极的", "稳健"), ("稳健的财政政策", "modifier", "积极", "稳健")]),
        ("就业优先政策", "就业优先政策，坚持就业优先战略。", [("就业优先政策", "exact", "", ""), ("就业优先战略", "replaced", "政策", "战略")]),
        ("供给侧结构性改革", "供给侧结构性改革。使供给侧改革和", [("供给侧结构性改革", "exact", "", ""), ("供给侧改革", "shortened", "结构性", "")]),
        ("大众创业、万众创新", "大众创业、万众创新。大众创业万众创新，", [("大众创业、万众创新", "exact", "", ""), ("大众创业万众创新", "respelled", "、", "")]),
        ("西部大开发", "西部大开发。西部地区大开发，", [("西部大开发", "exact", "", ""), ("西部地区大开发", "lengthened", "", "地区")]),
        ("房住不炒", "坚持房子是用来住的、不是用来炒的定位。", [("房子是用来住的、不是用来炒", "spelled-out", "房住不炒", "房子是用来住的、不是用来炒")]),
        # no wording of it
        ("稳健的货币政策", "货币政策委员会开会，发挥货币政策的作用，运用多种货币政策工具，疏通货币政策传导机制。", []),
        ("稳健的货币政策", "实施积极的财政政策，财政政策、货币政策要配合。", []),
        ("稳健的货币政策", "稳健的财政政策。", []),
        ("稳健的货币政策", "创新直达实体经济的货币政策工具。", []),
        ("积极的财政政策", "货币政策要发挥更加积极的作用，财政政策的连续性。", []),
        ("房住不炒", "房屋居住面积不断扩大，不许炒作。", []),
        ("六稳", "“六五”期间经济稳定。", []),
        ("就业优先政策", "就业优先政策。" + "就业扶持政策，就业创业政策，就业政策，就业服务政策，" * 5, [("就业优先政策", "exact", "", "")]),
        ("供给侧结构性改革", "供给侧结构性改革。改善供给侧结构作为主攻方向，推进结构性改革。", [("供给侧结构性改革", "exact", "", "")]),
    ],
)  # fmt: skip
def test_phrasings_are_found_in_their_wordings(sought, text, expected):
    assert told(sought, text) == expected


@pytest.mark.parametrize(
    ("sought", "text", "said", "why"),
    [
        (
            "稳健的货币政策",
            "主要发达经济体推行宽松货币政策，",
            "宽松货币政策",
            "“的”字不见 no 的 before the head",
        ),
        (
            "稳健的货币政策",
            "货币政策要保持松紧适度，",
            "货币政策要保持松紧适度",
            "不带修饰语 the head without its modifier",
        ),
        (
            "稳健的货币政策",
            "实行适度从紧的财政货币政策。",
            "适度从紧的财政货币政策",
            "中心语扩大 the head is wider",
        ),
        ("稳中求进", "稳中求进。总体平稳、稳中有进，", "稳中有进", "一字之差 one character differs"),
        (
            "节能减排",
            "节能减排。节能降耗、污染减排，",
            "节能降耗、污染减排",
            "间有他名 other names stand between",
        ),
        (
            "创新驱动发展战略",
            "创新驱动发展战略。创新驱动发展能力，",
            "创新驱动发展能力",
            "换成他词 another word in its place",
        ),
    ],
)
def test_phrasings_say_what_is_doubtful(sought, text, said, why):
    found = find_phrasings(formula(sought, {"a": text, "often": f"{sought}。" * 3, "rest": REST}))["a"]
    assert [each.doubt for each in found if each.said == said] == [why]
    assert not any(each.doubt for each in found if each.said == sought)


@pytest.mark.parametrize(
    ("times", "why"),
    [
        (0, "原话未见 no text has the formula itself"),
        (2, "原话太少 the formula itself is too seldom said to tell"),
        (3, ""),
    ],
)
def test_phrasings_that_are_seldom_said_leave_doubt(times, why):
    found = find_phrasings(
        formula("就业优先政策", {"a": "就业优先政策。" * times + "就业优先战略。", "rest": REST})
    )["a"]
    assert [(each.said, each.doubt) for each in found][times:] == [("就业优先战略", why)]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("要继续实施积极的财政政策和稳健的货币政策，", "要继续实施", ""),
        ("稳健的货币政策要灵活精准、合理适度。", "", "要灵活精准、合理适度"),
        ("加大稳健的货币政策实施力度。", "加大", "实施力度"),
        ("稳健的货币政策和别的什么。", "", ""),
        ("这就是稳健的货币政策所说的一切以及此外还有的很多很多别的东西。", "", ""),
    ],
)
def test_phrasings_have_a_verb_before_and_the_rest_of_the_clause_behind(text, before, after):
    (found,) = find_phrasings(formula("稳健的货币政策", {"a": text}))["a"]
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize("group", read_facts("forms"))
def test_phrasings_table_does_its_work(group):
    text, sought, expected = read_facts("forms")[group]["example"]
    found = find_phrasings(formula(sought, {"a": text + "。", "rest": REST}))["a"]
    assert expected in {word for each in found for word in (each.said, each.before)}


@pytest.mark.parametrize("text", ["", "稳", "“”", "，。！"])
def test_phrasings_that_are_none(text):
    with pytest.raises(KgError, match="is no formula: give two characters or more"):
        formula(text, {"a": REST})


def test_phrasings_of_the_seeds_are_all_found_where_they_stand():
    """Any run of hanzi of a text is found as often as it stands there, at its places, whatever its form."""
    text = re.sub(r"[#*\s]", "", REPORT)
    chance = random.Random(7)
    runs = re.findall("[一-鿿]{4,}", text)
    for run in chance.sample(runs, 80):
        start = chance.randrange(len(run) - 3)
        sought = run[start : start + chance.randrange(4, 10)]
        found = find_phrasings(formula(sought, {"a": text}))["a"]
        plain = re.sub(r"[“”‘’「」『』\"'《》〈〉 　]", "", text)
        of_it = [each for each in found if each.said.endswith(sought) and each.kind in ("exact", "degree")]
        assert len(of_it) == plain.count(sought), sought
        assert all(re.sub("[“”‘’《》]", "", text[each.start : each.end]) == each.said for each in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
