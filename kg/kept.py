"""What an earlier build did with each document, kept on disk, so that it is not done again where nothing has changed.

A result holds while three things are what they were: the program, the document, and of what all documents share
that which concerns this one. What is shared tells its facts, each with a trigger: words without which the fact means
nothing to a text. Of the facts that changed since, one look for their triggers finds the documents to do anew.

What is kept may be thrown away at any time. A file that is damaged, or of another version of the program, is as good
as none; and as a file could come from anywhere, nothing but the program's own records is ever read from it.
"""

from __future__ import annotations

import enum
import hashlib
import io
import json
import platform
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any, Protocol

from kg.automata import Automaton
from kg.batches import Batches, Reader, copied, document_called, dump
from kg.files import writing
from kg.model import Document

KEPT = "kept"  #: the folder of what is kept, in the output folder of a build

#: Packages whose next version could read a document in another way.
_READERS = ("daachorse", "jieba", "lxml", "pypdfium2", "pypinyin", "python-docx")
_FEW = 8  #: triggers that are looked for one by one

Row = tuple[Any, ...]
Facts = dict[str, str]  #: a trigger → a digest of what it stands for


class Telling(Protocol):
    """What all documents share, as far as it can say what single ones have of it."""

    def facts(self) -> Iterator[tuple[str, object]]:
        """What it knows, in values that show all of it, each behind words that a text must have for it to matter."""


