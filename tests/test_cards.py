"""A term's card, as a built graph gives it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.cards import Card, Definition, Group, Link, Part, Sentence, Year, card
from kg.lookup import Found
from kg.model import KgError

TERM = "https://example.org/policy-terms/term/"
RANGES = "两山（太行山、吕梁山）"
GREEN = "两山（绿水青山就是金山银山）"


def test_card_of_a_term_in_boxes_bodies_and_digests(store: Store) -> None:
    report, digest = ("r2021", "2021年政府工作报告", 2021), ("d2025", None, 2025)
    assert card(store, TERM + "六稳") == Card(
        iri=TERM + "六稳",
        label="六稳",
        english=(),
        alt_labels=(),
        pinyin=("liu wen",),
        candidate=False,
        definitions=(
            Definition(
                "稳就业、稳金融", "editor", *report, "六稳", "6", expected=None, agrees=None, groups=()
            ),
        ),
        listing=(),
        part_of=(),
        subjects=("民生",),
        community="六保 · 六稳 · 保民生",
        links=(Link("co-mentioned", Found(TERM + "六保", "六保"), False, (), (), 0.9),),
        years=(
            Year(2021, body=1, box=1, glossary=0, listed=0, digests=()),
            Year(2025, body=0, box=0, glossary=0, listed=0, digests=("d2025",)),
        ),
        sentences=(
            Sentence(
                *("", "六稳", "：稳就业、稳金融", *report, "“十三五”时期发展成就"),
                covers=(2016, 2017, 2018, 2019, 2020),
                context="box",
                kind="core",
            ),
            Sentence(
                *("扎实做好“", "六稳", "”工作，落实“六保”任务。", *report, "一、2020年工作回顾 › 稳住经济"),
                covers=(2020,),
                context="body",
                kind="core",
            ),
            Sentence("做好", "六稳", "工作", *digest, None, covers=(), context="body", kind="core"),
        ),
        references=(),
        open=(),
        decisions=(),
    )


def test_card_has_components_by_group_and_only_core_mentions(store: Store) -> None:
    slogan = card(store, TERM + "三去一降一补")
    assert slogan.definitions[0].groups == (
        Group(
            "三去",
            (
                Part("去产能", "化解产能过剩", TERM + "去产能"),
                Part("去库存", "消化库存", TERM + "去库存"),
                Part("去杠杆", None, TERM + "去杠杆"),
            ),
        ),
        Group("一降", (Part("降成本", None, TERM + "降成本"),)),
        Group("一补", (Part("补短板", None, TERM + "补短板"),)),
    )
    assert slogan.definitions[0].agrees is True
    assert [sentence.exact for sentence in slogan.sentences] == ["三去一降一补"]
    assert slogan.years == (
        Year(2021, body=1, box=0, glossary=0, listed=0, digests=()),
        Year(2024, body=0, box=0, glossary=0, listed=1, digests=()),
    )
    assert [(link.type, link.other.label, link.forward) for link in slogan.links] == [
        ("successor", "两去", True)
    ]
    assert slogan.links[0].dropped == ("去库存", "补短板", "降成本")
    assert [(sentence.exact, sentence.kind) for sentence in slogan.open] == [("去", "core")]


def test_card_of_a_component_of_a_candidate_and_of_a_term_with_other_names(store: Store) -> None:
    assert card(store, TERM + "去产能").part_of == (
        Found(TERM + "三去一降一补", "三去一降一补"),
        Found(TERM + "两去", "两去"),
    )
    assert card(store, TERM + "六保").candidate is True
    rcep = card(store, TERM + "RCEP")
    assert rcep.alt_labels == ("区域全面经济伙伴关系协定",)
    assert [definition.voice for definition in rcep.definitions] == ["editor", "government"]
    assert rcep.years[1] == Year(2024, body=0, box=0, glossary=1, listed=0, digests=())
    disagrees = card(store, TERM + "人才新政12条").definitions[0]
    assert (disagrees.expected, disagrees.agrees) == (12, False)
    assert disagrees.groups == (
        Group(None, (Part("引才", None, TERM + "引才"), Part("用才", None, TERM + "用才"))),
    )


def test_card_of_nothing(store: Store) -> None:
    with pytest.raises(KgError, match="no term"):
        card(store, TERM + "七稳")
