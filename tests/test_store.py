"""The embedded store: built whole or not at all, and asked by SPARQL."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse

import kg.paragraphs
import kg.store
from kg.model import KgError
from kg.paragraphs import HEAD, block, paragraph, runs
from kg.store import (
    PREFIXES,
    STORE,
    Graph,
    Table,
    as_csv,
    as_json,
    as_plain,
    as_turtle,
    build_store,
    open_store,
    query,
)

SMALL = Path(__file__).parent / "data" / "small.trig"

TRIG = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://example.org/policy-terms/ontology#> .
<http://x/g1> {
  <http://x/六稳> skos:prefLabel "六稳"@zh-Hans ; kg:firstYear 2020 ; kg:candidate false .
  <http://x/六保> skos:prefLabel "六保"@zh-Hans ; skos:definition "一,\\"二\\"\\n三\\t四\\\\"@zh-Hans .
}
<http://x/g2> { <http://x/六稳> skos:prefLabel "六稳"@zh-Hans . }
"""
LABELS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?s ?label WHERE { ?s skos:prefLabel ?label } ORDER BY ?s"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    build_store(TRIG.encode(), tmp_path / STORE)
    return open_store(tmp_path)


def labels(output: Path) -> set[object]:
    answer = query(open_store(output), LABELS)
    assert isinstance(answer, Table)
    return {row[1] for row in as_plain(answer)}


def failure(store: Store, sparql: str, **bindings: Literal | NamedNode) -> str:
    with pytest.raises(KgError) as caught:
        query(store, sparql, bindings)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# ------------------------------------------------------------------------------------- building


def test_store_is_built_from_a_file_and_from_bytes(tmp_path: Path) -> None:
    build_store(TRIG.encode(), tmp_path / "a" / STORE)
    (tmp_path / "graph.trig").write_text(TRIG, encoding="utf-8")
    build_store(tmp_path / "graph.trig", tmp_path / "b" / STORE)
    assert labels(tmp_path / "a") == labels(tmp_path / "b") == {"六稳", "六保"}


@pytest.mark.parametrize(("size", "jobs"), [(1, 1), (300, 2), (1_000, 3)])
def test_store_is_loaded_in_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, jobs: int
) -> None:
    told = [paragraph(f"<http://x/{i}>", [("kg:end", str(i)), ("a", "kg:Term")]) for i in range(20)]
    text = HEAD + block("<http://x/g1>", "".join(told)) + block("<http://x/g2>", "".join(told[:3]))
    (tmp_path / "graph.trig").write_text(text, encoding="utf-8")
    loaded = []
    monkeypatch.setattr(kg.store, "_RUN", size)
    monkeypatch.setattr(kg.paragraphs, "runs", lambda *given: loaded.extend(runs(*given)) or iter(loaded))
    build_store(tmp_path / "graph.trig", tmp_path / STORE, jobs)
    assert len(loaded) == {1: 23, 300: 4, 1_000: 2}[size]
    assert set(open_store(tmp_path)) == set(parse(text, RdfFormat.TRIG))


def test_store_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)
    (tmp_path / f"{STORE}.new").mkdir()  # from a build that was stopped
    build_store(TRIG.replace("六保", "三保").encode(), tmp_path / STORE)
    assert labels(tmp_path) == {"六稳", "三保"}
    assert [path.name for path in tmp_path.iterdir()] == [STORE]


@pytest.mark.parametrize(
    ("trig", "words"),
    [
        (b'<http://x/a> { <http://x/a> <http://x/b> "c }', "not valid TriG"),
        (b'<http://x/a> { <http://x/a> <http://x/b> "\xff" }', "not valid TriG"),
        (Path("no-such-file.trig"), "no-such-file.trig cannot be read"),
    ],
)
def test_store_failed_build_leaves_the_old_one(tmp_path: Path, trig: bytes | Path, words: str) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)
    with pytest.raises(KgError, match=words) as caught:
        build_store(trig, tmp_path / STORE)
    assert "\n" not in str(caught.value)
    assert labels(tmp_path) == {"六稳", "六保"}
    assert [path.name for path in tmp_path.iterdir()] == [STORE]


def test_store_interrupted_build_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)

    def stopped(trig: Path | bytes, folder: Path, jobs: int) -> None:
        folder.mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr(kg.store, "_load", stopped)
    with pytest.raises(KeyboardInterrupt):
        build_store(TRIG.encode(), tmp_path / STORE)
    assert labels(tmp_path) == {"六稳", "六保"}


def test_store_that_cannot_take_its_place_puts_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(KgError, match="cannot be written: in use"):
        build_store(TRIG.encode(), tmp_path / STORE)
    assert labels(tmp_path) == {"六稳", "六保"}


def test_store_killed_between_its_renames_is_found_and_put_back(tmp_path: Path) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)
    (tmp_path / STORE).rename(tmp_path / f"{STORE}.old")
    assert labels(tmp_path) == {"六稳", "六保"}
    with pytest.raises(KgError):
        build_store(b"?", tmp_path / STORE)
    assert [path.name for path in tmp_path.iterdir()] == [STORE]


