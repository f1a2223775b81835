"""A cluster gives what one process gives, whatever happens to its workers."""

import os
import signal
import socket
import sys

import pytest
from typer.testing import CliRunner

from kg import clusters
from kg.cli.commands import app
from kg.clusters import on_cluster
from kg.model import Document, KgError
from kg.pipeline import build, read

TEXTS = (
    "做好“六稳”工作，推进“1+N”体系。\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
    "碳达峰“1+N”政策体系。对外开放“1+N”政策。\n知识小贴士\n“六稳”：指稳就业、稳金融等六项工作。",
    "做好“六稳”“六保”工作，去产能、去库存、去杠杆、降成本、补短板，“三去一降一补”见效。稳就业、稳金融。",
)


@pytest.fixture(scope="module")
def cluster():
    """A scheduler with two workers, each a process of its own."""
    distributed = pytest.importorskip("distributed", reason="a cluster needs dask: pip install -e '.[dask]'")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    """Enough documents for several batches, from one year to the next."""
    made = tmp_path / "documents"
    made.mkdir()
    for i in range(40):
        text = f"{1985 + i}年甲省政府工作报告\n{TEXTS[i % 3]}\n第{i}年再谈“{i}项行动”。"
        (made / f"d{i:02}.txt").write_text(text, encoding="utf-8")
    return made


def results(output):
    return {path.name: path.read_bytes() for path in output.rglob("*") if path.suffix in (".trig", ".ttl", ".md", ".txt")}  # fmt: skip


def test_clusters_lose_a_worker_and_nothing_else(cluster, folder, tmp_path):
    build(folder, tmp_path / "here", jobs=1)
    (folder / "identifiers.tsv").unlink()
    told, killed = [], []

    def progress(step):
        told.append(step)
        if step == ("finding definitions, 0 of 40", "making the graph, 0 of 40")[len(killed) % 2]:
            killed.append(cluster.workers[len(killed)].pid)
            os.kill(killed[-1], signal.SIGKILL)

    build(folder, tmp_path / "there", progress=progress, scheduler=cluster.scheduler_address)
    assert len(killed) == 2
    assert results(tmp_path / "there") == results(tmp_path / "here")
    assert {"finding definitions, 32 of 40", "finding mentions, 32 of 40"} <= set(told)


def test_clusters_tell_of_a_bad_document_in_the_same_line(cluster, folder):
    (folder / "x.txt").write_bytes(bytes(range(128, 256)) * 8)
    with pytest.raises(KgError) as here:
        read(folder)
    with pytest.raises(KgError) as there:
        read(folder, scheduler=cluster.scheduler_address)
    assert str(here.value) == str(there.value)


def test_clusters_send_what_is_shared_once(cluster, monkeypatch):
    rows = [(Document(f"d{i}", "六稳"),) for i in range(40)]
    submitted = []
    with on_cluster(cluster.scheduler_address) as work:
        submit = work._executor.submit
        monkeypatch.setattr(
            work._executor, "submit", lambda *given: submitted.append(given) or submit(*given)
        )
        assert work.map(length_with, rows, "x" * 100_000) == [100_002] * 40
    assert len(submitted) == 8
    assert max(len(part) for given in submitted for part in given if isinstance(part, bytes)) < 10_000


def length_with(doc, shared):
    return len(doc.text) + len(shared)


def test_clusters_need_folders_that_all_see(cluster, tmp_path):
    gone = tmp_path / "gone"
    with pytest.raises(KgError, match=rf"does not see {gone}; documents and results must be in folders"), on_cluster(cluster.scheduler_address, (tmp_path, gone)):  # fmt: skip
        pass


def test_clusters_that_do_not_answer_are_told_in_a_line(monkeypatch, tmp_path):
    pytest.importorskip("distributed", reason="a cluster needs dask: pip install -e '.[dask]'")
    monkeypatch.setattr(clusters, "_PATIENCE", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(KgError, match=f"{address}: no scheduler answers there .*; start one with `dask scheduler`"):  # fmt: skip
            read(tmp_path, scheduler=address)
    with pytest.raises(KgError, match="nonsense: no scheduler answers there"):
        read(tmp_path, scheduler="nonsense")


def test_clusters_say_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "d.txt").write_text("2024年甲省政府工作报告", encoding="utf-8")
    run = CliRunner().invoke(app, ["build", str(tmp_path), "--scheduler", "tcp://127.0.0.1:8786", "-o", str(tmp_path / "out")])  # fmt: skip
    assert str(run.exception) == "--scheduler needs dask, which is not installed: pip install 'policy-terms[dask]'"  # fmt: skip
