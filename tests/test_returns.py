"""What is edited in an exported file, and nothing else, becomes a decision of a person."""

from __future__ import annotations

import random
import re
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pandas
import pytest
from lxml import etree
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.exports import FORMATS, export, tables
from kg.exports.contents import contents
from kg.exports.tbx import identifier
from kg.model import Decision, KgError
from kg.returns import compare_file, record, require_taken_back
from kg.returns.comparison import compare
from kg.returns.matches import Row
from kg.returns.sheets import read_file

TERM = "https://example.org/policy-terms/term/"
FORMAT = {each.name: each for each in FORMATS}
T = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def files(named: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build in the formats that come back."""
    folder = tmp_path_factory.mktemp("exported")
    for name in ("xlsx", "terms", "relations", "tbx"):
        (folder / f"{name}{FORMAT[name].ending}").write_bytes(export(named, FORMAT[name]))
    return folder


class Workbook:
    """A workbook that a person edits, cell by cell."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)

    def columns(self, sheet: str) -> dict[str, int]:
        cells = self.book[sheet][1]
        return {re.sub(r" [^\x00-\x7f]+$", "", cell.value): cell.column for cell in cells}

    def row(self, sheet: str, **wanted: object) -> int:
        columns = self.columns(sheet)
        return next(
            n
            for n in range(2, self.book[sheet].max_row + 1)
            if all(self.book[sheet].cell(n, columns[name]).value == value for name, value in wanted.items())
        )

    def set(self, sheet: str, row: int, **cells: object) -> None:
        columns = self.columns(sheet)
        for name, value in cells.items():
            self.book[sheet].cell(row, columns[name.replace("_", " ")]).value = value

    def edit(self, label: str, **cells: object) -> None:
        self.set("terms", self.row("terms", term=label), **cells)

    def append(self, sheet: str, **cells: object) -> None:
        self.set(sheet, self.book[sheet].max_row + 1, **cells)

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


# ------------------------------------------------------------------------------ nothing was changed


@pytest.mark.parametrize("name", ["xlsx.xlsx", "terms.csv", "relations.csv", "tbx.tbx"])
def test_returns_a_file_as_it_was_exported_changes_nothing(named: Store, files: Path, name: str) -> None:
    found = compare_file(named, files / name)
    assert (found.decisions, found.notes) == ((), ())


def test_returns_files_that_another_tool_has_saved_change_nothing(
    named: Store, files: Path, tmp_path: Path
) -> None:
    Workbook(files / "xlsx.xlsx").save(tmp_path / "a.xlsx")
    pandas.read_csv(files / "terms.csv", dtype=str).to_csv(
        tmp_path / "a.csv", index=False, encoding="utf-8-sig"
    )
    text = (files / "terms.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "b.csv").write_bytes(text.encode("gb18030"))
    tree = etree.parse(files / "tbx.tbx")
    tree.write(tmp_path / "a.tbx", encoding="utf-16", pretty_print=True)
    for name in ("a.xlsx", "a.csv", "b.csv", "a.tbx"):
        assert compare_file(named, tmp_path / name) == compare_file(named, files / "terms.csv"), name


def test_returns_a_sheet_with_numbers_and_semicolons(named: Store, files: Path, tmp_path: Path) -> None:
    """A spreadsheet makes 3.0 of 3, and some countries have semicolons between cells."""
    read = pandas.read_csv(files / "terms.csv", dtype=str, keep_default_na=False)
    read.to_csv(tmp_path / "a.csv", index=False, sep=";", encoding="utf-8-sig")
    assert compare_file(named, tmp_path / "a.csv").decisions == ()
    book = Workbook(files / "xlsx.xlsx")
    book.edit("六稳", year=2020.0)
    book.edit("1331", term=1331)
    found = compare_file(named, book.save(tmp_path / "a.xlsx"))
    assert (found.decisions, found.notes) == ((), ())


# -------------------------------------------------------------------------------------- a workbook


def test_returns_a_workbook_edited_by_hand_changes_exactly_the_edited_fields(
    named: Store, files: Path, tmp_path: Path
) -> None:
    book = Workbook(files / "xlsx.xlsx")
    book.edit("六保", english="the Six Guarantees", status="official", source="Xinhua", year=2020)
    book.edit("六稳", status="proposed")
    book.edit("碳达峰", definition="二氧化碳排放量由增转降的拐点。", aliases="达峰")
    sheet = book.book["components"]
    sheet.delete_rows(book.row("components", term="六稳", component="稳预期"))
    book.set("components", book.row("components", term="六稳", component="稳外贸"), component="稳对外贸易")
    book.append("relations", **{"from": "六稳", "relation": "successor", "to": "六保"})
    book.append("names", term="六保", english="Six Protections", status="rejected")
    book.append("names", term="六新", english="Six New Areas")
    book.append(
        "terms", term="四个自强", english="Four Self-Strengths", definition="四种自强。", aliases="四自强"
    )
    assert compare_file(named, book.save(tmp_path / "a.xlsx")) == compare(
        contents(named), read_file(tmp_path / "a.xlsx")
    )
    found = compare_file(named, tmp_path / "a.xlsx")
    assert found.notes == ()
    assert set(found.decisions) == {
        Decision("english", "六保", "", label="the Six Guarantees", status="official", source="Xinhua", year=2020),
        Decision("english", "六保", "", label="Six Protections", status="rejected"),
        Decision(
            "english", "六稳", "", label="the Six Stabilities", status="proposed", source="State Council, 2020", year=2020
        ),
        Decision("english", "六新", "", label="Six New Areas", status="proposed"),
        Decision("definition", "碳达峰", "", definition="二氧化碳排放量由增转降的拐点。"),
        Decision("alias", "碳达峰", "", alias="达峰"),
        Decision(
            "components",
            "六稳", "",
            components=("稳就业", "稳金融", "稳对外贸易", "稳外资", "稳投资"),
            document="shanxi-2021-report-annotated",
        ),
        Decision("link", "六稳", "", other="六保", relation="successor"),
        Decision("add", "四个自强", "", aliases=("四自强",), definition="四种自强。"),
        Decision("english", "四个自强", "", label="Four Self-Strengths", status="proposed"),
    }  # fmt: skip
    assert len(found.decisions) == 10


def test_returns_a_name_that_is_corrected_or_deleted_stays_on_record(
    named: Store, files: Path, tmp_path: Path
) -> None:
    book = Workbook(files / "xlsx.xlsx")
    book.edit("六稳", english="Six Stabilities")
    book.book["names"].delete_rows(book.row("names", english="Six Priorities of Stability"))
    book.book["names"].delete_rows(book.row("names", english="Six Steadies"))
    found = compare_file(named, book.save(tmp_path / "a.xlsx"))
    source = {"source": "State Council, 2020", "year": 2020}
    assert set(found.decisions) == {
        Decision("english", "六稳", "", label="Six Stabilities", status="official", **source),
        Decision("english", "六稳", "", label="the Six Stabilities", status="rejected", **source),
        Decision("english", "六稳", "", label="Six Priorities of Stability", status="rejected"),
    }
    (note,) = found.notes
    assert note.endswith("六稳: Six Steadies is rejected already and stays on record")


def test_returns_what_cannot_be_taken_back_is_told(named: Store, files: Path, tmp_path: Path) -> None:
    book = Workbook(files / "xlsx.xlsx")
    unknown = TERM + "无此词"
    book.edit("六保", id=unknown, english="lost")
    book.edit("六稳", pinyin="liu wen!", term="六个稳")
    book.edit("碳达峰", definition=None)
    book.edit("承诺制+标准地", aliases=None)
    book.edit("六新", status="maybe")
    book.edit("六定", year=2020)
    book.book["terms"].delete_rows(book.row("terms", term="四个意识"))
    book.set("definitions", book.row("definitions", term="六稳"), definition="别的话。")
    book.set("sources", 2, title="别的题名")
    book.set("components", book.row("components", component="去产能"), group="四去")
    book.append("relations", **{"from": "六稳", "relation": "likes", "to": "六保"})
    book.append("relations", **{"from": "六稳", "relation": "variant", "to": "无此词"})
    book.append("names", term="无此词", english="nobody")
    book.append("names", english="nobody")
    relation = next(row for row in contents(named).relations if row.type == "successor")
    labels = contents(named).labels()
    gone = {"from": labels[relation.one], "relation": "successor", "to": labels[relation.other]}
    book.book["relations"].delete_rows(book.row("relations", **gone))
    found = compare_file(named, book.save(tmp_path / "a.xlsx"))
    assert found.decisions == ()
    told = "\n".join(found.notes)
    for line in (
        f"the build has no identifier {unknown}; nothing of this row is taken",
        "六稳 is not renamed to 六个稳; add the new name as an alias",
        "六稳: pinyin cannot be changed (liu wen → liu wen!)",
        "碳达峰: the definition is not deleted; write another, or reject it in curated.toml",
        "承诺制+标准地: the other name “承诺制+标准地”改革 is not deleted",
        "the status 'maybe' is none of official, proposed, rejected; the English names of this term are not taken",
        "a status, source or year without an English name",
        "not in the file, and left as they are: 六保、四个意识",
        "definition of 六稳 is the words of a document; write yours in the sheet terms",
        "title of shanxi-2021-report-annotated is described in corpus.toml; change it there",
        "三去一降一补: the group of 去产能 cannot be changed",
        "likes is no type that a link can get",
        "无此词 is no term of the build; the link is not taken",
        "无此词 is no term of the build; add it to the sheet terms",
        "neither term nor id is given; nothing of this row is taken",
        f"{gone['from']} successor {gone['to']} is not in the file; what documents bear out is not deleted",
    ):
        assert line in told, line
    assert len(found.notes) == 16
    assert all(
        re.match(r"(terms|names|components|relations|definitions|sources), row \d+: |\w", n)
        for n in found.notes
    )


def test_returns_a_label_of_two_senses_is_not_guessed(named: Store, files: Path, tmp_path: Path) -> None:
    book = Workbook(files / "xlsx.xlsx")
    book.append("terms", term="1+N", english="One plus N")
    book.append("names", term="1+N（对外开放）", english="1+N for opening up")
    found = compare_file(named, book.save(tmp_path / "a.xlsx"))
    assert found.decisions == (
        Decision("english", "1+N（对外开放）", "", label="1+N for opening up", status="proposed"),
    )
    assert "1+N can be 1+N（对外开放）、1+N（碳达峰碳中和）; say which" in found.notes[0]


def test_returns_a_sorted_and_shortened_workbook(named: Store, files: Path, tmp_path: Path) -> None:
    """A translator sorts the sheets, keeps some rows and copies one for a second name."""
    book = Workbook(files / "xlsx.xlsx")
    for sheet in ("terms", "components"):
        head, *rows = [[cell.value for cell in row] for row in book.book[sheet].iter_rows()]
        random.Random(1).shuffle(rows)
        if sheet == "terms":
            rows = [row for row in rows if row[0] in ("六稳", "六保", "三去一降一补")]
            copied = list(next(row for row in rows if row[0] == "六保"))
            copied[head.index("english 英文")] = "the Six Ensures"
            rows.append(copied)
        book.book[sheet].delete_rows(2, book.book[sheet].max_row)
        for row in rows:
            book.book[sheet].append(row)
    found = compare_file(named, book.save(tmp_path / "a.xlsx"))
    assert found.decisions == (Decision("english", "六保", "", label="the Six Ensures", status="proposed"),)
    assert found.notes == ("not in the file, and left as they are: 480 of the build's terms",)


# ------------------------------------------------------------------------------------- a termbase


def entry(tree: etree._ElementTree, term: str) -> etree._Element:
    wanted = identifier(TERM + term)
    return next(each for each in tree.iter(f"{T}conceptEntry") if each.get("id") == wanted)


def test_returns_a_termbase_edited_by_hand_changes_exactly_the_edited_fields(
    named: Store, files: Path, tmp_path: Path
) -> None:
    tree = etree.parse(files / "tbx.tbx")
    english = etree.SubElement(entry(tree, "六保"), f"{T}langSec", {LANG: "en"})
    section = etree.SubElement(english, f"{T}termSec")
    etree.SubElement(section, f"{T}term").text = "the Six Guarantees"
    etree.SubElement(section, f"{T}termNote", type="administrativeStatus").text = "preferredTerm-admn-sts"
    etree.SubElement(section, f"{T}admin", type="source").text = "Xinhua | CGTN"
    etree.SubElement(section, f"{T}note").text = "year: 2020"
    first = next(each for each in entry(tree, "六稳").iter(f"{T}term") if each.text == "the Six Stabilities")
    first.getnext().text = "supersededTerm-admn-sts"
    definition = next(entry(tree, "碳达峰").iter(f"{T}descrip"))
    if definition.get("type") != "definition":
        definition = next(
            d for d in entry(tree, "碳达峰").iter(f"{T}descrip") if d.get("type") == "definition"
        )
    definition.text = "由增转降的拐点。"
    chinese = next(entry(tree, "六新").iter(f"{T}langSec"))
    etree.SubElement(etree.SubElement(chinese, f"{T}termSec"), f"{T}term").text = "六个新"
    fresh = etree.SubElement(next(tree.iter(f"{T}body")), f"{T}conceptEntry", id="mine")
    tree.write(tmp_path / "a.tbx", encoding="utf-8")
    found = compare_file(named, tmp_path / "a.tbx")
    source = {"source": "State Council, 2020", "year": 2020}
    assert set(found.decisions) == {
        Decision("english", "六保", "", label="the Six Guarantees", status="official", source="Xinhua | CGTN", year=2020),
        Decision("english", "六稳", "", label="the Six Stabilities", status="rejected", **source),
        Decision("definition", "碳达峰", "", definition="由增转降的拐点。"),
        Decision("alias", "六新", "", alias="六个新"),
    }  # fmt: skip
    assert len(found.decisions) == 4
    assert found.notes == ("entry mine: the build has no identifier mine; nothing of this row is taken",)
    assert fresh is not None


def test_returns_a_termbase_gets_a_definition_of_ones_own(named: Store, files: Path, tmp_path: Path) -> None:
    tree = etree.parse(files / "tbx.tbx")
    chinese = next(entry(tree, "六稳").iter(f"{T}langSec"))
    group = etree.Element(f"{T}descripGrp")
    etree.SubElement(group, f"{T}descrip", type="definition").text = "六个稳。"
    chinese.insert(0, group)
    tree.write(tmp_path / "a.tbx", encoding="utf-8")
    assert compare_file(named, tmp_path / "a.tbx").decisions == (
        Decision("definition", "六稳", "", definition="六个稳。"),
    )


# --------------------------------------------------------------------------------------------- CSV


def test_returns_a_csv_file_edited_by_hand_changes_exactly_the_edited_fields(
    named: Store, files: Path, tmp_path: Path
) -> None:
    read = pandas.read_csv(files / "terms.csv", dtype=str, keep_default_na=False).set_index("term")
    read.loc["六稳", "status"] = "official | official | rejected"
    read.loc["六保", "english"] = "the Six Guarantees"
    read.loc["六保", "status"] = "官方"
    read.loc["三去一降一补", "components"] = "去产能 | 去库存"
    read.loc["六新", "english"] += " | Six New"
    read.loc["六定", ["english", "status"]] = ["A | B | C", "official | proposed"]
    read.reset_index().to_csv(tmp_path / "a.csv", index=False, encoding="utf-8")
    found = compare_file(named, tmp_path / "a.csv")
    assert set(found.decisions) == {
        Decision("english", "六稳", "", label="Six Priorities of Stability", status="official"),
        Decision("english", "六保", "", label="the Six Guarantees", status="official"),
        Decision("english", "六新", "", label="Six New", status="proposed"),
        Decision(
            "components",
            "三去一降一补",
            "",
            components=("去产能", "去库存"),
            document="shanxi-2021-report-annotated",
        ),
    }
    assert len(found.notes) == 1 and "3 English names, but not as many statuses" in found.notes[0]


def test_returns_relations_as_csv(named: Store, files: Path, tmp_path: Path) -> None:
    text = (files / "relations.csv").read_text(encoding="utf-8-sig")
    more = "六稳,component,六保,,,,,\r\n六稳,variant,六保,,,,,\r\n"
    (tmp_path / "a.csv").write_text(text + more, encoding="utf-8", newline="")
    found = compare_file(named, tmp_path / "a.csv")
    assert found.decisions == (Decision("link", "六稳", "", other="六保", relation="variant"),)
    assert "component is no type that a link can get" in found.notes[0]


# ------------------------------------------------------------------- a build that has moved on


def moved(named: Store) -> Store:
    """A later build: 六稳 has another definition, 六保 an English name, 碳达峰 one mention more."""
    store = Store()
    store.extend(named)
    six = NamedNode(TERM + "六稳")
    (old,) = store.quads_for_pattern(six, NamedNode("http://www.w3.org/2004/02/skos/core#definition"), None)
    store.remove(old)
    store.add(Quad(six, old.predicate, Literal("新的释义。", language="zh-Hans"), old.graph_name))
    english = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.add(Quad(NamedNode(TERM + "六保"), english, Literal("Six Ensures", language="en"), old.graph_name))
    store.add(Quad(NamedNode(TERM + "六保"), NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"),
                   Literal("六个保", language="zh-Hans"), old.graph_name))  # fmt: skip
    return store


@pytest.mark.parametrize("name", ["xlsx.xlsx", "terms.csv", "tbx.tbx"])
def test_returns_what_the_build_has_changed_is_no_edit(named: Store, files: Path, name: str) -> None:
    found = compare_file(moved(named), files / name)
    assert (found.decisions, found.notes) == ((), ())


def test_returns_what_both_have_changed_is_told(named: Store, files: Path, tmp_path: Path) -> None:
    book = Workbook(files / "xlsx.xlsx")
    book.edit("六稳", definition="我的释义。", english="Six Stabilities")
    book.edit("六保", english="the Six Guarantees")
    found = compare_file(moved(named), book.save(tmp_path / "a.xlsx"))
    assert {(d.term, d.label) for d in found.decisions} == {
        ("六稳", "Six Stabilities"),
        ("六稳", "the Six Stabilities"),
    }
    assert [note.split(": ", 1)[1] for note in found.notes] == [
        "六稳: the definition changed in the file and, since the export, in the build; export again",
        "六保: the English names changed in the file and, since the export, in the build; export again",
    ]


def test_returns_a_file_without_checks_is_held_against_the_build(
    named: Store, files: Path, tmp_path: Path
) -> None:
    read = pandas.read_csv(files / "terms.csv", dtype=str, keep_default_na=False).drop(columns="check")
    read.loc[read["term"] == "六保", "english"] = "Six Ensures"
    read.to_csv(tmp_path / "a.csv", index=False)
    assert compare_file(named, tmp_path / "a.csv").decisions == (
        Decision("english", "六保", "", label="Six Ensures", status="proposed"),
    )


# ------------------------------------------------------------------------------------- any edits


@pytest.mark.parametrize("seed", range(20))
def test_returns_any_edits_give_one_decision_each(named: Store, seed: int) -> None:
    """Random cells of the tables are edited; each edited field gives its decision, and no other does."""
    chance = random.Random(seed)
    told = contents(named)
    sheets = {
        table.name: [
            Row(f"{table.name} {n}", {name: str(value) for name, value in row.items()})
            for n, row in enumerate(table.rows)
        ]
        for table in (
            tables.terms(told, first_name_only=True),
            tables.further_names(told),
            tables.components(told),
        )
    }
    expected = set()
    for row in chance.sample(sheets["terms"], 25):
        term, field = row["term"], chance.choice(["english", "definition", "aliases"])
        text = f"{field} {chance.random()}"
        if field == "english" and not row["english"]:
            row.values.update(english=text, year="2021")
            expected.add(Decision("english", term, "", label=text, status="proposed", year=2021))
        elif field == "definition":
            row.values["definition"] = text
            expected.add(Decision("definition", term, "", definition=text))
        elif field == "aliases":
            row.values["aliases"] = f"{row['aliases']} | {text}" if row["aliases"] else text
            expected.add(Decision("alias", term, "", alias=text))
    lists = {row["list"]: row for row in sheets["components"]}
    for iri in chance.sample(sorted(lists), 5):
        mine = [row for row in sheets["components"] if row["list"] == iri]
        if any((d.term, d.document) == (mine[0]["term"], mine[0]["document"]) for d in expected):
            continue  # the second list of a document, which says the same as the first
        changed = chance.choice(mine)
        changed.values["component"] += "改"
        parts = tuple(row["component"] for row in mine)
        expected.add(
            Decision("components", mine[0]["term"], "", components=parts, document=mine[0]["document"])
        )
    found = compare(told, sheets)
    assert set(found.decisions) == expected and found.notes == ()
    assert len(found.decisions) == len(expected)


# ------------------------------------------------------------------------------------ curated.toml


OLD = """# Names that the office has settled on.

[[decision]]  # the first one
do = "english"
term = "六稳"
label = "the Six Stabilities"
status = "proposed"
source = "a draft"
date = 2020-01-01
reason = "first try"
"""


def test_returns_decisions_take_the_place_of_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "curated.toml"
    path.write_text(OLD, encoding="utf-8")
    decisions = [
        Decision("english", "六稳", "", label="the Six Stabilities", status="official", year=2020),
        Decision("components", "六稳", "", components=("稳就业", "稳金融"), document="r"),
        Decision("add", "新词", "", aliases=("新",), definition="说“新”的词。\n第二行。"),
    ]
    record(decisions, path, TODAY, "recheck", by="王")
    record(decisions, path, TODAY, "recheck", by="王")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Names that the office has settled on.\n\n[[decision]]  # the first one\n")
    common = {"date": TODAY, "by": "王", "reason": "recheck"}
    assert tomllib.loads(text)["decision"] == [
        {"do": "english", "term": "六稳", "label": "the Six Stabilities", "status": "official", "year": 2020, **common},
        {"do": "components", "term": "六稳", "components": ["稳就业", "稳金融"], "document": "r", **common},
        {"do": "add", "term": "新词", "aliases": ["新"], "definition": "说“新”的词。\n第二行。", **common},
    ]  # fmt: skip


def test_returns_decisions_of_a_new_file(tmp_path: Path) -> None:
    record([Decision("alias", "六稳", "", alias="六个稳")], tmp_path / "curated.toml", TODAY, "so")
    assert (tmp_path / "curated.toml").read_text(encoding="utf-8") == (
        "# What a person decided: it wins over what the rules find. A decision never goes by itself.\n\n"
        '[[decision]]\ndo = "alias"\nterm = "六稳"\nalias = "六个稳"\ndate = 2026-11-22\nreason = "so"\n'
    )


@pytest.mark.parametrize("text", ["[[decision]\n", 'decision = "yes"\n', "\udcff"])
def test_returns_a_broken_file_of_decisions_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "curated.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(KgError, match=r"curated\.toml: "):
        record([Decision("alias", "六稳", "", alias="六个稳")], path, TODAY, "so")
    assert path.read_bytes() == text.encode("utf-8", "surrogateescape")


# ----------------------------------------------------------------------------------- what is no export


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlsx", b"no zip", "is no workbook that can be read"),
        ("a.docx", b"", "only .xlsx, .csv and .tbx come back"),
        ("a.tbx", b"<tbx", "is not well-formed XML"),
        ("a.tbx", b'<martif type="TBX"/>', "is no TBX of ISO 30042:2019"),
        ("a.csv", b"a,b\n1,2\n", "has no column term, id, english, status, source, year; export it again"),
        ("c.csv", b"term,id\n,\n", "has no column english, status, source, year; export it again"),
        ("a.csv", b"", "the table terms is empty; export it again"),
        ("b.xlsx", None, "cannot be read"),
    ],
)
def test_returns_a_file_that_is_no_export_is_told(
    named: Store, tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(KgError) as caught:
        compare_file(named, tmp_path / name)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_returns_a_workbook_of_something_else_or_without_a_sheet(
    files: Path, named: Store, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(KgError, match="has no sheet terms, names, components or relations"):
        compare_file(named, tmp_path / "a.xlsx")
    book = Workbook(files / "xlsx.xlsx")
    del book.book["names"]
    with pytest.raises(KgError, match="has no sheet names"):
        compare_file(named, book.save(tmp_path / "a.xlsx"))


def test_returns_a_column_that_was_deleted_is_no_edit(named: Store, files: Path, tmp_path: Path) -> None:
    table = pandas.read_csv(files / "terms.csv", dtype=str, keep_default_na=False)
    heads = {head.split()[0]: head for head in table}
    table.drop(columns=[heads["definition"], heads["aliases"], heads["components"]]).to_csv(
        tmp_path / "a.csv", index=False
    )
    assert compare_file(named, tmp_path / "a.csv").decisions == ()
    assert compare_file(named, tmp_path / "a.csv").notes == ()


def test_returns_what_nobody_has_taken_back_is_not_written_over(
    named: Store, files: Path, tmp_path: Path
) -> None:
    (tmp_path / "others.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for path in (files / "xlsx.xlsx", files / "terms.csv", tmp_path / "others.csv", tmp_path / "none.csv"):
        require_taken_back(named, path)
    book = Workbook(files / "xlsx.xlsx")
    book.set("terms", book.row("terms", term="六稳"), english="six kinds of stability")
    with pytest.raises(
        KgError, match=r"holds 2 changes that this build does not know \(六稳\); take them back"
    ):
        require_taken_back(named, book.save(tmp_path / "a.xlsx"))
