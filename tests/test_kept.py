"""Builds that use what earlier ones kept: the same bytes as a build of everything, and less work."""

import os
import pickle
import random
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg import pipeline
from kg.extracts import Records, basis
from kg.kept import KEPT, Kept
from kg.ledger import LEDGER
from kg.model import Concept, Context, Document, Mention
from kg.pipeline import GLOSSARY, GRAPH, NETWORK, PAGE, REPORT, TEXTS, build
from kg.store import STORE
from kg.terms import Names

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.md")) + sorted((ROOT / "seeds").glob("*.txt"))

#: What one document can say that decides what another one does.
SAYINGS = (
    "做好“六稳”工作，落实“六保”任务。",
    "坚持去产能、去库存、去杠杆、降成本、补短板。",
    "“三去一降一补”：去产能、去库存、去杠杆、降成本、补短板。",
    "推进“放管服”改革，深化简政放权、放管结合、优化服务。",
    "出台扩大对外开放“1+N”政策体系。",
    "完善碳达峰碳中和“1+N”政策体系。",
    "健全“1+N”制度。",
    "推进“新基建”“新消费”“新业态”“新模式”四新经济。",
    "加快农业、工业、国防、科学技术四个现代化。",
    "实施“千村示范、万村整治”工程（以下简称“千万工程”）。",
    "推进千万工程，建设双碳示范区，实现碳达峰、碳中和。",
    "落实“双碳”目标。",
    "出台民营经济发展“30条”“23条”。",
    "区域全面经济伙伴关系协定生效，用好RCEP规则。",
    "抓好稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
    "天天向上，“天天向上”，天天向上。",
)
BOXES = (
    "知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
    "知识小贴士\n“双碳”：碳达峰、碳中和。",
    "知识小贴士\n“两山”：太行山、吕梁山。",
    "知识小贴士\n“两山”：绿水青山、金山银山。",
    "知识小贴士\n“1+N”政策体系：“1”指意见，“N”指方案。",
    "名词解释\n1.“六保”：保居民就业、保基本民生、保市场主体、保粮食能源安全、保产业链供应链稳定、保基层运转。\n"
    "2.RCEP：即区域全面经济伙伴关系。",
)
CURATED = (
    '[[decision]]\ndo = "reject"\nterm = "六保"\nreason = "a test"\n',
    '[[decision]]\ndo = "alias"\nterm = "六稳"\nalias = "稳就业"\nreason = "a test"\n',
    '[[decision]]\ndo = "english"\nterm = "双碳"\nlabel = "dual carbon"\nstatus = "proposed"\nreason = "a test"\n',
)


def text(chance: random.Random) -> str:
    """A report of a made-up place: lines of the seeds, and sayings that other reports have too."""
    lines = chance.choice(SEEDS).read_text(encoding="utf-8").splitlines()
    start = chance.randrange(max(1, len(lines) - 12))
    body = [*lines[start : start + 12], *chance.sample(SAYINGS, 4)]
    chance.shuffle(body)
    year, place = chance.randrange(2018, 2025), chance.choice("甲乙丙")
    box = [chance.choice(BOXES)] if chance.random() < 0.4 else []
    return "\n".join([f"{year}年{place}省政府工作报告", *body, *box])


