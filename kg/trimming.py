"""The pieces of a list without the words glued to its ends.

加快建设开发区 专业化 、市场化、国际化 的管理团队: what the sentence says around a list stands
before its first item and behind its last one. The other items show what an item looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.cuts import Piece
from kg.numerals import Part, value_of
from kg.rules import LIST_COUNT, read_facts
from kg.words import words


@cache
def _words(*groups: str) -> str:
    """Words of the table of frames, the longest first, as one pattern."""
    table = read_facts("frames")
    found = {word for group in groups for word in table[group]["words"]}
    return "(?:" + "|".join(sorted(found, key=lambda word: (-len(word), word))) + ")"


#: Words that lead into a list and belong to no item of it.
_LEAD = re.compile(f"{_words('adverbs')}?{_words('verbs', 'prepositions')}{_words('quantities')}?")
#: What leads into a list of phrases that begin with verbs themselves.
_FRAME = re.compile(f"{_words('adverbs')}?(?:{_words('frames')}|[一-鿿]{{0,8}}出台的)要?")
#: What a verb or a preposition in front of an item ends with.
_GLUED = re.compile(f"(?:的|了|{_words('adverbs', 'verbs', 'prepositions')})$")
#: A verb in the middle of a first piece, behind which its item begins.
_VERB = re.compile(_words("inner"))
#: Verbs and adverbs that lead into anything.
ACTION = re.compile(f"{_words('adverbs', 'verbs', 'phrases')}+")
_VERB_PHRASE = re.compile(_words("phrases"))
_AFTER = re.compile("[上中等的]|方面|领域")  #: what can stand behind a list whose items are of one length
_ETC = re.compile(r"(?<![平均高同中对初优])等(?![级号于同分待])")


def trim(
    text: str, pieces: Sequence[Piece], part: Part, stops: Sequence[str] = (), total: int = 0
) -> list[Piece]:
    """The pieces of one group of a list, the first without its lead-in, the last without its tail.

    `stops` are words that end a list wherever they stand: the slogan itself, the noun behind it. A number
    behind the list ends it when it is the part's own or the `total` of all parts.

    >>> text = "建设会展中心、会议中心、文化中心三个中心"
    >>> [text[a:b] for a, b in trim(text, [(0, 6), (7, 11), (12, 20)], Part(3, "中心", ""))]
    ['会展中心', '会议中心', '文化中心']
    """
    result = [_unquoted(text, piece) for piece in pieces]
    if len(result) > 1:
        inner = [text[a:b] for a, b in result[1:-1] or result[:1]]
        ending = [stop for stop in stops if not any(stop in other for other in inner)]
        result[-1] = _right(text, _stopped(text, result[-1], ending), inner, (part.n, total))
        result[0] = _left(text, result[0], [text[a:b] for a, b in result[1:]], part)
        if text[result[0][0]] == "了":  # of the verb before: 开展了阶级斗争、生产斗争
            result[0] = result[0][0] + 1, result[0][1]
    elif result:
        result[0] = _right(text, _lead_in(text, _stopped(text, result[0], stops), []), [], (part.n, total))
    return [_unquoted(text, piece) for piece in result]


def _stopped(text: str, piece: Piece, stops: Sequence[str]) -> Piece:
    """A piece up to the first stop in it."""
    start, end = piece
    places = [text.find(stop, start + 1, end) for stop in stops if stop]
    place = min((place for place in places if place > 0), default=end)
    return start, place - (text[place - 1] == "“")


def _unquoted(text: str, piece: Piece) -> Piece:
    """A piece without a quotation mark whose partner lies outside of it."""
    start, end = piece
    inside = text[start:end]
    if not inside.startswith("“") and not inside.endswith("”"):
        return piece
    if inside.startswith("“") and "”" not in inside:
        start += 1
    if inside.endswith("”") and "“" not in inside:
        end -= 1
    if inside.startswith("“") and inside.endswith("”") and inside.count("“") == 1:
        start, end = start + 1, end - 1
    return (start, end) if start < end else piece


def _left(text: str, piece: Piece, others: Sequence[str], part: Part) -> Piece:
    """The first piece of a list without its lead-in. The other pieces show how it begins or how long it is."""
    start, end = piece
    alone = len(others) == 1 and part.head[:1] != others[0][:1]
    prefix = "" if alone else _common_prefix(others)[: 1 if len(others) == 1 else None]
    led = _lead_in(text, piece, others)
    first = text[start:end]
    if prefix and not first.startswith(prefix):
        cut = first.rfind(prefix)
        if len(first) - cut >= 2 and cut > 0 and (_GLUED.search(first[:cut]) or led[0] >= start + cut):
            return start + cut, end
        return led
    suffix = _common_suffix(others)
    alike = len(suffix) > 1 and len({len(other) for other in others}) == 1 < len(others)
    if alike and first.endswith(suffix) and _word_cut(first, len(others[0])) == len(first) - len(others[0]):
        return end - len(others[0]), end  # 道路自信 of 特色道路自信、理论自信、制度自信
    item = text[led[0] : end]
    too_long = len(item) > max(map(len, others)) + 1 and "、" not in item
    if led != piece and too_long and _common_suffix([*others, first]):
        return led[0] + _word_cut(item, min(map(len, others))), end
    return piece if prefix else led


def _lead_in(text: str, piece: Piece, others: Sequence[str]) -> Piece:
    """A piece without the verbs and prepositions that lead into the list it begins."""
    start, end = piece
    if any(_VERB_PHRASE.match(other) for other in others[:2]):
        frame = _FRAME.match(text, start, end)
        return (frame.end(), end) if frame and end - frame.end() >= 2 else piece
    longest = max(map(len, others), default=0)
    shortest = min(map(len, others), default=2)
    if others and end - start > longest + 4:
        inner = [m for m in _VERB.finditer(text, start, end) if end - m.end() >= 2]
        if inner and end - inner[-1].end() >= shortest // 2:
            start = inner[-1].end()
    while (lead := _LEAD.match(text, start, end)) and end - lead.end() >= min(2, shortest):
        start = lead.end()
        if not others:
            break
    owner = text.find("的", start, end)
    listed = "、" in text[start:end] or any("的" in other for other in others)
    if others and not listed and start < owner and end - owner > 2:
        start = owner + 1
    return start, end


def _right(text: str, piece: Piece, others: Sequence[str], counts: Sequence[int]) -> Piece:
    """The last piece of a list without its tail."""
    start, end = piece
    for match in LIST_COUNT.pattern.finditer(text, start + 1, end):
        if value_of(match["n"]) in counts and match.start() > start:
            return start, match.start()
    etc = [m.start() for m in _ETC.finditer(text, start + 2, end)]
    if etc and others:
        end = etc[0]
    suffix = _common_suffix(others) if len(others) > 1 else ""
    last = text[start:end]
    if suffix and (cut := last.find(suffix)) > 0 and last[cut + len(suffix) :].startswith(("的", "等")):
        return start, start + cut + len(suffix)
    possessive = last.find("的")
    owned = others and possessive >= 2 and not any("的" in other for other in others)
    if owned and not _common_suffix([*others, last]):
        end = start + possessive
    lengths = {len(other) for other in others}
    if len(others) > 1 and len(lengths) == 1 and start + (size := lengths.pop()) < end:
        alike = (
            suffix and text[start : start + size].endswith(suffix) and not text[start:end].endswith(suffix)
        )
        if alike or _AFTER.match(text, start + size, end):
            end = start + size
    return start, end


def _common_prefix(texts: Sequence[str]) -> str:
    """What all texts begin with: what the first and the last of them in order begin with.

    >>> _common_prefix(["稳就业", "稳金融"])
    '稳'
    """
    first, last = min(texts, default=""), max(texts, default="")
    size = next((i for i, c in enumerate(first) if last[i] != c), len(first))
    return first[:size]


def _common_suffix(texts: Sequence[str]) -> str:
    if len({text[-1:] for text in texts}) > 1:
        return ""
    return _common_prefix([text[::-1] for text in texts])[::-1]


def _word_cut(text: str, least: int) -> int:
    """Where the shortest end of a text begins that starts at a word and has at least so many characters; 0 if nowhere."""
    return max((start for start, _ in words(text) if start <= len(text) - least), default=0)
