"""The embedded store: a built graph on disk, and SPARQL on it without a server.

A store is never changed: a build makes a new one beside it and puts it in its place as a whole.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    Variable,
    parse_query_results,
    serialize,
)

from kg.errors import KgError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from concurrent.futures import Future

    from kg.spools import Following

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

STORE = "store"  #: the folder of the store in the output folder of a build
MENTIONS = "mentions"  #: the folder of mentions, where a build keeps them in Parquet and not in its graph

_RUN = 16_000_000  #: bytes of TriG that are loaded at once: some 300,000 quads, which take 150 MB
_THREADS = 4  #: that load at most, as many as Oxigraph itself starts


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT query. A cell is None where the query left its variable unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer of a CONSTRUCT or DESCRIBE query: triples without repeats, in a fixed order."""

    triples: tuple[Triple, ...]


Result: TypeAlias = Table | Graph | bool


def build_store(trig: Path | bytes | Following, folder: Path, jobs: int = 1) -> None:
    """Load TriG, a file or its bytes, into a new store at `folder`, in place of the one there.

    A file that this program wrote is loaded in runs, so that memory does not grow with it, by `jobs` threads; one that
    it is writing is followed.
    The old store stays as it was until the new one is complete. Raises `KgError` where the TriG
    cannot be read, or where the store cannot be written or is in use.
    """
    from shutil import rmtree  # what answers from a store does without it

    fresh = folder.with_name(folder.name + ".new")
    name = trig if isinstance(trig, Path) else "the graph"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _recover(folder)
        rmtree(fresh, ignore_errors=True)  # what an interrupted build left
        _load(trig, fresh, jobs)
        if folder.exists():
            folder.rename(_aside(folder))
        fresh.rename(folder)
    except SyntaxError as error:
        raise KgError(f"{name} is not valid TriG: {_one_line(error.msg)}") from error
    except FileNotFoundError as error:
        raise KgError(f"{name} cannot be read: there is no such file") from error
    except OSError as error:
        raise KgError(f"the store {folder} cannot be written: {_one_line(str(error))}") from error
    finally:
        rmtree(fresh, ignore_errors=True)
        _recover(folder)


def open_store(output: Path) -> Store:
    """The store of the build in the folder `output`, read-only.

    Where the build keeps its mentions in Parquet, `mentions_beside` tells of the store where they are. Raises
    `KgError` where there is no build, or where its store is damaged.
    """
    folder = output / STORE
    # A build that was stopped between its two renames has left the old store beside its place.
    place = folder if folder.exists() else _aside(folder)
    if not place.is_dir():
        raise KgError(f"there is no build in {output}: run `kg build --output {output}` first")
    try:
        return with_mentions(Store.read_only(str(place)), output)
    except (OSError, RuntimeError) as error:
        raise KgError(
            f"the store in {output} cannot be opened, run `kg build --output {output}` again: "
            f"{_one_line(str(error))}"
        ) from error


def with_mentions(store: Store, output: Path) -> Store:
    """`store` itself, or one that knows its mentions, where its graph says that they lie beside it in `output`."""
    return cast(Store, _Beside(store, output / MENTIONS)) if query(store, _APART) else store


def mentions_beside(store: Store) -> Path | None:
    """The folder with the mentions of a build that keeps them in Parquet; None where they are in the graph."""
    return getattr(store, "mentions", None)


class _Beside:
    """A store and the folder of its mentions. Pyoxigraph's store takes no attribute and has no subclass."""

    def __init__(self, store: Store, mentions: Path) -> None:
        self._store = store
        self.mentions = mentions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._store)

    def __len__(self) -> int:
        return len(self._store)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._store


_APART = """ASK { ?dataset dcat:distribution ?mentions . ?mentions dcat:mediaType "application/vnd.apache.parquet" }"""


