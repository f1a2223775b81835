"""What is said together: chains of terms in one sentence, and the pairs they make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.model import Context, Mention, Relation, Span
from kg.numerals import parse_numeral
from kg.relations.grounds import GENERIC_TAIL, Known, link
from kg.relations.parts import find_wholes
from kg.relations.successions import find_successors
from kg.rules import CLOSE, DIGITS, OPEN, rule

#: What stands between two quoted terms that are said in one breath; the first row is a plain list.
GAPS = (
    rule("list", rf"[{CLOSE}](?:、|，|和|与|及|以及|或)?[{OPEN}]", "”、“"),
    rule("nouns", rf"[{CLOSE}](?![相与和])[一-鿿]{{1,8}}(?:、|和|与|及|以及)[{OPEN}]", "”文旅推广计划和“"),
    rule("phrase", rf"[{CLOSE}][^。；！？：\n{OPEN}{CLOSE}（）]{{1,16}}[{OPEN}]", "”工作，全面落实“"),
)
_LOOSE = ("nouns", "phrase")  #: what does not make a list
_FAR = 20  #: characters that are more than any of these rows has
_BARE_GAP = re.compile("[、和与]?")  #: between two defined terms without quotation marks
#: What stands before, between and behind two quoted terms that end two short clauses of one build.
_CLAUSE_BEFORE = re.compile(rf"(?:\A|.*[，、。；：！？\n）])[一-鿿]{{2,6}}[{OPEN}]", re.DOTALL)
_CLAUSES_BETWEEN = re.compile(rf"[{CLOSE}][，、][一-鿿]{{2,6}}[{OPEN}]")
_CLAUSE_END = re.compile(rf"[{CLOSE}][，、。；！\n]")
_NOUNS = re.compile(rf"[{CLOSE}][一-鿿]{{0,4}}(?P<end>[一-鿿]{{2}})(?=[，、。；和])")
_PAIRS_IN_LIST = 5  #: of a longer list only neighbours are linked


@dataclass(frozen=True, slots=True)
class Chain:
    """Terms of one sentence that follow each other closely; `gaps` are the rows between them."""

    mentions: tuple[Mention, ...]
    gaps: tuple[str, ...]

    def lists(self) -> Iterator[tuple[Mention, ...]]:
        """Its stretches that are plain lists, of two terms and more."""
        begin = 0
        for i in range(1, len(self.mentions) + 1):
            if i == len(self.mentions) or self.gaps[i - 1] in _LOOSE:
                if i - begin >= 2:
                    yield self.mentions[begin:i]
                begin = i


def find_chains(known: Known) -> Iterator[Chain]:
    """The chains of all documents; an abridgement repeats its report and is passed over where that is there."""
    ids = {doc.id for doc, _ in known.documents}
    for doc, mentions in known.documents:
        if doc.abridges in ids:
            continue
        chain: list[Mention] = []
        gaps: list[str] = []
        for mention in mentions:
            gap = _gap(known, chain[-1], mention) if chain else None
            if gap is None:
                if len(chain) >= 2:
                    yield Chain(tuple(chain), tuple(gaps))
                chain, gaps = [mention], []
            else:
                chain.append(mention)
                gaps.append(gap)
        if len(chain) >= 2:
            yield Chain(tuple(chain), tuple(gaps))


def _gap(known: Known, left: Mention, right: Mention) -> str | None:
    if right.span.start - left.span.end > _FAR:
        return None
    text = left.span.doc.text
    end = left.span.end - (text[left.span.end - 1] in CLOSE)  # the marks of “23条” are its own
    start = right.span.start + (text[right.span.start] in OPEN)
    for row in GAPS:
        if row.pattern.fullmatch(text, end, start):
            return row.name
    bare = _BARE_GAP.fullmatch(text, left.span.end, right.span.start)
    return "bare" if bare and all(known.concepts[m.concept].entries for m in (left, right)) else None


def find_co_mentions(known: Known) -> Iterator[Relation]:
    """Terms side by side, in two sentences and more often than by chance, or once and in parallel forms.

    The components of one definition do not count inside of it: there they are its list.
    In sentences of a single document they also have to be parallel or slogans that count, or to stand in a
    list once.
    """
    seen: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    listed: set[tuple[str, str]] = set()
    lists: defaultdict[str, set[Span]] = defaultdict(set)
    for concept in known.concepts.values():
        for entry in concept.entries:
            for component in entry.components:
                lists[component.span.text].add(entry.definition)
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for relation in (*find_wholes(known), *find_successors(known)):
        kin[relation.source].add(relation.target)
    once: dict[tuple[str, str], str] = {}
    adjacent: set[tuple[str, str]] = set()
    for chain in find_chains(known):
        near = len(chain.mentions) if len(chain.mentions) <= _PAIRS_IN_LIST else 1
        for i, j in combinations(range(len(chain.mentions)), 2):
            left, right = chain.mentions[i], chain.mentions[j]
            place = left.span.doc.span(left.span.start, right.span.end)
            own = any(place in definition for definition in lists[left.term] & lists[right.term])
            if left.concept == right.concept or j - i > near or own:
                continue
            pair = _pair(left, right)
            seen[pair].append(place)
            if j == i + 1 and chain.gaps[i] not in _LOOSE:
                listed.add(pair)
            if j == i + 1 and (
                _parallel(left.term, right.term, chain.gaps[i] not in _LOOSE) or _same_nouns(left, right)
            ):
                once[pair] = "parallel"
            elif j == i + 1 and _in_clauses(left, right):
                once.setdefault(pair, "clauses")
            elif j == i + 1 and kin[left.concept] & kin[right.concept]:
                once.setdefault(pair, "kin")
            elif j == i + 1 and chain.gaps[i] == "nouns" and left.context is Context.BODY:
                once.setdefault(pair, "nouns")
            elif j == i + 1 and chain.gaps[i] == "list" and _is_adjacent(left, right):
                adjacent.add(pair)
        if 3 <= len(chain.mentions) <= _PAIRS_IN_LIST and all(
            _counts(known, a.concept)
            and _counts(known, b.concept)
            and _parallel(a.term, b.term, gap not in _LOOSE)
            for (a, b), gap in zip(pairwise(chain.mentions), chain.gaps, strict=True)
        ):  # “两个确立” …，增强“四个意识”、坚定“四个自信”、做到“两个维护”
            for left, right in combinations(chain.mentions, 2):
                once.setdefault(_pair(left, right), "parallel")
        for run in chain.lists():
            if 3 <= len(run) <= _PAIRS_IN_LIST and any(_parallel(a.term, b.term) for a, b in pairwise(run)):
                for left, right in combinations(run, 2):
                    once.setdefault(_pair(left, right), "list")
    total = sum(len(mentions) for mentions in known.mentions.values())
    for (one, other), places in sorted(seen.items()):
        chance = len(known.mentions[one]) * len(known.mentions[other])
        docs = {place.doc.id for place in places}
        formed = (
            (one, other) in listed or (one, other) in once or (_counts(known, one) and _counts(known, other))
        )
        steady = len(docs) >= 2 or (len(places) >= 2 and formed)
        if steady and len(places) * total >= chance:
            yield link("repeated", one, other, places)
        elif (one, other) in once and not {one, other} & known.words:
            yield link(once[one, other], one, other, places)
        elif (one, other) in adjacent and not {one, other} & known.words:
            yield link("adjacent", one, other, places)


def _is_adjacent(left: Mention, right: Mention) -> bool:
    """Whether two terms stand in one list of the body: in a definition it may be that of components, and a comma
    can be the end of a clause."""
    between = left.span.doc.text[left.span.end : right.span.start]
    return left.context is Context.BODY and "，" not in between


def _in_clauses(left: Mention, right: Mention) -> bool:
    """Whether two quoted terms end two clauses of one build, side by side: 突出“第一落点”，压实“四方责任”."""
    text = left.span.doc.text
    return all(
        (
            _CLAUSE_BEFORE.fullmatch(text, max(0, left.span.start - 8), left.span.start),
            _CLAUSES_BETWEEN.fullmatch(text, left.span.end, right.span.start),
            _CLAUSE_END.match(text, right.span.end),
        )
    )


def _same_nouns(left: Mention, right: Mention) -> bool:
    """Whether the nouns behind two quoted terms end alike, and not as any does: “五位一体”总体布局，推进“四个全面”战略布局."""
    nouns = [_NOUNS.match(m.span.doc.text, m.span.end) for m in (left, right)]
    ends = {noun["end"] for noun in nouns if noun}
    return all(nouns) and len(ends) == 1 and not GENERIC_TAIL.fullmatch(min(ends))


def _counts(known: Known, concept_id: str) -> bool:
    return bool(parse_numeral(known.concepts[concept_id].label).readings)


def _pair(one: Mention, other: Mention) -> tuple[str, str]:
    return (min(one.concept, other.concept), max(one.concept, other.concept))


def _parallel(one: str, other: str, in_list: bool = True) -> bool:
    """Whether two labels have one form: the same numbers, numbers before the same measure, the same head.

    In a list two bare counts of one length are parallel as well, and two labels of one length and one end.

    >>> [_parallel(*pair) for pair in (("六稳", "六保"), ("两个确立", "四个意识"), ("非农化", "非粮化"), ("三对", "深水区"))]
    [True, True, True, False]
    >>> _parallel("三对", "六最"), _parallel("三生", "五好", in_list=False)
    (True, False)
    """
    first, second = parse_numeral(one), parse_numeral(other)
    if first.readings and second.readings:
        numbers = [[part.n for part in numeral.parts] for numeral in (first, second)]
        if numbers[0] == numbers[1] or first.kind == second.kind == "digits":
            return True
        return _shape(one) == _shape(other) and (in_list or re.search("[个大项]", one) is not None)
    if len(one) == len(other) and 2 * sum(a == b for a, b in zip(one, other, strict=True)) >= len(one):
        return True
    return len(one) >= 3 <= len(other) and (
        one[-2:] == other[-2:] or (in_list and len(one) == len(other) and one[-1] == other[-1])
    )


def _shape(label: str) -> str:
    """How a label counts: N for its numerals, its measures, a dot for any other character."""
    return re.sub("[^N个大项]", "·", re.sub(rf"[{DIGITS}双]+|\d+", "N", label))
