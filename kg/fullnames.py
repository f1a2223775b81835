"""Entries → the full names that their definitions give: RCEP is 区域全面经济伙伴关系.

A full name is another name of the same concept, not a concept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Entry, Span
from kg.rules import rule

#: How a definition gives a full name. Of the first two, which begin it, the first is of a label with letters;
#: in the others the full name ends as the short one does.
FULL_NAMES = (
    rule("of-letters", r"(?P<full>[一-鿿]{4,20})(?=，即|（|，是|，指)", "区域全面经济伙伴关系，即"),
    rule("same-end", r"(?P<full>[一-鿿]{4,20})(?=[，。（])", "生物安全防护三级实验室。"),
    rule(
        "that-is",
        r"(?<![一-鿿])(?P<short>[一-鿿]{2,8}?)(?:，即|，指|是指)(?P<full>[一-鿿]{4,20})(?=[，。；（])",
        "承诺制，即企业投资项目承诺制，",
    ),
)
_DESCRIPTION = re.compile("^[是指由以为将]|的")  #: says what it is: 是衡量运算能力的单位
_LETTERS = re.compile(r"[A-Za-z0-9\-]*")


@dataclass(frozen=True, slots=True)
class FullName:
    """A full name where a definition gives it."""

    short: str  #: the label of the entry, or one of its components
    span: Span
    rule: str


def full_names(entry: Entry) -> Iterator[FullName]:
    """The full names of the label of an entry and of its components, each once.

    >>> from kg.entries import find_entries
    >>> from kg.model import Document
    >>> from kg.structure import find_glossaries
    >>> doc = Document("d", "知识小贴士\\nRCEP：区域全面经济伙伴关系，即由东盟十国发起的协定。")
    >>> [(n.short, n.span.text) for box in find_glossaries(doc) for e in find_entries(box) for n in full_names(e)]
    [('RCEP', '区域全面经济伙伴关系')]
    """
    doc, start, end = entry.doc, entry.definition.start, entry.definition.end
    found: dict[str, FullName] = {}
    for row in FULL_NAMES:
        begins = "short" not in row.pattern.groupindex
        matches = (
            [row.pattern.match(doc.text, start, end)]
            if begins
            else row.pattern.finditer(doc.text, start, end)
        )
        for match in matches:
            if match is None:
                continue
            short, full = entry.label if begins else match["short"], match["full"]
            noun = short[_LETTERS.match(short).end() :]  # type: ignore[union-attr]
            if row.name == "of-letters":
                right = not noun and re.search("[A-Za-z]", short) is not None
            else:
                right = len(noun) > 1 and full.endswith(noun) and full != short
            known = begins or short in {c.span.text for c in entry.components}
            if right and known and not _DESCRIPTION.search(full):
                found.setdefault(short, FullName(short, doc.span(*match.span("full")), row.name))
    yield from found.values()
