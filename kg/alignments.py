"""Two documents → which sentences of the one say what sentences of the other say.

Sentences are alike that share pairs of characters, the more so the rarer these are in both texts. What stands
among sentences that are alike counts for more, and so does what keeps the order of the texts: that order is the
heaviest chain of candidates, found by a dynamic programme. A sentence that moved must be more alike than one
that stayed. What one sentence says and two sentences of the other text share is a group; groups stay small.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from kg.model import Document, Section, Span
from kg.structure import find_glossaries, find_sections

#: What the sentences of a text are: they end where a stop or a line does.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;\n]+")
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
_SIGNS = re.compile(r"[^\w%]+")
_COMMON = 12  #: a pair of characters that more than one sentence in so many has finds no candidates
_FAINT = 0.1  #: likeness below which two sentences are no candidates
_SURE = 0.3  #: likeness from which a pair speaks for what stands around it
_AROUND = 6  #: sentences before and behind that speak for a pair
_SUPPORT = 0.16  #: what the sentences around can add to the likeness of a pair
_IN_ORDER = 0.04  #: what a place on the heaviest chain adds
_OTHER_PERIOD = 0.6  #: what is left of the likeness of a plan to a review
_LEAST = 0.26  #: likeness, with all that adds to it, of sentences that are aligned
_NEAR = 2  #: sentences between which a group is formed
_MOST = 3  #: sentences of one side in a group
_OWN = 0.4  #: share of a sentence that a group must explain for it to join


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of an older text and what a newer one says in their place; one side is empty where it says nothing."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    score: float = (
        0.0  #: how alike the words of its likeliest two sentences are, up to 1; 0 where nothing is aligned
    )
    moved: bool = False  #: whether it stands in another order than most of the text


def align(
    old: Document,
    new: Document,
    sections: Sequence[Section] | None = None,
    outside: Sequence[Span] | None = None,
) -> tuple[Pair, ...]:
    """The sentences of two documents, each in one pair, in the order of the new text; what is gone follows what stood before it.

    `sections` and `outside`, the stretches that are not compared (boxes and glossaries), are those of both documents; where
    they are not given they are found.

    >>> pairs = align(Document("a", "实施稳健的货币政策。扎实推进乡村振兴。"), Document("b", "扎实推进乡村全面振兴。发展低空经济。"))
    >>> [("".join(s.text for s in pair.old), "".join(s.text for s in pair.new)) for pair in pairs]
    [('实施稳健的货币政策。', ''), ('扎实推进乡村振兴。', '扎实推进乡村全面振兴。'), ('', '发展低空经济。')]
    """
    if sections is None:
        sections = (*find_sections(old), *find_sections(new))
    if outside is None:
        outside = [
            part
            for doc in (old, new)
            for glossary in find_glossaries(doc)
            for part in (glossary.heading, glossary.span)
        ]
    before, after = (_Side(doc, sections, outside) for doc in (old, new))
    return tuple(_pairs(before, after, _links(before, after)))


def sentences(doc: Document, outside: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The sentences of a document, without those that begin `outside` of what is compared.

    >>> [span.text for span in sentences(Document("d", "稳就业；保民生。\\n二、抓创新"))]
    ['稳就业；', '保民生。', '二、抓创新']
    """
    closed = sorted((span.start, span.end) for span in outside if span.doc.id == doc.id)
    starts = [start for start, _ in closed]
    found = []
    for match in _SENTENCE.finditer(doc.text):
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        if (at < 0 or start >= closed[at][1]) and _SIGNS.sub("", match[0]):
            found.append(doc.span(start, end))
    return tuple(found)


class _Side:
    """The sentences of one document, what each is made of, and of which years it speaks."""

    def __init__(self, doc: Document, sections: Sequence[Section], outside: Sequence[Span]) -> None:
        self.spans = sentences(doc, outside)
        self.grams = [frozenset(_grams(span.text)) for span in self.spans]
        self.reviews = _reviews(doc, sections, self.spans)


def _grams(sentence: str) -> Iterator[str]:
    """Its pairs of neighbouring characters, of whatever numbers it has."""
    text = _SIGNS.sub("", _NUMBER.sub("0", sentence))
    if len(text) < 2:
        yield text
    for i in range(len(text) - 1):
        yield text[i : i + 2]


