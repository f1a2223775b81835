"""Rows of the table of relations → decisions about links."""

from __future__ import annotations

from collections.abc import Iterator

from kg.exports.tables import RELATION_TYPES
from kg.model import Decision
from kg.returns.matches import Matches, Row


def compare_links(rows: list[Row], matches: Matches) -> Iterator[Decision]:
    """A decision for each link that the build does not have. One that was deleted is told."""
    held = {(link.one, link.type, link.other) for link in matches.contents.relations}
    labels = matches.contents.labels()
    found = set()
    for row in rows:
        one, other = matches.find(row, "from", "from id"), matches.find(row, "to", "to id")
        for end in ("from", "to"):
            if matches.is_new(row, end, f"{end} id"):
                matches.note(row, f"{row[end]} is no term of the build; the link is not taken")
        if one is None or other is None:
            continue
        link = (one.iri, row["relation"], other.iri)
        found.add(link)
        if link in held:
            continue
        if row["relation"] not in RELATION_TYPES:
            known = ", ".join(RELATION_TYPES)
            matches.note(row, f"{row['relation'] or 'nothing'} is no type that a link can get: {known}")
        elif one == other:
            matches.note(row, f"{one.label} is linked with itself; the link is not taken")
        else:
            yield Decision("link", one.label, "", other=other.label, relation=row["relation"])
    ends = {iri for one_iri, _, other_iri in found for iri in (one_iri, other_iri)}
    for one_iri, kind, other_iri in sorted(held - found):
        if {one_iri, other_iri} <= ends and kind in RELATION_TYPES:
            told = f"{labels[one_iri]} {kind} {labels[other_iri]}"
            matches.notes.append(
                f"relations: {told} is not in the file; what documents bear out is not deleted"
            )
