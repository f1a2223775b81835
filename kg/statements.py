"""How a fact becomes a statement: the forms of literals, and a place for what is not known."""

from __future__ import annotations

from decimal import Decimal

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node

CHINESE = "zh-Hans"
PINYIN = "zh-Latn-pinyin"

_DATE_FORMS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def state(graph: Graph, subject: URIRef, *statements: tuple[URIRef, Node | None]) -> None:
    """Add what is known of `subject` to `graph`; a value that is None is not known and not stated."""
    for predicate, value in statements:
        if value is not None:
            graph.add((subject, predicate, value))


def chinese(text: str | None) -> Literal | None:
    """`text` as words of the Chinese language."""
    return None if text is None else Literal(text, lang=CHINESE)


def plain(value: str | int | bool | None) -> Literal | None:
    """`value` as a string, an integer or a boolean."""
    return None if value is None else Literal(value)


def decimal(value: float | Decimal, digits: int = 4) -> Literal:
    """`value` as an xsd:decimal with so many places.

    >>> str(decimal(0.5))
    '0.5000'
    """
    return Literal(str(round(Decimal(str(value)), digits)), datatype=XSD.decimal)


def date(text: str | None) -> Literal | None:
    """YYYY, YYYY-MM or YYYY-MM-DD with the datatype of its form.

    >>> str(date("2020-05").datatype)
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return None if text is None else Literal(text, datatype=_DATE_FORMS[len(text)])