def query(
    store: Store, sparql: str, bindings: Mapping[str, Term] | None = None, graph: str | None = None
) -> Result:
    """The answer of a SPARQL query on the union of the named graphs, or on the named graph `graph` alone.

    `bindings` gives variables their values. Where the query has a comment line `# VALUES ?name`,
    the value is put there; elsewhere it is substituted, and the variable must be among those that
    a SELECT query selects. The prefixes of `PREFIXES` need not be declared. A triple that stands in two named graphs is seen twice, hence DISTINCT.
    Raises `KgError`, in one line, where the query is malformed, is an update, or asks a remote
    service that does not answer.
    """
    values = dict(bindings or {})
    places = [name for _, name in _PLACE.findall(sparql)]
    try:
        answer = store.query(
            placed(sparql, values) if places else sparql,
            prefixes=PREFIXES,
            use_default_graph_as_union=graph is None,
            default_graph=None if graph is None else NamedNode(graph),
            substitutions={Variable(name): value for name, value in values.items() if name not in places},
        )
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Table(columns, tuple(tuple(solution) for solution in answer))
        return Graph(_ordered(answer))
    except SyntaxError as error:
        if (verb := _verb(sparql)) in _UPDATE:
            only = "use SELECT, ASK, CONSTRUCT or DESCRIBE"
            raise KgError(f"a build is read-only and {verb} changes it: {only}") from error
        raise KgError(_explain(sparql, error.msg)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise KgError(f"the query cannot be answered: {_one_line(str(error))}") from error


def placed(sparql: str, values: Mapping[str, Term]) -> str:
    """A query with its values where the comment lines `# VALUES ?name` want them.

    The optimiser plans for them there, as it does not for substitutions. The library writes the terms, so
    nothing that a user gives is read as SPARQL.

    >>> print(placed("SELECT ?year {\\n  # VALUES ?year\\n  ?term kg:firstYear ?year }", {"year": Literal("2021")}))
    SELECT ?year {
      VALUES ?year { "2021" }
      ?term kg:firstYear ?year }
    """
    return _PLACE.sub(lambda place: _values(place, values), sparql)


def select(
    store: Store, sparql: str, *, graph: str | None = None, **values: str | Literal
) -> list[dict[str, Any]]:
    """The rows of a SELECT query as plain values by column; `values` are those of variables, an IRI as a string.

    With `graph` only the named graph of this IRI is asked: that of one document holds all that is said of it alone.
    """
    bindings = {name: NamedNode(value) if isinstance(value, str) else value for name, value in values.items()}
    table = query(store, sparql, bindings, graph)
    assert isinstance(table, Table)
    return [dict(zip(table.columns, row, strict=True)) for row in as_plain(table)]


def as_csv(result: Result) -> str:
    """A table as SPARQL 1.1 Query Results CSV; a graph raises `KgError`."""
    return _serialized(result, QueryResultsFormat.CSV)


def as_json(result: Result) -> str:
    """A table or a truth value as SPARQL 1.1 Query Results JSON; a graph raises `KgError`."""
    return _serialized(result, QueryResultsFormat.JSON)


def as_turtle(result: Result, more: Mapping[str, str] | None = None) -> str:
    """A graph as Turtle, the same text on every run; anything else raises `KgError`.

    `more` are prefixes beside those of `PREFIXES`; one that is not used is left out.
    """
    if not isinstance(result, Graph):
        raise KgError("only CONSTRUCT and DESCRIBE give Turtle: choose table, csv or json")
    used = "\n".join(str(triple) for triple in result.triples)
    prefixes = {name: iri for name, iri in (PREFIXES | dict(more or {})).items() if f"<{iri}" in used}
    text = serialize(result.triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = text.decode("utf-8").splitlines(keepends=True)
    # The library writes the prefixes first, in an order that changes from run to run.
    return "".join(sorted(lines[: len(prefixes)]) + lines[len(prefixes) :])


def as_plain(table: Table) -> tuple[tuple[str | int | None, ...], ...]:
    """The rows of a table as Python values: whole numbers as int, all else as its text."""
    return tuple(tuple(map(_plain, row)) for row in table.rows)


_UPDATE = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
#: What may stand before the verb of a query. These three are needed where a query fails, and compiled there.
_PROLOGUE = r"""(?xi)
    (?: \s+ | \#[^\n\r]*
      | PREFIX \s+ [^\s:]* \s* : \s* <[^>]*>
      | BASE \s+ <[^>]*>
    )*"""
_PLACE = re.compile(r"(?<=\n)([ \t]*)# VALUES \?(\w+)(?=\n)")
_POSITION = r"(?s)error at (\d+):(\d+): (?:expected )?(.*)"
_CHARACTERS = r"\[(?:[^\[\]']|'[^']*')*\]"  # a class of characters, as the parser prints it
_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def _verb(sparql: str) -> str:
    """The first word of a query or an update, in capitals."""
    word = re.match("[A-Za-z]*", re.sub(_PROLOGUE, "", sparql, count=1))
    return word[0].upper() if word else ""


def _values(place: re.Match[str], values: Mapping[str, Term]) -> str:
    indent, name = place[1], place[2]
    return f"{indent}VALUES ?{name} {{ {values[name]} }}" if name in values else place[0]


def _load(trig: Path | bytes | Following, folder: Path, jobs: int) -> None:
    """Its own function, so that the store is closed when it returns: an open one cannot be moved."""
    from kg.paragraphs import HEAD, runs

    store = Store(str(folder))
    if isinstance(trig, bytes):
        store.bulk_load(trig, RdfFormat.TRIG)
    elif isinstance(trig, Path):
        with trig.open("rb") as file:
            if file.read(len(HEAD)) == HEAD.encode():
                _load_runs(store, runs(file, _RUN), min(jobs, _THREADS))
            else:
                store.bulk_load(path=str(trig), format=RdfFormat.TRIG)
    else:
        _load_runs(store, runs(trig, _RUN), min(jobs, _THREADS))
    store.flush()


def _load_runs(store: Store, trig: Iterable[bytes], threads: int) -> None:
    """Oxigraph reads and sorts in one thread what it is given at once, and holds a million quads for it."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as executor:
        waiting: deque[Future[None]] = deque()
        layers = 0
        for run in trig:
            layers += 1
            waiting.append(executor.submit(store.bulk_load, run, RdfFormat.TRIG))
            if len(waiting) > threads:
                waiting.popleft().result()
        for loaded in waiting:
            loaded.result()
    if layers > 1:  # a question looks into every layer: in one it is answered four times as fast
        store.optimize()


def _aside(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")


def _recover(folder: Path) -> None:
    """Put the old store back where a build was stopped between its two renames."""
    from shutil import rmtree

    if not folder.exists() and _aside(folder).exists():
        _aside(folder).rename(folder)
    rmtree(_aside(folder), ignore_errors=True)


def _ordered(triples: object) -> tuple[Triple, ...]:
    """Triples sorted by their text, blank nodes named by what is said of them (RDFC-1.0)."""
    found = set(cast("Iterable[Triple]", triples))
    if not all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in found):
        dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in found)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found = {quad.triple for quad in dataset}
    return tuple(sorted(found, key=str))


def _serialized(result: Result, form: QueryResultsFormat) -> str:
    if isinstance(result, Graph):
        raise KgError("CONSTRUCT and DESCRIBE give a graph, not a table: choose ttl")
    if isinstance(result, bool):
        truth = f'{{"head":{{}},"boolean":{str(result).lower()}}}'
        answer = parse_query_results(truth, QueryResultsFormat.JSON)
    else:
        # TSV writes terms as SPARQL does, so it carries a table back to the library's own writers.
        lines = ["\t".join(f"?{column}" for column in result.columns)]
        lines += ["\t".join("" if cell is None else str(cell) for cell in row) for row in result.rows]
        answer = parse_query_results("\n".join(lines) + "\n", QueryResultsFormat.TSV)
    return (answer.serialize(format=form) or b"").decode("utf-8")


def _plain(cell: Term | None) -> str | int | None:
    if cell is None:
        return None
    if isinstance(cell, NamedNode):  # most are
        return cell.value
    if isinstance(cell, Literal):
        return int(cell.value) if cell.datatype == _INTEGER else cell.value
    return str(cell) if isinstance(cell, Triple) else cell.value


def _one_line(message: str) -> str:
    return " ".join(message.split())


def _explain(sparql: str, message: str) -> str:
    """The parser's message with its place and the words that stand there.

    The parser lists all that might have come next, down to single characters. Only a short list of
    symbols helps a reader: a keyword is one of many, whichever the parser happens to name.
    """
    if not sparql.strip():
        return "the query is empty"
    if not (found := re.fullmatch(_POSITION, message)):
        return f"the query is malformed: {_one_line(message)}"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    rest = _one_line("\n".join(sparql.split("\n")[line - 1 :])[column - 1 :])
    words = [
        word.strip(" ,") for word in re.sub(_CHARACTERS, "", expected).removeprefix("one of").split(", ")
    ]
    words = [word for word in words if word]
    symbols = all(word.startswith('"') for word in words)
    if "Prefix not found" in expected:
        why = "a prefix is used that is not declared"
    elif "variable that is unbound" in expected:
        why = "SELECT names a variable that is neither bound nor grouped by"
    elif not rest:
        why = "it ends too early"
    elif 0 < len(words) < 5 and symbols:
        why = f"expected {' or '.join(words)}"
    else:
        why = "this cannot stand here"
    near = f"at {rest[:30]}" if rest else "at the end"
    return f"the query is malformed, line {line}, column {column}, {near}: {why}"
