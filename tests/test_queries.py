"""The named queries: each on a small graph, with its rows, by two engines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg import queries
from kg.model import KgError
from kg.queries import Param, Query, bind, get_query, list_queries
from kg.resources import resource
from kg.store import PREFIXES, Graph, Table, as_plain, query

SMALL = Path(__file__).parent / "data" / "small.trig"
TERM = "https://example.org/policy-terms/term/"
SKOS = PREFIXES["skos"]
PARTS_OF_3_1_1 = ("去产能", "去库存", "去杠杆", "降成本", "补短板")
BODY, BOX = "一、2020年工作回顾 › 稳住经济", "“十三五”时期发展成就"
LONG = "“去产能”：化解产能过剩。“去库存”：消化库存。“去杠杆”。“降成本”。“补短板”。"
POLICY = "2018年7月，省委印发，分引才、用才"
REPORT_21, REPORT_24 = "2021年政府工作报告", "2024年政府工作报告"
RIVERS = "“两山”，即太行山、吕梁山；“七河”；“一流域”"
RANGES = "两山（太行山、吕梁山）"
GREEN = "两山（绿水青山就是金山银山）"

#: The query's name, its parameters (None: those of its example), and every row it gives.
ROWS: list[tuple[str, dict[str, str] | None, list[tuple[str | int | None, ...]] | bool]] = [
    (
        "components",
        None,
        [
            ("三去一降一补", "三去一降一补", 2021, "r2021", 1, "三去", "去产能", "化解产能过剩"),
            ("三去一降一补", "三去一降一补", 2021, "r2021", 2, "三去", "去库存", "消化库存"),
            ("三去一降一补", "三去一降一补", 2021, "r2021", 3, "三去", "去杠杆", None),
            ("三去一降一补", "三去一降一补", 2021, "r2021", 4, "一降", "降成本", None),
            ("三去一降一补", "三去一降一补", 2021, "r2021", 5, "一补", "补短板", None),
        ],
    ),
    (  # by another spelling
        "components",
        {"term": "人才新政 12 条"},
        [
            ("人才新政 12 条", "人才新政12条", 2021, "r2021", 1, None, "引才", None),
            ("人才新政 12 条", "人才新政12条", 2021, "r2021", 2, None, "用才", None),
        ],
    ),
    ("components", {"term": "六保"}, []),
    (
        "part-of",
        None,
        [
            ("去产能", "去产能", "三去一降一补", LONG),
            ("去产能", "去产能", "两去", "去产能、去杠杆"),
        ],
    ),
    ("part-of", {"term": "两山"}, [("两山", RANGES, "两山七河一流域", RIVERS)]),
    (
        "definitions",
        None,
        [("六稳", "六稳", 2021, "r2021", REPORT_21, "editor", "六稳", "稳就业、稳金融", "6", None, None)],
    ),
    (  # by another name; two definitions, the older first
        "definitions",
        {"term": "区域全面经济伙伴关系协定"},
        [
            (
                *("区域全面经济伙伴关系协定", "RCEP", 2021, "r2021", REPORT_21, "editor", "RCEP"),
                *("2020年11月15日签署的区域全面经济伙伴关系协定", None, None, None),
            ),
            (
                *("区域全面经济伙伴关系协定", "RCEP", 2024, "r2024", REPORT_24, "government", "RCEP"),
                *("区域全面经济伙伴关系协定的简称", None, None, None),
            ),
        ],
    ),
    (
        "definitions",
        {"term": "人才新政12条"},
        [
            (
                *("人才新政12条", "人才新政12条", 2021, "r2021", REPORT_21, "editor", "人才新政12条"),
                *(POLICY, "12", 12, "false"),
            )
        ],
    ),
    ("several-definitions", None, [("RCEP", 2, 2, 2)]),
    (
        "dated-definitions",
        None,
        [
            ("2018-07", "人才新政12条", "r2021", POLICY),
            ("2020-11-15", "RCEP", "r2021", "2020年11月15日签署的区域全面经济伙伴关系协定"),
        ],
    ),
    ("disagreeing-numerals", None, [("人才新政12条", "12", 12, 2, "r2021", POLICY)]),
    ("never-defined", None, [("六保", 2, 1, 2021, 2021), (GREEN, 1, 1, 2024, 2024)]),
    # 六稳 stands in the body, 人才新政12条 in another box; 两去 only as the headword of its definition
    ("defined-never-mentioned", None, [("RCEP", "r2021", 1), ("RCEP", "r2024", 1), ("两去", "r2024", 1)]),
    (
        "terms-by-year",
        None,
        [
            (2021, "六保", 2, 0),
            (2021, "三去一降一补", 1, 0),
            (2021, "六稳", 1, 1),  # once, though two graphs give its label
            (2021, "RCEP", 0, 1),
            (2021, "人才新政12条", 0, 1),
            (2024, "两去", 1, 0),
            (2024, "两山七河一流域", 1, 0),
            (2024, GREEN, 1, 0),
            (2024, "RCEP", 0, 1),
            (2025, "六稳", 0, 0),  # only in a digest: present, not counted
        ],
    ),
    (
        "first-and-last-year",
        None,
        [
            ("RCEP", 2021, 2024, 2),
            ("三去一降一补", 2021, 2021, 1),
            ("人才新政12条", 2021, 2021, 1),
            ("六保", 2021, 2021, 1),
            ("六稳", 2021, 2025, 2),
            ("两去", 2024, 2024, 1),
            ("两山七河一流域", 2024, 2024, 1),
            (GREEN, 2024, 2024, 1),
        ],
    ),
    (
        "new-terms",
        None,
        [(2024, "两去", "去产能、去杠杆"), (2024, "两山七河一流域", RIVERS), (2024, GREEN, None)],
    ),
    ("new-terms", {"year": "2025"}, []),
    ("lasting-terms", None, [(2, "RCEP", 2, 2021, 2024), (2, "六稳", 2, 2021, 2025)]),
    ("lasting-terms", {"least": "3"}, []),
    (
        "counts-by-year",
        None,
        [("六稳", "六稳", 2021, "body", 1, "0.5", 1), ("六稳", "六稳", 2021, "box", 1, "0.5", 1)],
    ),
    (  # what is listed without the name does not count
        "counts-by-year",
        {"term": "三去一降一补"},
        [("三去一降一补", "三去一降一补", 2021, "body", 1, "0.5", 1)],
    ),
    ("shared-components", None, [("去产能", "三去一降一补", "两去"), ("去杠杆", "三去一降一补", "两去")]),
    ("nested-slogans", None, [("两山七河一流域", RANGES, 2)]),
    (
        "co-mentions",
        None,
        [
            ("六稳", "六稳", "RCEP", 1, 1),
            ("六稳", "六稳", "三去一降一补", 1, 1),
            ("六稳", "六稳", "人才新政12条", 1, 1),
            ("六稳", "六稳", "六保", 1, 1),
        ],
    ),
    (
        "co-mentions",
        {"term": "两去"},
        [("两去", "两去", "两山七河一流域", 1, 1), ("两去", "两去", GREEN, 1, 1)],
    ),
    (
        "path",
        None,
        [
            ("去产能", "去库存", 2, "三去一降一补", None, None),
            ("去产能", "去库存", 4, "两去", "去杠杆", "三去一降一补"),
        ],
    ),
    (
        "path",
        {"from": "去产能", "to": "三去一降一补"},
        [
            ("去产能", "三去一降一补", 1, None, None, None),
            ("去产能", "三去一降一补", 3, "两去", "去杠杆", None),
        ],
    ),
    ("path", {"from": "降成本", "to": "降成本"}, []),
    ("path", {"from": "降成本", "to": "引才"}, []),
    ("connected", None, True),
    ("connected", {"from": "吕梁山", "to": "两山七河一流域"}, True),
    ("connected", {"from": "吕梁山", "to": "引才"}, False),
    (
        "variants",
        None,
        [
            ("RCEP", "区域全面经济伙伴关系协定", "name"),
            ("RCEP", "ＲＣＥＰ", "spelling"),
            (RANGES, "两山", "name"),
            (GREEN, "两山", "name"),
            ("人才新政12条", "人才新政 12 条", "spelling"),
        ],
    ),
    (
        "mentions",
        None,
        [
            ("六稳", "六稳", "d2025", "body", None, None, None, "做好", "六稳", "工作", 30),
            ("六稳", "六稳", "r2021", "box", BOX, 2016, 2020, "", "六稳", "：稳就业、稳金融", 410),
            (
                *("六稳", "六稳", "r2021", "body", BODY, 2020, 2020),
                *("扎实做好“", "六稳", "”工作，落实“六保”任务。", 1010),
            ),
        ],
    ),
    (
        "mentions",
        {"term": "两山"},
        [("两山", GREEN, "r2024", "body", "2024年工作安排", 2024, 2024, "践行“", "两山", "”理念", 100)],
    ),
    (
        "documents",
        None,
        [
            ("r2021", REPORT_21, 2021, "annotated", 4, 7),
            ("r2024", REPORT_24, 2024, "report", 3, 4),
            ("d2025", None, 2025, "abridgement", 0, 1),
        ],
    ),
    (
        "terms-in-section",
        None,
        [
            ("工作回顾", "r2021", BODY, "RCEP", 1),
            ("工作回顾", "r2021", BODY, "六保", 1),
            ("工作回顾", "r2021", BODY, "六稳", 1),
        ],
    ),
    (
        "statements",
        {"thing": TERM + "引才"},
        [
            (TERM + "引才", property, value, "https://example.org/policy-terms/graph/vocabulary")
            for property, value in [
                (PREFIXES["isothes"] + "broaderPartitive", TERM + "人才新政12条"),
                (PREFIXES["rdf"] + "type", SKOS + "Concept"),
                (PREFIXES["rdf"] + "type", PREFIXES["kg"] + "Term"),
                (SKOS + "broader", TERM + "人才新政12条"),
                (SKOS + "inScheme", "https://example.org/policy-terms/scheme"),
                (SKOS + "prefLabel", "引才"),
            ]
        ],
    ),
    (
        "states",
        None,
        [
            ("三去一降一补", "三去一降一补", 2021, "named-with-parts", 1),
            ("三去一降一补", "三去一降一补", 2024, "listed", 1),
        ],
    ),
    ("states", {"term": "六保"}, []),
    (
        "relations",
        None,
        [
            ("三去一降一补", "successor", "三去一降一补", "两去", "0.8", "r2021", 250, "三去一降一补"),
            ("三去一降一补", "successor", "三去一降一补", "两去", "0.8", "r2024", 4991, "两去"),
        ],
    ),
    (  # from the other end
        "relations",
        {"term": "六稳"},
        [("六稳", "co-mentioned", "六保", "六稳", "0.9", "r2021", 1010, "六稳”工作，落实“六保")],
    ),
    (
        "rewordings",
        None,
        [
            (
                2024,
                "r2021",
                "r2024",
                1,
                "replaced",
                "做好“六稳”工作",
                "做好“六稳”工作",
                "落实“六稳”工作",
                1,
                "做好“六稳”工作。",
                "落实“六稳”工作。",
            ),
            (2024, "r2021", "r2024", 2, "target", "经济增长", None, "5%左右", None, None, "增长5%左右。"),
        ],
    ),
    ("rewordings", {"year": "2021"}, []),
    (
        "open-mentions",
        None,
        [("d2025", 70, "继续", "去", "，不松劲", term) for term in ("三去一降一补", "两去")],
    ),
    ("subjects", None, [("民生", "六稳", "true"), ("民生", "六保", "false")]),
    ("subjects", {"subject": "外交"}, []),
    (
        "ties",
        None,
        [
            ("六稳", "六稳", "section", "六保", 2, "0.5", "0.8", "true"),
            ("六稳", "六稳", "sentence", "六保", 2, "0.25", "0.9", "true"),
        ],
    ),
    (  # from both ends
        "ties",
        {"term": "六保"},
        [
            ("六保", "六保", "section", "六稳", 2, "0.5", "0.8", "true"),
            ("六保", "六保", "sentence", "六稳", 2, "0.25", "0.9", "true"),
            ("六保", "六保", "sentence", "RCEP", 1, "0.25", "0.5", "true"),
        ],
    ),
    ("bridges", None, [("六保", "六稳", 2, "0.25", "0.9"), ("RCEP", "六保", 1, "0.25", "0.5")]),
    (
        "standings",
        None,
        [
            ("sentence", "六保", "0.486486", "0.5", 2, "2.5", 1),
            ("sentence", "六稳", "0.33946", "0.1", 1, "1.75", 1),
            ("sentence", "RCEP", "0.174054", "0.1", 1, "0.75", 1),
        ],
    ),
    (
        "communities",
        None,
        [("六保 · 六稳 · 保民生", 4, label) for label in ("保民生", "保运转", "六保", "六稳")],
    ),
    ("listings", None, [("六保", "r2021", 1, None, "保民生"), ("六保", "r2021", 2, None, "保运转")]),
    (  # triples
        "term-as-skos",
        {"term": "三去一降一补"},
        sorted(
            [
                (TERM + "三去一降一补", PREFIXES["rdf"] + "type", SKOS + "Concept"),
                (TERM + "三去一降一补", SKOS + "prefLabel", "三去一降一补"),
                (TERM + "三去一降一补", SKOS + "definition", LONG),
                *((TERM + "三去一降一补", SKOS + "narrower", TERM + part) for part in PARTS_OF_3_1_1),
                *((TERM + part, PREFIXES["rdf"] + "type", SKOS + "Concept") for part in PARTS_OF_3_1_1),
                *((TERM + part, SKOS + "prefLabel", part) for part in PARTS_OF_3_1_1),
                *((TERM + part, SKOS + "broader", TERM + "三去一降一补") for part in PARTS_OF_3_1_1),
            ]
        ),
    ),
]


@pytest.fixture(scope="module")
def dataset() -> Any:
    from rdflib import Dataset

    return Dataset(default_union=True).parse(SMALL, format="trig")


def ask(store: Store, named: Query, values: dict[str, str]) -> object:
    answer = query(store, named.text, bind(named, values))
    if isinstance(answer, Graph):
        return sorted((t.subject.value, t.predicate.value, t.object.value) for t in answer.triples)  # type: ignore[union-attr]
    return list(as_plain(answer)) if isinstance(answer, Table) else answer


@pytest.mark.parametrize(("name", "values", "rows"), ROWS)
def test_query_gives_its_rows(store: Store, name: str, values: dict[str, str] | None, rows: object) -> None:
    named = get_query(name)
    assert ask(store, named, named.example if values is None else values) == rows


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("name", "values", "rows"), ROWS)
def test_query_gives_the_same_rows_in_rdflib(
    dataset: Any, name: str, values: dict[str, str] | None, rows: object
) -> None:
    import rdflib

    def term(value: Literal | NamedNode) -> rdflib.term.Identifier:
        if isinstance(value, NamedNode):
            return rdflib.URIRef(value.value)
        datatype = None if value.language or value.value.isascii() is False else value.datatype.value
        return rdflib.Literal(
            value.value, lang=value.language, datatype=None if datatype is None else rdflib.URIRef(datatype)
        )

    def plain(cell: object) -> str | int | None:
        if isinstance(cell, rdflib.Literal) and cell.datatype == rdflib.XSD.integer:
            return int(cell)
        return None if cell is None else str(cell)

    named = get_query(name)
    bindings = bind(named, named.example if values is None else values)
    answer = dataset.query(named.text, initBindings={key: term(value) for key, value in bindings.items()})
    found: object = answer.askAnswer
    if answer.type != "ASK":
        found = [tuple(map(plain, row)) for row in answer]
        found = found if answer.type == "SELECT" else sorted(found)
    assert found == rows


@pytest.mark.filterwarnings("ignore")
def test_small_graph_keeps_the_contract_of_the_vocabulary(dataset: Any) -> None:
    from kg.shapes import validate

    assert validate(dataset) == ()


def test_queries_without_a_row_in_the_table_there_are_none() -> None:
    assert {name for name, _, _ in ROWS} == {named.name for named in list_queries()}
    assert len(list_queries()) >= 14


@pytest.mark.parametrize("named", list_queries(), ids=lambda named: named.name)
def test_query_file_says_what_it_answers_and_its_example_has_an_answer(store: Store, named: Query) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", named.name)
    assert re.fullmatch(r"[A-Z][^\n]{20,}[^.]", named.title)
    assert re.search(r"[\u4e00-\u9fff]{4}", named.title_zh)
    assert ask(store, named, named.example)
    # complete in itself: its own prefixes, those of the graph and none that it does not use
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", named.text, re.MULTILINE))
    body = re.sub(r"^(PREFIX|#) .*$", "", named.text, flags=re.MULTILINE)
    assert declared == {name: PREFIXES[name] for name in PREFIXES if re.search(rf"\b{name}:", body)}
    # where a parameter has no place, the engine plans without its value and reads everything
    assert {param.name for param in named.params} == set(
        re.findall(r"^ +# VALUES \?(\w+)$", named.text, re.M)
    )
    # a tag compared as text finds nothing in one engine or another, nor does xsd:gYear in order
    assert not re.search(r"LANG\([^)]*\)\s*=|gYear", named.text)


# ------------------------------------------------------------------------------------ parameters


def test_list_queries_reads_titles_and_parameters() -> None:
    path = get_query("path")
    assert path.title == "Paths of up to four steps between two terms, over whole and part, shortest first"
    assert path.title_zh == "两个词语之间至多四步的路径（整体与部分），由短到长"
    assert path.params == (Param("from", "term", "去产能"), Param("to", "term", "去库存"))
    assert [named.name for named in list_queries()] == sorted(named.name for named in list_queries())


def test_bind_gives_terms_of_the_type() -> None:
    every = Query(
        "every",
        "",
        "",
        tuple(Param(name, name, "x") for name in ("term", "year", "integer", "string", "iri")),
        "",
    )
    values = {"term": " “六稳” ", "year": 2021, "integer": "-3", "string": "“六稳”", "iri": "http://x/六稳"}
    assert bind(every, values) == {
        "term": Literal("六稳", language="zh-Hans"),
        "year": Literal(2021),
        "integer": Literal(-3),
        "string": Literal("“六稳”"),
        "iri": NamedNode("http://x/六稳"),
    }


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("new-terms", {}, "the query new-terms needs the parameter year (year, such as 2024)"),
        ("path", {"from": "六稳"}, "the query path needs the parameter to (term, such as 去库存)"),
        (
            "new-terms",
            {"year": "2024", "jahr": "2024"},
            "the query new-terms has no parameter 'jahr': it takes year (year, such as 2024)",
        ),
        ("variants", {"x": "1"}, "the query variants has no parameter 'x': it takes no parameter"),
        (
            "new-terms",
            {"year": "21"},
            "'21' will not do for the parameter year (year, such as 2024): a year has four digits",
        ),
        (
            "lasting-terms",
            {"least": "2.5"},
            "'2.5' will not do for the parameter least (integer, such as 2): it is not a whole number",
        ),
        (
            "components",
            {"term": "“”"},
            "'“”' will not do for the parameter term (term, such as 三去一降一补): it is empty",
        ),
        (
            "terms-in-section",
            {"words": " "},
            "'' will not do for the parameter words (string, such as 工作回顾): it is empty",
        ),
        (
            "statements",
            {"thing": "六稳"},
            f"the parameter thing (iri, such as {TERM}六稳): it is not an absolute IRI",
        ),
        ("statements", {"thing": "http://x/ y"}, "Invalid IRI code point ' '"),
    ],
)
def test_bind_names_the_parameter_that_is_wrong(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(KgError) as caught:
        bind(get_query(name), values)
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("component", "there is no query 'component': did you mean components or "),
        ("new-term", "there is no query 'new-term': did you mean new-terms"),
        ("year", "did you mean counts-by-year or first-and-last-year or terms-by-year?"),
        ("六稳", "there is no query '六稳': `kg query --list` lists them all"),
    ],
)
def test_get_query_unknown_suggests_near_names(name: str, message: str) -> None:
    with pytest.raises(KgError) as caught:
        get_query(name)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK {}", "needs one line `# title: …`"),
        ("# title: T\n# param: term\nASK {}", "`# param: term` is not `name type example`"),
        ("# title: T\n# param: x number 3\nASK {}", "`# param: x number 3` is not `name type example`"),
    ],
)
def test_list_queries_says_which_file_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    monkeypatch.setattr(queries, "resource", lambda name: tmp_path)
    with pytest.raises(KgError, match=r"mine\.rq") as caught:
        list_queries()
    assert message in str(caught.value)


def test_queries_lie_where_the_program_finds_its_files() -> None:
    assert (resource("ontology/queries") / "components.rq").is_file()
