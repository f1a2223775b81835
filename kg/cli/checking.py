"""Commands that judge a build."""

from __future__ import annotations

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
    print_rows,
)
from kg.model import KgError


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


@app.command()
def check(
    output: Output = DEFAULT_OUTPUT,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check a built graph against its SHACL shapes. Exit 1 where it does not conform."""
    import dataclasses

    from kg import console
    from kg.checks import read_graph, validate

    findings = validate(read_graph(output))
    rows = [dataclasses.asdict(finding) for finding in findings]
    shown = console.table(("severity", "check", "focus", "message"), [tuple(row.values()) for row in rows])
    if rows or format != Format.TABLE:
        print_rows(rows, format, shown)
    else:
        print("The graph conforms to its shapes.")
    if findings:
        raise typer.Exit(1)
