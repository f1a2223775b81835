"""The graph as rdflib knows it, for programs and notebooks; a build writes its files without it.

What each class and property means is said in `ontology/kg.ttl`; how often each may stand, in
`ontology/shapes.ttl`. There are no blank nodes: every node has a name made of facts, so the same
corpus gives the same graph, and a store can replace the graph of one document.
"""

from __future__ import annotations

from functools import lru_cache

from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.util import from_n3

from kg.model import Corpus
from kg.namespaces import PREFIXES, full
from kg.paragraphs import outdented, read
from kg.trig import GLOSSARY_CLASSES, named_graphs
from kg.turtle import write_trig, write_turtle
from kg.vocab import DEFAULT_BASE, KG, Iris

__all__ = ["build_graph", "glossary_graph", "node", "write_trig", "write_turtle"]


def build_graph(corpus: Corpus, base: str = DEFAULT_BASE, with_mentions: bool = True) -> Dataset:
    """The whole graph of `corpus`, in named graphs; its default graph is their union.

    Without its mentions it says where they are; those whose sense is open it has all the same. Raises `KgError` where `base` is not an absolute IRI ending in / or #.
    """
    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    for block in named_graphs(corpus, Iris(base), with_mentions):
        graph = dataset.graph(node(block.name))
        for statement in read(outdented(block.text())):
            graph.add(tuple(map(node, statement)))  # type: ignore[arg-type]
    return dataset


def glossary_graph(dataset: Dataset) -> Graph:
    """The part of `dataset` that answers most questions about terms: all but sections and mentions."""
    glossary = Graph()
    for prefix, namespace in PREFIXES.items():
        glossary.bind(prefix, namespace, replace=True)
    kinds, in_section = map(node, GLOSSARY_CLASSES), node(KG.inSection)
    kept = {s for kind in kinds for s, *_ in dataset.quads((None, RDF.type, kind, None))}
    for subject, predicate, value, _ in dataset.quads():
        if subject in kept and predicate != in_section:  # it would point at nothing
            glossary.add((subject, predicate, value))
    return glossary


@lru_cache(maxsize=1 << 16)
def node(text: str) -> URIRef | Literal:
    """A term of rdflib for one that is text.

    >>> node("skos:Concept"), node('"六稳"@zh-Hans')
    (rdflib.term.URIRef('http://www.w3.org/2004/02/skos/core#Concept'), rdflib.term.Literal('六稳', lang='zh-Hans'))
    """
    if text == "a":
        return RDF.type
    if text in ("true", "false"):
        return Literal(text, datatype=XSD.boolean)
    if text[0] in "+-.0123456789":
        return Literal(text, datatype=XSD.decimal if "." in text else XSD.integer)
    if text[0] != '"':
        return URIRef(full(text))
    words, _, datatype = text.rpartition('"^^')
    if words:
        return Literal(str(from_n3(words + '"')), datatype=URIRef(full(datatype)))
    return from_n3(text)  # type: ignore[return-value]
