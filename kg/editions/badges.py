"""What an edition says of a term beside its definition, in a few words: names of words, with their values."""

from __future__ import annotations

from collections.abc import Iterator

from kg.editions.records import Age, Badge, Change


def remarks(year: int | None, issuer: str | None, proven: bool) -> Iterator[Badge]:
    """What a reader should know of a report before all else; `proven`: whether the full text of the year before is there."""
    if year is None:
        yield Badge("no-year")
    elif issuer is None:
        yield Badge("no-issuer")
    elif not proven:
        yield Badge("no-text", {"issuer": issuer, "year": year - 1})


def badges(age: Age | None, change: Change | None = None) -> Iterator[Badge]:
    """The badges of a term: its age, as far as texts prove it, who said it before, and whether its parts changed.

    Where nothing proves whether it is new there is none; the edition says so once.
    """
    if age is not None:
        issuer = age.issuer or ""
        if age.is_new:
            yield Badge("new", {"year": age.year, "issuer": issuer}, "why-new")
        elif age.first is not None:
            told: dict[str, str | int] = {
                "n": age.nth,
                "since": age.first.year,
                "first": age.first.title or age.first.document,
            }
            yield Badge("nth", told, "why-nth") if age.proven else Badge("at-least", told, "why-at-least")
        if age.elsewhere is not None:
            other = age.elsewhere
            yield Badge(
                "elsewhere", {"issuer": other.issuer or other.title or other.document, "year": other.year}
            )
    if change is not None:
        yield Badge("changed")
