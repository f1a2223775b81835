"""Files and `corpus.toml` → documents.

A manifest says what each document is. Where it is silent, the title page of the text is read;
what could not be read, or is implausible, is said with the line to add.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.cleaning import clean
from kg.formats import ENDINGS, EXTRA, UNREAD, MissingFormats, ending, read_source
from kg.kept import Kept
from kg.model import Document, KgError, Kind
from kg.numerals import year_of
from kg.rules import NTH, SPELLED_YEAR
from kg.shelves import Shelf

MANIFEST = "corpus.toml"
OWN_TERMS = "terms.txt"  #: terms of one's own, no document
READING = "reading the documents"
DEFAULT_TITLE = "政策术语图谱"

_LEVELS = ("national", "provincial", "municipal", "county", "township")
_FIELDS = tuple(f.name for f in fields(Document) if f.name not in ("id", "text", "marks"))
_FRONT = 600  #: characters of a text in which its title page stands

_SESSION = re.compile(
    rf"(?P<y>\d{{4}}|{SPELLED_YEAR})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日，?在"
    rf"(?P<session>(?P<region>[^，。\n]{{2,14}}?)第?{NTH}届(?:全国)?人民代表大会(?:第{NTH}次会议)?)"
)
_NATIONAL = re.compile(f"第{NTH}届全国人民代表大会")
_TITLE = re.compile(r"^《?(?P<title>[^，。；：\n]{0,40}?报告(?:[（(][^）)]{1,8}[）)])?)》?(?=\n|——|$)", re.M)
_TITLE_YEAR = re.compile(
    rf"(?P<y>(?:19|20)\d\d|{SPELLED_YEAR}(?=年))年?[^\n]{{0,24}}?(?:工作报告|报告|计划|预算|规划)"
)
_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20[0-4]\d)(?!\d)")
#: The heading under which a report looks back: on the year before its own.
_REVIEW = re.compile(r"^[^。\n]{0,12}?(?P<y>(?:19|20)\d\d)年[^。，；\n]{0,14}(?:回顾|总结)$", re.M)
_SPEAKER = re.compile(
    r"(?:代理?|常务副|副)?(?:总理|省长|主席|市长|州长|盟长|县长|区长|旗长)(?:兼[^，。\n]{2,8}?长)?(?P<name>[一-鿿·]{2,10}?)(?=同志|作|向|$)",
    re.M,
)
_REGION = re.compile(
    r"(?:^|[年\W])(?P<region>(?!年)[一-鿿]{1,9}(?:省|自治区|市|自治州|县|区|旗))(?:人民)?政府工作报告", re.M
)
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.I)
_DIGEST = re.compile(r"摘要|摘登|摘编|解读|关键词|数读|一图读懂|划重点")


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a document that its reader should know, with what to do about it."""

    doc: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of documents, read."""

    title: str
    documents: tuple[Document, ...]
    notes: tuple[Note, ...]


def read_corpus(folder: Path, work: Kept | None = None, shelf: Shelf | None = None) -> Source:
    """The documents of a folder: those of its `corpus.toml`, or else every file in it that can be read, as `work` does it.

    Their texts are put on the `shelf` where there is one.
    Raises KgError where the folder, the manifest or a file cannot be used.
    """
    title, rows, listed = _rows(folder)
    documents: list[Document] = []
    notes: list[Note] = []
    files = [(folder / row["path"], row if listed else None, shelf) for row in rows]
    for doc, said in (work or Kept()).each(_read, files, step=READING, basis=_identity):
        documents += [shelf.put(doc) if shelf else doc] if doc else []
        notes += said
    if not documents:
        others = [note.message for note in notes] or [
            f"{path.name} {UNREAD[ending(path.name)]}"
            for path in sorted(folder.iterdir())
            if ending(path.name) in UNREAD
        ]
        seen = f" ({others[0]})" if others else ""
        raise KgError(f"{folder}: no documents; put reports ({', '.join(ENDINGS)}) into it{seen}")
    _check_ids(folder, documents)
    notes += _folder_notes(folder, documents, {row["path"] for row in rows}, listed)
    return Source(title, tuple(sorted(documents, key=lambda d: d.id)), tuple(notes))


def corpus_files(folder: Path) -> list[Path]:
    """The files that say what `read_corpus` gives: the manifest, where there is one, and the documents.

    Raises KgError as `read_corpus` does where the folder or the manifest cannot be used.
    """
    _, rows, listed = _rows(folder)
    return [*([folder / MANIFEST] if listed else []), *(folder / row["path"] for row in rows)]


def _rows(folder: Path) -> tuple[str, list[dict[str, Any]], bool]:
    """The title of a corpus, what is known of each document, and whether a manifest says so."""
    if folder.is_file():
        raise KgError(f"{folder}: is a file; give the folder of the reports, or `kg annotate` one report")
    if not folder.is_dir():
        raise KgError(f"{folder}: no such folder; give a folder of reports ({', '.join(ENDINGS)})")
    manifest = folder / MANIFEST
    listed = manifest.exists()
    title, rows = _manifest(manifest) if listed else (DEFAULT_TITLE, [])
    if not rows and listed:
        raise KgError(f'{manifest}: lists no documents; add [[document]] with `path = "…"` for each file')
    rows = rows or [{"path": path.name} for path in first_of_a_name(folder)]
    return title, rows, listed


def _read(
    path: Path, known: Mapping[str, Any] | None, shelf: Shelf | None
) -> tuple[Document | None, list[Note]]:
    """A file of a corpus; where nobody lists it and what reads its format is missing, only a note."""
    try:
        doc, said = read_document(path, known)
        return shelf.put(doc) if shelf else doc, said
    except MissingFormats:
        if known is not None:
            raise
        return None, [Note(path.stem, f"{path.name} was not read; to read it: {EXTRA}")]


def _identity(row: tuple[Path, Mapping[str, Any] | None, Shelf | None]) -> object:
    """By what a file of a corpus is known to be the same: its name, its bytes, and what the manifest says of it."""
    path, known, _ = row
    try:
        return path.name, hashlib.sha256(path.read_bytes()).hexdigest(), known
    except OSError:
        return None


def corpus_size(folder: Path) -> int:
    """About how many characters the documents of a folder have: the bytes of its files."""
    return sum(path.stat().st_size for path in readable_files(folder)) if folder.is_dir() else 0


def readable_files(folder: Path) -> list[Path]:
    """The files of a folder that are documents by how their names end."""
    files = (path for path in folder.iterdir() if ending(path.name) in ENDINGS and path.name != OWN_TERMS)
    return sorted(path for path in files if path.is_file() and not path.name.startswith((".", "~$")))


def first_of_a_name(folder: Path) -> list[Path]:
    """One file of each name: where a report is there as Word and as text, the text."""
    files = sorted(readable_files(folder), key=lambda path: (ENDINGS.index(ending(path.name)), path.name))
    first = {path.stem: path for path in reversed(files)}
    return sorted(first.values())


def read_document(path: Path, known: Mapping[str, Any] | None = None) -> tuple[Document, list[Note]]:
    """A file as a Document, with notes on what its title page did not tell.

    `known` are the fields of a manifest that lists it: they win over what the text says.
    Raises KgError where the file is missing, empty, or cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        advice = (
            f"correct its path in {MANIFEST}" if known is not None else "make it readable, or move it away"
        )
        raise KgError(f"{path}: cannot be read ({error.strerror}); {advice}") from None
    source = read_source(data, str(path))
    text, marks = clean(source.text)
    if not text:
        raise KgError(f"{path}: holds no text; remove it or put its text in")
    found = infer(text, path.stem)
    given = {key: value for key, value in (known or {}).items() if key != "path"}
    doc = replace(Document(path.stem, text, marks), **(found | given))
    said = [Note(doc.id, message) for message in source.said]
    return doc, [*said, *_notes(doc, path.name, given, known is not None)]


