"""Concepts + the ledger of earlier builds → identifiers that never move, and the ledger anew.

A sense that was there before keeps its identifier, whatever is added, removed or edited around it; one that is
new gets a name that no other sense ever had; one that goes stays in the ledger, with what took its place.
Only names are given here, at the end of the reading: no finding depends on the ledger.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from kg.model import Concept, Corpus, Identifier, Mention, Relation, Tie
from kg.relations.grounds import MUTUAL
from kg.senses import Sense, find_setting, is_hollow, qualifiers, shared, tail


def identify(corpus: Corpus, ledger: Sequence[Identifier] = ()) -> Corpus:
    """`corpus` with lasting identifiers in place of those of its reading, and with the rows of the ledger.

    >>> here = Corpus((), (), (), (Concept("六稳", "六稳"),), ())
    >>> [(row.id, row.gone) for row in identify(here, [Identifier("六保", "六保")]).identifiers]
    [('六保', True), ('六稳', False)]
    """
    senses = _senses(corpus)
    split = {i for v in corpus.verdicts if v.stands and v.decision.do == "split" for i in v.terms}
    told = {
        concept.id: replace(
            _evidence(concept, senses[concept.id]),
            qualifier=concept.qualifier if concept.id in split else None,
        )
        for concept in corpus.concepts
    }
    given = {concept.id: concept.qualifier for concept in corpus.concepts}
    known = {row.id: row for row in ledger}
    ids = _match(told.values(), ledger)
    taken = set(known)
    for i, evidence in sorted(told.items(), key=lambda item: (item[0] != item[1].label, item[0])):
        if i not in ids:
            more = (f"{evidence.label}（{text}）" for text in _qualifiers(given[i], evidence, senses[i]))
            ids[i] = next(name for name in chain([evidence.label], more) if name not in taken)
            taken.add(ids[i])
    here = {ids[i]: replace(evidence, id=ids[i]) for i, evidence in told.items()}
    rows = {i: _joined(known.get(i), evidence) for i, evidence in here.items()}
    called: defaultdict[str, list[str]] = defaultdict(list)
    for concept in corpus.concepts:
        for name in (*concept.alt_labels, *concept.hidden_labels):
            called[name].append(ids[concept.id])
    joined = {
        name: ids[v.terms[0]]
        for v in corpus.verdicts
        if v.stands and v.decision.do == "join" and v.terms
        for name in (v.decision.term, v.decision.other)
    }
    for row in ledger:
        if row.id not in rows:
            heir = row.replaced_by or joined.get(f"{row.label}（{row.qualifier}）") or joined.get(row.label)
            heir = heir or _successor(row, here, called.get(row.label, ()))
            rows[row.id] = replace(row, gone=True, replaced_by=heir)
    told_apart: defaultdict[str, set[str | None]] = defaultdict(set)
    for row in rows.values():
        told_apart[row.label].add(row.qualifier)
    for i, evidence in told.items():
        row = rows[ids[i]]
        if row.qualifier is None and row.documents:
            names = _qualifiers(given[i], evidence, senses[i])
            qualifier = next(name for name in names if name not in told_apart[row.label])
            rows[row.id] = replace(row, qualifier=qualifier)
            told_apart[row.label].add(qualifier)
    return _renamed(corpus, ids, rows)


# --- by what a sense is known again


def _senses(corpus: Corpus) -> Mapping[str, Sense]:
    """What is known of each concept that can have a homonym: its definitions; of a label that says nothing by
    itself, its places too. The others are known by their label alone."""
    places: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in corpus.mentions:
        if mention.kind == "core":
            places[mention.concept].append(mention)
    senses = {}
    for concept in corpus.concepts:
        senses[concept.id] = sense = Sense(list(concept.entries))
        if is_hollow(concept.label):
            for mention in places[concept.id]:
                sense.add(mention.span.doc, find_setting(mention.span))
    return senses


def _evidence(concept: Concept, sense: Sense) -> Identifier:
    entries = sense.entries
    return Identifier(
        id=concept.id,
        label=concept.label,
        components=_unique(_plain(c.span.text) for entry in entries for c in entry.components),
        definitions=_unique(_digest(entry.definition.text) for entry in entries),
        before=tuple(sorted(map(_plain, sense.before))),
        behind=_unique(_plain(tail(entry)) for entry in entries),
        documents=tuple(sorted(map(_plain, sense.documents))),
    )


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _plain(text: str) -> str:
    """`text` as a cell of the ledger holds it, where | stands between values."""
    return " ".join(text.replace("|", "/").split())


def _digest(text: str) -> str:
    """A definition by its letters and digits: an edit of its punctuation or spaces changes nothing.

    >>> _digest("太行山、 吕梁山。") == _digest("太行山，吕梁山")
    True
    """
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:12]


def _match(told: Iterable[Identifier], ledger: Iterable[Identifier]) -> dict[str, str]:
    """Which identifier each sense had before, by the id of this reading: the pairs with the most in common first."""
    rows: defaultdict[str, list[Identifier]] = defaultdict(list)
    for row in ledger:
        rows[row.label].append(row)
    pairs = [(row, sense) for sense in told for row in rows[sense.label] if not _differ(row, sense)]
    same: dict[str, str] = {}
    taken = set()
    for row, sense in sorted(pairs, key=lambda pair: _order(*pair)):
        if sense.id not in same and row.id not in taken:
            same[sense.id] = row.id
            taken.add(row.id)
    return same


def _order(row: Identifier, sense: Identifier) -> tuple[object, ...]:
    """What a person calls a sense bears most, then definitions and components, then the nouns beside the label,
    then the documents; of what has equally much in common, what is in use goes before what is gone, and the plain label before others."""
    defined = len(set(row.definitions) & set(sense.definitions)) + len(
        shared(sense.components, row.components)
    )
    beside = len(set(row.before) & set(sense.before))
    documents = len(set(row.documents) & set(sense.documents))
    return (
        sense.qualifier is None or row.qualifier != sense.qualifier,
        -defined,
        -beside,
        -documents,
        row.gone,
        row.id != row.label,
        row.id,
        sense.id != sense.label,
        sense.id,
    )


def _differ(row: Identifier, sense: Identifier) -> bool:
    """Whether two of one label cannot be one sense: by the tests that tell senses apart in the texts."""
    if sense.definitions and set(sense.definitions) <= set(row.definitions):
        return False
    if row.components and sense.components:
        return not shared(sense.components, row.components)
    if row.behind and sense.behind:
        return not set("".join(row.behind)) & set("".join(sense.behind))
    if is_hollow(row.label):
        for mine, theirs in ((row.before, sense.before), (row.documents, sense.documents)):
            if mine and theirs:
                return not set(mine) & set(theirs)
    return False


def _joined(row: Identifier | None, sense: Identifier) -> Identifier:
    """What was known of a sense and what this build knows of it. Nothing is forgotten: a document may come back."""
    if row is None:
        return sense
    return replace(
        row,
        gone=False,
        replaced_by=None,
        qualifier=sense.qualifier or row.qualifier,
        components=_unique((*row.components, *sense.components)),
        definitions=_unique((*row.definitions, *sense.definitions)),
        before=tuple(sorted({*row.before, *sense.before})),
        behind=_unique((*row.behind, *sense.behind)),
        documents=tuple(sorted({*row.documents, *sense.documents})),
    )


def _qualifiers(given: str | None, evidence: Identifier, sense: Sense) -> Iterator[str]:
    """What can tell a sense from its homonyms, the best first; the words of the texts nearly always do."""
    if given:
        yield given
    if sense.documents:
        yield from qualifiers(sense)
    facts = _digest(" ".join((*evidence.definitions, *evidence.before, *evidence.documents)))
    yield facts
    yield from (f"{facts} {number}" for number in count(2))


def _successor(row: Identifier, here: Mapping[str, Identifier], called: Sequence[str]) -> str | None:
    """What took the place of a sense that is gone: what has its definitions now, else the only one that is `called` by
    its label, as another name."""
    own = set(row.definitions)
    heirs = {
        i: len(both) for i, other in here.items() if own and (both := own.intersection(other.definitions))
    }
    if heirs:
        return min(heirs, key=lambda i: (-heirs[i], i))
    return called[0] if len(called) == 1 else None


# --- a corpus under other names


def _renamed(corpus: Corpus, ids: Mapping[str, str], rows: Mapping[str, Identifier]) -> Corpus:
    """`corpus` with the identifiers `ids`, in the orders that it would have if it had been read with them."""
    several = {label for label, n in Counter(c.label for c in corpus.concepts).items() if n > 1}
    moved = {i for i, name in ids.items() if i != name}
    concepts = (
        replace(c, id=ids[c.id], qualifier=rows[ids[c.id]].qualifier if c.label in several else None)
        for c in corpus.concepts
    )
    communities = (replace(c, concepts=tuple(ids[i] for i in c.concepts)) for c in corpus.communities)
    return replace(
        corpus,
        concepts=tuple(sorted(concepts, key=lambda c: c.id)),
        mentions=tuple(
            sorted(
                (replace(m, concept=ids[m.concept]) if m.concept in moved else m for m in corpus.mentions),
                key=lambda m: (m.span.doc.id, m.span.start, m.span.end, m.concept),
            )
        ),
        states=tuple(
            sorted(
                (replace(s, concept=ids[s.concept]) if s.concept in moved else s for s in corpus.states),
                key=lambda s: (s.concept, s.year),
            )
        ),
        relations=tuple(_relation(relation, ids) for relation in corpus.relations),
        open=tuple(replace(m, senses=tuple(ids[i] for i in m.senses)) for m in corpus.open),
        subjects=tuple(
            replace(s, mentions=tuple((ids[i], times) for i, times in s.mentions)) for s in corpus.subjects
        ),
        ties=tuple(_tie(tie, ids) for tie in corpus.ties),
        bridges=frozenset(_tie(tie, ids) for tie in corpus.bridges),
        standings=tuple(replace(s, concept=ids[s.concept]) for s in corpus.standings),
        communities=tuple(communities),
        verdicts=tuple(
            replace(v, terms=tuple(ids.get(i, i) for i in v.terms), other=ids.get(v.other, v.other))
            for v in corpus.verdicts
        ),
        identifiers=tuple(sorted(rows.values(), key=lambda row: (row.label, row.id))),
    )


def _relation(relation: Relation, ids: Mapping[str, str]) -> Relation:
    source, target = ids[relation.source], ids[relation.target]
    if relation.type in MUTUAL:
        source, target = sorted((source, target))
    return replace(relation, source=source, target=target)


def _tie(tie: Tie, ids: Mapping[str, str]) -> Tie:
    one, other = sorted((ids[tie.one], ids[tie.other]))
    return tie if (tie.one, tie.other) == (one, other) else replace(tie, one=one, other=other)
