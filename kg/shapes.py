"""Whether a graph keeps the contract of the vocabulary (`ontology/shapes.ttl`)."""

from __future__ import annotations

import gc
from functools import cache

import pyoxigraph
from rdflib import RDF, SH, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg.findings import BLANK, Finding, sort_findings
from kg.resources import resource


def validate(graph: Dataset | Graph) -> tuple[Finding, ...]:
    """What in `graph` breaks the contract, all its named graphs taken together.

    The shapes are SHACL Core (W3C Recommendation 20 July 2017). `graph` is not changed, nothing is
    inferred and nothing is fetched.
    """
    union = Graph()
    statements = graph.quads() if isinstance(graph, Dataset) else graph
    for subject, predicate, value, *_ in statements:
        union.add((subject, predicate, value))
    return _validate(union)


def validate_store(store: pyoxigraph.Store) -> tuple[Finding, ...]:
    """The same for a store."""
    union = Graph()
    nodes: dict[object, Node] = {}  # one object a name: whoever looks a name up need not compare it
    for quad in store:
        for term in quad.triple:
            if term not in nodes:
                nodes[term] = _node(term)
        union.add((nodes[quad.subject], nodes[quad.predicate], nodes[quad.object]))
    return _validate(union)


def _validate(union: Graph) -> tuple[Finding, ...]:
    """`union` is one plain graph: a shape looks at a term and at the document that mentions it together."""
    import pyshacl

    gc.freeze()  # a large graph is not searched for garbage again and again
    try:
        _, report, _ = pyshacl.validate(union, shacl_graph=_shapes(), inplace=True)
    finally:
        gc.unfreeze()
    assert isinstance(report, Graph), report
    return sort_findings(
        _finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)
    )


@cache
def _shapes() -> Graph:
    return Graph().parse(resource("ontology/shapes.ttl"), format="turtle")


_SEVERITY = {"Violation": "error", "Warning": "warning", "Info": "info"}


def _finding(report: Graph, result: Node) -> Finding:
    value = report.value(result, SH.value)
    message = str(report.value(result, SH.resultMessage))
    return Finding(
        severity=_SEVERITY[_local(report.value(result, SH.resultSeverity))],
        check=_local(report.value(result, SH.sourceShape)),
        focus=_text(report.value(result, SH.focusNode)),
        message=message if value is None else f"{message} Found: {_text(value)}",
        component=_local(report.value(result, SH.sourceConstraintComponent)),
    )


def _text(node: Node | None) -> str:
    return BLANK if isinstance(node, BNode) else str(node)


def _local(name: Node | None) -> str:
    return str(name).rpartition("#")[2]


def _node(term: object) -> Node:
    """A term of the store as one of rdflib."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = URIRef(term.datatype.value)
        # to rdflib a plain literal and a string are two things, as they are not in RDF 1.1
        return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
    assert isinstance(term, pyoxigraph.BlankNode), term  # Turtle and TriG have no triple terms
    return BNode(term.value)