# -------------------------------------------------------------------------------------- opening


def test_store_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        open_store(tmp_path / "output")
    assert str(caught.value) == (
        f"there is no build in {tmp_path / 'output'}: run `kg build --output {tmp_path / 'output'}` first"
    )
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("content", [None, "rubbish"])
def test_store_that_is_damaged_says_what_to_run(tmp_path: Path, content: str | None) -> None:
    build_store(TRIG.encode(), tmp_path / STORE)
    current = tmp_path / STORE / "CURRENT"
    current.unlink() if content is None else current.write_text(content)
    with pytest.raises(KgError, match="cannot be opened, run `kg build") as caught:
        open_store(tmp_path)
    assert "\n" not in str(caught.value)


def test_store_is_opened_read_only(store: Store) -> None:
    with pytest.raises(RuntimeError, match="read-write"):
        store.update("DELETE WHERE { ?s ?p ?o }")


# --------------------------------------------------------------------------------------- asking


def test_query_sees_the_union_of_the_named_graphs(store: Store) -> None:
    assert query(store, LABELS) == Table(
        ("s", "label"),
        (
            (NamedNode("http://x/六保"), Literal("六保", language="zh-Hans")),
            (NamedNode("http://x/六稳"), Literal("六稳", language="zh-Hans")),
        ),
    )


def test_query_binds_values_and_never_pastes_them(store: Store) -> None:
    one = query(store, LABELS, {"label": Literal("六稳", language="zh-Hans")})
    assert isinstance(one, Table)
    assert [row[0] for row in as_plain(one)] == ["http://x/六稳"]
    evil = query(store, LABELS, {"label": Literal('" } INSERT DATA { <a> <b> "', language="zh-Hans")})
    assert isinstance(evil, Table)
    assert evil.rows == ()


@pytest.mark.parametrize(
    "label", ["六稳", '" } UNION { ?s ?p ?label', "\\", "\n}", '六稳"@zh-Hans } # ', "\\u0022 }"]
)
@pytest.mark.parametrize("place", ["# VALUES ?label", ""])
def test_query_puts_a_value_where_the_query_wants_it(place: str, label: str) -> None:
    store = Store()
    value = Literal(label, language="zh-Hans")
    for subject, text in (("a", value), ("b", Literal("?", language="zh-Hans"))):
        store.add(kg.store.Quad(NamedNode(f"http://x/{subject}"), NamedNode("http://x/label"), text))
    sparql = f"SELECT ?s ?label {{\n  {place}\n  {{ ?s <http://x/label> ?label }}\n  {place}\n}}"
    assert query(store, sparql, {"label": value}) == Table(
        ("s", "label"), ((NamedNode("http://x/a"), value),)
    )


def test_query_with_a_place_for_a_value_that_is_not_given_answers_for_all(store: Store) -> None:
    answer = query(store, LABELS.replace("{ ?s", "{\n# VALUES ?label\n ?s"))
    assert answer == query(store, LABELS)


def test_query_with_a_place_needs_no_variable_in_select(store: Store) -> None:
    sparql = "SELECT (COUNT(*) AS ?n) {\n# VALUES ?year\n?s ?p ?year }"
    assert query(store, sparql, {"year": Literal(2020)}) == Table(("n",), ((Literal(1),),))


def test_query_answers_ask_and_construct(store: Store) -> None:
    assert query(store, "ASK { <http://x/六稳> ?p 2020 }") is True
    assert query(store, "ASK { <http://x/六稳> ?p 2021 }") is False
    graph = query(
        store, "CONSTRUCT { ?s <http://x/is> ?label } WHERE { ?s ?p ?label FILTER(LANG(?label) != '') }"
    )
    assert isinstance(graph, Graph)
    assert len(graph.triples) == 3  # without the repeat that the second graph holds


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("", "the query is empty"),
        (
            "SELECT * WHERE { ?s ?p",
            "the query is malformed, line 1, column 23, at the end: it ends too early",
        ),
        (
            "SELECT ?x\nWHERE { ?x foo:bar ?y }",
            "the query is malformed, line 2, column 19, at ?y }: a prefix is used that is not declared",
        ),
        ("SELECT ?x WHERE ?x ?y }", 'the query is malformed, line 1, column 17, at ?x ?y }: expected "{"'),
        (
            "SELECT (COUNT(*) AS ?n) ?x { ?x ?y ?z }",
            "the query is malformed, line 1, column 40, at the end: "
            "SELECT names a variable that is neither bound nor grouped by",
        ),
        ("SELECT ?x { ?x <http://x/a> ?y . } ORDER", "line 1, column 41, at the end: it ends too early"),
        ("ASK { ?a ?b ?c };\n DROP ALL", "line 2, column 6, at ALL: this cannot stand here"),
    ],
)
def test_query_malformed_says_where_and_why(store: Store, sparql: str, message: str) -> None:
    assert failure(store, sparql).endswith(message)


