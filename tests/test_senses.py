"""Labels with several senses: which there are, and which is meant."""

import pytest

from kg.cleaning import clean
from kg.entries import find_entries
from kg.lexicon import build_lexicon
from kg.mentions import find_mentions, make_finder
from kg.model import Document
from kg.senses import is_hollow
from kg.structure import find_glossaries


def read(*texts: tuple[str, int, str]):
    """Documents of an issuer and a year → their lexicon and all mentions."""
    docs = []
    for i, (issuer, year, source) in enumerate(texts):
        text, marks = clean(source)
        docs.append(Document(f"d{i}", text, marks, year=year, issuer=issuer))
    boxes = [box for doc in docs for box in find_glossaries(doc)]
    lexicon = build_lexicon(docs, [entry for box in boxes for entry in find_entries(box)])
    finder = make_finder(lexicon)
    return lexicon, [m for doc in docs for m in find_mentions(doc, finder)]


def box(*entries: str) -> str:
    return "\n\n#### 知识小贴士\n\n" + "\n\n".join(entries) + "\n\n## 完\n\n"


POLICIES = "出台扩大对外开放“1+N”政策体系。全面落实碳达峰碳中和“1+N”政策体系。"


@pytest.mark.parametrize(
    ("label", "expected"),
    [("1+N", True), ("7+28+N", True), ("五个一", True), ("四个一批", True)]
    + [(label, False) for label in ("五个一工程", "六稳", "111", "承诺制+标准地", "RCEP", "三个人家")],
)
def test_senses_hollow_labels_have_no_noun(label, expected):
    assert is_hollow(label) is expected


def test_senses_of_a_hollow_label_are_told_by_the_nouns_before_it():
    lexicon, found = read(("某省", 2024, POLICIES))
    assert lexicon.forms["1+N"] == ("1+N", "1+N（碳达峰碳中和）")
    assert [(m.concept, m.decided) for m in found] == [("1+N", "words"), ("1+N（碳达峰碳中和）", "words")]


def test_senses_what_nothing_decides_is_open_and_of_no_concept():
    _, found = read(("某省", 2024, POLICIES), ("某省", 2025, "完善落实“1+N”政策措施。"))
    (last,) = (m for m in found if m.span.doc.id == "d1")
    assert (last.concept, last.decided) == ("", "open")
    assert last.senses == ("1+N", "1+N（碳达峰碳中和）")


def test_senses_a_hollow_label_of_another_issuer_is_another_concept():
    lexicon, found = read(
        ("甲省", 2025, "实施“三个一批”项目。"), ("乙省", 2025, "完成酱香白酒“三个一批”综合整治。")
    )
    assert len({m.concept for m in found}) == len(lexicon.forms["三个一批"]) == 2


def test_senses_a_definition_takes_the_places_whose_nouns_it_names():
    definition = "“三个一批”活动：开发区项目签约一批、开工一批、投产一批。"
    lexicon, found = read(
        ("某省", 2021, "五次集中举行“三个一批”活动。" + box(definition)),
        ("某省", 2024, "每季度开展开发区“三个一批”活动。"),
    )
    assert lexicon.forms["三个一批"] == ("三个一批",)
    assert {(m.concept, m.decided) for m in found if m.term == "三个一批"} == {("三个一批", "only")}


def test_senses_a_mention_takes_the_definition_of_its_document_or_of_its_issuers_nearest_year():
    texts = [
        ("甲省", 2021, "治理“两山”。" + box("“两山”：太行山、吕梁山。")),
        ("甲省", 2024, "践行“两山”。" + box("“两山”：绿水青山、金山银山。")),
        ("甲省", 2025, "再说“两山”。"),
        ("乙省", 2025, "也说“两山”。"),
    ]
    _, found = read(*texts)
    decided = {m.span.doc.id: (m.concept, m.decided) for m in found if m.term == "两山"}
    assert decided == {
        "d0": ("两山", "document"),
        "d1": ("两山（绿水青山、金山银山）", "document"),
        "d2": ("两山（绿水青山、金山银山）", "issuer"),
        "d3": ("", "open"),
    }


def test_senses_of_other_labels_do_not_depend_on_the_words_beside_them():
    lexicon, found = read(("某省", 2024, "做好就业“六稳”工作。落实外贸“六稳”要求。"))
    assert lexicon.forms["六稳"] == ("六稳",)
    assert [m.decided for m in found] == ["only", "only"]
