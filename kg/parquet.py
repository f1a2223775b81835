"""Mentions as Parquet: a folder of tables beside the graph, for corpora where 20 statements a mention are too many.

`docs/parquet.md` describes the columns. A part has the mentions of a run of documents, in the order of their ids, so
that workers can write parts side by side, and a reader can stream them or find those of one document. The same
mentions give the same bytes. pyarrow is loaded where it is used: who keeps mentions as RDF need not have it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError

MEDIA_TYPE = "application/vnd.apache.parquet"  #: as the Internet Assigned Numbers Authority has it
EXTRA = "pip install 'policy-terms[parquet]'"

_RUN = 64  #: documents in a part, on average
_GROUP = 20_000  #: mentions in a row group: what a writer, or a reader that streams, holds at once


class Row(NamedTuple):
    """A mention as a row. Offsets are code points of the text of record, the end exclusive."""

    mention: str  #: its IRI
    document: str  #: the id of its document
    title: str | None  #: of the document
    document_kind: str  #: report, abridgement …: what an abridgement says is not counted
    year: int | None  #: of the report
    start: int
    end: int
    exact: str  #: its words
    prefix: str  #: what stands before it in its sentence
    suffix: str  #: and behind it
    term: str  #: the IRI of its term
    label: str  #: the preferred label of the term
    kind: str  #: core, or how else the term is referred to
    rule: str  #: the rule that found it
    context: str  #: body, or where else it stands
    section: str | None  #: the IRI of its section
    section_title: str | None
    covers: Sequence[int]  #: the years that the section speaks of
    decided_by: str | None  #: what told which term is meant, where its label has several


#: Columns of few values, or of words that come again and again; the others are not worth a dictionary.
_DICTIONARY = [
    "document", "title", "document_kind", "year", "exact", "term", "label", "kind", "rule", "context",
    "section", "section_title", "decided_by",
]  # fmt: skip


def require_pyarrow() -> None:
    """Raises `KgError` with the line that installs it where pyarrow is not there."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise KgError(f"mentions in Parquet need pyarrow, which is not installed: {EXTRA}") from None


def runs(documents: Iterable[str]) -> Iterator[list[str]]:
    """The ids of documents, in order, cut into the runs whose mentions are a part each.

    A run ends behind an id whose digest says so, about every 64th: a document that comes or goes changes its own
    part and no other.

    >>> [len(run) for run in runs(f"report-{i}" for i in range(200))]
    [81, 119]
    """
    run: list[str] = []
    for doc in sorted(documents):
        run.append(doc)
        if hashlib.sha256(doc.encode("utf-8")).digest()[0] % _RUN == 0:
            yield run
            run = []
    if run:
        yield run


def part(folder: Path, run: Sequence[str]) -> Path:
    """The file that has the mentions of a run of documents, called after the first of them."""
    return folder / f"{run[0]}.parquet"


def write_part(path: Path, rows: Iterable[Row]) -> None:
    """Write a part. `rows` are read as they are written, those of a document side by side."""
    require_pyarrow()
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = _schema()
    waiting = iter(rows)
    with ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=9,
        use_dictionary=_DICTIONARY,
        write_statistics=["document", "year", "term"],
        store_schema=False,
    ) as writer:
        while group := list(islice(waiting, _GROUP)):
            columns = [
                pyarrow.array(values, field.type)
                for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.table(columns, schema=schema), row_group_size=_GROUP)


class Parts:
    """Writes the parts of a corpus: each as soon as the rows of all its documents are there, in whatever order they come.

    Raises `KgError` where pyarrow is not installed.
    """

    def __init__(self, folder: Path, documents: Iterable[str]) -> None:
        require_pyarrow()
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._runs = {doc: run for run in runs(documents) for doc in run}
        self._waiting: dict[str, Sequence[Row]] = {}

    def add(self, document: str, rows: Sequence[Row]) -> None:
        """Take the rows of a document, in their order."""
        self._waiting[document] = rows
        run = self._runs[document]
        if all(doc in self._waiting for doc in run):
            write_part(part(self._folder, run), (row for doc in run for row in self._waiting.pop(doc)))


def read(
    folder: Path,
    terms: Collection[str] | None = None,
    columns: Sequence[str] = Row._fields,
    document: str | None = None,
) -> Iterator[dict[str, Any]]:
    """The `columns` of the mentions in the parts of `folder`, a part after the other.

    Of all, or of those of the `terms`, or in the document with the id `document`. Raises `KgError` where the folder is
    missing or a part damaged.
    """
    require_pyarrow()
    import pyarrow
    from pyarrow.parquet import ParquetFile

    asked = {"term": terms, "document": None if document is None else [document]}
    wanted = {
        name: pyarrow.array(sorted(values), pyarrow.string())
        for name, values in asked.items()
        if values is not None
    }
    found = parts(folder)
    if document is not None:  # the first of a run gives its part the name
        found = found[: bisect_right(found, document, key=lambda path: path.stem)][-1:]
    for path in found:
        try:
            with ParquetFile(path, read_dictionary=list(wanted)) as file:
                for number in range(file.num_row_groups):
                    yield from _group(file, number, wanted, list(columns))
        except (pyarrow.ArrowException, OSError) as error:
            why = " ".join(str(error).split())[:120]
            raise KgError(f"{path} cannot be read, build again: {why}") from None


def _group(file: Any, number: int, wanted: Mapping[str, Any], columns: list[str]) -> list[dict[str, Any]]:
    """The rows of a row group that have what is `wanted` in these columns; the others are read only where some have."""
    if not wanted:
        rows: list[dict[str, Any]] = file.read_row_group(number, columns).to_pylist()
        return rows
    from pyarrow import compute

    asked = file.read_row_group(number, list(wanted))
    # `is_in` on a dictionary looks at each of its words once
    masks = [compute.is_in(asked.column(name), value_set=values) for name, values in wanted.items()]
    found = reduce(compute.and_, masks)
    if not compute.any(found).as_py():
        return []
    rows = file.read_row_group(number, columns).filter(found).to_pylist()
    return rows


def parts(folder: Path) -> list[Path]:
    """The parts in `folder`, in the order of their documents. Raises `KgError` where there is no such folder."""
    if not folder.is_dir():
        raise KgError(f"{folder} is missing, where this build keeps its mentions: build again")
    return sorted(folder.glob("*.parquet"), key=lambda path: path.stem)


_INTEGERS = ("year", "start", "end")
_LISTS = ("covers",)
_OPTIONAL = ("title", "year", "section", "section_title", "decided_by")


def _schema() -> Any:
    import pyarrow

    def kind(name: str) -> Any:
        if name in _LISTS:
            return pyarrow.list_(pyarrow.int32())
        return pyarrow.int32() if name in _INTEGERS else pyarrow.string()

    return pyarrow.schema(pyarrow.field(name, kind(name), nullable=name in _OPTIONAL) for name in Row._fields)
