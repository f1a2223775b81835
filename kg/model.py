"""The records that pass from stage to stage. They hold facts and know no stage.

Every text value is a `Span`: a document and two offsets. Its text is computed, so that no
statement of the program can drift away from the words it came from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from kg.errors import KgError as KgError  # everybody looks for it here


class Kind(StrEnum):
    """What sort of document it is."""

    REPORT = "report"  #: the full text of a report
    ANNOTATED = "annotated"  #: a full text with an editor's explanations
    ABRIDGEMENT = "abridgement"  #: a digest, an excerpt: repeats a report, adds nothing to its counts
    OTHER = "other"  #: a plan, a budget, a decision …


class Voice(StrEnum):
    """Who speaks in a definition."""

    EDITOR = "editor"  #: a box (知识小贴士) that an editor put into the report
    GOVERNMENT = "government"  #: a glossary (名词解释) that the government itself appended
    TEXT = "text"  #: the running text of the report
    PERSON = "person"  #: whoever decides what a rule got wrong; no document


class Context(StrEnum):
    """Where in a document a mention stands."""

    BODY = "body"
    BOX = "box"
    GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark of the source said about a stretch of the cleaned text (the mark itself is gone).

    `kind` is "heading" or "bold"; `level` counts the # of a heading and is 0 for bold.
    """

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the corpus and its text of record.

    Paragraphs of `text` are separated by one line feed; offsets count Unicode code points.
    A field that is None is unknown. Two documents are equal when their id and text are.
    """

    id: str
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False, compare=False)  #: in the order of the text
    title: str | None = field(default=None, compare=False)
    issuer: str | None = field(default=None, compare=False)
    region: str | None = field(default=None, compare=False)
    level: str | None = field(default=None, compare=False)  #: national, provincial, municipal, county
    year: int | None = field(default=None, compare=False)  #: the report's year
    kind: Kind = field(default=Kind.REPORT, compare=False)
    abridges: str | None = field(default=None, compare=False)  #: the id of the document it abridges
    date: str | None = field(default=None, compare=False)  #: when it was delivered, YYYY-MM-DD
    speaker: str | None = field(default=None, compare=False)
    session: str | None = field(default=None, compare=False)
    publisher: str | None = field(default=None, compare=False)
    url: str | None = field(default=None, compare=False)
    licence: str | None = field(default=None, compare=False)

    @property
    def sha256(self) -> str:
        """The identity of the text of record: the SHA-256 of its UTF-8 form, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text from `start` to `end` (exclusive)."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document: `doc.text[start:end]`.

    >>> doc = Document("d", "做好“六稳”工作")
    >>> doc.span(3, 5).text
    '六稳'
    """

    doc: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.doc.text[self.start : self.end]

    def __contains__(self, other: object) -> bool:
        return (
            isinstance(other, Span)
            and other.doc.id == self.doc.id
            and self.start <= other.start
            and other.end <= self.end
        )


def own_words(text: str) -> Span:
    """A person's words, which stand in no document: a span whose `doc.id` is empty.

    >>> own_words("稳就业").text
    '稳就业'
    """
    return Span(Document("", text), 0, len(text))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it, up to the next heading of its rank or a higher one."""

    span: Span  #: from the heading to the end of the section
    heading: Span
    path: tuple[str, ...]  #: the headings from the outermost to its own
    covers: tuple[int, ...]  #: the years it speaks of; empty where nothing is said


