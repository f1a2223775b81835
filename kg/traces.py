"""Document + what the corpus knows → its traces: what it says by name, then what it says in other ways.

Between the two the corpus learns from all names which parts a long form spells out. What years, ties and links
rest on is told of each document, too, so that a corpus only has to add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kg.history import Listings
from kg.mentions import Finder, find_mentions
from kg.model import Document, Glossary, Mention, Section
from kg.references import Own, Register, find_references
from kg.relations import find_hints
from kg.relations.grounds import Hints
from kg.ties import Tally, tally


@dataclass(frozen=True, slots=True)
class Names:
    """What a document says by name."""

    mentions: tuple[Mention, ...]
    hints: Hints


@dataclass(frozen=True, slots=True)
class Trace:
    """What a document says in other ways, and what it says together."""

    mentions: tuple[Mention, ...]  #: listings first, then references
    tally: Tally


def find_names(
    doc: Document, sections: Sequence[Section], glossaries: Sequence[Glossary], finder: Finder
) -> Names:
    """The mentions of a document by the names of terms. Sections and glossaries are its own."""
    mentions = find_mentions(doc, finder, sections, glossaries)
    return Names(mentions, find_hints(doc, {mention.term for mention in mentions if mention.concept}))


def in_values(mentions: Iterable[Mention]) -> list[tuple[object, ...]]:
    """All that is known of mentions of one document, beside the document, in values that show all of it."""
    return [_values(mention) for mention in mentions]


_values = attrgetter(
    "span.start", "span.end", "term", "concept", "context._value_", "rule", "kind", "decided", "senses"
)


def trace(
    doc: Document,
    sections: Sequence[Section],
    glossaries: Sequence[Glossary],
    named: Sequence[Mention],
    own: Own | None,
    register: Register,
    listings: Listings,
) -> Trace:
    """The other mentions of a document, and what it says together; all but the last two are its own."""
    listed = listings.find(doc, sections, glossaries)
    references = find_references(doc, register, named, sections, glossaries, own)
    return Trace((*listed, *references), tally(doc, sections, named))
