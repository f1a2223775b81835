"""What changed from each full report to the next of its issuer: which steps there are, and that they are kept."""

from kg.kept import Kept
from kg.model import Document, Kind
from kg.steps import find_steps
from kg.structure import find_glossaries, find_sections

STEADY, LOOSE = "实施稳健的货币政策，保持汇率稳定。", "实施适度宽松的货币政策，保持汇率稳定。"


def document(name, text, year, issuer="国务院", kind=Kind.REPORT):
    return Document(name, text, year=year, issuer=issuer, kind=kind)


DOCS = (
    document("a", STEADY, 2021),
    document("b", STEADY, 2022),
    document("c", STEADY, 2024),  # 2023 is not there
    document("d", LOOSE, 2025),
    document("d annotated", LOOSE, 2025, kind=Kind.ANNOTATED),  # the same report, with explanations
    document("digest", "稳健。", 2026, kind=Kind.ABRIDGEMENT),
    document("e", STEADY, 2024, issuer="山西省人民政府"),
    Document("f", LOOSE, issuer="山西省人民政府"),  # of no year
)


def steps(docs=DOCS, work=None):
    places = [(doc, find_sections(doc), find_glossaries(doc)) for doc in docs]
    return find_steps(docs, places, (), work)


def test_steps_go_from_each_full_report_to_the_next_of_its_issuer():
    found = steps()
    assert [(step.old.id, step.new.id) for step in found] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert [len(step.changes) for step in found] == [0, 0, 1]
    [change] = found[-1].changes
    assert (change.was.text, change.now.text) == ("稳健的货币政策", "适度宽松的货币政策")
    assert (change.was.doc, change.now.doc, change.years) == (DOCS[2], DOCS[3], (2021, 2022, 2024))


def test_steps_are_kept_and_an_added_report_leaves_the_others_aligned(tmp_path):
    first = steps(work=Kept(folder=tmp_path))
    again = Kept(folder=tmp_path)
    assert steps(work=again) == first
    assert again.done == {"align_step": [], "tell_step": []}
    more = Kept(folder=tmp_path)
    added = steps((*DOCS, document("g", STEADY, 2026)), more)
    assert more.done == {"align_step": ["g"], "tell_step": ["b", "c", "d", "g"]}
    assert added[:3][0] == first[0]
    assert [step.new.id for step in added] == ["b", "c", "d", "g"]
