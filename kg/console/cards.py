"""A term's card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.cards import Card, Definition, Link, Name, Ruling, Sentence, Year

VOICES = {
    "editor": "编者释义 editor's box",
    "government": "政府释义 government's glossary",
    "text": "正文 running text",
    "person": "人的决定 a person's decision",
}
STATUSES = {"official": "官方 official", "proposed": "建议 proposed", "rejected": "不用 rejected"}
CONTEXTS = {"body": "正文", "box": "释义框", "glossary": "名词解释"}
SENTENCES = 10  #: on a card; the others are told by `kg mentions`

#: What a relation says of this term and the other, forward and backward.
LINKS = {
    "successor": ("→ 接续为 followed by", "← 接续自 follows"),
    "abbreviation": ("→ 简称 abbreviated to", "← 全称 short for"),
    "builds-on": ("→ 基于 builds on", "← 为其基础 ground of"),
    "part": ("→ 组成 part of", "← 包含 has part"),
    "redefinition": ("↻ 改义 redefined", "↻ 改义 redefined"),
    "variant": ("= 异称 variant", "= 异称 variant"),
    "homonym": ("≠ 同名异义 homonym", "≠ 同名异义 homonym"),
    "co-mentioned": ("~ 并提 said with", "~ 并提 said with"),
}


def card(shown: Card) -> Group:
    """A term's card: definitions with their source, components by group, years, sentences."""
    head = Text(shown.label, style="bold")
    if shown.pinyin:
        head.append(f"  {shown.pinyin[0]}", style="dim")
    lines: list[Any] = [head]
    if shown.english:
        lines.append(Text("英文 English: " + "；".join(map(_name, shown.english))))
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
    if shown.decisions:
        lines += ["", Text(f"人的决定 decisions ({len(shown.decisions)})", style="bold")]
        lines += [Padding(_ruling(ruling), (0, 0, 0, 2)) for ruling in shown.decisions]
    return Group(*lines)


def _name(name: Name) -> str:
    source = ", ".join(str(part) for part in (name.source, name.year) if part is not None)
    return f"{name.text}（{STATUSES[name.status]}{f', {source}' if source else ''}）"


def _ruling(ruling: Ruling) -> Text:
    text = Text(" ".join(filter(None, (ruling.kind, ruling.text))))
    text.append(f" — {'，'.join(filter(None, (ruling.date, ruling.by, ruling.reason)))}", style="dim")
    if not ruling.applies:
        text.append(" (不适用 does not apply: see report.md)", style="yellow")
    return text


def _links(links: Sequence[Link]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, group in groupby(links, key=lambda link: LINKS[link.type][not link.forward]):
        shown = []
        for link in group:
            changes = [f"+{text}" for text in link.added] + [f"−{text}" for text in link.dropped]
            shown.append(link.other.label + (f"（{' '.join(changes)}）" if changes else ""))
        grid.add_row(name, "；".join(shown))
    return grid


def _definition(definition: Definition) -> Iterator[Any]:
    source = " · ".join(filter(None, (definition.title or definition.document, VOICES[definition.voice])))
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


def _sentence(sentence: Sentence) -> Padding:
    text = Text(sentence.prefix)
    text.append(sentence.exact, style="bold reverse")
    text.append(sentence.suffix)
    where = [
        sentence.title or sentence.document,
        CONTEXTS[sentence.context] if sentence.context != "body" else "",
        sentence.section or "",
    ]
    told = f"；所述年份 {period(sentence.covers)}" if sentence.covers else ""
    return Padding(
        Group(text, Text("— " + " · ".join(filter(None, where)) + told, style="dim")), (0, 0, 0, 2)
    )


def period(covers: Sequence[int]) -> str:
    """The years that a section speaks of: 2016–2020, or 2020."""
    return str(covers[0]) if len(covers) == 1 else f"{covers[0]}–{covers[-1]}"
