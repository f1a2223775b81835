"""Drafts → entries: what an explanatory part says of each term.

Core, definition, components, dates, origin; the numeral of the term is held against its components.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.components import Split, glossed, split
from kg.drafts import Draft, find_drafts
from kg.headwords import bold_runs, text_before, variants
from kg.model import Component, Document, Entry, Glossary, Origin, Span
from kg.numerals import Numeral, parse_numeral
from kg.rules import ACTS, DATES, ORIGINS, QUOTED_RUN

_WORD = re.compile(r"\w")
_YEAR = re.compile(r"年(?<=\d{4}年)")  #: what every date has in it, looked for by its last character
_ACT = re.compile(f"{ACTS}|我[省市]")  #: what every origin has in it
#: A component begins and ends with a word or with what encloses words.
_CLEAN = re.compile(r"(?=.*\w)[\w（《“‘「【(][^\n]*(?<=[\w）》”’」】)%％+×])")


def find_entries(glossary: Glossary) -> tuple[Entry, ...]:
    """The entries of an explanatory part, in order.

    >>> from kg.structure import find_glossaries
    >>> text = "做好“六稳”工作。\\n知识小贴士\\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。"
    >>> box, = find_glossaries(Document("d", text))
    >>> entry, = find_entries(box)
    >>> entry.label, entry.numeral, entry.agrees, entry.components[0].span.text
    ('六稳', '6', True, '稳就业')
    """
    before = text_before(glossary)
    bold = bold_runs(before)
    entries = (_entry(glossary, draft, bold) for draft in find_drafts(glossary, before))
    return tuple(
        entry for entry in entries if _WORD.search(entry.label) and _WORD.search(entry.definition.text)
    )


# --- what an entry says --------------------------------------------------------------------------------


def _entry(glossary: Glossary, draft: Draft, bold: Sequence[str]) -> Entry:
    doc = glossary.span.doc
    definition = _definition(doc, draft)
    head, headword = draft.head, draft.head.headword
    several = headword.count("“") > 1
    numeral = parse_numeral(draft.label)
    if (
        "“" in headword
        and (quoted := parse_numeral(headword[headword.index("“") + 1 : headword.index("”")])).readings
    ):
        numeral = quoted  # the label can be the whole headword, and the numeral is that of the core
    if several or draft.owned:
        numeral = Numeral(draft.label, (), (), "none", "several" if several else "owned")
    found = _umbrella(doc, headword, definition) if several else _found(definition, draft, numeral)
    found = _sound(found, definition, numeral)
    components = glossed(found.components, definition)
    return Entry(
        label=draft.label,
        headword=headword,
        headword_span=None if head.label else head.span,
        definition=definition,
        components=components,
        numeral=numeral.formula,
        readings=numeral.readings,
        expected=found.expected,
        agrees=found.agrees,
        dates=tuple(_dates(definition)),
        origin=_origin(definition),
        glossary=glossary,
        voice=glossary.voice,
        rule=head.rule,
        split_rule=found.rule,
        number=draft.number,
        variants=tuple(variants(bold, draft.label, headword)),
    )


def _sound(found: Split, definition: Span, numeral: Numeral) -> Split:
    """A split without what can be no component: outside of the definition, without a word, over a line, twice."""
    kept: list[Component] = []
    text = definition.doc.text
    for component in found.components:
        span = component.span
        whole = span in definition and _CLEAN.fullmatch(text, span.start, span.end)
        if whole and not any(span.start < c.span.end and c.span.start < span.end for c in kept):
            kept.append(component)
    if len(kept) == len(found.components):
        return found
    agrees = len(kept) in numeral.readings if found.agrees is not None else None
    return Split(tuple(kept), len(kept) if agrees else numeral.count, agrees, found.rule)


def _definition(doc: Document, draft: Draft) -> Span:
    text, start, end = doc.text, draft.start, draft.end
    while start < end and text[start] in "\n，：":
        start += 1
    while end > start and text[end - 1] in "\n；，;, ":
        end -= 1
    return doc.span(start, end)


def _found(definition: Span, draft: Draft, numeral: Numeral) -> Split:
    """The components of a draft: paragraphs of their own, or the split of its definition."""
    if not draft.parts:
        return split(definition, draft.label, numeral, _tail(draft))
    count = len(draft.parts)
    agrees = count in numeral.readings
    labels: list[str | None] = [None] * count
    if agrees and len(numeral.parts) > 1 and count == sum(part.n for part in numeral.parts):
        labels = [part.text for part in numeral.parts for _ in range(part.n)]
    components = tuple(replace(c, group=label) for c, label in zip(draft.parts, labels, strict=True))
    return Split(components, count if agrees else numeral.count, agrees, "paragraphs")


def _tail(draft: Draft) -> str:
    """What stands behind the quoted core in a headword: 改革 of “三化三制”改革."""
    headword = draft.head.span.text
    return headword.rpartition("”")[2] if "”" in headword else ""


def _umbrella(doc: Document, headword: str, definition: Span) -> Split:
    """“111”“1331”“136”创新工程: the terms that a headword names, where its definition speaks of them."""
    found = []
    for run in QUOTED_RUN.findall(headword):
        place = doc.text.find(run, definition.start, definition.end)
        if place >= 0:
            found.append(Component(doc.span(place + 1, place + len(run) - 1)))
    return Split(tuple(found), None, None, "umbrella" if found else None)


def _dates(definition: Span) -> list[str]:
    """The dates of a definition, as YYYY[-MM[-DD]], in order, each once."""
    text = definition.text
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for row in DATES if _YEAR.search(text) else ():
        for match in row.pattern.finditer(text):
            place = range(*match.span())
            if not taken.isdisjoint(place):
                continue
            taken.update(place)
            if row.name in ("target", "title"):
                continue
            groups = match.groupdict()
            parts = [f"{int(groups[key]):02}" for key in "ymd" if groups.get(key)]
            found.append((match.start(), "-".join(parts)))
            if groups.get("d2"):
                month = int(groups.get("m2") or groups["m"] or 0)
                found.append((match.start() + 1, f"{parts[0]}-{month:02}-{int(groups['d2'] or 0):02}"))
    return list(dict.fromkeys(date for _, date in sorted(found)))


def _origin(definition: Span) -> Origin | None:
    """Who issued or proposed what the definition explains, by the words that say so."""
    doc = definition.doc
    if not _ACT.search(doc.text, definition.start, definition.end):
        return None
    hits = [
        (row.name, m)
        for row in ORIGINS
        if (m := row.pattern.search(doc.text, definition.start, definition.end))
    ]
    if not hits:
        return None
    level, match = min(hits, key=lambda hit: hit[1].start())
    return Origin(level, doc.span(*match.span()))
