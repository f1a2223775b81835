"""Explanatory part → heads: the terms that open its entries.

A paragraph opens an entry when it begins with a term and a connector, or with a term that the
text before the part marks. A sentence with a quoted term and a connector opens one too. In a
numbered glossary the numbers open the entries. A note whose mark stands behind a term explains it,
with or without naming it; a note on something else opens nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter

from kg.items import Item, find_items
from kg.model import Context, Document, Glossary, Span
from kg.rules import (
    ARTICLES,
    CONNECTORS,
    COUNT,
    MEASURES,
    NOTE_MARK,
    QUOTED,
    QUOTED_RUN,
    either,
    is_part_heading,
    rule,
    unquoted,
)

_PLAIN = "[^“”。；！？：，、\n]"  #: a character of a headword that nothing sets off

#: How a paragraph opens an entry. The connector is looked for behind the head.
HEADS = (
    rule(
        "quoted",
        rf"{_PLAIN}{{0,20}}{QUOTED}(?:[、和与及]?{QUOTED}){{0,5}}{_PLAIN}{{0,14}}?",
        "“三化三制”改革：加快建设",
    ),
    rule("plain", rf"{_PLAIN}{{2,30}}?(?:、{_PLAIN}{{2,12}}?)?", "P3实验室：生物安全防护三级实验室"),
)
_CONNECTORS = {row.name: row for row in CONNECTORS}
GLOSS = either(row for row in CONNECTORS if row.name != "colon")  #: a bare colon can lead into anything
#: Each way with each connector, in order of precedence.
_OPENINGS = [
    (row.name, name, re.compile(f"(?P<head>{row.pattern.pattern}){connector.pattern.pattern}", re.VERBOSE))
    for row in HEADS
    for name, connector in _CONNECTORS.items()
]
_NOTE_GLOSS = re.compile(f"，?{GLOSS}：?", re.VERBOSE)
_PART_GLOSSES = re.compile(
    f"“([^“”]{{1,8}})”{either(_CONNECTORS[name] for name in ('means', 'comma-is', 'is'))}", re.VERBOSE
)
_SENTENCE_HEADS = re.compile(rf"(?<=[。；：\n])(?P<head>{QUOTED}{_PLAIN}{{0,10}}?){GLOSS}", re.VERBOSE)
_STRONG = ("colon-gloss", "colon", "means", "comma-is")

#: A definition before its term, at the end of a sentence.
REVERSED = rule(
    "reversed",
    rf"(?:(?<=[。；：\n])(?:而|则)?)(?P<definition>[^。；\n“”]{{4,}}?)，(?:这|这样|此)(?:就是|便是|即是?|即为|被?称为|叫做?|是)(?P<head>{QUOTED})(?=[。；\n]|$)",
    "；而到2060年，各种方式全部抵消掉，这就是“碳中和”。",
)
_CALLED = re.compile("，[这此]")  #: before the head of such a definition
#: A term in quotation marks right before a mark.
_TERM_BEFORE = re.compile("“(?P<term>[^“”\n]{1,40})”$")
_ALL_ARTICLES = re.compile(ARTICLES)
_COUNTED = re.compile(f"{COUNT}[{MEASURES}](?=“)")
_A_TERM = re.compile(f"(?:{_PLAIN}|{QUOTED}){{1,30}}")
_NOT_A_TERM = re.compile(
    r"(?:这|那|其|该|此|它|他|我|本|各|主要|核心|目的|目标|重点|实质|内容|意义|特点|具体|一是|二是|就|也|还|又|但|而|如|即|均|都|并|同时|另外|所谓)|.*(?:不|也|都|还|将|要|应|可|能|会|已|仍|均|才)$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an entry: its words, and where its definition begins."""

    span: Span
    body: int  #: where the definition begins
    rule: str
    label: str | None = None  #: where the text does not state the headword
    stop: int | None = None  #: where the definition ends, if it stands before the head

    @property
    def headword(self) -> str:
        """As it stands in the text, or as the text before the part has it."""
        return self.label or self.span.text


