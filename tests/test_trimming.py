import tomllib
from importlib import resources

import pytest

from kg.cuts import cut
from kg.numerals import Part
from kg.trimming import trim
from kg.words import words

FRAMES = tomllib.loads(resources.files("kg").joinpath("facts/frames.toml").read_text(encoding="utf-8"))


def first_item(text):
    pieces = cut(text, (0, len(text)), "、")
    (start, end), *_ = trim(text, pieces, Part(len(pieces), "", ""))
    return text[start:end]


@pytest.mark.parametrize("group", FRAMES)
def test_trimming_each_group_of_frames_does_its_work(group):
    sentence, item = FRAMES[group]["example"]
    assert FRAMES[group]["reason"]
    assert first_item(sentence) == item


@pytest.mark.parametrize("word", FRAMES["verbs"]["words"])
def test_trimming_verbs_lead_into_a_list(word):
    assert first_item(f"{word}医疗卫生、文化体育、养老托育") == "医疗卫生"


@pytest.mark.parametrize("word", FRAMES["frames"]["words"])
def test_trimming_frames_lead_into_a_list_of_phrases(word):
    assert first_item(f"{word}压实责任、激发动力、完善评价") == "压实责任"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("学校布局、学科建设、专业设置三个层次", "专业设置"),
        ("定职数、定员额、定任期的改革", "定任期"),
        ("新基建、新技术、新装备、新业态上取得突破", "新业态"),
        ("并联审批、项目管理、协调调度等机制", "协调调度"),
        ("重要讲话、重要指示、会上的重要批示", "会上的重要批示"),
        ("不发通知、不打招呼、不用陪同接待", "不用陪同接待"),
    ],
)
def test_trimming_the_last_piece_loses_its_tail(text, last):
    pieces = cut(text, (0, len(text)), "、")
    *_, (start, end) = trim(text, pieces, Part(3, "", ""))
    assert text[start:end] == last


def test_trimming_stops_at_the_slogan_and_its_noun():
    text = "金沙江、雅砻江、大渡河“三江”基地"
    *_, (start, end) = trim(text, cut(text, (0, len(text)), "、"), Part(3, "江", "三江"), ("三江",))
    assert text[start:end] == "大渡河"


def test_trimming_words_are_those_of_jieba():
    text = "高新技术企业"
    assert [text[a:b] for a, b in words(text)] == ["高新技术", "企业"]
