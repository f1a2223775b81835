"""Two documents → which sentences of the one say what sentences of the other say.

Of the candidates, the likely ones become pairs, the likeliest first: a sentence that several of the other text share is on
one line with all of them. A whole part can move, which is told once, where it begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.counterparts import Link, Side, find_links, heaviest_chain, sentences
from kg.model import Document, Span
from kg.structure import find_glossaries

__all__ = ["Pair", "align", "sentences"]

_LEAST = 0.6  #: confidence of sentences that are aligned
_MOST = 6  #: sentences in a group on the side that has several
_FAR = 50  #: a place is another one from one sentence in so many of the older text


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences of an older text and what a newer one says in their place; one side is empty where it says nothing."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    score: float = (
        0.0  #: how likely it is that its surest two sentences belong together; 0 where nothing is aligned
    )
    moved: bool = (
        False  #: whether it has another place in the order than most of the text and than its neighbours
    )


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
    links.sort(key=lambda link: (-link.likely, abs(link.old - link.new), link.old, link.new))
    return tuple(_pairs(before, after, links))


class _Group:
    """Sentences that belong together: one of one side, and one or several of the other."""

    def __init__(self, link: Link) -> None:
        self.old, self.new = [link.old], [link.new]
        self.surest = link


def _groups(links: Iterable[Link]) -> list[_Group]:
    """Each sentence with its likeliest counterpart, if need be beside another that has the same."""
    of_old: dict[int, _Group] = {}
    of_new: dict[int, _Group] = {}
    for link in links:
        before, after = of_old.get(link.old), of_new.get(link.new)
        if not before and not after:
            of_old[link.old] = of_new[link.new] = _Group(link)
        elif before and not after and len(before.old) == 1 and len(before.new) < _MOST:
            before.new = sorted([*before.new, link.new])
            of_new[link.new] = before
        elif after and not before and len(after.new) == 1 and len(after.old) < _MOST:
            after.old = sorted([*after.old, link.old])
            of_old[link.old] = after
    return sorted({id(group): group for group in of_new.values()}.values(), key=lambda group: group.new)


def _moved(groups: Sequence[_Group], size: int) -> set[int]:
    """The groups, by number, that stand in another order than most of the text, without what follows them from there.

    `size` is that of the older text: in a long one a few sentences make no other place, and part nothing that moved together.
    """
    order = heaviest_chain([group.surest for group in groups])
    kept, places = set(order), [link.new for link in order]
    near = max(size // _FAR, 1)
    moved: set[int] = set()
    before = -2 * near
    for number, group in enumerate(groups):
        here = group.surest.old
        at = bisect_left(places, group.surest.new)
        off = min((abs(link.old - here) for link in order[max(at - 1, 0) : at + 1]), default=0)
        if group.surest not in kept and off >= near and not 0 <= here - before <= near:
            moved.add(number)
        before = here
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
                round(group.surest.likely, 3),
                number in moved,
            )
            yield from (Pair((old.spans[i],), ()) for member in group.old for i in behind[member])
        elif j not in others:
            yield Pair((), (new.spans[j],))
