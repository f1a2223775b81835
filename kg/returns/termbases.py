"""A termbase in TBX that comes back → rows like those of the table of terms."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kg.exports.tables import SEPARATOR
from kg.exports.tbx import CHECK, LANG, NAMESPACE, PREFERRED, STATUSES, YEAR
from kg.model import KgError
from kg.returns.matches import Row

_CORE = {"tbx": NAMESPACE}
_STATUS = {tbx: status for status, tbx in STATUSES.items()} | {"supersededTerm-admn-sts": "rejected"}


def read_tbx(content: bytes, path: Path) -> dict[str, list[Row]]:
    """The entries of a termbase: a row of `terms` for each, and one of `names` for each English name.

    A definition that the entry did not have is the person's; of those it had, the first one is meant. Raises
    `KgError` where the file is no TBX of this version.
    """
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise KgError(f"{path}: is not well-formed XML ({error}); save it again as TBX") from None
    if root.tag != f"{{{NAMESPACE}}}tbx" or root.get("style") != "dca":
        raise KgError(
            f"{path}: is no TBX of ISO 30042:2019 in the style dca; save it as TBX-Basic, version 3"
        )
    entries = root.findall(".//tbx:conceptEntry", _CORE)
    return {
        "terms": [_entry(entry) for entry in entries],
        "names": [row for entry in entries for row in _names(entry)],
    }


def _entry(entry: Element) -> Row:
    chinese = _languages(entry, "zh")
    terms = [(_text(each.find("tbx:term", _CORE)), _status(each)) for each in _sections(chinese)]
    main = next((text for text, status in terms if status == PREFERRED), terms[0][0] if terms else "")
    shown = [
        (each.get("id", ""), _text(each.find("tbx:descrip", _CORE)))
        for section in chinese
        for each in section.iterfind("tbx:descripGrp", _CORE)
    ]
    # outside of a group a definition has no source, so it is not one of those that were exported
    loose = [_text(each) for section in chinese for each in section.iterfind("tbx:descrip", _CORE)]
    fresh = [text for name, text in shown if not name] + loose
    notes = [_text(each) for each in entry.iterfind("tbx:note", _CORE)]
    values = {
        "id": entry.get("id", ""),
        "term": main,
        "aliases": SEPARATOR.join(text for text, _ in terms if text != main),
        "definition": fresh[-1] if fresh else shown[0][1] if shown else "",
        "check": next((note.removeprefix(CHECK) for note in notes if note.startswith(CHECK)), ""),
    }
    return Row(_place(entry), values)


def _names(entry: Element) -> list[Row]:
    """The English names of an entry."""
    return [
        Row(
            _place(entry),
            {
                "id": entry.get("id", ""),
                "term": _entry(entry)["term"],
                "english": _text(each.find("tbx:term", _CORE)),
                "status": _STATUS.get(_status(each), _status(each)),
                "source": _text(each.find("tbx:admin[@type='source']", _CORE)),
                "year": _year(each),
            },
        )
        for each in _sections(_languages(entry, "en"))
    ]


def _place(entry: Element) -> str:
    return f"entry {entry.get('id', '')}"


def _languages(entry: Element, language: str) -> list[Element]:
    return [each for each in entry.iterfind("tbx:langSec", _CORE) if _speaks(each, language)]


def _speaks(section: Element, language: str) -> bool:
    return section.get(LANG, "").lower().split("-")[0] == language


def _sections(languages: list[Element]) -> list[Element]:
    return [each for language in languages for each in language.iterfind("tbx:termSec", _CORE)]


def _status(section: Element) -> str:
    return _text(section.find("tbx:termNote[@type='administrativeStatus']", _CORE))


def _year(section: Element) -> str:
    notes = [_text(each) for each in section.iterfind("tbx:note", _CORE)]
    return next((note.removeprefix(YEAR) for note in notes if note.startswith(YEAR)), "")


def _text(element: Element | None) -> str:
    """All the text of an element, also within marks like <hi>."""
    return "" if element is None else "".join(element.itertext()).strip()
