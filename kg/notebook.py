"""What a notebook shows of a term and of rows: HTML of its own, without script, style sheet or network.

It takes the colours of the notebook, light or dark: nothing here has a colour but by its opacity. Every text goes in
through `Markup.format`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from kg.cards import Card, Definition, Sentence, Year
from kg.console.cards import CONTEXTS, LINKS, VOICES, period
from kg.console.tables import as_cell

ROWS = 50  #: of a table; the others are in the rows themselves
SENTENCES = 5  #: of a card

_FAINT = "opacity:.65"
_CELL = "text-align:left;vertical-align:top;padding:.15em .8em .15em 0;border-bottom:1px solid rgba(128,128,128,.3)"


def rows_html(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a table; what is more than `ROWS` is counted."""
    head = _join(Markup('<th style="{}">{}</th>').format(_CELL, name) for name in columns)
    body = _join(
        Markup("<tr>{}</tr>").format(
            _join(Markup('<td style="{}">{}</td>').format(_CELL, _shown(row.get(name))) for name in columns)
        )
        for row in rows[:ROWS]
    )
    table = Markup(
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;color:inherit"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    )
    more = f"{len(rows)} rows" + (f", {ROWS} shown" if len(rows) > ROWS else "")
    return _block(table.format(head, body), _faint(more))


def card_html(card: Card) -> str:
    """A term's card: definitions with their source, components by group, years, relations, first sentences."""
    pinyin = card.pinyin[0] if card.pinyin else ""
    parts = [Markup("<div><b style='font-size:1.3em'>{}</b> {}</div>").format(card.label, _faint(pinyin))]
    for name, values in (
        ("又作 also", card.alt_labels),
        ("属于 part of", [found.label for found in card.part_of]),
        ("领域 subjects", card.subjects),
    ):
        if values:
            parts.append(Markup("<div>{} {}</div>").format(_faint(name), "；".join(values)))
    if not card.definitions:
        why = (
            "来源未给出释义 the sources do not explain it"
            if card.candidate
            else "没有单独的释义 not explained by itself"
        )
        parts.append(Markup("<div>{}</div>").format(_faint(why)))
    parts += [_definition(definition) for definition in card.definitions]
    if card.listing:
        parts.append(_section("组成 components", [", ".join(part.text for part in card.listing)]))
    if card.years:
        parts.append(_section("年份 years", [_year(year) for year in card.years]))
    if card.links:
        parts.append(_section("关联 relations", _links(card)))
    if card.sentences:
        title = f"原文 sentences ({len(card.sentences)})"
        parts.append(_section(title, [_sentence(sentence) for sentence in card.sentences[:SENTENCES]]))
    return _block(*parts)


def _definition(definition: Definition) -> Markup:
    source = f"{definition.title or definition.document} · {VOICES[definition.voice]}"
    groups = [
        Markup("{}{}").format(
            Markup("<b>{}</b> ").format(group.name) if group.name else "",
            "、".join(part.text for part in group.parts),
        )
        for group in definition.groups
    ]
    count = sum(len(group.parts) for group in definition.groups)
    odd = f"数目不合 it counts {definition.expected}, and the text lists {count}"
    lines: list[str] = [definition.text, *groups]
    return _section("释义 definition — " + source, lines + ([odd] if definition.agrees is False else []))


def _year(year: Year) -> Markup:
    said = f"{year.body} 正文 body, {year.box + year.glossary} 释义 explanations"
    if not year.body + year.box + year.glossary:
        said = f"{year.listed} 列举要素 listed" if year.listed else "摘编中出现，不计数 present, not counted"
    return Markup("{} {}").format(year.year or "?", _faint(said))


def _links(card: Card) -> Iterator[Markup]:
    for name, group in groupby(card.links, key=lambda link: LINKS[link.type][not link.forward]):
        yield Markup("{} {}").format(_faint(name), "；".join(link.other.label for link in group))


def _sentence(sentence: Sentence) -> Markup:
    where = [sentence.title or sentence.document, sentence.section or ""]
    where += [CONTEXTS[sentence.context]] if sentence.context != "body" else []
    where += [f"所述年份 {period(sentence.covers)}"] if sentence.covers else []
    place = _faint("— " + " · ".join(filter(None, where)))
    return Markup("{}<b><u>{}</u></b>{} {}").format(sentence.prefix, sentence.exact, sentence.suffix, place)


def _section(title: str, lines: Iterable[str]) -> Markup:
    body = _join(Markup("<div style='margin-left:1em'>{}</div>").format(line) for line in lines)
    return Markup("<div style='margin-top:.6em'><b>{}</b>{}</div>").format(title, body)


def _faint(text: str) -> Markup:
    return Markup("<span style='{}'>{}</span>").format(_FAINT, text)


def _shown(value: object) -> str:
    return "" if value is None else str(as_cell(value))


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _block(*parts: Markup) -> str:
    return str(Markup('<div lang="zh-Hans" style="line-height:1.5">{}</div>').format(_join(parts)))
