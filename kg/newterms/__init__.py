"""Documents → terms that nobody quotes: word sequences that are new in a year, hold together and are whole.

新质生产力, 低空经济, 银发经济 stand in no quotation marks. What shows them is that no earlier report of their
issuer has them, that their parts belong together, that they stand between the words that govern a term
(发展…、推进…) and the marks that end one, and, where later reports are there, that they come back.

A term can only be called new where earlier full texts of the same issuer are there: of an issuer's first
year, and of an issuer with one report, nothing is said. `NewTerm.earlier` tells how many years were looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Document, Glossary, Kind
from kg.newterms.candidates import Candidate, collect, cut_words
from kg.newterms.evidence import NewTerm, Year, is_whole, weigh
from kg.newterms.texts import Texts

__all__ = ["NewTerm", "new_terms"]


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


def _of_issuer(
    issuer: str, docs: Sequence[Document], most: int, boxes: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[NewTerm]:
    """The new terms of an issuer, year by year; the first year has only old ones."""
    texts = Texts(docs)
    seen: Counter[str] = Counter()  # word → earlier years that have it
    first_place: dict[str, int] = {}
    years = sorted({doc.year for doc in docs if doc.year is not None})
    for i, year in enumerate(years):
        numbers = [n for n, doc in enumerate(docs) if doc.year == year]
        cut = {n: cut_words(docs[n].text) for n in numbers}
        if i:
            begin = texts.starts[numbers[0]]
            fresh: dict[str, Candidate] = {}
            for n in numbers:
                collect(docs[n], n, cut[n], boxes.get(docs[n].id, ()), fresh)
            pool = {}
            for term, candidate in fresh.items():
                if term not in first_place:
                    first_place[term] = next(texts.places(term), 0)
                if first_place[term] >= begin and candidate.whole * 2 > len(candidate.occurrences):
                    pool[term] = candidate
            yield from _best(pool, Year(year, issuer, years[:i], years[i + 1 :], texts, seen), most)
        seen.update({word for n in numbers for word, _, _ in cut[n]})


def _best(pool: Mapping[str, Candidate], new: Year, most: int) -> list[NewTerm]:
    """The best of the new candidates of a year, none inside another."""
    terms = (weigh(term, pool[term], new) for term in sorted(pool))
    chosen: list[NewTerm] = []
    for term in sorted(filter(is_whole, terms), key=lambda t: (-t.score, t.term)):
        if len(chosen) == most:
            break
        if term.cohesion > 0 and not any(term.term in c.term or c.term in term.term for c in chosen):
            chosen.append(term)
    return chosen
