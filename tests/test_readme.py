"""What the READMEs and docs/ show is what the program prints. Run this file as a script to write the outputs anew.

The pages of histories and lineages are made from reports that are not part of the project: `KG_NATIONAL` names their folder.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import kg
from kg.pipeline import build
from kg.visual import write_lineage

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
HISTORIES = "docs/histories.md"
LINEAGE = "docs/lineage.md"
PICTURE = "docs/lineage.svg"
WORDING = "docs/wording.md"
NATIONAL = os.environ.get("KG_NATIONAL")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def printed(line: str, output: Path) -> str:
    """What a command line of a README prints, in a terminal of 80 columns."""
    words = f"{sys.executable} -m kg {line.removeprefix('$ kg ')}"
    if not line.startswith("$ kg numeral"):
        words += f" --output {output}"
    run = subprocess.run(
        ["bash", "-c", words],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        encoding="utf-8",
    )
    return "\n".join(row.rstrip() for row in (run.stdout + run.stderr).splitlines())


def blocks(text: str, output: Path) -> str:
    """The text of a README with the outputs of its commands as they are."""

    def block(match: re.Match[str]) -> str:
        lines = [line for line in match[1].splitlines() if line.startswith("$ kg ")]
        return "```console\n" + "".join(f"{line}\n{printed(line, output)}\n" for line in lines) + "```"

    return BLOCK.sub(block, text)


@pytest.mark.parametrize("name", READMES)
def test_readme_shows_what_the_program_prints(name: str, output: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("$ kg ") >= 5
    assert blocks(text, output) == text


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the national reports, which a copy of their folder is read for: a build writes beside its documents."""
    if not NATIONAL:
        pytest.skip("KG_NATIONAL names no folder with the national reports")
    return national_build(tmp_path_factory.mktemp("national"))


def national_build(folder: Path) -> Path:
    build(Path(shutil.copytree(str(NATIONAL), folder / "reports")), folder / "output")
    return folder / "output"


@pytest.mark.parametrize(
    ("name", "command", "times"),
    [(HISTORIES, "timeline", 5), (LINEAGE, "lineage", 4), (WORDING, "wording", 1)],
)
def test_histories_are_what_the_program_prints(name: str, command: str, times: int, national: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count(f"$ kg {command}") == times
    assert blocks(text, national) == text


@pytest.mark.parametrize(
    "name", [*READMES, HISTORIES, LINEAGE, WORDING, "docs/library.md", "docs/parquet.md", "docs/scale.md"]
)
def test_readme_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):#]+)\)", text):
        assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_readme_library_example_runs(name: str, output: Path) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=output.parent, encoding="utf-8", check=True
    )
    assert run.stdout.splitlines() == [
        "三去一降一补 3+1+1 ('去产能', '去库存', '去杠杆', '降成本', '补短板')",
        "1 两新 新型基础设施建设",
        "2 两新 新型城镇化建设",
        "3 一重 交通、水利等重大工程建设",
    ]


def test_lineage_picture_is_what_the_program_draws(national: Path, tmp_path: Path) -> None:
    draw(national, tmp_path / "drawn.svg")
    assert (tmp_path / "drawn.svg").read_bytes() == (ROOT / PICTURE).read_bytes()


def draw(national: Path, path: Path) -> None:
    """The picture of docs/lineage.md."""
    write_lineage(kg.open(national).lineage("稳健的货币政策"), path)


def rewrite(name: str, output: Path) -> None:
    """Put into the page `name` what its commands print for the build in `output`."""
    text = (ROOT / name).read_text(encoding="utf-8")
    (ROOT / name).write_text(blocks(text, output), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for readme in READMES:
        rewrite(readme, ROOT / "output")
    if NATIONAL:
        with tempfile.TemporaryDirectory() as folder:
            made = national_build(Path(folder))
            rewrite(HISTORIES, made)
            rewrite(LINEAGE, made)
            draw(made, ROOT / PICTURE)
            rewrite(WORDING, made)
