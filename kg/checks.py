"""The checks of a graph: SPARQL files that find what should not be, one row a finding.

A file of `ontology/checks` begins with `# title:` (what should hold), `# title-zh:`, `# severity:`
(error, warning or info) and `# source:` (the clause, paper or habit that wants it); its name is the
check's name. It selects `?focus` and whatever else tells what was found. With the shapes and the
quotations they are all that `kg check` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, RdfFormat, Store

from kg.errors import KgError
from kg.findings import BLANK, SEVERITIES, Finding, sort_findings
from kg.quads import mention_quads
from kg.queries import read_header
from kg.quotations import check_quotations
from kg.resources import resource
from kg.store import Table, Term, query, with_mentions

_FOLDER = "ontology/checks"
_GRAPH, _TEXTS = "graph.trig", "text"  # of a build, as in kg.pipeline


@dataclass(frozen=True, slots=True)
class Check:
    """A check: what should hold, how grave it is where it does not, who says so, and its SPARQL."""

    name: str
    title: str
    title_zh: str
    severity: str
    source: str
    text: str


def list_checks() -> tuple[Check, ...]:
    """Every check that is a query, by name."""
    return tuple(_read(path) for path in sorted(resource(_FOLDER).glob("*.rq"), key=lambda path: path.name))


def check_build(output: Path) -> tuple[Finding, ...]:
    """What is wrong, or to be looked at, in the build in the folder `output`.

    Raises `KgError` where there is no build, or its graph cannot be read.
    """
    path = output / _GRAPH
    if not path.exists():
        raise KgError(f"there is no build in {output}: run `kg build --output {output}` first")
    store = _load(path)
    # the mentions of a build that keeps them beside its graph are checked as what they would be in it
    store.extend(mention_quads(with_mentions(store, output)))
    return sort_findings((*_findings(store), *check_quotations(store, output / _TEXTS)))


def check_file(path: Path) -> tuple[Finding, ...]:
    """The same for a file of RDF, such as a glossary that was edited elsewhere.

    Its texts are not at hand, so quotations are not compared; and where it has no term of this
    vocabulary, as in anybody's SKOS, the shapes say nothing. Raises `KgError` where it cannot be read.
    """
    return sort_findings(_findings(_load(path)))


def run_checks(store: Store) -> Iterator[Finding]:
    """What the checks that are queries find in `store`, all its named graphs taken together."""
    for check in list_checks():
        table = query(store, check.text)
        assert isinstance(table, Table), check.name
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            focus = _text(cells.pop("focus"))
            found = ", ".join(f"{name} {_text(cell)}" for name, cell in cells.items() if cell is not None)
            message = f"{check.title}." + (f" Found: {found}" if found else "")
            yield Finding(check.severity, check.name, focus, message)


_OURS = "ASK { ?term a kg:Term }"


def _findings(store: Store) -> Iterator[Finding]:
    yield from run_checks(store)
    if query(store, _OURS):
        from kg.shapes import validate_store

        yield from validate_store(store)


def _load(path: Path) -> Store:
    """A file of RDF in memory, where a query is ten times as fast as on disk."""
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise KgError(f"{path}: what is in it is said by the ending: .ttl, .trig, .nt, .nq, .rdf or .jsonld")
    store = Store()
    try:
        store.bulk_load(path=str(path), format=form)
    except SyntaxError as error:
        raise KgError(f"{path} is not valid {form.name}: {' '.join(str(error.msg).split())[:200]}") from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror or 'it is no file'})") from None
    return store


def _read(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    header = read_header(text)
    try:
        ((title,), (title_zh,), (severity,), (source,)) = (
            header[name] for name in ("title", "title-zh", "severity", "source")
        )
    except (KeyError, ValueError):
        raise KgError(
            f"{path} needs one line each: `# title: …`, `# title-zh:`, `# severity:`, `# source:`"
        ) from None
    if severity not in SEVERITIES:
        raise KgError(f"{path}: the severity {severity!r} is none of {', '.join(SEVERITIES)}")
    return Check(path.stem, title, title_zh, severity, source, text)


def _text(cell: Term | None) -> str:
    if isinstance(cell, BlankNode):
        return BLANK
    return str(getattr(cell, "value", cell))
