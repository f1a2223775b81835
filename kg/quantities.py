"""Report → the targets that it sets: numbers with the quantity they belong to.

Which quantities there are is a table of facts; a number belongs to one that stands right before it in its clause. Most numbers
of a report say what was reached, so that a target must show itself: by where it stands, or by the words around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.model import Document, Span
from kg.rules import read_facts

#: A number with its unit, a range, and what bounds it.
VALUE = re.compile(
    r"(?P<value>(?:不?低于|不?高于|不?超过|约)?\d+(?:[.．]\d+)?(?:[%％]?[－—–~～至到-]+\d+(?:[.．]\d+)?)?"
    r"(?:个百分点|[%％]|[万亿千百]+(?!分)(?:美?元|人|斤|吨|亩|公里|套|户|千瓦)?|美?元|人|吨)(?:左右|上下|以上|以内|以下)?)"
)
_BETWEEN = r"[^，。；：、\d\n]{0,10}?"  #: between the name of a quantity and its number
_BEFORE = r"[^，。；：\n]{0,16}$"  #: of its clause what can stand before the name
_SETS = re.compile(r"目标|拟|预期|力争|争取|确保|控制在|计划|安排")
_BOUND = re.compile(r"左右|上下|以上|以内|以下|低于|[－—–~～至-]")
#: What stands before a number, or before the name of a quantity, where the number says by how much it changes.
_BY = re.compile(r"(?:增加|提高|增长|减少|削减|压减|压缩|降低|下调)(?:了|约)?$")
_DONE = re.compile(r"比上年|比去年|达到|实现|完成|上升到|下降到|降到|已|去年|提高到(?!.*安排)")
#: Where a report comes to what it plans; what stands before looks back. {} is its year.
_PLANS = (
    r"(?:今年|本年|{year}年)[^。；\n]{{0,24}}(?:主要|预期|发展|增长)[^。；\n]{{0,6}}目标(?!任务)"
    r"|(?:今年|本年度?|{year}年)[^，。；\n]{{0,14}}(?:总体要求|总体部署|工作安排|工作部署|工作任务|重点工作)"
)
_NEAR = 420  #: characters behind the word 目标 of the list of targets
_ENOUGH = 2  #: what speaks for a target, at least


@dataclass(frozen=True, slots=True)
class Target:
    """A number that a report sets for a quantity; without a value where it says that it sets none."""

    quantity: str
    value: str | None  #: as it stands: 5.5%左右
    span: Span  #: of the value, or of the words that set none
    clause: Span  #: from the name of the quantity to its value
    listed: bool = False  #: whether it stands in the sentences that list the targets of the year


@dataclass(frozen=True, slots=True)
class _Quantity:
    name: str
    pattern: re.Pattern[str]
    unset: re.Pattern[str] | None
    planned: bool  #: whether every number of it behind where the plan begins is a target


def quantity_names() -> tuple[str, ...]:
    """The quantities that a target can be set for, the foremost first."""
    return tuple(quantity.name for quantity in _quantities())


def find_targets(doc: Document) -> Mapping[str, Target]:
    """The target of each quantity that a report sets one for.

    >>> doc = Document("d", "去年国内生产总值增长5.2%。今年发展主要预期目标是：国内生产总值增长5%左右；城镇新增就业1200万人以上。")
    >>> [(target.quantity, target.value) for target in find_targets(doc).values()]
    [('经济增长', '5%左右'), ('城镇新增就业', '1200万人以上')]
    """
    text = doc.text
    begins = _begins(doc)
    plans = begins[0].start() if begins else 0
    lists = [match.start() for match in begins if "目标" in match[0]]
    found: dict[str, Target] = {}
    for quantity in _quantities():
        best: tuple[int, Target] | None = None
        for score, target in _said(doc, quantity, plans, lists):
            if score >= _ENOUGH and (best is None or score > best[0]):
                best = score, target
        if best:
            found[quantity.name] = best[1]
        elif quantity.unset and (match := quantity.unset.search(text, plans)):
            span = doc.span(*match.span())
            found[quantity.name] = Target(quantity.name, None, span, span)
    return found


def plans_from(doc: Document) -> int:
    """Where a report comes to what it plans; what stands before looks back. 0 where it does not say."""
    return next((match.start() for match in _begins(doc)), 0)


def same_part(old: Span, new: Span) -> bool:
    """Whether two stretches both look back or both plan, as far as their reports say where the plan begins."""
    sides = [(span.start, plans_from(span.doc)) for span in (old, new)]
    if not all(plans for _, plans in sides):
        return True
    return len({start >= plans for start, plans in sides}) == 1


@lru_cache(maxsize=8)  # asked for by targets, stances and slogans
def _begins(doc: Document) -> list[re.Match[str]]:
    return [*re.finditer(_PLANS.format(year=doc.year or "今"), doc.text)]


def _said(doc: Document, quantity: _Quantity, plans: int, lists: list[int]) -> Iterator[tuple[int, Target]]:
    """Every number of a quantity, with what speaks for a target in it."""
    text = doc.text
    for match in quantity.pattern.finditer(text):
        start, end = match.span()
        before = re.search(_BEFORE, text[max(0, start - 16) : start])
        around = (before[0] if before else "") + match[0]
        if _BY.search(text[match.end("name") : match.start("value")]) or _BY.search(text[start - 4 : start]):
            continue  # by how much, not how much
        planned = quantity.planned and start >= plans
        if not planned and any(word in around for word in _facts()["aside"]):
            continue
        behind = text[end : end + 6]
        near = [at for at in lists if at <= start <= at + _NEAR]
        score = 2 * bool(near) + 2 * any("。" not in text[at:start] for at in near)
        score += bool(_SETS.search(around + behind)) + bool(_BOUND.search(match["value"]))
        score += start >= plans
        score -= 2 * bool(_DONE.search(around.replace("比去年增加", ""))) + 2 * (start < plans)
        value = doc.span(*match.span("value"))
        told = Target(quantity.name, value.text, value, doc.span(start, end), bool(near))
        yield max(score, _ENOUGH * planned), told


@cache
def _facts() -> dict[str, list[str]]:
    facts: dict[str, list[str]] = read_facts("quantities")
    return facts


@cache
def _quantities() -> tuple[_Quantity, ...]:
    facts = read_facts("quantities")
    unset = "|".join(facts["unset"])
    return tuple(
        _Quantity(
            row["name"],
            re.compile(rf"(?P<name>{'|'.join(row['called'])}){_BETWEEN}{VALUE.pattern}"),
            _otherwise(row, unset),
            row.get("planned", False),
        )
        for row in facts["quantity"]
    )


def _otherwise(row: Mapping[str, Any], unset: str) -> re.Pattern[str] | None:
    """How a report says that it sets no target for a quantity, or none for the year."""
    forms = list(row.get("otherwise", ()))
    if "unset" in row:
        forms.append(rf"(?:{unset})[^，。；\n]{{0,6}}(?:{'|'.join(row['unset'])})[^，。；\n]{{0,8}}目标")
    return re.compile("|".join(forms)) if forms else None


def same_value(one: str | None, other: str | None) -> bool:
    """Whether two values say the same: in whatever width their digits are written.

    >>> same_value("６．５％—７％", "6.5%－7%"), same_value("5.5%左右", "5%左右")
    (True, False)
    """
    return _normal(one) == _normal(other)


def same_number(one: str | None, other: str | None) -> bool:
    """Whether two values have the same number, be it a bound or an estimate.

    >>> same_number("8000亿元以上", "8000亿元"), same_number("5.5%左右", "5%左右")
    (True, False)
    """
    return bool(one and other) and _BOUND.sub("", _normal(one) or "") == _BOUND.sub("", _normal(other) or "")


def is_bound(*values: str | None) -> bool:
    """Whether each of some values says how far it binds: 5.5%左右, 5.5%以内.

    >>> is_bound("5.5%左右", "5.5%以内"), is_bound("900万人", "900万人以上")
    (True, False)
    """
    return all(_BOUND.search(_normal(value) or "") for value in values)


def _normal(value: str | None) -> str | None:
    """A value in one form: 低于4.6% is 4.6%以内, 1000万人以上 is 1000万以上."""
    if not value:
        return value
    value = re.sub(r"[－—–~～至-]+", "-", unicodedata.normalize("NFKC", value)).replace("人", "")
    for before, behind in (
        ("不低于", "以上"),
        ("不高于", "以内"),
        ("不超过", "以内"),
        ("低于", "以内"),
        ("约", "左右"),
    ):
        if value.startswith(before):
            value = value.removeprefix(before) + behind
    return value.replace("以下", "以内")
