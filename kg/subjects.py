"""Headings → the subjects (领域) of sections and terms, named in the headings' own words.

A heading says its subject among words that any heading has: 坚持不懈抓好安全生产. The words that name a
field stand in `facts/subjects.toml`; of those of a heading the one that the most documents share is its
subject, so that reports of several years fall under the same names. A heading that names no field has
the subject of the one above it, or none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg.model import Kind, Mention, Section, Subject
from kg.rules import read_facts

_IN_DOCUMENTS = 2  #: a word of the headings of so many documents goes before one that only a single one has


@cache
def _fields() -> re.Pattern[str]:
    table = read_facts("subjects")
    words = {word for group in table.values() for word in group["words"]}
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word.partition("(")[0]), word))))


@cache
def fields_of(heading: str) -> tuple[str, ...]:
    """The words of a heading that name a field, in their order.

    >>> fields_of("（五）坚持乡村振兴和城镇建设相结合，着力促进城乡融合、区域协调发展"), fields_of("二、2021年工作安排")
    (('乡村', '城乡', '区域'), ())
    """
    return tuple(dict.fromkeys(_fields().findall(heading)))


def find_subjects(sections: Sequence[Section], mentions: Iterable[Mention]) -> tuple[Subject, ...]:
    """The subjects of a corpus, by name, each with its sections and the terms that stand in them.

    A section has the subject of its own heading, or else of the nearest one above that has one. Terms are
    counted by name in full texts; a digest repeats its report.
    """
    shared = _documents(sections)
    named = [(section, name) for section in sections if (name := _name(section, shared))]
    names = {_place(section): name for section, name in named}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        name = names.get(_place(mention.section)) if mention.section else None
        if name and mention.kind in ("core", "component") and mention.span.doc.kind is not Kind.ABRIDGEMENT:
            counts[name][mention.concept] += 1
    members: defaultdict[str, list[Section]] = defaultdict(list)
    for section, name in named:
        members[name].append(section)
    return tuple(
        Subject(name, tuple(members[name]), tuple(sorted(counts[name].items()))) for name in sorted(members)
    )


def _place(section: Section) -> tuple[str, int]:
    """Where a section begins: no other one begins there."""
    return section.span.doc.id, section.span.start


def _documents(sections: Sequence[Section]) -> dict[str, tuple[int, int]]:
    """In how many documents, and in how many headings, each field is named."""
    docs: defaultdict[str, set[str]] = defaultdict(set)
    headings: Counter[str] = Counter()
    for section in sections:
        for field in fields_of(section.path[-1]):
            docs[field].add(section.span.doc.id)
            headings[field] += 1
    return {field: (len(docs[field]), headings[field]) for field in docs}


def _name(section: Section, shared: Mapping[str, tuple[int, int]]) -> str | None:
    """The subject of a section: from its heading outwards, the first shared field; else the first field at all."""
    path = [fields for heading in reversed(section.path) if (fields := fields_of(heading))]
    for fields in path:
        if common := [field for field in fields if shared[field][0] >= _IN_DOCUMENTS]:
            return _widest(common, shared)
    return _widest(path[0], shared) if path else None


def _widest(fields: Sequence[str], shared: Mapping[str, tuple[int, int]]) -> str:
    """The field that the most headings name; of equals the first."""
    return max(fields, key=lambda field: (shared[field], -fields.index(field)))
