"""The command that prints the annotated edition of a report."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import DEFAULT_OUTPUT, Output, Progress, app, open_build
from kg.errors import KgError


class Terms(StrEnum):
    """Which terms are explained."""

    ALL = "all"
    NEW = "new"
    UNDEFINED = "undefined"


class Written(StrEnum):
    """How an edition is written."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"


@app.command()
def annotate(
    report: Annotated[
        str,
        typer.Argument(
            help="A document of the build (id, title or year), or a file; - reads text from stdin.",
            metavar="REPORT",
        ),
    ],
    terms: Annotated[
        Terms,
        typer.Option(
            "--terms", help="Explain all terms, only those proven new, or list only what nobody explains."
        ),
    ] = Terms.ALL,
    longest: Annotated[
        int | None, typer.Option("--longest", help="Characters of a definition at most.", min=1)
    ] = None,
    stripped: Annotated[
        bool, typer.Option("--stripped", help="Place the report's own boxes as if it had none.")
    ] = False,
    format: Annotated[
        Written | None, typer.Option("--format", "-f", help="How to write it (default: Markdown).")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="The file; its ending says the format.", metavar="FILE")
    ] = None,
    output: Output = DEFAULT_OUTPUT,
) -> None:
    """The annotated edition of a report. Behind its paragraphs, boxes with what their terms mean; Markdown, HTML, Word.

    Markdown goes to stdout; a page or a Word document without --file into the folder of the build.
    """
    from kg import editions
    from kg.exports.annotated import render
    from kg.files import write_bytes

    if file is not None and file.is_dir():
        raise KgError(f"{file}: is a folder; give a file in it")
    chosen = _format(format, file)
    text = _stdin() if report == "-" else None
    with Progress() as step:
        step("reading the report")
        store = open_build(output)
        made = editions.annotate(
            store,
            output,
            "stdin" if report == "-" else report,
            terms=editions.Terms(terms),
            longest=longest,
            stripped=stripped,
            text=text,
        )
        step("writing")
        content = render(made, chosen)
    for note in made.notes:
        print(f"! {note}", file=sys.stderr)
    if terms is Terms.NEW and not made.articles and made.remarks:
        print("! no term is proven to be new: see the note at the head of the edition", file=sys.stderr)
    if file is None and chosen == "md":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    path = file or output / f"annotated-{re.sub(_NOT_IN_NAMES, '-', made.id)}.{chosen}"
    try:
        write_bytes(path, content)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --file") from error
    print(path)


def _stdin() -> str:
    """The text on stdin, in whatever encoding a file could have."""
    from kg.cleaning import decode

    bytes_there = getattr(sys.stdin, "buffer", None)
    return decode(bytes_there.read(), "stdin") if bytes_there else sys.stdin.read()


_NOT_IN_NAMES = r'[\\/:*?"<>|\s\x00-\x1f]+'  #: of files, on any system


def _format(format: Written | None, file: Path | None) -> str:
    ending = file.suffix.lower().removeprefix(".") if file else ""
    if format is not None:
        return str(format)
    if file is None:
        return str(Written.MD)
    if ending == "htm":
        return str(Written.HTML)
    if ending not in list(Written):
        raise KgError(f"{file}: what to write is said by the ending (.md, .html, .docx) or by --format")
    return ending
