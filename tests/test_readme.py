"""What the READMEs show is what the program prints. Run this file as a script to write the outputs anew."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
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


@pytest.mark.parametrize("name", READMES)
def test_readme_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^):#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_readme_library_example_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, encoding="utf-8", check=True
    )
    assert "三去一降一补 3+1+1 ['去产能', '去库存', '去杠杆', '降成本', '补短板']" in run.stdout


if __name__ == "__main__":
    for name in READMES:
        path = ROOT / name
        path.write_text(
            blocks(path.read_text(encoding="utf-8"), ROOT / "output"), encoding="utf-8", newline="\n"
        )
