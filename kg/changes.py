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
from math import log2

from kg.alignments import Pair
from kg.degrees import find_degrees
from kg.formulas import Fate, Formula, Reports, empty_words
from kg.model import Change as Change
from kg.model import Document, Section, Span
from kg.model import Rewording as Kind
from kg.pieces import find_pieces
from kg.quantities import Target, find_targets, quantity_names, same_value
from kg.rules import read_facts
from kg.successors import Sentences, bare, successors

_GROWTH = 15.0  #: what a change of the first target weighs: that of growth
_TARGET = 12.0  #: of the foremost others: prices, work, the deficit
_LESSER = 9.5  #: of the rest
_FOREMOST = 6  #: targets of the table that are foremost
_TARGET_GONE = 5.0  #: of one that is no longer, or for the first time, set
_REPLACED = 0.95  #: a formula that changes a word, against one that ends
_TERM = 1.3  #: a formula with a slogan of the graph in it, against another
_NEW_TERM = 4.0  #: a slogan that no report had before
_SLOGAN = 10  #: characters of prose that a slogan, be it short, weighs like …
_GONE = 7  #: … and one that ends
_NAMED = 1.6  #: a formula that names a policy and changes a word, against another
_PROSE = 0.85  #: what ends and is no slogan
_NEW_PROSE = 0.65  #: what begins or returns and is none …
_OFTEN = 0.25  #: … and what each doubling of its times in the newer report adds to that
_STANCE = 11.0  #: what a policy shall be, where that is another (…政策要…)
_GONE_TERM = 3.0  #: one that a single report had
_DEGREE = 6.0
_REWORDED = 3.0  #: a sentence in which one character of many is another; the more there are, the less
_FEW = 40  #: changes from which no sentence is told that is merely reworded
_MOVED = 4.0  #: a part that moved by one place; each further place adds one
_SAID_ON = 0.45  #: a formula that ends or begins, of which the other report has three fifths in a row
_SAID_APART = 0.8  #: one of which it has every pair of characters
_VERBS = 0.6  #: a formula of which only a verb of every report, or an abstract word, is another
_FIGURES = 0.4  #: a formula that leads to a number, which is another each year
_ALIKE = 0.6  #: share of a sentence that is the same where it is merely reworded
#: The sentence that says what a policy shall be: 积极的财政政策要加力增效.
_POLICY = re.compile(
    r"^(?:[^，。；]{0,6}，)?(?P<policy>[^，。；、]{2,10}政策)(?:要保持|要|保持|取向不变，要)(?P<so>[^。；]{2,28})"
)
_TELLS = re.compile(r"[^\W\d_的和与及等了在上去年]{2}")
_CEREMONY = re.compile("表示[^，。]{0,4}(?:感谢|敬意)|请予审议|提出意见")
_FIGURE = re.compile(r"[^，。；：、\d]{0,4}\d")
_PART = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")


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
    found = [
        *_targets(old, new, text),
        *_formulas(text, reports.formulas(old, new), terms),
        *_terms(old, new, text, reports, terms),
        *_degrees(pairs),
        *_stances(pairs),
        *_moved(old, new, pairs, sections),
    ]
    if len(found) < _FEW:  # of general prose only where there is little else
        found += _reworded(pairs)
    found.sort(key=lambda change: (-change.weight, change.kind, change.about))
    return tuple(_told_once(found))


def _targets(old: Document, new: Document, text: Sentences) -> Iterator[Change]:
    """Targets with another number. The first of all is that of growth."""
    before, after = find_targets(old), find_targets(new)
    for number, name in enumerate(quantity_names()):
        was, now = before.get(name), after.get(name)
        weight = _GROWTH if number == 0 else (_TARGET if number < _FOREMOST else _LESSER) - number / 10
        if was and now:
            if same_value(was.value, now.value):
                continue
        else:
            weight = _TARGET_GONE - number / 10
        if (was and was.value) or (now and now.value):
            yield Change(
                Kind.TARGET,
                name,
                was.span if was else None,
                now.span if now else None,
                _quoted(was, text, "old"),
                _quoted(now, text, "new"),
                weight,
            )


