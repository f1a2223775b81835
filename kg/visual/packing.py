"""What the page knows → the JSON that the scripts read, without what they can tell themselves.

A term is named by its place in the glossary, a heading by a number. What is empty, what is the same as a label, and
what stands in a text that the page has is left out; `scripts/data.js` puts it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from kg.readings import Reading
from kg.visual.stars import Box

_TOLD_BY_THE_TEXT = ("left", "exact", "right", "section")

#: The lists of sentences that a term has, and of what kind the mentions in them are; those of references say it.
_SAID = {"sentences": "core", "references": None, "open": "open"}

_Place: TypeAlias = tuple[
    int | None, int, str, str
]  #: a document, an offset, the kind of a mention, and a term


def packed(
    known: Mapping[str, Any],
    boxes: Mapping[str, Box],
    colours: Mapping[str, Sequence[int | None]],
    left: Collection[str],
    readings: Sequence[Reading],
) -> dict[str, Any]:
    """What `contents` says, the boxes of the picture and the numbers of their colours, as short as they can be said.

    The terms in `left` are left out of the picture; the `readings` with a text stand on the page.
    """
    terms = known["terms"]
    places = {term["id"]: place for place, term in enumerate(terms)}
    documents = {document["id"]: number for number, document in enumerate(known["documents"])}
    on_page = {
        (documents.get(each.id), said.start, said.kind, term)
        for each in readings
        if each.text is not None
        for said in each.mentions
        for term in said.terms
    }
    sections: dict[str, int] = {}
    base = _base(terms)
    return {
        "base": base,
        "documents": known["documents"],
        "terms": [_term(term, base, terms, places, on_page, sections) for term in terms],
        "sections": list(sections),
        "nodes": [
            _node(boxes[key], places[key], terms[places[key]]["label"], colours[key], key in left)
            for key in boxes
        ],
        "edges": [
            {**edge, "from": places[edge["from"]], "to": places[edge["to"]]} for edge in known["edges"]
        ],
    }


def _base(terms: Sequence[Mapping[str, Any]]) -> str:
    """What most identifiers have before a label."""
    begins = Counter(term["id"].removesuffix(term["label"]) for term in terms)
    return begins.most_common(1)[0][0] if begins else ""


def _term(
    term: Mapping[str, Any],
    base: str,
    terms: Sequence[Mapping[str, Any]],
    places: Mapping[str, int],
    on_page: Collection[_Place],
    sections: dict[str, int],
) -> dict[str, Any]:
    # An address that is the label is not said twice, and the initial is the glossary's.
    told = {
        name: value
        for name, value in term.items()
        if name != "initial"
        and (name, value) not in (("address", term["label"]), ("id", base + term["label"]))
    }
    if "wholes" in told:
        told["wholes"] = [places[whole] for whole in told["wholes"]]
    if "years" in told:
        told["years"] = [{name: value for name, value in year.items() if value} for year in told["years"]]
        if told["seen"] == [year["year"] for year in told["years"]]:
            del told["seen"]
    for name in ("definitions", "listings"):
        if name in told:
            told[name] = [
                {**one, "components": [_part(part, terms, places) for part in one["components"]]}
                for one in told[name]
            ]
    for name, kind in _SAID.items():
        if name in told:
            told[name] = [
                _sentence(each, _place(each, kind or each["kind"], term["id"]) in on_page, sections)
                for each in told[name]
            ]
    return told


def _part(
    part: Mapping[str, Any], terms: Sequence[Mapping[str, Any]], places: Mapping[str, int]
) -> dict[str, Any]:
    """A component: its term by number, its text only where it is not the term's label."""
    place = places.get(part.get("iri", ""))
    told = {name: value for name, value in part.items() if name != "iri"}
    if place is None:
        return told
    if part["text"] == terms[place]["label"]:
        del told["text"]
    return {"term": place, **told}


def _place(sentence: Mapping[str, Any], kind: str, term: str) -> _Place:
    return sentence["document"], sentence["start"], kind, term


def _sentence(sentence: Mapping[str, Any], on_page: bool, sections: dict[str, int]) -> dict[str, Any]:
    """A sentence; one that stands on the page is told by its place alone."""
    if on_page:
        return {name: value for name, value in sentence.items() if name not in _TOLD_BY_THE_TEXT}
    if "section" not in sentence:
        return dict(sentence)
    return {**sentence, "section": sections.setdefault(sentence["section"], len(sections))}


def _node(box: Box, place: int, label: str, colours: Sequence[int | None], left: bool) -> dict[str, Any]:
    told = {"id": place, "box": [box.x, box.y, box.width, box.height, box.size], "colours": list(colours)}
    return {**told, **({"label": box.text} if box.text != label else {}), **({"left": True} if left else {})}
