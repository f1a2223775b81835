"""Names: the project's own terms, and the IRIs of everything that the graph speaks of.

The meaning of each term of `KG` is in `ontology/kg.ttl`, which is the authority; a test compares
the two. An IRI of the data is made from facts of the thing itself, never from a running number,
so that a document added later moves no identifier.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, QB, RDF, RDFS, SDO, SKOS, VOID, XSD, DefinedNamespace

from kg.model import KgError

DEFAULT_BASE = "https://example.org/policy-terms/"

#: The ontology, whatever the base of the data.
ONTOLOGY = URIRef("https://example.org/policy-terms/ontology")


class KG(DefinedNamespace):
    """The project's own classes and properties; `ontology/kg.ttl` says what each one means."""

    _NS = Namespace("https://example.org/policy-terms/ontology#")
    _fail = True  # a name that is not listed here is an error, not a new IRI

    Box: URIRef
    Community: URIRef
    Count: URIRef
    Decision: URIRef
    Definition: URIRef
    Evidence: URIRef
    Listing: URIRef
    Mention: URIRef
    OpenMention: URIRef
    Relation: URIRef
    Section: URIRef
    Slot: URIRef
    Standing: URIRef
    State: URIRef
    Subject: URIRef
    Term: URIRef
    Tie: URIRef
    Year: URIRef

    abridges: URIRef
    added: URIRef
    agrees: URIRef
    appearsInYear: URIRef
    applies: URIRef
    association: URIRef
    betweenness: URIRef
    bridge: URIRef
    candidate: URIRef
    confidence: URIRef
    context: URIRef
    coreNumber: URIRef
    count: URIRef
    countOf: URIRef
    coversYear: URIRef
    decidedBy: URIRef
    decides: URIRef
    decisionKind: URIRef
    defines: URIRef
    degree: URIRef
    documentCount: URIRef
    documentKind: URIRef
    dropped: URIRef
    end: URIRef
    evidence: URIRef
    expected: URIRef
    expectedCount: URIRef
    firstAppears: URIRef
    firstState: URIRef
    firstYear: URIRef
    gYear: URIRef
    gloss: URIRef
    glossEnd: URIRef
    glossStart: URIRef
    group: URIRef
    heading: URIRef
    headword: URIRef
    headwordEnd: URIRef
    headwordStart: URIRef
    inCommunity: URIRef
    inContext: URIRef
    inSection: URIRef
    inUnit: URIRef
    inYear: URIRef
    issuer: URIRef
    kept: URIRef
    kind: URIRef
    labelOf: URIRef
    lastYear: URIRef
    length: URIRef
    level: URIRef
    listingOf: URIRef
    mainSubject: URIRef
    mentionsYear: URIRef
    number: URIRef
    numeral: URIRef
    ofKind: URIRef
    originCue: URIRef
    originLevel: URIRef
    pageRank: URIRef
    perTenThousand: URIRef
    possibleTerm: URIRef
    presence: URIRef
    presentIn: URIRef
    readings: URIRef
    reason: URIRef
    region: URIRef
    relationFrom: URIRef
    relationTo: URIRef
    longForm: URIRef
    relationType: URIRef
    reportYear: URIRef
    rule: URIRef
    sampleSize: URIRef
    session: URIRef
    sha256: URIRef
    slot: URIRef
    speaker: URIRef
    splitRule: URIRef
    standingOf: URIRef
    start: URIRef
    stateOf: URIRef
    statedDate: URIRef
    status: URIRef
    strength: URIRef
    subject: URIRef
    tieFrom: URIRef
    tieTo: URIRef
    together: URIRef
    voice: URIRef
    year: URIRef


# Vocabularies for which rdflib has no namespace.
BIBO = Namespace("http://purl.org/ontology/bibo/")
ISOTHES = Namespace("http://purl.org/iso25964/skos-thes#")
OA = Namespace("http://www.w3.org/ns/oa#")
SKOSXL = Namespace("http://www.w3.org/2008/05/skos-xl#")

#: The prefixes of every file that the program writes.
PREFIXES: dict[str, str] = {
    "bibo": str(BIBO),
    "dcat": str(DCAT),
    "dct": str(DCTERMS),
    "isothes": str(ISOTHES),
    "kg": str(KG),
    "oa": str(OA),
    "owl": str(OWL),
    "prov": str(PROV),
    "qb": str(QB),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "skos": str(SKOS),
    "skosxl": str(SKOSXL),
    "void": str(VOID),
    "xsd": str(XSD),
}

# What may stand in a segment of an IRI (RFC 3987, `ipchar` in section 2.2) without "%", which
# would be taken for an escape. Ideographs and full-width punctuation are among the `ucschar`.
# The marks that steer writing direction are `ucschar` too, but section 4.1 forbids them.
_FORBIDDEN = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@"
    r"\u00A0-\u200D\u2010-\u2029\u202F-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF"
    r"\U00010000-\U0001FFFD\U00020000-\U0002FFFD\U00030000-\U0003FFFD]"
)
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#]")


def local_name(text: str) -> str:
    """`text` as one segment of an IRI: only what an IRI forbids is percent-encoded (RFC 3987).

    >>> local_name("两山（太行山、吕梁山）")
    '两山（太行山、吕梁山）'
    >>> local_name("1+N 政策/100%")
    '1+N%20政策%2F100%25'
    """
    return _FORBIDDEN.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8")), text)


