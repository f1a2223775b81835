"""Findings: what is not as it should be, in an order that stays, and as a report that can be kept and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from kg.store import Graph, as_turtle
from kg.vocab import DEFAULT_BASE, digest

SEVERITIES = ("error", "warning", "info")  #: the gravest first

BLANK = "(a blank node)"  #: the focus of a finding about a node without a name

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LEVELS = {"error": "Violation", "warning": "Warning", "info": "Info"}

#: The names of shapes and of checks; a shape is written as in `ontology/shapes.ttl`.
_SHAPES, _CHECKS = f"{DEFAULT_BASE}shapes#", f"{DEFAULT_BASE}checks#"
_FINDINGS = f"{DEFAULT_BASE}finding/"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the graph that is not as it should be."""

    severity: str  #: error, warning or info
    check: str  #: the name of the shape, such as Term-prefLabel, or of the check, such as s13-labels-disjoint
    focus: str  #: the thing that was looked at
    message: str  #: what should hold, then what was found
    component: str = field(default="", compare=False)  #: of a shape: which SHACL constraint it broke


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, the gravest first, then by check, focus and message."""
    return tuple(
        sorted(set(findings), key=lambda f: (SEVERITIES.index(f.severity), f.check, f.focus, f.message))
    )


def as_report(findings: Iterable[Finding]) -> str:
    """Findings as a SHACL validation report (W3C Recommendation 20 July 2017, section 3.6) in Turtle.

    A finding is named by what it says, so that the reports of two builds can be compared line by line;
    there are no blank nodes. As the recommendation wants, `sh:conforms` is true only where nothing at
    all was found, be it for information.
    """
    results = sort_findings(findings)
    report = NamedNode(f"{DEFAULT_BASE}report")
    conforms = Literal("false" if results else "true", datatype=NamedNode(f"{_XSD}boolean"))
    triples = [
        Triple(report, NamedNode(f"{_RDF}type"), _sh("ValidationReport")),
        Triple(report, _sh("conforms"), conforms),
    ]
    for found in results:
        name = NamedNode(_FINDINGS + digest(found.severity, found.check, found.focus, found.message))
        check = NamedNode((_SHAPES if found.component else _CHECKS) + found.check)
        triples += [
            Triple(report, _sh("result"), name),
            Triple(name, NamedNode(f"{_RDF}type"), _sh("ValidationResult")),
            Triple(name, _sh("resultSeverity"), _sh(_LEVELS[found.severity])),
            Triple(name, _sh("focusNode"), _node(found.focus)),
            Triple(name, _sh("resultMessage"), Literal(found.message, language="en")),
            # a check is no part of SHACL Core and names itself as the kind of constraint
            Triple(
                name, _sh("sourceConstraintComponent"), _sh(found.component) if found.component else check
            ),
            Triple(name, _sh("sourceShape" if found.component else "sourceConstraint"), check),
        ]
    prefixes = {"sh": _SH, "shape": _SHAPES, "check": _CHECKS, "finding": _FINDINGS}
    return as_turtle(Graph(tuple(sorted(triples, key=str))), prefixes)


def _sh(name: str) -> NamedNode:
    return NamedNode(_SH + name)


def _node(focus: str) -> NamedNode | Literal:
    try:
        return NamedNode(focus)
    except ValueError:  # a literal, or a node without a name
        return Literal(focus)
