"""Two builds told apart: in terms, and in statements, which another library applies."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import small_corpus
from rdflib import Dataset

from kg import differences
from kg.differences import Change, changes, patch
from kg.graph import build_graph, glossary_graph
from kg.model import Corpus, Identifier, KgError
from kg.turtle import write_trig, write_turtle

HEAD = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix kg: <https://example.org/policy-terms/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <https://example.org/policy-terms/term/> .
"""


def term(name: str, label: str = "", text: str = "", parts: str = "", list_: str = "kg:defines") -> str:
    said = f't:{name} a kg:Term, skos:Concept ; skos:prefLabel "{label or name}"@zh-Hans, "The {name}"@en .\n'
    if text or parts:
        slots = "".join(f", <{name}/{i}>" for i, _ in enumerate(parts.split()))[1:]
        said += f"<{name}> {list_} t:{name} {f'; kg:slot {slots}' if parts else ''} .\n"
        said += f'<{name}> rdf:value "{text}"@zh-Hans .\n' if text else ""
        said += "".join(
            f'<{name}/{i}> rdf:value "{part}"@zh-Hans .\n' for i, part in enumerate(parts.split())
        )
    return said


def gone(name: str, *heirs: str) -> str:
    by = "".join(f" ; dct:isReplacedBy t:{heir}" for heir in heirs)
    return f't:{name} a skos:Concept ; skos:prefLabel "{name}"@zh-Hans ; owl:deprecated true {by} .\n'


def compared(tmp_path: Path, old: str, new: str) -> list[Change]:
    for name, text in (("old.ttl", old), ("new.ttl", new)):
        (tmp_path / name).write_text(f"@base <https://example.org/> .{HEAD}{text}", encoding="utf-8")
    return changes(tmp_path / "old.ttl", tmp_path / "new.ttl")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (term("六稳"), term("六稳"), []),
        ("", term("六稳"), ["new 六稳"]),
        (term("六稳"), "", ["gone 六稳"]),
        (term("六稳"), gone("六稳"), ["gone 六稳"]),
        (term("六稳"), gone("六稳", "八稳") + gone("八稳", "九稳") + term("九稳"), ["renamed 九稳 was 六稳"]),
        (term("六稳") + term("九稳"), gone("六稳", "九稳") + term("九稳"), ["gone 六稳 by 九稳"]),
        (term("六稳") + term("七稳"), gone("六稳", "九稳") + gone("七稳", "九稳") + term("九稳"), ["gone 六稳 by 九稳", "renamed 九稳 was 七稳"]),
        (term("两山"), term("两山", "两山（太行山）"), ["renamed 两山（太行山） was 两山"]),
        (term("六稳", text="甲、乙", parts="甲 乙"), term("六稳", text="甲、丙", parts="甲 丙"), ["redefined 六稳 +丙 -乙 +1 -1"]),
        (term("六稳"), term("六稳", text="甲"), ["redefined 六稳 +1 -0"]),
        (term("两保", parts="甲 乙", list_="kg:listingOf"), term("两保", parts="甲", list_="kg:listingOf"), ["redefined 两保 -乙 +0 -0"]),
        (term("七", text="甲"), gone("七", "八") + term("八", text="乙"), ["renamed 八 was 七", "redefined 八 +1 -1"]),
    ],
)  # fmt: skip
def test_differences_of_terms(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    def shown(change: Change) -> str:
        parts = [change.change, change.term]
        parts += [f"was {change.was}"] if change.was else []
        parts += [f"by {label}" for label in change.replaced_by]
        parts += [f"+{text}" for text in change.added] + [f"-{text}" for text in change.dropped]
        if change.change == "redefined":
            parts.append(f"+{len(change.definitions_added)} -{len(change.definitions_dropped)}")
        return " ".join(parts)

    found = [shown(change) for change in compared(tmp_path, old, new)]
    assert sorted(found) == sorted(expected)


def written(corpus: Corpus, folder: Path) -> Path:
    folder.mkdir()
    dataset = build_graph(corpus)
    write_trig(dataset, folder / "graph.trig")
    write_turtle(glossary_graph(dataset), folder / "glossary.ttl")
    return folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A build, and one whose text was edited and which lost a term and a homonym's qualifier."""
    corpus = small_corpus()
    entry = corpus.concepts[0].entries[0]
    other = replace(corpus.concepts[0], entries=(replace(entry, components=entry.components[:4]),))
    kept = tuple(concept for concept in corpus.concepts[1:] if concept.id != "1+N")
    edited = replace(
        corpus,
        concepts=(other, *kept),
        mentions=tuple(m for m in corpus.mentions if m.concept != "1+N"),
        subjects=(),
        identifiers=(*corpus.identifiers, Identifier("1+N", "1+N", gone=True)),
    )
    return written(corpus, tmp_path / "old"), written(edited, tmp_path / "new")


def quads(dataset: Dataset) -> set[object]:
    return set(dataset.quads())


@pytest.mark.parametrize("chunk", [7, 100_000])
@pytest.mark.parametrize("back", [False, True])
def test_differences_patch_makes_one_graph_of_the_other(two, monkeypatch, chunk, back) -> None:
    """rdflib reads and applies it; it was written by another library."""
    monkeypatch.setattr(differences, "_CHUNK", chunk)
    old, new = reversed(two) if back else two
    lines = list(patch(old, new))
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    assert len(set(lines)) == len(lines)
    assert sorted(lines[1:-1], key=lambda line: line[2:]) == lines[1:-1]
    dataset = Dataset().parse(old / "graph.trig", format="trig")
    wanted = Dataset().parse(new / "graph.trig", format="trig")
    assert quads(dataset) != quads(wanted)
    assert len(lines) - 2 == len(quads(dataset) ^ quads(wanted))
    dataset.parse(data="\n".join(lines) + "\n", format="patch")
    assert quads(dataset) == quads(wanted)
    assert not re.search("@zh-hans", "".join(lines))


def test_differences_of_a_build_with_itself_are_none(output: Path) -> None:
    assert changes(output, output) == []
    assert list(patch(output, output)) == []
    assert changes(output / "glossary.ttl", output) == []


def test_differences_take_folders_and_files_and_the_glossary_where_one_side_has_no_more(two) -> None:
    old, new = two
    by_graph = changes(old, new)
    assert {(change.change, change.term) for change in by_graph} == {
        ("gone", "1+N"),
        ("redefined", "三去一降一补"),
    }
    assert changes(old / "glossary.ttl", new) == changes(old, new / "glossary.ttl") == by_graph
    assert changes(old / "graph.trig", new / "graph.trig") == by_graph
    (old / "graph.trig").unlink()
    assert changes(old, new) == by_graph
    assert not any("/graph/" in line for line in patch(old, new))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.ttl", None, "there is no .*none.ttl: give a build or a file of a graph"),
        ("empty", None, "there is no .*glossary.ttl: run `kg build --output .*empty` first"),
        ("a.docx", "", "a.docx: no graph; give a folder of a build, or a .ttl, .trig, .nt or .nq file"),
        ("a.ttl", "<a> <b>", "a.ttl cannot be read: .*line 1"),
    ],
)
def test_differences_what_cannot_be_read_is_said_in_one_line(tmp_path, output, name, text, said) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    elif "." not in name:
        path.mkdir()
    for pair in ((path, output), (output, path)):
        with pytest.raises(KgError, match=said):
            changes(*pair)
        with pytest.raises(KgError, match=said) as error:
            list(patch(*pair))
        assert "\n" not in str(error.value)
