"""What a word can do in a term: begin it, end it, stand within it, before it, behind it.

jieba's dictionary gives the part of speech; the lists of kg/facts/newterms.toml correct it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.rules import CLOSE, DIGITS, OPEN, read_facts

WORD = re.compile(r"[一-鿿]+|[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[+＋]")
_NUMERAL = re.compile(f"[0-9零〇{DIGITS}百千万亿几多第首]")
_OPENING, _CLOSING = f"{OPEN}《", f"{CLOSE}》"  #: a quoted run at the edge of a term belongs to it

#: Parts of speech of jieba's dictionary (the tags of ICTCLAS) that can stand at the edge of a name …
_NOMINAL = ("n", "b", "j", "vn", "an", "s", "l", "k")
#: … and those that cannot, although their tags begin alike: persons, and nothing else.
_PERSON = "nr"
#: Parts of speech that can stand nowhere in a name.
_FUNCTION = ("u", "c", "r", "p", "y", "x", "m", "t", "q", "d", "vd", "ad", "e", "o")


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of kg/facts/newterms.toml."""

    governs: frozenset[str]
    adverbs: frozenset[str]
    names: frozenset[str]
    ambiguous: frozenset[str]
    never_last: frozenset[str]
    continues: frozenset[str]
    instruments: frozenset[str]
    class_nouns: frozenset[str]
    events: frozenset[str]
    ceremony: frozenset[str]
    exhortation: frozenset[str]
    launches: frozenset[str]
    actions: frozenset[str]
    goes_on: frozenset[str]
    fragments: frozenset[str]
    ills: frozenset[str]


@cache
def word_lists() -> WordLists:
    """The lists as the file has them."""
    table = read_facts("newterms")
    return WordLists(
        **{name: frozenset(w for row in rows for w in row["words"].split()) for name, rows in table.items()}
    )


@cache
def heads() -> frozenset[str]:
    """Nouns that say what a name names."""
    return word_lists().instruments | word_lists().class_nouns


@cache
def _barred() -> frozenset[str]:
    """Words that stand in no term."""
    return word_lists().events | word_lists().ceremony | word_lists().exhortation


@cache
def tags() -> Mapping[str, str]:
    """The part of speech of each word of jieba's dictionary. Its tagger is not used: it is ten times slower."""
    import jieba

    with jieba.get_dict_file() as file:
        rows = (line.decode("utf-8").split() for line in file)
        return {row[0]: row[2] for row in rows if len(row) == 3}


@cache
def begins(word: str) -> bool:
    """Whether a term can begin with a word."""
    facts, tag = word_lists(), tags().get(word)
    if _NUMERAL.match(word) and not word[-1].isascii():
        return False
    if word in facts.names or word in facts.ambiguous:
        return True
    if len(word) == 1 or word in facts.governs or word in facts.adverbs or word in _barred():
        return False
    if tag is None:
        return not _glued(word) and not _torn(word)
    return tag.startswith(_NOMINAL) and tag != _PERSON and not _glued(word)


def _glued(word: str) -> bool:
    """Whether the dictionary has a verb and its adverb or object as one word (大力发展, 建立健全)."""
    facts, begin = word_lists(), word[:2]
    return len(word) > 2 and (begin in facts.governs or begin in facts.adverbs) and begin not in facts.names


def _torn(word: str) -> bool:
    """Whether a word that the dictionary does not have is a piece of two (以碳, 优做)."""
    return not word_lists().fragments.isdisjoint(word)


@cache
def ends(word: str) -> bool:
    """Whether a term can end with a word."""
    facts, tag = word_lists(), tags().get(word)
    if word in facts.never_last or word in _barred():
        return False
    if word in heads() or word in facts.names:
        return True
    if word in facts.governs or word in facts.adverbs or _NUMERAL.match(word) or word[-1] in "性式型级":
        return False
    if len(word) > 3 and word[-2:] in facts.never_last:  # 热点问题
        return False
    if tag is None:
        return len(word) > 1 and not _torn(word)
    return tag.startswith(_NOMINAL) and not tag.startswith(("b", "l", _PERSON)) and len(word) > 1


@cache
def stands_within(word: str) -> bool:
    """Whether a word can stand inside a term."""
    facts, tag = word_lists(), tags().get(word, "n")
    if word in facts.names or word in heads():
        return True
    if word in _barred() or _NUMERAL.match(word):
        return False
    if word not in tags() and _torn(word):
        return False
    return not tag.startswith(_FUNCTION) and tag not in ("v", "i", _PERSON, "f")


@cache
def governs(word: str) -> bool:
    """Whether a word is a governing verb, alone or with an adverb or another verb before it (大力发展)."""
    facts = word_lists()
    glued = len(word) == 4 and (word[:2] in facts.adverbs or word[:2] in facts.governs)
    return word in facts.governs or (glued and word[2:] in facts.governs)


@cache
def opens(word: str) -> bool:
    """Whether a term can stand behind a word: a mark, a governing verb, a function word."""
    if not WORD.fullmatch(word):
        return word not in _CLOSING and not word[-1].isdigit()
    if word in word_lists().names or word in heads():
        return False
    return governs(word) or word in word_lists().adverbs or tags().get(word, "n").startswith(_FUNCTION)


@cache
def closes(word: str) -> bool:
    """Whether a term can stand before a word."""
    if _NUMERAL.match(word):  # a statistic: 公路水运投资1.8万亿元
        return False
    if not WORD.fullmatch(word):
        return word not in _OPENING
    if word in ("等", "的"):
        return True
    if word in word_lists().continues or word in word_lists().goes_on:
        return False
    return (
        word in word_lists().governs
        or word in word_lists().adverbs
        or tags().get(word, "n").startswith((*_FUNCTION, "f"))
    )
