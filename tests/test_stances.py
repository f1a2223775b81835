"""What a report says that a policy shall be; the table of facts has an example of each."""

import pytest

from kg.model import Document
from kg.rules import read_facts
from kg.stances import find_stances, same_stance


@pytest.mark.parametrize("row", read_facts("stances")["stance"], ids=lambda row: row["name"])
def test_stances_of_the_table_find_their_example(row):
    sentence, so = row["example"]
    doc = Document("d", f"去年的工作。\n今年发展主要预期目标是：经济增长，{sentence}。", year=2024)
    assert find_stances(doc)[row["name"]].so == so


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("积极的财政政策要适度加力、提质增效。", "实施更加积极的财政政策。", False),
        ("实施更加积极的财政政策。", "继续实施更加积极的财政政策。", False),
        ("货币政策要保持松紧适度，促进总供求平衡。", "稳健的货币政策要松紧适度。", True),
        ("稳健的货币政策保持中性，要松紧适度。", "稳健的货币政策要松紧适度。", False),
    ],
)
def test_stances_are_compared_by_what_they_say(old, new, same):
    [one], [other] = (find_stances(Document("d", text)).values() for text in (old, new))
    assert same_stance(one, other) == same


def test_stances_are_those_of_the_plan():
    doc = Document(
        "d", "去年稳健的货币政策要松紧适度。\n2024年工作安排\n稳健的货币政策要灵活适度。", year=2024
    )
    assert find_stances(doc)["货币政策"].so == "灵活适度"
