import pytest

from kg.candidates import is_candidate
from kg.cleaning import clean
from kg.entries import find_entries
from kg.lexicon import build_lexicon
from kg.model import Document
from kg.structure import find_glossaries


def lexicon(*sources):
    docs = []
    for i, source in enumerate(sources):
        text, marks = clean(source)
        docs.append(Document(f"d{i}", text, marks, year=2020 + i))
    boxes = [box for doc in docs for box in find_glossaries(doc)]
    return build_lexicon(docs, [e for box in boxes for e in find_entries(box)])


def box(*entries, before="做好工作。"):
    return f"{before}\n\n#### 知识小贴士\n\n" + "\n\n".join(entries) + "\n\n## 完\n\n"


def concept(found, label):
    return next(c for c in found.concepts if c.label == label)


def test_lexicon_joins_repeats_and_variants_and_keeps_each_definition():
    found = lexicon(
        box("国有企业“六定”改革：在企业开展定职数、定员额、定机构、定机制、定薪酬、定任期的改革。")
        + box("国企“六定”改革：定职数、定员额、定机构、定机制、定薪酬、定任期。")
    )
    six = concept(found, "六定")
    assert [e.headword for e in six.entries] == ["国有企业“六定”改革", "国企“六定”改革"]
    assert six.alt_labels == ("国有企业“六定”改革", "国企“六定”改革")
    assert six.hidden_labels == ("国有企业六定改革", "国企六定改革")


def test_lexicon_two_senses_where_the_components_have_nothing_in_common():
    found = lexicon(
        box("“两山”：太行山、吕梁山。"), box("“两山”：绿水青山、金山银山。"), box("“两山”：太行山、吕梁山。")
    )
    senses = [c for c in found.concepts if c.label == "两山"]
    assert {c.id: [e.doc.id for e in c.entries] for c in senses} == {
        "两山": ["d0", "d2"],
        "两山（绿水青山、金山银山）": ["d1"],
    }
    assert found.forms["两山"] == ("两山", "两山（绿水青山、金山银山）")


def test_lexicon_one_sense_where_a_definition_lists_nothing_or_shares_a_component():
    found = lexicon(
        box("“三块地”：土地征收、入市、宅基地。"),
        box("“三块地”：农村改革试点。"),
        box("“三块地”：承包地、宅基地、入市。"),
    )
    assert len([c for c in found.concepts if c.label == "三块地"]) == 1


def test_lexicon_identifiers_do_not_depend_on_the_rest_of_the_corpus():
    one = box("“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。")
    alone = {c.id for c in lexicon(one).concepts}
    assert alone <= {c.id for c in lexicon(one, box("“六保”：保就业。", before="抓好“六最”。")).concepts}


def test_lexicon_components_are_concepts_and_can_be_slogans():
    found = lexicon(
        box(
            "“111”“136”创新工程：“111”工程指推进项目。“136”工程是举措。",
            "“两新”：“六稳”工作和“六保”任务。",
            "“六稳”：稳就业。",
        )
    )
    assert concept(found, "111").entries
    assert not concept(found, "稳就业").entries if any(c.label == "稳就业" for c in found.concepts) else True


def test_lexicon_candidates_are_quoted_in_a_body_and_never_explained():
    found = lexicon(
        box(
            "“揭榜挂帅”：让人才“揭榜”，出征“挂帅”。",
            before="实行“揭榜挂帅”“四梁八柱”，出台《关于“双百”的通知》。",
        )
    )
    assert [c.label for c in found.concepts if c.candidate] == ["四梁八柱"]
    assert found.forms["揭榜"] == ()  # takes part in the longest match, names nothing


def test_lexicon_group_labels_inside_their_definition_are_no_candidates():
    found = lexicon(box("“两山一域”：“两山”，即太行山、吕梁山；“一域”，即黄河流域。"))
    assert not any(c.candidate for c in found.concepts)
    assert len(found.slots) == 2


@pytest.mark.parametrize(
    ("run", "expected"),
    [("六最", True), ("1+N", True), ("一带一路", True), ("腾笼换鸟", True), ("摸着石头过河", True),
     ("特", False), ("3", False), ("8·29", False), ("十四五", False), ("30条", False), ("能分则分，应转尽转", False)],
)  # fmt: skip
def test_lexicon_what_can_be_a_candidate(run, expected):
    assert is_candidate(run) is expected
