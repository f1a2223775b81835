import pytest

from kg.cleaning import clean
from kg.entries import find_entries
from kg.model import Document
from kg.structure import find_glossaries


def entries(box, before="做好工作。"):
    text, marks = clean(f"{before}\n\n#### 知识小贴士\n\n{box}\n\n## 完")
    (glossary,) = find_glossaries(Document("d", text, marks, year=2021))
    return find_entries(glossary)


@pytest.mark.parametrize(
    ("paragraph", "headword", "label", "definition"),
    [
        ("“六稳”：稳就业。", "“六稳”", "六稳", "稳就业。"),
        ("**“双零”目标**：确诊病例“零”病亡。", "“双零”目标", "双零", "确诊病例“零”病亡。"),
        ("国资监管“品字架构”：各自负责。", "国资监管“品字架构”", "品字架构", "各自负责。"),
        ("国有企业“六定”改革：在省属企业开展。", "国有企业“六定”改革", "六定", "在省属企业开展。"),
        ("P3 实验室：生物安全三级实验室。", "P3实验室", "P3实验室", "生物安全三级实验室。"),
        ("“多规合一”是指强化衔接。", "“多规合一”", "多规合一", "强化衔接。"),
        ("1.“三供一业”是指供水。", "“三供一业”", "三供一业", "供水。"),
        ("2.国有企业改革是重大战略步骤。", "国有企业改革", "国有企业改革", "重大战略步骤。"),
        ("两新一重，即新型基础设施建设。", "两新一重", "两新一重", "新型基础设施建设。"),
        ("“一主三副”格局：即强力打造太原。", "“一主三副”格局", "一主三副", "强力打造太原。"),
        ("“点办理”：指针对问题部署。", "“点办理”", "点办理", "针对问题部署。"),
        ("“指尖办”：指导群众办事。", "“指尖办”", "指尖办", "指导群众办事。"),
        ("“两山三河”保护修复，是省委确定的工程。", "“两山三河”保护修复", "两山三河", "省委确定的工程。"),
        (
            "民营经济发展“30 条”：省委出台的《意见》。",
            "民营经济发展“30条”",
            "民营经济发展30条",
            "省委出台的《意见》。",
        ),
        ("“窄马路、密路网”体系：树立布局理念。", "“窄马路、密路网”体系", "窄马路、密路网", "树立布局理念。"),
    ],
)
def test_entries_head_core_and_definition(paragraph, headword, label, definition):
    (entry,) = entries(paragraph)
    assert (entry.headword, entry.label, entry.definition.text) == (headword, label, definition)
    assert entry.headword_span.text == headword


def test_entries_go_on_in_paragraphs_that_open_none():
    (entry,) = entries("“六稳”：稳就业。\n\n2020年5月22日，国务院总理在报告中提出“六稳”。")
    assert entry.definition.text == "稳就业。\n2020年5月22日，国务院总理在报告中提出“六稳”。"


def test_entries_block_of_paragraphs_is_one_entry_with_explained_components():
    (entry,) = entries(
        "两去一降：\n\n“去产能”：化解过剩。\n\n“去库存”：指降低库存。\n\n“降成本”：即降低成本。\n\n"
    )
    assert [(c.group, c.span.text, c.definition.text) for c in entry.components] == [
        ("两去", "去产能", "化解过剩。"),
        ("两去", "去库存", "降低库存。"),
        ("一降", "降成本", "降低成本。"),
    ]
    assert (entry.label, entry.agrees, entry.split_rule) == ("两去一降", True, "paragraphs")


def test_entries_behind_a_block_are_their_own():
    labels = [
        e.label for e in entries("两去：\n\n“去产能”：化解过剩。\n\n“去库存”：降低库存。\n\n“六稳”：稳就业。")
    ]
    assert labels == ["两去", "六稳"]


@pytest.mark.parametrize(
    ("before", "box", "label", "components"),
    [
        ("开展“两下两拆”整治。", "“两下”说的是管线下地、广告下墙，而“两拆”则是指拆除违建、拆除围墙。", "两下两拆", "管线下地 广告下墙 拆除违建 拆除围墙"),
        ("推进“三通一平”工程。", "“三通”是指通水、通电、通路，“一平”是指平整土地。", "三通一平", "通水 通电 通路 平整土地"),
        ("实行“两免一补”政策。", "“两免”，即免学费、免书费；“一补”，即补助寄宿生。", "两免一补", "免学费 免书费 补助寄宿生"),
    ],
)  # fmt: skip
def test_entries_headword_that_only_the_text_before_states(before, box, label, components):
    (entry,) = entries(box, before)
    assert (entry.label, entry.headword_span, entry.rule) == (label, None, "implicit")
    assert [c.span.text for c in entry.components] == components.split()


