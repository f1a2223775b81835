"""The glossary as RDF: Turtle, JSON-LD, RDF/XML; and the whole dataset as N-Quads.

Triples are sorted, so that the same build gives the same bytes. A glossary that is narrowed to some terms has
what is said of them and nothing that points at the others.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.namespaces import PREFIXES, full
from kg.store import Term

if TYPE_CHECKING:
    from rdflib import Graph

_KG = PREFIXES["kg"]
_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_TERM = NamedNode(_KG + "Term")
_LABEL = NamedNode("http://www.w3.org/2008/05/skos-xl#Label")  #: a name that a person has given
_IN_SECTION = NamedNode(_KG + "inSection")

#: Statements that say of which term a definition, a count and so on is.
_OWNERS = tuple(
    NamedNode(_KG + name)
    for name in (
        "defines", "listingOf", "countOf", "stateOf", "standingOf",
        "tieFrom", "tieTo", "relationFrom", "relationTo",
    )
)  # fmt: skip


def turtle(store: Store, terms: Collection[str] | None = None) -> bytes:
    """The glossary in Turtle, written as the build writes `glossary.ttl`."""
    from kg.turtle import turtle as written

    return written(_rdflib_graph(glossary(store, terms))).encode("utf-8")


def json_ld(store: Store, terms: Collection[str] | None = None) -> bytes:
    """The glossary in JSON-LD 1.1."""
    told = json.loads(_serialized(glossary(store, terms), RdfFormat.JSON_LD), object_hook=_shortened)
    context = dict(sorted(PREFIXES.items()))
    written = json.dumps({"@context": context, "@graph": told}, ensure_ascii=False, indent=1)
    return (written + "\n").encode("utf-8")


def rdf_xml(store: Store, terms: Collection[str] | None = None) -> bytes:
    """The glossary in RDF/XML."""
    written = _serialized(glossary(store, terms), RdfFormat.RDF_XML)
    written = _NAMESPACES.sub(lambda found: b"".join(sorted(_NAMESPACE.findall(found[0]))), written, 1)
    return _XML_LANG.sub(lambda tag: language_tag(tag[0].decode()).encode(), written)


def n_quads(store: Store, terms: Collection[str] | None = None) -> bytes:
    """The whole dataset in N-Quads, a named graph with each statement; or what the glossary says of `terms`."""
    from kg.quads import mention_quads

    quads = [*store, *mention_quads(store)]
    if terms is not None:
        kept = set(glossary(store, terms))
        quads = [quad for quad in quads if quad.triple in kept]
    return "".join(sorted(_line(quad) for quad in quads)).encode("utf-8")


def glossary(store: Store, terms: Collection[str] | None = None) -> list[Triple]:
    """What the glossary says of `terms`, or of all, sorted."""
    told: defaultdict[Term, set[Triple]] = defaultdict(set)
    for quad in store:
        told[quad.subject].add(Triple(quad.subject, quad.predicate, quad.object))
    kinds = {node: {t.object for t in said if t.predicate == _TYPE} for node, said in told.items()}
    kept = {node for node in told if kinds[node] & _glossary_classes()}
    if terms is not None:
        kept = _about(terms, kept, kinds, told)
    dropped = set() if terms is None else set(told) - kept
    return sorted(
        (
            triple
            for node in kept
            for triple in told[node]
            if triple.predicate != _IN_SECTION and triple.object not in dropped
        ),
        key=str,
    )


def _about(
    terms: Collection[str],
    glossary: set[Term],
    kinds: dict[Term, set[Term]],
    told: dict[Term, set[Triple]],
) -> set[Term]:
    """The nodes of a glossary that can be reached from `terms` without passing through another term."""
    wanted: set[Term] = {NamedNode(iri) for iri in terms}
    owners = {node: {t.object for t in told[node] if t.predicate in _OWNERS} for node in glossary}
    others = {node for node in glossary if _TERM in kinds[node] and node not in wanted}
    others |= {node for node, owned in owners.items() if owned - wanted}
    reached = wanted & glossary | {node for node, owned in owners.items() if owned and owned <= wanted}
    fresh = set(reached)
    while fresh:
        near = {triple.object for node in fresh for triple in told[node]}
        fresh = (near & glossary) - others - reached
        reached |= fresh
    return reached


def _glossary_classes() -> set[Term]:
    from kg.trig import GLOSSARY_CLASSES

    return {_LABEL, *(NamedNode(full(each)) for each in GLOSSARY_CLASSES)}


def language_tag(tag: str) -> str:
    """A language tag as the standard writes it: a script has a capital letter (RFC 5646, 2.1.1).

    The store makes tags lower case; to RDF both are the same tag, to many a tool they are not.

    >>> language_tag("zh-hans"), language_tag("zh-latn-pinyin")
    ('zh-Hans', 'zh-Latn-pinyin')
    """
    return _SCRIPT.sub(lambda script: script[0].capitalize(), tag)


_SCRIPT = re.compile(r"(?<=-)[a-z]{4}(?=-|$)")
_NAMESPACES = re.compile(rb'(?: xmlns:\w+="[^"]*")+')  # the writer gives them in no order
_NAMESPACE = re.compile(rb' xmlns:\w+="[^"]*"')
_XML_LANG = re.compile(rb'(?<= xml:lang=")[^"<]+(?=")')  # the writer escapes quotation marks in the text


def _shortened(told: dict[str, Any]) -> dict[str, Any]:
    """An object of JSON-LD with prefixes, as a person would write it."""
    if "@language" in told:
        return told | {"@language": language_tag(told["@language"])}
    return {
        "@type" if name == _TYPE.value else _prefixed(name): [each["@id"] for each in value]
        if name == _TYPE.value
        else _prefixed(value)
        if name == "@id"
        else value
        for name, value in told.items()
    }


def _prefixed(iri: str) -> str:
    """An IRI with its prefix, where what is left is a plain name.

    >>> _prefixed(PREFIXES["skos"] + "prefLabel")
    'skos:prefLabel'
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    name = _PREFIXED.get(iri[:cut])
    return f"{name}:{iri[cut:]}" if name and iri[cut:].isalnum() else iri


_PREFIXED = {iri: name for name, iri in PREFIXES.items()}


def _line(quad: Quad) -> str:
    value = quad.object
    written = str(value)
    if isinstance(value, Literal) and value.language:
        written = f"{Literal(value.value)}@{language_tag(value.language)}"
    return f"{quad.subject} {quad.predicate} {written} {quad.graph_name} .\n"


def _serialized(triples: Iterable[Triple], form: RdfFormat) -> bytes:
    triples = list(triples)
    used = "\n".join(str(triple) for triple in triples)
    prefixes = {name: iri for name, iri in sorted(PREFIXES.items()) if f"<{iri}" in used}
    return serialize(triples, format=form, prefixes=prefixes) or b""


def _rdflib_graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph, URIRef
    from rdflib import Literal as Text

    def node(term: object) -> Any:
        if isinstance(term, NamedNode):
            return URIRef(term.value)
        assert isinstance(term, Literal)  # a build has no blank nodes
        if term.language:
            return Text(term.value, lang=language_tag(term.language))
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        return Text(term.value, datatype=None if plain else URIRef(term.datatype.value))

    graph = Graph()
    for triple in triples:
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    return graph
