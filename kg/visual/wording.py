"""Two reports side by side → one HTML file: what changed, foremost first, and below it every sentence beside its other.

`wording.html.jinja`, `wording.css` and `scripts/wording.js` beside this module are the page. Without JavaScript it reads
as it is; with it, sorts of change are chosen, what is alike is folded, and the language and the colours are switched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.files import write_text
from kg.model import Document, KgError, Span
from kg.pieces import find_pieces
from kg.resources import resource
from kg.visual.contents import words
from kg.visual.offline import environment, policy

if TYPE_CHECKING:
    from kg.alignments import Pair
    from kg.changes import Change
    from kg.wordings import Wording

FOREMOST = 20  #: changes that are open from the start; the others are folded

#: The files of `scripts` that are this page's, each after those whose values it needs to begin.
SCRIPTS = ("elements", "words", "wording")
BOOT = "document.documentElement.className = 'js';"
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．][^。！？；]{1,40}[。；]?")
WORDS = (
    "text.",
    "wording.",
    "page.dark",
    "page.light",
    "page.language",
)  #: what the words begin with that it has


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and whether the other side has it too."""

    text: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the place where it begins in the text of record."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that face each other. `look` is same, changed, moved, gone or new."""

    number: int
    look: str
    heading: bool
    old: tuple[Sentence, ...]
    new: tuple[Sentence, ...]
    from_row: int | None  #: of what moved, the row behind which it stood in the older text
    here_stood: tuple[int, ...]  #: the rows of what stood behind this one and has moved


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a change, with the words that changed, and the address of its place; none where it is not there."""

    pieces: tuple[Piece, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A change with its quotations."""

    kind: str
    about: str
    old: tuple[Quote, ...]
    new: tuple[Quote, ...]
    times: int  #: reports of the issuer that say it; 0 where it is no formula
    first: int | None  #: the first year of them …
    last: int | None  #: … and the last
    gap: int  #: how many reports in a row lacked what returned, or by how many places a part moved
    passage: bool = False  #: whether what stood around it is gone with it


def write_wording(told: Wording, path: Path) -> None:
    """Writes the page of two reports to `path`; a file that was there stays whole until it is replaced.

    Raises `KgError` where it cannot be written.
    """
    if path.is_dir():
        raise KgError(f"{path}: is a folder; give the name of a file in it")
    try:
        write_text(path, render_wording(told))
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --file") from error


