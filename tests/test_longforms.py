"""The parts that a long form spells out."""

import pytest

from kg.lexicon import build_lexicon
from kg.longforms import spell_out
from kg.mentions import find_mentions, make_finder
from kg.model import Corpus, Document


def parts(label, *texts):
    docs = tuple(Document(f"d{i}", text, year=1980 + i, issuer="国务院") for i, text in enumerate(texts))
    lexicon = build_lexicon(docs, [])
    mentions = tuple(m for doc in docs for m in find_mentions(doc, make_finder(lexicon)))
    concepts = spell_out(Corpus(docs, (), (), lexicon.concepts, mentions))
    (concept,) = (c for c in concepts if c.label == label)
    assert {c.span.text for c in concept.parts} <= {c.label for c in concepts}
    return [c.span.text for c in concept.parts]


@pytest.mark.parametrize(
    ("label", "texts", "expected"),
    [
        ("双百", ("坚持“百花齐放、百家争鸣”的方针。", "贯彻“双百”方针。"), ["百花齐放", "百家争鸣"]),
        ("一国两制", ("按照“一个国家、两种制度”。", "坚持“一国两制”。"), ["一个国家", "两种制度"]),
        ("双创", ("推进“大众创业、万众创新”示范。", "建设“双创”示范基地。"), ["大众创业", "万众创新"]),
        ("三讲", ("开展“讲学习、讲政治”教育。", "开展“三讲”教育。"), []),  # two of three
        ("双百", ("坚持“百花齐放、百家争鸣”的方针。", "实施“双百”工程。"), []),  # before another noun
    ],
)
def test_longforms_name_the_parts_of_the_short_form(label, texts, expected):
    assert parts(label, *texts) == expected


def test_longforms_leave_a_list_that_a_text_gives():
    texts = ("做好“六最”，以“审批最少、流程最短、成本最低、诚信最优、服务最好、体制最顺”为目标。",)
    assert parts("六最", *texts) == []
