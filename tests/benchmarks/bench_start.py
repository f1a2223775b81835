"""How long it takes until a command answers: processes, from their start to their end, in CPU time."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from figures import Figure, memory
from loads import ROOT, Load

TITLE = "Start-up"
REPEATS = 15

#: A typer app without commands, of the same settings as ours.
EMPTY = """
import typer

app = typer.Typer(
    help="An empty one.", no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]},
)

@app.callback()
def empty() -> None: ...

app()
"""

#: The command in a process of its own.
SHOW = "from kg.cli import main; main()"


def figures(load: Load) -> Iterator[Figure]:
    """Each command against an empty typer app and against Python that does nothing."""
    # as after an installation: every module has its bytecode, and the command may use it
    compileall.compile_dir(ROOT / "kg", quiet=2)
    built = ["--output", str(load.build())]
    empty = load.scratch("start") / "empty.py"
    empty.write_text(EMPTY, encoding="utf-8")
    kg = [str(Path(sys.executable).with_name("kg"))]
    nothing, typer, *ours = _processes(
        [sys.executable, "-c", "pass"],
        [sys.executable, str(empty), "--help"],
        [*kg, "--help"],
        [*kg, "show", "六稳", *built],
        [*kg, "query", "components", "六稳", *built],
        [*kg, "timeline", "六稳", *built],
    )
    yield Figure("`python -c pass`", 1000 * nothing, "ms")
    yield Figure("an empty typer app, `--help`", 1000 * typer, "ms", "`python -c pass`", typer / nothing)
    names = ("kg --help", "kg show 六稳", "kg query components 六稳", "kg timeline 六稳")
    for name, time, bar in zip(names, ours, ("≤ 1.3", "≤ 2", "≤ 2", ""), strict=True):
        yield Figure(f"`{name}`", 1000 * time, "ms", "an empty typer app", time / typer, bar)
    nothing, show = memory("pass"), memory(SHOW, "show", "六稳", *built)
    yield Figure("memory of `kg show 六稳`", show, "MB", "`python -c pass`", show / nothing)


def _processes(*commands: Sequence[str]) -> list[float]:
    """CPU seconds of each command, the least of the rounds in which each has its turn."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    best = [float("inf")] * len(commands)
    for _ in range(REPEATS):
        for i, command in enumerate(commands):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
            _, status, used = os.wait4(process.pid, 0)
            if status:
                raise RuntimeError(f"{' '.join(command)} ends with {status}")
            best[i] = min(best[i], used.ru_utime + used.ru_stime)
    return best
