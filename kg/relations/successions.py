"""What grew out of what: successors, redefinitions, and what is said to build on something."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from kg.model import Concept, Document, Relation
from kg.relations.grounds import (
    CROWD,
    Changes,
    Known,
    Phrase,
    find_phrases,
    link,
    quoted,
    sentence_around,
    shown,
)
from kg.relations.parts import compare_parts, label_parts, listed_components
from kg.rules import COUNT, OPEN, rule

_BASE, _NEW = (quoted(name) for name in ("base", "new"))
_GROW = r"(?:升级|拓展|扩展|深化|提升|延伸|演变|演化|发展)"

#: A definition that names what its term builds on.
BASES = (
    rule("on-the-basis", rf"在{_BASE}[^，。；：]{{0,8}}?基础之?上", "在“30条”基础上"),
    rule(
        "grown-from", rf"由{_BASE}[^，。；：]{{0,8}}?{_GROW}(?:而来|而成|形成|为|成)", "由“三去”行动演变而来"
    ),
    rule(
        "continues",
        rf"是(?:对|在)?{_BASE}[^，。；：]{{0,8}}?的(?:升级版?|延续|深化|拓展|延伸|继承)",
        "是“双百行动”的升级版",
    ),
)

#: A sentence that says that one quoted term builds on another.
STEPS = (
    rule(
        "on-the-basis",
        rf"在[^，。；：{OPEN}]{{0,8}}{_BASE}[^，。；：{OPEN}]{{0,8}}?基础之?上，?[^，。；：{OPEN}]{{0,12}}{_NEW}",
        "在扎实做好“六稳”工作基础上，明确提出“六保”任务",
    ),
    rule(
        "upgraded-to",
        rf"{_BASE}[^，。；：{OPEN}]{{0,8}}?{_GROW}(?:为|到|成|至)[^，。；：{OPEN}]{{0,4}}{_NEW}",
        "推动“放管服”改革深化为“放管服效”改革",
    ),
    rule(
        "towards",
        rf"{_BASE}[^，。；：{OPEN}]{{0,8}}?向[^，。；：{OPEN}]{{0,4}}{_NEW}[^，。；：{OPEN}]{{0,4}}?{_GROW}",
        "推进“村村通”工程向“户户通”升级",
    ),
)


def find_successors(known: Known) -> Iterator[Relation]:
    """Slogans of one issuer that share parts of their labels in order, or most of their components."""
    parts = {
        i: p for ids in known.labels.values() for i in ids if (p := label_parts(known.concepts[i].label))
    }
    for (one, other), _ in _sharing(parts):
        mine, theirs = parts[one], parts[other]
        kept = _common(mine, theirs)
        if len(kept) < 2 or 2 * len(kept) < max(len(mine), len(theirs)) or mine == theirs:
            continue
        if sorted(mine) == sorted(theirs) or not (order := _earlier(known, one, other)):
            continue
        old, new = order
        changes = compare_parts(parts[old], parts[new])
        if changes[0] or changes[1]:
            yield _successor(known, "shared-parts", old, new, changes)
    lists = {i: c for i in known.concepts if len(c := listed_components(known.concepts[i].entries)) >= 3}
    for (one, other), shared in _sharing(lists):
        if 2 * shared <= max(len(lists[one]), len(lists[other])) or shared < 3:
            continue
        same = known.concepts[one].label == known.concepts[other].label
        if not same and (order := _earlier(known, one, other)):
            yield _successor(known, "shared-components", *order, ((), (), ()))


def _successor(known: Known, name: str, old: str, new: str, changes: Changes) -> Relation:
    before, after = (listed_components(known.concepts[i].entries) for i in (old, new))
    changes = compare_parts(before, after) if before and after else changes
    return link(name, old, new, (*shown(known, old), *shown(known, new)), changes)


def _sharing(things: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, str], int]]:
    """The pairs of concepts that share at least two of their parts, and how many."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for i, pieces in sorted(things.items()):
        for piece in sorted(set(pieces)):
            if len(piece) >= 2:
                holders[piece].append(i)
    shared = Counter(pair for ids in holders.values() if len(ids) <= CROWD for pair in combinations(ids, 2))
    return ((pair, n) for pair, n in sorted(shared.items()) if n >= 2)


def _common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The longest common subsequence of two lists."""
    best: list[list[list[str]]] = [[[] for _ in range(len(other) + 1)] for _ in range(len(one) + 1)]
    for i, mine in enumerate(one):
        for j, theirs in enumerate(other):
            best[i + 1][j + 1] = (
                [*best[i][j], mine] if mine == theirs else max(best[i][j + 1], best[i + 1][j], key=len)
            )
    return best[-1][-1]


def _earlier(known: Known, one: str, other: str) -> tuple[str, str] | None:
    """Two concepts in the order in which an issuer of both first says them; None where there is none."""
    orders = {
        known.first[one][issuer] < known.first[other][issuer]
        for issuer in known.first.get(one, {}).keys() & known.first.get(other, {}).keys()
        if known.first[one][issuer] != known.first[other][issuer]
    }
    if len(orders) != 1:
        return None
    return (one, other) if orders == {True} else (other, one)


def find_redefinitions(known: Known) -> Iterator[Relation]:
    """Concepts whose definitions of different years list different components."""
    for concept in known.concepts.values():
        lists = sorted(
            (e for e in concept.entries if e.components and e.doc.year is not None),
            key=lambda e: (e.doc.year or 0, e.doc.id, e.definition.start),
        )
        for old, new in reversed([*pairwise(lists)]):
            changes = compare_parts(*([c.span.text for c in e.components] for e in (old, new)))
            if old.doc.year != new.doc.year and (changes[0] or changes[1]):
                yield link(
                    "other-components", concept.id, concept.id, (old.definition, new.definition), changes
                )


def find_bases(known: Known) -> Iterator[Relation]:
    """Terms that are said to build on others, in their definition or in a sentence with both."""
    for concept in known.concepts.values():
        for entry in concept.entries:
            text, (start, end) = entry.doc.text, (entry.definition.start, entry.definition.end)
            for row in BASES:
                for match in row.pattern.finditer(text, start, end):
                    base = _named(known, match["base"], concept)
                    if base and base != concept.id:
                        yield link(
                            "builds-on", concept.id, base, (sentence_around(entry.doc, *match.span("base")),)
                        )
    for doc, mentions in known.documents:
        hints = known.hints.get(doc.id)
        for words, *ends in hints.steps if hints else find_builders(doc):
            new, base = (next((m.concept for m in mentions if m.span == end), None) for end in ends)
            if new and base and new != base:
                yield link("builds-on", new, base, (sentence_around(doc, words.start, words.end),))


def find_builders(doc: Document) -> tuple[Phrase, ...]:
    """Where a document says of something new what it builds on."""
    return find_phrases(doc, STEPS, "new", "base")


def _named(known: Known, name: str, beside: Concept) -> str | None:
    """The concept that a definition means by a name; a bare 30条 takes the head of the term itself."""
    if ids := known.labels.get(name):
        return ids[0] if len(ids) == 1 else None
    number = re.search(f"{COUNT}[一-鿿]?$", beside.label)
    if number and (ids := known.labels.get(beside.label[: number.start()] + name)):
        return ids[0] if len(ids) == 1 else None
    return None
