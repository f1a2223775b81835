"""A document on a shelf is the document, with its text elsewhere."""

import pickle
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from kg import shelves
from kg.documents import read_corpus
from kg.kept import Kept
from kg.model import Document, Kind, Mark, Span
from kg.shelves import Shelf, Texts

MARKED = Document(
    "d", "做好“六稳”工作。\n𠮷林", (Mark("bold", 3, 5),), title="报告", year=2020, kind=Kind.ANNOTATED
)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "text")


def test_shelves_keep_every_field(shelf):
    doc = shelf.put(MARKED)
    assert {f.name: getattr(doc, f.name) for f in fields(Document)} == {
        f.name: getattr(MARKED, f.name) for f in fields(Document)
    }
    assert doc.sha256 == MARKED.sha256 and doc.span(3, 5).text == "六稳"


def test_shelves_have_the_text_of_record_byte_for_byte(shelf):
    shelf.put(MARKED)
    assert Path(shelf.texts, "d.txt").read_bytes() == MARKED.text.encode()


def test_shelves_are_what_crosses_to_another_process_not_the_text(shelf):
    doc = shelf.put(MARKED)
    data = pickle.dumps(doc)
    assert "六稳".encode() not in data
    again = pickle.loads(data)
    assert again == doc and hash(again) == hash(doc) and again.text == MARKED.text
    assert Span(again, 0, 2) == Span(doc, 0, 2) and Span(doc, 3, 5) in {Span(again, 3, 5)}


def test_shelves_tell_documents_apart_by_id_and_text(shelf):
    doc = shelf.put(MARKED)
    assert doc != shelf.put(Document("e", MARKED.text)) and doc != shelf.put(Document("d", "六保"))


def test_shelves_hold_few_texts_in_memory(shelf):
    many = 2 * shelves._FEW
    docs = [shelf.put(Document(f"d{i:03}", f"第{i}篇")) for i in range(many)]
    texts = Texts(docs)
    assert [texts[name] for name in texts] == [f"第{i}篇" for i in range(many)] and len(texts) == many
    assert texts.get("x") is None
    assert shelves._text.cache_info().currsize <= shelves._FEW < len(docs)


def test_shelves_take_what_a_corpus_reads(shelf, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("# 2024年甲省政府工作报告\n\n做好“六稳”工作。", encoding="utf-8")
    (doc,), (plain,) = read_corpus(folder, None, shelf).documents, read_corpus(folder).documents
    assert (doc.text, doc.marks, doc.title, doc.year) == (plain.text, plain.marks, plain.title, plain.year)
    assert plain.marks and type(doc) is not Document


def test_shelves_leave_a_document_that_is_on_one_where_it_stands(shelf, tmp_path):
    doc = shelf.put(MARKED)
    assert Shelf(tmp_path / "elsewhere").put(doc) is doc
    assert not (tmp_path / "elsewhere").exists()


def test_shelves_of_one_build_are_filled_for_the_next_from_what_it_kept(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text("# 2024年甲省政府工作报告\n\n做好“六稳”工作。", encoding="utf-8")
    kept = tmp_path / "kept"

    def read(name):
        shelf, work = Shelf(tmp_path / name), Kept(folder=kept)
        return read_corpus(folder, work, shelf).documents[0], work

    before, _ = read("first")
    text, marks = before.text, before.marks
    shutil.rmtree(tmp_path / "first")  # as the folder that a build works in
    shelves._text.cache_clear()
    after, work = read("second")
    assert work.done == {"read": []}
    assert (after.text, after.marks) == (text, marks) and marks
    assert Path(tmp_path / "second" / "a.txt").read_bytes() == text.encode()