def infer(text: str, stem: str = "") -> dict[str, Any]:
    """What the title page of a report tells: title, year, region, issuer, level, date, session, speaker.

    >>> page = "政府工作报告\\n——2024年1月23日在山西省第十四届人民代表大会第二次会议上\\n省长金湘军\\n各位代表："
    >>> found = infer(page)
    >>> found["year"], found["region"], found["date"], found["speaker"]
    (2024, '山西省', '2024-01-23', '金湘军')
    """
    front = text[:_FRONT]
    titled = _TITLE.search(front)
    first = titled[0] if titled else ""
    found: dict[str, Any] = {"title": titled["title"]} if titled else {}
    session = _SESSION.search(front)
    national = _NATIONAL.search(front) or "国务院" in first or "我代表国务院" in front
    if session:
        year = year_of(session["y"])
        found |= {"year": year, "session": session["session"]}
        found["date"] = f"{year:04}-{int(session['m']):02}-{int(session['d']):02}"
    if dated := _TITLE_YEAR.search(first):
        found["year"] = year_of(dated["y"])
    elif "year" not in found and (named := _YEAR.search(stem)):
        found["year"] = int(named[1])
    elif "year" not in found and (review := _REVIEW.search(front)):
        found["year"] = int(review["y"]) + 1
    elif "year" not in found and (named := _YEAR.search(front)):
        found["year"] = int(named[1])
    if national:
        found |= {"region": "中国", "issuer": "国务院", "level": "national"}
    elif place := (_REGION.search(front) or (session if session and session["region"] != "第" else None)):
        region = place["region"]
        found |= {"region": region, "issuer": f"{region}人民政府", "level": _level(region)}
    if speaker := _SPEAKER.search(front):
        found["speaker"] = speaker["name"]
    if "知识小贴士" in text:
        found["kind"] = Kind.ANNOTATED
    elif _DIGEST.search(front):
        found["kind"] = Kind.ABRIDGEMENT
    if "title" in found:
        found["title"] = _full_title(found["title"], found.get("year"), found.get("region"))
    return found


