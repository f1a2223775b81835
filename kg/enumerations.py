"""Document → its enumerations: items with only 、 ， and 和 between them.

A slogan is often said in parts before it has a name, and a slogan that is never explained may have
its parts listed beside it. Both are found among the enumerations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.cuts import Piece, clauses, cut, with_and
from kg.model import Component, Document, Span
from kg.numerals import Numeral, Part
from kg.rules import COUNT
from kg.trimming import trim


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of the running text: its items as they stand, the first with what leads into it."""

    span: Span
    items: tuple[Piece, ...]


_SENTENCE = re.compile(r"[^。；！？：\n]+")
_PIECES = re.compile("[、“]|》《")  #: what a clause that is an enumeration has
_LISTS = re.compile(r"、|[和与及][^。；！？：，\n]*“")  #: what a sentence that holds an enumeration has


def find_enumerations(doc: Document, near: Callable[[str], object] | None = None) -> Iterator[Enumeration]:
    """The enumerations of a document: each clause with 、 in it, alone and with its last 和 cut.

    With `near` only those of sentences for which it is true.

    >>> doc = Document("d", "推进去产能、去库存和去杠杆，加快发展。")
    >>> [[doc.text[a:b] for a, b in e.items] for e in find_enumerations(doc)]
    [['推进去产能', '去库存和去杠杆'], ['推进去产能', '去库存', '去杠杆']]
    """
    for match in _SENTENCE.finditer(doc.text):
        if not _LISTS.search(match[0]) or (near and not near(match[0])):
            continue
        for start, end in clauses(doc.text, match.span()):
            if not _PIECES.search(doc.text, start, end):
                continue
            items = cut(doc.text, (start, end), "、")
            if len(items) > 1 or "“" in doc.text[start:end]:
                for pieces in with_and(doc.text, items):
                    if len(pieces) > 1:
                        yield Enumeration(doc.span(start, end), tuple(pieces))


def parts_of(label: str, numeral: Numeral, enumeration: Enumeration) -> tuple[Component, ...]:
    """The components of a slogan, where an enumeration is the list of them; else none.

    The items must be as many as a reading counts, and either every item begins or ends with the head
    that the slogan has for it (去, 去, 去, 降, 补), or the slogan in quotation marks stands right
    behind the last item (产业链链长和产业联盟会长“两长制”).
    """
    doc, items = enumeration.span.doc, enumeration.items
    if len(items) not in numeral.readings or numeral.kind in ("digits", "plus", "open", "ordinals"):
        return ()
    fused = _is_fused(numeral, len(items))
    heads = [part.head for part in numeral.parts]
    groups = _groups(numeral.parts, items, fused)
    last = items[-1]
    behind = doc.text.find(f"“{label}”", *last) > last[0]
    if not behind and not all(
        part.head in doc.text[start:end] for part, group in groups for start, end in group
    ):
        return ()
    found: list[Component] = []
    at_edge = True
    for part, group in groups:
        for start, end in trim(doc.text, group, part, (label,), len(items)):
            item = doc.text[start:end]
            at_edge = at_edge and (
                all(head in item for head in heads) if fused else _at_edge(part.head, item)
            )
            found.append(Component(doc.span(start, end), part.text if len(groups) > 1 else None))
    sizes = [len(component.span.text) for component in found]
    if not min(sizes) >= 2 or max(sizes) > 24:
        return ()
    if behind:
        texts = [component.span.text for component in found]
        shared = any(all(c in text for text in texts) for c in heads[0])
        return tuple(found) if is_list(texts) and "、" not in label and (shared or len(texts) > 2) else ()
    return tuple(found) if at_edge and _is_distinctive(numeral, len(items), fused) else ()


def _groups(parts: Sequence[Part], items: Sequence[Piece], fused: bool) -> list[tuple[Part, Sequence[Piece]]]:
    if fused or len(parts) == 1:
        return [(parts[0], items)]
    ends = [sum(part.n for part in parts[: i + 1]) for i in range(len(parts))]
    return [(part, items[end - part.n : end]) for part, end in zip(parts, ends, strict=True)]


