"""The text lists what the slogan counts: every way of cutting it into so many pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from kg.components.grounds import Cutting, Groups, Task, carries_all, is_headed
from kg.components.scores import FUSED, LATER, needed, score_of
from kg.cuts import COMMAS, STOPS, Piece, and_cuts, clauses, cut, regions, runs, with_and, without_end
from kg.numerals import Part, value_of
from kg.rules import LIST_COUNT, NTH

_WORD = re.compile(r"\w")
_FIRST = re.compile("一[是要]")
_ORDINAL = re.compile(rf"(?:(?<=[：；。，、\n])|(?<!\w))({NTH})[是要]")
_QUOTED_LIST = re.compile("“[^“”]*、[^“”]*”")


def find_ordinals(task: Task) -> Cutting | None:
    """一是…；二是…; 十一是…: as many pieces as ordinals."""
    place, end = task.span
    if not _FIRST.search(task.text, place, end):
        return None
    opened: list[Piece] = []
    for match in _ORDINAL.finditer(task.text, place, end):
        if match[1] == _chinese(len(opened) + 1):
            opened.append(match.span())
    if len(opened) < 2 or len(opened) not in task.numeral.readings:
        return None
    limits = [*(start for start, _ in opened[1:]), end]
    pieces = tuple(
        without_end(task.text, start, limit) for (_, start), limit in zip(opened, limits, strict=True)
    )
    return Cutting((pieces,), "ordinals")


def _chinese(n: int) -> str:
    """A number up to 99 in hanzi."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(n, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def find_counted_groups(task: Task) -> Cutting | None:
    """A、B“两个目标”，C、D、E“三项行动”: each list is followed by its own count, part by part."""
    parts = task.numeral.parts
    if len(parts) < 2 or (task.numeral.kind != "digits" and not all(part.n > 1 for part in parts)):
        return None
    groups: list[tuple[Piece, ...]] = []
    place = task.span[0]
    for part in parts:
        counts = LIST_COUNT.pattern.finditer(task.text, place, task.span[1])
        match = next((m for m in counts if value_of(m["n"]) == part.n), None)
        if match is None:
            return None
        opened = max(task.text.rfind(mark, place, match.start()) for mark in "，,；;。：\n") + 1
        stretch = (max(opened, place), match.start())
        lists = with_and(task.text, cut(task.text, stretch, "、"))
        items = next((items for items in lists if len(items) == part.n), None)
        if items is None:
            return None
        groups.append(task.trim(items, part))
        closed = task.text.find("，", match.end(), task.span[1])
        place = closed + 1 if closed >= 0 else match.end()
    return Cutting(tuple(groups), "counted-groups")


def find_declared(task: Task) -> Cutting | None:
    """A list whose length the text itself declares (…等六方面), though the slogan counts otherwise."""
    for region in regions(task.text, task.span):
        for clause in clauses(task.text, region):
            items = cut(task.text, clause, "、")
            counts = LIST_COUNT.pattern.finditer(task.text, items[-1][0], clause[1]) if len(items) > 2 else ()
            if any(value_of(match["n"]) == len(items) for match in counts):
                return Cutting((task.trim(items, Part(len(items), "", "")),), "declared")
    return None


def find_lists(task: Task, reading: int) -> Iterator[Cutting]:
    """Every way of cutting the definition into as many pieces as a reading counts, scored."""
    parts = task.numeral.parts
    fused = task.numeral.kind == "pairs" and reading == parts[0].n
    wanted = parts if len(parts) > 1 and not fused else parts[:1]
    sizes = [part.n for part in wanted]
    for order, region in enumerate(regions(task.text, task.span)):
        for groups, rule in _cuts(task, region, sizes, reading):
            if fused and not all(carries_all(task.of(piece), parts) for piece in groups[0]):
                continue
            if (
                rule == "groups"
                and not any(len(group) > 1 for group in groups)
                and not _in_heads(task, groups, parts)
            ):
                continue
            of = wanted if len(wanted) == len(groups) else [wanted[0]] * len(groups)
            trimmed = tuple(task.trim(group, part) for group, part in zip(groups, of, strict=True))
            if not all(_WORD.search(task.text, *piece) for group in trimmed for piece in group):
                continue
            score = score_of(task, region, groups, trimmed, of, reading, rule)
            score = score + LATER * order + FUSED * fused
            if score >= needed(reading, rule):
                yield Cutting(trimmed, rule, score)


def _in_heads(task: Task, groups: Groups, parts: Sequence[Part]) -> bool:
    """Whether each of single pieces carries the head of its part."""
    return all(is_headed(task, group, part) for group, part in zip(groups, parts, strict=True))


def _cuts(task: Task, region: Piece, sizes: list[int], total: int) -> Iterator[tuple[Groups, str]]:
    """Cuts of a sentence into groups of the wanted sizes."""
    text = task.text
    segments = cut(text, region, STOPS)
    parts = clauses(text, region)
    if len(sizes) > 1:
        halves = (
            [list(pair) for clause in parts for pair in and_cuts(text, clause)] if len(sizes) == 2 else []
        )
        for run in (*runs(segments, len(sizes)), *runs(parts, len(sizes)), *halves):
            options = [list(_sized(text, chunk, n))[:2] for chunk, n in zip(run, sizes, strict=True)]
            for choice in product(*options):
                yield tuple(tuple(group) for group in choice), "groups"
    for clause in parts:
        for pieces in with_and(text, cut(text, clause, "、")):
            if len(pieces) == total:
                yield _grouped(pieces, sizes), "list"
    if total > 1:
        for run in (*runs(parts, total), *runs(segments, total)):
            yield _grouped(run, sizes), "clauses"
    if len(parts) > 1:
        for pieces in with_and(text, cut(text, region, "、" + COMMAS + STOPS)):
            if len(pieces) == total:
                yield _grouped(pieces, sizes), "mixed"
    if len(sizes) == 1 and 1 < len(segments) < total:
        lists = [[cut(text, clause, "、") for clause in cut(text, segment, COMMAS)] for segment in segments]
        for choice in product(*([ls for ls in options if len(ls) > 1] for options in lists)):
            if sum(map(len, choice)) == total:
                yield tuple(tuple(ls) for ls in choice), "segments"


def _sized(text: str, chunk: Piece, n: int) -> Iterator[list[Piece]]:
    """A chunk as one group of n pieces: at 、, at commas, or inside the quotation that it is."""
    if n == 1:
        yield [chunk]
        return
    inner = [(m.start() + 1, m.end() - 1) for m in _QUOTED_LIST.finditer(text, *chunk)]
    for stretch, separators in ((chunk, "、"), (chunk, COMMAS), *((quoted, "、") for quoted in inner)):
        yield from (pieces for pieces in with_and(text, cut(text, stretch, separators)) if len(pieces) == n)


def _grouped(pieces: Sequence[Piece], sizes: list[int]) -> Groups:
    """Pieces dealt to groups in order."""
    if sum(sizes) != len(pieces):
        return (tuple(pieces),)
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return tuple(tuple(pieces[end - n : end]) for n, end in zip(sizes, ends, strict=True))