@pytest.mark.parametrize(
    "update",
    [
        'INSERT DATA { <http://x/a> <http://x/b> "c" }',
        "# a comment\nPREFIX s: <http://x/>\nBASE <http://y/>\ndelete where { ?a ?b ?c }",
        "PREFIX : <http://x/> CLEAR ALL",
        "LOAD <http://x/a>",
        "WITH <http://x/g1> DELETE { ?a ?b ?c } WHERE { ?a ?b ?c }",
        "DROP ALL",
        "CREATE GRAPH <http://x/g3>",
        "ADD <http://x/g1> TO <http://x/g2>",
        "MOVE <http://x/g1> TO <http://x/g2>",
        "COPY <http://x/g1> TO <http://x/g2>",
    ],
)
def test_query_refuses_updates(store: Store, update: str) -> None:
    assert "a build is read-only" in failure(store, update)


def test_query_with_a_word_of_an_update_in_it_is_answered(store: Store) -> None:
    assert query(store, "# INSERT DATA\nPREFIX clear: <http://x/> ASK { ?insert ?delete ?drop }") is True


def test_query_that_cannot_be_bound_or_answered_says_so(store: Store) -> None:
    assert "?label" in failure(store, "SELECT ?s { ?s ?p ?label }", label=Literal("六稳"))
    assert "cannot be answered" in failure(store, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


# ------------------------------------------------------------------------------------ formatting

ALL = """SELECT ?s ?value ?none WHERE {
  ?s ?p ?value FILTER(?p != <http://www.w3.org/2004/02/skos/core#prefLabel>) OPTIONAL { ?value ?p ?none }
} ORDER BY ?s ?p"""


def test_as_plain_gives_python_values(store: Store) -> None:
    table = query(store, ALL)
    assert isinstance(table, Table)
    assert as_plain(table) == (
        ("http://x/六保", '一,"二"\n三\t四\\', None),
        ("http://x/六稳", "false", None),
        ("http://x/六稳", 2020, None),
    )


def test_as_csv_and_as_json_are_what_the_engine_writes(store: Store) -> None:
    table = query(store, ALL)
    assert as_csv(table).startswith('s,value,none\r\nhttp://x/六保,"一,""二""\n三\t四\\",\r\n')
    assert list(csv.reader(io.StringIO(as_csv(table), newline="")))[1] == [
        "http://x/六保",
        '一,"二"\n三\t四\\',
        "",
    ]
    assert json.loads(as_json(table)) == {
        "head": {"vars": ["s", "value", "none"]},
        "results": {
            "bindings": [
                {
                    "s": {"type": "uri", "value": "http://x/六保"},
                    "value": {"type": "literal", "value": '一,"二"\n三\t四\\', "xml:lang": "zh-hans"},
                },
                {
                    "s": {"type": "uri", "value": "http://x/六稳"},
                    "value": {"type": "literal", "value": "false", "datatype": PREFIXES["xsd"] + "boolean"},
                },
                {
                    "s": {"type": "uri", "value": "http://x/六稳"},
                    "value": {"type": "literal", "value": "2020", "datatype": PREFIXES["xsd"] + "integer"},
                },
            ]
        },
    }


@pytest.mark.parametrize(
    ("sparql", "rows"),
    [
        ("SELECT ?a ?b { ?a <http://x/none> ?b }", []),
        ("SELECT ?a { {} UNION {} OPTIONAL { ?a <http://x/none> ?b } }", [{}, {}]),
        ("SELECT * {}", [{}]),
    ],
)
def test_as_json_of_empty_answers(store: Store, sparql: str, rows: list[object]) -> None:
    assert json.loads(as_json(query(store, sparql)))["results"]["bindings"] == rows


def test_as_json_of_ask(store: Store) -> None:
    assert json.loads(as_json(query(store, "ASK {}"))) == {"head": {}, "boolean": True}


def test_as_turtle_is_the_same_on_every_run() -> None:
    store = Store()
    store.bulk_load(TRIG.encode(), kg.store.RdfFormat.TRIG)
    sparql = "CONSTRUCT { ?s ?p ?o . [] <http://x/of> ?s } WHERE { ?s ?p ?o }"
    text = as_turtle(query(store, sparql))
    assert text.startswith(
        "@prefix kg: <https://example.org/policy-terms/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )
    assert {as_turtle(query(store, sparql)) for _ in range(20)} == {text}
    again = Store()
    again.bulk_load(text.encode(), kg.store.RdfFormat.TURTLE)
    # a blank node for each row of the WHERE: five triples, one of them in the second graph too
    assert sum(isinstance(quad.subject, BlankNode) for quad in again) == 6
    assert len(again) == 5 + 6


def test_formats_refuse_what_they_cannot_hold(store: Store) -> None:
    graph = query(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    for write in (as_csv, as_json):
        with pytest.raises(KgError, match="choose ttl"):
            write(graph)
    with pytest.raises(KgError, match="choose table, csv or json"):
        as_turtle(query(store, LABELS))
