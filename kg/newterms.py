"""Documents → terms that nobody quotes: word sequences that are new in a year, hold together and are whole.

新质生产力, 低空经济, 银发经济 stand in no quotation marks. What shows them is that no earlier report of their
issuer has them, that their parts belong together, that they stand between the words that govern a term
(发展…、推进…) and the marks that end one, and, where later reports are there, that they come back.

A term can only be called new where earlier full texts of the same issuer are there: of an issuer's first
year, and of an issuer with one report, nothing is said. `NewTerm.earlier` tells how many years were looked at.
"""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.model import Document, Glossary, Kind, Span
from kg.words import words

SHORTEST, LONGEST = 2, 8  #: characters of a term
_WORDS = 5  #: words that a term can have
_SPANS = 3  #: occurrences that are kept as evidence
_FEW = 3  #: occurrences up to which neighbours that do not vary say nothing
_VARIED = 0.5  #: bits of branching entropy that a whole term has at both ends

#: What each piece of evidence adds to a score. Set by hand on the national reports from 2015 on.
_SURVIVES, _COUNT, _RARITY, _GOVERNED, _ENTROPY, _COHESION, _CLAUSE = 1.2, 0.7, 0.3, 0.8, 0.2, 1.0, -0.9
_HEAD = {"instrument": 1.2, "class-noun": 0.5, "compound": -0.1, "word": -0.3, "short-word": -2.5}
_RARE = 6.0  #: bits from which a word is simply rare

_WORD = re.compile(r"[一-鿿]+|[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[+＋]")
_NUMERAL = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两几多第首]")
_OPENING, _CLOSING = "“「『《", "”」』》"  #: a quoted run at the edge of a term belongs to it
_QUOTED = re.compile("“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』|《[^《》\n]{1,60}》")

#: Parts of speech of jieba's dictionary (the tags of ICTCLAS) that can stand at the edge of a name …
_NOMINAL = ("n", "b", "j", "vn", "an", "s", "l", "k")
#: … and those that cannot, although their tags begin alike: persons, and nothing else.
_PERSON = "nr"
#: Parts of speech that can stand nowhere in a name.
_FUNCTION = ("u", "c", "r", "p", "y", "x", "m", "t", "q", "d", "vd", "ad", "e", "o")


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


def new_terms(
    documents: Sequence[Document], most: int = 20, glossaries: Sequence[Glossary] = ()
) -> tuple[NewTerm, ...]:
    """The terms that are new in each year of each issuer, at most `most` a year, the best first.

    Documents of one issuer are compared among themselves. Abridgements and documents without a year are
    passed over; one without an issuer is taken for the only issuer of the corpus, and passed over where
    there are several. What stands in `glossaries` makes a term old for the years behind, and none new.
    What stands only in quotation marks is a candidate of the lexicon already and is not offered again.

    >>> old = Document("a", "发展农业和工业。发展经济。促进增长。", year=2022, issuer="x")
    >>> new = Document("b", "发展低空经济。促进增长。", year=2023, issuer="x")
    >>> [(found.term, found.year, found.earlier) for found in new_terms([old, new])]
    [('低空经济', 2023, 1)]
    """
    boxes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for glossary in glossaries:
        boxes[glossary.span.doc.id].append((glossary.span.start, glossary.span.end))
    found: list[NewTerm] = []
    for issuer, docs in sorted(_by_issuer(documents).items()):
        if len({doc.year for doc in docs}) > 1:
            found += _of_issuer(issuer, docs, most, boxes)
    return tuple(found)


def _by_issuer(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """The full texts of each issuer by year."""
    full = [doc for doc in documents if doc.kind != Kind.ABRIDGEMENT and doc.year is not None]
    names = {name for doc in full if (name := doc.issuer or doc.region)}
    only = min(names) if len(names) == 1 else None
    groups: dict[str, list[Document]] = defaultdict(list)
    for doc in sorted(full, key=lambda doc: (doc.year or 0, doc.id)):
        if name := doc.issuer or doc.region or only:
            groups[name].append(doc)
    return groups


# --- what the words are -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of kg/facts/newterms.toml."""

    governs: frozenset[str]
    adverbs: frozenset[str]
    names: frozenset[str]
    ambiguous: frozenset[str]
    never_last: frozenset[str]
    continues: frozenset[str]
    instruments: frozenset[str]
    class_nouns: frozenset[str]
    events: frozenset[str]
    ceremony: frozenset[str]
    exhortation: frozenset[str]
    launches: frozenset[str]
    actions: frozenset[str]
    goes_on: frozenset[str]
    fragments: frozenset[str]
    ills: frozenset[str]


@cache
def _facts() -> _Words:
    table = tomllib.loads((Path(__file__).parent / "facts" / "newterms.toml").read_text(encoding="utf-8"))
    return _Words(
        **{name: frozenset(w for row in rows for w in row["words"].split()) for name, rows in table.items()}
    )


@cache
def _heads() -> frozenset[str]:
    """Nouns that say what a name names."""
    return _facts().instruments | _facts().class_nouns


@cache
def _barred() -> frozenset[str]:
    """Words that stand in no term."""
    return _facts().events | _facts().ceremony | _facts().exhortation


@cache
def _tags() -> Mapping[str, str]:
    """The part of speech of each word of jieba's dictionary. Its tagger is not used: it is ten times slower."""
    import jieba

    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in rows if len(row) == 3}


