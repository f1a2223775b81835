"""What a person reads in a terminal: tables, a term's card, an evaluation. It formats and decides nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cards import Card, Definition, Link, Sentence, Year
from kg.comparison import Comparison
from kg.evaluate import Evaluation
from kg.numerals import Numeral
from kg.pipeline import Built
from kg.queries import Query
from kg.rankings import Community, Rank
from kg.timelines import PRESENCES, Timeline, YearOf
from kg.travels import Travel

VOICES = {
    "editor": "编者释义 editor's box",
    "government": "政府释义 government's glossary",
    "text": "正文 running text",
}
SENTENCES = 10  #: on a card; the others are told by `kg mentions`
CONTEXTS = {"body": "正文", "box": "释义框", "glossary": "名词解释"}


def console() -> Console:
    """Standard output for a person: as wide as the terminal, without colours where it is no terminal."""
    return Console(highlight=False, soft_wrap=False, emoji=False, markup=False)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str] = ()) -> str:
    """Rows as CSV with a byte order mark, which spreadsheets need to read Chinese."""
    out = io.StringIO()
    names = list(columns) or (list(rows[0]) if rows else [])
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    """A value of a row as one cell: a list with semicolons; a component with its group; an origin with its level."""
    if isinstance(value, list):
        return "; ".join(str(_cell(item)) for item in value)
    if isinstance(value, dict):
        named = value.get("group") or value.get("level")
        text = value.get("text", value.get("cue", ""))
        return f"{named}: {text}" if named else text
    return value


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> Table:
    """A plain table; columns of numbers stand to the right."""
    rows = [tuple(row) for row in rows]
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        numeric = all(isinstance(row[i], (int, float)) or row[i] is None for row in rows)
        shown.add_column(name, justify="right" if numeric and rows else "left", overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    return shown


def answer(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Group:
    """Rows as a table. What is the same in all of several rows is said once, above."""
    same = [i for i in range(len(columns)) if len(rows) > 1 and len({row[i] for row in rows}) == 1]
    if len(rows) == 1 and len(columns) > 5:  # one wide row reads better from above to below
        same = list(range(len(columns)))
    kept = [i for i in range(len(columns)) if i not in same]
    head = [Text(f"{columns[i]}: {rows[0][i]}") for i in same if rows[0][i] is not None]
    shown = [table([columns[i] for i in kept], [[row[i] for i in kept] for row in rows])] if kept else []
    return Group(*head, *shown)


def queries(found: Sequence[Query]) -> Group:
    """The named queries, each with an example of its parameters and what it answers."""
    lines: list[Any] = []
    for query in found:
        name = Text(query.name, style="bold")
        name.append("".join(f" {param.name}={param.example}" for param in query.params), style="dim")
        lines += [name, Padding(Text(query.title), (0, 0, 0, 4))]
    return Group(*lines)


def built(result: Built, folder: str, output: str) -> Group:
    """What a build found, and where to go on."""
    where = "" if output == "output" else f" --output {output}"
    facts = [
        (
            "documents 文献",
            f"{result.documents}" + (f" ({result.digests} digests, not counted)" if result.digests else ""),
        ),
        ("definitions 释义", f"{result.entries} of {result.concepts} terms"),
        ("components 组成", f"{result.components} more terms"),
        ("never explained 用而未释", str(result.candidates)),
        ("mentions 提及", f"{result.mentions}, and {result.references} references of other kinds"),
        ("relations 关系", str(result.relations)),
        ("numerals that disagree 数目不合", str(result.disagreements)),
    ]
    grid = Table.grid(padding=(0, 2))
    for name, value in facts:
        grid.add_row(name, value)
    lines: list[Any] = [Text(f"{result.title}: {folder} → {output}", style="bold"), grid]
    lines += [Text(f"! {note.doc}: {note.message}", style="yellow") for note in result.notes]
    if not result.entries:
        lines.append(
            Text(
                "! no document explains a term: the graph holds only what stands in quotation marks",
                style="yellow",
            )
        )
    lines.append(Text(f"Open {output}/graph.html, read {output}/report.md, or ask: kg show TERM{where}"))
    return Group(*lines)


def card(shown: Card) -> Group:
    """A term's card: definitions with their source, components by group, years, sentences."""
    head = Text(shown.label, style="bold")
    if shown.pinyin:
        head.append(f"  {shown.pinyin[0]}", style="dim")
    lines: list[Any] = [head]
    if shown.alt_labels:
        lines.append(Text("又作 also: " + "；".join(shown.alt_labels)))
    if shown.part_of:
        lines.append(Text("属于 part of: " + "；".join(found.label for found in shown.part_of)))
    if shown.subjects:
        lines.append(Text("领域 subjects: " + "、".join(shown.subjects)))
    if not shown.definitions:
        lines.append(
            Text(
                "来源未给出释义 the sources do not explain it"
                if shown.candidate
                else "没有单独的释义 not explained by itself"
            )
        )
    for definition in shown.definitions:
        lines += ["", *_definition(definition)]
    if shown.listing:
        parts = "、".join(part.text for part in shown.listing)
        lines += [f"组成 components ({len(shown.listing)}，正文列举 as a text lists them): {parts}"]
    if shown.links:
        lines += ["", Text("关联 relations", style="bold"), _links(shown.links)]
    if shown.years:
        lines += ["", Text("年份 years", style="bold"), _years(shown.years)]
    if shown.sentences:
        lines += ["", Text(f"原文 sentences ({len(shown.sentences)})", style="bold")]
        lines += [_sentence(sentence) for sentence in shown.sentences[:SENTENCES]]
        if (rest := len(shown.sentences) - SENTENCES) > 0:
            lines.append(Text(f"  … {rest} more: kg mentions --term {shown.label}", style="dim"))
    listed = [sentence for sentence in shown.references if sentence.kind == "listed"]
    for name, sentences in (
        ("只列举要素，未提名 its components listed", listed),
        ("义项未定 it or a homonym", shown.open),
    ):
        if sentences:
            lines += ["", Text(f"{name} ({len(sentences)})", style="bold")]
            lines += [_sentence(sentence) for sentence in sentences[:SENTENCES]]
    return Group(*lines)


