"""Mentions to Web Annotations (W3C Recommendation 23 February 2017), whose selectors find the words by quotation
and by position.

A graph says more of mentions than of everything else together, so each is written by one template; or they are
rows of a table beside the graph, of which the same annotations can be made again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from kg.model import Document, Mention
from kg.namespaces import OA, RDF
from kg.paragraphs import bare
from kg.parquet import Row
from kg.places import Places, Thing, around, ordinals
from kg.statements import NamedGraph, plain, quoted, state
from kg.vocab import KG, Iris

#: What `kg.paragraphs.paragraph` writes of a mention and its parts; each %s is what changes.
_TEMPLATE = f"""
  <%s>
    {RDF.type} {KG.Mention},
      {OA.Annotation} ;
    {KG.context} "%s" ;
%s%s    {KG.kind} %s ;
    {KG.rule} %s ;
    {OA.hasBody} %s ;
    {OA.hasTarget} <%s/target> ;
    {OA.motivatedBy} {OA.identifying} .

  <%s/position>
    {RDF.type} {OA.TextPositionSelector} ;
    {OA.end} %s ;
    {OA.start} %s .

  <%s/quote>
    {RDF.type} {OA.TextQuoteSelector} ;
    {OA.exact} %s ;
    {OA.prefix} %s ;
    {OA.suffix} %s .

  <%s/target>
    {RDF.type} {OA.SpecificResource} ;
    {OA.hasSelector} <%s/position>,
      <%s/quote> ;
    {OA.hasSource} %s .
