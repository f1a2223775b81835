"""What came back, held against the build it was exported from → decisions, and what cannot be taken back.

A field counts as changed by a person where it is neither what the build holds nor what was exported: the check of
its row says what that was. Where the build has changed since, and the person has changed the same field too, nobody
can say which is right; that is told and nothing is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.exports import tables
from kg.exports.contents import Contents, Name, Term
from kg.exports.tables import FIELDS, SEPARATOR, STATUSES, digest, field, names_field
from kg.exports.tbx import identifier
from kg.returns.decisions import Decision
from kg.returns.lists import compare_lists
from kg.returns.sheets import Sheets
from kg.returns.termbases import Row

_CHINESE_STATUSES = {"官方": "official", "建议": "proposed", "不采用": "rejected"}
_FEW = 5  #: so many terms are named, of more only the number is told


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file changes: decisions, one for each field, and lines about what was not taken."""

    decisions: tuple[Decision, ...]
    notes: tuple[str, ...]


def compare(contents: Contents, sheets: Sheets) -> Comparison:
    """The decisions that a file which came back stands for. `contents` is all that the build holds."""
    comparison = _Comparing(contents, sheets)
    decisions = [
        *comparison.terms(),
        *comparison.names(),
        *compare_lists(contents, sheets, comparison.find, comparison.note),
    ]
    decisions += comparison.relations()
    comparison.only_to_be_read()
    return Comparison(tuple(dict.fromkeys(decisions)), tuple(dict.fromkeys(comparison.notes)))


