"""Definition + numeral → components: the one split of a stretch of text that gives as many pieces as the slogan counts.

Every component is a literal substring. A list whose length the numeral does not expect is not
bent to fit: it is kept where the text itself declares its length, and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.model import Component, Document, Span
from kg.numerals import Numeral, Part, value_of
from kg.trimming import trim

Piece = tuple[int, int]  #: start and end of a stretch of the document


@dataclass(frozen=True, slots=True)
class Split:
    """The components of a definition, with the reading of the numeral that they bear out."""

    components: tuple[Component, ...]
    expected: int | None
    agrees: bool | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A way of cutting a stretch of text into pieces, group by group."""

    groups: tuple[tuple[Piece, ...], ...]
    rule: str
    score: float

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(piece for group in self.groups for piece in group)


_CLOSED = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】"}
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_GLOSS = r"(?:，?(?:则|就|主要)?(?:即(?:是|为)?|是指|指的是|说的是|就是|指|是|为)|：(?:即|是指|指)?)"
_AND = re.compile(
    r"(?<![共总饱温柔平附])和(?![谐平睦])|(?<![参赋给])与(?!会)|以及|(?<![以普涉])及(?![时格其])"
)
_SEPARATOR = re.compile(r"[、，,；;]")
_COUNTED = re.compile(
    r"(?<!第)(?:等|这|共|共计)?“?(?P<n>[一二两三四五六七八九十]+|\d{1,3})(?:个|大|项|条|种|类|位|方面|环|级|座|家|件|支|者|篇|步|方|城|区|县|市|重点|级联)"
)


def split(definition: Span, label: str, numeral: Numeral) -> Split:
    """The components that a definition lists for a slogan.

    >>> from kg.numerals import parse_numeral
    >>> text = Document("d", "生态保护红线、环境质量底线、资源利用上线和生态环境准入清单。")
    >>> found = split(text.span(0, len(text.text)), "三线一单", parse_numeral("三线一单"))
    >>> [(c.group, c.span.text) for c in found.components][2:]
    [('三线', '资源利用上线'), ('一单', '生态环境准入清单')]
    >>> found.expected, found.agrees
    (4, True)
    """
    doc = definition.doc
    if numeral.kind == "plus":
        return Split(tuple(_conjuncts(definition, label)), None, None, "plus")
    if not numeral.readings:
        return Split((), None, None, None)
    for find in (_digit_glosses, _group_glosses, _ordinals):
        if (found := find(definition, numeral)) is not None:
            return _checked(doc, found, numeral)
    if numeral.kind == "digits":
        return Split((), numeral.count, False, None)
    lists = [ls for reading in numeral.readings for ls in _lists(definition, numeral, reading)]
    if lists:
        best = max(lists, key=lambda ls: ls.score)
        return _checked(doc, best, numeral)
    declared = _declared(definition)
    components = _components(doc, declared, numeral) if declared else ()
    return Split(components, numeral.count, False, "declared" if declared else None)


def _checked(doc: Document, found: _List, numeral: Numeral) -> Split:
    """A list that was found, with the reading it bears out, or the disagreement."""
    count = len(found.pieces)
    agrees = count in numeral.readings
    expected = count if agrees else numeral.count
    return Split(_components(doc, found, numeral), expected, agrees, found.rule)


