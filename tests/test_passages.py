"""Whether a whole passage of a report has nothing in the next one, not only the formula that ended."""

from kg.alignments import Pair
from kg.formulas import Reports
from kg.model import Document
from kg.passages import Passages

FORMULAIC = "坚持和平统一方针，坚持一个中国原则，坚决反对分裂活动，推动两岸关系和平发展，深化两岸融合发展。"
PLAIN = "办好教育。发展体育。抓好文化。管好市场。"


def passages(text, new, pairs=()):
    docs = [Document(str(2020 + i), each, year=2020 + i) for i, each in enumerate((text, text, text, new))]
    reports = Reports([(doc, ()) for doc in docs])
    return docs[2], Passages(
        docs[2], docs[3], pairs or [Pair((docs[2].span(0, 5),), (docs[3].span(0, 2),))], reports
    )


def test_passages_are_gone_where_nearly_all_that_a_sentence_repeats_is():
    old, found = passages(FORMULAIC, "发展经济。")
    assert found.lacks(old.span(0, len(FORMULAIC)))
    old, found = passages(FORMULAIC, FORMULAIC.replace("坚持一个中国原则，", ""))
    assert not found.lacks(old.span(0, len(FORMULAIC)))


def test_passages_are_gone_where_four_sentences_in_a_row_have_no_counterpart():
    starts = [0, 5, 10, 15]
    doc = Document("2022", PLAIN, year=2022)
    rows = [Pair((doc.span(start, start + 5),), ()) for start in starts]
    beside = [Pair((doc.span(start, start + 1),), (doc.span(0, 5),)) for start in (1, 2, 3, 4)]
    old, found = passages(PLAIN, "发展经济。", [*rows[:1], *beside, *rows[1:]])
    assert not found.lacks(old.span(5, 10))  # three in a row
    old, found = passages(
        PLAIN + PLAIN,
        "发展经济。",
        rows + [Pair((doc.span(s, s),), (doc.span(0, 5),)) for s in range(16, 20)],
    )
    assert found.lacks(old.span(5, 10))
    old, found = passages(PLAIN, "发展经济。", rows)
    assert not found.lacks(old.span(5, 10))  # where nothing has a counterpart, that of these says nothing
