import pytest

from kg.candidates import (
    NOT_NAMES,
    Lists,
    counted_names,
    counted_phrases,
    is_candidate,
    listed_parts,
    numbered_policies,
    own_terms,
    quoted_runs,
)
from kg.entries import find_entries
from kg.enumerations import find_enumerations
from kg.lexicon import build_lexicon
from kg.model import Document, KgError
from kg.structure import find_glossaries


def parts(label, *texts):
    docs = [Document(f"d{i}", text, year=2020 + i) for i, text in enumerate(texts)]
    lists = Lists([label])
    found = listed_parts(row for doc in docs for row in lists.find(doc, find_enumerations(doc)))
    return [c.span.text for c in found.get(label, ())]


def names(docs):
    return counted_names(map(counted_phrases, docs))


@pytest.mark.parametrize(
    ("run", "expected"),
    [("六最", True), ("1+N", True), ("一带一路", True), ("腾笼换鸟", True), ("摸着石头过河", True),
     ("特", False), ("3", False), ("8·29", False), ("十四五", False), ("30条", False), ("能分则分，应转尽转", False)],
)  # fmt: skip
def test_candidates_what_can_be_one(run, expected):
    assert is_candidate(run) is expected


def test_candidates_are_not_titles_nor_what_a_definition_quotes_of_its_own():
    doc = Document(
        "d",
        "推进“腾笼换鸟”，出台《关于“双百”的通知》。\n知识小贴士\n“揭榜挂帅”：让人才“揭榜”，出征“挂帅”，破解“一企一策”难题。",
    )
    entries = [entry for box in find_glossaries(doc) for entry in find_entries(box)]
    runs = {run.text: run.named for run in quoted_runs(doc, entries)}
    assert {run: runs.get(run) for run in ("腾笼换鸟", "揭榜", "挂帅", "一企一策", "双百")} == {
        "腾笼换鸟": True, "揭榜": False, "挂帅": False, "一企一策": True, "双百": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "run", "named"),
    [
        ("他指出：“合理布局规划先行”，城市规划很重要。", "合理布局规划先行", False),  # speech
        ("他们又说“农民太苦”，慢一点吧。", "农民太苦", False),
        ("总书记提出“四个革命”的要求。", "四个革命", True),
        ("总书记强调“四个革命”。", "四个革命", True),  # a slogan that is stressed, and no speech
        ("既“无事不扰”，又“无处不在”！", "无事不扰", False),  # said of the subject of the sentence
        ("既“无事不扰”，又“无处不在”！", "无处不在", False),
        ("推行“无事不扰”监管，既“无事不扰”，又“无处不在”！", "无事不扰", True),
        (
            "改革。\n知识小贴士\n“国企改革”：是一个“摸着石头过河”的“试错”过程。",
            "试错",
            False,
        ),  # everybody's words
        ("改革要“试错”。\n知识小贴士\n“国企改革”：是一个“试错”过程。", "试错", True),
        (
            "对接。\n知识小贴士\n“自贸协定”：由东盟发起，邀请五国共同参加（“10+5”）的协定。",
            "10+5",
            False,
        ),  # just said
        ("对接（“10+5”）。\n知识小贴士\n“自贸协定”：由东盟发起，邀请五国参加的协定。", "10+5", True),
    ],
)
def test_candidates_quotation_marks_that_name_nothing(text, run, named):
    doc = Document("d", text)
    entries = [entry for box in find_glossaries(doc) for entry in find_entries(box)]
    assert {found.text: found.named for found in quoted_runs(doc, entries)}[run] is named


@pytest.mark.parametrize("row", NOT_NAMES, ids=lambda row: row.name)
def test_candidates_rows_are_found_in_their_examples(row):
    assert row.pattern.search(row.example)


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        # every item carries the head that the slogan has for it, in its order
        ("三去一降一补", "抓好去产能、去库存、去杠杆、降成本、补短板五大任务。", "去产能 去库存 去杠杆 降成本 补短板"),
        ("六稳", "着力稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。", "稳就业 稳金融 稳外贸 稳外资 稳投资 稳预期"),
        ("四个意识", "不断增强政治意识、大局意识、核心意识、看齐意识，维护权威。", "政治意识 大局意识 核心意识 看齐意识"),
        ("四水四定", "坚持以水定城、以水定地、以水定人、以水定产，推进改革。", "以水定城 以水定地 以水定人 以水定产"),
        # the slogan stands right behind its list
        ("两长制", "建立产业链链长和产业联盟会长“两长制”，助推发展。", "产业链链长 产业联盟会长"),
        ("新三样", "电动汽车、锂电池、光伏产品“新三样”出口增长。", "电动汽车 锂电池 光伏产品"),
        # what is not its list
        ("双一流", "支持中北大学、山西医科大学优势学科创建“双一流”。", ""),
        ("三个代表", "坚持马列主义、毛泽东思想、邓小平理论和“三个代表”重要思想。", ""),
        ("一国两制", "建立了国有企业保障制度、失业保险制度、城市居民保障制度。", ""),
        ("四个一", "统一清单告知、统一平台办理、统一信息共享、统一收费管理。", ""),
        ("六稳", "稳就业、稳金融、稳外贸。", ""),
        ("三农", "服务农业、农村、农民。", ""),
    ],
)  # fmt: skip
def test_candidates_parts_that_a_text_lists(label, text, expected):
    assert parts(label, text) == expected.split()


