"""Report → what it says that a policy shall be, one clause for each policy that the table of facts has.

A stance is compared like a target, by the slot that it fills in each report, not by the sentence that is aligned with
it: 积极的财政政策要适度加力 stands in another sentence than 实施更加积极的财政政策, and says the same thing anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.model import Document, Span
from kg.quantities import plans_from
from kg.rules import read_facts

_VERB = re.compile("继续|坚持|实施")
_FILLERS = re.compile("^(?:要|保持|注重)+")


@dataclass(frozen=True, slots=True)
class Stance:
    """What a report says of a policy."""

    policy: str
    so: str  #: what is compared
    span: Span  #: the clause
    weight: float  #: what a change of it weighs, where that of the target of growth weighs 15


@lru_cache(maxsize=8)  # asked for by what is told of stances, and what is not told again as a formula
def find_stances(doc: Document) -> Mapping[str, Stance]:
    """The stance of each policy that a report has one for.

    >>> doc = Document("d", "今年预期目标是：经济增长。积极的财政政策要加力增效。继续实施稳健的货币政策。")
    >>> [(each.policy, each.so) for each in find_stances(doc).values()]
    [('财政政策', '加力增效'), ('货币政策', '继续实施稳健的货币政策')]
    """
    begin = plans_from(doc)
    found = {}
    for policy, forms, weight in _policies():
        match = next((match for form in forms if (match := form.search(doc.text, begin))), None)
        if match:
            found[policy] = Stance(policy, match["so"], doc.span(*match.span()), weight)
    return found


def same_stance(one: Stance, other: Stance) -> bool:
    """Whether two reports say the same: what follows behind a comma only explains it.

    >>> [a, b] = [Document("d", f"货币政策要{so}。") for so in ("保持松紧适度，促进平衡", "松紧适度")]
    >>> same_stance(find_stances(a)["货币政策"], find_stances(b)["货币政策"])
    True
    """
    shorter, longer = sorted((each.so.replace("实行", "实施") for each in (one, other)), key=len)
    if longer.endswith(shorter) and shorter.endswith(one.policy) and not _VERB.match(shorter):
        return True  # one of two policies in one clause
    first, second = (_FILLERS.sub("", each.so.replace("实行", "实施")).split("，") for each in (one, other))
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second)))


@cache
def _policies() -> tuple[tuple[str, tuple[re.Pattern[str], ...], float], ...]:
    return tuple(
        (row["name"], tuple(map(re.compile, row["said"])), row["weight"])
        for row in read_facts("stances")["stance"]
    )
