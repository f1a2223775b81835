"""RDF as text: Turtle and TriG in which the same graph is always the same bytes.

rdflib's own writers put a subject before another when more statements point at it, and named
graphs in no order at all; one new document then shuffles the whole file. Here everything is
sorted by code point, one subject a paragraph and one value a line, so that a difference between
two files shows what was added. Only graphs without blank nodes can be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from kg.files import write_text
from kg.vocab import PREFIXES

# A part of what Turtle allows in a prefixed name, on which no two readers disagree.
_LOCAL = re.compile(r"[A-Za-z0-9_\u4E00-\u9FFF][A-Za-z0-9_\-\u4E00-\u9FFF]*")
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}

Triple = tuple[Node, Node, Node]


def turtle(graph: Graph) -> str:
    """`graph` in Turtle. Raises `ValueError` where it has a blank node."""
    return _prefixes() + "".join(_paragraphs(graph, ""))


def trig(dataset: Dataset) -> str:
    """`dataset` in TriG, its named graphs sorted by name. Raises `ValueError` where it has a blank node."""
    blocks = [_prefixes()]
    for graph in sorted(dataset.graphs(), key=lambda graph: str(graph.identifier)):
        if not len(graph):
            continue
        paragraphs = "".join(_paragraphs(graph, "  "))
        if graph.identifier == DATASET_DEFAULT_GRAPH_ID:
            blocks.append(f"\n{{{paragraphs}}}\n")
        else:
            blocks.append(f"\n{_term(graph.identifier)} {{{paragraphs}}}\n")
    return "".join(blocks)


def write_turtle(graph: Graph, path: Path) -> None:
    """Write `graph` to `path`, the old file staying in place until the new one is whole."""
    write_text(path, turtle(graph))


def write_trig(dataset: Dataset, path: Path) -> None:
    """Write `dataset` to `path`, the old file staying in place until the new one is whole."""
    write_text(path, trig(dataset))


def _prefixes() -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))


def _paragraphs(triples: Iterable[Triple], indent: str) -> Iterator[str]:
    """The statements about each subject, as one paragraph."""
    subjects: dict[Node, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        verb = "a" if predicate == RDF.type else _term(predicate)
        subjects.setdefault(subject, {}).setdefault(verb, []).append(_term(value))
    for subject, verbs in sorted(subjects.items(), key=lambda item: str(item[0])):
        # "a" goes first, as it would be read
        lines = [
            f"{indent}  {verb} " + f",\n{indent}    ".join(sorted(verbs[verb]))
            for verb in sorted(verbs, key=lambda verb: (verb != "a", verb))
        ]
        yield f"\n{indent}{_term(subject)}\n" + " ;\n".join(lines) + " .\n"


def _term(term: Node) -> str:
    if isinstance(term, URIRef):
        return _iri(term)
    if isinstance(term, Literal):
        return _literal(term)
    raise ValueError(f"A blank node has no lasting name and cannot be written: {term!r}")


def _iri(iri: str) -> str:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _NAMESPACES.get(iri[:cut])
    if prefix is not None and _LOCAL.fullmatch(iri, cut):
        return f"{prefix}:{iri[cut:]}"
    return f"<{iri}>"


def _literal(literal: Literal) -> str:
    text = str(literal)
    if literal.language:
        return f'"{text.translate(_ESCAPES)}"@{literal.language}'
    if literal.datatype is None or literal.datatype == XSD.string:
        return f'"{text.translate(_ESCAPES)}"'
    bare = _BARE.get(literal.datatype)
    if bare is not None and bare.fullmatch(text):
        return text
    return f'"{text.translate(_ESCAPES)}"^^{_iri(literal.datatype)}'
