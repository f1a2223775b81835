"""A store that is made of an older one has the statements of the new graph."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg import renewal
from kg.paragraphs import HEAD, block, paragraph
from kg.renewal import differences, renew_store
from kg.store import build_store


def trig(**graphs: dict[str, list[str]]) -> str:
    """Named graphs, each with the labels of its subjects, as a build writes them."""
    return HEAD + "".join(
        block(
            f"<http://x/{name}>",
            "".join(
                paragraph(f"<http://x/{subject}>", [("rdfs:label", f'"{label}"') for label in labels])
                for subject, labels in sorted(graph.items())
            ),
        )
        for name, graph in sorted(graphs.items())
    )


MANY = {f"s{number}": ["much that stays", f"label {number}"] for number in range(50)}
OLD = trig(a=MANY | {"x": ["one", "two"]}, b={"y": ["three"]}, c={"z": ["} of a graph\\n}\\n"]})
NEW = trig(
    a=MANY | {"x": ["one", "four"]}, c={"z": ["} of a graph\\n}\\n"], "é": ["六稳"]}, d={"y": ["three"]}
)


def test_renewal_finds_what_differs():
    ((gone, come),) = differences(BytesIO(OLD.encode()), BytesIO(NEW.encode()))
    assert [line for line in gone.split("\n") if "rdfs:label" in line] == [
        '<http://x/x> rdfs:label "two" .',
        '<http://x/y> rdfs:label "three" .',
    ]
    assert [line for line in come.split("\n") if "rdfs:label" in line] == [
        '<http://x/x> rdfs:label "four" .',
        '<http://x/é> rdfs:label "六稳" .',
        '<http://x/y> rdfs:label "three" .',
    ]


@pytest.mark.parametrize("stretch", [1, 700, 1 << 20])
def test_renewal_finds_all_that_differs(stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.paragraphs._STRETCH", stretch)
    chance = random.Random(stretch)

    def some() -> dict[str, dict[str, list[str]]]:
        return {
            graph: {
                f"s{number}": ["stays", chance.choice("aaaaaab") * 90][chance.randrange(4) // 3 :]
                for number in range(60)
            }
            for graph in chance.sample("abcd", 3)
        }

    for _ in range(8):
        old, new = trig(**some()), trig(**some())
        found = [*differences(BytesIO(old.encode()), BytesIO(new.encode()))]
        was, now = (set(parse(text, RdfFormat.TRIG)) for text in (old, new))
        gone, come = (
            {quad for run in side for quad in parse(HEAD + run, RdfFormat.TRIG)}
            for side in zip(*found, strict=True)
        )
        assert (gone, come) == (was - now, now - was)


@pytest.mark.parametrize("small", [0, 1000])
def test_renewal_gives_the_statements_of_the_new_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(renewal, "_SMALL", small)
    before, after, old, new = (tmp_path / name for name in ("old.trig", "new.trig", "old", "new"))
    before.write_text(OLD, encoding="utf-8")
    after.write_text(NEW, encoding="utf-8")
    build_store(before, old)
    monkeypatch.setattr(renewal, "build_store", None)  # so that it cannot load everything
    monkeypatch.setattr(renewal, "_RUN", 1)
    renew_store(after, new, old, before)
    assert set(Store.read_only(str(new))) == set(parse(NEW, RdfFormat.TRIG))
    assert set(Store.read_only(str(old))) == set(parse(OLD, RdfFormat.TRIG))


def test_renewal_loads_everything_where_there_is_no_older_store(tmp_path: Path) -> None:
    after = tmp_path / "new.trig"
    after.write_text(NEW, encoding="utf-8")
    renew_store(after, tmp_path / "new", tmp_path / "none", tmp_path / "none.trig")
    assert set(Store.read_only(str(tmp_path / "new"))) == set(parse(NEW, RdfFormat.TRIG))


def test_renewal_trusts_no_file_in_another_order(tmp_path: Path) -> None:
    before, after = (tmp_path / name for name in ("old.trig", "new.trig"))
    before.write_text(
        trig(a={"x": ["one"]}) + block("<http://x/Z>", paragraph("<http://x/x>", [("a", "kg:Term")]))
    )
    after.write_text(NEW, encoding="utf-8")
    build_store(before, tmp_path / "old")
    with pytest.raises(ValueError, match="stands behind"):
        renewal._renewed(after, tmp_path / "none", tmp_path / "old", before)
    renew_store(after, tmp_path / "new", tmp_path / "old", before)
    assert set(Store.read_only(str(tmp_path / "new"))) == set(parse(NEW, RdfFormat.TRIG))
