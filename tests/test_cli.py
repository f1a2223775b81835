import csv
import io
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from decided import DOCUMENTS
from rdflib import RDF, SH, BNode, Graph, URIRef

from kg import cli
from kg.cli import shared
from kg.cli.commands import COMMANDS

SEEDS = str(Path(__file__).parent.parent / "seeds")


@pytest.fixture
def kg(monkeypatch, capfd, output, tmp_path):
    """Run the command as a user would; gives exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*args, stdin=""):
        words = [str(output) if word == "OUTPUT" else word for word in args]
        monkeypatch.setattr(sys, "argv", ["kg", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capfd.readouterr()
        return code, out, err

    return run


def test_cli_show_card(kg):
    code, out, err = kg("show", "三去一降一补", "-o", "OUTPUT")
    assert (code, err) == (0, "")
    for part in (
        "san qu yi jiang yi bu",
        "编者释义",
        "3+1+1 = 5",
        "三去 1 去产能：",
        "一补 5 补短板：",
        "2021",
        "有力推进“三去一降一补”",
    ):
        assert part in out
    assert max(map(len, out.splitlines())) <= 80


def test_cli_show_two_terms_written_as_one(kg):
    _, out, _ = kg("show", "六稳六保", "-o", "OUTPUT", "--format", "json")
    assert [card["label"] for card in json.loads(out)] == ["六稳", "六保"]


@pytest.mark.parametrize("term", ["“六稳”", "liu wen", "LIUWEN", "六 稳"])
def test_cli_show_finds_a_term_however_it_is_typed(kg, term):
    assert "稳就业" in kg("show", term, "-o", "OUTPUT")[1]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("show", "六问", "-o", "OUTPUT"), "kg: no term '六问' in this build; did you mean 六稳 or 六保"),
        (
            ("show", "六稳", "-o", "nowhere"),
            "kg: there is no build in nowhere: run `kg build --output nowhere` first",
        ),
        (("mentions", "-t", "六问", "-o", "OUTPUT"), "did you mean 六稳"),
        (("timeline", "六问", "-o", "OUTPUT"), "kg: no term '六问' in this build; did you mean 六稳 or 六保"),
        (("timeline", "六稳", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("lineage", "六稳", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("lineage", "稳", "-o", "OUTPUT"), "kg: '稳' is no formula: give two characters or more"),
        (
            ("lineage", "六稳", "--issuer", "国务院", "-o", "OUTPUT"),
            "called '国务院': give one of 山西省人民政府",
        ),
        (
            ("lineage", "六稳", "--file", "a.gif", "-o", "OUTPUT"),
            "kg: a.gif: what to draw is said by the end",
        ),
        (
            ("wording", "--file", "a.svg", "-o", "OUTPUT"),
            "kg: a.svg: two reports side by side are a page; give a name",
        ),
        (("wording", "--file", ".html", "-o", "nowhere"), "kg: .html: two reports side by side are a page"),
        (("undefined", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("draw", "-o", "OUTPUT"), "kg: say what to draw, one of: TERM, --community TERM, --year"),
        (("draw", "六稳", "--year", "2021", "-o", "OUTPUT"), "kg: say what to draw, one of: TERM"),
        (("draw", "六问", "-o", "OUTPUT"), "kg: no term '六问' in this build; did you mean 六稳 or 六保"),
        (("draw", "--community", "六问", "-o", "OUTPUT"), "kg: no term '六问' in this build; did you mean"),
        (("draw", "--year", "1999", "-o", "OUTPUT"), "kg: there is no document of 1999 in this build; years"),
        (("draw", "六稳", "-o", "OUTPUT", "--depth", "9"), "kg: --depth 9: a neighbourhood is 1 to 4 steps"),
        (("draw", "六稳", "-o", "OUTPUT", "--file", "a.gif"), "kg: a.gif: what to draw is said by the end"),
        (("draw", "六稳", "-o", "OUTPUT", "--file", "."), "kg: .: is a folder"),
        (("draw", "六稳", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("draw", "--timeline", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("draw", "--timeline", "-o", "OUTPUT", "--file", "."), "kg: .: is a folder"),
        (("relations", "-t", "六问", "-o", "OUTPUT"), "kg: no term '六问' in this build; did you mean 六稳"),
        (
            ("compare", "2021", "1999", "-o", "OUTPUT"),
            "kg: there is no full text of 1999 in this build; years with one: 2021, 2024",
        ),
        (("newterms", SEEDS, "--year", "1999"), f"kg: {SEEDS}: nothing can be said to be new in 1999"),
        (("check", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (
            ("query", "componets", "-o", "OUTPUT"),
            "kg: there is no query 'componets': did you mean components",
        ),
        (("query", "components", "-o", "OUTPUT"), "needs the parameter"),
        (("query", "new-terms", "year=soon", "-o", "OUTPUT"), "'soon' will not do"),
        (("query", "new-terms", "jahr=2021", "-o", "OUTPUT"), "has no parameter 'jahr'"),
        (("query", "SELECT * WHERE { ?s ?p }", "-o", "OUTPUT"), "kg: the query is malformed, line 1"),
        (("query", "DELETE WHERE { ?s ?p ?o }", "-o", "OUTPUT"), "a build is read-only"),
        (("query", "gone.rq", "-o", "OUTPUT"), "gone.rq: cannot be read"),
        (("build", "gone"), "kg: gone: no such folder; give a folder of reports"),
        (("newterms", "2022"), "2022: no such folder; for what is new in a year: --year 2022"),
        (("build", __file__), "is a file; give the folder of the reports, or `kg annotate` one report"),
        (("build", "."), "no documents; put reports"),
        (("evaluate", "-o", "OUTPUT"), "kg: no gold files in tests/gold"),
        (
            ("export", "a.pdf", "-o", "OUTPUT"),
            "kg: a.pdf: what to write is said by the ending (.ttl, .jsonld",
        ),
        (("export", "a.csv", "--to", "owl", "-o", "OUTPUT"), "kg: there is no format 'owl'; there are: ttl"),
        (("export", "a.ttl", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (
            ("export", "a.ttl", "--year", "1999", "-o", "OUTPUT"),
            "kg: there is no document of 1999 in this build",
        ),
        (
            ("export", "a.ttl", "--document", "x", "-o", "OUTPUT"),
            "kg: there is no document 'x' in this build",
        ),
        (
            ("export", "a.ttl", "--term", "六问", "-o", "OUTPUT"),
            "kg: no term '六问' in this build; did you mean",
        ),
        (
            ("export", "a.ttl", "-t", "六稳", "--depth", "9", "-o", "OUTPUT"),
            "a neighbourhood is 1 to 4 steps",
        ),
        (
            ("export", ".", "--to", "ttl", "-t", "六稳", "--depth", "0", "-o", "OUTPUT"),
            "kg: .: is a folder; give a file in it",
        ),
        (("import", "a.xlsx", "-o", "OUTPUT"), "kg: a.xlsx: cannot be read"),
        (("import", "a.xlsx", "-o", "nowhere"), "kg: there is no build in nowhere"),
        (("untranslated", "--year", "1999", "-o", "OUTPUT"), "kg: there is no document of 1999"),
    ],
)
def test_cli_says_in_one_line_what_to_put_right(kg, args, message):
    code, out, err = kg(*args)
    assert code == 1
    assert out == ""
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "args", [("timeline",), ("relations", "--type", "cousin"), ("show",), ("frobnicate",), ("show", "六稳", "--format", "xml"), ("show", "六稳", "-o", "OUTPUT", "-f", "csv"), ("query", "-", "x"), ("export", "-", "-o", "OUTPUT"), ("export", "-", "--to", "xlsx", "-o", "OUTPUT")]
)  # fmt: skip
def test_cli_wrong_arguments_exit_2(kg, args):
    code, out, _ = kg(*args)
    assert (code, out) == (2, "")


def test_cli_query_named_by_place_and_by_name(kg):
    by_place = kg("query", "components", "六稳", "-o", "OUTPUT", "-f", "csv")[1]
    by_name = kg("query", "components", "term=六稳", "-o", "OUTPUT", "-f", "csv")[1]
    assert by_place == by_name
    assert [row["component"] for row in csv.DictReader(io.StringIO(by_name))][:2] == ["稳就业", "稳金融"]


def test_cli_query_free_sparql_from_argument_file_and_stdin(kg, tmp_path):
    sparql = (
        "SELECT ?l WHERE { ?t skos:prefLabel ?l ; skos:broader/skos:prefLabel '六稳'@zh-Hans } ORDER BY ?l"
    )
    (tmp_path / "q.rq").write_text(sparql, encoding="utf-8")
    answers = {
        kg("query", sparql, "-o", "OUTPUT", "-f", "json")[1],
        kg("query", "q.rq", "-o", "OUTPUT", "-f", "json")[1],
        kg("query", "-", "-o", "OUTPUT", "-f", "json", stdin=sparql)[1],
    }
    (answer,) = answers
    assert len(json.loads(answer)["results"]["bindings"]) == 6


def test_cli_query_construct_and_ask(kg):
    assert "skos:narrower" in kg("query", "term-as-skos", "六稳", "-o", "OUTPUT", "-f", "ttl")[1]
    assert kg("query", "ASK { ?t skos:prefLabel '六稳'@zh-Hans }", "-o", "OUTPUT")[1] == "yes\n"


def test_cli_query_table_says_once_what_is_the_same_in_all_rows(kg):
    lines = kg("query", "components", "两山七河一流域", "-o", "OUTPUT")[1].splitlines()
    assert "slogan: 两山七河一流域" in lines
    assert lines[-1].split() == ["10", "一流域", "黄河流域"]


def test_cli_query_list(kg):
    out = kg("query", "--list")[1]
    assert sum(not line.startswith(" ") for line in out.splitlines()) >= 14


def test_cli_entries_have_the_fields_that_measurements_rely_on(kg):
    rows = json.loads(kg("entries", "-o", "OUTPUT", "--format", "json")[1])
    assert len(rows) == 75
    assert set(rows[0]) == {
        "doc", "box", "headword", "label", "headword_start", "headword_end", "definition", "start", "end", "components",
        "numeral", "readings", "expected_count", "agrees", "dates", "origin", "voice", "rule",
    }  # fmt: skip
    assert set(rows[0]["components"][0]) == {"text", "start", "end", "group", "definition"}
    implicit = next(row for row in rows if row["label"] == "两下两进两拆")
    assert (implicit["headword"], implicit["headword_start"], implicit["agrees"]) == (
        "两下两进两拆",
        None,
        False,
    )


def test_cli_mentions_have_the_fields_that_measurements_rely_on(kg):
    rows = json.loads(kg("mentions", "-o", "OUTPUT", "--term", "六稳", "--format", "json")[1])
    assert len(rows) == 3
    assert set(rows[0]) == {
        "doc", "term", "concept", "senses", "kind", "exact", "start", "end", "context", "year", "covers", "section", "rule",
    }  # fmt: skip


def test_cli_mentions_csv_is_a_concordance(kg):
    out = kg("mentions", "-o", "OUTPUT", "-t", "六稳", "-f", "csv")[1]
    assert out.startswith("\ufeff")
    (first, *_) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert list(first) == ["left", "node", "right", "document", "section", "period", "offset"]
    assert (first["node"], first["period"]) == ("六稳", "2020")


def test_cli_timeline_is_a_chart_of_80_columns(kg):
    code, out, err = kg("timeline", "六稳", "碳达峰", "-o", "OUTPUT")
    assert (code, err) == (0, "")
    rows = [line.split() for line in out.splitlines()]
    assert ["首见", "first", "seen", "2021", "提名并列举", "+parts"] in rows
    (said,) = (row for row in rows if row[:2] == ["2021", "███"] and "提名并列举" in row)
    assert said[4:7] == ["2", "1", "1.32"]  # in the body, in explanations, per 10,000 characters
    assert said[7].startswith("shanxi-2021-report")
    assert ["2022", "未知", "unknown"] in rows
    assert ["2024", "未出现", "absent", "shanxi-2024-report"] in rows
    assert ["2025", "未知", "unknown"] in rows  # of 六稳
    assert ["2025", "░", "未知", "unknown", "shanxi-2025-digest"] in rows  # of 碳达峰
    width = max(sum(2 if "\u2e80" <= c <= "\uff60" else 1 for c in line) for line in out.splitlines())
    assert width <= 80


def test_cli_timeline_as_json_and_csv(kg):
    (shown,) = json.loads(kg("timeline", "六稳", "-o", "OUTPUT", "-f", "json")[1])
    assert (shown["label"], shown["first"], shown["first_presence"]) == ("六稳", 2021, "named-with-parts")
    assert [(year["year"], year["presence"]) for year in shown["years"]] == [
        (2021, "named-with-parts"), (2022, "unknown"), (2023, "unknown"), (2024, "absent"), (2025, "unknown"),
    ]  # fmt: skip
    out = kg("timeline", "六稳六保", "-o", "OUTPUT", "-f", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [row["term"] for row in rows] == ["六稳"] * 5 + ["六保"] * 5
    assert (rows[0]["body"], rows[0]["explanations"], rows[0]["documents"]) == (
        "2", "1", "shanxi-2021-report-annotated",
    )  # fmt: skip


def test_cli_lineage_in_80_columns_as_json_csv_and_a_picture(kg, tmp_path):
    asked = ("lineage", "优化营商环境", "-o", "OUTPUT")
    code, out, err = kg(*asked)
    assert (code, err) == (0, "")
    assert max(sum(2 if "\u2e80" <= c <= "\uff60" else 1 for c in line) for line in out.splitlines()) <= 80
    found = json.loads(kg(*asked, "-f", "json")[1])
    assert (found["formula"], found["issuer"], found["full_texts"]) == ("优化营商环境", "山西省人民政府", 2)
    rows = list(csv.DictReader(io.StringIO(kg(*asked, "-f", "csv")[1].removeprefix("\ufeff"))))
    assert [row["text"] for row in rows if row["text"]] == [place["text"] for place in found["places"]]
    assert {row["year"] for row in rows} == {
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
    }  # those without a place too
    assert kg(*asked, "--file", "a.svg") == (0, "a.svg\n", "")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_cli_wording_tells_a_machine_all_and_a_person_the_foremost(kg):
    rows = json.loads(kg("wording", "-o", "OUTPUT", "--format", "json")[1])
    assert len(rows) > 20 and [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert f"… {len(rows) - 20} more: --most {len(rows)}" in kg("wording", "-o", "OUTPUT")[1]
    assert len(json.loads(kg("wording", "-o", "OUTPUT", "--format", "json", "--most", "3")[1])) == 3


def test_cli_wording_as_a_page(kg, tmp_path):
    assert kg("wording", "-o", "OUTPUT", "--file", "a.html") == (0, "a.html\n", "")
    assert "<title>2021年山西省政府工作报告（附知识小贴士） → 2024年山西省政府工作报告</title>" in (
        tmp_path / "a.html"
    ).read_text(encoding="utf-8")


def test_cli_draws_the_sheet_of_years_and_says_where(kg, tmp_path):
    code, out, err = kg("draw", "--timeline", "-o", "OUTPUT", "--file", "sheet.html", "--most", "3")
    assert (code, out, err) == (0, "sheet.html\n", "")
    assert (tmp_path / "sheet.html").read_text(encoding="utf-8").count("<tr id=") == 3


@pytest.mark.parametrize(
    ("args", "file"),
    [
        (("六稳", "--depth", "2"), "term-六稳.html"),
        (("六稳六保",), "term-六稳六保.html"),
        (("1+N/ 对外？",), None),
        (("--year", "2024"), "year-2024.html"),
        (("--community", "六稳"), "community-六稳.html"),
    ],
)
def test_cli_draws_a_part_where_the_build_is(kg, output, args, file):
    code, out, err = kg("draw", *args, "-o", "OUTPUT")
    if file is None:
        assert (code, out) == (1, "") and "kg: no term" in err
        return
    assert (code, out, err) == (0, f"{output / file}\n", "")
    assert '"稳就业"' in (output / file).read_text(encoding="utf-8") or "2024" in file
    (output / file).unlink()


@pytest.mark.parametrize("args", [("六稳",), ("--year", "2024"), ("--community", "六稳"), ("--all",)])
def test_cli_draws_what_the_end_of_the_name_says(kg, tmp_path, args):
    assert kg("draw", *args, "-o", "OUTPUT", "--file", "p.svg") == (0, "p.svg\n", "")
    assert (tmp_path / "p.svg").read_text(encoding="utf-8").startswith("<svg ")
    code, out, err = kg("draw", *args, "-o", "OUTPUT", "--file", "p.PNG")
    if "no font" in err:
        pytest.skip("no font with Chinese characters; on Debian: apt-get install fonts-noto-cjk")
    assert (code, out, err) == (0, "p.PNG\n", "")
    assert (tmp_path / "p.PNG").read_bytes().startswith(b"\x89PNG")


def test_cli_undefined_has_the_fields_that_measurements_rely_on(kg):
    rows = json.loads(kg("undefined", "-o", "OUTPUT", "--format", "json")[1])
    assert {tuple(row) for row in rows} == {
        ("term", "quoted", "docs", "years", "count", "numeral", "components", "defined_elsewhere")
    }
    assert "六最" in kg("undefined", "-o", "OUTPUT")[1]
    first, *_ = csv.DictReader(
        io.StringIO(kg("undefined", "-o", "OUTPUT", "-f", "csv")[1].removeprefix("\ufeff"))
    )
    assert first["term"] == rows[0]["term"]


def test_cli_relations_of_a_type_and_of_a_term(kg):
    rows = json.loads(kg("relations", "-o", "OUTPUT", "-f", "json")[1])
    assert {tuple(row) for row in rows} <= {
        ("type", "from", "to", "evidence", "added", "dropped", "kept", "confidence")
    }
    parts = json.loads(kg("relations", "-o", "OUTPUT", "-f", "json", "--type", "part")[1])
    assert parts == [row for row in rows if row["type"] == "part"]
    steady = json.loads(kg("relations", "-o", "OUTPUT", "-f", "json", "-t", "六稳")[1])
    assert steady == [row for row in rows if "六稳" in (row["from"], row["to"])]
    assert kg("relations", "-o", "OUTPUT")[0] == kg("relations", "-o", "OUTPUT", "-f", "csv")[0] == 0


def test_cli_numeral_in_order_from_arguments_and_stdin(kg):
    rows = json.loads(kg("numeral", "-", "--format", "json", stdin="三去一降一补\n五颜六色\n三管三必须\n")[1])
    assert [(row["slogan"], row["count"], row["readings"]) for row in rows] == [
        ("三去一降一补", 5, [5]),
        ("五颜六色", None, []),
        ("三管三必须", 6, [6, 3]),
    ]
    assert rows[0]["parts"] == [{"n": 3, "head": "去"}, {"n": 1, "head": "降"}, {"n": 1, "head": "补"}]
    assert "3+1+1 = 5" in kg("numeral", "三去一降一补")[1]


def test_cli_evaluate_lists_gains_and_losses(kg, tmp_path):
    gold = [{"id": 1, "box": 8, "headword": "六稳", "slogan": "六稳", "variants": [], "components": ["稳就业"],
             "component_status": "exact", "numeral_agrees": True, "debatable": False}]  # fmt: skip
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    out = kg("evaluate", "gold.json", "-o", "OUTPUT")[1]
    assert "六稳: missing nothing; surplus 稳金融、稳外贸、稳外资、稳投资、稳预期" in out
    assert "spurious: 74" in out


def test_cli_check_of_a_sound_build(kg):
    code, out, err = kg("check", "-o", "OUTPUT")
    assert (code, err) == (0, "")
    assert out.startswith("under https://example.org/policy-terms/\n")
    assert "info several-definitions: 1\n  A term is defined in one way in a year." in out
    assert "\n    term/两山七河一流域  year 2021, wordings 2" in out
    assert re.search(r"\n    … [0-9]+ more +\n", out)
    assert re.search(r"\n0 errors 错误, 0 warnings 警告, [0-9]+ for information 提示\n$", out)


def test_cli_check_of_a_file_with_an_error(kg, tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text("""
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <http://x.org/a> a skos:Concept ; skos:prefLabel "甲"@zh , "乙"@zh ; skos:note "—"@zh .
        <http://x.org/b> a skos:Concept ; skos:prefLabel "丙"@zh ; skos:related <http://x.org/a> ; skos:note "—"@zh .
    """, encoding="utf-8")  # fmt: skip
    code, out, err = kg("check", str(path))
    assert (code, err) == (1, "")
    assert [line.rstrip() for line in out.splitlines()[:5]] == [
        "under http://x.org/",
        "",
        "error s14-one-preferred-label: 1",
        "  Nothing has two preferred labels in one language.",
        "    a  label 乙, other 甲",
    ]
    assert out.splitlines()[-1] == "1 errors 错误, 1 warnings 警告, 0 for information 提示"

    message = "Nothing has two preferred labels in one language. Found: label 乙, other 甲"
    code, out, _ = kg("check", str(path), "--format", "json")
    assert code == 1
    assert json.loads(out)[0] == {
        "severity": "error",
        "check": "s14-one-preferred-label",
        "focus": "http://x.org/a",
        "message": message,
    }
    rows = list(csv.DictReader(io.StringIO(kg("check", str(path), "-f", "csv")[1].removeprefix("\ufeff"))))
    assert [row["check"] for row in rows] == ["s14-one-preferred-label", "missing-inverses"]

    code, out, _ = kg("check", str(path), "--format", "ttl")
    assert code == 1
    assert out == kg("check", str(path), "--format", "ttl")[1]
    report = Graph().parse(data=out, format="turtle")
    assert not any(isinstance(node, BNode) for triple in report for node in triple)
    (head,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(head, SH.conforms).toPython() is False
    for result in report.objects(head, SH.result):
        for name in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.resultMessage):
            assert len(list(report.objects(result, name))) == 1
    (grave,) = report.subjects(SH.resultSeverity, SH.Violation)
    assert report.value(grave, SH.focusNode) == URIRef("http://x.org/a")
    assert str(report.value(grave, SH.resultMessage)) == message


def test_cli_check_of_a_file_without_a_fault(kg, tmp_path):
    path = tmp_path / "nothing.nt"
    path.write_text("<http://x.org/a> <http://x.org/b> <http://x.org/c> .\n")
    assert kg("check", str(path)) == (0, "0 errors 错误, 0 warnings 警告, 0 for information 提示\n", "")
    assert kg("check", str(path), "-f", "csv") == (0, "\ufeffseverity,check,focus,message\n", "")
    assert "sh:conforms true" in kg("check", str(path), "-f", "ttl")[1]
    assert kg("check", "nowhere.ttl")[0] == 1


def test_cli_build_of_ones_own_folder(kg, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("做好“六稳”工作。", encoding="utf-8")
    code, out, err = kg("build", "mine", "-o", "made")
    assert (code, err) == (0, "")
    assert "! notes: its year could not be read; put `year = 20XX`" in " ".join(out.split())
    assert "no document explains a term" in " ".join(out.split())
    assert kg("show", "六稳", "-o", "made")[0] == 0


def test_cli_prints_utf8_under_any_locale(output):
    command = [sys.executable, "-m", "kg", "show", "六稳", "-o", str(output)]
    run = subprocess.run(
        command, capture_output=True, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": ""}, check=True
    )
    assert "稳就业" in run.stdout.decode("utf-8")


def test_cli_compares_two_years(kg):
    table = kg("compare", "2021", "2024", "-o", "OUTPUT")[1]
    assert "2021 → 2024" in table and "六稳" in table[table.index("gone") : table.index("kept")]
    found = json.loads(kg("compare", "2021", "2024", "-o", "OUTPUT", "-f", "json")[1])
    assert "六稳" in found["went"] and "六稳" not in found["came"] + found["kept"]
    rows = kg("compare", "2021", "2024", "-o", "OUTPUT", "-f", "csv")[1].splitlines()
    assert rows[0].endswith("change,term") and "gone,六稳" in rows


def test_cli_diff_of_a_build_with_itself(kg):
    assert kg("diff", "OUTPUT", "OUTPUT") == (0, "Nothing changed: the same terms, defined alike.\n", "")
    assert kg("diff", "OUTPUT", "OUTPUT", "-f", "json") == (0, "[]\n", "")
    assert kg("diff", "OUTPUT", "OUTPUT", "--quads") == (0, "", "nothing changed\n")
    assert kg("diff", "OUTPUT", "OUTPUT", "--quads", "-f", "csv")[0] == 2


def test_cli_diff_of_two_builds(kg, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    report = "2021年甲省政府工作报告\n做好“六稳”工作。{}\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、{}。"
    (folder / "a.txt").write_text(report.format("抓好“双百”行动。", "稳预期"), encoding="utf-8")
    assert kg("build", "mine", "-o", "old")[0] == 0
    (folder / "a.txt").write_text(report.format("", "稳物价"), encoding="utf-8")
    assert kg("build", "mine", "-o", "new")[0] == 0
    code, out, err = kg("diff", "old", "new")
    assert (code, err) == (0, "") and out.splitlines()[0].strip() == "1 new, 2 gone, 1 redefined"
    assert "redefined  六稳    +稳物价 −稳预期; definitions +1 −1" in out
    rows = {row["term"]: row for row in json.loads(kg("diff", "old", "new", "-f", "json")[1])}
    assert {term: row["change"] for term, row in rows.items()} == {
        "稳物价": "new", "双百": "gone", "稳预期": "gone", "六稳": "redefined",
    }  # fmt: skip
    assert rows["六稳"]["iri"].endswith("/term/六稳") and rows["六稳"]["dropped"] == ["稳预期"]
    table = kg("diff", "old", "new", "-f", "csv")[1].removeprefix("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 4
    lines = kg("diff", "old", "new", "--quads")[1].splitlines()
    assert {line[:2] for line in lines[1:-1]} == {"A ", "D "}
    assert kg("show", "双百", "-o", "new")[2].startswith("kg: the term '双百' is gone, nothing replaces it")


def test_cli_offers_new_terms_where_they_stand(kg):
    rows = json.loads(kg("newterms", SEEDS, "--year", "2024", "--most", "3", "-f", "json")[1])
    assert len(rows) == 3 and {row["year"] for row in rows} == {2024}
    assert all(row["term"] in row["quotation"] and row["count"] >= 1 for row in rows)


def test_cli_help_names_every_command(kg):
    out = kg("--help")[1]
    for command in (
        "build", "show", "query", "entries", "mentions", "timeline", "draw", "undefined", "relations", "compare", "diff", "newterms", "numeral", "evaluate", "check",
    ):  # fmt: skip
        assert f"  {command}" in out
    assert "..." not in out.partition("Commands:")[2], "a first sentence that does not fit into 80 columns"


def test_cli_rank_in_each_order_and_format(kg):
    code, out, _ = kg("rank", "-o", "OUTPUT", "--by", "count", "--most", "3")
    assert code == 0 and out.splitlines()[0].split() == [
        "term", "count", "docs", "years", "PageRank", "between", "ties", "core", "subject",
    ]  # fmt: skip
    assert len(out.splitlines()) == 4
    rows = json.loads(kg("rank", "-o", "OUTPUT", "--within", "section", "-f", "json")[1])
    assert rows[0]["page_rank"] >= rows[1]["page_rank"] > 0
    assert kg("rank", "-o", "OUTPUT", "--by", "beauty")[0] == 2


def test_cli_communities(kg):
    out = kg("communities", "-o", "OUTPUT", "--most", "2")[1]
    assert "术语 terms" in out
    (first, *_) = csv.DictReader(
        io.StringIO(kg("communities", "-o", "OUTPUT", "-f", "csv")[1].removeprefix("\ufeff"))
    )
    assert list(first) == ["name", "subjects", "terms", "slogans"]


def test_cli_documents_and_travels(kg):
    (pair,) = json.loads(kg("documents", "-o", "OUTPUT", "-f", "json")[1])
    assert (pair["one"], pair["other"]) == ("shanxi-2021-report-annotated", "shanxi-2024-report")
    code, _, err = kg("travels", "-o", "OUTPUT")
    assert (code, err.count("\n")) == (1, 1) and "full texts of several issuers" in err
    assert json.loads(kg("travels", "-o", "OUTPUT", "-f", "json")[1]) == []


def test_cli_export_lists_its_formats(kg):
    listed = kg("export", "--list")[1]
    assert kg("export")[1] == listed
    for name in ("glossary.ttl", "anki.csv", "relations.csv", "glossary.xlsx", "kg import"):
        assert name in listed


def test_cli_export_writes_files_and_standard_output(kg, tmp_path):
    code, out, err = kg("export", "a.md", "b.bib", "--term", "六稳", "--depth", "0", "-o", "OUTPUT")
    assert (code, out, err) == (0, "a.md\nb.bib\n", "")
    written = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert kg("export", "-", "--to", "md", "-t", "六稳", "--depth", "0", "-o", "OUTPUT")[1] == written
    assert written.startswith("# 政策术语表：六稳\n") and "### 六稳 *liu wen*" in written
    assert (tmp_path / "b.bib").read_text(encoding="utf-8").count("@techreport") == 1


def test_cli_import_writes_what_was_changed_into_curated_toml(kg, tmp_path):
    kg("export", "terms.csv", "-o", "OUTPUT")
    text = (tmp_path / "terms.csv").read_text(encoding="utf-8-sig")
    assert "\n六稳,liu wen,,,,,稳就业" in text
    edited = text.replace(
        "\n六稳,liu wen,,,,,稳就业", "\n六稳,liu wén,the Six Stabilities,official,,2020,稳就业"
    )
    (tmp_path / "terms.csv").write_text(edited, encoding="utf-8", newline="")
    assert kg("import", "terms.csv", "-o", "OUTPUT")[2] == (
        "kg: seeds: there is no such folder; give the folder of the documents: --folder FOLDER\n"
    )
    args = ("import", "terms.csv", "-o", "OUTPUT", "--folder", ".", "--by", "王", "--date", "2026-11-22")
    code, out, err = kg(*args, "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "1 decision not written.")
    assert "六稳: pinyin cannot be changed (liu wen → liu wén)" in err and err.count("\n") == 1
    assert not (tmp_path / "curated.toml").exists()
    assert (
        kg(*args)[1].splitlines()[-1] == "1 decision written to curated.toml; kg build applies what is there."
    )
    assert (tmp_path / "curated.toml").read_text(encoding="utf-8").splitlines()[2:] == [
        "[[decision]]", 'do = "english"', 'term = "六稳"', 'label = "the Six Stabilities"', 'status = "official"',
        "year = 2020", "date = 2026-11-22", 'by = "王"', 'reason = "changed in terms.csv"',
    ]  # fmt: skip
    (decision,) = json.loads(kg(*args, "--dry-run", "--format", "json")[1])
    assert decision["label"] == "the Six Stabilities"


def test_cli_import_of_a_file_that_nobody_edited(kg):
    kg("export", "a.tbx", "-o", "OUTPUT")
    assert kg("import", "a.tbx", "-o", "OUTPUT", "--folder", ".")[:2] == (0, "a.tbx changes nothing.\n")


def test_cli_untranslated_lists_what_has_no_english_name(kg):
    out = kg("untranslated", "--most", "3", "-o", "OUTPUT", "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert [row["mentions"] for row in rows] == ["6", "6", "6"]
    assert "碳达峰" in kg("untranslated", "-o", "OUTPUT")[1]


def test_cli_add_shows_the_lines_to_correct(kg, tmp_path):
    (tmp_path / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    code, out, err = kg("add", "a.txt", "mine", "--dry-run")
    assert (code, err, (tmp_path / "mine").exists()) == (0, "", False)
    assert "Nothing was written: this was a dry run." in out
    code, out, err = kg("add", "a.txt", "mine")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "a: 23 characters, copied to mine/a.txt"
    assert lines[1].split() == ["line", "mine/corpus.toml"]
    manifest = (tmp_path / "mine" / "corpus.toml").read_text(encoding="utf-8").split("\n")
    number, _, line = lines[5].partition(" ")
    assert line.strip() == manifest[int(number) - 1] == "year = 2021"
    assert "?     speaker was not read" in out
    assert lines[-1] == "Correct what is wrong in mine/corpus.toml; then: kg build mine"
    assert kg("add", "mine")[1] == "Nothing to add: mine/corpus.toml lists every document of its folder.\n"
    (tmp_path / "b.txt").write_text("做好“六保”工作。", encoding="utf-8")
    rows = json.loads(kg("add", "b.txt", "mine", "-f", "json")[1])
    assert [row["corpus.toml"] for row in rows] == ['path = "b.txt"', 'kind = "report"']
    assert kg("add", "b.txt", "mine")[0] == 1


@pytest.fixture
def mine(kg, tmp_path):
    """A folder of one's own, with two short reports."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for doc in DOCUMENTS:
        (folder / f"{doc.id}.txt").write_text(doc.text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("english", "六稳", "the Six Stabilities", "--status", "official", "--year", "2020"), "label = "),
        (("alias", "六稳", "六个稳"), 'alias = "六个稳"'),
        (("add", "新动能", "--alias", "动能", "--component", "a", "--component", "b"), 'aliases = ["动能"]'),
        (("definition", "六保", "保六样。", "--by", "译者"), 'by = "译者"'),
        (("components", "双碳", "碳达峰", "碳汇"), 'components = ["碳达峰", "碳汇"]'),
        (("components", "双碳", "--none"), "components = []"),
        (("link", "六稳", "六保", "--relation", "successor"), 'to = "六保"'),
        (("split", "两山", "--sense", "山=jia-2021", "--sense", "生态=jia-2024"), 'qualifier = "山"'),
        (("join", "六稳", "六保"), 'with = "六保"'),
        (("reject", "六稳", "--document", "jia-2024", "--quote", "坚持“六稳”"), 'quote = "坚持“六稳”"'),
        (("reject", "六保", "--date", "2026-01-31"), "date = 2026-01-31"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_cli_curate_writes_a_decision_that_the_next_build_keeps(kg, mine, words, what):
    code, out, err = kg("curate", *words, "--reason", "so it is", "--folder", "mine")
    assert (code, err) == (0, "")
    assert out.startswith(f"mine/curated.toml: {words[0]} {words[1]}")
    text = (mine / "curated.toml").read_text(encoding="utf-8")
    assert what in text and 'reason = "so it is"' in text
    assert kg("curate", "check", "-d", "mine", "--format", "csv")[0] == 0
    listed = json.loads(kg("curate", "list", "-d", "mine", "--format", "json")[1])
    assert [(row["do"], row["term"]) for row in listed] == [words[:2]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("alias", "七稳", "x"), "kg: alias 七稳: no term 七稳 in this corpus; did you mean 六稳?"),
        (("alias", "六稳", "双碳"), "kg: alias 六稳: 双碳 is a term of its own; join the two"),
        (
            ("link", "六稳", "六保", "--relation", "cousin"),
            "kg: link 六稳: relation is 'cousin'; write one of",
        ),
        (
            ("link", "六稳", "六保", "--relation", "variant", "--document", "jia-2024", "--quote", "八稳"),
            "kg: link 六稳: jia-2024 does not have the words “八稳”",
        ),
        (("english", "六稳", ""), "kg: english 六稳: label is ''; write it in quotes"),
        (
            ("components", "双碳"),
            "kg: components 双碳: name them all, in order; where it has none, write --none",
        ),
        (("split", "两山", "--sense", "山"), "kg: '山' is no sense; write QUALIFIER=DOCUMENT"),
        (("english", "六稳", "x", "--date", "tomorrow"), "kg: 'tomorrow' is no date; write it as 2026-01-31"),
    ],
)
def test_cli_curate_writes_nothing_that_does_not_apply(kg, mine, words, message):
    code, out, err = kg("curate", *words, "--reason", "so", "--folder", "mine")
    assert (code, out) == (1, "")
    assert message in err and len(err.splitlines()) == 1
    assert not (mine / "curated.toml").exists()


