"""The arithmetic of slogans: 三去一降一补 counts 3 + 1 + 1.

A slogan is read from left to right by a table of rows. A row either yields a number with the noun
it counts, or passes over words that hold a numeral and count nothing. A slogan can have several
readings; the first is the likeliest, its definition picks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.rules import COUNT, DIGITS, MEASURES, ORDINALS, Rule, read_facts, rule


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a slogan with what it counts: 3 and 去 of 三去一降一补, written 三去."""

    n: int
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """How a slogan counts. `readings` are the possible totals, the first reading first."""

    slogan: str
    parts: tuple[Part, ...]
    readings: tuple[int, ...]
    kind: str  #: count, sum, pairs, digits, ordinals, plus, open, none
    rule: str  #: the row that decided

    @property
    def count(self) -> int | None:
        """The first reading; None where the slogan counts nothing."""
        return self.readings[0] if self.readings else None

    @property
    def formula(self) -> str | None:
        """The parts as a sum: 3+1+1; None where the slogan counts nothing."""
        return "+".join(str(part.n) for part in self.parts) if self.readings else None


_N = f"[{DIGITS}]"
_M = f"[{MEASURES}位方家步层篇套批支名册张]"  #: measures, between a number and its noun
_UNIT = "[村镇乡县市州户人家企矿厂校班园事岗物河湖品项车地域院店区课生国]"

#: Whole slogans that hold numerals and count nothing.
NOTHING = (
    rule("year", r"(?:19|20)\d\d(?!\d).*", "2035年远景目标"),
    rule("date", r"\d{1,2}[·.・•]\d{1,2}.*", "8·29"),
    rule("date", rf"{_N}{{1,2}}[·・•]{_N}{{1,3}}.*", "一二·九"),
    rule(
        "date",
        rf"[{ORDINALS}]{{2,3}}(?:宪法|事件|事变|运动|大学|指示|干校|道路|勋章|惨案|起义|讲话|通知|批示|风暴|精神|[一-鿿]{{0,3}}节)",
        "五四运动",
    ),
    rule("session", rf"(?:[七八九]|{_N}?十{_N}?)大", "八大"),
    rule("plan", r"(?:[一二三四六七八九]|十[一二三四六])五(?:规划|计划|时期|期间|普法|末|$).*", "十四五规划"),
    rule("plan", r"(?:五五|十五|十五五)(?:规划|计划|时期|期间|普法|末|$).*", "十五计划"),
    rule("open", r"(?:.*\+)?[A-Za-z](?:\+.*)?", "1+3+N"),
    rule("open", r"[一1]\+?(?:多|若干)(?![a-z]).*|[多几数诸]..?合一", "多规合一"),
    rule("each", r"一[帮对]一.*", "一帮一"),
    rule("each", rf"一{_UNIT}一[^{DIGITS}]{{1,3}}", "一企一策"),
)

#: Read at the place reached; the first row that matches decides. A “-” row counts nothing.
READ = (
    rule("-year", r"(?<!\d)(?:19|20)\d\d(?!\d)", "中国制造2025"),
    rule("-ordinal", rf"第[{ORDINALS}百零\d]+", "第一书记"),
    rule(
        "-session",
        rf"{_N}+届(?={_N}|全国|人大|中央|政府|会议)|{_N}中全会|(?:十{_N}|二十)大(?=精神|报告|以来|$)",
        "十九大精神",
    ),
    rule("-number", rf"(?:{_N}+|\d+)(?:号|期工程|等奖|次产业|次会议|线城市)", "一号文件"),
    rule("-fraction", rf"(?:百分之|千分之|{_N}+分之){_N}+|{_N}成(?=$|以上)", "三分之一"),
    rule(
        "-time",
        rf"(?:[{DIGITS}百千]+|\d+)"
        r"(?:年(?!级)|个?月|连[增快涨升冠丰]|日(?!报)|天(?!然)|小时|分钟|世纪|年代|公里|万?亿元?|万元|元|亩|吨|米|岁|倍|[%℃])",
        "百日攻坚",
    ),
    rule("unity", rf"(?P<n>{COUNT})位一体", "五位一体"),
    rule("counted-one", rf"(?P<n>{COUNT})个(?:[{DIGITS}百千万零]+|\d+)", "三个一批"),
    rule("double", rf"双(?:[百千万十零一](?!{_N}))?", "双百"),
    rule("-code", r"[A-Za-z][A-Za-z\-]*\d+|\d+[A-Za-z]+\d*", "P3实验室"),
    rule("-version", r"(?<=[一-鿿])\d{1,4}$", "行动计划2"),
    rule("-magnitude", rf"(?<![{DIGITS}\d])[百千万亿]+", "千项数据资源共享工程"),
    rule("number", rf"(?P<n>\d{{1,4}}){_M}?", "12条"),
    rule("number", rf"(?P<n>{_N}+(?:百{_N}*)*(?:零{_N})?){_M}?", "三去"),
)

_BEGINS = re.compile(rf"[{DIGITS}百千万亿第双\dA-Za-z]")  #: what each of these rows begins with
_SPARE = re.compile(r"[\s“”‘’\"'「」『』《》*#]")
_YEAR_BEFORE = re.compile(rf"^(?:19|20)\d\d年(?=[\d{DIGITS}])")
_MEASURE = re.compile(_M)
_MEASURE_LED = re.compile(f"^{_M}(?=.)")
_SEPARATORS = re.compile(r"[、，；,+]")
_BARE = re.compile(rf"(?P<digits>\d{{3,6}}|[一二三四五六七八九]{{2,5}})(?P<tail>(?!零)[^、，；+\d{DIGITS}]*)")


