"""What a document adds to what follows from all of them: kept while the documents are written one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Document, Kind


@dataclass(frozen=True, slots=True)
class Tally:
    """What one document adds."""

    #: how often each concept is said, by context and kind of mention
    times: Mapping[tuple[str, str, str], int]
    defined: frozenset[str]  #: the ids of the concepts that it defines
    years: frozenset[int]  #: of which it speaks
    parts: frozenset[tuple[str, str]]  #: a concept and what it counts, by the lists of the document
    #: how often it names each concept in quotation marks
    quoted: Mapping[str, int] = field(default_factory=dict)
    #: the concepts that it names outside its own definitions of them; of documents whose mentions are in no graph
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Totals:
    """What all documents add together."""

    length: Counter[int] = field(default_factory=Counter)  #: characters of the full texts of each year
    #: by concept, year, context and kind, how often each full text has it
    times: defaultdict[tuple[str, int, str, str], dict[str, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    #: the years of a concept
    seen: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: how often full texts name a concept in quotation marks
    quoted: Counter[str] = field(default_factory=Counter)
    present: set[tuple[str, str]] = field(default_factory=set)  #: a concept and a digest that names it
    years: set[int] = field(default_factory=set)  #: of which anything is said
    #: what a concept counts
    parts: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add_parts(self, parts: Iterable[tuple[str, str]]) -> None:
        """Add concepts with what they count."""
        for whole, part in parts:
            self.parts[whole].add(part)

    def add(self, doc: Document, tally: Tally) -> None:
        """Add what `doc` adds; an abridgement is present and counts for nothing."""
        named = {concept for concept, _, kind in tally.times if kind == "core"}
        self.years.update(tally.years)
        self.add_parts(tally.parts)
        if doc.kind is Kind.ABRIDGEMENT:
            self.present.update((concept, doc.id) for concept in named)
        else:
            self.quoted.update(tally.quoted)
        if doc.year is None:
            return
        self.years.add(doc.year)
        for concept in named | tally.defined:
            self.seen[concept].add(doc.year)
        if doc.kind is not Kind.ABRIDGEMENT:
            self.length[doc.year] += len(doc.text)
            for (concept, context, kind), times in tally.times.items():
                self.times[concept, doc.year, context, kind][doc.id] = times
