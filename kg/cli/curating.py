"""A person's decisions: written, listed and held against the documents."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import SETTINGS
from kg.cli.shared import Format, FormatOption, Progress, app, print_rows
from kg.model import Branch, Decision, KgError

curate = typer.Typer(
    name="curate",
    help="Put right what a rule got wrong. A person's decisions, in curated.toml beside the documents: they "
    "win, and are kept when the graph is built anew.",
    no_args_is_help=True,
    **SETTINGS,
)
app.add_typer(curate)


class Status(StrEnum):
    OFFICIAL = "official"
    PROPOSED = "proposed"
    REJECTED = "rejected"


Term = Annotated[str, typer.Argument(help="The term: 六稳; of a homonym with its qualifier: 两山（…）.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why it is so.")]
Source = Annotated[str | None, typer.Option(help="Where it is found.")]
Year = Annotated[int | None, typer.Option(help="The year of the source.", min=1, max=9999)]
By = Annotated[str | None, typer.Option(help="Who decided.")]
Date = Annotated[str | None, typer.Option(help="When, YYYY-MM-DD (default: today).")]
Folder = Annotated[Path, typer.Option("--folder", "-d", help="The folder of documents.")]
File = Annotated[Path | None, typer.Option("--curated", help="The file (default: FOLDER/curated.toml).")]
Unchecked = Annotated[bool, typer.Option("--unchecked", help="Do not read the documents first.")]
InDocument = Annotated[str | None, typer.Option("--document", help="Only in this document.")]
SEEDS = Path("seeds")


@curate.command()
def english(
    term: Term,
    label: Annotated[str, typer.Argument(help="The English name.")],
    reason: Reason,
    status: Annotated[Status, typer.Option(help="Of the name.")] = Status.PROPOSED,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Give a term an English name. The first official one is preferred; a rejected one is kept as such."""
    _write("english", locals(), status=str(status))


