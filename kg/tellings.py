"""A formula of which something has become → the change that tells it, with its quotations."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.formulas import Fate, Formula
from kg.model import Change, Span
from kg.model import Rewording as Kind

#: Sentences of which nothing is told: thanks, and what announces the report itself.
CEREMONY = re.compile(
    "表示[^，。]{0,4}(?:感谢|敬意)|向[^。]{0,8}(?:关心和支持|各国政府)|请予审议|提出意见|以下工作|基本思路|以下[几]?个?方面"
)
_ALIKE = (
    0.2  #: share of the pairs of characters of a sentence that its counterpart has, to be quoted beside it
)


def change_of(
    kind: Kind,
    formula: Formula,
    weight: float,
    old: tuple[Span, ...],
    new: tuple[Span, ...],
    now: Span | None = None,
    passage: bool = False,
) -> Change:
    """The change of a formula; `now` are the words that took its place, `passage` as in `Change`."""
    ended = formula.fate == Fate.ENDED
    return Change(
        kind,
        formula.span.text,
        formula.span if ended else None,
        now if ended else formula.span,
        old,
        new,
        round(weight, 3),
        formula.years,
        formula.reports,
        formula.gap,
        passage,
    )


def beside(others: tuple[Span, ...], sentence: Span) -> tuple[Span, ...]:
    """What is quoted of the other report beside a sentence that has what it lacks, if the two are alike at all."""
    mine = set(pairwise(sentence.text))
    shared = max((len(mine & set(pairwise(other.text))) for other in others), default=0)
    return others if shared >= _ALIKE * len(mine) else ()