def _reviews(doc: Document, sections: Sequence[Section], spans: Sequence[Span]) -> list[bool | None]:
    """Whether each sentence looks back: its section speaks of years before the report's; None where nothing is said."""
    found: list[bool | None] = [None] * len(spans)
    starts = [span.start for span in spans]
    for section in sections:  # the inner ones follow the outer
        if section.span.doc.id == doc.id and section.covers and doc.year is not None:
            looks_back = section.covers[-1] < doc.year
            first, stop = (
                bisect_right(starts, place - 1) for place in (section.span.start, section.span.end)
            )
            found[first:stop] = [looks_back] * (stop - first)
    return found


@dataclass(frozen=True, slots=True)
class _Link:
    """A candidate: a sentence of each side, by number, and how alike they are."""

    old: int
    new: int
    likeness: float  #: with all that speaks for it
    words: float  #: of their words alone


def _links(old: _Side, new: _Side) -> tuple[list[_Link], Mapping[str, float]]:
    """The candidates with all that speaks for them, the likeliest first, and what each pair of characters weighs."""
    weights, found = _candidates(old, new)
    sure = _mutual(found)
    chain = {(link.old, link.new) for link in _heaviest_chain(found)}
    near: defaultdict[tuple[int, int], list[_Link]] = defaultdict(list)
    for link in sure:
        near[link.old // _AROUND, link.new // _AROUND].append(link)
    told = []
    for link in found:
        support = 0.0
        a, b = link.old // _AROUND, link.new // _AROUND
        for cell in ((x, y) for x in (a - 1, a, a + 1) for y in (b - 1, b, b + 1)):
            for other in near.get(cell, ()):
                away = max(abs(other.old - link.old), abs(other.new - link.new))
                if 0 < away <= _AROUND and other.old != link.old and other.new != link.new:
                    support += other.likeness / away
        likeness = link.likeness + _SUPPORT * min(1.0, support)
        if (link.old, link.new) in chain:
            likeness += _IN_ORDER
        told.append(_Link(link.old, link.new, likeness, link.words))
    told.sort(key=lambda link: (-link.likeness, abs(link.old - link.new), link.old, link.new))
    return told, weights


def _candidates(old: _Side, new: _Side) -> tuple[Mapping[str, float], list[_Link]]:
    """Pairs of sentences by the cosine of their shared pairs of characters, rare ones counting more (tf-idf, squared)."""
    often: Counter[str] = Counter()
    for grams in (*old.grams, *new.grams):
        often.update(grams)
    total = len(old.grams) + len(new.grams)
    weights = {gram: log((total + 1) / times) ** 2 for gram, times in often.items()}
    known: defaultdict[str, list[int]] = defaultdict(list)
    most = max(total // _COMMON, 4)
    for i, grams in enumerate(old.grams):
        for gram in grams:
            if often[gram] <= most:
                known[gram].append(i)
    lengths = [sqrt(sum(weights[gram] for gram in grams)) for grams in old.grams]
    found = []
    for j, grams in enumerate(new.grams):
        shared: defaultdict[int, float] = defaultdict(float)
        for gram in grams:
            if gram in known:
                weight = weights[gram]
                for i in known[gram]:
                    shared[i] += weight
        length = sqrt(sum(weights[gram] for gram in grams))
        back = new.reviews[j]
        for i, weight in shared.items():
            words = likeness = weight / (length * lengths[i])
            if back is not None and old.reviews[i] is not None and back != old.reviews[i]:
                likeness *= _OTHER_PERIOD
            if likeness >= _FAINT:
                found.append(_Link(i, j, likeness, words))
    return weights, found


def _mutual(links: Iterable[_Link]) -> list[_Link]:
    """Those that no other candidate of either sentence comes up to, as far as they are sure."""
    of_old: dict[int, float] = {}
    of_new: dict[int, float] = {}
    links = list(links)
    for link in links:
        of_old[link.old] = max(link.likeness, of_old.get(link.old, 0.0))
        of_new[link.new] = max(link.likeness, of_new.get(link.new, 0.0))
    return [link for link in links if link.likeness >= max(_SURE, of_old[link.old], of_new[link.new])]


def _heaviest_chain(links: Sequence[_Link]) -> list[_Link]:
    """The candidates that keep the order of both texts and weigh most together.

    A dynamic programme over the new text; a Fenwick tree has the heaviest chain up to each sentence of the old one.
    """
    size = max((link.old for link in links), default=0) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)  # weight, the number of its last link
    before: list[int] = []
    ordered = sorted(links, key=lambda link: (link.new, -link.old))
    for number, link in enumerate(ordered):
        best, at = (0.0, -1), link.old  # strictly before it in the old text
        while at > 0:
            best = max(best, tree[at])
            at -= at & -at
        before.append(best[1])
        here, at = (best[0] + link.likeness, number), link.old + 1
        while at <= size:
            tree[at] = max(tree[at], here)
            at += at & -at
    number = max(tree, default=(0.0, -1))[1]
    chain = []
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


class _Group:
    """Sentences of both sides that belong together."""

    def __init__(self, link: _Link) -> None:
        self.old, self.new = [link.old], [link.new]
        self.link = link


def _groups(old: _Side, new: _Side, links: Iterable[_Link], weights: Mapping[str, float]) -> list[_Group]:
    """Each sentence with its likeliest counterpart; then with what its neighbour says of the rest of it."""
    of_old: dict[int, _Group] = {}
    of_new: dict[int, _Group] = {}
    left = []
    for link in links:
        if link.old in of_old and link.new in of_new:
            continue
        if link.old not in of_old and link.new not in of_new:
            if link.likeness >= _LEAST:
                of_old[link.old] = of_new[link.new] = _Group(link)
        else:
            left.append(link)
    for link in left:
        if link.old not in of_old and link.new in of_new:
            group = of_new[link.new]
            if _joins(link.old, group.old, old, [new.grams[j] for j in group.new], weights):
                of_old[link.old] = group
                group.old = sorted([*group.old, link.old])
        elif link.new not in of_new and link.old in of_old:
            group = of_old[link.old]
            if _joins(link.new, group.new, new, [old.grams[i] for i in group.old], weights):
                of_new[link.new] = group
                group.new = sorted([*group.new, link.new])
    return list({id(group): group for group in of_new.values()}.values())


def _joins(
    one: int,
    members: Sequence[int],
    side: _Side,
    other: Sequence[frozenset[str]],
    weights: Mapping[str, float],
) -> bool:
    """Whether a sentence joins neighbours of its side: enough of it is said on the other side, and by none of them."""
    if len(members) >= _MOST or min(abs(one - member) for member in members) > _NEAR:
        return False
    said = frozenset[str]().union(*other) - frozenset[str]().union(
        *(side.grams[member] for member in members)
    )
    grams = side.grams[one]
    return sum(weights[gram] for gram in grams & said) >= _OWN * sum(weights[gram] for gram in grams)


def _pairs(old: _Side, new: _Side, links: tuple[list[_Link], Mapping[str, float]]) -> Iterator[Pair]:
    """All sentences as pairs, in the order of the new text."""
    groups = sorted(_groups(old, new, *links), key=lambda group: group.new)
    chain = _heaviest_chain([group.link for group in groups])
    kept = {(link.old, link.new) for link in chain}
    behind: defaultdict[int, list[int]] = defaultdict(list)  # what is gone, behind the old sentence before it
    last = -1
    for i, there in enumerate(_members(len(old.spans), (group.old for group in groups))):
        if there:
            last = i
        else:
            behind[last].append(i)
    yield from (Pair((old.spans[i],), ()) for i in behind[-1])
    of_new = {group.new[0]: group for group in groups}
    for j, there in enumerate(_members(len(new.spans), (group.new for group in groups))):
        if not there:
            yield Pair((), (new.spans[j],))
        elif group := of_new.get(j):
            yield Pair(
                tuple(old.spans[i] for i in group.old),
                tuple(new.spans[k] for k in group.new),
                round(min(group.link.words, 1.0), 3),
                (group.link.old, group.link.new) not in kept,
            )
            yield from (Pair((old.spans[i],), ()) for member in group.old for i in behind[member])


def _members(size: int, groups: Iterable[Sequence[int]]) -> list[bool]:
    """Whether each of so many sentences is in a group."""
    found = [False] * size
    for group in groups:
        for i in group:
            found[i] = True
    return found
