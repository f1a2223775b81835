"""Definition + numeral → components: the one split of a stretch of text that gives as many pieces as the slogan counts.

Every component is a literal substring. A list whose length the numeral does not expect is not
bent to fit: it is kept where the text itself declares its length, and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.cuts import (
    COMMAS,
    STOPS,
    Piece,
    and_cuts,
    clauses,
    cut,
    flat_lists,
    regions,
    runs,
    with_and,
    without_end,
)
from kg.model import Component, Span
from kg.numerals import Numeral, Part, value_of
from kg.trimming import trim


@dataclass(frozen=True, slots=True)
class Split:
    """The components of a definition, with the reading of the numeral that they bear out."""

    components: tuple[Component, ...]
    expected: int | None
    agrees: bool | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class _Task:
    """A definition to be split: its text, its bounds, what the slogan counts, and what ends a list."""

    text: str
    span: Piece
    numeral: Numeral
    stops: tuple[str, ...]

    def trim(self, pieces: Sequence[Piece], part: Part) -> tuple[Piece, ...]:
        return tuple(trim(self.text, pieces, part, self.stops, self.numeral.count or 0))

    def of(self, piece: Piece) -> str:
        return self.text[piece[0] : piece[1]]


Groups = tuple[tuple[Piece, ...], ...]  #: pieces, group by group


@dataclass(frozen=True, slots=True)
class _List:
    """A way of cutting a stretch of text into pieces, with the row that found it."""

    groups: Groups
    rule: str
    score: float = 0.0

    @property
    def size(self) -> int:
        return sum(map(len, self.groups))


_GLOSS = r"(?:，?(?:则|就|主要)?(?:即(?:是|为)?|是指|指的是|说的是|就是|指|是|为)|：(?:即|是指|指)?)"
_N = r"(?P<n>[一二两三四五六七八九十]+|\d{1,3})"
_COUNTED = re.compile(
    rf"(?<!第)(?:等|这|共|共计)?“?{_N}(?:[个大项条种类位环级座家件支者篇步方城区县市]|方面)"
)
_MANY = 60  #: characters that no item of a list has


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
        return Split(tuple(_conjuncts(definition, label)), None, None, "plus")
    if not numeral.readings:
        return Split((), None, None, None)
    rests = [part.head[1:] for part in numeral.parts]  # 联动 of 三医联动
    stops = tuple(word for word in (label, tail, *rests) if len(word) > 1)
    task = _Task(definition.doc.text, (definition.start, definition.end), numeral, stops)
    for find in (_digit_glosses, _group_glosses, _counted_groups, _ordinals):
        if (found := find(task)) is not None:
            return _checked(definition, found, numeral)
    if numeral.kind != "digits":
        lists = [found for reading in numeral.readings for found in _lists(task, reading)]
        if lists:
            return _checked(definition, max(lists, key=lambda found: found.score), numeral)
    declared = _declared(task) if numeral.kind != "digits" else None
    components = _components(definition, declared, numeral) if declared else ()
    return Split(components, numeral.count, False, "declared" if declared else None)


def _checked(definition: Span, found: _List, numeral: Numeral) -> Split:
    """A list that was found, with the reading it bears out, or the disagreement."""
    agrees = found.size in numeral.readings
    expected = found.size if agrees else numeral.count
    return Split(_components(definition, found, numeral), expected, agrees, found.rule)


def _components(definition: Span, found: _List, numeral: Numeral) -> tuple[Component, ...]:
    labels: Sequence[str | None] = [None] * len(found.groups)
    if len(numeral.parts) > 1 and len(found.groups) == len(numeral.parts):
        labels = _group_labels(numeral.parts)
    return tuple(
        Component(definition.doc.span(start, end), label)
        for label, group in zip(labels, found.groups, strict=True)
        for start, end in group
    )


def _group_labels(parts: Sequence[Part]) -> list[str]:
    """The parts as the slogan writes them; one that comes twice is numbered: 3, 3(2)."""
    labels: list[str] = []
    for part in parts:
        earlier = sum(label.split("(")[0] == part.text for label in labels)
        labels.append(f"{part.text}({earlier + 1})" if earlier else part.text)
    return labels


# --- glosses: the text explains the slogan part by part -------------------------------------------


def _digit_glosses(task: _Task) -> _List | None:
    """“1”即…；“3”即…: a gloss for each digit. A digit counts its gloss, or stands for one thing."""
    if task.numeral.kind != "digits":
        return None
    glosses = _glosses(task, [f"“{part.text}”" for part in task.numeral.parts])
    if glosses is None:
        return None
    groups = [_cut_into(task, gloss, part) for gloss, part in zip(glosses, task.numeral.parts, strict=True)]
    if all(groups):
        return _List(tuple(groups), "digit-glosses")
    return _List(tuple((_first_clause(task, gloss),) for gloss in glosses), "digit-glosses")


def _group_glosses(task: _Task) -> _List | None:
    """“两山”，即A、B；“七河”，即…: a gloss for each part of the slogan."""
    parts = task.numeral.parts
    if len(parts) < 2 or task.numeral.kind == "digits":
        return None
    glosses = _glosses(task, [_label(part) for part in parts])
    if glosses is None:
        return None
    groups = [
        _cut_into(task, gloss, part) or _fused(task, gloss, part)
        for gloss, part in zip(glosses, parts, strict=True)
    ]
    return _List(tuple(groups), "group-glosses")


def _label(part: Part) -> str:
    """How a definition names a part: “两山”, 两山; a bare number also with its noun: “8个工作方案”."""
    noun = "" if part.head else "(?:[个大项条类种][^“”，。]{0,8})?"
    return f"“?{re.escape(part.text)}{noun}”?"


def _counted_groups(task: _Task) -> _List | None:
    """A、B“两个目标”，C、D、E“三项行动”: each list is followed by its own count, part by part."""
    parts = task.numeral.parts
    if len(parts) < 2 or (task.numeral.kind != "digits" and not all(part.n > 1 for part in parts)):
        return None
    groups: list[tuple[Piece, ...]] = []
    place = task.span[0]
    for part in parts:
        counts = _COUNTED.finditer(task.text, place, task.span[1])
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
    return _List(tuple(groups), "counted-groups")


def _glosses(task: _Task, labels: Sequence[str]) -> list[Piece] | None:
    """The explanation of each label, in order, each up to the next label or the end of its sentence."""
    opened: list[Piece] = []
    place, end = task.span
    for label in labels:
        match = re.compile(label + _GLOSS).search(task.text, place, end)
        if not match:
            return None
        opened.append(match.span())
        place = match.end()
    glosses = []
    for (_, start), limit in zip(opened, [*(start for start, _ in opened[1:]), end], strict=True):
        stop = re.compile(r"[；。！？\n]").search(task.text, start, limit)
        glosses.append(without_end(task.text, start, stop.start() if stop else limit))
    return glosses


def _cut_into(task: _Task, gloss: Piece, part: Part) -> tuple[Piece, ...]:
    """A gloss cut into as many pieces as its part counts; none where no cut gives that many."""
    if part.n == 1:
        return task.trim([gloss], part) if part.head else (gloss,)
    carried = any(head in task.of(gloss) for head in _heads(part))
    inner = re.compile("，(?:即|包括|分别(?:是|为))").search(task.text, *gloss)
    for stretch in (gloss, (inner.end(), gloss[1])) if inner else (gloss,):
        for items in flat_lists(task.text, stretch):
            if len(items) == part.n and (_headed(task, items, part) or not carried):
                return task.trim(items, part)
    return ()


def _fused(task: _Task, gloss: Piece, part: Part) -> tuple[Piece, ...]:
    """The clauses of a gloss that no cut fits: those that carry the head, in some of which two are fused."""
    carrying = [
        piece for piece in clauses(task.text, gloss) if any(head in task.of(piece) for head in _heads(part))
    ]
    return tuple(carrying) if len(carrying) > 1 else (_first_clause(task, gloss),)


def _first_clause(task: _Task, gloss: Piece) -> Piece:
    stop = task.text.find("，", *gloss)
    return (gloss[0], stop) if stop - gloss[0] >= 4 else gloss


def _conjuncts(definition: Span, label: str) -> Iterator[Component]:
    """承诺制+标准地: the words between the plus signs, where the definition speaks of them."""
    doc, text = definition.doc, definition.doc.text
    words = [word for word in re.split(r"[+＋]", label) if word]
    heads = [
        re.compile(rf"“?{re.escape(word)}”?(?={_GLOSS}|，)").search(text, definition.start, definition.end)
        for word in words
    ]
    starts = [head.start() for head in heads if head]
    in_order = len(starts) == len(words) and starts == sorted(starts)
    for word, head in zip(words, heads, strict=True):
        if head and in_order:
            start = text.find(word, head.start())
            limit = min((s for s in starts if s > head.start()), default=definition.end)
            opened = re.compile(_GLOSS).match(text, head.end(), limit)
            gloss = doc.span(opened.end(), limit) if opened else None
            yield Component(doc.span(start, start + len(word)), None, gloss)
        elif (start := text.find(word, definition.start, definition.end)) >= 0:
            yield Component(doc.span(start, start + len(word)))


# --- lists: the definition enumerates ---------------------------------------------------------------


def _ordinals(task: _Task) -> _List | None:
    """一是…；二是…; 十一是…: as many pieces as ordinals."""
    opened: list[Piece] = []
    place, end = task.span
    for n in range(1, 100):
        pattern = rf"(?:(?<=[：；。，、\n])|(?<!\w)){_chinese(n)}(?:是|要)"
        if not (match := re.compile(pattern).search(task.text, place, end)):
            break
        opened.append(match.span())
        place = match.end()
    if len(opened) < 2 or len(opened) not in task.numeral.readings:
        return None
    limits = [*(start for start, _ in opened[1:]), end]
    pieces = tuple(
        without_end(task.text, start, limit) for (_, start), limit in zip(opened, limits, strict=True)
    )
    return _List((pieces,), "ordinals")


def _chinese(n: int) -> str:
    """A number up to 99 in hanzi."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(n, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _lists(task: _Task, reading: int) -> Iterator[_List]:
    """Every way of cutting the definition into as many pieces as a reading counts, scored."""
    parts = task.numeral.parts
    fused = task.numeral.kind == "pairs" and reading == parts[0].n
    wanted = parts if len(parts) > 1 and not fused else parts[:1]
    for order, region in enumerate(regions(task.text, task.span)):
        for groups, rule in _cuts(task, region, [part.n for part in wanted], reading):
            if fused and not all(_carries_all(task.of(piece), parts) for piece in groups[0]):
                continue
            if (
                rule == "groups"
                and not any(len(group) > 1 for group in groups)
                and not _in_heads(task, groups, parts)
            ):
                continue
            of = wanted if len(wanted) == len(groups) else [wanted[0]] * len(groups)
            trimmed = tuple(task.trim(group, part) for group, part in zip(groups, of, strict=True))
            if not all(re.search(r"\w", task.of(piece)) for group in trimmed for piece in group):
                continue
            score = _score(task, region, groups, trimmed, of, reading, rule) - order * 0.4 + 2.0 * fused
            if score >= _needed(reading, rule):
                yield _List(trimmed, rule, score)


