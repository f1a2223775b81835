"""Files are whole or not there."""

import os
from pathlib import Path

import pytest

from kg.files import write_text


def test_files_are_utf8_with_line_feeds_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "new" / "六稳.txt"
    write_text(path, "old")
    write_text(path, "“六稳”\n六保\n")
    assert path.read_bytes() == "“六稳”\n六保\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_files_keep_the_old_one_where_the_new_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    path = tmp_path / "a.txt"
    write_text(path, "old")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
