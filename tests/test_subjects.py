"""Subjects in the words of headings."""

from dataclasses import replace

import pytest

from kg.model import Context, Document, Kind, Mention
from kg.structure import find_sections
from kg.subjects import fields_of, find_subjects

REPORT = """政府工作报告
一、2020年工作回顾
（一）持续改善民生。
落实六稳。
（二）深化改革开放。
二、2021年工作安排
（一）着力保障和改善民生，促进就业。
再说六稳。
1.加快健康建设。
推进六保。
（二）全面加强政府自身建设。
反对四风。"""


def subjects(*texts, kind=Kind.REPORT):
    docs = [Document(f"d{i}", text, kind=kind, year=2021) for i, text in enumerate(texts)]
    sections = [section for doc in docs for section in find_sections(doc)]
    mentions = []
    for doc in docs:
        for term in ("六稳", "六保", "四风"):
            start = -1
            while (start := doc.text.find(term, start + 1)) >= 0:
                within = [s for s in sections if s.span.doc == doc and s.span.start <= start < s.span.end]
                section = max(within, key=lambda s: s.span.start)
                mentions.append(
                    Mention(doc.span(start, start + 2), term, term, Context.BODY, section, "core")
                )
    return find_subjects(sections, mentions)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("一、坚持不懈抓好安全生产。", ("安全",)),
        ("三、打造“六最”升级版。", ()),
        ("一、2023年工作回顾", ()),
        ("（二）打造一流创新生态", ("创新",)),
        ("粮食生产再创新高", ("粮食",)),
        ("四、创新机制推进太原都市区一体化发展。", ("都市区",)),
        ("（五）深化财税金融改革", ("财税", "金融", "改革")),
    ],
)
def test_subjects_fields_of_a_heading(heading, expected):
    assert fields_of(heading) == expected


def test_subjects_of_sections_and_terms():
    found = {subject.name: subject for subject in subjects(REPORT)}
    assert set(found) == {"民生", "改革", "健康", "政府"}
    assert dict(found["民生"].mentions) == {"六稳": 2}
    assert [section.heading.text for section in found["民生"].sections] == [
        "（一）持续改善民生。",
        "（一）着力保障和改善民生，促进就业。",
    ]


def test_subjects_a_field_of_several_documents_goes_before_one_of_a_single_heading():
    found = {subject.name: subject for subject in subjects(REPORT, "一、保障民生\n推进六保。")}
    assert "健康" not in found  # its section lies in one of 民生, of which two documents speak
    assert dict(found["民生"].mentions) == {"六稳": 2, "六保": 2}


def test_subjects_a_digest_adds_no_mentions():
    (found,) = subjects("一、保障民生\n推进六保。", kind=Kind.ABRIDGEMENT)
    assert (found.name, found.mentions) == ("民生", ())


def test_subjects_what_the_text_lists_does_not_name_a_term():
    doc = Document("d", "一、保障民生\n推进六保。", year=2021)
    (section,) = find_sections(doc)
    mention = Mention(doc.span(8, 10), "六保", "六保", Context.BODY, section, "core")
    (found,) = find_subjects([section], [mention, replace(mention, kind="listed")])
    assert found.mentions == (("六保", 1),)


def test_subjects_of_a_heading_with_a_full_stop():
    """政府 names a field only at the end of a heading, which has no full stop."""
    doc = Document(
        "d", "一、开局。\n做好工作，稳中求进，推动高质量发展。\n二、建设法治政府。\n依法行政，公正文明执法。"
    )
    assert [subject.name for subject in find_subjects(find_sections(doc), ())] == ["法治"]
