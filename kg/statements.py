"""How a fact becomes a statement: the forms of literals, and a place for what is not known.

A term is text as it stands in Turtle and TriG, so that a statement is written as it was made and two
terms are one where their texts are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from kg.namespaces import XSD

CHINESE = "zh-Hans"
PINYIN = "zh-Latn-pinyin"

_DATE_FORMS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_SPECIAL = re.compile(r'[\\"\n\r\t]')
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

Thing = TypeVar("Thing")
Statement = tuple[str, str]  #: a predicate and its value


class NamedGraph:
    """What a named graph says, by subject, until it is written; what is said twice is said once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: dict[str, list[Statement]] = {}
        #: things of one kind by their IRIs, with what writes the paragraph of one
        self.kinds: list[tuple[Mapping[str, Any], Callable[[str, Any], str]]] = []

    def __len__(self) -> int:
        """How many statements there are, without those on whole kinds."""
        return sum(len(set(statements)) for statements in self.said.values())


def state(graph: NamedGraph, subject: str, *statements: tuple[str, str | None]) -> None:
    """Add what is known of `subject` to `graph`; a value that is None is not known and not stated."""
    graph.said.setdefault(subject, []).extend(
        (predicate, value) for predicate, value in statements if value is not None
    )


def state_kind(graph: NamedGraph, things: Mapping[str, Thing], written: Callable[[str, Thing], str]) -> None:
    """Add what is known of all things of one kind to `graph`: `written` gives the paragraph of each when its turn comes.

    Their IRIs begin as no other does, and no other graph speaks of them: so they stand together in every file, and are
    put there by the thousand.
    """
    if things:
        graph.kinds.append((things, written))


def state_all(graph: NamedGraph, said: Iterable[tuple[str, Iterable[Statement]]]) -> None:
    """Add what is said of many subjects to `graph`."""
    for subject, statements in said:
        graph.said.setdefault(subject, []).extend(statements)


def quoted(text: str) -> str:
    r"""`text` as a literal: the one place where characters are escaped.

    >>> print(quoted('“六稳”\n"six"'))
    "“六稳”\n\"six\""
    """
    return f'"{text.translate(_ESCAPES) if _SPECIAL.search(text) else text}"'


def chinese(text: str | None) -> str | None:
    """`text` as words of the Chinese language."""
    return None if text is None else f"{quoted(text)}@{CHINESE}"


def english(text: str) -> str:
    """`text` as words of the English language."""
    return f"{quoted(text)}@en"


def plain(value: str | int | bool | None) -> str | None:
    """`value` as a string, an integer or a boolean.

    >>> plain("六稳"), plain(6), plain(True)
    ('"六稳"', '6', 'true')
    """
    if value is None:
        return None
    if isinstance(value, str):
        return quoted(value)
    return str(value).lower()


def decimal(value: float | Decimal, digits: int = 4) -> str:
    """`value` as an xsd:decimal with so many places.

    >>> decimal(0.5)
    '0.5000'
    """
    return f"{round(Decimal(str(value)), digits):f}"


def date(text: str | None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD with the datatype of its form.

    >>> date("2020-05")
    '"2020-05"^^xsd:gYearMonth'
    """
    return None if text is None else typed(text, _DATE_FORMS[len(text)])


def typed(text: str, datatype: str) -> str:
    """`text` with a datatype."""
    return f"{quoted(text)}^^{datatype}"
