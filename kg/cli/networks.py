"""Commands about what is said together and what travels."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    app,
    find,
    open_build,
    print_rows,
)
from kg.model import KgError, Measure


class Unit(StrEnum):
    SENTENCE = "sentence"
    SECTION = "section"


@app.command()
def rank(
    by: Annotated[
        Measure, typer.Option("--by", help="What to rank by; the last five are of the network.")
    ] = Measure.PAGE_RANK,
    within: Annotated[
        Unit, typer.Option(help="The network of terms in one sentence, or section.")
    ] = Unit.SENTENCE,
    most: Annotated[int, typer.Option(help="How many terms.", min=1)] = 30,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """The foremost terms. By count, by years, or by their place in the network of what is said together."""
    import dataclasses

    from kg import console, rankings

    found = rankings.rank(open_build(output), by, within)[:most]
    rows = [dataclasses.asdict(each) | {"span": each.span} for each in found]
    print_rows(rows, format, console.ranks(found))


@app.command()
def communities(
    most: Annotated[int, typer.Option(help="How many communities.", min=1)] = 20,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Terms that hang together. By components, common sentences and sections."""
    import dataclasses

    from kg import console, rankings

    found = rankings.communities(open_build(output))[:most]
    rows = [dataclasses.asdict(each) for each in found]
    flat = [row | {"subjects": list(row["subjects"]), "terms": list(row["terms"])} for row in rows]
    print_rows(flat, format, console.communities(found))


@app.command()
def documents(
    most: Annotated[int, typer.Option(help="How many pairs of documents.", min=1)] = 20,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Which documents are alike, by the slogans they share."""
    import dataclasses

    from kg import console, travels

    rows = [dataclasses.asdict(each) for each in travels.likenesses(open_build(output))[:most]]
    if not rows and format == Format.TABLE:
        raise KgError("no two full texts share a slogan; that takes two of them in the corpus")
    shown = console.table(
        ("document", "document", "shared", "jaccard"), [tuple(row.values()) for row in rows]
    )
    print_rows(rows, format, shown)


@app.command("travels")
def travels_(
    most: Annotated[int, typer.Option(help="How many slogans.", min=1)] = 20,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only this term.")] = None,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Which slogans travel between governments. And who has them first."""
    import dataclasses

    from kg import console, travels

    store = open_build(output)
    labels = None if term is None else {found.label for found in find(store, term)}
    found = [each for each in travels.travels(store) if labels is None or each.term in labels][:most]
    if not found and format == Format.TABLE:
        who = "no slogan is" if term is None else f"{term} is not"
        raise KgError(
            f"{who} said by two governments; that takes full texts of several issuers in the corpus"
        )
    rows = [
        {"term": each.term, "proven": each.proven, **dataclasses.asdict(stop)}
        for each in found
        for stop in each.stops
    ]
    print_rows(rows, format, console.travels(found))
