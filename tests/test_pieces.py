"""In what two wordings differ, and that nothing of either is lost."""

import pytest

from kg.pieces import find_pieces

ROWS = [
    ("推进依法行政。", "大力推进依法行政。", "{大力}推进依法行政。"),
    ("增长5.5%左右。", "增长5%左右。", "增长[5.5]{5}%左右。"),  # a number is one thing
    ("实施稳健的货币政策。", "实施适度宽松的货币政策。", "实施[稳健]{适度宽松}的货币政策。"),
    (
        "兜牢基层底线。",
        "筑牢兜实基层底线。",
        "[兜牢]{筑牢兜实}基层底线。",
    ),  # no single character between two changes
    ("好。", "好。", "好。"),
    ("", "好。", "{好。}"),
]


@pytest.mark.parametrize(("old", "new", "expected"), ROWS)
def test_pieces_mark_what_differs(old, new, expected):
    def shown(piece):
        one, other = old[slice(*piece.old)], new[slice(*piece.new)]
        return one if piece.same else (f"[{one}]" if one else "") + (f"{{{other}}}" if other else "")

    pieces = find_pieces(old, new)
    assert "".join(map(shown, pieces)) == expected
    assert "".join(old[slice(*piece.old)] for piece in pieces) == old
    assert "".join(new[slice(*piece.new)] for piece in pieces) == new
