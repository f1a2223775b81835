"""A store that is made of an older one has the statements of the new graph."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg import renewal
from kg.paragraphs import HEAD
from kg.renewal import differences, keep_record, renew_store
from kg.store import build_store


def trig(**graphs: dict[str, list[str]]) -> str:
    """Named graphs, each with the labels of its subjects, as a build writes them."""
    blocks = (
        f"\n<http://x/{name}> {{"
        + "".join(
            f"\n  <http://x/{s}>\n    rdfs:label {', '.join(map(repr, labels))} .\n"
            for s, labels in graph.items()
        )
        + "}\n"
        for name, graph in sorted(graphs.items())
    )
    return HEAD + "".join(blocks).replace("'", '"')


MANY = {f"s{number}": ["much that stays", f"label {number}"] for number in range(50)}
OLD = trig(a=MANY | {"x": ["one", "two"]}, b={"y": ["three"]}, c={"z": ["} of a graph\\n}\\n"]})
NEW = trig(
    a=MANY | {"x": ["one", "four"]}, c={"z": ["} of a graph\\n}\\n"], "é": ["六稳"]}, d={"y": ["three"]}
)


def test_renewal_finds_what_differs():
    gone, come, _ = differences(OLD.encode(), NEW.encode())
    assert b"much that stays" not in gone + come
    assert gone.count(b"rdfs:label") == 2 and come.count(b"rdfs:label") == 3


@pytest.mark.parametrize("trusted", [True, False])
def test_renewal_gives_the_statements_of_the_new_graph(tmp_path: Path, monkeypatch, trusted: bool) -> None:
    before, after, old, new = (tmp_path / name for name in ("old.trig", "new.trig", "old", "new"))
    before.write_text(OLD, encoding="utf-8")
    after.write_text(NEW, encoding="utf-8")
    build_store(before, old)
    keep_record(before, tmp_path / "record")
    if trusted:
        monkeypatch.setattr(renewal, "build_store", None)  # so that it cannot load everything
    else:
        before.write_text(NEW, encoding="utf-8")  # another file than the store was loaded from
    renew_store(after, new, old, before, tmp_path / "record")
    assert set(Store.read_only(str(new))) == set(parse(NEW, RdfFormat.TRIG))
    assert set(Store.read_only(str(old))) == set(parse(OLD, RdfFormat.TRIG))


def test_renewal_loads_everything_where_there_is_no_older_store(tmp_path: Path) -> None:
    after = tmp_path / "new.trig"
    after.write_text(NEW, encoding="utf-8")
    renew_store(after, tmp_path / "new", tmp_path / "none", tmp_path / "none.trig", tmp_path / "record")
    assert set(Store.read_only(str(tmp_path / "new"))) == set(parse(NEW, RdfFormat.TRIG))
