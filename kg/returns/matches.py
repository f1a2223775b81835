"""Which term of the build a row is about, and whether a person has changed what it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.exports.records import Contents, Term
from kg.exports.tables import FIELDS, SEPARATOR, digest
from kg.exports.tbx import identifier


@dataclass(frozen=True, slots=True)
class Row:
    """A row that came back: where it stands in its file, and its cells by column."""

    place: str
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


class Matches:
    """The terms of a build as rows name them, and the lines about what cannot be taken back."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.notes: list[str] = []
        self._by_id = {term.iri: term for term in contents.terms}
        self._by_id |= {identifier(term.iri): term for term in contents.terms}
        self._by_label = {term.label: [term] for term in contents.terms}
        also: defaultdict[str, list[Term]] = defaultdict(list)
        for term in contents.terms:
            for alias in term.aliases:
                also[alias].append(term)
        self._by_label = also | self._by_label  # a label goes before another term's other name

    def note(self, row: Row, what: str) -> None:
        """Tell what of a row is not taken."""
        self.notes.append(f"{row.place}: {what}")

    def find(self, row: Row, label: str = "term", name: str = "id") -> Term | None:
        """The term that a row is about. None where there is none; a label that is new is not told."""
        if row[name]:
            term = self._by_id.get(row[name])
            if term is None:
                self.note(row, f"the build has no identifier {row[name]}; nothing of this row is taken")
            return term
        if not row[label]:
            self.note(row, f"neither {label} nor {name} is given; nothing of this row is taken")
            return None
        found = self._by_label.get(row[label], [])
        if len(found) > 1:
            senses = "、".join(term.label for term in found)
            self.note(row, f"{row[label]} can be {senses}; say which, nothing of this row is taken")
        return found[0] if len(found) == 1 else None

    def is_new(self, row: Row, label: str = "term", name: str = "id") -> bool:
        """Whether a row names a term that the build does not have."""
        return bool(row[label]) and not row[name] and row[label] not in self._by_label

    def edited(
        self, row: Row, what: str, file: Sequence[str], build: Sequence[str], exported: str | None
    ) -> bool:
        """Whether a person has changed a field so that it can be taken.

        `exported` is the digest of what was exported, None where the file has lost it: the build then counts as
        unchanged. What both have changed is told.
        """
        if _squeezed(file) == _squeezed(build):
            return False
        if exported is None or digest(build) == exported:
            return True
        if digest(file) != exported:
            self.note(row, f"{what} changed in the file and, since the export, in the build; export again")
        return False


def exported(row: Row, name: str) -> str | None:
    """The digest of what was exported of a field; None where the file has lost it.

    >>> exported(Row("", {"check": "a-b-c-d"}), "aliases")
    'c'
    """
    checks = row["check"].split("-")
    return checks[FIELDS.index(name)] if len(checks) >= len(FIELDS) else None


def several(cell: str, empty: bool = False) -> list[str]:
    """The values of a cell that has several; those that are empty keep their place where it matters.

    >>> several("a | b | "), several(" | 2020", empty=True)
    (['a', 'b'], ['', '2020'])
    """
    if not cell:
        return []
    values = [value.strip() for value in cell.split(SEPARATOR.strip())]
    return values if empty else list(dict.fromkeys(value for value in values if value))


def same(one: str, other: str) -> bool:
    """Whether two texts differ in white space at most: a tool may break lines elsewhere."""
    return one.split() == other.split()


def _squeezed(values: Iterable[str]) -> list[list[str]]:
    return [value.split() for value in values]
