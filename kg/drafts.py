"""Heads → drafts: where the entries of an explanatory part begin and end.

What has no head goes on with the entry before it. Several heads can share a paragraph, a headword
that stands alone can be explained in the paragraphs behind it, and in a box a sentence inside of an
entry can open another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.cuts import Piece
from kg.headwords import GLOSS, Head, core, find_heads, reversed_heads, sentence_heads
from kg.items import Item
from kg.model import Component, Context, Document, Glossary, Span
from kg.numerals import parse_numeral
from kg.rules import QUOTED_RUN, unquoted


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry with its definition's bounds, before its components are found."""

    head: Head
    start: int
    end: int
    label: str
    parts: tuple[Component, ...] = ()
    number: int | None = None
    owned: bool = False  #: whether an earlier entry owns the core, so that the label is the whole headword


def find_drafts(glossary: Glossary, before: Span) -> tuple[Draft, ...]:
    """The entries of an explanatory part, before what they say is read; `before` is the text before it."""
    doc = glossary.span.doc
    drafts: list[Draft] = []
    found = find_heads(glossary, before)
    block = 0  # paragraphs still to come that explain the parts of the last entry
    for i, (item, head) in enumerate(found):
        if head and block:
            parts = (*drafts[-1].parts, _part(doc, head, item.end))
            drafts[-1] = replace(drafts[-1], end=item.end, parts=parts)
            block -= 1
            continue
        block = 0
        if head:
            for j in range(len(drafts) - 1, max(len(drafts) - 5, -1), -1):
                if _is_umbrella(drafts[j], head):
                    drafts[j] = replace(drafts[j], end=item.end)
            drafts += _from_head(doc, head, item)
            block = _block(head, item, found[i + 1 :])
        elif drafts:
            drafts[-1] = replace(drafts[-1], end=item.end)
        elif reversed_head := next(reversed_heads(doc, item.start, item.end), None):
            drafts.append(Draft(reversed_head, reversed_head.body, reversed_head.stop or item.end, ""))
        if drafts and not block and glossary.context == Context.BOX:
            drafts[-1:] = _inner(doc, drafts[-1], max(item.start, drafts[-1].start))
    return tuple(_owned(drafts))


def _block(head: Head, item: Item, behind: Sequence[tuple[Item, Head | None]]) -> int:
    """How many of the following paragraphs explain the parts of a headword that stands alone on its line.

    As many as the slogan counts, all with a head of their own; none of them counts parts itself,
    unless it carries a head of the slogan.
    """
    if head.label or head.body < item.end:
        return 0
    numeral = parse_numeral(core(head.span.text))
    following = [h for _, h in takewhile(lambda pair: pair[1], behind) if h]
    kinds = "".join(part.head for part in numeral.parts)
    for reading in numeral.readings:
        terms = [unquoted(h.span.text) for h in following[:reading]]
        fits = all(any(c in kinds for c in term) or not parse_numeral(term).readings for term in terms)
        if len(terms) == reading and fits:
            return reading
    return 0


def _part(doc: Document, head: Head, end: int) -> Component:
    """A paragraph that explains a part of the entry before it: its component and gloss."""
    words = head.span
    if QUOTED_RUN.fullmatch(words.text):
        words = doc.span(words.start + 1, words.end - 1)
    return Component(words, None, doc.span(head.body, end))


def _from_head(doc: Document, head: Head, item: Item) -> list[Draft]:
    """The drafts of a paragraph's head. Several quoted runs without a tail are an entry each."""
    start, stop, end = head.span.start, head.span.end, item.end
    runs = [m.span() for m in QUOTED_RUN.finditer(doc.text, start, stop)]
    if len(runs) < 2 or (runs[0][0], runs[-1][1]) != (start, stop):
        return [Draft(head, head.body, end, "", number=item.number)]
    glosses = _own_glosses(doc, runs, head.body, end) or [(head.body, end)] * len(runs)
    return [
        Draft(replace(head, span=doc.span(*run)), *gloss, "", number=item.number)
        for run, gloss in zip(runs, glosses, strict=True)
    ]


def _own_glosses(doc: Document, runs: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """“四旁”为A、B；“五边”为C、D: where each of several heads is explained; none where not all are."""
    if any(doc.text.find(doc.text[a:b], start, end) < 0 for a, b in runs):
        return []
    opened = [
        re.compile(f"{re.escape(doc.text[a:b])}{GLOSS}", re.X).search(doc.text, start, end) for a, b in runs
    ]
    if not all(opened):
        return []
    starts = [match.start() for match in opened if match]
    return [
        (match.end(), min((s for s in starts if s > match.start()), default=end)) for match in opened if match
    ]


def _inner(doc: Document, draft: Draft, begin: int) -> list[Draft]:
    """A draft, and the entries that sentences inside of its paragraph open."""
    if draft.head.rule == "implicit" or draft.parts:
        return [draft]
    own = unquoted(draft.head.headword)
    found: list[Head] = []
    for head in sentence_heads(doc, begin, draft.end):
        words = head.span.text
        term = words[1 : words.index("”")]
        if unquoted(words) == own or re.fullmatch(r"\d{1,2}|[A-Za-z]", term):
            continue
        if term in own and not _names(draft, term, words):
            continue
        if doc.text[head.span.start - 1] != "：" or _is_umbrella(draft, head):
            found.append(head)
    for head in reversed_heads(doc, max(begin, draft.start), draft.end):
        if unquoted(head.span.text) not in own:
            found.append(head)
    drafts = [draft]
    for head in sorted(found, key=lambda h: h.body):
        if head.stop is not None:
            last = max(doc.text.rfind(c, 0, head.body) for c in "。；：\n") + 1
            drafts[-1] = replace(drafts[-1], end=min(drafts[-1].end, last))
        elif len(drafts) > 1 or not _is_umbrella(draft, head):
            drafts[-1] = replace(drafts[-1], end=head.span.start)
        drafts.append(Draft(head, head.body, head.stop or draft.end, ""))
    return drafts


def _names(draft: Draft, term: str, words: str) -> bool:
    """Whether a term inside of a headword is a term of its own there: one of several in quotation marks,
    or the core of the headword with another tail."""
    headword = draft.head.span.text
    runs = QUOTED_RUN.findall(headword)
    return f"“{term}”" in runs and (len(runs) > 1 or words != headword)


def _is_umbrella(draft: Draft, head: Head) -> bool:
    """Whether a headword names several terms of which this one is explained inside of it."""
    runs = QUOTED_RUN.findall(draft.head.span.text)
    return len(runs) > 1 and any(run in head.span.text for run in runs)


def _owned(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with their cores. A core that an earlier entry of the part has leaves the whole headword;
    where that entry is about the core itself, the longer term counts nothing of its own."""
    taken: dict[str, bool] = {}
    result = []
    for draft in drafts:
        label = draft.head.label or core(draft.head.headword)
        plain = unquoted(draft.head.headword)
        owned = taken.get(label, False)
        if label in taken:
            label = plain
        taken.setdefault(label, plain == label)
        result.append(replace(draft, label=label, owned=owned))
    return result
