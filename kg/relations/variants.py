"""Two names of one thing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Mention, Relation, Span
from kg.numerals import parse_numeral
from kg.relations.grounds import GENERIC_TAIL, Known, common_issuers, in_one_document, is_quoted, link, shown
from kg.rules import CLOSE, DIGITS

_NUMERAL_CHARACTER = re.compile(rf"[{DIGITS}百千万零双多单初\d第]")
_LONG_LABEL = 5  #: characters from which a label is the same wherever it stands
_WINDOW = 30  #: characters on each side in which two names must have words in common


def find_variants(known: Known) -> Iterator[Relation]:
    """Names that differ in spelling, in the order of their parts, in a tail, or in one character."""
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
                yield link(name, one, other, (*shown(known, one), *shown(known, other)))
    yield from _tails(known)
    yield from _one_character(known)


def _tails(known: Known) -> Iterator[Relation]:
    """菜篮子 and 菜篮子工程, where a text says “菜篮子”工程 too, or where 工程, 改革 … is all that differs and
    both stand in the same words. A counted name before such a noun can be anyone's: 双百工程."""
    for label, ids in sorted(known.labels.items()):
        for cut in range(2, len(label)):
            short, tail = known.labels.get(label[:cut], ()), label[cut:]
            if len(ids) != 1 or len(short) != 1 or len(tail) > 6 or short[0] in known.words:
                continue
            concept, generic = known.concepts[short[0]], GENERIC_TAIL.fullmatch(tail)
            ours, counted = common_issuers(known, *short, *ids), parse_numeral(concept.label).readings
            if concept.entries:
                places = shown(known, concept.id) if label in concept.hidden_labels else ()
            elif ours or not (generic and counted):
                places = _said_with(known, concept.id, tail)
            else:
                places = ()
            if places:
                yield link("tail", short[0], ids[0], (*places, *shown(known, ids[0])))
            elif generic and ours and not concept.entries:
                long = cut >= _LONG_LABEL and not in_one_document(known, *short, *ids)
                near = _near_words(known, *short, *ids) if cut >= 3 or counted else ()
                if near or long:
                    both = (*shown(known, *short), *shown(known, *ids))
                    yield link("generic-tail", short[0], ids[0], near or both)


def _said_with(known: Known, concept_id: str, tail: str) -> tuple[Span, ...]:
    """The first place where a tail stands behind the closing quotation mark of a concept's name."""
    for mention in known.mentions.get(concept_id, ()):
        doc, start, end = mention.span.doc, mention.span.start, mention.span.end
        if is_quoted(mention) and doc.text.startswith(tail, end + 1):
            return (doc.span(start - 1, end + 1 + len(tail)),)
    return ()


def _near_words(known: Known, one: str, other: str) -> tuple[Span, ...]:
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


def _one_character(known: Known) -> Iterator[Relation]:
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
            common_issuers(known, one, other)
            and not in_one_document(known, one, other)
            and (places := _same_context(known, one, other))
        ):
            yield link("one-character", one, other, places)


def _same_context(known: Known, one: str, other: str) -> tuple[Span, ...]:
    """A mention of each with the same four characters behind it."""
    behind = {text: m.span for m in reversed(known.mentions.get(one, ())) if (text := _behind(m))}
    for mention in known.mentions.get(other, ()):
        if (text := _behind(mention)) in behind:
            return behind[text], mention.span
    return ()


def _behind(mention: Mention) -> str:
    match = re.compile(rf"[{CLOSE}]?([一-鿿]{{4}})").match(mention.span.doc.text, mention.span.end)
    return match[1] if match else ""
