"""Every row of every table matches the example beside it."""

import pytest

from kg import candidates, entries, headwords, rules, structure
from kg.components import glosses

SEARCHED = {
    "PERIODS": rules.PERIODS,
    "DATES": rules.DATES,
    "ORIGINS": rules.ORIGINS,
    "REVERSED": (headwords.REVERSED,),
    "LIST_COUNT": (rules.LIST_COUNT,),
}
STARTING = {
    "NUMBERING": rules.NUMBERING,
    "ENTRY_NUMBERS": rules.ENTRY_NUMBERS,
    "BEGINNINGS": rules.BEGINNINGS,
    "CONNECTORS": rules.CONNECTORS,
    "PART_CONNECTORS": rules.PART_CONNECTORS,
    "COMPONENT_CONNECTORS": rules.COMPONENT_CONNECTORS,
    "HEADS": headwords.HEADS,
}
WHOLE = {"GLOSSARY_HEADINGS": rules.GLOSSARY_HEADINGS, "NOT_CANDIDATES": candidates.NOT_CANDIDATES}


def rows(tables):
    return [pytest.param(row, id=f"{name}-{row.name}") for name, table in tables.items() for row in table]


@pytest.mark.parametrize("row", rows(SEARCHED))
def test_rules_are_found_in_their_examples(row):
    assert row.pattern.search(row.example)


@pytest.mark.parametrize(
    ("first", "table"),
    [
        (structure._TIME, "PERIODS"),
        (entries._YEAR, "DATES"),
        (entries._ACT, "ORIGINS"),
        (headwords._CALLED, "REVERSED"),
        (glosses._EXPLAINED, "COMPONENT_CONNECTORS"),
    ],
)
def test_rules_are_looked_for_where_they_can_be(first, table):
    for row in (SEARCHED | STARTING)[table]:
        assert first.search(row.example)


@pytest.mark.parametrize("row", rows(STARTING))
def test_rules_begin_their_examples(row):
    assert row.pattern.match(row.example)


@pytest.mark.parametrize("row", rows(WHOLE))
def test_rules_are_their_whole_examples(row):
    assert row.pattern.fullmatch(row.example)


@pytest.mark.parametrize("row", rows({"PERIODS": rules.PERIODS, "CONNECTORS": rules.CONNECTORS}))
def test_rules_are_needed(row):
    """No earlier row of the table takes the example away."""
    table = rules.PERIODS if row in rules.PERIODS else rules.CONNECTORS
    first = next(
        r for r in table if (r.pattern.search if table is rules.PERIODS else r.pattern.match)(row.example)
    )
    assert first.name == row.name
