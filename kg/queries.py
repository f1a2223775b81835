"""The named queries: SPARQL files that say what they answer and which parameters they take.

A file begins with `# title:`, `# title-zh:` and a line `# param: name type example` for each
parameter; its name is the query's name. A query that reads mentions says in `# without-mentions:` what
answers where a build keeps them beside its graph. A parameter is a variable of the query; the comment
`# VALUES ?name` marks where `kg.store.query` gives it its value. Any other endpoint takes the file
as it stands: make a clause of the comment, or leave it and get the answer for all values at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import KgError
from kg.lookup import require_terms
from kg.resources import resource
from kg.store import Result, Table, mentions_beside, query


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query: `type` is term (a label), year, integer, string or iri."""

    name: str
    type: str
    example: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: what it answers, in a line, what it asks for, and its SPARQL."""

    name: str
    title: str
    title_zh: str
    params: tuple[Param, ...]
    text: str
    instead: str = ""  #: what answers where the graph has no mentions; empty where the query needs none

    @property
    def example(self) -> dict[str, str]:
        """Parameters that the query can be tried with."""
        return {param.name: param.example for param in self.params}


def list_queries() -> tuple[Query, ...]:
    """Every named query, by name."""
    return tuple(_read(path) for path in sorted(resource(_FOLDER).glob("*.rq"), key=lambda path: path.name))


@cache
def get_query(name: str) -> Query:
    """The query called `name`; `KgError` with the names most like it where there is none."""
    folder = resource(_FOLDER)
    if re.fullmatch("[a-z-]+", name) and (folder / f"{name}.rq").is_file():
        return _read(folder / f"{name}.rq")
    names = sorted(path.stem for path in folder.glob("*.rq"))
    near = (
        get_close_matches(name, names, n=3, cutoff=0.5) or [key for key in names if name and name in key][:3]
    )
    hint = f"did you mean {' or '.join(near)}?" if near else "`kg query --list` lists them all"
    raise KgError(f"there is no query {name!r}: {hint}")


def bind(query: Query, values: Mapping[str, str | int]) -> dict[str, Literal | NamedNode]:
    """The variables of `query`, each with its value from `values` as an RDF term.

    Raises `KgError` where a parameter is missing, unknown or not of its type; the message names
    the parameter with its type and an example.

    >>> bind(get_query("new-terms"), {"year": "2024"})
    {'year': <Literal value=2024 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>}
    """
    known = {param.name: param for param in query.params}
    for name in values:
        if name not in known:
            takes = " and ".join(_describe(param) for param in query.params) or "no parameter"
            raise KgError(f"the query {query.name} has no parameter {name!r}: it takes {takes}")
    bindings: dict[str, Literal | NamedNode] = {}
    for name, param in known.items():
        if name not in values:
            raise KgError(f"the query {query.name} needs the parameter {_describe(param)}")
        text = str(values[name]).strip()
        try:
            bindings[name] = _TYPES[param.type](text)
        except ValueError as error:
            raise KgError(f"{text!r} will not do for the parameter {_describe(param)}: {error}") from error
    return bindings


def ask(store: Store, name: str, values: Sequence[str | int], named: Mapping[str, str | int]) -> Result:
    """The answer to a named query, its parameters given in their order or by name.

    Raises `KgError` as `bind` and `query` do, where the query reads mentions that are not in the graph, and where
    nothing is found because a term that was asked about is not there.
    """
    known = get_query(name)
    given = dict(named)
    rest = (param.name for param in known.params if param.name not in given)
    for value in values:
        given[next(rest, str(value))] = value
    bindings = bind(known, given)
    if known.instead and mentions_beside(store):
        raise KgError(
            f"the query {name} reads mentions, and this build has them in Parquet: use {known.instead}"
        )
    result = query(store, known.text, bindings)
    if isinstance(result, Table) and not result.rows:
        for param in known.params:
            if param.type == "term":
                require_terms(store, bindings[param.name].value)
    return result


_FOLDER = "ontology/queries"
_HEADER = re.compile(r"# *([a-z-]+) *: *(.+)")


def read_header(text: str) -> dict[str, list[str]]:
    """What the lines `# name: value` of a SPARQL file say, by name.

    >>> read_header("# title: Terms\\n# param: term term 六稳\\nSELECT * {}")
    {'title': ['Terms'], 'param': ['term term 六稳']}
    """
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if found := _HEADER.match(line):
            header.setdefault(found[1], []).append(found[2].strip())
    return header


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    header = read_header(text)
    params = []
    for line in header.get("param", []):
        match line.split(maxsplit=2):
            case [name, kind, example] if kind in _TYPES:
                params.append(Param(name, kind, example))
            case _:
                raise KgError(
                    f"{path}: `# param: {line}` is not `name type example`, a type being one of {_KINDS}"
                )
    if len(header.get("title", [])) != 1:
        raise KgError(f"{path} needs one line `# title: …` that says what the query answers")
    title_zh, instead = ("".join(header.get(name, [])) for name in ("title-zh", "without-mentions"))
    return Query(path.stem, header["title"][0], title_zh, tuple(params), text, instead)


def names_mentions(sparql: str) -> bool:
    """Whether SPARQL names what only mentions have: `oa:`, `kg:Mention`, `kg:kind`.

    >>> names_mentions("SELECT * { ?m oa:hasBody ?t }"), names_mentions("SELECT * { ?c kg:ofKind 'core' }")
    (True, False)
    """
    return _OF_MENTIONS.search(sparql) is not None


_OF_MENTIONS = re.compile(
    r"(?<![\w-]) (?: oa: | kg:(?:Mention|kind|decidedBy)\b ) | ns/oa\# | ontology\#(?:Mention|kind|decidedBy)>",
    re.VERBOSE,
)


def _describe(param: Param) -> str:
    return f"{param.name} ({param.type}, such as {param.example})"


def _term(text: str) -> Literal:
    """A label, without the quotation marks that the texts put around it."""
    label = text
    for opening, closing in ("“”", '""', "‘’", "「」"):
        if len(label) > 1 and label.startswith(opening) and label.endswith(closing):
            label = label[1:-1]
    if not label:
        raise ValueError("it is empty")
    return Literal(label, language="zh-Hans")


def _year(text: str) -> Literal:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise ValueError("a year has four digits")
    return Literal(int(text))


def _integer(text: str) -> Literal:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise ValueError("it is not a whole number")
    return Literal(int(text))


def _string(text: str) -> Literal:
    if not text:
        raise ValueError("it is empty")
    return Literal(text)


def _iri(text: str) -> NamedNode:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise ValueError("it is not an absolute IRI")
    return NamedNode(text)


_TYPES: dict[str, Callable[[str], Literal | NamedNode]] = {
    "term": _term,
    "year": _year,
    "integer": _integer,
    "string": _string,
    "iri": _iri,
}
_KINDS = ", ".join(_TYPES)
