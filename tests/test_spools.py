"""A file that is read while it is written."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from kg.spools import Following, spooling


def test_what_is_written_is_read_as_it_comes_and_in_its_order(tmp_path):
    lines = [f"{number}\n".encode() * (number % 7) for number in range(500)]

    def followed():
        with closing(Following(tmp_path / "spool")) as file:
            said = []
            while stretch := file.read(100) + file.readline():
                said.append(stretch)
            return said

    with ThreadPoolExecutor(1) as executor:
        with spooling(tmp_path / "spool") as spool:
            found = executor.submit(followed)
            for number, line in enumerate(lines):
                file = spool.next() if number % 50 == 0 else file  # noqa: F821 (the first number is 0)
                file.write(line)
        said = found.result(timeout=60)
    assert b"".join(said) == b"".join(lines)
    assert all(stretch.endswith(b"\n") for stretch in said)


def test_who_follows_does_not_wait_for_what_will_not_come(tmp_path, monkeypatch):
    with pytest.raises(ZeroDivisionError), spooling(tmp_path / "spool") as spool:
        spool.next().write(b"half a li")
        raise ZeroDivisionError
    with closing(Following(tmp_path / "spool")) as file:
        assert file.readline() == b"half a li"
    orphan = Following(tmp_path / "nothing")
    monkeypatch.setattr(os, "getppid", lambda: -1)
    with pytest.raises(OSError, match="has ended"):
        orphan.readline()
