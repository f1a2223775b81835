import pytest

from kg.components import glossed, split
from kg.model import Document
from kg.numerals import parse_numeral


def cut(label, text):
    doc = Document("d", text)
    return split(doc.span(0, len(text)), label, parse_numeral(label))


@pytest.mark.parametrize(
    ("label", "text", "components"),
    [
        # one list, its separators, and the words glued to its ends
        ("六稳", "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", "稳就业 稳金融 稳外贸 稳外资 稳投资 稳预期"),
        ("三线一单", "生态保护红线、环境质量底线、资源利用上线和生态环境准入清单。", "生态保护红线 环境质量底线 资源利用上线 生态环境准入清单"),
        ("四方责任", "属地、部门、单位、家庭和个人责任。", "属地 部门 单位 家庭和个人责任"),
        ("三个层次", "从布局结构、学科建设、专业设置三个层次进行调整。", "布局结构 学科建设 专业设置"),
        ("五大集群", "酿品、饮品（药茶、果饮）、乳品、果品、化妆品五个产业集群。", "酿品 饮品（药茶、果饮） 乳品 果品 化妆品"),
        ("四新", "2020年5月作出指示，“加强创新，在新基建、新技术、新材料、新装备上取得突破”。", "新基建 新技术 新材料 新装备"),
        ("三定", "在企业全面开展定职数、定员额、定机构的改革，提升水平。", "定职数 定员额 定机构"),
        ("三零", "“零上访、零事故、零案件”单位。", "零上访 零事故 零案件"),
        ("双航母", "我省实施重组后形成晋能控股和山西焦煤两大集团，成为全国第二大企业。", "晋能控股 山西焦煤"),
        ("三项机制", "推动建设的机制，包括三级建立并联审批、项目化管理、协调调度等工作机制。", "并联审批 项目化管理 协调调度"),
        # clauses, where 、 and 和 stand inside the items
        ("两个维护", "坚决维护党中央的核心、全党的核心地位，坚决维护党中央权威和集中统一领导。", "坚决维护党中央的核心、全党的核心地位 坚决维护党中央权威和集中统一领导"),
        ("三账工作法", "建账以情况明，对账以责任清，查账以工作实。", "建账以情况明 对账以责任清 查账以工作实"),
        ("两新一重", "新型基础设施建设，新型城镇化建设，交通、水利等重大工程建设。", "新型基础设施建设 新型城镇化建设 交通、水利等重大工程建设"),
        # two lists of the same length: the head decides
        ("三大中心", "建设会展中心、会议中心、文化中心，打造集生态、文化、商务于一体的新区。", "会展中心 会议中心 文化中心"),
        # what leads into phrases that begin with verbs, and what follows them
        ("四项措施", "司法厅出台的建立联动机制、开展法治督察、打造服务站、实施帮扶计划等四项措施。", "建立联动机制 开展法治督察 打造服务站 实施帮扶计划"),
        ("三下基层", "具体指宣传党的路线、方针、政策下基层，调查研究下基层，现场办公下基层。", "宣传党的路线、方针、政策下基层 调查研究下基层 现场办公下基层"),
        ("三江", "金沙江、雅砻江、大渡河“三江”水电基地。", "金沙江 雅砻江 大渡河"),
        ("两重", "国家重大战略实施和重点领域安全能力建设。", "国家重大战略实施 重点领域安全能力建设"),
        # ordinals
        ("3件实事", "实施3件实事：一是实施培训；二是免费检查；三是加装电梯。", "实施培训 免费检查 加装电梯"),
        # one list in each segment
        ("五大平台", "运城果业、忻州杂粮、大同肉类出口平台；依托中药材、干果的优势资源，打造商贸平台。", "运城果业 忻州杂粮 大同肉类出口平台 中药材 干果"),
    ],
)  # fmt: skip
def test_components_are_as_many_as_the_numeral_says(label, text, components):
    found = cut(label, text)
    assert [c.span.text for c in found.components] == components.split()
    assert found.agrees is True