def change(folder: Path, chance: random.Random) -> None:
    """Add, remove or edit one thing of a corpus."""
    texts = sorted(folder.glob("r*.txt"))
    path = chance.choice(texts)
    (folder / "corpus.toml").unlink(missing_ok=True)
    match chance.choice(("add", "add", "edit", "edit", "remove", "swap", "terms", "curated", "manifest")):
        case "remove" if len(texts) > 2:
            path.unlink()
        case "edit":
            old = path.read_text(encoding="utf-8")
            path.write_text(f"{old}\n{chance.choice(SAYINGS)}", encoding="utf-8")
        case "swap":
            other = chance.choice(texts)
            one, two = path.read_bytes(), other.read_bytes()
            path.write_bytes(two), other.write_bytes(one)
        case "terms":
            (folder / "terms.txt").write_text(
                chance.choice(("稳就业|稳岗", "工作报告", "")), encoding="utf-8"
            )
        case "curated":
            (folder / "curated.toml").write_text(chance.choice(CURATED), encoding="utf-8")
        case "manifest":
            rows = "".join(
                f'[[document]]\npath = "{p.name}"\nyear = {2000 + chance.randrange(9)}\n' for p in texts
            )
            (folder / "corpus.toml").write_text(rows, encoding="utf-8")
        case _:
            (folder / f"r{chance.randrange(1000)}.txt").write_text(text(chance), encoding="utf-8")


def contents(output: Path) -> dict[str, bytes]:
    files = [output / name for name in (GLOSSARY, GRAPH, PAGE, REPORT, NETWORK)]
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in [*files, *(output / TEXTS).iterdir()]
    }


def statements(output: Path) -> set[str]:
    return {str(quad) for quad in Store.read_only(str(output / STORE))}


@pytest.mark.parametrize("seed", range(2))
def test_kept_builds_are_those_of_everything(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.renewal._MOST", 9)  # so that no store is loaded anew because the corpus is small
    chance = random.Random(seed)
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(5):
        (folder / f"r{number}.txt").write_text(text(chance), encoding="utf-8")
    build(folder, output)
    for step in range(4):
        for _ in range(chance.randrange(1, 3)):
            change(folder, chance)
        twin = tmp_path / f"twin{step}"
        shutil.copytree(folder, twin)  # with the ledger as it is
        build(folder, output)
        build(twin, tmp_path / f"all{step}")
        assert contents(output) == contents(tmp_path / f"all{step}")
        assert statements(output) == statements(tmp_path / f"all{step}")
        assert (folder / LEDGER).read_bytes() == (twin / LEDGER).read_bytes()
        assert not build(folder, output).anew
        assert build(twin, tmp_path / f"all{step}", fresh=True).anew  # with the ledger as it is now
        assert contents(output) == contents(tmp_path / f"all{step}")


#: A document, what is added beside it, and the step that has to look at the document again for it.
CONCERNS = {
    "a name": ("推进双碳示范区建设。", "做好“双碳”工作。", "find_names"),
    "a list": ("抓好稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", BOXES[0], "trace"),
    "a component": (
        "加强生态环境保护，做好工作。",
        "知识小贴士\n“两护”：生态环境保护、文化遗产保护。",
        "trace",
    ),
    "a component near its slogan": (
        "做好“两稳”工作，促进就业。",
        "知识小贴士\n“两稳”：就业、物价。",
        "trace",
    ),
    "a component that hides another one": (
        "稳定就业务培训。做好“三保”工作。",
        "知识小贴士\n“三保”：业务培训、基本民生、物价稳定。\n“两稳”：就业、物价。",
        "trace",
    ),
    "a full name": (
        "用好区域全面经济伙伴关系规则。",
        "知识小贴士\nRCEP：区域全面经济伙伴关系，即由东盟十国发起的协定。",
        "trace",
    ),
    "a word": ("形成亮点，多个亮点，亮点，亮点。", "加强“亮点”。", "look_again"),
    "a slogan without a list": ("推进稳就业、稳金融、稳投资、稳预期。", "做好“四稳”工作。", "look_again"),
    "a slogan of another head first": (
        "推进去产能、稳金融、稳投资、稳预期。",
        "做好“一去三稳”工作。",
        "look_again",
    ),
}


def built(folder: Path, output: Path) -> tuple[dict[str, list[str]], object]:
    kept = Kept(None, output / KEPT)
    corpus = pipeline._read(folder, None, None, kept)
    return kept.done, corpus


@pytest.mark.parametrize("name", CONCERNS)
def test_kept_results_are_made_anew_for_what_another_document_says(tmp_path: Path, name: str) -> None:
    one, other, step = CONCERNS[name]
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "one.txt").write_text(f"2021年甲省政府工作报告\n{one}\n", encoding="utf-8")
    (folder / "still.txt").write_text("2022年丙省政府工作报告\n过去一年，全省上下努力。\n", encoding="utf-8")
    first, _ = built(folder, output)
    assert set(first[step]) == {"one", "still"}
    again, _ = built(folder, output)
    assert not any(again.values())
    (folder / "other.txt").write_text(f"2023年乙省政府工作报告\n{other}\n", encoding="utf-8")
    done, corpus = built(folder, output)
    assert done["survey"] == ["other"]
    assert set(done[step]) == {"one", "other"}
    assert corpus == pipeline._read(folder, None, None, Kept())


