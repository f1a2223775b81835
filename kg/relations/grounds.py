"""What a link rests on: who says a term where and when, the words that bear the link out, and how far a rule is trusted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from kg.model import Concept, Corpus, Document, Kind, Mention, Relation, Span
from kg.numerals import parse_numeral
from kg.rules import CLOSE, OPEN, Rule, in_quotes

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
    "full-name": ("abbreviation", 0.8),  # 3 of 3
    "spelled-out": ("abbreviation", 0.67),  # 1 of 1
    "characters": ("abbreviation", 0.75),  # 2 of 2
    "spelling": ("variant", 0.92),  # 10 of 10
    "order": ("variant", 0.8),  # 3 of 3
    "tail": ("variant", 0.94),  # 15 of 15
    "generic-tail": ("variant", 0.75),  # 2 of 2
    "one-character": ("variant", 0.67),  # 1 of 1
    "same-label": ("homonym", 0.5),  # none yet
    "group-label": ("homonym", 0.8),  # 3 of 3
    "same-number": ("homonym", 0.75),  # 2 of 2
    "noun-tells": ("homonym", 0.67),  # 1 of 1
    "component": ("part", 0.92),  # 11 of 11
    "quoted-component": ("part", 0.8),  # 3 of 3
    "label-part": ("part", 0.88),  # 22 of 24
    "plus-part": ("part", 0.8),  # 3 of 3
    "named-component": ("part", 0.9),  # 8 of 8
    "counted-within": ("part", 0.67),  # 1 of 1
    "branch": ("part", 0.67),  # 1 of 1
    "repeated": ("co-mentioned", 0.97),  # 111 of 113
    "parallel": ("co-mentioned", 0.96),  # 90 of 93
    "list": ("co-mentioned", 0.94),  # 47 of 49
    "clauses": ("co-mentioned", 0.85),  # 22 of 25
    "nouns": ("co-mentioned", 0.95),  # 18 of 18
    "kin": ("co-mentioned", 0.75),  # 2 of 2
    "adjacent": (
        "co-mentioned",
        0.55,
    ),  # 5 of 9; the other four are said side by side, too, but not as a pair
}

#: Types of links that run both ways, from the smaller id to the greater.
MUTUAL = ("variant", "homonym", "co-mentioned")

#: Nouns that stand behind anything.
GENERIC_TAIL = re.compile("(?:改革|工程|行动|计划|工作|制度|机制|政策|活动|项目|战略|体系|模式)")
_EVIDENCE = 5  #: places that are kept of a link that is seen more often
CROWD = 40  #: a part or component of more labels than this tells nothing
Changes = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  #: added, dropped, kept
Phrase = tuple[Span, Span, Span]  #: words that name two terms, and the one and the other as they say it


@dataclass(frozen=True, slots=True)
class Hints:
    """What the text of one document tells of links, whatever else the corpus knows of its terms."""

    contractions: Mapping[
        str, Span | None
    ]  #: names that could be made of a list, and the list of which one is
    short_names: tuple[Phrase, ...]  #: a short name and its long one
    steps: tuple[Phrase, ...]  #: what is new and what it builds on


def find_phrases(doc: Document, rows: Iterable[Rule], one: str, other: str) -> tuple[Phrase, ...]:
    """Where a document says what rows look for, whose groups `one` and `other` are terms."""
    return tuple(
        (doc.span(*match.span()), doc.span(*match.span(one)), doc.span(*match.span(other)))
        for row in rows
        for match in row.pattern.finditer(doc.text)
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A corpus, ready to be looked things up in."""

    concepts: Mapping[str, Concept]
    labels: Mapping[str, tuple[str, ...]]  #: a label that is defined or used → its concepts
    mentions: Mapping[str, tuple[Mention, ...]]  #: of a concept, the earliest first
    named: Mapping[str, tuple[Mention, ...]]  #: where a component stands by itself, the earliest first
    documents: tuple[tuple[Document, tuple[Mention, ...]], ...]  #: the earliest first, with what they mention
    first: Mapping[str, Mapping[str, int]]  #: of a concept, each issuer's first year
    words: frozenset[str]  #: concepts that are plain words, in quotation marks now and then: 自由, 丰收
    hints: Mapping[str, Hints]  #: by the ids of documents, of those that were read for them