"""
_STATEMENTS = 19  # in the template, beside its two optional lines


def each_mention(mentions: Iterable[Mention]) -> list[Mention]:
    """Every mention once: words that name a term and list its components as well name it (碳达峰、碳中和)."""
    first: dict[tuple[str, int, int], Mention] = {}
    for mention in sorted(mentions, key=lambda mention: (mention.kind != "core", mention.kind)):
        first.setdefault((mention.concept, mention.span.start, mention.span.end), mention)
    return list(first.values())


class Recorded:
    """The mentions of a corpus, as a store that was made of it tells them; for whoever has the corpus at hand."""

    def __init__(self, mentions: Iterable[Mention], iris: Iris) -> None:
        """`mentions` are those of all documents, with those whose sense is open."""
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            found[mention.span.doc.id].append(mention)
        self._found = {doc_id: each_mention(here) for doc_id, here in found.items()}
        ids = {i for here in self._found.values() for mention in here for i in _meant(mention)}
        self._terms = {concept: bare(iris.term(concept)) for concept in ids}

    def counts(self) -> dict[str, Counter[str]]:
        """How often each document has each term, by the ids of documents and the IRIs of terms."""
        return {
            doc_id: Counter(self._terms[i] for mention in here for i in _meant(mention))
            for doc_id, here in self._found.items()
        }

    def rows(self, document: str, terms: Collection[str] | None = None) -> list[dict[str, Any]]:
        """The mentions of some terms, or of all, in a document, in order; one whose sense is open has several `senses`."""
        wanted, found = {*(self._terms.values() if terms is None else terms)}, []
        for mention in self._found.get(document, ()):
            meant = [self._terms[i] for i in _meant(mention)]
            if wanted.isdisjoint(meant):
                continue
            span, section = mention.span, mention.section
            before, after = around(span)
            found.append(
                {
                    "document": document,
                    "year": span.doc.year,
                    "start": span.start,
                    "end": span.end,
                    "prefix": before,
                    "exact": span.text,
                    "suffix": after,
                    "term": min(meant),
                    "senses": [] if mention.concept else sorted(meant),
                    "kind": mention.kind,
                    "context": str(mention.context),
                    "section": None if section is None else " › ".join(section.path),
                    "covers": [] if section is None else sorted(set(section.covers)),
                }
            )
        return sorted(found, key=itemgetter("start", "end", "term"))


def _meant(mention: Mention) -> Collection[str]:
    """The ids of the concepts that a mention may mean, each once: one, unless its sense is open."""
    return [mention.concept] if mention.concept else dict.fromkeys(mention.senses)


class Annotations:
    """The mentions of one document as annotations; each of `mentions` stands there once."""

    def __init__(self, doc_id: str, iris: Iris, places: Places, mentions: Iterable[Mention]) -> None:
        self._doc, self._iris, self._places = doc_id, iris, places
        self._found = [(mention, _said(mention)) for mention in mentions]
        self._ordinals = ordinals(thing for _, thing in self._found)

    def __len__(self) -> int:
        """How many statements the paragraphs have."""
        return sum(
            _STATEMENTS + (mention.decided != "only") + (mention.section is not None)
            for mention, _ in self._found
            if mention.concept
        )

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """The IRIs of the mentions whose term is known, without brackets, each with its paragraphs."""
        places, term, document = self._places, self._iris.term, self._iris.document(self._doc)
        for mention, thing in self._found:
            concept, section = mention.concept, mention.section
            if not concept:
                continue
            start, end, (_, before, exact, after) = thing
            iri = self._iri(thing)[1:-1]
            decided = None if mention.decided == "only" else mention.decided
            within = None if section is None else places.section(section)
            yield (
                iri,
                _annotation(
                    iri, document, term(concept), mention.context, decided, within, mention.kind, mention.rule,
                    start, end, exact, before, after,
                ),
            )  # fmt: skip

    def rows(self, doc: Document, labels: Mapping[str, str]) -> Iterator[Row]:
        """The mentions whose term is known as rows of a table; `labels` are those of concepts, by their ids."""
        places, term = self._places, self._iris.term
        for mention, thing in sorted(self._found, key=lambda found: (found[1], found[0].concept)):
            concept, section = mention.concept, mention.section
            if not concept:
                continue
            start, end, (_, before, exact, after) = thing
            yield Row(
                mention=self._iri(thing)[1:-1],
                document=doc.id,
                title=doc.title,
                document_kind=str(doc.kind),
                year=doc.year,
                start=start,
                end=end,
                exact=exact,
                prefix=before,
                suffix=after,
                term=term(concept)[1:-1],
                label=labels[concept],
                kind=mention.kind,
                rule=mention.rule,
                context=str(mention.context),
                section=None if section is None else places.section(section)[1:-1],
                section_title=None if section is None else " › ".join(section.path),
                covers=() if section is None else sorted(set(section.covers)),
                decided_by=None if mention.decided == "only" else mention.decided,
            )

    def add_open(self, graph: NamedGraph) -> None:
        """Add the mentions of which nothing tells the sense, so that they are of no term."""
        for mention, thing in self._found:
            if not mention.concept:
                self._open(graph, mention, thing)

    def _open(self, graph: NamedGraph, mention: Mention, thing: Thing) -> None:
        iri, section = self._iri(thing), mention.section
        start, end, (_, before, exact, after) = thing
        target, quote, position = (
            self._iris.mention_part(iri, part) for part in ("target", "quote", "position")
        )
        state(
            graph,
            iri,
            (RDF.type, KG.OpenMention),
            (RDF.type, OA.Annotation),
            *((KG.possibleTerm, self._iris.term(sense)) for sense in mention.senses),
            (OA.hasTarget, target),
            (KG.context, plain(str(mention.context))),
            (KG.inSection, None if section is None else self._places.section(section)),
        )
        state(
            graph,
            target,
            (RDF.type, OA.SpecificResource),
            (OA.hasSource, self._iris.document(self._doc)),
            (OA.hasSelector, quote),
            (OA.hasSelector, position),
        )
        state(
            graph,
            quote,
            (RDF.type, OA.TextQuoteSelector),
            (OA.exact, plain(exact)),
            (OA.prefix, plain(before)),
            (OA.suffix, plain(after)),
        )
        state(
            graph,
            position,
            (RDF.type, OA.TextPositionSelector),
            (OA.start, plain(start)),
            (OA.end, plain(end)),
        )

    def _iri(self, thing: Thing) -> str:
        return self._iris.mention(self._doc, thing[2], self._ordinals[thing])


def annotation(row: Mapping[str, Any], document: str) -> str:
    """The paragraphs of a mention that is a row of a table, with the columns of `Row`; `document` is an IRI as in Turtle."""
    section = None if row["section"] is None else f"<{row['section']}>"
    return _annotation(
        row["mention"], document, f"<{row['term']}>", row["context"], row["decided_by"], section, row["kind"], row["rule"],
        row["start"], row["end"], row["exact"], row["prefix"], row["suffix"],
    )  # fmt: skip


def _annotation(
    iri: str, document: str, term: str, context: str, decided: str | None, section: str | None, kind: str, rule: str,
    start: int, end: int, exact: str, before: str, after: str,
) -> str:  # fmt: skip
    by = "" if decided is None else f"    {KG.decidedBy} {quoted(decided)} ;\n"
    within = "" if section is None else f"    {KG.inSection} {section} ;\n"
    return _TEMPLATE % (
        iri, context, by, within, quoted(kind), quoted(rule), term,
        iri, iri, end, start, iri, quoted(exact), quoted(before), quoted(after), iri, iri, iri, document,
    )  # fmt: skip


def _said(mention: Mention) -> Thing:
    """A mention by its concept, or by its words where that is open, and the words around it."""
    span = mention.span
    before, after = around(span)
    return span.start, span.end, (mention.concept or mention.term, before, span.text, after)
