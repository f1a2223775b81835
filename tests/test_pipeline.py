import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kg import pipeline
from kg.model import KgError

ROOT = Path(__file__).parent.parent
FILES = ("glossary.ttl", "graph.trig", "graph.html", "network.graphml", "report.md")


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"kept", "store"} & {*path.parts}
    }


def test_pipeline_writes_what_it_says(output):
    assert {path.name for path in output.iterdir()} == {*FILES, "kept", "store", "text"}
    assert {path.stem for path in (output / "text").iterdir()} == {
        p.stem for p in (ROOT / "seeds").glob("shanxi-*")
    }


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    ],
)
def test_pipeline_gives_the_same_bytes_everywhere(output, tmp_path, environment):
    code = "from pathlib import Path; from kg.pipeline import build; import sys; build(Path(sys.argv[1]), Path(sys.argv[2]))"
    command = [sys.executable, "-c", code, str(ROOT / "seeds"), str(tmp_path / "中文 folder")]
    subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=tmp_path, capture_output=True)
    assert digests(tmp_path / "中文 folder") == digests(output)


def test_pipeline_builds_again_over_an_old_build_and_forgets_what_is_gone(tmp_path):
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    (folder / "b.txt").write_text("2022年甲省政府工作报告\n做好“六保”工作。", encoding="utf-8")
    pipeline.build(folder, output)
    (folder / "b.txt").unlink()
    pipeline.build(folder, output)
    assert [path.name for path in (output / "text").iterdir()] == ["a.txt"]
    (gone,) = re.findall(
        r"^<[^>]*六保>\n(?:  .*\n)+", (output / "glossary.ttl").read_text(encoding="utf-8"), re.M
    )
    assert "owl:deprecated true" in gone and "kg:Term" not in gone
    assert "六保" not in (output / "report.md").read_text(encoding="utf-8")
    assert {path.name for path in output.iterdir()} == {*FILES, "kept", "store", "text"}


def test_pipeline_leaves_an_old_build_as_it_was_when_it_cannot_read(tmp_path):
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    pipeline.build(folder, output)
    before = digests(output)
    (folder / "b.txt").write_bytes(bytes(range(128, 256)) * 8)
    with pytest.raises(KgError, match=r"b\.txt: not text"):
        pipeline.build(folder, output)
    assert digests(output) == before


def test_pipeline_leaves_an_old_build_as_it_was_when_it_fails_late(tmp_path, monkeypatch):
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    pipeline.build(folder, output)
    before = digests(output)
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六保”工作。", encoding="utf-8")
    monkeypatch.setattr(pipeline, "render_report", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pipeline.build(folder, output)
    assert digests(output) == before


def test_pipeline_takes_another_base(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    pipeline.build(folder, tmp_path / "out", base="https://terms.example/")
    text = (tmp_path / "out" / "glossary.ttl").read_text(encoding="utf-8")
    assert "<https://terms.example/term/六稳>" in text
    assert "example.org/policy-terms/term" not in text


def test_pipeline_committed_results_are_those_of_the_seeds(output):
    """The files in output/ that are committed are not stale. Rebuild with `kg build`."""
    committed = ROOT / "output"
    assert isomorphic(Graph().parse(committed / "glossary.ttl"), Graph().parse(output / "glossary.ttl"))
    assert (committed / "report.md").read_text(encoding="utf-8") == (output / "report.md").read_text(
        encoding="utf-8"
    )
    assert page_data(committed / "graph.html") == page_data(output / "graph.html")


def page_data(path):
    """The data of a page: what stands in its JSON script tag."""
    text = path.read_text(encoding="utf-8")
    start = text.index('type="application/json"')
    return text[text.index(">", start) : text.index("</script>", start)]


def test_pipeline_a_folder_of_ones_own_without_a_manifest(tmp_path):
    shutil.copy(ROOT / "seeds" / "shanxi-2021-report-annotated.md", tmp_path / "my report.md")
    result = pipeline.build(tmp_path, tmp_path / "out")
    assert (result.documents, result.entries, result.concepts) == (1, 75, 70)


def test_pipeline_a_build_does_not_load_rdflib(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "某省政府工作报告\n——2021年1月20日在某省第十三届人民代表大会第四次会议上\n做好“六稳”工作。\n"
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    code = "import sys, kg; kg.build(*sys.argv[1:]); print('rdflib' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "in"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False"