def know(corpus: Corpus, hints: Mapping[str, Hints] | None = None) -> Known:
    """The corpus with its indexes, documents and mentions in the order of their years."""
    documents = sorted(
        corpus.documents, key=lambda d: (d.year or 9999, d.kind is Kind.ABRIDGEMENT, d.id)
    )  # a digest repeats its report, which is the better witness
    said: dict[str, list[Mention]] = {doc.id: [] for doc in documents}
    for mention in corpus.mentions:
        said[mention.span.doc.id].append(mention)
    by_concept: defaultdict[str, list[Mention]] = defaultdict(list)
    by_doc: defaultdict[str, list[Mention]] = defaultdict(list)
    named: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in (m for doc in documents for m in sorted(said[doc.id], key=attrgetter("span.start"))):
        if mention.kind in ("core", "shared-head"):  # 民营经济发展“30条”“23条” says two names
            by_concept[mention.concept].append(mention)
            by_doc[mention.span.doc.id].append(mention)
        elif mention.kind == "component":
            named[mention.concept].append(mention)
    concepts = {concept.id: concept for concept in sorted(corpus.concepts, key=lambda c: c.id)}
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for i, concept in concepts.items():
        if concept.entries or concept.candidate or i in by_concept:
            labels[concept.label].append(i)
    return Known(
        concepts=concepts,
        labels={label: tuple(ids) for label, ids in labels.items()},
        mentions={i: tuple(mentions) for i, mentions in by_concept.items()},
        named={i: tuple(mentions) for i, mentions in named.items()},
        documents=tuple((doc, tuple(by_doc[doc.id])) for doc in documents),
        first=_first_years(documents, concepts, by_concept),
        words=_words(concepts, by_concept, chain.from_iterable(by_doc.values())),
        hints=hints or {},
    )


def _first_years(
    documents: Sequence[Document], concepts: Mapping[str, Concept], mentions: Mapping[str, Sequence[Mention]]
) -> dict[str, dict[str, int]]:
    """Where all documents that say their issuer have the same, one that does not say is taken to have it too."""
    issuers = {doc.issuer for doc in documents if doc.issuer}
    sole = next(iter(issuers)) if len(issuers) == 1 else None
    first: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for i, concept in concepts.items():
        docs = {m.span.doc.id: m.span.doc for m in mentions.get(i, ())}
        for doc in (*docs.values(), *(e.doc for e in concept.entries)):
            issuer = doc.issuer or sole
            if issuer and doc.year is not None:
                first[i][issuer] = min(doc.year, first[i].get(issuer, doc.year))
    return dict(first)


def _words(
    concepts: Mapping[str, Concept],
    by_concept: Mapping[str, Sequence[Mention]],
    by_document: Iterable[Mention],
) -> frozenset[str]:
    """The candidates that are plain words: short, they count nothing, and are mostly not in quotation marks."""
    short = {
        i
        for i in by_concept
        if not concepts[i].entries
        and len(concepts[i].label) <= 3
        and not parse_numeral(concepts[i].label).readings
    }
    # document by document: a text is read from its file when it is asked for
    marked = Counter(m.concept for m in by_document if m.concept in short and is_quoted(m))
    return frozenset(i for i in short if 3 * marked[i] < len(by_concept[i]))


def quoted(name: str) -> str:
    """A pattern for a short term in quotation marks, as the group `name`.

    >>> re.search(quoted("term"), "做好“六稳”工作")["term"]
    '六稳'
    """
    return rf"[{OPEN}](?P<{name}>[^{OPEN}{CLOSE}\n]{{2,20}})[{CLOSE}]"


def is_quoted(mention: Mention) -> bool:
    """Whether a mention stands in quotation marks that hold nothing else."""
    return in_quotes(mention.span.doc.text, mention.span.start, mention.span.end)


def shown(known: Known, concept_id: str) -> tuple[Span, ...]:
    """The first place where a concept stands by its name, or else its definition."""
    if mentions := known.mentions.get(concept_id):
        return (mentions[0].span,)
    return tuple(entry.headword_span or entry.definition for entry in known.concepts[concept_id].entries[:1])


def common_issuers(known: Known, one: str, other: str) -> set[str]:
    """Who uses both names."""
    return set(known.first.get(one, {}).keys() & known.first.get(other, {}).keys())


def in_one_document(known: Known, one: str, other: str) -> bool:
    """Whether a document uses both names."""
    docs = [{m.span.doc.id for m in known.mentions.get(i, ())} for i in (one, other)]
    return bool(docs[0] & docs[1])


def sentence_around(doc: Document, start: int, end: int) -> Span:
    """The sentence around a stretch."""
    begin = max(doc.text.rfind(c, 0, start) for c in "。；！？\n") + 1
    stops = [place for c in "。；！？\n" if (place := doc.text.find(c, end)) >= 0]
    return doc.span(begin, min(stops, default=len(doc.text)))


def noun_behind(mention: Mention) -> str:
    """The two characters behind a quoted mention, 的 passed over; empty where it is not quoted."""
    match = re.compile(rf"[{CLOSE}]的?([一-鿿]{{2}})").match(mention.span.doc.text, mention.span.end)
    return match[1] if match else ""


def link(
    name: str,
    source: str,
    target: str,
    evidence: Iterable[Span],
    changes: Changes = ((), (), ()),
    long_form: str | None = None,
) -> Relation:
    """The link that the rule `name` of `RULES` finds; a mutual one runs in the order of the ids."""
    kind, confidence = RULES[name]
    if kind in MUTUAL:
        source, target = sorted((source, target))
    places = {(span.doc.id, span.start, span.end): span for span in evidence}
    added, dropped, kept = changes
    return Relation(
        type=kind,
        source=source,
        target=target,
        evidence=tuple(places.values())[:_EVIDENCE],
        confidence=confidence,
        rule=name,
        added=added,
        dropped=dropped,
        kept=kept,
        long_form=long_form,
    )
