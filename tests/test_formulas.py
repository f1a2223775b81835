"""What ends, returns and begins from one report of an issuer to the next, by all that the issuer said."""

import pytest

from kg.formulas import Fate, Reports
from kg.model import Document

STEADY, LOOSE = "实施稳健的货币政策，保持流动性合理充裕。", "实施适度宽松的货币政策，保持流动性合理充裕。"


def reports(*texts, first=2017):
    return Reports([(Document(str(first + i), text, year=first + i), ()) for i, text in enumerate(texts)])


ROWS = [
    # said in row, and gone
    ((STEADY, STEADY, STEADY, LOOSE), 2, "稳健的货币政策", Fate.ENDED, (2017, 2018, 2019), 3, 1),
    # one report in between does not end it
    ((STEADY, STEADY, LOOSE, STEADY, LOOSE), 3, "稳健的货币政策", Fate.ENDED, (2017, 2018, 2020), 3, 1),
    # it returns after a gap
    ((LOOSE, LOOSE, STEADY, STEADY, LOOSE), 3, "适度宽松的货币政策", Fate.RETURNED, (2017, 2018, 2021), 2, 2),
    # it begins, and stays
    ((STEADY, LOOSE, LOOSE), 0, "适度宽松的货币政策", Fate.BEGUN, (2018, 2019), 2, 0),
]


@pytest.mark.parametrize(("texts", "at", "phrase", "fate", "years", "many", "gap"), ROWS)
def test_formulas_of_a_step(texts, at, phrase, fate, years, many, gap):
    told = reports(*texts)
    [found] = [each for each in told.formulas(*told.docs[at : at + 2]) if phrase in each.span.text]
    assert (found.fate, found.years, found.reports, found.gap) == (fate, years, many, gap)
    assert found.span.text in found.span.doc.text


@pytest.mark.parametrize(
    "texts",
    [
        (STEADY, STEADY, STEADY, STEADY),  # nothing changes
        (STEADY, STEADY, STEADY, "实施“稳健的货币政策”，保持流动性合理充裕。"),  # quotation marks come and go
        ("进一步加强。进一步完善。",) * 3 + ("好。",),  # it says nothing by itself
        ("一、工作\n各位代表：现在，请予审议。抓好春耕。",) * 3 + ("抓好春耕。",),  # what opens every report
    ],
)
def test_formulas_are_none_where_nothing_that_tells_has_changed(texts):
    told = reports(*texts)
    assert told.formulas(*told.docs[-2:]) == []


def test_formulas_of_reports_that_are_not_neighbours_count_what_lies_between():
    told = reports(STEADY, STEADY, STEADY, LOOSE, LOOSE)
    [found] = [each for each in told.formulas(told.docs[0], told.docs[4]) if each.fate == Fate.ENDED]
    assert (found.years, found.reports, found.gap) == ((2017, 2018, 2019), 3, 2)


def test_formulas_that_were_said_now_and_then_say_less_by_their_end():
    steady, holes = reports(*[STEADY] * 5, LOOSE), reports(STEADY, LOOSE, STEADY, LOOSE, STEADY, LOOSE)
    [ended, other] = (
        next(each for each in told.formulas(*told.docs[4:6]) if "稳健的货币政策" in each.span.text)
        for told in (steady, holes)
    )
    assert other.weight < ended.weight * 0.7
