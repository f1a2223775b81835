"""The parts of terms, wholes and parts, and namesakes, which are told apart by their parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, combinations

from kg.model import Concept, Entry, Relation, Span
from kg.numerals import parse_numeral
from kg.relations.grounds import CROWD, GENERIC_TAIL, Changes, Known, common_issuers, link, noun_behind, shown
from kg.rules import ARTICLES, CLOSE, OPEN, rule
from kg.senses import is_hollow

_ARTICLES = re.compile(f"{ARTICLES}$")
_NAME = re.compile("[一-鿿]{6,}")  #: a component so long that it is a name wherever it stands: 大规模设备更新

#: A component that is another slogan, put into action: 实施“五个一批”群众文化惠民工程.
ENACTED = rule(
    "enacted",
    rf"(?:组织|持续|深入|全面)?(?:实施|开展|推进|推行)(?:[{OPEN}][^{OPEN}{CLOSE}]+[{CLOSE}]){{1,3}}[一-鿿]{{2,10}}",
    "实施“五个一批”群众文化惠民工程",
)


def label_parts(label: str) -> tuple[str, ...]:
    """The parts that a label counts or lists, as it spells them; none where it is of one piece.

    >>> label_parts("两山七河五湖"), label_parts("承诺制+标准地"), label_parts("六稳")
    (('两山', '七河', '五湖'), ('承诺制', '标准地'), ())
    """
    pieces = tuple(piece for piece in re.split("[、，,+＋]", label) if piece)
    numeral = parse_numeral(label)
    if len(pieces) == 1 and numeral.kind in ("sum", "pairs"):
        return tuple(part.text for part in numeral.parts)
    return pieces if len(pieces) >= 2 else ()


def listed_components(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The components that the latest definition with a list gives."""
    lists = [entry for entry in entries if entry.components]
    latest = max(lists, key=lambda e: (e.doc.year or 0, e.doc.id), default=None)
    return tuple(c.span.text for c in latest.components) if latest else ()


def compare_parts(old: Sequence[str], new: Sequence[str]) -> Changes:
    """What was added, dropped and kept, the kept as the newer list spells it."""
    kept = tuple(piece for piece in new if any(_alike(piece, other) for other in old))
    added = tuple(piece for piece in new if piece not in kept)
    dropped = tuple(piece for piece in old if not any(_alike(piece, other) for other in new))
    return added, dropped, kept


def _alike(one: str, other: str) -> bool:
    """Whether two components are one thing, spelled longer or shorter: 水务, 水务改革."""
    mine, theirs = (re.sub(r"[\W_]", "", text) for text in (one, other))
    return mine == theirs or (min(len(mine), len(theirs)) >= 2 and (mine in theirs or theirs in mine))


def find_homonyms(known: Known) -> Iterator[Relation]:
    """Concepts of one label that list different components; and 五个一 and 五个一工程, where the noun tells."""
    for label, ids in known.labels.items():
        for one, other in combinations(ids, 2):
            if _compared(known, one, other) is not True:
                yield link("same-label", one, other, (*shown(known, one), *shown(known, other)))
        hollow = next((label[:i] for i in range(len(label) - 1, 2, -1) if is_hollow(label[:i])), None)
        if hollow is None or len(ids) != 1 or not GENERIC_TAIL.fullmatch(label[len(hollow) :]):
            continue
        for other in known.labels.get(hollow, ()):
            if known.concepts[other].entries and known.concepts[other].entries[0].components:
                yield link("noun-tells", other, ids[0], (*shown(known, other), *shown(known, ids[0])))
    yield from _same_numbers(known)


def _same_numbers(known: Known) -> Iterator[Relation]:
    """民营经济发展“30条” and 激活民间投资30条: policies of as many articles, one of which goes by its number alone."""
    by_number: defaultdict[str, list[str]] = defaultdict(list)
    for label, ids in sorted(known.labels.items()):
        number = _ARTICLES.search(label)
        if number and number.start() and len(ids) == 1:
            by_number[number[0]].append(ids[0])
    for articles, policies in by_number.items():
        for one, other in combinations(policies, 2) if len(policies) <= CROWD else ():
            alone = any(f"“{articles}”" in span.text for i in (one, other) for span in _written(known, i))
            if alone:
                yield link("same-number", one, other, (*shown(known, one), *shown(known, other)))


def _written(known: Known, concept_id: str) -> Iterator[Span]:
    yield from (mention.span for mention in known.mentions.get(concept_id, ()))
    yield from (e.headword_span for e in known.concepts[concept_id].entries if e.headword_span)


def _compared(known: Known, one: str, other: str) -> bool | None:
    """Whether two concepts list the same components, in these words or similar ones; None where one lists none."""
    mine, theirs = (listed_components(known.concepts[i].entries) for i in (one, other))
    if not mine or not theirs:
        return None
    akin = sum(any(_akin(piece, other) for other in theirs) for piece in mine)
    return 2 * akin >= min(len(mine), len(theirs))


