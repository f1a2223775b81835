"""Concepts + mentions → the links between them, each with the words that bear it out.

A link needs evidence, not likeness: an order in time, a sentence, a definition, two names in one
place of the text. Every rule finds its pairs through an index (by parts, by components, by
neighbours), so that the work grows with the corpus and not with its square.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from kg.model import Concept, Corpus, Document, Entry, Mention, Relation, Span
from kg.numerals import parse_numeral
from kg.rules import rule

#: The rules by name: the type of their links, and the share of them that is right: (right + 1) / (judged + 2),
#: so that a rule with few links is not trusted for its luck and one without any has 0.5. Judged by hand on
#: the seeds (tests/gold/relations_seeds.tsv), on 55 national reports of 1954–2026 and on 28 provincial
#: ones of 2025; of the parallel and listed pairs of the latter, a sample of 92.
RULES: Mapping[str, tuple[str, float]] = {
    "shared-parts": ("successor", 0.75),  # 2 of 2
    "shared-components": ("successor", 0.5),  # none yet: needs two glossaries of one issuer
    "other-components": ("redefinition", 0.5),  # none yet: needs two glossaries
    "builds-on": ("builds-on", 0.88),  # 6 of 6
    "shared-character": ("abbreviation", 0.86),  # 5 of 5
    "counted-heads": ("abbreviation", 0.8),  # 3 of 3
    "initials": ("abbreviation", 0.67),  # 1 of 1
    "explained": ("abbreviation", 0.67),  # 1 of 1
    "spelling": ("variant", 0.92),  # 10 of 10
    "order": ("variant", 0.8),  # 3 of 3
    "tail": ("variant", 0.94),  # 15 of 15
    "generic-tail": ("variant", 0.75),  # 2 of 2
    "one-character": ("variant", 0.67),  # 1 of 1
    "same-label": ("homonym", 0.5),  # none yet
    "group-label": ("homonym", 0.8),  # 3 of 3
    "component": ("part", 0.92),  # 11 of 11
    "quoted-component": ("part", 0.8),  # 3 of 3
    "label-part": ("part", 0.84),  # 15 of 17
    "repeated": ("co-mentioned", 0.97),  # 111 of 113
    "parallel": ("co-mentioned", 0.96),  # 90 of 93
    "list": ("co-mentioned", 0.94),  # 45 of 47
}

_OPEN, _CLOSE = "“‘「『", "”’」』"
_BASE, _NEW, _SHORT, _LONG = (
    rf"[{_OPEN}](?P<{name}>[^{_OPEN}{_CLOSE}\n]{{2,20}})[{_CLOSE}]"
    for name in ("base", "new", "short", "long")
)
_GROW = r"(?:升级|拓展|扩展|深化|提升|延伸|演变|演化|发展)"

#: A definition that names what its term builds on.
BASES = (
    rule("on-the-basis", rf"在{_BASE}[^，。；：]{{0,8}}?基础之?上", "在“30条”基础上"),
    rule(
        "grown-from", rf"由{_BASE}[^，。；：]{{0,8}}?{_GROW}(?:而来|而成|形成|为|成)", "由“三去”行动演变而来"
    ),
    rule(
        "continues",
        rf"是(?:对|在)?{_BASE}[^，。；：]{{0,8}}?的(?:升级版?|延续|深化|拓展|延伸|继承)",
        "是“双百行动”的升级版",
    ),
)

#: A sentence that says that one quoted term builds on another.
STEPS = (
    rule(
        "on-the-basis",
        rf"在[^，。；：{_OPEN}]{{0,8}}{_BASE}[^，。；：{_OPEN}]{{0,8}}?基础之?上，?[^，。；：{_OPEN}]{{0,12}}{_NEW}",
        "在扎实做好“六稳”工作基础上，明确提出“六保”任务",
    ),
    rule(
        "upgraded-to",
        rf"{_BASE}[^，。；：{_OPEN}]{{0,8}}?{_GROW}(?:为|到|成|至)[^，。；：{_OPEN}]{{0,4}}{_NEW}",
        "推动“放管服”改革深化为“放管服效”改革",
    ),
    rule(
        "towards",
        rf"{_BASE}[^，。；：{_OPEN}]{{0,8}}?向[^，。；：{_OPEN}]{{0,4}}{_NEW}[^，。；：{_OPEN}]{{0,4}}?{_GROW}",
        "推进“村村通”工程向“户户通”升级",
    ),
)

#: A sentence that gives a short name and its long one.
SHORT_NAMES = (
    rule(
        "called-for-short",
        rf"{_LONG}[^，。；：（）{_OPEN}]{{0,8}}[（(，](?:以下|下文)?(?:简称|统称)(?:为|：)?{_SHORT}",
        "“千村示范、万村整治”工程（以下简称“千万工程”）",
    ),
    rule(
        "is-short-for",
        rf"{_SHORT}[^，。；{_OPEN}]{{0,6}}?[：是为]{_LONG}[^，。；：{_OPEN}]{{0,8}}?的简称",
        "“千万工程”：“千村示范、万村整治”工程的简称",
    ),
    rule("that-is", rf"{_SHORT}[，（](?:即|也就是){_LONG}", "“一国两制”，即“一个国家、两种制度”"),
)

#: What stands between two quoted terms that are said in one breath; the first row is a plain list.
GAPS = (
    rule("list", rf"[{_CLOSE}](?:、|，|和|与|及|以及|或)?[{_OPEN}]", "”、“"),
    rule("phrase", rf"[{_CLOSE}][^。；！？：\n{_OPEN}{_CLOSE}（）]{{1,14}}[{_OPEN}]", "”工作，全面落实“"),
)
_BARE_GAP = re.compile("[、和与]?")  #: between two defined terms without quotation marks

#: A component that is another slogan, put into action: 实施“五个一批”群众文化惠民工程.
ENACTED = rule(
    "enacted",
    rf"(?:组织|持续|深入|全面)?(?:实施|开展|推进|推行)(?:[{_OPEN}][^{_OPEN}{_CLOSE}]+[{_CLOSE}]){{1,3}}[一-鿿]{{2,10}}",
    "实施“五个一批”群众文化惠民工程",
)

_GENERIC_TAIL = re.compile("(?:改革|工程|行动|计划|工作|制度|机制|政策|活动|项目|战略|体系|模式)")
_NUMERAL_CHARACTER = re.compile(r"[一二两三四五六七八九十百千万零双多单初\d第]")
_SHORT_FORM = re.compile("([双二两三四五六七八九十])([一-鿿])")
_COUNT = {"双": 2} | {c: i for i, c in enumerate("二三四五六七八九十", 2)} | {"两": 2}

_LONG_LABEL = 5  #: characters from which a label is the same wherever it stands
_WINDOW = 30  #: characters on each side in which two names must have words in common
_EVIDENCE = 5  #: places that are kept of a link that is seen more often
_CROWD = 40  #: a part or component of more labels than this tells nothing
_PAIRS_IN_LIST = 5  #: of a longer list only neighbours are linked


_Changes = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  #: added, dropped, kept


@dataclass(frozen=True, slots=True)
class _Known:
    """A corpus, ready to be looked things up in."""

    concepts: Mapping[str, Concept]
    labels: Mapping[str, tuple[str, ...]]  #: a label that is defined or used → its concepts
    mentions: Mapping[str, tuple[Mention, ...]]  #: of a concept, the earliest first
    at: Mapping[tuple[str, int], Mention]  #: a document and an offset → the mention that begins there
    documents: tuple[tuple[Document, tuple[Mention, ...]], ...]  #: the earliest first, with what they mention
    first: Mapping[str, Mapping[str, int]]  #: of a concept, each issuer's first year
    words: frozenset[str]  #: concepts that are plain words, in quotation marks now and then: 自由, 丰收


def find_relations(corpus: Corpus) -> tuple[Relation, ...]:
    """The links between the concepts of a corpus, by type, source and target.

    Of variants, homonyms and co-mentioned pairs each pair is given once, in the order of the ids;
    a successor goes from the older slogan to the newer one, a part to its whole, a long form to the
    short one, a slogan to what it builds on, a redefinition from a concept to itself.

    >>> from kg.entries import find_entries
    >>> from kg.lexicon import build_lexicon
    >>> from kg.mentions import find_mentions, make_finder
    >>> docs = [Document(f"d{y}", t, year=y, issuer="某省") for y, t in ((2021, "加强“两山七河一流域”治理"), (2024, "加强“两山七河五湖”治理"))]
    >>> lexicon = build_lexicon(docs, [])
    >>> mentions = [m for doc in docs for m in find_mentions(doc, make_finder(lexicon))]
    >>> for r in find_relations(Corpus(tuple(docs), (), (), lexicon.concepts, tuple(mentions))):
    ...     print(r.type, r.source, r.target, r.kept, r.dropped, r.added)
    successor 两山七河一流域 两山七河五湖 ('两山', '七河') ('一流域',) ('五湖',)
    """
    known = _know(corpus)
    found: dict[tuple[str, str, str], Relation] = {}
    for search in _SEARCHES:
        for relation in search(known):
            if relation.type == "variant" and any(
                (other, *pair) in found
                for other in ("successor", "abbreviation")
                for pair in (
                    (relation.source, relation.target),
                    (relation.target, relation.source),
                )
            ):
                continue
            found.setdefault((relation.type, relation.source, relation.target), relation)
    return tuple(found[key] for key in sorted(found))


def _know(corpus: Corpus) -> _Known:
    documents = sorted(corpus.documents, key=lambda d: (d.year or 9999, d.id))
    order = {doc.id: i for i, doc in enumerate(documents)}
    by_concept: defaultdict[str, list[Mention]] = defaultdict(list)
    by_doc: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(corpus.mentions, key=lambda m: (order[m.span.doc.id], m.span.start)):
        if mention.kind == "core":
            by_concept[mention.concept].append(mention)
            by_doc[mention.span.doc.id].append(mention)
    concepts = {concept.id: concept for concept in sorted(corpus.concepts, key=lambda c: c.id)}
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for i, concept in concepts.items():
        if concept.entries or concept.candidate or i in by_concept:
            labels[concept.label].append(i)
    return _Known(
        concepts=concepts,
        labels={label: tuple(ids) for label, ids in labels.items()},
        mentions={i: tuple(mentions) for i, mentions in by_concept.items()},
        at={(m.span.doc.id, m.span.start): m for mentions in by_doc.values() for m in mentions},
        documents=tuple((doc, tuple(by_doc[doc.id])) for doc in documents),
        first=_first_years(documents, concepts, by_concept),
        words=frozenset(i for i, mentions in by_concept.items() if _is_word(concepts[i], mentions)),
    )


def _first_years(
    documents: Sequence[Document], concepts: Mapping[str, Concept], mentions: Mapping[str, Sequence[Mention]]
) -> dict[str, dict[str, int]]:
    """Where all documents that say their issuer have the same, one that does not say is taken to have it too."""
    issuers = {doc.issuer for doc in documents if doc.issuer}
    sole = next(iter(issuers)) if len(issuers) == 1 else None
    first: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for i, concept in concepts.items():
        for doc in (*(m.span.doc for m in mentions.get(i, ())), *(e.doc for e in concept.entries)):
            issuer = doc.issuer or sole
            if issuer and doc.year is not None:
                first[i][issuer] = min(doc.year, first[i].get(issuer, doc.year))
    return dict(first)


def _is_word(concept: Concept, mentions: Sequence[Mention]) -> bool:
    """Whether a candidate is a plain word: short, it counts nothing, and is mostly not in quotation marks."""
    if concept.entries or len(concept.label) > 3 or parse_numeral(concept.label).readings:
        return False
    return 3 * sum(map(_is_quoted, mentions)) < len(mentions)


def _is_quoted(mention: Mention) -> bool:
    text, start, end = mention.span.doc.text, mention.span.start, mention.span.end
    return start > 0 and text[start - 1] in _OPEN and text[end : end + 1] in (*_CLOSE,)


def _link(
    name: str,
    source: str,
    target: str,
    evidence: Iterable[Span],
    changes: _Changes = ((), (), ()),
) -> Relation:
    kind, confidence = RULES[name]
    if kind in ("variant", "homonym", "co-mentioned"):
        source, target = sorted((source, target))
    places = {(span.doc.id, span.start, span.end): span for span in evidence}
    added, dropped, kept = changes
    return Relation(
        kind, source, target, tuple(places.values())[:_EVIDENCE], confidence, name, added, dropped, kept
    )


# --- what grew out of what ---------------------------------------------------------------------


def _successors(known: _Known) -> Iterator[Relation]:
    """Slogans of one issuer that share parts of their labels in order, or most of their components."""
    parts = {i: p for ids in known.labels.values() for i in ids if (p := _parts(known.concepts[i].label))}
    for (one, other), _ in _sharing(parts):
        mine, theirs = parts[one], parts[other]
        kept = _common(mine, theirs)
        if len(kept) < 2 or 2 * len(kept) < max(len(mine), len(theirs)) or mine == theirs:
            continue
        if sorted(mine) == sorted(theirs) or not (order := _earlier(known, one, other)):
            continue
        old, new = order
        changes = _changes(parts[old], parts[new])
        if changes[0] or changes[1]:
            yield _successor(known, "shared-parts", old, new, changes)
    lists = {i: c for i in known.concepts if len(c := _components(known.concepts[i].entries)) >= 3}
    for (one, other), shared in _sharing(lists):
        if 2 * shared <= max(len(lists[one]), len(lists[other])) or shared < 3:
            continue
        same = known.concepts[one].label == known.concepts[other].label
        if not same and (order := _earlier(known, one, other)):
            yield _successor(known, "shared-components", *order, ((), (), ()))


def _successor(known: _Known, name: str, old: str, new: str, changes: _Changes) -> Relation:
    before, after = (_components(known.concepts[i].entries) for i in (old, new))
    changes = _changes(before, after) if before and after else changes
    return _link(name, old, new, (*_shown(known, old), *_shown(known, new)), changes)


def _parts(label: str) -> tuple[str, ...]:
    """The parts that a label counts or lists, as it spells them; none where it is of one piece.

    >>> _parts("两山七河五湖"), _parts("承诺制+标准地"), _parts("六稳")
    (('两山', '七河', '五湖'), ('承诺制', '标准地'), ())
    """
    pieces = tuple(piece for piece in re.split("[、，,+＋]", label) if piece)
    numeral = parse_numeral(label)
    if len(pieces) == 1 and numeral.kind in ("sum", "pairs"):
        return tuple(part.text for part in numeral.parts)
    return pieces if len(pieces) >= 2 else ()


def _components(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The components that the latest definition with a list gives."""
    lists = [entry for entry in entries if entry.components]
    latest = max(lists, key=lambda e: (e.doc.year or 0, e.doc.id), default=None)
    return tuple(c.span.text for c in latest.components) if latest else ()


