"""The text explains the slogan part by part: “两山”，即…；“七河”，即…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.components.grounds import Cutting, Task, heads_of, is_headed
from kg.cuts import Piece, clauses, flat_lists, without_end
from kg.model import Component, Span
from kg.numerals import Part
from kg.rules import COMPONENT_CONNECTORS, MEASURES, PART_CONNECTORS, either

_GLOSS = either(PART_CONNECTORS)
#: What stands behind the name of a part up to its gloss; behind a bare number also its noun: 8个工作方案.
_OPENS = re.compile(_GLOSS, re.VERBOSE)
_NAMED_OPENS = re.compile(f"”?{_GLOSS}", re.VERBOSE)
_COUNTED_OPENS = re.compile(f"(?:[{MEASURES}][^“”，。]{{0,8}})?”?{_GLOSS}", re.VERBOSE)
_CONJUNCT_ENDS = re.compile(f"”?(?={_GLOSS}|，)", re.VERBOSE)
_COMPONENT_OPENS = re.compile(f"”?{either(COMPONENT_CONNECTORS)}", re.VERBOSE)
_EXPLAINED = re.compile("[：即指]")  #: what all that opens the explanation of a component has in it
_PART_CLOSES = re.compile(r"[；\n]")
_CLOSES = re.compile(r"[；。！？\n]")
_ENUMERATES = re.compile("，(?:即|包括|分别(?:是|为))")


def find_digit_glosses(task: Task) -> Cutting | None:
    """“1”即…；“3”即…: a gloss for each digit. A digit counts its gloss, or stands for one thing."""
    if task.numeral.kind != "digits":
        return None
    glosses = _glosses(task, [(f"“{part.text}”", _OPENS) for part in task.numeral.parts])
    if glosses is None:
        return None
    groups = [_cut_into(task, gloss, part) for gloss, part in zip(glosses, task.numeral.parts, strict=True)]
    if all(groups):
        return Cutting(tuple(groups), "digit-glosses")
    return Cutting(tuple((_first_clause(task, gloss),) for gloss in glosses), "digit-glosses")


def find_group_glosses(task: Task) -> Cutting | None:
    """“两山”，即A、B；“七河”，即…: a gloss for each part of the slogan."""
    parts = task.numeral.parts
    if len(parts) < 2 or task.numeral.kind == "digits":
        return None
    glosses = _glosses(task, [(part.text, _NAMED_OPENS if part.head else _COUNTED_OPENS) for part in parts])
    if glosses is None:
        return None
    groups = [
        _cut_into(task, gloss, part) or _fused(task, gloss, part)
        for gloss, part in zip(glosses, parts, strict=True)
    ]
    return Cutting(tuple(groups), "group-glosses")


def _glosses(task: Task, labels: Sequence[tuple[str, re.Pattern[str]]]) -> list[Piece] | None:
    """The explanation of each label, in order, each up to the next label or the end of its sentence.

    With a label comes what stands between the two.
    """
    opened: list[Piece] = []
    place, end = task.span
    for label, behind in labels:
        found = next(_openings(task.text, label, behind, place, end), None)
        if not found:
            return None
        opened.append(found)
        place = found[1]
    glosses = []
    for (_, start), limit in zip(opened, [*(start for start, _ in opened[1:]), end], strict=True):
        stop = _CLOSES.search(task.text, start, limit)
        glosses.append(without_end(task.text, start, stop.start() if stop else limit))
    return glosses


def _openings(text: str, word: str, behind: re.Pattern[str], start: int, end: int) -> Iterator[Piece]:
    """Where a word stands with what is to be behind it, from the quotation mark before it on, if there is one.

    To compile a pattern for each word would take longer than all the rest.

    >>> list(_openings("两山，“两山”即甲、乙。", "两山", _NAMED_OPENS, 0, 12))
    [(3, 8)]
    """
    place = text.find(word, start, end)
    while place >= 0:
        if match := behind.match(text, place + len(word), end):
            yield place - (text.endswith("“", start, place)), match.end()
        place = text.find(word, place + 1, end)


def _cut_into(task: Task, gloss: Piece, part: Part) -> tuple[Piece, ...]:
    """A gloss cut into as many pieces as its part counts; none where no cut gives that many."""
    if part.n == 1:
        return task.trim([gloss], part) if part.head else (gloss,)
    carried = any(head in task.of(gloss) for head in heads_of(part))
    inner = _ENUMERATES.search(task.text, *gloss)
    for stretch in (gloss, (inner.end(), gloss[1])) if inner else (gloss,):
        for items in flat_lists(task.text, stretch):
            if len(items) == part.n and (is_headed(task, items, part) or not carried):
                return task.trim(items, part)
    return ()


def _fused(task: Task, gloss: Piece, part: Part) -> tuple[Piece, ...]:
    """The clauses of a gloss that no cut fits: those that carry the head, in some of which two are fused."""
    carrying = [
        piece for piece in clauses(task.text, gloss) if any(head in task.of(piece) for head in heads_of(part))
    ]
    return tuple(carrying) if len(carrying) > 1 else (_first_clause(task, gloss),)


def _first_clause(task: Task, gloss: Piece) -> Piece:
    stop = task.text.find("，", *gloss)
    return (gloss[0], stop) if stop - gloss[0] >= 4 else gloss


def find_conjuncts(definition: Span, label: str) -> Iterator[Component]:
    """承诺制+标准地: the words between the plus signs, where the definition speaks of them."""
    doc, text = definition.doc, definition.doc.text
    words = [word for word in re.split(r"[+＋]", label) if word]
    heads = [
        next(_openings(text, word, _CONJUNCT_ENDS, definition.start, definition.end), None) for word in words
    ]
    starts = [head[0] for head in heads if head]
    in_order = len(starts) == len(words) and starts == sorted(starts)
    for word, head in zip(words, heads, strict=True):
        if head and in_order:
            start = text.find(word, head[0])
            limit = min((s for s in starts if s > head[0]), default=definition.end)
            opened = _OPENS.match(text, head[1], limit)
            gloss = doc.span(opened.end(), limit) if opened else None
            yield Component(doc.span(start, start + len(word)), None, gloss)
        elif (start := text.find(word, definition.start, definition.end)) >= 0:
            yield Component(doc.span(start, start + len(word)))


def glossed(components: tuple[Component, ...], definition: Span) -> tuple[Component, ...]:
    """The components with their own explanations, where the definition goes on to give them.

    一朵云，指全省统一的政务云；一张网，指…: a component, a connector, its gloss.
    """
    if not components or any(c.definition for c in components):
        return components
    text = definition.doc.text
    place = components[-1].span.end
    if not _EXPLAINED.search(text, place, definition.end):
        return components
    opened: list[Piece | None] = []
    for c in components:
        found = _openings(text, c.span.text, _COMPONENT_OPENS, place, definition.end)
        opened.append(next((piece for piece in found if text[piece[0] - 1] in "。；，\n”」"), None))
    starts = sorted(o[0] for o in opened if o)
    return tuple(
        Component(
            c.span,
            c.group,
            _gloss(definition, o[1], min((s for s in starts if s > o[0]), default=definition.end)),
        )
        if o
        else c
        for c, o in zip(components, opened, strict=True)
    )


def _gloss(definition: Span, start: int, limit: int) -> Span | None:
    text = definition.doc.text
    stop = _PART_CLOSES.search(text, start, limit)
    begin, end = without_end(text, start, stop.start() if stop else limit)
    return definition.doc.span(begin, end) if end > begin else None
