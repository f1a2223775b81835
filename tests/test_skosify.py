"""Skosify, which knows nothing of this project, reads the glossary and has nothing to warn of."""

import logging
from pathlib import Path

import pytest
import skosify
from rdflib import SKOS, Graph


def warnings(path: Path, caplog: pytest.LogCaptureFixture) -> tuple[Graph, list[str]]:
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        graph = skosify.skosify(str(path))
    return graph, [record.getMessage() for record in caplog.records]


def test_skosify_reads_the_glossary_without_a_warning(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    read, said = warnings(output / "glossary.ttl", caplog)
    assert said == []
    # it has dropped no concept, no label and no relation, as it does where something is wrong
    glossary = Graph().parse(output / "glossary.ttl")
    for name in (
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.hiddenLabel,
        SKOS.definition,
        SKOS.broader,
        SKOS.narrower,
    ):
        assert set(read.subject_objects(name)) == set(glossary.subject_objects(name))


def test_skosify_would_have_warned(output: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "glossary.ttl"
    term = "<https://example.org/policy-terms/term/六稳>"
    broken = f'{term} skos:altLabel "六稳"@zh-Hans ; skos:prefLabel "稳六"@zh-Hans ; skos:broader {term} .\n'
    path.write_text((output / "glossary.ttl").read_text(encoding="utf-8") + broken, encoding="utf-8")
    assert len(warnings(path, caplog)[1]) >= 3
