"""Words that are no formula by themselves: verbs of every report, adverbs, abstract heads, words that come and go.

They are those of the tables of facts, `kg/facts/newterms.toml` and `kg/facts/wordings.toml`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kg.rules import read_facts
from kg.words import words

EDGES = "的地得和与及等、而并或在是了着把被对为将要也都以其这那《》·"  #: what no formula begins or ends with
OPENINGS = frozenset(
    ("今年", "去年", "上年", "我们", "我国", "继续", "进一步", "必须", "比")
)  #: words that no formula begins with


@cache
def empty_words() -> frozenset[str]:
    """Words of which a formula cannot consist: verbs of every report, adverbs, abstract heads, words of ceremony."""
    facts = read_facts("newterms")
    groups = ("governs", "adverbs", "never_last", "ceremony", "exhortation")
    return OPENINGS | {word for group in groups for row in facts[group] for word in row["words"].split()}


@cache
def verbs() -> frozenset[str]:
    """Verbs that have a policy as their object."""
    return frozenset(word for row in read_facts("newterms")["governs"] for word in row["words"].split())


@cache
def adverbs() -> frozenset[str]:
    """Words that say how something is done."""
    return frozenset(word for row in read_facts("newterms")["adverbs"] for word in row["words"].split())


@cache
def slight_words() -> frozenset[str]:
    """Words that come and go without changing what a formula says."""
    return frozenset(word for row in read_facts("wordings")["slight"] for word in row["words"].split())


@cache
def governing_words() -> frozenset[str]:
    """Verbs that have a policy as their object, and adverbs before them."""
    return verbs() | adverbs()


def is_event(word: str) -> bool:
    """Whether a word is the name of a meeting, a contest or a disaster: it belongs to a year."""
    return word.endswith(_events())


@cache
def _events() -> tuple[str, ...]:
    """What the name of a meeting, a contest or a disaster ends with: it belongs to a year."""
    return tuple(word for row in read_facts("newterms")["events"] for word in row["words"].split())


@lru_cache(10_000)
def clause_words(clause: str) -> list[tuple[int, int]]:
    """The words of a clause, which is asked about for each formula in it."""
    return words(clause)
