"""Rows of the table of terms → decisions about definitions, other names, components, and new terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.exports import tables
from kg.exports.records import Term
from kg.exports.tables import FIELDS, digest, field
from kg.model import Decision
from kg.returns.matches import Matches, Row, exported, several
from kg.returns.names import Names

_FEW = 5  #: so many terms are named, of more only the number is told


def compare_terms(rows: list[Row], matches: Matches, names: Names) -> Iterator[Decision]:
    """A decision for each field that a person has changed; English names go to `names`."""
    seen: dict[str, Row] = {}
    new: set[str] = set()
    for row in rows:
        term = matches.find(row)
        if term is None:
            if matches.is_new(row):
                yield from _new(row, matches, names, new)
        elif term.iri in seen:
            # who copies a row gives another English name in it
            names.add(row, term.iri)
            if any(row[name] != seen[term.iri][name] for name in ("definition", "aliases", "components")):
                matches.note(
                    row, f"{term.label} has a row before; only the English name of this one is taken"
                )
        else:
            seen[term.iri] = row
            names.add(row, term.iri, is_whole=True)
            for column, compare in _FIELDS.items():
                if column in row.values:  # a column that is not there was not edited
                    yield from compare(term, row, matches)
            _read_only(term, row, matches)
    missing = [term.label for term in matches.contents.terms if term.iri not in seen]
    if rows and missing:
        who = "、".join(missing) if len(missing) <= _FEW else f"{len(missing)} of the build's terms"
        matches.notes.append(f"not in the file, and left as they are: {who}")


def _new(row: Row, matches: Matches, names: Names, new: set[str]) -> Iterator[Decision]:
    label = row["term"]
    if label in new:
        matches.note(row, f"{label} is new and stands in another row too; only the first one is taken")
        return
    new.add(label)
    names.add(row, label, is_new=True)
    yield Decision(
        "add",
        label,
        "",
        aliases=tuple(several(row["aliases"])),
        definition=row["definition"] or None,
        components=tuple(several(row["components"])) or None,
    )


def _definition(term: Term, row: Row, matches: Matches) -> Iterator[Decision]:
    given = (row["definition"],)
    what = f"{term.label}: the definition"
    if not matches.edited(row, what, given, field(term, "definition"), exported(row, "definition")):
        return
    if row["definition"]:
        yield Decision("definition", term.label, "", definition=row["definition"])
    else:
        matches.note(row, f"{what} is not deleted; write another, or reject it in curated.toml")


def _aliases(term: Term, row: Row, matches: Matches) -> Iterator[Decision]:
    given = several(row["aliases"])
    build = field(term, "aliases")
    if not matches.edited(
        row, f"{term.label}: the other names", sorted(given), build, exported(row, "aliases")
    ):
        return
    for alias in given:
        if alias not in term.aliases and alias != term.label:
            yield Decision("alias", term.label, "", alias=alias)
    for alias in term.aliases:
        if alias not in given:
            matches.note(
                row, f"{term.label}: the other name {alias} is not deleted; reject it in curated.toml"
            )


def _components(term: Term, row: Row, matches: Matches) -> Iterator[Decision]:
    """Those of the column that a CSV file has; a workbook has a sheet of them instead."""
    given, what = tuple(several(row["components"])), f"{term.label}: the components"
    if not matches.edited(row, what, given, field(term, "components"), exported(row, "components")):
        return
    if given:
        document = term.lists[0].document if term.lists else None
        yield Decision("components", term.label, "", components=given, document=document)
    else:
        matches.note(row, f"{what} are not deleted; reject the list in curated.toml")


_FIELDS = {"definition": _definition, "aliases": _aliases, "components": _components}


def _read_only(term: Term, row: Row, matches: Matches) -> None:
    """Tell of cells that were changed and are only there to be read."""
    if row["term"] and row["term"] != term.label:
        matches.note(row, f"{term.label} is not renamed to {row['term']}; add the new name as an alias")
    checks = row["check"].split("-")
    if len(checks) <= len(FIELDS) or digest(tables.read_only(row.values)) == checks[len(FIELDS)]:
        return
    (held,) = tables.terms(replace(matches.contents, terms=(term,), relations=())).rows
    for column in tables.TERMS:
        if column.editable or column.name in ("term", "id", "check") or column.name not in row.values:
            continue
        file, build = row[column.name], str(held[column.name])
        if file != build:
            told = f"{build or 'nothing'} → {file or 'nothing'}"
            matches.note(row, f"{term.label}: {column.name} cannot be changed ({told})")
