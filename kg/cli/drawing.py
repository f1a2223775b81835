"""Pictures of a build."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Output,
    Progress,
    app,
    find,
    open_build,
)
from kg.errors import KgError


class Colour(StrEnum):
    """What the colours of a picture say."""

    SUBJECT = "subject"
    COMMUNITY = "community"


@app.command()
def draw(
    terms: Annotated[
        list[str] | None,
        typer.Argument(help="A term to draw with what is near it: 六稳.", metavar="TERM"),
    ] = None,
    depth: Annotated[int, typer.Option("--depth", help="How many steps from TERM, 1 to 4.")] = 1,
    year: Annotated[int | None, typer.Option("--year", help="Draw the terms of a year.")] = None,
    community: Annotated[
        str | None, typer.Option("--community", help="Draw the community that a term is in.", metavar="TERM")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Draw every term, with every sort of link.")] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Draw the sheet of years: a row a slogan, a column a year.")
    ] = False,
    colour: Annotated[Colour, typer.Option("--colour", help="What the colours say.")] = Colour.SUBJECT,
    output: Output = DEFAULT_OUTPUT,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help="The file: .html, .svg or .png (default: a page in the build).", metavar="FILE"
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", help="At most so many slogans, with --timeline.", min=1)
    ] = 300,
) -> None:
    """Draw a term, a year or a community. As a page, SVG or PNG; --timeline: the years of all slogans, on a page."""
    asked = [bool(terms), year is not None, community is not None, all_, timeline]
    if sum(asked) != 1:
        raise KgError("say what to draw, one of: TERM, --community TERM, --year YEAR, --all, --timeline")
    if timeline:
        path = file or output / "timeline.html"
        _draw_timeline(output, path, most)
    else:
        name = f"year-{year}" if year is not None else f"community-{community}" if community else "all"
        name = f"term-{'、'.join(terms)}" if terms else name
        path = file or output / f"{re.sub(_NOT_IN_NAMES, '-', name)}.html"
        _draw_part(output, path, terms or [], depth, year, community, colour)
    print(path)


_NOT_IN_NAMES = r'[\\/:*?"<>|\s\x00-\x1f]+'  #: of files, on any system


def _draw_part(
    output: Path,
    path: Path,
    terms: list[str],
    depth: int,
    year: int | None,
    community: str | None,
    colour: Colour,
) -> None:
    from kg.connections import connected_network
    from kg.network import foremost, quote
    from kg.visual import check_file, parts, write_picture

    check_file(path)
    with Progress() as step:
        step("reading the graph")
        store = open_build(output)
        asked = terms or ([] if community is None else [community])
        wanted = [found.iri for term in asked for found in find(store, term)]
        network = connected_network(store)
        step("drawing")
        if year is not None:
            network = parts.of_year(network, year)
        elif community is not None:
            network = parts.community(network, wanted)
        elif terms:
            network = parts.neighbourhood(network, wanted, depth)
        if path.suffix.lower() == ".html":
            network = foremost(network, keep=wanted)
            quote(network, store)
        write_picture(network, path, colour)


def _draw_timeline(output: Path, path: Path, most: int) -> None:
    from kg.lifespans import lifespans
    from kg.visual import write_sheet

    with Progress() as step:
        step("reading the histories")
        told = lifespans(open_build(output), most)
        step("drawing the sheet")
        write_sheet(told, path)
