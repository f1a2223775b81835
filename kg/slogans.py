"""Two reports → the slogans that one of them has and the other lacks, also those of few years; new names, quoted or not.

A slogan weighs by the reports that say it and by the times that its own does, not by its length. One that took over how
another begins stands in its place: 两山七河五湖 in that of 两山七河一流域.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2, sqrt

from kg.coinages import find_coinages
from kg.formulas import Fate, Formula, Reports
from kg.model import Change, Document, Span
from kg.model import Rewording as Kind
from kg.passages import Passages
from kg.quantities import plans_from
from kg.rules import read_facts
from kg.successors import Sentences, successors
from kg.tellings import CEREMONY, beside, change_of
from kg.words import is_common

_TERM = 1.3  #: a slogan of the graph, against another formula
_SLOGAN = 10  #: characters of prose that a slogan, be it short, weighs like …
_GONE = 8  #: … and one that ends, of which more than its last report is known
_UNQUOTED = 0.9  #: a slogan that stands in no quotation marks, against others
_WORD, _SHORT = 4, 0.8  #: … and one of fewer characters, which may be but a word
_TIMES = 0.8  #: each doubling of the times that a report says a slogan
_LIVED = 3  #: reports in a row that have a slogan whose end tells
_REVIEWED = 0.85  #: a slogan that only the part of its report has which looks back
_COMMON = 0.4  #: a slogan that is anybody's word and stands in no quotation marks
_GONE_TERM = 3.0  #: one that a single report had
_ONCE = 0.4  #: a slogan that one report leaves out, between two that have it
_FIGURES = 0.4  #: a phrase with a figure, which is another each year
_REPLACED = 0.95  #: a slogan that changes a word, against one that ends
_QUOTED_BEFORE = re.compile("“([^“”\n]{2,12})”、?“$")
_QUOTED_BEHIND = re.compile("”、?“([^“”\n]{2,12})(?=”)")
_COMMEMORATED = re.compile(r"[^，。；、]{0,4}\d+周年")
_SAID_ON = 0.4  #: a slogan that the other report has with more letters inside, or in full
_TAKEN_OVER = 1.0  #: a slogan that takes over how another begins, more than either
_SHARED = 0.6  #: share of the shorter of the two that is the same


@dataclass(frozen=True, slots=True)
class _Slogan:
    term: str
    life: Formula
    weight: float
    sentence: Span
    others: tuple[Span, ...]  #: what is aligned with the sentence


def changed_slogans(
    old: Document,
    new: Document,
    text: Sentences,
    passages: Passages,
    reports: Reports,
    terms: Collection[str],
) -> Iterator[Change]:
    """The slogans of the graph that ended, returned, began, or gave way to another."""
    found = list(_slogans(old, new, text, reports, terms))
    begun = [each for each in found if each.life.fate == Fate.BEGUN]
    for each in found:
        if each.life.fate != Fate.ENDED:
            others = beside(each.others, each.sentence)
            yield change_of(Kind(each.life.fate), each.life, each.weight, others, (each.sentence,))
            continue
        after = next((one for one in begun if _takes_over(each.term, one.term, text)), None)
        if after:
            weight = max(each.weight, after.weight) + _TAKEN_OVER
            sentences = (each.sentence,), (after.sentence,)
            yield change_of(Kind.REPLACED, each.life, weight, *sentences, after.life.span)
        elif not any(map(str.isdigit, each.term)) and (there := next(successors(each.life.span, text), None)):
            place, one, other, now = there
            life = replace(each.life, span=place)
            yield change_of(Kind.REPLACED, life, each.weight * _REPLACED, (one,), (other,), now)
        else:
            gone = passages.lacks(each.sentence)
            weight = each.weight * passages.stays_away(each.life, each.sentence)
            others = beside(each.others, each.sentence)
            yield change_of(Kind.ENDED, each.life, weight, (each.sentence,), others, passage=gone)


def _slogans(
    old: Document, new: Document, text: Sentences, reports: Reports, terms: Collection[str]
) -> Iterator[_Slogan]:
    for term in sorted(set(terms) - read_facts("periods")["plans"].keys()):
        times = {"old": text.old.count(term), "new": text.new.count(term)}
        if (times["old"] > 0) == (times["new"] > 0):
            continue
        side, doc = ("old", old) if times["old"] else ("new", new)
        words = text.first(term, doc, side)
        if words is None or _COMMEMORATED.match(doc.text, words.end):
            continue
        life = reports.formula(words, old, new)
        if {old.year, new.year} <= {*life.years}:
            continue  # both have it, with other quotation marks: 吃“大锅饭”, 吃大锅饭
        weight = _weight(term, life, doc, reports) + _TIMES * log2(times[side])
        weight *= _SAID_ON if text.has_longer(term, "old" if side == "new" else "new") else 1.0
        weight *= _FIGURES if re.search(r"\d[个项家所]", term) else 1.0
        if life.fate != Fate.ENDED:
            life = replace(life, span=max(_rows(words, text), key=lambda span: span.end - span.start))
        sentence, pair = text.sentence(life.span, side)
        if sentence and pair:
            yield _Slogan(term, life, weight, sentence, pair.new if side == "old" else pair.old)


def _takes_over(was: str, now: str, text: Sentences) -> bool:
    """Whether a slogan begins as another did, for most of it, and nothing else in the two reports does."""
    shorter = min(len(was), len(now))
    shared = next((i for i in range(shorter) if was[i] != now[i]), shorter)
    if not _SHARED * shorter <= shared < shorter:
        return False
    sides = (text.old, was), (text.new, now)
    return all(said.count(was[:shared]) == said.count(slogan) for said, slogan in sides)


def changed_names(
    old: Document, new: Document, text: Sentences, reports: Reports, begun: Sequence[Formula]
) -> Iterator[Change]:
    """Names that the newer report is the first to say; with the verb before one, where that is said as often."""
    for each in find_coinages(reports, old, new):
        sentence, pair = text.sentence(each.life.span, "new")
        if sentence is None or pair is None or CEREMONY.search(sentence.text):
            continue
        weight = each.weight * (_SAID_ON if text.has_longer(each.life.span.text, "old") else 1.0)
        around = [one for one in begun if each.life.span in one.span and one.reports >= each.life.reports]
        yield change_of(
            Kind.BEGUN,
            around[0] if around else each.life,
            weight,
            beside(pair.old, sentence),
            (sentence,),
        )


def _rows(words: Span, text: Sentences) -> Iterator[Span]:
    """Each place of a slogan in its report, with the quoted ones beside it, “甲”、“乙”、“丙”, that nobody had said."""
    yield words
    for match in re.compile(f"(?<=“){re.escape(words.text)}(?=”)").finditer(words.doc.text, words.start):
        place = words.doc.span(*match.span())
        row = _in_row(place, text.old)
        if row != place and text.sentence(row, "new")[0]:
            yield row


def _in_row(words: Span, said: str) -> Span:
    text, start, end = words.doc.text, words.start, words.end
    while (match := _QUOTED_BEFORE.search(text, 0, start)) and match[1] not in said:
        start = match.start(1)
    while (match := _QUOTED_BEHIND.match(text, end)) and match[1] not in said:
        end = match.end(1)
    return words.doc.span(start - 1, end + 1) if (start, end) != (words.start, words.end) else words


def _weight(term: str, life: Formula, doc: Document, reports: Reports) -> float:
    """What it says that a slogan begins, returns or ends; of one that stands in no quotation marks, less."""
    quoted = f"“{term}" in doc.text or f"{term}”" in doc.text
    if not quoted and is_common(term):
        return life.weight * _COMMON
    if life.fate == Fate.ENDED and life.reports < _LIVED and reports.promise(life) == life.reports:
        return _GONE_TERM
    lived = log2(reports.promise(life) + 1) * _TERM * (_ONCE if life.comes_back and life.gap == 1 else 1.0)
    if life.fate == Fate.RETURNED:
        lived = life.weight / len(term) ** 0.5 * _TERM * (1.0 if quoted else _COMMON)
    elif doc.text.rfind(term) < plans_from(doc):
        lived *= _REVIEWED
    size = _GONE if life.fate == Fate.ENDED and reports.at(doc) else _SLOGAN
    unquoted = _UNQUOTED if len(term) >= _WORD else _SHORT
    return lived * sqrt(size) * (1.0 if quoted else unquoted)
