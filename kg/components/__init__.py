"""Definition + numeral → components: the one split of a stretch of text that gives as many pieces as the slogan counts.

Every component is a literal substring. A list whose length the numeral does not expect is not
bent to fit: it is kept where the text itself declares its length, and the disagreement is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.components.glosses import find_conjuncts, find_digit_glosses, find_group_glosses, glossed
from kg.components.grounds import Cutting, Task
from kg.components.lists import find_counted_groups, find_declared, find_lists, find_ordinals
from kg.model import Component, Span
from kg.numerals import Numeral, Part

__all__ = ["Split", "glossed", "group_labels", "split"]


@dataclass(frozen=True, slots=True)
class Split:
    """The components of a definition, with the reading of the numeral that they bear out."""

    components: tuple[Component, ...]
    expected: int | None
    agrees: bool | None
    rule: str | None


def split(definition: Span, label: str, numeral: Numeral, tail: str = "") -> Split:
    """The components that a definition lists for a slogan. `tail` is the noun behind the core in its headword.

    >>> from kg.model import Document
    >>> from kg.numerals import parse_numeral
    >>> text = Document("d", "生态保护红线、环境质量底线、资源利用上线和生态环境准入清单。")
    >>> found = split(text.span(0, len(text.text)), "三线一单", parse_numeral("三线一单"))
    >>> [(c.group, c.span.text) for c in found.components][2:]
    [('三线', '资源利用上线'), ('一单', '生态环境准入清单')]
    >>> found.expected, found.agrees
    (4, True)
    """
    if numeral.kind == "plus":
        return Split(tuple(find_conjuncts(definition, label)), None, None, "plus")
    if not numeral.readings:
        return Split((), None, None, None)
    rests = [part.head[1:] for part in numeral.parts]  # 联动 of 三医联动
    stops = tuple(word for word in (label, tail, *rests) if len(word) > 1)
    task = Task(definition.doc.text, (definition.start, definition.end), numeral, stops)
    for find in (find_digit_glosses, find_group_glosses, find_counted_groups, find_ordinals):
        if (found := find(task)) is not None:
            return _checked(definition, found, numeral)
    if numeral.kind != "digits":
        lists = [found for reading in numeral.readings for found in find_lists(task, reading)]
        if lists:
            return _checked(definition, max(lists, key=lambda found: found.score), numeral)
    declared = find_declared(task) if numeral.kind != "digits" else None
    components = _components(definition, declared, numeral) if declared else ()
    return Split(components, numeral.count, False, "declared" if declared else None)


def _checked(definition: Span, found: Cutting, numeral: Numeral) -> Split:
    """A list that was found, with the reading it bears out, or the disagreement."""
    agrees = found.size in numeral.readings
    expected = found.size if agrees else numeral.count
    return Split(_components(definition, found, numeral), expected, agrees, found.rule)


def _components(definition: Span, found: Cutting, numeral: Numeral) -> tuple[Component, ...]:
    labels: Sequence[str | None] = [None] * len(found.groups)
    if len(numeral.parts) > 1 and len(found.groups) == len(numeral.parts):
        labels = group_labels(numeral.parts)
    return tuple(
        Component(definition.doc.span(start, end), label)
        for label, group in zip(labels, found.groups, strict=True)
        for start, end in group
    )


def group_labels(parts: Sequence[Part]) -> list[str]:
    """The parts as the slogan writes them; one that comes twice is numbered: 3, 3(2)."""
    labels: list[str] = []
    for part in parts:
        earlier = sum(label.split("(")[0] == part.text for label in labels)
        labels.append(f"{part.text}({earlier + 1})" if earlier else part.text)
    return labels
