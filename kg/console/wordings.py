"""What changed in the wording from one report to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from kg.console.tables import console, span_of_years
from kg.model import Change, Span
from kg.model import Rewording as Kind
from kg.pieces import find_pieces
from kg.wordings import Wording

_NAMES = {
    Kind.TARGET: "目标 target",
    Kind.REPLACED: "改词 replaced",
    Kind.ENDED: "不再提 ended",
    Kind.RETURNED: "重提 returned",
    Kind.BEGUN: "新提 begun",
    Kind.HARDENED: "加重 hardened",
    Kind.SOFTENED: "减轻 softened",
    Kind.MOVED: "移位 moved",
    Kind.REWORDED: "改写 reworded",
}
_STYLES = {"old": "red strike", "new": "green underline"}
_SIGNS = {"old": ("[-", "-]"), "new": ("{+", "+}")}  #: what stands for colours where there are none
_NAME = 8  #: characters of the name of a policy; a sentence that is reworded has more
_AROUND = 48  #: characters of a long sentence before and behind what changed
_ALIKE = 0.6  #: share of two sentences from which their differing characters are marked


def wording(found: Wording, most: int) -> Group:
    """The foremost changes, each with both quotations, what differs marked, and where they stand."""
    plain = console().no_color or console().color_system is None
    title = f"{found.old.title or found.old.id} → {found.new.title or found.new.id}"
    lines: list[Any] = [Text(title, style="bold"), Text(_summary(found), style="dim"), *_targets(found)]
    for number, change in enumerate(found.changes[:most], start=1):
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=3, justify="right")
        grid.add_column(overflow="fold")
        grid.add_row(str(number), _head(change))
        for sign, line in _quotations(found, change, plain):
            grid.add_row(sign, line)
        lines += ["", grid]
    if not found.changes:
        lines.append(Text("Nothing that tells has changed."))
    if len(found.changes) > most:
        lines += ["", Text(f"… {len(found.changes) - most} more: --most {len(found.changes)}", style="dim")]
    return Group(*lines)


def _summary(found: Wording) -> str:
    aligned = [pair for pair in found.pairs if pair.old and pair.new]
    same = sum("".join(s.text for s in pair.old) == "".join(s.text for s in pair.new) for pair in aligned)
    gone = sum(len(pair.old) for pair in found.pairs if not pair.new)
    fresh = sum(len(pair.new) for pair in found.pairs if not pair.old)
    years = f"{len(found.years)} reports, {span_of_years(found.years[0], found.years[-1])}"
    return (
        f"句子 sentences: {same} 未改 the same, {len(aligned) - same} 改写 reworded, {gone} 不再见 gone, "
        f"{fresh} 新见 new; 据 by {years}"
    )


def _targets(found: Wording) -> Iterator[Any]:
    """What both reports set as targets, also where nothing has changed."""
    grid = Table.grid(padding=(0, 2))
    for name, *both in found.targets:
        was, now = ("—" if each is None else each.value or "不设 none set" for each in both)
        grid.add_row(name, was, "=" if was == now else "→", now)
    if found.targets:
        yield from ("", Text(f"目标 targets  {found.old.year} {found.new.year}", style="bold"), grid)


def _head(change: Change) -> Text:
    line = Text(_NAMES[change.kind], style="bold")
    stance = change.kind == Kind.REWORDED and len(change.about) <= _NAME
    if stance or change.kind in (Kind.TARGET, Kind.MOVED):
        line.append(f"  {change.about}")
    if change.kind == Kind.MOVED:
        line.append(f"  {abs(change.gap)} {'places up 提前' if change.gap < 0 else 'places down 推后'}")
    elif change.kind != Kind.REWORDED:
        was, now = (span.text if span else "—" for span in (change.was, change.now))
        both = change.kind in (Kind.TARGET, Kind.REPLACED, Kind.HARDENED, Kind.SOFTENED)
        line.append("  " + (f"{was} → {now}" if both else (was if change.was else now)))
    if life := _life(change):
        line.append(f"  {life}", style="dim")
    return line


def _life(change: Change) -> str:
    """For how long something was said, by the reports that there are."""
    said, many = (change.was or change.now), f"{change.reports} report{'s' if change.reports != 1 else ''}"
    if not change.years or said is None:
        return ""
    if change.kind in (Kind.ENDED, Kind.REPLACED):
        return f"until then in {many}" + ("; gone with all that stood around it" if change.passage else "")
    if change.kind == Kind.RETURNED:
        last = max(year for year in change.years if year < (said.doc.year or 0))
        return f"last in {last}, before in {many}"
    return "in no earlier report" + (f", then in {many}" if change.reports > 1 else "")


def _quotations(found: Wording, change: Change, plain: bool) -> Iterator[tuple[str, Text]]:
    sides = [
        (side, spans, "".join(span.text for span in spans), words)
        for side, spans, words in (("old", change.old, change.was), ("new", change.new, change.now))
        if spans
    ]
    marks = [_words(text, words) if change.kind != Kind.MOVED else [] for _, _, text, words in sides]
    if len(sides) == 2:
        one, other = (text for _, _, text, _ in sides)
        pieces = find_pieces(one, other)
        kept = sum(piece.old[1] - piece.old[0] for piece in pieces if piece.same)
        if kept >= _ALIKE * max(len(one), len(other)):
            marks = [
                [piece.old for piece in pieces if not piece.same],
                [piece.new for piece in pieces if not piece.same],
            ]
    for (side, spans, text, words), marked in zip(sides, marks, strict=True):
        at = _words(text, words) or marked[:1] or [(0, 0)]
        yield "−" if side == "old" else "+", _sentence(text, side, at[0], marked, plain)
        year, place = spans[0].doc.year, found.place(spans[0])
        yield "", Text(f"— {year}{f' · {place}' if place else ''}", style="dim")


def _words(text: str, words: Span | None) -> list[tuple[int, int]]:
    """Where some words stand in a text."""
    at = text.find(words.text) if words else -1
    return [(at, at + len(words.text))] if words and at >= 0 else []


def _sentence(
    text: str, side: str, words: tuple[int, int], marks: Sequence[tuple[int, int]], plain: bool
) -> Text:
    """A sentence with what differs marked; a long one around what changed."""
    start, end = max(0, words[0] - _AROUND), min(len(text), words[1] + _AROUND)
    line = Text("…" if start else "")
    place = start
    for a, b in marks:
        a, b = max(a, start), min(b, end)
        if a < b:
            line.append(text[place:a])
            before, behind = _SIGNS[side] if plain else ("", "")
            line.append(f"{before}{text[a:b]}{behind}", style=_STYLES[side])
            place = b
    line.append(text[place:end])
    line.append("…" if end < len(text) else "")
    return line
