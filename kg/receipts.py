"""What a build was made of and what came out. Where all of both is as it was, there is nothing to do.

What it is made of is known by its bytes: documents, manifest, terms, decisions and ledger, the program and the packages
that it uses, and what was asked for. What came out, which is ten times as much, by the size of each file and the time of
its last change: who damages or edits one changes these. Which folder it is, and how many work on it, changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import distributions
from pathlib import Path

from kg.documents import Note, corpus_files
from kg.files import write_text
from kg.kept import program
from kg.ledger import LEDGER
from kg.summary import Built, LeftOut

RECEIPT = "receipt.json"  #: its name in the folder of what is kept

Stamps = Mapping[
    str, tuple[int, int]
]  #: files by their names → sizes, and times of the last change in nanoseconds


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of the last build."""

    ingredients: str  #: a digest of what it was made of
    ledger: str  #: a digest of the ledger that it left
    outputs: Stamps
    built: Built

    def vouches(self, outputs: Stamps, *names: str) -> bool:
        """Whether the files of these names, and those in the folders of these names, are what the build left."""
        mine, theirs = (
            {name: stamp for name, stamp in each.items() if name.partition("/")[0] in names}
            for each in (self.outputs, outputs)
        )
        return mine == theirs


def ingredients(folder: Path, beside: Iterable[Path], *options: object) -> str:
    """A digest of what a build of a folder is made of, but for its ledger; `beside` are other files that it reads.

    Raises KgError where the folder or its manifest cannot be used.
    """
    told = hashlib.blake2b(digest_size=16)
    packages = sorted({f"{each.name} {each.version}" for each in distributions()})
    files = [*corpus_files(folder), *beside]
    # a build tells of files that it does not read
    names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != LEDGER)
    contents = [(path.name, digest(path)) for path in files]
    told.update(repr((program(), packages, options, names, contents)).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; nothing where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def stamps(output: Path, names: Iterable[str]) -> Stamps:
    """The stamps of the files of these names in a folder, and of those in the folders of these names."""
    return {
        path.relative_to(output).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for name in names
        for path in _files(output / name)
    }


def _files(path: Path) -> Iterator[Path]:
    return (
        (each for each in sorted(path.iterdir()) if each.is_file())
        if path.is_dir()
        else filter(Path.is_file, [path])
    )


def read_receipt(kept: Path) -> Receipt | None:
    """The receipt in the folder of what is kept; none where there is none, or it is damaged."""
    try:
        told = json.loads((kept / RECEIPT).read_text(encoding="utf-8"))
        built = told["built"]
        left_out = LeftOut(**built.pop("left_out"))
        notes = tuple(Note(**note) for note in built.pop("notes"))
        return Receipt(
            told["ingredients"],
            told["ledger"],
            {name: tuple(stamp) for name, stamp in told["outputs"].items()},
            Built(**built, left_out=left_out, notes=notes),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_receipt(kept: Path, receipt: Receipt) -> None:
    """Keep the receipt of a build, where that can be done."""
    try:
        write_text(kept / RECEIPT, json.dumps(asdict(receipt), ensure_ascii=False))
    except OSError:
        return
