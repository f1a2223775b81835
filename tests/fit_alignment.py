"""Fits the weights of `kg.counterparts` on `gold/alignment_national.tsv`, and tells what they reach on years not fitted on.

Run `python tests/fit_alignment.py FOLDER`, with the folder of the national reports: it prints the two tables, and
precision, recall and F1 of each pair of years with weights that were fitted on the nine others.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import aligned
import numpy as np

from kg import alignments, counterparts
from kg.counterparts import Candidates
from kg.documents import read_corpus
from kg.model import Document
from kg.sentences import Side

FIRST = (
    "shared",
    "of_new",
    "size",
    "letters",
    "clause",
    "clause_shared",
    "around",
    "one_opens",
    "other_part",
)
SECOND = (
    *FIRST, "first", "support", "off", "likeliest_old", "likeliest_new", "left_old", "left_new", "part_left_old",
    "part_left_new",
)  # fmt: skip
RIDGE = 3.0  #: what holds the weights small, per standard deviation of a fact


@dataclass(frozen=True, slots=True)
class Step:
    """A pair of years: its candidates, and of those of judged sentences whether they are right (1) or wrong (0)."""

    old: Document
    new: Document
    candidates: Candidates
    places: tuple[int, ...]
    right: tuple[int, ...]


def read_steps(folder: Path) -> list[Step]:
    """The pairs of years of the sheet."""
    docs = {doc.id: doc for doc in read_corpus(folder).documents}
    sheet = aligned.read_sheet()
    return [
        make_step(
            docs[old], docs[new], [judged for judged in sheet if (judged.old, judged.new) == (old, new)]
        )
        for old, new in sorted({(judged.old, judged.new) for judged in sheet})
    ]


def make_step(old: Document, new: Document, judged: Iterable[aligned.Judged]) -> Step:
    """The candidates of two reports, of which those that are doubtful are not fitted on."""
    sides = Side(old), Side(new)
    candidates = Candidates(*sides)
    cut = [match.span() for match in aligned.SENTENCE.finditer(old.text)]
    theirs = [
        {place for place in cut if aligned._same((span.start, span.end), place)} for span in sides[0].spans
    ]
    drawn = {
        number: each
        for each in judged
        if each.draw in "12"  # draw 3 measures what was fitted
        for number, span in enumerate(sides[1].spans)
        if aligned._same((span.start, span.end), each.sentence)
    }
    places, right = [], []
    for place, (i, j) in enumerate(zip(candidates.old, candidates.new, strict=True)):
        if j in drawn:
            sure = bool(theirs[i] & drawn[j].sure)
            if sure or not theirs[i] & drawn[j].doubtful:
                places.append(place)
                right.append(int(sure))
    return Step(old, new, candidates, tuple(places), tuple(right))


def fit(steps: Sequence[Step], names: Sequence[str]) -> dict[str, float]:
    """Logistic regression by Newton's method."""
    facts = np.array(
        [[step.candidates.facts[name][place] for name in names] for step in steps for place in step.places]
    )
    right = np.array([each for step in steps for each in step.right])
    mean, deviation = facts.mean(axis=0), facts.std(axis=0) + 1e-9
    told = np.hstack([np.ones((len(facts), 1)), (facts - mean) / deviation])
    ridge = np.diag([0.0] + [RIDGE] * len(names))
    weights = np.zeros(told.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (right - chance) - ridge @ weights
        weights += np.linalg.solve((told * (chance * (1 - chance))[:, None]).T @ told + ridge, slope)
    scaled = weights[1:] / deviation
    return {
        "base": round(float(weights[0] - scaled @ mean), 2),
        **{name: round(float(weight), 2) for name, weight in zip(names, scaled, strict=True)},
    }


def fit_both(steps: Sequence[Step]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the first look, and those of the second, which sees what the first found."""
    first = fit(steps, FIRST)
    for step in steps:
        step.candidates.look_around(step.candidates.likely(first))
    return first, fit(steps, SECOND)


def score(steps: Sequence[Step], of: Collection[Step], draws: str = "12") -> aligned.Score:
    """What each of `of` reaches with weights that were fitted on the other steps."""
    found = {}
    for step in of:
        first, second = fit_both([other for other in steps if other is not step])
        with patch.multiple(counterparts, FIRST=first, SECOND=second):
            found[step.old.id, step.new.id] = [
                ((pair.old[i].start, pair.old[i].end), (pair.new[j].start, pair.new[j].end))
                for pair in alignments.align(step.old, step.new)
                for i, j in pair.ties
            ]
    texts = {doc.id: doc.text for step in of for doc in (step.old, step.new)}
    return aligned.score(texts, found, draws=draws)


if __name__ == "__main__":
    every = read_steps(Path(sys.argv[1]))
    for table in fit_both(every):
        print(table)
    for draws in ("1", "2", "12"):
        told = score(every, every, draws)
        print(f"draw {draws}: precision {told.precision:.3f}, recall {told.recall:.3f}, F1 {told.f1:.3f}")
