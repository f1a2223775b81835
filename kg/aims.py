"""Two reports → what they aim at otherwise: targets with another number, policies with another stance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kg.formulas import Reports
from kg.model import Change, Document, Span
from kg.model import Rewording as Kind
from kg.quantities import Target, find_targets, is_bound, quantity_names, same_number, same_value
from kg.stances import Stance, find_stances, same_stance

_GROWTH = 15.0  #: what a change of the first target weighs: that of growth
_TARGET = 12.0  #: of the foremost others: prices, work, the deficit
_LESSER = 9.5  #: of the rest
_FOREMOST = 6  #: targets of the table that are foremost
_LISTED = 8.5  #: of one that only one of two lists of targets has
_TARGET_GONE = 3.5  #: of one that is no longer, or for the first time, set elsewhere in the plan
_BOUND = 4.0  #: of one whose number is the same, and which is bound, or about so much, in one report only
_UNLISTED = 1.0  #: … and where the other report has no list that it could miss in
_LISTS = 3  #: targets in a row that make a list of them
_GOES_ON = 8.5  #: a stance that is said to go on
_SAME = 4.0  #: … and one that is the same, with another verb before it
_RENAMED = 2.0  #: … and a policy that has another name, more than one that has another stance

_VERBS = re.compile("继续|坚持|实施|实行")

Quote = Callable[[Span, str], tuple[Span, ...]]  #: the sentence around a stretch of the old or new report


def changed_aims(old: Document, new: Document, quote: Quote, reports: Reports) -> Iterator[Change]:
    """The targets and stances of two reports that are not the same; `quote` gives the sentence around a stretch."""
    yield from _stances(old, new, quote, reports)
    yield from _targets(old, new, quote)


def _targets(old: Document, new: Document, quote: Quote) -> Iterator[Change]:
    """Targets with another number. The first of all is that of growth."""
    before, after = find_targets(old), find_targets(new)
    lists = {"old": _has_list(before), "new": _has_list(after)}
    for number, name in enumerate(quantity_names()):
        was, now = before.get(name), after.get(name)
        weight = _GROWTH if number == 0 else (_TARGET if number < _FOREMOST else _LESSER) - number / 20
        if was and now:
            if same_value(was.value, now.value):
                continue
            if same_number(was.value, now.value) and not (was.listed and is_bound(was.value, now.value)):
                weight = _BOUND
        else:
            alone = was or now
            lacks = "new" if was else "old"
            weight = _UNLISTED
            if lists[lacks]:
                weight = (_LISTED if alone and alone.listed else _TARGET_GONE) - number / 20
        if (was and was.value) or (now and now.value):
            yield Change(
                Kind.TARGET,
                name,
                was.span if was else None,
                now.span if now else None,
                quote(was.clause, "old") if was else (),
                quote(now.clause, "new") if now else (),
                weight,
            )


def _has_list(targets: Mapping[str, Target]) -> bool:
    """Whether a report lists its targets, so that one which is not there is not set."""
    return sum(target.listed for target in targets.values()) >= _LISTS


def _stances(old: Document, new: Document, quote: Quote, reports: Reports) -> Iterator[Change]:
    """What a policy shall be, where the other report says something else of it, or gives it another name."""
    before, after = find_stances(old), find_stances(new)
    for policy in before.keys() & after.keys():
        was, now = before[policy], after[policy]
        if same_stance(was, now) or (was.span.text in new.text and now.span.text in old.text):
            continue
        weight = now.weight
        if _VERBS.sub("", was.so) == _VERBS.sub("", now.so):  # the same policy
            weight = _GOES_ON if "继续" in now.so and "继续" not in was.so else _SAME
        quoted = quote(was.span, "old"), quote(now.span, "new")
        one, other = _named(was), _named(now)
        if one and other and one.text not in new.text and other.text not in old.text:
            life = reports.formula(one, old, new)
            yield Change(
                Kind.REPLACED,
                one.text,
                one,
                other,
                *quoted,
                weight + _RENAMED,
                life.years,
                life.reports,
                life.gap,
            )
        elif (
            was.span.text.endswith(policy)
            and was.span.text in new.text
            and was.span.text not in now.span.text
        ):  # it is said on, and the rest is new
            yield Change(Kind.REWORDED, policy, None, now.span, (), quoted[1], weight)
        else:
            yield Change(Kind.REWORDED, policy, was.span, now.span, *quoted, weight)


def _named(stance: Stance) -> Span | None:
    """The policy with what says which it is: 稳健的货币政策."""
    match = re.search(rf"[^，。；、\n和施行]{{2,6}}的{stance.policy}", stance.span.text)
    start = stance.span.start
    return stance.span.doc.span(start + match.start(), start + match.end()) if match else None