@dataclass(frozen=True, slots=True)
class Glossary:
    """A stretch of a document that explains terms: a box, or an appended list."""

    span: Span  #: its content, without its heading
    heading: Span
    context: Context  #: BOX or GLOSSARY
    voice: Voice
    number: int | None  #: of a box, 1-based in its document


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a definition says that its term comes from."""

    level: str  #: national, provincial, municipal, county
    cue: Span  #: the words that say so


@dataclass(frozen=True, slots=True)
class Branch:
    """One sense of a label that a person splits, and what belongs to it."""

    qualifier: str  #: what tells it from the others: 两山（太行山、吕梁山）
    documents: tuple[str, ...] = ()  #: the ids of the documents that mean this sense
    definitions: tuple[str, ...] = ()  #: words of the definitions that are of this sense


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, as `curated.toml` has it. What does not belong to its kind is empty."""

    do: str  #: add, alias, split, join, reject, components, definition, english or link
    term: str  #: a label, with its qualifier where it is a homonym
    reason: str
    label: str | None = None  #: an English name
    status: str | None = None  #: of an English name: official, proposed or rejected
    source: str | None = None
    year: int | None = None  #: of the source
    date: str | None = None  #: when it was decided, YYYY-MM-DD
    by: str | None = None
    alias: str | None = None
    aliases: tuple[str, ...] = ()
    components: tuple[str, ...] | None = None
    definition: str | None = None  #: a person's own; of what is rejected or split, words of it
    document: str | None = None
    quote: str | None = None  #: words of the document
    start: int | None = None  #: where a mention begins in the document
    other: str | None = None  #: the term that `to` or `with` names
    relation: str | None = None
    senses: tuple[Branch, ...] = ()
    number: int = field(default=0, compare=False)  #: its place in the file, from 1
    line: int | None = field(default=None, compare=False)  #: where it begins in the file


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a decision applies to a corpus."""

    decision: Decision
    stands: bool
    terms: tuple[str, ...] = ()  #: the ids of the concepts that it is about; none where they are gone
    other: str = ""  #: the id of the other concept of a link
    note: str = ""  #: what a person should know, with what to do about it


@dataclass(frozen=True, slots=True)
class Component:
    """One of the things that a slogan counts, as the text spells it."""

    span: Span  #: of no document where a person names what the text does not spell
    group: str | None = None  #: 三去, 一降, 一补
    definition: Span | None = None  #: where the text explains the component too
    decision: Decision | None = None  #: of a person who fixed the list


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its explanation, as a glossary of a document gives it."""

    label: str  #: the core, what a reader would look up
    headword: str  #: as it stands in the text
    headword_span: Span | None  #: None where the text does not state it
    definition: Span
    components: tuple[Component, ...]
    numeral: str | None  #: 3+1+1; None where the slogan counts nothing
    readings: tuple[int, ...]  #: what the numeral can add up to, the first reading first
    expected: int | None  #: the reading that the definition picks
    agrees: bool | None  #: whether numeral and components agree; None where there is nothing to check
    dates: tuple[str, ...]  #: YYYY[-MM[-DD]]
    origin: Origin | None
    glossary: Glossary
    voice: Voice
    rule: str  #: the row of `rules` that read the headword
    split_rule: str | None  #: the row that found the components
    variants: tuple[str, ...] = ()  #: other spellings of the headword seen beside it
    number: int | None = None  #: its number in a numbered glossary, to which marks such as ［3］ refer

    @property
    def doc(self) -> Document:
        return self.definition.doc


@dataclass(frozen=True, slots=True)
class Concept:
    """One sense of a term, with every definition that the corpus gives of it.

    `id` is the local name of its IRI. A concept without entries is a component of another one
    or a candidate: a slogan that is used and never explained.
    """

    id: str
    label: str
    alt_labels: tuple[str, ...] = ()  #: other names
    hidden_labels: tuple[str, ...] = ()  #: other spellings, for search
    qualifier: str | None = None  #: tells it from a homonym
    entries: tuple[Entry, ...] = ()
    candidate: bool = False
    parts: tuple[Component, ...] = ()  #: what a running text lists as its components, where none is defined


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of a term in a document.

    Where nothing tells which of its senses a label has, the mention is open: `concept` is empty and
    `senses` has the ids of all that could be meant.
    """

    span: Span
    term: str  #: the core, without sense mark
    concept: str  #: the id of its concept; empty where it is open
    context: Context
    section: Section | None
    rule: str
    kind: str = "core"
    decided: str = "only"  #: what told its sense: the only one, the words beside it, the document, the issuer
    senses: tuple[str, ...] = ()


class Presence(StrEnum):
    """How a term stands in the full texts of a year."""

    NAMED_WITH_PARTS = "named-with-parts"  #: by its name, and its components are listed in the same text
    NAMED = "named"  #: by its name alone
    LISTED = "listed"  #: all its components in one enumeration, without the name
    ABSENT = "absent"  #: a full text of its issuer is there and does not have it
    UNKNOWN = "unknown"  #: no full text of the year is there


@dataclass(frozen=True, slots=True)
class State:
    """How a concept stands in the full texts of a year."""

    concept: str
    year: int
    presence: Presence
    documents: tuple[
        str, ...
    ]  #: the ids of the full texts that name or list it; where none does, of all of that year


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two concepts, with the words that bear it out.

    `type` is variant, successor, abbreviation, part, homonym, co-mentioned, builds-on or redefinition.
    """

    type: str
    source: str  #: the id of a concept
    target: str
    evidence: tuple[Span, ...]  #: empty only where a person decided
    confidence: float  #: the share of such links that are right, as measured for its rule; 1 of a person's
    rule: str
    added: tuple[str, ...] = ()  #: components that the target has and the source has not
    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    #: what the target is short for, where that is no concept but another name of it; the source is the target then
    long_form: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A field (领域), named by a word of headings, with the sections it is the subject of."""

    name: str
    sections: tuple[Section, ...]
    mentions: tuple[tuple[str, int], ...]  #: how often each concept is said there in full texts, by id


@dataclass(frozen=True, slots=True)
class Tie:
    """Two concepts that the full texts say together more often than chance would; `one` < `other`."""

    one: str
    other: str
    unit: str  #: sentence or section
    together: int  #: units that have both
    expected: float  #: units that would have both by chance, to two digits
    association: (
        float  #: normalised pointwise mutual information, to two places: 0 as by chance, 1 never apart
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a concept stands in the network of ties of one unit."""

    concept: str
    unit: str
    degree: int  #: its ties
    strength: float  #: how much more often than by chance it is said together with others, over all ties
    page_rank: float
    betweenness: float
    core: int  #: the largest k for which it is among concepts with k ties to each other
    sample: int | None = None  #: concepts that its betweenness was estimated from; None where it is exact


