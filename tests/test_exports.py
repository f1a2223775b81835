"""Every export is read back by another library than the one that wrote it, and holds as much as the graph."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import bibtexparser
import igraph
import mammoth
import openpyxl
import pandas
import pytest
import rdflib
from lxml import etree
from markdown_it import MarkdownIt
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import SKOS

from kg.citations import bibtex, citation
from kg.exports import FORMATS, Format, Scope, export, format_of, scope
from kg.exports.contents import contents
from kg.exports.graphs import glossary
from kg.exports.scopes import EVERYTHING
from kg.exports.tables import TERMS
from kg.exports.untranslated import untranslated
from kg.model import KgError
from kg.network import term_network
from kg.store import build_store, select
from kg.visual.contents import seen_years

DATA = Path(__file__).parent / "data"
TERM = "https://example.org/policy-terms/term/"
KG = rdflib.Namespace("https://example.org/policy-terms/ontology#")
TBX = {"t": "urn:iso:std:iso:30042:ed-2"}
FORMAT = {each.name: each for each in FORMATS}


@pytest.fixture(scope="module")
def written(named: Store) -> dict[str, bytes]:
    """The whole build in every format."""
    return {each.name: export(named, each) for each in FORMATS}


@pytest.fixture
def small() -> Store:
    """The small graph that was made by hand, to be changed."""
    made = Store()
    made.bulk_load(path=str(DATA / "small.trig"), format=RdfFormat.TRIG)
    return made


def number(store: Store, pattern: str) -> int:
    """How many different answers a pattern has, asked of the graph itself."""
    (row,) = select(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT * WHERE {{ {pattern} }} }}")
    return int(row["n"])


@pytest.fixture(scope="module")
def counted(named: Store) -> dict[str, int]:
    """How much the graph holds."""
    return {
        "terms": number(named, "?term a kg:Term"),
        "labels": number(named, 'SELECT DISTINCT ?term ?label { ?term a kg:Term ; skos:prefLabel|skos:altLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh")) }'),
        "definitions": number(named, "SELECT DISTINCT ?d { ?d a kg:Definition }"),
        "defined": number(named, "SELECT DISTINCT ?term { ?term skos:definition ?text }"),
        "components": number(named, "SELECT DISTINCT ?slot { ?slot a kg:Slot }"),
        "links": number(named, "SELECT DISTINCT ?one ?other { ?one skos:narrower ?other }"),
        "relations": number(named, "SELECT DISTINCT ?r { ?r a kg:Relation }"),
        # a long form that is another name of its term is no row
        "pairs": number(named, "SELECT DISTINCT ?r { ?r a kg:Relation MINUS { ?r kg:longForm ?name } }"),
        "documents": number(named, "SELECT DISTINCT ?doc { ?doc kg:documentKind ?kind }"),
    }  # fmt: skip


def test_exports_the_graph_to_compare_with_is_not_empty(counted: dict[str, int]) -> None:
    assert min(counted.values()) >= 5
    assert counted["terms"] > 400 and counted["links"] > 200 and counted["definitions"] > 70


# ------------------------------------------------------------------------------------------- RDF


@pytest.mark.parametrize(("name", "form"), [("jsonld", "json-ld"), ("rdf", "xml")])
def test_exports_rdflib_reads_what_oxigraph_wrote(
    written: dict[str, bytes], counted: dict[str, int], name: str, form: str
) -> None:
    graph = rdflib.Graph().parse(data=written[name], format=form)
    terms = set(graph.subjects(rdflib.RDF.type, KG.Term))
    assert len(terms) == counted["terms"]
    chinese = [
        (term, label)
        for label_of in (SKOS.prefLabel, SKOS.altLabel)
        for term, label in graph.subject_objects(label_of)
        if label.language == "zh-Hans"
    ]
    assert len(chinese) == counted["labels"]
    assert len(set(graph.subjects(rdflib.RDF.type, KG.Definition))) == counted["definitions"]
    assert len(list(graph.subject_objects(SKOS.narrower))) == counted["links"]
    assert len(set(graph.subjects(rdflib.RDF.type, KG.Relation))) == counted["relations"]
    tags = {each.language for each in graph.objects() if isinstance(each, rdflib.Literal) and each.language}
    assert {"zh-Hans", "en", "zh-latn-pinyin"} == {tag.replace("Latn", "latn") for tag in tags}


def test_exports_oxigraph_reads_what_our_writer_wrote(named: Store, written: dict[str, bytes]) -> None:
    read = {quad.triple for quad in parse(written["ttl"], format=RdfFormat.TURTLE)}
    assert {plain(triple) for triple in read} == {plain(triple) for triple in glossary(named)}
    assert '"六稳"@zh-Hans' in written["ttl"].decode()


def test_exports_turtle_says_what_the_glossary_of_a_build_says(output: Path) -> None:
    store = Store()
    store.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    file = {plain(quad.triple) for quad in parse(path=str(output / "glossary.ttl"))}
    assert {plain(triple) for triple in glossary(store)} == file


def plain(triple) -> tuple[str, ...]:
    """A statement in which 0.96 and 0.9600 are one number."""
    value = triple.object
    if isinstance(value, Literal) and value.datatype.value.endswith("#decimal"):
        value = f"{float(value.value)}"
    return str(triple.subject), str(triple.predicate), str(value)


def test_exports_rdflib_reads_the_dataset(named: Store, written: dict[str, bytes], small: Store) -> None:
    assert written["nq"].count(b"\n") == len(named)
    dataset = rdflib.Dataset()
    dataset.parse(data=export(small, FORMAT["nq"]), format="nquads")
    assert len(set(dataset.quads())) == len(small)
    assert {str(graph.identifier) for graph in dataset.graphs() if len(graph)} == {
        graph.value for graph in small.named_graphs()
    }


# ---------------------------------------------------------------------------------------- tables


def frame(content: bytes, **more) -> pandas.DataFrame:
    return pandas.read_csv(BytesIO(content), encoding="utf-8-sig", dtype=str, keep_default_na=False, **more)


def test_exports_pandas_reads_the_tables(written: dict[str, bytes], counted: dict[str, int]) -> None:
    terms, relations = frame(written["terms"]), frame(written["relations"])
    assert len(terms) == counted["terms"] == terms["id"].nunique()
    assert terms["aliases"].str.split(" | ", regex=False).map(lambda a: len([x for x in a if x])).sum() == (
        counted["labels"] - counted["terms"]
    )
    assert (terms["definition"] != "").sum() == counted["defined"]
    assert (relations["relation"] == "component").sum() == counted["links"]
    assert (relations["relation"] != "component").sum() == counted["pairs"]
    row = terms.set_index("term").loc["六稳"]
    assert (row["english"], row["year"]) == (
        "the Six Stabilities | Six Priorities of Stability | Six Steadies",
        "2020 |  | ",
    )
    assert row["components"] == "稳就业 | 稳金融 | 稳外贸 | 稳外资 | 稳投资 | 稳预期"


@pytest.fixture(scope="module")
def book(written: dict[str, bytes]) -> openpyxl.Workbook:
    """The workbook, which xlsxwriter wrote and openpyxl reads."""
    return openpyxl.load_workbook(BytesIO(written["xlsx"]))


def test_exports_openpyxl_reads_the_workbook(book: openpyxl.Workbook, counted: dict[str, int]) -> None:
    rows = {sheet.title: sheet.max_row - 1 for sheet in book}
    assert rows.pop("about") > 5
    assert rows == {
        "terms": counted["terms"],
        "names": 2,
        "definitions": counted["definitions"],
        "components": counted["components"],
        "relations": counted["pairs"],
        "sources": counted["documents"],
    }


def test_exports_workbook_is_made_to_be_filled_in(book: openpyxl.Workbook) -> None:
    sheet = book["terms"]
    heads = {str(cell.value).split()[0]: cell for cell in sheet[1]}
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions
    assert heads["english"].fill.fgColor.rgb != heads["pinyin"].fill.fgColor.rgb
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"official,proposed,rejected"'
    assert str(choice.sqref).startswith(f"{heads['status'].column_letter}2:")
    assert sheet.column_dimensions[heads["check"].column_letter].hidden
    tall = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "三去一降一补")
    assert tall[heads["definition"].column - 1].alignment.wrap_text
    assert sheet.row_dimensions[tall[0].row].height > 60
    assert heads["id"].comment is not None


def test_exports_what_looks_like_a_formula_or_a_link_stays_text(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert next(c for c in book["terms"]["A"] if c.value == "1331").data_type == "s"


# ------------------------------------------------------------------------------------- termbase


def test_exports_termbase_is_valid_and_complete(written: dict[str, bytes], counted: dict[str, int]) -> None:
    tree = etree.fromstring(written["tbx"])
    grammar = etree.RelaxNG(etree.parse(DATA / "tbx-basic.rng"))
    grammar.assertValid(tree)
    assert len(tree.findall(".//t:conceptEntry", TBX)) == counted["terms"]
    assert (
        len(tree.findall(".//t:langSec[@xml:lang='zh-Hans']/t:termSec", {**TBX, "xml": XML}))
        == (counted["labels"])
    )
    assert len(tree.findall(".//t:descrip[@type='definition']", TBX)) == counted["definitions"]
    assert len(tree.findall(".//t:ref", TBX)) == counted["links"] + counted["pairs"]
    ids = {each.get("id") for each in tree.iter("{*}conceptEntry")}
    assert {each.get("target") for each in tree.iter("{*}ref")} <= ids


XML = "http://www.w3.org/XML/1998/namespace"


def test_exports_termbase_tells_status_source_and_year(written: dict[str, bytes]) -> None:
    tree = etree.fromstring(written["tbx"])
    english = tree.xpath(
        "//t:langSec[@xml:lang='en'][t:termSec/t:term='the Six Stabilities']", namespaces=TBX
    )
    told = [[each.text for each in section] for section in english[0]]
    assert told == [
        ["the Six Stabilities", "preferredTerm-admn-sts", "State Council, 2020", "year: 2020"],
        ["Six Priorities of Stability", "admittedTerm-admn-sts"],
        ["Six Steadies", "deprecatedTerm-admn-sts"],
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('style="dca"', 'style="dct"'),
        ("preferredTerm-admn-sts", "preferred"),
        ('type="crossReference"', 'type="seeAlso"'),
        ("<term>六稳</term>", "<term></term>"),
        ('<descrip type="definition">', '<descrip type="meaning">'),
    ],
)
def test_exports_grammar_of_termbases_refuses_what_is_wrong(
    written: dict[str, bytes], old: str, new: str
) -> None:
    text = written["tbx"].decode()
    assert old in text
    grammar = etree.RelaxNG(etree.parse(DATA / "tbx-basic.rng"))
    assert not grammar.validate(etree.fromstring(text.replace(old, new, 1).encode()))


# ------------------------------------------------------------- network, cards, booklets, sources


def test_exports_igraph_reads_the_network(
    written: dict[str, bytes], counted: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "n.graphml").write_bytes(written["graphml"])
    network = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml"))
    assert network.vcount() == counted["terms"]
    kinds = network.es["kind"]
    assert kinds.count("part") >= counted["links"]
    assert "六稳" in network.vs["label"]


def test_exports_cards_have_a_front_and_a_back(named: Store, written: dict[str, bytes]) -> None:
    text = written["anki"].decode("utf-8")
    settings = [line for line in text.splitlines() if line.startswith("#")]
    assert settings == [
        "#separator:Comma", "#html:true", "#notetype:Basic", "#deck:政策术语表", "#columns:front,back,tags",
        "#tags column:3",
    ]  # fmt: skip
    cards = frame(written["anki"], skiprows=len(settings), names=["front", "back", "tags"])
    told = [term for term in contents(named).terms if term.definition or term.lists]
    assert list(cards["front"]) == [term.label for term in told]
    six = cards.set_index("front").loc["六稳"]
    assert six["back"].startswith("稳就业、稳金融") and "Six Steadies" not in six["back"]
    assert six["tags"] == "领域::疫情 年份::2021"
    groups = cards.set_index("front").loc["三去一降一补", "back"]
    assert "<b>三去</b>：去产能、去库存、去杠杆<br><b>一降</b>：降成本" in groups


def headings(tokens, level: str) -> list[str]:
    return [
        "".join(child.content for child in tokens[n + 1].children if child.type == "text")
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == level
    ]


def test_exports_markdown_booklet_has_an_article_for_each_term(
    named: Store, written: dict[str, bytes]
) -> None:
    tokens = MarkdownIt().parse(written["md"].decode("utf-8"))
    articles = headings(tokens, "h3")
    terms = contents(named).terms
    assert articles == [f"{term.label} {term.pinyin}".strip() for term in terms]
    text = " ".join(t.content for token in tokens for t in token.children or () if t.type == "text")
    for term in terms:
        assert " ".join(term.definition.split("\n")) in text
    assert headings(tokens, "h2")[0] == "B" and headings(tokens, "h2")[-2:] == ["数字及其他", "文献"]


def test_exports_word_booklet_has_an_article_for_each_term(named: Store, written: dict[str, bytes]) -> None:
    page = mammoth.convert_to_html(BytesIO(written["docx"])).value
    tree = etree.HTML(page)
    terms = contents(named).terms
    articles = ["".join(each.itertext()).split("  ")[0] for each in tree.iter("h2")]
    assert articles == [term.label for term in terms]
    text = "".join(tree.itertext())
    for term in terms:
        for definition in term.definitions:
            assert "".join(definition.text.split()) in "".join(text.split())
    assert "the Six Stabilities（官方，State Council, 2020）" in text


def test_exports_bibtex_is_read_by_another_parser(named: Store, written: dict[str, bytes]) -> None:
    library = bibtexparser.parse_string(written["bib"].decode("utf-8"))
    assert not library.failed_blocks
    documents = contents(named).documents
    assert [entry.key for entry in library.entries] == [document["id"] for document in documents]
    titles = [entry["title"].strip("{}") for entry in library.entries]
    assert titles == [document["title"] for document in documents]
    lines = written["gbt7714"].decode("utf-8").splitlines()
    assert lines == [f"[{n}] {citation(each)}" for n, each in enumerate(documents, start=1)]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"id": "2024年报告", "title": "甲", "kind": "other"}, r"@techreport\{2024-[0-9a-f]{6},"),
        ({"id": "报告", "title": "甲", "kind": "other"}, r"@techreport\{document-[0-9a-f]{6},"),
        (
            {"id": "a", "title": r"a_b & {c} \d 100%", "kind": "other"},
            r"title = \{\{a\\_b \\& c d 100\\%\}\}",
        ),
        ({"id": "a", "title": "甲", "kind": "abridgement", "issuer": "乙"}, r"^(?!.*乙)"),
        ({"id": "a", "title": None, "kind": "other", "url": "http://x/{ b"}, r"url = \{http://x/%7B%20b\}"),
    ],
)
def test_exports_bibtex_of_odd_documents(document: dict[str, str], told: str) -> None:
    assert re.search(told, bibtex(document), re.DOTALL)
    assert len(bibtexparser.parse_string(bibtex(document)).entries) == 1


# --------------------------------------------------------------------------------------- scopes


def test_exports_of_a_year_have_the_terms_seen_in_it(named: Store, output: Path) -> None:
    store = Store()
    store.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    seen = seen_years(term_network(store))
    for year in (2021, 2024, 2025):
        assert scope(named, year=year).terms == {iri for iri, years in seen.items() if year in years}


def test_exports_say_only_documents_in_which_a_term_stands(named: Store, output: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (output / "text").iterdir()}
    for term in contents(named).terms:
        bare = term.label.partition("（")[0]
        parts = [part.text for told in term.lists for part in told.parts]
        for document in set(term.documents) - {told.document for told in term.definitions}:
            assert any(name in texts[document] for name in (term.label, bare, *term.aliases, *parts[:1])), (
                term
            )


def test_exports_of_a_document_and_of_a_term(named: Store) -> None:
    digest = scope(named, document="shanxi-2025-digest")
    assert TERM + "灯塔工厂" in (digest.terms or ()) and TERM + "六稳" not in (digest.terms or ())
    assert digest.documents == ("shanxi-2025-digest",)
    alone = scope(named, terms=[TERM + "六稳"])
    assert alone == Scope("政策术语表：六稳", frozenset([TERM + "六稳"]), ("shanxi-2021-report-annotated",))


def test_exports_of_a_term_and_its_neighbourhood(output: Path) -> None:
    store = Store()
    store.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    near = scope(store, terms=[TERM + "六稳"], depth=1).terms or frozenset()
    assert {TERM + "六稳", TERM + "稳就业", TERM + "六保"} <= near and TERM + "三去一降一补" not in near
    both = scope(store, year=2024, terms=[TERM + "六稳"], depth=2)
    assert both.terms == scope(store, year=2024).terms & scope(store, terms=[TERM + "六稳"], depth=2).terms


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"year": 1999}, "there is no document of 1999 in this build; years with one: 2021, 2024, 2025"),
        ({"document": "x"}, "there is no document 'x' in this build; its documents: shanxi-2021"),
    ],
)
def test_exports_of_what_is_not_there_say_what_is(named: Store, wanted, message: str) -> None:
    with pytest.raises(KgError) as caught:
        scope(named, **wanted)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("format", FORMATS, ids=lambda each: each.name)
def test_exports_are_narrowed(named: Store, written: dict[str, bytes], format: Format) -> None:
    some = scope(named, terms=[TERM + "六稳", TERM + "三去一降一补"])
    text = export(named, format, some)
    if format.text and format.name not in ("relations", "bib", "gbt7714"):
        assert "六稳" in text.decode() and "四个意识" not in text.decode()
    assert len(text) < len(written[format.name]) or format.name in ("bib", "gbt7714")


def test_exports_a_narrowed_glossary_points_at_nothing_outside(named: Store) -> None:
    wanted = [TERM + "六稳", TERM + "稳就业", TERM + "六保"]
    some, whole = glossary(named, wanted), glossary(named)
    kind, term = NamedNode(str(rdflib.RDF.type)), NamedNode(str(KG.Term))
    assert {each.subject.value for each in some if (each.predicate, each.object) == (kind, term)} == set(
        wanted
    )
    others = {each.subject for each in whole if (each.predicate, each.object) == (kind, term)}
    others -= {NamedNode(iri) for iri in wanted}
    assert not [each for each in some if each.object in others]
    assert set(some) < set(whole)
    for iri in wanted:  # nothing else that is said of them is lost
        said = {each for each in whole if each.subject.value == iri and each.object not in others}
        assert said == {each for each in some if each.subject.value == iri}
    slots = {each.object for each in some if each.predicate.value == str(KG.slot)}
    assert slots and slots <= {each.subject for each in some}
    assert {each.subject.value for each in some} >= {TERM.replace("term/", f"name/{n}") for n in (1, 2, 3)}


# ---------------------------------------------------------------------------- names and formats


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.xlsx", "xlsx"), ("A.TTL", "ttl"), ("terms.csv", "terms"), ("mine.csv", "terms"), ("anki.csv", "anki"),
        ("relations.csv", "relations"), ("sources.bib", "bib"), ("references.txt", "gbt7714"),
    ],
)  # fmt: skip
def test_exports_the_name_of_a_file_says_its_format(file: str, name: str) -> None:
    assert format_of(Path(file)).name == name


def test_exports_unknown_formats_are_told() -> None:
    with pytest.raises(KgError, match=r"a\.pdf: what to write is said by the ending"):
        format_of(Path("a.pdf"))
    with pytest.raises(KgError, match=r"there is no format 'owl'; there are: ttl, jsonld"):
        format_of(Path("a.ttl"), "owl")


def test_exports_nothing_is_told_where_nothing_is_chosen(named: Store) -> None:
    with pytest.raises(KgError, match="nothing to export"):
        export(named, FORMAT["xlsx"], Scope("", frozenset(), ()))


def test_exports_are_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    build_store(DATA / "small.trig", tmp_path / "store")
    code = (
        "import sys, hashlib; from pathlib import Path; from kg.store import open_store; import kg.exports as e;"
        "s = open_store(Path(sys.argv[1]));"
        "print([hashlib.sha256(e.export(s, f)).hexdigest() for f in e.FORMATS])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert runs[0] == runs[1] and runs[0].count(",") == len(FORMATS) - 1


# ------------------------------------------------------------------------------ names, untranslated


def test_exports_english_names_with_all_that_is_known(named: Store) -> None:
    told = {term.label: term.names for term in contents(named).terms if term.names}
    assert {
        label: [(n.text, n.status, n.source, n.year) for n in names] for label, names in told.items()
    } == {
        "六稳": [
            ("the Six Stabilities", "official", "State Council, 2020", 2020),
            ("Six Priorities of Stability", "proposed", "", None),
            ("Six Steadies", "rejected", "", None),
        ],
        "六新": [("the Six New Fields", "", "", None)],
    }


def test_exports_a_definition_of_a_person_stands_first(small: Store) -> None:
    store = small
    six = NamedNode(TERM + "六稳")
    old = next(q for q in store.quads_for_pattern(six, NamedNode(str(SKOS.definition)), None))
    store.remove(old)
    store.add(type(old)(old.subject, old.predicate, Literal("六个稳。", language="zh-Hans"), old.graph_name))
    entry = etree.fromstring(export(store, FORMAT["tbx"]))
    texts = entry.xpath("//t:langSec[t:termSec/t:term='六稳']//t:descrip/text()", namespaces=TBX)
    assert texts[0] == "六个稳。" and len(texts) > 1
    assert "六个稳。" in export(store, FORMAT["md"]).decode()


def test_exports_hold_no_character_that_xml_forbids() -> None:
    store = Store()
    text = (
        (DATA / "small.trig")
        .read_text(encoding="utf-8")
        .replace("稳就业、稳金融", r"稳就业、\u0001\u000B稳金融")
    )
    store.bulk_load(text.encode(), format=RdfFormat.TRIG)
    etree.fromstring(export(store, FORMAT["tbx"]))
    assert "稳就业、稳金融" in mammoth.extract_raw_text(BytesIO(export(store, FORMAT["docx"]))).value
    rows = csv.DictReader(StringIO(export(store, FORMAT["terms"]).decode("utf-8-sig")))
    assert "稳就业、稳金融" in {row["definition"] for row in rows}


def test_untranslated_lists_the_most_mentioned_first(named: Store) -> None:
    rows = untranslated(named)
    counts = [row["mentions"] for row in rows]
    assert counts == sorted(counts, reverse=True) and counts[0] == 6
    labels = {row["term"] for row in rows}
    assert "六稳" not in labels and "六新" not in labels
    assert len(rows) == number(named, "?term a kg:Term") - 2
    assert {row["term"] for row in untranslated(named, scope(named, year=2025))} < labels


def test_untranslated_a_rejected_name_is_none(small: Store) -> None:
    small.load(
        f"""PREFIX skosxl: <http://www.w3.org/2008/05/skos-xl#> PREFIX kg: <{KG}>
        <{TERM}六稳> skosxl:altLabel <urn:n> . <urn:n> skosxl:literalForm "Six Steadies"@en ; kg:status "rejected" .
        """.encode(),
        format=RdfFormat.TURTLE,
    )
    (row,) = [row for row in untranslated(small) if row["term"] == "六稳"]
    assert row["rejected"] == ["Six Steadies"]


def test_exports_every_column_is_explained() -> None:
    assert all(column.what and column.chinese for column in TERMS)
    assert EVERYTHING.terms is None
