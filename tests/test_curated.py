"""Decisions are read with clear words, written without touching what is there, act, win, and are told."""

from __future__ import annotations

import random
import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from corpora import small_corpus
from decided import DECISIONS, DOCUMENTS, decided, difference, glossary
from nodes import KG, SKOSXL, Iris
from pyoxigraph import RdfFormat, Store
from rdflib import PROV, RDF, SKOS, Graph, Literal

from kg import pipeline
from kg.cards import card
from kg.checks import run_checks
from kg.curated import KINDS, Decision, parse_decisions, put_decisions, read_decisions
from kg.decisions import decision_iri
from kg.documents import read_corpus
from kg.graph import build_graph, glossary_graph
from kg.model import Branch, Corpus, KgError
from kg.report import render_report
from kg.shapes import validate
from kg.turtle import trig, turtle

DIFFERENCES = Path(__file__).parent / "data" / "decisions.txt"
IRIS = Iris()
SIX = "六稳"


@cache
def before() -> tuple[Corpus, Graph]:
    corpus = decided()
    return corpus, glossary(corpus)


def table(do: str = "alias", **more: str) -> str:
    said = {"do": f'"{do}"', "term": '"六稳"', "reason": '"so"', **more}
    return "[[decision]]\n" + "".join(f"{key} = {value}\n" for key, value in said.items() if value)


