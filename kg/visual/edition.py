"""An annotated edition → one HTML file: the report with its boxes, which fold, and with links to and fro.

`edition.html.jinja`, `edition.css` and `edition.js` beside this module are the page; without JavaScript it
reads and prints as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.editions import Article, Box, Edition, Link
from kg.editions.words import badges_of, count, parts, words
from kg.resources import resource
from kg.visual.offline import environment, policy


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the report; `target` is the id of what it leads to, or empty, `back` whether it is led back to."""

    text: str
    target: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the report and the box behind it."""

    at: int
    level: int
    pieces: tuple[Piece, ...]
    box: Box | None


def render_edition(edition: Edition) -> str:
    """An edition as one HTML document that asks nothing of the outside world. The same edition gives the same text."""
    styles = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in ("edition", "dark")]
    script = resource("visual/edition.js").read_text(encoding="utf-8")
    spoken = words()
    return (
        environment()
        .get_template("edition.html.jinja")
        .render(
            policy=policy(styles, [script]),
            styles=styles,
            script=script,
            edition=edition,
            blocks=[*_blocks(edition)],
            backs=_backs(edition),
            badges_of=badges_of,
            parts_of=_parts,
            count_of=count,
            words=spoken,
            word={name: both[0] for name, both in spoken.items()},
        )
    )


def _parts(article: Article) -> list[tuple[str, tuple[str, ...]]]:
    return [*parts(article.meaning)]


def _backs(edition: Edition) -> dict[int, str]:
    """Where each article leads back to: the mention that it is written for, or its paragraph where a longer one hides it."""
    shown = {(link.start, link.article) for link in edition.links}
    starts = [paragraph.start for paragraph in edition.paragraphs]
    return {
        each.number: f"to-a{each.number}"
        if (each.start, each.number) in shown
        else f"p{starts[max(0, bisect_right(starts, each.start) - 1)]}"
        for each in edition.articles
    }


def _blocks(edition: Edition) -> Iterator[Block]:
    boxes = {box.behind: box for box in edition.boxes}
    homes = {(article.start, article.number) for article in edition.articles}
    first: set[int] = set()
    for number, paragraph in enumerate(edition.paragraphs):
        links = [
            link for link in edition.links if paragraph.start <= link.start and link.end <= paragraph.end
        ]
        pieces = tuple(_pieces(edition, links, paragraph.start, paragraph.end, homes, first))
        yield Block(paragraph.start, paragraph.level, pieces, boxes.get(number))


def _pieces(
    edition: Edition,
    links: Sequence[Link],
    start: int,
    end: int,
    homes: set[tuple[int, int]],
    first: set[int],
) -> Iterator[Piece]:
    """The text between the links, and these; an article leads back to the place that it is written for."""
    at = start
    for link in links:
        if at < link.start:
            yield Piece(edition.text[at : link.start])
        number = link.article or link.unexplained or 0
        back = (link.start, number) in homes if link.article else -number not in first
        first.add(number if link.article else -number)
        target = f"a{number}" if link.article else f"u{number}"
        yield Piece(edition.text[link.start : link.end], target, back)
        at = link.end
    if at < end:
        yield Piece(edition.text[at:end])
