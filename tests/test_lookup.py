"""Terms by label, by pinyin, by several labels at once; and what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.lookup import find_terms, near_misses

SMALL = Path(__file__).parent / "data" / "small.trig"
TERM = "https://example.org/policy-terms/term/"
RANGES = "两山（太行山、吕梁山）"
GREEN = "两山（绿水青山就是金山银山）"


def turtle(statements: str) -> Store:
    """A store with the small graph and `statements` about terms."""
    store = Store()
    head = SMALL.read_text(encoding="utf-8").split("<graph/vocabulary>")[0]
    store.bulk_load(f"{head}<graph/vocabulary> {{ {statements} }}".encode(), RdfFormat.TRIG)
    return store


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("六稳", ["六稳"]),
        (" “ 六稳 ” ", ["六稳"]),
        ('"六稳"', ["六稳"]),
        ("人才新政１２条", ["人才新政12条"]),
        ("人才新政 12 条", ["人才新政12条"]),
        ("rcep", ["RCEP"]),
        ("区域全面经济伙伴关系协定", ["RCEP"]),
        ("liu wen", ["六稳"]),
        ("两山", [RANGES, GREEN]),
        (RANGES, [RANGES]),
        ("六稳六保", ["六稳", "六保"]),
        ("六保“六稳”六保", ["六保", "六稳"]),
        ("六稳、六保", ["六稳", "六保"]),
        ("两山六保", [RANGES, GREEN, "六保"]),
        ("两山七河一流域六保", ["两山七河一流域", "六保"]),
        ("liu wen liu bao", []),  # pinyin is too loose to be put together
        ("六稳和六保", []),
        ("六", []),
        ("、", []),
        ("", []),
    ],
)
def test_find_terms(store: Store, text: str, labels: list[str]) -> None:
    found = find_terms(store, text)
    assert [each.label for each in found] == labels
    assert all(each.iri == TERM + each.label for each in found)


def test_find_terms_takes_the_longest_that_lets_the_rest_come_out() -> None:
    store = turtle(
        "".join(
            f'<term/{label}> a kg:Term ; skos:prefLabel "{label}"@zh-Hans . '
            for label in ("三管", "三管三必须", "必须五严", "三必须", "五严", "五防", "三")
        )
    )
    assert [each.label for each in find_terms(store, "三管三必须五防")] == ["三管三必须", "五防"]
    assert [each.label for each in find_terms(store, "三管必须五严")] == ["三管", "必须五严"]
    assert [each.label for each in find_terms(store, "三三管")] == []  # one character is no piece
    assert [each.label for each in find_terms(store, "三")] == ["三"]


def test_find_terms_puts_preferred_labels_before_others() -> None:
    store = turtle("""
      <term/双碳> a kg:Term ; skos:prefLabel "双碳"@zh-Hans ; skos:altLabel "碳中和"@zh-Hans .
      <term/碳中和> a kg:Term ; skos:prefLabel "碳中和"@zh-Hans .
    """)
    assert [each.label for each in find_terms(store, "碳中和")] == ["碳中和", "双碳"]


@pytest.mark.parametrize("text", ["旅游+", "旅游＋", "“旅游”+"])
def test_find_terms_gives_all_that_are_written_so(text: str) -> None:
    store = turtle("""
      <term/1> a kg:Term ; skos:prefLabel "旅游+"@zh-Hans .
      <term/2> a kg:Term ; skos:prefLabel "旅游＋"@zh-Hans .
      <term/3> a kg:Term ; skos:prefLabel "“旅游”+"@zh-Hans .
      <term/4> a kg:Term ; skos:prefLabel "旅游"@zh-Hans .
      <term/5> a kg:Term ; skos:prefLabel "文化旅游+"@zh-Hans .
    """)
    assert sorted(each.iri.removeprefix(TERM) for each in find_terms(store, text)) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("六温", "六稳"),  # the same sound
        ("六宝", "六保"),
        ("三去一降", "三去一降一补"),
        ("三补一降一去", "三去一降一补"),  # the same characters, in disorder
        ("RECP", "RCEP"),
        ("liu wne", "六稳"),
        ("人才新政", "人才新政12条"),
    ],
)
def test_near_misses_by_character_and_by_sound(store: Store, text: str, first: str) -> None:
    assert near_misses(store, text)[0] == first


def test_near_misses_are_few_or_none(store: Store) -> None:
    assert near_misses(store, "完全无关") == near_misses(store, "x") == near_misses(store, " ") == []
    many = turtle("".join(f'<term/{n}> a kg:Term ; skos:prefLabel "六稳{n}"@zh-Hans . ' for n in range(9)))
    assert near_misses(many, "六稳") == [f"六稳{n}" for n in range(5)]
