"""Links to RDF: each relation between two terms, each change from a report to the next is a node, with its quotations.

A link is a finding with a confidence and not a fact of the vocabulary, so it is a node of its own and
no `skos:related`, which would also contradict part and whole (SKOS Reference, S27).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from kg.model import Change, Corpus, Mention, Relation, Span, Step
from kg.namespaces import DCTERMS, RDF
from kg.paragraphs import in_order
from kg.statements import NamedGraph, chinese, decimal, plain, state, state_kind
from kg.vocab import KG, Iris


def add_relations(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """Add every relation of `corpus` to `graph`, with its evidence."""
    for relation in corpus.relations:
        _relation(graph, relation, iris)


def _relation(graph: NamedGraph, relation: Relation, iris: Iris) -> None:
    iri = iris.relation(relation.type, relation.source, relation.target)
    state(
        graph,
        iri,
        (RDF.type, KG.Relation),
        (KG.relationType, plain(relation.type)),
        (KG.relationFrom, iris.term(relation.source)),
        (KG.relationTo, iris.term(relation.target)),
        (KG.longForm, chinese(relation.long_form)),
        (KG.confidence, decimal(relation.confidence)),
        (KG.rule, plain(relation.rule)),
        *((KG.added, chinese(text)) for text in relation.added),
        *((KG.dropped, chinese(text)) for text in relation.dropped),
        *((KG.kept, chinese(text)) for text in relation.kept),
    )
    for number, span in enumerate(relation.evidence, start=1):
        evidence = iris.evidence(iri, number)
        state(graph, iri, (KG.evidence, evidence))
        _quote(graph, evidence, KG.Evidence, span, iris)


def add_steps(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """Add the foremost changes of wording from each full report to the next, with the sentences of both.

    A change concerns the terms that are mentioned in the words that changed.
    """
    said: defaultdict[str, list[Mention]] = defaultdict(list)
    compared = {doc.id for step in corpus.steps for doc in (step.old, step.new)}
    for mention in sorted(corpus.mentions, key=lambda mention: mention.span.start):
        if mention.kind == "core" and mention.span.doc.id in compared:
            said[mention.span.doc.id].append(mention)

    def written(iri: str, found: tuple[Step, int, Change]) -> str:
        graph = NamedGraph(iri)  # of this one change
        _rewording(graph, iri, *found, said, iris)
        return "".join(text for _, text in in_order(graph))

    changes = {
        _name(step, change, iris): (step, rank, change)
        for step in corpus.steps
        for rank, change in enumerate(step.changes, start=1)
    }
    state_kind(graph, changes, written)


def _name(step: Step, change: Change, iris: Iris) -> str:
    places = [str(span and span.start) for span in (change.was, change.now)]
    return iris.rewording(step.old.id, step.new.id, str(change.kind), change.about, *places)


def _rewording(
    graph: NamedGraph,
    iri: str,
    step: Step,
    rank: int,
    change: Change,
    said: dict[str, list[Mention]],
    iris: Iris,
) -> None:
    words = [span for span in (change.was, change.now) if span]
    terms = {mention.concept for span in words for mention in _within(said[span.doc.id], span)}
    state(
        graph,
        iri,
        (RDF.type, KG.Rewording),
        (KG.rewordingKind, plain(str(change.kind))),
        (KG.about, chinese(change.about)),
        (KG.rank, plain(rank)),
        (KG.olderReport, iris.document(step.old.id)),
        (KG.newerReport, iris.document(step.new.id)),
        (KG.was, chinese(change.was.text) if change.was else None),
        (KG.now, chinese(change.now.text) if change.now else None),
        (KG.reportCount, plain(change.reports) if change.years else None),
        (KG.gap, plain(change.gap) if change.years else None),
        *((KG.saidInYear, iris.year(year)) for year in change.years),
        *((KG.concerns, iris.term(concept)) for concept in sorted(terms)),
    )
    for side, name, spans in (("older", KG.older, change.old), ("newer", KG.newer, change.new)):
        for number, span in enumerate(spans, start=1):
            quotation = iris.quotation(iri, side, number)
            state(graph, iri, (name, quotation))
            _quote(graph, quotation, KG.Quotation, span, iris)


def _quote(graph: NamedGraph, iri: str, kind: str, span: Span, iris: Iris) -> None:
    """Words of a document, where they stand in it."""
    state(
        graph,
        iri,
        (RDF.type, kind),
        (DCTERMS.source, iris.document(span.doc.id)),
        (RDF.value, chinese(span.text)),
        (KG.start, plain(span.start)),
        (KG.end, plain(span.end)),
    )


def _within(mentions: list[Mention], span: Span) -> list[Mention]:
    """The mentions that lie in a stretch of their document."""
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
    stop = bisect_left(mentions, span.end, key=lambda mention: mention.span.start)
    return [mention for mention in mentions[first:stop] if mention.span.end <= span.end]
