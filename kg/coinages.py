"""Reports of one issuer → names that one of them is the first to say, quoted or not: 数字经济, 供给侧结构性改革, 碳达峰、碳中和.

A name shows itself by its form (nouns, with nothing that governs them; or words of one length in a row) and by being carried:
later reports say it again, or its own report does. That all its words are everybody's is no matter: 高质量发展 is new
as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2, sqrt

from kg.fillers import clause_words, governing_words, is_event
from kg.formulas import Fate, Formula, Reports
from kg.letters import RUN
from kg.model import Document
from kg.rules import read_facts
from kg.words import part_of_speech

_HEADING = 14  #: characters of a sentence that is a heading, or leads a paragraph like one
_JOINS = ("和", "与", "及")  #: what stands before one of them belongs to what stands behind it
_LETTER = re.compile("[A-Za-z0-9]")
_STOPS = "。；\n"
_EDGE = 2  #: characters before a name, and of its end, whose runs tell how what stands around it is carried
_LONGEST = 16  #: characters of a name
_CARRIED = 2  #: reports that say it, or times that its own does, at least
_ABSTRACT = 3  #: … where its last word names nothing (发展, 格局)
_LIFE = 1.6  #: what each doubling of the reports that say it weighs …
_TIMES = 1.8  #: … and each of the times that its own does
_LOOKED_AT = 100  #: stretches that are looked at, of those that are new and said again
_SHORT = 4  #: characters of a name that may be but a topic
_VAGUE = (
    0.8  #: one that is so short, or whose last word names nothing, and that its report says once or twice
)
_MOST = 16  #: names that are told
_OFTENER = 1.5  #: times oftener that a part of a name is said for it to be the name
_WHOLE = 10  #: characters from which length adds nothing
_FIRST = ("n", "b", "j", "vn", "an", "l", "s", "a", "eng")  #: parts of speech that a name begins with …
_LAST = ("n", "vn", "l", "j", "v", "eng")  #: … and ends with
_NEVER = ("u", "r", "d", "m", "q", "t", "c", "p", "y", "f", "ad", "i")  #: and those that it does not have


@dataclass(frozen=True, slots=True)
class Coinage:
    """A name that no report had up to the older one of two."""

    life: Formula  #: with where it stands first in the newer one
    times: int  #: that the newer one says it; once more where it leads a paragraph
    weight: float


def find_coinages(reports: Reports, old: Document, new: Document) -> list[Coinage]:
    """The names that a report says and none had said up to an older one, the weightiest first."""
    here = reports.letters(new)
    told: list[Coinage] = []
    names: list[str] = []
    for name, a, b, leads in _new_names(reports, old, new):
        span = here.span(a, b)
        if any(
            name in other and here.plain.count(name) <= _OFTENER * here.plain.count(other) for other in names
        ):
            continue
        if span.text.count("“") != span.text.count("”"):
            continue
        life = reports.formula(span, old, new)
        said, times = reports.promise(life), here.plain.count(name) + leads
        least = _ABSTRACT if _ends_abstractly(name) else _CARRIED
        if life.fate == Fate.BEGUN and max(said, times) >= least:
            vague = _VAGUE if times < _ABSTRACT and (least > _CARRIED or len(name) <= _SHORT) else 1.0
            told.append(Coinage(life, times, round(_worth(said, times) * vague, 3)))
            names.append(name)
    told.sort(key=lambda each: (-each.weight * _size(len(each.life.span.text)), each.life.span.start))
    chosen: list[Coinage] = []
    for each in told:
        if len(chosen) == _MOST:
            break
        mine = each.life.span.text
        inside = [one for one in told if one.life.span.text in mine and one.times > _OFTENER * each.times]
        if not inside and not any(mine in (other := one.life.span.text) or other in mine for one in chosen):
            chosen.append(each)
    return chosen


def _new_names(reports: Reports, old: Document, new: Document) -> list[tuple[str, int, int, bool]]:
    """The likeliest names that are new, each with a place and whether it leads a paragraph."""
    here = reports.letters(new)
    text, carriers = here.plain, reports.carriers(reports.at(new))
    earlier = (1 << reports.at(old) + 1) - 1
    own = Counter(text[i : i + RUN] for start, end in here.clauses for i in range(start, end - RUN + 1))
    stretches = []
    for start, end in here.clauses:
        for first, stop, fresh in _carried(text, start, end, own, carriers, earlier):
            carried = max([carriers[i].bit_count() + own[text[i : i + RUN]] for i in fresh])
            stretches.append((carried + _leads(text, start, end), start, end, first, stop, fresh))
    stretches.sort(key=lambda row: (-row[0], row[3]))
    found: dict[str, tuple[int, int, int]] = {}
    heads: set[str] = set()
    for _, start, end, first, stop, fresh in stretches[:_LOOKED_AT]:
        for a, b in _names(text, start, end, first, stop):
            if any(a <= i and i + RUN <= b for i in fresh):
                name = text[a:b]
                # the place to tell is where later reports repeat what stands around it
                carried = carriers[a - _EDGE].bit_count() + carriers[b - _EDGE].bit_count()
                if name not in found or carried > found[name][0]:
                    found[name] = (carried, a, b)
                if _leads(text, start, end):
                    heads.add(name)
    rough = []
    for name, (_, a, b) in found.items():
        if "、" in name and text.count(name) < _CARRIED:
            continue  # any list
        common = carriers[a]
        for i in range(a + 1, b - RUN + 1):
            common &= carriers[i]
        worth = _worth(max(common.bit_count(), 1), 1 + (name in heads))
        rough.append((worth * _size(b - a), name, a, b, name in heads))
    rough.sort(key=lambda row: (-row[0], row[2]))
    return [row[1:] for row in rough[: 4 * _MOST]]


def _worth(reports: float, times: int) -> float:
    """What it says that so many reports say a name, and its own so many times."""
    return _LIFE * log2(reports + 1) + _TIMES * log2(times)


def _size(length: int) -> float:
    return sqrt(min(length, _WHOLE))


def _leads(text: str, start: int, end: int) -> bool:
    """Whether a clause is a short sentence of its own: a heading, or what a paragraph begins with."""
    return end - start <= _HEADING and text[start - 1 : start] in _STOPS and text[end : end + 1] in _STOPS


def _carried(
    text: str, start: int, end: int, own: Mapping[str, int], carriers: Sequence[int], earlier: int
) -> Iterator[tuple[int, int, list[int]]]:
    """The stretches of a clause that are said again, each with its runs that no earlier report has."""
    leads = _leads(text, start, end)
    first, fresh = None, []
    for i in range(start, end - RUN + 2):
        reports = carriers[i]
        if i <= end - RUN and (reports & ~earlier or leads or own[text[i : i + RUN]] >= _CARRIED):
            first = i if first is None else first
            if not reports & earlier:
                fresh.append(i)
        elif first is not None:
            if fresh:
                yield first, i - 1 + RUN, fresh
            first, fresh = None, []


def _names(text: str, start: int, end: int, first: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches between two places of a clause that have the form of a name, and stand between what can stand around one."""
    pieces = [(start + a, start + b) for a, b in clause_words(text[start:end])]
    said = [text[a:b] for a, b in pieces]
    for i, (a, _) in enumerate(pieces):
        if a < first or (i and (not _parts(said[i - 1]) or said[i - 1] in _JOINS)):
            continue
        for j in range(i, len(pieces)):
            b = pieces[j][1]
            if b > stop or b - a > _LONGEST:
                break
            if _LETTER.match(text, b):
                continue
            if b - a < RUN or (j + 1 < len(said) and not _parts(said[j + 1])) or is_event(said[j]):
                continue
            if _is_name(said[i : j + 1]) or _in_a_row(text[a:b]):
                yield a, b


