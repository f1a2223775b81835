"""How a document is cited: a reference after GB/T 7714—2015 in which what is unknown stays unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

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


def _dated(document: Mapping[str, Any]) -> bool:
    return bool(document.get("session") and _DATE.fullmatch(document.get("date") or ""))


def _day(date: str) -> str:
    year, *rest = (int(part) for part in date.split("-"))
    return f"{year}年" + "".join(f"{part}{unit}" for part, unit in zip(rest, "月日", strict=False))
