"""Identifiers never move: whatever is added, removed or edited, what stays keeps its own."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from nodes import Iris
from pyoxigraph import RdfFormat, Store
from rdflib import OWL, VOID, Dataset

from kg import pipeline
from kg.checks import check_build
from kg.cleaning import clean
from kg.documents import Source
from kg.identifiers import identify
from kg.ledger import LEDGER, ledger_text, read_ledger
from kg.lookup import find_terms, require_terms
from kg.model import Branch, Concept, Corpus, Decision, Document, Identifier, KgError
from kg.pipeline import analyse
from kg.queries import bind, list_queries
from kg.store import open_store, query

ROOT = Path(__file__).parent.parent

#: Ten documents: issuer, year, what the body says, what a box explains. Behind every name stands which sense it
#: has there, in the judgement of who wrote them: that is the truth that the program is held to, and never sees.
CORPUS: dict[str, tuple[str, int, list[tuple[str, str]], list[tuple[str, str, str]]]] = {
    "甲2019": ("甲省", 2019, [("推进对外开放“1+N”政策", "1+N 开放")], [("两山", "“两山”：泰山、蒙山。", "两山 齐鲁")]),
    "甲2021": ("甲省", 2021, [("治理“两山”", "两山 齐鲁")], [("两山", "“两山”：泰山、蒙山。", "两山 齐鲁"), ("六稳", "“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", "六稳")]),
    "乙2018": ("乙省", 2018, [("完善碳达峰碳中和“1+N”政策", "1+N 双碳")], [("两山", "“两山”：太行山、吕梁山。", "两山 三晋")]),
    "乙2020": ("乙省", 2020, [("守护“两山”", "两山 三晋")], [("两山", "“两山”：太行山、吕梁山。", "两山 三晋"), ("三块地", "“三块地”：农村土地改革的试点。", "三块地")]),
    "乙2022": ("乙省", 2022, [("落实碳达峰碳中和“1+N”政策", "1+N 双碳")], [("六稳", "“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳物价。", "六稳")]),
    "丙2017": ("丙省", 2017, [("抓好“四梁八柱”", "四梁八柱")], [("两山", "“两山”理念：绿水青山、金山银山。", "两山 生态")]),
    "丙2023": ("丙省", 2023, [("扩大对外开放“1+N”政策", "1+N 开放")], [("两山", "“两山”理念：绿水青山、金山银山。", "两山 生态"), ("双百", "“双百”工程：培育企业的工程。", "双百 工程")]),
    "丁2016": ("丁省", 2016, [("筑牢“四梁八柱”", "四梁八柱")], [("双百", "“双百”方针：繁荣文艺的办法。", "双百 方针"), ("三个一批", "“三个一批”活动：签约一批、开工一批、投产一批。", "三个一批 项目")]),
    "丁2024": ("丁省", 2024, [("治理白酒“三个一批”企业", "三个一批 白酒")], [("双百", "“双百”方针：繁荣文艺的办法。", "双百 方针")]),
    "戊2015": ("戊省", 2015, [("深化承诺制", "")], [("三块地", "“三块地”：农村土地改革的办法。", "三块地"), ("两山", "“两山”：吕梁山、太行山。", "两山 三晋")]),
}  # fmt: skip


def document(name: str, opening: str = "各位代表：") -> Document:
    issuer, year, body, box = CORPUS[name]
    source = f"{opening}\n\n" + "\n\n".join(f"{words}工作。" for words, _ in body)
    source += "\n\n#### 知识小贴士\n\n" + "\n\n".join(text for _, text, _ in box) + "\n\n## 完\n\n"
    text, marks = clean(source)
    return Document(name, text, marks, year=year, issuer=issuer)


def found_senses(corpus: Corpus) -> dict[str, str]:
    """The identifier of each sense by who wrote the documents; one sense under two identifiers is an error."""
    ids: dict[str, set[str]] = {}
    for doc in corpus.documents:
        _, _, body, box = CORPUS[doc.id]
        for label, text, sense in box:
            told = text.partition("：")[2]
            ids.setdefault(sense, set()).update(
                c.id for c in corpus.concepts for e in c.entries
                if c.label == label and e.doc.id == doc.id and told.startswith(e.definition.text.rstrip("。"))
            )  # fmt: skip
        for words, sense in body:
            place = doc.text.index(words)
            ids.setdefault(sense, set()).update(
                m.concept for m in corpus.mentions
                if m.kind == "core" and m.span.doc.id == doc.id and place <= m.span.start < place + len(words)
            )  # fmt: skip
    ids.pop("", None)
    assert all(len(found) == 1 for found in ids.values()), ids
    return {sense: found.pop() for sense, found in ids.items()}


def build(names: list[str], ledger: tuple[Identifier, ...], openings: dict[str, str]) -> Corpus:
    docs = tuple(document(name, openings.get(name, "各位代表：")) for name in sorted(names))
    return identify(analyse(Source("", docs, ())), ledger)


def history(seed: int, steps: int, with_ledger: bool = True) -> list[tuple[dict[str, str], Corpus]]:
    """Documents are added and taken away one after the other, and now and then one is edited."""
    chance = random.Random(seed)
    here: list[str] = []
    openings: dict[str, str] = {}
    ledger: tuple[Identifier, ...] = ()
    told = []
    for _ in range(steps):
        name = chance.choice(sorted(CORPUS))
        if name not in here:
            here.append(name)
        elif chance.random() < 0.3:
            openings[name] = chance.choice(["各位代表：", "同志们，朋友们：", "现在，我报告工作。请审议。"])
        else:
            here.remove(name)
        corpus = build(here, ledger, openings)
        told.append((found_senses(corpus), corpus))
        ledger = corpus.identifiers if with_ledger else ()
    return told


@pytest.mark.parametrize("seed", range(8))
def test_identifiers_of_what_stays_do_not_move_whatever_is_added_removed_or_edited(seed: int) -> None:
    before: dict[str, str] = {}
    ever: dict[str, str] = {}
    seen = 0
    for now, _ in history(seed, 25):
        seen += len(now.keys() & before.keys())
        assert {s: now[s] for s in now.keys() & before.keys()} == {
            s: before[s] for s in now.keys() & before.keys()
        }
        # what comes back with a document that was there has its own again, and no other sense ever had it
        ever |= {sense: now[sense] for sense in now.keys() - ever.keys()}
        assert now.items() <= ever.items()
        assert len(set(ever.values())) == len(ever)
        before = now
    assert seen > 50


def test_identifiers_would_move_without_the_ledger() -> None:
    before: dict[str, str] = {}
    moved = 0
    for now, _ in history(0, 25, with_ledger=False):
        moved += sum(before[sense] != now[sense] for sense in now.keys() & before.keys())
        before = now
    assert moved > 0


@pytest.mark.parametrize("seed", [20, 21])
def test_identifiers_are_all_in_the_ledger_and_the_ledger_says_what_is_in_use(seed: int) -> None:
    rows: dict[str, Identifier] = {}
    for _, corpus in history(seed, 20):
        ids = {concept.id for concept in corpus.concepts}
        assert len(ids) == len(corpus.concepts)
        assert {row.id for row in corpus.identifiers if not row.gone} == ids
        assert rows.keys() <= {row.id for row in corpus.identifiers}  # nothing is ever forgotten
        rows = {row.id: row for row in corpus.identifiers}
        apart = [(row.label, row.qualifier) for row in rows.values() if row.qualifier]
        assert len(set(apart)) == len(apart)
        used = {m.concept for m in corpus.mentions} | {s for m in corpus.open for s in m.senses}
        used |= {i for r in corpus.relations for i in (r.source, r.target)} | {
            s.concept for s in corpus.states
        }
        used |= {i for t in corpus.ties for i in (t.one, t.other)} | {s.concept for s in corpus.standings}
        used |= {i for c in corpus.communities for i in c.concepts}
        used |= {i for s in corpus.subjects for i, _ in s.mentions}
        assert used <= ids
        assert all(tie.one < tie.other for tie in (*corpus.ties, *corpus.bridges))


def test_identifiers_without_a_ledger_are_the_labels_and_the_first_sense_has_the_plain_one() -> None:
    docs = tuple(document(name) for name in sorted(CORPUS))
    read = analyse(Source("", docs, ()))
    assert [c.id for c in identify(read).concepts] == [c.id for c in read.concepts]
    assert replace(identify(read), identifiers=()) == read


def test_identifiers_do_not_change_when_the_same_is_built_again() -> None:
    once = build(sorted(CORPUS), (), {})
    assert build(sorted(CORPUS), once.identifiers, {}) == once
    # nor on the order of the rows
    assert build(sorted(CORPUS), once.identifiers[::-1], {}) == once


MOUNTAINS = ("太行山", "吕梁山")
SAYING = ("绿水青山", "金山银山")


def two(first: str, second: str, *, year: int = 2021, name: str = "d", label: str = "两山") -> Document:
    text, marks = clean(f"推进工作。\n\n#### 知识小贴士\n\n“{label}”：{first}、{second}。\n\n## 完\n\n")
    return Document(name, text, marks, year=year, issuer="某省")


def identified(*docs: Document, ledger: tuple[Identifier, ...] = ()) -> Corpus:
    return identify(analyse(Source("", docs, ())), ledger)


def concepts(corpus: Corpus, label: str = "两山") -> dict[str, list[str]]:
    return {c.id: [e.doc.id for e in c.entries] for c in corpus.concepts if c.label == label}


def test_identifiers_an_older_sense_does_not_take_the_plain_label_from_a_younger_one() -> None:
    first = identified(two(*SAYING, year=2024, name="new"))
    assert concepts(first) == {"两山": ["new"]}
    both = identified(
        two(*SAYING, year=2024, name="new"), two(*MOUNTAINS, year=2001, name="old"), ledger=first.identifiers
    )
    assert concepts(both) == {"两山": ["new"], "两山（太行山、吕梁山）": ["old"]}
    assert {c.qualifier for c in both.concepts if c.label == "两山"} == {
        "绿水青山、金山银山",
        "太行山、吕梁山",
    }


def test_identifiers_another_sense_that_is_now_alone_keeps_its_own_and_the_label_is_no_longer_given() -> None:
    both = identified(two(*MOUNTAINS, name="a"), two(*SAYING, name="b"))
    alone = identified(two(*SAYING, name="b"), ledger=both.identifiers)
    assert concepts(alone) == {"两山（绿水青山、金山银山）": ["b"]}
    assert [c.qualifier for c in alone.concepts if c.label == "两山"] == [None]
    third = identified(two("泰山", "蒙山", name="c"), ledger=alone.identifiers)
    assert concepts(third) == {"两山（泰山、蒙山）": ["c"]}
    gone = {row.id: row.replaced_by for row in third.identifiers if row.gone and row.label == "两山"}
    assert gone == {"两山": None, "两山（绿水青山、金山银山）": None}
    back = identified(two(*MOUNTAINS, name="z"), ledger=third.identifiers)
    assert concepts(back) == {"两山": ["z"]}


@pytest.mark.parametrize(
    "edited",
    [
        two("太行山", "恒山"),
        two("吕梁山", "太行山"),
        two(*MOUNTAINS, year=1999),
        replace(two(*MOUNTAINS), issuer="他省"),
    ],
)
def test_identifiers_survive_an_edit_of_a_definition(edited: Document) -> None:
    before = identified(two(*MOUNTAINS), two(*SAYING, name="b"))
    after = identified(edited, two(*SAYING, name="b"), ledger=before.identifiers)
    assert concepts(after) == concepts(before)


def test_identifiers_a_definition_under_another_name_replaces_what_had_it() -> None:
    before = identified(two("稳就业", "稳金融", label="两个稳"))
    after = identified(two("稳就业", "稳金融", label="两稳"), ledger=before.identifiers)
    (row,) = (row for row in after.identifiers if row.id == "两个稳")
    assert (row.gone, row.replaced_by) == (True, "两稳")
    again = identified(two("稳就业", "稳金融", label="两个稳"), ledger=after.identifiers)
    assert {
        row.id: (row.gone, row.replaced_by)
        for row in again.identifiers
        if "稳" in row.label and "两" in row.label
    } == {
        "两个稳": (False, None),
        "两稳": (True, "两个稳"),
    }


def test_identifiers_a_label_that_is_now_another_name_of_a_term_is_replaced_by_it() -> None:
    ledger = [Identifier("四化", "四化")]
    here = identify(
        Corpus((), (), (), (Concept("四个现代化", "四个现代化", alt_labels=("四化",)),), ()), ledger
    )
    assert here.identifiers[1] == Identifier("四化", "四化", gone=True, replaced_by="四个现代化")


def test_identifiers_two_senses_that_become_one_leave_one_replaced_by_the_other() -> None:
    one = Identifier("两山", "两山", components=MOUNTAINS, definitions=("0" * 12,), documents=("d",))
    here = identified(two(*MOUNTAINS))
    other = replace(next(row for row in here.identifiers if row.id == "两山"), id="两山（太行山、吕梁山）")
    merged = identified(two(*MOUNTAINS), ledger=(one, other))
    assert concepts(merged) == {"两山（太行山、吕梁山）": ["d"]}  # it has the definition itself
    back = identified(two(*MOUNTAINS), ledger=(replace(one, definitions=other.definitions), other))
    assert concepts(back) == {"两山": ["d"]}
    assert {row.id: row.replaced_by for row in back.identifiers if row.gone} == {
        "两山（太行山、吕梁山）": "两山"
    }


def test_identifiers_a_qualifier_corrected_by_hand_stays() -> None:
    both = identified(two(*MOUNTAINS, name="a"), two(*SAYING, name="b"))
    ledger = tuple(replace(row, qualifier="山脉") if row.id == "两山" else row for row in both.identifiers)
    again = identified(two(*MOUNTAINS, name="a"), two(*SAYING, name="b"), ledger=ledger)
    assert {c.id: c.qualifier for c in again.concepts if c.label == "两山"} == {
        "两山": "山脉",
        "两山（绿水青山、金山银山）": "绿水青山、金山银山",
    }


# --- the ledger as a file


def test_identifiers_of_a_label_that_a_person_splits_have_the_persons_qualifiers() -> None:
    docs = tuple(Document(f"d{year}", "保护“两山”。", year=year, issuer="某省") for year in (2021, 2024))
    whole = identify(analyse(Source("", docs, ())))
    branches = (Branch("山", ("d2021",)), Branch("生态", ("d2024",)))
    split = Decision("split", "两山", "two things", senses=branches)
    once = identify(analyse(Source("", docs, ()), decisions=(split,)), whole.identifiers)
    again = identify(analyse(Source("", docs, ()), decisions=(split,)), once.identifiers)
    for corpus in (once, again):
        assert [(c.id, c.qualifier) for c in corpus.concepts] == [("两山", "山"), ("两山（生态）", "生态")]
        assert [m.concept for m in corpus.mentions] == ["两山", "两山（生态）"]
        assert [v.terms for v in corpus.verdicts] == [("两山", "两山（生态）")]
    assert again.identifiers == once.identifiers


def test_identifiers_of_two_senses_that_a_person_joins_leave_one_replaced_by_the_other() -> None:
    docs = tuple(
        Document(f"d{year}", f"落实{head}“1+N”政策。", year=year, issuer="某省")
        for year, head in ((2021, "对外开放"), (2024, "碳达峰碳中和"))
    )
    apart = identify(analyse(Source("", docs, ())))
    one, other = (f"1+N（{concept.qualifier}）" for concept in apart.concepts if concept.label == "1+N")
    join = Decision("join", one, "one and the same", other=other)
    joined = identify(analyse(Source("", docs, ()), decisions=(join,)), apart.identifiers)
    rows = [row for row in joined.identifiers if row.label == "1+N"]
    (kept,), (gone,) = ([row for row in rows if row.gone is state] for state in (False, True))
    assert gone.replaced_by == kept.id


def test_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = (
        *build(sorted(CORPUS), (), {}).identifiers,
        Identifier('“一"二', '“一"二', gone=True, replaced_by="两山"),
    )
    path = tmp_path / LEDGER
    path.write_text(ledger_text(rows), encoding="utf-8")
    assert sorted(read_ledger(path), key=lambda row: row.id) == sorted(rows, key=lambda row: row.id)
    path.write_bytes(
        b"\xef\xbb\xbf" + ledger_text(rows).replace("\n", "\r\n").encode()
    )  # a spreadsheet saved it
    assert sorted(read_ledger(path), key=lambda row: row.id) == sorted(rows, key=lambda row: row.id)
    assert read_ledger(tmp_path / "none.tsv") == ()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: "", "line 1: it does not name the columns"),
        (lambda text: text.replace("id\t", "ids\t", 1), "line 1: it does not name the columns"),
        (lambda text: "<<<<<<< HEAD\n" + text, "line 1"),
        (lambda text: text + "=======\n", "line 4: it has 1 columns, not 10"),
        (lambda text: text + text.splitlines()[1] + "\n", "line 4: it gives the identifier '六保' a second time"),
        (lambda text: text.replace("in use", "used", 1), "line 2: its state is 'used', not one of in use, gone"),
        (lambda text: text.replace("\t六保\t", "\t\t", 1), "line 2: it has no id or no label"),
        (lambda text: text.replace("gone\t", "gone\t六", 1), "'六稳' is replaced by '六', which is no identifier"),
    ],
)  # fmt: skip
def test_ledger_that_cannot_be_read_is_said_in_one_line_and_not_written_over(tmp_path, spoil, said) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("2021年甲省政府工作报告\n做好“六稳”工作。", encoding="utf-8")
    text = spoil(ledger_text([Identifier("六保", "六保"), Identifier("六稳", "六稳", gone=True)]))
    (folder / LEDGER).write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as error:
        pipeline.build(folder, tmp_path / "out")
    assert said in str(error.value) and LEDGER in str(error.value) and "\n" not in str(error.value)
    assert (folder / LEDGER).read_text(encoding="utf-8") == text
    assert not (tmp_path / "out").exists()


def test_ledger_of_the_seeds_is_the_committed_one(seeds: Corpus) -> None:
    assert ledger_text(seeds.identifiers) == (ROOT / "seeds" / LEDGER).read_text(encoding="utf-8")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with two reports; the second one alone explains and says 六保."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "2021年甲省政府工作报告\n做好“六稳”工作，落实“双百”工程。", encoding="utf-8"
    )
    (folder / "b.txt").write_text("2022年甲省政府工作报告\n做好“六保”工作。", encoding="utf-8")
    return folder


def test_ledger_is_written_only_where_something_changed(mine: Path, tmp_path: Path) -> None:
    pipeline.build(mine, tmp_path / "out")
    path = mine / LEDGER
    old = path.stat().st_mtime_ns, path.stat().st_ino
    pipeline.build(mine, tmp_path / "out")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == old
    assert {p.name for p in mine.iterdir()} == {"a.txt", "b.txt", LEDGER}


def test_ledger_that_cannot_be_written_is_a_note_and_the_build_goes_on(mine, tmp_path, monkeypatch) -> None:
    def refuse(path, text):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pipeline, "write_text", refuse)
    built = pipeline.build(mine, tmp_path / "out")
    assert [(note.doc, note.message) for note in built.notes if note.doc == LEDGER] == [
        (
            LEDGER,
            "could not be written (Permission denied): identifiers may move in a later build; "
            f"make {mine} writable and build again",
        )
    ]
    assert "六保" in (tmp_path / "out" / "glossary.ttl").read_text(encoding="utf-8")
    assert LEDGER not in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_ledger_is_the_same_for_two_lists_of_own_terms(mine: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("工作", encoding="utf-8")
    for terms in (None, own, None):
        pipeline.build(mine, tmp_path / "out", terms=terms)
    rows = {row.id: row.gone for row in read_ledger(mine / LEDGER)}
    assert rows == {"六稳": False, "六保": False, "双百": False, "工作": True}


def test_gone_terms_are_in_the_graph_and_pollute_nothing(mine: Path, tmp_path: Path) -> None:
    """A corpus that lost a report gives what it gives without a past, but for the terms that are gone."""
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    pipeline.build(mine, out)
    (mine / "b.txt").unlink()
    pipeline.build(mine, out)
    store = open_store(out)
    with pytest.raises(KgError, match=r"the term '六保' is gone, nothing replaces it .*/term/六保"):
        require_terms(store, "六保")
    assert find_terms(store, "liu bao") == []
    assert [finding for finding in check_build(out) if finding.severity != "info"] == []
    dataset = Dataset().parse(out / "graph.trig", format="trig")
    (gone,) = {subject for subject, *_ in dataset.quads((None, OWL.deprecated, None, None))}
    assert str(gone) == str(Iris().term("六保"))

    (mine / LEDGER).unlink()
    pipeline.build(mine, fresh)
    for name in ("report.md", "network.graphml", "graph.html"):
        assert (out / name).read_bytes() == (fresh / name).read_bytes()
    differ = set(dataset.quads()) ^ set(Dataset().parse(fresh / "graph.trig", format="trig").quads())
    assert {subject for subject, predicate, *_ in differ if predicate != VOID.triples} == {gone}
    without = open_store(fresh)
    for named in list_queries():
        values = bind(named, named.example)
        if named.name != "statements":  # how large each graph is
            assert query(store, named.text, values) == query(without, named.text, values), named.name
            assert query(store, named.text) == query(without, named.text), named.name


def test_gone_terms_that_were_replaced_say_by_what(store: Store) -> None:
    more = Store()
    more.extend(store)
    more.load(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#> BASE <https://example.org/policy-terms/>
        <term/七稳> a skos:Concept ; skos:prefLabel "七稳"@zh-Hans ; owl:deprecated true ; dct:isReplacedBy <term/八稳> .
        <term/八稳> a skos:Concept ; skos:prefLabel "八稳（某某）"@zh-Hans ; owl:deprecated true ; dct:isReplacedBy <term/六稳> .
        """.encode(),
        RdfFormat.TURTLE,
    )
    for text in ("七稳", "“八稳”", "八稳（某某）"):
        with pytest.raises(KgError, match="is gone, replaced by 六稳: kg show 六稳"):
            require_terms(more, text)
