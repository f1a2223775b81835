"""The ledger of identifiers: a table beside the documents, one row for each identifier that was ever given.

It is for a corpus what a lock file is for a program: kept with the documents, written by a build only where
something changed, sorted, so that two versions can be compared and merged line by line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from kg.cleaning import decode
from kg.model import Identifier, KgError

LEDGER = "identifiers.tsv"

_LISTS = ("components", "definitions", "before", "behind", "documents")
_COLUMNS = ("id", "label", "qualifier", "state", "replaced_by", *_LISTS)
_STATES = {"in use": False, "gone": True}
_BETWEEN = " | "


def read_ledger(path: Path) -> tuple[Identifier, ...]:
    """The rows of a ledger; none where there is no file.

    Raises KgError with the line that is no row, or that gives an identifier a second time: without it
    identifiers that were given out could move.
    """
    try:
        text = decode(path.read_bytes(), str(path))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}); make it readable or move it away"
        ) from None
    lines = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
    rows: dict[str, Identifier] = {}
    try:
        if tuple(next(lines, ())) != _COLUMNS:
            raise ValueError("it does not name the columns")
        for cells in lines:
            row = _row(cells)
            if row.id in rows:
                raise ValueError(f"it gives the identifier {row.id!r} a second time")
            rows[row.id] = row
    except (ValueError, csv.Error) as error:
        where = f"{path}, line {max(1, lines.line_num)}"
        raise KgError(f"{where}: {error}; correct it, or restore the file from an earlier version") from None
    for row in rows.values():
        if row.replaced_by is not None and row.replaced_by not in rows:
            raise KgError(
                f"{path}: {row.id!r} is replaced by {row.replaced_by!r}, which is no identifier; correct it"
            )
    return tuple(rows.values())


def ledger_text(rows: Sequence[Identifier]) -> str:
    r"""The ledger as text, by label and identifier.

    >>> print(ledger_text([Identifier("六保", "六保", gone=True)]).replace("\t", ","), end="")
    id,label,qualifier,state,replaced_by,components,definitions,before,behind,documents
    六保,六保,,gone,,,,,,
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in sorted(rows, key=lambda row: (row.label, row.id)):
        state = "gone" if row.gone else "in use"
        lists = (_BETWEEN.join(getattr(row, name)) for name in _LISTS)
        writer.writerow([row.id, row.label, row.qualifier or "", state, row.replaced_by or "", *lists])
    return out.getvalue()


def _row(cells: Sequence[str]) -> Identifier:
    """A line of the table. Raises ValueError with what is wrong with it."""
    if len(cells) != len(_COLUMNS):
        raise ValueError(f"it has {len(cells)} columns, not {len(_COLUMNS)}")
    told = dict(zip(_COLUMNS, (cell.strip() for cell in cells), strict=True))
    if not told["id"] or not told["label"]:
        raise ValueError("it has no id or no label")
    if told["state"] not in _STATES:
        raise ValueError(f"its state is {told['state']!r}, not one of {', '.join(_STATES)}")
    components, definitions, before, behind, documents = (
        tuple(filter(None, map(str.strip, told[name].split("|")))) for name in _LISTS
    )
    return Identifier(
        id=told["id"],
        label=told["label"],
        qualifier=told["qualifier"] or None,
        gone=_STATES[told["state"]],
        replaced_by=told["replaced_by"] or None,
        components=components,
        definitions=definitions,
        before=before,
        behind=behind,
        documents=documents,
    )
