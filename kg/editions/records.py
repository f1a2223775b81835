"""What an annotated edition is made of: the report's own paragraphs, and the boxes behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kg.cards import Group
from kg.editions.places import Paragraph
from kg.readings import Heading


class Terms(StrEnum):
    """Which terms an edition explains."""

    ALL = "all"
    NEW = "new"  #: those that the report's issuer is proven to say for the first time
    UNDEFINED = "undefined"  #: none; those that no document explains are listed


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a report; `key` is its IRI, or its label where only the report has it."""

    key: str
    label: str
    iri: str | None
    candidate: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition as a document gives it; `start` and `end` are its offsets there, None where nothing stands there."""

    text: str
    voice: str  #: editor, government, text or person
    document: str | None  #: its id; None where a person gives it
    title: str | None
    year: int | None
    start: int | None
    end: int | None
    headword: str | None = None
    headword_start: int | None = None
    numeral: str | None = None
    agrees: bool | None = None
    groups: tuple[Group, ...] = ()
    left_out: int = 0  #: characters that were cut off at its end

    @property
    def name(self) -> str:
        """Where it stands: the title, with the year where it does not say it."""
        name = self.title or self.document or ""
        return f"{name}（{self.year}）" if self.year and str(self.year) not in name else name

    @property
    def components(self) -> tuple[str, ...]:
        return tuple(part.text for group in self.groups for part in group.parts)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a running text lists as the parts of a term that nobody defines."""

    parts: tuple[str, ...]
    document: str
    title: str | None
    year: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A text that says a term earlier: of the report's issuer, or of another one."""

    document: str
    title: str | None
    issuer: str | None
    year: int


@dataclass(frozen=True, slots=True)
class Age:
    """How old a term is in the year of the report, by the texts that are there.

    `first` is the earliest text of its issuer that has it, None where that is the report itself. It is proven where
    the issuer's full text of the year before is there, and does not have it.
    """

    year: int
    issuer: str | None
    first: Seen | None
    proven: bool
    elsewhere: Seen | None = (
        None  #: the earliest of another issuer, of an earlier year than all of the report's
    )

    @property
    def is_new(self) -> bool:
        """Whether it is proven that the report is the first of its issuer to say the term."""
        return self.first is None and self.proven

    @property
    def nth(self) -> int:
        """In which year of its life the term is: at least, where that is not proven."""
        return self.year - (self.first.year if self.first else self.year) + 1


@dataclass(frozen=True, slots=True)
class Change:
    """How the parts of a term differ between two years, by the lists of two documents."""

    since: int
    until: int
    document: str  #: the id of the one that is not shown
    title: str | None
    kept: tuple[str, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A term explained, once in an edition; several together where one definition is of all of them.

    `start` and `end` are where the report takes it up; equal where it does not name it.
    """

    number: int  #: from 1, in the order of the boxes
    terms: tuple[Term, ...]
    start: int
    end: int
    meaning: Meaning
    age: Age | None  #: of all its terms; None where these differ, or the year is unknown
    change: Change | None = None

    @property
    def label(self) -> str:
        return "、".join(term.label for term in self.terms)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A term that is named here and explained elsewhere, in the article of that number."""

    label: str
    number: int
    later: bool  #: whether the article comes further on


@dataclass(frozen=True, slots=True)
class Box:
    """What stands behind a paragraph: articles, the way to others, and what nobody explains."""

    behind: int  #: the number of the paragraph, from 0
    articles: tuple[Article, ...]
    pointers: tuple[Pointer, ...]
    unexplained: tuple[int, ...]  #: numbers of what the edition has at its end


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of the report, and the mention in it; `section` are the headings over it."""

    start: int
    end: int
    said_start: int
    said_end: int
    section: str


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A slogan of the report that no document explains, with its sentences."""

    number: int  #: from 1, in the order of the report
    label: str
    iri: str | None
    age: Age | None
    listing: Listing | None
    namesake: Meaning | None  #: another government's definition of that name, which may be of something else
    sentences: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of the report that names a term: the article that explains it, or what is left unexplained."""

    start: int
    end: int
    article: int | None
    unexplained: int | None


@dataclass(frozen=True, slots=True)
class Badge:
    """A word of the edition and what it says at length; `why` may be empty."""

    name: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A report with its boxes. `text` is its text of record, to which all offsets lead that name no other document."""

    id: str
    title: str
    year: int | None
    issuer: str | None
    citation: str
    text: str = field(repr=False)
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    headings: tuple[Heading, ...] = field(repr=False)  #: whole paragraphs, or what paragraphs begin with
    boxes: tuple[Box, ...] = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    unplaced: tuple[Article, ...]  #: what the report itself explains, and nothing in it names
    unexplained: tuple[Unexplained, ...]
    references: Mapping[str, str] = field(repr=False)  #: the citations of the documents quoted, by their ids
    remarks: tuple[Badge, ...] = ()  #: what cannot be told of any term
    notes: tuple[str, ...] = ()  #: what was said when the file was read

    @property
    def body(self) -> str:
        """The report's own text, paragraph by paragraph, without the boxes and lists it has itself."""
        ends = [-1, *(each.end for each in self.paragraphs)]
        return "".join(
            self.text[each.start : each.end]
            if end in (-1, each.start)
            else "\n" + self.text[each.start : each.end]
            for end, each in zip(ends, self.paragraphs, strict=False)
        )

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article, in order."""
        return tuple(article for box in self.boxes for article in box.articles) + self.unplaced
