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
from itertools import combinations, pairwise

from kg.model import Concept, Context, Document, Kind, Mention, Section, Tie

SENTENCE, SECTION = "sentence", "section"
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_LEAST = {SENTENCE: 1, SECTION: 2}  #: a section is long: that it holds two terms once tells nothing
_CHANCE = (
    10.83  #: the likelihood ratio (χ², one degree of freedom) that chance exceeds once in a thousand pairs
)


def find_ties(
    documents: Sequence[Document],
    sections: Sequence[Section],
    concepts: Iterable[Concept],
    mentions: Iterable[Mention],
) -> tuple[Tie, ...]:
    """The ties between terms, by unit and ids. Only the body of full texts counts.

    A digest repeats its report, and a box has an editor's voice. A slogan and its own components are no
    pair: that they stand together is its definition.
    """
    counted = {doc.id: doc for doc in documents if doc.kind is not Kind.ABRIDGEMENT}
    body = [
        m for m in mentions if m.kind == "core" and m.context is Context.BODY and m.span.doc.id in counted
    ]
    starts = {doc.id: [m.start() for m in _SENTENCE.finditer(doc.text)] for doc in counted.values()}
    said: dict[str, dict[Hashable, set[str]]] = {SENTENCE: defaultdict(set), SECTION: defaultdict(set)}
    for mention in body:
        doc_id, start = mention.span.doc.id, mention.span.start
        said[SENTENCE][doc_id, bisect_right(starts[doc_id], start)].add(mention.concept)
        if mention.section is not None:
            said[SECTION][doc_id, mention.section.span.start].add(mention.concept)
    total = {SENTENCE: sum(map(len, starts.values())), SECTION: _innermost(sections, counted)}
    whole = {
        frozenset((concept.id, component.span.text))
        for concept in concepts
        for component in (*concept.parts, *(c for e in concept.entries for c in e.components))
    }
    return tuple(tie for unit in said for tie in _ties(unit, said[unit], total[unit], whole))


def _innermost(sections: Sequence[Section], counted: Mapping[str, Document]) -> int:
    """How many sections of the counted documents have no section below them."""
    own = [section for section in sections if section.span.doc.id in counted]
    return len(own) - sum(after.span in section.span for section, after in pairwise(own))


def _ties(
    unit: str, said: Mapping[Hashable, set[str]], total: int, whole: set[frozenset[str]]
) -> Iterator[Tie]:
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for terms in said.values():
        single.update(terms)
        pairs.update(combinations(sorted(terms), 2))
    for (one, other), together in sorted(pairs.items()):
        expected = single[one] * single[other] / total
        if frozenset((one, other)) in whole or together < max(_LEAST[unit], expected):
            continue
        if likelihood_ratio(together, single[one], single[other], total) >= _CHANCE:
            association = npmi(together, single[one], single[other], total)
            yield Tie(one, other, unit, together, round(expected, 4), round(association, 4))


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