def _components(doc: Document, found: _List, numeral: Numeral) -> tuple[Component, ...]:
    labels: Sequence[str | None] = [None]
    if len(numeral.parts) > 1 and len(found.groups) == len(numeral.parts):
        labels = _group_labels(numeral.parts)
    elif len(found.groups) > 1:
        labels = [None] * len(found.groups)
    return tuple(
        Component(doc.span(start, end), label)
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


def _digit_glosses(definition: Span, numeral: Numeral) -> _List | None:
    """“1”即…；“3”即…: a gloss for each digit. A digit counts its gloss, or stands for one thing."""
    if numeral.kind != "digits":
        return None
    glosses = _glosses(definition, [rf"“{part.text}”" for part in numeral.parts])
    if glosses is None:
        return None
    doc = definition.doc
    counted = [_cut_into(doc, gloss, part) for gloss, part in zip(glosses, numeral.parts, strict=True)]
    if all(pieces is not None for pieces in counted):
        return _List(tuple(tuple(pieces or ()) for pieces in counted), "digit-glosses", 0)
    return _List(tuple((_first_clause(doc, gloss),) for gloss in glosses), "digit-glosses", 0)


def _group_glosses(definition: Span, numeral: Numeral) -> _List | None:
    """“两山”，即A、B；“七河”，即…: a gloss for each part of the slogan."""
    if len(numeral.parts) < 2 or numeral.kind == "digits":
        return None
    glosses = _glosses(definition, [rf"“?{re.escape(part.text)}”?" for part in numeral.parts])
    if glosses is None:
        return None
    doc = definition.doc
    groups = []
    for gloss, part in zip(glosses, numeral.parts, strict=True):
        pieces = _cut_into(doc, gloss, part)
        groups.append(tuple(pieces if pieces is not None else [_first_clause(doc, gloss)]))
    return _List(tuple(groups), "group-glosses", 0)


def _glosses(definition: Span, labels: Sequence[str]) -> list[Piece] | None:
    """The explanation of each label, in order, each up to the next label or the end of its sentence."""
    text, place = definition.doc.text, definition.start
    opened: list[tuple[int, int]] = []
    for label in labels:
        match = re.compile(label + _GLOSS).search(text, place, definition.end)
        if not match:
            return None
        opened.append(match.span())
        place = match.end()
    ends = [start for start, _ in opened[1:]] + [definition.end]
    pieces = []
    for (_, start), limit in zip(opened, ends, strict=True):
        stop = re.compile(r"[；。！？\n]").search(text, start, limit)
        end = stop.start() if stop else limit
        pieces.append((start, _stripped_end(text, start, end)))
    return pieces


def _stripped_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "，,；;。、\n":
        end -= 1
    return end


def _cut_into(doc: Document, gloss: Piece, part: Part) -> list[Piece] | None:
    """A gloss cut into as many pieces as its part counts; None where no cut gives that many."""
    if part.n == 1:
        return trim(doc, [gloss], part) if part.head else [gloss]
    carried = any(head in doc.text[gloss[0] : gloss[1]] for head in _heads(part))
    fitting = (
        ls for ls in _flat_lists(doc, gloss) if len(ls) == part.n and (_headed(doc, ls, part) or not carried)
    )
    first = next(fitting, None)
    return trim(doc, first, part) if first else None


def _first_clause(doc: Document, gloss: Piece) -> Piece:
    stop = doc.text.find("，", *gloss)
    return (gloss[0], stop) if stop > 0 and stop - gloss[0] >= 4 else gloss


def _conjuncts(definition: Span, label: str) -> Iterator[Component]:
    """承诺制+标准地: the words between the plus signs, where the definition speaks of them."""
    doc, text = definition.doc, definition.doc.text
    words = [word for word in re.split(r"[+＋]", label) if word]
    heads = [
        re.compile(rf"“?{re.escape(w)}”?(?={_GLOSS}|，)").search(text, definition.start, definition.end)
        for w in words
    ]
    starts = [head.start() for head in heads if head]
    for word, head in zip(words, heads, strict=True):
        start = text.find(word, definition.start, definition.end)
        if head and starts == sorted(starts) and len(starts) == len(words):
            start = text.find(word, head.start())
            limit = min((s for s in starts if s > head.start()), default=definition.end)
            opened = re.compile(_GLOSS).match(text, head.end(), limit)
            yield Component(
                doc.span(start, start + len(word)), None, doc.span(opened.end(), limit) if opened else None
            )
        elif start >= 0:
            yield Component(doc.span(start, start + len(word)))


# --- lists: the definition enumerates ---------------------------------------------------------------


def _ordinals(definition: Span, numeral: Numeral) -> _List | None:
    """一是…；二是…; 十一是…: as many pieces as ordinals."""
    text, place = definition.doc.text, definition.start
    opened: list[tuple[int, int]] = []
    for n in range(1, 100):
        match = re.compile(rf"(?:(?<=[：；。，、\n])|(?<![\w])){_chinese(n)}(?:是|要)").search(
            text, place, definition.end
        )
        if not match:
            break
        opened.append(match.span())
        place = match.end()
    if len(opened) < 2:
        return None
    ends = [start for start, _ in opened[1:]] + [definition.end]
    pieces = tuple(
        (start, _stripped_end(text, start, end)) for (_, start), end in zip(opened, ends, strict=True)
    )
    return _List((pieces,), "ordinals", 0) if len(pieces) in numeral.readings else None


def _chinese(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _ORDINALS[tens - 1]) + "十") + (
        "" if ones == 0 else _ORDINALS[ones - 1]
    )


