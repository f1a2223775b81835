import pytest

from kg.entries import find_entries
from kg.lexicon import Lexicon, build_lexicon
from kg.mentions import find_mentions, make_finder
from kg.model import Concept, Document
from kg.structure import find_glossaries, find_sections


def marked(text, *labels):
    """The text with every mention in square brackets."""
    lexicon = Lexicon(tuple(Concept(x, x) for x in labels), {x: (x,) for x in labels}, frozenset())
    doc = Document("d", text)
    found = find_mentions(doc, make_finder(lexicon))
    for mention in reversed(found):
        text = f"{text[: mention.span.start]}[{mention.span.text}]{text[mention.span.end :]}"
    return text


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("111",), "实施“[111]”工程，改造1112公里、A111、1.111、（[111]）"),
        (("RCEP",), "对接[RCEP]、中欧；RCEPs、aRCEP"),
        (("五湖", "两山七河五湖"), "治理[五湖]，加强“[两山七河五湖]”"),
        (("五个一", "五个一批", "五个一工程"), "“[五个一]”、“[五个一批]”、“[五个一工程]”"),
        (("承诺制+标准地", "承诺制+标准地+全代办"), "“[承诺制+标准地]”和“[承诺制+标准地+全代办]”"),
        (("六稳", "六保"), "[六稳][六保]，《[六稳]报告》，“[六保]”任务"),
        (("三管三必须",), "“[三管三必须]”实施细则"),
    ],
)
def test_mentions_leftmost_longest_with_whole_ends(labels, expected):
    plain = expected.replace("[", "").replace("]", "")
    if "1.111" in plain:  # a digit behind a full stop is another number
        expected = expected.replace("1.111", "1.[111]")
    assert marked(plain, *labels) == expected


def corpus(text, year=2021):
    doc = Document("d", text, year=year)
    boxes = find_glossaries(doc)
    lexicon = build_lexicon([doc], [e for box in boxes for e in find_entries(box)])
    return find_mentions(doc, make_finder(lexicon), find_sections(doc), boxes)


def test_mentions_know_section_period_and_context():
    found = corpus(
        "“十三五”时期工作回顾\n做好“六稳”工作，加快推动转型发展，实现经济稳步向好。\n知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。\n2021年工作安排\n继续做好“六稳”工作，加快推动转型发展。"
    )
    assert [
        (m.term, m.context.value, m.section.path[-1], m.section.covers[0]) for m in found if m.term == "六稳"
    ] == [
        ("六稳", "body", "“十三五”时期工作回顾", 2016),
        ("六稳", "box", "“十三五”时期工作回顾", 2016),
        ("六稳", "body", "2021年工作安排", 2021),
    ]


def test_mentions_group_label_in_its_definition_is_a_slot():
    found = corpus(
        "践行“两山”理论，加强“两山一域”修复。\n知识小贴士\n“两山一域”：“两山”，即太行山、吕梁山；“一域”，即黄河流域。"
    )
    assert [(m.term, m.context.value) for m in found] == [
        ("两山", "body"),
        ("两山一域", "body"),
        ("两山一域", "box"),
    ]


def test_mentions_number_with_its_head_is_found_as_it_is_written():
    found = corpus("落实民营经济发展“30条”。\n知识小贴士\n民营经济发展“30条”：省委出台的《意见》，共30条。")
    assert [(m.term, m.span.text, m.rule) for m in found] == [
        ("民营经济发展30条", "民营经济发展“30条”", "written-form")
    ] * 2


def test_mentions_umbrella_hides_none_of_its_terms():
    found = corpus(
        "实施“111”“136”创新工程。\n知识小贴士\n“111”“136”创新工程：“111”工程指推进项目。“136”工程是举措。"
    )
    assert sorted(m.term for m in found) == ["111", "111", "111", "136", "136", "136"]


def test_mentions_without_labels_are_none():
    assert find_mentions(Document("d", "六稳"), make_finder(Lexicon((), {}, frozenset()))) == ()


def test_mentions_within_a_label_that_joins_slogans_are_whole_pieces_of_it():
    text = "按照“和平统一、一国两制”的方针。坚持“一国两制”。加强“两新一重”，支持“两新”。"
    doc = Document("d", text)
    found = find_mentions(doc, make_finder(build_lexicon([doc], [])))
    assert [m.term for m in found] == ["和平统一、一国两制", "一国两制", "一国两制", "两新一重", "两新"]


def test_mentions_of_a_term_in_another_word_are_none():
    doc = Document("d", "实施“大消费”战略，进一步扩大消费。从一九七一年起。“七一”讲话。")
    found = find_mentions(doc, make_finder(build_lexicon([doc], [])))
    assert [(m.term, m.span.start) for m in found] == [("大消费", 3), ("七一", 27)]
