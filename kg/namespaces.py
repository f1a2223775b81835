"""The vocabularies that the graph is written in: prefixes, and of each vocabulary the names that the program uses.

A name is the text that stands in a file (`skos:Concept`), so that a statement is written as it is made.
"""

from __future__ import annotations

import re
from functools import cache

#: The prefixes of every file that the program writes, and of every query.
PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "kg": "https://example.org/policy-terms/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# A part of what Turtle allows in a prefixed name, on which no two readers disagree. It takes two thousandths of a
# second to compile, and who only asks a store has no need of it.
_LOCAL = r"[A-Za-z0-9_\u4E00-\u9FFF][A-Za-z0-9_\-\u4E00-\u9FFF]*"
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES.items()}


@cache
def _local() -> re.Pattern[str]:
    return re.compile(_LOCAL)


def named(iri: str) -> str:
    """An IRI as it stands in Turtle: with its prefix, where what is left is a plain name.

    >>> named("http://www.w3.org/2004/02/skos/core#Concept"), named("https://example.org/a")
    ('skos:Concept', '<https://example.org/a>')
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _NAMESPACES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix is not None and _local().fullmatch(iri, cut) else f"<{iri}>"


def full(name: str) -> str:
    """The IRI of what stands in Turtle.

    >>> full("skos:Concept"), full("<https://example.org/a>")
    ('http://www.w3.org/2004/02/skos/core#Concept', 'https://example.org/a')
    """
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Namespace:
    """A vocabulary: each name that a class below lists is an attribute with the text that stands in a file.

    A name that is not listed is an error, not a new name.
    """

    def __init_subclass__(cls, prefix: str) -> None:
        assert prefix in PREFIXES
        for name in cls.__annotations__:  # plain names all, as names in Python are: `named` need not be asked
            setattr(cls, name, f"{prefix}:{name}")


class BIBO(Namespace, prefix="bibo"):
    Document: str
    DocumentPart: str
    Report: str


class DCAT(Namespace, prefix="dcat"):
    Dataset: str
    Distribution: str
    distribution: str
    mediaType: str


class DCTERMS(Namespace, prefix="dct"):
    PeriodOfTime: str
    conformsTo: str
    creator: str
    date: str
    description: str
    identifier: str
    isPartOf: str
    isReferencedBy: str
    isReplacedBy: str
    language: str
    license: str
    publisher: str
    source: str
    title: str


class ISOTHES(Namespace, prefix="isothes"):
    broaderPartitive: str
    narrowerPartitive: str


class OA(Namespace, prefix="oa"):
    Annotation: str
    SpecificResource: str
    TextPositionSelector: str
    TextQuoteSelector: str
    end: str
    exact: str
    hasBody: str
    hasSelector: str
    hasSource: str
    hasTarget: str
    identifying: str
    motivatedBy: str
    prefix: str
    start: str
    suffix: str


class OWL(Namespace, prefix="owl"):
    deprecated: str


class PROV(Namespace, prefix="prov"):
    Activity: str
    Entity: str
    used: str
    wasDerivedFrom: str
    wasGeneratedBy: str


class QB(Namespace, prefix="qb"):
    ComponentSpecification: str
    DataSet: str
    DataStructureDefinition: str
    Observation: str
    attribute: str
    component: str
    dataSet: str
    dimension: str
    measure: str
    order: str
    structure: str


class RDF(Namespace, prefix="rdf"):
    value: str
    type = "a"  # the word that Turtle has for it; in the order of a paragraph it comes first


class RDFS(Namespace, prefix="rdfs"):
    label: str


class SDO(Namespace, prefix="schema"):
    item: str
    position: str
    url: str


class SKOS(Namespace, prefix="skos"):
    Concept: str
    ConceptScheme: str
    altLabel: str
    broader: str
    definition: str
    hasTopConcept: str
    hiddenLabel: str
    inScheme: str
    narrower: str
    prefLabel: str
    topConceptOf: str


class SKOSXL(Namespace, prefix="skosxl"):
    Label: str
    altLabel: str
    literalForm: str
    prefLabel: str


class VOID(Namespace, prefix="void"):
    Dataset: str
    subset: str
    triples: str
    uriSpace: str


class XSD(Namespace, prefix="xsd"):
    anyURI: str
    boolean: str
    date: str
    decimal: str
    gYear: str
    gYearMonth: str
    integer: str
    string: str