def test_kept_results_stay_where_a_text_has_the_letter_and_no_list_that_shares_it(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    others = "经济稳中有进，稳金融、稳投资。推进产业、就业、创业、投资，保稳定、促发展、稳预期、抓改革。"
    (folder / "one.txt").write_text(f"2021年甲省政府工作报告\n{others}\n", encoding="utf-8")
    built(folder, output)
    (folder / "other.txt").write_text("2023年乙省政府工作报告\n做好“四稳”工作。\n", encoding="utf-8")
    done, corpus = built(folder, output)
    assert done["look_again"] == ["other"]
    assert corpus == pipeline._read(folder, None, None, Kept())


def test_kept_of_another_program_or_damaged_is_as_good_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(
            f"2021年{name}省政府工作报告\n做好“六稳”工作。\n", encoding="utf-8"
        )
    first, corpus = built(folder, output)
    file = output / KEPT / "survey"
    whole = file.read_bytes()
    for damaged in (
        b"",
        b"not ours",
        whole[: len(whole) // 2],
        whole[:-1],
        whole.replace(b"facts", b"fucts"),
    ):
        file.write_bytes(damaged)
        again, same = built(folder, output)
        assert again["survey"] == ["a", "b"] and same == corpus
    file.write_bytes(b"X" + whole[1:])  # one of the two results
    assert built(folder, output)[1] == corpus
    monkeypatch.setattr("kg.kept.program", lambda: "another")
    assert built(folder, output) == (first, corpus)


def test_kept_reads_nothing_but_records(tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "harm"),)

    from kg.kept import _read_again

    doc = Document("d", "六稳")
    for forged in (pickle.dumps(Harm()), pickle.dumps(pipeline.build), pickle.dumps(os.system)):
        with pytest.raises(LookupError):
            _read_again(forged, (doc,))
    assert not (tmp_path / "harm").exists()


def test_kept_graphs_of_documents_rest_on_the_labels_of_what_they_mention() -> None:
    doc = Document("d", "做好“六稳”工作。")
    mention = Mention(doc.span(3, 5), "六稳", "六稳", Context.BODY, None, "core")
    records = Records(doc, mentions=[mention])
    plain, qualified = (Names([Concept("六稳", "六稳", qualifier=q)]) for q in (None, "就业"))
    assert basis(records, plain) == basis(records, Names([Concept("六稳", "六稳"), Concept("六保", "六保")]))
    assert basis(records, plain) != basis(records, qualified)


def test_kept_results_are_not_used_where_all_is_to_be_fresh(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。\n", encoding="utf-8")
    build(tmp_path / "in", tmp_path / "out")
    assert build(tmp_path / "in", tmp_path / "out").unchanged == 1
    assert build(tmp_path / "in", tmp_path / "out", fresh=True).unchanged == 0


def test_kept_files_that_cannot_be_written_stop_no_build(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / KEPT).write_text("a file where the folder should be", encoding="utf-8")
    assert build(tmp_path / "in", tmp_path / "out").unchanged == 0
