"""Mentions in tables beside the graph: nothing is lost, and every command answers as it does on a graph with them."""

import doctest
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpora import small_corpus
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from typer.testing import CliRunner

import kg
from kg import parquet
from kg.cli.commands import app
from kg.extracts import Extract, basis, by_document, extract_apart
from kg.graph import build_graph, write_trig
from kg.kept import Kept
from kg.model import KgError
from kg.occurrences import quotations
from kg.parquet import Parts, Row, part, parts, read, runs, write_part
from kg.pipeline import build
from kg.quads import mention_quads
from kg.queries import ask, get_query, list_queries
from kg.store import MENTIONS, PREFIXES, mentions_beside, open_store, select
from kg.terms import Names
from kg.trig import named_graphs, write_files
from kg.views import mentions_in
from kg.vocab import DEFAULT_BASE, Iris

ROOT = Path(__file__).parent.parent
KG = PREFIXES["kg"]


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds that keeps its mentions in Parquet."""
    folder = tmp_path_factory.mktemp("apart") / "output"
    build(ROOT / "seeds", folder, mentions="parquet")
    return folder


#: Every command that reads a build, on what has mentions, homonyms, open mentions and digests.
COMMANDS = (
    "mentions -f json", "mentions -f csv", "mentions --term 两山 -f json", "mentions --term 六稳",
    "show 六稳 两山 三去一降一补", "show 1+N 三个一批 -f json", "timeline 六稳 两山 1+N -f json", "compare 2021 2024",
    "undefined -f json", "entries -f json", "relations -f json", "rank", "communities", "documents", "evaluate -f json",
    "travels -f json", "untranslated -f json", "check -f json",
    "export - --to terms", "export - --to terms --year 2024", "export - --to terms --document shanxi-2025-digest",
    "export - --to relations", "export - --to tbx", "export - --to md --term 六稳", "export - --to bib", "export - --to graphml",
)  # fmt: skip


def run(command: list[str], output: Path) -> tuple[int, str]:
    """What a command prints on a build, and how it ends."""
    result = CliRunner().invoke(app, [*command, "-o", str(output)])
    return result.exit_code, result.output.replace(str(output), "OUTPUT")


@pytest.mark.parametrize("command", COMMANDS)
def test_parquet_every_command_answers_as_on_a_graph_with_mentions(
    output: Path, apart: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)  # where the gold files are
    told = run(command.split(), apart)
    assert told[0] in (0, 1), told[1]  # 1 where a check found something; wrong arguments are 2
    assert told == run(command.split(), output)
    assert len(told[1]) > 2


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_parquet_named_queries_answer_as_on_a_graph_with_mentions_or_say_what_to_use(
    output: Path, apart: Path, query: kg.queries.Query
) -> None:
    if query.name in ("mentions", "co-mentions", "terms-in-section"):
        assert query.instead
        with pytest.raises(KgError, match=f"^the query {query.name} reads mentions, .* Parquet: use "):
            ask(open_store(apart), query.name, [], query.example)
        return
    assert not query.instead
    found = ask(open_store(output), query.name, [], query.example)
    answer = ask(open_store(apart), query.name, [], query.example)
    if query.name == "statements":  # of a thing, so also those that stand for mentions
        assert set(found.rows) < set(answer.rows)  # type: ignore[union-attr]
        return
    assert answer == found or sorted(map(str, answer.rows)) == sorted(map(str, found.rows))  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["graph.html", "report.md", "network.graphml"])
def test_parquet_what_a_build_shows_is_the_same(output: Path, apart: Path, name: str) -> None:
    assert (apart / name).read_bytes() == (output / name).read_bytes()


def test_parquet_the_glossary_has_the_numbers_that_stand_for_mentions_and_else_the_same(
    output: Path, apart: Path
) -> None:
    less, more = (set(parse(path=str(build / "glossary.ttl"))) for build in (output, apart))
    assert less < more
    assert {quad.predicate.value for quad in more - less} == {
        KG + "mentionCount", KG + "mentionedOutside", PREFIXES["dct"] + "isReferencedBy",
    }  # fmt: skip


@pytest.mark.parametrize("most", [400, 300])
def test_parquet_of_very_many_the_newest_are_quoted(output: Path, apart: Path, most: int) -> None:
    store = open_store(output)
    terms = [row["term"] for row in select(store, "SELECT ?term { ?term a kg:Term }")]
    few = quotations(store, terms, most)
    assert quotations(open_store(apart), terms, most) == few
    assert any(told.beyond for told in few.values())


def test_parquet_the_mentions_of_one_document_are_found_without_the_others(output: Path, apart: Path) -> None:
    for row in select(
        open_store(output), "SELECT ?g ?d { GRAPH ?g { ?doc kg:documentKind ?kind ; dct:identifier ?d } }"
    ):
        there, here = (
            [
                (found["mention"], found["term"], found["start"], found["kind"], found["senses"])
                for found in mentions_in(open_store(build), row["d"], row["g"])
            ]
            for build in (output, apart)
        )
        assert there == here != []


def test_parquet_rows_have_every_field_that_the_graph_has(output: Path, apart: Path) -> None:
    in_graph = select(open_store(output), _FIELDS)
    covers: dict[str, list[int]] = {}
    for row in select(open_store(output), _COVERS):
        covers.setdefault(row["section"], []).append(row["year"])
    told = {row["mention"]: row for row in read(apart / MENTIONS)}
    assert len(in_graph) == len(told) > 400
    for row in in_graph:
        row["covers"] = covers.get(row["section"], [])
        assert told[row["mention"]] == row
    assert {len(row) for row in told.values()} == {len(Row._fields)}


_FIELDS = """
SELECT DISTINCT ?mention ?document ?title ?document_kind ?year ?start ?end ?exact ?prefix ?suffix ?term ?label ?kind ?rule
       ?context ?section ?section_title ?decided_by WHERE {
  ?mention a kg:Mention ; oa:hasBody ?term ; kg:kind ?kind ; kg:rule ?rule ; kg:context ?context ; oa:hasTarget ?target .
  ?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))
  ?target oa:hasSource ?source ; oa:hasSelector ?quote , ?position .
  ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  ?position oa:start ?start ; oa:end ?end .
  ?source dct:identifier ?document ; kg:documentKind ?document_kind .
  OPTIONAL { ?source dct:title ?title } OPTIONAL { ?source kg:reportYear/kg:year ?year }
  OPTIONAL { ?mention kg:inSection ?section . ?section dct:title ?section_title }
  OPTIONAL { ?mention kg:decidedBy ?decided_by }
}"""
_COVERS = "SELECT DISTINCT ?section ?year WHERE { ?section kg:coversYear/kg:year ?year } ORDER BY ?year"


def test_parquet_and_graph_together_are_the_graph_with_mentions(output: Path, apart: Path) -> None:
    """Not a statement is lost; the graph without mentions says its own size, and the numbers that stand for them."""
    whole, rest = set(_loaded(output)), set(_loaded(apart))
    mentions = set(mention_quads(open_store(apart)))
    assert mentions and not mentions & rest
    size = NamedNode(PREFIXES["void"] + "triples")
    lost = {quad for quad in whole - rest - mentions if quad.predicate != size}
    more = {quad for quad in (rest | mentions) - whole if quad.predicate != size}
    assert not lost
    about = NamedNode(f"{DEFAULT_BASE}mentions")
    assert {q.predicate.value.rpartition("/")[2] for q in more if q.subject != about} == {
        "ontology#mentionCount",
        "ontology#mentionedOutside",
        "isReferencedBy",
        "dcat#distribution",
    }


def test_parquet_the_graph_has_open_mentions_and_no_others(output: Path, apart: Path) -> None:
    asked = "SELECT DISTINCT ?mention WHERE { ?mention a kg:%s }"
    store = open_store(apart)
    assert mentions_beside(store) == apart / MENTIONS
    assert mentions_beside(open_store(output)) is None
    assert not select(store, asked % "Mention")
    still = {row["mention"] for row in select(store, asked % "OpenMention")}
    assert still == {row["mention"] for row in select(open_store(output), asked % "OpenMention")} != set()
    targets = select(store, "SELECT DISTINCT ?target WHERE { ?target a oa:SpecificResource }")
    assert len(targets) == len(still)


def _loaded(output: Path) -> Store:
    store = Store()
    store.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    return store


# --- files


def test_parquet_the_same_mentions_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_files(
            small_corpus(),
            tmp_path / name / "graph.trig",
            tmp_path / name / "glossary.ttl",
            Iris(),
            tmp_path / name / MENTIONS,
        )
    one, two = (parts(tmp_path / name / MENTIONS) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.name for path in one] == [path.name for path in two] != []


def test_parquet_a_document_more_changes_one_run(tmp_path: Path) -> None:
    names = [f"省-{i:04d}" for i in range(3000)]
    before = [tuple(run) for run in runs(names)]
    assert [name for run in before for name in run] == names
    assert 30 < len(before) < 70
    for i in range(0, 3000, 61):
        after = [tuple(run) for run in runs([*names, f"省-{i:04d}a"])]
        assert len(set(before) - set(after)) <= 1
        assert len(set(after) - set(before)) in (1, 2)  # the run with it, or the two that it makes of one
    assert len(list(runs(reversed(names)))) == len(before)


def rows(*documents: str, each: int = 3) -> Iterator[Row]:
    for document in documents:
        for i in range(each):
            yield Row(
                f"m/{document}/{i}", document, None, "report", None, i, i + 2, "六稳", "“", "”", f"t/{i}",
                "六稳", "core", "quoted", "body", None, None, (), None,
            )  # fmt: skip


def test_parquet_rows_come_back_as_they_were_also_beyond_one_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP", 4)
    for names in (["a", "b", "c"], ["d"]):
        write_part(part(tmp_path, names), rows(*names))
    wanted = [row._asdict() | {"covers": []} for row in rows("a", "b", "c", "d")]
    assert list(read(tmp_path)) == wanted
    assert list(read(tmp_path, ["t/1"])) == [row for row in wanted if row["term"] == "t/1"]
    assert list(read(tmp_path, [])) == []
    assert list(read(tmp_path, ["t/2"], ("mention", "end"))) == [
        {"mention": f"m/{name}/2", "end": 4} for name in "abcd"
    ]


def test_parquet_parts_are_the_same_in_whatever_order_documents_come(tmp_path: Path) -> None:
    names = [f"省-{i:04d}" for i in range(300)]
    for folder, order in (("one", names), ("two", names[::-1])):
        tables = Parts(tmp_path / folder, order)
        for name in order:
            tables.add(name, tuple(rows(name)))
    one, two = (parts(tmp_path / folder) for folder in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.stem for path in one] == [run[0] for run in runs(names)]
    for name in names[::37]:
        told = read(tmp_path / "two", ["t/0", "t/2"], ("mention", "end"), name)
        assert list(told) == [{"mention": f"m/{name}/{i}", "end": i + 2} for i in (0, 2)]
    assert (
        list(read(tmp_path / "two", document="省-0037a")) == list(read(tmp_path / "two", document="a")) == []
    )


def test_parquet_a_part_without_mentions_can_be_read(tmp_path: Path) -> None:
    write_part(part(tmp_path, ["a"]), ())
    assert list(read(tmp_path)) == list(read(tmp_path, ["t/1"])) == []


def test_parquet_a_damaged_part_is_told_in_one_line(tmp_path: Path) -> None:
    write_part(part(tmp_path, ["a"]), rows("a"))
    (path,) = parts(tmp_path)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(KgError, match=r"a\.parquet cannot be read, build again: ") as error:
        list(read(tmp_path))
    assert "\n" not in str(error.value)


# --- builds

REPORT = "政府工作报告\n——2021年1月20日在某省第十三届人民代表大会第四次会议上\n扎实做好“六稳”工作，落实“六保”任务。做好“六稳”。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    (place / "a.txt").write_text(REPORT, encoding="utf-8")
    return place


def test_parquet_a_build_can_go_from_one_to_the_other(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    told = {}
    for form in ("rdf", "parquet", "parquet", "rdf"):
        build(folder, output, mentions=form)
        assert (output / MENTIONS).is_dir() == (form == "parquet")
        assert told.setdefault("said", kg.open(output).mentions()) == kg.open(output).mentions() != []
        assert not [path for path in output.iterdir() if path.name.startswith(".")]


def test_parquet_rows_are_kept_for_the_next_build_as_long_as_the_labels_are_the_same(tmp_path: Path) -> None:
    corpus, iris = small_corpus(), Iris()
    documents = [(records,) for records in by_document(corpus, iris)]

    def rows_with(names: Names, function: Callable[..., Extract]) -> list[Extract]:
        def extract_apart(*told: Any) -> Extract:
            return function(*told)

        kept = Kept(None, tmp_path)
        return kept.map(extract_apart, documents, names, iris, basis=lambda row: basis(row[0], names))

    def never(*_: object) -> Extract:
        raise AssertionError("it was kept")

    first = rows_with(Names(corpus.concepts), extract_apart)
    assert rows_with(Names(corpus.concepts), never) == first
    list(named_graphs(corpus, iris, False, Kept(None, tmp_path)))
    renamed = replace(corpus, concepts=tuple(replace(each, qualifier="另") for each in corpus.concepts))
    blocks = named_graphs(renamed, iris, False, Kept(None, tmp_path))
    labels = {row.label for block in blocks for row in block.rows}
    assert labels and all(label.endswith("（另）") for label in labels)


def test_parquet_what_an_earlier_build_kept_gives_the_same_bytes_also_where_a_label_is_another(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "b.txt").write_text(
        REPORT + "守护“两山”。\n知识小贴士\n“两山”：太行山、吕梁山。\n", encoding="utf-8"
    )
    output = tmp_path / "output"
    build(folder, output, mentions="parquet")
    assert build(folder, output, mentions="parquet").unchanged == 2
    before = {row["label"] for row in read(output / MENTIONS)}
    (folder / "c.txt").write_text(REPORT + "知识小贴士\n“两山”：绿水青山、金山银山。\n", encoding="utf-8")
    build(folder, output, mentions="parquet")
    build(folder, tmp_path / "fresh", mentions="parquet", fresh=True)
    (one,), (two,) = parts(output / MENTIONS), parts(tmp_path / "fresh" / MENTIONS)
    assert one.read_bytes() == two.read_bytes()
    after = {row["label"] for row in read(output / MENTIONS)}
    assert "两山" in before - after


def test_parquet_missing_tables_are_not_taken_for_none(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    build(folder, output, mentions="parquet")
    (output / MENTIONS).rename(tmp_path / "elsewhere")
    with pytest.raises(
        KgError, match="mentions is missing, where this build keeps its mentions: build again"
    ):
        kg.open(output).mentions()


def test_parquet_without_pyarrow_nothing_is_built_and_the_line_is_given(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(KgError, match=r"need pyarrow, .*: pip install 'policy-terms\[parquet\]'"):
        build(folder, tmp_path / "output", mentions="parquet")
    assert not (tmp_path / "output").exists()
    build(folder, tmp_path / "output")  # who keeps them as RDF needs none


def test_parquet_no_other_form_is_known(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="as rdf or as parquet, and not as 'csv'"):
        build(folder, tmp_path / "output", mentions="csv")


def test_parquet_a_query_for_mentions_is_noted(output: Path, apart: Path) -> None:
    runner, asked = CliRunner(), ["query", "SELECT ?m { ?m oa:hasBody ?t }", "-o"]
    noted = runner.invoke(app, [*asked, str(apart)])
    assert noted.stderr.startswith("note: this build has its mentions in Parquet")
    assert "note" not in runner.invoke(app, [*asked, str(output)]).stderr
    other = runner.invoke(app, ["query", "SELECT ?t { ?t a kg:Term } LIMIT 1", "-o", str(apart)])
    assert (other.exit_code, other.stderr) == (0, "")


def test_parquet_documents_with_neither_mentions_nor_definitions_are_listed(tmp_path: Path) -> None:
    for number, with_mentions in enumerate((True, False)):
        path = tmp_path / f"{number}.trig"
        write_trig(build_graph(small_corpus(), with_mentions=with_mentions), path)
        store = Store()
        store.bulk_load(path=str(path), format=RdfFormat.TRIG)
        listed = [(row["document"], row["mentions"]) for row in select(store, get_query("documents").text)]
        assert [name for name, _ in listed] == sorted(
            (doc.id for doc in small_corpus().documents), key=[name for name, _ in listed].index
        )
        assert len(listed) == len(small_corpus().documents)


def test_parquet_page_is_true(apart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/parquet.md, beside a build of the seeds."""
    (tmp_path / "output").symlink_to(apart)
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(ROOT / "docs" / "parquet.md"), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 7) == (0, True)


def test_parquet_page_has_every_column() -> None:
    page = (ROOT / "docs" / "parquet.md").read_text(encoding="utf-8")
    table = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name.strip(" `") for cell in table for name in cell.split(",")]
    assert named == list(Row._fields)
