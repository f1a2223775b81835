"""The senses of a label, and which of them is meant where it stands.

A label is not a concept. Definitions tell senses apart by their components and their nouns. A label that
says nothing by itself is told apart by the words beside it as well: 对外开放“1+N”政策体系 is not
碳达峰碳中和“1+N”政策体系. What nothing decides stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from kg.fullnames import full_names
from kg.model import Branch, Concept, Document, Entry, Span
from kg.rules import in_quotes, rule, unquoted
from kg.trimming import ACTION
from kg.words import CLAUSE_ENDS, nouns_around

#: Labels with numerals and no noun: what they count stands beside them.
HOLLOW = (
    rule("formula", r"[\dA-Z一二三四五六七八九十]+(?:[+＋][\dA-Z一二三四五六七八九十]+)+", "1+N"),
    rule("of-ones", r"[一二两三四五六七八九十]个一批?", "五个一"),
)
_BEFORE = re.compile(rf"[^{CLAUSE_ENDS}]{{0,20}}\Z")
_BEHIND = re.compile(rf"的?([^{CLAUSE_ENDS}]{{0,12}})")
_SHORT = 16  #: characters of two components that still make a qualifier


@dataclass(frozen=True, slots=True)
class Setting:
    """The nouns right before a label and right behind it, as the text has them."""

    before: str
    behind: str
    before_words: frozenset[str]
    behind_words: frozenset[str]


@dataclass(slots=True)
class Sense:
    """What is known of one sense of a label: who defines it, where it stands and among which nouns."""

    entries: list[Entry] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    branch: Branch | None = None  #: of a person who splits the label
    before: set[str] = field(default_factory=set)  #: nouns before the label
    behind: set[str] = field(default_factory=set)
    issuers: set[str | None] = field(default_factory=set)
    names: set[str] = field(default_factory=set)  #: the ids of the documents
    abridged: set[str | None] = field(default_factory=set)  #: and of those that they abridge
    definitions: list[str] = field(default_factory=list)  #: their texts
    years: list[tuple[str | None, int]] = field(
        default_factory=list
    )  #: of the definitions, with their issuers

    def __post_init__(self) -> None:
        given, self.entries = self.entries, []
        for doc in self.documents.values():
            self._say(doc)
        for entry in given:
            self.define(entry)

    def add(self, doc: Document, setting: Setting) -> None:
        """A place of the label, with the nouns beside it."""
        self._say(doc)
        self.settings.append(setting)
        self.before |= setting.before_words
        self.behind |= setting.behind_words

    def define(self, entry: Entry) -> None:
        """A definition of the sense."""
        self._say(entry.doc)
        self.entries.append(entry)
        self.definitions.append(entry.definition.text)
        self.years.append((_issuer(entry.doc), entry.doc.year or 0))

    def absorb(self, other: Sense) -> None:
        """All that is known of another sense."""
        for entry in other.entries:
            self.define(entry)
        for doc in other.documents.values():
            self._say(doc)
        self.settings += other.settings
        self.before |= other.before
        self.behind |= other.behind

    def _say(self, doc: Document) -> None:
        self.documents[doc.id] = doc
        self.names.add(doc.id)
        self.abridged.add(doc.abridges)
        self.issuers.add(_issuer(doc))

    def lean(self) -> Sense:
        """The sense without its texts, by which `decide` tells it as well."""
        return replace(self, entries=[], settings=[], documents={})

    def facts(self) -> object:
        """All that `decide` goes by, in values that show all of it."""
        sets = (self.before, self.behind, self.issuers, self.names, self.abridged)
        return [sorted(map(str, each)) for each in sets], self.definitions, self.years, self.branch


@dataclass(frozen=True, slots=True)
class Decision:
    """The sense that is meant in a place and what decided it; without a sense it stays open."""

    sense: int | None
    by: str  #: only, person, words, document, issuer or open


ONLY = Decision(0, "only")  #: the decision where a label has one sense


def is_hollow(label: str) -> bool:
    """Whether a label says nothing by itself.

    >>> [is_hollow(label) for label in ("1+N", "三个一批", "六稳", "承诺制+标准地", "13710")]
    [True, True, False, False, False]
    """
    return any(row.pattern.fullmatch(label) for row in HOLLOW)


def find_setting(span: Span) -> Setting:
    """The nouns beside a label, its quotation marks passed over.

    >>> doc = Document("d", "出台扩大对外开放“1+N”政策体系。实施“1+N”行动")
    >>> setting = find_setting(doc.span(9, 12))
    >>> setting.before, setting.behind
    ('对外开放', '政策体系')
    >>> find_setting(doc.span(21, 24)).before
    ''
    """
    text, start, end = span.doc.text, span.start, span.end
    if in_quotes(text, start, end):
        start, end = start - 1, end + 1
    before = _BEFORE.search(text[max(0, start - 20) : start])
    behind = _BEHIND.match(text, end)
    left = nouns_around(before[0] if before else "", at_end=True)
    left = list(takewhile(_is_noun, reversed(left)))[::-1]
    right = list(takewhile(_is_noun, nouns_around(behind[1] if behind else "")))
    words = [frozenset(word for word in run if len(word) > 1) for run in (left, right)]
    return Setting("".join(left) if words[0] else "", "".join(right) if words[1] else "", *words)


def _is_noun(word: str) -> bool:
    return not ACTION.fullmatch(word)  # jieba takes some verbs for nouns


def find_senses(
    label: str, entries: Sequence[Entry], places: Sequence[Span], given: Sequence[Sense] = ()
) -> list[Sense]:
    """The senses of a label: of its definitions first, then, of a hollow one, of the places that fit none of them.

    Two definitions are of two senses when both list components and share none, or when their nouns
    differ; two places of a hollow label, when the nouns before it do. The senses `given` by a person
    come first and have what is put to them.
    """
    senses: list[Sense] = list(given)
    homes = []
    for entry in entries:
        home = _given_home(entry, given) or next(
            (
                s
                for s in senses
                if (s.entries or not s.branch) and all(_compatible(entry, e) for e in s.entries)
            ),
            None,
        )
        if home is None:
            senses.append(home := Sense())
        home.define(entry)
        homes.append(home)
    if len(senses) > 1 or is_hollow(
        label
    ):  # the nouns beside a label tell its senses apart: of one alone, nothing
        for entry, home in zip(entries, homes, strict=True):
            if (span := entry.headword_span) and (at := span.text.find(label)) >= 0:
                start = span.start + at
                home.add(entry.doc, find_setting(span.doc.span(start, start + len(label))))
    if not is_hollow(label) or len(places) + len(senses) < 2:
        return senses
    uses = [(place, find_setting(place)) for place in places]
    for headed in (True, False):  # a place that says what it is about goes before one that does not
        for place, setting in uses:
            if bool(setting.before_words) == headed:
                _settle(place, setting, senses)
    return senses


def _given_home(entry: Entry, given: Sequence[Sense]) -> Sense | None:
    """The sense to which a person puts a definition: by words of it, else by its document."""
    branches = [(sense, sense.branch) for sense in given if sense.branch]
    named = (s for s, b in branches if any(words in entry.definition.text for words in b.definitions))
    return next(named, None) or next((s for s, b in branches if entry.doc.id in b.documents), None)


def _settle(place: Span, setting: Setting, senses: list[Sense]) -> None:
    """Put a place of a hollow label to the sense it belongs to, a new one where it is at home in none."""
    doc = place.doc
    home: Sense | None
    if len(said := _said(doc, senses)) == 1:
        home = senses[said[0]]
    elif setting.before_words:
        home = next((s for s in senses if _speaks_of(s, setting)), None)
        home = home or next((s for s in senses if not s.before and _is_in(s, doc)), None)
    else:
        decision = decide(place, senses, setting)
        if decision.sense is None and any(_issuer(doc) in s.issuers for s in senses):
            return  # several could be meant
        home = None if decision.sense is None else senses[decision.sense]
        if decision.by == "only" and home and _issuer(doc) not in home.issuers:
            home = None
    if home is None:
        senses.append(home := Sense())
    home.add(doc, setting)


def decide(place: Span, senses: Sequence[Sense], setting: Setting | None = None) -> Decision:
    """Which of its senses a label has in a place: by a person's word, by the nouns beside it, by the document, by the issuer's nearest year."""
    if len(senses) == 1:
        return ONLY
    if len(said := _said(place.doc, senses)) == 1:
        return Decision(said[0], "person")
    setting = setting or find_setting(place)
    near = [i for i, s in enumerate(senses) if _speaks_of(s, setting)]
    if len(near) == 1:
        return Decision(near[0], "words")
    doc = place.doc
    for by, there in (
        ("document", [i for i, s in enumerate(senses) if _is_in(s, doc)]),
        ("issuer", [i for i, s in enumerate(senses) if _issuer(doc) in s.issuers]),
    ):
        if len(there) > 1:
            alike = [i for i in there if senses[i].behind & setting.behind_words]
            there, by = (alike, "words") if len(alike) == 1 else (there, by)
        if len(there) > 1 and by == "issuer" and not setting.before_words:
            there = _nearest(doc, there, senses)
        if len(there) == 1:
            return Decision(there[0], by)
        if there and by == "document":
            break
    return Decision(None, "open")


def _said(doc: Document, senses: Sequence[Sense]) -> list[int]:
    """The senses that a person says are meant in a document."""
    return [i for i, sense in enumerate(senses) if sense.branch and doc.id in sense.branch.documents]


def _nearest(doc: Document, among: Sequence[int], senses: Sequence[Sense]) -> list[int]:
    """The senses whose definitions are nearest in time; all where none of them is defined."""
    away = {
        i: min(
            (abs(year - (doc.year or 0)) for issuer, year in senses[i].years if issuer == _issuer(doc)),
            default=9999,
        )
        for i in among
    }
    return [i for i in among if away[i] == min(away.values()) < 9999] or list(among)


def _speaks_of(sense: Sense, setting: Setting) -> bool:
    """Whether the nouns before a label stand before it elsewhere in a sense, or in a definition of the sense."""
    if sense.before & setting.before_words:
        return True
    return any(word in text for text in sense.definitions for word in setting.before_words)


def _is_in(sense: Sense, doc: Document) -> bool:
    """Whether a document has the sense; what one that abridges it says is said by it too."""
    return doc.id in sense.names or doc.id in sense.abridged or doc.abridges in sense.names


def _issuer(doc: Document) -> str | None:
    return doc.issuer or doc.region


def as_concepts(label: str, senses: Sequence[Sense]) -> Iterator[Concept]:
    """A concept for each sense of a label; where there are several, each has its qualifier.

    The first sense has the label as its id, any other one the label with its qualifier.
    """
    taken: set[str] = set()
    for i, sense in enumerate(senses):
        several = len(senses) > 1
        qualifier = next(name for name in qualifiers(sense) if name not in taken) if several else None
        taken.add(qualifier or "")
        names = [name for entry in sense.entries for name in (entry.headword, *entry.variants)]
        names += [n.span.text for entry in sense.entries for n in full_names(entry) if n.short == label]
        alternatives = tuple(dict.fromkeys(name for name in names if label not in (name, unquoted(name))))
        hidden = dict.fromkeys(unquoted(name) for name in alternatives if unquoted(name) != name)
        yield Concept(
            id=label if i == 0 else f"{label}（{qualifier}）",
            label=label,
            alt_labels=alternatives,
            hidden_labels=tuple(name for name in hidden if name not in (*alternatives, label)),
            qualifier=qualifier,
            entries=tuple(sense.entries),
            candidate=not sense.entries,
        )


def _compatible(one: Entry, other: Entry) -> bool:
    """Whether two definitions of a label can be of one sense: by their components, else by their nouns."""
    mine, theirs = ([c.span.text for c in e.components] for e in (one, other))
    if mine and theirs:
        return bool(shared(mine, theirs))
    nouns = [tail(entry) for entry in (one, other)]
    return not all(nouns) or bool(set(nouns[0]) & set(nouns[1]))


def shared(mine: Iterable[str], theirs: Iterable[str]) -> set[str]:
    """The components of one list that the other has too, spelled longer or shorter.

    >>> sorted(shared(["水务", "教育改革"], ["水务改革", "教育"])), shared(["防"], ["防控"])
    (['教育改革', '水务'], set())
    """
    others = set(theirs)
    return {a for a in mine if any(len(min(a, b, key=len)) > 1 and (a in b or b in a) for b in others)}


def tail(entry: Entry) -> str:
    """What stands in a headword behind the quotation marks: 改革 of 国企“六定”改革."""
    return entry.headword.rpartition("”")[2] if "”" in entry.headword else ""


def qualifiers(sense: Sense) -> Iterator[str]:
    """What can tell a sense from its homonyms, in the words of the texts, the best first: its first components,
    the nouns beside it, how its definition begins, or who says it. A person's goes before them."""
    if sense.branch:
        yield sense.branch.qualifier
    entry = next(iter(sense.entries), None)
    setting = next((s for s in sense.settings if s.before), next(iter(sense.settings), None))
    doc = next(iter(sense.documents.values()))
    components = "、".join(c.span.text for c in entry.components[:2]) if entry else ""
    names = [
        components if len(components) <= _SHORT else "",
        setting.before if setting else "",
        setting.behind if setting else "",
        re.split("[，。；：、]", entry.definition.text)[0][:12] if entry else "",
        doc.region or "",
        doc.id,
        f"{doc.id}[{entry.definition.start}]" if entry else "",
    ]
    yield from filter(None, names)