@cache
def _begins(word: str) -> bool:
    """Whether a term can begin with a word."""
    facts, tag = _facts(), _tags().get(word)
    if _NUMERAL.match(word) and not word[-1].isascii():
        return False
    if word in facts.names or word in facts.ambiguous:
        return True
    if len(word) == 1 or word in facts.governs or word in facts.adverbs or word in _barred():
        return False
    if tag is None:
        return not _glued(word) and not _torn(word)
    return tag.startswith(_NOMINAL) and tag != _PERSON and not _glued(word)


def _glued(word: str) -> bool:
    """Whether the dictionary has a verb and its adverb or object as one word (大力发展, 建立健全)."""
    facts, begin = _facts(), word[:2]
    return len(word) > 2 and (begin in facts.governs or begin in facts.adverbs) and begin not in facts.names


def _torn(word: str) -> bool:
    """Whether a word that the dictionary does not have is a piece of two (以碳, 优做)."""
    return not _facts().fragments.isdisjoint(word)


@cache
def _ends(word: str) -> bool:
    """Whether a term can end with a word."""
    facts, tag = _facts(), _tags().get(word)
    if word in facts.never_last or word in _barred():
        return False
    if word in _heads() or word in facts.names:
        return True
    if word in facts.governs or word in facts.adverbs or _NUMERAL.match(word) or word[-1] in "性式型级":
        return False
    if len(word) > 3 and word[-2:] in facts.never_last:  # 热点问题
        return False
    if tag is None:
        return len(word) > 1 and not _torn(word)
    return tag.startswith(_NOMINAL) and not tag.startswith(("b", "l", _PERSON)) and len(word) > 1


@cache
def _within(word: str) -> bool:
    """Whether a word can stand inside a term."""
    facts, tag = _facts(), _tags().get(word, "n")
    if word in facts.names or word in _heads():
        return True
    if word in _barred() or _NUMERAL.match(word):
        return False
    if word not in _tags() and _torn(word):
        return False
    return not tag.startswith(_FUNCTION) and tag not in ("v", "i", _PERSON, "f")


@cache
def _governs(word: str) -> bool:
    """Whether a word is a governing verb, alone or with an adverb or another verb before it (大力发展)."""
    facts = _facts()
    glued = len(word) == 4 and (word[:2] in facts.adverbs or word[:2] in facts.governs)
    return word in facts.governs or (glued and word[2:] in facts.governs)


@cache
def _opens(word: str) -> bool:
    """Whether a term can stand behind a word: a mark, a governing verb, a function word."""
    if not _WORD.fullmatch(word):
        return word not in _CLOSING and not word[-1].isdigit()
    if word in _facts().names or word in _heads():
        return False
    return _governs(word) or word in _facts().adverbs or _tags().get(word, "n").startswith(_FUNCTION)


@cache
def _closes(word: str) -> bool:
    """Whether a term can stand before a word."""
    if _NUMERAL.match(word):  # a statistic: 公路水运投资1.8万亿元
        return False
    if not _WORD.fullmatch(word):
        return word not in _OPENING
    if word in ("等", "的"):
        return True
    if word in _facts().continues or word in _facts().goes_on:
        return False
    return (
        word in _facts().governs
        or word in _facts().adverbs
        or _tags().get(word, "n").startswith((*_FUNCTION, "f"))
    )


# --- the texts of an issuer ---------------------------------------------------------------------


