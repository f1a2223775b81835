"""The flow is one way: a module imports only those before it, and heavy packages stay where they belong."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.commands import COMMANDS

PACKAGE = Path(__file__).parent.parent / "kg"

#: From the text (left) through the waist (vocab … graph) to what reads a graph (right).
ORDER = [
    "errors", "model", "files", "spools", "shelves", "batches", "automata", "clusters", "kept", "rules", "numerals", "cleaning", "formats", "documents", "cuts", "dictionary", "words", "trimming", "newterms", "components", "structure", "sentences", "counterparts", "alignments", "letters", "fillers", "formulas", "coinages", "passages", "quantities", "stances", "aims", "degrees", "pieces", "successors", "tellings", "slogans", "rewordings", "changes", "items", "headwords", "drafts", "entries", "fullnames", "enumerations", "candidates",
    "hits", "senses", "clues", "surveys", "lexicon", "mentions", "references", "glosses", "relations", "longforms", "forms", "phrasings", "curated", "subjects", "history", "ties", "traces", "steps", "measures", "ledger", "identifiers", "report",
    "namespaces", "vocab", "additions", "parquet", "statements", "paragraphs", "turtle", "places", "annotations", "terms", "decisions", "slots", "tallies", "mentioncounts", "extracts", "links", "cubes", "derived", "collation", "trig", "graph",
    "resources", "scans", "store", "renewal", "quads", "lookup", "queries", "findings", "shapes", "quotations", "checks", "views", "cards", "overviews", "timelines", "lineages", "lifespans", "comparison", "differences", "citations", "readings", "choices", "arrivals", "wordings", "revisions", "rankings", "travels", "graphml", "occurrences", "network", "connections", "editions", "visual", "exports", "returns",
    "evaluate", "summary", "receipts", "pipeline", "console", "notebook", "builds", "cli", "__main__",
]  # fmt: skip
TEXT_HALF = ORDER[: ORDER.index("report") + 1]

#: Third-party packages and the only modules that may import them.
ALLOWED = {
    "lxml": {"formats"},
    "pypdfium2": {"formats"},
    "jieba": {"dictionary", "newterms"},
    "dask": {"clusters"},
    "distributed": {"clusters"},
    "daachorse": {"automata"},
    "rdflib": {"turtle", "graph", "shapes", "exports"},
    "pypinyin": {"terms", "lookup"},
    "pyshacl": {"shapes"},
    "pyoxigraph": {
        "quads",
        "editions",
        "comparison",
        "builds",
        "differences",
        "store",
        "renewal",
        "queries",
        "findings",
        "shapes",
        "quotations",
        "checks",
        "lookup",
        "views",
        "cards",
        "overviews",
        "timelines",
        "lineages",
        "lifespans",
        "rankings",
        "travels",
        "graphml",
        "readings",
        "wordings",
        "revisions",
        "occurrences",
        "network",
        "connections",
        "exports",
        "returns",
        "cli",
    },
    "igraph": {"measures"},
    "pyarrow": {"parquet"},
    "networkx": {"connections", "measures", "travels", "graphml", "network", "visual"},
    "pyvis": {"visual"},
    "jinja2": {"visual"},
    "markupsafe": {"notebook", "visual"},
    "pandas": {"builds"},
    "resvg_py": {"visual"},
    "xlsxwriter": {"exports"},
    "docx": {"formats", "exports"},
    "python_calamine": {"returns"},
    "tomlkit": {"additions", "curated"},
    "rich": {"console"},
    "typer": {"cli"},
}


def modules():
    return {
        path: path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in sorted(PACKAGE.rglob("*.py"))
    }


def imports(path):
    """The modules that a file imports, at its head or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            if node.module == "kg":
                yield from (f"kg.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def test_imports_every_module_has_its_place():
    assert set(modules().values()) - {"__init__"} == set(ORDER)


@pytest.mark.parametrize(
    ("path", "name"),
    [(p, n) for p, n in modules().items() if n != "__init__"],
    ids=lambda x: str(x).split("/")[-1],
)
def test_imports_go_to_the_left(path, name):
    for imported in imports(path):
        if imported.startswith("kg."):
            other = imported.split(".")[1]
            assert ORDER.index(other) <= ORDER.index(name), f"{name} imports {other}, which comes after it"


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_of_packages_stay_where_they_belong(package):
    users = {name for path, name in modules().items() for i in imports(path) if i.split(".")[0] == package}
    assert users <= ALLOWED[package]
    assert users, f"{package} is not used"


def test_imports_of_the_library_load_nothing_before_it_is_asked_for():
    code = "import kg, sys; dir(kg); print(sorted(name for name in sys.modules if name.startswith('kg.')))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_imports_of_the_command_are_quiet_and_light():
    code = "import kg.cli.commands, sys; print(sorted({'rdflib','networkx','jieba','pyvis','rich','numpy','pyoxigraph','lxml','docx','pypdfium2','tomlkit','xlsxwriter'} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


#: What takes long to load, and no command needs that answers from a built store.
HEAVY = {
    "igraph", "jieba", "jinja2", "lxml", "markupsafe", "networkx", "numpy", "pandas", "pyarrow", "pydantic", "pypinyin", "pyshacl", "pyvis", "rdflib", "scipy", "tomlkit", "xlsxwriter",
}  # fmt: skip


@pytest.mark.parametrize(
    ("args", "needed"),
    [
        (["--help"], set()),
        (["show", "--help"], set()),
        (["show", "六稳"], {"pyoxigraph", "rich"}),
        (["query", "components", "六稳"], {"pyoxigraph", "rich"}),
        (["timeline", "六稳"], {"pyoxigraph", "rich"}),
        (["mentions", "--term", "六稳"], {"pyoxigraph", "rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_imports_of_a_command_are_what_it_needs(args, needed, output):
    code = """
import sys
from kg.cli import main
try:
    main()
finally:
    print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
    print(*sorted(name for name in sys.modules if name.startswith("kg.")), file=sys.stderr)
"""
    asked = [*args, "--output", str(output)] if "pyoxigraph" in needed else args
    run = subprocess.run([sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True)
    packages, ours = (set(line.split()) for line in run.stderr.splitlines())
    assert packages & (HEAVY | {"pyoxigraph", "rich"}) == needed
    # neither the records of the text half nor what makes a graph
    assert not ours & {"kg.model", "kg.rules", "kg.pipeline", "kg.vocab", "kg.graph"}
    assert not {name for name in ours if name.startswith("kg.cli.")} - {
        "kg.cli.commands", "kg.cli.shared", *(f"kg.cli.{row.module}" for name, row in COMMANDS.items() if name in args),
    }  # fmt: skip
