"""The command that sets two reports side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import DEFAULT_OUTPUT, Format, FormatOption, Output, app, open_build, print_rows
from kg.errors import KgError

MOST = 20  #: changes that a table has


@app.command()
def wording(
    old: Annotated[
        str | None,
        typer.Argument(
            help="The year or id of a report, or a file; alone, it is compared with the one before it."
        ),
    ] = None,
    new: Annotated[
        str | None, typer.Argument(help="That of a later one, or a file; by default the newest.")
    ] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Whose reports, where there are several: 山西省.")
    ] = None,
    most: Annotated[
        int | None, typer.Option(help="How many changes (default: 20 in a table, else all).", min=1)
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
    file: Annotated[
        Path | None, typer.Option("--file", help="A page instead, side by side: .html.", metavar="FILE")
    ] = None,
) -> None:
    """What changed in the wording between two reports. Formulas that end, return or change a word, targets."""
    from kg import console, wordings

    if file is not None and file.suffix.lower() not in (".html", ".htm"):
        raise KgError(f"{file}: two reports side by side are a page; give a name that ends in .html")
    found = wordings.wording(open_build(output), output, old, new, issuer)
    if file is not None:
        from kg.visual.wording import write_wording

        write_wording(found, file)
        print(file)
        return
    print_rows(wordings.rows(found, most), format, console.wording(found, most or MOST))