class Measure(StrEnum):
    """What terms are ranked by."""

    COUNT = "count"
    DOCUMENTS = "documents"
    YEARS = "years"
    SPAN = "span"
    PAGE_RANK = "pagerank"
    BETWEENNESS = "betweenness"
    STRENGTH = "strength"
    DEGREE = "degree"
    CORE = "core"


@dataclass(frozen=True, slots=True)
class Community:
    """Concepts that hang together more closely than with the rest."""

    name: str  #: the labels of its foremost members
    concepts: tuple[str, ...]  #: the foremost first


class Rewording(StrEnum):
    """What sort of change of wording it is."""

    TARGET = "target"  #: another number for a quantity
    REPLACED = "replaced"  #: a formula changes a word
    ENDED = "ended"
    RETURNED = "returned"
    BEGUN = "begun"
    HARDENED = "hardened"
    SOFTENED = "softened"
    MOVED = "moved"  #: a part of the report stands in another place
    REWORDED = "reworded"  #: a sentence says the same in other words


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the wording from one report to another, where, and how long it had been said."""

    kind: Rewording
    about: str  #: the quantity, the formula, the word of degree, the heading
    was: Span | None  #: the words in the older report
    now: Span | None  #: the words in the newer one
    old: tuple[Span, ...]  #: the sentences that it is told from
    new: tuple[Span, ...]
    weight: float
    years: tuple[int, ...] = ()  #: of all reports of the issuer that say what ended, returned or began
    reports: int = (
        0  #: that said it: up to its end, or since it began, until two lack it; all before it returned
    )
    gap: int = 0  #: how many reports in a row lack it, since it ended or before it returned; of a part, places it moved
    passage: bool = (
        False  #: whether what stood around it is gone with it: it was left out, or the text has a gap
    )


@dataclass(frozen=True, slots=True)
class Step:
    """From one full report of an issuer to the next: the foremost changes of wording, the weightiest first."""

    old: Document
    new: Document
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier that was given to a sense of a label, and by what the sense is known again: a row of the ledger."""

    id: str
    label: str
    qualifier: str | None = None  #: tells it from a homonym; None where it can have none
    gone: bool = False  #: whether the corpus no longer has it
    replaced_by: str | None = None  #: the id of what took its place, where that is known
    components: tuple[str, ...] = ()  #: that its definitions list
    definitions: tuple[str, ...] = ()  #: digests of their texts
    before: tuple[str, ...] = ()  #: nouns right before a label that says nothing by itself
    behind: tuple[str, ...] = ()  #: what stands behind the quotation marks in its headwords
    documents: tuple[str, ...] = ()  #: the ids of those that define it, or, of such a label, say it


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read: what the text half of the program hands to the graph."""

    documents: tuple[Document, ...]
    sections: tuple[Section, ...]
    glossaries: tuple[Glossary, ...]
    concepts: tuple[Concept, ...]
    mentions: tuple[Mention, ...]
    states: tuple[State, ...] = ()
    relations: tuple[Relation, ...] = ()
    open: tuple[Mention, ...] = ()  #: mentions whose sense nothing decides; no count has them
    subjects: tuple[Subject, ...] = ()
    ties: tuple[Tie, ...] = ()
    bridges: frozenset[Tie] = frozenset()  #: ties without which the network would fall apart
    standings: tuple[Standing, ...] = ()
    communities: tuple[Community, ...] = ()
    identifiers: tuple[Identifier, ...] = ()  #: all that were ever given, also to what is gone
    steps: tuple[Step, ...] = ()  #: what changed from each full report to the next of its issuer
    verdicts: tuple[Verdict, ...] = ()  #: on a person's decisions, in the order of their file