@pytest.mark.parametrize(
    ("label", "text", "groups"),
    [
        ("三化三制", "建设专业化、市场化、国际化的团队，实行任期制、聘任制和工资制。", "三化:专业化 三化:市场化 三化:国际化 三制:任期制 三制:聘任制 三制:工资制"),
        ("三延伸两提升", "向纵深延伸、向城乡延伸、向县城延伸；提升品位，提升水平。", "三延伸:向纵深延伸 三延伸:向城乡延伸 三延伸:向县城延伸 两提升:提升品位 两提升:提升水平"),
        ("两不两直", "不发通知、不打招呼、直奔基层、直插现场。", "两不:不发通知 两不:不打招呼 两直:直奔基层 两直:直插现场"),
        ("两山三河", "“两山”，即太行山、吕梁山；“三河”，即汾河、沁河、漳河三大河流。", "两山:太行山 两山:吕梁山 三河:汾河 三河:沁河 三河:漳河"),
        ("两山一域", "两山，即太行山、吕梁山；一域，即黄河流域。", "两山:太行山 两山:吕梁山 一域:黄河流域"),
        ("一主两副", "强力打造太原都市区；加快打造大同、长治两个副中心城市。", "一主:太原都市区 两副:大同 两副:长治"),
        ("132", "“1”，即围绕一条主线；“3”，即建设专科、实验室、团队；“2”，即推进教学、科研两项建设。", "1:围绕一条主线 3:专科 3:实验室 3:团队 2:教学 2:科研"),
        ("253", "聚焦事故下降、损失减轻“两个目标”，推进安全提升、风险管控、隐患治理、监管执法、应急救援“五项行动”，落实组织、投入、督查“三条措施”。", "2:事故下降 2:损失减轻 5:安全提升 5:风险管控 5:隐患治理 5:监管执法 5:应急救援 3:组织 3:投入 3:督查"),
        ("1+3", "“1”即《总体规划》，“3”即《方案甲》《方案乙、丙》《方案丁》。", "1:《总体规划》 3:《方案甲》 3:《方案乙、丙》 3:《方案丁》"),
        ("1+2", "“1”是指总体方案，“2”是指配套的2类专项政策，即支持建设粮仓专项政策，推动融资发展专项政策。", "1:总体方案 2:支持建设粮仓专项政策 2:推动融资发展专项政策"),
        ("一目录三清单", "“检查事项目录”和“不予处罚、免予处罚、减轻处罚”清单。", "一目录:检查事项目录 三清单:不予处罚 三清单:免予处罚 三清单:减轻处罚"),
        ("137", "“1”即当天研究；“3”即3天内反馈办理情况；“7”即7天内落实解决。", "1:当天研究 3:3天内反馈办理情况 7:7天内落实解决"),
    ],
)  # fmt: skip
def test_components_carry_the_group_that_the_slogan_names(label, text, groups):
    found = cut(label, text)
    assert [f"{c.group}:{c.span.text}" for c in found.components] == groups.split()
    assert found.agrees is True


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("三管三必须", "管行业必须管安全、管业务必须管安全、管生产经营必须管安全。", 3),
        ("三保险三救助", "基本保险、大病保险、补充保险，缴费救助、适配救助、帮扶救助。", 6),
        ("137", "“1”即当天研究；“3”即3天内反馈；“7”即7天内落实。", 3),
        ("131", "“1”，即一项任务；“3”，即学科、实验室、团队；“1”，即一批成果。", 5),
    ],
)
def test_components_pick_the_reading(label, text, expected):
    found = cut(label, text)
    assert (found.expected, found.agrees) == (expected, True)


@pytest.mark.parametrize(
    ("label", "text", "components"),
    [
        # the text declares another length than the slogan
        ("新政12条", "围绕压实政治责任、引育急需人才、激发企业动力等三方面，提出12条举措。", "压实政治责任 引育急需人才 激发企业动力"),
        # no list at all
        ("发展30条", "2018年11月，省委省政府出台的《意见》，共包括八部分、30条。", ""),
        # two in one piece
        ("两下两进", "“两下”说的是管线下地、广告下墙，“两进”是指停车进库进位，按位停车、整齐有序。", "管线下地 广告下墙 停车进库进位"),
        # clauses that carry the head, two leaders in one of them
        ("一办三牵头", "“一办”即联席会议办公室；“三牵头”即政法委牵头预防，信访局牵头受理和办理。", "联席会议办公室 政法委牵头预防 信访局牵头受理和办理"),
        # bare digits that no gloss explains
        ("111", "推进100项攻关项目，建设10个实验室、10个基地和10个中心，培育100户企业。", ""),
    ],
)  # fmt: skip
def test_components_report_a_disagreement_and_repair_nothing(label, text, components):
    found = cut(label, text)
    assert [c.span.text for c in found.components] == components.split()
    assert found.agrees is False


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("现代服务业", "以信息技术为支撑，建立在新的商业模式、服务方式和管理方法基础上的产业。"),
        ("一枚印章管审批", "实现一个机构管审批、一枚印章发证照、一个大厅办成事。"),
        ("多规合一", "强化城乡规划、土地规划、环境保护等各类规划的衔接。"),
    ],
)
def test_components_of_what_counts_nothing_are_none(label, text):
    found = cut(label, text)
    assert (found.components, found.expected, found.agrees) == ((), None, None)


def test_components_of_a_plus_are_its_conjuncts_with_their_glosses():
    found = cut("承诺制+标准地", "承诺制，即企业投资项目承诺制，是指事前承诺。标准地，是指可出让的用地。")
    assert [(c.span.text, c.definition.text) for c in found.components] == [
        ("承诺制", "企业投资项目承诺制，是指事前承诺。"),
        ("标准地", "可出让的用地。"),
    ]
    assert found.agrees is None


def test_components_with_glosses_behind_the_list():
    text = "“一朵云、一张网、一平台”总体要求。一朵云，指政务云；一张网，指政务网；一平台，指在线平台。"
    doc = Document("d", text)
    found = split(doc.span(0, len(text)), "三个一", parse_numeral("三个一"))
    assert [c.definition.text for c in glossed(found.components, doc.span(0, len(text)))] == [
        "政务云",
        "政务网",
        "在线平台",
    ]


@pytest.mark.parametrize("text", ["", "、、、。", "“”“”。", "，，；；", "（、、"])
def test_components_of_odd_text_are_never_empty_strings(text):
    for label in ("三线一单", "六稳", "111", "双零", "三管三必须"):
        assert all(c.span.text.strip("“”、，。；和") for c in cut(label, text).components)
