"""Texts and a formula → the wordings that it has in them, each at its place, with what of it is doubtful.

`kg.forms` says what one text may mean by it; here all texts together tell what of that is the formula's own.
All offsets are code points of the text, the end exclusive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.forms import LISTED, NO_DE, QUIET, WIDER, Formula, Found, any_of, clause, headed, kept, spelled_out

OFTEN = 4  #: times what a variant keeps may stand in the texts for each time that the formula does …
FEW = 3  #: … or this often; where the formula itself stands less often, all that keeps only a part of it is doubtful
AFTERWARDS = 14  #: characters at most of what a clause goes on to say of it

#: The sorts of wording. Those whose reading is open to doubt say why, at the occurrence.
KINDS = {
    "exact": "原话 word for word",
    "respelled": "异写 other marks",
    "modifier": "换修饰语 other modifier",
    "degree": "程度 degree",
    "shared": "并用 modifier shared",
    "shortened": "省字 shorter",
    "lengthened": "加字 longer",
    "replaced": "换字 part replaced",
    "predicate": "作谓语 as predicate",
    "spelled-out": "展开 spelled out",
}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A place where a text says a formula. `said` is the stretch without quotation marks, `text[start:end]` with them."""

    start: int
    end: int
    said: str
    kind: str  #: one of `KINDS`
    old: str = ""  #: the part of the formula that is not there …
    new: str = ""  #: … and what is there instead
    doubt: str = ""  #: why it may be something else; empty where nothing speaks for that
    before: str = ""  #: the verb that governs it, with its adverbs: 继续实施
    after: str = ""  #: what its clause goes on to say: 要松紧适度


def find_phrasings(sought: Formula) -> dict[str, list[Phrasing]]:
    """By the id of each text every place where it says the formula, in order; no two overlap.

    >>> from kg.forms import formula
    >>> text = "实施从紧的货币政策，稳健货币政策。货币政策委员会开会。"
    >>> sought = formula("稳健的货币政策", {"2008": text})
    >>> [(found.said, found.kind, found.old, found.new) for found in find_phrasings(sought)["2008"]]
    [('从紧的货币政策', 'modifier', '稳健', '从紧'), ('稳健货币政策', 'shortened', '的', '')]
    """
    plain = {name: "".join(char for char in text if char not in QUIET) for name, text in sought.texts.items()}
    rows = {
        name: [*(headed if sought.head else kept)(text, sought), *spelled_out(text, sought)]
        for name, text in plain.items()
    }
    if not sought.head:
        rows = _telling(rows)
    modifiers = {
        row.new for each in rows.values() for row in each if row.kind == "modifier" and not row.doubt
    }
    return {
        name: _placed(sought.texts[name], plain[name], _apart(_without_de(row, modifiers) for row in each))
        for name, each in rows.items()
    }


def _apart(rows: Iterable[Found]) -> list[Found]:
    """Of those that overlap, the one that says the formula most closely."""
    taken: list[Found] = []
    for row in sorted(
        rows, key=lambda row: (_ORDER[row.kind], bool(row.doubt), row.start - row.end, row.start)
    ):
        if all(row.end <= other.start or other.end <= row.start for other in taken):
            taken.append(row)
    return sorted(taken, key=lambda row: row.start)


def _placed(text: str, plain: str, rows: Iterable[Found]) -> list[Phrasing]:
    """The rows at their places in the text, whose quotation marks were passed over."""
    places = [at for at, char in enumerate(text) if char not in QUIET]
    return [
        Phrasing(
            places[row.start], places[row.end - 1] + 1, row.said, row.kind, row.old, row.new, row.doubt,
            *_around(plain, row.start, row.end),
        )
        for row in rows
    ]  # fmt: skip


def _telling(rows: Mapping[str, list[Found]]) -> dict[str, list[Found]]:
    """The rows whose kept part tells of the formula: it stands for it in one place of `OFTEN`, at least.

    就业…政策 holds 创业, 扶持, 服务 and many more, and says nothing of 就业优先政策; 就业优先… does.
    """
    exact = sum(row.kind == "exact" for each in rows.values() for row in each)
    frames = Counter(row.frame for each in rows.values() for row in each)
    seldom = (
        ""
        if exact >= FEW
        else "原话太少 the formula itself is too seldom said to tell"
        if exact
        else "原话未见 no text has the formula itself"
    )
    return {
        name: [
            row if row.kind in _WHOLE else replace(row, doubt=row.doubt or seldom)
            for row in each
            if row.kind in _WHOLE or frames[row.frame] <= max(FEW, OFTEN * exact)
        ]
        for name, each in rows.items()
    }


def _without_de(row: Found, modifiers: Container[str]) -> Found:
    """A modifier without 的 is sure where the texts have it with 的 elsewhere: 稳健财政政策."""
    if row.doubt in (NO_DE, WIDER) and (word := row.new.rpartition("的")[2]) in modifiers:
        start = row.end - len(row.said) + len(row.new) - len(word)
        return replace(
            row, start=start, said=row.said[start - row.start :], kind="modifier", new=word, doubt=""
        )
    return row


_WHOLE = ("exact", "respelled", "spelled-out")
_ORDER = {kind: at for at, kind in enumerate(KINDS)}


# --- what stands around it ------------------------------------------------------------------------------


def _around(plain: str, start: int, end: int) -> tuple[str, str]:
    """The verb that governs what stands from `start` to `end`, and the rest of the clause.

    The verb may govern something else before it: 继续实施 积极的财政政策和 稳健的货币政策.

    >>> text = "必须继续实施积极的财政政策和稳健的货币政策，稳健的货币政策要松紧适度。"
    >>> _around(text, 14, 21), _around(text, 22, 29)
    (('必须继续实施', ''), ('', '要松紧适度'))
    """
    left, right = clause(plain, start)
    run = f"(?:{any_of('adverbs', 'verbs')})+"
    led = re.search(f"({run})(?:(?!的)(?:(?!{any_of('verbs')}).){{2,14}}[{LISTED}])?$", plain[left:start])
    after = plain[end:right]
    told = len(after) <= AFTERWARDS and not re.match(f"[{LISTED}]|并", after)
    return led[1] if led else "", after if told else ""
