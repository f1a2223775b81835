"""How a reading grows with the number of documents, and what a second process does for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from loads import Load

TITLE = "Growth with the number of documents (the text half)"
SIZES = (100, 1_000, 10_000)

#: Reads a folder and says what it cost: CPU seconds here and in the processes it started, seconds by the clock, and
#: the most memory that one process had, in MB.
_READ = """
import gc, json, resource, sys, time
from pathlib import Path
from kg.cli import COLLECTOR
from kg.pipeline import read

gc.set_threshold(*COLLECTOR)  # as the command does
clock = time.perf_counter()
source, corpus = read(Path(sys.argv[1]), jobs=int(sys.argv[2]))
clock = time.perf_counter() - clock
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "size": sum(len(doc.text.encode()) for doc in source.documents) / 1e6,
    "own": own.ru_utime + own.ru_stime, "others": others.ru_utime + others.ru_stime, "clock": clock,
    "memory": max(own.ru_maxrss, others.ru_maxrss) / 1024,
}))
"""


def figures(load: Load) -> Iterator[Figure]:
    least = 0.0
    for documents in SIZES:
        size = f"{documents:,} documents"
        cost = _read(load.folder(documents), 1)
        each = 1000 * cost["own"] / documents
        least = least or each
        against, bar = ("", "") if documents == SIZES[0] else (f"{SIZES[0]} documents", "≤ 1.2")
        yield Figure("CPU for a document", each, "ms", against, each / least if bar else None, bar, size)
        yield Figure("text read", cost["size"] / cost["own"], "MB/s", size=size)
        limit = 2048
        yield Figure(
            "memory of the process", cost["memory"], "MB", "2 GB", cost["memory"] / limit, "≤ 1", size
        )
    documents = SIZES[1]
    one, two = (min(_clocks(load.folder(documents), jobs)) for jobs in (1, 2))
    yield Figure(
        "two processes, by the clock of a quiet machine",
        documents / two,
        "documents/s",
        "one process",
        one / two,
        "≥ 1.6",
        f"{documents:,} documents",
    )


def _clocks(folder: Path, jobs: int, repeats: int = 3) -> list[float]:
    return [_read(folder, jobs)["clock"] for _ in range(repeats)]


def _read(folder: Path, jobs: int) -> dict[str, float]:
    command = [sys.executable, "-c", _READ, str(folder), str(jobs)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return dict(json.loads(run.stdout))
