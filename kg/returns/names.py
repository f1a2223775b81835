"""English names that came back, held against those of the build → decisions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.exports.records import Name
from kg.exports.tables import NAME_COLUMNS, STATUSES, names_field
from kg.model import Decision
from kg.returns.matches import Matches, Row, exported, several

_CHINESE_STATUSES = {"官方": "official", "建议": "proposed", "不采用": "rejected"}
_CELLS = tuple(column.name for column in NAME_COLUMNS)


class Names:
    """The English names of a file, gathered from all its rows before they are compared."""

    def __init__(self, matches: Matches, one_a_cell: bool) -> None:
        self._matches = matches
        self._one_a_cell = one_a_cell  #: a CSV file has all names of a term in one cell, other files have one
        self._given: defaultdict[str, list[Name]] = defaultdict(list)
        self._whole: dict[str, Row] = {}  #: the rows of the terms, which carry what was exported
        self._unsure: set[str] = set()  #: terms of which a name cannot be read
        self._new: list[str] = []

    def add(self, row: Row, term: str, is_whole: bool = False, is_new: bool = False) -> None:
        """Add the names of a row to those of a term (its IRI, or the label of a new one)."""
        if is_whole:
            self._whole[term] = row
        if is_new:
            self._new.append(term)
        texts = [row["english"]] if self._one_a_cell else several(row["english"])
        if len(texts) <= 1:
            self._add(row, term, {name: row[name] for name in _CELLS})
            return
        columns = {name: several(row[name], empty=True) for name in _CELLS}
        if any(len(column) not in (0, len(columns["english"])) for column in columns.values()):
            self._unsure.add(term)
            what = f"{len(columns['english'])} English names, but not as many statuses, sources or years"
            self._matches.note(row, f"{what}; the English names of this term are not taken")
            return
        for n in range(len(columns["english"])):
            self._add(row, term, {name: column[n] if column else "" for name, column in columns.items()})

    def further(self, rows: Iterable[Row]) -> None:
        """Add the names of the sheet of names."""
        for row in rows:
            term = self._matches.find(row)
            if term is not None:
                self.add(row, term.iri)
            elif row["term"] in self._new:
                self.add(row, row["term"])
            elif self._matches.is_new(row):
                self._matches.note(row, f"{row['term']} is no term of the build; add it to the sheet terms")

    def _add(self, row: Row, term: str, cells: dict[str, str]) -> None:
        status, year = cells["status"].casefold(), cells["year"]
        status = _CHINESE_STATUSES.get(status, status)
        wrong = ""
        if not cells["english"]:
            wrong = "a status, source or year without an English name" if any(cells.values()) else ""
        elif status and status not in STATUSES:
            wrong = f"the status {status!r} is none of {', '.join(STATUSES)}"
        elif year and not re.fullmatch(r"\d{4}", year):
            wrong = f"the year {year!r} has no four digits"
        if wrong:
            self._unsure.add(term)
            self._matches.note(row, f"{wrong}; the English names of this term are not taken")
        elif cells["english"]:
            name = Name(cells["english"], status, cells["source"], int(year) if year else None)
            self._given[term].append(name)

    def compare(self) -> Iterator[Decision]:
        """A decision for each name that is new, changed or gone."""
        for label in self._new:
            if label not in self._unsure:
                yield from _changed(label, (), self._given[label])
        for term in self._matches.contents.terms:
            given, row = self._given[term.iri], self._whole.get(term.iri)
            if term.iri in self._unsure or (row is None and not given):
                continue
            if row is None:  # without the row of the term nobody knows that a name was deleted
                yield from _changed(term.label, term.names, given)
                continue
            what = f"{term.label}: the English names"
            build = names_field(term.names)
            if self._matches.edited(row, what, names_field(given), build, exported(row, "names")):
                yield from _changed(term.label, term.names, given)
                yield from self._gone(row, term.label, term.names, given)

    def _gone(self, row: Row, term: str, held: Iterable[Name], given: Iterable[Name]) -> Iterator[Decision]:
        kept = {name.text for name in given}
        for name in held:
            if name.text in kept:
                continue
            if name.status == "rejected":
                self._matches.note(row, f"{term}: {name.text} is rejected already and stays on record")
            else:
                yield _english(term, name, "rejected")


def _changed(term: str, held: Iterable[Name], given: Iterable[Name]) -> Iterator[Decision]:
    """Names that are new, or of which something else is said. Without a status a name is proposed."""
    before = {name.text: name for name in held}
    for text, name in {name.text: name for name in given}.items():
        old = before.get(text)
        if name != old:
            status = name.status or ("proposed" if old is None or old.status else "")
            yield _english(term, name, status)


def _english(term: str, name: Name, status: str) -> Decision:
    return Decision(
        "english",
        term,
        "",
        label=name.text,
        status=status or None,
        source=name.source or None,
        year=name.year,
    )
