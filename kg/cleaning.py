"""Bytes → the text of record, with stand-off marks. The only place that changes text.

A paragraph of the source becomes one line of the text of record: lines that a page or a column
broke are joined, the marks `#` and `*` and the spaces that Chinese does not use are dropped.
What the marks said (a heading, bold type) is kept beside the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import KgError, Mark
from kg.rules import BEGINNINGS, either

_WIDTHLESS = r"\u200b-\u200f\u2060\ufeff"  #: characters without width
_SPACE = rf"[\s{_WIDTHLESS}]"
_LATIN = "[!-~]"  #: ASCII characters that can be seen
#: What goes of a run of spaces: all of it, but for its first one between two ASCII characters.
_SPARE = re.compile(
    rf"""(?={_SPACE})(?:  # with this in front it is looked for three times as quickly
        (?<!{_LATIN}){_SPACE}+          # behind no such character, or behind the first space, which stays
      | {_SPACE}+(?!{_LATIN}|{_SPACE})  # before no such character
      | \s*[{_WIDTHLESS}]{_SPACE}*      # with a character without width in it
    )""",
    re.VERBOSE,
)
_NEWLINES = "\r\x0b\x0c\x85\u2028\u2029"
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?!#)\s*")
_BULLET = re.compile(r"\s*(?:[-+*•·▪●■◆]\s+|[①-⑳]\s*(?=$))")
_FURNITURE = re.compile(
    r"\s*(?:[-—–―]+\s*\d{1,4}\s*[-—–―]+|第\s*\d+\s*页(?:\s*[,，/／]?\s*共\s*\d+\s*页)?|!\[[^\]]*\]\([^)]*\)|[-*_=]{3,})\s*"
)

_BEGINS = re.compile(either(BEGINNINGS), re.VERBOSE)
_ENDS, _CLOSES = tuple("。！？；：…!?;:"), "”’」』）)】》"
_SENTENCE = re.compile(r"[。！？；：…!?;]")

_LONG = 60  #: characters that no heading has: a line without a full stop is prose from here on
_PROSE = 30  #: characters from which a line with a full stop inside can have been cut at its end
_WRAP = (30, 110)  #: columns that a hard-wrapped page can be wide


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030.

    Raises KgError where the bytes are text in none of them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        little = data[1::2].count(0) > data[::2].count(0)
        encodings = ["utf-16-le" if little else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise KgError(f"{name}: not text in UTF-8, UTF-16 or GB18030; save it as UTF-8 and try again")


def _is_text(text: str) -> bool:
    """Whether decoded characters are ones that people write: GB18030 accepts almost any bytes."""
    if "".join(text.split()).isprintable() and not any(c in text for c in "\x1c\x1d\x1e\x1f"):
        return True  # nothing but characters that can be seen, and white space
    odd = {c for c in set(text) - set("\t\n\r\f\v\x85") if unicodedata.category(c) in ("Cc", "Co", "Cn")}
    return sum(map(text.count, odd)) <= len(text) // 1000


@dataclass(slots=True)
class _Line:
    """A line of the source, cleaned, with the marks it carried."""

    text: str
    marks: list[Mark]

    @property
    def width(self) -> int:
        """Its columns: a character of ASCII takes one, any other two."""
        return 2 * len(self.text) - len(self.text.encode("ascii", "ignore"))

    @property
    def stands_alone(self) -> bool:
        """A heading, or a line that is bold from end to end."""
        return bool(self.marks) and any(
            mark.kind == "heading" or (mark.start, mark.end) == (0, len(self.text)) for mark in self.marks
        )


def clean(source: str) -> tuple[str, tuple[Mark, ...]]:
    """The text of record of a source text, and its marks.

    >>> clean("## 一、回 顾\\n\\n做好 **“六稳”** 工作，落实 P3 实验\\n\\n室建设。")
    ('一、回顾\\n做好“六稳”工作，落实P3实验\\n室建设。', (Mark(kind='heading', start=0, end=4, level=2), \
Mark(kind='bold', start=7, end=11, level=0)))
    """
    for sign in _NEWLINES:
        source = source.replace(sign, "\n")  # an empty line more does no harm
    lines = [line for raw in source.split("\n") if (line := _line(raw)) is not None]
    if not lines:
        return "", ()
    wrapped_at = _wrap_width(lines)
    done: list[str] = []
    paragraph = lines[0].text
    marks = list(lines[0].marks)
    offset = 0  # of the paragraph
    for before, line in pairwise(lines):
        if _was_cut(paragraph, before, line, wrapped_at):
            paragraph += " " if before.text[-1:].isascii() and line.text[:1].isascii() else ""
        else:
            done.append(paragraph)
            offset += len(paragraph) + 1
            paragraph = ""
        place = offset + len(paragraph)
        for m in line.marks:
            marks.append(Mark(m.kind, m.start + place, m.end + place, m.level))
        paragraph += line.text
    return "\n".join([*done, paragraph]), tuple(marks)


def _line(raw: str) -> _Line | None:
    """A line of the source without marks and spare spaces; None where nothing is left of it."""
    if not raw.strip() or _FURNITURE.fullmatch(raw):
        return None
    heading = _HEADING.match(raw)
    body = raw[heading.end() :] if heading else raw
    bullet = _BULLET.match(body)
    if bullet and not heading:
        body = body[bullet.end() :]
    plain, toggles = _without_stars(body.strip())
    text = _without_spaces(plain)
    if not text:
        return None
    marks = [Mark("heading", 0, len(text), len(heading[1]))] if heading else []
    marks += [Mark("item", 0, len(text))] if bullet and not heading else []
    if toggles:
        gaps = [gap.span() for gap in _SPARE.finditer(plain)]
        bounds = _closed(toggles, gaps) + ([len(text)] if len(toggles) % 2 else [])
        marks += [Mark("bold", a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
    return _Line(text, marks)


def _without_stars(text: str) -> tuple[str, list[int]]:
    """Text without `*`, and the places where `**` switched bold type on or off."""
    if "*" not in text:
        return text, []
    kept: list[str] = []
    toggles: list[int] = []
    size = 0
    for piece in re.split(r"(\*+)", text):
        if piece.startswith("*"):
            if len(piece) >= 2:
                toggles.append(size)
        else:
            kept.append(piece)
            size += len(piece)
    return "".join(kept), toggles


def _without_spaces(text: str) -> str:
    """Text without the spaces that do not stand between two ASCII characters."""
    if " " not in text and text.isprintable():  # of all that is white or without width, only the space is
        return text
    return _SPARE.sub("", text)


def _closed(places: list[int], gaps: list[tuple[int, int]]) -> list[int]:
    """Where the places of a text are once its gaps are closed; both are in order.

    >>> _closed([2, 5, 9], [(1, 3), (4, 6)])
    [1, 2, 5]
    """
    moved: list[int] = []
    gone = passed = 0
    for place in places:
        while passed < len(gaps) and gaps[passed][1] <= place:
            gone += gaps[passed][1] - gaps[passed][0]
            passed += 1
        inside = max(0, place - gaps[passed][0]) if passed < len(gaps) else 0
        moved.append(place - gone - inside)
    return moved


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width in columns at which a page broke its lines; None where a line is a paragraph."""
    cut = sum(not _is_ended(line.text) for line in lines)
    if len(lines) < 10 or cut * 2 < len(lines):
        return None
    widths = sorted(line.width for line in lines)
    full = widths[len(widths) * 9 // 10]
    if not _WRAP[0] <= full <= _WRAP[1]:
        return None
    return full if sum(w * 10 >= full * 7 for w in widths) * 2 > len(lines) else None


def _was_cut(paragraph: str, before: _Line, line: _Line, wrapped_at: int | None) -> bool:
    """Whether a page or a column broke a paragraph between two lines."""
    if _is_ended(paragraph) or before.stands_alone or line.stands_alone or _BEGINS.match(line.text):
        return False
    if _BEGINS.fullmatch(paragraph):  # a heading whose words are lost
        return False
    if any(mark.kind == "item" for mark in line.marks):
        return False
    if paragraph.endswith(("，", "、", ",")):
        return True
    numbered = _BEGINS.match(paragraph) and not _SENTENCE.search(paragraph)
    if wrapped_at is not None:
        return before.width * 10 >= wrapped_at * (9 if numbered else 7)
    if numbered:
        return False
    return len(paragraph) >= _LONG or (len(paragraph) >= _PROSE and bool(_SENTENCE.search(paragraph)))


def _is_ended(text: str) -> bool:
    """Whether a text ends with the end of a sentence, or with what closes behind it."""
    return text.rstrip(_CLOSES).endswith(_ENDS)


def paragraphs(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph of a text of record, or of the stretch from `start` to `stop`.

    >>> list(paragraphs("一\\n二三")), list(paragraphs("一\\n二三", 2, 3))
    ([(0, 1), (2, 4)], [(2, 3)])
    """
    stop = len(text) if stop is None else stop
    while start <= stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        yield start, end
        start = end + 1