def digest(*parts: str | int) -> str:
    """An identifier made of facts: the first 16 hexadecimal digits of SHA-256 over the joined parts."""
    return hashlib.sha256("\n".join(str(part) for part in parts).encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of the data, under one base.

    `base` is an absolute IRI that ends in / or #; anything else raises `KgError`.

    >>> str(Iris().term("六稳"))
    'https://example.org/policy-terms/term/六稳'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise KgError(
                f"The base IRI {self.base!r} cannot be used: give an absolute IRI that ends in / or #, "
                f"such as {DEFAULT_BASE}"
            )

    def _iri(self, *segments: str | int) -> URIRef:
        return URIRef(self.base + "/".join(local_name(str(segment)) for segment in segments))

    # what the graph is about

    @property
    def scheme(self) -> URIRef:
        """The concept scheme that holds every term."""
        return self._iri("scheme")

    def term(self, concept: str) -> URIRef:
        """The term with the concept id `concept`."""
        return self._iri("term", concept)

    def year(self, year: int) -> URIRef:
        """A calendar year."""
        return self._iri("year", year)

    # what the texts hold

    def document(self, doc: str) -> URIRef:
        """The document with the id `doc`."""
        return self._iri("doc", doc)

    def section(self, doc: str, path: Iterable[str], ordinal: int) -> URIRef:
        """The section of `doc` under the headings `path`; of several under the same ones, that number."""
        return self._iri("doc", doc, "section", digest(ordinal, *path))

    def box(self, doc: str, number: int) -> URIRef:
        """The box `number` of `doc` that explains terms."""
        return self._iri("doc", doc, "box", number)

    def glossary(self, doc: str, number: int) -> URIRef:
        """The appended glossary of `doc`; of several, that number."""
        return self._iri("doc", doc, "glossary", number)

    def definition(self, doc: str, facts: Iterable[str], ordinal: int) -> URIRef:
        """The definition that `doc` gives: `facts` are the concept and the words."""
        return self._iri("definition", digest(doc, ordinal, *facts))

    def listing(self, doc: str, facts: Iterable[str]) -> URIRef:
        """The list that the running text of `doc` gives of what a concept counts: `facts` as of a definition."""
        return self._iri("listing", digest(doc, *facts))

    def slot(self, list_: URIRef, position: int) -> URIRef:
        """The place `position` (from 1) in the list that a definition or a listing gives."""
        return URIRef(f"{list_}/slot/{position}")

    def mention(self, doc: str, facts: Iterable[str], ordinal: int) -> URIRef:
        """The mention in `doc`: `facts` are the concept, and the words before it, its own and those behind it."""
        return self._iri("mention", digest(doc, ordinal, *facts))

    def mention_part(self, mention: URIRef, part: str) -> URIRef:
        """A part of a mention: `target`, `quote` or `position`."""
        return URIRef(f"{mention}/{part}")

    # what a person decides

    def decision(self, *facts: str) -> URIRef:
        """The decision that says these facts."""
        return self._iri("decision", digest(*facts))

    def label(self, concept: str, text: str) -> URIRef:
        """The English name `text` of `concept`, as a thing of its own."""
        return self._iri("label", digest(concept, "en", text))

    def own_definition(self, concept: str) -> URIRef:
        """The definition of `concept` that a person gives."""
        return self._iri("definition", digest("person", concept))

    def own_listing(self, concept: str) -> URIRef:
        """The list of what `concept` counts that a person gives and no text has."""
        return self._iri("listing", digest("person", concept))

    # what is derived

    def cube(self, name: str) -> URIRef:
        """The data set of all observations of one sort: `counts`, `ties` or `standings`."""
        return self._iri(name)

    def cube_structure(self, name: str) -> URIRef:
        """The structure of a data set: its dimensions and measures."""
        return self._iri(name, "structure")

    def cube_component(self, name: str, component: str) -> URIRef:
        """A dimension or measure in the structure of a data set."""
        return self._iri(name, "structure", component)

    def count(self, concept: str, year: int, context: str, kind: str) -> URIRef:
        """The count of one kind of mention of `concept` in one year and one context."""
        return self._iri("count", digest(concept, year, context, kind))

    def tie(self, one: str, other: str, unit: str) -> URIRef:
        """The tie between two concepts within sentences or sections."""
        return self._iri("tie", digest(one, other, unit))

    def standing(self, concept: str, unit: str) -> URIRef:
        """How `concept` stands in the network of sentences or of sections."""
        return self._iri("standing", digest(concept, unit))

    def community(self, concepts: Iterable[str]) -> URIRef:
        """The community of these concepts."""
        return self._iri("community", digest(*sorted(concepts)))

    def subject(self, name: str) -> URIRef:
        """A field of government, by its name."""
        return self._iri("subject", name)

    def state(self, concept: str, year: int) -> URIRef:
        """How `concept` stands in the full texts of one year."""
        return self._iri("state", digest(concept, year))

    def relation(self, type_: str, source: str, target: str) -> URIRef:
        """The link of one type from the concept `source` to the concept `target`."""
        return self._iri("relation", digest(type_, source, target))

    def evidence(self, relation: URIRef, number: int) -> URIRef:
        """The words `number` (from 1) that bear out `relation`."""
        return URIRef(f"{relation}/evidence/{number}")

    @property
    def dataset(self) -> URIRef:
        """The whole of the data."""
        return self._iri("dataset")

    @property
    def extraction(self) -> URIRef:
        """The activity that read the documents."""
        return self._iri("activity", "extraction")

    # named graphs

    def document_graph(self, doc: str) -> URIRef:
        """The graph of all that `doc` says; it is replaced as a whole when `doc` changes."""
        return self._iri("graph", "doc", doc)

    @property
    def vocabulary_graph(self) -> URIRef:
        """The graph of the scheme and its terms."""
        return self._iri("graph", "vocabulary")

    @property
    def curated_graph(self) -> URIRef:
        """The graph of what a person decided."""
        return self._iri("graph", "curated")

    @property
    def derived_graph(self) -> URIRef:
        """The graph of what follows from the others: years, counts, descriptions."""
        return self._iri("graph", "derived")
