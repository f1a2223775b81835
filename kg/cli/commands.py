"""The commands by name: the module that has each, and its line in the help. A module is loaded when its command is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

#: What all applications of this command have in common.
SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class Row(NamedTuple):
    """Where a command stands, and the first sentence of its help."""

    module: str
    line: str


#: In the order of the help text.
COMMANDS = {
    "build": Row("building", "Read the documents of FOLDER and write the graph."),
    "add": Row("building", "Put documents into a corpus."),
    "show": Row("terms", "The card of a term."),
    "mentions": Row("terms", "Every mention of a term, or of all terms, with its place."),
    "timeline": Row("terms", "When a term is said, year by year."),
    "lineage": Row("lineages", "One formula through the years, in all its wordings."),
    "relations": Row("terms", "How terms follow, shorten or vary one another."),
    "query": Row("asking", "Ask the graph, by a named query or in SPARQL of your own."),
    "numeral": Row("asking", "How a slogan counts: 三去一降一补 is 3+1+1 = 5."),
    "entries": Row("lists", "Every definition of a build."),
    "undefined": Row("lists", "What the documents use and never explain."),
    "newterms": Row("lists", "Unquoted terms that are new in a year's report."),
    "compare": Row("lists", "The vocabulary of a year against another's."),
    "wording": Row("wordings", "What changed in the wording between two reports."),
    "diff": Row("lists", "Two builds told apart."),
    "rank": Row("networks", "The foremost terms."),
    "communities": Row("networks", "Terms that hang together."),
    "documents": Row("networks", "Which documents are alike, by the slogans they share."),
    "travels": Row("networks", "Which slogans travel between governments."),
    "annotate": Row("annotating", "The annotated edition of a report."),
    "draw": Row("drawing", "Draw a term, a year or a community."),
    "export": Row("exporting", "Write the glossary for other tools."),
    "import": Row("exporting", "Take back what was changed in an exported file."),
    "untranslated": Row("exporting", "What has no English name."),
    "evaluate": Row("checking", "Score a build against hand annotation."),
    "check": Row("checking", "Check a built graph: SHACL, SKOS, qSKOS, quotations."),
    "curate": Row("curating", "Put right what a rule got wrong."),
}


class Commands(TyperGroup):
    """The group of all commands, of which one is made: that which is called. The others are their lines in the help."""

    def __init__(self, **settings: Any) -> None:
        lines = {name: TyperCommand(name, help=row.line) for name, row in COMMANDS.items()}
        super().__init__(**settings | {"commands": lines})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, line, rest = super().resolve_command(ctx, args)
        return name, None if name is None or line is None else load(name), rest


app = typer.Typer(
    name="kg",
    help="A knowledge graph of policy slogans: what they mean, what they count, when and where they are said.",
    no_args_is_help=True,
    cls=Commands,
    callback=lambda: None,
    **SETTINGS,
)


def load(name: str) -> Any:
    """The command of that name as its module has it."""
    module = import_module(f"kg.cli.{COMMANDS[name].module}")
    for group in module.app.registered_groups:
        if group.typer_instance and group.typer_instance.info.name == name:
            return get_command(group.typer_instance)
    alone = typer.Typer(**SETTINGS)
    alone.registered_commands = [
        each
        for each in module.app.registered_commands
        if name == (each.name or (each.callback and each.callback.__name__))
    ]
    return get_command(alone)
