import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from kg.documents import Source
from kg.enumerations import find_enumerations, find_listed
from kg.history import component_lists
from kg.model import Document, Kind
from kg.pipeline import analyse, read

NATIONAL = os.environ.get("KG_NATIONAL")

BOX = "知识小贴士\n“三去一降”：去产能、去库存、去杠杆、降成本。"
LIST = "抓好去产能、去库存、去杠杆和降成本。"


def states(*documents, own=None):
    docs = tuple(
        Document(f"d{i}", text, year=year, kind=kind) for i, (year, kind, text) in enumerate(documents)
    )
    corpus = analyse(Source("", docs, ()), own)
    return {(s.concept, s.year): s.presence.value for s in corpus.states}, corpus


def test_history_of_a_slogan_before_its_name():
    found, _ = states(
        (2015, Kind.REPORT, "做好工作。"),
        (2016, Kind.REPORT, LIST),
        (2017, Kind.ANNOTATED, f"推进“三去一降”。\n{BOX}"),
        (2018, Kind.REPORT, "继续抓好“三去一降”。"),
        (2020, Kind.ABRIDGEMENT, "推进“三去一降”。"),
        (2021, Kind.REPORT, f"推进“三去一降”。{LIST}"),
    )
    assert [found["三去一降", year] for year in range(2015, 2022)] == [
        "absent", "listed", "named-with-parts", "named", "unknown", "unknown", "named-with-parts",
    ]  # fmt: skip


def test_history_a_digest_adds_nothing_and_its_silence_proves_nothing():
    found, _ = states((2020, Kind.REPORT, "推进“六稳”。"), (2021, Kind.ABRIDGEMENT, "做好工作。"))
    assert found == {("六稳", 2020): "named"}


def test_history_listings_are_mentions_of_their_own_kind_outside_of_explanations():
    _, corpus = states((2016, Kind.REPORT, LIST), (2017, Kind.ANNOTATED, f"推进“三去一降”。\n{BOX}"))
    listed = [m for m in corpus.mentions if m.kind == "listed"]
    assert [(m.concept, m.span.doc.year, m.span.text) for m in listed] == [
        ("三去一降", 2016, "去产能、去库存、去杠杆和降成本")
    ]


def test_history_of_ones_own_term():
    own = {"四个现代化": (("四化",), ("工业", "农业", "国防", "科学技术"))}
    found, corpus = states(
        (1975, Kind.REPORT, "实现农业、工业、国防和科学技术的现代化。"),
        (1978, Kind.REPORT, "为了四化。"),
        own=own,
    )
    assert [found["四个现代化", year] for year in (1975, 1976, 1978)] == ["listed", "unknown", "named"]
    concept = next(c for c in corpus.concepts if c.id == "四个现代化")
    assert [c.span.text for c in concept.parts] == ["工业", "农业", "国防", "科学技术"]


def test_history_components_of_one_character_match_nothing():
    _, corpus = states(
        (2021, Kind.ANNOTATED, "狠抓防、控、治、研。\n知识小贴士\n“四环联动”：狠抓防、控、治、研四环联动。")
    )
    concept = next(c for c in corpus.concepts if c.label == "四环联动")
    assert component_lists(concept) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("去产能、去库存、降成本", ["去产能、去库存、降成本"]),
        ("去库存，去产能和降成本。去产能、降成本", ["去库存，去产能和降成本"]),
        ("去产能，加快去库存、降成本", []),
        ("去产能、去产能、去库存、降成本", ["去产能、去库存、降成本"]),
        ("“去产能”“去库存”、降成本", []),
    ],
)
def test_history_all_components_in_one_enumeration(text, found):
    assert [s.text for s in find_listed(Document("d", text), ["去产能", "去库存", "降成本"])] == found


def test_history_enumerations_with_and_without_their_last_and():
    doc = Document("d", "推进水源、水权和水利改革；甲和乙。建立链长和会长“两长制”。")
    assert [[doc.text[a:b] for a, b in e.items] for e in find_enumerations(doc)] == [
        ["推进水源", "水权和水利改革"],
        ["推进水源", "水权", "水利改革"],
        ["建立链长", "会长“两长制”"],
    ]


@pytest.mark.skipif(not NATIONAL, reason="KG_NATIONAL names no folder with the national reports")
def test_history_of_forty_slogans_in_the_national_reports():
    """The states of 40 slogans in 54 years, judged by someone who had not seen the program.

    `also` in the sheet is a second reading that the judge held possible; 1964 is an abstract and not counted.
    """
    _, corpus = read(Path(NATIONAL))
    ids = defaultdict(list)
    for concept in corpus.concepts:
        ids[concept.label].append(concept.id)
    given = {(state.concept, state.year): str(state.presence) for state in corpus.states}
    with (Path(__file__).parent / "gold" / "histories_national.tsv").open(encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet, delimiter="\t"))
    gold = {(row["slogan"], row["year"]): (row["state"], row["also"]) for row in rows}
    years = {doc.year for doc in corpus.documents if doc.kind is not Kind.ABRIDGEMENT}
    right = invented = cells = 0
    for slogan in {row["slogan"] for row in rows}:
        for year in years:
            states = {given.get((i, year), "absent") for i in ids[slogan]} - {"absent"}
            state = min(states, default="absent")
            wanted, also = gold.get((slogan, str(year)), ("absent", ""))
            cells += 1
            right += state in (wanted, also)
            invented += state not in ("absent", "unknown") and wanted == "absent" and state != also
    assert cells == 40 * 54
    assert right / cells >= 0.95
    assert invented / cells <= 0.01
