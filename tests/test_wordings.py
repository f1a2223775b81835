"""Two reports of a build side by side: which ones, what is said of them, and how it is printed."""

import csv
import io
import json
import subprocess
import sys

import pytest
from rich.cells import cell_len

import kg
from kg.cli import main
from kg.errors import KgError
from kg.pipeline import build

TARGET = "今年发展主要预期目标是：地区生产总值增长{}左右。\n"
STEADY = "实施稳健的货币政策，保持流动性合理充裕，稳定市场的信心和预期。\n推进“三改联动”。\n"
LOOSE = "实施适度宽松的货币政策，保持流动性合理充裕，稳定市场的信心和预期。\n推进“四水四定”。\n"


def report(year, body, province="山西省"):
    title = f"政府工作报告\n——{year}年1月23日在{province}第十四届人民代表大会第二次会议上\n"
    return (
        title
        + f"各位代表：\n现在，请予审议。\n一、{year - 1}年工作回顾\n去年经济增长。\n二、{year}年工作安排\n"
        + body
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for year, body in ((2021, STEADY), (2022, STEADY), (2023, STEADY), (2024, LOOSE)):
        text = report(year, TARGET.format(f"{2030 - year}%") + body)
        (folder / f"shanxi-{year}.txt").write_text(text, encoding="utf-8")
    for year in (2023, 2024):
        (folder / f"hebei-{year}.txt").write_text(report(year, STEADY, "河北省"), encoding="utf-8")
    build(folder, folder / "output")
    return folder / "output"


ROWS = [
    ((2024, None, "山西省"), "target", "7%左右", "6%左右"),
    ((2023, 2024, "山西省"), "replaced", "稳健的货币政策", "适度宽松的货币政策"),
    (("shanxi-2023", "shanxi-2024", None), "ended", "三改联动", None),
    (("shanxi-2021", "shanxi-2024", None), "begun", None, "四水四定"),
]


@pytest.mark.parametrize(("asked", "kind", "was", "now"), ROWS)
def test_wordings_tell_what_changed(reports, asked, kind, was, now):
    old, new, issuer = asked if asked[1] else (None, asked[0], asked[2])
    found = kg.open(reports).wording(old, new, issuer)
    told = [(c.kind, c.was and c.was.text, c.now and c.now.text) for c in found.changes]
    assert any(
        k == kind and (was is None or was in (w or "")) and (now is None or now in (n or ""))
        for k, w, n in told
    ), told
    assert found.place(found.changes[0].new[0]).startswith("二、2024年工作安排")


@pytest.fixture
def arrived(tmp_path):
    """A report that is in no build."""
    path = tmp_path / "新报告.txt"
    body = TARGET.format("5%") + LOOSE + "推进“三改联动”。做实“新质班组”。\n"
    path.write_text(report(2025, body), encoding="utf-8")
    return path


def test_wordings_take_a_file_that_is_in_no_build(reports, arrived):
    found = kg.open(reports).wording(new=arrived)
    assert (found.old.id, found.new.id, found.new.issuer) == ("shanxi-2024", "新报告", "山西省人民政府")
    told = [(c.kind, c.was and c.was.text, c.now and c.now.text) for c in found.changes]
    assert ("target", "6%左右", "5%左右") in told
    assert ("returned", None, "三改联动") in told  # a slogan of the build
    assert ("begun", None, "新质班组") in told  # one that the build does not know
    assert found.place(found.changes[0].new[0]).startswith("二、2025年工作安排")
    assert found.years == (2021, 2022, 2023, 2024, 2025)
    both = kg.open(reports).wording("shanxi-2023", arrived)
    assert (both.old.id, both.new.id) == ("shanxi-2023", "新报告")


def test_wordings_of_a_file_are_those_of_the_build_that_has_it(reports, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("shanxi-2021", "shanxi-2022", "shanxi-2023"):
        path = folder / f"{name}.txt"
        path.write_text((reports.parent / f"{name}.txt").read_text(encoding="utf-8"), encoding="utf-8")
    build(folder, folder / "output")
    apart = kg.open(folder / "output").wording(new=reports.parent / "shanxi-2024.txt")
    there = kg.open(reports).wording(new="shanxi-2024")
    assert [(c.kind, c.about, c.weight) for c in apart.changes] == [
        (c.kind, c.about, c.weight) for c in there.changes
    ]


def test_wordings_say_what_is_wrong_with_a_file(reports, arrived, tmp_path):
    opened = kg.open(reports)
    with pytest.raises(KgError, match="there is no such file"):
        opened.wording(new=tmp_path / "nothing.txt")
    with pytest.raises(KgError, match="is a folder"):
        opened.wording(new=tmp_path)
    undated = tmp_path / "undated.txt"
    undated.write_text("各位代表：\n抓好春耕。", encoding="utf-8")
    with pytest.raises(KgError, match="its year cannot be read; give the file a name that has it"):
        opened.wording(new=undated)
    whose = tmp_path / "report-2026.txt"
    whose.write_text("各位代表：\n抓好春耕。", encoding="utf-8")
    with pytest.raises(KgError, match="say it with --issuer: 山西省人民政府, 河北省人民政府"):
        opened.wording(new=whose)
    assert opened.wording(new=whose, issuer="河北省").old.id == "hebei-2024"
    with pytest.raises(KgError, match="are of one year"):
        opened.wording("shanxi-2024", whose.rename(tmp_path / "shanxi-2024-2.txt"), issuer="山西省")


def test_wordings_of_the_seeds_are_those_of_the_full_reports(output):
    found = kg.open(output).wording()
    assert (found.old.id, found.new.id) == ("shanxi-2021-report-annotated", "shanxi-2024-report")
    boxes = [span.text for pair in found.pairs for span in pair.old if "知识小贴士" in span.text]
    assert not boxes


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "say which with --issuer"),
        ({"new": 2024}, "say which with --issuer"),
        ({"issuer": "湖南省"}, "no document is by 湖南省; there are: 山西省人民政府, 河北省人民政府"),
        ({"new": 2019}, "there is no report 2019; there are: 2021"),
        ({"old": "hebei-2023", "new": "shanxi-2024"}, "compare reports of one"),
        ({"new": "shanxi-2021"}, "the oldest full report"),
        ({"old": "shanxi-2021"}, "the oldest full report"),
        ({"old": "shanxi-2024", "new": "shanxi-2024"}, "with itself"),
    ],
)
def test_wordings_say_what_is_wrong(reports, asked, says):
    with pytest.raises(KgError, match=says):
        kg.open(reports).wording(**asked)


