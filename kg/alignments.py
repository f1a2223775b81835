"""Two documents → which sentences of the one say what sentences of the other say.

Of the candidates, the likely ones become pairs, the likeliest first: a sentence of which each clause has another counterpart
is on one line with all of them, and so are a few of both sides that cross; the pair knows which goes with which. A whole part can move, which is told once, where it begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.counterparts import Link, find_links, heaviest_chain
from kg.model import Document, Span
from kg.sentences import Side
from kg.structure import find_glossaries

_LEAST = 0.62  #: confidence of sentences that are aligned
_MOST = 4  #: sentences of a side that hang together
_FAR = 50  #: a place is another one from one sentence in so many of the older text


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of an older text and what a newer one says in their place; one side is empty where it says nothing."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    score: float = 0.0  #: how likely its surest two sentences belong together; 0 where nothing is aligned
    moved: bool = False  #: whether it, or what begins with it, has another place in the order
    #: which of `old` goes with which of `new`, by number, the surest first
    ties: tuple[tuple[int, int], ...] = ()


def align(
    old: Document,
    new: Document,
    outside: Sequence[Span] | None = None,
) -> tuple[Pair, ...]:
    """The sentences of two documents, each in one pair, in the order of the new text; what is gone follows what stood before it.

    `outside` are the stretches of both that are not compared: boxes and glossaries, which are found where it is not given.

    >>> pairs = align(Document("a", "实施稳健的货币政策。扎实推进乡村振兴。"), Document("b", "扎实推进乡村全面振兴。发展低空经济。"))
    >>> [("".join(s.text for s in pair.old), "".join(s.text for s in pair.new)) for pair in pairs]
    [('实施稳健的货币政策。', ''), ('扎实推进乡村振兴。', '扎实推进乡村全面振兴。'), ('', '发展低空经济。')]
    """
    if outside is None:
        outside = [
            part
            for doc in (old, new)
            for glossary in find_glossaries(doc)
            for part in (glossary.heading, glossary.span)
        ]
    before, after = Side(old, outside), Side(new, outside)
    links = [link for link in find_links(before, after) if link.likely >= _LEAST]
    return tuple(_pairs(before, after, links))


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences that belong together, by number, and what ties them, the surest first."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    links: tuple[Link, ...] = ()

    def __or__(self, other: _Group) -> _Group:
        return _Group(
            tuple(sorted({*self.old, *other.old})),
            tuple(sorted({*self.new, *other.new})),
            tuple(sorted({*self.links, *other.links}, key=_surest)),
        )


def _surest(link: Link) -> tuple[float, int, int, int]:
    return -link.likely, abs(link.old - link.new), link.old, link.new


def _groups(links: Iterable[Link]) -> list[_Group]:
    """Each sentence with its counterparts, as long as no more than a few of a side hang together."""
    of_old: dict[int, _Group] = {}
    of_new: dict[int, _Group] = {}
    for link in sorted(links, key=_surest):
        group = _Group((link.old,), (link.new,), (link,))
        for other in (of_old.get(link.old), of_new.get(link.new)):
            group = group | other if other else group
        if len(group.old) <= _MOST and len(group.new) <= _MOST:
            of_old |= dict.fromkeys(group.old, group)
            of_new |= dict.fromkeys(group.new, group)
    return sorted({group.new[0]: group for group in of_new.values()}.values(), key=lambda group: group.new)


def _moved(groups: Sequence[_Group], size: int) -> set[int]:
    """The groups, by number, that stand in another order than most of the text, without what follows them from there.

    `size` is that of the older text: in a long one a few sentences make no other place, and part nothing that moved together.
    """
    surest = [group.links[0] for group in groups]
    order = heaviest_chain(surest)
    kept, places = set(order), [link.new for link in order]
    near = max(size // _FAR, 1)
    moved: set[int] = set()
    before = -2 * near
    for number, link in enumerate(surest):
        at = bisect_left(places, link.new)
        off = min((abs(other.old - link.old) for other in order[max(at - 1, 0) : at + 1]), default=0)
        if link not in kept and off >= near and not 0 <= link.old - before <= near:
            moved.add(number)
        before = link.old
    return moved


def _pairs(old: Side, new: Side, links: Sequence[Link]) -> Iterator[Pair]:
    """All sentences as pairs, in the order of the new text."""
    groups = _groups(links)
    moved = _moved(groups, len(old.spans))
    aligned = {i for group in groups for i in group.old}
    behind: defaultdict[int, list[int]] = defaultdict(list)  # what is gone, by the old sentence before it
    last = -1
    for i in range(len(old.spans)):
        if i in aligned:
            last = i
        else:
            behind[last].append(i)
    yield from (Pair((old.spans[i],), ()) for i in behind[-1])
    first = {group.new[0]: number for number, group in enumerate(groups)}
    others = {j for group in groups for j in group.new[1:]}
    for j in range(len(new.spans)):
        if (number := first.get(j)) is not None:
            group = groups[number]
            yield Pair(
                tuple(old.spans[i] for i in group.old),
                tuple(new.spans[k] for k in group.new),
                round(group.links[0].likely, 3),
                number in moved,
                tuple((group.old.index(link.old), group.new.index(link.new)) for link in group.links),
            )
            yield from (Pair((old.spans[i],), ()) for member in group.old for i in behind[member])
        elif j not in others:
            yield Pair((), (new.spans[j],))
