"""Whatever a text looks like: no exception, and nothing that is not in the definition it comes from."""

import random
import re

import pytest

from kg.cleaning import clean
from kg.entries import find_entries
from kg.model import Document
from kg.structure import find_glossaries, find_sections

PIECES = [
    *"“”‘’、，。；：\n（）《》三两六一双个稳去的等和条！—…%#\u3000 ",
    "就业", "产能", "改革", "即", "是指", "指", "是", "以及", "1", "3.", "1.", "［1］", "［2］", "知识小贴士\n", "名词解释\n", "一、",
    "二、", "（一）", "“六稳”：", "“三个一批”", "1331", "+", "一是", "二是", "三方面", "**", "\r\n", "2024年", "P3", "这就是", "“1”即", "“3”是",
]  # fmt: skip
OPENINGS = ["", "知识小贴士\n", "名词解释\n1.", "知识小贴士\n“六稳”："]
CLEAN = re.compile(r"\w|[（《“‘「【(\w][^\n]*[\w）》”’」】)%％+×]")


@pytest.mark.parametrize("seed", range(40))
def test_fuzz_entries_keep_their_promises(seed):
    dice = random.Random(seed)
    for _ in range(60):
        source = "做好“六稳”“三个一批”工作。\n" + dice.choice(OPENINGS)
        source += "".join(dice.choice(PIECES) for _ in range(dice.randint(5, 90)))
        text, marks = clean(source)
        doc = Document("d", text, marks, year=2021)
        for section in find_sections(doc):
            assert section.heading in section.span
        for entry in (e for part in find_glossaries(doc) for e in find_entries(part)):
            assert re.search(r"\w", entry.label) and re.search(r"\w", entry.definition.text), source
            for i, component in enumerate(entry.components):
                assert component.span in entry.definition, source
                assert CLEAN.fullmatch(component.span.text), source
                others = entry.components[:i]
                assert all(
                    c.span.end <= component.span.start or component.span.end <= c.span.start for c in others
                )
            if entry.agrees:
                assert len(entry.components) == entry.expected in entry.readings, source


@pytest.mark.parametrize(
    "source",
    [
        lambda n: "“六稳”：" + "稳就业，" * n,
        lambda n: "“三去一降一补”：" + "去产能、去库存，" * n,
        lambda n: "".join(f"“六稳{i}”：稳就业、稳金融。\n" for i in range(n)),
        lambda n: "“六稳”：" + "一是稳就业；二是稳金融；" * n,
        lambda n: "“六稳”：甲。\n二、乙\n知识小贴士\n" * n,
        lambda n: "名词解释\n" + "".join(f"{i + 1}.某{i}：指甲、乙。\n" for i in range(n)),
    ],
)
def test_fuzz_time_grows_with_the_length_and_no_faster(source):
    import time

    def seconds(n):
        doc = Document("d", "做好工作。\n知识小贴士\n" + source(n))
        begin = time.perf_counter()
        find_sections(doc)
        for part in find_glossaries(doc):
            find_entries(part)
        return time.perf_counter() - begin

    seconds(50)  # patterns are compiled, the dictionary is loaded
    few, many = (min(seconds(n) for _ in range(3)) for n in (100, 1600))
    assert many < 100 * max(few, 0.004)  # 16 times the length; quadratic would be 256