def _sharing(things: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, str], int]]:
    """The pairs of concepts that share at least two of their parts, and how many."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for i, pieces in sorted(things.items()):
        for piece in sorted(set(pieces)):
            if len(piece) >= 2:
                holders[piece].append(i)
    shared = Counter(pair for ids in holders.values() if len(ids) <= _CROWD for pair in combinations(ids, 2))
    return ((pair, n) for pair, n in sorted(shared.items()) if n >= 2)


def _common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The longest common subsequence of two lists."""
    best: list[list[list[str]]] = [[[] for _ in range(len(other) + 1)] for _ in range(len(one) + 1)]
    for i, mine in enumerate(one):
        for j, theirs in enumerate(other):
            best[i + 1][j + 1] = (
                [*best[i][j], mine] if mine == theirs else max(best[i][j + 1], best[i + 1][j], key=len)
            )
    return best[-1][-1]


def _changes(old: Sequence[str], new: Sequence[str]) -> _Changes:
    """What was added, dropped and kept, the kept as the newer list spells it."""
    kept = tuple(piece for piece in new if any(_alike(piece, other) for other in old))
    added = tuple(piece for piece in new if piece not in kept)
    dropped = tuple(piece for piece in old if not any(_alike(piece, other) for other in new))
    return added, dropped, kept