def test_cli_curate_is_shown_found_and_told_by_a_build(kg, mine):
    for words in (
        ("english", "六稳", "the Six Stabilities", "--status", "official", "--source", "State Council"),
        ("definition", "六保", "保六样。"),
        ("alias", "七稳", "x", "--unchecked"),
    ):
        assert kg("curate", *words, "--reason", "so", "-d", "mine", "--curated", "our.toml")[0] == 0
    code, out, _ = kg("build", "mine", "-o", "made", "--curated", "our.toml")
    assert code == 0
    assert "decisions 人的决定" in out and "3 (1 does not apply)" in out
    assert "no term 七稳" in out
    card = kg("show", "the six stabilities", "-o", "made")[1]
    assert (
        card.startswith("六稳")
        and "英文 English: the Six Stabilities（官方 official, State Council）" in card
    )
    assert "english the Six Stabilities (official)" in card
    assert "人的决定 a person's decision\n  保六样。" in kg("show", "六保", "-o", "made")[1]
    code, out, _ = kg("curate", "check", "-d", "mine", "--curated", "our.toml")
    assert code == 1 and "七稳" in out


def test_cli_help_lists_the_commands_that_there_are_with_the_first_sentence_of_each():
    for module in {row.module for row in COMMANDS.values()} | {
        path.stem
        for path in Path(cli.__file__).parent.glob("*.py")
        if path.stem not in ("__init__", "commands")
    }:
        import_module(f"kg.cli.{module}")
    there = {
        each.name or each.callback.__name__: each.callback.__doc__ for each in shared.app.registered_commands
    }
    there |= {
        group.typer_instance.info.name: group.typer_instance.info.help
        for group in shared.app.registered_groups
    }
    assert {name: doc.partition(". ")[0].rstrip(".") for name, doc in there.items()} == {
        name: row.line.rstrip(".") for name, row in COMMANDS.items()
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_cli_help_of_a_command_is_that_of_its_module(kg, name):
    code, out, _ = kg(name, "-h")
    assert code == 0
    assert out.startswith(f"Usage: kg {name} ")
    assert COMMANDS[name].line.split()[0] in out


def test_cli_a_command_mistyped_is_told_the_one_like_it(kg):
    assert "Did you mean 'show'?" in kg("shwo", "六稳")[2]
    assert "Did you mean 'list'?" in kg("curate", "lst")[2]


def test_cli_annotates_a_document_a_file_and_what_is_typed(kg, output, tmp_path):
    code, out, err = kg("annotate", "2021", "-o", "OUTPUT")
    assert (code, err) == (0, "") and out.startswith("*注释版：释义 ")
    (tmp_path / "new.txt").write_text("做好“六稳”工作，推进“六个不准”。", encoding="utf-8")
    code, out, err = kg("annotate", "new.txt", "-o", "OUTPUT")
    assert (code, err) == (0, "") and "**六稳**" in out and "[六个不准](#u1)" in out
    assert kg("annotate", "-", "-o", "OUTPUT", stdin="做好“六稳”工作，推进“六个不准”。")[1] == out
    typed = SimpleNamespace(buffer=io.BytesIO("做好“六稳”工作，推进“六个不准”。".encode("gb18030")))
    assert kg("annotate", "-", "-o", "OUTPUT", stdin=typed)[1] == out
    page = output / "annotated-shanxi-2021-report-annotated.html"
    assert kg("annotate", "2021", "-f", "html", "-o", "OUTPUT")[1] == f"{page}\n"
    page.unlink()  # the build is that of other tests, too
    assert kg("annotate", "new.txt", "--file", "a.docx", "--longest", "5", "-o", "OUTPUT") == (
        0,
        "a.docx\n",
        "",
    )
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("shanxi-2024-rapport",), "did you mean shanxi-2024-report"),
        (("2021", "--file", "a.pdf"), "what to write is said by the ending"),
        (("2021", "--file", "."), "is a folder"),
        (("nothing.md",), "there is no such file"),
    ],
)
def test_cli_annotate_says_in_one_line_what_to_put_right(kg, args, message):
    code, out, err = kg("annotate", *args, "-o", "OUTPUT")
    assert (code, out) == (1, "") and message in err and err.count("\n") == 1


def test_cli_annotate_new_says_what_cannot_be_proven(kg):
    code, out, err = kg("annotate", "2024", "--terms", "new", "-o", "OUTPUT")
    assert code == 0 and "释义 0 条" in out and err.startswith("! no term is proven to be new")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_cli_says_that_its_output_finds_no_room():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "numeral", "六稳"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("kg: the output cannot be written")
