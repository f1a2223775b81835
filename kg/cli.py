"""The `kg` command: a thin skin over the library. It reads arguments, prints, and sets the exit code.

Exit codes: 0 done; 1 something to put right (one line on stderr says what and how), or a check
that failed; 2 wrong arguments. What a command needs is imported inside of it, so that `kg --help`
is quick.
"""

from __future__ import annotations

import io
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.model import KgError, Measure

if TYPE_CHECKING:
    from pyoxigraph import Store

app = typer.Typer(
    name="kg",
    help="A knowledge graph of policy slogans: what they mean, what they count, when and where they are said.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Output = Annotated[Path, typer.Option("--output", "-o", help="The folder of a build.", show_default=True)]
DEFAULT_OUTPUT = Path("output")


class Format(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Unit(StrEnum):
    SENTENCE = "sentence"
    SECTION = "section"


class RelationType(StrEnum):
    VARIANT = "variant"
    SUCCESSOR = "successor"
    ABBREVIATION = "abbreviation"
    PART = "part"
    HOMONYM = "homonym"
    CO_MENTIONED = "co-mentioned"
    BUILDS_ON = "builds-on"
    REDEFINITION = "redefinition"


class QueryFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


@app.command()
def build(
    folder: Annotated[
        Path, typer.Argument(help="The folder of documents (.txt, .md), with or without a corpus.toml.")
    ] = Path("seeds"),
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the results go.")] = DEFAULT_OUTPUT,
    base: Annotated[str | None, typer.Option(help="The base IRI of the graph.")] = None,
    terms: Annotated[
        Path | None,
        typer.Option(
            help="Terms of your own, one a line: TERM | ALIAS = PART、PART (default: FOLDER/terms.txt)."
        ),
    ] = None,
) -> None:
    """Read the documents of FOLDER and write the graph. That is glossary.ttl, graph.trig, graph.html, report.md and text/."""
    from kg import console, pipeline
    from kg.vocab import DEFAULT_BASE

    with _progress() as step:
        result = pipeline.build(folder, output, base or DEFAULT_BASE, step, terms)
    console.console().print(console.built(result, str(folder), str(output)))


@app.command()
def show(
    terms: Annotated[
        list[str],
        typer.Argument(
            help="A term: 六稳; several at once: 六稳六保; its pinyin: 'liu wen'.", metavar="TERM"
        ),
    ],
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """The card of a term. Definition and source, components, years, sentences."""
    import dataclasses

    from kg import cards, console

    store = _store(output)
    shown_cards = [cards.card(store, found.iri) for term in terms for found in _found(store, term)]
    if format == Format.JSON:
        print(console.as_json([dataclasses.asdict(shown) for shown in shown_cards]))
        return
    if format == Format.CSV:
        raise typer.BadParameter("a card is no table; use --format json", param_hint="--format")
    screen = console.console()
    for i, shown in enumerate(shown_cards):
        if i:
            screen.rule(style="dim")
        screen.print(console.card(shown))


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
    store = _store(output)
    result = ask(store, sparql, bindings)
    if not getattr(result, "rows", True):
        _look_for_terms(store, query, bindings)
    print(_answer(result, format), end="") if format != QueryFormat.TABLE else _print_answer(result)


@app.command()
def entries(
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Every definition of a build. With components, numeral, dates and offsets."""
    from kg import console, views

    rows = views.entries(_store(output))
    shown = [
        (
            e["doc"],
            e["box"],
            e["label"],
            e["numeral"],
            len(_list(e["components"])),
            _sign(e["agrees"]),
            e["headword"],
        )
        for e in rows
    ]
    _print_rows(
        rows,
        format,
        console.answer(("document", "box", "term", "numeral", "parts", "agrees", "headword"), shown),
    )


@app.command()
def mentions(
    output: Output = DEFAULT_OUTPUT,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only this term.")] = None,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to print; csv is a concordance.")
    ] = Format.TABLE,
) -> None:
    """Every mention of a term, or of all terms, with its place."""
    from kg import console, views

    store = _store(output)
    if term is not None:
        _found(store, term)
    if format == Format.CSV:
        print(console.as_csv(views.concordance(store, term)), end="")
        return
    rows = views.mentions(store, term)
    shown = [(m["doc"], m["start"], m["exact"], m["kind"], m["context"], m["section"]) for m in rows]
    _print_rows(
        rows, format, console.answer(("document", "offset", "mention", "kind", "in", "section"), shown)
    )


@app.command()
def timeline(
    terms: Annotated[
        list[str],
        typer.Argument(help="A term, or several: 六稳 六保; a homonym gives every sense.", metavar="TERM"),
    ],
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """When a term is said, year by year. By its name, in parts, not at all, or unknown for want of a full text."""
    import dataclasses

    from kg import console, timelines

    store = _store(output)
    iris = dict.fromkeys(found.iri for term in terms for found in _found(store, term))
    shown = [timelines.timeline(store, iri) for iri in iris]
    if format == Format.JSON:
        print(console.as_json([dataclasses.asdict(each) for each in shown]))
    elif format == Format.CSV:
        print(console.as_csv(_timeline_rows(shown)), end="")
    else:
        console.console().print(console.timelines(shown))


@app.command()
def draw(
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Draw the sheet of years: a row a slogan, a column a year.")
    ] = False,
    output: Output = DEFAULT_OUTPUT,
    file: Annotated[
        Path | None, typer.Option("--file", help="The file to write (default: timeline.html in the build).")
    ] = None,
    most: Annotated[int, typer.Option("--most", help="At most so many slogans.", min=1)] = 300,
) -> None:
    """Draw a build as a page. With --timeline: births, deaths and successions of slogans, offline, in one file."""
    from kg.lifespans import lifespans
    from kg.visual import write_sheet

    if not timeline:
        raise KgError("say what to draw: kg draw --timeline gives the sheet of years")
    path = file or output / "timeline.html"
    with _progress() as step:
        step("reading the histories")
        told = lifespans(_store(output), most)
        step("drawing the sheet")
        write_sheet(told, path)
    print(path)


@app.command()
def undefined(
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """What the documents use and never explain. Most used first, with what they list as its components."""
    from kg import console, overviews

    rows = overviews.undefined(_store(output))
    _print_rows(rows, format, console.undefined(rows))


@app.command()
def relations(
    output: Output = DEFAULT_OUTPUT,
    type_: Annotated[RelationType | None, typer.Option("--type", help="Only links of this type.")] = None,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only links from or to this term.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """How terms follow, shorten or vary one another. Each link with its evidence."""
    from kg import console, overviews

    store = _store(output)
    labels = None if term is None else {found.label for found in _found(store, term)}
    rows = [
        row
        for row in overviews.relations(store)
        if type_ in (None, row["type"]) and (labels is None or {row["from"], row["to"]} & labels)
    ]
    flat = [row | {"evidence": [_place(each) for each in _list(row["evidence"])]} for row in rows]
    _print_rows(flat if format == Format.CSV else rows, format, console.relations(rows))


@app.command()
def compare(
    old: Annotated[int, typer.Argument(help="A report year with a full text.")],
    new: Annotated[int, typer.Argument(help="Another one.")],
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """The vocabulary of a year against another's. What is new, gone, kept, redefined."""
    import dataclasses

    from kg import comparison, console

    found = comparison.compare(_store(output), old, new)
    if format == Format.JSON:
        print(console.as_json(dataclasses.asdict(found)))
        return
    rows = [
        {"change": change, "term": term}
        for change, terms in (("new", found.came), ("gone", found.went), ("kept", found.kept))
        for term in terms
    ] + [{"change": "redefined", "term": each.term} for each in found.redefined]
    _print_rows(rows, format, console.comparison(found))


@app.command()
def rank(
    by: Annotated[
        Measure, typer.Option("--by", help="What to rank by; the last five are of the network.")
    ] = Measure.PAGE_RANK,
    within: Annotated[
        Unit, typer.Option(help="The network of terms in one sentence, or section.")
    ] = Unit.SENTENCE,
    most: Annotated[int, typer.Option(help="How many terms.", min=1)] = 30,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """The foremost terms. By count, by years, or by their place in the network of what is said together."""
    import dataclasses

    from kg import console, rankings

    found = rankings.rank(_store(output), by, within)[:most]
    rows = [dataclasses.asdict(each) | {"span": each.span} for each in found]
    _print_rows(rows, format, console.ranks(found))


@app.command()
def communities(
    most: Annotated[int, typer.Option(help="How many communities.", min=1)] = 20,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Terms that hang together. By components, common sentences and sections."""
    import dataclasses

    from kg import console, rankings

    found = rankings.communities(_store(output))[:most]
    rows = [dataclasses.asdict(each) for each in found]
    flat = [row | {"subjects": list(row["subjects"]), "terms": list(row["terms"])} for row in rows]
    _print_rows(flat, format, console.communities(found))


@app.command()
def documents(
    most: Annotated[int, typer.Option(help="How many pairs of documents.", min=1)] = 20,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Which documents are alike, by the slogans they share."""
    import dataclasses

    from kg import console, travels

    rows = [dataclasses.asdict(each) for each in travels.likenesses(_store(output))[:most]]
    if not rows and format == Format.TABLE:
        raise KgError("no two full texts share a slogan; that takes two of them in the corpus")
    shown = console.table(
        ("document", "document", "shared", "jaccard"), [tuple(row.values()) for row in rows]
    )
    _print_rows(rows, format, shown)


@app.command("travels")
def travels_(
    most: Annotated[int, typer.Option(help="How many slogans.", min=1)] = 20,
    term: Annotated[str | None, typer.Option("--term", "-t", help="Only this term.")] = None,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Which slogans travel between governments. And who has them first."""
    import dataclasses

    from kg import console, travels

    store = _store(output)
    labels = None if term is None else {found.label for found in _found(store, term)}
    found = [each for each in travels.travels(store) if labels is None or each.term in labels][:most]
    if not found and format == Format.TABLE:
        who = "no slogan is" if term is None else f"{term} is not"
        raise KgError(
            f"{who} said by two governments; that takes full texts of several issuers in the corpus"
        )
    rows = [
        {"term": each.term, "proven": each.proven, **dataclasses.asdict(stop)}
        for each in found
        for stop in each.stops
    ]
    _print_rows(rows, format, console.travels(found))


@app.command()
def newterms(
    folder: Annotated[Path, typer.Argument(help="A folder with reports of several years.")] = Path("seeds"),
    year: Annotated[int | None, typer.Option(help="Only this report year.")] = None,
    most: Annotated[int, typer.Option(help="How many terms a year.", min=1)] = 20,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Unquoted terms that are new in a year's report. With their evidence: an offer, not a finding."""
    from kg import console
    from kg.documents import read_corpus
    from kg.newterms import new_terms

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
    _print_rows(
        rows, format, console.answer(("year", "term", "count", "later years", "rule", "quotation"), shown)
    )


@app.command()
def numeral(
    slogans: Annotated[list[str], typer.Argument(help="Slogans, or - for lines on stdin.", metavar="SLOGAN")],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
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
    _print_rows(flat if format == Format.CSV else rows, format, console.numerals(found))


@app.command()
def evaluate(
    gold: Annotated[
        list[Path] | None, typer.Argument(help="Gold files (JSON); without any, those of tests/gold.")
    ] = None,
    output: Output = DEFAULT_OUTPUT,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Score a build against hand annotation. With what is missed, spurious and different."""
    import dataclasses

    from kg import console, views
    from kg.evaluate import evaluate as score

    files = gold or sorted(Path("tests/gold").glob("gold_*.json"))
    if not files:
        raise KgError("no gold files in tests/gold; give one: kg evaluate GOLD.json")
    store = _store(output)
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
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
) -> None:
    """Check a built graph against its SHACL shapes. Exit 1 where it does not conform."""
    import dataclasses

    from kg import console
    from kg.checks import read_graph, validate

    findings = validate(read_graph(output))
    rows = [dataclasses.asdict(finding) for finding in findings]
    shown = console.table(("severity", "check", "focus", "message"), [tuple(row.values()) for row in rows])
    if rows or format != Format.TABLE:
        _print_rows(rows, format, shown)
    else:
        print("The graph conforms to its shapes.")
    if findings:
        raise typer.Exit(1)


def main() -> None:
    """Run the command. A KgError is one line on stderr and exit code 1."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


# --- what the commands share -------------------------------------------------------------------------


def _store(output: Path) -> Store:
    from kg.store import open_store

    return open_store(output)


def _found(store: Store, term: str) -> list[Any]:
    from kg.lookup import require_terms

    return require_terms(store, term)


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
                _found(store, bindings[param.name].value)


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


def _print_rows(rows: list[Any], format: Format, shown: Any) -> None:
    from kg import console

    if format == Format.TABLE:
        console.console().print(shown)
    else:
        print(
            console.as_json(rows) if format == Format.JSON else console.as_csv(rows),
            end="" if format == Format.CSV else "\n",
        )


def _timeline_rows(shown: list[Any]) -> list[dict[str, object]]:
    """The years of all timelines as rows of one table: a column for each kind of mention."""
    kinds = sorted({kind for each in shown for year in each.years for kind in year.other} | {"listed"})
    return [
        {
            "term": each.label,
            "year": year.year,
            "presence": year.presence,
            "body": year.body,
            "explanations": year.explanations,
            "per_ten_thousand": year.per_ten_thousand,
            **{kind: year.other.get(kind, 0) for kind in kinds},
            "documents": list(year.documents),
            "full_texts": list(year.full_texts),
            "digests": list(year.digests),
        }
        for each in shown
        for year in each.years
    ]


def _place(evidence: dict[str, Any]) -> str:
    return f"{evidence['doc']}[{evidence['start']}:{evidence['end']}]"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _sign(agrees: object) -> str:
    return {True: "yes", False: "NO"}.get(agrees, "") if isinstance(agrees, bool) else ""


class _progress:
    """A line that says what is being done, on a terminal only."""

    def __enter__(self) -> Any:
        self._shown = sys.stderr.isatty()
        return self._step

    def _step(self, text: str) -> None:
        if self._shown:
            print(f"\r\033[K{text} …", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
