"""What took the place of a formula in the next report, in the same slot."""

from __future__ import annotations

import pytest

from kg.alignments import align
from kg.model import Document
from kg.successors import Sentences, successors


@pytest.mark.parametrize(
    ("formula", "before", "after", "now"),
    [
        (
            "稳健的货币政策",
            "继续实施稳健的货币政策。",
            "继续实施适度宽松的货币政策。",
            "适度宽松的货币政策",
        ),
        (
            "坚持房住不炒定位",
            "坚持房住不炒定位，稳地价。",
            "坚持稳地价、稳房价。",
            None,
        ),  # nothing of it is left
        (
            "维护国家主权、安全、发展利益",
            "坚定维护国家主权、安全、发展利益。",
            "坚定捍卫国家主权、安全、发展利益。",
            "坚定捍卫国家主权、安全、发展利益",
        ),
        # not the same slot: another verb stands before it
        (
            "养老保险制度",
            "深化养老保险制度改革。",
            "加快养老保险省级统筹改革。",
            None,
        ),
        # the other words stood beside it already
        (
            "特殊教育、继续教育",
            "办好特殊教育、继续教育、专门教育。",
            "办好特殊教育、专门教育。",
            None,
        ),
        # only the sum is named otherwise
        (
            "基本公共卫生服务经费补助标准",
            "提高基本公共卫生服务经费补助标准。",
            "提高基本公共卫生服务经费人均财政补助标准。",
            None,
        ),
        # what the older report said already has taken no place
        (
            "稳健的货币政策",
            "继续实施稳健的货币政策。去年实施适度宽松的货币政策。",
            "继续实施适度宽松的货币政策。",
            None,
        ),
    ],
)
def test_successors_are_the_formula_with_another_word(
    formula: str, before: str, after: str, now: str | None
) -> None:
    old, new = Document("old", before), Document("new", after)
    at = before.index(formula)
    found = list(successors(old.span(at, at + len(formula)), Sentences(align(old, new)), ()))
    assert [there.text for *_, there in found] == ([now] if now else [])
    assert all((sentence.doc, counterpart.doc) == (old, new) for _, sentence, counterpart, _ in found)


@pytest.mark.parametrize(
    ("name", "said", "longer"),
    [
        ("少生快富工程", "实施“少生快富”扶贫工程。", True),  # with a word inside
        ("千万工程", "学习“千村示范、万村整治”工程经验。", True),  # in full
        ("数字经济", "发展数字。壮大经济。", False),
        ("双控", "双重控制。", False),
    ],
)
def test_successors_know_a_name_that_was_said_in_a_longer_form(name: str, said: str, longer: bool) -> None:
    text = Sentences(align(Document("old", said), Document("new", f"抓好{name}。")))
    assert text.has_longer(name, "old") == longer
