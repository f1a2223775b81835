"""Commands about formulas, any words, whether the graph has them as a term or not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.shared import DEFAULT_OUTPUT, Format, FormatOption, Output, app, open_build


@app.command()
def lineage(
    formula: Annotated[str, typer.Argument(help="Any words: 稳健的货币政策.", metavar="FORMULA")],
    issuer: Annotated[
        str | None,
        typer.Option("--issuer", help="Whose reports (default: the longest series).", metavar="NAME"),
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
    file: Annotated[
        Path | None, typer.Option("--file", help="Draw it instead: .html, .svg or .png.", metavar="FILE")
    ] = None,
) -> None:
    """One formula through the years, in all its wordings. Kept, changed, gone, taken up again, each with its words."""
    import dataclasses

    from kg import console, lineages

    if file is not None:
        from kg.visual import check_file

        check_file(file)
    found = lineages.lineage(open_build(output), output / "text", formula, issuer)
    if file is not None:
        from kg.visual import write_lineage

        write_lineage(found, file)
        print(file)
    elif format == Format.JSON:
        print(console.as_json(dataclasses.asdict(found)))
    elif format == Format.CSV:
        print(console.as_csv(_rows(found), _COLUMNS), end="")
    else:
        console.console().print(console.lineage(found))


_COLUMNS = (
    "issuer", "year", "presence", "document", "digest", "start", "end", "wording", "kind", "old", "new", "doubt",
    "change", "before", "after", "retrospect", "left", "text", "right",
)  # fmt: skip


def _rows(found: Any) -> list[dict[str, object]]:
    """A row for each place, and one for each year that has none."""
    rows: list[dict[str, object]] = []
    for year in found.years:
        change = {said: name for name in ("came", "kept", "returned") for said in getattr(year, name)}
        here = [place for place in found.places if place.year == year.year]
        told: dict[str, object] = {"issuer": found.issuer, "year": year.year, "presence": year.presence}
        rows += [
            told
            | {name: getattr(place, name) for name in _COLUMNS if hasattr(place, name)}
            | {"wording": place.said, "change": "" if place.doubt or place.digest else change[place.said]}
            for place in here
        ] or [told]
        rows += [told | {"wording": said, "change": "went"} for said in year.went]
    return rows
