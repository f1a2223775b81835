"""The blocks of a web page → those of its text: navigation, share buttons, related links, footers go.

The text stands where most of the sentences stand. There nothing is dropped but what lies at its two
edges and is all links, or is one of the lines that every such page has (a table of rows below). What
stands elsewhere on the page is the text's only when it holds sentences and hardly any links: a glossary
in a box of its own is kept, a list of other articles is not. The title is looked for on the whole page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.formats.marked import Block, is_glossary_heading
from kg.rules import either, rule

_MOST = 0.5  #: the share of all sentences from which an element holds the text
_LINKED = 0.3  #: the share of linked characters from which a part of the page is a list of links
_LARGE = 0.05  #: the share of all sentences from which a part with links is looked into

_TITLE = re.compile(
    r"《?[^，。；：\n]{0,40}(?:报告|规划|计划|纲要|摘要|摘登)》?(?:[（(][^）)\n]{1,12}[）)])?"
)
_HAN = re.compile("[㐀-鿿]")
_SENTENCE = re.compile(r"[。！？；]")

#: Lines that pages have around a text. A line is one of them when it begins so and says no sentence.
CHROME = (
    rule("published", r"(?:发布|发稿|更新|成文|印发|公开)(?:时间|日期)", "发布时间：2021-01-26 08:30 来源：山西日报"),
    rule("date", r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s|$|来源|作者|字)", "2021-01-26 08:30 来源：山西日报"),
    rule("source", r"(?:信息|稿件|文章)?(?:来源|出处|作者|记者|编辑|责编|责任编辑|审核|校对|初审|复审|终审|供稿|撰稿)\s*[：:]", "责任编辑：张三"),
    rule("editor-in-brackets", r"[（(](?:责任)?(?:编辑|责编)[：:]?[^）)]{0,12}[）)]", "（责任编辑：张三）"),
    rule("size", r"[【\[(（]?\s*(?:字号|字体|文字大小|字体大小)", "字号：大 中 小"),
    rule("sizes", r"[【\[(（]?\s*大\s*[】\])）]?\s*[【\[(（]?\s*中\s*[】\])）]?\s*[【\[(（]?\s*小\s*[】\])）]?$", "[大 中 小]"),
    rule("share", r"[【\[]?\s*(?:我要)?(?:分享|转发|收藏|点赞|举报)(?:到|至|给|本文|本页|文章|按钮)?\s*[：:】\]\s]*(?:微信|微博|QQ|朋友圈|$)", "分享到：微信 微博"),
    rule("print", r"[【\[(（]?\s*(?:打\s*印|关\s*闭|返\s*回)(?:本页|此页|窗口|页面|文章|顶部|首页|列表)?\s*[】\])）\s]*(?:[【\[(（]?\s*(?:打\s*印|关\s*闭|返\s*回|收\s*藏|复\s*制).{0,12})?$", "【打印】【关闭窗口】"),
    rule("scan", r".{0,8}扫一扫|(?:用|使用)?(?:微信|手机)(?:扫描|扫码)|手机(?:查看|浏览|版)", "扫一扫在手机打开当前页"),
    rule("visits", r"(?:浏览|阅读|点击|访问)(?:次数|量|数|人次)|\d+\s*次(?:浏览|阅读)", "浏览次数：12345"),
    rule("neighbour", r"[【\[]?\s*(?:上|下|前|后)一(?:篇|条|页)", "上一篇：2020年政府工作报告"),
    rule("related", r"[【\[]?\s*(?:相关|热门|热点|推荐|延伸|更多|精彩|最新|往期|猜你)(?:链接|阅读|文章|新闻|推荐|稿件|报道|文件|内容|解读|信息|专题|喜欢|精彩|资讯|动态)\s*[】\]：:>»…]*$", "相关链接"),
    rule("comments", r"(?:网友|用户|我要|发表|最新)?评论(?:区|列表|\(\d+\))?$", "网友评论"),
    rule("path", r"(?:您|你)?\s*(?:当前|现在)?\s*(?:所在)?\s*的?\s*位置\s*[是为]?\s*[：:]|首\s*页\s*(?:$|[>＞»›/|·-])", "您当前所在位置：首页 > 政务公开"),
    rule("index", r"(?:索\s*引\s*号|主题分类|信息分类|体裁分类|组配分类|发文机关|发文字号|公文种类|有\s*效\s*性|文\s*号|标\s*题|名\s*称|主题词|关键词)\s*[：:]?\s*$|(?:索\s*引\s*号|信息分类|主题分类|发文机关|发文字号)", "索引号：014000/2024-00012"),
)  # fmt: skip
#: The same, and they say so in whole sentences.
NOTICES = (
    rule("record", r"(?:网站标识码|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s*(?:ICP|公网安备)|.{0,20}(?:ICP备|公网安备))", "网站标识码：1400000036 晋ICP备05000000号-1"),
    rule("owner", r"(?:版权|©|Copyright|(?:主\s*办|承\s*办|协\s*办|运\s*维|技术支持|联系电话|地址|邮编|邮箱)(?:单位)?\s*[：:]|(?:关于|联系)我们|网站(?:地图|声明|纠错)|隐私)", "主办：山西省人民政府办公厅"),
    rule("greeting", r"今天是\s*\d{4}|.{0,12}欢迎(?:您|访问|光临)|.{0,8}第\s*\d+\s*位(?:访问|浏览)", "今天是2021年3月12日 欢迎访问甲市人民政府网站！"),
    rule("correction", r"[【\[]?\s*我要纠错", "【我要纠错】 责任编辑：宋岩"),
    rule("browser", r".{0,30}(?:浏览器|分辨率|cookie)", "建议使用1920*1080分辨率的浏览器访问"),
)  # fmt: skip
_NOTICE = re.compile(rf"\s*(?:{either(NOTICES)})", re.VERBOSE | re.I)
_CHROME = re.compile(rf"\s*(?:{either(CHROME)})", re.VERBOSE | re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a page, the element that holds it, and how many of its characters are links."""

    block: Block
    element: Any
    linked: int

    @property
    def is_links(self) -> bool:
        return self.linked > 0 and self.linked * 10 >= len(self.block.text.strip()) * 8

    @property
    def is_chrome(self) -> bool:
        """Whether it is a line that pages have around their text."""
        text = self.block.text
        return bool(_NOTICE.match(text) or (_CHROME.match(text) and not self.has_sentence))

    @property
    def has_sentence(self) -> bool:
        return bool(_SENTENCE.search(self.block.text)) and not self.is_links

    @property
    def weight(self) -> int:
        """How much text it is: the characters of its sentences."""
        return len(_HAN.findall(self.block.text)) if self.has_sentence and not self.is_chrome else 0


