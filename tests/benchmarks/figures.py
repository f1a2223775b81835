"""What a benchmark gives: figures, each beside what it is held against.

A file `bench_NAME.py` of this folder measures one part of the program. It has a `TITLE`, which heads its table, and a
function `figures(load)`, which yields `Figure` rows as they are measured; what it imports of the program it imports
inside of that function. Both sides of a ratio are measured in the same run, on the same load, one after the other in
turn, in CPU seconds (`seconds`): the clock on the wall also measures what else a machine does.

    TITLE = "Text"

    def figures(load: Load) -> Iterator[Figure]:
        texts = load.texts(100)
        size = sum(len(text.encode()) for text in texts) / 1e6
        ours, theirs = seconds(lambda: scan(texts), lambda: decode(texts))
        yield Figure("mentions, 10,000 labels", size / ours, "MB/s", "decoding UTF-8", theirs / ours, "≥ 0.1")

A ratio says how many times as much ours is: of a time (a bar `≤`) ours / theirs, of a speed (a bar `≥`) the same of
the two speeds. Without a bar it is only told.

`pytest-benchmark` and `asv` time one function after another and compare runs on different days; the bars of this
project are ratios between two programs in one run, some of them other processes, with memory and growth beside them.
So these are plain functions.
"""

from __future__ import annotations

import gc
import operator
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, and how it stands to something else."""

    what: str  #: `kg show 六稳`
    value: float  #: of ours
    unit: str  #: s, ms, MB/s, triples/s, MB …
    against: str = ""  #: what it is held against: an empty typer app
    ratio: float | None = None  #: ours / theirs, in the unit
    bar: str = ""  #: what the ratio is to be: `≤ 1.3`, `≥ 20`
    size: str = ""  #: what it was measured on: 100 documents; 127,000 triples

    @property
    def holds(self) -> bool | None:
        """Whether the ratio keeps the bar; None where there is none."""
        if not self.bar or self.ratio is None:
            return None
        sign, limit = self.bar.split()
        compare = {"≤": operator.le, "≥": operator.ge}[sign]
        return bool(compare(self.ratio, float(limit)))


def seconds(*calls: Callable[[], object], repeats: int = 5) -> list[float]:
    """CPU seconds of each call, the least of `repeats` rounds in which each has its turn."""
    best = [float("inf")] * len(calls)
    for _ in range(repeats):
        for i, call in enumerate(calls):
            gc.collect()
            start = time.process_time()
            call()
            best[i] = min(best[i], time.process_time() - start)
    return best


def memory(code: str, *given: object) -> float:
    """MB of a process at most that runs some lines of Python on arguments: of the packages that they load, too."""
    return memory_of([sys.executable, "-c", code, *map(str, given)])


def memory_of(command: Sequence[str]) -> float:
    """MB of a command at most; a small process starts it, as Linux counts what the one that starts it has at that moment."""
    run = subprocess.run([sys.executable, "-c", _WATCH, *command], stdout=subprocess.PIPE, check=True)
    return int(run.stdout.split()[-1]) / 1024


_WATCH = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(used.ru_maxrss)
sys.exit(bool(status))
"""
