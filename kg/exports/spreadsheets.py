"""Tables as CSV, and as a workbook that a terminologist fills in (XLSX, Office Open XML)."""

from __future__ import annotations

import csv
import unicodedata
from datetime import datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from kg.exports import tables
from kg.exports.records import Contents
from kg.exports.tables import Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_EPOCH = datetime(2000, 1, 1)  # a workbook must have a date, and a clock would change the file every time
_NEW_ROWS = 500  #: rows below the last one in which a choice is offered too
_LINE = 15.5  #: the height of a line, in points
_MOST_LINES = 26  #: a row cannot be higher than 409 points
_ABOUT_WIDTH = 100
_KEPT_OUT_OF_SIGHT = ("check", "list")  #: columns that only the way back reads

_ABOUT = (
    ("这是什么", "政策术语表：每个术语的英文名、释义、别名、组成部分、关系与出处。"),
    ("怎么改", "绿色表头的列可以改，改完存盘，用 kg import 读回；灰色表头的列只供阅读。"),
    ("英文名", "首个英文名写在 terms 表；同一术语的其他英文名在 names 表各占一行（填 term 即可，id 可空）。"),
    ("状态", "official 官方译名；proposed 建议译名；rejected 不采用。删去英文名，即记为不采用。"),
    ("新术语", "在 terms 表末尾另起一行，填 term，不填 id。"),
    ("注意", "请勿改动 id 列与隐藏的 check 列：它们说明这一行是谁、导出时是什么样子。"),
    ("What it is", "A glossary of policy terms: English names, definitions, other names, components, relations, sources."),
    ("How to edit", "Columns with a green head may be changed: save the file and read it back with kg import. Columns with a grey head are there to be read."),
    ("English names", "The first English name of a term stands in the sheet terms; its others in the sheet names, one a row (give the term; the id can stay empty)."),
    ("Status", "official; proposed; rejected. An English name that is deleted is recorded as rejected."),
    ("A new term", "A new row at the end of the sheet terms, with the term and without an id."),
    ("Take care", "Leave the column id and the hidden column check as they are: they say which row it is and what was exported."),
)  # fmt: skip


def as_csv(table: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8, with the byte order mark that spreadsheets need to read Chinese."""
    out = StringIO()
    writer = csv.DictWriter(out, [column.name for column in table.columns], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(contents: Contents) -> bytes:
    """The glossary as a workbook: a sheet for each table, and one that says how to fill it in."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": contents.title, "author": "policy-terms", "created": _EPOCH})
    looks = _Looks(book)
    for table in (
        tables.terms(contents, first_name_only=True),
        tables.further_names(contents),
        tables.definitions(contents),
        tables.components(contents),
        tables.relations(contents, with_components=False),
        tables.sources(contents),
    ):
        _sheet(book, table, looks)
    about = book.add_worksheet("about")
    about.set_column(0, 0, 16, looks.label)
    about.set_column(1, 1, _ABOUT_WIDTH, looks.text)
    about.fit_to_pages(1, 0)
    for place, (what, text) in enumerate(_ABOUT):
        about.set_row(place, _LINE * _height(text, _ABOUT_WIDTH))
        about.write_row(place, 0, (what, text))
    book.close()
    return out.getvalue()


class _Looks:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        def look(**more: Any) -> Format:
            shown: Format = book.add_format({"valign": "top", "align": "left", "font_size": 11, **more})
            return shown

        head = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "vcenter"}
        self.editable = look(**head, bg_color="#D8EBD3")
        self.read_only = look(**head, bg_color="#E4E4E4")
        self.text = look(text_wrap=True)
        self.label = look(bold=True, text_wrap=True)
        self.faint = look(font_color="#808080")


def _sheet(book: Workbook, table: Table, looks: _Looks) -> None:
    sheet = book.add_worksheet(table.name)
    last = len(table.rows)
    for place, column in enumerate(table.columns):
        shown = looks.label if place == 0 else looks.faint if _is_for_machines(column.name) else looks.text
        hidden = {"hidden": True} if column.name in _KEPT_OUT_OF_SIGHT else {}
        sheet.set_column(place, place, column.width, shown, hidden)
        head = looks.editable if column.editable else looks.read_only
        sheet.write_string(0, place, f"{column.name} {column.chinese}", head)
        sheet.write_comment(0, place, column.what, {"visible": False, "author": "policy-terms"})
        if column.choices:
            sheet.data_validation(
                1,
                place,
                last + _NEW_ROWS,
                place,
                {
                    "validate": "list",
                    "source": list(column.choices),
                    "error_title": column.name,
                    "error_message": f"{column.name}: {', '.join(column.choices)}",
                },
            )
    for number, row in enumerate(table.rows, start=1):
        sheet.set_row(number, _LINE * _lines(table, row))
        for place, column in enumerate(table.columns):
            value = row[column.name]
            if isinstance(value, str):
                if value:
                    sheet.write_string(number, place, value)
            else:
                sheet.write_number(number, place, value)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    shown = [n for n, column in enumerate(table.columns) if not _is_for_machines(column.name)]
    sheet.print_area(0, 0, last, shown[-1])


def _is_for_machines(name: str) -> bool:
    return name in _KEPT_OUT_OF_SIGHT or name.endswith("id")


def _lines(table: Table, row: tables.Row) -> int:
    """How many lines a row needs: not every program makes rows as high as their text when it opens a file."""
    shown = [column for column in table.columns if not _is_for_machines(column.name)]
    return min(_MOST_LINES, max(_height(str(row[column.name]), column.width) for column in shown))


def _height(text: str, width: int) -> int:
    """How many lines a text has in a column; a Chinese character is as wide as two letters.

    >>> _height("稳就业、稳金融", 10), _height("", 10), _height("两\\n段", 10)
    (2, 1, 2)
    """
    lines = 0
    for paragraph in text.split("\n"):
        wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in paragraph)
        lines += max(1, -(-wide * 21 // (width * 20)))  # a twentieth more: letters differ
    return lines