def _lists(definition: Span, numeral: Numeral, reading: int) -> Iterator[_List]:
    """Every way of cutting the definition into as many pieces as a reading counts, scored."""
    doc = definition.doc
    fused = numeral.kind == "pairs" and reading == numeral.parts[0].n
    parts = numeral.parts if len(numeral.parts) > 1 and not fused else numeral.parts[:1]
    for order, region in enumerate(_regions(doc, (definition.start, definition.end))):
        for groups, rule in _cuts(doc, region, [part.n for part in parts], reading):
            if fused and not all(_has_heads(doc.text[a:b], numeral.parts) for a, b in groups[0]):
                continue
            of = parts if len(parts) == len(groups) else [parts[0]] * len(groups)
            trimmed = tuple(tuple(trim(doc, group, part)) for group, part in zip(groups, of, strict=True))
            if not all(re.search(r"\w", doc.text[a:b]) for group in trimmed for a, b in group):
                continue
            score = _score(doc, region, groups, trimmed, of, reading, rule) - order * 0.4 + 2.0 * fused
            if score >= (1.0 if reading == 2 else 0.0):
                yield _List(trimmed, rule, score)


def _regions(doc: Document, span: Piece) -> list[Piece]:
    """Sentences, and quotations that hold a list themselves, in order of reading."""
    sentences = [
        (a, b) for start, end in _cut(doc, span, "。！？\n") for a, b in _after_colon(doc, (start, end))
    ]
    regions: list[Piece] = []
    for start, end in sentences:
        regions.append((start, end))
        for match in re.compile(r"“([^“”]*[、，][^“”]*)”").finditer(doc.text, start, end):
            regions += _cut(doc, match.span(1), "。！？")
    return regions


def _after_colon(doc: Document, span: Piece) -> list[Piece]:
    parts = _cut(doc, span, "：:")
    return parts if len(parts) > 1 else [span]


def _cut(doc: Document, span: Piece, separators: str) -> list[Piece]:
    """A stretch cut at separators that stand in no brackets and no quotation."""
    text, (start, end) = doc.text, span
    pieces: list[Piece] = []
    closing: list[str] = []
    begin = start
    for i in range(start, end):
        c = text[i]
        if closing and c == closing[-1]:
            closing.pop()
        elif c in _CLOSED and text.find(_CLOSED[c], i, end) >= 0:
            closing.append(_CLOSED[c])
        elif not closing and c in separators:
            pieces.append((begin, i))
            begin = i + 1
    pieces.append((begin, end))
    return [(a, b) for a, b in pieces if a < b]


def _and_cuts(doc: Document, piece: Piece) -> Iterator[tuple[Piece, Piece]]:
    """A piece cut at 和, 与, 及, 以及: each place by itself, the last first."""
    for match in reversed([*_AND.finditer(doc.text, *piece)]):
        if match.start() > piece[0] and match.end() < piece[1]:
            yield (piece[0], match.start()), (match.end(), piece[1])


def _with_and(doc: Document, items: list[Piece]) -> Iterator[list[Piece]]:
    """A list, and the list with its last item cut at each 和, 与 …"""
    if items:
        yield items
        for first, second in _and_cuts(doc, items[-1]):
            yield [*items[:-1], first, second]