class Kept:
    """Work on documents, of which as much as possible was done by an earlier build and lies in `folder`.

    Where all is to be `fresh`, nothing is taken from there, and what is made is kept.

    >>> Kept().map(len, [("六稳",), ("六",)])
    [2, 1]
    """

    def __init__(self, work: Batches | None = None, folder: Path | None = None, fresh: bool = False) -> None:
        self._work = work or Batches()
        self._folder = folder
        self._fresh = fresh
        self._digests: dict[str, str] = {}  #: of documents
        self.done: dict[
            str, list[str]
        ] = {}  #: what was done anew: by the name of a function, names of documents

    def map(
        self,
        function: Callable[..., Any],
        rows: Sequence[Row],
        *shared: Any,
        step: str = "",
        basis: Callable[[Row], object] = lambda row: None,
        words: Callable[[Any], str] = lambda result: "",
    ) -> list[Any]:
        """`function(*row, *shared)` for each row, in the order of the rows; `step` says what that is.

        A row begins with its document, or what has one, or a file. `basis` gives what else of a row its result rests
        on, and of a file all, in values that show all of it. What is shared is `Telling`; `words` are those of a
        result in which its triggers are looked for too, where more than the text has them.
        """
        return list(self.each(function, rows, *shared, step=step, basis=basis, words=words))

    def each(
        self,
        function: Callable[..., Any],
        rows: Sequence[Row],
        *shared: Any,
        step: str = "",
        basis: Callable[[Row], object] = lambda row: None,
        words: Callable[[Any], str] = lambda result: "",
    ) -> Iterator[Any]:
        """The results of `map`, one by one."""
        name = function.__name__.strip("_")
        if self._folder is None:
            yield from self._work.each(function, rows, *shared, step=step)
            return
        facts = _facts(shared)
        keys = [(_name(row), _digest(self._told(row), basis(row))) for row in rows]
        with ExitStack() as files:
            old = _Shelf(None, {}) if self._fresh else _Shelf.read(self._folder / name, files)
            concerned = _looking_for({trigger for trigger, _ in old.facts.items() ^ facts.items()})
            held = [old.find(*key) for key in keys]
            for i, row in enumerate(rows):
                if held[i] is None or not shared:
                    continue
                if concerned(_document(row).text) or concerned(old.rows[keys[i][0]][-1]):
                    held[i] = None
            self.done[name] = [key[0] for key, blob in zip(keys, held, strict=True) if blob is None]
            fresh = self._work.each(
                function, [row for row, at in zip(rows, held, strict=True) if at is None], *shared, step=step
            )
            new = None
            if self.done[name] or old.facts != facts or [*old.rows] != [key[0] for key in keys]:
                new = _Shelf.write(self._folder / name, facts, files)
            for row, key, place in zip(rows, keys, held, strict=True):
                if place is None:
                    result = next(fresh)
                    blob = _written(result, row) if new else b""
                else:
                    blob = old.blob(place)
                    try:
                        result = _read_again(blob, row)
                    except Exception:  # a forged record can fail in any way
                        result = function(*row, *shared)
                        blob = _written(result, row)
                if new:
                    new.put(*key, blob, words(result))
                yield result
            old.close()  # some systems replace no file that is open
            if new:
                new.finish()

    def later(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """`function(*given)`, as `Batches.later` does it; nothing of it is kept."""
        return self._work.later(function, *given)

    def beside(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """`function(*given)`, as `Batches.beside` does it."""
        return self._work.beside(function, *given)

    def unchanged(self, names: Iterable[str]) -> int:
        """For how many documents, of these names, nothing was done; none where nothing is kept."""
        anew = {name for done in self.done.values() for name in done}
        return sum(name not in anew for name in names) if self._folder else 0

    def _told(self, row: Row) -> str:
        """A digest of the document of a row; nothing of a file, of which the basis tells."""
        if isinstance(row[0], Path):
            return ""
        doc = _document(row)
        if doc.id not in self._digests:
            self._digests[doc.id] = _digest(doc, doc.sha256, doc.marks)
        return self._digests[doc.id]


@cache
def program() -> str:
    """A digest of the program: its files, the version of Python, and those of the packages that read documents."""
    told = hashlib.blake2b(f"{sys.version} {platform.machine()}".encode(), digest_size=16)
    for name in _READERS:
        try:
            told.update(f"{name} {version(name)} ".encode())
        except PackageNotFoundError:
            told.update(f"{name} - ".encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            told.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size} ".encode())
            told.update(path.read_bytes())
    return told.hexdigest()


class _Shelf:
    """A file of results, each with the name of its document and a digest of what it rests on; the index is at the end."""

    def __init__(self, file: IO[bytes] | None, facts: Facts) -> None:
        self._file = file
        self.facts = facts
        self.rows: dict[str, tuple[str, int, int, int, str]] = {}  #: digest, place, length, checksum, words

    @classmethod
    def read(cls, path: Path, files: ExitStack) -> _Shelf:
        """The file at `path`; an empty one where there is none of this program."""
        shelf = cls(None, {})
        try:
            shelf._file = files.enter_context(path.open("rb"))
            size = shelf._file.seek(-_TAIL, io.SEEK_END)
            length, checksum = (int(number, 16) for number in shelf._file.read(_TAIL).split())
            shelf._file.seek(size - length)
            index = shelf._file.read(length)
            if zlib.crc32(index) != checksum:
                return shelf
            told = json.loads(index)
            if told["program"] == program():
                facts, rows = dict(told["facts"]), {name: tuple(row) for name, row in told["rows"].items()}
                shelf.facts, shelf.rows = facts, rows
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return shelf

    @classmethod
    def write(cls, path: Path, facts: Facts, files: ExitStack) -> _Shelf | None:
        """A new file in place of that at `path`, when all went well; none where nothing can be written."""
        try:
            return cls(files.enter_context(writing(path)), facts)
        except OSError:
            return None

    def find(self, name: str, digest: str) -> tuple[int, int, int] | None:
        """Where the result for a document lies that rests on what the digest is of."""
        row = self.rows.get(name)
        return row[1:4] if row and row[0] == digest else None

    def blob(self, place: tuple[int, int, int]) -> bytes:
        """The bytes in a place; none where they are damaged."""
        assert self._file is not None
        start, length, checksum = place
        self._file.seek(start)
        data = self._file.read(length)
        return data if zlib.crc32(data) == checksum else b""

    def put(self, name: str, digest: str, blob: bytes, words: str) -> None:
        """Put one more result at the end."""
        assert self._file is not None
        self.rows[name] = digest, self._file.tell(), len(blob), zlib.crc32(blob), words
        self._file.write(blob)

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()

    def finish(self) -> None:
        """Put the index behind the results."""
        assert self._file is not None
        told = {"program": program(), "facts": self.facts, "rows": self.rows}
        index = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._file.write(index + f"{len(index):16x} {zlib.crc32(index):8x}\n".encode())


_TAIL = 26  #: bytes behind an index: its length and its checksum


def _facts(shared: Sequence[Telling]) -> Facts:
    """All that is shared knows, by its triggers."""
    told: dict[str, list[str]] = {}
    for number, each in enumerate(shared):
        for trigger, value in each.facts():
            told.setdefault(trigger, []).append(f"{number} {value!r}")
    return {trigger: _digest(sorted(values)) for trigger, values in told.items()}


def _looking_for(triggers: set[str]) -> Callable[[str], bool]:
    """Whether one of some triggers stands in a text; an empty one stands in all."""
    if len(triggers) <= _FEW or "" in triggers:
        return lambda text: any(trigger in text for trigger in triggers)
    automaton = Automaton(sorted(triggers), longest=True)
    return lambda text: bool(automaton.find(text))


def _digest(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _name(row: Row) -> str:
    return row[0].name if isinstance(row[0], Path) else _document(row).id


def _document(row: Row) -> Document:
    doc = row[0] if isinstance(row[0], Document) else row[0].doc
    assert isinstance(doc, Document)
    return doc


def _written(result: object, row: Row) -> bytes:
    """A result as bytes; the document of its row is in it by name."""
    name = None if isinstance(row[0], Path) else _document(row).id
    return dump(result, lambda doc: (document_called, (doc.id,)) if doc.id == name else copied(doc))


def _read_again(blob: bytes, row: Row) -> Any:
    return _Reader(blob, [] if isinstance(row[0], Path) else [(_document(row),)]).load()


class _Reader(Reader):
    """Reads results that were kept: made of the program's records and plain values, and of nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "Counter"):
            return Counter
        known = sys.modules.get(module) if module.startswith("kg.") else None  # nothing is loaded for it
        found = getattr(known, name, None)
        if module == document_called.__module__ and name == document_called.__name__:
            return super().find_class(module, name)
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (enum.Enum, tuple))):
            return found
        raise LookupError(f"{module}.{name} is no record")
