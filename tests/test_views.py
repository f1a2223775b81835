"""Entries, mentions, concordance and cards, as a built graph gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.model import KgError
from kg.views import concordance, entries, mentions

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


# ------------------------------------------------------------------------- entries and mentions


def test_entries_have_every_field(store: Store) -> None:
    by_label = {(entry["doc"], entry["label"]): entry for entry in entries(store)}
    assert by_label["r2021", "三去一降一补"] == {
        "doc": "r2021",
        "box": 1,
        "headword": "三去一降一补",
        "label": "三去一降一补",
        "headword_start": 301,
        "headword_end": 307,
        "definition": "“去产能”：化解产能过剩。“去库存”：消化库存。“去杠杆”。“降成本”。“补短板”。",
        "start": 310,
        "end": 352,
        "components": [
            {"text": "去产能", "start": 311, "end": 314, "group": "三去", "definition": "化解产能过剩"},
            {"text": "去库存", "start": 324, "end": 327, "group": "三去", "definition": "消化库存"},
            {"text": "去杠杆", "start": 335, "end": 338, "group": "三去", "definition": None},
            {"text": "降成本", "start": 341, "end": 344, "group": "一降", "definition": None},
            {"text": "补短板", "start": 347, "end": 350, "group": "一补", "definition": None},
        ],
        "numeral": "3+1+1",
        "readings": [5],
        "expected_count": 5,
        "agrees": True,
        "dates": [],
        "origin": None,
        "voice": "editor",
        "rule": "plain",
    }
    implicit = by_label["r2021", "六稳"]
    assert (implicit["headword_start"], implicit["headword_end"]) == (None, None)
    assert (implicit["readings"], implicit["expected_count"], implicit["agrees"]) == ([6, 3], None, None)
    disagrees = by_label["r2021", "人才新政12条"]
    assert disagrees["agrees"] is False
    assert disagrees["dates"] == ["2018-07"]
    assert disagrees["origin"] == {"level": "provincial", "cue": "省委"}
    in_text = by_label["r2024", "两去"]
    assert (in_text["box"], in_text["voice"], in_text["headword"]) == (None, "text", "“两去”任务")


def test_entries_stand_in_the_order_of_document_box_and_offset(store: Store) -> None:
    assert [(entry["doc"], entry["box"], entry["start"]) for entry in entries(store)] == [
        ("r2021", 1, 310),
        ("r2021", 1, 420),
        ("r2021", 2, 1306),
        ("r2021", 2, 1408),
        ("r2024", None, 5000),
        ("r2024", None, 9006),
        ("r2024", None, 9110),
    ]


def test_entries_that_share_a_definition_stand_in_the_order_of_their_headwords() -> None:
    store = turtle("""
      <doc/d> dct:identifier "d" .
      <definition/1> a kg:Definition ; kg:defines <term/1> ; rdf:value "x" ; kg:start 9 ; kg:end 10 ;
        kg:headword "四环联动"@zh-Hans ; kg:headwordStart 5 ; dct:source <doc/d> .
      <definition/2> a kg:Definition ; kg:defines <term/2> ; rdf:value "x" ; kg:start 9 ; kg:end 10 ;
        kg:headword "三线作战"@zh-Hans ; kg:headwordStart 1 ; dct:source <doc/d> .
      <term/1> a kg:Term ; skos:prefLabel "四环联动"@zh-Hans .
      <term/2> a kg:Term ; skos:prefLabel "三线作战"@zh-Hans .
    """)
    assert [entry["label"] for entry in entries(store)] == ["三线作战", "四环联动"]


@pytest.mark.parametrize(
    ("labels", "headword", "label"),
    [
        ('skos:prefLabel "六定"@zh-Hans', "国企“六定”改革", "六定"),
        ('skos:prefLabel "两山（太行山、吕梁山）"@zh-Hans ; skos:altLabel "两山"@zh-Hans', "“两山”", "两山"),
        # brackets that belong to the name
        ('skos:prefLabel "国内生产总值（GDP）"@zh-Hans', "国内生产总值（GDP）", "国内生产总值（GDP）"),
        ('skos:prefLabel "三化三制"@zh-Hans ; skos:altLabel "3化3制"@zh-Hans', "“3化3制”改革", "3化3制"),
        (
            'skos:prefLabel "三化三制"@zh-Hans ; skos:hiddenLabel "gai ge"@zh-Latn-pinyin',
            "gai ge",
            "三化三制",
        ),
    ],
)
def test_entries_give_the_label_without_the_mark_of_its_sense(labels: str, headword: str, label: str) -> None:
    store = turtle(f"""
      <doc/d> dct:identifier "d" . <term/1> a kg:Term ; {labels} .
      <definition/1> a kg:Definition ; kg:defines <term/1> ; rdf:value "x" ; kg:start 9 ; kg:end 10 ;
        kg:headword "{headword}"@zh-Hans ; dct:source <doc/d> .
    """)
    assert [entry["label"] for entry in entries(store)] == [label]


def test_mentions_have_every_field(store: Store) -> None:
    found = mentions(store)
    assert len(found) == 15
    assert [(row["doc"], row["start"]) for row in found] == sorted(
        (row["doc"], row["start"]) for row in found
    )
    assert found[5] == {
        "doc": "r2021",
        "term": "六稳",
        "concept": TERM + "六稳",
        "senses": [],
        "kind": "core",
        "exact": "六稳",
        "start": 1010,
        "end": 1012,
        "context": "body",
        "year": 2021,
        "covers": [2020],
        "section": "一、2020年工作回顾 › 稳住经济",
        "rule": "longest",
    }
    assert found[3]["covers"] == [2016, 2017, 2018, 2019, 2020]
    digest = found[0]
    assert (digest["doc"], digest["covers"], digest["section"]) == ("d2025", [], None)
    homonym = next(row for row in found if row["exact"] == "两山")
    assert (homonym["term"], homonym["concept"]) == ("两山", TERM + GREEN)
    assert [row["start"] for row in found if row["kind"] != "core"] == [2050, 5000]
    undecided = found[1]
    assert (undecided["concept"], undecided["rule"]) == (None, "open")
    assert undecided["senses"] == [TERM + "三去一降一补", TERM + "两去"]
    assert mentions(store, "两去")[0]["senses"] == undecided["senses"]


def test_mentions_of_a_term(store: Store) -> None:
    assert [(row["doc"], row["start"]) for row in mentions(store, "六稳")] == [
        ("d2025", 30),
        ("r2021", 410),
        ("r2021", 1010),
    ]
    both = mentions(store, "六稳六保")
    assert [row["term"] for row in both] == ["六稳", "六稳", "六稳", "六保", "六保", "六保"]
    assert [row["concept"] for row in mentions(store, "两山")] == [TERM + GREEN]
    assert mentions(store, "引才") == []


def test_mentions_of_an_unknown_term_suggest_near_ones(store: Store) -> None:
    for view in (mentions, concordance):
        with pytest.raises(KgError) as caught:
            view(store, "六温")
        assert str(caught.value) == "no term '六温' in this build; did you mean 六稳 or 六保?"
    with pytest.raises(KgError, match="no term '完全无关'"):
        mentions(store, "完全无关")


def test_concordance_shows_a_mention_in_its_words(store: Store) -> None:
    assert concordance(store, "六稳") == [
        {
            "left": "做好",
            "node": "六稳",
            "right": "工作",
            "document": "d2025",
            "section": "",
            "period": "",
            "offset": 30,
        },
        {
            "left": "",
            "node": "六稳",
            "right": "：稳就业、稳金融",
            "document": "r2021",
            "section": "“十三五”时期发展成就",
            "period": "2016–2020",
            "offset": 410,
        },
        {
            "left": "扎实做好“",
            "node": "六稳",
            "right": "”工作，落实“六保”任务。",
            "document": "r2021",
            "section": "一、2020年工作回顾 › 稳住经济",
            "period": "2020",
            "offset": 1010,
        },
    ]
    assert list(concordance(store)[0]) == ["left", "node", "right", "document", "section", "period", "offset"]
    assert len(concordance(store)) == 13
