"""Two documents → which sentences of the one say what sentences of the other say.

Sentences are candidates for each other that share pairs of characters which are rare in both texts. Two looks decide.
The first asks for their words alone; the second also for what the first found around them: whether neighbours
of the one are aligned with neighbours of the other, how far off the order of the texts the two stand, which is the
heaviest chain of candidates, found by a dynamic programme, and whether others are likelier. So a whole part can move,
and a sentence that moved by itself must be more alike. What one sentence says and several of the other text share is a group.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log, log1p, sqrt
from operator import add
from typing import NamedTuple

from kg.model import Document, Span
from kg.structure import find_glossaries

#: What the sentences of a text are: they end where a stop or a line does.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;\n]+")
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
_SIGNS = re.compile(r"[^\w%]+")
_COMMON = 30  #: a pair of characters that more than one sentence in so many has finds no candidates
_FAINT = 1.3  #: what candidates share at least, in pairs of characters that stand nowhere else
_AROUND = 6  #: sentences before and behind that speak for a pair
_LIKELY = 0.15  #: confidence from which a pair speaks for others
_LEAST = 0.45  #: confidence of sentences that are aligned
_FAR = 150  #: sentences off the order of the texts from which it makes no difference
_MOST = 4  #: sentences in a group on the side that has several

# What counts how much, by logistic regression on sentences of national reports that were aligned by hand
# (tests/gold/alignment_national.tsv).
_FIRST = {"base": -6.6, "letters": 6.6, "shared": 1.7, "of_old": 2.7, "of_new": 1.8, "apart": -13.7}
_SECOND = {
    "base": -7.6,
    "letters": 4.2,
    "shared": 1.6,
    "support": 2.1,
    "off": -0.3,
    "likeliest_old": 1.8,
    "likeliest_new": 3.0,
}


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
    outside: Sequence[Span] | None = None,
) -> tuple[Pair, ...]:
    """The sentences of two documents, each in one pair, in the order of the new text; what is gone follows what stood before it.

    `outside` are the stretches of both that are not compared: boxes and glossaries, which are found where it is not given.

    >>> pairs = align(Document("a", "实施稳健的货币政策。扎实推进乡村振兴。"), Document("b", "扎实推进乡村全面振兴。发展低空经济。"))
    >>> [("".join(s.text for s in pair.old), "".join(s.text for s in pair.new)) for pair in pairs]
    [('实施稳健的货币政策。', ''), ('扎实推进乡村振兴。', '扎实推进乡村全面振兴。'), ('', '发展低空经济。')]
    """
    if outside is None:
        outside = [
            part
            for doc in (old, new)
            for glossary in find_glossaries(doc)
            for part in (glossary.heading, glossary.span)
        ]
    before, after = _Side(old, outside), _Side(new, outside)
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
    """The sentences of one document, and what each is made of."""

    def __init__(self, doc: Document, outside: Sequence[Span]) -> None:
        self.spans = sentences(doc, outside)
        texts = [_SIGNS.sub("", _NUMBER.sub("0", span.text)) for span in self.spans]
        self.letters = [frozenset(text) for text in texts]
        self.grams = [frozenset(map(add, text, text[1:])) or frozenset((text,)) for text in texts]


class _Candidates:
    """Pairs of sentences that share rare pairs of characters: the numbers of both, and lists of what is known of them.

    `shared`: how much they share (logarithm), a pair of characters weighing the square of its inverse document frequency;
    `letters`: the cosine of their characters, so weighed; `of_old`, `of_new`: how near what they share comes to
    the best that either sentence has; `apart`: how far apart the two stand, as shares of the texts.
    """

    def __init__(self, old: _Side, new: _Side) -> None:
        often = Counter(chain.from_iterable(chain(old.grams, new.grams)))
        total = len(old.grams) + len(new.grams)
        weights = _weights(often, total)
        rare = {gram for gram, times in often.items() if times <= max(total // _COMMON, 4)}
        known: defaultdict[str, list[int]] = defaultdict(list)
        for i, grams in enumerate(old.grams):
            for gram in grams & rare:
                known[gram].append(i)
        letters = _weights(Counter(chain.from_iterable(chain(old.letters, new.letters))), total)
        alike_sizes, letter_sizes = (
            [[sqrt(sum(map(of.__getitem__, unit))) or 1.0 for unit in units] for units in sides]
            for of, sides in ((weights, (old.grams, new.grams)), (letters, (old.letters, new.letters)))
        )
        unit = log((total + 1) / 2) ** 2  # the weight of what stands once in each text
        least = _FAINT * unit
        self.old: list[int] = []
        self.new: list[int] = []
        self.facts: dict[str, list[float]] = {"shared": [], "letters": [], "apart": []}
        alike: list[float] = []
        for j, grams in enumerate(new.grams):
            shared: defaultdict[int, float] = defaultdict(float)
            for gram in grams & known.keys():
                weight = weights[gram]
                for i in known[gram]:
                    shared[i] += weight
            for i, weight in shared.items():
                if weight >= least:
                    common = sum(map(letters.__getitem__, old.letters[i] & new.letters[j]))
                    self.old.append(i)
                    self.new.append(j)
                    self.facts["shared"].append(log(weight / unit))
                    self.facts["letters"].append(common / (letter_sizes[0][i] * letter_sizes[1][j]))
                    self.facts["apart"].append(abs(i / len(old.grams) - j / len(new.grams)))
                    alike.append(weight / (alike_sizes[0][i] * alike_sizes[1][j]))
        self.facts["of_old"], self.facts["of_new"] = self._near_best(alike)

    def likely(self, weights: Mapping[str, float]) -> list[_Link]:
        """How likely each candidate is, by what is known of it."""
        names = [name for name in weights if name != "base"]
        told = [weights["base"]] * len(self.old)
        for name in names:
            weight = weights[name]
            told = [sum_ + weight * fact for sum_, fact in zip(told, self.facts[name], strict=True)]
        return [
            _Link(i, j, 1 / (1 + exp(-sum_))) for i, j, sum_ in zip(self.old, self.new, told, strict=True)
        ]

    def look_around(self, first: Sequence[_Link]) -> None:
        """Add to each candidate what the first look found around it.

        `support`: likely candidates that stand beside it in both texts; `off`: how far from the order of the texts
        it stands (logarithm); `likeliest_old`, `likeliest_new`: how near it comes to the likeliest of either sentence.
        """
        likely = [link for link in first if link.likely > _LIKELY]
        order = _heaviest_chain(likely)
        places = [link.new for link in order]
        rows: defaultdict[int, list[_Link]] = defaultdict(list)
        for link in likely:
            rows[link.new].append(link)
        support, off = self.facts["support"], self.facts["off"] = [], []
        here, around, near = -1, [], []
        for i, j in zip(self.old, self.new, strict=True):
            if j != here:  # the candidates of one new sentence stand together
                here = j
                around = [
                    (other.old, abs(row - j), other.likely)
                    for row in range(j - _AROUND, j + _AROUND + 1)
                    if row != j
                    for other in rows.get(row, ())
                ]
                at = bisect_left(places, j)
                near = [link.old for link in order[max(at - 1, 0) : at + 2]]
            sum_ = 0.0
            for other, away, chance in around:
                aside = other - i if other > i else i - other
                if 0 < aside <= _AROUND:
                    sum_ += chance / (aside if aside > away else away)
            support.append(min(sum_, 1.5))
            off.append(log1p(min((abs(other - i) for other in near), default=_FAR)))
        chances = [link.likely for link in first]
        self.facts["likeliest_old"], self.facts["likeliest_new"] = self._near_best(chances)

    def _near_best(self, values: Sequence[float]) -> tuple[list[float], list[float]]:
        """Each value as a share of the highest of its old sentence, and of its new one."""
        of_old: defaultdict[int, float] = defaultdict(float)
        of_new: defaultdict[int, float] = defaultdict(float)
        for i, j, value in zip(self.old, self.new, values, strict=True):
            if value > of_old[i]:
                of_old[i] = value
            if value > of_new[j]:
                of_new[j] = value
        return (
            [value / of_old[i] for i, value in zip(self.old, values, strict=True)],
            [value / of_new[j] for j, value in zip(self.new, values, strict=True)],
        )


def _weights(often: Mapping[str, int], total: int) -> dict[str, float]:
    """The square of the inverse document frequency of what sentences are made of."""
    return {each: log((total + 1) / times) ** 2 for each, times in often.items()}


class _Link(NamedTuple):
    """A candidate: a sentence of each side, by number, and how likely it is to be right."""

    old: int
    new: int
    likely: float


def _links(old: _Side, new: _Side) -> list[_Link]:
    """The candidates, the likeliest first."""
    found = _Candidates(old, new)
    found.look_around(found.likely(_FIRST))
    links = [link for link in found.likely(_SECOND) if link.likely >= _LEAST]
    return sorted(links, key=lambda link: (-link.likely, abs(link.old - link.new), link.old, link.new))


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
        here, at = (best[0] + link.likely, number), link.old + 1
        while at <= size:
            tree[at] = max(tree[at], here)
            at += at & -at
    number = max(tree, default=(0.0, -1))[1]
    found = []
    while number >= 0:
        found.append(ordered[number])
        number = before[number]
    return found[::-1]


class _Group:
    """Sentences that belong together: one of one side, and one or several of the other."""

    def __init__(self, link: _Link) -> None:
        self.old, self.new = [link.old], [link.new]
        self.surest = link


def _groups(links: Iterable[_Link]) -> list[_Group]:
    """Each sentence with its likeliest counterpart, if need be beside another that has the same."""
    of_old: dict[int, _Group] = {}
    of_new: dict[int, _Group] = {}
    for link in links:
        before, after = of_old.get(link.old), of_new.get(link.new)
        if not before and not after:
            of_old[link.old] = of_new[link.new] = _Group(link)
        elif before and not after and len(before.old) == 1 and len(before.new) < _MOST:
            before.new = sorted([*before.new, link.new])
            of_new[link.new] = before
        elif after and not before and len(after.new) == 1 and len(after.old) < _MOST:
            after.old = sorted([*after.old, link.old])
            of_old[link.old] = after
    return sorted({id(group): group for group in of_new.values()}.values(), key=lambda group: group.new)


def _pairs(old: _Side, new: _Side, links: Sequence[_Link]) -> Iterator[Pair]:
    """All sentences as pairs, in the order of the new text."""
    groups = _groups(links)
    kept = set(_heaviest_chain([group.surest for group in groups]))
    aligned = {i for group in groups for i in group.old}
    behind: defaultdict[int, list[int]] = defaultdict(list)  # what is gone, by the old sentence before it
    last = -1
    for i in range(len(old.spans)):
        if i in aligned:
            last = i
        else:
            behind[last].append(i)
    yield from (Pair((old.spans[i],), ()) for i in behind[-1])
    first = {group.new[0]: group for group in groups}
    others = {j for group in groups for j in group.new[1:]}
    for j in range(len(new.spans)):
        if group := first.get(j):
            yield Pair(
                tuple(old.spans[i] for i in group.old),
                tuple(new.spans[k] for k in group.new),
                round(group.surest.likely, 3),
                group.surest not in kept,
            )
            yield from (Pair((old.spans[i],), ()) for member in group.old for i in behind[member])
        elif j not in others:
            yield Pair((), (new.spans[j],))
