"""Two reports of one issuer → what changed in their wording, foremost first, each change with its quotations.

A change is a target with another number, a formula that ends, returns, begins or changes a word, a word of degree that
took the place of a weaker or stronger one, or a part of the plan that moved. What a change weighs is told at its making; a
life of many years weighs more than one of a few, a slogan of the graph more than general prose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from math import ceil, log2

from kg.aims import changed_aims
from kg.alignments import Pair
from kg.fillers import adverbs, governing_words, slight_words
from kg.formulas import Fate, Formula, Reports
from kg.model import Change as Change
from kg.model import Document, Section, Span
from kg.model import Rewording as Kind
from kg.passages import Passages
from kg.rewordings import changed_degrees, moved_parts, reworded
from kg.slogans import changed_names, changed_slogans
from kg.stances import find_stances
from kg.successors import Sentences, bare, successors
from kg.tellings import CEREMONY, beside, change_of

_REPLACED = 0.95  #: a formula that changes a word, against one that ends
_REPLACING = 0.5  #: one that begins in the place of words that were no formula
_REPLACES = 7.0  #: what begins and weighs less is not looked up so
_TERM = 1.3  #: a formula with a slogan of the graph in it, against another
_PROSE = 0.85  #: what ends and is no slogan
_NEW_PROSE = 0.57  #: what begins or returns and is none …
_OFTEN = 0.25  #: … and what each doubling of its times in the newer report adds to that
_SHORT = 6  #: characters of a short phrase …
_TOPIC = 0.8  #: … which, with no slogan in it, may be but a topic, against a longer one
_PRINCIPLE = 1.3  #: a formula that says what a policy holds to (坚持…定位), against another
_NAME = 10  #: characters of what begins, up to which it is told beside others of its sentence
_FEW = 40  #: changes from which no sentence is told that is merely reworded
_LITTLE = 3.0  #: what weighs so little is not asked whether it is said on
_SAID_ON = 0.45  #: what ends or begins, of which the other report has much in a row, or most in pieces …
_HALF, _MOST = 0.5, 0.6  #: … namely so much, where it ends or begins
_PART = 4  #: characters of one of two or three parts, which is said on
_SAID_APART = 0.8  #: one of which it has every pair of characters
_SAID_BY_WORDS = 0.3  #: one of which a sentence of the other has every word
_VERBS = 0.6  #: a formula of which only a verb of every report, or an abstract word, is another
_LISTED = 0.55  #: one to which only a further item of a list was added
_FIGURES = 0.4  #: a formula that leads to a number, which is another each year
#: The verbs by which a report says what its policy holds to, before what it is.
_HOLDS = re.compile(r"(?:必须|始终)?(?:坚持|贯彻(?!落实)|树立|践行)")
#: What a result ends with, which is another each year.
_REACHED = re.compile("(?:下降|上升|增长|提高|增加|减少|回升)$")
_FIGURE = re.compile(r"[^，。；：、\d]{0,4}\d")


def find_changes(
    old: Document,
    new: Document,
    pairs: Sequence[Pair],
    reports: Reports,
    sections: Sequence[Section] = (),
    terms: Collection[str] = (),
) -> tuple[Change, ...]:
    """What changed from one report to another, the weightiest first; nothing is told twice.

    `pairs` are their sentences as they are aligned, `reports` all of the issuer, `sections` those of both, `terms` the
    labels of the slogans that either of them has.
    """
    text = Sentences(pairs)
    passages = Passages(old, new, pairs, reports)
    formulas = reports.formulas(old, new)
    stances = [policy for policy in find_stances(old).keys() & find_stances(new).keys() if "政策" in policy]
    found = [
        *changed_aims(old, new, text.quoted, reports),
        *_formulas(text, passages, reports, formulas, terms, stances),
        *changed_slogans(old, new, text, passages, reports, terms),
        *changed_names(old, new, text, reports, [each for each in formulas if each.fate == Fate.BEGUN]),
        *changed_degrees(pairs),
        *moved_parts(old, new, pairs, sections),
    ]
    if len(found) < _FEW:  # of general prose only where there is little else
        found += reworded(pairs)
    found.sort(key=_rank)
    return tuple(_told_once(found))


def _rank(change: Change) -> tuple[float, float, Kind, str]:
    """What weighs alike stands in the order of the reports."""
    span = change.now or change.was
    return -change.weight, span.start / len(span.doc.text) if span else 0.0, change.kind, change.about


def _formulas(
    text: Sentences,
    passages: Passages,
    reports: Reports,
    found: Sequence[Formula],
    terms: Collection[str],
    told: Collection[str],
) -> Iterator[Change]:
    """Formulas that ended, returned or began; those that changed a word in one. Of what is `told` already, nothing."""
    slogans = [term for term in terms if len(term) > 2]
    starting = [each for each in found if each.fate != Fate.ENDED]
    back = text.turned()
    for each in found:
        ended = each.fate == Fate.ENDED
        sentence, pair = text.sentence(each.span, "old" if ended else "new")
        if sentence is None or pair is None or CEREMONY.search(sentence.text):
            continue
        words = each.span.text
        if any(policy in words for policy in told):
            continue
        weight = each.weight * (_TERM if any(term in words for term in slogans) else 1.0)
        if len(words) <= _SHORT and not _HOLDS.match(words) and not any(term in words for term in slogans):
            weight *= _TOPIC
        weight *= _PRINCIPLE if _HOLDS.match(words) else 1.0
        if _FIGURE.match(each.span.doc.text, each.span.end) or _REACHED.search(words):
            weight *= _FIGURES
        if ended and (there := next(successors(each.span, text, starting), None)):
            place, old, new, now = there
            began = max((other.weight for other in starting if _overlap(other.span, now)), default=0.0)
            weight = weight * _REPLACED * _telling(place.text, now.text) + began / 2
            yield change_of(Kind.REPLACED, replace(each, span=place), weight, (old,), (new,), now)
        elif ended and bare(words) not in text.bare:
            weight *= _PROSE * passages.stays_away(each, sentence)
            weight *= _left(words, text, "new") if weight > _LITTLE else 1.0
            others, gone = beside(pair.new, sentence), passages.lacks(sentence)
            yield change_of(Kind.ENDED, each, weight, (sentence,), others, passage=gone)
        elif (
            each.fate == Fate.BEGUN
            and weight > _REPLACES
            and (there := next(successors(each.span, back, ()), None))
        ):
            place, new, old, was = there
            weight *= _REPLACING * _telling(was.text, place.text)
            life = reports.formula(was, was.doc, place.doc)
            yield change_of(Kind.REPLACED, life, weight, (old,), (new,), place)
        elif not ended:
            often = 1 + _OFTEN * log2(max(text.new.count(words), 1))
            weight *= _NEW_PROSE * often
            weight *= _left(words, text, "old") if weight > _LITTLE else 1.0
            yield change_of(Kind(each.fate), each, weight, beside(pair.old, sentence), (sentence,))


def _telling(was: str, now: str) -> float:
    """How much less a change says in which one verb or abstract word takes the place of another, or falls away."""
    pieces = [
        piece
        for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        if tag != "equal"
        for piece in (was[a:b], now[c:d])
    ]
    if all(not piece or piece in adverbs() | governing_words() | slight_words() for piece in pieces):
        return _VERBS
    return _LISTED if len(now) > len(was) and all(not piece or "、" in piece for piece in pieces) else 1.0


def _left(phrase: str, text: Sentences, side: str) -> float:
    """How much less it says that a phrase ends or begins where the other report has most of it, or all of it in pieces."""
    if text.has_words(phrase, side):
        return _SAID_BY_WORDS
    ended = side == "new"
    said = text.new if ended else text.old
    parts = phrase.split("、")
    if ended and len(parts) in (2, 3) and any(len(part) >= _PART and part in said for part in parts):
        return _SAID_ON
    least = ceil(len(phrase) * (_HALF if ended else _MOST))
    if any(phrase[i : i + least] in said for i in range(len(phrase) - least + 1)):
        return _SAID_ON
    if ended and text.nearly(phrase, side):
        return _SAID_ON
    gone = any(phrase[i : i + 2] not in said for i in range(len(phrase) - 1))
    return 1.0 if gone else _SAID_APART


def _told_once(found: Iterable[Change]) -> Iterator[Change]:
    """Without what tells of words, or of the very sentences, that a weightier change has told of."""
    words: list[Span] = []
    sentences: set[tuple[Kind, str, int]] = set()
    named: set[str] = set()
    for change in found:
        mine = [span for span in (change.was, change.now) if span]
        told = (
            {part for part in re.split("[“”、]+", change.about) if part} if change.years else {change.about}
        )
        if (
            told <= named
            or all(any(part in other for other in named) for part in told)
            or any(_overlap(one, other) for one in mine for other in words)
        ):
            continue
        quoted = {(change.kind, span.doc.id, span.start) for span in (*change.old[:1], *change.new[:1])}
        name = change.kind == Kind.BEGUN and len(change.about) <= _NAME
        if change.kind != Kind.TARGET and not name and quoted <= sentences:
            continue
        words += mine
        sentences |= quoted
        named |= told if change.years else set()
        yield change


def _overlap(one: Span, other: Span) -> bool:
    return one.doc.id == other.doc.id and one.start < other.end and other.start < one.end