@curate.command()
def alias(
    term: Term,
    alias: Annotated[str, typer.Argument(help="Another name, which is then looked for, too.")],
    reason: Reason,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Give a term another name."""
    _write("alias", locals())


@curate.command()
def add(
    term: Annotated[str, typer.Argument(help="The term.")],
    reason: Reason,
    aliases: Annotated[list[str] | None, typer.Option("--alias", help="Another name; repeat it.")] = None,
    components: Annotated[list[str] | None, typer.Option("--component", help="In order; repeat it.")] = None,
    definition: Annotated[str | None, typer.Option(help="What it means.")] = None,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Add a term that no rule finds."""
    _write(
        "add", locals(), aliases=tuple(aliases or ()), components=tuple(components) if components else None
    )


@curate.command()
def definition(
    term: Term,
    definition: Annotated[str, typer.Argument(help="What it means, in your words.")],
    reason: Reason,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Define a term in your own words. The definitions of the documents stay."""
    _write("definition", locals())


@curate.command()
def components(
    term: Term,
    reason: Reason,
    components: Annotated[list[str] | None, typer.Argument(help="All of them, in order.")] = None,
    none: Annotated[bool, typer.Option("--none", help="It has no components.")] = False,
    document: InDocument = None,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Put the list of components right."""
    if bool(components) == none:
        raise KgError(f"components {term}: name them all, in order; where it has none, write --none")
    _write("components", locals(), components=tuple(components or ()))


@curate.command()
def link(
    term: Term,
    to: Annotated[str, typer.Argument(help="The other term.")],
    relation: Annotated[str, typer.Option(help="successor, variant, abbreviation, part …")],
    reason: Reason,
    document: Annotated[str | None, typer.Option(help="The document that bears it out.")] = None,
    quote: Annotated[str | None, typer.Option(help="Its words.")] = None,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Link a term to another one. From the older to the newer, from the part to the whole, from the long to the short."""
    _write("link", locals(), other=to)


@curate.command()
def split(
    term: Annotated[str, typer.Argument(help="The label that has several senses.")],
    sense: Annotated[list[str], typer.Option(help="QUALIFIER=DOCUMENT,DOCUMENT; one for each sense.")],
    reason: Reason,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Split a label into senses, by the documents that mean them."""
    _write("split", locals(), senses=tuple(map(_branch, sense)))


@curate.command()
def join(
    term: Term,
    other: Annotated[str, typer.Argument(metavar="WITH", help="The term that is the same.")],
    reason: Reason,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Make two terms one. The first keeps its identifier."""
    _write("join", locals())


@curate.command()
def reject(
    term: Term,
    reason: Reason,
    document: InDocument = None,
    definition: Annotated[str | None, typer.Option(help="Words of the definition in DOCUMENT.")] = None,
    quote: Annotated[str | None, typer.Option(help="Words around one mention in DOCUMENT.")] = None,
    start: Annotated[int | None, typer.Option(help="The offset of one mention in DOCUMENT.", min=0)] = None,
    alias: Annotated[str | None, typer.Option(help="Only this name.")] = None,
    to: Annotated[str | None, typer.Option(help="Only the relation to this term.")] = None,
    relation: Annotated[str | None, typer.Option(help="Its type.")] = None,
    source: Source = None,
    year: Year = None,
    by: By = None,
    date: Date = None,
    folder: Folder = SEEDS,
    curated: File = None,
    unchecked: Unchecked = False,
) -> None:
    """Reject what a rule found. The whole term, or its definition or a mention in a document, a name, a relation."""
    _write("reject", locals(), other=to)


@curate.command(name="list")
def list_(folder: Folder = SEEDS, curated: File = None, format: FormatOption = Format.TABLE) -> None:
    """All decisions, as the file has them."""
    from kg import console, pipeline
    from kg.curated import statement

    rows = [
        {
            "number": d.number,
            "do": d.do,
            "term": d.term,
            "what": statement(d),
            "date": d.date,
            "by": d.by,
            "reason": d.reason,
        }
        for d in pipeline.decisions(folder, curated)
    ]
    print_rows(rows, format, console.table(tuple(rows[0]) if rows else (), [tuple(r.values()) for r in rows]))


@curate.command()
def check(folder: Folder = SEEDS, curated: File = None, format: FormatOption = Format.TABLE) -> None:
    """Hold all decisions against the documents. Exit 1 where one does not apply."""
    from kg import console, pipeline

    with Progress() as step:
        step("reading the documents")
        verdicts = pipeline.read(folder, curated=curated)[1].verdicts
    rows = [
        {
            "number": verdict.decision.number,
            "do": verdict.decision.do,
            "term": verdict.decision.term,
            "applies": verdict.stands,
            "note": verdict.note,
        }
        for verdict in verdicts
    ]
    shown = [tuple(row.values()) for row in rows if row["note"]]
    if shown or format != Format.TABLE:
        print_rows(rows, format, console.answer(("number", "do", "term", "applies", "note"), shown))
    else:
        print(f"All {len(rows)} decisions apply.")
    if not all(verdict.stands for verdict in verdicts):
        raise typer.Exit(1)


_OPTIONS = ("folder", "curated", "unchecked", "to", "sense", "none")


def _write(do: str, said: dict[str, Any], **better: Any) -> None:
    """Write the decision that a command was given; its arguments are named as the fields of a decision."""
    from kg import pipeline
    from kg.curated import CURATED, about, statement

    facts = {key: value for key, value in said.items() if key not in _OPTIONS} | better
    facts["date"] = _day(facts["date"])
    decision = Decision(do, **facts)
    folder, path = said["folder"], said["curated"]
    with Progress() as step:
        step("reading the documents")
        verdicts = pipeline.curate(folder, decision, path, check=not said["unchecked"])
    text = " ".join(filter(None, (do, decision.term, statement(decision))))
    print(f"{path or folder / CURATED}: {text}")
    for verdict in verdicts:
        if verdict.note:
            print(f"! {about(verdict)}")
    print("It is in the graph from the next `kg build` on.")


def _day(text: str | None) -> str:
    """A date as YYYY-MM-DD; without one, today."""
    try:
        day = datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError:
        raise KgError(f"{text!r} is no date; write it as 2026-01-31") from None
    return day.isoformat()


def _branch(text: str) -> Branch:
    qualifier, _, documents = text.partition("=")
    if not qualifier.strip() or not documents.strip():
        raise KgError(f"{text!r} is no sense; write QUALIFIER=DOCUMENT,DOCUMENT")
    return Branch(qualifier.strip(), tuple(name.strip() for name in documents.split(",") if name.strip()))
