"""The store of an earlier build → that of a new graph, by what differs.

RocksDB makes a copy of a store in no time, of links to its files. The statements that are gone are taken out of the
copy, and the new ones put in.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from kg.paragraphs import HEAD, outdented, read
from kg.store import build_store

_MOST = 0.3  #: what may differ, as a share of the graph; beyond it loading everything is as quick
_BLOCK = re.compile(rb"\n(<[^>\n]*>) \{")


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
    after = trig.read_bytes()
    gone, come = differences(before.read_bytes(), after)
    if len(gone) + len(come) > _MOST * len(after):
        return False
    Store.read_only(str(old)).backup(str(folder))
    store = Store(str(folder))
    for quad in parse(HEAD + gone, RdfFormat.TRIG):
        store.remove(quad)
    store.bulk_load(HEAD + come, RdfFormat.TRIG)
    store.flush()
    return True


def differences(before: bytes, after: bytes) -> tuple[str, str]:
    """The statements of two TriG files of this program that only the first has, and only the second, as TriG."""
    old, new = dict(_blocks(before)), dict(_blocks(after))
    gone: list[str] = []
    come: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, b""), new.get(name, b"")
        if was != now:
            one, other = set(was.split(b"\n\n")), set(now.split(b"\n\n"))
            left, right = _by_subject(one - other), _by_subject(other - one)
            for mine, theirs, out in ((left, right, gone), (right, left, come)):
                said = "".join(_only(mine, theirs))
                out.append(f"{name.decode()} {{\n{said}}}\n" if said else "")
    return "".join(gone), "".join(come)


def _by_subject(paragraphs: Iterable[bytes]) -> dict[str, str]:
    texts = (outdented("\n" + each.decode()) for each in paragraphs if each)
    return {text[1 : text.index("\n", 1)]: text for text in texts}


def _only(mine: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    """The statements of some paragraphs that others do not have, a line each."""
    for subject, text in sorted(mine.items()):
        known = set(read(theirs.get(subject, "")))
        for _, verb, value in (statement for statement in read(text) if statement not in known):
            yield f"{subject} {verb} {value} .\n"


def _blocks(trig: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The named graphs of TriG that this program wrote, each with its paragraphs."""
    place = _BLOCK.search(trig)
    while place:
        end = trig.index(b"\n}\n", place.end())
        yield place[1], trig[place.end() : end + 1].strip(b"\n") + b"\n"
        place = _BLOCK.search(trig, end)
