"""Commands that give a build to other tools, and take back what was changed there."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    Progress,
    app,
    find,
    open_build,
    print_rows,
)
from kg.errors import KgError

if TYPE_CHECKING:
    from pyoxigraph import Store

YearOption = Annotated[int | None, typer.Option("--year", help="Only terms seen in this year.")]
DocumentOption = Annotated[
    str | None, typer.Option("--document", help="Only terms of this document (its id).", metavar="ID")
]


@app.command()
def export(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            help="The files; the ending says the format: terms.xlsx. With - and --to: stdout.", metavar="FILE"
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help="The format, where the ending does not say it.", metavar="FORMAT"),
    ] = None,
    year: YearOption = None,
    document: DocumentOption = None,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only this term and what is near.")] = None,
    depth: Annotated[int, typer.Option("--depth", help="How many steps from --term, 0 to 4.", min=0)] = 1,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the formats.")] = False,
    output: Output = DEFAULT_OUTPUT,
) -> None:
    """Write the glossary for other tools. As RDF, XLSX, TBX, CSV, GraphML, Anki, Markdown, Word, BibTeX."""
    from kg import console, exports, returns
    from kg.files import write_bytes

    if list_ or not files:
        rows = [(each.name, _example(each), each.what) for each in exports.FORMATS]
        console.console().print(console.table(("format", "file", "what it is"), rows))
        return
    if "-" in files and to is None:
        raise typer.BadParameter("with -, say the format: --to ttl", param_hint="--to")
    formats = [exports.format_of(Path(file), to) for file in files]
    if "-" in files and not formats[0].text:
        raise typer.BadParameter(f"{formats[0].name} is no text; give a file", param_hint="FILE")
    for file in files:
        if Path(file).is_dir():
            raise KgError(f"{file}: is a folder; give a file in it")
    with Progress() as step:
        step("reading the graph")
        store = open_build(output)
        scope = _scope(store, year, document, term, depth)
        for file in files:
            returns.require_taken_back(store, Path(file))
        for file, format in zip(files, formats, strict=True):
            step(f"writing {file}")
            content = exports.export(store, format, scope)
            if file == "-":
                sys.stdout.flush()
                sys.stdout.buffer.write(content)
                continue
            try:
                write_bytes(Path(file), content)
            except OSError as error:
                raise KgError(f"{file}: cannot be written ({error.strerror}); give another file") from None
    for file in files:
        if file != "-":
            print(file)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file of kg export: .xlsx, .csv or .tbx.")],
    folder: Annotated[
        Path, typer.Option("--folder", "-d", help="The folder of documents, where curated.toml is.")
    ] = Path("seeds"),
    by: Annotated[str, typer.Option("--by", help="Who has decided.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why (default: the file).")] = "",
    date: Annotated[
        datetime | None,
        typer.Option("--date", help="When it was decided (default: today).", formats=["%Y-%m-%d"]),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Take back what was changed in an exported file. As decisions in curated.toml."""
    from kg import console, returns
    from kg.curated import CURATED, as_row

    store = open_build(output)
    found = returns.compare_file(store, file)
    if not folder.is_dir():
        raise KgError(f"{folder}: there is no such folder; give the folder of the documents: --folder FOLDER")
    path = folder / CURATED
    if found.decisions and not dry_run:
        day = (date or datetime.now()).date()
        returns.record(found.decisions, path, day, reason or f"changed in {file.name}", by)
    for note in found.notes:
        print(f"! {note}", file=sys.stderr)
    rows = [{k: v for k, v in as_row(each).items() if v != ""} for each in found.decisions]
    if rows or format != Format.TABLE:
        shown = [(row.pop("do"), row.pop("term"), _told(row)) for row in [dict(row) for row in rows]]
        columns = {name: "" for row in rows for name in row}
        print_rows(
            [columns | row for row in rows] if format == Format.CSV else rows,
            format,
            console.table(("do", "term", "what"), shown),
        )
    if format == Format.TABLE:
        many = f"{len(rows)} decision" + ("" if len(rows) == 1 else "s")
        written = "not written" if dry_run else f"written to {path}; kg build applies what is there"
        print(f"{many} {written}." if rows else f"{file} changes nothing.")


@app.command()
def untranslated(
    year: YearOption = None,
    document: DocumentOption = None,
    most: Annotated[int | None, typer.Option(help="How many terms.", min=1)] = None,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """What has no English name. The most mentioned first."""
    from kg import console
    from kg.exports.untranslated import untranslated as without

    store = open_build(output)
    rows = without(store, _scope(store, year, document, None, 0))[:most]
    print_rows(rows, format, console.untranslated(rows))


def _scope(store: Store, year: int | None, document: str | None, term: str | None, depth: int) -> Any:
    from kg.exports import scope

    return scope(store, year, document, [each.iri for each in find(store, term)] if term else (), depth)


def _example(format: Any) -> str:
    """A file name that means this format."""
    from kg.exports import format_of

    plain = Path(f"glossary{format.ending}")
    return plain.name if format_of(plain) == format else f"{format.name}{format.ending}"


def _told(row: dict[str, Any]) -> str:
    """The rest of a decision in one cell."""
    return "; ".join(
        f"{name}: {'、'.join(value) if isinstance(value, list) else value}" for name, value in row.items()
    )
