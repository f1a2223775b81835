import pytest

from kg.cleaning import clean, decode, paragraphs
from kg.model import KgError


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("前 言", "前言"),
        ("人才新政 12 条、P3 实验室", "人才新政12条、P3实验室"),
        ("a small world 与 RCEP market", "a small world与RCEP market"),
        ("扩大需求, 着力巩固", "扩大需求,着力巩固"),
        ("a   small  六 world", "a small六world"),
        ("RC\u200bEP, 5G \u200bnet", "RCEP, 5Gnet"),
        ("“**四方责任**”：属地", "“四方责任”：属地"),
        ("## 一、回 顾", "一、回顾"),
        ("\ufeff一\u200b二\u00a0三\u3000四", "一二三四"),
        ("一。\r\n二。\r三。\u2028四。", "一。\n二。\n三。\n四。"),
        ("一。\n\n- 12 -\n\n第 3 页 共 10 页\n\n二。", "一。\n二。"),
        ("- 激发消费潜能\n- 提高投资效益", "激发消费潜能\n提高投资效益"),
    ],
)
def test_cleaning_drops_marks_spaces_and_page_furniture(source, text):
    assert clean(source)[0] == text


PROSE = "对省人民政府全体会议、常务会议和专题会议的工作部署实行台账管理。“1”即当天要研究部署，会议包括常务会"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        (PROSE, "议、办公会议。", True),  # a page broke a word
        (PROSE + "。", "议、办公会议。", False),  # the sentence is over
        (PROSE, "## 二、标题", False),
        (PROSE, "二、加快发展新兴产业。", False),
        ("（一）坚持扩大需求和优化供给相结合，着力巩固增强经济回升向好态势", "扩大有效益的投资。", False),
        ("二、", "加快推进大县城建设。依托开发区发展产业。", False),  # a heading whose words are lost
        ("把握机遇，", "乘势而上。", True),
        ("**把握扩大内需战略基点**", "一、积极扩大有效投资。", False),
    ],
)
def test_cleaning_joins_what_a_page_broke_and_nothing_else(before, after, joined):
    text = clean(f"{before}\n\n{after}")[0]
    assert (text.count("\n") == 0) is joined


def test_cleaning_joins_the_lines_of_a_narrow_column():
    source = """经济发展稳中向好
初步核算，全省地区生产总值达到 2.57万亿

元，增长 5%。制造业增加值增长 8.1%，工业战略
性新兴产业增加值增长 10.9%。服务业增加值增
长 5%。重点监测景区接待人数、门票收入分别增
长 1.6倍、2.2倍。
二、加大试点攻坚力度，扩大能源革命成果
有序开展源网荷储一体化，完成煤电机组“三
改联动”2503万千瓦，风光发电装机4989万千瓦，新能源
和清洁能源装机占比达到45.8%。4个抽水蓄能电站项

目完成核准。认定10家煤基科技成果转化示范基地。"""
    assert clean(source)[0].split("\n") == [
        "经济发展稳中向好",
        "初步核算，全省地区生产总值达到2.57万亿元，增长5%。制造业增加值增长8.1%，工业战略性新兴产业增加值增长10.9%。"
        "服务业增加值增长5%。重点监测景区接待人数、门票收入分别增长1.6倍、2.2倍。",
        "二、加大试点攻坚力度，扩大能源革命成果",
        "有序开展源网荷储一体化，完成煤电机组“三改联动”2503万千瓦，风光发电装机4989万千瓦，新能源和清洁能源装机占比达到45.8%。"
        "4个抽水蓄能电站项目完成核准。认定10家煤基科技成果转化示范基地。",
    ]


def test_cleaning_keeps_what_the_marks_said():
    text, marks = clean("### 一、回 顾\n\n推进 **P3 实验室** 建设。\n\n- 提升")
    assert [(mark.kind, mark.level, text[mark.start : mark.end]) for mark in marks] == [
        ("heading", 3, "一、回顾"),
        ("bold", 0, "P3实验室"),
        ("item", 0, "提升"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_cleaning_decodes_the_encodings_of_reports(encoding):
    text = "做好“六稳”工作，落实“六保”任务。P3 ok"
    assert decode(text.encode(encoding), "f.txt") == text


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)) * 8, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)]
)
def test_cleaning_refuses_what_is_no_text(data):
    with pytest.raises(KgError, match=r"f\.txt: not text in UTF-8, UTF-16 or GB18030"):
        decode(data, "f.txt")


def test_cleaning_counts_paragraphs_by_line_feeds():
    text = "一\n二三\n四"
    assert [text[a:b] for a, b in paragraphs(text)] == ["一", "二三", "四"]