def _alike(one: str, other: str) -> bool:
    """Whether two components are one thing, spelled longer or shorter: 水务, 水务改革."""
    mine, theirs = (re.sub(r"[\W_]", "", text) for text in (one, other))
    return mine == theirs or (min(len(mine), len(theirs)) >= 2 and (mine in theirs or theirs in mine))


def _earlier(known: _Known, one: str, other: str) -> tuple[str, str] | None:
    """Two concepts in the order in which an issuer of both first says them; None where there is none."""
    orders = {
        known.first[one][issuer] < known.first[other][issuer]
        for issuer in known.first.get(one, {}).keys() & known.first.get(other, {}).keys()
        if known.first[one][issuer] != known.first[other][issuer]
    }
    if len(orders) != 1:
        return None
    return (one, other) if orders == {True} else (other, one)


def _shown(known: _Known, concept_id: str) -> tuple[Span, ...]:
    """The first place where a concept stands by its name, or else its definition."""
    if mentions := known.mentions.get(concept_id):
        return (mentions[0].span,)
    return tuple(entry.headword_span or entry.definition for entry in known.concepts[concept_id].entries[:1])


def _redefinitions(known: _Known) -> Iterator[Relation]:
    """Concepts whose definitions of different years list different components."""
    for concept in known.concepts.values():
        lists = sorted(
            (e for e in concept.entries if e.components and e.doc.year is not None),
            key=lambda e: (e.doc.year or 0, e.doc.id, e.definition.start),
        )
        for old, new in reversed([*pairwise(lists)]):
            changes = _changes(*([c.span.text for c in e.components] for e in (old, new)))
            if old.doc.year != new.doc.year and (changes[0] or changes[1]):
                yield _link(
                    "other-components", concept.id, concept.id, (old.definition, new.definition), changes
                )


