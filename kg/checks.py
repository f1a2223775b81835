"""Whether a graph keeps the contract of the vocabulary (`ontology/shapes.ttl`)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, SH, Dataset, Graph
from rdflib.term import Node

from kg.model import KgError
from kg.resources import resource


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in the graph that is not as it should be."""

    severity: str  #: violation, warning or info
    check: str  #: the name of the shape, such as Term-prefLabel
    focus: str  #: the thing that was looked at
    message: str


def read_graph(output: Path) -> Dataset:
    """The graph of the build in the folder `output`; `KgError` where there is none, or it is damaged."""
    path = output / "graph.trig"
    dataset = Dataset()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's parser uses what rdflib gives up
            dataset.parse(path, format="trig")
    except FileNotFoundError:
        raise KgError(f"there is no build in {output}: run `kg build --output {output}` first") from None
    except (SyntaxError, ValueError) as error:
        line = " ".join(str(error).split())[:200]
        raise KgError(f"{path} is not valid TriG, run `kg build --output {output}` again: {line}") from None
    return dataset


def validate(graph: Dataset | Graph) -> list[Finding]:
    """What in `graph` breaks the contract, all its named graphs taken together; sorted.

    The shapes are SHACL Core (W3C Recommendation 20 July 2017). `graph` is not changed, nothing is
    inferred and nothing is fetched.
    """
    import pyshacl

    _, report, _ = pyshacl.validate(_union(graph), shacl_graph=_shapes(), inplace=True)
    assert isinstance(report, Graph), report
    return sorted({_finding(report, result) for result in report.subjects(RDF.type, SH.ValidationResult)})


@cache
def _shapes() -> Graph:
    return Graph().parse(resource("ontology/shapes.ttl"), format="turtle")


def _union(graph: Dataset | Graph) -> Graph:
    """One plain graph: a shape looks at a term and at the document that mentions it together."""
    union = Graph()
    statements = graph.quads() if isinstance(graph, Dataset) else graph
    for subject, predicate, value, *_ in statements:
        union.add((subject, predicate, value))
    return union


def _finding(report: Graph, result: Node) -> Finding:
    value = report.value(result, SH.value)
    message = str(report.value(result, SH.resultMessage))
    return Finding(
        severity=_local(report.value(result, SH.resultSeverity)).lower(),
        check=_local(report.value(result, SH.sourceShape)),
        focus=str(report.value(result, SH.focusNode)),
        message=message if value is None else f"{message} Found: {value}",
    )


def _local(name: Node | None) -> str:
    return str(name).rpartition("#")[2]