@lru_cache(maxsize=10_000)  # a corpus asks for the same labels again and again
def parse_numeral(slogan: str) -> Numeral:
    """How a slogan counts.

    >>> parse_numeral("三去一降一补").formula, parse_numeral("三去一降一补").readings
    ('3+1+1', (5,))
    >>> parse_numeral("三管三必须").readings     # three duties in six words, or six
    (6, 3)
    >>> parse_numeral("13710").readings     # one for each digit, or the sum
    (5, 12)
    >>> parse_numeral("十四五").kind
    'none'
    """
    text = _normal(slogan)
    for row in NOTHING:
        if row.pattern.fullmatch(text):
            return Numeral(slogan, (), (), "open" if row.name == "open" else "none", row.name)
    facts = _facts()
    for word, count in facts.whole:
        if word.match(text):
            parts = (Part(count, text, text),) if count else ()
            return Numeral(slogan, parts, (count,) if count else (), "count" if count else "none", "fact")
    if any(word in text for word in facts.dates):
        return Numeral(slogan, (), (), "none", "date")
    if (bare := _BARE.fullmatch(text)) and not _MEASURE.match(bare["tail"]):
        return _digits(slogan, bare["digits"], bare["tail"])
    return _read(slogan, text)


def _normal(slogan: str) -> str:
    """A slogan without quotes and spaces, in half width, and without the year before its number."""
    text = unicodedata.normalize("NFKC", slogan)
    return _YEAR_BEFORE.sub("", _SPARE.sub("", text))


def _digits(slogan: str, digits: str, tail: str) -> Numeral:
    numbers = [int(d) if d.isdigit() and d.isascii() else value_of(d) for d in digits]
    parts = tuple(Part(n, tail, d) for n, d in zip(numbers, digits, strict=True))
    # a zero counts nothing, so that the digits rather stand for one thing each
    readings = dict.fromkeys([len(numbers), sum(numbers)] if 0 in numbers else [sum(numbers), len(numbers)])
    return Numeral(slogan, parts, tuple(readings), "digits", "digits")


def _read(slogan: str, text: str) -> Numeral:
    """Numbers from left to right; what a number counts is the text up to the next one."""
    found: list[tuple[Rule, re.Match[str]]] = []
    place = 0
    while place < len(text):
        if passed := _passed(text, place):
            place += passed
        elif not _BEGINS.match(text, place):
            place += 1
        elif hit := next(((row, m) for row in READ if (m := row.pattern.match(text, place))), None):
            found.append(hit)
            place = hit[1].end()
        else:
            place += 1
    counted = [(row, match) for row, match in found if not row.name.startswith("-")]
    ends = [*(match.start() for _, match in counted[1:]), len(text)][: len(counted)]
    parts: list[Part] = []
    rules: list[str] = []
    for (row, match), end in zip(counted, ends, strict=True):
        written = _SEPARATORS.split(text[match.start() : end])[0]
        numeral = match["n"] if "n" in row.pattern.groupindex else "双"
        n = 2 if numeral == "双" else value_of(numeral)
        parts.append(Part(n, _MEASURE_LED.sub("", written[len(numeral) :]), written))
        rules.append(row.name)
    return _total(slogan, parts, rules)


def _passed(text: str, place: int) -> int:
    """How many characters to pass over at a place, because a word there counts nothing."""
    match = _facts().passed.match(text, place)
    return len(match[0]) if match else 0


def _total(slogan: str, parts: list[Part], rules: list[str]) -> Numeral:
    numbers = [part.n for part in parts]
    if not parts:
        kind = "plus" if "+" in slogan or "＋" in slogan else "none"
        return Numeral(slogan, (), (), kind, kind)
    if numbers == [1]:
        return Numeral(slogan, (), (), "none", "one")
    spelled = [part.text[:1] for part in parts]
    if len(parts) >= 2 and spelled == list(ORDINALS[: len(parts)]) and rules == ["number"] * len(parts):
        return Numeral(slogan, tuple(parts), (len(parts), sum(numbers)), "ordinals", "ordinals")
    if len(parts) == 1:
        return Numeral(slogan, tuple(parts), (numbers[0],), "count", rules[0])
    if len(parts) == 2 and numbers[0] == numbers[1] > 1:
        readings = (sum(numbers), numbers[0])
        same = parts[0].head[:1] == parts[1].head[:1]  # 两手抓、两手都要硬 counts its hands once
        return Numeral(slogan, tuple(parts), readings[::-1] if same else readings, "pairs", "pairs")
    return Numeral(slogan, tuple(parts), (sum(numbers),), "sum", "sum")


_VALUES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def value_of(numeral: str) -> int:
    """The value of a numeral in Arabic or Chinese digits, up to 9999.

    >>> [value_of(n) for n in ("两", "十", "十四", "二十三", "一百零八", "12")]
    [2, 10, 14, 23, 108, 12]
    """
    if numeral.isascii():
        return int(numeral)
    total = digit = 0
    for c in numeral:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _VALUES.get(c, -1)
    return total + digit


_SPELLED = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def year_of(written: str) -> int:
    """A year in Arabic digits or in hanzi, one for each digit.

    >>> year_of("2020"), year_of("二〇二〇")
    (2020, 2020)
    """
    return int(written.translate(_SPELLED))


@dataclass(frozen=True, slots=True)
class _Facts:
    passed: re.Pattern[str]
    dates: tuple[str, ...]
    whole: tuple[tuple[re.Pattern[str], int | None], ...]


@cache
def _facts() -> _Facts:
    table = read_facts("numerals")
    words = [word for key in ("names", "idioms") for group in table[key] for word in group["words"]]
    return _Facts(
        re.compile("|".join(sorted(words, key=len, reverse=True))),
        tuple(word for group in table["dates"] for word in group["words"]),
        tuple((re.compile(row["word"]), row.get("count")) for row in table["whole"]),
    )
