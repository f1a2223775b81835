"""What slogans count: the lists of definitions, of running text and of a person, a place for each component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.decisions import decision_iri
from kg.model import Component, Span
from kg.namespaces import DCTERMS, PROV, RDF, SDO
from kg.statements import NamedGraph, Statement, chinese, plain, state
from kg.terms import Names, Place
from kg.vocab import KG, Iris


class Slots:
    """Writes lists: what was found into one graph, what a person put there into another."""

    def __init__(
        self, extracted: NamedGraph, curated: NamedGraph, names: Names, said: Mapping[Place, str], iris: Iris
    ) -> None:
        self._extracted, self._curated = extracted, curated
        self._names, self._said, self._iris = names, said, iris

    def listing(self, concept: str, components: Sequence[Component]) -> None:
        """Add what the running text, or a person, lists as the components of a term that nobody defines."""
        iris, decision = self._iris, components[0].decision
        spans = [component.span for component in components]
        doc = spans[0].doc
        whole = doc.span(min(span.start for span in spans), max(span.end for span in spans))
        listing = iris.listing(doc.id, (concept, whole.text)) if doc.id else iris.own_listing(concept)
        state(
            self._extracted if decision is None else self._curated,
            listing,
            (RDF.type, KG.Listing),
            (KG.listingOf, iris.term(concept)),
            (DCTERMS.source, iris.document(doc.id) if doc.id else None),
            (PROV.wasGeneratedBy, decision_iri(decision, iris)),
            *(offsets(whole) if doc.id else ()),
        )
        self.add(listing, components)

    def add(self, list_: str, components: Sequence[Component]) -> None:
        """Add the places of a list; what a person put there has offsets only where it stands in the text."""
        iris = self._iris
        for position, component in enumerate(components, start=1):
            slot = iris.slot(list_, position)
            item, gloss = self._names.concept(component, self._said), component.definition
            graph = self._curated if component.decision else self._extracted
            state(graph, list_, (KG.slot, slot))
            state(
                graph,
                slot,
                (RDF.type, KG.Slot),
                (SDO.position, plain(position)),
                (SDO.item, None if item is None else iris.term(item)),
                (RDF.value, chinese(component.span.text)),
                (KG.group, chinese(component.group)),
                (PROV.wasGeneratedBy, decision_iri(component.decision, iris)),
                *(offsets(component.span) if component.span.doc.id else ()),
                (KG.gloss, None if gloss is None else chinese(gloss.text)),
                (KG.glossStart, None if gloss is None else plain(gloss.start)),
                (KG.glossEnd, None if gloss is None else plain(gloss.end)),
            )


def offsets(span: Span) -> tuple[Statement, Statement]:
    """Where `span` stands in its document."""
    return (KG.start, str(span.start)), (KG.end, str(span.end))
