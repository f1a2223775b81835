"""Graphs of rdflib as text: Turtle and TriG in which the same graph is always the same bytes.

rdflib's own writers put a subject before another when more statements point at it, and named
graphs in no order at all; one new document then shuffles the whole file. Here a graph is written as
`kg.paragraphs` does it. Only graphs without blank nodes can be written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from kg.files import write_text
from kg.namespaces import named
from kg.paragraphs import HEAD, block, outdented, paragraph
from kg.statements import Statement, quoted, typed

_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}

Triple = tuple[Node, Node, Node]


def turtle(graph: Graph) -> str:
    """`graph` in Turtle. Raises `ValueError` where it has a blank node."""
    return HEAD + outdented(_paragraphs(graph))


def trig(dataset: Dataset) -> str:
    """`dataset` in TriG, its named graphs sorted by name. Raises `ValueError` where it has a blank node."""
    graphs = sorted(dataset.graphs(), key=lambda graph: str(graph.identifier))
    return HEAD + "".join(block(_name(graph), _paragraphs(graph)) for graph in graphs)


def write_turtle(graph: Graph, path: Path) -> None:
    """Write `graph` to `path`, the old file staying in place until the new one is whole."""
    write_text(path, turtle(graph))


def write_trig(dataset: Dataset, path: Path) -> None:
    """Write `dataset` to `path`, the old file staying in place until the new one is whole."""
    write_text(path, trig(dataset))


def _name(graph: Graph) -> str:
    return "" if graph.identifier == DATASET_DEFAULT_GRAPH_ID else _term(graph.identifier)


def _paragraphs(triples: Iterable[Triple]) -> str:
    """The statements about each subject, as one paragraph."""
    said: defaultdict[Node, list[Statement]] = defaultdict(list)
    for subject, predicate, value in triples:
        said[subject].append(("a" if predicate == RDF.type else _term(predicate), _term(value)))
    return "".join(paragraph(_term(subject), said[subject]) for subject in sorted(said, key=str))


def _term(term: Node) -> str:
    if isinstance(term, URIRef):
        return named(term)
    if isinstance(term, Literal):
        return _literal(term)
    raise ValueError(f"A blank node has no lasting name and cannot be written: {term!r}")


def _literal(literal: Literal) -> str:
    text = str(literal)
    if literal.language:
        return f"{quoted(text)}@{literal.language}"
    if literal.datatype is None or literal.datatype == XSD.string:
        return quoted(text)
    bare = _BARE.get(literal.datatype)
    return text if bare is not None and bare.fullmatch(text) else typed(text, named(literal.datatype))
