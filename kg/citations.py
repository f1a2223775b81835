"""How a document is cited: a reference after GB/T 7714—2015, an entry of BibTeX. What is unknown stays unknown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_TYPES = {"report": "R", "annotated": "R"}  #: a report; anything else is [Z], “other”


def citation(document: Mapping[str, Any]) -> str:
    """The reference of a document, from what its manifest says: title, kind, speaker, session, date and so on.

    The standard has words for what nobody knows (8.4.1, 8.4.2: 出版地不详, 出版者不详) and brackets for a year
    that is inferred (8.4.3): the year of a report is not the year of the edition. A digest is not by those
    who gave the report, so nobody is named for it.

    >>> citation({"title": "2024年山西省政府工作报告", "kind": "report", "speaker": "金湘军", "date": "2024-01-23",
    ...           "session": "山西省第十四届人民代表大会第二次会议", "year": 2024})
    '金湘军. 2024年山西省政府工作报告: 2024年1月23日在山西省第十四届人民代表大会第二次会议上[R]. [出版地不详]: [出版者不详], [2024].'
    """
    kind = _TYPES.get(document["kind"], "Z")
    by = (document.get("speaker") or document.get("issuer")) if kind == "R" else None
    occasion = (
        f": {_day(document['date'])}在{document['session']}上" if kind == "R" and _dated(document) else ""
    )
    url = document.get("url")
    return (
        (f"{by}. " if by else "")
        + f"{document.get('title') or document['id']}{occasion}[{kind}{'/OL' if url else ''}]. "
        + f"[出版地不详]: {document.get('publisher') or '[出版者不详]'}, [{document.get('year') or '出版年不详'}]"
        + (f". {url}." if url else ".")
    )


def bibtex(document: Mapping[str, Any]) -> str:
    """The document as an entry of BibTeX; fields that are not known are left out.

    A digest is not by those who gave the report.

    >>> print(bibtex({"id": "shanxi-2024", "title": "2024年山西省政府工作报告", "kind": "report", "year": 2024}))
    @techreport{shanxi-2024,
      title = {{2024年山西省政府工作报告}},
      year = {2024},
    }
    """
    by = None if document["kind"] == "abridgement" else document.get("issuer")
    publisher = document.get("publisher") or by
    note = "; ".join(_tex(document[name]) for name in ("speaker", "session") if document.get(name))
    url = document.get("url")
    fields = {
        "title": f"{{{_tex(document.get('title') or document['id'])}}}",
        "author": by and f"{{{_tex(by)}}}",  # braces within: the name of an institution is not turned round
        "institution": publisher and f"{{{_tex(publisher)}}}",
        "year": document.get("year"),
        "date": document.get("date"),
        "note": note,
        "url": url and _NOT_IN_URL.sub(lambda found: quote(found[0]), url),
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{{_key(document['id'])},\n{told}}}"


_NOT_IN_URL = re.compile(r"[\\{}\s]")
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9_-]")


def _key(name: str) -> str:
    """A key that every BibTeX takes; where characters had to go, a digest keeps two documents apart."""
    kept = _NOT_IN_KEYS.sub("", name)
    return kept if kept == name else f"{kept or 'document'}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _tex(text: str) -> str:
    plain = re.sub(r"[\\{}]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[&%$#_]", r"\\\g<0>", plain))


def _dated(document: Mapping[str, Any]) -> bool:
    return bool(document.get("session") and _DATE.fullmatch(document.get("date") or ""))


def _day(date: str) -> str:
    year, *rest = (int(part) for part in date.split("-"))
    return f"{year}年" + "".join(f"{part}{unit}" for part, unit in zip(rest, "月日", strict=False))