def _bases(known: _Known) -> Iterator[Relation]:
    """Terms that are said to build on others, in their definition or in a sentence with both."""
    for concept in known.concepts.values():
        for entry in concept.entries:
            text, (start, end) = entry.doc.text, (entry.definition.start, entry.definition.end)
            for row in BASES:
                for match in row.pattern.finditer(text, start, end):
                    base = _named(known, match["base"], concept)
                    if base and base != concept.id:
                        yield _link(
                            "builds-on", concept.id, base, (_sentence(entry.doc, *match.span("base")),)
                        )
    for doc, _ in known.documents:
        for row in STEPS:
            for match in row.pattern.finditer(doc.text):
                ends = [known.at.get((doc.id, match.start(name))) for name in ("new", "base")]
                new, base = (
                    m.concept if m and m.span.end == match.end(name) else None
                    for m, name in zip(ends, ("new", "base"), strict=True)
                )
                if new and base and new != base:
                    yield _link("builds-on", new, base, (_sentence(doc, *match.span()),))


def _named(known: _Known, name: str, beside: Concept) -> str | None:
    """The concept that a definition means by a name; a bare 30条 takes the head of the term itself."""
    if ids := known.labels.get(name):
        return ids[0] if len(ids) == 1 else None
    number = re.search(r"[\d一二三四五六七八九十百]+[一-鿿]?$", beside.label)
    if number and (ids := known.labels.get(beside.label[: number.start()] + name)):
        return ids[0] if len(ids) == 1 else None
    return None


