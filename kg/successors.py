"""A formula that a report lacks → the words that stand in its place there: the same formula with a word changed.

Only the sentence that is aligned with that of the formula is asked, and only words that the older report did not
say already in another place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from kg.alignments import Pair
from kg.fillers import adverbs, empty_words, governing_words, slight_words, verbs
from kg.formulas import Formula
from kg.letters import plain
from kg.model import Document, Span
from kg.pieces import find_pieces
from kg.quantities import same_part
from kg.words import is_torn, words

_LIKE = 0.3  #: share of two sentences that is the same where one changes a word of the other
_ALIKE = 0.6  #: share of a formula that its successor keeps
_OTHER = 3  #: characters of a formula that its successor has not, or a fifth of them
_KEEPS = 3  #: characters in a row that its successor keeps
_LONG = 12  #: characters of a formula from which two words of it can change
_MOSTLY = 0.65  #: share of a phrase that a clause has which says nearly the same
_FEW = 4  #: letters that a longer form of a name has inside
_FAR = 80  #: characters before it in which its clause begins
_SEED = 3  #: characters in a row that such a clause has at least
_EDGE = 2  #: characters that a formula and its successor share at an edge; with fewer, their neighbours must be the same
_WORD = 8  #: characters of what stands in the place of another word, at most
_BREAKS = "，。；：！？\n"
_BREAK = re.compile(f"[{_BREAKS}]")
_IN_PARTS = re.compile("“([^“”、\n]{2,8}(?:、[^“”、\n]{2,8})+)”(\\w{2})")
_SMALL = re.compile("[的地得、，和与及等了在上去年“”‘’《》]|以及")


class Sentences:
    """The aligned sentences, by where they stand."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._rows = {
            side: sorted(
                (span.start, span.end, number) for number, pair in enumerate(pairs) for span in spans(pair)
            )
            for side, spans in (("old", attrgetter("old")), ("new", attrgetter("new")))
        }
        self._pairs = pairs
        self.new = "\n".join(span.text for pair in pairs for span in pair.new)
        self.bare = bare(self.new)
        self.old = "\n".join(span.text for pair in pairs for span in pair.old)

    def sentence(self, span: Span, side: str) -> tuple[Span | None, Pair | None]:
        """The sentence of one side that a span stands in, and its pair."""
        rows = self._rows[side]
        at = bisect_right(rows, (span.start, 1 << 60, 0)) - 1
        if at < 0 or span.start >= rows[at][1]:
            return None, None
        start, end, number = rows[at]
        return span.doc.span(start, max(end, span.end)), self._pairs[number]

    def first(self, phrase: str, doc: Document, side: str) -> Span | None:
        """Where a phrase stands first in the sentences of one side, and tears no word."""
        at = doc.text.find(phrase)
        while at >= 0:
            words = doc.span(at, at + len(phrase))
            if self.sentence(words, side)[0] and not is_torn(doc.text, words.start, words.end):
                return words
            at = doc.text.find(phrase, at + 1)
        return None

    def turned(self) -> Sentences:
        """The same with the newer report for the older."""
        return Sentences([Pair(pair.new, pair.old, pair.score, pair.moved) for pair in self._pairs])

    def has_words(self, phrase: str, side: str) -> bool:
        """Whether one sentence of a side has all words of a phrase that say something, of which there must be several."""
        told = {phrase[a:b] for a, b in words(phrase) if b - a > 1} - empty_words() - slight_words()
        text = self.text(side)
        if len(told) < 2 or any(word not in text for word in told):
            return False
        return any(all(word in said for word in told) for said in text.split("\n"))

    def nearly(self, phrase: str, side: str) -> bool:
        """Whether one clause of a side has most of a phrase, in pieces and in its order."""
        text, least = self.text(side), _MOSTLY * len(phrase)
        found = set()
        for seed in {phrase[i : i + _SEED] for i in range(len(phrase) - _SEED + 1)}:
            at = text.find(seed)
            while at >= 0:
                start = max(text.rfind(mark, max(0, at - _FAR), at) for mark in _BREAKS) + 1 or max(
                    0, at - _FAR
                )
                behind = _BREAK.search(text, at)
                end = behind.start() if behind else len(text)
                found.add(text[start:end])
                at = text.find(seed, end)
        matcher = SequenceMatcher(None, "", phrase, autojunk=False)
        for clause in found:
            matcher.set_seq1(clause)
            if sum(block.size for block in matcher.get_matching_blocks() if block.size > 1) >= least:
                return True
        return False

    def has_longer(self, name: str, side: str) -> bool:
        """Whether a side has a name with some more letters inside, or in full: 少生快富 in 少生快富扶贫工程, 千万工程 too."""
        said = self._letters[side]
        if len(name) < 2 * _EDGE or name in self._initials[side]:
            return len(name) >= 2 * _EDGE
        if name[:_EDGE] not in said or name[-_EDGE:] not in said:
            return False
        return any(_inside(said, name[:i], name[i:]) for i in range(_EDGE, len(name) - 1))

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {side: plain(self.text(side)) for side in ("old", "new")}

    @cached_property
    def _initials(self) -> dict[str, frozenset[str]]:
        """What the quoted slogans of several parts would be called in short, with the word behind them."""
        return {
            side: frozenset(
                "".join(part[0] for part in match[1].split("、")) + match[2]
                for match in _IN_PARTS.finditer(self.text(side))
            )
            for side in ("old", "new")
        }

    def text(self, side: str) -> str:
        """The sentences of a side, one a line."""
        return self.old if side == "old" else self.new

    def quoted(self, span: Span, side: str) -> tuple[Span, ...]:
        """What is quoted for a span: the sentence of one side that it stands in."""
        return (self.sentence(span, side)[0] or span,)