@pytest.mark.parametrize(
    ("box", "labels", "definition"),
    [
        ("“碳达峰”就是排放不再增长；而到2060年，排放全部抵消掉，这就是“碳中和”。", ["碳达峰", "碳中和"], "到2060年，排放全部抵消掉"),
        ("“一网通办”是指线上办理。把多张清单并成一张，这就是“一单制”。", ["一网通办", "一单制"], "把多张清单并成一张"),
        ("“单项冠军”是指占有率领先的企业；企业长期专注一个环节，这被称为“隐形冠军”。", ["单项冠军", "隐形冠军"], "企业长期专注一个环节"),
    ],
)  # fmt: skip
def test_entries_definition_before_its_term(box, labels, definition):
    found = entries(box)
    assert [e.label for e in found] == labels
    assert (found[1].rule, found[1].definition.text) == ("reversed", definition)


@pytest.mark.parametrize(
    ("before", "box", "label", "definition"),
    [
        ("加快**就地城镇化**。", "就地城镇化按土地性质分两种情况：一种是征为国有。", "就地城镇化", "按土地性质分两种情况：一种是征为国有。"),
        ("发展**低空经济**产业。", "低空经济以航空器为载体，带动相关领域发展。", "低空经济", "以航空器为载体，带动相关领域发展。"),
        ("推广“以工代赈”。", "以工代赈由政府投资建设项目，让群众务工取酬。", "以工代赈", "由政府投资建设项目，让群众务工取酬。"),
    ],
)  # fmt: skip
def test_entries_without_connector_begin_with_what_the_text_before_marks(before, box, label, definition):
    (entry,) = entries(box, before)
    assert (entry.label, entry.definition.text, entry.rule) == (label, definition, "marked")


def test_entries_several_heads_share_a_definition_and_each_finds_its_own_components():
    found = entries(
        "“三线作战”“两环联动”“两严两防”：严把警戒线、生命线、保障线，狠抓防、控两环联动，严把入口关防输入，严把扩散关防蔓延。"
    )
    assert len({(e.definition.start, e.definition.end) for e in found}) == 1
    assert {e.label: [c.span.text for c in e.components] for e in found} == {
        "三线作战": ["警戒线", "生命线", "保障线"],
        "两环联动": ["防", "控"],
        "两严两防": ["严把入口关防输入", "严把扩散关防蔓延"],
    }


def test_entries_umbrella_names_terms_that_are_explained_in_turn():
    found = entries(
        "“111”“131”创新工程：“111”工程指推进100项项目。“131”工程是重要举措。“1”，即一项任务；“3”，即学科、实验室、团队；“1”，即一批成果。"
    )
    assert [e.label for e in found] == ["“111”“131”创新工程", "111", "131"]
    assert [c.span.text for c in found[0].components] == ["111", "131"]
    assert [e.agrees for e in found] == [None, False, True]


def test_entries_second_term_of_a_sentence_takes_the_whole_headword_where_its_core_is_owned():
    found = entries(
        "1.“三供一业”是指供水、供电、供热和物业管理。“三供一业”分离移交是指将水、电、暖和物业管理剥离。"
    )
    assert [(e.label, len(e.components)) for e in found] == [("三供一业", 4), ("三供一业分离移交", 0)]
    assert found[0].definition.text == "供水、供电、供热和物业管理。"


def test_entries_quoted_words_inside_a_definition_open_nothing():
    (entry,) = entries(
        "“证照分离”改革：将“证”分离出来，有效区分“证”“照”功能。“证”是许可，着力破解“准入不准营”难题。"
    )
    assert entry.label == "证照分离"


@pytest.mark.parametrize(
    ("definition", "dates"),
    [
        ("2020年5月，总书记作出指示。", ("2020-05",)),
        ("根据2012年2月22日发布的文件。", ("2012-02-22",)),
        ("2017年2月23日至24日，考察规划。", ("2017-02-23", "2017-02-24")),
        ("2021年省政府确定实施，其中2020年10件。", ("2021", "2020")),
        ("承诺在2030年前达到峰值，到2060年中和。", ()),
        ("2020年5月22日，在发布的2020年国务院政府工作报告中提出。", ("2020-05-22",)),
    ],
)
def test_entries_dates_are_not_targets_nor_titles(definition, dates):
    assert entries(f"“六新”：{definition}")[0].dates == dates


@pytest.mark.parametrize(
    ("definition", "origin"),
    [
        ("2018年7月，自然资源部印发《通知》。", ("national", "自然资源部印发")),
        ("省政府建立督办制度。", ("provincial", "省政府建立")),
        ("对省人民政府确定范围内的项目实行承诺。", None),
        ("稳就业、稳金融。", None),
    ],
)
def test_entries_origin_is_what_the_words_say(definition, origin):
    found = entries(f"“六新”：{definition}")[0].origin
    assert (found and (found.level, found.cue.text)) == origin


def test_entries_variants_in_bold_before_the_box():
    (entry,) = entries(
        "国有企业“六定”改革：定职数。", before="推进**国企“六定”改革**，**扎实做好“六定”工作，全面落实**。"
    )
    assert entry.variants == ("国企“六定”改革",)


