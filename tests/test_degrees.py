"""Where one sentence says more strongly what another says; each scale of the table has its example."""

import pytest

from kg.degrees import find_degrees
from kg.model import Document
from kg.rules import read_facts


def degrees(old, new):
    docs = Document("old", old), Document("new", new)
    return [
        (each.was, each.now, each.harder)
        for each in find_degrees(*([doc.span(0, len(doc.text))] for doc in docs))
    ]


@pytest.mark.parametrize("row", read_facts("degrees")["scale"], ids=lambda row: row["name"])
def test_degrees_of_the_table_find_their_example(row):
    weak, strong = row["example"]
    [(was, now, harder)] = degrees(weak, strong)
    assert harder and was != now
    assert degrees(strong, weak) == [(now, was, False)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("稳步推进户籍制度改革", "加快推进医疗制度改革"),  # another thing
        ("稳步推进户籍制度改革", "有序推进户籍制度改革"),  # the same step
        ("积极推进户籍制度改革", "稳步推进户籍制度改革"),  # of two scales: in doubt nothing is said
        ("深入推进户籍制度改革", "加快推进户籍制度改革"),  # not on a scale
        ("不适度宽松的货币政策", "积极宽松的货币政策"),
    ],
)
def test_degrees_in_doubt_say_nothing(old, new):
    assert degrees(old, new) == []