def _full_title(title: str, year: int | None, region: str | None) -> str:
    """The title by which a report is told from others: all are headed 政府工作报告.

    >>> _full_title("政府工作报告", 2024, "山西省"), _full_title("太原市政府工作报告", 2023, "太原市")
    ('2024年山西省政府工作报告', '2023年太原市政府工作报告')
    """
    if year is None or _TITLE_YEAR.search(title) or not title.endswith("政府工作报告"):
        return title
    whose = "" if title != "政府工作报告" else "国务院" if region == "中国" else region or ""
    return f"{year}年{whose}{title}"


_CITIES = ("北京市", "天津市", "上海市", "重庆市")


def _level(region: str) -> str:
    if region.endswith(("省", "自治区")) or region in _CITIES:
        return "provincial"
    return "county" if region.endswith(("县", "区", "旗")) else "municipal"


def _notes(doc: Document, name: str, given: Mapping[str, Any], listed: bool) -> Iterable[Note]:
    """What is unknown or implausible about a document, with the line that would put it right.

    A manifest that names one document leaves out the others, so where there is none that is said too.
    """
    entry = f'`path = "{name}"` in {MANIFEST}'
    if not listed:
        entry = f'`path = "{name}"` in a {MANIFEST} that lists every document (`kg add FOLDER` writes it)'
    if doc.title is None:
        yield Note(doc.id, f'its title could not be read; put `title = "…"` below {entry}')
    if doc.year is None:
        yield Note(doc.id, f"its year could not be read; put `year = 20XX` below {entry}")
    elif not 1949 <= doc.year <= 2100:
        yield Note(doc.id, f"its year is given as {doc.year}; correct `year` below {entry}")
    if doc.region is None:
        yield Note(doc.id, f'its region could not be read; put `region = "…"` below {entry}')
    if doc.kind == Kind.ABRIDGEMENT and "kind" not in given:
        yield Note(
            doc.id,
            f'looks like a digest and is not counted; for a full text put `kind = "report"` below {entry}',
        )
    if doc.date and doc.year and abs(int(doc.date[:4]) - doc.year) > 1:
        yield Note(
            doc.id, f"is of {doc.year} and was delivered on {doc.date}; correct one of them below {entry}"
        )
    if _WEB_PAGE.match(doc.text):
        yield Note(doc.id, f"{name} is a web page with its tags; let its name end in .html and build again")


