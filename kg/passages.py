"""Reports of one issuer → whether a whole passage of one has nothing in another, not only the formula that stands in it.

Where a sentence is made of what reports say year by year, and nearly all of that is missing from the next one at
once, the next one lacks the passage: the matter was dropped, or the text at hand has a gap. No single formula of it has
ended for its own sake. The same holds where several sentences in a row have no counterpart.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.alignments import Pair
from kg.formulas import Formula, Reports
from kg.letters import CLAUSE, RUN, plain
from kg.model import Document, Span

_FORMULAIC = 24  #: runs of four characters that earlier reports had, from which a sentence tells
_MISSING = 0.7  #: share of them that the next report lacks
_ROW = 4  #: sentences in a row without a counterpart, or more of the seven around one
_BACK = {
    2: 0.5,
    3: 0.65,
    4: 0.75,
}  #: what ended and came back after so many reports, against what stayed away
_PASSAGE = 0.4  #: what ends together with nearly all that its sentence repeats, against what ends alone …
_ALONE = 0.7  #: … and with the sentences around it


def _runs(alone: Sequence[bool], at: int) -> int:
    """How many in a row are alone around one."""
    first = next((i for i in range(at, -1, -1) if not alone[i]), -1)
    return next((i for i in range(at, len(alone)) if not alone[i]), len(alone)) - first - 1


class Passages:
    """Which sentences of an older report stand in a passage that a newer one lacks."""

    def __init__(self, old: Document, new: Document, pairs: Sequence[Pair], reports: Reports) -> None:
        self._reports, self._old, self._new = reports, reports.at(old), reports.at(new)
        self._doc = new
        self._alone: set[int] = set()
        told = sorted((span.start, not pair.new) for pair in pairs for span in pair.old)
        alone = [each for _, each in told]
        if sum(alone) > len(alone) / 2:
            return  # little of either text has a counterpart, so that none tells nothing
        for i, (start, is_alone) in enumerate(told):
            around = alone[max(0, i - _ROW + 1) : i + _ROW]
            if is_alone and (_runs(alone, i) >= _ROW or sum(around) > _ROW):
                self._alone.add(start)

    def lacks(self, sentence: Span) -> bool:
        """Whether the newer report lacks the whole passage of a sentence of the older one."""
        return sentence.start in self._alone or self._is_gone(sentence)

    def stays_away(self, formula: Formula, sentence: Span) -> float:
        """How much less it says that a formula ended which came back soon, or went with all that stood around it."""
        back = formula.gap if formula.comes_back else self._reports.core_returns(formula, self._doc)
        around = _PASSAGE if self._is_gone(sentence) else _ALONE if sentence.start in self._alone else 1.0
        return _BACK.get(back, 1.0) * around

    def _is_gone(self, sentence: Span) -> bool:
        earlier, known = (1 << self._old) - 1, self._reports.known
        said = missing = 0
        for clause in CLAUSE.findall(plain(sentence.text)):
            for i in range(len(clause) - RUN + 1):
                reports = known.get(clause[i : i + RUN], 0)
                if (reports & earlier).bit_count() > 1:
                    said += 1
                    missing += not reports >> self._new & 1
        return said >= _FORMULAIC and missing >= _MISSING * said