def _at_edge(head: str, item: str) -> bool:
    return bool(head) and (
        item.startswith(head) or item.endswith(head) or (len(head) == 1 and head in item[:2])
    )


def can_be_headed(numeral: Numeral, size: int) -> bool:
    """Whether a list of that size can be known by its heads alone, without the slogan behind it.

    >>> from kg.numerals import parse_numeral
    >>> can_be_headed(parse_numeral("三去一降一补"), 5), can_be_headed(parse_numeral("双百"), 2)
    (True, False)
    """
    if numeral.kind in ("digits", "plus", "open", "ordinals") or size not in numeral.readings:
        return False
    return _is_distinctive(numeral, size, _is_fused(numeral, size))


def shared_head(numeral: Numeral, size: int) -> tuple[str, int]:
    """What the most items in a row have in common in every list of that size that is known by its heads alone, and how many.

    >>> from kg.numerals import parse_numeral
    >>> shared_head(parse_numeral("三去一降一补"), 5)
    ('去', 3)
    """
    groups = _groups(numeral.parts, [(0, 0)] * size, _is_fused(numeral, size))
    part, group = max(groups, key=lambda row: len(row[1]))
    return part.head, len(group)


def _is_fused(numeral: Numeral, size: int) -> bool:
    """Whether every item has all heads: 三管三必须."""
    return len(numeral.parts) > 1 and size == numeral.parts[0].n


def _is_distinctive(numeral: Numeral, size: int, fused: bool) -> bool:
    """Whether heads say enough: several different ones, or one that many items share."""
    heads = {part.head for part in numeral.parts}
    if not heads.isdisjoint(("", "一")) or size < 3:
        return False
    return len(heads) > 1 or fused or size > 3 or (len(min(heads)) > 1 and numeral.rule != "number")


_NO_ITEM = re.compile(rf"第|[“”（）]|^{COUNT}$|[为和的与了对向把于在以及等]$")


def is_list(items: Sequence[str]) -> bool:
    """Whether pieces that stand before a slogan can be the list of it: even, whole, and no verb behind them.

    >>> is_list(["农业", "工业", "国防", "科学技术"]), is_list(["马列主义", "毛泽东思想", "邓小平理论和"])
    (True, False)
    """
    sizes = [len(item) for item in items]
    return (
        not any(_NO_ITEM.search(item) for item in items)
        and min(sizes) >= 2
        and max(sizes) <= 2.5 * min(sizes)
    )


_LONG = 3  #: characters from which components may stand side by side without a mark
_BETWEEN = re.compile(r"”?(?:[、，,]|[、，]?(?:和|与|及|以及))“?")


def find_listed(doc: Document, components: Sequence[str]) -> Iterator[Span]:
    """Where all of some components stand in one enumeration, in any order, each once.

    Long ones may stand side by side with nothing between them: 碳达峰碳中和.

    >>> doc = Document("d", "抓好去产能、去库存、去杠杆、降成本、补短板五大任务。")
    >>> [span.text for span in find_listed(doc, ["去库存", "去产能", "去杠杆", "补短板", "降成本"])]
    ['去产能、去库存、去杠杆、降成本、补短板']
    """
    if len(components) < 2 or any(len(c) < 2 for c in components):
        return
    text = doc.text
    if not all(component in text for component in components):
        return
    hit = re.compile("|".join(re.escape(c) for c in sorted(components, key=len, reverse=True)))
    run: list[re.Match[str]] = []
    for match in hit.finditer(text):
        joined = run and match.start() == run[-1].end() and min(map(len, components)) >= _LONG
        if run and not joined and not _BETWEEN.fullmatch(text, run[-1].end(), match.start()):
            run = []
        run = [m for m in run if m[0] != match[0]] if any(m[0] == match[0] for m in run) else run
        run = [*run, match]
        if len({m[0] for m in run}) == len(components):
            yield doc.span(run[0].start(), match.end())
            run = []
