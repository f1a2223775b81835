"""Names that a report is the first to say, quoted or not."""

import pytest

from kg.coinages import find_coinages
from kg.formulas import Reports
from kg.model import Document

OLD = "发展农业。深化结构性改革。推动工业发展。"


def coined(*texts):
    docs = [Document(str(2015 + i), text, year=2015 + i) for i, text in enumerate(texts)]
    reports = Reports([(doc, ()) for doc in docs])
    return [found.life.span.text for found in find_coinages(reports, docs[0], docs[1])]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        # later reports say it again; that its last part is old is no matter
        ((OLD, "推进供给侧结构性改革，", "抓好供给侧结构性改革。"), ["供给侧结构性改革"]),
        # its own report does, and all its words are everybody's
        ((OLD, "推动高质量发展。坚持高质量发展。为了高质量发展，", "好。"), ["高质量发展"]),
        # words of one length in a row
        ((OLD, "推进去产能、去库存。抓好去产能、去库存。", "好。"), ["去产能、去库存"]),
        # said before
        ((OLD, "深化结构性改革。", "深化结构性改革。"), []),
        # no name: a verb with what it governs
        ((OLD, "加快推进，", "加快推进。"), []),
    ],
)
def test_coinages_are_names_that_are_carried(texts, names):
    assert coined(*texts) == names