def _quoted(target: Target | None, text: Sentences, side: str) -> tuple[Span, ...]:
    if target is None:
        return ()
    return (text.sentence(target.clause, side)[0] or target.clause,)


def _formulas(text: Sentences, found: Iterable[Formula], terms: Collection[str]) -> Iterator[Change]:
    """Formulas that ended, returned or began; those that changed a word in one."""
    slogans = [term for term in terms if len(term) > 2]
    told = list(found)
    starting = [each for each in told if each.fate != Fate.ENDED]
    for each in told:
        side = "old" if each.fate == Fate.ENDED else "new"
        sentence, pair = text.sentence(each.span, side)
        if sentence is None or pair is None or _CEREMONY.search(sentence.text):
            continue
        weight = each.weight * (_TERM if any(term in each.span.text for term in slogans) else 1.0)
        if _FIGURE.match(each.span.doc.text, each.span.end):
            weight *= _FIGURES
        if each.fate != Fate.ENDED:
            often = 1 + _OFTEN * log2(max(text.new.count(each.span.text), 1))
            weight *= _NEW_PROSE * _left(each.span.text, text.old) * often
            yield _change(Kind(each.fate), each, weight, pair.old, (sentence,))
        elif there := next(successors(each.span, text, starting), None):
            place, old, new, now = there
            began = max((other.weight for other in starting if _overlap(other.span, now)), default=0.0)
            named = _NAMED if each.span.text.endswith("政策") else 1.0
            weight = weight * named * _REPLACED * _telling(place.text, now.text) + began / 2
            yield _change(Kind.REPLACED, replace(each, span=place), weight, (old,), (new,), now)
        elif bare(each.span.text) not in text.bare:
            yield _change(
                Kind.ENDED, each, weight * _PROSE * _left(each.span.text, text.new), (sentence,), pair.new
            )


def _telling(was: str, now: str) -> float:
    """How much less a change says in which one verb or abstract word takes the place of another, or falls away."""
    pieces = [
        piece
        for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        if tag != "equal"
        for piece in (was[a:b], now[c:d])
    ]
    return _VERBS if all(not piece or piece in empty_words() for piece in pieces) else 1.0


def _left(phrase: str, said: str) -> float:
    """How much less it says that a phrase ends or begins where the other report has most of it, or all of it in pieces."""
    least = -(-len(phrase) * 3 // 5)
    if any(phrase[i : i + least] in said for i in range(len(phrase) - least + 1)):
        return _SAID_ON
    gone = any(phrase[i : i + 2] not in said for i in range(len(phrase) - 1))
    return 1.0 if gone else _SAID_APART


def _change(
    kind: Kind,
    formula: Formula,
    weight: float,
    old: tuple[Span, ...],
    new: tuple[Span, ...],
    now: Span | None = None,
) -> Change:
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
    )


def _terms(
    old: Document, new: Document, text: Sentences, reports: Reports, terms: Collection[str]
) -> Iterator[Change]:
    """Slogans that one of the reports has and the other lacks, also those of few years."""
    for term in sorted(set(terms) - read_facts("periods")["plans"].keys()):
        places = {"old": old.text.find(term), "new": new.text.find(term)}
        if (places["old"] < 0) == (places["new"] < 0):
            continue
        side, doc = ("old", old) if places["old"] >= 0 else ("new", new)
        sentence, pair = text.sentence(doc.span(places[side], places[side] + len(term)), side)
        if sentence is None or pair is None:
            continue
        words = doc.span(places[side], places[side] + len(term))
        life = reports.formula(words, old, new)
        floor = {Fate.BEGUN: _NEW_TERM, Fate.ENDED: _GONE_TERM}.get(life.fate, 0.0)
        size = max(1.0, ((_GONE if life.fate == Fate.ENDED else _SLOGAN) / len(term)) ** 0.5)
        weight = max(life.weight * _TERM * size, floor) + min(doc.text.count(term), 9) / 10
        if life.fate != Fate.ENDED:
            yield _change(Kind(life.fate), life, weight, pair.old, (sentence,))
        elif not any(map(str.isdigit, term)) and (there := next(successors(words, text, ()), None)):
            place, one, other, now = there
            yield _change(Kind.REPLACED, replace(life, span=place), weight * _REPLACED, (one,), (other,), now)
        else:
            yield _change(Kind.ENDED, life, weight, (sentence,), pair.new)


