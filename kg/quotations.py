"""Whether the words of the graph stand in the texts at the places that it gives for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Store

from kg.findings import Finding
from kg.store import select

_DOCUMENTS = """
SELECT DISTINCT ?focus ?document ?sha256 ?length WHERE {
  ?focus dct:identifier ?document ; kg:sha256 ?sha256 ; kg:length ?length .
}
"""

# Everything that has words and offsets; `?before` and `?after` stand around a mention.
_QUOTATIONS = """
SELECT DISTINCT ?focus ?document ?start ?end ?words ?before ?after WHERE {
  {
    ?focus oa:hasTarget ?target .
    ?target oa:hasSource ?source ; oa:hasSelector ?quote , ?position .
    ?quote oa:exact ?words ; oa:prefix ?before ; oa:suffix ?after .
    ?position oa:start ?start ; oa:end ?end .
  }
  UNION { ?focus dct:source ?source ; rdf:value ?words ; kg:start ?start ; kg:end ?end }
  UNION { ?focus dct:source ?source ; kg:headword ?words ; kg:headwordStart ?start ; kg:headwordEnd ?end }
  UNION { ?list dct:source ?source ; kg:slot ?focus . ?focus rdf:value ?words ; kg:start ?start ; kg:end ?end }
  UNION { ?list dct:source ?source ; kg:slot ?focus . ?focus kg:gloss ?words ; kg:glossStart ?start ; kg:glossEnd ?end }
  ?source dct:identifier ?document .
}
"""

_TEXT = "The text of record of a document is there, and is the one that was read."
_QUOTED = "What is quoted stands in the text of record, at its place."


def check_quotations(store: Store, texts: Path) -> Iterator[Finding]:
    """Texts of record in the folder `texts` that are missing or changed, and quotations that are not theirs.

    Offsets are code points of the text of record, the end exclusive.
    """
    read: dict[str, str] = {}
    for row in select(store, _DOCUMENTS):
        path = texts / f"{row['document']}.txt"
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            found = f"{path.name} cannot be read ({error.strerror})"
        except UnicodeDecodeError:
            found = f"{path.name} is not UTF-8"
        else:
            if (
                hashlib.sha256(text.encode("utf-8")).hexdigest() == row["sha256"]
                and len(text) == row["length"]
            ):
                read[row["document"]] = text
                continue
            found = f"{path.name} is another text than the graph was made from"
        yield Finding("error", "texts-of-record", row["focus"], f"{_TEXT} Found: {found}")
    for row in select(store, _QUOTATIONS):
        if (text := read.get(row["document"], "")) and not _stands(text, **row):
            place = f"document {row['document']}, from {row['start']} to {row['end']}"
            yield Finding("error", "quotations", row["focus"], f"{_QUOTED} Found: {row['words']}, {place}")


def _stands(
    text: str, *, start: int, end: int, words: str, before: str | None, after: str | None, **_: object
) -> bool:
    """Whether `words`, with what is quoted before and after them, are what `text` has from `start` to `end`."""
    before, after = before or "", after or ""
    around = text[max(0, start - len(before)) : end + len(after)]
    return text[start:end] == words and around == before + words + after
