"""Document + lexicon → mentions: every occurrence of a core, wherever it stands.

What `kg.hits` finds of the forms counts, but for a group label inside the definition of its slogan and for a
hit that has torn a word apart. Where a form has several senses, `kg.senses` decides; where nothing decides,
the mention stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.hits import HitFinder
from kg.lexicon import Lexicon
from kg.model import Concept, Context, Document, Glossary, Mention, Section
from kg.rules import in_quotes
from kg.senses import ONLY, decide
from kg.words import is_torn


@dataclass(frozen=True, slots=True)
class Finder:
    """A lexicon, ready to be looked for."""

    lexicon: Lexicon
    hits: HitFinder
    concepts: dict[str, Concept]

    def facts(self) -> Iterator[tuple[str, object]]:
        """Each form with its senses and what tells them apart. Which slots a document has, its row has to say."""
        told = {form: [sense.facts() for sense in senses] for form, senses in self.lexicon.senses.items()}
        for form, ids in self.lexicon.forms.items():
            yield form, ([(i, self.concepts[i].label) for i in ids], told.get(form))


def make_finder(lexicon: Lexicon) -> Finder:
    """The automaton of a lexicon's forms, made once for all documents."""
    return Finder(lexicon, HitFinder(lexicon.forms), {c.id: c for c in lexicon.concepts})


def find_mentions(
    doc: Document, finder: Finder, sections: Sequence[Section] = (), glossaries: Sequence[Glossary] = ()
) -> tuple[Mention, ...]:
    """The mentions of a document, in order. Sections and glossaries are those of the document.

    >>> from kg.lexicon import Lexicon
    >>> lexicon = Lexicon((Concept("五湖", "五湖"), Concept("111", "111")), {"五湖": ("五湖",), "111": ("111",)}, frozenset())
    >>> [m.term for m in find_mentions(Document("d", "开展“五湖”治理，改造1112公里"), make_finder(lexicon))]
    ['五湖']
    """
    lexicon = finder.lexicon
    section_starts = [s.span.start for s in sections]
    heading_starts = [g.heading.start for g in glossaries]
    mentions = []
    for start, end, form in finder.hits.find(doc.text):
        senses = lexicon.forms[form]
        if not senses or (doc.id, start, end) in lexicon.slots:
            continue
        if not in_quotes(doc.text, start, end) and is_torn(doc.text, start, end):
            continue
        place = doc.span(start, end)
        decision = decide(place, lexicon.senses.get(form, ())) if len(senses) > 1 else ONLY
        concept = finder.concepts[senses[decision.sense or 0]]
        is_open = decision.sense is None
        mentions.append(
            Mention(
                span=place,
                term=concept.label,
                concept="" if is_open else concept.id,
                context=_context(glossaries, heading_starts, start),
                section=_section(sections, section_starts, start),
                rule="core" if form == concept.label else "written-form",
                decided=decision.by,
                senses=senses if is_open else (),
            )
        )
    return tuple(mentions)


def _context(glossaries: Sequence[Glossary], starts: Sequence[int], place: int) -> Context:
    last = bisect_right(starts, place) - 1
    return glossaries[last].context if last >= 0 and place < glossaries[last].span.end else Context.BODY


def _section(sections: Sequence[Section], starts: Sequence[int], place: int) -> Section | None:
    """The innermost section that holds a place: the last to begin before it that has not ended."""
    for i in range(bisect_right(starts, place) - 1, -1, -1):
        if place < sections[i].span.end:
            return sections[i]
    return None