def _degrees(pairs: Iterable[Pair]) -> Iterator[Change]:
    for pair in pairs:
        for each in find_degrees(pair.old, pair.new):
            old = next(span for span in pair.old if each.old in span)
            new = next(span for span in pair.new if each.new in span)
            kind = Kind.HARDENED if each.harder else Kind.SOFTENED
            about = f"{each.was or '—'} → {each.now or '—'}"
            yield Change(kind, about, each.old, each.new, (old,), (new,), _DEGREE)


def _stances(pairs: Iterable[Pair]) -> Iterator[Change]:
    """What a policy shall be, where the sentence that says it says something else."""
    for pair in pairs:
        for old in pair.old:
            for new in pair.new:
                was, now = _POLICY.search(old.text), _POLICY.search(new.text)
                if (
                    was
                    and now
                    and was["policy"][-4:] == now["policy"][-4:]
                    and bare(was["so"]) != bare(now["so"])
                ):
                    places = old.doc.span(old.start + was.start("policy"), old.start + was.end())
                    there = new.doc.span(new.start + now.start("policy"), new.start + now.end())
                    yield Change(Kind.REWORDED, now["policy"], places, there, (old,), (new,), _STANCE)


def _moved(
    old: Document, new: Document, pairs: Sequence[Pair], sections: Sequence[Section]
) -> Iterator[Change]:
    """Numbered parts that stand in another place among those that both reports have."""
    headings = {(s.heading.doc.id, s.heading.start) for s in sections if _PART.match(s.heading.text)}
    rows = [
        (pair.old[0], pair.new[0])
        for pair in pairs
        if pair.old and pair.new
        if (old.id, pair.old[0].start) in headings and (new.id, pair.new[0].start) in headings
    ]
    places = sorted(rows, key=lambda row: row[0].start)
    for number, row in enumerate(sorted(rows, key=lambda row: row[1].start)):
        by = number - places.index(row)
        if abs(by) > 1:
            yield Change(
                Kind.MOVED,
                row[1].text.rstrip("。"),
                row[0],
                row[1],
                row[:1],
                row[1:],
                _MOVED + abs(by) - 1,
                gap=by,
            )


def _reworded(pairs: Iterable[Pair]) -> Iterator[Change]:
    """Sentences of which more is kept than changed, if what changed is more than numbers and small words."""
    for pair in pairs:
        if len(pair.old) != 1 or len(pair.new) != 1:
            continue
        [old], [new] = pair.old, pair.new
        one, other = old.text, new.text
        if bare(one) == bare(other) or _PART.match(other):
            continue
        pieces = find_pieces(one, other)
        kept = sum(piece.old[1] - piece.old[0] for piece in pieces if piece.same) / max(len(one), len(other))
        told = [piece for piece in pieces if not piece.same]
        if kept >= _ALIKE and any(_TELLS.search(one[slice(*p.old)] + other[slice(*p.new)]) for p in told):
            was = old.doc.span(old.start + told[0].old[0], old.start + told[-1].old[1])
            now = new.doc.span(new.start + told[0].new[0], new.start + told[-1].new[1])
            filled = (was if was.text else None), (now if now.text else None)
            yield Change(
                Kind.REWORDED, other.rstrip("。；"), *filled, (old,), (new,), round(_REWORDED * kept, 3)
            )


def _told_once(found: Iterable[Change]) -> Iterator[Change]:
    """Without what tells of words, or of the very sentences, that a weightier change has told of."""
    words: list[Span] = []
    sentences: set[tuple[Kind, str, int]] = set()
    for change in found:
        mine = [span for span in (change.was, change.now) if span]
        if any(_overlap(one, other) for one in mine for other in words):
            continue
        quoted = {(change.kind, span.doc.id, span.start) for span in (*change.old[:1], *change.new[:1])}
        if change.kind != Kind.TARGET and quoted <= sentences:
            continue
        words += mine
        sentences |= quoted
        yield change


def _overlap(one: Span, other: Span) -> bool:
    return one.doc.id == other.doc.id and one.start < other.end and other.start < one.end
