"""The letters of PDF pages → lines in reading order → paragraphs, by where they stand.

For files without tags. Columns are told by the gutter between them, running heads and page numbers by
coming back at the same height, the end of a paragraph by its short last line, by the indent or the gap
behind it; what is open, `cleaning` decides as in any text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.formats.letters import Letter, is_raised
from kg.formats.marked import Block, Run, is_glossary_heading, with_marks
from kg.rules import BEGINNINGS, either

# Lengths are in multiples of the size of the letters.
_SAME_LINE = 0.5  #: how far baselines of one line can be apart: footnote marks stand higher
_APART = 1.6  #: the gap that parts two columns or cells
_INDENT = 0.9  #: from which a line is indented
_RAGGED = 1.1  #: how much a line can be short of the margin, beside what of the next line must stay together
_GAP = 1.3  #: the share of the usual distance of lines from which a gap parts paragraphs
_LEADING = 2.2  #: how far lines of a heading can be apart
_LARGER = 1.08  #: the share of the usual size from which a short line is a heading
_HEADLINE = 60  #: characters that a heading has at most
_EDGE = 3  #: lines at the top and at the bottom of a page that can be running heads

_BEGINS = re.compile(either(BEGINNINGS), re.VERBOSE)
_OPENS, _CLOSES = "“‘「『（(【《〈", "”’」』）)】》〉、，。；：！？…—％%"
#: What stays together at the beginning of a line: a Latin word, quotation marks with what they touch.
_TOGETHER = re.compile(rf"[{_OPENS}]*(?:[!-~]+|.)(?:[{_CLOSES}]+(?:[{_OPENS}]+.)?)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, with the left and right margin of that column."""

    letters: tuple[Letter, ...]
    page: int = 0
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def x(self) -> float:
        return self.letters[0].x

    @property
    def right(self) -> float:
        return self.letters[-1].right

    @property
    def y(self) -> float:
        return median(letter.y for letter in self.letters)

    @property
    def size(self) -> float:
        return median(letter.size for letter in self.letters)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs())

    def runs(self) -> Iterator[Run]:
        """The letters, with a space where Latin ones stand apart."""
        last: Letter | None = None
        size, y = self.size, self.y
        for letter in self.letters:
            apart = last is not None and letter.x - last.right > 0.2 * letter.size
            if apart and last and last.char.isascii() and letter.char.isascii() and letter.char != " ":
                yield Run(" ", letter.bold)
            yield Run(letter.char, letter.bold, is_raised(letter, size, y))
            last = letter


def lines(letters: Sequence[Letter], page: int) -> list[Line]:
    """The lines of a page in reading order, column by column."""
    pieces: list[list[Letter]] = []
    for letter in letters:
        if not letter.char.strip() and not (pieces and letter.char == " "):
            continue
        last = pieces[-1][-1] if pieces else None
        if last and abs(letter.y - last.y) < _SAME_LINE * max(letter.size, last.size):
            gap = (letter.x - last.right) / letter.size
            if -0.6 < gap < _APART:
                pieces[-1].append(letter)
                continue
        if letter.char.strip():
            pieces.append([letter])
    found = [Line(tuple(piece), page) for piece in (_stripped(piece) for piece in pieces) if piece]
    return list(_in_order(found))


def _stripped(piece: list[Letter]) -> list[Letter]:
    while piece and not piece[-1].char.strip():
        piece = piece[:-1]
    return piece


def _in_order(pieces: list[Line]) -> Iterator[Line]:
    """Pieces of lines as lines in reading order: across the page, or one column after the other."""
    gutter = _gutter(pieces)
    if gutter is None:
        yield from _rows(pieces)
        return
    band: list[Line] = []
    for piece in sorted(pieces, key=lambda p: -p.y):
        if piece.x < gutter < piece.right:  # a heading over both columns
            yield from _columns(band, gutter)
            band = []
            yield from _rows([piece])
        else:
            band.append(piece)
    yield from _columns(band, gutter)