#: What a relation says of this term and the other, forward and backward.
_LINKS = {
    "successor": ("→ 接续为 followed by", "← 接续自 follows"),
    "abbreviation": ("→ 简称 abbreviated to", "← 全称 short for"),
    "builds-on": ("→ 基于 builds on", "← 为其基础 ground of"),
    "part": ("→ 组成 part of", "← 包含 has part"),
    "redefinition": ("↻ 改义 redefined", "↻ 改义 redefined"),
    "variant": ("= 异称 variant", "= 异称 variant"),
    "homonym": ("≠ 同名异义 homonym", "≠ 同名异义 homonym"),
    "co-mentioned": ("~ 并提 said with", "~ 并提 said with"),
}


def _links(links: Sequence[Link]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, group in groupby(links, key=lambda link: _LINKS[link.type][not link.forward]):
        shown = []
        for link in group:
            changes = [f"+{text}" for text in link.added] + [f"−{text}" for text in link.dropped]
            shown.append(link.other.label + (f"（{' '.join(changes)}）" if changes else ""))
        grid.add_row(name, "；".join(shown))
    return grid


def _definition(definition: Definition) -> Iterator[Any]:
    source = f"{definition.title or definition.document} · {VOICES[definition.voice]}"
    yield Text(f"释义 definition — {source}", style="bold")
    yield Padding(Text(definition.text), (0, 0, 0, 2))
    count = sum(len(group.parts) for group in definition.groups)
    if count:
        yield Text(f"组成 components ({_counted(definition, count)})", style="bold")
        yield Padding(_groups(definition), (0, 0, 0, 2))
    elif definition.agrees is False:
        yield Text(f"数目不合 it counts {definition.expected}, and the text lists none", style="yellow")


def _counted(definition: Definition, count: int) -> str:
    if definition.agrees is None:
        return str(count)
    formula = definition.numeral or ""
    if definition.agrees:
        return f"{formula} = {count}" if "+" in formula and formula != str(count) else str(count)
    return f"{count}; 数目不合, it counts {definition.expected}"


def _groups(definition: Definition) -> Table:
    grid = Table.grid(padding=(0, 1))
    for _ in range(3):
        grid.add_column(overflow="fold")
    number = 0
    for group in definition.groups:
        for i, part in enumerate(group.parts):
            number += 1
            text = Text(part.text)
            if part.gloss:
                text.append(f"：{part.gloss}", style="dim")
            grid.add_row(group.name if group.name and i == 0 else "", f"{number}", text)
    return grid


def _years(years: Sequence[Year]) -> Table:
    """A row a year: how often the full texts mention the term, or that only a digest is there."""
    grid = Table.grid(padding=(0, 2))
    for year in years:
        total = year.body + year.box + year.glossary
        explained = year.box + year.glossary
        if total:
            said = (
                f"{total} ({year.body} 正文 body, {explained} 释义 explanations)" if explained else f"{total}"
            )
        elif year.listed:
            said = f"0; {year.listed} 处列举其要素 times its components listed"
        else:
            said = "present, not counted 摘编中出现，不计数"
        bar = "█" * min(total, 30) or "▒" * min(year.listed, 30) or "░"
        grid.add_row(str(year.year or "?"), bar, said)
    return grid


_BAR = 10  #: the longest bar of a chart, in characters
_SHOWN = 12  #: members of a community, governments of a slogan
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
        facts.add_row("间断 gaps", "、".join(_run(*gap) for gap in shown.gaps) or "无 none")
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
    return _run(run[0].year, run[-1].year), "", PRESENCES[run[0].presence], "", "", "", "", looked


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more


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


def _span(years: Sequence[int]) -> str:
    return _run(years[0], years[-1]) if years else ""


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


def _sentence(sentence: Sentence) -> Padding:
    text = Text(sentence.prefix)
    text.append(sentence.exact, style="bold reverse")
    text.append(sentence.suffix)
    where = [
        sentence.title or sentence.document,
        CONTEXTS[sentence.context] if sentence.context != "body" else "",
        sentence.section or "",
    ]
    period = f"；所述年份 {_period(sentence.covers)}" if sentence.covers else ""
    return Padding(
        Group(text, Text("— " + " · ".join(filter(None, where)) + period, style="dim")), (0, 0, 0, 2)
    )


def _period(covers: Sequence[int]) -> str:
    return str(covers[0]) if len(covers) == 1 else f"{covers[0]}–{covers[-1]}"


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
    """Terms in order, with how often and how long they are said and how they stand in the network."""
    rows = [
        (
            each.label,
            each.count,
            each.documents,
            _run(each.first, each.last) if each.first and each.last else "",
            _digits(each.page_rank),
            _digits(each.betweenness),
            each.degree,
            each.core,
            each.subject or "",
        )
        for each in found
    ]
    names = ("term", "count", "docs", "years", "PageRank", "between", "ties", "core", "subject")
    return table(names, rows)


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


def numerals(found: Sequence[Numeral]) -> Table:
    """How slogans count: 3+1+1 = 5, with what each number counts and the rule that decided."""
    rows = []
    for numeral in found:
        total = numeral.formula or "—"
        if len(numeral.readings) > 1:
            total += ": " + " or ".join(map(str, numeral.readings))
        elif len(numeral.parts) > 1:
            total += f" = {numeral.count}"
        parts = "、".join(part.text for part in numeral.parts)
        rows.append(
            (
                numeral.slogan,
                total,
                parts,
                numeral.kind + (f": {numeral.rule}" if numeral.rule != numeral.kind else ""),
            )
        )
    return table(("slogan", "count", "parts", "rule"), rows)


def evaluation(result: Evaluation) -> Group:
    """The measures of a gold file, and what was missed, spurious, different."""
    rows = [
        (s.name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", s.right, s.given, s.wanted)
        for s in result.scores
    ]
    lines: list[Any] = [
        table(("measure", "P", "R", "F1", "right", "given", "wanted"), rows, title=result.gold)
    ]
    for name, items in (
        ("missed", result.missed),
        ("spurious", result.spurious),
        ("different", result.different),
    ):
        lines.append(Text(f"{name}: {len(items)}", style="bold"))
        lines += [Text(f"  {item}") for item in items]
    return Group(*lines)
