import pytest

from kg.headwords import core, find_heads, text_before
from kg.model import Context, Document, Glossary, Voice


@pytest.mark.parametrize("headword", ["“六稳”", "六稳"])
def test_headwords_core_of_a_plain_headword(headword):
    assert core(headword) == "六稳"


def heads(before, box, context=Context.BOX):
    """The heads of an explanatory part, as headword, rule and how the definition begins."""
    doc = Document("d", before + "\n知识小贴士\n" + box)
    start = len(before) + 1
    part = Glossary(
        doc.span(start + 6, len(doc.text)), doc.span(start, start + 5), context, Voice.EDITOR, None
    )
    found = [head for _, head in find_heads(part, text_before(part))]
    return [head and (head.headword, head.rule, doc.text[head.body :][:2]) for head in found]


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("“六稳”：稳就业等。\n这很重要。", [("“六稳”", "quoted-colon", "稳就"), None]),
        ("P3实验室是指三级实验室。", [("P3实验室", "plain-means", "三级")]),
        ("品字架构要搭好。", [("品字架构", "marked", "要搭")]),  # the text before the part quotes it
        ("“两下”说的是甲，“两进”是指乙。", [("两下两进", "implicit", "“两")]),  # and this too
    ],
)
def test_headwords_open_an_entry_by_connector_or_by_mark(box, expected):
    assert heads("搭好“品字架构”，抓好“两下两进”。", box) == expected


def test_headwords_numbered_line_is_a_term_without_colon():
    found = heads("做好工作。", "1.四旁\n村旁、宅旁。", Context.GLOSSARY)
    assert found == [("四旁", "numbered-line", "\n村"), None]