def _sentence(doc: Document, start: int, end: int) -> Span:
    """The sentence around a stretch."""
    begin = max(doc.text.rfind(c, 0, start) for c in "。；！？\n") + 1
    stops = [place for c in "。；！？\n" if (place := doc.text.find(c, end)) >= 0]
    return doc.span(begin, min(stops, default=len(doc.text)))


# --- short names -------------------------------------------------------------------------------


def _abbreviations(known: _Known) -> Iterator[Relation]:
    yield from _shared_characters(known)
    yield from _counted_heads(known)
    yield from _initials(known)
    for doc, _ in known.documents:
        for row in SHORT_NAMES:
            for match in row.pattern.finditer(doc.text):
                short, long = (known.labels.get(match[name], ()) for name in ("short", "long"))
                if len(short) == len(long) == 1 and len(match["short"]) < len(match["long"]):
                    yield _link("explained", long[0], short[0], (_sentence(doc, *match.span()),))


def _shared_characters(known: _Known) -> Iterator[Relation]:
    """双碳 for 碳达峰 and 碳中和: as many terms as it counts stand together, in the same document as the
    short name, and share its character; or the parts of one term do, before the same noun."""
    shorts = {
        i: (_COUNT[m[1]], m[2])
        for label, ids in known.labels.items()
        if (m := _SHORT_FORM.fullmatch(label))
        for i in ids
        if not known.concepts[i].entries
    }
    by_sign: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for i, sign in sorted(shorts.items()):
        by_sign[sign].append(i)
    for chain in _chains(known):
        for run in chain.lists():
            doc = run[0].span.doc
            for character in sorted(_shared_ends([m.term for m in run])):
                for short in by_sign.get((len(run), character), ()):
                    near = [m.span for m in known.mentions.get(short, ()) if m.span.doc.id == doc.id]
                    if near and short not in {m.concept for m in run}:
                        together = doc.span(run[0].span.start, run[-1].span.end)
                        for mention in run:
                            yield _link("shared-character", mention.concept, short, (together, near[0]))
    for label, ids in sorted(known.labels.items()):
        parts = _parts(label)
        if len(parts) < 2 or len(ids) != 1:
            continue
        for character in sorted(_shared_ends(parts)):
            for short in by_sign.get((len(parts), character), ()):
                if noun := _same_noun(known, short, ids[0]):
                    yield _link("shared-character", ids[0], short, noun)


def _shared_ends(terms: Sequence[str]) -> set[str]:
    """The character with which all terms begin, and the one with which all end; none of lists."""
    if any(_parts(term) for term in terms):
        return set()
    return {firsts for end in (0, -1) if len(firsts := "".join({term[end] for term in terms})) == 1}


def _same_noun(known: _Known, one: str, other: str) -> tuple[Span, ...]:
    """A mention of each of two concepts, before the same noun: “双百”方针, “百花齐放、百家争鸣”的方针."""
    nouns = {noun: m.span for m in reversed(known.mentions.get(one, ())) if (noun := _noun(m))}
    for mention in known.mentions.get(other, ()):
        if (noun := _noun(mention)) in nouns:
            return nouns[noun], mention.span
    return ()


def _noun(mention: Mention) -> str:
    """The two characters behind a quoted mention, 的 passed over; empty where it is not quoted."""
    match = re.compile(rf"[{_CLOSE}]的?([一-鿿]{{2}})").match(mention.span.doc.text, mention.span.end)
    return match[1] if match else ""


