"""Commands that answer questions: queries, and how slogans count."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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
from kg.errors import KgError


class QueryFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


@app.command("query")
def query_(
    query: Annotated[
        str | None, typer.Argument(help="The name of a query, SPARQL, a file (.rq), or - for stdin.")
    ] = None,
    params: Annotated[
        list[str] | None,
        typer.Argument(help="Parameters of a named query: VALUE or NAME=VALUE.", metavar="PARAM"),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the named queries.")] = False,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[
        QueryFormat, typer.Option("--format", "-f", help="How to print; ttl is for CONSTRUCT and DESCRIBE.")
    ] = QueryFormat.TABLE,
) -> None:
    """Ask the graph, by a named query or in SPARQL of your own."""
    from kg import console, queries
    from kg.store import mentions_beside
    from kg.store import query as run

    if list_ or query is None:
        console.console().print(console.queries(queries.list_queries()))
        return
    sparql = _sparql(query, params or [])
    store = open_build(output)
    if sparql is not None:
        if mentions_beside(store) and queries.names_mentions(sparql):
            print(_APART, file=sys.stderr)
        result = run(store, sparql)
    else:
        named = dict(param.split("=", 1) for param in params or [] if "=" in param)
        result = queries.ask(store, query, [param for param in params or [] if "=" not in param], named)
    print(_answer(result, format), end="") if format != QueryFormat.TABLE else _print_answer(result)


@app.command()
def numeral(
    slogans: Annotated[list[str], typer.Argument(help="Slogans, or - for lines on stdin.", metavar="SLOGAN")],
    format: FormatOption = Format.TABLE,
) -> None:
    """How a slogan counts: 三去一降一补 is 3+1+1 = 5."""
    from kg import console
    from kg.numerals import parse_numeral

    lines = [
        line.strip()
        for slogan in slogans
        for line in (sys.stdin.read().splitlines() if slogan == "-" else [slogan])
    ]
    found = [parse_numeral(line) for line in lines if line]
    rows = [
        {
            "slogan": n.slogan,
            "parts": [{"n": part.n, "head": part.head} for part in n.parts],
            "count": n.count,
            "readings": list(n.readings),
            "kind": n.kind,
            "rule": n.rule,
        }
        for n in found
    ]
    flat = [row | {"parts": n.formula or ""} for row, n in zip(rows, found, strict=True)]
    print_rows(flat if format == Format.CSV else rows, format, console.numerals(found))


_APART = (
    "note: this build has its mentions in Parquet, and SPARQL sees only those that are open: "
    "use kg mentions, or read the tables (docs/parquet.md)"
)


def _sparql(query: str, params: list[str]) -> str | None:
    """The SPARQL that an argument is or names; None where it is the name of a query."""
    if query != "-" and "{" not in query and not query.endswith(".rq"):
        return None
    if params:
        raise typer.BadParameter("only a named query takes parameters", param_hint="PARAM")
    if query == "-":
        return sys.stdin.read()
    if "{" in query:
        return query
    try:
        return Path(query).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KgError(f"{query}: cannot be read ({error.strerror})") from None


def _answer(result: Any, format: QueryFormat) -> str:
    from kg import store

    if format == QueryFormat.TTL:
        return store.as_turtle(result)
    return store.as_csv(result) if format == QueryFormat.CSV else store.as_json(result)


def _print_answer(result: Any) -> None:
    from kg import console
    from kg.store import Graph, as_plain, as_turtle

    if isinstance(result, bool):
        print("yes" if result else "no")
    elif isinstance(result, Graph):
        print(as_turtle(result), end="")
    elif not result.rows:
        print("no rows", file=sys.stderr)
    else:
        console.console().print(console.answer(result.columns, as_plain(result)))