def _in_heads(task: _Task, groups: Groups, parts: Sequence[Part]) -> bool:
    """Whether each of single pieces carries the head of its part."""
    return all(_headed(task, group, part) for group, part in zip(groups, parts, strict=True))


def _needed(reading: int, rule: str) -> float:
    """What a list must score: two of something are found everywhere."""
    if reading > 2:
        return 0.0
    return 1.0 if rule == "list" else 2.0


def _cuts(task: _Task, region: Piece, sizes: list[int], total: int) -> Iterator[tuple[Groups, str]]:
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
    inner = [(m.start() + 1, m.end() - 1) for m in re.compile(r"“[^“”]*、[^“”]*”").finditer(text, *chunk)]
    for stretch, separators in ((chunk, "、"), (chunk, COMMAS), *((quoted, "、") for quoted in inner)):
        yield from (pieces for pieces in with_and(text, cut(text, stretch, separators)) if len(pieces) == n)


def _grouped(pieces: Sequence[Piece], sizes: list[int]) -> Groups:
    """Pieces dealt to groups in order."""
    if sum(sizes) != len(pieces):
        return (tuple(pieces),)
    ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]
    return tuple(tuple(pieces[end - n : end]) for n, end in zip(sizes, ends, strict=True))


# --- which list is meant ------------------------------------------------------------------------------