def _counted_heads(known: _Known) -> Iterator[Relation]:
    """一国两制 for 一个国家、两种制度: the same numbers, each head shortened to some of its characters."""
    by_numbers: defaultdict[tuple[int, ...], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for label, ids in sorted(known.labels.items()):
        numeral = parse_numeral(label)
        whole = "".join(part.text for part in numeral.parts) == re.sub("[、，]", "", label)
        if numeral.kind in ("sum", "pairs") and len(ids) == 1 and whole:
            heads = tuple(part.head for part in numeral.parts)
            by_numbers[(*(part.n for part in numeral.parts), -len(heads))].append((ids[0], heads))
    for group in by_numbers.values():
        initials: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for i, heads in group:
            initials["".join(head[:1] for head in heads)].append((i, heads))
        for alike in initials.values():
            for (one, mine), (other, theirs) in combinations(alike, 2) if len(alike) <= _CROWD else ():
                long, short = (one, other) if len("".join(mine)) > len("".join(theirs)) else (other, one)
                full, brief = (mine, theirs) if long == one else (theirs, mine)
                shorter = all(
                    _subsequence(b, f) and (len(b) < len(f)) for b, f in zip(brief, full, strict=True)
                )
                if shorter and _issuers(known, long, short):
                    yield _link("counted-heads", long, short, (*_shown(known, long), *_shown(known, short)))


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def _initials(known: _Known) -> Iterator[Relation]:
    """千万工程 for “千村示范、万村整治”工程: the first characters of the parts, and the noun behind."""
    for label, ids in sorted(known.labels.items()):
        parts = tuple(piece for piece in re.split("[、，]", label) if piece)
        if len(parts) < 2 or len(ids) != 1:
            continue
        start = "".join(part[0] for part in parts)
        for mention in known.mentions.get(ids[0], ()):
            noun = _noun(mention)
            short = known.labels.get(start + noun, ()) if noun else ()
            if (
                len(short) == 1
                and _issuers(known, ids[0], short[0])
                and not _together(known, ids[0], short[0])
            ):
                yield _link("initials", ids[0], short[0], (mention.span, *_shown(known, short[0])))
                break


# --- two names of one thing --------------------------------------------------------------------


def _variants(known: _Known) -> Iterator[Relation]:
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    orders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for label, ids in sorted(known.labels.items()):
        if len(ids) == 1:
            spellings[re.sub(r"[\s、，,·—–-]", "", unicodedata.normalize("NFKC", label))].append(ids[0])
            pieces = re.split("[、，]", label)
            if len(pieces) >= 2 and min(len(piece) for piece in pieces) >= 2:
                orders[tuple(sorted(pieces))].append(ids[0])
    for name, groups in (("spelling", spellings.values()), ("order", orders.values())):
        for group in groups:
            for one, other in pairwise(group):
                yield _link(name, one, other, (*_shown(known, one), *_shown(known, other)))
    yield from _tails(known)
    yield from _one_character(known)


def _tails(known: _Known) -> Iterator[Relation]:
    """菜篮子 and 菜篮子工程, where a text says “菜篮子”工程 too, or where 工程, 改革 … is all that differs and
    both stand in the same words. A counted name before such a noun can be anyone's: 双百工程."""
    for label, ids in sorted(known.labels.items()):
        for cut in range(2, len(label)):
            short, tail = known.labels.get(label[:cut], ()), label[cut:]
            if len(ids) != 1 or len(short) != 1 or len(tail) > 6 or short[0] in known.words:
                continue
            concept, generic = known.concepts[short[0]], _GENERIC_TAIL.fullmatch(tail)
            ours, counted = _issuers(known, *short, *ids), parse_numeral(concept.label).readings
            if concept.entries:
                places = _shown(known, concept.id) if label in concept.hidden_labels else ()
            elif ours or not (generic and counted):
                places = _said_with(known, concept.id, tail)
            else:
                places = ()
            if places:
                yield _link("tail", short[0], ids[0], (*places, *_shown(known, ids[0])))
            elif generic and ours and not concept.entries:
                long = cut >= _LONG_LABEL and not _together(known, *short, *ids)
                near = _near_words(known, *short, *ids) if cut >= 3 or counted else ()
                if near or long:
                    both = (*_shown(known, *short), *_shown(known, *ids))
                    yield _link("generic-tail", short[0], ids[0], near or both)


def _said_with(known: _Known, concept_id: str, tail: str) -> tuple[Span, ...]:
    """The first place where a tail stands behind the closing quotation mark of a concept's name."""
    for mention in known.mentions.get(concept_id, ()):
        doc, start, end = mention.span.doc, mention.span.start, mention.span.end
        if _is_quoted(mention) and doc.text.startswith(tail, end + 1):
            return (doc.span(start - 1, end + 1 + len(tail)),)
    return ()


def _near_words(known: _Known, one: str, other: str) -> tuple[Span, ...]:
    """A mention of each with four characters in common in the words around."""
    around: dict[str, Span] = {}
    for mention in known.mentions.get(one, ()):
        for words in _around(mention):
            around.setdefault(words, mention.span)
    for mention in known.mentions.get(other, ()):
        if words := next((words for words in _around(mention) if words in around), ""):
            return around[words], mention.span
    return ()


def _around(mention: Mention) -> Iterator[str]:
    """The runs of four hanzi in the words before and behind a mention, in its paragraph."""
    text, span = mention.span.doc.text, mention.span
    before = text[max(0, span.start - _WINDOW) : span.start].rpartition("\n")[2]
    behind = text[span.end : span.end + _WINDOW].partition("\n")[0]
    for stretch in (before, behind):
        for run in re.findall("[一-鿿]{4,}", stretch):
            yield from (run[i : i + 4] for i in range(len(run) - 3))


def _issuers(known: _Known, one: str, other: str) -> set[str]:
    """Who uses both names."""
    return set(known.first.get(one, {}).keys() & known.first.get(other, {}).keys())


def _together(known: _Known, one: str, other: str) -> bool:
    """Whether a document uses both names."""
    docs = [{m.span.doc.id for m in known.mentions.get(i, ())} for i in (one, other)]
    return bool(docs[0] & docs[1])


def _one_character(known: _Known) -> Iterator[Relation]:
    """一老一幼 and 一老一小: one character differs, no third label has the frame, an issuer uses both, never
    in one document, and the same noun stands behind them."""
    frames: defaultdict[str, list[str]] = defaultdict(list)
    for label in sorted(known.labels):
        if 4 <= len(label) <= 12:
            for i in range(len(label)):
                frames[f"{label[:i]}*{label[i + 1 :]}"].append(label)
    for frame, labels in sorted(frames.items()):
        if len(labels) != 2 or any(len(known.labels[label]) != 1 for label in labels):
            continue
        place = frame.index("*")
        if any(_NUMERAL_CHARACTER.match(label[place]) for label in labels):
            continue
        one, other = (known.labels[label][0] for label in labels)
        if (
            _issuers(known, one, other)
            and not _together(known, one, other)
            and (places := _same_context(known, one, other))
        ):
            yield _link("one-character", one, other, places)


def _same_context(known: _Known, one: str, other: str) -> tuple[Span, ...]:
    """A mention of each with the same four characters behind it."""
    behind = {text: m.span for m in reversed(known.mentions.get(one, ())) if (text := _behind(m))}
    for mention in known.mentions.get(other, ()):
        if (text := _behind(mention)) in behind:
            return behind[text], mention.span
    return ()


def _behind(mention: Mention) -> str:
    match = re.compile(rf"[{_CLOSE}]?([一-鿿]{{4}})").match(mention.span.doc.text, mention.span.end)
    return match[1] if match else ""


# --- wholes, parts and namesakes ---------------------------------------------------------------


def _homonyms(known: _Known) -> Iterator[Relation]:
    for ids in known.labels.values():
        for one, other in combinations(ids, 2):
            if _compared(known, one, other) is not True:
                yield _link("same-label", one, other, (*_shown(known, one), *_shown(known, other)))


def _compared(known: _Known, one: str, other: str) -> bool | None:
    """Whether two concepts list the same components, in these words or similar ones; None where one lists none."""
    mine, theirs = (_components(known.concepts[i].entries) for i in (one, other))
    if not mine or not theirs:
        return None
    akin = sum(any(_akin(piece, other) for other in theirs) for piece in mine)
    return 2 * akin >= min(len(mine), len(theirs))


def _akin(one: str, other: str) -> bool:
    """Whether two components have most of the shorter one in common: 集体经营性建设用地入市, …管理制度."""
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= 2 and 2 * match.size >= min(len(one), len(other))


def _wholes(known: _Known) -> Iterator[Relation]:
    for concept in known.concepts.values():
        for entry in concept.entries:
            for component in entry.components:
                yield from _component(known, concept, component.span)
        if concept.id in known.labels.get(concept.label, ()):
            for part in _parts(concept.label):
                for other in known.labels.get(part, ()):
                    if other != concept.id and len(part) >= 2:
                        yield from _label_part(known, concept, known.concepts[other])


def _component(known: _Known, whole: Concept, span: Span) -> Iterator[Relation]:
    """A component that is a concept by itself, defined or used elsewhere, or that puts one into action."""
    texts = [("component", span.text)]
    if ENACTED.pattern.fullmatch(span.text):
        texts += [
            ("quoted-component", run)
            for run in re.findall(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}]+)[{_CLOSE}]", span.text)
        ]
    for name, text in texts:
        ids = known.labels.get(text, ())
        if len(ids) != 1 or ids[0] == whole.id:
            continue
        part = known.concepts[ids[0]]
        own = [entry.definition for entry in part.entries]
        used = [
            m.span
            for m in known.mentions.get(part.id, ())
            if not any(m.span in e.definition for e in whole.entries)
        ]
        if own or used:
            yield _link(name, part.id, whole.id, (span, *(own or used)[:1]))


