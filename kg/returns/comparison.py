"""What came back, held against the build it was exported from → decisions, and what cannot be taken back.

A field counts as changed by a person where it is neither what the build holds nor what was exported: the check of
its row says what that was. Where the build has changed since, and the person has changed the same field too, nobody
can say which is right; that is told and nothing is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.exports import tables
from kg.exports.records import Contents
from kg.model import Decision
from kg.returns.fields import compare_terms
from kg.returns.links import compare_links
from kg.returns.lists import compare_lists
from kg.returns.matches import Matches, same
from kg.returns.names import Names
from kg.returns.sheets import Sheets


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file changes: decisions, one for each field, and lines about what was not taken."""

    decisions: tuple[Decision, ...]
    notes: tuple[str, ...]


def compare(contents: Contents, sheets: Sheets) -> Comparison:
    """The decisions that a file which came back stands for. `contents` is all that the build holds."""
    matches = Matches(contents)
    names = Names(matches, one_a_cell="names" in sheets)
    decisions = list(compare_terms(sheets.get("terms", []), matches, names))
    names.further(sheets.get("names", []))
    decisions += names.compare()
    decisions += compare_lists(sheets.get("components", []), matches)
    decisions += compare_links(sheets.get("relations", []), matches)
    _only_to_be_read(sheets, matches)
    return Comparison(tuple(dict.fromkeys(decisions)), tuple(dict.fromkeys(matches.notes)))


#: Sheets of which nothing is taken: who has the row, which cells a person may have changed, and why not.
_READ_ONLY = (
    ("definitions", tables.definitions, "id", ("definition",),
     "is the words of a document; write yours in the sheet terms"),
    ("sources", tables.sources, "document", ("title", "issuer", "speaker", "session", "publisher", "url"),
     "is described in corpus.toml; change it there"),
)  # fmt: skip


def _only_to_be_read(sheets: Sheets, matches: Matches) -> None:
    for sheet, table, key, columns, why in _READ_ONLY:
        rows = sheets.get(sheet, [])
        held = {str(row[key]): row for row in table(matches.contents).rows} if rows else {}
        for row in rows:
            build = held.get(row[key])
            if build is None:
                matches.note(
                    row, f"the build has no {sheet[:-1]} {row[key] or 'of this row'}; nothing is taken"
                )
                continue
            for column in columns:
                if not same(row[column], str(build[column])):
                    matches.note(row, f"{column} of {row['term'] or row[key]} {why}")
