"""The files that a build writes, without rdflib: what rdflib reads, and the same bytes however they come about."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from corpora import small_corpus
from decided import DECISIONS, decided
from nodes import KG as NODES
from rdflib import Graph

from kg.batches import Batches
from kg.collation import Collation
from kg.extracts import by_document, extract
from kg.graph import build_graph, glossary_graph
from kg.kept import Kept
from kg.model import Corpus
from kg.namespaces import full
from kg.paragraphs import outdented, paragraph, read
from kg.terms import Names
from kg.trig import GLOSSARY_CLASSES, named_graphs, write_files
from kg.turtle import trig, turtle
from kg.vocab import Iris

IRIS = Iris()
CORPORA = {
    "small": small_corpus,
    "without decisions": decided,
    "components of a person": lambda: decided(
        *(decision for name, decision in DECISIONS.items() if decision.do in ("components", "add"))
    ),
    "nothing": lambda: Corpus((), (), (), (), ()),
}


def written(
    corpus: Corpus, folder: Path, work: Kept | None = None, parts: Path | None = None
) -> tuple[str, str]:
    write_files(corpus, folder / "graph.trig", folder / "glossary.ttl", IRIS, None, work, parts)
    assert sorted(path.name for path in folder.iterdir()) == ["glossary.ttl", "graph.trig"]
    return (folder / "graph.trig").read_text("utf-8"), (folder / "glossary.ttl").read_text("utf-8")


@pytest.mark.parametrize("name", CORPORA)
def test_trig_is_what_a_writer_of_rdflib_graphs_writes(name: str, tmp_path: Path) -> None:
    corpus = CORPORA[name]()
    dataset = build_graph(corpus)
    assert written(corpus, tmp_path) == (trig(dataset), turtle(glossary_graph(dataset)))


def test_trig_paragraphs_of_mentions_are_those_of_the_general_writer() -> None:
    for graph in named_graphs(small_corpus(), IRIS):
        said: dict[str, list[tuple[str, str]]] = {}
        text = graph.text()
        for subject, predicate, value in read(outdented(text)):
            said.setdefault(subject, []).append((predicate, value))
        in_order = sorted(said, key=lambda subject: subject[1:-1])
        assert text == "".join(paragraph(subject, said[subject]) for subject in in_order)


@pytest.mark.parametrize("together", [1, 2])
def test_trig_is_the_same_however_many_paragraphs_of_a_kind_go_together(
    together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = small_corpus()
    told = build_graph(corpus)
    monkeypatch.setattr("kg.paragraphs._TOGETHER", together)
    assert written(corpus, tmp_path) == (trig(told), turtle(glossary_graph(told)))
    assert len(set(told.subjects(None, NODES.Count))) > together


def test_trig_a_statement_is_counted_once(tmp_path: Path) -> None:
    corpus = small_corpus()
    twice = replace(corpus, mentions=corpus.mentions * 2, sections=corpus.sections * 2, open=corpus.open * 2)
    for one in (corpus, twice):
        for records in by_document(one, IRIS):
            found = extract(records, Names(one.concepts), IRIS)
            assert found.size == len(set(read(outdented(found.text)))) > 0
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert written(twice, tmp_path / "a") == written(corpus, tmp_path / "b")


def test_trig_another_process_extracts_the_same_from_a_document() -> None:
    corpus = decided()
    names, records = Names(corpus.concepts), list(by_document(corpus, IRIS))
    with ProcessPoolExecutor(1) as pool:
        there = list(pool.map(partial(extract, names=names, iris=IRIS), records))
    assert there == [extract(one, names, IRIS) for one in records]


@pytest.mark.parametrize("name", CORPORA)
def test_trig_is_the_same_where_others_make_the_graphs_of_documents(name: str, tmp_path: Path) -> None:
    corpus, here = CORPORA[name](), tmp_path / "here"
    here.mkdir()
    alone = written(corpus, here)
    for parts in (None, tmp_path / "parts"):
        there = tmp_path / f"there-{parts is None}"
        there.mkdir()
        with ThreadPoolExecutor(2) as executor:
            assert written(corpus, there, Kept(Batches(executor, 2)), parts) == alone


def test_trig_the_classes_of_the_glossary_are_classes() -> None:
    kinds = {full(kind) for kind in GLOSSARY_CLASSES}
    assert str(NODES.Definition) in kinds
    assert not kinds & {str(NODES.Mention), str(NODES.Section)}


@pytest.mark.parametrize("held", [0, 500, 10**9])
def test_collation_is_the_same_whatever_fits_in_memory(held: int, tmp_path: Path) -> None:
    told = [
        (subject, outdented(paragraph(f"<{subject}>", [("rdfs:label", f'"{number}\\n \u2028 .\u0085"')])))
        for number in range(3)
        for subject in ("b", "a/c", "a", "两")
    ]
    with Collation(tmp_path, held) as pile:
        for paragraphs in (told[:5], told[5:6], told[6:], ()):
            pile.add(paragraphs)
        texts = list(pile.paragraphs())
    values = [f'"{number}\\n \u2028 .\u0085"' for number in range(3)]
    assert texts == [
        outdented(paragraph(f"<{subject}>", [("rdfs:label", value) for value in values]))
        for subject in ("a", "a/c", "b", "两")
    ]
    assert not list(tmp_path.iterdir())


def test_trig_a_failure_leaves_the_old_files(tmp_path: Path) -> None:
    written(small_corpus(), tmp_path)
    old = {path: path.read_bytes() for path in tmp_path.iterdir()}
    corpus = small_corpus()
    broken = replace(corpus, relations=(replace(corpus.relations[0], confidence="much"),))  # type: ignore[arg-type]
    with pytest.raises(ArithmeticError):
        write_files(broken, tmp_path / "graph.trig", tmp_path / "glossary.ttl", IRIS)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


def test_trig_the_glossary_reads_back(tmp_path: Path) -> None:
    _, glossary = written(small_corpus(), tmp_path)
    assert set(Graph().parse(data=glossary, format="turtle")) == set(
        glossary_graph(build_graph(small_corpus()))
    )