def _label_part(known: _Known, whole: Concept, part: Concept) -> Iterator[Relation]:
    """A numbered or listed part of a label that is the label of another concept: its part, or a namesake."""
    groups = {
        c.group: [x.span.text for x in e.components if x.group == c.group]
        for e in whole.entries
        for c in e.components
        if c.group
    }
    meant, listed = groups.get(part.label, []), _components(part.entries)
    here = next((e.definition for e in whole.entries if part.label in e.definition.text), None)
    evidence = (*((here,) if here else _shown(known, whole.id)), *_shown(known, part.id))
    issuers = _issuers(known, whole.id, part.id)
    before = any(known.first[part.id][i] <= known.first[whole.id][i] for i in issuers)
    slogan = len(part.label) >= 3 and not parse_numeral(part.label).readings and part.id not in known.words
    if meant and listed:
        same = bool(_changes(meant, listed)[2])
        yield _link("label-part" if same else "group-label", part.id, whole.id, evidence)
    elif meant and not part.entries:
        nouns = [{_noun(m) for m in known.mentions.get(i, ())} - {""} for i in (part.id, whole.id)]
        nouns[1] |= {name[len(whole.label) + 2 :][:2] for name in whole.alt_labels if name.startswith("“")}
        if nouns[0] & nouns[1]:
            yield _link("label-part", part.id, whole.id, evidence)
        elif nouns[0]:
            yield _link("group-label", part.id, whole.id, evidence)
    elif before and (listed or slogan) and not meant:
        yield _link("label-part", part.id, whole.id, evidence)


