"""Short names and their long ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, product

from kg.cuts import Piece
from kg.enumerations import find_enumerations
from kg.fullnames import full_names
from kg.model import Document, Relation, Span
from kg.numerals import parse_numeral
from kg.relations.comentions import find_chains
from kg.relations.grounds import (
    CROWD,
    Known,
    Phrase,
    common_issuers,
    find_phrases,
    in_one_document,
    link,
    noun_behind,
    quoted,
    sentence_around,
    shown,
)
from kg.relations.parts import label_parts
from kg.rules import OPEN, rule
from kg.words import is_whole

_SHORT, _LONG = (quoted(name) for name in ("short", "long"))

#: A sentence that gives a short name and its long one.
SHORT_NAMES = (
    rule(
        "called-for-short",
        rf"{_LONG}[^，。；：（）{OPEN}]{{0,8}}[（(，](?:以下|下文)?(?:简称|统称)(?:为|：)?{_SHORT}",
        "“千村示范、万村整治”工程（以下简称“千万工程”）",
    ),
    rule(
        "is-short-for",
        rf"{_SHORT}[^，。；{OPEN}]{{0,6}}?[：是为]{_LONG}[^，。；：{OPEN}]{{0,8}}?的简称",
        "“千万工程”：“千村示范、万村整治”工程的简称",
    ),
    rule("that-is", rf"{_SHORT}[，（](?:即|也就是){_LONG}", "“一国两制”，即“一个国家、两种制度”"),
)

_HANZI = re.compile("[一-鿿]+")
_SHORT_FORM = re.compile("([双二两三四五六七八九十])([一-鿿])")
_SHORT_NAME, _ITEM = 8, 6  #: characters of a contracted name, and of an item of its list
_COUNT = {"双": 2} | {c: i for i, c in enumerate("二三四五六七八九十", 2)} | {"两": 2}


def find_abbreviations(known: Known) -> Iterator[Relation]:
    """Short forms by a shared character, by counted heads, by initials, and where a sentence says so."""
    yield from _shared_characters(known)
    yield from _counted_heads(known)
    yield from _initials(known)
    yield from _other_names(known)
    yield from _characters(known)
    for doc, _ in known.documents:
        hints = known.hints.get(doc.id)
        for words, short_name, long_name in hints.short_names if hints else find_short_names(doc):
            short, long = (known.labels.get(name.text, ()) for name in (short_name, long_name))
            if len(short) == len(long) == 1 and len(short_name.text) < len(long_name.text):
                yield link("explained", long[0], short[0], (sentence_around(doc, words.start, words.end),))


def find_short_names(doc: Document) -> tuple[Phrase, ...]:
    """Where a document gives a short name and its long one."""
    return find_phrases(doc, SHORT_NAMES, "short", "long")


def _shared_characters(known: Known) -> Iterator[Relation]:
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
    for chain in find_chains(known):
        for run in chain.lists():
            doc = run[0].span.doc
            for character in sorted(_shared_ends([m.term for m in run])):
                for short in by_sign.get((len(run), character), ()):
                    near = [m.span for m in known.mentions.get(short, ()) if m.span.doc.id == doc.id]
                    if near and short not in {m.concept for m in run}:
                        together = doc.span(run[0].span.start, run[-1].span.end)
                        for mention in run:
                            yield link("shared-character", mention.concept, short, (together, near[0]))
    for label, ids in sorted(known.labels.items()):
        parts = label_parts(label)
        if len(parts) < 2 or len(ids) != 1:
            continue
        for character in sorted(_shared_ends(parts)):
            for short in by_sign.get((len(parts), character), ()):
                if noun := _same_noun(known, short, ids[0]):
                    yield link("shared-character", ids[0], short, noun)


def _shared_ends(terms: Sequence[str]) -> set[str]:
    """The character with which all terms begin, and the one with which all end; none of lists.

    Of two words each, the one with which all second words begin as well: 大众创业, 万众创新.
    """
    if any(label_parts(term) for term in terms):
        return set()
    places = (0, -1, 2) if all(len(term) == 4 for term in terms) else (0, -1)
    return {firsts for place in places if len(firsts := "".join({term[place] for term in terms})) == 1}


def _same_noun(known: Known, one: str, other: str) -> tuple[Span, ...]:
    """A mention of each of two concepts, before the same noun: “双百”方针, “百花齐放、百家争鸣”的方针."""
    nouns = {noun: m.span for m in reversed(known.mentions.get(one, ())) if (noun := noun_behind(m))}
    for mention in known.mentions.get(other, ()):
        if (noun := noun_behind(mention)) in nouns:
            return nouns[noun], mention.span
    return ()


def _counted_heads(known: Known) -> Iterator[Relation]:
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
            for (one, mine), (other, theirs) in combinations(alike, 2) if len(alike) <= CROWD else ():
                long, short = (one, other) if len("".join(mine)) > len("".join(theirs)) else (other, one)
                full, brief = (mine, theirs) if long == one else (theirs, mine)
                shorter = all(
                    _subsequence(b, f) and (len(b) < len(f)) for b, f in zip(brief, full, strict=True)
                )
                if shorter and common_issuers(known, long, short):
                    yield link("counted-heads", long, short, (*shown(known, long), *shown(known, short)))


def _other_names(known: Known) -> Iterator[Relation]:
    """RCEP, whose definition begins with its full name; 四水四定, whose list repeats both of its characters."""
    for concept in known.concepts.values():
        for entry in concept.entries:
            for name in full_names(entry):
                short = concept.id if name.short == concept.label else name.short
                if short in known.concepts and name.span.text not in known.labels:
                    where = sentence_around(entry.doc, name.span.start, name.span.end)
                    evidence = (where, *shown(known, short))
                    yield link("full-name", short, short, evidence, long_form=name.span.text)
        parts, numeral = concept.parts, parse_numeral(concept.label)
        heads = [part.head for part in numeral.parts]
        if (
            len(heads) > 1 < len(parts)
            and all(part.n == len(parts) for part in numeral.parts)
            and all(head in part.span.text for head in heads for part in parts)
        ):
            whole = parts[0].span.doc.span(parts[0].span.start, parts[-1].span.end)
            evidence = (whole, *shown(known, concept.id))
            yield link("spelled-out", concept.id, concept.id, evidence, long_form=whole.text)


def _characters(known: Known) -> Iterator[Relation]:
    """放管服 for 简政放权、放管结合、优化服务, 智改数转 for 智能化改造、数字化转型: of every item of a list in the same
    document as many characters, in their order; of two, the first one begins the item."""
    found: dict[str, Span] = {}
    for doc, mentions in known.documents:
        labels = {}
        for i in {mention.concept for mention in mentions} - found.keys():
            label = known.concepts[i].label
            if known.labels.get(label) == (i,) and can_be_contracted(label):
                labels[label] = i
        hints = known.hints.get(doc.id)
        told = hints.contractions if hints else {}
        more = find_contractions(doc, labels.keys() - told.keys())
        for label, i in labels.items():
            if span := told.get(label) or more.get(label):
                found[i] = span
    for i, span in sorted(found.items()):
        if span.text not in known.labels:
            yield link("characters", i, i, (span, *shown(known, i)), long_form=span.text)


def can_be_contracted(label: str) -> bool:
    """Whether a label can be made of characters of the items of a list: it is short, of hanzi, and counts nothing."""
    short = 3 <= len(label) <= _SHORT_NAME and _HANZI.fullmatch(label) is not None
    return short and not parse_numeral(label).readings


def find_contractions(doc: Document, labels: Iterable[str]) -> dict[str, Span | None]:
    """For each label the first list in a document of which it is made; None where there is none.

    >>> doc = Document("d", "“放管服”改革：简政放权、放管结合、优化服务。")
    >>> [(label, span.text) for label, span in find_contractions(doc, ["放管服"]).items()]
    [('放管服', '简政放权、放管结合、优化服务')]
    """
    found: dict[str, Span | None] = dict.fromkeys(sorted(labels))
    by_end: defaultdict[str, list[str]] = defaultdict(list)
    for label in found:
        by_end[label[-1]].append(label)

    made_of = {end: [frozenset(label) for label in ending] for end, ending in by_end.items()}

    def has_one(sentence: str) -> bool:
        here = frozenset(sentence)
        return any(label <= here for end in here & made_of.keys() for label in made_of[end])

    for enumeration in find_enumerations(doc, has_one) if found else ():
        if not 2 <= len(enumeration.items) <= 4:
            continue
        last = doc.text[slice(*enumeration.items[-1])]
        for label in (label for c in set(last[:_ITEM]) & by_end.keys() for label in by_end[c]):
            if found[label] is None:
                found[label] = _contracted(label, doc, enumeration.items)
    for label in [label for label, span in found.items() if span is None and len(label) == 4]:
        found[label] = _run_together(label, doc)
    return found


@cache
def _apart(label: str) -> re.Pattern[str]:
    """Where a text has the four characters of a label in their order, with one or two others between them."""
    one, two, three, four = tuple(label)
    return re.compile(f"{one}(?=..?{two}.{three}..?{four}.)")


def _run_together(label: str, doc: Document) -> Span | None:
    """Two things with nothing between them, of each of which a label has two characters: 智能化改造数字化转型."""
    text, (_, two, three, four) = doc.text, tuple(label)
    starts = [match.start() for match in _apart(label).finditer(text)]
    for first, second in product((1, 2), repeat=2):
        places = (first + 1, first + 3, first + second + 4)
        for start in (start for start in starts if start + places[-1] + 2 <= len(text)):
            if all(text[start + p] == c for p, c in zip(places, (two, three, four), strict=True)):
                end = start + places[-1] + 2
                if _HANZI.fullmatch(text, start, end) and is_whole(text, start, end):
                    return doc.span(start, end)
    return None


def _contracted(label: str, doc: Document, items: Sequence[Piece]) -> Span | None:
    """The stretch of a list of which a label has the characters; the items around it are cut to one length."""
    size, rest = divmod(len(label), len(items))
    if rest or size > 2 or (size == 1 and len(items) < 3):
        return None
    blocks = [label[n * size : (n + 1) * size] for n in range(len(items))]
    lengths = {end - start for start, end in items[1:-1]} or range(3, _ITEM + 1)
    for length in sorted(lengths):
        start, end = items[0][1] - length, items[-1][0] + length
        if not 2 < length <= _ITEM or start < items[0][0] or end > items[-1][1]:
            continue
        texts = [doc.text[max(a, start) : min(b, end)] for a, b in items]
        if not all(map(_HANZI.fullmatch, texts)) or label in texts:
            continue
        begins = size == 1 or all(text[0] == block[0] for text, block in zip(texts, blocks, strict=True))
        shortened = begins and all(_subsequence(b, text) for b, text in zip(blocks, texts, strict=True))
        if shortened and is_whole(doc.text, start, end):
            return doc.span(start, end)
    return None


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


def _initials(known: Known) -> Iterator[Relation]:
    """千万工程 for “千村示范、万村整治”工程: the first characters of the parts, and the noun behind."""
    for label, ids in sorted(known.labels.items()):
        parts = tuple(piece for piece in re.split("[、，]", label) if piece)
        if len(parts) < 2 or len(ids) != 1:
            continue
        start = "".join(part[0] for part in parts)
        for mention in known.mentions.get(ids[0], ()):
            noun = noun_behind(mention)
            short = known.labels.get(start + noun, ()) if noun else ()
            if (
                len(short) == 1
                and common_issuers(known, ids[0], short[0])
                and not in_one_document(known, ids[0], short[0])
            ):
                yield link("initials", ids[0], short[0], (mention.span, *shown(known, short[0])))
                break