def _akin(one: str, other: str) -> bool:
    """Whether two components have most of the shorter one in common: 集体经营性建设用地入市, …管理制度."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= 2 and 2 * match.size >= min(len(one), len(other))


def find_wholes(known: Known) -> Iterator[Relation]:
    """Concepts that are components of others, or numbered parts of their labels.

    What a definition counts as a part of a slogan with + (承诺制 in 承诺制+标准地) is a part of any such slogan.
    """
    joined = {
        component.span.text
        for concept in known.concepts.values()
        for entry in concept.entries
        for component in entry.components
        if component.span.text in re.split("[+＋]", concept.label) and component.span.text in known.concepts
    }
    for concept in known.concepts.values():
        for entry in concept.entries:
            numeral = parse_numeral(concept.label)
            agrees = len(numeral.parts) == 1 and len(entry.components) in numeral.readings
            for component in entry.components:
                yield from _component(known, concept, component.span, agrees)
        if concept.id in known.labels.get(concept.label, ()):
            for part in label_parts(concept.label):
                for other in known.labels.get(part, ()):
                    if other != concept.id and len(part) >= 2:
                        yield from _label_part(known, concept, known.concepts[other])
            for part in re.split("[+＋]", concept.label):
                if part in joined and part not in known.labels and part != concept.id:
                    yield link("plus-part", part, concept.id, shown(known, concept.id))
            name, dot, _ = concept.label.partition("·")
            for whole in known.labels.get(name, ()) if dot else ():  # “晋创谷·太原” of 晋创谷
                yield link("branch", concept.id, whole, (*shown(known, concept.id), *shown(known, whole)))
    yield from _counted_within(known)


def _counted_within(known: Known) -> Iterator[Relation]:
    """What a definition names behind a list of its own: “6”，即建设区域临床医学、…、医院管理评价“六大中心”."""
    holders = {
        component.span: concept
        for concept in known.concepts.values()
        for entry in concept.entries
        for component in entry.components
    }
    for part in known.concepts.values():
        whole = holders.get(part.parts[0].span) if part.parts and not part.entries else None
        if whole and whole.id != part.id and all(holders.get(c.span) == whole for c in part.parts):
            said = (mention.span for mention in known.mentions.get(part.id, ()))
            here = [span for span in said if any(span in entry.definition for entry in whole.entries)]
            if here:
                yield link("counted-within", part.id, whole.id, (here[0], *shown(known, whole.id)))


def _component(known: Known, whole: Concept, span: Span, agrees: bool) -> Iterator[Relation]:
    """A component that is a concept by itself, defined or used elsewhere, or that puts one into action; or a long
    name, of one list that is as long as its slogan says, that stands elsewhere by itself."""
    if agrees and span.text not in known.labels and _NAME.fullmatch(span.text):
        definitions = [entry.definition for entry in whole.entries]
        named = (mention.span for mention in known.named.get(span.text, ()))
        if said := next((place for place in named if not any(place in d for d in definitions)), None):
            yield link("named-component", span.text, whole.id, (span, said))
    texts = [("component", span.text)]
    if ENACTED.pattern.fullmatch(span.text):
        texts += [
            ("quoted-component", run)
            for run in re.findall(rf"[{OPEN}]([^{OPEN}{CLOSE}]+)[{CLOSE}]", span.text)
        ]
    for name, text in texts:
        ids = known.labels.get(text, ())
        if len(ids) != 1 or ids[0] == whole.id:
            continue
        part = known.concepts[ids[0]]
        own = (entry.definition for entry in part.entries)
        used = (
            m.span
            for m in known.mentions.get(part.id, ())
            if not any(m.span in e.definition for e in whole.entries)
        )
        if said := next(chain(own, used), None):
            yield link(name, part.id, whole.id, (span, said))


def _label_part(known: Known, whole: Concept, part: Concept) -> Iterator[Relation]:
    """A numbered or listed part of a label that is the label of another concept: its part, or a namesake."""
    groups = {
        c.group: [x.span.text for x in e.components if x.group == c.group]
        for e in whole.entries
        for c in e.components
        if c.group
    }
    meant, listed = groups.get(part.label, []), listed_components(part.entries)
    here = next((e.definition for e in whole.entries if part.label in e.definition.text), None)
    evidence = (*((here,) if here else shown(known, whole.id)), *shown(known, part.id))
    issuers = common_issuers(known, whole.id, part.id)
    before = any(known.first[part.id][i] <= known.first[whole.id][i] for i in issuers)
    numeral = parse_numeral(part.label)
    slogan = len(part.label) >= 3 and not numeral.readings and part.id not in known.words
    alone = len(part.label) >= 4 or any(len(p.head) >= 2 for p in numeral.parts)  # 三保障, but not 两新
    if meant and listed:
        same = bool(compare_parts(meant, listed)[2])
        yield link("label-part" if same else "group-label", part.id, whole.id, evidence)
    elif meant and not part.entries:
        nouns = [{noun_behind(m) for m in known.mentions.get(i, ())} - {""} for i in (part.id, whole.id)]
        nouns[1] |= {name[len(whole.label) + 2 :][:2] for name in whole.alt_labels if name.startswith("“")}
        if nouns[0] & nouns[1]:
            yield link("label-part", part.id, whole.id, evidence)
        elif nouns[0]:
            yield link("group-label", part.id, whole.id, evidence)
    elif not meant and ((before and (listed or slogan)) or (alone and numeral.readings)):
        yield link("label-part", part.id, whole.id, evidence)