@pytest.mark.parametrize("box", ["：：：", "“”：", "。", "“六稳", "——", "1.", "“六稳”：", "A：B：C：D"])
def test_entries_survive_odd_paragraphs(box):
    for entry in entries(box):
        assert entry.definition.start <= entry.definition.end
        assert all(c.span in entry.definition for c in entry.components)


def glossary(text):
    document = Document("d", clean(text)[0], year=2025)
    return [e for part in find_glossaries(document) for e in find_entries(part)]


BODY = "2025年工作安排\n做好“两重”“两新”工作［1］，实施“四旁”绿化［2］，推进6个重大专项［3］。\n"
LABELS = ["两重", "四旁", "6个重大专项"]


@pytest.mark.parametrize(
    "text",
    [
        BODY + "名词解释\n1.“两重”：国家重大战略实施和重点领域安全能力建设。\n2.“四旁”：村旁、宅旁、路旁、水旁。\n3.6个重大专项：推进人工智能等专项。",
        BODY + "附件2 名词解释\n1．“两重”：\n国家重大战略实施和重点领域安全能力建设。\n2．“四旁”：\n村旁、宅旁、路旁、水旁。\n3．6个重大专项：\n推进人工智能等专项。",
        BODY + "名词解释\n1.“两重”\n国家重大战略实施。\n2.四旁\n村旁、宅旁、路旁、水旁。\n3.6个重大专项\n推进专项。",
        BODY + "加快发展。" * 30 + "名词解释1.“两重”：国家重大战略实施。2.“四旁”：村旁、宅旁。3.6个重大专项：推进专项。",
        BODY + "《政府工作报告》有关内容名词注释\n［1］“两重”：国家重大战略实施。\n［2］“四旁”：村旁、宅旁、路旁、水旁。\n［3］6个重大专项：推进专项。",
        BODY + "注释：\n１．“两重”：国家重大战略实施。\n２．“四旁”：村旁、宅旁。\n３．6个重大专项：推进专项。\n附件3\n1.另一份清单：不是词条。",
        BODY + "用语说明\n1、“两重”：国家重大战略实施。\n2、“四旁”：村旁、宅旁。\n3、6个重大专项：推进专项。\n责任编辑：某某\n上一篇：无关",
        BODY + "注释\n［注1］两重：国家重大战略实施。\n［注2］“四旁”：村旁、宅旁、路旁、水旁。\n［注3］6个重大专项：推进专项。",
        (BODY * 40).replace("\n", "") + "名词解释1.“两重”：国家重大战略实施。2.“四旁”：村旁、宅旁、路旁、水旁。3.6个重大专项：推进专项。",
    ],
)  # fmt: skip
def test_entries_appended_glossary_in_every_form(text):
    found = glossary(text)
    assert [e.label for e in found] == LABELS
    assert {e.voice for e in found} == {"government"}
    assert [e.definition.text[:2] for e in found] == ["国家", "村旁", "推进"]


@pytest.mark.parametrize(
    "text",
    [BODY, BODY * 60, BODY + "注释\n以上内容以公布的为准", BODY + "名词解释", "一、工作［1］回顾\n注释：本报告数据为初步核算数。做好“六稳”工作。"],
)  # fmt: skip
def test_entries_text_without_a_glossary_defines_nothing(text):
    assert glossary(text) == []


def test_entries_are_numbered_in_circles_beyond_twenty():
    circles = [chr(0x2460 + n) for n in range(20)] + [chr(0x3251 + n) for n in range(4)]
    text = (
        BODY + "名词解释\n" + "\n".join(f"{mark}“工程{n}”：国家战略。" for n, mark in enumerate(circles, 1))
    )
    assert len(glossary(text)) == 24
    assert glossary(text)[-1].label == "工程24"


def test_entries_of_one_number_can_define_two_terms():
    found = glossary(
        BODY
        + "名词解释\n1.“两重”、“两新”：国家重大战略实施和重点领域安全能力建设；大规模设备更新和消费品以旧换新。\n2.“四旁”“三边”：“四旁”为村旁、宅旁、路旁、水旁；“三边”为山边、水边、路边。"
    )
    assert {e.label: [c.span.text for c in e.components] for e in found} == {
        "两重": ["国家重大战略实施", "重点领域安全能力建设"],
        "两新": ["大规模设备更新", "消费品以旧换新"],
        "四旁": ["村旁", "宅旁", "路旁", "水旁"],
        "三边": ["山边", "水边", "路边"],
    }
    assert found[2].definition.text == "村旁、宅旁、路旁、水旁"


def test_entries_quoted_sentences_inside_a_numbered_entry_open_nothing():
    found = glossary(
        BODY
        + "名词解释\n1.“链式改造”：包括“甲改造”和“乙改造”。“甲改造”是指数字化。“乙改造”是指平台化。\n2.“四旁”：村旁、宅旁。"
    )
    assert [e.label for e in found] == ["链式改造", "四旁"]