class _Texts:
    """The full texts of an issuer in one string, by year, with the places of every pair of characters.

    The rarest pair of a term leads to its occurrences, so that a look-up takes no pass over the texts.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.text = "\n".join(doc.text for doc in documents)
        self.starts: list[int] = []
        at = 0
        for doc in documents:
            self.starts.append(at)
            at += len(doc.text) + 1
        self.singles = Counter(self.text)
        self.pairs: dict[str, list[int]] = defaultdict(list)
        for i, pair in enumerate(map("".join, pairwise(self.text))):
            self.pairs[pair].append(i)

    def places(self, term: str) -> Iterator[int]:
        """Where a term of two characters or more begins, in order."""
        offset = min(range(len(term) - 1), key=lambda i: len(self.pairs.get(term[i : i + 2], ())))
        for place in self.pairs.get(term[offset : offset + 2], ()):
            if self.text.startswith(term, place - offset):
                yield place - offset

    def count(self, term: str) -> int:
        """How often a sequence of characters stands in the texts."""
        if len(term) < 3:
            return self.singles[term] if len(term) == 1 else len(self.pairs.get(term, ()))
        return sum(1 for _ in self.places(term))

    def document_at(self, place: int) -> int:
        """The number of the document in which a place lies."""
        return bisect_right(self.starts, place) - 1


@dataclass(slots=True)
class _Candidate:
    """A sequence of words in the texts of a year, and what its occurrences show."""

    words: tuple[str, ...]
    occurrences: list[tuple[int, int]]  #: document, start
    whole: int = 0  #: occurrences between words that can stand around a term
    governed: int = 0


def _of_issuer(
    issuer: str, docs: Sequence[Document], most: int, boxes: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[NewTerm]:
    texts = _Texts(docs)
    seen: Counter[str] = Counter()  # word → earlier years that have it
    first_place: dict[str, int] = {}
    years = sorted({doc.year for doc in docs if doc.year is not None})
    for i, year in enumerate(years):
        numbers = [n for n, doc in enumerate(docs) if doc.year == year]
        cut = {n: _cut(docs[n].text) for n in numbers}
        if i:
            begin = texts.starts[numbers[0]]
            fresh: dict[str, _Candidate] = {}
            for n in numbers:
                _collect(docs[n], n, cut[n], boxes.get(docs[n].id, ()), fresh)
            pool = {}
            for term, candidate in fresh.items():
                if term not in first_place:
                    first_place[term] = next(texts.places(term), 0)
                if first_place[term] >= begin and candidate.whole * 2 > len(candidate.occurrences):
                    pool[term] = candidate
            yield from _rank(issuer, year, years[:i], years[i + 1 :], pool, texts, seen, most)
        seen.update({word for n in numbers for word, _, _ in cut[n]})


def _cut(text: str) -> list[tuple[str, int, int]]:
    return [(text[a:b], a, b) for a, b in words(text)]


def _collect(
    doc: Document,
    number: int,
    cut: Sequence[tuple[str, int, int]],
    boxes: Sequence[tuple[int, int]],
    found: dict[str, _Candidate],
) -> None:
    """The word sequences of a document that have the shape of a term, outside of quotation marks and boxes."""
    hidden = _Stretches([*(match.span() for match in _QUOTED.finditer(doc.text)), *boxes])
    facts = _facts()
    edge = ("\n", 0, 0)
    for i, (word, start, _) in enumerate(cut):
        before = cut[i - 1][0] if i else edge[0]
        launched = before in facts.launches or (len(before) == 4 and before[2:] in facts.launches)
        verbal = launched and _governs(word) and word not in facts.names
        if not _WORD.fullmatch(word) or not (verbal or _begins(word)) or start in hidden:
            continue
        opened = _opens(before)
        governed = _governs(before) or before == "、"
        if word in facts.ambiguous and not governed and before != "的":
            opened = False
        if before == "等" and word in facts.never_last:  # 钢铁等行业超低排放改造
            opened = False
        for j in range(i, min(i + _WORDS, len(cut))):
            last, _, end = cut[j]
            if end - start > LONGEST or not _WORD.fullmatch(last) or (j > i and not _within(last)):
                break
            known = j == i and last in _tags()
            action = last in facts.actions
            if end - start < SHORTEST or known or not _ends(last) or (verbal and not action):
                continue
            after = cut[j + 1][0] if j + 1 < len(cut) else edge[0]
            suffered = after in facts.ills or (
                after == "等" and any(w in facts.ills for w, _, _ in cut[j + 2 : j + 4])
            )
            term = doc.text[start:end]
            candidate = found.get(term)
            if candidate is None:
                candidate = found[term] = _Candidate(tuple(w for w, _, _ in cut[i : j + 1]), [])
            candidate.occurrences.append((number, start))
            led = launched or not action or not governed or before == "、"
            candidate.whole += opened and led and _closes(after) and not suffered
            candidate.governed += governed


class _Stretches:
    """Stretches of a text that are passed over."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def __contains__(self, place: int) -> bool:
        i = bisect_right(self.starts, place) - 1
        return i >= 0 and place < self.spans[i][1]


