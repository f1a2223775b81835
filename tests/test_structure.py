import pytest

from kg.cleaning import clean
from kg.model import Document
from kg.structure import _periods, find_glossaries, find_sections


def document(source, year=2021):
    text, marks = clean(source)
    return Document("d", text, marks, year=year)


def outline(source, year=2021):
    return [(" › ".join(s.path), s.covers) for s in find_sections(document(source, year))]


def test_structure_ranks_by_numbering_not_by_marks():
    source = """# 2021年某省政府工作报告

## 2020年工作回顾

### 1. 经济向好。

增长。

# 2. 改革深化。

推进。

#### 2021年工作安排

# 抓好疫情防控

###### 一、健全机制。

完善。

## 突出创新

#### 一、培育生态。

加快。"""
    assert outline(source) == [
        ("2020年工作回顾", (2020,)),
        ("2020年工作回顾 › 1.经济向好", (2020,)),
        ("2020年工作回顾 › 2.改革深化", (2020,)),
        ("2021年工作安排", (2021,)),
        ("2021年工作安排 › 抓好疫情防控", (2021,)),
        ("2021年工作安排 › 抓好疫情防控 › 一、健全机制", (2021,)),
        ("2021年工作安排 › 突出创新", (2021,)),
        ("2021年工作安排 › 突出创新 › 一、培育生态", (2021,)),
    ]


def test_structure_puts_a_period_under_the_heading_that_names_it():
    source = "## “十三五”及 2020 年工作回顾\n\n## “十三五”时期工作回顾\n\n增长。\n\n## 2020年工作回顾\n\n增长。\n\n### 2021年工作安排\n\n加快。"
    years = tuple(range(2016, 2021))
    assert outline(source) == [
        ("“十三五”及2020年工作回顾", years),
        ("“十三五”及2020年工作回顾 › “十三五”时期工作回顾", years),
        ("“十三五”及2020年工作回顾 › 2020年工作回顾", (2020,)),
        ("2021年工作安排", (2021,)),
    ]


def test_structure_numbered_periods_and_headings_that_run_in():
    source = "一、2023年工作回顾\n（一）加大升级再造力度，壮大支撑。扎实推进新型工业化，实施链长制，培育专业镇，首批产业链营业收入增长。\n二、2024年工作安排\n三、全面提升治理水平\n强化建设。"
    assert outline(source, 2024) == [
        ("一、2023年工作回顾", (2023,)),
        ("一、2023年工作回顾 › （一）加大升级再造力度，壮大支撑", (2023,)),
        ("二、2024年工作安排", (2024,)),
        ("三、全面提升治理水平", ()),
    ]


@pytest.mark.parametrize(
    ("heading", "year", "covers"),
    [
        ("“十四五”主要目标", 2021, range(2021, 2026)),
        ("“十五”计划回顾", 2006, range(2001, 2006)),
        ("过去五年工作回顾", 2018, range(2013, 2018)),
        ("过去一年工作回顾", 2024, (2023,)),
        ("今年工作总体要求", 2024, (2024,)),
        ("二〇二〇年工作回顾", 2021, (2020,)),
        ("2003—2007年工作回顾", 2008, range(2003, 2008)),
        ("2035年远景目标", 2021, ()),
        ("三、全面提升治理水平", 2024, ()),
        ("过去一年工作回顾", None, ()),
        ("本届政府工作回顾", 2023, range(2018, 2023)),
    ],
)
def test_structure_years_of_a_heading(heading, year, covers):
    assert _periods(heading, year)[1] == tuple(covers)


BOX = "做好“六稳”工作，加快发展。\n\n#### 知识小贴士\n\n“六稳”：稳就业、稳金融。\n\n“六保”：保就业。\n\n{after}\n\n加快发展新兴产业，打造产业集群，推动高质量发展。"


@pytest.mark.parametrize(
    "after",
    [
        "## 五、支持现代服务业发展。",
        "二、加快发展新兴产业。",
        "二、",
        " **把握扩大内需战略基点**",
        "##### 知识小贴士",
        "2021年工作安排",
    ],
)
def test_structure_box_ends_at_any_heading_even_a_lost_one(after):
    first = find_glossaries(document(BOX.format(after=after)))[0]
    assert first.span.text == "“六稳”：稳就业、稳金融。\n“六保”：保就业。"
    assert first.number == 1


@pytest.mark.parametrize("heading", ["#### 知识小贴士", "## 知识小贴士", "知识小贴士", "【名词链接】"])
def test_structure_box_heading_in_any_dress(heading):
    boxes = find_glossaries(document(f"做好工作。\n\n{heading}\n\n“六稳”：稳就业。"))
    assert [box.span.text for box in boxes] == ["“六稳”：稳就业。"]


def test_structure_bold_entries_do_not_end_a_box():
    boxes = find_glossaries(
        document("工作。\n\n#### 知识小贴士\n\n**“六稳”**：稳就业。\n\n**“六保”**：保就业。")
    )
    assert boxes[0].span.text.count("\n") == 1


def test_structure_box_stands_in_the_section_around_it():
    doc = document(
        "## 2021年工作安排\n\n做好“六稳”。\n\n#### 知识小贴士\n\n“六稳”：稳就业。\n\n## 突出创新\n\n加快。"
    )
    sections = find_sections(doc)
    (box,) = find_glossaries(doc)
    assert box.span in sections[0].span and sections[0].path == ("2021年工作安排",)
    assert [s.path[-1] for s in sections] == ["2021年工作安排", "突出创新"]


def test_structure_text_without_headings_has_no_sections():
    assert find_sections(document("做好“六稳”工作。")) == ()


def test_structure_an_appended_glossary_belongs_to_no_section():
    doc = document("2025年工作安排\n做好“六稳”工作。\n名词解释\n1.“六稳”：稳就业。")
    (section,) = find_sections(doc)
    assert section.span.text == "2025年工作安排\n做好“六稳”工作。"