def _folder_notes(
    folder: Path, documents: Sequence[Document], read: set[str], listed: bool
) -> Iterable[Note]:
    """What a reader should know of the folder: files that were not read, the same text twice."""
    twins: dict[str, str] = {}
    for doc in documents:
        if (first := twins.setdefault(doc.sha256, doc.id)) != doc.id:
            yield Note(doc.id, f"has the same text as {first} and counts twice; remove one of them")
    same = {Path(name).stem: name for name in read}
    for path in readable_files(folder):
        if path.name in read:
            continue
        if path.stem in same:
            yield Note(
                path.stem,
                f"{path.name} was not read: {same[path.stem]} has its name; rename one to read both",
            )
        elif listed:
            yield Note(
                path.stem,
                f'is not listed; `kg add` it, or add [[document]] with `path = "{path.name}"` to {MANIFEST}',
            )
    for path in sorted(folder.iterdir()):
        if ending(path.name) in UNREAD:
            yield Note(path.stem, f"{path.name} was not read; it {UNREAD[ending(path.name)]}")


def _manifest(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """Title and rows of a corpus.toml. Raises KgError with the line to correct."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: not valid TOML in UTF-8: {error}") from None
    rows = table.get("document", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise KgError(f"{path}: documents are listed as [[document]], each with a path")
    return str(table.get("title", DEFAULT_TITLE)), [_checked(path, i, row) for i, row in enumerate(rows, 1)]


def _checked(manifest: Path, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the manifest with values of the right type. Raises KgError with what to write."""
    name = row.get("path")
    if not isinstance(name, str) or not name:
        raise KgError(f'{manifest}: document {number} has no path; add `path = "file.txt"`')
    where = f"{manifest}: {name}"
    if unknown := sorted(row.keys() - {"path", *_FIELDS}):
        raise KgError(f"{where}: unknown field {', '.join(unknown)}; known are {', '.join(_FIELDS)}")
    checked: dict[str, Any] = {}
    for key, value in row.items():
        if key == "year":
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 9999:
                raise KgError(f"{where}: year is {value!r}; write it as a number, `year = 2024`")
        elif key == "date" and isinstance(value, datetime.date):
            value = value.isoformat()
        elif not isinstance(value, str):
            raise KgError(f'{where}: {key} is {value!r}; write it in quotes, `{key} = "…"`')
        if key == "date" and not _is_date(value):
            raise KgError(f"{where}: date is {value!r}; write it as `date = 2024-01-23`")
        if key == "kind":
            if value not in list(Kind):
                raise KgError(f"{where}: kind is {value!r}; write one of {', '.join(Kind)}")
            value = Kind(value)
        if key == "level" and value not in _LEVELS:
            raise KgError(f"{where}: level is {value!r}; write one of {', '.join(_LEVELS)}")
        checked[key] = value
    return checked


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_ids(folder: Path, documents: list[Document]) -> None:
    ids = [doc.id for doc in documents]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise KgError(
            f"{folder}: two files are named {twice[0]}; rename one (a file's stem is its identifier)"
        )
    for doc in documents:
        if doc.abridges == doc.id:
            raise KgError(
                f"{folder / MANIFEST}: {doc.id} abridges itself; name the full report or leave it out"
            )
        if doc.abridges is not None and doc.abridges not in ids:
            raise KgError(
                f"{folder / MANIFEST}: {doc.id} abridges {doc.abridges!r}, which is not in the corpus; known are {', '.join(ids)}"
            )
