"""An edition in words, of either language: its badges, its sources, what its terms consist of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from kg.editions.badges import badges
from kg.editions.records import Article, Badge, Change, Meaning, Unexplained
from kg.resources import resource


@cache
def words() -> dict[str, tuple[str, str]]:
    """Every word that an edition says itself, in Chinese and in English, by name."""
    table = tomllib.loads(resource("editions/words.toml").read_text(encoding="utf-8"))
    voices = {f"voice.{name}": both for name, both in table.pop("voice").items()}
    return {name: (both[0], both[1]) for name, both in (table | voices).items()}


def say(name: str, **values: object) -> str:
    """A word of an edition in Chinese.

    >>> say("new", year=2021)
    '2021 年新提法'
    """
    return words()[name][0].format(**values)


def source(meaning: Meaning) -> str:
    """Where a definition stands, and whose voice it is."""
    voice = say(f"voice.{meaning.voice}") if f"voice.{meaning.voice}" in words() else meaning.voice
    return f"{meaning.name}，{voice}" if meaning.document else voice


def told(badge: Badge) -> str:
    """A badge in Chinese."""
    return say(badge.name, **badge.values)


def badges_of(article: Article | Unexplained) -> list[Badge]:
    """The badges of an article, or of what nobody explains."""
    return [*badges(article.age, article.change if isinstance(article, Article) else None)]


def parts(meaning: Meaning) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The components of a definition by group, where they tell more than its words: where they have groups, or where
    the words are not theirs alone."""
    groups = [(group.name or "", tuple(part.text for part in group.parts)) for group in meaning.groups]
    listed = sum(len(part) for _, members in groups for part in members)
    few_words = 2 * listed < len(meaning.text) or meaning.left_out
    if groups and (few_words or any(name for name, _ in groups)):
        yield from groups


def count(meaning: Meaning) -> str:
    """How a slogan counts, and how many things its definition lists where these are not as many."""
    if not meaning.numeral:
        return ""
    disagrees = f"（列 {len(meaning.components)} 项）" if meaning.agrees is False else ""
    return f" {meaning.numeral}{disagrees}"


def change_lines(change: Change) -> Iterator[str]:
    """How the parts of a term have changed, in Chinese."""
    yield say("change", since=change.since, until=change.until)
    for name in ("kept", "added", "dropped"):
        if items := getattr(change, name):
            yield say(name, parts="、".join(items))
    yield say("compared", title=change.title or change.document)
