"""Decisions of a person, as records and as tables of `curated.toml`.

The file is a person's: comments, order and spacing of what stands in it stay. A decision about the same thing as
one that is there already takes its place, so that no two decisions contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from kg.files import write_text
from kg.model import KgError


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of a term; a field that is empty or None says nothing."""

    do: str  #: english, alias, definition, components, add or link
    term: str  #: its label, with its qualifier where it has one
    label: str = ""  #: an English name
    status: str = ""  #: of the English name: official, proposed or rejected
    source: str = ""
    year: int | None = None
    alias: str = ""
    aliases: tuple[str, ...] = ()
    definition: str = ""
    components: tuple[str, ...] = ()
    document: str = ""  #: whose list of components is put right
    to: str = ""
    relation: str = ""


#: The fields that say which thing a decision is about; the others say what is decided of it.
_ABOUT = {
    "english": ("label",),
    "alias": ("alias",),
    "definition": (),
    "components": ("document",),
    "add": (),
    "link": ("to", "relation"),
}


def as_table(decision: Decision) -> dict[str, Any]:
    """A decision as a table of TOML, without what it does not say.

    >>> as_table(Decision("english", "六稳", label="the Six Stabilities", year=2020))
    {'do': 'english', 'term': '六稳', 'label': 'the Six Stabilities', 'year': 2020}
    """
    told = {field.name: getattr(decision, field.name) for field in fields(decision)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in told.items()
        if value not in ("", None, ())
    }


def write_decisions(
    path: Path,
    decisions: Iterable[Decision],
    when: date,
    by: str = "",
    reason: str = "",
    also_called: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Put `decisions` into the file at `path`, which need not be there yet.

    `also_called` gives the other ways to name a term in the file: its IRI, its id. Raises `KgError` where the
    file is no TOML or is not made of decisions; it is then left as it is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        file = tomlkit.parse(text)
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise KgError(f"{path}: cannot be read as TOML ({error}); put it right and try again") from None
    if "decision" not in file:
        file["decision"] = tomlkit.aot()
    kept: Any = file["decision"]
    if not isinstance(kept, tomlkit.items.AoT):
        raise KgError(f"{path}: decisions stand there in another form; each begins with a line [[decision]]")
    for decision in decisions:
        names = {decision.term, *(also_called or {}).get(decision.term, ())}
        table = next((old for old in kept if _same(old, decision, names)), None)
        if table is None:
            table = tomlkit.table()
            kept.append(table)
            table = kept[-1]
        told = as_table(decision) | {"date": when, "by": by, "reason": reason}
        term = table.get("term", decision.term)  # as the file calls it
        for name, value in told.items():
            if value != "":
                table[name] = term if name == "term" else value
        for name in ("status", "source", "year"):
            if decision.do == "english" and name in table and name not in told:
                del table[name]
    write_text(path, tomlkit.dumps(file))


def _same(old: Mapping[str, Any], decision: Decision, names: set[str]) -> bool:
    """Whether a table of the file is about the same thing."""
    told = as_table(decision)
    return (
        old.get("do") == decision.do
        and old.get("term") in names
        and all(old.get(name) == told.get(name) for name in _ABOUT[decision.do])
    )
