"""The graph as files: `graph.trig` with all named graphs, `glossary.ttl` with what a reader of terms wants.

Documents are written one by one and forgotten; the graphs that follow from all of them come last.
"""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from kg.collation import Collation, Told
from kg.decisions import add_decisions
from kg.derived import add_derived
from kg.extracts import Extract, Records, basis, by_document, extract, extract_apart
from kg.files import write_bytes, writing
from kg.kept import Kept
from kg.mentioncounts import MentionCounts
from kg.model import Component, Corpus, Document
from kg.namespaces import BIBO, PROV, QB, RDF, SKOS, SKOSXL
from kg.paragraphs import HEAD, bare, in_order, outdented, paragraph, read
from kg.parquet import Parts, Row
from kg.slots import Slots
from kg.spools import Spool, spooling
from kg.statements import NamedGraph, state_all
from kg.tallies import Totals
from kg.terms import Names, add_vocabulary
from kg.vocab import KG, Iris

WRITING = "making the graph"  #: what is said while it is done

# What a reader of the glossary wants; sections, mentions and the description of the named graphs stay out.
GLOSSARY_CLASSES = (
    SKOS.ConceptScheme,
    SKOS.Concept,
    KG.Definition,
    KG.Listing,
    KG.Slot,
    BIBO.Report,
    BIBO.Document,
    KG.Box,
    KG.Year,
    KG.Count,
    KG.State,
    KG.Relation,
    KG.Evidence,
    KG.Subject,
    KG.Community,
    KG.Tie,
    KG.Standing,
    QB.DataSet,
    QB.DataStructureDefinition,
    QB.ComponentSpecification,
    PROV.Activity,
    KG.Decision,
    SKOSXL.Label,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A named graph as text, made while it is read: once."""

    name: str
    #: stretches of its text, sorted, each with its paragraphs by subject; those of mentions are left out
    pieces: Iterable[tuple[str, Sequence[Told]]]
    document: str = ""  #: the id of the document that it is of
    rows: Sequence[Row] = ()  #: the mentions of the document, where the graph is without them

    def text(self) -> str:
        """All its paragraphs, which are gone then."""
        return "".join(text for text, _ in self.pieces)


def named_graphs(
    corpus: Corpus,
    iris: Iris,
    with_mentions: bool = True,
    work: Kept | None = None,
    parts: Path | None = None,
) -> Iterator[Block]:
    """The named graphs of `corpus`: those of the documents, as `work` makes them, in the order of their names, then the others.

    Without its mentions the graph says where they are; those whose sense is open it has all the same. With a folder
    `parts` the graphs of documents wait there, as files, until they are asked for.
    """
    names, totals, sizes = Names(corpus.concepts), Totals(), {}
    counts = None if with_mentions else MentionCounts(corpus.concepts)
    curated = NamedGraph(iris.curated_graph)
    vocabulary = NamedGraph(iris.vocabulary_graph)
    derived = NamedGraph(iris.derived_graph)
    for records, found in _extracts(corpus, names, iris, with_mentions, work or Kept(), parts):
        state_all(curated, found.curated)
        totals.add(records.doc, found.tally)
        if counts:
            counts.add(records.doc.id, found.tally)
        sizes[found.name] = found.size
        yield Block(found.name, [(found.text, found.paragraphs)], records.doc.id, found.rows)

    own = [(concept.id, concept.parts) for concept in corpus.concepts if _own(concept.parts)]
    slots = Slots(curated, curated, names, {}, iris)
    for concept_id, components in own:
        slots.listing(concept_id, components)
    totals.add_parts(names.counted(own, {}))
    add_decisions(curated, corpus, iris)
    add_vocabulary(vocabulary, corpus, totals.parts, iris)
    sizes |= {graph.name: len(graph) for graph in (curated, vocabulary)}
    add_derived(derived, corpus, totals, sizes, iris)
    if counts:
        counts.state(derived, iris)
    for graph in (curated, derived, vocabulary):
        yield Block(graph.name, ((text, [(subject, text)]) for subject, text in in_order(graph)))


def _extracts(
    corpus: Corpus, names: Names, iris: Iris, with_mentions: bool, work: Kept, parts: Path | None
) -> Iterator[tuple[Records, Extract]]:
    """What each document says."""
    function = extract if with_mentions else extract_apart
    if parts is None:
        rows = [(records,) for records in by_document(corpus, iris)]
        made = work.each(function, rows, names, iris, step=WRITING, basis=lambda row: basis(row[0], names))
        yield from zip((records for (records,) in rows), made, strict=True)
        return
    parts.mkdir(exist_ok=True)
    named = [(records.doc, records) for records in by_document(corpus, iris)]
    written = work.map(write_extract, named, function, names, iris, parts, step=WRITING)
    for (doc, records), found in zip(named, written, strict=True):
        text, paragraphs, mentions = pickle.loads((parts / f"{doc.id}.graph").read_bytes())
        yield records, replace(found, text=text, paragraphs=paragraphs, rows=mentions)


def write_extract(
    doc: Document,
    records: Records,
    function: Callable[[Records, Names, Iris], Extract],
    names: Names,
    iris: Iris,
    parts: Path,
) -> Extract:
    """The named graph of one document into a file of a folder, and what it adds to the others."""
    found = function(records, names, iris)
    data = pickle.dumps((found.text, found.paragraphs, found.rows))
    write_bytes(parts / f"{doc.id}.graph", data)
    return replace(found, text="", paragraphs=(), rows=())


def write_files(
    corpus: Corpus,
    trig: Path,
    glossary: Path,
    iris: Iris,
    mentions: Path | None = None,
    work: Kept | None = None,
    parts: Path | None = None,
    spool: Spool | None = None,
) -> None:
    """Write all named graphs to `trig` and the glossary to `glossary`, the old files staying until the new are whole.

    With a folder `mentions` these go there as Parquet, and not into the graph. With a folder `parts`, which all
    workers see, the graphs of documents wait there and cross to nobody. Who follows the `spool` has all graphs,
    in another order, as soon as they are made.
    """
    tables = None if mentions is None else Parts(mentions, (doc.id for doc in corpus.documents))
    with (
        writing(trig) as file,
        writing(glossary) as told,
        TemporaryDirectory(dir=trig.parent) as folder,
        nullcontext(spool) if spool else spooling(Path(folder, "spool")) as files,
        Collation(trig.parent) as pile,
    ):
        first = bare(iris.document_graph(""))
        made = {first: files.next()}  # by the names by which they are sorted
        for graph in named_graphs(corpus, iris, tables is None, work, parts):
            name = bare(graph.name)
            if tables and graph.document:
                tables.add(graph.document, graph.rows)
            if not name.startswith(
                first
            ):  # one of those that follow from the documents, and come after all of them
                made[name] = files.next()
            _write(graph, made.get(name, made[first]), pile)
        file.write(HEAD.encode())
        for _, part in sorted(made.items()):
            part.seek(0)
            shutil.copyfileobj(part, file, 1 << 20)
        told.write(HEAD.encode())
        told.writelines(text.encode() for text in pile.paragraphs() if _kinds(text) & _KEPT)


def _write(graph: Block, file: IO[bytes], pile: Collation) -> None:
    """A graph into a file, what the glossary has of it onto the pile; nothing where it says nothing."""
    begin = f"\n{graph.name} {{"
    for text, told in graph.pieces:
        if text:
            file.write((begin + text).encode())
            begin = ""
        pile.add(glossary_paragraphs(told))
    if not begin:
        file.write(b"}\n")


def glossary_paragraphs(paragraphs: Iterable[Told]) -> Iterator[Told]:
    """Those of the paragraphs of a graph that are in the glossary, as far as can be told from the one graph."""
    for subject, text in paragraphs:
        text = outdented(text)
        kinds = _kinds(text)
        if kinds and not kinds & _KEPT:
            continue
        if KG.inSection in text:  # it would point at nothing
            said = [(name, value) for _, name, value in read(text) if name != KG.inSection]
            text = outdented(paragraph(f"<{subject}>", said))
        yield subject, text


_KEPT = frozenset(GLOSSARY_CLASSES)


_KINDS = re.compile(rf"\n[^\n]+\n  {RDF.type} (.+?) [;.]\n", re.DOTALL)


def _kinds(text: str) -> frozenset[str]:
    """The classes of the subject of a paragraph of Turtle, which are said first."""
    found = _KINDS.match(text)
    return frozenset(found[1].split(",\n    ")) if found else frozenset()


def _own(components: Sequence[Component]) -> bool:
    """Whether a list is a person's own and stands in no document."""
    return bool(components) and not components[0].span.doc.id
