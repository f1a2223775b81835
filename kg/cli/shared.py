"""What the commands share: their options, and how rows are printed."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import SETTINGS

if TYPE_CHECKING:
    from pyoxigraph import Store

#: Where each module puts its commands, for `kg.cli.commands` to find.
app = typer.Typer(**SETTINGS)

DEFAULT_OUTPUT = Path("output")
Output = Annotated[Path, typer.Option("--output", "-o", help="The folder of a build.", show_default=True)]


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]


def open_build(output: Path) -> Store:
    """The store of a build."""
    from kg.store import open_store

    return open_store(output)


def find(store: Store, term: str) -> list[Any]:
    """The terms that a name stands for. Raises KgError with near misses where there is none."""
    from kg.lookup import require_terms

    return require_terms(store, term)


def print_rows(rows: list[Any], format: Format, shown: Any) -> None:
    """Rows as JSON or CSV, or what is `shown` of them as a table."""
    from kg import console

    if format == Format.TABLE:
        console.console().print(shown)
    else:
        print(
            console.as_json(rows) if format == Format.JSON else console.as_csv(rows),
            end="" if format == Format.CSV else "\n",
        )


def as_list(value: object) -> list[Any]:
    """A value that is a list, or an empty one."""
    return value if isinstance(value, list) else []


class Progress:
    """A line that says what is being done, on a terminal only."""

    def __enter__(self) -> Any:
        self._shown = sys.stderr.isatty()
        return self._step

    def _step(self, text: str) -> None:
        if self._shown:
            print(f"\r\033[K{text} …", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