def test_candidates_with_different_lists_are_left_without():
    lists = "坚持{}战略、人才强国战略、{}战略。"
    assert (
        parts("三大战略", lists.format("科教兴国", "可持续发展"), lists.format("创新驱动", "知识产权")) == []
    )


def test_candidates_counted_phrase_that_is_said_often_and_listed_once():
    said = "实现四个现代化。加快四个现代化建设。" * 3
    docs = [Document("a", said), Document("b", "实现农业、工业、国防、科学技术四个现代化。" + said)]
    assert {k: [c.span.text for c in v] for k, v in names(docs).items()} == {
        "四个现代化": ["农业", "工业", "国防", "科学技术"]
    }
    assert names(docs[:1] * 2) == {}  # never listed
    assert names([Document("a", "农业、工业、国防、科学技术四个现代化。")]) == {}  # said once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "制定激活民间投资30条、促进个体工商户发展23条等政策措施",
            ["激活民间投资30条", "促进个体工商户发展23条"],
        ),
        ("实施减轻企业负担“20条”等政策", ["减轻企业负担20条"]),
        ("落实国务院关于鼓励引导民间投资新36条，", ["鼓励引导民间投资新36条"]),
        ("出台推动经济回升向好40条政策措施。", []),  # forty measures
        ("新增国际航线12条，", []),  # air routes
        ("出台“33条”增量政策；", []),  # nothing says what about
    ],
)
def test_candidates_policies_by_the_number_of_their_articles(text, expected):
    assert list(numbered_policies(Document("d", text))) == expected


def test_candidates_counted_phrase_that_many_documents_say_needs_no_list():
    docs = [Document(x, "坚持四项基本原则。在和平共处五项原则的基础上。做好三项工作。" * 3) for x in "abcd"]
    assert names(docs) == {"和平共处五项原则": (), "四项基本原则": ()}
    assert names(docs[:3]) == {}
    whole = [Document(x, "三大攻坚战开局良好。打好三大攻坚战，" * 3) for x in "abcd"]
    assert list(names(whole)) == ["三大攻坚战"]
    within = [Document(x, "党的二十大报告。二十大报告。" * 5) for x in "abcd"]
    assert names(within) == {}


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        (
            "两基",
            "“两基”（基本普及九年义务教育和基本扫除青壮年文盲）。",
            "基本普及九年义务教育 基本扫除青壮年文盲",
        ),
        ("三通", "实现“三通”（即通邮、通商、通航）。", "通邮 通商 通航"),
        ("三北", "“三北”地区（西北、华北、东北）。", "西北 华北 东北"),
        ("三通", "实现“三通”（通邮、通商）。", ""),
        ("三通", "实现“三通”（通邮、通商、“通航”）。", ""),
    ],
)
def test_candidates_parts_in_brackets(label, text, expected):
    assert parts(label, text) == expected.split()


def test_candidates_digits_are_a_code_before_the_noun_of_a_slogan():
    doc = Document("d", "实施政务数据“12321”工程，用好“12345”热线，实现“3”字开头。")
    assert [run.text for run in quoted_runs(doc)] == ["12321"]


def test_candidates_everybodys_words_in_quotation_marks_are_no_terms():
    docs = [Document("d", "形成“保护”合力。加强保护，依法保护，有效保护。推广“低保”，低保，低保、低保。")]
    assert [concept.label for concept in build_lexicon(docs, ()).concepts] == ["低保"]


def test_candidates_counted_phrase_of_anything_is_no_slogan():
    docs = [Document(x, "在教育、科技、人才三个方面发力。抓好三个方面。" * 5) for x in "ab"]
    assert names(docs) == {}


def test_candidates_own_terms_are_told_apart_by_any_comma_and_a_line_without_one_is_an_error():
    assert own_terms("四旁 = 村旁，宅旁,路旁、水旁") == {"四旁": ((), ("村旁", "宅旁", "路旁", "水旁"))}
    with pytest.raises(KgError, match="own terms, line 2: names no term"):
        own_terms("六稳\n= 稳就业、稳金融")


def test_candidates_own_terms_with_aliases_and_components():
    text = "\ufeff# mine\n新质生产力\n四个现代化 | 四化 = 工业、农业、国防、科学技术\n\n"
    assert own_terms(text) == {
        "新质生产力": ((), ()),
        "四个现代化": (("四化",), ("工业", "农业", "国防", "科学技术")),
    }