# --- the file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[decision]\n", r"c\.toml: not valid TOML"),
        ("decisions = 1", r"unknown decisions; decisions are listed as \[\[decision\]\]"),
        ("decision = 1", r"decisions are listed as \[\[decision\]\]"),
        (table(do="rename"), r"line 1, decision 1: do is 'rename'; write `do = .*one of add, alias"),
        ("# one\n\n" + table(do=""), r"line 3, decision 1: do is ''"),
        ("[[decision]]\nterm = 'x'", r"decision 1: does not say what to do"),
        (table(), r"line 1, decision 1 \(alias 六稳\): no alias; add `alias = "),
        (table(alias='"六个稳"', reason=""), r"no reason; add `reason = "),
        (table(alias='"六个稳"', term=""), r"\(alias\): no term; add"),
        (table(alias='""'), r"alias is ''; write it in quotes"),
        (table(alias='"六稳"', lable='"x"'), r"unknown field lable; alias takes alias, term, source"),
        (table("english", label='"x"', status='"good"'), r"status is 'good'; write one of official"),
        (
            table("english", label='"x"', year='"2020"'),
            r"year is '2020'; write it as a number, `year = 2020`",
        ),
        (table("english", label='"x"', year="0"), r"year is 0; write it in four digits"),
        (table("english", label='"x"', date='"soon"'), r"date is 'soon'; write it as `date = 2026-01-31`"),
        (table("components", components='"a"'), r"components is 'a'; write it as a list of texts"),
        (table("components", components='["a", "a"]'), r"components has a twice"),
        (table("link", to='"六保"', relation='"cousin"'), r"relation is 'cousin'; write one of"),
        (table("link", to='"六保"', relation='"part"', quote='"x"'), r"a document and a quote; give both"),
        (table("link", to='"六稳"', relation='"part"'), r"names its own term twice"),
        (table("reject", quote='"x"'), r"quote do not go together; write nothing more .*document and quote"),
        (table("reject", document='"d"', start="-1"), r"start is -1; write it as a number"),
        (table("split", senses="[]"), r"a split has two senses or more"),
        (table("split", senses='[{qualifier = "a"}, {qualifier = "b"}]'), r"a qualifier and documents"),
        (
            table("split", senses='[{qualifier="a", documents=["d"]}, {qualifier="a", documents=["e"]}]'),
            r"two senses have the qualifier a",
        ),
        (table(alias='"x"') + "\n\n" + table(), r"line 8, decision 2 \(alias 六稳\)"),
    ],
)
def test_curated_says_what_is_wrong_where_and_how_to_put_it_right(text: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        parse_decisions(text, "c.toml")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", DECISIONS)
def test_curated_reads_what_it_writes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "curated.toml"
    put_decisions(path, [DECISIONS[name]] * 2)
    put_decisions(path, [DECISIONS[name]])
    assert read_decisions(path) == (DECISIONS[name],)


def test_curated_every_kind_is_tried() -> None:
    assert {decision.do for decision in DECISIONS.values()} == set(KINDS)


def test_curated_leaves_what_a_person_wrote(tmp_path: Path) -> None:
    path = tmp_path / "curated.toml"
    text = """# my decisions

[[decision]]   # the first
term   = '六稳'
do     = "alias"
reason = "in speeches"      # by ear
alias  = "六个稳"

# the end
"""
    path.write_text(text, encoding="utf-8")
    put_decisions(path, [DECISIONS["english official"], DECISIONS["split"]])
    new = path.read_text(encoding="utf-8")
    assert new.startswith(text)
    assert [decision.do for decision in read_decisions(path)] == ["alias", "english", "split"]


def test_curated_writes_nothing_where_a_decision_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "curated.toml"
    path.write_text(table(alias='"六个稳"'), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(KgError, match="alias 六稳: no alias; add"):
        put_decisions(path, [DECISIONS["english official"], Decision("alias", SIX, "why")])
    path.write_text('decision = [{do="alias", term="六稳", alias="x", reason="y"}]', encoding="utf-8")
    with pytest.raises(KgError, match=r"write each as \[\[decision\]\]"):
        put_decisions(path, [DECISIONS["english official"]])
    path.write_bytes(before)
    path.write_bytes("[[decision]]\ndo = '别名'".encode("gb18030"))
    with pytest.raises(KgError, match="UTF-8"):
        read_decisions(path)


# --- what comes of them ----------------------------------------------------------------------------------


def differences() -> str:
    """Of every decision what it takes out of the glossary and puts in."""
    return "".join(
        f"=== {name}\n{difference(before()[1], glossary(decided(decision)))}\n"
        for name, decision in DECISIONS.items()
    )


def test_curated_changes_what_it_says_and_nothing_else() -> None:
    """The file was read line by line. To write it anew: `python tests/test_curated.py`, and read it again."""
    assert differences() == DIFFERENCES.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DECISIONS)
def test_curated_touches_only_the_terms_that_it_names(name: str) -> None:
    """The same without the file: whatever changes in the glossary is about a term of the decision, or a part of it."""
    corpus = decided(DECISIONS[name])
    after = glossary(corpus)
    meant = terms_of(DECISIONS[name], (before()[0], corpus))
    for one, other in ((before()[1], after), (after, before()[1])):
        for subject, predicate, value in set(one) - set(other):
            kinds = set(one.objects(subject, RDF.type))
            if kinds & {KG.Decision, KG.Community, KG.Standing, KG.Tie} or predicate == KG.inCommunity:
                continue
            terms = about(one, subject) | (about(one, value) if subject == IRIS.scheme else set())
            assert terms & meant, (subject, predicate, value)


def terms_of(decision: Decision, corpora: tuple[Corpus, Corpus]) -> set[object]:
    names = {decision.term, decision.other, *(decision.components or ())}
    ids = set(names)
    for corpus in corpora:
        for concept in corpus.concepts:
            if concept.label in names:
                ids.add(concept.id)
                ids |= {c.span.text for entry in concept.entries for c in entry.components}
    return {IRIS.term(i) for i in ids if i}


def about(graph: Graph, subject: object) -> set[object]:
    """The terms that a statement is about: itself, or what its count, state, definition, slot, link … is of."""
    if (subject, RDF.type, KG.Term) in graph:
        return {subject}
    found: set[object] = set()
    for predicate in (
        KG.defines,
        KG.countOf,
        KG.stateOf,
        KG.listingOf,
        KG.labelOf,
        KG.relationFrom,
        KG.relationTo,
    ):
        found |= set(graph.objects(subject, predicate))  # type: ignore[arg-type]
    for predicate in (KG.slot, KG.evidence):
        for owner in graph.subjects(predicate, subject):  # type: ignore[arg-type]
            found |= about(graph, owner)
    return found


@pytest.mark.parametrize("name", DECISIONS)
def test_curated_survives_a_rebuild_and_is_marked_as_a_persons(name: str) -> None:
    decision = DECISIONS[name]
    corpus = decided(decision)
    assert [(v.stands, v.decision) for v in corpus.verdicts] == [(True, decision)]
    dataset = build_graph(corpus)
    assert trig(dataset) == trig(build_graph(decided(decision)))
    record = decision_iri(decision, IRIS)
    graph = dataset.graph(IRIS.curated_graph)
    assert graph.value(record, KG.reason) == Literal(decision.reason)
    assert graph.value(record, KG.decisionKind) == Literal(decision.do)
    assert graph.value(record, KG.applies) == Literal(True)
    assert render_report(corpus).count(f"| 1 | {decision.do} {decision.term}") == 1
    made = set(glossary_graph(dataset).subjects(PROV.wasGeneratedBy, record))
    assert bool(made) == (decision.do in ("add", "components", "definition", "english", "link"))


def test_curated_english_names_are_labels_by_their_status() -> None:
    names = [decision for name, decision in DECISIONS.items() if name.startswith("english")]
    second = replace(names[0], label="Six Stability", reason="also printed")
    graph = build_graph(decided(*names, second)).graph(IRIS.curated_graph)
    term = IRIS.term(SIX)
    assert set(graph.objects(term, SKOS.prefLabel)) == {Literal("the Six Stabilities", lang="en")}
    assert set(graph.objects(term, SKOS.altLabel)) == {
        Literal("six stables", lang="en"),
        Literal("Six Stability", lang="en"),
    }
    forms = {str(graph.value(label, KG.status)): label for label in graph.subjects(KG.labelOf, term)}
    assert graph.value(forms["rejected"], SKOSXL.literalForm) == Literal("six steadies", lang="en")
    assert (None, None, forms["rejected"]) not in graph
    assert len(set(graph.objects(term, SKOSXL.prefLabel))) == 1


def test_curated_all_together_keep_the_contract_and_pass_the_checks() -> None:
    at_peace = [d for name, d in DECISIONS.items() if name not in ("join", "reject a term")]
    for decisions in (at_peace, [DECISIONS["join"], DECISIONS["reject a term"]]):
        graph = build_graph(decided(*decisions))
        assert validate(graph) == ()
        store = Store()
        store.load(trig(graph).encode("utf-8"), RdfFormat.TRIG)
        assert [finding for finding in run_checks(store) if finding.severity == "error"] == []


def test_curated_a_later_decision_takes_the_place_of_one_about_the_same_thing(tmp_path: Path) -> None:
    path = tmp_path / "curated.toml"
    first = Decision("english", SIX, "a draft", label="Six Stables", status="proposed", source="a paper")
    for decision in (first, DECISIONS["definition"], replace(first, status="official", source=None)):
        pipeline.curate(tmp_path, decision, check=False)
    kept = read_decisions(path)
    assert [(d.do, d.status, d.source) for d in kept] == [
        ("english", "official", None),
        ("definition", None, None),
    ]


def test_curated_a_file_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, text: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kg.curated.files.write_text", refuse)
    with pytest.raises(KgError, match=r"curated\.toml: cannot be written \(Permission denied\)"):
        pipeline.curate(tmp_path, DECISIONS["definition"], check=False)


def test_curated_a_card_tells_of_decisions_beside_a_long_form() -> None:
    store = Store()
    store.load(trig(build_graph(small_corpus())).encode("utf-8"), RdfFormat.TRIG)
    six = card(store, str(Iris().term("六稳")))
    assert {ruling.kind for ruling in six.decisions} == {"english"}
    assert six.iri not in {link.other.iri for link in six.links}


@pytest.mark.parametrize("seed", range(12))
def test_curated_any_of_them_in_any_order(seed: int) -> None:
    """Where no two are about one thing their order decides nothing; labels keep their places (S13, S14), parts no circle (S27)."""
    chance = random.Random(seed)
    chosen = chance.sample(list(DECISIONS.values()), chance.randint(2, 8))
    corpus = decided(*chosen)
    graph = glossary(corpus)
    shuffled = decided(*chance.sample(chosen, len(chosen)))
    if not {"english"} & {decision.do for decision in chosen}:  # of official names the first is preferred
        assert turtle(graph) == turtle(glossary(shuffled))
    assert {v.decision: v.stands for v in corpus.verdicts} == {
        v.decision: v.stands for v in shuffled.verdicts
    }
    assert all(verdict.stands or verdict.note for verdict in corpus.verdicts)
    for term in graph.subjects(RDF.type, KG.Term):
        labels = [set(graph.objects(term, p)) for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        languages = [label.language for label in labels[0] if isinstance(label, Literal)]
        assert len(languages) == len(set(languages)) and "zh-Hans" in languages
        assert sum(map(len, labels)) == len(set().union(*labels))
        assert (
            term not in graph.transitive_objects(term, SKOS.broader)
            or list(graph.transitive_objects(term, SKOS.broader)).count(term) == 1
        )
        assert not set(graph.objects(term, SKOS.broader)) & set(graph.objects(term, SKOS.narrower))
    for slot in graph.subjects(RDF.type, KG.Slot):
        assert graph.value(slot, KG.start) is not None or graph.value(slot, PROV.wasGeneratedBy) is not None


def test_curated_components_stand_in_their_place_or_in_none() -> None:
    (entry,) = next(c for c in decided(DECISIONS["components"]).concepts if c.label == "双碳").entries
    peak, sink = entry.components
    assert (peak.span.doc.id, peak.span.text) == ("jia-2021", "碳达峰")
    assert (sink.span.doc.id, sink.span.text) == ("", "碳汇")
    assert (entry.agrees, entry.expected, entry.split_rule) == (True, 2, "person")


def test_curated_split_tells_mentions_apart_by_their_document() -> None:
    corpus = decided(DECISIONS["split"])
    told = {(m.span.doc.id, m.concept, m.decided) for m in corpus.mentions if m.term == "两山"}
    assert told == {("jia-2021", "两山", "person"), ("jia-2024", "两山（生态）", "person")}


def test_curated_rejected_name_hides_what_is_within_it() -> None:
    corpus = decided(Decision("add", "六", "a short one"), DECISIONS["reject a term"])
    assert "六保" not in {concept.id for concept in corpus.concepts}
    assert not [m for m in corpus.mentions if m.span.doc.text.startswith("六保", m.span.start)]


# --- what does not apply ---------------------------------------------------------------------------------


def alone(do: str, term: str = SIX, **more: object) -> tuple[Decision, ...]:
    return (Decision(do, term, "so", **more),)  # type: ignore[arg-type]


ADDED = Decision("add", "新动能", "so")
UNFIT = [
    (
        alone("english", "七稳", label="x", status="official"),
        r"no term 七稳 .*did you mean 六稳\? Correct it",
    ),
    (alone("alias", "双碳", alias="“双碳”目标"), r"双碳 has the name “双碳”目标 already; remove"),
    (alone("alias", alias="双碳"), r"双碳 is a term of its own; join the two"),
    ((ADDED, *alone("alias", alias="新动能")), r"新动能 is a term of its own; join"),
    (
        alone("english", "双碳目标", label="x", status="official"),
        r"双碳目标 is another name of 双碳; write that",
    ),
    (alone("add", "双碳"), r"the texts have the term 双碳 already"),
    (alone("add", "六保"), r"the texts have the term 六保 already"),
    (alone("add", "六稳"), r"the texts have the term 六稳 already"),
    (alone("join", other="六六"), r"no term 六六"),
    (alone("reject", alias="六个稳"), r"六稳 has no other name 六个稳"),
    (alone("reject", "太行山"), r"太行山 is only a component; .*`components`"),
    (alone("reject", document="jia-2024"), r"jia-2024 gives no such definition of 六稳"),
    (
        alone("reject", document="yi-2024"),
        r"document yi-2024 is not in the corpus; write one of jia-2021, jia",
    ),
    (alone("reject", document="jia-2024", start=0), r"jia-2024 has no mention of 六稳 at 0"),
    (alone("reject", document="jia-2024", quote="做好“六稳”"), r"no mention of 六稳 in “做好“六稳””"),
    (
        alone("reject", "两山", document="jia-2021", quote="两山"),
        r"“两山” stands in jia-2021 3 times; quote more",
    ),
    (alone("reject", document="yi", quote="x"), r"document yi is not in the corpus"),
    (alone("reject", other="双碳", relation="variant"), r"no rule finds 六稳 variant → 双碳"),
    (alone("link", other="双碳", relation="co-mentioned"), r"the rules find 六稳 co-mentioned → 双碳"),
    (alone("components", document="jia-2024", components=("a",)), r"jia-2024 gives no definition of 六稳"),
    (
        alone("components", "双碳", components=("碳达峰", "碳中和")),
        r"the rules find these components of 双碳",
    ),
    (
        alone("split", "太行山", senses=(Branch("甲", ("jia-2021",)), Branch("乙", ("jia-2024",)))),
        "太行山 has no definition and stands in no quotation marks",
    ),
    (
        alone("split", senses=(Branch("甲", ("jia-2021",)), Branch("乙", ("yi-2024",)))),
        "document yi-2024 is not in the corpus",
    ),
    (
        (DECISIONS["split"], *alone("english", "两山", label="x", status="official")),
        r"两山 is of 2 senses; write 两山（山） or 两山（生态）",
    ),
]


@pytest.mark.parametrize(("decisions", "note"), UNFIT, ids=lambda x: x if isinstance(x, str) else x[-1].do)
def test_curated_tells_what_does_not_apply_and_changes_nothing(
    decisions: tuple[Decision, ...], note: str
) -> None:
    corpus = decided(*decisions)
    *others, last = corpus.verdicts
    assert all(verdict.stands for verdict in others)
    assert not last.stands and re.search(note, last.note)
    assert (
        f"decision {len(decisions)}, {last.decision.do} {last.decision.term}: {last.note}"
        in render_report(corpus)
    )
    assert difference(glossary(decided(*decisions[:-1])), glossary(corpus)) == ""
    assert build_graph(corpus).value(decision_iri(last.decision, IRIS), KG.applies) == Literal(False)


@pytest.mark.parametrize(
    ("decision", "note"),
    [
        (
            DECISIONS["components"],
            r"碳汇 does not stand in the definition in jia-2021: it is kept as a person's",
        ),
        (
            Decision("link", SIX, "so", other="六保", relation="part", document="jia-2024", quote="六保"),
            "jia-2024 does not have the words “六保”, so the link has no evidence",
        ),
        (
            Decision(
                "split", "两山", "so", senses=(Branch("甲", ("jia-2024",)), Branch("乙", (), ("黄山",)))
            ),
            r"no definition has the words “黄山”.*两山（太行山、吕梁山） of jia-2021 is a sense that the decision",
        ),
    ],
)
def test_curated_tells_what_to_look_at(decision: Decision, note: str) -> None:
    corpus = decided(decision)
    assert corpus.verdicts[0].stands
    assert re.search(note, corpus.verdicts[0].note)
    assert corpus.verdicts[0].note in render_report(corpus)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (DECISIONS["english proposed"], replace(DECISIONS["english proposed"], status="rejected")),
        (DECISIONS["alias that is said"], Decision("reject", SIX, "no", alias="绿色转型")),
        (DECISIONS["definition"], replace(DECISIONS["definition"], definition="另一个。")),
        (DECISIONS["components"], replace(DECISIONS["components"], components=("碳中和",))),
        (DECISIONS["link"], DECISIONS["link"]),
    ],
)
def test_curated_of_two_on_one_thing_the_later_one_holds(first: Decision, second: Decision) -> None:
    corpus = decided(first, second)
    assert "decision 2 is about the same and comes later" in corpus.verdicts[0].note
    assert difference(glossary(decided(second)), glossary(corpus)) == ""
    graph = build_graph(corpus)
    assert len(list(graph.objects(decision_iri(second, IRIS), KG.applies))) == 1


