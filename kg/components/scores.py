"""Which of several lists is meant: how well each fits the slogan."""

from __future__ import annotations

from collections.abc import Sequence

from kg.components.grounds import Groups, Task, is_headed
from kg.cuts import COMMAS, STOPS, Piece
from kg.numerals import Part, value_of
from kg.rules import LIST_COUNT

#: What each observation adds to the score of a list. Set by hand on the seeds; the highest sum wins.
_HEADED = {
    True: 2.0,  # each piece of a group carries the head of its part: 去产能, 去库存, 去杠杆 for 三去
    False: -1.5,  # only some do: the list is cut at a wrong place, or is another list
    None: 0.0,  # none does: many slogans leave the head out
}
_SEVERAL = 2.0  #: times that heads weigh where there are several groups: it takes luck to fit them all
_ALIKE = 1.0  #: the pieces of a group begin or end with one character
_COUNT_BEHIND = 1.5  #: the text says behind the list how long it is: …等三个方面
_TO_THE_END = 0.8  #: the list ends with its sentence: a list is what a sentence comes to
_FROM_THE_START = 0.4  #: the list begins with its sentence
_UNEVEN = -0.5  #: a piece is more than four times as long as another
_LONG = -0.5  #: a piece has more than 30 characters
_SOME_CLAUSES = -0.8  #: clauses that are not the whole sentence: every sentence has two or three
_AT_ONE_MARK = 0.4  #: no piece ends at a comma or semicolon: 、 is made for lists
LATER = -0.4  #: for each stretch before the list: a definition begins with what matters
FUSED = 2.0  #: each piece carries both heads: 管行业必须管安全 for 三管三必须
_NEVER = -9.0  #: a piece is longer than any item of a list

_MANY = 60  #: characters that no item of a list has


def score_of(
    task: Task,
    region: Piece,
    groups: Groups,
    trimmed: Groups,
    parts: Sequence[Part],
    reading: int,
    rule: str,
) -> float:
    """How well a list fits the slogan: heads in the pieces, alikeness, a count behind it, its place."""
    pieces = [piece for group in groups for piece in group]
    first, last = pieces[0][0], pieces[-1][1]
    if any(end - start > _MANY for start, end in pieces):
        return _NEVER
    score = 0.0
    for group, part in zip(trimmed, parts, strict=True):
        weight = (_SEVERAL if len(groups) > 1 else 1.0) / len(groups)
        score += _HEADED[is_headed(task, group, part)] * weight
        score += _ALIKE * _is_alike([task.of(piece) for piece in group]) / len(groups)
    counts = LIST_COUNT.pattern.finditer(task.text, pieces[-1][0], min(region[1], last + _MANY))
    if any(value_of(match["n"]) in (reading, len(groups[-1])) for match in counts):
        score += _COUNT_BEHIND
    score += _TO_THE_END * (last == region[1]) + _FROM_THE_START * (first == region[0])
    sizes = [end - start for group in trimmed for start, end in group]
    score += _UNEVEN * (max(sizes) > 4 * max(min(sizes), 2)) + _LONG * (max(sizes) > 30)
    if rule == "clauses" and (first, last) != region:
        score += _SOME_CLAUSES
    at_commas = {task.text[end : end + 1] for _, end in pieces[:-1]} & set(COMMAS + STOPS)
    return score if at_commas else score + _AT_ONE_MARK


def needed(reading: int, rule: str) -> float:
    """What a list must score: two of something are found everywhere."""
    if reading > 2:
        return 0.0
    return 1.0 if rule == "list" else 2.0


def _is_alike(texts: Sequence[str]) -> bool:
    """Whether all pieces begin or all end alike."""
    return len(texts) > 1 and (len({t[:1] for t in texts}) == 1 or len({t[-1:] for t in texts}) == 1)