def _flat_lists(doc: Document, span: Piece) -> Iterator[list[Piece]]:
    """A stretch as one list: each clause at 、, then the clauses, then the segments, then all together."""
    for clause in _cut(doc, span, "；;，,"):
        yield from _with_and(doc, _cut(doc, clause, "、"))
    for separators in ("，,", "；;", "、，,；;"):
        yield from _with_and(doc, _cut(doc, span, separators))


def _cuts(
    doc: Document, region: Piece, sizes: list[int], total: int
) -> Iterator[tuple[tuple[tuple[Piece, ...], ...], str]]:
    """Cuts of a sentence into groups of the wanted sizes."""
    segments = _cut(doc, region, "；;")
    clauses = [clause for segment in segments for clause in _cut(doc, segment, "，,")]
    if len(sizes) > 1:
        for chunks in (segments, clauses):
            for run in _runs(chunks, len(sizes)):
                options = [list(_sized(doc, chunk, n)) for chunk, n in zip(run, sizes, strict=True)]
                for choice in product(*(o[:2] for o in options)):
                    yield tuple(tuple(group) for group in choice), "groups"
    for clause in clauses:
        for pieces in _with_and(doc, _cut(doc, clause, "、")):
            if len(pieces) == total:
                yield _grouped(pieces, sizes), "list"
    for chunks in (clauses, segments):
        if total > 1:
            for run in _runs(chunks, total):
                yield _grouped(run, sizes), "clauses"
    for pieces in _with_and(doc, _cut(doc, region, "、，,；;")):
        if len(pieces) == total and len(clauses) > 1:
            yield _grouped(pieces, sizes), "mixed"
    if len(sizes) == 1 and 1 < len(segments) < total:
        options = [[ls for ls in _clause_lists(doc, segment) if len(ls) > 1] for segment in segments]
        for choice in product(*options):
            if sum(map(len, choice)) == total:
                yield tuple(tuple(ls) for ls in choice), "segments"


def _clause_lists(doc: Document, segment: Piece) -> list[list[Piece]]:
    return [_cut(doc, clause, "、") for clause in _cut(doc, segment, "，,")]


def _sized(doc: Document, chunk: Piece, n: int) -> Iterator[list[Piece]]:
    """A chunk as one group of n pieces."""
    if n == 1:
        yield [chunk]
        return
    for separators in ("、", "，,"):
        yield from (pieces for pieces in _with_and(doc, _cut(doc, chunk, separators)) if len(pieces) == n)


def _runs(chunks: Sequence[Piece], n: int) -> Iterator[list[Piece]]:
    return (list(chunks[i : i + n]) for i in range(len(chunks) - n + 1))


def _grouped(pieces: Sequence[Piece], sizes: list[int]) -> tuple[tuple[Piece, ...], ...]:
    """Pieces dealt to groups in order."""
    if sum(sizes) != len(pieces):
        return (tuple(pieces),)
    groups, place = [], 0
    for n in sizes:
        groups.append(tuple(pieces[place : place + n]))
        place += n
    return tuple(groups)


# --- which list is meant ------------------------------------------------------------------------------


def _score(
    doc: Document,
    region: Piece,
    groups: tuple[tuple[Piece, ...], ...],
    trimmed: tuple[tuple[Piece, ...], ...],
    parts: Sequence[Part],
    reading: int,
    rule: str,
) -> float:
    """How well a list fits the slogan: heads in the pieces, alikeness, a count behind it, its place."""
    text = doc.text
    pieces = [piece for group in groups for piece in group]
    if any(b - a > 60 or b <= a for a, b in pieces):
        return -9.0
    score = 0.0
    for group, part in zip(trimmed, parts, strict=True):
        headed = _headed(doc, group, part)
        score += {True: 2.0, False: -1.5, None: 0.0}[headed] / len(groups) * (1 + (len(groups) > 1))
        score += _alike([text[a:b] for a, b in group]) / len(groups)
    tail = text[pieces[-1][0] : region[1]]
    if any(_numeral_is(m, (reading, len(groups[-1]))) for m in _COUNTED.finditer(tail)):
        score += 1.5
    if pieces[-1][1] == region[1]:
        score += 0.8
    if pieces[0][0] == region[0]:
        score += 0.4
    sizes = [b - a for group in trimmed for a, b in group]
    score -= 0.5 * (max(sizes) > 4 * max(min(sizes), 2)) + 0.5 * (max(sizes) > 30)
    if rule == "clauses" and (pieces[0][0], pieces[-1][1]) != region:
        score -= 0.8
    separators = {text[b : b + 1] for _, b in pieces[:-1]}
    return score + (0.4 if separators <= {"、"} | set("和与及以") else 0.0)


