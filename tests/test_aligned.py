import csv
import os
from collections import Counter
from pathlib import Path

import aligned
import pytest

from kg.documents import read_corpus

NATIONAL = os.environ.get("KG_NATIONAL")


def test_aligned_scores_pairs_of_sentences(monkeypatch):
    old, new = "做好一。做好二。做好三。", "做好二；做好三。"
    judged = aligned.Judged("o", "n", (0, 8), frozenset({(4, 8)}), frozenset({(8, 12)}))
    monkeypatch.setattr(aligned, "read_sheet", lambda: [judged])
    texts = {"o": old, "n": new}

    def scored(*pairs):
        score = aligned.score(texts, {("o", "n"): pairs})
        return [score.right, score.wrong, score.missed]

    right, wrong = (new, "做好二。"), (new, "做好一。")
    assert scored(((4, 8), (0, 8))) == [(right,), (), ()]
    assert scored(((4, 7), (0, 4)), ((8, 12), (4, 8))) == [(right,), (), ()]
    assert scored(((0, 8), (0, 8))) == [(right,), (wrong,), ()]
    assert scored(((8, 12), (0, 8))) == [(), (), (right,)]
    assert scored() == [(), (), (right,)]


def test_aligned_sheet_is_what_its_page_says():
    sheet = aligned.read_sheet()
    assert len({(j.new, j.sentence) for j in sheet}) == len(sheet) == 300
    assert set(Counter((j.old, j.new) for j in sheet).values()) == {30}
    assert not any(j.sure & j.doubtful for j in sheet)
    assert sum(len(j.sure) for j in sheet) == 222
    assert sum(len(j.doubtful) for j in sheet) == 181
    assert sum(len(j.other_words) for j in sheet) == 33
    assert all(j.other_words <= j.sure for j in sheet)
    assert sum(not j.sure and not j.doubtful for j in sheet) == 36


@pytest.mark.skipif(not NATIONAL, reason="KG_NATIONAL names no folder with the national reports")
def test_aligned_sheet_is_of_the_national_reports():
    texts = {doc.id: doc.text for doc in read_corpus(Path(NATIONAL)).documents}
    aligned.check_texts(texts)
    for judged in aligned.read_sheet():
        there = {m.span() for m in aligned.SENTENCE.finditer(texts[judged.old])}
        assert judged.sure | judged.doubtful <= there
        assert judged.sentence in {m.span() for m in aligned.SENTENCE.finditer(texts[judged.new])}


@pytest.mark.skipif(not NATIONAL, reason="KG_NATIONAL names no folder with the national reports")
def test_aligned_known_changes_are_quotations():
    texts = {doc.id: doc.text for doc in read_corpus(Path(NATIONAL)).documents}
    with (aligned.SHEET.parent / "changes_known.tsv").open(encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet, delimiter="\t"))
    assert len(rows) == 116
    for row in rows:
        old, new = texts[row["old"]], texts[row["new"]]
        assert row["old_quote"] in old and row["new_quote"] in new, row
        assert row["old_quote"] or row["new_quote"] not in old, row
        assert row["new_quote"] or row["old_quote"] not in new, row
