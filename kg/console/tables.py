"""Rows for people and for machines: tables, JSON, CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text


def console() -> Console:
    """Standard output for a person: as wide as the terminal, without colours where it is no terminal."""
    return Console(highlight=False, soft_wrap=False, emoji=False, markup=False)


def as_json(value: object) -> str:
    """A value as JSON, a line a field."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a byte order mark, which spreadsheets need to read Chinese."""
    import csv
    import io

    out = io.StringIO()
    names = list(columns) or (list(rows[0]) if rows else [])
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: as_cell(value) for key, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def as_cell(value: object) -> object:
    """A value of a row as one cell: a list with semicolons; a component with its group; an origin with its level."""
    if isinstance(value, list):
        return "; ".join(str(as_cell(item)) for item in value)
    if isinstance(value, dict):
        named = value.get("group") or value.get("level")
        text = value.get("text", value.get("cue", ""))
        return f"{named}: {text}" if named else text
    return value


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    """A plain table; columns of numbers stand to the right."""
    rows = [tuple(row) for row in rows]
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        numeric = all(isinstance(row[i], (int, float)) or row[i] is None for row in rows)
        shown.add_column(name, justify="right" if numeric and rows else "left", overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    return shown


def answer(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Group:
    """Rows as a table. What is the same in all of several rows is said once, above."""
    same = [i for i in range(len(columns)) if len(rows) > 1 and len({row[i] for row in rows}) == 1]
    if len(rows) == 1 and len(columns) > 5:  # one wide row reads better from above to below
        same = list(range(len(columns)))
    kept = [i for i in range(len(columns)) if i not in same]
    head = [Text(f"{columns[i]}: {rows[0][i]}") for i in same if rows[0][i] is not None]
    shown = [table([columns[i] for i in kept], [[row[i] for i in kept] for row in rows])] if kept else []
    return Group(*head, *shown)


def span_of_years(first: int, last: int) -> str:
    """2016–2020, or 2016 where both are one."""
    return str(first) if first == last else f"{first}–{last}"
