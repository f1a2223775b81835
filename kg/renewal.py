"""The store of an earlier build → that of a new graph, by what differs.

RocksDB makes a copy of a store in no time, of links to its files. The statements that are gone are taken out of the
copy, and the new ones put in. Both files are read side by side, as their paragraphs have one order.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, Store, parse

from kg.paragraphs import HEAD, Paragraphs, outdented, read
from kg.store import build_store

_MOST = 0.3  #: what may differ, as a share of the graph; beyond it loading everything is as quick
_RUN = 8_000_000  #: characters of statements that are taken out and put in at once
_SMALL = 5_000_000  #: characters of statements that are put in without a layer of their own


def renew_store(trig: Path, folder: Path, old: Path, before: Path, jobs: int = 1) -> None:
    """Load TriG that this program wrote into a new store at `folder`, with `jobs` threads.

    `old` is the store of an earlier build and `before` the TriG that it was loaded from. Where it cannot be used or
    too much differs, everything is loaded. Raises `KgError` as `build_store` does.
    """
    try:
        if _renewed(trig, folder, old, before):
            return
    except (OSError, RuntimeError, ValueError):  # a syntax error is a value error of Python's; all is loaded
        pass
    shutil.rmtree(folder, ignore_errors=True)
    build_store(trig, folder, jobs)


def _renewed(trig: Path, folder: Path, old: Path, before: Path) -> bool:
    """Whether the store could be made of the old one."""
    most, size = _MOST * trig.stat().st_size, 0
    Store.read_only(str(old)).backup(str(folder))
    store = Store(str(folder))
    with before.open("rb") as was, trig.open("rb") as now:
        for gone, come in differences(was, now):
            size += len(gone) + len(come)
            if size > most:
                return False
            for quad in parse(HEAD + gone, RdfFormat.TRIG):
                store.remove(quad)
            # in bulk takes half the time and makes a layer more, and a question looks into every layer
            put_in = store.load if len(come) < _SMALL else store.bulk_load
            put_in(HEAD + come, RdfFormat.TRIG)
    store.flush()
    return True


def differences(before: IO[bytes], after: IO[bytes]) -> Iterator[tuple[str, str]]:
    """The statements of two TriG files of this program that only the first has, and only the second, as TriG.

    They come in runs. Raises `ValueError` where a file is not as this program writes it.
    """
    gone: list[str] = []
    come: list[str] = []
    size = 0
    for graph, was, now in _changed(_told(before), _told(after)):
        old, new = _apart(was, now)
        for mine, theirs, out in ((old, set(new), gone), (new, set(old), come)):
            if said := "".join(f"{each} .\n" for each in mine if each not in theirs):
                out.append(f"{graph} {{\n{said}}}\n")
                size += len(out[-1])
        if size > _RUN:
            yield "".join(gone), "".join(come)
            gone, come, size = [], [], 0
    yield "".join(gone), "".join(come)


def _told(file: IO[bytes]) -> Paragraphs:
    if file.read(len(HEAD)) != HEAD.encode():
        raise ValueError("this TriG begins with other prefixes")
    return Paragraphs(file)


def _changed(before: Paragraphs, after: Paragraphs) -> Iterator[tuple[str, str, str]]:
    """The graph of each paragraph that differs, and how it was and is."""
    while True:
        before.skip(after)
        old, new = before.key, after.key
        if not old and not new:
            return
        place = min(key for key in (old, new) if key)
        was = before.take() if old == place else b""
        now = after.take() if new == place else b""
        if was != now:
            yield f"<{place[0].decode()}>", was.decode(), now.decode()


def _apart(was: str, now: str) -> tuple[list[str], list[str]]:
    """The statements of a paragraph as it was and as it is, of most without those of the lines that are the same."""
    subject, *old = was.split("\n")
    same, *new = now.split("\n")
    lines = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    if subject == same and len(old) == len(new) and all(map(_is_whole, chain.from_iterable(lines))):
        told = [(f"{subject[2:]} {one[4:-2]}", f"{subject[2:]} {other[4:-2]}") for one, other in lines]
        return [one for one, _ in told], [other for _, other in told]
    before, after = (list(map(" ".join, read(outdented("\n" + text)))) for text in (was, now))
    return before, after


def _is_whole(line: str) -> bool:
    """Whether a line of a paragraph says a predicate and its only value."""
    return line[4:5] != " " and line.endswith((" ;", " ."))
