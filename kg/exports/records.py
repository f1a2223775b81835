"""The records of an export: what is told of a term, a relation, a whole glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COMPONENT = "component"  #: the type of a link from a slogan to what it counts


@dataclass(frozen=True, slots=True)
class Name:
    """An English name that a person has given. What is not known of it is empty or None."""

    text: str
    status: str = ""  #: official, proposed or rejected
    source: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a list: what stands there, in which group, what is said of it, and which term it is."""

    text: str
    group: str = ""
    gloss: str = ""
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a document says a term consists of, in a definition or, without one, in its running text.

    `text` and `voice` are empty where there is no definition.
    """

    iri: str
    document: str
    year: int | None
    text: str
    voice: str
    headword: str
    numeral: str
    expected: int | None
    agrees: bool | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term with all that exports tell of it."""

    iri: str
    label: str
    aliases: tuple[str, ...]
    pinyin: str  #: of the label; some readings may be wrong
    role: str  #: slogan (somebody explains it), candidate (used, never explained) or component
    numeral: str
    subjects: tuple[str, ...]
    names: tuple[Name, ...]  #: in English: official ones first, rejected ones last
    definition: str  #: the one for tools that show one
    definitions: tuple[Listed, ...]
    listings: tuple[Listed, ...]
    mentions: int  #: how often full texts name it
    documents: tuple[str, ...]  #: ids of those that name, define or list it
    first: int | None  #: the years in which it is seen, digests included
    last: int | None

    @property
    def lists(self) -> tuple[Listed, ...]:
        """All that has components, the definition of `definition` first."""
        found = [each for each in (*self.definitions, *self.listings) if each.parts]
        return tuple(sorted(found, key=lambda each: each.text != self.definition or not each.text))


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two terms with the words that bear it out; one to a component has none."""

    one: str
    type: str
    other: str
    confidence: float | None = None
    evidence: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a glossary holds: its terms by pinyin, the relations among them, the documents that they are from."""

    title: str
    terms: tuple[Term, ...]
    relations: tuple[Relation, ...]
    documents: tuple[dict[str, Any], ...]

    def labels(self) -> dict[str, str]:
        """The label of each term, by its IRI."""
        return {term.iri: term.label for term in self.terms}


def initial(term: Term) -> str:
    """The letter under which a dictionary lists a term; what begins with a digit comes after Z.

    >>> initial(_EXAMPLE)
    'L'
    """
    letter = (term.pinyin or term.label)[:1].upper()
    return letter if "A" <= letter <= "Z" else "#"


def in_order(term: Term) -> tuple[Any, ...]:
    """The place of a term in a dictionary: by letter, pinyin, characters."""
    letter = initial(term)
    return letter == "#", letter, (term.pinyin or term.label).casefold(), term.label, term.iri


_EXAMPLE = Term(
    iri="t", label="六稳", aliases=(), pinyin="liu wen", role="slogan", numeral="6", subjects=(), names=(),
    definition="", definitions=(), listings=(), mentions=0, documents=(), first=None, last=None,
)  # fmt: skip
