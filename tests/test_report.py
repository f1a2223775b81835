from dataclasses import replace

from kg.documents import Note
from kg.report import render_report


def test_report_says_what_was_found_per_document_and_per_rule(seeds):
    lines = render_report(seeds).splitlines()
    row = next(line for line in lines if line.startswith("| shanxi-2021-report-annotated |"))
    assert [cell.strip() for cell in row.strip("|").split("|")][1:4] == ["2021", "注释本 annotated", "22709"]
    assert [cell.strip() for cell in row.strip("|").split("|")][5:7] == ["39", "75"]
    counts = [int(line.split("|")[3]) for line in lines if line.startswith("| 词头 headword |")]
    assert sum(counts) == 75


def test_report_has_every_disagreement_with_its_sentence(seeds):
    text = render_report(seeds)
    assert "## 数目不合 Numerals that disagree (5)" in text
    assert "**人才新政12条** counts 12 (12); the text lists 6：压实党管人才政治责任、" in text
    assert "2018年11月，省委省政府出台的《关于支持民营经济发展的若干意见》，共包括八部分、30条。" in text


def test_report_lists_what_no_body_mentions_and_what_no_text_explains(seeds):
    text = render_report(seeds)
    unused = text[text.index("## 有释义") : text.index("## 用而未释")]
    assert "* 三供一业分离移交（" in unused and "六稳" not in unused
    assert "| 六最 | 3 | 2021 |" in text[text.index("## 用而未释") :]


def test_report_passes_on_the_notes(seeds):
    assert "* `a`: its year could not be read" in render_report(
        seeds, [Note("a", "its year could not be read")]
    )


def test_report_says_what_is_an_estimate(seeds):
    assert "估计" not in render_report(seeds)
    sampled = [replace(each, sample=1000 if each.unit == "section" else None) for each in seeds.standings]
    (line,) = (
        line for line in render_report(replace(seeds, standings=sampled)).splitlines() if "估计" in line
    )
    assert "（section）：由 1000 个抽取的术语估计 estimated from 1000 terms drawn at random。" in line
