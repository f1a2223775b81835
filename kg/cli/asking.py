"""Commands that answer questions: queries, and how slogans count."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.shared import (
    DEFAULT_OUTPUT,
    Format,
    FormatOption,
    Output,
    app,
    find,
    open_build,
    print_rows,
)
from kg.model import KgError

if TYPE_CHECKING:
    from pyoxigraph import Store


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
    from kg.store import query as ask

    if list_ or query is None:
        console.console().print(console.queries(queries.list_queries()))
        return
    sparql, bindings = _question(query, params or [])
    store = open_build(output)
    result = ask(store, sparql, bindings)
    if not getattr(result, "rows", True):
        _look_for_terms(store, query, bindings)
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


def _question(query: str, params: list[str]) -> tuple[str, Any]:
    """The SPARQL that an argument stands for, with its bindings."""
    from kg.queries import bind, get_query

    if query == "-" or "{" in query or query.endswith(".rq"):
        if params:
            raise typer.BadParameter("only a named query takes parameters", param_hint="PARAM")
        if query == "-":
            return sys.stdin.read(), None
        if "{" in query:
            return query, None
        try:
            return Path(query).read_text(encoding="utf-8-sig"), None
        except OSError as error:
            raise KgError(f"{query}: cannot be read ({error.strerror})") from None
    named = get_query(query)
    values = dict(value.split("=", 1) for value in params if "=" in value)
    rest = (param.name for param in named.params if param.name not in values)
    for value in (value for value in params if "=" not in value):
        values[next(rest, value)] = value
    return named.text, bind(named, values)


def _look_for_terms(store: Store, query: str, bindings: Any) -> None:
    """Where a named query found nothing: whether the terms that it was asked about are there at all."""
    from kg.queries import get_query

    if bindings:
        for param in get_query(query).params:
            if param.type == "term":
                find(store, bindings[param.name].value)


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
