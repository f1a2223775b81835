"""Documents → a build."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Progress,
    app,
)


@app.command()
def build(
    folder: Annotated[
        Path, typer.Argument(help="The folder of documents (.txt, .md), with or without a corpus.toml.")
    ] = Path("seeds"),
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the results go.")] = DEFAULT_OUTPUT,
    base: Annotated[str | None, typer.Option(help="The base IRI of the graph.")] = None,
    terms: Annotated[
        Path | None,
        typer.Option(
            help="Terms of your own, one a line: TERM | ALIAS = PART、PART (default: FOLDER/terms.txt)."
        ),
    ] = None,
) -> None:
    """Read the documents of FOLDER and write the graph. That is glossary.ttl, graph.trig, graph.html, report.md and text/."""
    from kg import console, pipeline
    from kg.vocab import DEFAULT_BASE

    with Progress() as step:
        result = pipeline.build(folder, output, base or DEFAULT_BASE, step, terms)
    console.console().print(console.built(result, str(folder), str(output)))
