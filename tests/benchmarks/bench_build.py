"""A whole build, from the start of the command to its end, with the memory that it takes at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from loads import SEEDS, Load

TITLE = "Whole builds"
SIZES = (10, 100)  #: documents
REPEATS = 3


def figures(load: Load) -> Iterator[Figure]:
    """The seeds against four seconds; a tenfold corpus against ten times the time."""
    cpu, wall, memory = min(_built(SEEDS, load.scratch(f"seeds-{i}")) for i in range(REPEATS))
    size = "the seeds"
    yield Figure("`kg build`, CPU time", cpu, "s", "4 s", cpu / 4, "≤ 1", size)
    yield Figure("`kg build`, by the clock", wall, "s", "4 s", wall / 4, "≤ 1", size)
    yield Figure("memory at most", memory, "MB", "2,000 MB", memory / 2000, "≤ 1", size)
    before = None
    for documents in SIZES:
        cpu, _, memory = _built(load.folder(documents), load.scratch(f"timed-{documents}"))
        each = 1000 * cpu / documents
        size = f"{documents} documents"
        against, ratio = ("", None) if before is None else (f"{SIZES[0]} documents", each / before)
        yield Figure("`kg build`, CPU time a document", each, "ms", against, ratio, "", size)
        yield Figure("memory at most", memory, "MB", "2,000 MB", memory / 2000, "≤ 1", size)
        before = before or each


def _built(folder: Path, output: Path) -> tuple[float, float, float]:
    """CPU seconds, seconds by the clock and MB at most of a build, in all its processes."""
    command = [sys.executable, "-m", "kg", "build", str(folder), "--output", str(output)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ends with {status}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1000
