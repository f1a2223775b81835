"""Pictures of a build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Output,
    Progress,
    app,
    open_build,
)
from kg.model import KgError


@app.command()
def draw(
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Draw the sheet of years: a row a slogan, a column a year.")
    ] = False,
    output: Output = DEFAULT_OUTPUT,
    file: Annotated[
        Path | None, typer.Option("--file", help="The file to write (default: timeline.html in the build).")
    ] = None,
    most: Annotated[int, typer.Option("--most", help="At most so many slogans.", min=1)] = 300,
) -> None:
    """Draw a build as a page. With --timeline: births, deaths and successions of slogans, offline, in one file."""
    from kg.lifespans import lifespans
    from kg.visual import write_sheet

    if not timeline:
        raise KgError("say what to draw: kg draw --timeline gives the sheet of years")
    path = file or output / "timeline.html"
    with Progress() as step:
        step("reading the histories")
        told = lifespans(open_build(output), most)
        step("drawing the sheet")
        write_sheet(told, path)
    print(path)