# --- how good they are --------------------------------------------------------------------------


def _rank(
    issuer: str,
    year: int,
    before: Sequence[int],
    after: Sequence[int],
    pool: Mapping[str, _Candidate],
    texts: _Texts,
    seen: Mapping[str, int],
    most: int,
) -> list[NewTerm]:
    """The best of the new candidates of a year, none inside another."""
    terms = [_weigh(issuer, year, before, after, term, pool[term], texts, seen) for term in sorted(pool)]
    whole = [t for t in terms if t.total <= _FEW or _varied(t)]
    chosen: list[NewTerm] = []
    for term in sorted(whole, key=lambda t: (-t.score, t.term)):
        if len(chosen) == most:
            break
        if term.cohesion > 0 and not any(term.term in c.term or c.term in term.term for c in chosen):
            chosen.append(term)
    return chosen


def _weigh(
    issuer: str,
    year: int,
    before: Sequence[int],
    after: Sequence[int],
    term: str,
    candidate: _Candidate,
    texts: _Texts,
    seen: Mapping[str, int],
) -> NewTerm:
    """A candidate with its evidence and its score."""
    places = list(texts.places(term))
    years = Counter(texts.documents[texts.document_at(place)].year for place in places)
    numbers = sorted(
        {texts.document_at(p) for p in places if texts.documents[texts.document_at(p)].year == year}
    )
    survives = sum(y in years for y in after)
    left, right = (
        _entropy(texts.text[p + d] for p in places if 0 <= p + d < len(texts.text)) for d in (-1, len(term))
    )
    rarity = max(_rarity(seen.get(word, 0), len(before)) for word in candidate.words)
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
        issuer=issuer,
        documents=tuple(texts.documents[n].id for n in numbers),
        count=years[year],
        total=len(places),
        spans=spans,
        earlier=len(before),
        since=len(after),
        survives=survives,
        cohesion=round(cohesion, 3),
        left_entropy=round(left, 3),
        right_entropy=round(right, 3),
        rarity=round(rarity, 3),
        governed=round(governed, 3),
        rule=rule,
        score=round(score, 3),
    )


def _varied(term: NewTerm) -> bool:
    """Whether a term has different neighbours on both sides. One governing verb before it is enough."""
    return term.right_entropy >= _VARIED and (term.left_entropy >= _VARIED or term.governed == 1)


def _rule(words: Sequence[str]) -> str:
    """What the last word of a term is."""
    facts = _facts()
    if len(words) == 1:
        return "word" if len(words[0]) > 2 else "short-word"
    if words[-1] in facts.instruments:
        return "instrument"
    return "class-noun" if words[-1] in facts.class_nouns else "compound"


def _clauses(words: Sequence[str], count: int, texts: _Texts) -> int:
    """Governing verbs inside a term that make it look like a clause: any where the head names nothing in
    particular (志愿者坚守岗位), otherwise those that have what follows as their object elsewhere
    (港澳发展经济). A head that takes a verb (行动, 战略) is no object."""
    if words[-1] in _facts().actions:
        return 0
    verbs = [i for i in range(1, len(words) - 1) if _governs(words[i])]
    if words[-1] not in _heads():
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
        if _WORD.fullmatch(neighbour):
            counts[neighbour] += 1
        else:
            marks += 1
    total = counts.total() + marks
    parts = [*counts.values(), *[1] * marks]
    return sum(n / total * math.log2(total / n) for n in parts) if total else 0.0


def _cohesion(term: str, count: int, texts: _Texts) -> float:
    """The normalised pointwise mutual information of the weakest split of a term (Bouma 2009, Normalized
    (Pointwise) Mutual Information in Collocation Extraction): 1 where the parts stand only together, 0 where
    they meet by chance."""
    size = len(texts.text)
    together = math.log2(size / count)
    splits = ((texts.count(term[:i]), texts.count(term[i:])) for i in range(1, len(term)))
    return min((math.log2(size / a) + math.log2(size / b) - together) / together for a, b in splits)
