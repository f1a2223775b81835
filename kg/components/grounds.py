"""What a split rests on: the text with what the slogan counts, and the heads that its pieces carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.cuts import Piece
from kg.numerals import Numeral, Part
from kg.trimming import trim

Groups = tuple[tuple[Piece, ...], ...]  #: pieces, group by group


@dataclass(frozen=True, slots=True)
class Task:
    """A definition to be split: its text, its bounds, what the slogan counts, and what ends a list."""

    text: str
    span: Piece
    numeral: Numeral
    stops: tuple[str, ...]

    def trim(self, pieces: Sequence[Piece], part: Part) -> tuple[Piece, ...]:
        """The pieces of a group without what the sentence says around them."""
        return tuple(trim(self.text, pieces, part, self.stops, self.numeral.count or 0))

    def of(self, piece: Piece) -> str:
        """The text of a piece."""
        return self.text[piece[0] : piece[1]]


@dataclass(frozen=True, slots=True)
class Cutting:
    """A way of cutting a stretch of text into pieces, with the row that found it."""

    groups: Groups
    rule: str
    score: float = 0.0

    @property
    def size(self) -> int:
        """How many pieces there are."""
        return sum(map(len, self.groups))


def heads_of(part: Part) -> list[str]:
    """The head of a part, as pieces may carry it: whole, its last two characters, its first, its last."""
    head = part.head
    if not head or head.isdigit():
        return []
    return list(dict.fromkeys([head, head[-2:], head[0], head[-1]] if len(head) > 1 else [head]))


def is_headed(task: Task, pieces: Iterable[Piece], part: Part) -> bool | None:
    """Whether the pieces carry the head of their part: all of them, only some, or none (None).

    A head on the last piece alone is shared by all (属地、部门、单位、家庭和个人责任).
    """
    texts = [task.of(piece) for piece in pieces]
    some = False
    for head in heads_of(part):
        having = [head in text for text in texts]
        if all(having):
            return True
        some = some or any(having[:-1])
    return False if some else None


def carries_all(piece: str, parts: Sequence[Part]) -> bool:
    """Whether a piece carries the heads of all parts."""
    return all(any(head in piece for head in heads_of(part)) for part in parts)
