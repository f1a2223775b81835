"""Lists of components that came back, held against those of the build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from kg.exports.contents import Contents, Listed, Term
from kg.exports.tables import digest, texts
from kg.returns.decisions import Decision
from kg.returns.sheets import Sheets
from kg.returns.termbases import Row

Find = Callable[[Row], Term | None]
Note = Callable[[str, str], None]


def compare_lists(contents: Contents, sheets: Sheets, find: Find, note: Note) -> Iterator[Decision]:
    """A decision for each list of the sheet of components that a person has put right.

    A row that was deleted is a component that does not belong to the list; a list of which no row is left
    stays as it is.
    """
    lists = {
        told.iri: (term, told) for term in contents.terms for told in (*term.definitions, *term.listings)
    }
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    fresh: defaultdict[str, list[Row]] = defaultdict(list)  #: lists of terms that have none, by label
    for row in sheets.get("components", []):
        iri = row["list"]
        if not iri:
            term = find(row)
            if term is None:
                if row["term"] and not row["id"]:
                    note(row.place, f"{row['term']} is no term of the build; add it to the sheet terms")
                continue
            mine = [told for told in term.lists if row["document"] in ("", told.document)]
            if not mine and not term.lists:
                fresh[term.label].append(row)
                continue
            if len(mine) != 1:
                note(
                    row.place,
                    f"{term.label} has several lists; copy the cells list and document of one of its rows",
                )
                continue
            iri = mine[0].iri
        if iri not in lists:
            note(row.place, f"the build has no list {iri}; nothing of this row is taken")
        else:
            rows[iri].append(row)
    for iri, told_rows in rows.items():
        yield from _compare(*lists[iri], told_rows, note)
    for label, told_rows in fresh.items():
        if given := tuple(row["component"] for row in told_rows if row["component"]):
            yield Decision("components", label, components=given)


def _compare(term: Term, told: Listed, rows: list[Row], note: Note) -> Iterator[Decision]:
    ordered = _in_order(rows)
    given = tuple(row["component"] for row in ordered if row["component"])
    held = texts(told)
    if given == held:
        for row, part in zip(ordered, told.parts, strict=False):
            for name, kept in (("group", part.group), ("gloss", part.gloss)):
                if " ".join(row[name].split()) != " ".join(kept.split()):
                    note(row.place, f"{term.label}: the {name} of {part.text} cannot be changed")
        return
    exported = next((row["check"] for row in rows if row["check"]), None)
    if exported is not None and digest(held) != exported:
        if digest(given) != exported:
            note(
                rows[0].place,
                f"{term.label}: its components changed in the file and, since the export, in the build; export again",
            )
        return
    if not given:
        note(rows[0].place, f"{term.label}: a list of components is not deleted; reject it in curated.toml")
    elif sum(each.document == told.document for each in term.lists) > 1:
        note(
            rows[0].place,
            f"{term.label} has two lists in {told.document}; put this one right in curated.toml",
        )
    else:
        yield Decision("components", term.label, components=given, document=told.document)


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows by position, since a sheet may have been sorted; a row without one stays behind the row above it."""
    placed: list[tuple[int, int, Row]] = []
    last = 0
    for number, row in enumerate(rows):
        last = int(row["position"]) if row["position"].isdecimal() else last
        placed.append((last, number, row))
    return [row for *_, row in sorted(placed, key=lambda each: each[:2])]
