"""A whole build at a glance: what is never explained, links, years against each other, networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.console.tables import span_of_years, table

if TYPE_CHECKING:
    from kg.comparison import Comparison
    from kg.differences import Change
    from kg.rankings import Community, Rank
    from kg.travels import Travel

_SHOWN = 12  #: members of a community, governments of a slogan


def undefined(rows: Sequence[Mapping[str, Any]]) -> Table:
    """What is used and never defined: how often, how often in quotation marks, when, and what is listed for it."""
    shown = [
        (
            row["term"],
            row["count"],
            row["quoted"],
            row["numeral"],
            _span(row["years"]),
            len(row["docs"]),
            "、".join(row["components"]),
        )
        for row in rows
    ]
    return table(("term", "count", "quoted", "numeral", "years", "docs", "components"), shown)


def untranslated(rows: Sequence[Mapping[str, Any]]) -> Table:
    """What has no English name: how often it is said, where and when, and the names that were rejected."""
    shown = [
        (
            row["term"],
            row["mentions"],
            row["documents"],
            "" if row["first"] is None else span_of_years(row["first"], row["last"]),
            row["role"],
            "; ".join(row["rejected"]),
        )
        for row in rows
    ]
    return table(("term", "mentions", "docs", "years", "role", "rejected"), shown)


def _span(years: Sequence[int]) -> str:
    return span_of_years(years[0], years[-1]) if years else ""


def relations(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Which term follows, shortens or accompanies which, what changed, and the first place that says so."""
    shown = []
    for row in rows:
        changes = [f"+{text}" for text in row["added"]] + [f"−{text}" for text in row["dropped"]]
        place = row["evidence"][0]
        shown.append(
            (
                row["type"],
                row["from"],
                row["to"],
                row["confidence"],
                " ".join(changes),
                f"{place['doc']}:{place['start']}",
            )
        )
    return table(("type", "from", "to", "sure", "changes", "evidence"), shown)


def changes(found: Sequence[Change]) -> Group:
    """What became of the terms from one build to another: how many of each sort, and each with what changed."""
    counts = Counter(change.change for change in found)
    rows = [(change.change, change.term, _changed(change)) for change in found]
    head = Text(", ".join(f"{count} {name}" for name, count in counts.items()))
    return Group(head, "", table(("change", "term", "what"), rows))


def _changed(change: Change) -> str:
    parts = [f"+{text}" for text in change.added] + [f"−{text}" for text in change.dropped]
    definitions = len(change.definitions_added), len(change.definitions_dropped)
    told = [" ".join(parts)] if parts else []
    if any(definitions):
        told.append("definitions " + " ".join(f"{s}{n}" for s, n in zip("+−", definitions, strict=True) if n))
    if change.was is not None:
        told.append(f"was {change.was}")
    if change.replaced_by:
        told.append(f"replaced by {'、'.join(change.replaced_by)}")
    return "; ".join(told)


def comparison(found: Comparison) -> Group:
    """Two years' vocabularies: what came, went and stayed, and what was redefined."""
    lines: list[Any] = [Text(f"{found.old} → {found.new}", style="bold")]
    for name, terms in (
        ("新见 new", found.came),
        ("不见 gone", found.went),
        ("沿用 kept", found.kept),
    ):
        lines += [
            "",
            Text(f"{name} ({len(terms)})", style="bold"),
            Padding(Text("  ".join(terms) or "—"), (0, 0, 0, 2)),  # 、 stands inside some terms
        ]
    lines += ["", Text(f"改义 redefined ({len(found.redefined)})", style="bold")]
    for each in found.redefined:
        changes = "  ".join([*(f"+{part}" for part in each.added), *(f"−{part}" for part in each.dropped)])
        lines.append(Padding(Text(f"{each.term}: {changes}"), (0, 0, 0, 2)))
    return Group(*lines)


def ranks(found: Sequence[Rank]) -> Table:
    """Terms in order, with how often and how long they are said and how they stand in the network.

    Below it stands what is an estimate.
    """
    rows = [
        (
            each.label,
            each.count,
            each.documents,
            span_of_years(each.first, each.last) if each.first and each.last else "",
            _digits(each.page_rank),
            _digits(each.betweenness),
            each.degree,
            each.core,
            each.subject or "",
        )
        for each in found
    ]
    names = ("term", "count", "docs", "years", "PageRank", "between", "ties", "core", "subject")
    shown = table(names, rows)
    if sample := max((each.sample for each in found if each.sample), default=None):
        shown.caption = (
            f"between 为估计值：由 {sample} 个抽取的术语算出 an estimate, from {sample} terms drawn at random"
        )
        shown.caption_justify = "left"
    return shown


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def communities(found: Sequence[Community]) -> Group:
    """Each community with its subjects and its slogans."""
    lines: list[Any] = []
    for community in found:
        slogans = community.terms[: community.slogans]
        head = Text(community.name, style="bold")
        about = "、".join(community.subjects[:3])
        head.append(f"  {len(community.terms)} 术语 terms" + (f" · {about}" if about else ""), style="dim")
        more = f"  … {len(slogans) - _SHOWN} more" if len(slogans) > _SHOWN else ""
        lines += [head, Padding(Text("  ".join(slogans[:_SHOWN]) + more), (0, 0, 0, 2))]
    return Group(*lines)


def travels(found: Sequence[Travel]) -> Group:
    """Each slogan with the governments that say it, in their order, and how sure that order is."""
    lines: list[Any] = []
    for travel in found:
        head = Text(travel.term, style="bold")
        sure = "先后可证 the first is proven" if travel.proven else "先后未定 the first is not proven"
        head.append(f"  {len(travel.stops)} 个政府 governments · {sure}", style="dim")
        told = travel.stops[:_SHOWN]
        stops = [
            f"{when} " + "、".join(stop.issuer for stop in group)
            for when, group in groupby(told, key=lambda stop: stop.date or f"{stop.year} 日期未知 undated")
        ]
        more = f" … {len(travel.stops) - _SHOWN} more" if len(travel.stops) > _SHOWN else ""
        lines += [head, Padding(Text(" → ".join(stops) + more), (0, 0, 0, 2))]
    return Group(*lines)
