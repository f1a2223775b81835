"""The reports of a build → the two of one issuer that are meant by two names, or by none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.errors import KgError
from kg.model import Kind

FULL = (Kind.REPORT, Kind.ANNOTATED)  #: a digest leaves out what its report says: that proves nothing

_NOBODY = "?"  #: the issuer of a document of which it is not known
Row = Mapping[str, Any]  #: a document: its id, kind, issuer, region and year


def chosen(
    rows: Sequence[Row], old: str | int | None, new: str | int | None, issuer: str | None
) -> tuple[Row, Row]:
    """The earlier and the later report, told by their years or ids: one alone, by default the newest, and the one before it.

    `rows` are all documents, by year. Raises `KgError` where a report is not there, is a digest, or could be
    several, with what there is.
    """
    mine = [row for row in rows if issuer is None or issuer in (issuer_of(row), row["region"])]
    if not mine:
        raise KgError(f"no document is by {issuer}; there are: {several(map(issuer_of, rows))}")
    if new is None:
        old, new = None, old
    later = _newest(mine) if new is None else _one(mine, new)
    earlier = _before(mine, later) if old is None else _one(mine, old)
    if issuer_of(earlier) != issuer_of(later):
        raise KgError(
            f"{earlier['id']} is by {issuer_of(earlier)}, {later['id']} by {issuer_of(later)}: compare reports of one"
        )
    if earlier["id"] == later["id"]:
        raise KgError(f"{later['id']} cannot be compared with itself; give another year")
    if earlier["year"] == later["year"]:
        raise KgError(f"{earlier['id']} and {later['id']} are of one year; give another")
    if earlier["year"] > later["year"]:
        earlier, later = later, earlier
    return earlier, later


def issuer_of(row: Row) -> str:
    """Who gave a document: its issuer, or its region where that is not known."""
    return str(row["issuer"] or row["region"] or _NOBODY)


def several(names: Iterable[object]) -> str:
    """Names one after the other, each once."""
    return ", ".join(dict.fromkeys(str(name) for name in names if name != _NOBODY))


def _one(rows: Sequence[Row], name: str | int) -> Row:
    """The full report of that id or year."""
    found = [row for row in rows if row["id"] == str(name)] or [
        row for row in rows if str(row["year"]) == str(name)
    ]
    full = [row for row in found if row["kind"] in FULL]
    if not found:
        raise KgError(f"there is no report {name!r}; there are: {several(_label(row) for row in rows)}")
    if not full:
        raise KgError(
            f"{several(row['id'] for row in found)}: no full report, and what a digest leaves out proves nothing; "
            f"there are: {several(_label(row) for row in rows if row['kind'] in FULL)}"
        )
    if len({issuer_of(row) for row in full}) > 1:
        raise KgError(
            f"{name}: reports of {several(map(issuer_of, full))}; say which with --issuer, or give an id"
        )
    return min(full, key=lambda row: (row["kind"] != Kind.REPORT, row["id"]))


def _label(row: Row) -> str:
    return str(row["year"])


def _newest(rows: Sequence[Row]) -> Row:
    """The newest full report."""
    full = [row for row in rows if row["kind"] in FULL]
    years: dict[str, set[int]] = {}
    for row in full:
        years.setdefault(issuer_of(row), set()).add(row["year"])
    with_two = {one for one, found in years.items() if len(found) > 1}
    if not with_two:
        raise KgError("no issuer has two full reports to compare: add one with kg add")
    if len(with_two) > 1:
        raise KgError(f"reports of {several(sorted(with_two))}; say which with --issuer")
    return [row for row in full if issuer_of(row) in with_two][-1]


def _before(rows: Sequence[Row], later: Row) -> Row:
    """The full report before another one, of the same issuer."""
    full = [
        row
        for row in rows
        if row["kind"] in FULL and issuer_of(row) == issuer_of(later) and row["year"] < later["year"]
    ]
    if not full:
        raise KgError(f"{later['id']} is the oldest full report of {issuer_of(later)}; give two years")
    return _one([row for row in full if row["year"] == full[-1]["year"]], full[-1]["year"])