def render_wording(told: Wording) -> str:
    """The page of two reports: one HTML document that asks nothing of the outside world.

    The same comparison gives the same text.
    """
    spoken = {name: both for name, both in words().items() if name.startswith(WORDS)}
    light, dark = (
        "".join(resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in names)
        for names in (("sheet", "changes", "wording"), ("sheet-dark", "changes-dark"))
    )
    parts = [resource(f"visual/scripts/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    scripts = [BOOT, "'use strict';\n(() => {\n" + "\n".join(parts) + "})();\n"]
    shown = rows(told.pairs)
    changes = changes_of(told.changes, _rows_by_place(shown, told))
    return (
        environment()
        .get_template("wording.html.jinja")
        .render(
            policy=policy([light, dark], scripts),
            styles=[light, dark],
            scripts=scripts,
            old=told.old,
            new=told.new,
            names=(name_of(told.old), name_of(told.new)),
            rows=shown,
            looks=Counter(row.look for row in shown),
            changes=changes,
            kinds=Counter(change.kind for change in changes),
            foremost=FOREMOST,
            words=spoken,
            word={name: both[0] for name, both in spoken.items()},
        )
    )


def name_of(doc: Document) -> str:
    """The title of a report, with its year where it does not say it.

    >>> name_of(Document("a", "", title="政府工作报告", year=2024)), name_of(Document("2025", "", year=2025))
    ('2024 政府工作报告', '2025')
    """
    title = doc.title or doc.id
    return title if doc.year is None or str(doc.year) in title else f"{doc.year} {title}"


# --- the sentences --------------------------------------------------------------------------------------


def rows(pairs: Sequence[Pair]) -> tuple[Row, ...]:
    """The pairs with what differs in each; what moved knows the row behind which it stood, and that row knows it."""
    before = _stood_behind(pairs)
    stood: dict[int, list[int]] = {}
    for number, behind in before.items():
        stood.setdefault(behind, []).append(number)
    found = []
    for number, pair in enumerate(pairs):
        old, new = marked("".join(s.text for s in pair.old), "".join(s.text for s in pair.new))
        found.append(
            Row(
                number,
                _look(pair, old, new),
                all(_HEADING.fullmatch(span.text) for span in (*pair.old, *pair.new)),
                tuple(_sentences(pair.old, old)),
                tuple(_sentences(pair.new, new)),
                before.get(number),
                tuple(stood.get(number, ())),
            )
        )
    return tuple(found)


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts, each as stretches that the other has and has not.

    >>> [[(piece.text, piece.alike) for piece in side] for side in marked("稳健的货币政策", "适度宽松的货币政策")]
    [[('稳健', False), ('的货币政策', True)], [('适度宽松', False), ('的货币政策', True)]]
    """
    if not old or not new:  # nothing faces it
        return [Piece(text, False) for text in (old,) if text], [
            Piece(text, False) for text in (new,) if text
        ]
    pieces = find_pieces(old, new)
    return (
        [Piece(old[slice(*piece.old)], piece.same) for piece in pieces if piece.old[0] < piece.old[1]],
        [Piece(new[slice(*piece.new)], piece.same) for piece in pieces if piece.new[0] < piece.new[1]],
    )


def _sentences(spans: Sequence[Span], pieces: Sequence[Piece]) -> Iterator[Sentence]:
    """The stretches again as sentences."""
    left = list(pieces)
    for span in spans:
        mine, room = [], span.end - span.start
        while room:
            piece = left.pop(0)
            if len(piece.text) > room:
                left.insert(0, Piece(piece.text[room:], piece.alike))
                piece = Piece(piece.text[:room], piece.alike)
            mine.append(piece)
            room -= len(piece.text)
        yield Sentence(span.start, tuple(mine))


def _look(pair: Pair, old: Sequence[Piece], new: Sequence[Piece]) -> str:
    if not pair.old or not pair.new:
        return "gone" if pair.old else "new"
    if pair.moved:
        return "moved"
    return "same" if all(piece.alike for piece in (*old, *new)) else "changed"


def _stood_behind(pairs: Sequence[Pair]) -> dict[int, int]:
    """Of the rows that moved, the row of the sentence that stands before theirs in the older text."""
    order = sorted((span.start, number) for number, pair in enumerate(pairs) for span in pair.old)
    found: dict[int, int] = {}
    before = None
    for _, number in order:
        # a part that moved as a whole says it once, where it begins
        if pairs[number].moved and number not in found and before not in (None, number, number - 1):
            found[number] = before
        before = number
    return found


# --- the changes ----------------------------------------------------------------------------------------


Address: TypeAlias = Callable[[Span], str | None]  #: where a sentence stands, as a link on the page has it


def changes_of(changes: Sequence[Change], address: Address) -> list[Told]:
    """The changes with their quotations, each with the address of its place."""
    return [
        Told(
            str(each.kind), each.about, *_quotes(each, address),
            len(each.years), min(each.years, default=None), max(each.years, default=None), each.gap, each.passage,
        )
        for each in changes
    ]  # fmt: skip


def _rows_by_place(shown: Sequence[Row], told: Wording) -> Address:
    """The address of the row in which a sentence stands."""
    places = {
        (doc.id, sentence.start): f"r{row.number}"
        for row in shown
        for doc, sentences in ((told.old, row.old), (told.new, row.new))
        for sentence in sentences
    }
    return lambda span: places.get((span.doc.id, span.start))


def _quotes(change: Change, address: Address) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The sentences of both sides. Where no words are named that changed, all that differs is marked."""
    if change.was or change.now or not change.old or not change.new:
        sides = [_named(change.old, change.was), _named(change.new, change.now)]
    else:
        texts = ("".join(span.text for span in spans) for spans in (change.old, change.new))
        sides = [
            [sentence.pieces for sentence in _sentences(spans, pieces)]
            for spans, pieces in zip((change.old, change.new), marked(*texts), strict=True)
        ]
    old, new = (
        tuple(Quote(pieces, address(span)) for span, pieces in zip(spans, quoted, strict=True))
        for spans, quoted in zip((change.old, change.new), sides, strict=True)
    )
    return old, new


def _named(spans: Sequence[Span], said: Span | None) -> list[tuple[Piece, ...]]:
    """Sentences in which the words `said` are marked."""
    found = []
    for span in spans:
        cuts = [span.start, span.end]
        if said and said in span:
            cuts = [span.start, said.start, said.end, span.end]
        stretches = [(span.doc.text[a:b], number != 1) for number, (a, b) in enumerate(pairwise(cuts))]
        found.append(tuple(Piece(text, alike) for text, alike in stretches if text))
    return found
