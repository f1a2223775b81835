"""The library: a build asked from a program or a notebook."""

import doctest
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from IPython.core.formatters import HTMLFormatter
from pyoxigraph import RdfFormat, Store

import kg
from kg.builds import Rows, Term
from kg.overviews import relations, undefined
from kg.store import build_store, select
from kg.views import entries, mentions

ROOT = Path(__file__).parent.parent
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;{}\'"'


@pytest.fixture(scope="module")
def build(output: Path) -> kg.Build:
    return kg.open(output)


def test_library_page_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/library.md, in a folder with the seeds."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 25) == (0, True)


def test_library_answers_are_those_of_the_stages(build: kg.Build) -> None:
    assert build.entries() == entries(build.store)
    assert build.mentions() == mentions(build.store)
    assert build.mentions("六稳") == mentions(build.store, "六稳")
    assert build.relations() == relations(build.store)
    assert build.undefined() == undefined(build.store)


def test_library_terms_are_all_of_the_graph_by_label(build: kg.Build) -> None:
    terms = list(build)
    wanted = select(build.store, "SELECT DISTINCT ?term WHERE { ?term a kg:Term }")
    assert {term.iri for term in terms} == {row["term"] for row in wanted}
    assert len(terms) == len(wanted) == len(set(terms)) > 400
    assert [term.label for term in terms] == sorted(term.label for term in terms)
    assert terms[0] == build[terms[0].label] and terms[0] != "六稳"
    assert repr(build["六稳"]) == "<Term 六稳>"


@pytest.mark.parametrize("name", ["六稳", "“六稳”", "liu wen", " 六稳 "])
def test_library_finds_a_term_as_it_comes(build: kg.Build, name: str) -> None:
    assert build[name].components == ("稳就业", "稳金融", "稳外贸", "稳外资", "稳投资", "稳预期")
    assert name in build


def test_library_components_are_the_newest_list_else_what_a_text_lists(store: Store) -> None:
    def components(name: str) -> tuple[str, ...]:
        (row,) = (
            row
            for row in select(store, "SELECT DISTINCT ?t ?l WHERE { ?t skos:prefLabel ?l }")
            if row["l"] == name
        )
        return Term(store, row["t"], name).components

    assert components("三去一降一补") == ("去产能", "去库存", "去杠杆", "降成本", "补短板")
    assert components("去产能") == ()


def test_library_answers_ask_construct_and_describe_as_rows(build: kg.Build) -> None:
    assert build.query("ASK { ?term a kg:Term }") == [{"answer": True}]
    rows = build.query(
        "CONSTRUCT { ?t skos:prefLabel ?l } WHERE { ?t skos:prefLabel ?l . FILTER(?l = '六稳'@zh-Hans) }"
    )
    assert rows == [
        {
            "subject": build["六稳"].iri,
            "predicate": "http://www.w3.org/2004/02/skos/core#prefLabel",
            "object": "六稳",
        }
    ]
    assert build.query("components", "六稳") == build.query("components", term="六稳") != []
    assert build.query("SELECT ?x WHERE { ?x a <none:> }").columns == ("x",)


@pytest.mark.parametrize(
    ("question", "values", "said"),
    [
        ("componants", ["六稳"], "there is no query 'componants': did you mean components"),
        ("components", [], "the query components needs the parameter"),
        ("components", ["六稳", "六保"], "the query components has no parameter '六保'"),
        ("components", ["六问"], "no term '六问' in this build; did you mean 六稳"),
        ("SELECT * WHERE {", [], "the query is malformed"),
        ("SELECT * WHERE { ?s ?p ?o }", ["六稳"], "only a named query takes parameters"),
        ("INSERT DATA { <a:> <b:> <c:> }", [], "a build is read-only"),
    ],
)
def test_library_says_in_one_line_what_is_wrong_with_a_question(build, question, values, said) -> None:
    with pytest.raises(kg.KgError, match=said) as error:
        build.query(question, *values)
    assert "\n" not in str(error.value)


