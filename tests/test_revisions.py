"""What changed from report to report, as a built graph holds it."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.revisions import Passage, revisions

HEAD = (
    (Path(__file__).parent / "data" / "small.trig").read_text(encoding="utf-8").split("<graph/vocabulary>")[0]
)
REPORT = '<doc/{0}> kg:documentKind "report" ; dct:identifier "r{0}" ; dct:title "政府工作报告" ; kg:reportYear <year/{0}> . <year/{0}> kg:year {0} .'
CHANGE = """
<c/{new}/{rank}> a kg:Rewording ; kg:rewordingKind "replaced" ; kg:about "第{rank}"@zh-Hans ; kg:rank {rank} ;
  kg:olderReport <doc/{old}> ; kg:newerReport <doc/{new}> ; kg:was "稳健"@zh-Hans ; kg:saidInYear <year/{old}> ;
  kg:older <c/{new}/{rank}/older/1> ; kg:newer <c/{new}/{rank}/newer/1> .
<c/{new}/{rank}/older/1> a kg:Quotation ; dct:source <doc/{old}> ; rdf:value "实施稳健的货币政策。"@zh-Hans ; kg:start 7 ; kg:end 17 .
<c/{new}/{rank}/newer/1> a kg:Quotation ; dct:source <doc/{new}> ; rdf:value "实施宽松的货币政策。"@zh-Hans ; kg:start 9 ; kg:end 19 .
"""


@pytest.fixture(scope="module")
def graph() -> Store:
    """Three reports and two steps, the later one with eleven changes."""
    said = [REPORT.format(year) for year in (2021, 2022, 2024)]
    said += [CHANGE.format(old=2021, new=2022, rank=1)]
    said += [CHANGE.format(old=2022, new=2024, rank=rank) for rank in range(1, 12)]
    store = Store()
    store.load((HEAD + "<graph/derived> {" + "\n".join(said) + "}").encode(), RdfFormat.TRIG)
    return store


def test_revisions_are_the_newest_first_and_their_changes_the_foremost(graph: Store) -> None:
    newest, before = revisions(graph).pairs
    assert [(each.old.id, each.new.id) for each in (newest, before)] == [
        ("r2022", "r2024"),
        ("r2021", "r2022"),
    ]
    assert [change.about for change in newest.changes] == [f"第{rank}" for rank in range(1, 12)]
    assert newest.new.name == "2024 政府工作报告"


def test_revisions_quote_both_reports_with_the_words_that_changed(graph: Store) -> None:
    change = revisions(graph).pairs[1].changes[0]
    assert (change.kind, change.times, change.first, change.last, change.gap) == (
        "replaced",
        1,
        2021,
        2021,
        0,
    )
    assert change.old == (Passage("r2021", 7, "实施稳健的货币政策。", (2, 4)),)
    assert change.new == (Passage("r2022", 9, "实施宽松的货币政策。", None),)  # what stands there is not told


def test_revisions_beyond_the_limit_are_counted(graph: Store) -> None:
    one = len("实施稳健的货币政策。".encode()) * 2
    assert [len(revisions(graph, most).pairs) for most in (0, 11 * one, 12 * one)] == [0, 1, 2]
    assert revisions(graph, 11 * one).left_out == 1
    assert revisions(graph, 10 * one).pairs == () and revisions(graph, 10 * one).left_out == 2


def test_revisions_of_a_graph_without_any() -> None:
    assert revisions(Store()).pairs == ()
