"""What the reader of a format found → marked text: the `#` and `**` that `cleaning` understands.

Only what stands in the document is written, with three renderings of structure: a note's mark becomes
［N］ behind the words it stands at, the notes become a list of ［N］ under a heading at the end, as reports
append their glossaries, and a table that is a glossary becomes lines `term：definition`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.rules import GLOSSARY_HEADINGS

NOTES_HEADING = "注释"  #: of footnotes and endnotes, where the glossary rules find them

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SERIAL = re.compile(r"\s*(?:序号|编号|No\.?)\s*", re.I)
_NUMBER = re.compile(r"\s*[（(［\[]?(\d{1,3})[）)］\]]?[.．、]?\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one weight, raised or not. A line feed in it breaks the paragraph."""

    text: str
    bold: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading (its level, 1 the highest) or an item of a list."""

    runs: tuple[Run, ...]
    heading: int = 0
    item: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader gives: marked text, and what its user should know of the file."""

    text: str
    said: tuple[str, ...] = ()


LONGEST_CELL = 200  #: characters of a cell from which a table is a layout


def said_of_tables(count: int) -> tuple[str, ...]:
    """What to say of tables whose rows mean something that a text cannot show."""
    if not count:
        return ()
    some = (
        "a table that is no glossary: its cells stand"
        if count == 1
        else f"{count} tables that are no glossaries: their cells stand"
    )
    return (f"has {some} one under the other",)


def note_mark(number: int) -> str:
    """How a note's mark stands in the text."""
    return f"［{number}］"


def with_marks(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs, with the marks of notes where a raised number stands behind a word: 单位² 216 家 are not 2216.

    Behind a Latin letter or a figure a raised number is part of a unit or a power, and stays.

    >>> [run.text for run in with_marks([Run("“四上”单位"), Run("2", raised=True), Run("216家，3km"), Run("2", raised=True)])]
    ['“四上”单位', '［2］', '216家，3km', '2']
    """
    before = ""
    for raised, together in groupby(runs, key=lambda run: run.raised):
        found = [*together]
        text = "".join(run.text for run in found).strip()
        behind_word = re.search(r"[^\W\d_A-Za-z][”’》）)]*\Z", before)
        if raised and re.fullmatch("[0-9]{1,3}", text) and behind_word:
            found = [Run(note_mark(int(text)))]
        yield from found
        before = "".join((before + "".join(run.text for run in found)).split())[-8:]


def write(blocks: Iterable[Block], notes: Sequence[str] = ()) -> str:
    r"""Marked text. `notes` are the texts of the notes in the order of their marks, from 1.

    >>> write([Block((Run("回顾"),), heading=2), Block((Run("做好"), Run("六稳", True), Run("［1］工作。")))], ["稳就业。"])
    '## 回顾\n\n做好**六稳**［1］工作。\n\n# 注释\n\n［1］稳就业。'
    """
    lines = [line for block in blocks for line in _lines(block)]
    if notes:
        lines.append(f"# {NOTES_HEADING}")
        lines += [note_mark(i) + _plain(" ".join(note.split())) for i, note in enumerate(notes, 1)]
    return _CONTROL.sub("", "\n\n".join(lines))


def _lines(block: Block) -> Iterable[str]:
    """The lines of a block: one, or as many as line feeds make of it."""
    line: list[Run] = []
    for run in (*block.runs, Run("\n")):
        head, *others = run.text.split("\n")
        line.append(Run(head, run.bold))
        for rest in others:
            if "".join(r.text for r in line).strip():
                yield _line(line, block)
            line = [Run(rest, run.bold)]


def _line(runs: Sequence[Run], block: Block) -> str:
    sign = "#" * min(block.heading, 6) + " " if block.heading else "- " if block.item else ""
    if block.heading:
        return sign + _plain("".join(run.text for run in runs).strip())
    joined: list[Run] = []
    for run in runs:
        if joined and (run.bold == joined[-1].bold or not run.text.strip()):
            joined[-1] = Run(joined[-1].text + run.text, joined[-1].bold)
        else:
            joined.append(run)
    text = "".join(f"**{_stars(r.text)}**" if r.bold and r.text.strip() else _stars(r.text) for r in joined)
    return sign + _start(text.strip())


def _plain(text: str) -> str:
    return _start(_stars(text))


def _stars(text: str) -> str:
    """A star of the document switches no bold type: a character without width, which cleaning drops, parts it."""
    return text.replace("*", "*\u200b")


def _start(text: str) -> str:
    """A number sign of the document makes no heading."""
    return "\u200b" + text if text.startswith("#") else text


def is_glossary_heading(text: str) -> bool:
    """Whether a line is the heading of an explanatory part.

    >>> is_glossary_heading("名词 解释"), is_glossary_heading("目 录")
    (True, False)
    """
    plain = re.sub(r"\s", "", text)
    return any(row.pattern.fullmatch(plain) for row in GLOSSARY_HEADINGS)


def glossary_lines(rows: Sequence[Sequence[str]], before: str) -> list[Block] | None:
    """A table of terms and explanations as the lines of a glossary; None where it is another table.

    It is one when its first row reads like the heading of a glossary (名词 | 解释), or when it stands
    right under such a heading; a first column of numbers counts the entries.

    >>> rows = [["序号", "名词", "解释"], ["1", "六稳", "稳就业"]]
    >>> [block.text for block in glossary_lines(rows, "")]
    ['名词解释', '1.六稳：稳就业']
    >>> glossary_lines([["指标", "增长"], ["粮食", "5%"]], "附表")
    """
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows or len({len(row) for row in rows}) != 1:
        return None
    numbered = len(rows[0]) == 3 and all(_NUMBER.fullmatch(row[0]) for row in rows[1:])
    if len(rows[0]) != 2 + numbered:
        return None
    head = [cell for cell in rows[0] if not _SERIAL.fullmatch(cell)]
    headed = is_glossary_heading("".join(head))
    if not headed and not is_glossary_heading(before):
        return None
    lines = [Block((Run("".join(head)),), heading=1)] if headed and not is_glossary_heading(before) else []
    for *serial, term, meaning in rows[1:] if headed else rows:
        number = _NUMBER.fullmatch(serial[0]) if serial else None
        mark = f"{number[1]}." if number else ""
        gap = "" if not term or not meaning or term.endswith(("：", ":")) else "："
        lines.append(Block((Run(f"{mark}{term}{gap}{meaning}"),)))
    return lines
