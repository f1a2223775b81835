"""What a list of changes has of `gold/changes_known.tsv` and `gold/changes_national.tsv`; the `.md` beside each tells how it was made.

The figure of known changes is a recall: all that are told, and those among the first twenty. A change of which a reader has
judged the very words is real and worth telling or not; what nobody has judged counts neither way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from kg.model import Change

_GOLD = Path(__file__).parent / "gold"
_FIRST = 20
_SHARED = 0.6  #: of the shorter of two phrases, in a row, for one to tell of the other
_LONGER = 2.5  #: times that what is told can be longer than what is known

Step = tuple[str, str]  #: the ids of two reports


@dataclass(frozen=True, slots=True)
class Found:
    """Of the changes that a reader knows of: how many there are, are told, and are among the first twenty."""

    known: int
    told: int
    first: int
    missed: tuple[str, ...]  #: the quotations of what is not among the first twenty


def read(name: str) -> list[dict[str, str]]:
    """The rows of a sheet of `tests/gold`."""
    with (_GOLD / name).open(encoding="utf-8") as sheet:
        return list(csv.DictReader(sheet, delimiter="\t"))


def found(told: Mapping[Step, Sequence[Change]]) -> Found:
    """The known changes among those that are told of each pair of reports."""
    known = [row for row in read("changes_known.tsv") if (row["old"], row["new"]) in told]
    ranks = []
    for row in known:
        changes = enumerate(told[row["old"], row["new"]], start=1)
        ranks.append(next((rank for rank, change in changes if tells(change, row)), None))
    first = [rank is not None and rank <= _FIRST for rank in ranks]
    return Found(
        len(known),
        sum(rank is not None for rank in ranks),
        sum(first),
        tuple(
            f"{row['old']} {row['old_quote']} → {row['new']} {row['new_quote']}"
            for row, inside in zip(known, first, strict=True)
            if not inside
        ),
    )


def tells(change: Change, row: Mapping[str, str]) -> bool:
    """Whether a change tells of a known one: of each side that it tells at all, the words that are known."""
    sides = [
        _told(row[f"{side}_quote"], words.text if words else "", change.old if side == "old" else change.new)
        for side, words in (("old", change.was), ("new", change.now))
    ]
    return None not in sides and any(sides)


def _told(quote: str, words: str, sentences: Iterable[object]) -> bool | None:
    """Whether some words are those of a quotation; None where they are others, or where nothing should be told."""
    quote, words = _plain(quote), _plain(words)
    if not quote or not words:
        return False
    if words[0].isdigit():  # a value, which stands in many places
        there = any(quote in _plain(getattr(sentence, "text", "")) for sentence in sentences)
        return True if words in quote and there else None
    match = SequenceMatcher(None, quote, words, autojunk=False).find_longest_match()
    shared = match.size >= max(2, _SHARED * min(len(quote), len(words)))
    return True if shared and len(words) <= _LONGER * len(quote) else None


def judged(told: Mapping[Step, Sequence[Change]]) -> dict[Step, tuple[int, int]]:
    """Of the first twenty changes of each pair, how many were judged real and worth telling, and how many were not judged."""
    verdicts = {
        (row["old"], row["new"], row["was"], row["now"]): row["worth"] for row in read("changes_national.tsv")
    }
    counts = {}
    for (old, new), changes in told.items():
        words = [((c.was.text if c.was else ""), (c.now.text if c.now else "")) for c in changes[:_FIRST]]
        seen = [verdicts.get((old, new, *pair)) for pair in words]
        counts[old, new] = seen.count("yes"), seen.count(None)
    return counts


def _plain(text: str) -> str:
    return "".join(char for char in text if char not in "“”")
