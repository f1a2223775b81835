"""Charts of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from kg.console.tables import span_of_years
from kg.timelines import PRESENCES, Timeline, YearOf

_BAR = 10  #: the longest bar of a chart, in characters
_FEW = 3  #: so many years are shown one by one before a term is first seen, and document ids before "more"


def timelines(shown: Sequence[Timeline]) -> Group:
    """A chart for each term, a row a year, and what its signs mean."""
    lines: list[Any] = []
    for each in shown:
        lines += [*_timeline(each), ""]
    lines.append(
        Text(
            "█ 提名 by name  ▒ 只列举其要素 only its components are listed  ░ 摘编，不计数 in a digest, not counted\n"
            "正文 body, 释义 explanations: mentions by name in the full texts of the year; 每万字: both per 10,000 "
            "characters; 文献: where they were counted, or, of the absent, looked for",
            style="dim",
        )
    )
    return Group(*lines)


def _timeline(shown: Timeline) -> Iterator[Any]:
    yield Text(shown.label, style="bold")
    facts = Table.grid(padding=(0, 2))
    if shown.first is None:
        looked = any(each.presence == "absent" for each in shown.years)
        where = "in no full text 全文未见" if looked else "unknown 未知: not looked for by itself 未单独检索"
        facts.add_row("首见 first seen", where)
    else:
        years = {each.year: each for each in shown.years}
        for name, year in (("首见 first seen", shown.first), ("末见 last seen", shown.last or shown.first)):
            facts.add_row(name, f"{year} {PRESENCES[years[year].presence]}")
        facts.add_row("间断 gaps", "、".join(span_of_years(*gap) for gap in shown.gaps) or "无 none")
    if digests := [name for each in shown.years for name in each.digests]:
        facts.add_row("摘编 in digests", _some(digests))
    yield facts
    names = ("年 year", "", "状态 state", "正文", "释义", "每万字", "其他 other", "文献 documents")
    grid = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for name in names:
        grid.add_column(
            name,
            justify="right" if name in names[3:6] else "left",
            no_wrap=name != names[-1],
            overflow="fold",
        )
    most = max((_times(each) for each in shown.years), default=0)
    for run in _rows(shown):
        grid.add_row(*(_years_without(run) if len(run) > 1 else _year(run[0], most)))
    yield grid


def _rows(shown: Timeline) -> Iterator[list[YearOf]]:
    """The years one by one; runs of years with nothing to show, before the first and after the last seen, together."""
    first, last = shown.first or 9999, shown.last or 0

    def key(each: YearOf) -> tuple[str, int]:
        alone = first <= each.year <= last or each.digests or each.other
        return each.presence, each.year if alone else (-1 if each.year < first else -2)

    for _, years in groupby(shown.years, key=key):
        run = list(years)
        yield from [run] if len(run) > _FEW else ([each] for each in run)


def _year(each: YearOf, most: int) -> tuple[str, ...]:
    times = _times(each)
    bar = "░" if each.digests and not each.full_texts else ""
    if times:
        bar = ("█" if each.body + each.explanations else "▒") * -(-times * min(most, _BAR) // most)
    asked = each.full_texts if each.presence == "absent" else ()
    looked = each.documents or asked or each.digests
    of_all = f" of {len(each.full_texts)}" if len(each.full_texts) > len(each.documents) > 0 else ""
    none = not each.documents and len(asked) > 1
    return (
        str(each.year),
        bar,
        PRESENCES[each.presence],
        str(each.body or ""),
        str(each.explanations or ""),
        f"{each.per_ten_thousand:.2f}" if each.per_ten_thousand else "",
        ", ".join(f"{kind} {count}" for kind, count in each.other.items()),
        f"none of {len(each.full_texts)}" if none else _some(looked) + of_all,
    )


def _times(each: YearOf) -> int:
    return each.body + each.explanations or each.other.get("listed", 0)


def _years_without(run: Sequence[YearOf]) -> tuple[str, ...]:
    texts = sum(len(each.full_texts) for each in run if each.presence == "absent")
    looked = f"none of {texts}" if texts else ""
    return span_of_years(run[0].year, run[-1].year), "", PRESENCES[run[0].presence], "", "", "", "", looked


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more
