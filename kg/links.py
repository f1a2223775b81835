"""Relations to RDF: each link between two terms is a node, with the words that bear it out.

A link is a finding with a confidence and not a fact of the vocabulary, so it is a node of its own and
no `skos:related`, which would also contradict part and whole (SKOS Reference, S27).
"""

from __future__ import annotations

from kg.model import Corpus, Relation
from kg.namespaces import DCTERMS, RDF
from kg.statements import NamedGraph, chinese, decimal, plain, state
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
        state(
            graph,
            evidence,
            (RDF.type, KG.Evidence),
            (DCTERMS.source, iris.document(span.doc.id)),
            (RDF.value, chinese(span.text)),
            (KG.start, plain(span.start)),
            (KG.end, plain(span.end)),
        )
