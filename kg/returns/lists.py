"""Lists of components that came back, held against those of the build → decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.exports.records import Listed, Term
from kg.exports.tables import texts
from kg.model import Decision
from kg.returns.matches import Matches, Row, same


def compare_lists(rows: list[Row], matches: Matches) -> Iterator[Decision]:
    """A decision for each list of the sheet of components that a person has put right.

    A row that was deleted is a component that does not belong to the list; a list of which no row is left
    stays as it is.
    """
    terms = matches.contents.terms
    lists = {told.iri: (term, told) for term in terms for told in (*term.definitions, *term.listings)}
    by_list: defaultdict[str, list[Row]] = defaultdict(list)
    fresh: defaultdict[str, list[Row]] = defaultdict(list)  #: of terms that have no list, by label
    for row in rows:
        if row["list"] in lists:
            by_list[row["list"]].append(row)
        elif row["list"]:
            matches.note(row, f"the build has no list {row['list']}; nothing of this row is taken")
        elif (term := matches.find(row)) is not None:
            mine = [told for told in term.lists if row["document"] in ("", told.document)]
            if not term.lists:
                fresh[term.label].append(row)
            elif len(mine) == 1:
                by_list[mine[0].iri].append(row)
            else:
                matches.note(
                    row, f"{term.label} has several lists; copy “list” and “document” of the one you mean"
                )
        elif matches.is_new(row):
            matches.note(row, f"{row['term']} is no term of the build; add it to the sheet terms")
    edited: defaultdict[tuple[str, str], dict[tuple[str, ...], Row]] = defaultdict(dict)
    for iri, told_rows in by_list.items():
        term, told = lists[iri]
        if given := _edited(term, told, told_rows, matches):
            edited[term.iri, told.document].setdefault(given, told_rows[0])
    for (iri, document), versions in edited.items():
        yield from _decision(next(term for term in terms if term.iri == iri), document, versions, matches)
    for label, told_rows in fresh.items():
        if given := _components(told_rows):
            yield Decision("components", label, "", components=given)


def _decision(
    term: Term, document: str, versions: dict[tuple[str, ...], Row], matches: Matches
) -> Iterator[Decision]:
    """A decision is about all that a document lists of a term: it can say the same thing twice, not two things."""
    row = next(iter(versions.values()))
    if len({texts(told) for told in term.lists if told.document == document}) > 1 or len(versions) > 1:
        matches.note(row, f"{term.label} has two lists in {document}; say in curated.toml what it counts")
    else:
        yield Decision("components", term.label, "", components=next(iter(versions)), document=document)


def _edited(term: Term, told: Listed, rows: list[Row], matches: Matches) -> tuple[str, ...]:
    """The components of a list that a person has changed; none where nothing can be taken."""
    rows = _in_order(rows)
    given, held = _components(rows), texts(told)
    exported = next((row["check"] for row in rows if row["check"]), None)
    if given == held:
        for row, part in zip(rows, told.parts, strict=False):
            for name, kept in (("group", part.group), ("gloss", part.gloss)):
                if not same(row[name], kept):
                    matches.note(row, f"{term.label}: the {name} of {part.text} cannot be changed")
        return ()
    if not matches.edited(rows[0], f"{term.label}: a list of components", given, held, exported):
        return ()
    if not given:
        matches.note(rows[0], f"{term.label}: a list of components is not deleted; reject it in curated.toml")
    return given


def _components(rows: list[Row]) -> tuple[str, ...]:
    return tuple(row["component"] for row in rows if row["component"])


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows by position, since a sheet may have been sorted; a row without one stays behind the row above it."""
    places, last = [], 0
    for row in rows:
        last = int(row["position"]) if row["position"].isdecimal() else last
        places.append(last)
    return [rows[n] for n in sorted(range(len(rows)), key=lambda n: (places[n], n))]
