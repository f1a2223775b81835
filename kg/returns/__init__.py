"""The way back: what a person has changed in an exported file, as decisions for `curated.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from kg.curated import put_decisions
from kg.exports.contents import contents
from kg.model import Decision, KgError
from kg.returns.comparison import Comparison, compare
from kg.returns.sheets import read_file

__all__ = ["Comparison", "compare_file", "record", "require_taken_back"]


def compare_file(store: Store, path: Path) -> Comparison:
    """What the file at `path` changes of the build that it was exported from.

    Raises `KgError` where the file cannot be read or was not exported.
    """
    sheets = read_file(path)
    return compare(contents(store), sheets)


def require_taken_back(store: Store, path: Path) -> None:
    """Raise `KgError` where the file at `path` holds what a person has changed and the build does not know.

    A file that is no export, or is not there, has no such changes.
    """
    if not path.is_file():
        return
    try:
        changed = compare_file(store, path).decisions
    except KgError:
        return
    if changed:
        first, *others = dict.fromkeys(decision.term for decision in changed)
        many = f"{len(changed)} change" + ("" if len(changed) == 1 else "s")
        raise KgError(
            f"{path}: holds {many} that this build does not know ({first}{', …' if others else ''}); "
            f"take them back with kg import {path} and kg build, or give another file"
        )


def record(decisions: Iterable[Decision], path: Path, when: date, reason: str, by: str | None = None) -> None:
    """Put decisions into the file of decisions at `path`, each in the place of an older one about the same thing.

    Raises `KgError` where the file cannot be read or written; it is then left as it is.
    """
    told = (replace(each, date=when.isoformat(), reason=reason, by=by or None) for each in decisions)
    put_decisions(path, told)
