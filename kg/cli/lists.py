"""Commands that list what a corpus has: definitions, what is never explained, what is new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    app,
    as_list,
    open_build,
    print_rows,
)
from kg.errors import KgError


@app.command()
def entries(
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Every definition of a build. With components, numeral, dates and offsets."""
    from kg import console, views

    rows = views.entries(open_build(output))
    shown = [
        (
            e["doc"],
            e["box"],
            e["label"],
            e["numeral"],
            len(as_list(e["components"])),
            _sign(e["agrees"]),
            e["headword"],
        )
        for e in rows
    ]
    print_rows(
        rows,
        format,
        console.answer(("document", "box", "term", "numeral", "parts", "agrees", "headword"), shown),
    )


@app.command()
def undefined(
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """What the documents use and never explain. Most used first, with what they list as its components."""
    from kg import console, overviews

    rows = overviews.undefined(open_build(output))
    print_rows(rows, format, console.undefined(rows))


@app.command()
def newterms(
    folder: Annotated[Path, typer.Argument(help="A folder with reports of several years.")] = Path("seeds"),
    year: Annotated[int | None, typer.Option(help="Only this report year.")] = None,
    most: Annotated[int, typer.Option(help="How many terms a year.", min=1)] = 20,
    format: FormatOption = Format.TABLE,
) -> None:
    """Unquoted terms that are new in a year's report. With their evidence: an offer, not a finding."""
    from kg import console
    from kg.documents import read_corpus
    from kg.newterms import new_terms

    if folder.name.isdecimal() and not folder.exists():
        raise KgError(f"{folder}: no such folder; for what is new in a year: --year {folder.name}")
    found = [term for term in new_terms(read_corpus(folder).documents, most) if year in (None, term.year)]
    rows: list[Any] = [
        {
            "year": term.year,
            "term": term.term,
            "count": term.count,
            "later": term.since,
            "cohesion": round(term.cohesion, 3),
            "rule": term.rule,
            "score": round(term.score, 3),
            "quotation": term.spans[0].doc.text[max(0, term.spans[0].start - 12) : term.spans[0].end + 12],
        }
        for term in found
    ]
    shown = [
        (r["year"], r["term"], r["count"], r["later"], r["rule"], r["quotation"].replace("\n", " "))
        for r in rows
    ]
    if not rows:
        when = f" in {year}" if year is not None else ""
        raise KgError(
            f"{folder}: nothing can be said to be new{when}; "
            "that takes full texts of one issuer from several years"
        )
    print_rows(
        rows, format, console.answer(("year", "term", "count", "later years", "rule", "quotation"), shown)
    )


@app.command()
def compare(
    old: Annotated[int, typer.Argument(help="A report year with a full text.")],
    new: Annotated[int, typer.Argument(help="Another one.")],
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """The vocabulary of a year against another's. What is new, gone, kept, redefined."""
    import dataclasses

    from kg import comparison, console

    found = comparison.compare(open_build(output), old, new)
    if format == Format.JSON:
        print(console.as_json(dataclasses.asdict(found)))
        return
    rows = [
        {"change": change, "term": term}
        for change, terms in (("new", found.came), ("gone", found.went), ("kept", found.kept))
        for term in terms
    ] + [{"change": "redefined", "term": each.term} for each in found.redefined]
    print_rows(rows, format, console.comparison(found))


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The folder of a build, or a .ttl or .trig file.")],
    new: Annotated[Path, typer.Argument(help="Another one.")],
    quads: Annotated[
        bool, typer.Option("--quads", help="Print the statements that differ, as an RDF Patch.")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Two builds told apart. Terms new, gone, renamed, redefined; or every statement."""
    import dataclasses

    from kg import console, differences

    if quads:
        if format != Format.TABLE:
            raise typer.BadParameter("--quads has one format, RDF Patch", param_hint="--format")
        line = None
        for line in differences.patch(old, new):
            print(line)
        if line is None:
            print("nothing changed", file=sys.stderr)
        return
    found = differences.changes(old, new)
    rows = [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in dataclasses.asdict(each).items()
        }
        for each in found
    ]
    if found or format != Format.TABLE:
        print_rows(rows, format, console.changes(found))
    else:
        print("Nothing changed: the same terms, defined alike.")


def _sign(agrees: object) -> str:
    return {True: "yes", False: "NO"}.get(agrees, "") if isinstance(agrees, bool) else ""
