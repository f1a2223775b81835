"""Commands about terms: a card, mentions, the years, relations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    app,
    as_list,
    find,
    open_build,
    print_rows,
)


class RelationType(StrEnum):
    VARIANT = "variant"
    SUCCESSOR = "successor"
    ABBREVIATION = "abbreviation"
    PART = "part"
    HOMONYM = "homonym"
    CO_MENTIONED = "co-mentioned"
    BUILDS_ON = "builds-on"
    REDEFINITION = "redefinition"


@app.command()
def show(
    terms: Annotated[
        list[str],
        typer.Argument(
            help="A term: 六稳; several at once: 六稳六保; its pinyin: 'liu wen'.", metavar="TERM"
        ),
    ],
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """The card of a term. Definition and source, components, years, sentences."""
    import dataclasses

    from kg import cards, console

    store = open_build(output)
    shown_cards = [cards.card(store, found.iri) for term in terms for found in find(store, term)]
    if format == Format.JSON:
        print(console.as_json([dataclasses.asdict(shown) for shown in shown_cards]))
        return
    if format == Format.CSV:
        raise typer.BadParameter("a card is no table; use --format json", param_hint="--format")
    screen = console.console()
    for i, shown in enumerate(shown_cards):
        if i:
            screen.rule(style="dim")
        screen.print(console.card(shown))


@app.command()
def mentions(
    output: Output = DEFAULT_OUTPUT,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only this term.")] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to print; csv is a concordance.")
    ] = Format.TABLE,
) -> None:
    """Every mention of a term, or of all terms, with its place."""
    from kg import console, views

    store = open_build(output)
    if term is not None:
        find(store, term)
    if format == Format.CSV:
        print(console.as_csv(views.concordance(store, term)), end="")
        return
    rows = views.mentions(store, term)
    shown = [(m["doc"], m["start"], m["exact"], m["kind"], m["context"], m["section"]) for m in rows]
    print_rows(
        rows, format, console.answer(("document", "offset", "mention", "kind", "in", "section"), shown)
    )


@app.command()
def timeline(
    terms: Annotated[
        list[str],
        typer.Argument(help="A term, or several: 六稳 六保; a homonym gives every sense.", metavar="TERM"),
    ],
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """When a term is said, year by year. By its name, in parts, not at all, or unknown for want of a full text."""
    import dataclasses

    from kg import console, timelines

    store = open_build(output)
    iris = dict.fromkeys(found.iri for term in terms for found in find(store, term))
    shown = [timelines.timeline(store, iri) for iri in iris]
    if format == Format.JSON:
        print(console.as_json([dataclasses.asdict(each) for each in shown]))
    elif format == Format.CSV:
        print(console.as_csv(_timeline_rows(shown)), end="")
    else:
        console.console().print(console.timelines(shown))


@app.command()
def relations(
    output: Output = DEFAULT_OUTPUT,
    type_: Annotated[RelationType | None, typer.Option("--type", help="Only links of this type.")] = None,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only links from or to this term.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """How terms follow, shorten or vary one another. Each link with its evidence."""
    from kg import console, overviews

    store = open_build(output)
    labels = None if term is None else {found.label for found in find(store, term)}
    rows = [
        row
        for row in overviews.relations(store)
        if type_ in (None, row["type"]) and (labels is None or {row["from"], row["to"]} & labels)
    ]
    flat = [row | {"evidence": [_place(each) for each in as_list(row["evidence"])]} for row in rows]
    print_rows(flat if format == Format.CSV else rows, format, console.relations(rows))


def _timeline_rows(shown: list[Any]) -> list[dict[str, object]]:
    """The years of all timelines as rows of one table: a column for each kind of mention."""
    kinds = sorted({kind for each in shown for year in each.years for kind in year.other} | {"listed"})
    return [
        {
            "term": each.label,
            "year": year.year,
            "presence": year.presence,
            "body": year.body,
            "explanations": year.explanations,
            "per_ten_thousand": year.per_ten_thousand,
            **{kind: year.other.get(kind, 0) for kind in kinds},
            "documents": list(year.documents),
            "full_texts": list(year.full_texts),
            "digests": list(year.digests),
        }
        for each in shown
        for year in each.years
    ]


def _place(evidence: dict[str, Any]) -> str:
    return f"{evidence['doc']}[{evidence['start']}:{evidence['end']}]"
