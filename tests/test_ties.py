"""What is said together more often than by chance."""

from dataclasses import replace

import pytest
from scipy.stats import chi2_contingency

from kg.entries import find_entries
from kg.lexicon import build_lexicon
from kg.mentions import find_mentions, make_finder
from kg.model import Document, Kind
from kg.structure import find_glossaries, find_sections
from kg.ties import find_ties, likelihood_ratio, npmi, tallies, tally

FILL = "全力推进各项工作。" * 200


def ties(*texts, kinds=(), unit="sentence"):
    docs = [Document(f"d{i}", text, year=2020 + i) for i, text in enumerate(texts)]
    docs = [replace(doc, kind=kind) for doc, kind in zip(docs, kinds, strict=True)] if kinds else docs
    boxes = [box for doc in docs for box in find_glossaries(doc)]
    lexicon = build_lexicon(docs, [entry for box in boxes for entry in find_entries(box)])
    finder = make_finder(lexicon)
    sections = [section for doc in docs for section in find_sections(doc)]
    mentions = [
        m for doc in docs for m in find_mentions(doc, finder, find_sections(doc), find_glossaries(doc))
    ]
    found = find_ties(tuple(tallies(docs, sections, mentions)), lexicon.concepts)
    return {(tie.one, tie.other): tie for tie in found if tie.unit == unit}


def test_ties_of_one_sentence_are_counted_once():
    found = ties("做好“六稳”“六保”工作，“六稳”为先。抓实“六保”，促进“六稳”。" + FILL)
    tie = found["六保", "六稳"]
    assert (tie.together, tie.expected) == (2, 0.02)
    assert tie.association == 1.0


def test_ties_are_not_those_that_chance_explains():
    assert ties("做好“六稳”“六保”。" + "“六稳”。" * 30 + "“六保”。" * 30) == {}


def test_ties_count_the_body_of_full_texts_only():
    text = "做好“六稳”“六保”工作。" + FILL
    assert ties(text, kinds=[Kind.ABRIDGEMENT]) == {}
    boxed = (
        "落实“六稳”。"
        + FILL
        + "\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期，与“六保”并提。"
    )
    assert ("六保", "六稳") not in ties(boxed)


def test_ties_a_slogan_and_its_components_are_no_pair():
    box = "\n知识小贴士\n“两保”：“保民生”、“保运转”。"
    found = ties("落实“两保”，即“保民生”“保运转”。" + FILL + box)
    assert set(found) == {("保民生", "保运转")}


def test_ties_of_sections_need_more_than_one():
    parts = "".join(
        f"（{n}）改善民生\n{FILL}\n"
        for n in ("三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
    )
    once = "一、工作\n（一）改革\n“六稳”。“六保”。\n（二）开放\n抓落实。\n" + parts
    assert ties(once, unit="section") == {}
    both = once.replace("抓落实", "“六稳”。“六保”")
    assert ties(both, unit="section")["六保", "六稳"].together == 2


@pytest.mark.parametrize(
    ("counts", "expected"), [((1, 1, 1, 1), 1.0), ((4, 4, 4, 10), 1.0), ((2, 4, 5, 10), 0.0)]
)
def test_ties_npmi_is_one_for_what_is_never_apart_and_nought_for_chance(counts, expected):
    assert npmi(*counts) == pytest.approx(expected, abs=1e-12)


def test_ties_likelihood_ratio_agrees_with_scipy():
    table = [[10, 5], [5, 80]]
    expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert likelihood_ratio(10, 15, 15, 100) == pytest.approx(expected)


def test_ties_follow_from_tallies_whoever_makes_them_and_in_whatever_order():
    texts = ["做好“六稳”“六保”工作。" + FILL, "促进“六稳”。" + FILL, "“六保”“六稳”“两山”。" + FILL]
    docs = [Document(f"d{i}", text, year=2020 + i) for i, text in enumerate(texts)]
    lexicon = build_lexicon(docs, [])
    finder = make_finder(lexicon)
    parts = {doc.id: list(find_sections(doc)) for doc in docs}
    one_by_one = [
        tally(doc, parts[doc.id], list(find_mentions(doc, finder, parts[doc.id], []))) for doc in docs
    ]
    sections = [section for doc in docs for section in parts[doc.id]]
    together = [m for doc in docs for m in find_mentions(doc, finder, sections, [])]
    expected = find_ties(tuple(tallies(docs, sections, together)), lexicon.concepts)
    assert {(tie.one, tie.other) for tie in expected} >= {("六保", "六稳")}
    assert find_ties(one_by_one[::-1], lexicon.concepts) == expected


def test_ties_a_digest_shares_sections_but_ties_nothing_and_counts_nothing():
    text = "一、工作\n做好“六稳”“六保”工作。"
    doc = Document("d", text, year=2020, kind=Kind.ABRIDGEMENT)
    lexicon = build_lexicon([Document("full", text, year=2020)], [])
    sections = list(find_sections(doc))
    told = tally(doc, sections, list(find_mentions(doc, make_finder(lexicon), sections, [])))
    assert told.sections == (("六保", "六稳"),)
    assert not any(told.counts.values())
    assert set(told.said.values()) == {()}
    assert set(told.total.values()) == {0}