def _columns(band: list[Line], gutter: float) -> Iterator[Line]:
    yield from _in_order([p for p in band if p.right <= gutter])
    yield from _in_order([p for p in band if p.right > gutter])


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where the gutter of two columns is; None where the page has one column.

    Hardly a line crosses it, and on both sides the lines fill their column: in a table they do not.
    """
    if len(pieces) < 12:
        return None
    left, right = min(p.x for p in pieces), max(p.right for p in pieces)
    best: tuple[int, float] | None = None
    for x in sorted({p.x for p in pieces}):
        x -= 0.1
        if not left + 0.25 * (right - left) < x < left + 0.75 * (right - left):
            continue
        before, after = [p for p in pieces if p.right <= x], [p for p in pieces if p.x >= x]
        crossing = len(pieces) - len(before) - len(after)
        if min(len(before), len(after)) < 5 or crossing * 6 > len(pieces):
            continue
        edge = max(p.right for p in before)
        filled = [median(p.right - p.x for p in side) for side in (before, after)]
        both = min(max(p.y for p in side) for side in (before, after)) > max(min(p.y for p in side) for side in (before, after))  # fmt: skip
        full = filled[0] > 0.7 * (edge - left) and filled[1] > 0.7 * (right - x)
        if both and full and (best is None or crossing < best[0]):
            best = crossing, x
    return best[1] if best else None


def _rows(pieces: Sequence[Line]) -> Iterator[Line]:
    """The pieces of one column, those of one height joined, from above to below."""
    if not pieces:
        return
    margins = min(p.x for p in pieces), max(p.right for p in pieces)
    row: list[Line] = []
    for piece in [*sorted(pieces, key=lambda p: -p.y), None]:
        if row and (piece is None or row[0].y - piece.y > _SAME_LINE * max(piece.size, row[0].size)):
            joined = [letter for p in sorted(row, key=lambda p: p.x) for letter in p.letters]
            yield Line(tuple(joined), row[0].page, margins)
            row = []
        if piece is not None:
            row.append(piece)


def furniture(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Running heads and page numbers: the outermost lines of pages, where they come back at the same height.

    One page in two has a head that alternates; what fewer pages have may be a heading of the text.
    """
    least = max(2, len(pages) * 2 // 5)
    found: list[Line] = []
    left = [sorted(page, key=lambda line: -line.y) for page in pages]
    for end in (0, -1):
        for _ in range(_EDGE):
            outermost: dict[tuple[str, int], list[Line]] = defaultdict(list)
            for page in left:
                for line in (line for line in page if abs(line.y - page[end].y) < 1):
                    outermost[_head(line), round(line.y / 4)].append(line)
            heads = [
                line
                for (text, _), lines in outermost.items()
                if len({line.page for line in lines}) >= least and not is_glossary_heading(text)
                for line in lines
            ]
            if not heads:
                break
            found += heads
            gone = {id(line) for line in heads}
            left = [[line for line in page if id(line) not in gone] for page in left]
    for number, page in enumerate(left, 1):
        if page and re.sub(r"[\s\-—–―·]", "", page[-1].text) == str(number):
            found.append(page[-1])
    return found


def _head(line: Line) -> str:
    """The text of a line as it comes back on another page."""
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the document, on all the pages that have it."""

    left: float  #: where most lines begin
    right: float  #: where full lines end
    is_known: bool = False  #: whether there are enough lines to tell


def _columns_of(body: Sequence[Line], usual: float) -> dict[tuple[int, tuple[float, float]], _Column]:
    """The column of the document that a column of a page is: a page with a few short lines has no margins."""
    groups: dict[tuple[int, tuple[float, float]], list[Line]] = defaultdict(list)
    for line in body:
        groups[line.page, line.column].append(line)
    alike: list[tuple[float, list[tuple[int, tuple[float, float]]]]] = []
    for key in sorted(groups, key=lambda key: (-len(groups[key]), key)):
        place = key[1][0]
        near = next((keys for x, keys in alike if abs(x - place) <= 3 * usual), None)
        if near is None:
            alike.append((place, [key]))
        else:
            near.append(key)
    found: dict[tuple[int, tuple[float, float]], _Column] = {}
    for _, keys in alike:
        here = [line for key in keys for line in groups[key]]
        starts = Counter(round(line.x) for line in here).most_common(2)
        ends = sorted(line.right for line in here)
        column = _Column(float(min(x for x, _ in starts)), ends[len(ends) * 9 // 10], len(here) > 3)
        found |= dict.fromkeys(keys, column)
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """How the pages of a document are set, in points."""

    usual: float  #: the size of most letters
    pitch: float  #: from one line to the next
    columns: dict[tuple[int, tuple[float, float]], _Column]
    told: bool  #: whether indents or gaps tell where paragraphs begin

    def column(self, line: Line) -> _Column:
        return self.columns.get((line.page, line.column)) or _Column(*line.column)

    def is_indented(self, line: Line) -> bool:
        return line.x - self.column(line).left >= _INDENT * line.size

    def goes_on(self, last: Line, line: Line) -> bool:
        """Whether a paragraph goes on from one line to the next."""
        if abs(last.size - line.size) > 0.04 * line.size or self.is_indented(line):
            return False
        large = line.size > _LARGER * self.usual
        if large and _BEGINS.match(line.text):
            return False
        if self.column(last).right - last.right > _RAGGED * last.size + _first(line):
            return False
        together = last.page == line.page and last.column == line.column and last.y > line.y
        most = _LEADING * line.size if large else _GAP * self.pitch
        if together and last.y - line.y > most:
            return False
        told = self.told and self.column(last).is_known
        return told or not re.search(r"[。！？；：][”’」』）)]?$", last.text)


def _first(line: Line) -> float:
    """How wide what must stay together at the beginning of a line is: it can have had no room on the line before."""
    match = _TOGETHER.match("".join(letter.char for letter in line.letters))
    return line.letters[match.end() - 1].right - line.x if match else 0.0


def by_lines(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The paragraphs of pages of lines."""
    rows = [line for page in pages for line in page]
    if not rows:
        return []
    sizes = Counter(round(letter.size * 2) / 2 for line in rows for letter in line.letters)
    usual = sizes.most_common(1)[0][0]
    body = [line for line in rows if abs(line.size - usual) < 0.5]
    steps = [a.y - b.y for a, b in pairwise(body) if a.page == b.page and 0 < a.y - b.y < 4 * usual]
    pitch = median(steps) if steps else 1.5 * usual
    page = _Page(usual, pitch, _columns_of(body, usual), False)
    indented = sum(map(page.is_indented, body)) * 40 >= len(body)
    gaps = sum(step > _GAP * pitch for step in steps) * 40 >= len(steps)
    page = replace(page, told=indented or gaps)
    paragraphs: list[list[Line]] = []
    for line in rows:
        if paragraphs and page.goes_on(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    larger = sorted({_size(p) for p in paragraphs if _size(p) > _LARGER * usual}, reverse=True)
    return [_block(paragraph, larger) for paragraph in paragraphs]


def _size(paragraph: Sequence[Line]) -> float:
    return round(paragraph[0].size * 2) / 2


def _block(paragraph: Sequence[Line], larger: Sequence[float]) -> Block:
    runs: list[Run] = []
    for line in paragraph:
        if runs and runs[-1].text.isascii() and line.letters[0].char.isascii():
            runs.append(Run(" "))
        runs += line.runs()
    short = sum(len(run.text) for run in runs) <= _HEADLINE
    heading = larger.index(_size(paragraph)) + 1 if short and _size(paragraph) in larger else 0
    return Block(tuple(with_marks(runs)), heading)