# --- what is said together ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chain:
    """Terms of one sentence that follow each other closely; `gaps` are the rows between them."""

    mentions: tuple[Mention, ...]
    gaps: tuple[str, ...]

    def lists(self) -> Iterator[tuple[Mention, ...]]:
        """Its stretches that are plain lists, of two terms and more."""
        begin = 0
        for i in range(1, len(self.mentions) + 1):
            if i == len(self.mentions) or self.gaps[i - 1] == "phrase":
                if i - begin >= 2:
                    yield self.mentions[begin:i]
                begin = i


def _chains(known: _Known) -> Iterator[_Chain]:
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
                    yield _Chain(tuple(chain), tuple(gaps))
                chain, gaps = [mention], []
            else:
                chain.append(mention)
                gaps.append(gap)
        if len(chain) >= 2:
            yield _Chain(tuple(chain), tuple(gaps))


def _gap(known: _Known, left: Mention, right: Mention) -> str | None:
    text = left.span.doc.text
    for row in GAPS:
        if row.pattern.fullmatch(text, left.span.end, right.span.start):
            return row.name
    bare = _BARE_GAP.fullmatch(text, left.span.end, right.span.start)
    return "bare" if bare and all(known.concepts[m.concept].entries for m in (left, right)) else None


def _co_mentions(known: _Known) -> Iterator[Relation]:
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
    once: dict[tuple[str, str], str] = {}
    for chain in _chains(known):
        near = len(chain.mentions) if len(chain.mentions) <= _PAIRS_IN_LIST else 1
        for i, j in combinations(range(len(chain.mentions)), 2):
            left, right = chain.mentions[i], chain.mentions[j]
            place = left.span.doc.span(left.span.start, right.span.end)
            own = any(place in definition for definition in lists[left.term] & lists[right.term])
            if left.concept == right.concept or j - i > near or own:
                continue
            pair = _pair(left, right)
            seen[pair].append(place)
            if j == i + 1 and chain.gaps[i] != "phrase":
                listed.add(pair)
            if j == i + 1 and _parallel(left.term, right.term, chain.gaps[i] != "phrase"):
                once[pair] = "parallel"
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
            yield _link("repeated", one, other, places)
        elif (one, other) in once and not {one, other} & known.words:
            yield _link(once[one, other], one, other, places)


def _counts(known: _Known, concept_id: str) -> bool:
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
    return re.sub("[^N个大项]", "·", re.sub(r"[一二两三四五六七八九十双\d]", "N", label))


_SEARCHES: tuple[Callable[[_Known], Iterator[Relation]], ...] = (
    _successors,
    _redefinitions,
    _bases,
    _abbreviations,
    _variants,
    _homonyms,
    _wholes,
    _co_mentions,
)
