"""What the page shows beside the picture: the reports, the sheet of years, the glossary from A to Z."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.lifespans import Lifespans
from kg.readings import Reading
from kg.resources import resource
from kg.visual.reader import KINDS, sheets
from kg.visual.sheet import sheet_context, widths

VIEWS = (
    "views",
    "reader",
    "glossary",
    "years",
)  #: their style sheets; a -dark one gives a name another colour
SCRIPTS = ("views", "reader", "glossary")


def views_context(
    terms: Sequence[Mapping[str, Any]], readings: Sequence[Reading], told: Lifespans | None
) -> dict[str, Any]:
    """What the templates of the views need; a view of which there is nothing is left out."""
    places = {term["id"]: place for place, term in enumerate(terms)}
    drawn = sheets(readings, places)
    return {
        "sheets": drawn,
        "texts": [each.reading.id for each in drawn],
        "left_out": [reading for reading in readings if reading.text is None] if drawn else [],
        "kinds": list(KINDS.values()),
        "lives": sheet_context(told) if told and told.rows else None,
        "places": places,
        "addresses": {term["id"]: term["address"] for term in terms},
    }


def shortened(
    terms: Sequence[Mapping[str, Any]], documents: Sequence[Mapping[str, Any]], readings: Sequence[Reading]
) -> list[dict[str, Any]]:
    """The terms as the scripts read them, without what they know already.

    A sentence of a document on the page is told by its place alone: reader.js reads it there. An address that
    is the label is not said twice, and the initial is the glossary's.
    """
    given = {each.id for each in readings if each.text is not None}
    numbers = {number for number, document in enumerate(documents) if document["id"] in given}

    def short(sentence: Mapping[str, Any]) -> dict[str, Any]:
        unsaid = _TOLD_BY_THE_TEXT if sentence["document"] in numbers else ()
        return {name: value for name, value in sentence.items() if name not in unsaid}

    return [
        {
            name: [short(sentence) for sentence in value] if name == "sentences" else value
            for name, value in term.items()
            if name != "initial" and (name, value) != ("address", term["label"])
        }
        for term in terms
    ]


_TOLD_BY_THE_TEXT = ("left", "exact", "right", "section")


def views_styles(told: Lifespans | None) -> tuple[str, str]:
    """The style sheets of the views as one, and what gives their colours other values by night."""
    light = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in VIEWS]
    if told and told.rows:
        light.append(widths(told))
    dark = [resource(f"visual/{name}-dark.css").read_text(encoding="utf-8") for name in ("years",)]
    return "".join(light), "".join(dark)


def views_script() -> str:
    """The scripts of the views; they listen before the scripts of the picture speak, so they stand before it."""
    return "".join(resource(f"visual/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
