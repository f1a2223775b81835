"""A build of what was built before does nothing, and one of anything else everything that it takes."""

import json
import os
import shutil
from pathlib import Path

import pytest

from kg import pipeline, receipts
from kg.kept import KEPT
from kg.pipeline import GLOSSARY, GRAPH, PAGE, TEXTS, build
from kg.receipts import RECEIPT
from kg.renewal import renew_store
from kg.store import STORE

DECISION = '[[decision]]\ndo = "alias"\nterm = "六稳"\nalias = "稳就业"\nreason = "a test"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, `in`, and a build of them, `out`."""
    folder = tmp_path_factory.mktemp("receipts")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。\n", encoding="utf-8")
    build(folder / "in", folder / "out")
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "place", copy_function=shutil.copy2)
    return tmp_path / "place"


def test_receipts_save_a_build_of_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_read", None)  # so that it cannot read anything
    again = build(place / "in", place / "out")
    assert (again.anew, again.unchanged, again.documents, again.title) == (False, 1, 1, "政策术语图谱")
    shutil.move(place / "in", place / "elsewhere")
    assert not build(place / "elsewhere", place / "out").anew


def edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("六稳", "六保"), encoding="utf-8")


def touch(path: Path) -> None:
    os.utime(path, ns=(0, 0))


CHANGES = {
    "a document is edited": lambda place: edit(place / "in" / "a.txt"),
    "a document is added": lambda place: shutil.copy(place / "in" / "a.txt", place / "in" / "b.txt"),
    "a document is renamed": lambda place: (place / "in" / "a.txt").rename(place / "in" / "b.txt"),
    "a file that is not read": lambda place: (place / "in" / "b.doc").write_bytes(b"?"),
    "a manifest": lambda place: (place / "in" / "corpus.toml").write_text('[[document]]\npath = "a.txt"\n'),
    "terms": lambda place: (place / "in" / "terms.txt").write_text("工作", encoding="utf-8"),
    "decisions": lambda place: (place / "in" / "curated.toml").write_text(DECISION, encoding="utf-8"),
    "the ledger is gone": lambda place: (place / "in" / "identifiers.tsv").unlink(),
    "a result is edited": lambda place: edit(place / "out" / GLOSSARY),
    "a result is damaged": lambda place: (place / "out" / PAGE).write_bytes(b""),
    "a text is gone": lambda place: (place / "out" / TEXTS / "a.txt").unlink(),
    "the store is touched": lambda place: touch(next((place / "out" / STORE).glob("*.sst"))),
    "the receipt is damaged": lambda place: (place / "out" / KEPT / RECEIPT).write_text("{}"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_receipts_hold_for_nothing_else(place: Path, tmp_path: Path, name: str) -> None:
    CHANGES[name](place)
    assert build(place / "in", place / "out").anew
    build(place / "in", tmp_path / "all")
    for result in (GLOSSARY, GRAPH, PAGE):
        assert (place / "out" / result).read_bytes() == (tmp_path / "all" / result).read_bytes()
    assert not build(place / "in", place / "out").anew


def test_receipts_hold_for_what_was_asked_for_and_the_program(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(place / "in", place / "out", fresh=True).anew
    assert build(place / "in", place / "out", base="http://x/").anew
    assert not build(place / "in", place / "out", base="http://x/", jobs=2).anew
    assert build(place / "in", place / "out", base="http://x/", mentions="parquet").anew
    monkeypatch.setattr(receipts, "program", lambda: "another")
    assert build(place / "in", place / "out", base="http://x/", mentions="parquet").anew


@pytest.mark.parametrize("name", [GRAPH, STORE])
def test_receipts_vouch_for_the_store_that_the_next_one_is_made_of(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    used = []
    monkeypatch.setattr("kg.renewal.renew_store", lambda *given: used.append(renew_store(*given)))
    (place / "in" / "b.txt").write_text("2022年甲省政府工作报告\n做好“六稳”工作。\n", encoding="utf-8")
    build(place / "in", place / "out")
    assert used == [None]
    changed = place / "out" / name
    touch(next(changed.glob("*.sst")) if changed.is_dir() else changed)
    edit(place / "in" / "b.txt")
    build(place / "in", place / "out")
    assert used == [None]


def test_receipts_hold_plain_values(place: Path) -> None:
    told = json.loads((place / "out" / KEPT / RECEIPT).read_text(encoding="utf-8"))
    assert told["built"]["documents"] == 1
    assert str(place) not in json.dumps(told)
