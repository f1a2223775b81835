"""Two documents → pairs of their sentences that may belong together, and how likely each of them is to.

Sentences are candidates for each other that share pairs of characters which are rare in both texts; of each the best few.
Two looks decide. The first asks for the words: of the whole sentences, of their best two clauses, of what stands around
them, and whether one looks back and the other ahead. The second asks what the first found: whether neighbours of
the one go with neighbours of the other, how far off the order of the texts the two stand, which is the heaviest chain
of candidates, and what they share that no likelier candidate of either explains. So each clause looks for its own
counterpart, and a formula that many sentences have ties only the two that have most else in common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import exp, log, log1p, sqrt
from operator import mul
from typing import NamedTuple

from kg.sentences import Side

_COMMON = 25  #: a pair of characters that more than one sentence in so many has finds no candidates
_BEST = 4  #: candidates of a sentence, by the words they share
_AROUND = 6  #: sentences before and behind that speak for a pair
_LIKELY = 0.15  #: confidence from which a pair speaks for others
_FAR = 150  #: sentences off the order of the texts from which it makes no difference

# What counts how much, by logistic regression on sentences of national reports that were aligned by hand:
# `python tests/fit_alignment.py FOLDER` makes these two tables again.
FIRST = {
    "base": -7.06,
    "shared": 1.57,
    "of_new": 1.12,
    "size": 0.0,
    "letters": 6.94,
    "clause": 3.88,
    "clause_shared": -0.79,
    "around": 3.39,
    "one_opens": -0.32,
    "other_part": -4.43,
}
SECOND = {
    "base": -7.94,
    "shared": 0.5,
    "of_new": 0.88,
    "size": 0.06,
    "letters": 3.97,
    "clause": 2.36,
    "clause_shared": -1.08,
    "around": 0.09,
    "one_opens": -0.46,
    "other_part": -0.89,
    "first": 0.18,
    "support": 0.56,
    "off": -0.37,
    "likeliest_old": 1.7,
    "likeliest_new": 1.83,
    "left_old": 0.28,
    "left_new": 0.62,
    "part_left_old": 1.39,
    "part_left_new": 1.63,
}


class Link(NamedTuple):
    """A candidate: a sentence of each side, by number, and how likely it is to be right."""

    old: int
    new: int
    likely: float


class Candidates:
    """Pairs of sentences that share rare pairs of characters: the numbers of both, and `facts`, lists of what is known of them."""

    def __init__(self, old: Side, new: Side) -> None:
        often = Counter(chain.from_iterable(chain(old.grams, new.grams)))
        total = len(old.grams) + len(new.grams)
        self._weights = weights = _weights(often, total)
        self._unit = 1000 * log((total + 1) / 2) ** 2  # the weight of what stands once in each text
        self.old: list[int] = []
        self.new: list[int] = []
        self.facts: dict[str, list[float]] = {}
        sizes = [[_sum(weights, grams) for grams in side.grams] for side in (old, new)]
        for i, j in _best(old, new, often, weights, sizes, total):
            self.old.append(i)
            self.new.append(j)
        pairs = list(zip(self.old, self.new, strict=True))
        self._shared = [old.grams[i] & new.grams[j] for i, j in pairs]
        shared = [_sum(weights, grams) for grams in self._shared]
        self.facts["shared"] = [log(each / self._unit) for each in shared]
        self.facts["of_new"] = [each / sizes[1][j] for each, j in zip(shared, self.new, strict=True)]
        self.facts["size"] = [log(min(old.sizes[i], new.sizes[j]) + 3) for i, j in pairs]
        self.facts["letters"] = _letters(old, new, pairs, total)
        self.facts["clause"], self.facts["clause_shared"] = self._clauses(old, new)
        self.facts["around"] = _around(old, new, pairs, shared)
        self.facts["one_opens"] = [float(old.opens[i] != new.opens[j]) for i, j in pairs]
        self.facts["other_part"] = [
            float(old.back[i] is not None and new.back[j] is not None and old.back[i] != new.back[j])
            for i, j in pairs
        ]

    def _clauses(self, old: Side, new: Side) -> tuple[list[float], list[float]]:
        """How alike the best two clauses are, measured by the shorter one more than by the longer; what they share (logarithm)."""
        weights, unit = self._weights, self._unit
        sizes = [[self._sizes(clauses) for clauses in side.clauses] for side in (old, new)]
        alike, shared = [], []
        for i, j, common in zip(self.old, self.new, self._shared, strict=True):
            mine, theirs = old.clauses[i], new.clauses[j]
            both: dict[tuple[int, int], float] = {}
            for gram in common:
                clauses = mine[gram], theirs[gram]
                both[clauses] = both.get(clauses, 0.0) + weights[gram]
            best = most = 0.0
            for (p, q), sum_ in both.items():
                short, long = sizes[0][i][p], sizes[1][j][q]
                if short > long:
                    short, long = long, short
                fit = sum_ / (short**0.7 * long**0.3 + 0.6 * unit)
                if fit > best:
                    best, most = fit, sum_
            alike.append(best)
            shared.append(log(most / unit + 0.02))
        return alike, shared

    def _sizes(self, clauses: Mapping[str, int]) -> list[float]:
        """What the clauses of a sentence weigh."""
        sizes = [0.0] * (max(clauses.values()) + 1)
        for gram, clause in clauses.items():
            sizes[clause] += self._weights[gram]
        return sizes

    def likely(self, weights: Mapping[str, float]) -> list[Link]:
        """How likely each candidate is, by what is known of it."""
        base = weights["base"]
        names = [name for name in weights if name != "base"]
        heavy = [weights[name] for name in names]
        rows = zip(*(self.facts[name] for name in names), strict=True)
        return [
            Link(i, j, round(1 / (1 + exp(-base - sum(map(mul, heavy, row)))), 6))
            for i, j, row in zip(self.old, self.new, rows, strict=True)
        ]

    def look_around(self, first: Sequence[Link]) -> None:
        """Add to each candidate what the first look found.

        `first`: what it says, as a logit; `support`: likely candidates that stand beside it in both texts; `off`: how far
        from the order of the texts it stands (logarithm); `likeliest_old`, `likeliest_new`: how near it comes to
        the likeliest of either sentence; `left_old`, `left_new`: what they share that no likelier candidate of the old or of
        the new sentence does (logarithm), `part_left_old` and `part_left_new` as a share of all they share.
        """
        self.facts["first"] = [log((link.likely + 1e-6) / (1 - link.likely + 1e-6)) for link in first]
        likely = [link for link in first if link.likely > _LIKELY]
        order = heaviest_chain(likely)
        places = [link.new for link in order]
        rows: defaultdict[int, list[Link]] = defaultdict(list)
        for link in likely:
            rows[link.new].append(link)
        support, off = self.facts["support"], self.facts["off"] = [], []
        here, around, near = -1, [], []
        for i, j in zip(self.old, self.new, strict=True):
            if j != here:  # the candidates of one new sentence stand together
                here = j
                around = [
                    (row, other.old, abs(row - j), other.likely)
                    for row in range(j - _AROUND, j + _AROUND + 1)
                    if row != j
                    for other in rows.get(row, ())
                ]
                at = bisect_left(places, j)
                near = [link.old for link in order[max(at - 1, 0) : at + 2]]
            best: dict[int, float] = {}
            for row, other, away, chance in around:
                aside = other - i if other > i else i - other
                if 0 < aside <= _AROUND:
                    says = chance / sqrt(aside if aside > away else away)
                    if says > best.get(row, 0.0):
                        best[row] = says
            support.append(min(sum(best.values()), 3.0))
            off.append(log1p(min((abs(other - i) for other in near), default=_FAR)))
        for side, numbers in (("old", self.old), ("new", self.new)):
            self._look_at_rivals(side, numbers, [link.likely for link in first])

    def _look_at_rivals(self, side: str, numbers: Sequence[int], chances: Sequence[float]) -> None:
        """Add what the likelier candidates of the same sentence leave to a candidate."""
        near, left, part = [[0.0] * len(numbers) for _ in range(3)]
        weights, unit = self._weights, self._unit
        of: defaultdict[int, list[int]] = defaultdict(list)
        for place in sorted(range(len(numbers)), key=chances.__getitem__, reverse=True):
            of[numbers[place]].append(place)
        for places in of.values():
            best = chances[places[0]]
            open_: dict[str, float] = {}  # how much of a pair of characters is not explained
            for place in places:
                chance = chances[place]
                all_ = free = 0.0
                for gram in self._shared[place]:
                    weight = weights[gram]
                    all_ += weight
                    if gram in open_:
                        free += weight * open_[gram]
                    else:
                        free += weight
                        open_[gram] = 1 - chance
                near[place] = chance / best
                left[place] = log(free / unit + 0.05)
                part[place] = free / all_
        self.facts["likeliest_" + side] = near
        self.facts["left_" + side], self.facts["part_left_" + side] = left, part


def _best(
    old: Side,
    new: Side,
    often: Mapping[str, int],
    weights: Mapping[str, int],
    sizes: Sequence[Sequence[float]],
    total: int,
) -> list[tuple[int, int]]:
    """The best few candidates of each sentence of either side, in the order of the new text."""
    most = max(total // _COMMON, 6)
    known: defaultdict[str, list[int]] = defaultdict(list)
    for i, grams in enumerate(old.grams):
        for gram in grams:
            if often[gram] <= most:
                known[gram].append(i)
    found: set[tuple[int, int]] = set()
    of_old: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    roots = [[1 / sqrt(size) if size else 0.0 for size in side] for side in sizes]
    for j, grams in enumerate(new.grams):
        shared: defaultdict[int, int] = defaultdict(int)
        for gram in grams & known.keys():
            weight = weights[gram]
            for i in known[gram]:
                shared[i] += weight
        root = roots[0]
        alike = sorted(((weight * root[i], i) for i, weight in shared.items()), reverse=True)
        found.update((i, j) for _, i in alike[:_BEST])
        root_j = roots[1][j]
        for near, i in alike:
            of_old[i].append((near * root_j, j))
    for i, rows in of_old.items():
        rows.sort(reverse=True)
        found.update((i, j) for _, j in rows[:_BEST])
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _letters(old: Side, new: Side, pairs: Iterable[tuple[int, int]], total: int) -> list[float]:
    """The cosines of their characters, weighed by their inverse document frequency: they find words in turned order."""
    weights = _weights(Counter(chain.from_iterable(chain(old.letters, new.letters))), total)
    sizes = [[sqrt(_sum(weights, letters)) or 1.0 for letters in side.letters] for side in (old, new)]
    return [_sum(weights, old.letters[i] & new.letters[j]) / (sizes[0][i] * sizes[1][j]) for i, j in pairs]


def _around(old: Side, new: Side, pairs: Sequence[tuple[int, int]], alike: Iterable[float]) -> list[float]:
    """How near the paragraphs of both come to the most alike that either has, by what their sentences share."""
    tied: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (i, j), value in zip(pairs, alike, strict=True):
        tied[old.block[i], new.block[j]] += value
    best_old: defaultdict[int, float] = defaultdict(float)
    best_new: defaultdict[int, float] = defaultdict(float)
    for (p, q), value in tied.items():
        best_old[p], best_new[q] = max(best_old[p], value), max(best_new[q], value)
    near = {(p, q): value / sqrt(best_old[p] * best_new[q]) for (p, q), value in tied.items()}
    return [near[old.block[i], new.block[j]] for i, j in pairs]


def _sum(weights: Mapping[str, int], grams: Iterable[str]) -> int:
    return sum(map(weights.__getitem__, grams))


def _weights(often: Mapping[str, int], total: int) -> dict[str, int]:
    """The square of the inverse document frequency of what sentences are made of, in thousandths.

    Whole numbers have one sum in whatever order a set gives them.
    """
    return {each: round(1000 * log((total + 1) / times) ** 2) for each, times in often.items()}


def find_links(old: Side, new: Side) -> list[Link]:
    """The candidates, each with how likely it is, after both looks."""
    found = Candidates(old, new)
    found.look_around(found.likely(FIRST))
    return found.likely(SECOND)


def heaviest_chain(links: Sequence[Link]) -> list[Link]:
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
