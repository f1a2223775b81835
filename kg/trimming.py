"""The pieces of a list without the words glued to its ends.

加快建设开发区 专业化 、市场化、国际化 的管理团队: what the sentence says around a list stands
before its first item and behind its last one. The other items show what an item looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Document
from kg.numerals import Part, value_of

Piece = tuple[int, int]

#: Words that lead into a list and belong to no item of it.
_LEAD = re.compile(
    r"(?:重点|主要|具体|分别|全面|其中|共)?(?:围绕|包括|涵盖|包含|含|即|是指|指的是|指|从|在|依托|通过|由|有|分为|为|是|"
    r"以|把|将|对|向|要|按照|坚持|聚焦|强化|落实|推动|推进|深入推进|全面推进|加快推进|建立|建立健全|健全|完善|构建|打造|加快打造|"
    r"强力打造|建设|加快建设|形成|实行|实施|开展|全面开展|突出抓好|抓好|狠抓|严把|抓|全面加强|加强|提升|加快|培育|发展|支持|"
    r"设立|创建|采取|做好|搭建|明确|严格|确保)(?:一批|若干|以下)?"
)
#: A verb in the middle of a first piece, behind which its item begins.
_VERB = re.compile(
    r"形成|建立|包括|打造|建设|实行|开展|推进|构建|组建|设立|分为|成立|实施(?!煤)|围绕|推行|提供|具有"
)
_COUNT = re.compile(
    r"(?:等|共|这|共计)?(?:“?(?P<n>[一二两三四五六七八九十]+|\d{1,3}))(?=个|大|项|条|种|类|位|方面|环|级|座|家|件|支|者|篇|步|方|重)"
)
_AFTER = re.compile("[上中等的]|方面|领域")  #: what can stand behind a list whose items are of one length
_ETC = re.compile(r"(?<![平均高同中对初优])等(?![级号于同分待])")
_VERB_PHRASE = re.compile(
    r"(?:加快|推动|推进|提升|提高|建设|完善|强化|加强|激发|压实|扩大|保|稳|促|防|抓|深化|优化|健全|实施|开展|打造|全面|精准|坚决|不|向|严把|管|为|将|在)"
)


def trim(doc: Document, pieces: Sequence[Piece], part: Part) -> list[Piece]:
    """The pieces of one group of a list, the first without its lead-in, the last without its tail.

    >>> text = "建设会展中心、会议中心、文化中心三个中心"
    >>> [text[a:b] for a, b in trim(Document("d", text), [(0, 6), (7, 11), (12, 20)], Part(3, "中心", ""))]
    ['会展中心', '会议中心', '文化中心']
    """
    text = doc.text
    result = [_unquoted(text, piece) for piece in pieces]
    if len(result) > 1:
        inner = result[1:-1] or result[:1]
        result[-1] = _right(text, result[-1], [text[a:b] for a, b in inner], part)
        result[0] = _left(text, result[0], [text[a:b] for a, b in result[1:]], part)
    elif result:
        result[0] = _right(text, _lead_in(text, result[0], []), [], part)
    return result


def _unquoted(text: str, piece: Piece) -> Piece:
    """A piece without a quotation mark whose partner lies outside of it."""
    start, end = piece
    inside = text[start:end]
    if inside.startswith("“") and "”" not in inside:
        start += 1
    if inside.endswith("”") and "“" not in inside:
        end -= 1
    if inside.startswith("“") and inside.endswith("”") and inside.count("“") == 1:
        start, end = start + 1, end - 1
    return (start, end) if start < end else piece


def _left(text: str, piece: Piece, others: Sequence[str], part: Part) -> Piece:
    """The first piece of a list without its lead-in."""
    start, end = piece
    first = text[start:end]
    prefix = (
        _common_prefix(list(others))
        if len(others) > 1
        else others[0][:1]
        if part.head[:1] == others[0][:1]
        else ""
    )
    longest = max(map(len, others))
    if prefix and not first.startswith(prefix):
        cut = first.rfind(prefix)
        if part.head[:1] != prefix[:1] and 0 < cut - (led := _lead_in(text, piece, others)[0] - start) <= 2:
            return start + led, end  # 省 of 省重点专科、重点实验室 belongs to its item
        if cut > 0 and len(first) - cut >= 2:
            return start + cut, end
    suffix = _common_suffix([*others, first])
    if suffix and len(first) > longest + 1 and (word := _word_cut(first, min(map(len, others)))):
        return start + word, end
    return _lead_in(text, piece, others) if not prefix else piece


def _lead_in(text: str, piece: Piece, others: Sequence[str]) -> Piece:
    start, end = piece
    if any(_VERB_PHRASE.match(other) for other in others[:2]):
        lead = re.compile(r"(?:重点|主要|具体)?(?:围绕|包括|分别是|即)").match(text, start, end)
        return (lead.end(), end) if lead and end - lead.end() >= 2 else piece
    longest = max(map(len, others), default=0)
    if others and end - start > longest + 4:
        inner = [m for m in _VERB.finditer(text, start, end) if end - m.end() >= 2]
        if inner and end - inner[-1].end() >= min(map(len, others)) // 2:
            start = inner[-1].end()
    lead = _LEAD.match(text, start, end)
    if lead and end - lead.end() >= (2 if not others or min(map(len, others)) > 1 else 1):
        start = lead.end()
    possessive = text.find("的", start, end)
    if others and possessive > start and end - possessive > 2 and not any("的" in other for other in others):
        start = possessive + 1
    return start, end


def _right(text: str, piece: Piece, others: Sequence[str], part: Part) -> Piece:
    """The last piece of a list without its tail."""
    start, end = piece
    for match in _COUNT.finditer(text, start + 1, end):
        if value_of(match["n"]) == part.n and match.start() > start:
            return start, match.start()
    etc = [m.start() for m in _ETC.finditer(text, start + 2, end)]
    if etc and others:
        end = etc[0]
    suffix = _common_suffix(others) if len(others) > 1 else ""
    last = text[start:end]
    if suffix and (cut := last.find(suffix)) > 0 and last[cut + len(suffix) :].startswith(("的", "等")):
        return start, start + cut + len(suffix)
    shared_end = bool(others) and bool(_common_suffix([*others, last]))
    possessive = last.find("的")
    if others and possessive >= 2 and not shared_end and not any("的" in other for other in others):
        end = start + possessive
    lengths = {len(other) for other in others}
    if len(others) > 1 and len(lengths) == 1 and _AFTER.match(text, start + (size := lengths.pop()), end):
        end = start + size
    return start, end


def _common_prefix(texts: Sequence[str]) -> str:
    """What all texts begin with.

    >>> _common_prefix(["稳就业", "稳金融"])
    '稳'
    """
    first, *rest = texts or [""]
    size = next((i for i, c in enumerate(first) if any(t[i : i + 1] != c for t in rest)), len(first))
    return first[:size]


def _common_suffix(texts: Sequence[str]) -> str:
    return _common_prefix([text[::-1] for text in texts])[::-1]


def _word_cut(text: str, least: int) -> int:
    """Where the shortest end of a text begins that starts at a word and has at least so many characters; 0 if nowhere."""
    return max((start for start, _ in words(text) if start <= len(text) - least), default=0)


def words(text: str) -> list[Piece]:
    """The words of a text, as jieba cuts it. Its dictionary is loaded at the first call."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return [(start, end) for _, start, end in jieba.tokenize(text)]
