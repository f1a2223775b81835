"""Files → documents of a corpus: copied into its folder and listed in its `corpus.toml`, for correction.

A manifest that names some documents leaves out the others, so where a folder has none yet, it is written
with all of them. What a manifest already says, its comments and its order, stays as it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from kg.documents import DEFAULT_TITLE, MANIFEST, OWN_TERMS, Note, first_of_a_name, read_document
from kg.files import write_bytes
from kg.formats import ENDINGS, UNREAD, MissingFormats, ending
from kg.model import Document, KgError

#: What is written of a document, where it is known.
FIELDS = ("title", "kind", "year", "issuer", "region", "level", "date", "speaker", "session")

_HEADER = (
    "The documents of this corpus. A field that is left out is unknown.",
    "kind: report, annotated (a report with an editor's explanations), abridgement, other",
)


@dataclass(frozen=True, slots=True)
class Addition:
    """A document that was put into a corpus, with the lines of the manifest that say what it is."""

    document: Document
    path: Path  #: where it lies now
    copied: bool  #: False for one that lay in the folder before
    line: int  #: of its first line in the manifest, its path
    lines: tuple[str, ...]
    notes: tuple[Note, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """What could not be read of it."""
        return tuple(field for field in FIELDS if getattr(self.document, field) is None)


def add(files: Sequence[Path], folder: Path, dry_run: bool = False) -> tuple[Addition, ...]:
    """Copy `files` into `folder` and list them in its manifest; without files, list what lies there unlisted.

    Nothing is overwritten, and nothing is written before everything has been read; with `dry_run`
    nothing is written at all. Raises KgError where a file or the folder cannot be used.
    """
    if folder.exists() and not folder.is_dir():
        raise KgError(f"{folder}: is no folder; give the folder of the corpus")
    manifest = folder / MANIFEST
    text, listed = _manifest(manifest)
    wanted = [_checked(path, folder, listed) for path in files]
    if folder.is_dir() and (not files or not manifest.exists()):
        names = {target.stem for _, target in wanted} | {Path(name).stem for name in listed}
        wanted += [(path, path) for path in first_of_a_name(folder) if path.stem not in names]
    _check_names(wanted, listed)
    given = {target for path, target in wanted[: len(files)]}
    found: list[tuple[Path, Path, Document, list[Note]]] = []
    for path, target in wanted:
        try:
            doc, notes = read_document(path, {})
        except MissingFormats:
            if target in given:
                raise
            continue  # it lay there and was not read before either
        found.append((path, target, doc, notes))
    if not found:
        return ()
    entries = [_entry(target.name, doc) for _, target, doc, _ in found]
    text = _with(text, entries, manifest)
    if not dry_run:
        _write([(path, target) for path, target, *_ in found if path != target], manifest, text)
    return tuple(
        Addition(doc, target, path != target, *_place(text, entry), tuple(notes))
        for (path, target, doc, notes), entry in zip(found, entries, strict=True)
    )


def split_arguments(paths: Sequence[Path], default: Path = Path("seeds")) -> tuple[Sequence[Path], Path]:
    """FILE… [FOLDER] told apart: the last is the folder when it is one, or a new one by its name.

    >>> split_arguments([Path("a.docx"), Path("b.pdf"), Path("mine")])[1].name
    'mine'
    >>> split_arguments([Path("a.docx")])[1].name
    'seeds'
    """
    last = paths[-1]
    if last.is_dir() or (len(paths) > 1 and not last.exists() and not last.suffix):
        return paths[:-1], last
    return paths, default


def _manifest(path: Path) -> tuple[str, set[str]]:
    """The text of a manifest, or of a new one, and the paths that it lists."""
    if not path.exists():
        new = tomlkit.document()
        for line in _HEADER:
            new.add(tomlkit.comment(line))
        new.add(tomlkit.nl())
        new.add("title", tomlkit.string(DEFAULT_TITLE))
        return tomlkit.dumps(new), set()
    try:
        text = path.read_bytes().decode("utf-8")
        rows = tomlkit.parse(text.removeprefix("\ufeff")).unwrap().get("document", [])
        return text, {str(row["path"]) for row in rows}
    except (TOMLKitError, UnicodeDecodeError, OSError) as error:
        raise KgError(f"{path}: not valid TOML in UTF-8: {error}") from None
    except (TypeError, KeyError, AttributeError):
        raise KgError(f"{path}: documents are listed as [[document]], each with a path") from None


def _checked(path: Path, folder: Path, listed: set[str]) -> tuple[Path, Path]:
    """A file and its place in the folder. Raises KgError where it can have none."""
    if not path.is_file():
        raise KgError(f"{path}: no such file; give reports ({', '.join(ENDINGS)})")
    if path.name in (MANIFEST, OWN_TERMS):
        raise KgError(f"{path}: is no report; give reports ({', '.join(ENDINGS)})")
    if (end := ending(path.name)) not in ENDINGS:
        why = UNREAD.get(end, f"is no document that is read; known are {', '.join(ENDINGS)}")
        raise KgError(f"{path}: {why}")
    target = folder / path.name
    if target.name in listed:
        raise KgError(f"{target}: is listed in {MANIFEST} already; rename {path}, or correct its lines there")
    if target.exists() and target.resolve() != path.resolve():
        raise KgError(f"{target}: is there already and is not overwritten; rename {path}")
    return (target, target) if target.exists() else (path, target)


def _check_names(wanted: Sequence[tuple[Path, Path]], listed: set[str]) -> None:
    """Raises KgError where two files would share an identifier, which is a file's stem."""
    names = {Path(name).stem: name for name in sorted(listed)}
    for path, target in wanted:
        if other := names.get(target.stem):
            raise KgError(f"{path}: {other} has its name; rename one (a file's stem is its identifier)")
        names[target.stem] = target.name


def _entry(name: str, doc: Document) -> Table:
    """What the manifest says of a document: what could be read."""
    entry = tomlkit.table()
    entry.add("path", name)
    for field in FIELDS:
        value = getattr(doc, field)
        if field == "date" and value:
            value = datetime.date.fromisoformat(value)
        if value is not None:
            entry.add(field, value if field in ("date", "year") else str(value))
    return entry


def _with(text: str, entries: Sequence[Table], manifest: Path) -> str:
    """The text of a manifest with more documents at its end."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    table = tomlkit.parse(text.removeprefix(mark))
    documents = table.get("document")
    if documents is not None and not isinstance(documents, AoT):
        raise KgError(f"{manifest}: lists its documents in one array; write each as [[document]]")
    end = "\r\n" if "\r\n" in text else "\n"
    more = "".join(f"{end}[[document]]{end}" + tomlkit.dumps(entry).replace("\n", end) for entry in entries)
    return text + ("" if not text or text.endswith("\n") else end) + more


def _write(copies: Sequence[tuple[Path, Path]], manifest: Path, text: str) -> None:
    """Put the files and the manifest into place: all of them, or none."""
    done: list[Path] = []
    try:
        for path, target in copies:
            write_bytes(target, path.read_bytes())
            done.append(target)
        write_bytes(manifest, text.encode("utf-8"))
    except OSError as error:
        for target in done:
            target.unlink(missing_ok=True)
        raise KgError(
            f"{manifest.parent}: cannot be written ({error.strerror}); give another folder"
        ) from None


def _place(text: str, entry: Table) -> tuple[int, tuple[str, ...]]:
    """The number of the first line of an entry in the manifest, and its lines."""
    lines = tuple(tomlkit.dumps(entry).splitlines())
    return text.splitlines().index(lines[0]) + 1, lines
