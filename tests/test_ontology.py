"""The ontology is the public documentation: it and the code name the same things, in two languages."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from corpora import small_corpus
from nodes import KG, ONTOLOGY
from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef

from kg import vocab
from kg.graph import build_graph
from kg.resources import resource

ontology = Graph().parse(resource("ontology/kg.ttl"))
shapes = Graph().parse(resource("ontology/shapes.ttl"))
NAMES = set(vocab.KG.__annotations__)
QUERIES = sorted(path for name in ("queries", "checks") for path in resource(f"ontology/{name}").glob("*.rq"))
SOURCES = sorted(Path(resource("graph.py")).parent.rglob("*.py"))


def local_names(graph: Graph) -> set[str]:
    terms = {term for statement in graph for term in statement if isinstance(term, URIRef)}
    return {str(term).removeprefix(str(KG)) for term in terms if str(term).startswith(str(KG))}


def test_ontology_names_what_the_code_names_and_nothing_else() -> None:
    assert {str(subject).removeprefix(str(KG)) for subject in ontology.subjects(RDFS.label)} == NAMES
    assert local_names(ontology) == NAMES


def test_ontology_every_name_is_used_by_the_code() -> None:
    used = {name for path in SOURCES for name in re.findall(r"\bKG\.(\w+)", path.read_text(encoding="utf-8"))}
    assert used == NAMES


def test_ontology_every_name_is_in_the_graph_of_a_corpus_with_one_of_everything() -> None:
    union = Graph()
    for with_mentions in (True, False):
        for statement in build_graph(small_corpus(), with_mentions=with_mentions).quads():
            union.add(statement[:3])
    assert local_names(union) == NAMES


def test_ontology_every_name_has_a_shape() -> None:
    assert local_names(shapes) == NAMES
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    assert classes <= set(shapes.objects(None, SH.targetClass))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_ontology_queries_use_only_its_names(path: Path) -> None:
    assert set(re.findall(r"\bkg:(\w+)", path.read_text(encoding="utf-8"))) <= NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_ontology_says_what_each_name_means_in_both_languages(name: str) -> None:
    for kind in (RDFS.label, RDFS.comment):
        texts = [text for text in ontology.objects(KG[name], kind) if isinstance(text, Literal)]
        assert sorted(text.language or "" for text in texts) == ["en", "zh"]
        assert all(text.strip() for text in texts)
        if kind == RDFS.comment:
            assert all(text.endswith("." if text.language == "en" else "。") for text in texts)


def test_ontology_labels_are_not_given_twice() -> None:
    labels = list(ontology.objects(None, RDFS.label))
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_ontology_a_name_is_a_class_or_a_property_by_its_first_letter(name: str) -> None:
    kinds = set(ontology.objects(KG[name], RDF.type)) & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    assert len(kinds) == 1
    assert (kinds == {OWL.Class}) == name[0].isupper()


def test_ontology_values_in_the_graph_are_of_the_stated_range() -> None:
    graph = build_graph(small_corpus())
    for subject, predicate, value, _ in graph.quads():
        if not str(predicate).startswith(str(KG)):
            continue
        assert (predicate, RDF.type, OWL.ObjectProperty) in ontology or isinstance(value, Literal), predicate
        domain, range_ = ontology.value(predicate, RDFS.domain), ontology.value(predicate, RDFS.range)
        if str(domain).startswith(str(KG)):
            assert (subject, RDF.type, domain) in graph, predicate
        if str(range_).startswith(str(KG)):
            assert (value, RDF.type, range_) in graph, predicate
        elif isinstance(value, Literal) and range_ == RDF.langString:
            assert value.language, predicate
        elif isinstance(value, Literal) and range_ is not None and value.datatype is not None:
            assert value.datatype == range_, predicate


def test_ontology_has_a_version_that_its_version_iri_repeats() -> None:
    info = ontology.value(ONTOLOGY, OWL.versionInfo)
    assert str(ontology.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{info}"


def test_ontology_has_the_version_of_the_package() -> None:
    pyproject = Path(__file__).parent.parent / "pyproject.toml"
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    assert str(ontology.value(ONTOLOGY, OWL.versionInfo)) == project["version"] == version("policy-terms")
