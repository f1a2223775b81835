"""Candidates → new terms: what speaks for each, and how much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Span
from kg.newterms.candidates import Candidate
from kg.newterms.texts import Texts
from kg.newterms.words import WORD, governs, heads, word_lists

_SPANS = 3  #: occurrences that are kept as evidence
_FEW = 3  #: occurrences up to which neighbours that do not vary say nothing
_VARIED = 0.5  #: bits of branching entropy that a whole term has at both ends
_RARE = 6.0  #: bits from which a word is simply rare

#: What each piece of evidence adds to a score. Set by hand on the national reports from 2015 on.
_SURVIVES = 1.2  #: for each doubling of the later years that have it: a policy comes back
_COUNT = 0.7  #: for each doubling of its occurrences in its year: what matters is said again
_RARITY = 0.3  #: for each bit of its rarest word: a new thing brings a new word
_GOVERNED = 0.8  #: where a verb or a mark of enumeration stands before all its occurrences
_ENTROPY = 0.2  #: for each bit of the end that varies less
_COHESION = 1.0  #: where its parts stand only together
_CLAUSE = -0.9  #: for each verb in it that looks like the verb of a clause
#: What its last word is.
_HEAD = {
    "instrument": 1.2,  # it says what kind of policy the name names
    "class-noun": 0.5,  # it says what the name names, and stands in ordinary phrases as often
    "compound": -0.1,
    "word": -0.3,  # a word of its own, that the dictionary does not have
    "short-word": -2.5,  # the same, of two characters: most are cut wrongly
}


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term that is new in a year, with the evidence. All counts are of full texts of its issuer."""

    term: str
    year: int
    issuer: str
    documents: tuple[str, ...]  #: the ids of the full texts of that year that have it
    count: int  #: its occurrences in them
    total: int  #: its occurrences in those of all years
    spans: tuple[Span, ...]  #: the first of those that stand in no quotation marks
    earlier: int  #: years before with a full text: none of them has it
    since: int  #: years after with a full text
    survives: int  #: those of them in which it stands again
    cohesion: float  #: of its weakest split, -1 … 1; 0 is chance
    left_entropy: float  #: of what stands before it, in bits
    right_entropy: float  #: of what stands behind it, in bits
    rarity: float  #: of its rarest word in the years before, in bits
    governed: float  #: share of its occurrences behind a governing verb or a mark of enumeration
    rule: str  #: what its last word is: instrument, class-noun, compound; or word, short-word for a word of its own
    score: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an issuer, with the other years that have a full text."""

    year: int
    issuer: str
    before: Sequence[int]
    after: Sequence[int]
    texts: Texts
    seen: Mapping[str, int]  #: a word → how many of the years before have it


def weigh(term: str, candidate: Candidate, new: Year) -> NewTerm:
    """A candidate with its evidence and its score."""
    texts, year, before = new.texts, new.year, new.before
    places = list(texts.places(term))
    years = Counter(texts.documents[texts.document_at(place)].year for place in places)
    numbers = sorted(
        {texts.document_at(p) for p in places if texts.documents[texts.document_at(p)].year == year}
    )
    survives = sum(y in years for y in new.after)
    left, right = (
        _entropy(texts.text[p + d] for p in places if 0 <= p + d < len(texts.text)) for d in (-1, len(term))
    )
    rarity = max(_rarity(new.seen.get(word, 0), len(before)) for word in candidate.words)
    cohesion = _cohesion(term, len(places), texts)
    governed = candidate.governed / len(candidate.occurrences)
    rule = _rule(candidate.words)
    score = (
        _SURVIVES * math.log2(1 + survives)
        + _COUNT * math.log2(years[year])
        + _RARITY * min(rarity, _RARE)
        + _GOVERNED * governed
        + _ENTROPY * min(left, right)
        + _COHESION * cohesion
        + _HEAD[rule]
        + _CLAUSE * _clauses(candidate.words, len(places), texts)
    )
    spans = tuple(
        texts.documents[n].span(start, start + len(term)) for n, start in candidate.occurrences[:_SPANS]
    )
    return NewTerm(
        term=term,
        year=year,
        issuer=new.issuer,
        documents=tuple(texts.documents[n].id for n in numbers),
        count=years[year],
        total=len(places),
        spans=spans,
        earlier=len(before),
        since=len(new.after),
        survives=survives,
        cohesion=round(cohesion, 3),
        left_entropy=round(left, 3),
        right_entropy=round(right, 3),
        rarity=round(rarity, 3),
        governed=round(governed, 3),
        rule=rule,
        score=round(score, 3),
    )


def is_whole(term: NewTerm) -> bool:
    """Whether a term has different neighbours on both sides, where it has enough of them to tell.

    One governing verb before it is enough.
    """
    if term.total <= _FEW:
        return True
    return term.right_entropy >= _VARIED and (term.left_entropy >= _VARIED or term.governed == 1)


def _rule(words: Sequence[str]) -> str:
    """What the last word of a term is."""
    facts = word_lists()
    if len(words) == 1:
        return "word" if len(words[0]) > 2 else "short-word"
    if words[-1] in facts.instruments:
        return "instrument"
    return "class-noun" if words[-1] in facts.class_nouns else "compound"


def _clauses(words: Sequence[str], count: int, texts: Texts) -> int:
    """Governing verbs inside a term that make it look like a clause: any where the head names nothing in
    particular (志愿者坚守岗位), otherwise those that have what follows as their object elsewhere
    (港澳发展经济). A head that takes a verb (行动, 战略) is no object."""
    if words[-1] in word_lists().actions:
        return 0
    verbs = [i for i in range(1, len(words) - 1) if governs(words[i])]
    if words[-1] not in heads():
        return len(verbs)
    return sum(texts.count("".join(words[i:])) > 2 * count for i in verbs)


def _rarity(years: int, of: int) -> float:
    """Bits of surprise at a word that stood in `years` of the `of` years before (inverse document frequency,
    Spärck Jones 1972, with half a year added to both)."""
    return math.log2((of + 0.5) / (years + 0.5))


def _entropy(neighbours: Iterable[str]) -> float:
    """Branching entropy in bits (Jin & Tanaka-Ishii 2006, Unsupervised Segmentation of Chinese Text by Use of
    Branching Entropy). Each mark counts as a neighbour of its own: it ends a term wherever it stands.

    >>> _entropy("展展展展"), _entropy("展，。、")
    (0.0, 2.0)
    """
    counts: Counter[str] = Counter()
    marks = 0
    for neighbour in neighbours:
        if WORD.fullmatch(neighbour):
            counts[neighbour] += 1
        else:
            marks += 1
    total = counts.total() + marks
    parts = [*counts.values(), *[1] * marks]
    return sum(n / total * math.log2(total / n) for n in parts) if total else 0.0


def _cohesion(term: str, count: int, texts: Texts) -> float:
    """The normalised pointwise mutual information of the weakest split of a term (Bouma 2009, Normalized
    (Pointwise) Mutual Information in Collocation Extraction): 1 where the parts stand only together, 0 where
    they meet by chance."""
    size = len(texts.text)
    together = math.log2(size / count)
    splits = ((texts.count(term[:i]), texts.count(term[i:])) for i in range(1, len(term)))
    return min((math.log2(size / a) + math.log2(size / b) - together) / together for a, b in splits)
