"""`python tests/benchmarks`: a table of ratios for each file `bench_NAME.py`, measured side by side in one run.

Each file runs in a process of its own, so that what one leaves in memory is not measured with the next.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from figures import Figure
from loads import ROOT, Load

HERE = Path(__file__).parent
PAGE = ROOT / "docs" / "performance.md"
NAMES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
PACKAGES = ("pyoxigraph", "rdflib", "daachorse", "jieba", "networkx", "igraph", "typer")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)}")
    arguments.add_argument(
        "--corpora", nargs="+", type=Path, default=[], help="folders of reports to measure on"
    )
    arguments.add_argument(
        "--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}"
    )
    arguments.add_argument("--scratch", type=Path, help=argparse.SUPPRESS)  # a process that measures one file
    given = arguments.parse_args()
    if unknown := sorted(set(given.names) - set(NAMES)):
        arguments.error(f"there is no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    if given.scratch:
        _measure(given.names[0], Load(given.scratch, given.corpora))
        return
    corpora = [folder.resolve() for folder in given.corpora]
    tables = {}
    with tempfile.TemporaryDirectory(prefix="kg-benchmarks-") as scratch:
        for name in given.names or NAMES:
            title, rows = _measured(name, Path(scratch), corpora)
            tables[name] = as_table(rows)
            print(f"## {title}\n\n{tables[name]}\n", flush=True)
    if given.write:
        text = PAGE.read_text(encoding="utf-8")
        for name, table in {"machine": machine(), **tables}.items():
            text = replaced(text, name, table)
        PAGE.write_text(text, encoding="utf-8", newline="\n")


def _measure(name: str, load: Load) -> None:
    from kg.cli import COLLECTOR

    gc.set_threshold(*COLLECTOR)  # as every command does
    bench = import_module(f"bench_{name}")
    print(json.dumps(bench.TITLE), flush=True)
    for figure in bench.figures(load):
        print(json.dumps(asdict(figure)), flush=True)


def _measured(name: str, scratch: Path, corpora: Sequence[Path]) -> tuple[str, list[Figure]]:
    command = [sys.executable, str(HERE), name, "--scratch", str(scratch)]
    command += ["--corpora", *map(str, corpora)] if corpora else []
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    title, *rows = map(json.loads, run.stdout.splitlines())
    return title, [Figure(**row) for row in rows]


def as_table(figures: Sequence[Figure]) -> str:
    """Figures as a table of Markdown; a ratio that misses its bar is bold."""
    lines = ["| what | on | measured | against | ratio | bar |", "| --- | --- | ---: | --- | ---: | --- |"]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
        if figure.holds is False:
            ratio = f"**{ratio}**"
        measured = f"{_rounded(figure.value)} {figure.unit}"
        cells = (figure.what, figure.size, measured, figure.against, ratio, figure.bar)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _rounded(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def machine() -> str:
    """What it was measured on, without the name of a host or a path."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}; {packages}."
    )


def replaced(text: str, name: str, table: str) -> str:
    """`text` with the block of that name, between its two comments, or a new one at its end, in its new state."""
    block = f"<!-- measured: {name} -->\n\n{table}\n\n<!-- end -->"
    old = re.compile(rf"<!-- measured: {re.escape(name)} -->\n.*?<!-- end -->", re.DOTALL)
    return old.sub(lambda _: block, text) if old.search(text) else f"{text.rstrip()}\n\n{block}\n"


if __name__ == "__main__":
    main()
