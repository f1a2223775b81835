"""A whole build, from the start of the command to its end, with the memory that it takes, and how each step of it grows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from figures import Figure
from loads import SEEDS, Load

TITLE = "Whole builds"
SIZES = (100, 1_000, 10_000)  #: documents
REPEATS = 3
LIMIT = 2048  #: MB that a process may have

#: Builds a folder with one process and says, step by step, what it cost: CPU seconds, and the most memory until then, in MB.
_BUILD = """
import gc, json, resource, sys
from pathlib import Path
from kg.cli import COLLECTOR
from kg.pipeline import build

gc.set_threshold(*COLLECTOR)  # as the command does
costs, at = {}, ["start", 0.0]

def hear(step):
    name = step.split(",")[0]
    if name != at[0]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu = used.ru_utime + used.ru_stime
        costs[at[0]] = cpu - at[1], used.ru_maxrss / 1024
        at[:] = name, cpu

build(Path(sys.argv[1]), Path(sys.argv[2]), progress=hear, jobs=1)
hear("")
print(json.dumps(costs))
"""


def figures(load: Load) -> Iterator[Figure]:
    """The seeds against four seconds; then every step, a document, at a hundred, a thousand and ten thousand of them."""
    cpu, wall, memory = min(_built(SEEDS, load.scratch(f"seeds-{i}")) for i in range(REPEATS))
    size = "the seeds"
    yield Figure("`kg build`, CPU time", cpu, "s", "4 s", cpu / 4, "≤ 1", size)
    yield Figure("`kg build`, by the clock", wall, "s", "4 s", wall / 4, "≤ 1", size)
    yield Figure("memory of a process at most", memory, "MB", "2 GB", memory / LIMIT, "≤ 1", size)
    before: dict[str, float] = {}
    for documents in SIZES:
        output = load.scratch(f"timed-{documents}")
        costs = _by_step(load.folder(documents), output)
        shutil.rmtree(output)  # the largest takes some ten GB
        size = f"{documents:,} documents"
        each = {step: 1000 * cpu / documents for step, (cpu, _) in costs.items()}
        each["the whole build"] = sum(each.values())
        for step, milliseconds in each.items():
            against, ratio = ("", None)
            if step in before:
                against, ratio = f"{SIZES[0]} documents", milliseconds / before[step]
            bar = "≤ 1.2" if before and step == "the whole build" else ""
            yield Figure(f"{step}, CPU for a document", milliseconds, "ms", against, ratio, bar, size)
        memory = max(peak for _, peak in costs.values())
        yield Figure("memory of the one process at most", memory, "MB", "2 GB", memory / LIMIT, "≤ 1", size)
        before = before or each


def _by_step(folder: Path, output: Path) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-c", _BUILD, str(folder), str(output)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return {step: (cpu, memory) for step, (cpu, memory) in json.loads(run.stdout).items()}


def _built(folder: Path, output: Path) -> tuple[float, float, float]:
    """CPU seconds, seconds by the clock and MB at most of a build, in all its processes."""
    command = [sys.executable, "-m", "kg", "build", str(folder), "--output", str(output)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ends with {status}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024