def test_curated_builds_from_the_file_and_forgets_what_is_taken_out_of_it(tmp_path: Path) -> None:
    folder, output, path = tmp_path / "in", tmp_path / "out", tmp_path / "in" / "curated.toml"
    folder.mkdir()
    for doc in DOCUMENTS:
        (folder / f"{doc.id}.txt").write_text(doc.text, encoding="utf-8")
    pipeline.build(folder, output)
    plain = (output / "glossary.ttl").read_bytes()
    put_decisions(
        path,
        [
            DECISIONS["english official"],
            DECISIONS["alias that is not said"],
            *alone("alias", "七稳", alias="x"),
        ],
    )
    for _ in range(2):
        built = pipeline.build(folder, output)
        assert (built.decisions, built.unfit) == (3, 1)
        assert [note.doc for note in built.notes if "no term 七稳" in note.message] == ["curated.toml"]
        assert "the Six Stabilities" in (output / "glossary.ttl").read_text(encoding="utf-8")
        assert "decision 3 (line 22), alias 七稳: no term 七稳" in (output / "report.md").read_text("utf-8")
    (folder / "jia-2021.txt").unlink()
    built = pipeline.build(folder, output)
    assert (built.decisions, built.unfit) == (3, 1)  # what is still said keeps its name
    (folder / "jia-2021.txt").write_text(DOCUMENTS[0].text, encoding="utf-8")
    path.unlink()
    pipeline.build(folder, output)
    assert (output / "glossary.ttl").read_bytes() == plain


def test_curated_names_and_definitions_change_nothing_else_in_the_seeds(seeds: Corpus) -> None:
    source = read_corpus(Path(__file__).parent.parent / "seeds")
    new = [
        Decision("english", SIX, "so", label="the Six Stabilities", status="official"),
        Decision("definition", "六最", "so", definition="审批最少等六项。"),
        Decision("link", SIX, "so", other="六保", relation="successor"),
        Decision("alias", SIX, "so", alias="六个稳定"),
    ]
    old, decided_ = build_graph(seeds), build_graph(pipeline.analyse(source, None, new))
    changed = glossary_graph(decided_) - glossary_graph(old)
    terms = {IRIS.term(SIX), IRIS.term("六最")}
    own = set(decided_.graph(IRIS.curated_graph).subjects()) | terms
    relation = IRIS.relation("successor", SIX, "六保")
    assert set(changed.subjects()) == own | {relation}
    assert {p for s, p, _ in changed if s in terms} == {
        SKOS.prefLabel, SKOSXL.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition
    }  # fmt: skip
    assert len(glossary_graph(old) - glossary_graph(decided_)) == 0


if __name__ == "__main__":
    DIFFERENCES.write_text(differences(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{DIFFERENCES} was written: read it\n")
