"""Files that come back → rows of text, whatever wrote them: a workbook, a CSV file, a termbase."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TypeAlias

from kg.cleaning import decode
from kg.exports import tables
from kg.model import KgError
from kg.returns.matches import Row
from kg.returns.termbases import read_tbx

Sheets: TypeAlias = dict[str, list[Row]]

#: The tables that may come back, each with the columns that it cannot be read without: a name that is not there
#: would be one that a person has deleted.
_NEEDED = {
    "terms": ("term", "id", *(column.name for column in tables.NAME_COLUMNS)),
    "names": ("term", "english"),
    "components": ("term", "component", "list"),
    "relations": ("from", "relation", "to"),
    "definitions": ("definition", "id"),
    "sources": ("document", "title"),
}
_COLUMNS = {
    "terms": {column.name for column in tables.TERMS} | {"components"},
    "relations": {column.name for column in tables.RELATIONS},
}


def read_file(path: Path) -> Sheets:
    """The tables of a file that was exported. Raises `KgError` where it cannot be read or is something else."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}); give an exported .xlsx, .csv or .tbx"
        ) from None
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return _read_xlsx(content, path)
    if ending == ".csv":
        return _read_csv(decode(content, str(path)), path)
    if ending in (".tbx", ".xml"):
        return read_tbx(content, path)
    raise KgError(f"{path}: only .xlsx, .csv and .tbx come back; kg export --list says what writes them")


def _read_xlsx(content: bytes, path: Path) -> Sheets:
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(BytesIO(content))
        found = {
            name: _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False), name, path)
            for name in book.sheet_names
            if name in _NEEDED
        }
    except CalamineError as error:
        raise KgError(f"{path}: is no workbook that can be read ({error}); export it again") from None
    if not found:
        raise KgError(
            f"{path}: has no sheet terms, names, components or relations; export it again: kg export {path.name}"
        )
    if "terms" in found and "names" not in found:
        raise KgError(
            f"{path}: has no sheet names, where further English names stand; copy it from a new export"
        )
    return found


def _read_csv(text: str, path: Path) -> Sheets:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet of some countries writes semicolons
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    columns = {_name(cell) for cell in rows[0]} if rows else set()
    name = max(_COLUMNS, key=lambda each: len(_COLUMNS[each] & columns))
    return {name: _rows(rows, name, path)}


def _rows(cells: Sequence[Sequence[object]], sheet: str, path: Path) -> list[Row]:
    """The rows of a sheet below its head, without those that are empty."""
    if not cells:
        raise KgError(f"{path}: the table {sheet} is empty; export it again")
    names = [_name(cell) for cell in cells[0]]
    if missing := [name for name in _NEEDED[sheet] if name not in names]:
        raise KgError(
            f"{path}: the table {sheet} has no column {', '.join(missing)}; "
            "export it again and leave the columns, hidden where they are in the way"
        )
    found = []
    for number, row in enumerate(cells[1:], start=2):
        values = {name: _text(cell) for name, cell in zip(names, row, strict=False) if name}
        if any(values.values()):
            found.append(Row(f"{sheet}, row {number}", values))
    return found


def _name(cell: object) -> str:
    """The name of a column: what its head says before the Chinese. “from id” is two words."""
    words = str(cell).strip().lstrip("\ufeff").split()
    plain = [word for word in words if word.isascii()]
    return " ".join(plain).lower()


def _text(cell: object) -> str:
    """A cell as text: a spreadsheet may have made a number of 2020, or put its own line ends."""
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
