"""Names: the project's own terms, and the IRIs of everything that the graph speaks of.

The meaning of each name of `KG` is in `ontology/kg.ttl`, which is the authority; a test compares
the two. An IRI of the data is made from facts of the thing itself, never from a running number,
so that a document added later moves no identifier.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import KgError
from kg.namespaces import Namespace

DEFAULT_BASE = "https://example.org/policy-terms/"

#: The ontology, whatever the base of the data.
ONTOLOGY = "<https://example.org/policy-terms/ontology>"


class KG(Namespace, prefix="kg"):
    """The project's own classes and properties; `ontology/kg.ttl` says what each one means."""

    Box: str
    Community: str
    Count: str
    Decision: str
    Definition: str
    Evidence: str
    Listing: str
    Mention: str
    OpenMention: str
    Quotation: str
    Relation: str
    Rewording: str
    Section: str
    Slot: str
    Standing: str
    State: str
    Subject: str
    Term: str
    Tie: str
    Year: str

    about: str
    abridges: str
    added: str
    agrees: str
    appearsInYear: str
    applies: str
    association: str
    betweenness: str
    bridge: str
    candidate: str
    concerns: str
    confidence: str
    context: str
    coreNumber: str
    count: str
    countOf: str
    coversYear: str
    decidedBy: str
    decides: str
    decisionKind: str
    defines: str
    degree: str
    documentCount: str
    documentKind: str
    dropped: str
    end: str
    evidence: str
    expected: str
    expectedCount: str
    firstAppears: str
    firstState: str
    firstYear: str
    gap: str
    gYear: str
    gloss: str
    glossEnd: str
    glossStart: str
    group: str
    heading: str
    headword: str
    headwordEnd: str
    headwordStart: str
    inCommunity: str
    inContext: str
    inSection: str
    inUnit: str
    inYear: str
    issuer: str
    kept: str
    kind: str
    labelOf: str
    lastYear: str
    length: str
    level: str
    listingOf: str
    mainSubject: str
    mentionCount: str
    mentionedOutside: str
    mentionsYear: str
    newer: str
    newerReport: str
    now: str
    number: str
    numeral: str
    ofKind: str
    older: str
    olderReport: str
    originCue: str
    originLevel: str
    pageRank: str
    perTenThousand: str
    possibleTerm: str
    presence: str
    presentIn: str
    quotedCount: str
    rank: str
    readings: str
    reason: str
    region: str
    relationFrom: str
    relationTo: str
    longForm: str
    relationType: str
    reportCount: str
    reportYear: str
    rewordingKind: str
    rule: str
    saidInYear: str
    sampleSize: str
    session: str
    sha256: str
    slot: str
    speaker: str
    splitRule: str
    standingOf: str
    start: str
    stateOf: str
    statedDate: str
    status: str
    strength: str
    subject: str
    tieFrom: str
    tieTo: str
    together: str
    voice: str
    was: str
    year: str


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
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=1 << 16)  # the same terms, documents and years are named again and again
def _iri(base: str, *segments: str | int) -> str:
    return f"<{base}{'/'.join(local_name(str(segment)) for segment in segments)}>"


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of the data, under one base, as they stand in Turtle.

    `base` is an absolute IRI that ends in / or #; anything else raises `KgError`.

    >>> Iris().term("六稳")
    '<https://example.org/policy-terms/term/六稳>'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise KgError(
                f"The base IRI {self.base!r} cannot be used: give an absolute IRI that ends in / or #, "
                f"such as {DEFAULT_BASE}"
            )

    def facts(self) -> Iterator[tuple[str, object]]:
        """The base, which concerns every text."""
        yield "", self.base

    def _iri(self, *segments: str | int) -> str:
        return _iri(self.base, *segments)

    def _made(self, kind: str, *facts: str | int) -> str:
        """The IRI of a thing of this kind that is named by facts: nothing of a digest needs to be escaped."""
        return f"<{self.base}{kind}/{digest(*facts)}>"

    # what the graph is about

    @property
    def scheme(self) -> str:
        """The concept scheme that holds every term."""
        return self._iri("scheme")

    def term(self, concept: str) -> str:
        """The term with the concept id `concept`."""
        return self._iri("term", concept)

    def year(self, year: int) -> str:
        """A calendar year."""
        return self._iri("year", year)

    # what the texts hold

    def document(self, doc: str) -> str:
        """The document with the id `doc`."""
        return self._iri("doc", doc)

    def section(self, doc: str, path: Iterable[str], ordinal: int) -> str:
        """The section of `doc` under the headings `path`; of several under the same ones, that number."""
        return self._iri("doc", doc, "section", digest(ordinal, *path))

    def box(self, doc: str, number: int) -> str:
        """The box `number` of `doc` that explains terms."""
        return self._iri("doc", doc, "box", number)

    def glossary(self, doc: str, number: int) -> str:
        """The appended glossary of `doc`; of several, that number."""
        return self._iri("doc", doc, "glossary", number)

    def definition(self, doc: str, facts: Iterable[str], ordinal: int) -> str:
        """The definition that `doc` gives: `facts` are the concept and the words."""
        return self._made("definition", doc, ordinal, *facts)

    def listing(self, doc: str, facts: Iterable[str]) -> str:
        """The list that the running text of `doc` gives of what a concept counts: `facts` as of a definition."""
        return self._made("listing", doc, *facts)

    def slot(self, list_: str, position: int) -> str:
        """The place `position` (from 1) in the list that a definition or a listing gives."""
        return f"{list_[:-1]}/slot/{position}>"

    def mention(self, doc: str, facts: Iterable[str], ordinal: int) -> str:
        """The mention in `doc`: `facts` are the concept, and the words before it, its own and those behind it."""
        return self._made("mention", doc, ordinal, *facts)

    def mention_part(self, mention: str, part: str) -> str:
        """A part of a mention: `target`, `quote` or `position`."""
        return f"{mention[:-1]}/{part}>"

    # what a person decides

    def decision(self, *facts: str) -> str:
        """The decision that says these facts."""
        return self._made("decision", *facts)

    def label(self, concept: str, text: str) -> str:
        """The English name `text` of `concept`, as a thing of its own."""
        return self._made("label", concept, "en", text)

    def own_definition(self, concept: str) -> str:
        """The definition of `concept` that a person gives."""
        return self._made("definition", "person", concept)

    def own_listing(self, concept: str) -> str:
        """The list of what `concept` counts that a person gives and no text has."""
        return self._made("listing", "person", concept)

    # what is derived

    def cube(self, name: str) -> str:
        """The data set of all observations of one sort: `counts`, `ties` or `standings`."""
        return self._iri(name)

    def cube_structure(self, name: str) -> str:
        """The structure of a data set: its dimensions and measures."""
        return self._iri(name, "structure")

    def cube_component(self, name: str, component: str) -> str:
        """A dimension or measure in the structure of a data set."""
        return self._iri(name, "structure", component)

    def count(self, concept: str, year: int, context: str, kind: str) -> str:
        """The count of one kind of mention of `concept` in one year and one context."""
        return self._made("count", concept, year, context, kind)

    def tie(self, one: str, other: str, unit: str) -> str:
        """The tie between two concepts within sentences or sections."""
        return self._made("tie", one, other, unit)

    def standing(self, concept: str, unit: str) -> str:
        """How `concept` stands in the network of sentences or of sections."""
        return self._made("standing", concept, unit)

    def community(self, concepts: Iterable[str]) -> str:
        """The community of these concepts."""
        return self._made("community", *sorted(concepts))

    def subject(self, name: str) -> str:
        """A field of government, by its name."""
        return self._iri("subject", name)

    def state(self, concept: str, year: int) -> str:
        """How `concept` stands in the full texts of one year."""
        return self._made("state", concept, year)

    def relation(self, type_: str, source: str, target: str) -> str:
        """The link of one type from the concept `source` to the concept `target`."""
        return self._made("relation", type_, source, target)

    def rewording(self, old: str, new: str, *facts: str | int) -> str:
        """What changed in the wording from the document `old` to `new`: `facts` are what, and where."""
        return self._made("rewording", old, new, *facts)

    def quotation(self, rewording: str, side: str, number: int) -> str:
        """The sentence `number` (from 1) of the `older` or the `newer` report that a rewording is told from."""
        return f"{rewording[:-1]}/{side}/{number}>"

    def evidence(self, relation: str, number: int) -> str:
        """The words `number` (from 1) that bear out `relation`."""
        return f"{relation[:-1]}/evidence/{number}>"

    @property
    def dataset(self) -> str:
        """The whole of the data."""
        return self._iri("dataset")

    @property
    def mentions(self) -> str:
        """The mentions, where they are tables beside the graph and not in it."""
        return self._iri("mentions")

    @property
    def extraction(self) -> str:
        """The activity that read the documents."""
        return self._iri("activity", "extraction")

    # named graphs

    def document_graph(self, doc: str) -> str:
        """The graph of all that `doc` says; it is replaced as a whole when `doc` changes."""
        return self._iri("graph", "doc", doc)

    @property
    def vocabulary_graph(self) -> str:
        """The graph of the scheme and its terms."""
        return self._iri("graph", "vocabulary")

    @property
    def curated_graph(self) -> str:
        """The graph of what a person decided."""
        return self._iri("graph", "curated")

    @property
    def derived_graph(self) -> str:
        """The graph of what follows from the others: years, counts, descriptions."""
        return self._iri("graph", "derived")
