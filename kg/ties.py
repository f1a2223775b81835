"""Mentions → ties: terms that one sentence, or one section, says together more often than chance would.

Were terms strewn over N sentences without regard to each other, two of them, in a and b sentences, would
share a·b/N. A tie is a pair that shares more, by Dunning's likelihood ratio beyond what one pair in a
thousand shows by accident. What one sentence lists is counted once however often it says it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from kg.model import Concept, Context, Document, Kind, Mention, Section, Tie

SENTENCE, SECTION = "sentence", "section"
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_LEAST = {SENTENCE: 1, SECTION: 2}  #: a section is long: that it holds two terms once tells nothing
_CHANCE = (
    10.83  #: the likelihood ratio (χ², one degree of freedom) that chance exceeds once in a thousand pairs
)
_KEPT = (
    1 << 16
)  #: scores that are remembered: most pairs are of rare terms, whose few counts come again and again

Terms = tuple[str, ...]  #: the ids of those that one unit names, in order


@dataclass(frozen=True, slots=True)
class Tally:
    """What one document says together. The tallies of a corpus, in any order, give its ties and communities."""

    said: Mapping[str, tuple[Terms, ...]]  #: by unit, what the body of a full text names in each
    total: Mapping[str, int]  #: by unit, how many such units a full text has
    sections: tuple[Terms, ...]  #: what each section names, explanations and digests too
    counts: Mapping[str, int]  #: how often a full text names each term; 0 for what a digest names


def tally(doc: Document, sections: Iterable[Section], mentions: Iterable[Mention]) -> Tally:
    """What a document says together, from its own sections and mentions.

    Only the body of full texts makes ties: a digest repeats its report, and a box has an editor's voice.
    """
    full = doc.kind is not Kind.ABRIDGEMENT
    starts = [match.start() for match in _SENTENCE.finditer(doc.text)] if full else []
    said: dict[str, dict[Hashable, set[str]]] = {SENTENCE: defaultdict(set), SECTION: defaultdict(set)}
    shared: defaultdict[int, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind != "core":
            continue
        counts[mention.concept] += full
        section = mention.section.span.start if mention.section else None
        if section is not None:
            shared[section].add(mention.concept)
        if full and mention.context is Context.BODY:
            said[SENTENCE][bisect_right(starts, mention.span.start)].add(mention.concept)
            if section is not None:
                said[SECTION][section].add(mention.concept)
    return Tally(
        said={unit: _ordered(said[unit].values()) for unit in said},
        total={SENTENCE: len(starts), SECTION: _innermost(list(sections)) if full else 0},
        sections=_ordered(shared.values()),
        counts=counts,
    )


def tallies(
    documents: Iterable[Document], sections: Iterable[Section], mentions: Iterable[Mention]
) -> Iterator[Tally]:
    """The tally of each document of a corpus."""
    parts: defaultdict[str, list[Section]] = defaultdict(list)
    for section in sections:
        parts[section.span.doc.id].append(section)
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.span.doc.id].append(mention)
    for doc in documents:
        yield tally(doc, parts[doc.id], found[doc.id])


def find_ties(tallies: Sequence[Tally], concepts: Iterable[Concept]) -> tuple[Tie, ...]:
    """The ties between terms, by unit and ids.

    A slogan and its own components are no pair: that they stand together is its definition.
    """
    whole = {
        frozenset((concept.id, component.span.text))
        for concept in concepts
        for component in (*concept.parts, *(c for e in concept.entries for c in e.components))
    }
    return tuple(
        tie
        for unit in (SENTENCE, SECTION)
        for tie in _ties(
            unit,
            [terms for each in tallies for terms in each.said[unit]],
            sum(each.total[unit] for each in tallies),
            whole,
        )
    )


def company(units: Iterable[Terms]) -> Iterator[tuple[str, list[Terms]]]:
    """To each term, by id, what stands behind it in the units that have it.

    All pairs come by once, those of one term at a time, so that nobody need hold the pairs of a whole corpus.
    """
    having: defaultdict[str, list[Terms]] = defaultdict(list)
    for terms in units:
        for term in terms:
            having[term].append(terms)
    for term in sorted(having):
        yield term, [terms[bisect_right(terms, term) :] for terms in having.pop(term)]


def _ordered(units: Iterable[set[str]]) -> tuple[Terms, ...]:
    return tuple(tuple(sorted(terms)) for terms in units)


def _innermost(sections: Sequence[Section]) -> int:
    """How many sections have no section below them."""
    return len(sections) - sum(after.span in section.span for section, after in pairwise(sections))


def _ties(unit: str, said: Sequence[Terms], total: int, whole: set[frozenset[str]]) -> Iterator[Tie]:
    single = Counter(chain.from_iterable(said))
    for one, behind in company(said):
        for other, together in sorted(Counter(chain.from_iterable(behind)).items()):
            expected = single[one] * single[other] / total
            if together < max(_LEAST[unit], expected):
                continue
            if likelihood_ratio(together, single[one], single[other], total) < _CHANCE:
                continue
            if frozenset((one, other)) not in whole:
                association = npmi(together, single[one], single[other], total)
                yield Tie(one, other, unit, together, _told(expected), round(association, 2))


def _told(expected: float) -> float:
    """An expectation to two digits, or to the tenth where that is more, and to four places at most.

    It rests on counts that mean no more, and on the number of all units: with more digits every tie of a corpus
    would be another one for every report that is added.

    >>> _told(0.012345), _told(12.345), _told(1e-6), _told(0.0)
    (0.012, 12.3, 0.0, 0.0)
    """
    places = 1 - math.floor(math.log10(expected)) if expected > 0 else 0
    return round(expected, min(4, max(1, places)))


def npmi(together: int, one: int, other: int, total: int) -> float:
    """How much more often than by chance two terms share a unit: 0 as by chance, 1 never apart.

    Normalised pointwise mutual information (G. Bouma, “Normalized (Pointwise) Mutual Information in
    Collocation Extraction”, GSCL 2009).

    >>> npmi(5, 5, 5, 100), round(npmi(1, 10, 10, 100), 4)
    (1.0, 0.0)
    """
    share = together / total
    if share == 1:
        return 1.0
    return math.log(share * total * total / (one * other)) / -math.log(share)


@lru_cache(_KEPT)
def likelihood_ratio(together: int, one: int, other: int, total: int) -> float:
    """How badly chance explains that two terms share so many units, as −2 log λ.

    T. Dunning, “Accurate Methods for the Statistics of Surprise and Coincidence”, Computational
    Linguistics 19 (1993); it holds for small counts too.

    >>> round(likelihood_ratio(1, 1, 1, 1000), 1), likelihood_ratio(1, 10, 10, 100)
    (15.8, 0.0)
    """
    table = (
        (together, one * other),
        (one - together, one * (total - other)),
        (other - together, (total - one) * other),
        (total - one - other + together, (total - one) * (total - other)),
    )
    ratio = 2 * sum(seen * math.log(seen * total / product) for seen, product in table if seen > 0)
    return abs(round(ratio, 10))