def _parts(word: str) -> bool:
    """Whether a name can end before a word, or begin behind it."""
    tag = part_of_speech(word)
    return (
        word in governing_words()
        or word == "、"
        or tag.startswith(_NEVER)
        or (tag.startswith("v") and tag != "vn")
    )


def _is_name(said: Sequence[str]) -> bool:
    facts = _facts()
    tags = [part_of_speech(word) for word in said]
    if said[0] in governing_words() - facts["names"] or (
        tags[0] and not tags[0].startswith(_FIRST) and said[0] not in facts["names"]
    ):
        return False
    inner = zip(said[1:-1], tags[1:-1], strict=True)
    if any(word in governing_words() and tag != "vn" for word, tag in inner) or any(
        tag.startswith(_NEVER) for tag in tags if tag
    ):
        return False
    if any(word in facts["ceremony"] for word in said) or not all(
        word[0] >= "一" or word[0].isascii() for word in said
    ):
        return False
    if tags[-1].startswith("v") and tags[-1] != "vn" and said[-1] not in facts["names"] | facts["goes_on"]:
        return False
    return not tags[-1] or tags[-1].startswith(_LAST)


def _in_a_row(name: str) -> bool:
    """Whether a name is made of parts of one length: 去产能、去库存."""
    parts = name.split("、")
    return len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) in (3, 4)


def _ends_abstractly(name: str) -> bool:
    return any(name.endswith(word) for word in _facts()["never_last"] if len(word) > 1)


@cache
def _facts() -> dict[str, frozenset[str]]:
    facts = read_facts("newterms")
    return {
        group: frozenset(word for row in facts[group] for word in row["words"].split())
        for group in ("names", "never_last", "ceremony", "goes_on")
    }
