"""Work shared among processes gives what one gives."""

import os
import pickle
import signal
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from kg import batches as module
from kg.batches import Batches, batches
from kg.documents import read_corpus
from kg.kept import Kept
from kg.model import Document, KgError, Span
from kg.pipeline import read

NAMES = [f"d{i:02}" for i in range(40)]


def first_words(doc, shared):
    return doc.span(0, 2), len(shared.text)


def refuse(doc):
    raise KgError(f"{doc.id}: cannot be used; remove it")


def rows():
    return [(Document(name, f"做好{name}工作。" * 50),) for name in NAMES]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_batches_give_results_in_order_and_texts_stay_where_they_are(workers):
    documents = [row[0] for row in rows()]
    shared = Document("s", "这些文字不传给任何进程。")
    with ThreadPoolExecutor(workers) as executor:
        found = Batches(executor, workers).map(first_words, [(doc,) for doc in documents], shared)
    assert [span.doc.id for span, _ in found] == NAMES
    assert all(span.doc is doc for (span, _), doc in zip(found, documents, strict=True))
    assert {length for _, length in found} == {0}  # what is shared has no texts


def test_batches_do_what_is_asked_for_later():
    documents = [row[0] for row in rows()]
    with ThreadPoolExecutor(1) as executor:
        found = Batches(executor, 1).later(refuse, documents[0]), Batches(executor, 1).later(len, "六稳")
        assert found[1]() == 2
        with pytest.raises(KgError, match="d00: cannot be used"):
            found[0]()
    assert Kept().later(first_words, documents[0], documents[1])()[0].text == "做好"


def test_batches_are_handed_out_beside_the_rest():
    begun = threading.Event()
    with ThreadPoolExecutor(1) as executor:
        work = Kept(Batches(executor, 1))
        nothing = work.beside(begun.set)
        assert begun.wait(10)  # before anybody asks for it
        found, failed = (
            work.beside(work.map, first_words, rows(), Told()),
            work.beside(work.map, refuse, rows()),
        )
        assert [span.doc.id for span, _ in found()] == NAMES
        with pytest.raises(KgError, match="d00: cannot be used"):
            failed()
    assert nothing() is None
    assert Kept().beside(Kept().map, len, [("六稳",)])() == [2]


def test_batches_tell_of_a_worker_that_ends_beside_the_rest_in_one_line():
    with batches(2, 2_000_000) as work:
        found = work.beside(work.map, os._exit, [(1,)] * 3)
        with pytest.raises(KgError, match="a worker process ended without a word"):
            found()


def test_batches_leave_texts_as_small_as_they_were(tmp_path):
    documents = [row[0] for row in rows()]
    sizes = [sys.getsizeof(doc.text) for doc in documents]
    with ThreadPoolExecutor(2) as executor:
        Kept(Batches(executor, 2), tmp_path).map(first_words, [(doc,) for doc in documents], Told())
        Kept(Batches(executor, 2), tmp_path).map(first_words, [(doc,) for doc in documents], Told("工作"))
    assert [sys.getsizeof(doc.text) for doc in documents] == sizes


class Told:
    """What is shared, and tells some facts."""

    text = ""

    def __init__(self, *words):
        self.words = words

    def facts(self):
        yield from ((f"{word}{number}", word) for word in self.words for number in range(20))


def test_batches_send_no_text_back(monkeypatch):
    sent = []
    work = module._work
    monkeypatch.setattr(module, "_work", lambda *given: sent.append(work(*given)) or sent[-1])
    with ThreadPoolExecutor(2) as executor:
        Batches(executor, 2).map(first_words, rows(), Document("s", ""))
    assert sent and not any("工作".encode() in data for data in sent)


def test_batches_wait_for_few_at_a_time_and_stop_at_an_error():
    class Counting:
        def __init__(self):
            self.under_way = self.most = self.all = 0

        def submit(self, function, *given):
            self.all += 1
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            outer, future = self, Future()
            result = future.result

            def taken(*_):
                outer.under_way -= 1
                return result()

            future.result = taken
            try:
                future.set_result(function(*given))
            except KgError as error:
                future.set_exception(error)
            return future

    counting = Counting()
    with pytest.raises(KgError, match="d00: cannot be used; remove it"):
        Batches(counting, 2).map(refuse, rows())
    assert counting.all == counting.most == 4
    counting = Counting()
    Batches(counting, 2).map(first_words, rows(), Document("s", ""))
    assert counting.all == 8 and counting.most <= 5


def test_batches_start_no_process_for_a_few_documents(monkeypatch):
    monkeypatch.setattr(module, "ProcessPoolExecutor", None)
    with batches(0, 100_000) as work:
        assert work.map(len, [("六稳",)]) == [2]
    with batches(1, 10**9) as work:
        assert work.map(len, [("六稳",)]) == [2]


def test_batches_tell_how_far_they_are():
    told = []
    Batches(progress=told.append).map(first_words, rows(), Document("s", ""), step="reading")
    assert told == ["reading, 0 of 40", "reading, 32 of 40"]


def test_batches_of_processes_read_the_same_corpus(tmp_path, monkeypatch):
    """Definitions, homonyms, lists, references and relations, read by one process, two and three."""
    monkeypatch.setattr(module, "_ENOUGH", 0)
    texts = (
        "做好“六稳”工作，推进“1+N”体系。\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
        "碳达峰“1+N”政策体系。对外开放“1+N”政策。\n知识小贴士\n“六稳”：指稳就业、稳金融等六项工作。",
        "做好“六稳”“六保”工作，去产能、去库存、去杠杆、降成本、补短板，“三去一降一补”见效。稳就业、稳金融。",
    )
    for i in range(9):
        year = 2016 + i
        (tmp_path / f"d{i}.txt").write_text(f"{year}年甲省政府工作报告\n{texts[i % 3]}", encoding="utf-8")
    one, two, three = (pickle.dumps(repr(read(tmp_path, jobs=jobs))) for jobs in (1, 2, 3))
    assert one == two == three
    (tmp_path / "x.txt").write_bytes(bytes(range(128, 256)) * 8)
    with pytest.raises(KgError, match=r"x\.txt: not text"):
        read(tmp_path, jobs=2)
    with batches(2, 1) as work, pytest.raises(KgError, match=r"x\.txt: not text"):
        read_corpus(tmp_path, Kept(work))


def test_batches_keep_a_persons_words_that_stand_in_no_document():
    with ThreadPoolExecutor(1) as executor:
        (found,) = Batches(executor).map(own, [(Document("d", "六稳"),)])
    assert found == Span(Document("", "稳就业"), 0, 3)


def own(doc):
    return Span(Document("", "稳就业"), 0, 3)


def test_batches_workers_end_without_a_word_at_an_interrupt():
    with batches(2, 2_000_000) as work:
        assert work.map(signal.getsignal, [(signal.SIGINT,)] * 3) == [signal.SIG_DFL] * 3