def _score(
    task: _Task,
    region: Piece,
    groups: Groups,
    trimmed: Groups,
    parts: Sequence[Part],
    reading: int,
    rule: str,
) -> float:
    """How well a list fits the slogan: heads in the pieces, alikeness, a count behind it, its place."""
    pieces = [piece for group in groups for piece in group]
    if any(b - a > _MANY for a, b in pieces):
        return -9.0
    score = 0.0
    for group, part in zip(trimmed, parts, strict=True):
        weight = (1 + (len(groups) > 1)) / len(groups)
        score += {True: 2.0, False: -1.5, None: 0.0}[_headed(task, group, part)] * weight
        score += _alike([task.of(piece) for piece in group]) / len(groups)
    counts = (reading, len(groups[-1]))
    if any(
        value_of(m["n"]) in counts
        for m in _COUNTED.finditer(task.text, pieces[-1][0], min(region[1], pieces[-1][1] + _MANY))
    ):
        score += 1.5
    score += 0.8 * (pieces[-1][1] == region[1]) + 0.4 * (pieces[0][0] == region[0])
    sizes = [b - a for group in trimmed for a, b in group]
    score -= 0.5 * (max(sizes) > 4 * max(min(sizes), 2)) + 0.5 * (max(sizes) > 30)
    if rule == "clauses" and (pieces[0][0], pieces[-1][1]) != region:
        score -= 0.8
    at_commas = {task.text[b : b + 1] for _, b in pieces[:-1]} & set(COMMAS + STOPS)
    return score + (0.0 if at_commas else 0.4)


