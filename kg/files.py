"""Files that are whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError


def write_text(path: Path, text: str) -> None:
    r"""Write `text` to `path` as UTF-8 with `\n`, whatever the locale and the system.

    A reader sees the old file or the new one, never a part of it: the text goes to a temporary
    file in the same folder, which then takes the place of the old one (`os.replace` is atomic).
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path`, as `write_text` does."""
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def workshop_in(output: Path) -> Iterator[Path]:
    """A folder in `output` where results are made, and which goes; an `output` that was not there goes with it in failure."""
    here = output.exists()
    try:
        output.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".building-", dir=output))
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror}); give another --output") from None
    try:
        yield workshop
    except BaseException:
        if not here:
            shutil.rmtree(output, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def move_in(new: Path, place: Path) -> None:
    """Put a finished file or folder into its place."""
    if place.is_dir():
        aside = new.with_name(new.name + ".old")
        place.rename(aside)
    new.replace(place)
