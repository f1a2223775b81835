"""What part of a build is exported: the terms of a year, of a document, or a term and what is near it.

An export is narrowed by choosing terms; of a term that is chosen, everything is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from kg.model import KgError
from kg.parquet import read
from kg.store import mentions_beside, select


@dataclass(frozen=True, slots=True)
class Scope:
    """The IRIs of the terms that are exported and the ids of their documents; None: all of them."""

    title: str = "政策术语表"
    terms: frozenset[str] | None = None
    documents: tuple[str, ...] | None = None


EVERYTHING = Scope()


def scope(
    store: Store,
    year: int | None = None,
    document: str | None = None,
    terms: Iterable[str] = (),
    depth: int = 0,
    title: str = EVERYTHING.title,
) -> Scope:
    """The terms that fulfil all that is asked.

    Those of a year or a document are the ones that it names, defines or lists. `terms` are IRIs, and `depth`
    says how many links away from them is near: components, relations, common sentences. Raises `KgError`
    where the build has no such year or document.
    """
    said: defaultdict[str, set[str]] = defaultdict(set)
    for row in documents_of(store):
        said[row["document"]].add(row["term"])
    years = {row["document"]: row["year"] for row in select(store, _DOCUMENTS)}
    chosen, titles = list(years), [title]
    if year is not None:
        chosen = [each for each in chosen if years[each] == year]
        titles.append(f"{year}年")
        if not chosen:
            known = ", ".join(str(each) for each in sorted({y for y in years.values() if y})) or "none"
            raise KgError(f"there is no document of {year} in this build; years with one: {known}")
    if document is not None:
        if document not in years:
            raise KgError(
                f"there is no document {document!r} in this build; its documents: {', '.join(years)}"
            )
        chosen = [each for each in chosen if each == document]
        titles.append(document)
    wanted = None if year is None and document is None else {t for each in chosen for t in said[each]}
    if near := list(terms):
        reached = _near(store, near, depth)
        wanted = reached if wanted is None else wanted & reached
        titles.append("、".join(row["label"] for iri in near for row in select(store, _LABEL, term=iri)))
        chosen = [each for each in chosen if said[each] & wanted]
    if wanted is None:
        return Scope(title)
    return Scope("：".join(titles), frozenset(wanted), tuple(chosen))


def documents_of(store: Store) -> list[dict[str, Any]]:
    """Which documents name a term, define it, or list it as a component: rows of `term` and `document`, in order.

    What is no more than a component of others is named by mentions of a kind of its own.
    """
    rows = select(store, _SAID)
    if (folder := mentions_beside(store)) is None:
        return rows
    pairs = {(row["term"], row["document"]) for row in rows}
    for row in read(folder, columns=("term", "document", "kind")):
        if row["kind"] in ("core", "component", "listed"):
            pairs.add((row["term"], row["document"]))
    return [{"term": term, "document": document} for term, document in sorted(pairs)]


def _near(store: Store, terms: list[str], depth: int) -> set[str]:
    if not depth:
        return set(terms)
    from kg.connections import connected_network
    from kg.visual.parts import neighbourhood

    return set(neighbourhood(connected_network(store), terms, depth))


_LABEL = """
SELECT DISTINCT ?term ?label WHERE { ?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh")) }"""
_DOCUMENTS = """
SELECT DISTINCT ?document ?year WHERE {
  ?source kg:documentKind ?kind ; dct:identifier ?document .
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
} ORDER BY ?document"""
_SAID = """
SELECT DISTINCT ?term ?document WHERE {
  { ?mention oa:hasBody ?term ; kg:kind ?kind ; oa:hasTarget/oa:hasSource/dct:identifier ?document
    FILTER(?kind IN ("core", "component", "listed")) }
  UNION { ?list kg:defines|kg:listingOf ?term ; dct:source/dct:identifier ?document }
  UNION { ?list kg:defines|kg:listingOf ?whole ; kg:slot/schema:item ?term ; dct:source/dct:identifier ?document }
} ORDER BY ?term ?document"""
