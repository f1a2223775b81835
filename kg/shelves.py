"""Documents whose texts lie in files and are read where somebody asks for them.

A build writes each text down once, where its results are, by who reads the document, and it crosses to nobody: what
goes from one process or machine to another is where it lies. A process keeps the few texts that it read last.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.files import write_text
from kg.model import Document, Mark

_FEW = 256  #: texts that a process keeps
_FACTS = tuple(field.name for field in fields(Document) if field.name not in ("text", "marks"))


class Shelf:
    """A folder of texts, as they are given to a reader."""

    def __init__(self, texts: Path) -> None:
        self.texts = str(texts)

    def put(self, doc: Document) -> Document:
        """The document, its text on this shelf; one that is on a shelf stays there."""
        if isinstance(doc, Shelved):
            return doc
        write_text(Path(self.texts, f"{doc.id}.txt"), doc.text)
        marks = pickle.dumps([astuple(mark) for mark in doc.marks])
        return _taken(self.texts, marks, doc.sha256, tuple(getattr(doc, name) for name in _FACTS))


class Shelved(Document):
    """A document whose text is on a shelf. It takes the place of any other: only where the text comes from differs."""

    __slots__ = ("_marks", "_sha256", "_texts")
    _texts: str
    _marks: bytes  #: as they take little room
    _sha256: str

    @property
    def text(self) -> str:
        return _text(self._texts, self.id)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return _unpacked(self._marks)

    @property
    def sha256(self) -> str:
        return self._sha256

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelved) and (self.id, self.sha256) == (other.id, other.sha256)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        facts = tuple(getattr(self, name) for name in _FACTS)
        return _taken, (self._texts, self._marks, self._sha256, facts)


class Texts(Mapping[str, str]):
    """The texts of documents by their ids, each read when it is asked for."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {doc.id: doc for doc in documents}

    def __getitem__(self, name: str) -> str:
        return self._documents[name].text

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _taken(texts: str, marks: bytes, sha256: str, facts: tuple[Any, ...]) -> Shelved:
    doc = Shelved.__new__(Shelved)
    own = {"_texts": texts, "_marks": marks, "_sha256": sha256}
    for name, value in (own | dict(zip(_FACTS, facts, strict=True))).items():
        object.__setattr__(doc, name, value)
    return doc


@lru_cache(_FEW)
def _text(folder: str, name: str) -> str:
    return Path(folder, f"{name}.txt").read_bytes().decode("utf-8")


@lru_cache(_FEW)
def _unpacked(marks: bytes) -> tuple[Mark, ...]:
    return tuple(Mark(*values) for values in pickle.loads(marks))
