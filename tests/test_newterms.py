import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from kg.model import Context, Document, Glossary, Kind, Voice
from kg.newterms import new_terms

FACTS = Path(__file__).parent.parent / "kg" / "facts" / "newterms.toml"
GOLD = Path(__file__).parent / "gold" / "newterms_national.tsv"

OLD = "发展农业和工业。发展经济。促进生产力发展。加强城乡建设。做好就业工作。"


def report(year, text, issuer="国务院", kind=Kind.REPORT, **more):
    return Document(f"{issuer}-{year}-{kind}", text, year=year, issuer=issuer, kind=kind, **more)


def terms(*docs, **more):
    return [(found.year, found.term) for found in new_terms(docs, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加快发展新质生产力。", ["新质生产力"]),  # not 质生产力
        ("积极打造商业航天、低空经济等新增长引擎。", ["低空经济", "商业航天"]),
        ("大力发展银发经济。", ["银发经济"]),  # the verb and its adverb are one word of the dictionary
        ("实施提振消费专项行动。", ["提振消费专项行动"]),  # an action can begin with a verb
        ("全面推行河长制。", ["河长制"]),
        ("推进5G网络建设。", ["5G网络"]),
        ("推动钢铁等行业超低排放改造。", []),  # 超低排放改造 does not begin behind a word that opens
        ("公路水运投资1.8万亿元。", []),  # a statistic
        ("解决垃圾围村等问题。", []),  # what policy fights
        ("实施“智慧海关”行动。", []),  # quoted: the lexicon has it already
        ("落实《低空经济条例》。", []),
        ("办好杭州亚运会。", []),
        ("感谢各族人民。", []),
    ],
)
def test_newterms_are_whole_and_name_something(text, expected):
    found = [term for _, term in terms(report(2020, OLD), report(2021, text))]
    assert sorted(found) == sorted(expected)


def test_newterms_are_in_no_earlier_text_even_a_quoted_one():
    old, quoted = report(2020, OLD), report(2021, OLD + "发展“低空经济”。")
    new = report(2022, OLD + "发展低空经济。发展银发经济。")
    assert terms(old, new) == [(2022, "低空经济"), (2022, "银发经济")]
    assert terms(old, quoted, new) == [(2022, "银发经济")]


def test_newterms_are_offered_once_in_their_first_year():
    found = terms(report(2020, OLD), report(2021, "发展低空经济。"), report(2022, "发展低空经济。"))
    assert found == [(2021, "低空经济")]


def test_newterms_that_come_back_are_ranked_before_those_that_do_not():
    texts = ["发展低空经济。发展银发经济。", "发展银发经济。", "培育银发经济。"]
    docs = [report(2020, OLD), *(report(2021 + i, text) for i, text in enumerate(texts))]
    first, second = new_terms(docs)
    assert (first.term, first.survives, first.since) == ("银发经济", 2, 2)
    assert (second.term, second.survives, second.since) == ("低空经济", 0, 2)
    assert first.score > second.score


def test_newterms_tell_their_evidence():
    new = report(2021, "发展低空经济，支持低空经济发展。", title="x")
    (found,) = new_terms([report(2019, OLD), report(2020, OLD), new, report(2022, "低空经济。")])
    assert (found.count, found.total, found.documents, found.earlier, found.since) == (2, 3, (new.id,), 2, 1)
    assert [span.text for span in found.spans] == ["低空经济"] * 2
    assert all(span.doc is new for span in found.spans)
    assert found.rule == "instrument" and found.cohesion > 0 and found.governed == 1
    assert found.right_entropy > 1  # a comma, a verb, a full stop
    assert found.rarity == pytest.approx(2.322, abs=0.001)  # 低空 stood in none of two years: log2(2.5 / 0.5)


def test_newterms_abridgements_never_count():
    new = report(2021, "发展低空经济。")
    digest = report(2020, "发展低空经济。", kind=Kind.ABRIDGEMENT)
    assert terms(report(2020, OLD), digest, new) == [(2021, "低空经济")]
    assert terms(digest, new) == []
    assert terms(report(2020, OLD), report(2021, "发展低空经济。", kind=Kind.ABRIDGEMENT)) == []


def test_newterms_nothing_is_new_in_the_first_year_of_an_issuer():
    assert terms(report(2021, "发展低空经济。")) == []
    assert terms(report(2020, OLD, "甲省"), report(2021, "发展低空经济。", "乙省")) == []


def test_newterms_each_issuer_is_compared_with_itself():
    docs = [report(2020, OLD, "甲省"), report(2021, "发展低空经济。", "甲省")]
    docs += [report(2020, "发展低空经济。", "乙省"), report(2021, "发展银发经济。", "乙省")]
    assert {(f.issuer, f.term) for f in new_terms(docs)} == {("甲省", "低空经济"), ("乙省", "银发经济")}


def test_newterms_a_document_without_issuer_belongs_to_the_only_one_there_is():
    nameless = Document("n", "发展低空经济。", year=2021)
    assert terms(report(2020, OLD), nameless) == [(2021, "低空经济")]
    assert terms(report(2020, OLD, "甲省"), report(2020, OLD, "乙省"), nameless) == []


def test_newterms_documents_without_a_year_are_passed_over():
    assert terms(Document("n", OLD, issuer="国务院"), report(2021, "发展低空经济。")) == []


def test_newterms_a_box_makes_nothing_new_and_makes_old():
    boxed = report(2021, OLD + "\n知识小贴士\n发展低空经济。")
    start = boxed.text.index("知识")
    span = boxed.span(start + 6, len(boxed.text))
    box = Glossary(span, boxed.span(start, start + 5), Context.BOX, Voice.EDITOR, 1)
    assert terms(report(2020, OLD), boxed, glossaries=[box]) == []
    later = report(2022, "发展低空经济。")
    assert terms(report(2020, OLD), boxed, later, glossaries=[box]) == []


def test_newterms_no_more_than_asked_and_none_inside_another():
    new = report(2021, "发展低空经济、银发经济、冰雪经济。完善低空经济产业政策。")
    assert len(terms(report(2020, OLD), new, most=2)) == 2
    found = [term for _, term in terms(report(2020, OLD), new)]
    assert not any(a in b for a in found for b in found if a != b)


def test_newterms_do_not_depend_on_the_order_of_the_documents():
    docs = [report(2020, OLD), report(2021, "发展低空经济、银发经济。"), report(2022, "推进数字乡村建设。")]
    assert new_terms(docs) == new_terms(docs[::-1]) == new_terms(docs)


def test_newterms_facts_have_reasons_and_no_word_twice_in_a_group():
    groups = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    for rows in groups.values():
        for row in rows:
            assert row["reason"]
            listed = sorted(row["words"].split())
            assert not [a for a, b in pairwise(listed) if a == b]


def test_newterms_facts_hold_no_answer():
    """No word of the lists is a term that was judged good."""
    groups = tomllib.loads(FACTS.read_text(encoding="utf-8"))
    listed = {word for rows in groups.values() for row in rows for word in row["words"].split()}
    assert not listed & {row[2] for row in gold()}


def gold():
    """year, rank, term, good: the judged lists of the national reports."""
    header, *rows = GOLD.read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == ["year", "rank", "term", "good"]
    return [row.split("\t") for row in rows]


def test_newterms_gold_has_fifteen_good_terms_of_twenty_in_each_year():
    for year in {row[0] for row in gold()}:
        judged = [row[3] for row in gold() if row[0] == year]
        assert len(judged) == 20 and judged.count("yes") >= 15, year
