"""Concepts + mentions → the links between them, each with the words that bear it out.

A link needs evidence, not likeness: an order in time, a sentence, a definition, two names in one
place of the text. Every rule finds its pairs through an index (by parts, by components, by
neighbours), so that the work grows with the corpus and not with its square.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.model import Corpus, Document, Relation
from kg.relations.abbreviations import (
    can_be_contracted,
    find_abbreviations,
    find_contractions,
    find_short_names,
)
from kg.relations.comentions import find_co_mentions
from kg.relations.grounds import Hints, Known, know
from kg.relations.parts import find_homonyms, find_wholes
from kg.relations.successions import find_bases, find_builders, find_redefinitions, find_successors
from kg.relations.variants import find_variants


def find_hints(doc: Document, labels: Iterable[str]) -> Hints:
    """What a document, which names terms of these labels, tells of links."""
    contracted = find_contractions(doc, filter(can_be_contracted, labels))
    return Hints(contracted, find_short_names(doc), find_builders(doc))


def find_relations(corpus: Corpus, hints: Mapping[str, Hints] | None = None) -> tuple[Relation, ...]:
    """The links between the concepts of a corpus, by type, source and target.

    Of variants, homonyms and co-mentioned pairs each pair is given once, in the order of the ids;
    a successor goes from the older slogan to the newer one, a part to its whole, a long form to the
    short one, a slogan to what it builds on, a redefinition from a concept to itself, and so does an
    abbreviation whose long form is but another name.

    >>> from kg.lexicon import build_lexicon
    >>> from kg.mentions import find_mentions, make_finder
    >>> from kg.model import Document
    >>> docs = [Document(f"d{y}", t, year=y, issuer="某省") for y, t in ((2021, "加强“两山七河一流域”治理"), (2024, "加强“两山七河五湖”治理"))]
    >>> lexicon = build_lexicon(docs, [])
    >>> mentions = [m for doc in docs for m in find_mentions(doc, make_finder(lexicon))]
    >>> for r in find_relations(Corpus(tuple(docs), (), (), lexicon.concepts, tuple(mentions))):
    ...     print(r.type, r.source, r.target, r.kept, r.dropped, r.added)
    successor 两山七河一流域 两山七河五湖 ('两山', '七河') ('一流域',) ('五湖',)
    """
    known = know(corpus, hints)
    found: dict[tuple[str, str, str], Relation] = {}
    for search in _SEARCHES:
        for relation in search(known):
            if relation.type == "variant" and any(
                (other, *pair) in found
                for other in ("successor", "abbreviation")
                for pair in (
                    (relation.source, relation.target),
                    (relation.target, relation.source),
                )
            ):
                continue
            found.setdefault((relation.type, relation.source, relation.target), relation)
    return tuple(found[key] for key in sorted(found))


_SEARCHES: tuple[Callable[[Known], Iterator[Relation]], ...] = (
    find_successors,
    find_redefinitions,
    find_bases,
    find_abbreviations,
    find_variants,
    find_homonyms,
    find_wholes,
    find_co_mentions,
)
