"""Documents → a build."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Progress,
    app,
    print_rows,
)


class Mentions(StrEnum):
    """Where a build keeps its mentions."""

    RDF = "rdf"
    PARQUET = "parquet"


@app.command()
def build(
    folder: Annotated[
        Path,
        typer.Argument(
            help="The folder of documents (.txt, .md, .html, .docx, .pdf), with or without a corpus.toml."
        ),
    ] = Path("seeds"),
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the results go.")] = DEFAULT_OUTPUT,
    base: Annotated[str | None, typer.Option(help="The base IRI of the graph.")] = None,
    terms: Annotated[
        Path | None,
        typer.Option(
            help="Terms of your own, one a line: TERM | ALIAS = PART、PART (default: FOLDER/terms.txt)."
        ),
    ] = None,
    curated: Annotated[
        Path | None,
        typer.Option(help="A person's decisions (default: FOLDER/curated.toml); see kg curate."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=0, help="How many processes read (default: one a core)."),
    ] = 0,
    scheduler: Annotated[
        str | None,
        typer.Option(help="A dask scheduler whose workers read: tcp://HOST:8786; see docs/cluster.md."),
    ] = None,
    mentions: Annotated[
        Mentions,
        typer.Option(help="Where mentions go: into the graph, or into tables beside it (docs/parquet.md)."),
    ] = Mentions.RDF,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read everything, also what has not changed since the last build.")
    ] = False,
) -> None:
    """Read the documents of FOLDER and write the graph. That is glossary.ttl, graph.trig, graph.html, report.md and text/."""
    from kg import console, pipeline
    from kg.vocab import DEFAULT_BASE

    with Progress() as step:
        result = pipeline.build(
            folder, output, base or DEFAULT_BASE, step, terms, curated, jobs, scheduler, mentions, fresh
        )
    console.console().print(console.built(result, str(folder), str(output)))


@app.command()
def add(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Reports, and last the FOLDER they go to (default: seeds). FOLDER alone: list what lies there.",
            metavar="FILE",
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Put documents into a corpus. Copied, and described in its corpus.toml as far as they can be read."""
    from kg import console
    from kg.additions import add as add_documents
    from kg.additions import split_arguments
    from kg.documents import MANIFEST

    reports, folder = split_arguments(files)
    with Progress() as step:
        step("reading the documents")
        found = add_documents(reports, folder, dry_run)
    rows = [
        {"document": each.document.id, "line": each.line + i, "corpus.toml": line}
        for each in found
        for i, line in enumerate(each.lines)
    ]
    print_rows(rows, format, console.additions(found, str(folder / MANIFEST), dry_run))
