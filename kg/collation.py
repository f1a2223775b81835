"""Paragraphs about the same things from many graphs, put in order; what does not fit in memory waits on disk."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from kg.paragraphs import outdented, paragraph, read

Told = tuple[str, str]  #: a subject without its brackets, and a paragraph of Turtle about it

_HELD = 50_000_000  #: characters that are held in memory at most, before they go to a file


class Collation:
    """A pile of paragraphs that is read once, in the order of subjects, each subject once.

    >>> with Collation(Path(".")) as pile:
    ...     pile.add([("b", "\\n<b>\\n  kg:end 2 .\\n"), ("a", "\\n<a>\\n  kg:end 1 .\\n")])
    ...     pile.add([("b", "\\n<b>\\n  a kg:Term .\\n")])
    ...     print("".join(pile.paragraphs()))
    <BLANKLINE>
    <a>
      kg:end 1 .
    <BLANKLINE>
    <b>
      a kg:Term ;
      kg:end 2 .
    <BLANKLINE>
    """

    def __init__(self, folder: Path, held: int = _HELD) -> None:
        self._folder, self._most = folder, held
        self._pile: list[Told] = []
        self._size = 0
        self._runs: list[IO[str]] = []
        self._files = ExitStack()

    def __enter__(self) -> Collation:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, paragraphs: Iterable[Told]) -> None:
        """Put more paragraphs on the pile."""
        for told in paragraphs:
            self._pile.append(told)
            self._size += len(told[1])
        if self._size > self._most:
            self._put_by()

    def paragraphs(self) -> Iterator[str]:
        """What is told of each subject, as one paragraph."""
        piles = [_read_again(run) for run in self._runs]
        for _, told in groupby(heapq.merge(*piles, sorted(self._pile)), key=itemgetter(0)):
            texts = [text for _, text in told]
            yield texts[0] if len(texts) == 1 else _joined(texts)

    def _put_by(self) -> None:
        file = TemporaryFile("w+", encoding="utf-8", newline="\n", dir=self._folder)  # noqa: SIM115 (closed with the pile)
        run = self._files.enter_context(file)
        run.writelines(text for _, text in sorted(self._pile))
        run.seek(0)
        self._runs.append(run)
        self._pile, self._size = [], 0


def _read_again(run: IO[str]) -> Iterator[Told]:
    """The paragraphs of a file: an empty line, the subject, what is said of it."""
    lines: list[str] = []
    for line in run:
        if line == "\n" and lines:
            yield lines[1][1:-2], "".join(lines)
            lines = []
        lines.append(line)
    if lines:
        yield lines[1][1:-2], "".join(lines)


def _joined(texts: Iterable[str]) -> str:
    said = [statement for text in texts for statement in read(text)]
    return outdented(paragraph(said[0][0], ((predicate, value) for _, predicate, value in said)))