def find_heads(glossary: Glossary, before: Span) -> tuple[tuple[Item, Head | None], ...]:
    """The items of an explanatory part, each with the head that opens it; None where it goes on with the last.

    What the text `before` it marks as a term opens an item without a connector.

    >>> from kg.model import Context, Document, Voice
    >>> doc = Document("d", "“六稳”：稳就业等。\\n这很重要。")
    >>> part = Glossary(doc.span(0, len(doc.text)), doc.span(0, 0), Context.BOX, Voice.EDITOR, None)
    >>> [head and (head.span.text, head.rule, doc.text[head.body : item.end]) for item, head in find_heads(part, text_before(part))]
    [('“六稳”', 'quoted-colon', '稳就业等。'), None]
    """
    doc = glossary.span.doc
    terms = frozenset(_marked_runs(before))
    items = list(find_items(glossary))
    noted = _note_marks(glossary)
    found: list[tuple[Item, Head | None]] = []
    is_note = False
    for i, item in enumerate(items):
        head = _opening(doc, item, terms, first=i == 0) if item.opens else None
        head = head or _alone_on_its_line(doc, items[i : i + 2])
        if item.number in noted and doc.text[item.start - 1] in "］]〕】":
            head = _of_a_note(glossary, item, head, noted[item.number])
            is_note = head is None
        elif item.opens:
            is_note = False
        if not is_note:
            found.append((item, head))
    return tuple(found)


def _note_marks(glossary: Glossary) -> dict[int | None, list[int]]:
    """Where in the text before an appended glossary the marks stand that lead to its entries, by number."""
    found: dict[int | None, list[int]] = {}
    if glossary.context == Context.GLOSSARY:
        for mark in NOTE_MARK.finditer(glossary.span.doc.text, 0, glossary.heading.start):
            found.setdefault(int(mark["n"]), []).append(mark.start())
    return found


def _of_a_note(glossary: Glossary, item: Item, head: Head | None, marks: Sequence[int]) -> Head | None:
    """The head of a note: its own where the sentence before the mark speaks of it, or else the term before the mark."""
    doc = glossary.span.doc
    if head and any(_share(head.headword, _sentence_before(doc, mark)) for mark in marks):
        return head
    for mark in marks:
        if term := _TERM_BEFORE.search(doc.text, max(0, mark - 42), mark):
            start, end = term.span("term")
        else:
            start, end = next(
                ((m.start, m.end) for m in doc.marks if m.kind == "bold" and m.end == mark), (0, 0)
            )
        if 2 <= end - start <= 20:
            gloss = _NOTE_GLOSS.match(doc.text, item.start, item.end)
            body = gloss.end() if gloss else item.start
            return Head(doc.span(item.start, item.start), body, "note-mark", doc.text[start:end])
    return None


def _share(headword: str, sentence: str) -> bool:
    """Whether two characters of a term stand side by side in a sentence too; a Latin one need not."""
    plain = unquoted(headword)
    return plain.isascii() or any(plain[i : i + 2] in sentence for i in range(len(plain) - 1))


def _sentence_before(doc: Document, mark: int) -> str:
    """The sentence at whose end, or in which, a mark stands."""
    text = doc.text[max(0, mark - 100) : mark]
    stop = max(text.rfind(c, 0, len(text) - 1) for c in "。！？；\n") + 1
    return unquoted(text[stop:])


def _opening(doc: Document, item: Item, terms: frozenset[str], *, first: bool) -> Head | None:
    """The head that opens a paragraph; `terms` are what the text before the part marks as terms."""
    start, end = item.start, item.end
    if implicit := _implicit(doc, item, terms):
        return implicit
    begins = (len(term) for term in terms if 3 <= len(term) <= 20 and doc.text.startswith(term, start, end))
    size = max(begins, default=0)
    marked = Head(doc.span(start, start + size), start + size, "marked") if size else None
    for form, name, pattern in _OPENINGS:
        match = pattern.match(doc.text, start, end)
        if not match:
            continue
        words = match["head"]
        if form == "plain":
            strong = name in _STRONG
            if not (strong or first or item.number is not None or words in terms):
                continue
            if _NOT_A_TERM.match(words) or (name == "is" and len(words) > 15):
                continue
            if marked and len(words) - size > (6 if strong else 0):
                return marked
        return Head(doc.span(start, start + len(words)), match.end(), f"{form}-{name}")
    return marked