def _inside(said: str, head: str, tail: str) -> bool:
    """Whether the two halves of a name stand in a text with a few letters between them."""
    at = said.find(head)
    while at >= 0:
        start = at + len(head)
        behind = said.find(tail, start + 1, start + _FEW + len(tail))
        if behind >= 0 and not _BREAK.search(said, start, behind) and "、" not in said[start:behind]:
            return True
        at = said.find(head, start)
    return False


def successors(
    formula: Span, text: Sentences, starting: Sequence[Formula] = ()
) -> Iterator[tuple[Span, Span, Span, Span]]:
    """Where a formula stands, its sentence, the one that is aligned with it, and there what took its place.

    What the older report said already, in another place, has taken no place.
    """
    for match in re.finditer(re.escape(formula.text), formula.doc.text):
        place = formula.doc.span(*match.span())
        sentence, pair = text.sentence(place, "old")
        for counterpart in pair.new if pair and sentence else ():
            now = _successor(place, counterpart, starting) if sentence else None
            if (
                now
                and sentence
                and same_part(sentence, counterpart)
                and _like(sentence.text, counterpart.text)
                and _same_slot(place, sentence, now, counterpart)
                and text.old.count(now.text) <= text.old.count(formula.text) * (now.text in formula.text)
            ):
                yield place, sentence, counterpart, now


