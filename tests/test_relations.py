"""Links between slogans: what the texts bear out, and what they do not."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.documents import Source
from kg.lexicon import build_lexicon
from kg.mentions import find_mentions, make_finder
from kg.model import Corpus, Document
from kg.pipeline import analyse
from kg.relations import abbreviations, comentions, find_relations, parts, successions
from kg.relations.grounds import RULES

SHEET = Path(__file__).parent / "gold" / "relations_seeds.tsv"
BOX = "\n知识小贴士\n"


def corpus(*texts, issuer="某省人民政府"):
    """Reports of one issuer: (year, text), or a text for 2021."""
    pairs = [(2021, text) if isinstance(text, str) else text for text in texts]
    docs = tuple(Document(f"d{i}", text, year=year, issuer=issuer) for i, (year, text) in enumerate(pairs))
    return analyse(Source("", docs, ()))


def links(*texts):
    """The links as “type source target”, without the co-mentioned pairs where another type is asked for."""
    return [f"{r.type} {r.long_form or r.source} {r.target}" for r in find_relations(corpus(*texts))]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["加强“两山七河一流域”治理", (2024, "加强“两山七河五湖”治理")], "successor 两山七河一流域 两山七河五湖"),
        (["深化“承诺制+标准地”改革", (2024, "“承诺制+标准地+全代办”改革")], "successor 承诺制+标准地 承诺制+标准地+全代办"),
        (["“六稳”工作基础上", "在“六稳”工作基础上，明确提出“六保”任务"], "builds-on 六保 六稳"),
        (["推进“村村通”工程向“户户通”升级"], "builds-on 户户通 村村通"),
        (["“放管服”改革拓展为“放管服效”改革"], "builds-on 放管服效 放管服"),
        (
            [f"激活投资。{BOX}民营经济发展“30条”：省委出台的意见。\n民营经济发展“23条”：在“30条”基础上，省委审议通过意见。"],
            "builds-on 民营经济发展23条 民营经济发展30条",
        ),
        (["贯彻“双百”方针", (2022, "坚持“百花齐放、百家争鸣”的方针")], "abbreviation 百花齐放、百家争鸣 双百"),
        (["“一国两制”方针", (1984, "“一个国家、两种制度”的方针")], "abbreviation 一个国家、两种制度 一国两制"),
        ([(2024, "“千村示范、万村整治”工程"), (2025, "学习“千万工程”经验")], "abbreviation 千村示范、万村整治 千万工程"),
        (["“千村示范、万村整治”工程（以下简称“千万工程”）"], "abbreviation 千村示范、万村整治 千万工程"),
        ([f"对接RCEP。{BOX}RCEP：区域全面经济伙伴关系，即由东盟发起的协定。"], "abbreviation 区域全面经济伙伴关系 RCEP"),
        (["坚持以水定城、以水定地、以水定人、以水定产，落实。", (2024, "坚持“四水四定”。")], "abbreviation 以水定城、以水定地、以水定人、以水定产 四水四定"),
        (["落实“30条”。" + f"{BOX}民营经济发展“30条”：省委出台的意见。", (2024, "制定激活民间投资30条。")], "homonym 民营经济发展30条 激活民间投资30条"),
        ([f"落实民营经济发展“30条”“23条”等。{BOX}民营经济发展“30条”：省委的意见。\n民营经济发展“23条”：省委的办法。"], "co-mentioned 民营经济发展23条 民营经济发展30条"),
        (["“一个国家、两种制度”，", (2022, "“一个国家两种制度”。")], "variant 一个国家、两种制度 一个国家两种制度"),
        (["“走出去、请进来”", (2022, "“请进来、走出去”")], "variant 请进来、走出去 走出去、请进来"),
        (["抓好“菜篮子”工程", (2022, "抓好“菜篮子工程”")], "variant 菜篮子 菜篮子工程"),
        (["推动“高效办成一件事”落地", (2022, "推动“高效办成一件事改革”")], "variant 高效办成一件事 高效办成一件事改革"),
        (["实现“一老一幼”普惠补贴全覆盖", (2025, "“一老一小”普惠补贴全部兑现")], "variant 一老一小 一老一幼"),
        (["克服“大而全”", (2022, "不搞“大而全、小而全”")], "part 大而全 大而全、小而全"),
        ([f"治理“五湖”。{BOX}“五湖”：晋阳湖、漳泽湖、云竹湖、盐湖、伍姓湖。", (2024, "“两山七河五湖”")], "part 五湖 两山七河五湖"),
        (["做好“六稳”工作，落实“六保”任务"], "co-mentioned 六保 六稳"),
        (["防止“非农化”、制止“非粮化”"], "co-mentioned 非农化 非粮化"),
        (["推行“揭榜挂帅”“赛马制”“包干制”"], "co-mentioned 揭榜挂帅 赛马制"),
        (["统筹“五位一体”总体布局，推进“四个全面”战略布局，"], "co-mentioned 五位一体 四个全面"),
        (["放好“一窗受理、限时办结”“最多跑一次”等"], "co-mentioned 一窗受理、限时办结 最多跑一次"),
        (["深化“放管服”改革。推进简政放权、放管结合、优化服务改革。"], "abbreviation 简政放权、放管结合、优化服务 放管服"),
        (["开展“智改数转”行动。智能化改造、数字化转型全面推进。"], "abbreviation 智能化改造、数字化转型 智改数转"),
        (["开展“智改数转”行动。推进智能化改造数字化转型升级。"], "abbreviation 智能化改造数字化转型 智改数转"),
        (["实施“引客入津”行动和“天津礼物”计划。"], "co-mentioned 天津礼物 引客入津"),
        (["胸怀“两个大局”、践行“国之大者”，坚决落实。"], "co-mentioned 两个大局 国之大者"),
        ([f"加强“两山七河一流域”保护，开展“五湖”治理。{BOX}“五湖”：晋阳湖、漳泽湖、云竹湖、盐湖、伍姓湖。", (2024, "“两山七河五湖”")], "co-mentioned 两山七河一流域 五湖"),
        ([f"落实民营经济发展“30条”“23条”、“1+3”等政策。{BOX}民营经济发展“30条”：省委的意见。\n民营经济发展“23条”：省委的办法。"], "co-mentioned 1+3 民营经济发展23条"),
        ([f"加力落实消费品以旧换新政策。{BOX}“两新”：是指大规模设备更新和消费品以旧换新。"], "part 消费品以旧换新 两新"),
        ([f"建设。{BOX}“136”工程：“1”，即以提升水平为主线；“3”，即建设重点专科、重点实验室和重点团队；“6”，即建设临床医学、诊疗服务、急救体系、国际医疗、医疗技术、管理评价“六大中心”。"], "part 六大中心 136"),
        (["“晋创谷·太原”揭牌，落实“晋创谷”政策"], "part 晋创谷·太原 晋创谷"),
        (["实现“两不愁三保障”", (2025, "提升“三保障”水平")], "part 三保障 两不愁三保障"),
        (["深入实施“四化同步、城乡融合、五区共兴”战略。构建“五区共兴”格局"], "part 五区共兴 四化同步、城乡融合、五区共兴"),
        (["保障“米袋子”、充实“菜篮子”", (2022, "“米袋子”省长负责制和“菜篮子”")], "co-mentioned 米袋子 菜篮子"),
    ],
)  # fmt: skip
def test_relations_are_found(texts, expected):
    assert expected in links(*texts)


@pytest.mark.parametrize(
    ("texts", "forbidden"),
    [
        (["推行“五账工作法”", (2024, "坚持“四精四账”")], "successor"),  # one part at most is alike
        (["加强“两山七河一流域”", "加强“两山七河五湖”"], "successor"),  # no order in time
        (["“互联网+教育”", (2022, "“互联网+医疗”")], "successor"),  # one part of two
        (["“两新一重”建设", (2026, "做好“两新”工作")], "part"),  # the part is younger than the whole
        (["在“九二共识”基础上推动发展。反对“台独”"], "builds-on"),  # nothing is built on it by name
        (["“两山”转化。“康养山西、夏养山西”“游山西·读历史”"], "abbreviation"),  # lists share a character by chance
        ([f"对接RCEP。{BOX}RCEP：由东盟十国发起的协定。"], "abbreviation"),  # what it is, and no name
        (["制定激活民间投资30条，落实人才振兴30条"], "homonym"),  # neither goes by its number alone
        (["办“民主派”。同各民主党派、无党派爱国人士和港澳同胞团结。"], "abbreviation"),  # torn words
        (["用好“沪港通”。发展沪港通、深港通、债券通。"], "abbreviation"),  # one of the list
        (["“双碳”工作", (2022, "“碳达峰”“碳中和”")], "abbreviation"),  # not in one document
        (["实施“千村引领、万村升级”工程，学习“千万工程”"], "abbreviation"),  # two things beside each other
        (["“一户一策”方案落实", (2022, "“一企一策”方案落实"), (2023, "“一矿一策”方案落实")], "variant"),  # a frame that many fill
        (["发射“嫦娥五号”探测器成功", (2022, "发射“嫦娥六号”探测器成功")], "variant"),  # numbers differ
        (["“一老一幼”补贴", (2025, "“一老一小”服务")], "variant"),  # no context in common
        (["实施“双百”行动", (2022, "支持“五个一工程”，建设“五个一”平台")], "variant"),  # another noun behind
        (["啃“硬骨头”，要“自由”", "“自由”劳动，自由发展，自由自在，自由选择，自由流动，自由来往", "“自由劳动”"], "variant"),  # a plain word
        (["过“深水区”啃“硬骨头”"], "co-mentioned"),  # once, and in no common form
        (["做好“六稳”工作。落实“六保”任务"], "co-mentioned"),  # two sentences
        ([f"落实。{BOX}“两项机制”：建立“会商机制”、“督办机制”。"], "co-mentioned"),  # the list of a definition
        (["运用“啄木鸟”工作机制，推行“办不成事”反映窗口制度。"], "co-mentioned"),  # a noun of its own behind each
        ([f"推进深化医疗改革。{BOX}“五项任务”：深化医疗改革、完善社会保障。"], "part"),  # fewer than the slogan counts
        ([f"建设服务中心。{BOX}“三中心”：服务中心、会展中心、物流中心。"], "part"),  # a short component can be any
        (["“国家所需”与“浙江所能”相衔接、“硬投资”与“软建设”相结合"], "co-mentioned 浙江所能 硬投资"),  # no noun stands between
        ([f"推进新型城镇化建设。{BOX}“两新一重”：新型基础设施建设，新型城镇化建设，重大工程建设。"], "part"),  # a part of 两新
        (["“游山西·读历史”品牌"], "part"),  # no such branch
        (["行动“五好”标准，推进“三生”融合"], "co-mentioned"),  # bare counts that differ, in no list
    ],
)  # fmt: skip
def test_relations_without_evidence_are_none(texts, forbidden):
    assert [link for link in links(*texts) if link.startswith(forbidden)] == []


def test_relations_between_issuers_are_no_successions():
    docs = tuple(
        Document(f"d{year}", text, year=year, issuer=issuer)
        for year, text, issuer in ((2021, "“两山七河一流域”", "甲省"), (2024, "“两山七河五湖”", "乙省"))
    )
    assert find_relations(analyse(Source("", docs, ()))) == ()


def test_relations_of_a_short_name_with_terms_that_stand_together():
    text = (
        f"做好“双碳”工作，落实碳达峰碳中和政策。{BOX}“碳达峰”：是指排放达到峰值。\n“碳中和”：是指排放被抵消。"
    )
    found = [r for r in find_relations(corpus(text)) if r.type == "abbreviation"]
    assert [(r.source, r.target, [e.text for e in r.evidence]) for r in found] == [
        ("碳中和", "双碳", ["碳达峰碳中和", "双碳"]),
        ("碳达峰", "双碳", ["碳达峰碳中和", "双碳"]),
    ]


def test_relations_group_label_is_a_namesake_or_a_reference_by_part():
    box = f"{BOX}“两山一域”修复：“两山”，即太行山、吕梁山；“一域”，即黄河流域。\n"
    assert "homonym 两山 两山一域" in links(f"践行“两山”理论。{box}")
    assert "part 两山 两山一域" in links(f"践行“两山”修复。{box}")


def test_relations_successor_says_what_changed_by_components_where_both_are_defined():
    old = f"落实。{BOX}“三线一单”：生态保护红线、环境质量底线、资源利用上线、生态环境准入清单。\n"
    new = f"落实。{BOX}“三线一网”：生态保护红线、环境质量底线、资源利用上线、生态监测网。\n"
    found = [r for r in find_relations(corpus(old, (2024, new))) if r.type == "successor"]
    assert [(r.source, r.target, r.rule) for r in found] == [("三线一单", "三线一网", "shared-components")]
    assert (found[0].added, found[0].dropped) == (("生态监测网",), ("生态环境准入清单",))
    assert found[0].kept == ("生态保护红线", "环境质量底线", "资源利用上线")


def test_relations_redefinition_lists_what_was_added_and_dropped():
    old = f"落实。{BOX}“三保”：保工资、保运转、保民生。\n"
    new = f"落实。{BOX}“三保”：保基本民生、保工资、保安全。\n"
    found = [r for r in find_relations(corpus(old, (2024, new))) if r.type == "redefinition"]
    assert [(r.source, r.target, r.added, r.dropped, r.kept) for r in found] == [
        ("三保", "三保", ("保基本民生", "保安全"), ("保运转", "保民生"), ("保工资",))
    ]
    assert not [link for link in links(old, (2024, old)) if link.startswith("redefinition")]


def test_relations_senses_of_one_label_are_homonyms():
    one = f"落实。{BOX}“三保”：保工资、保运转、保民生。\n"
    other = f"落实。{BOX}“三保”：水源涵养、土壤治理、森林防火。\n"
    assert [link.split()[0] for link in links(one, (2024, other))] == ["homonym"]


def test_relations_an_abridgement_is_no_second_sentence():
    report = Document("r", "“啄木鸟”机制，推行“办不成事”窗口", year=2024, issuer="某省")
    digest = replace(report, id="x", abridges="r")
    other = replace(report, id="y", year=2025)
    assert find_relations(analyse(Source("", (report, digest), ()))) == ()
    assert [r.rule for r in find_relations(analyse(Source("", (report, digest, other), ())))] == ["repeated"]


@pytest.fixture(scope="module")
def found(seeds):
    return find_relations(seeds)


def sheet(*verdicts):
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(row["type"], row["from"], row["to"]) for row in rows if row["verdict"] in verdicts}


def test_relations_of_the_seeds_are_those_of_the_sheet(found):
    """A new link is judged by hand and written into the sheet; one that was missing becomes right there."""
    assert {(r.type, r.source, r.target) for r in found} == sheet("right", "wrong")
    assert len(sheet("right")) >= 0.9 * len(found)
    assert sheet("forbidden") == {("successor", "五账工作法", "四精四账")}


def test_relations_have_evidence_and_the_confidence_of_their_rule(found, seeds):
    ids = {concept.id for concept in seeds.concepts}
    for relation in found:
        assert relation.evidence and all(span.text for span in relation.evidence)
        assert (relation.type, relation.confidence) == RULES[relation.rule]
        assert {relation.source, relation.target} <= ids
    pairs = [(r.type, *sorted((r.source, r.target))) for r in found]
    assert len(pairs) == len(set(pairs))


def test_relations_do_not_depend_on_the_order_of_what_is_read(found, seeds):
    turned = replace(
        seeds, documents=seeds.documents[::-1], concepts=seeds.concepts[::-1], mentions=seeds.mentions[::-1]
    )
    assert find_relations(turned) == found


def test_relations_of_nothing_are_none():
    assert find_relations(Corpus((), (), (), (), ())) == ()


def test_relations_of_mentions_of_other_kinds_are_none():
    doc = Document("d", "做好“六稳”工作，落实“六保”任务", year=2020)
    lexicon = build_lexicon([doc], [])
    mentions = tuple(replace(m, kind="component") for m in find_mentions(doc, make_finder(lexicon)))
    assert mentions and find_relations(Corpus((doc,), (), (), lexicon.concepts, mentions)) == ()


@pytest.mark.parametrize(
    "row", [*successions.BASES, *successions.STEPS, *abbreviations.SHORT_NAMES], ids=lambda row: row.name
)
def test_relations_rows_are_found_in_their_examples(row):
    assert row.pattern.search(row.example)


@pytest.mark.parametrize("row", [*comentions.GAPS, parts.ENACTED], ids=lambda row: row.name)
def test_relations_rows_are_their_whole_examples(row):
    assert row.pattern.fullmatch(row.example)


def test_relations_name_every_rule_once_in_a_type():
    assert {kind for kind, _ in RULES.values()} == {
        "successor", "redefinition", "builds-on", "abbreviation", "variant", "homonym", "part", "co-mentioned",
    }  # fmt: skip


def test_relations_sheet_of_unseen_reports_is_told_as_the_program_tells_links():
    with SHEET.with_name("relations_unseen.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert {row["type"] for row in rows} <= {kind for kind, _ in RULES.values()}
    pairs = [(row["type"], *sorted((row["from"], row["to"]))) for row in rows]
    assert len(pairs) == len(set(pairs))
    assert sum(row["confidence"] == "sure" for row in rows) == 69
