"""Reports of one issuer → the formulas that end from one report to the next, that return after a gap, that begin.

A formula is a stretch of a clause that several reports have word for word. It is found by its runs of four characters: of
each run it is known which reports have it. A stretch grows from one run to the next, in the reports that have all of it, and
counts for more the longer it is and the more reports have it. Nothing is known of words before the end, when the
edges are moved to where words begin and end, and what says nothing by itself (进一步加强) is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import log2, sqrt

from kg.fillers import EDGES, OPENINGS, clause_words, empty_words, governing_words, is_event, verbs
from kg.letters import CLAUSE, RUN, Letters, plain
from kg.model import Document, Span
from kg.words import part_of_speech

_LEAST = 5  #: characters of a formula
_LONG = 16  #: characters from which length adds nothing
_YEARS = 6  #: reports up to its end in which a formula with holes says less by its end
_STEADY = 0.4  #: what its end says at least, against that of one without
_LIVED = 3  #: reports in a row that have a formula which ends
#: Reports to be expected that have what began or ended, by how many are known behind or before it and all have it.
_PROMISE = {0: 1.8, 1: 1.0}
_MOST = 48  #: formulas that are looked at, of those that a report has and its neighbour lacks
_QUOTED = re.compile("“([^“”]+)”")
_JOINS = ("和", "与", "及", "、")
_TORN = 3  #: words of a name that a formula can have lost at its beginning

#: Words that belong to what follows them: no formula ends with one.
_UNENDED = frozenset(
    (
        "现代",
        "重大",
        "重要",
        "各类",
        "各项",
        "有关",
        "更加",
        "全面",
        "优质",
        "积极",
        "一批",
        "主要",
        "坚决",
        "大力",
    )
)


class Fate(StrEnum):
    """What became of a formula from one report to the next."""

    ENDED = "ended"
    RETURNED = "returned"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Formula:
    """Words that one of two reports has and the other lacks."""

    span: Span  #: where they stand first
    fate: Fate
    years: tuple[int, ...]  #: of all reports of the issuer that have them
    reports: int  #: that had it up to its end, or since it began, until two in a row lack it; all before it returned
    gap: int  #: reports in a row without it: since it ended, as far as is known; before it returned
    weight: float
    comes_back: bool = False  #: whether a report after the newer of the two says again what ended


class Reports:
    """The full reports of one issuer, in the order of their years, each with its runs of four characters."""

    def __init__(self, docs: Iterable[tuple[Document, Sequence[Span]]]) -> None:
        """`docs` are the reports, each with the stretches of it that are not its own words: boxes and glossaries."""
        told = sorted(docs, key=lambda row: (row[0].year or 0, row[0].id))
        self.docs = [doc for doc, _ in told]
        self._texts = [Letters(doc, outside) for doc, outside in told]
        self._carriers: dict[int, list[int]] = {}
        self._found: dict[str, int] = {}

    def years(self, phrase: str) -> tuple[int, ...]:
        """The years of the reports that have a phrase; quotation marks count for nothing."""
        return self._years(self._with(phrase))

    def formulas(self, old: Document, new: Document) -> list[Formula]:
        """What ended with a report, and what returned or began with another, later one; the weightiest first."""
        step = self.at(old), self.at(new)
        weights = _Weights(lambda life: self._life(life, *step), step[1] + 1 == len(self.docs))
        found = [*self._own(*step, step, weights), *self._own(step[1], step[0], step, weights)]
        return sorted(found, key=lambda each: (-each.weight, each.fate, each.span.start))

    def formula(self, span: Span, old: Document, new: Document) -> Formula:
        """What became of the words of a span, which one of two reports has and the other lacks."""
        step = self.at(old), self.at(new)
        reports = self._with(span.text)
        life = self._life(reports, *step)
        weight = _weight(*life, step[1] + 1 == len(self.docs)) * _size(len(plain(span.text)))
        back = life[0] == Fate.ENDED and bool(reports >> step[1])
        if life[0] == Fate.ENDED and step[0]:  # whether it was said year by year
            known = min(step[0] + 1, _YEARS)
            weight *= _steadiness((reports >> step[0] + 1 - known) & (1 << known) - 1)
        return Formula(span, life[0], self._years(reports), life[1], life[2], weight, back)

    def carriers(self, at: int) -> list[int]:
        """Which reports have each run of one, a bit each; 0 where no other has it."""
        if at not in self._carriers:
            text, known = self._texts[at].plain, self.known.get
            self._carriers[at] = [known(text[i : i + RUN], 0) for i in range(len(text))]
        return self._carriers[at]

    def promise(self, formula: Formula) -> float:
        """How many reports have what began or ended, with those to be expected where few stand beyond that all have it."""
        at = self.at(formula.span.doc)
        beyond = at if formula.fate == Fate.ENDED else len(self.docs) - at - 1
        return formula.reports + (_PROMISE.get(beyond, 0.0) if formula.reports > beyond else 0.0)

    def letters(self, doc: Document) -> Letters:
        """The letters of a report."""
        return self._texts[self.at(doc)]

    def at(self, doc: Document) -> int:
        """The place of a report among all."""
        return next(i for i, each in enumerate(self.docs) if each.id == doc.id)

    @cached_property
    def known(self) -> dict[str, int]:
        """Which reports have each run of characters, a bit each, as far as more than one does."""
        known: dict[str, int] = {}
        for number, text in enumerate(self._texts):
            bit = 1 << number
            for run in text.runs:
                known[run] = known.get(run, 0) | bit
        return {run: reports for run, reports in known.items() if reports & reports - 1}

    def _with(self, phrase: str) -> int:
        """The reports that have a phrase, a bit each."""
        words = plain(phrase)
        if words in self._found:
            return self._found[words]
        reports = (1 << len(self._texts)) - 1
        if CLAUSE.fullmatch(words):  # one that has it has all its runs
            for i in range(len(words) - RUN + 1):
                run = words[i : i + RUN]
                reports &= self.known.get(run) or sum(
                    1 << n for n, text in enumerate(self._texts) if run in text.runs
                )
        found, left = 0, reports
        while left:  # from the lowest bit on
            bit = left & -left
            if words in self._texts[bit.bit_length() - 1].plain:
                found |= bit
            left ^= bit
        self._found[words] = found
        return found

    def _years(self, reports: int) -> tuple[int, ...]:
        return tuple(doc.year or 0 for i, doc in enumerate(self.docs) if reports >> i & 1)

    def core_returns(self, formula: Formula, new: Document) -> int:
        """After how many reports the core of what ended comes back: what it has in quotation marks, or what its verbs govern.

        0 where it does not, or is not gone.
        """
        quoted = _QUOTED.search(formula.span.text)
        core = quoted[1] if quoted else formula.span.text[_behind_verbs(formula.span.text) :]
        if len(core) < RUN or core == plain(formula.span.text):
            return 0
        at = self.at(new)
        return next((n - at + 1 for n in range(at + 1, len(self.docs)) if core in self._texts[n].plain), 0)

    def _life(self, reports: int, old: int, new: int) -> tuple[Fate, int, int]:
        """What the reports that have a formula say of it at the step from one report to another: fate, reports, gap."""
        last = len(self.docs)
        if reports >> old & 1:
            end = max(n for n in range(old, new) if reports >> n & 1)
            gap = next((n for n in range(new, last) if reports >> n & 1), last) - end - 1
            return Fate.ENDED, _row(reports, range(end, -1, -1)), gap
        if before := reports & (1 << old) - 1:
            return Fate.RETURNED, before.bit_count(), old + 1 - before.bit_length()
        return Fate.BEGUN, _row(reports, range(new, last)), 0

    def _own(self, at: int, other: int, step: tuple[int, int], weights: _Weights) -> Iterator[Formula]:
        """The formulas that one report has and another lacks."""
        here, there = self._texts[at], self._texts[other]
        found: dict[str, tuple[float, int, int]] = {}
        carriers, lacks = self.carriers(at), 1 << other
        for start, end in here.clauses:
            own = [i for i in range(start, end - RUN + 1) if carriers[i] and not carriers[i] & lacks]
            for worth, first, stop in _grown(carriers, start, end, own, weights) if own else ():
                found.setdefault(here.plain[first:stop], (worth, first, stop))
        seen: list[str] = []
        for _, first, stop in sorted(found.values(), key=lambda row: (-row[0], row[1]))[: 2 * _MOST]:
            span = _trimmed(here, first, stop)
            words = plain(span.text) if span else ""
            if (
                span is None
                or len(words) < _LEAST
                or words in there.plain
                or any(words in each or each in words for each in seen)
            ):
                continue
            seen.append(words)
            if (told := self.formula(span, self.docs[step[0]], self.docs[step[1]])).weight:
                yield told
            if len(seen) == _MOST:
                break


def _steadiness(reports: int) -> float:
    """How much less the end of a formula says that had holes: by how many of the reports say it since the first of them."""
    if not reports:
        return 1.0
    since = reports.bit_length() - (reports & -reports).bit_length() + 1
    return min(1.0, _STEADY + (1 - _STEADY) * reports.bit_count() / since)


def _behind_verbs(phrase: str) -> int:
    """Where what the verbs at the beginning of a phrase govern begins."""
    for start, end in clause_words(phrase):
        word = phrase[start:end]
        if word not in governing_words() and word not in EDGES:
            return start
    return 0


def _row(reports: int, places: Iterable[int]) -> int:
    """How many reports have a formula, from one place on, until two in a row lack it."""
    row = lacking = 0
    for place in places:
        if reports >> place & 1:
            row, lacking = row + 1, 0
        else:
            lacking += 1
            if lacking == 2:
                break
    return row


class _Weights(dict[int, float]):
    """What each life weighs, by the reports that it is of; reckoned once."""

    def __init__(self, life: Callable[[int], tuple[Fate, int, int]], recent: bool) -> None:
        self._life, self._recent = life, recent

    def __missing__(self, reports: int) -> float:
        worth = self[reports] = _weight(*self._life(reports), self._recent) if reports else 0.0
        return worth


def _weight(fate: Fate, reports: int, gap: int, recent: bool) -> float:
    """How much a life says: the more, the longer it was; of what is away for one report only, little."""
    if fate == Fate.ENDED:
        return log2(reports + 1) * (1.0 if gap > 1 or recent else 0.4) if reports >= _LIVED else 0.0
    if fate == Fate.RETURNED:
        return 0.6 * log2(reports + 1) * min(log2(gap + 1) / 3, 1.0)
    return log2(reports + 1) if reports > 1 else 0.0


_SIZES = tuple(sqrt(length) for length in range(_LONG + 1))  #: what a formula weighs for its length


def _size(length: int) -> float:
    return _SIZES[min(length, _LONG)]


def _trimmed(text: Letters, first: int, stop: int) -> Span | None:
    """A stretch from where a word begins to where one ends; none where it says nothing by itself.

    What it has torn out of a name, or before a noun that it belongs to, is made whole.
    """
    start, end = text.clause(first)
    pieces = [(start + a, start + b) for a, b in clause_words(text.plain[start:end])]
    said = [text.plain[a:b] for a, b in pieces]
    one = next((i for i, (a, _) in enumerate(pieces) if a >= first), len(pieces))
    last = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i][1] <= stop), -1)
    while one <= last and (said[one] in EDGES or said[one] in OPENINGS):
        one += 1
    while one <= last and _opens_more(said, last):
        last -= 1
    if all(len(word) < 2 or word in empty_words() for word in said[one : last + 1]):
        return None
    if "、" in said[one:last] and last + 1 < len(said) and said[last + 1] not in _JOINS:
        comma = max(i for i in range(one, last) if said[i] == "、")
        before = "".join(said[one:comma]).split("、")[-1]
        if len("".join(said[comma + 1 : last + 1])) < len(before):  # the last of a list is torn
            last = comma - 1
    if _nominal(said[one]):
        torn = next((i for i in range(one, max(one - _TORN, 0), -1) if not _nominal(said[i - 1])), one)
        one = torn
    if last + 1 < len(said) and _attributive(said[last]) and _nominal(said[last + 1]):
        last += 1
    if is_event(said[last]):
        return None
    return text.span(pieces[one][0], pieces[last][1])


def _opens_more(said: Sequence[str], at: int) -> bool:
    """Whether a word belongs to what follows it: no formula ends so."""
    word = said[at]
    if word in EDGES or word in _UNENDED:
        return True
    if at + 1 == len(said):
        return False
    governs = word in verbs() and part_of_speech(word) == "v"
    return governs or (_attributive(word) and said[at + 1] in _JOINS)


def _nominal(word: str) -> bool:
    """Whether a word is a noun, and none that begins what it stands before."""
    return (
        len(word) > 1
        and word not in OPENINGS
        and word not in governing_words()
        and part_of_speech(word).startswith("n")
    )


def _attributive(word: str) -> bool:
    """Whether a word stands before the noun that it says something of: 系统性, 高水平."""
    return word[-1] in "性型级式" or part_of_speech(word).startswith("b")


def _grown(
    carriers: Sequence[int],
    start: int,
    end: int,
    own: Sequence[int],
    weights: _Weights,
) -> Iterator[tuple[float, int, int]]:
    """The formulas of a clause, each with its weight, beginning and end; `carriers` are the reports of each run.

    Each has a run of its own, which the neighbour lacks. It grows from the one that weighs most, to the side where more
    is left, and is cut where it weighed most.
    """
    left = {i: worth for i in own if (worth := weights[carriers[i]]) > 0}
    stop = end - RUN
    while left:
        seed = max(left, key=left.__getitem__)
        reports, first, last = carriers[seed], seed, seed
        best = left[seed] * _SIZES[RUN], first, last
        before = carriers[first - 1] if first > start else 0
        behind = carriers[last + 1] if last < stop else 0
        while True:
            one, other = weights[reports & before], weights[reports & behind]
            if one <= 0 and other <= 0:
                break
            if one >= other:
                worth, reports, first = one, reports & before, first - 1
                before = carriers[first - 1] if first > start else 0
            else:
                worth, reports, last = other, reports & behind, last + 1
                behind = carriers[last + 1] if last < stop else 0
            worth *= _SIZES[min(last - first + RUN, _LONG)]
            if worth >= best[0]:
                best = worth, first, last
        left = {i: worth for i, worth in left.items() if not best[1] <= i <= best[2]}
        yield best[0], best[1], best[2] + RUN
