"""What the page shows beside the picture: the reports, the sheet of years, the glossary from A to Z."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.lifespans import Lifespans
from kg.readings import Reading
from kg.resources import resource
from kg.revisions import Revisions
from kg.visual.reader import Given, kinds_of, sheets
from kg.visual.revised import tab
from kg.visual.sheet import sheet_context, widths

VIEWS = (
    "views",
    "reader",
    "glossary",
    "years",
    "changes",
    "revised",
)  #: their style sheets; a -dark one gives a name another colour
NAMED = 500  #: documents without their text that are named; of more only the number is told


def views_context(
    terms: Sequence[Mapping[str, Any]],
    documents: Sequence[Mapping[str, Any]],
    readings: Sequence[Reading],
    told: Lifespans | None,
    revisions: Revisions,
) -> dict[str, Any]:
    """What the templates of the views need; a view of which there is nothing is left out."""
    places = {term["id"]: place for place, term in enumerate(terms)}
    issuers = {document["id"]: document.get("issuer") for document in documents}
    drawn = sheets(readings, places, _given(terms, documents), issuers)
    left_out = [reading for reading in readings if reading.text is None] if drawn else []
    texts = [each.reading.id for each in drawn]
    return {
        "sheets": drawn,
        "texts": texts,
        "revised": tab(revisions, texts),
        "left_out": left_out[:NAMED],
        "unnamed": len(left_out[NAMED:]),
        "kinds": kinds_of(readings),
        "lives": sheet_context(told) if told and told.rows else None,
        "places": places,
        "addresses": {term["id"]: term["address"] for term in terms},
    }


def _given(
    terms: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]]
) -> dict[str, list[Given]]:
    """The definitions of each term that has any."""
    found: dict[str, list[Given]] = {}
    for term in terms:
        for each in term.get("definitions", ()):
            document = documents[each["document"]]
            core = term["label"].partition("（")[0]
            found.setdefault(term["id"], []).append(
                Given(
                    core,
                    document["id"],
                    document.get("issuer"),
                    each.get("headword"),
                    each.get("voice") == "government",
                )
            )
    return found


def views_styles(told: Lifespans | None) -> tuple[str, str]:
    """The style sheets of the views as one, and what gives their colours other values by night."""
    light = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in VIEWS]
    if told and told.rows:
        light.append(widths(told))
    dark = [resource(f"visual/{name}-dark.css").read_text(encoding="utf-8") for name in ("years", "changes")]
    return "".join(light), "".join(dark)
