"""The texts of record of a build, to which its offsets lead."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_TEXTS = "text"  # of a build, as in kg.pipeline


def read_text(output: Path, name: str) -> str:
    """The text of record of a document of a build."""
    path = output / _TEXTS / f"{name}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}); run `kg build --output {output}` again"
        ) from None
