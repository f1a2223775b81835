"""Which sentences of two reports say the same, in what order, and that nothing of either is lost."""

import pytest

from kg.alignments import align
from kg.model import Document
from kg.sentences import sentences


def documents(old, new):
    return Document("old", old, year=2023), Document("new", new, year=2024)


def shown(pairs):
    return ["+".join(s.text for s in pair.old) + " | " + "+".join(s.text for s in pair.new) for pair in pairs]


ROWS = [
    # reworded, dropped, added
    (
        "实施稳健的货币政策。扎实推进乡村振兴。",
        "扎实推进乡村全面振兴。发展低空经济。",
        ["实施稳健的货币政策。 | ", "扎实推进乡村振兴。 | 扎实推进乡村全面振兴。", " | 发展低空经济。"],
    ),
    # the order changed
    (
        "优化督查工作机制。办好特殊教育、继续教育。促进中小企业专精特新发展。",
        "促进专精特新中小企业发展壮大。优化督查工作的机制。办好特殊教育、继续教育、专门教育。",
        [
            "促进中小企业专精特新发展。 | 促进专精特新中小企业发展壮大。",
            "优化督查工作机制。 | 优化督查工作的机制。",
            "办好特殊教育、继续教育。 | 办好特殊教育、继续教育、专门教育。",
        ],
    ),
    # one sentence became two
    (
        "加强知识产权保护，制定促进科技成果转化应用的政策。办好进博会。",
        "加强知识产权保护。制定促进科技成果转化的政策。办好进博会。",
        [
            "加强知识产权保护，制定促进科技成果转化应用的政策。 | 加强知识产权保护。+制定促进科技成果转化的政策。",
            "办好进博会。 | 办好进博会。",
        ],
    ),
    # numbers differ every year, and are no reason to part two sentences
    (
        "城镇新增就业1200万人以上；居民消费价格涨幅3%左右；",
        "居民消费价格涨幅2%左右；城镇新增就业1100万人以上；",
        [
            "居民消费价格涨幅3%左右； | 居民消费价格涨幅2%左右；",
            "城镇新增就业1200万人以上； | 城镇新增就业1100万人以上；",
        ],
    ),
    ("", "办好进博会。", [" | 办好进博会。"]),
    ("办好进博会。", "", ["办好进博会。 | "]),
]


@pytest.mark.parametrize(("old", "new", "expected"), ROWS)
def test_alignments_of_two_texts(old, new, expected):
    assert sorted(shown(align(*documents(old, new)))) == sorted(expected)


@pytest.mark.parametrize(("old", "new", "expected"), ROWS)
def test_alignments_have_each_sentence_once_in_the_order_of_the_new_text(old, new, expected):
    docs = documents(old, new)
    pairs = align(*docs)
    assert sorted(s.start for p in pairs for s in p.old) == [s.start for s in sentences(docs[0])]
    assert [s.start for p in pairs for s in p.new] == [s.start for s in sentences(docs[1])]


def test_alignments_know_which_of_a_pair_goes_with_which():
    pairs = align(*documents(*ROWS[2][:2]))
    assert [sorted(pair.ties) for pair in pairs] == [[(0, 0), (0, 1)], [(0, 0)]]


def test_alignments_say_what_moved():
    pairs = align(*documents(*ROWS[1][:2]))
    assert [pair.moved for pair in pairs] == [True, False, False]


def test_alignments_tell_a_part_that_moved_once_where_it_begins():
    parts = [
        "（一）扩大内需。促进消费稳定增长。",
        "（二）科技创新。打好关键核心技术攻坚战。",
        "（三）乡村振兴。扎实推进乡村建设。",
    ]
    pairs = align(*documents("".join(parts), "".join([parts[2], *parts[:2]])))
    assert [pair.new[0].text for pair in pairs if pair.moved] == ["（三）乡村振兴。"]


def test_alignments_leave_out_what_an_editor_or_the_government_explains():
    box = "做好“六稳”工作。\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸。"
    doc = Document("old", box)
    assert shown(align(doc, Document("new", "做好“六稳”工作。"))) == ["做好“六稳”工作。 | 做好“六稳”工作。"]


def test_alignments_keep_what_is_said_twice_in_its_place():
    old = "一、2022年工作回顾\n深化国资国企改革。\n粮食丰收。\n二、2023年工作安排\n深化国资国企改革。\n办好进博会。"
    new = "一、2023年工作回顾\n深化国资国企改革。\n粮食丰收。\n二、2024年工作安排\n深化国资国企改革。\n办好进博会。"
    pairs = align(*documents(old, new))
    assert [(s.start, p.new[0].start) for p in pairs for s in p.old] == [
        (s.start, s.start) for p in pairs for s in p.new
    ]
