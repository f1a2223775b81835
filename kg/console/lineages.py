"""A formula through the years: its wordings, and what each year did with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from kg.console.tables import span_of_years
from kg.lineages import CHANGES, QUOTED, SORTS, Lineage, Said, Variant, YearOf

_PHRASES = 12  #: of a wording that are shown; those of most years


def lineage(shown: Lineage) -> Group:
    """The wordings with their years, and the years with what changed, each change with its quotation."""
    head = Text(shown.formula, style="bold")
    span = span_of_years(shown.years[0].year, shown.years[-1].year)
    head.append(
        f"  {shown.issuer or '未知 unknown issuer'}，{shown.full_texts} 篇全文 full texts, {span}",
        style="dim",
    )
    lines: list[Any] = [head]
    if shown.others:
        more = f"、… {len(shown.others) - 3} more" if len(shown.others) > 3 else ""
        lines.append(
            Text(f"未查 not looked at: {'、'.join(shown.others[:3])}{more} (--issuer NAME)", style="dim")
        )
    if not shown.variants:
        return Group(*lines, Text("全文未见 in no full text, in these words or others"))
    lines += ["", _variants(shown.variants), "", _years(shown), "", Text(_KEY, style="dim")]
    return Group(*lines)


_KEY = (
    "  ".join(f"{sign} {word}" for sign, word in CHANGES.values()) + "  ? 存疑 doubtful\n"
    "░ 摘编，不计数 in a digest, not counted  回顾 only where the report looks back\n"
    "Each year against the last full text before it. ～ is the wording;\n"
    "[start:end] are its offsets in the text of record."
)


def _variants(variants: Sequence[Variant]) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    grid.add_column("说法 wording", overflow="fold", ratio=5)
    grid.add_column("次", justify="right", no_wrap=True)
    grid.add_column("年份 years", overflow="fold", ratio=4)
    for each in variants:
        name = Text(("? " if each.doubt else "") + each.said, style="" if each.doubt else "bold")
        name.append("".join(f"\n  {line}" for line in _sort(each)), style="dim")
        grid.add_row(name, str(each.times or ""), _told(each))
        for phrase in sorted(
            sorted(each.phrases, key=lambda phrase: -len(phrase.years))[:_PHRASES],
            key=lambda phrase: phrase.years,
        ):
            line = " ".join(filter(None, (phrase.before, "～", phrase.after)))
            grid.add_row(Text(f"    {line}"), "", Text(years_as_runs(phrase.years), style="dim"))
    return grid


def _sort(each: Variant) -> Iterator[str]:
    yield SORTS[each.kind]
    if (each.old or each.new) and each.kind != "listed":
        yield f"{each.old or '∅'} → {each.new or '∅'}"
    if each.doubt:
        yield each.doubt


def _told(each: Variant) -> str:
    told = [years_as_runs(each.years)] if each.years else []
    if each.digests:
        told.append(f"░ {'、'.join(map(str, each.digests))}")
    if each.retrospect:
        told.append(f"回顾 {years_as_runs(each.retrospect)}")
    return "；".join(told)


def _years(shown: Lineage) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    grid.add_column("年 year", no_wrap=True)
    grid.add_column("", no_wrap=True)
    grid.add_column("说法，及其首处原文 wording, and where it stands first", overflow="fold")
    for (_, told), run in groupby(zip(_runs(shown), shown.years, strict=True), key=lambda pair: pair[0]):
        years = [year for _, year in run]
        name = span_of_years(years[0].year, years[-1].year)
        if told == "unknown":
            grid.add_row(name, "", "未知，没有全文 unknown, no full text")
        elif told == "absent":
            grid.add_row(name, "", "未出现 absent")
        for sign, text in _changes(shown, years[0]):
            grid.add_row(name, sign, text)
            name = ""
    return grid


def _runs(shown: Lineage) -> Iterator[tuple[int, str]]:
    """A key for each year, the same for neighbours of which the same is told: nothing, or that all is kept."""
    number, before = 0, ""
    for each in shown.years:
        new = each.came or each.returned or each.went
        doubtful = any(place.year == each.year and (place.doubt or place.digest) for place in shown.places)
        told = (
            "changed"
            if new or doubtful
            else each.presence
            if each.presence in ("absent", "unknown")
            else "kept"
        )
        same = told == before and told != "changed"
        number += not same
        before = told
        yield number, told


def _changes(shown: Lineage, year: YearOf) -> Iterator[tuple[str, Text]]:
    for name in ("came", "returned", "kept", "went"):
        for said in getattr(year, name):
            yield (
                CHANGES[name][0],
                _place(shown, year.year, said) if name in ("came", "returned") else Text(said),
            )
    for place in _first(
        place for place in shown.places if place.year == year.year and (place.doubt or place.digest)
    ):
        yield "░" if place.digest else "?", _quoted(place)


def _first(places: Iterator[Said]) -> Iterator[Said]:
    seen: set[str] = set()
    for place in places:
        if place.said not in seen:
            seen.add(place.said)
            yield place


def _place(shown: Lineage, year: int, said: str) -> Text:
    return _quoted(
        next(
            place
            for place in shown.places
            if place.year == year and place.said == said and not place.doubt and not place.digest
        )
    )


def _quoted(place: Said) -> Text:
    text = Text(place.said + "\n")
    text.append(f"  {'…' if len(place.left) == QUOTED else ''}{place.left}", style="dim")
    text.append(place.text, style="reverse")
    cut = "…" if len(place.right) == QUOTED else ""
    where = f"{'（回顾）' if place.retrospect else ''}{place.document}[{place.start}:{place.end}]"
    text.append(f"{place.right}{cut} {where}", style="dim")
    return text


def years_as_runs(years: Sequence[int]) -> str:
    """Years as runs, of which a year that nobody could look at is none: 2001–2002、2004.

    >>> years_as_runs((2001, 2002, 2004))
    '2001–2002、2004'
    """
    runs = []
    for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
        same = [year for _, year in run]
        runs.append(span_of_years(same[0], same[-1]))
    return "、".join(runs)
