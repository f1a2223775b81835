"""Precision, recall and F1 of an alignment against `gold/alignment_national.tsv`; `gold/alignment_national.md` tells how.

What two annotators who judged the same sentences agree on is reckoned in the same manner.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).parent / "gold" / "alignment_national.tsv"
SECOND = SHEET.with_name("alignment_second.tsv")  #: draw 2 once more, judged by another annotator
SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）)]*|[^。！？\n]+")

Place = tuple[int, int]  #: start and end in the text of a document


@dataclass(frozen=True, slots=True)
class Judged:
    """A drawn sentence of the newer report with the older report's sentences that are its partners."""

    old: str
    new: str
    sentence: Place
    sure: frozenset[Place]
    doubtful: frozenset[Place]
    other_words: frozenset[Place] = frozenset()  #: of the sure ones, those that share no phrase with it
    draw: str = "1"  #: those of draw 3 were shown to nobody while the program was made


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of sentences that are right, wrong and missed: (new, old) texts, so that they can be read."""

    right: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        return len(self.right) / max(1, len(self.right) + len(self.missed))

    @property
    def f1(self) -> float:
        return 2 * len(self.right) / max(1, 2 * len(self.right) + len(self.wrong) + len(self.missed))


def read_sheet(path: Path = SHEET) -> list[Judged]:
    """The judgements of a sheet."""
    with path.open(encoding="utf-8") as sheet:
        return [
            Judged(
                row["old"],
                row["new"],
                (int(row["new_start"]), int(row["new_end"])),
                _places(row["old_spans"]),
                _places(row["doubtful_spans"]),
                _places(row["other_words"]),
                row["draw"],
            )
            for row in csv.DictReader(sheet, delimiter="\t")
        ]


def check_texts(texts: Mapping[str, str], path: Path = SHEET) -> None:
    """Raises ValueError where the texts are not those that were judged in a sheet."""
    with path.open(encoding="utf-8") as sheet:
        for row in csv.DictReader(sheet, delimiter="\t"):
            places = [(row["new"], int(row["new_start"]), row["new_text"])]
            spans = sorted(_places(row["old_spans"])) + sorted(_places(row["doubtful_spans"]))
            begun = filter(None, row["old_text"].split("|"))
            places += [(row["old"], start, text) for (start, _), text in zip(spans, begun, strict=True)]
            for doc, start, text in places:
                if not texts[doc].startswith(text, start):
                    raise ValueError(f"{doc} at {start}: not “{text}”; the sheet was made of another text")


def score(
    texts: Mapping[str, str],
    found: Mapping[tuple[str, str], Iterable[tuple[Place, Place]]],
    in_words: bool = False,
    draws: str = "123",
) -> Score:
    """What is right of the pairs (old unit, new unit) that an alignment gives for each (old, new).

    With `in_words`, pairs that say the same in other words count neither way. `draws` are those that count.
    """
    right, wrong, missed = [], [], []
    for judged in read_sheet():
        if judged.draw not in draws:
            continue
        sure, neither = judged.sure, judged.doubtful
        if in_words:
            sure, neither = sure - judged.other_words, neither | judged.other_words
        old, new = texts[judged.old], texts[judged.new]
        sentences = [m.span() for m in SENTENCE.finditer(old) if re.search(r"\w", m[0])]
        given = {
            sentence
            for there, here in found[judged.old, judged.new]
            if _same(here, judged.sentence)
            for sentence in sentences
            if _same(there, sentence)
        }
        said = new[slice(*judged.sentence)]
        right += [(said, old[a:b]) for a, b in sorted(given & sure)]
        wrong += [(said, old[a:b]) for a, b in sorted(given - sure - neither)]
        missed += [(said, old[a:b]) for a, b in sorted(sure - given)]
    return Score(tuple(right), tuple(wrong), tuple(missed))


def agreement(first: Iterable[Judged], second: Iterable[Judged], excused: str = "12") -> Score:
    """The sure pairs of a second annotator against those of a first, of the sentences that both have judged.

    A pair that is sure for one and doubtful for the other counts neither way if the doubt is of an annotator in `excused`
    (1, 2). With “1” the second stands where the program stands, whose doubts nobody hears; with "" only sure counts.
    Pairs are told by their places: document and characters.
    """
    others = {(judged.new, judged.sentence): judged for judged in second}
    right, wrong, missed = [], [], []
    for judged in first:
        if not (other := others.get((judged.new, judged.sentence))):
            continue
        said = _place(judged.new, judged.sentence)
        doubted = judged.doubtful if "1" in excused else frozenset()
        right += [(said, _place(judged.old, there)) for there in sorted(judged.sure & other.sure)]
        wrong += [(said, _place(judged.old, there)) for there in sorted(other.sure - judged.sure - doubted)]
        doubted = other.doubtful if "2" in excused else frozenset()
        missed += [(said, _place(judged.old, there)) for there in sorted(judged.sure - other.sure - doubted)]
    return Score(tuple(right), tuple(wrong), tuple(missed))


def _place(doc: str, place: Place) -> str:
    return f"{doc} {place[0]}-{place[1]}"


def _same(unit: Place, sentence: Place) -> bool:
    """Whether a unit of the program stands for a sentence: they share half of the shorter of the two."""
    shared = min(unit[1], sentence[1]) - max(unit[0], sentence[0])
    return shared * 2 >= max(1, min(unit[1] - unit[0], sentence[1] - sentence[0]))


def _places(cell: str) -> frozenset[Place]:
    spans = (span.split("-") for span in cell.split(";") if span)
    return frozenset((int(start), int(end)) for start, end in spans)
