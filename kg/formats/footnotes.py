"""A web page → its footnotes and endnotes: which element is a mark, and what the note says.

A mark is a link with a number that leads to a place in the page from which a link leads back to it:
so write Word, pandoc and the wikis their notes, each in a form of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

_MARK = re.compile(r"\s*[\[［(（〔【]?\s*(?:\d{1,3}|[①-⑳]|[ivx]{1,5}|\*{1,3})\s*[\]］)）〕】]?\s*")
_BACK = re.compile(r"[\s\[\]［］()（）〔〕【】\d①-⑳ivx*.．、^↑↩⏎\ufe0e\ufe0f返回]*")
_HOLDERS = ("li", "p", "div", "dd", "td", "section", "aside", "blockquote")
_NOTE_ID = re.compile(r"(?:ftn|fn|edn|en|note)[-_:]?\d+$", re.I)
_LONGEST = 2000  #: characters that a note has at most: what is longer is a part of the page


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a page, numbered from 1 by the order of their marks."""

    marks: dict[Any, int]  #: the element of a mark → the number of its note
    explained: set[Any]  #: the elements in which the notes stand
    texts: tuple[str, ...]


def find_notes(tree: Any) -> Notes:
    """The notes of a page. A link to a place that does not lead back is no note."""
    places: dict[str, Any] = {}
    order: dict[Any, int] = {}
    back: dict[str, list[Any]] = {}
    links = []
    for i, element in enumerate(tree.iter("*")):
        order[element] = i
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if key:
                places.setdefault(key, element)
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            links.append(element)
            back.setdefault(element.get("href")[1:], []).append(element)
    marks: dict[Any, int] = {}
    numbers: dict[Any, int] = {}
    texts: list[str] = []
    for link in links:
        target = places.get(link.get("href")[1:])
        if target is None or order[target] <= order[link] or not _MARK.fullmatch("".join(link.itertext())):
            continue
        leading = [a for key in sorted(_keys(link)) for a in back.get(key, ()) if order[a] > order[link]]
        holder = _holder(target, leading)
        if holder is None:
            continue
        if holder not in numbers:
            text = _note_text(holder)
            if not text or len(text) > _LONGEST:
                continue
            texts.append(text)
            numbers[holder] = len(texts)
        marks[_whole(link)] = numbers[holder]
    return Notes(marks, set(numbers), tuple(texts))


def _keys(link: Any) -> set[str]:
    """The names by which a mark can be led back to: its own, and those of what it stands in or beside."""
    named = [*link.iter("*")]
    element = link.getparent()
    while element is not None and element.tag in ("sup", "span", "font", "b", "small"):
        named.append(element)
        element = element.getparent()
    before = link.getprevious()
    if before is not None and before.tag == "a" and not (before.tail or "").strip():
        named.append(before)
    return {key for e in named for key in (e.get("id"), e.get("name")) if key}


def _holder(target: Any, leading: Sequence[Any]) -> Any:
    """The element in which a note stands: the smallest that has its place and a link that leads back."""
    inside = {target, *target.iterancestors()}
    for back in leading:
        element = next((e for e in (back, *back.iterancestors()) if e in inside), None)
        while element is not None and element.tag not in _HOLDERS:
            element = element.getparent()
        if element is None:
            continue
        outer = element.getparent()  # <div id="ftn1"><p>…</p><p>…</p></div>, <li><p>…</p></li>
        if outer is not None and (outer.tag in ("li", "dd") or _NOTE_ID.search(outer.get("id") or "")):
            return outer
        return element
    return None


def _whole(link: Any) -> Any:
    """A mark with the superscript around it."""
    parent = link.getparent()
    while parent is not None and parent.tag in ("sup", "span") and _text(parent) == _text(link):
        link, parent = parent, parent.getparent()
    return link


def _text(element: Any) -> str:
    return re.sub(r"\s", "", "".join(element.itertext()))


def _plain(element: Any, without: set[Any]) -> str:
    """The text of an element without that of some elements in it."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, e in walk:
        if event == "start":
            if e in without:
                walk.skip_subtree()
            else:
                parts.append(e.text or "")
        elif e is not element:
            parts.append(e.tail or "")
    return "".join(parts)


def _note_text(holder: Any) -> str:
    """What a note says, without its number and the links that lead back."""
    back = {
        a
        for a in holder.iter("a")
        if (a.get("href") or "").startswith("#") and _BACK.fullmatch("".join(a.itertext()))
    }
    text = " ".join(_plain(holder, back).split())
    return re.sub(r"^(?:[\[［(（〔【]\s*\d{1,3}\s*[\]］)）〕】]|[①-⑳]|\^)\s*", "", text)
