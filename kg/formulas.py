"""Reports of one issuer → the formulas that end from one report to the next, that return after a gap, that begin.

A formula is a stretch of a clause that several reports have word for word. It is found by its runs of four characters: of
each run it is known which reports have it. A stretch grows from one run to the next, in the reports that have all of it, and
counts for more the longer it is and the more reports have it. Nothing is known of words before the end, when the
edges are moved to where words begin and end, and what says nothing by itself (进一步加强) is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from math import log2, sqrt

from kg.model import Document, Span
from kg.rules import read_facts
from kg.words import words

_RUN = 4  #: characters of which it is known what reports have them
_LEAST = 5  #: characters of a formula
_LONG = 16  #: characters from which length adds nothing
_LIVED = 3  #: reports in a row that have a formula which ends
_MOST = 48  #: formulas that are looked at, of those that a report has and its neighbour lacks
_CLAUSE = re.compile(r"[^，。；：！？,;:!?（）()…—\d\s%％]+")
#: The title page, the salutation and the sentence with which a report is submitted.
_OPENING = re.compile(r"(?s:.{0,600}?)(?:各位代表[^。]{0,60})?(?:请予?审议|请审查)[^。\n]*[。\n]")
_QUOTES = "“”‘’「」『』"
_EDGES = "的地得和与及等、而并或在是了着把被对为将要也都以其这那《》·"  #: what no formula begins or ends with

_OPENINGS = frozenset(
    ("今年", "去年", "上年", "我们", "我国", "继续", "进一步", "必须", "比")
)  #: words that no formula begins with
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


class Reports:
    """The full reports of one issuer, in the order of their years, each with its runs of four characters."""

    def __init__(self, docs: Iterable[tuple[Document, Sequence[Span]]]) -> None:
        """`docs` are the reports, each with the stretches of it that are not its own words: boxes and glossaries."""
        told = sorted(docs, key=lambda row: (row[0].year or 0, row[0].id))
        self.docs = [doc for doc, _ in told]
        self._texts = [_Letters(doc, outside) for doc, outside in told]

    def years(self, phrase: str) -> tuple[int, ...]:
        """The years of the reports that have a phrase; quotation marks count for nothing."""
        return self._years(self._with(phrase))

    def formulas(self, old: Document, new: Document) -> list[Formula]:
        """What ended with a report, and what returned or began with another, later one; the weightiest first."""
        step = self.at(old), self.at(new)
        found = [*self._own(step[0], step[1], step), *self._own(step[1], step[0], step)]
        return sorted(found, key=lambda each: (-each.weight, each.fate, each.span.start))

    def formula(self, span: Span, old: Document, new: Document) -> Formula:
        """What became of the words of a span, which one of two reports has and the other lacks."""
        step = self.at(old), self.at(new)
        reports = self._with(span.text)
        life = self._life(reports, *step)
        weight = _weight(*life, step[1] + 1 == len(self.docs)) * _size(len(_plain(span.text)))
        return Formula(span, life[0], self._years(reports), life[1], life[2], weight)

    def at(self, doc: Document) -> int:
        """The place of a report among all."""
        return next(i for i, each in enumerate(self.docs) if each.id == doc.id)

    @cached_property
    def _known(self) -> dict[str, int]:
        """Which reports have each run of characters, a bit each, as far as more than one does."""
        known: dict[str, int] = {}
        for number, text in enumerate(self._texts):
            bit = 1 << number
            for run in text.runs:
                known[run] = known.get(run, 0) | bit
        return {run: reports for run, reports in known.items() if reports & reports - 1}

    def _with(self, phrase: str) -> int:
        """The reports that have a phrase, a bit each."""
        plain = _plain(phrase)
        reports = (1 << len(self._texts)) - 1
        if _CLAUSE.fullmatch(plain):  # one that has it has all its runs
            for i in range(len(plain) - _RUN + 1):
                run = plain[i : i + _RUN]
                reports &= self._known.get(run) or sum(
                    1 << n for n, text in enumerate(self._texts) if run in text.runs
                )
        return sum(1 << i for i, text in enumerate(self._texts) if reports >> i & 1 and plain in text.plain)

    def _years(self, reports: int) -> tuple[int, ...]:
        return tuple(doc.year or 0 for i, doc in enumerate(self.docs) if reports >> i & 1)

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

    def _own(self, at: int, other: int, step: tuple[int, int]) -> Iterator[Formula]:
        """The formulas that one report has and another lacks."""
        here, there = self._texts[at], self._texts[other]
        weight = _Weights(lambda life: self._life(life, *step), step[1] + 1 == len(self.docs))
        found: dict[str, tuple[float, int, int]] = {}
        for start, end in here.clauses:
            own = [i for i in range(start, end - _RUN + 1) if here.plain[i : i + _RUN] not in there.runs]
            for worth, first, stop in _grown(here.plain, start, end, own, self._known, weight) if own else ():
                found.setdefault(here.plain[first:stop], (worth, first, stop))
        seen: list[str] = []
        for _, first, stop in sorted(found.values(), key=lambda row: (-row[0], row[1]))[: 2 * _MOST]:
            span = here.trimmed(first, stop)
            plain = _plain(span.text) if span else ""
            if (
                span is None
                or len(plain) < _LEAST
                or plain in there.plain
                or any(plain in each or each in plain for each in seen)
            ):
                continue
            seen.append(plain)
            if (told := self.formula(span, self.docs[step[0]], self.docs[step[1]])).weight:
                yield told
            if len(seen) == _MOST:
                break


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


def _plain(text: str) -> str:
    return "".join(c for c in text if c not in _QUOTES)


class _Letters:
    """A text without quotation marks, which come and go, and without what is not its own."""

    def __init__(self, doc: Document, outside: Sequence[Span]) -> None:
        self.doc = doc
        text = doc.text
        if opening := _OPENING.match(text):
            text = "\n" * opening.end() + text[opening.end() :]
        for span in outside:
            if span.doc.id == doc.id:
                text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
        self.places = [i for i, c in enumerate(text) if c not in _QUOTES]
        plain = self.plain = "".join([text[i] for i in self.places])
        self.clauses = [match.span() for match in _CLAUSE.finditer(plain)]
        self.runs = frozenset(
            [plain[i : i + _RUN] for start, end in self.clauses for i in range(start, end - _RUN + 1)]
        )

    def trimmed(self, first: int, stop: int) -> Span | None:
        """A stretch from where a word begins to where one ends; none where it says nothing by itself."""
        start, end = self.clauses[bisect_right(self.clauses, (first, len(self.plain))) - 1]
        pieces = [(start + a, start + b) for a, b in _words(self.plain[start:end])]
        inside = [(a, b) for a, b in pieces if first <= a and b <= stop]
        while inside and ((word := self.plain[slice(*inside[0])]) in _EDGES or word in _OPENINGS):
            inside.pop(0)
        while inside and ((word := self.plain[slice(*inside[-1])]) in _EDGES or word in _UNENDED):
            inside.pop()
        if all(b - a < 2 or self.plain[a:b] in empty_words() for a, b in inside):
            return None
        if self.plain[slice(*inside[-1])].endswith(_events()):
            return None
        return _quoted(self.doc.span(self.places[inside[0][0]], self.places[inside[-1][1] - 1] + 1))


def _quoted(span: Span) -> Span:
    """A stretch with the quotation mark at its edge whose partner it has."""
    text, start, end = span.doc.text, span.start, span.end
    if span.text.count("“") > span.text.count("”") and text[end : end + 1] == "”":
        return span.doc.span(start, end + 1)
    if span.text.count("”") > span.text.count("“") and text[start - 1 : start] == "“":
        return span.doc.span(start - 1, end)
    return span


@cache
def empty_words() -> frozenset[str]:
    """Words of which a formula cannot consist: verbs of every report, adverbs, abstract heads, words of ceremony."""
    facts = read_facts("newterms")
    groups = ("governs", "adverbs", "never_last", "ceremony", "exhortation")
    return _OPENINGS | {word for group in groups for row in facts[group] for word in row["words"].split()}


@cache
def governing_words() -> frozenset[str]:
    """Verbs that have a policy as their object, and adverbs before them."""
    facts = read_facts("newterms")
    return frozenset(
        word for group in ("governs", "adverbs") for row in facts[group] for word in row["words"].split()
    )


@cache
def _events() -> tuple[str, ...]:
    """What the name of a meeting, a contest or a disaster ends with: it belongs to a year."""
    return tuple(word for row in read_facts("newterms")["events"] for word in row["words"].split())


def _grown(
    text: str,
    start: int,
    end: int,
    own: Sequence[int],
    known: Mapping[str, int],
    weights: _Weights,
) -> Iterator[tuple[float, int, int]]:
    """The formulas of a clause, each with its weight, beginning and end.

    Each has a run of its own, which the neighbour lacks. It grows from the one that weighs most, to the side where more
    is left, and is cut where it weighed most.
    """
    left = {i: worth for i in own if (worth := weights[known.get(text[i : i + _RUN], 0)]) > 0}
    stop = end - _RUN
    while left:
        seed = max(left, key=left.__getitem__)
        reports, first, last = known[text[seed : seed + _RUN]], seed, seed
        best = left[seed] * _SIZES[_RUN], first, last
        before = known.get(text[first - 1 : first - 1 + _RUN], 0) if first > start else 0
        behind = known.get(text[last + 1 : last + 1 + _RUN], 0) if last < stop else 0
        while True:
            one, other = weights[reports & before], weights[reports & behind]
            if one <= 0 and other <= 0:
                break
            if one >= other:
                worth, reports, first = one, reports & before, first - 1
                before = known.get(text[first - 1 : first - 1 + _RUN], 0) if first > start else 0
            else:
                worth, reports, last = other, reports & behind, last + 1
                behind = known.get(text[last + 1 : last + 1 + _RUN], 0) if last < stop else 0
            worth *= _SIZES[min(last - first + _RUN, _LONG)]
            if worth >= best[0]:
                best = worth, first, last
        left = {i: worth for i, worth in left.items() if not best[1] <= i <= best[2]}
        yield best[0], best[1], best[2] + _RUN


@lru_cache(10_000)
def _words(clause: str) -> list[tuple[int, int]]:
    return words(clause)
