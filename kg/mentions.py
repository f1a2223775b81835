"""Document + lexicon → mentions: every occurrence of a core, wherever it stands.

One automaton finds all forms in one pass. A hit counts when no ASCII letter or digit touches an
end that is one; of hits that overlap, the leftmost and then the longest stays, so that 五湖 is not
found in 两山七河五湖, while 一国两制 is in 和平统一、一国两制. A group label inside the definition of its slogan is no mention. Where a form has
several senses, `kg.senses` decides; where nothing decides, the mention stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import daachorse

from kg.lexicon import Lexicon
from kg.model import Concept, Context, Document, Glossary, Mention, Section
from kg.rules import in_quotes
from kg.senses import ONLY, decide
from kg.words import is_torn

_DIGITS = "〇零一二三四五六七八九"  #: of 一九七一年, in which 七一 is no term


@dataclass(frozen=True, slots=True)
class Finder:
    """A lexicon, ready to be looked for."""

    lexicon: Lexicon
    forms: tuple[str, ...]
    automaton: daachorse.CharwiseDoubleArrayAhoCorasick | None
    concepts: dict[str, Concept]


def make_finder(lexicon: Lexicon) -> Finder:
    """The automaton of a lexicon's forms, made once for all documents."""
    forms = tuple(lexicon.forms)
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(forms)) if forms else None
    return Finder(lexicon, forms, automaton, {c.id: c for c in lexicon.concepts})


def find_mentions(
    doc: Document, finder: Finder, sections: Sequence[Section] = (), glossaries: Sequence[Glossary] = ()
) -> tuple[Mention, ...]:
    """The mentions of a document, in order.

    >>> from kg.lexicon import Lexicon
    >>> lexicon = Lexicon((Concept("五湖", "五湖"), Concept("111", "111")), {"五湖": ("五湖",), "111": ("111",)}, frozenset())
    >>> [m.term for m in find_mentions(Document("d", "开展“五湖”治理，改造1112公里"), make_finder(lexicon))]
    ['五湖']
    """
    if finder.automaton is None:
        return ()
    own = [s for s in sections if s.span.doc.id == doc.id]
    boxes = [g for g in glossaries if g.span.doc.id == doc.id]
    starts = [s.span.start for s in own]
    mentions = []
    for start, end, form in _with_pieces(doc, _hits(doc, finder)):
        senses = [finder.concepts[i] for i in finder.lexicon.forms[form]]
        if not senses or (doc.id, start, end) in finder.lexicon.slots:
            continue
        place = doc.span(start, end)
        if not in_quotes(doc.text, start, end) and is_torn(doc.text, start, end):
            continue
        told = finder.lexicon.senses.get(form, ())
        decision = decide(place, told) if len(senses) > 1 else ONLY
        concept = senses[decision.sense or 0]
        is_open = decision.sense is None
        mentions.append(
            Mention(
                span=place,
                term=concept.label,
                concept="" if is_open else concept.id,
                context=_context(boxes, start),
                section=_section(own, starts, start),
                rule="core" if form == concept.label else "written-form",
                decided=decision.by,
                senses=tuple(sense.id for sense in senses) if is_open else (),
            )
        )
    return tuple(mentions)


def _hits(doc: Document, finder: Finder) -> list[tuple[int, int, str]]:
    """Occurrences of forms whose ends are whole, longest first at each place."""
    text = doc.text
    assert finder.automaton is not None
    hits = [
        (start, end, finder.forms[number])
        for start, end, number in finder.automaton.find_overlapping(text)
        if not _touches(text, start - 1, start) and not _touches(text, end, end - 1)
    ]
    return sorted(hits, key=lambda hit: (hit[0], -hit[1]))


def _touches(text: str, outside: int, inside: int) -> bool:
    """Whether a hit that ends with an ASCII letter or digit, or with a Chinese digit, goes on with another one."""
    if not 0 <= outside < len(text):
        return False
    pair = text[outside] + text[inside]
    return (pair.isascii() and pair.isalnum()) or all(c in _DIGITS for c in pair)


def _with_pieces(doc: Document, hits: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The leftmost and longest hits; and within one that joins slogans with 、, those that are a whole piece of it."""
    reached, longest = 0, (0, 0)
    for start, end, form in hits:
        if start >= reached:
            yield start, end, form
            reached, longest = end, (start, end)
        elif _is_piece(doc.text, (start, end), longest):
            yield start, end, form


def _is_piece(text: str, inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether a stretch is all that stands between two 、 of another, or between one and an end.

    >>> _is_piece("和平统一、一国两制", (5, 9), (0, 9)), _is_piece("两新一重", (0, 2), (0, 4))
    (True, False)
    """
    begins = inner[0] == outer[0] or text[inner[0] - 1] == "、"
    ends = inner[1] == outer[1] or text[inner[1]] == "、"
    return begins and ends and outer[0] <= inner[0] < inner[1] <= outer[1] and inner != outer


def _context(boxes: Sequence[Glossary], place: int) -> Context:
    return next((g.context for g in boxes if g.heading.start <= place < g.span.end), Context.BODY)


def _section(sections: Sequence[Section], starts: Sequence[int], place: int) -> Section | None:
    """The innermost section that holds a place: the last to begin before it that has not ended."""
    for i in range(bisect_right(starts, place) - 1, -1, -1):
        if place < sections[i].span.end:
            return sections[i]
    return None
