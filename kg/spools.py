"""Files that another process reads while they are written.

Who writes puts one file after the other into a folder, and says when the last is whole. Who reads has them as one file, and waits
where it has read all that is there.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_END = "end"
_PAUSE = 0.05  #: seconds until it is looked again for more


class Spool:
    """The files of a folder, for who writes them.

    >>> from contextlib import closing
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with spooling(Path(folder, "spool")) as spool:
    ...         one = spool.next().write(b"one\\n")
    ...         two = spool.next().write(b"two\\n")
    ...     with closing(Following(Path(folder, "spool"))) as file:
    ...         file.read(2), file.readline(), file.read(9), file.readline()
    (b'on', b'e\\n', b'two\\n', b'')
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[IO[bytes]] = []

    def next(self) -> IO[bytes]:
        """A new file, to write to and to read from; those before it are whole."""
        self._put_by()
        self._files.append((self._folder / str(len(self._files) + 1)).open("w+b"))
        return self._files[-1]

    def end(self) -> None:
        """All files are whole."""
        self._put_by()
        (self._folder / _END).touch()
        for file in self._files:
            file.close()

    def _put_by(self) -> None:
        for file in self._files[-1:]:
            file.flush()


@contextmanager
def spooling(folder: Path) -> Iterator[Spool]:
    """A spool in a new folder, which ends in any case: who follows it does not wait for ever."""
    folder.mkdir()
    spool = Spool(folder)
    try:
        yield spool
    finally:
        spool.end()


class Following:
    """The files of a spool as one, for who reads them; what is not written yet is waited for.

    Raises `OSError` where nobody is there any more to write it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._file: IO[bytes] | None = None
        self._writer = os.getppid()

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer at the end."""
        told = b""
        while len(told) < size and (found := self._some(lambda file: file.read(size - len(told)))):  # noqa: B023 (called at once)
            told += found
        return told

    def readline(self) -> bytes:
        """A line, or what is left at the end."""
        told = b""
        while not told.endswith(b"\n") and (found := self._some(lambda file: file.readline())):
            told += found
        return told

    def close(self) -> None:
        """Let go of the file that is open."""
        if self._file:
            self._file.close()

    def _some(self, read: Callable[[IO[bytes]], bytes]) -> bytes:
        """What is there to be read, as soon as something is; nothing at the end."""
        while True:
            following = self._folder / str(self._number + 1)
            whole = following.exists() or (self._folder / _END).exists()
            if self._file and (found := read(self._file)):
                return found
            if not whole:
                if os.getppid() != self._writer:
                    raise OSError("the process that wrote the graph has ended")
                time.sleep(_PAUSE)
            elif following.exists():
                self.close()
                self._file, self._number = following.open("rb"), self._number + 1
            else:
                return b""