def test_wordings_refuse_a_digest(output):
    with pytest.raises(KgError, match=r"shanxi-2025-digest: no full report"):
        kg.open(output).wording(2025)


def printed(capsys, *args):
    with pytest.raises(SystemExit) as stopped:
        sys.argv = ["kg", "wording", *args]
        main()
    assert stopped.value.code in (0, None)
    return capsys.readouterr().out


def test_wordings_are_printed_with_what_differs_marked(reports, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shown = printed(capsys, "shanxi-2024", "--output", str(reports))
    assert "[-稳健-]的货币政策" in shown
    assert "{+适度宽松+}的货币政策" in shown
    assert "— 2024 · 二、2024年工作安排" in shown
    assert all(cell_len(line) <= 80 for line in shown.splitlines())


def test_wordings_are_rows_with_both_quotations(reports, capsys):
    rows = json.loads(printed(capsys, "shanxi-2024", "--output", str(reports), "--format", "json"))
    for row in rows:
        for side in ("old", "new"):
            if row[side]:
                text = (reports / "text" / f"{row[f'{side}_document']}.txt").read_text(encoding="utf-8")
                places = zip(row[f"{side}_start"], row[f"{side}_end"], strict=True)
                assert row[side] == [text[start:end] for start, end in places]
    table = printed(capsys, "shanxi-2024", "--output", str(reports), "--format", "csv", "--most", "1")
    [first] = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert (first["kind"], first["was"], first["now"]) == ("target", "7%左右", "6%左右")


def test_wordings_load_nothing_that_only_a_build_needs(output):
    code = "import sys; from kg.cli import main\ntry: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    args = [sys.executable, "-c", code, "wording", "--output", str(output)]
    run = subprocess.run(args, capture_output=True, text=True, check=True)
    loaded = set(run.stderr.split())
    assert not loaded & {
        "numpy",
        "networkx",
        "rdflib",
        "igraph",
        "kg.pipeline",
        "kg.graph",
        "kg.vocab",
        "kg.trig",
    }
