"""A built graph as files for other tools: a row for each format, and how a file's name says which it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.exports import booklets, decks, graphs, references, spreadsheets, tables, tbx, word
from kg.exports.contents import contents
from kg.exports.records import Contents
from kg.exports.scopes import EVERYTHING, Scope, scope
from kg.model import KgError

__all__ = ["EVERYTHING", "FORMATS", "Format", "Scope", "export", "format_of", "scope"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the ending of its files, what it gives, whether it is text, who writes it."""

    name: str
    ending: str
    what: str
    text: bool
    write: Callable[[Store, Scope], bytes]


def _told(write: Callable[[Contents], bytes]) -> Callable[[Store, Scope], bytes]:
    """A writer of what exports tell, as a writer of a store."""

    def written(store: Store, scope: Scope) -> bytes:
        told = contents(store, scope)
        if not told.terms:
            raise KgError("nothing to export: no term is what was asked for; ask for less at once")
        return write(told)

    return written


def _graph(write: Callable[[Store, Collection[str] | None], bytes]) -> Callable[[Store, Scope], bytes]:
    return lambda store, scope: write(store, scope.terms)


def _network(store: Store, scope: Scope) -> bytes:
    from kg.graphml import as_network, graphml

    network = as_network(store)
    if scope.terms is not None:
        network.remove_nodes_from([iri for iri in network if iri not in scope.terms])
    return graphml(network).encode("utf-8")


def _documents(write: Callable[[Contents], bytes]) -> Callable[[Store, Scope], bytes]:
    """A writer of documents alone: those that were asked for, not all that their terms stand in."""

    def written(store: Store, scope: Scope) -> bytes:
        told = contents(store, scope)
        if scope.documents is None:
            return write(told)
        kept = tuple(each for each in told.documents if each["id"] in scope.documents)
        return write(Contents(told.title, told.terms, told.relations, kept))

    return written


#: Every format. Of several with one ending the first is meant, unless the file is called like another one.
FORMATS = (
    Format("ttl", ".ttl", "the glossary in Turtle (SKOS)", True, _graph(graphs.turtle)),
    Format("jsonld", ".jsonld", "the glossary in JSON-LD", True, _graph(graphs.json_ld)),
    Format("rdf", ".rdf", "the glossary in RDF/XML", True, _graph(graphs.rdf_xml)),
    Format("nq", ".nq", "the whole dataset in N-Quads, mentions too", True, _graph(graphs.n_quads)),
    Format("terms", ".csv", "a row for each term; comes back with kg import", True,
           _told(lambda told: spreadsheets.as_csv(tables.terms(told)))),
    Format("relations", ".csv", "a row for each link between terms; comes back with kg import", True,
           _told(lambda told: spreadsheets.as_csv(tables.relations(told)))),
    Format("xlsx", ".xlsx", "a workbook to fill in; comes back with kg import", False,
           _told(spreadsheets.workbook)),
    Format("tbx", ".tbx", "a termbase in TBX-Basic (ISO 30042); comes back with kg import", True,
           _told(tbx.tbx)),
    Format("graphml", ".graphml", "the network of terms, for Gephi", True, _network),
    Format("anki", ".csv", "cards to learn by, for Anki", True, _told(decks.anki)),
    Format("md", ".md", "a booklet by pinyin, in Markdown", True, _told(booklets.markdown)),
    Format("docx", ".docx", "a booklet by pinyin, for Word", False, _told(word.word)),
    Format("bib", ".bib", "the documents in BibTeX", True, _documents(references.bib)),
    Format("gbt7714", ".txt", "the documents as references after GB/T 7714", True,
           _documents(references.gbt7714)),
)  # fmt: skip


def format_of(path: Path, name: str | None = None) -> Format:
    """The format that is called `name`, or the one that the file's name says: `terms.csv`, `anki.csv`, `a.xlsx`.

    Raises `KgError` where there is none.
    """
    if name is not None:
        for each in FORMATS:
            if each.name == name:
                return each
        raise KgError(f"there is no format {name!r}; there are: {', '.join(each.name for each in FORMATS)}")
    fitting = [each for each in FORMATS if each.ending == path.suffix.lower()]
    if not fitting:
        endings = ", ".join(dict.fromkeys(each.ending for each in FORMATS))
        raise KgError(
            f"{path}: what to write is said by the ending ({endings}) or by --to; see kg export --list"
        )
    return next((each for each in fitting if each.name == path.stem.lower()), fitting[0])


def export(store: Store, format: Format, scope: Scope = EVERYTHING) -> bytes:
    """A built graph, or the part of it that is `scope`, in a format. The same build gives the same bytes."""
    return format.write(store, scope)