class _Comparing:
    """One file against one build."""

    def __init__(self, contents: Contents, sheets: Sheets) -> None:
        self.contents, self.sheets = contents, sheets
        self.notes: list[str] = []
        self.by_id = {term.iri: term for term in contents.terms}
        self.by_id |= {identifier(term.iri): term for term in contents.terms}
        self.by_label = {term.label: term for term in contents.terms}
        self.seen: dict[str, Row] = {}  #: the first row of each term, by IRI
        self.added: dict[str, Decision] = {}  #: terms that the build does not have, by label
        self.given: defaultdict[str, list[Name]] = defaultdict(list)  #: English names in the file, by IRI
        self.unsure: set[str] = set()  #: terms of which a name could not be read, by IRI

    def note(self, place: str, what: str) -> None:
        self.notes.append(f"{place}: {what}")

    def find(self, row: Row, label: str = "term", name: str = "id") -> Term | None:
        """The term that a row is about; one that is unknown is told."""
        if row[name]:
            term = self.by_id.get(row[name])
            if term is None:
                self.note(row.place, f"the build has no identifier {row[name]}; nothing of this row is taken")
            return term
        if not row[label]:
            self.note(row.place, f"neither {label} nor {name} is given; nothing of this row is taken")
            return None
        return self.by_label.get(row[label])

    # terms and their fields

    def terms(self) -> Iterator[Decision]:
        rows = self.sheets.get("terms", [])
        for row in rows:
            term = self.find(row)
            if term is None:
                if row["term"] and not row["id"]:
                    yield from self._new(row)
            elif term.iri in self.seen:
                self._further_row(term, row)
            else:
                self.seen[term.iri] = row
                if row["term"] and row["term"] != term.label:
                    self.note(
                        row.place,
                        f"{term.label} is not renamed to {row['term']}; add the new name as an alias",
                    )
                self._names_of(row, term.iri)
                yield from self._definition(term, row)
                yield from self._aliases(term, row)
                if "components" in row.values:
                    yield from self._components(term, row)
                self._read_only(term, row)
        missing = [term.label for term in self.contents.terms if term.iri not in self.seen]
        if rows and missing:
            who = "、".join(missing) if len(missing) <= _FEW else f"{len(missing)} of the build's terms"
            self.notes.append(f"not in the file, and left as they are: {who}")

    def _new(self, row: Row) -> Iterator[Decision]:
        label = row["term"]
        if label in self.added:
            self.note(row.place, f"{label} is new and stands in another row too; only the first one is taken")
            return
        self.added[label] = Decision(
            "add", label, aliases=tuple(_several(row["aliases"])), definition=row["definition"],
            components=tuple(_several(row["components"])),
        )  # fmt: skip
        self._names_of(row, label)
        yield self.added[label]

    def _further_row(self, term: Term, row: Row) -> None:
        """Who copies a row gives another English name in it."""
        first = self.seen[term.iri]
        self._names_of(row, term.iri)
        if any(row[name] != first[name] for name in ("definition", "aliases", "components")):
            self.note(row.place, f"{term.label} has a row before; only the English name of this one is taken")

    def _edited(
        self, term: Term, row: Row, name: str, file: Sequence[str], held: Sequence[str] | None = None
    ) -> bool:
        """Whether a person has changed a field of a term, so that it can be taken."""
        build = field(term, name) if held is None else tuple(held)
        if _squeezed(file) == _squeezed(build):
            return False
        checks = row["check"].split("-")
        exported = checks[FIELDS.index(name)] if len(checks) >= len(FIELDS) else None
        if exported is None or digest(build) == exported:
            return True
        if digest(file) != exported:
            self.note(
                row.place,
                f"{term.label}: {name} changed in the file and, since the export, in the build; export again",
            )
        return False

    def _definition(self, term: Term, row: Row) -> Iterator[Decision]:
        if not self._edited(term, row, "definition", (row["definition"],)):
            return
        if row["definition"]:
            yield Decision("definition", term.label, definition=row["definition"])
        else:
            self.note(
                row.place,
                f"{term.label}: a definition is not deleted; write another, or reject it in curated.toml",
            )

    def _aliases(self, term: Term, row: Row) -> Iterator[Decision]:
        given = _several(row["aliases"])
        if not self._edited(term, row, "aliases", tuple(sorted(given))):
            return
        for alias in given:
            if alias not in term.aliases and alias != term.label:
                yield Decision("alias", term.label, alias=alias)
        for alias in term.aliases:
            if alias not in given:
                self.note(
                    row.place, f"{term.label}: the other name {alias} is not deleted; documents have it"
                )

    def _components(self, term: Term, row: Row) -> Iterator[Decision]:
        given = tuple(_several(row["components"]))
        if not self._edited(term, row, "components", given):
            return
        if given:
            document = term.lists[0].document if term.lists else ""
            yield Decision("components", term.label, components=given, document=document)
        else:
            self.note(
                row.place, f"{term.label}: a list of components is not deleted; reject it in curated.toml"
            )

    def _read_only(self, term: Term, row: Row) -> None:
        checks = row["check"].split("-")
        if len(checks) <= len(FIELDS) or digest(tables.read_only(row.values)) == checks[len(FIELDS)]:
            return
        (held,) = tables.terms(replace(self.contents, terms=(term,), relations=())).rows
        for column in tables.TERMS:
            if not column.editable and column.name not in ("id", "check", "term"):
                file, build = row[column.name], str(held[column.name])
                if column.name in row.values and file != build:
                    self.note(
                        row.place,
                        f"{term.label}: {column.name} cannot be changed ({build or 'nothing'} → {file or 'nothing'})",
                    )

    # English names

    def _names_of(self, row: Row, iri: str) -> None:
        """The English names of a row; a CSV file has several in a cell, each at its place in four cells."""
        cells = {name: row[name] for name in ("english", "status", "source", "year")}
        texts = [cells["english"]] if "names" in self.sheets else _several(cells["english"])
        if len(texts) <= 1:
            told = [cells]
        else:
            columns = {name: _several(cell, empty=True) for name, cell in cells.items()}
            if any(
                len(column) not in (0, len(texts)) for name, column in columns.items() if name != "english"
            ):
                self.unsure.add(iri)
                self.note(
                    row.place,
                    f"{len(texts)} English names, but not as many statuses, sources or years; not taken",
                )
                return
            told = [
                {name: column[n] if column else "" for name, column in columns.items()}
                for n in range(len(texts))
            ]
        for each in told:
            self._name(row.place, iri, each)

    def _name(self, place: str, iri: str, cells: dict[str, str]) -> None:
        text, status, year = cells["english"], cells["status"].casefold(), cells["year"]
        status = _CHINESE_STATUSES.get(status, status)
        wrong = ""
        if not text:
            wrong = "a status, source or year without an English name" if any(cells.values()) else ""
        elif status and status not in STATUSES:
            wrong = f"the status {status!r} is none of {', '.join(STATUSES)}"
        elif year and not re.fullmatch(r"\d{4}", year):
            wrong = f"the year {year!r} is no year"
        if wrong:
            self.unsure.add(iri)
            self.note(place, f"{wrong}; the English names of this term are not taken")
        elif text:
            self.given[iri].append(Name(text, status, cells["source"], int(year) if year else None))

    def names(self) -> Iterator[Decision]:
        for row in self.sheets.get("names", []):
            term = self.find(row)
            if term is not None:
                self._names_of(row, term.iri)
            elif row["term"] in self.added:
                self._names_of(row, row["term"])
            elif row["term"] and not row["id"]:
                self.note(row.place, f"{row['term']} is no term of the build; add it to the sheet terms")
        for label in self.added:
            yield from self._changed_names(label, (), self.given[label], deleted=False)
        for term in self.contents.terms:
            if term.iri in self.unsure or not (term.iri in self.seen or term.iri in self.given):
                continue
            given, first = self.given[term.iri], self.seen.get(term.iri)
            if first is None:
                yield from self._changed_names(term.label, term.names, given, deleted=False)
            elif self._edited(term, first, "names", names_field(given)):
                yield from self._changed_names(term.label, term.names, given, place=first.place)

    def _changed_names(
        self, term: str, held: Iterable[Name], given: Iterable[Name], deleted: bool = True, place: str = ""
    ) -> Iterator[Decision]:
        old, new = {name.text: name for name in held}, {name.text: name for name in given}
        for text, name in new.items():
            before = old.get(text)
            if name != before:
                status = name.status or ("proposed" if before is None or before.status else "")
                yield Decision("english", term, label=text, status=status, source=name.source, year=name.year)
        for text, name in old.items() if deleted else ():
            if text in new:
                continue
            if name.status == "rejected":
                self.note(place, f"{term}: {text} is rejected already and stays on record")
            else:
                yield Decision(
                    "english", term, label=text, status="rejected", source=name.source, year=name.year
                )

    # relations, and what is only to be read

    def relations(self) -> Iterator[Decision]:
        rows = self.sheets.get("relations", [])
        held = {(link.one, link.type, link.other) for link in self.contents.relations}
        labels = self.contents.labels()
        found = set()
        for row in rows:
            one, other = self.find(row, "from", "from id"), self.find(row, "to", "to id")
            for name, term in (("from", one), ("to", other)):
                if term is None and row[name] and not row[f"{name} id"]:
                    self.note(row.place, f"{row[name]} is no term of the build; the link is not taken")
            if one is None or other is None:
                continue
            link = (one.iri, row["relation"], other.iri)
            found.add(link)
            if link in held:
                continue
            if row["relation"] not in tables.RELATION_TYPES:
                known = ", ".join(tables.RELATION_TYPES)
                self.note(
                    row.place, f"{row['relation'] or 'nothing'} is no type of a link; there are: {known}"
                )
            elif link[0] == link[2]:
                self.note(row.place, f"{one.label} is linked with itself; the link is not taken")
            else:
                yield Decision("link", one.label, to=other.label, relation=row["relation"])
        ends = {iri for one, _, other in found for iri in (one, other)}
        gone = [
            link for link in held - found if {link[0], link[2]} <= ends and link[1] in tables.RELATION_TYPES
        ]
        for one_iri, type_, other_iri in sorted(gone):
            told = f"{labels[one_iri]} {type_} {labels[other_iri]}"
            self.notes.append(f"relations: {told} is not in the file; a link of documents is not deleted")

    def only_to_be_read(self) -> None:
        """Definitions are words of a document, and documents are described in corpus.toml."""
        whole = [
            ("definitions", tables.definitions, "id", ("definition",), "is the words of a document; write yours in the sheet terms"),
            ("sources", tables.sources, "document", ("title", "issuer", "publisher", "url"), "is described in corpus.toml; change it there"),
        ]  # fmt: skip
        for sheet, table, key, columns, why in whole:
            held = {str(row[key]): row for row in table(self.contents).rows} if sheet in self.sheets else {}
            for row in self.sheets.get(sheet, []):
                build = held.get(row[key])
                if build is None:
                    self.note(
                        row.place,
                        f"the build has no {key} {row[key] or '(empty)'}; nothing of this row is taken",
                    )
                    continue
                for column in columns:
                    if _squeezed([row[column]]) != _squeezed([str(build[column])]):
                        self.note(row.place, f"{column} of {row['term'] or row[key]} {why}")


def _several(cell: str, empty: bool = False) -> list[str]:
    """The values of a cell that has several; those that are empty keep their place where it matters.

    >>> _several("a | b | "), _several(" | 2020", empty=True)
    (['a', 'b'], ['', '2020'])
    """
    if not cell:
        return []
    values = [value.strip() for value in cell.split(SEPARATOR.strip())]
    return values if empty else list(dict.fromkeys(value for value in values if value))


def _squeezed(values: Iterable[str]) -> tuple[str, ...]:
    """Values in which all white space is one space: a tool may break lines elsewhere."""
    return tuple(" ".join(value.split()) for value in values)