def content(pieces: Sequence[Piece], titles: Iterable[str] = ()) -> list[Piece]:
    """The blocks that are the text of a page; `titles` are what its head says of it."""
    if not pieces:
        return []
    parts = _Parts(pieces)
    heart = parts.heart()
    inside = [i for i, p in enumerate(pieces) if p.element is heart or heart in parts.around[p.element]]
    units = [inside, *parts.units(heart)]
    kept = {i for unit in units for i in _trimmed(pieces, unit)}
    if not kept:
        return []
    between = set(range(min(kept), max(kept))).difference(*units)
    chosen = sorted(kept | {i for i in between if parts.is_plain(pieces[i])})
    title = _title(pieces, titles, chosen[0])
    if title is not None:
        chosen = [title, *(i for i in chosen if i != title)]
    twice = len(chosen) > 1 and _plain(pieces[chosen[0]]) == _plain(pieces[chosen[1]])
    return [pieces[i] for i in chosen[twice:]]


def _plain(piece: Piece) -> str:
    """The first line of a block without its spaces."""
    return re.sub(r"\s", "", piece.block.text.strip().partition("\n")[0])


class _Parts:
    """The tree of a page by what its elements hold: sentences, letters, links."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.around = {p.element: set(p.element.iterancestors()) for p in pieces}
        self.weight: dict[Any, int] = defaultdict(int)
        self.letters: dict[Any, int] = defaultdict(int)
        self.linked: dict[Any, int] = defaultdict(int)
        for p in pieces:
            for element in (p.element, *self.around[p.element]):
                self.weight[element] += p.weight
                self.letters[element] += len(p.block.text.strip())
                self.linked[element] += p.linked
        self.root = pieces[0].element.getroottree().getroot()

    def heart(self) -> Any:
        """The smallest element with most of the sentences of the page, a paragraph not by itself."""
        heart = self.root
        while True:
            inner = max(heart, key=lambda e: self.weight[e], default=None)
            if inner is None or self.weight[inner] <= self.weight[self.root] * _MOST:
                break
            heart = inner
        if heart is self.root or not self.is_one_line(heart):
            return heart
        wider = (e for e in heart.iterancestors() if self.weight[e] > self.weight[heart])
        return next(wider, heart.getparent())

    def is_one_line(self, element: Any) -> bool:
        inside = [p for p in self.pieces if p.element is element or element in self.around[p.element]]
        return len(inside) == 1 and "\n" not in inside[0].block.text.strip()

    def is_plain(self, piece: Piece) -> bool:
        """Whether a block without sentences can stand between blocks of the text."""
        holder = piece.element.getparent() if piece.element is not self.root else piece.element
        few = self.linked[holder] < self.letters[holder] * _LINKED
        return few and not piece.is_links and not piece.is_chrome

    def units(self, heart: Any) -> Iterable[list[int]]:
        """The parts of the page beside its heart that are text: sentences, and hardly any links."""
        path = [*heart.iterancestors()]
        beside = [child for outer in path for child in outer if child is not heart and child not in path]
        while beside:
            element = beside.pop()
            if not self.weight[element]:
                continue
            if self.linked[element] < self.letters[element] * _LINKED:
                yield [
                    i
                    for i, p in enumerate(self.pieces)
                    if p.element is element or element in self.around[p.element]
                ]
            elif self.weight[element] >= self.weight[self.root] * _LARGE:
                beside += list(element)


def _trimmed(pieces: Sequence[Piece], part: Sequence[int]) -> Sequence[int]:
    """A part of a page without the lines at its edges that are links or chrome."""
    said = [place for place, number in enumerate(part) if pieces[number].weight]
    first, last = (said[0], said[-1]) if said else (len(part), -1)
    rows = {_row(pieces[number]) for number in part if pieces[number].is_chrome} - {None}

    def stays(place: int, piece: Piece) -> bool:
        if first <= place <= last:
            return True
        if not said:
            return not piece.is_links
        chrome = piece.is_links or piece.is_chrome or _row(piece) in rows  # 索引号 | 014000/2024-00012
        return not chrome or (place < first and is_glossary_heading(piece.block.text))

    return [number for place, number in enumerate(part) if stays(place, pieces[number])]


def _row(piece: Piece) -> Any:
    """The row of a table in which a block stands."""
    return next((e for e in (piece.element, *piece.element.iterancestors("tr")) if e.tag == "tr"), None)


def _title(pieces: Sequence[Piece], titles: Iterable[str], first: int) -> int | None:
    """The title of the text where it stands outside of it: what the page's head begins with, its only h1, or a line
    before the text that is called a report."""
    named = [re.sub(r"\s", "", title) for title in titles]
    fitting = []
    for i, piece in enumerate(pieces[: first + 1]):
        text = re.sub(r"\s", "", piece.block.text)
        if len(text) >= 4 and not piece.is_links and any(name.startswith(text) for name in named):
            fitting.append(i)
    if not fitting:
        tops = [i for i, p in enumerate(pieces[:first]) if p.block.heading == 1 and not p.is_links]
        fitting = tops if len(tops) == 1 else []
    if not fitting:
        fitting = [
            i
            for i, p in enumerate(pieces[:first])
            if _TITLE.fullmatch(p.block.text.strip()) and not p.is_links and not p.is_chrome
        ]
    return fitting[-1] if fitting and fitting[-1] < first else None
