import pytest

from kg.comparison import Redefinition, compare
from kg.model import KgError
from kg.pipeline import build
from kg.store import open_store

REPORTS = {
    "2021.txt": "2021年甲省政府工作报告\n做好“六稳”“三块地”工作，推进“四梁八柱”。\n知识小贴士\n“三块地”：征地、入市、宅基地。",
    "2022.txt": "2022年甲省政府工作报告\n做好“六稳”“三块地”工作，发展“双碳”。\n知识小贴士\n“三块地”：承包地、入市、宅基地。",
    "2023.txt": "2023年甲省政府工作报告摘要\n推进“六稳”。",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, folder / "out")
    return open_store(folder / "out")


def test_comparison_of_two_years(store):
    found = compare(store, 2021, 2022)
    assert "双碳" in found.came and "四梁八柱" in found.went
    assert {"六稳", "三块地"} <= set(found.kept)
    assert found.redefined == (Redefinition("三块地", ("承包地",), ("征地",)),)
    assert not set(found.came) & set(found.went)


def test_comparison_is_the_same_both_ways(store):
    there, back = compare(store, 2021, 2022), compare(store, 2022, 2021)
    assert (there.came, there.went, there.kept) == (back.went, back.came, back.kept)


@pytest.mark.parametrize(("old", "new"), [(2021, 2023), (1999, 2021)])
def test_comparison_wants_full_texts(store, old, new):
    with pytest.raises(KgError, match="years with one: 2021, 2022"):
        compare(store, old, new)
