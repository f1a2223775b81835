"""What a graph without mentions tells of them: where they are, and the numbers that named queries ask for.

A graph that has them needs none of this: the queries count what is there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.model import Concept
from kg.namespaces import DCAT, DCTERMS, RDF
from kg.parquet import MEDIA_TYPE
from kg.statements import NamedGraph, chinese, english, plain, state
from kg.tallies import Tally
from kg.vocab import KG, Iris


class MentionCounts:
    """How often documents name terms, who names those that nobody explains, and which of the explained ones are
    named outside the boxes and glossaries that explain them; kept while the documents are written one by one."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        concepts = list(concepts)
        self._defined = {concept.id for concept in concepts if concept.entries}
        self._candidates = {concept.id for concept in concepts if concept.candidate} - self._defined
        self._in_document: dict[str, int] = {}
        self._by_document: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._outside: set[str] = set()

    def add(self, doc_id: str, tally: Tally) -> None:
        """Add what a document names; `tally` knows what it names outside its definitions."""
        named: Counter[str] = Counter()
        for (concept_id, _, kind), times in tally.times.items():
            if kind == "core":
                named[concept_id] += times
        if named:
            self._in_document[doc_id] = named.total()
        for concept_id in self._candidates.intersection(named):
            self._by_document[concept_id][doc_id] = named[concept_id]
        self._outside |= self._defined & tally.outside

    def state(self, graph: NamedGraph, iris: Iris) -> None:
        """Add them to `graph`, and that the mentions are tables beside it."""
        state(graph, iris.dataset, (DCAT.distribution, iris.mentions))
        state(
            graph,
            iris.mentions,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, chinese("提及")),
            (DCTERMS.title, english("Mentions")),
            (DCAT.mediaType, plain(MEDIA_TYPE)),
        )
        for doc_id, times in self._in_document.items():
            state(graph, iris.document(doc_id), (KG.mentionCount, plain(times)))
        for concept_id, documents in self._by_document.items():
            state(
                graph,
                iris.term(concept_id),
                (KG.mentionCount, plain(documents.total())),
                *((DCTERMS.isReferencedBy, iris.document(doc_id)) for doc_id in documents),
            )
        for concept_id in self._outside:
            state(graph, iris.term(concept_id), (KG.mentionedOutside, plain(True)))
