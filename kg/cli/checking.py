"""Commands that judge a build."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    app,
    open_build,
)
from kg.errors import KgError


@app.command()
def evaluate(
    gold: Annotated[
        list[Path] | None, typer.Argument(help="Gold files (JSON); without any, those of tests/gold.")
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Score a build against hand annotation. With what is missed, spurious and different."""
    import dataclasses

    from kg import console, views
    from kg.evaluate import evaluate as score

    files = gold or sorted(Path("tests/gold").glob("gold_*.json"))
    if not files:
        raise KgError("no gold files in tests/gold; give one: kg evaluate GOLD.json")
    store = open_build(output)
    found, said = views.entries(store), views.mentions(store)
    results = [score(path, found, said) for path in files]
    if format == Format.TABLE:
        for result in results:
            console.console().print(console.evaluation(result))
        return
    rows = [
        {
            "gold": r.gold,
            "measure": s.name,
            "precision": s.precision,
            "recall": s.recall,
            "f1": s.f1,
            "right": s.right,
            "given": s.given,
            "wanted": s.wanted,
        }
        for r in results
        for s in r.scores
    ]
    print(
        console.as_csv(rows)
        if format == Format.CSV
        else console.as_json(
            [
                dataclasses.asdict(r) | {"scores": [row for row in rows if row["gold"] == r.gold]}
                for r in results
            ]
        )
    )


class ReportFormat(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


@app.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A file of SKOS (.ttl, .nt, .rdf …) in place of the build.")
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[
        ReportFormat, typer.Option("--format", "-f", help="How to print; ttl is a SHACL report.")
    ] = ReportFormat.TABLE,
) -> None:
    """Check a built graph: SHACL, SKOS, qSKOS, quotations. Exit 1 where it has errors."""
    from kg import console
    from kg.checks import check_build, check_file
    from kg.findings import as_report

    findings = check_file(file) if file else check_build(output)
    names = ("severity", "check", "focus", "message")
    rows = [{name: getattr(finding, name) for name in names} for finding in findings]
    if format == ReportFormat.TTL:
        print(as_report(findings), end="")
    elif format == ReportFormat.TABLE:
        console.console().print(console.findings(findings))
    else:
        shown = console.as_json(rows) + "\n" if format == ReportFormat.JSON else console.as_csv(rows, names)
        print(shown, end="")
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)