def _successor(formula: Span, sentence: Span, starting: Sequence[Formula]) -> Span | None:
    """The words of a sentence that say a formula with another word in it; none where too little of it is left."""
    was, here = formula.text, sentence.text
    blocks = [
        block
        for block in SequenceMatcher(None, was, here, autojunk=False).get_matching_blocks()
        if block.size > 1
    ]
    if sum(block.size for block in blocks) < _ALIKE * len(was) or max(b.size for b in blocks) < _KEEPS:
        return None
    first, last = blocks[0], blocks[-1]
    if len(was) - sum(block.size for block in blocks) > max(_OTHER, len(was) // 5):
        return None
    inner = [(one.a + one.size, other.a, one.b + one.size, other.b) for one, other in pairwise(blocks)]
    outer = (first.a > 0) + (last.a + last.size < len(was))
    if len(inner) + outer > 1 + len(was) // _LONG or any(
        d - c > _WORD or b - a > _WORD for a, b, c, d in inner
    ):
        return None
    start, end = first.b, last.b + last.size
    if any(mark in here[start:end] for mark in _BREAKS + "《"):
        return None
    left = max(here.rfind(mark, 0, start) for mark in _BREAKS + "、《") + 1
    right = min((at for mark in _BREAKS + "、" if (at := here.find(mark, end)) >= 0), default=len(here))
    cuts = sorted({left + cut for piece in words(here[left:right]) for cut in piece})
    if first.a > 0:  # its beginning is another word
        start = min((cut for cut in cuts if start - _WORD <= cut <= start), default=start)
    if last.a + last.size < len(was):
        end = max((cut for cut in cuts if end <= cut <= end + _WORD), default=end)
    for each in starting:  # what begins there has its edges at words
        other = each.span
        a, b = other.start - sentence.start, other.end - sentence.start
        if sentence.doc.id == other.doc.id and start <= a < b <= end and _shares(was, other.text):
            start, end = a, b
            break
    if _opening(was) not in governing_words():
        start = _behind_verbs(here, [start, *(cut for cut in cuts if start < cut < end)])
    now = here[start:end]
    if bare(was) == bare(now) or len(now) > 2 * len(was):
        return None
    return sentence.doc.span(sentence.start + start, sentence.start + end)


def _behind_verbs(text: str, cuts: Sequence[int]) -> int:
    """Where what some verbs govern begins: they stand before a formula, and are no part of it."""
    start = cuts[0]
    for one, other in pairwise(cuts):
        word = text[one:other]
        if word not in governing_words():
            break
        if word in verbs():
            start = other
    return start


def _same_slot(was: Span, before: Span, now: Span, after: Span) -> bool:
    """Whether some words took the place of others, between the same neighbours, and say something else.

    What changed must stand nowhere else in the other sentence.
    """
    one, other = was.text, now.text
    first = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    room = min(len(one), len(other)) - first
    last = next((i for i in range(room) if one[-1 - i] != other[-1 - i]), room)
    gone, come = one[first : len(one) - last], other[first : len(other) - last]
    if first < _EDGE and _before(was) != _before(now):
        return False
    if last < _EDGE and _mark(was.doc.text, was.end) != _mark(now.doc.text, now.end):
        return False
    if (len(come) > 1 and come in before.text) or (len(gone) > 1 and gone in after.text):
        return False
    if (_opening(one) in verbs()) != (_opening(other) in verbs()):
        return False
    if sorted(_SMALL.sub("", one)) == sorted(_SMALL.sub("", other)):
        return False  # the same in another order
    changed = {piece[a:b] for piece in (gone, come) for a, b in words(piece)}
    return not changed <= slight_words() | set("、，“”")


def _opening(phrase: str) -> str:
    """The word that a phrase begins with."""
    return phrase[slice(*words(phrase)[0])]


def _before(phrase: Span) -> str:
    """What stands before some words: a character, or that a clause begins there; an adverb in between says nothing.

    Nor does a verb before words that begin with one.
    """
    text, at = phrase.doc.text, phrase.start
    passed = adverbs() | slight_words()
    if _opening(phrase.text) in verbs():
        passed |= governing_words()
    while text[at - 2 : at] in passed:
        at -= 2
    return _mark(text, at - 1)


def _mark(text: str, place: int) -> str:
    """What stands at a place: a character, or that a clause begins or ends there."""
    char = text[place : place + 1]
    return char if char.isalnum() or char == "、" else ""


def _like(one: str, other: str) -> bool:
    """Whether two sentences have enough in common for one to be the other with another word."""
    pieces = find_pieces(one, other)
    return sum(p.old[1] - p.old[0] for p in pieces if p.same) >= _LIKE * max(len(one), len(other))


def _shares(was: str, now: str) -> bool:
    """Whether two phrases begin or end with the same characters, as many as a successor keeps."""
    return was[-_KEEPS:] == now[-_KEEPS:] or was[:_KEEPS] == now[:_KEEPS]


def bare(phrase: str) -> str:
    """A phrase without what comes and goes and says nothing.

    >>> bare("“双碳”的目标和任务")
    '双碳目标任务'
    """
    return _SMALL.sub("", phrase)