def _headed(doc: Document, pieces: Iterable[Piece], part: Part) -> bool | None:
    """Whether the pieces carry the head of their part: all of them, only some, or none (None).

    A head on the last piece alone is shared by all (属地、部门、单位、家庭和个人责任).
    """
    texts = [doc.text[a:b] for a, b in pieces]
    best: bool | None = None
    for head in _heads(part):
        having = [head in t for t in texts]
        if all(having):
            return True
        if any(having[:-1]) and best is None:
            best = False
    return best


def _heads(part: Part) -> list[str]:
    """The head of a part, as pieces may carry it: whole, its last two characters, its first, its last."""
    head = part.head
    if not head or head.isdigit():
        return []
    return list(dict.fromkeys([head, head[-2:], head[0], head[-1]] if len(head) > 1 else [head]))


def _has_heads(piece: str, parts: Sequence[Part]) -> bool:
    return all(any(head in piece for head in _heads(part)) for part in parts)


def _alike(texts: Sequence[str]) -> float:
    """1 where all pieces begin or end alike."""
    if len(texts) < 2:
        return 0.0
    first, last = {t[:1] for t in texts}, {t[-1:] for t in texts}
    return 1.0 if len(first) == 1 or len(last) == 1 else 0.0


def _numeral_is(match: re.Match[str], counts: Sequence[int]) -> bool:
    return value_of(match["n"]) in counts


def _declared(definition: Span) -> _List | None:
    """A list whose length the text itself declares (…等六方面), though the slogan counts otherwise."""
    doc = definition.doc
    for region in _regions(doc, (definition.start, definition.end)):
        for clause in _cut(doc, region, "；;，,"):
            items = _cut(doc, clause, "、")
            if len(items) < 3:
                continue
            tail = doc.text[items[-1][0] : clause[1]]
            if any(_numeral_is(m, (len(items),)) for m in _COUNTED.finditer(tail)):
                part = Part(len(items), "", "")
                return _List((tuple(trim(doc, items, part)),), "declared", 0)
    return None


def glossed(components: tuple[Component, ...], definition: Span) -> tuple[Component, ...]:
    """The components with their own explanations, where the definition goes on to give them.

    一朵云，指全省统一的政务云；一张网，指…: a component, a connector, its gloss.
    """
    if not components or any(c.definition for c in components):
        return components
    doc, text = definition.doc, definition.doc.text
    place = components[-1].span.end
    opened: list[tuple[int, int] | None] = []
    for c in components:
        pattern = rf"(?:(?<=[。；，\n])|(?<=[”」]))“?{re.escape(c.span.text)}”?(?:，?(?:即|是指|指)(?![导标数定示])|：(?:即|是指|指)?)"
        match = re.compile(pattern).search(text, place, definition.end)
        opened.append(match.span() if match else None)
    starts = sorted(o[0] for o in opened if o)
    result = []
    for c, o in zip(components, opened, strict=True):
        if o is None:
            result.append(c)
            continue
        limit = next((s for s in starts if s > o[0]), definition.end)
        stop = re.compile(r"[；\n]").search(text, o[1], limit)
        end = _stripped_end(text, o[1], stop.start() if stop else limit)
        result.append(Component(c.span, c.group, doc.span(o[1], end)) if end > o[1] else c)
    return tuple(result)
