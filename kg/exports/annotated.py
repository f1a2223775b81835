"""An annotated edition in Markdown (CommonMark): the report, and quoted behind its paragraphs what explains it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.editions import Article, Box, Edition, Unexplained
from kg.editions.words import badges_of, change_lines, count, parts, say, source, told
from kg.errors import KgError
from kg.exports.booklets import escaped


def markdown(edition: Edition) -> str:
    """An edition in Markdown. A link leads from each mention elsewhere to the one explanation of its term."""
    return "\n\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    yield f"*{escaped(say('made', articles=len(edition.articles), left=len(edition.unexplained)))}*"
    yield from (f"*{escaped(say(each.name, **each.values))}*" for each in edition.remarks)
    behind = {box.behind: box for box in edition.boxes}
    for number, paragraph in enumerate(edition.paragraphs):
        text = escaped(edition.text[paragraph.start : paragraph.end])
        yield f"{'#' * min(paragraph.level + 1, 6)} {text}" if paragraph.level else text
        if number in behind:
            yield "\n".join(f"> {line}".rstrip() for line in _box(edition, behind[number]))
    if edition.unplaced:
        yield f"## {say('unplaced')}"
        for article in edition.unplaced:
            yield "\n".join(f"> {line}".rstrip() for line in _article(article))
    if edition.unexplained:
        yield f"## {say('unexplained')}"
        yield say("unexplained-why")
        yield "\n".join(line for left in edition.unexplained for line in _left(edition, left))
    if edition.references:
        yield f"## {say('references')}"
        yield "\n".join(
            f"{n}. {escaped(each)}" for n, each in enumerate(edition.references.values(), start=1)
        )


def _box(edition: Edition, box: Box) -> Iterator[str]:
    yield f"**{say('box')}**"
    for article in box.articles:
        yield ""
        yield from _article(article)
    for name, later in (("before", False), ("later", True)):
        if here := [each for each in box.pointers if each.later == later]:
            yield ""
            yield f"{say(name)}：" + "、".join(f"[{escaped(each.label)}](#a{each.number})" for each in here)
    if box.unexplained:
        yield ""
        bare = [edition.unexplained[n - 1] for n in box.unexplained]
        yield f"{say('left')}：" + "、".join(f"[{escaped(each.label)}](#u{each.number})" for each in bare)


def _article(article: Article) -> Iterator[str]:
    """The lines of an article; a stroke at the end of one breaks it."""
    meaning = article.meaning
    badges = "".join(f" `{told(each)}`" for each in badges_of(article))
    yield f'<a id="a{article.number}"></a>**{escaped(article.label)}**{badges}\\'
    cut = say("cut", n=meaning.left_out) if meaning.left_out else ""
    yield from (escaped(line) + "\\" for line in (meaning.text + cut).split("\n"))
    if groups := [*parts(meaning)]:
        listed = "；".join((f"{name}：" if name else "") + "、".join(members) for name, members in groups)
        yield escaped(f"{say('parts')}{count(meaning)}：{listed}") + "\\"
    if article.change:
        yield escaped("，".join(change_lines(article.change))) + "\\"
    yield f"—— {escaped(source(meaning))}"


def _left(edition: Edition, left: Unexplained) -> Iterator[str]:
    badges = "".join(f" `{told(each)}`" for each in badges_of(left))
    yield f'{left.number}. <a id="u{left.number}"></a>**{escaped(left.label)}**{badges}'
    if listing := left.listing:
        title = listing.title or listing.document
        yield f"    - {escaped(say('listed', parts='、'.join(listing.parts), title=title))}"
    if namesake := left.namesake:
        name, headword = namesake.title or namesake.document, namesake.headword or left.label
        yield f"    - {escaped(say('namesake', title=name, headword=headword.strip('“”')))}"
    for each in left.sentences:
        section = f"（{each.section}）" if each.section else ""
        yield f"    - {escaped(edition.text[each.start : each.end] + section)}"


FORMATS = ("md", "html", "docx")  #: how an edition can be written, by the endings of the files


def render(edition: Edition, format: str = "md") -> bytes:
    """An edition as a file of one of the `FORMATS`: the same edition gives the same bytes."""
    if format == "docx":
        from kg.exports.annotated_word import word

        return word(edition)
    if format == "html":
        from kg.visual.edition import render_edition

        return render_edition(edition).encode("utf-8")
    if format != "md":
        raise KgError(f"an edition is written as {' or '.join(FORMATS)}, and not as {format!r}")
    return markdown(edition).encode("utf-8")
