"""A file that the build has never seen → an arrival: the report with its parts, and the slogans in it.

On the morning of a new report its text is a file, and no build has it. The slogans that the build knows are looked up
in it; what else stands in quotation marks is new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import KgError
from kg.model import Document, Section, Span


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that no build has."""

    doc: Document
    sections: tuple[Section, ...]
    outside: tuple[Span, ...]  #: what is not its own words: boxes and glossaries, with their headings
    slogans: frozenset[str]


def is_file(path: Path) -> bool:
    """Whether a name means a file. Raises `KgError` where it can mean nothing else, and there is none."""
    from kg.formats import ENDINGS, ending

    if path.is_file():
        return True
    if path.is_dir():
        raise KgError(f"{path}: is a folder; give a file in it, or the year or id of a report")
    if ending(str(path)) in ENDINGS or len(path.parts) > 1:
        raise KgError(f"{path}: there is no such file; give one ({', '.join(ENDINGS)}), or a year or id")
    return False


def read_arrival(path: Path, ids: Collection[str], labels: Iterable[str]) -> Arrival:
    """The report of a file; `ids` are those of the documents of the build, `labels` those of its slogans.

    Raises `KgError` where it cannot be read, or does not tell of what year it is.
    """
    from kg.candidates import quoted_runs
    from kg.documents import read_document
    from kg.structure import find_glossaries, find_sections
    from kg.words import is_common

    doc, _ = read_document(path)
    if doc.year is None:
        raise KgError(
            f"{path}: its year cannot be read; give the file a name that has it, like report-2027{path.suffix}"
        )
    if doc.id in ids:
        doc = replace(doc, id=f"{doc.id}（{path.name}）")
    quoted = {run.text for run in quoted_runs(doc)}
    return Arrival(
        doc,
        find_sections(doc),
        tuple(part for each in find_glossaries(doc) for part in (each.heading, each.span)),
        frozenset({label for label in labels if label in doc.text} | {q for q in quoted if not is_common(q)}),
    )