def _implicit(doc: Document, item: Item, terms: frozenset[str]) -> Head | None:
    """“两下”说的是…“两进”是指…“两拆”则是指…: the parts of a headword that only the text before states."""
    start = item.start
    if not _PART_GLOSSES.match(doc.text, start, item.end):
        return None
    parts = [*_PART_GLOSSES.finditer(doc.text, start, item.end)]
    joined = "".join(part[1] for part in parts)
    if len(parts) < 2 or joined not in terms:
        return None
    return Head(doc.span(start, start), start, "implicit", joined)


def _alone_on_its_line(doc: Document, items: Sequence[Item]) -> Head | None:
    """A numbered line that is a term without a colon, with its definition on the next line."""
    item, *following = items
    line = doc.span(item.start, item.end)
    named = item.number is not None and _A_TERM.fullmatch(line.text)
    return Head(line, item.end, "numbered-line") if named and following and not following[0].opens else None


def sentence_heads(doc: Document, start: int, end: int) -> Iterator[Head]:
    """The quoted terms that open a sentence of a stretch and have a connector behind them."""
    for match in _SENTENCE_HEADS.finditer(doc.text, start, end):
        yield Head(doc.span(*match.span("head")), match.end(), "sentence")


def reversed_heads(doc: Document, start: int, end: int) -> Iterator[Head]:
    """The terms of a stretch whose definition stands before them."""
    if not _CALLED.search(doc.text, start, end):
        return
    for match in REVERSED.pattern.finditer(doc.text, start, end):
        head = doc.span(*match.span("head"))
        yield Head(head, match.start("definition"), "reversed", None, match.end("definition"))


def text_before(glossary: Glossary) -> Span:
    """The text between a part and the one before it, at most its last 1,500 characters."""
    doc, end = glossary.span.doc, glossary.heading.start
    floor, stop = max(0, end - 1500), end
    while stop >= floor:  # paragraph by paragraph, the last one first
        start = doc.text.rfind("\n", floor, stop) + 1 or floor
        if is_part_heading(doc.text, start, stop):
            return doc.span(stop, end)
        stop = start - 1
    return doc.span(floor, end)


def bold_runs(before: Span) -> tuple[str, ...]:
    """What a stretch of text puts in bold type."""
    marks = before.doc.marks  # in the order of the text
    first = bisect_left(marks, before.start, key=attrgetter("start"))
    inside = takewhile(lambda mark: mark.start < before.end, islice(marks, first, None))
    return tuple(
        before.doc.text[mark.start : mark.end]
        for mark in inside
        if mark.kind == "bold" and mark.end <= before.end
    )


def _marked_runs(before: Span) -> Iterator[str]:
    """What the text before a part puts in bold type or quotation marks, without the quotation marks."""
    yield from (run.strip("“”，。") for run in bold_runs(before))
    yield from (m[0][1:-1] for m in QUOTED_RUN.finditer(before.doc.text, before.start, before.end))


def core(headword: str) -> str:
    """What a reader would look up: the part in quotation marks, or the headword where nothing is quoted.

    Where the quoted part is only a number and a measure, what stands before it belongs to the core;
    where several parts are quoted, all of the headword does; a number right before it counts what is quoted.

    >>> core("国有企业“六定”改革"), core("P3实验室"), core("民营经济发展“30条”")
    ('六定', 'P3实验室', '民营经济发展30条')
    >>> core("五个“必须统筹好”")
    '五个必须统筹好'
    """
    runs: list[str] = QUOTED_RUN.findall(headword)
    if len(runs) != 1:
        return headword
    term = runs[0][1:-1]
    if _ALL_ARTICLES.fullmatch(term):
        return headword[: headword.index("“")] + term
    if counted := _COUNTED.search(headword):
        return counted[0] + term
    return term


def variants(bold: Iterable[str], label: str, headword: str) -> Iterator[str]:
    """Longer names among what stands in bold type before the part that hold the core in quotation marks: 国企“六定”改革."""
    for run in bold:
        before, quoted, behind = run.partition(f"“{label}”")
        if not quoted or headword in run or not (before or behind):
            continue
        if re.fullmatch("[^，。；“”]{0,5}", before) and re.fullmatch("[^，。；“”]{0,6}", behind):
            yield run
