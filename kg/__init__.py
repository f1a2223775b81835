"""A knowledge graph of policy slogans, from the reports that use them.

What a program or a notebook needs stands here; `docs/library.md` shows it at work.

>>> import kg
>>> kg.parse_numeral("三去一降一补").count
5
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.builds import Build, Rows, Term
    from kg.model import KgError
    from kg.numerals import Numeral, parse_numeral

__all__ = ["Build", "KgError", "Numeral", "Rows", "Term", "build", "open", "parse_numeral"]

#: Where the names stand that are loaded when they are first asked for, so that `import kg` is quick.
_HOMES = {
    "Build": "kg.builds",
    "Rows": "kg.builds",
    "Term": "kg.builds",
    "KgError": "kg.model",
    "Numeral": "kg.numerals",
    "parse_numeral": "kg.numerals",
}


def open(output: str | Path = "output") -> Build:
    """The build in the folder `output`, to be asked. Raises `KgError` where there is none."""
    from kg.builds import Build

    return Build(output)


def build(
    folder: str | Path,
    output: str | Path = "output",
    *,
    base: str | None = None,
    terms: str | Path | None = None,
    mentions: str = "rdf",
) -> Build:
    """Read the documents in `folder`, write the graph to `output` and open it; `.made` tells what was found.

    `base` is the base IRI of the graph, `terms` a file with terms of one's own; `mentions` go into the graph ("rdf"), or
    into tables beside it ("parquet"). Raises `KgError` where a document, the manifest or a folder cannot be used.
    """
    from kg.builds import Build
    from kg.pipeline import build as make
    from kg.vocab import DEFAULT_BASE

    own = None if terms is None else Path(terms)
    made = make(Path(folder), Path(output), base or DEFAULT_BASE, terms=own, mentions=mentions)
    return Build(output, made)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