def _headed(task: _Task, pieces: Iterable[Piece], part: Part) -> bool | None:
    """Whether the pieces carry the head of their part: all of them, only some, or none (None).

    A head on the last piece alone is shared by all (属地、部门、单位、家庭和个人责任).
    """
    texts = [task.of(piece) for piece in pieces]
    some = False
    for head in _heads(part):
        having = [head in text for text in texts]
        if all(having):
            return True
        some = some or any(having[:-1])
    return False if some else None


def _heads(part: Part) -> list[str]:
    """The head of a part, as pieces may carry it: whole, its last two characters, its first, its last."""
    head = part.head
    if not head or head.isdigit():
        return []
    return list(dict.fromkeys([head, head[-2:], head[0], head[-1]] if len(head) > 1 else [head]))


def _carries_all(piece: str, parts: Sequence[Part]) -> bool:
    return all(any(head in piece for head in _heads(part)) for part in parts)


def _alike(texts: Sequence[str]) -> float:
    """1 where all pieces begin or end alike."""
    alike = len(texts) > 1 and (len({t[:1] for t in texts}) == 1 or len({t[-1:] for t in texts}) == 1)
    return 1.0 if alike else 0.0


def _declared(task: _Task) -> _List | None:
    """A list whose length the text itself declares (…等六方面), though the slogan counts otherwise."""
    for region in regions(task.text, task.span):
        for clause in clauses(task.text, region):
            items = cut(task.text, clause, "、")
            counts = _COUNTED.finditer(task.text, items[-1][0], clause[1]) if len(items) > 2 else ()
            if any(value_of(match["n"]) == len(items) for match in counts):
                return _List((task.trim(items, Part(len(items), "", "")),), "declared")
    return None


def glossed(components: tuple[Component, ...], definition: Span) -> tuple[Component, ...]:
    """The components with their own explanations, where the definition goes on to give them.

    一朵云，指全省统一的政务云；一张网，指…: a component, a connector, its gloss.
    """
    if not components or any(c.definition for c in components):
        return components
    text = definition.doc.text
    place = components[-1].span.end
    opened: list[Piece | None] = []
    for c in components:
        pattern = rf"(?<=[。；，\n”」])“?{re.escape(c.span.text)}”?(?:，?(?:即|是指|指)(?![导标数定示])|：(?:即|是指|指)?)"
        match = re.compile(pattern).search(text, place, definition.end)
        opened.append(match.span() if match else None)
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
    stop = re.compile(r"[；\n]").search(text, start, limit)
    begin, end = without_end(text, start, stop.start() if stop else limit)
    return definition.doc.span(begin, end) if end > begin else None
