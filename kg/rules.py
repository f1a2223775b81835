"""What is looked for, as rows: a name, a pattern, an example beside it. The example is the test.

The order of a table is precedence. Where state or counting is needed a stage has a function.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from kg.model import Context, Voice


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: what it is called, what it matches, and an example that it must match."""

    name: str
    pattern: re.Pattern[str]
    example: str


def rule(name: str, pattern: str, example: str) -> Rule:
    """A row from a verbose pattern: white space and comments in it do not count."""
    return Rule(name, re.compile(pattern, re.VERBOSE), example)


def read_facts(name: str) -> dict[str, Any]:
    """A table of `kg/facts/`: words and exceptions that follow from no form, each with its reason."""
    return tomllib.loads(resources.files("kg").joinpath(f"facts/{name}.toml").read_text(encoding="utf-8"))


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in quotation marks that hold nothing else.

    >>> in_quotes("做好“六稳”工作", 3, 5), in_quotes("做好六稳工作", 2, 4)
    (True, False)
    """
    return text[max(0, start - 1) : start] in _OPENING and text[end : end + 1] in _CLOSING


def unquoted(text: str) -> str:
    """A text without its quotation marks."""
    return text.translate(_QUOTES)


def either(rows: Iterable[Rule]) -> str:
    """What any of some rows matches, the first of them first, as a verbose pattern."""
    return "(?:" + "|".join(row.pattern.pattern for row in rows) + ")"


# --- what the rows are made of --------------------------------------------------------------------------

ORDINALS = "一二三四五六七八九十"  #: digits of a number in order: 第三, 二十一、
DIGITS = ORDINALS + "两"  #: digits of a number that counts: 两山
NTH = f"[{ORDINALS}]{{1,3}}"  #: a number in order
CIRCLED = "①-⑳㉑-㉟㊱-㊿"  #: for a class of characters: 1 to 50
COUNT = rf"(?:[{DIGITS}百]+|\d+)"  #: a number that counts
SPELLED_YEAR = "[一二][〇○零一二三四五六七八九]{3}"  #: 二〇二〇

MEASURES = "个大项条件种类"  #: between a number and anything: 五个一批, 十大产业集群, 三项机制
ARTICLES = f"{COUNT}[条项件个款点]"  #: by which a text is called whose name is longer: 30条

OPEN, CLOSE = "“‘「『", "”’」』"  #: quotation marks
_OPENING, _CLOSING = frozenset(OPEN), frozenset(CLOSE)
_QUOTES = dict.fromkeys(map(ord, OPEN + CLOSE))
QUOTED = "“[^“”\n]{1,40}”"  #: a term in quotation marks, as most texts write them
QUOTED_RUN = re.compile(QUOTED)
QUOTATION = "|".join([QUOTED, "「[^「」\n]{1,40}」", "『[^『』\n]{1,40}』"])  #: and as all do


# --- the parts of a text --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GlossaryRule:
    """The heading of an explanatory part, with what such a part is and whose voice speaks in it."""

    name: str
    pattern: re.Pattern[str]
    example: str
    context: Context
    voice: Voice


#: Headings of explanatory parts: the whole paragraph, without its marks.
GLOSSARY_HEADINGS = (
    GlossaryRule(
        "tip-box",
        re.compile(
            r"[【\[（(★☆◆■]*(?:知识|名词|政策|相关)?(?:小贴士|小知识|小词典|链接|窗|拓展|解读)(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?)?[】\])）★☆◆■]*[：:]?"
        ),
        "知识小贴士",
        Context.BOX,
        Voice.EDITOR,
    ),
    GlossaryRule(
        "appended",
        re.compile(
            r"(?:附[件录]?[\d一二三四五]{0,2}[：:.、]?)?(?:关于)?(?:《[^》]{2,30}》|(?:\d{4}年)?[一-鿿]{0,9}政府工作报告)?(?:中的?|里的?|所涉|有关|相关|部分|主要|若干|内容|专业|专有|新){0,4}"
            r"(?:(?:名词|术语|用语|词语|词汇|概念)(?:术语|概念)?(?:解释|注释|说明|释义|简释|浅释|注解|解读)(?:及说明|和说明)?|注释|附注|名词附注|尾注)"
            r"(?:[（(][^）)]{1,30}[）)])?[：:]?"
        ),
        "《政府工作报告》有关内容名词注释",
        Context.GLOSSARY,
        Voice.GOVERNMENT,
    ),
)

_ANY_GLOSSARY_HEADING = re.compile("|".join(f"(?:{row.pattern.pattern})" for row in GLOSSARY_HEADINGS))


def is_part_heading(text: str, start: int, end: int) -> bool:
    """Whether a paragraph of a text is the heading of an explanatory part.

    >>> is_part_heading("知识小贴士", 0, 5), is_part_heading("做好六稳工作", 0, 6)
    (True, False)
    """
    return _ANY_GLOSSARY_HEADING.fullmatch(text, start, end) is not None


#: What can come behind an appended glossary: another annex, the chrome of a web page.
AFTER_GLOSSARY = re.compile(
    r"附件[\d一二三四五]|(?:责任编辑|编辑|审核|校对|来源|作者|记者|发布时间|上一篇|下一篇|相关(?:文章|链接|阅读|稿件)|分享到?|扫一扫|打印|关闭|返回|"
    r"【?(?:打印|关闭|字体)|版权|主办|承办|技术支持|网站|联系我们|ICP|Copyright|©|字号|收藏|举报)(?:[：:】\s]|.{0,20}$)"
)

#: How a heading is numbered; the place in the table is its rank below the period headings.
NUMBERING = (
    rule("part", rf"第{NTH}[编篇部章]分?[、：:]?", "第一部分"),
    rule("chinese", rf"{NTH}[、．.]", "一、"),
    rule("bracketed", rf"[（(]{NTH}[)）][、.]?", "（一）"),
    rule("arabic", r"\d{1,3}[.、．](?!\d)", "1."),
    rule("keyword", r"关键词\d{1,2}", "关键词1"),
    rule("bracketed-arabic", r"[（(]\d{1,2}[)）]", "（1）"),
)

#: How an entry of an explanatory part is numbered.
ENTRY_NUMBERS = (
    rule("bracketed", r"[（(［\[〔【](?:注释?)?\s?\d{1,3}\s?[）)］\]〕】]\s?", "［1］"),
    rule("dotted", r"\d{1,3}[.．、]\s?", "1."),
    rule("bare", r"\d{1,3}(?=[“《])", "1“四旁”"),
    rule("circled", f"[{CIRCLED}]", "①"),
    rule("chinese", rf"{NTH}[、．.]", "一、"),
)

#: A mark in the text that leads to an entry or a note: ［3］, 【3】, （注3）.
NOTE_MARK = re.compile(
    r"(?:[［\[〔【](?:注释?)?\s?(?=\d{1,3}\s?[］\]〕】])|[（(]注释?\s?(?=\d{1,3}\s?[）)]))(?P<n>\d{1,3})\s?[］\]〕】）)]"
)

#: How a paragraph of its own begins: what stands before it was not cut off by the end of a page or a column.
BEGINNINGS = (
    *NUMBERING,
    *(row for row in ENTRY_NUMBERS if row.name in ("bracketed", "circled")),
    rule("section", f"第{NTH}节", "第一节"),
    rule("dash", "——", "——"),
)

#: What a heading says of the years it speaks of.
PERIODS = (
    rule("plan", r"“(?P<plan>十?[一二三四五六七八九]?五)”", "“十三五”时期工作回顾"),
    rule(
        "plan",
        r"(?<![一二三四五六七八九])(?P<plan>十?[一二三四五六七八九]?五)(?:时期|期间|规划|计划)",
        "十三五时期工作回顾",
    ),
    rule(
        "target",
        rf"(?:到|至)?(?:\d{{4}}|{SPELLED_YEAR})年远景目标|到\d{{4}}年",
        "二〇三五年远景目标",
    ),
    rule("range", r"(?P<from>\d{4})年?[—–~～至\-－]+(?P<to>\d{4})年", "2003—2007年工作回顾"),
    rule("year", r"(?P<year>\d{4})年", "2020年工作回顾"),
    rule("year", rf"(?P<year>{SPELLED_YEAR})年", "二〇二〇年工作回顾"),
    rule(
        "past-five",
        r"(?:过去|近|这|前|本届政府)五年|五年来|五年(?:工作|政府工作)(?:的)?回顾|本届政府(?:的)?工作回顾",
        "过去五年工作回顾",
    ),
    rule("next-five", r"(?:今后|未来|下一个|往后)五年", "今后五年的目标任务"),
    rule("past-year", r"过去(?:的)?一年|去年", "过去一年工作回顾"),
    rule("this-year", r"今年", "今年工作总体要求"),
)

#: Words of a short unmarked line that make it the heading of a period.
PERIOD_HEADING = re.compile(
    r"回顾|安排|总结|打算|成绩单|目标|任务|部署|建议|重点工作|主要工作|总体要求|工作计划"
)

_JI = "即(?![将时日期可使便位])(?:是|为)?"  # not of 即将, 即时, 即可
_ZHI = "指(?![导标数定示挥明出引南向])"  # not of 指导, 指标, 指数

#: Words between a term and its explanation. The first that matches at the place decides.
CONNECTORS = (
    rule("colon-gloss", rf"：(?:(?:就是|是|即|主要|具体)?{_ZHI}(?:的是)?|{_JI}|就是)，?", "：即帮助企业"),
    rule("colon", r"：", "：稳就业"),
    rule(
        "means",
        r"，?(?:则|就|主要|具体|特|通常|一般)?(?:是指|指的是|说的是|是说|意思是|就是指|即指|意为|系指)",
        "是指企业的供水",
    ),
    rule("comma-is", rf"，(?:{_JI}|是|就是|{_ZHI})", "，即新型基础设施建设"),
    rule("is", rf"(?:就是|{_JI}|{_ZHI}|是|为(?!了|主|此|期|止))", "就是我们国家承诺"),
)
#: The same behind a part of the slogan, which a definition explains in turn: there 则为 and ，为 say so too.
PART_CONNECTORS = (*CONNECTORS, rule("part-is", rf"，?(?:则|就|主要)(?:{_JI}|{_ZHI}|是|为)|，为", "则为汾河"))
#: The same behind a component that has been listed: 是 and 为 would be verbs of the component there.
COMPONENT_CONNECTORS = (
    rule("colon-gloss", rf"：(?:{_JI}|是指|{_ZHI})?", "：指政务云"),
    rule("means", rf"，?(?:{_JI}|是指|{_ZHI})", "，指政务云"),
)

#: How a text says behind a list how long it is. What it can begin with is told first: so it is looked for more quickly.
LIST_COUNT = rule(
    "list-count",
    rf"(?=[等这共“{DIGITS}百\d])(?<!第)(?:等|这|共计?)?“?(?P<n>{COUNT})(?=[{MEASURES}位环级座家支者篇步方重城区县市]|方面)",
    "等三个方面",
)

#: Dates in a definition; a target and the name of a document are not dates.
DATES = (
    rule(
        "range",
        r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日?(?:至|到|[—–~～-]+)(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日",
        "2017年2月23日至24日",
    ),
    rule("target", r"(?:到|至|力争)\d{4}年|\d{4}年(?:底|末|年底)?(?:之?前|远景)", "2030年前"),
    rule("title", r"\d{4}年(?=[^，。；、]{0,12}(?:报告|规划|纲要|方案|计划))", "2020年国务院政府工作报告"),
    rule("day", r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日", "2020年5月22日"),
    rule("month", r"(?P<y>\d{4})年(?P<m>\d{1,2})月", "2020年5月"),
    rule("year", r"(?P<y>\d{4})年(?!代)", "2021年"),
)

ACTS = "印发|出台|发布|提出|作出|制定|审议通过|批准|建立|确定(?!范围)|实施|承诺"
_ACT = f"[^，。；：“”]{{0,24}}?(?:{ACTS})"
#: Who issued or proposed what a definition explains; the first of them in the text decides.
ORIGINS = (
    rule(
        "national",
        rf"(?:党中央|中共中央|中央(?!经济工作)|国务院|习近平|总书记|总理|全国人大|国家[一-鿿]{{0,6}}[部局委]|我国|我们国家|教育部|科技部|财政部|[一-鿿]{{2,8}}部(?=印发|发布|出台|提出)){_ACT}",
        "自然资源部印发《通知》",
    ),
    rule(
        "provincial",
        rf"(?:省委|(?<![对由经])省人民政府|省政府|自治区党委|自治区政府){_ACT}|我省[^，。；：“”]{{2,12}}",
        "省委省政府出台的",
    ),
    rule("municipal", rf"(?:市委|市人民政府|市政府){_ACT}|我市[^，。；：“”]{{2,12}}", "市政府制定的"),
)