def test_library_rows_are_lists_and_their_slices_are_rows(build: kg.Build) -> None:
    rows = build.mentions("六稳")
    assert isinstance(rows[:2], Rows) and len(rows[:2]) == 2 and rows[:2].columns == rows.columns
    assert isinstance(rows[0], dict) and tuple(rows[0]) == rows.columns
    frame = rows.to_frame()
    assert list(frame.columns) == list(rows.columns) and frame["start"].tolist() == [
        row["start"] for row in rows
    ]
    assert list(rows[:0].to_frame().columns) == list(rows.columns)


def test_library_without_pandas_says_so(build: kg.Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(
        kg.KgError, match="a data frame needs pandas, which is not installed: pip install pandas"
    ):
        build.mentions("六稳").to_frame()


def test_library_without_a_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="there is no build in"):
        kg.open(tmp_path)
    with pytest.raises(AttributeError, match="has no attribute 'opne'"):
        kg.opne  # noqa: B018
    assert {"open", "build", "Build", "parse_numeral"} <= set(dir(kg))


class Tags(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert {name for name, _ in attrs} <= {"style", "lang"}, attrs
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


SAFE = {"div", "b", "u", "span", "table", "thead", "tbody", "tr", "th", "td"}


def notebook(shown: object) -> Tags:
    """What IPython shows of an object: whole, without script, link or colour."""
    html = HTMLFormatter()(shown)
    assert html
    tags = Tags(html)
    assert tags.open == [] and set(tags.tags) <= SAFE
    assert "url(" not in html and "#" not in html.partition("style=")[0]
    assert all("color:inherit" in style for style in html.split("style=") if "color:" in style[:80])
    return tags


def test_library_shows_a_card_in_a_notebook(build: kg.Build) -> None:
    text = notebook(build["三去一降一补"]).text
    for part in (
        "三去一降一补",
        "san qu yi jiang yi bu",
        "编者释义",
        "三去 去产能、去库存、去杠杆",
        "有力推进“三去一降一补”",
        "2021",
    ):
        assert part in text
    assert "数目不合 it counts 12, and the text lists 6" in notebook(build["人才新政12条"]).text
    assert "来源未给出释义" in notebook(build["六最"]).text
    assert "followed by 两山七河五湖" in notebook(build["两山七河一流域"]).text
    (digest,) = build.query("""SELECT (MIN(?l) AS ?label) WHERE {
        ?t kg:presentIn ?d ; skos:prefLabel ?l . FILTER NOT EXISTS { ?count kg:countOf ?t } }""")
    assert "摘编中出现" in notebook(build[digest["label"]]).text


def test_library_shows_rows_in_a_notebook(build: kg.Build) -> None:
    rows = build.mentions("六稳")
    tags = notebook(rows)
    assert tags.tags.count("tr") == 1 + len(rows) and tags.text.endswith(f"{len(rows)} rows")
    many = build.mentions()
    tags = notebook(many)
    assert tags.tags.count("tr") == 51 and tags.text.endswith(f"{len(many)} rows, 50 shown")
    assert "去产能; 三去: 去库存" in notebook(build.entries()).text
    assert notebook(build.query("SELECT ?x WHERE { ?x a <none:> }")).text == "x0 rows"


def test_library_hostile_text_is_inert_in_a_notebook(tmp_path: Path) -> None:
    small = (ROOT / "tests" / "data" / "small.trig").read_text(encoding="utf-8")
    mark = HOSTILE.replace('"', '\\"')
    for word in ("三去一降一补", "shanxi-2021", "去产能", "补短板"):
        small = small.replace(f'{word}"', f'{mark}{word}"')
    build_store(small.encode(), tmp_path / "store")
    assert Store().load(small.encode(), RdfFormat.TRIG) is None
    build = kg.open(tmp_path)
    hostile = [term for term in build if HOSTILE in term.label]
    assert len(hostile) >= 3
    for shown in (
        *hostile,
        build.mentions(),
        build.entries(),
        build.query("SELECT ?l WHERE { ?t skos:prefLabel ?l }"),
    ):
        assert HOSTILE in notebook(shown).text
    columns = Rows([{HOSTILE: [HOSTILE, {"text": HOSTILE}]}])
    assert notebook(columns).text.count(HOSTILE) == 3
