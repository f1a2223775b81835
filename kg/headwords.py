"""Explanatory part → drafts: where its entries begin and end, by their heads.

A paragraph opens an entry when it begins with a term and a connector, or with a term that the
text before the part marks. A sentence with a quoted term and a connector opens one too. What does
neither goes on with the entry before it. In a numbered glossary the numbers open the entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.cleaning import paragraphs
from kg.cuts import Piece
from kg.items import Item, find_items
from kg.model import Component, Context, Document, Glossary, Span
from kg.numerals import parse_numeral
from kg.rules import CONNECTORS, GLOSSARY_HEADINGS, rule

QUOTED = "“[^“”\n]{1,40}”"
_PLAIN = "[^“”。；！？：，、\n]"

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
_STRONG = ("colon-gloss", "colon", "means", "comma-is")

#: A definition before its term, at the end of a sentence.
REVERSED = rule(
    "reversed",
    rf"(?:(?<=[。；：\n])(?:而|则)?)(?P<definition>[^。；\n“”]{{4,}}?)，(?:这|这样|此)(?:就是|便是|即是?|即为|被?称为|叫做?|是)(?P<head>{QUOTED})(?=[。；\n]|$)",
    "；而到2060年，各种方式全部抵消掉，这就是“碳中和”。",
)
_NOT_A_TERM = re.compile(
    r"(?:这|那|其|该|此|它|他|我|本|各|主要|核心|目的|目标|重点|实质|内容|意义|特点|具体|一是|二是|就|也|还|又|但|而|如|即|均|都|并|同时|另外|所谓)|.*(?:不|也|都|还|将|要|应|可|能|会|已|仍|均|才)$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an entry: its words, and where its definition begins."""

    start: int
    end: int
    body: int  #: where the definition begins
    rule: str
    label: str | None = None  #: where the text does not state the headword
    stop: int | None = None  #: where the definition ends, if it stands before the head


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry with its definition's bounds, before its components are found."""

    head: Head
    start: int
    end: int
    label: str
    parts: tuple[Component, ...] = ()
    number: int | None = None
    owned: bool = False  #: whether an earlier entry owns the core, so that the label is the whole headword


def find_heads(glossary: Glossary) -> tuple[Draft, ...]:
    """The entries of an explanatory part, before what they say is read."""
    doc = glossary.span.doc
    before = _before(glossary)
    drafts: list[Draft] = []
    items = list(find_items(glossary))
    heads = [_heads_of(doc, item, before, first=i == 0) for i, item in enumerate(items)]
    heads = [found or _alone_on_its_line(doc, items[i : i + 2]) for i, found in enumerate(heads)]
    block = 0  # paragraphs still to come that explain the parts of the last entry
    for i, (item, found) in enumerate(zip(items, heads, strict=True)):
        if found and block:
            drafts[-1] = replace(
                drafts[-1], end=item.end, parts=(*drafts[-1].parts, _part(doc, found[0], item.end))
            )
            block -= 1
            continue
        block = 0
        if found:
            for j in range(len(drafts) - 1, max(len(drafts) - 5, -1), -1):
                if _is_umbrella(doc, drafts[j], found[0]):
                    drafts[j] = replace(drafts[j], end=item.end)
            drafts += [replace(draft, number=item.number) for draft in _from_heads(doc, found, item.end)]
            block = _block(doc, found[0], item, [h[0] for h in takewhile(bool, heads[i + 1 :])])
        elif drafts:
            drafts[-1] = replace(drafts[-1], end=item.end)
        elif reversed_head := next(_reversed(doc, item.start, item.end), None):
            drafts.append(Draft(reversed_head, reversed_head.body, reversed_head.stop or item.end, ""))
        if drafts and not block and glossary.context == Context.BOX:
            drafts[-1:] = _inner(doc, drafts[-1], max(item.start, drafts[-1].start))
    return tuple(_owned(doc, drafts))


def _heads_of(doc: Document, item: Item, before: Span, *, first: bool) -> list[Head]:
    if not item.opens:
        return []
    return _opening(doc, item.start, item.end, before, numbered=item.number is not None, first=first)


def _alone_on_its_line(doc: Document, items: Sequence[Item]) -> list[Head]:
    """A numbered line that is a term without a colon, with its definition on the next line."""
    item, *following = items
    text = doc.text[item.start : item.end]
    named = item.number is not None and re.fullmatch(f"(?:{_PLAIN}|{QUOTED}){{1,30}}", text)
    if named and following and not following[0].opens:
        return [Head(item.start, item.end, item.end, "numbered-line")]
    return []


def _block(doc: Document, head: Head, item: Item, following: Sequence[Head]) -> int:
    """How many of the following paragraphs explain the parts of a headword that stands alone on its line.

    As many as the slogan counts, all with a head of their own; none of them counts parts itself,
    unless it carries a head of the slogan.
    """
    numeral = parse_numeral(core(doc.text[head.start : head.end]))
    if head.label or head.body < item.end or not numeral.readings:
        return 0
    kinds = "".join(part.head for part in numeral.parts)
    for reading in numeral.readings:
        terms = [re.sub("[“”]", "", doc.text[h.start : h.end]) for h in following[:reading]]
        fits = all(any(c in kinds for c in term) or not parse_numeral(term).readings for term in terms)
        if len(terms) == reading and fits:
            return reading
    return 0


def _part(doc: Document, head: Head, end: int) -> Component:
    """A paragraph that explains a part of the entry before it: its component and gloss."""
    quoted = re.fullmatch(QUOTED, doc.text[head.start : head.end])
    inner = doc.span(head.start + 1, head.end - 1) if quoted else doc.span(head.start, head.end)
    return Component(inner, None, doc.span(head.body, end))


def _before(glossary: Glossary) -> Span:
    """The text between a part and the one before it, at most its last 1,500 characters."""
    doc, end = glossary.span.doc, glossary.heading.start
    floor = max(0, end - 1500)
    headings = [
        b
        for a, b in paragraphs(doc.text, floor, end)
        if any(row.pattern.fullmatch(doc.text, a, b) for row in GLOSSARY_HEADINGS)
    ]
    return doc.span(max(headings, default=floor), end)


def _opening(doc: Document, start: int, end: int, before: Span, *, numbered: bool, first: bool) -> list[Head]:
    """The heads that open a paragraph: one, several that share a definition, or none."""
    if implicit := _implicit(doc, start, end, before):
        return [implicit]
    for row in HEADS:
        for name, connector in _CONNECTORS.items():
            match = re.compile(
                f"(?P<head>{row.pattern.pattern})(?P<c>{connector.pattern.pattern})", re.X
            ).match(doc.text, start, end)
            if not match:
                continue
            words = match["head"]
            if (
                row.name == "plain"
                and name not in _STRONG
                and not (numbered or first or _is_marked(words, before))
            ):
                continue
            if row.name == "plain" and (_NOT_A_TERM.match(words) or (name == "is" and len(words) > 15)):
                continue
            longer = len(words) - (marked := _marked_start(doc, start, end, before) or len(words))
            if row.name == "plain" and longer > (6 if name in _STRONG else 0):
                return [Head(start, start + marked, start + marked, "marked")]
            return [Head(start, start + len(words), match.end(), f"{row.name}-{name}")]
    if marked := _marked_start(doc, start, end, before):
        return [Head(start, start + marked, start + marked, "marked")]
    return []


def _marked_runs(before: Span) -> Iterator[str]:
    """What the text before a part puts in bold type or quotation marks, without the quotation marks."""
    text = before.doc.text
    for mark in before.doc.marks:
        if mark.kind == "bold" and before.start <= mark.start and mark.end <= before.end:
            yield text[mark.start : mark.end].strip("“”，。")
    yield from (m[0][1:-1] for m in re.compile(QUOTED).finditer(text, before.start, before.end))


def _is_marked(words: str, before: Span) -> bool:
    return words.strip("“”") in set(_marked_runs(before))


def _marked_start(doc: Document, start: int, end: int, before: Span) -> int:
    """How long the marked run is that a paragraph begins with; 0 where it begins with none."""
    runs = [
        run for run in _marked_runs(before) if 3 <= len(run) <= 20 and doc.text.startswith(run, start, end)
    ]
    return max(map(len, runs), default=0)


def _implicit(doc: Document, start: int, end: int, before: Span) -> Head | None:
    """“两下”说的是…“两进”是指…“两拆”则是指…: the parts of a headword that only the text before states."""
    gloss = "|".join(_CONNECTORS[name].pattern.pattern for name in ("means", "comma-is", "is"))
    parts = [*re.compile(f"“([^“”]{{1,8}})”(?:{gloss})", re.X).finditer(doc.text, start, end)]
    joined = "".join(part[1] for part in parts)
    if len(parts) < 2 or parts[0].start() != start or joined not in set(_marked_runs(before)):
        return None
    return Head(start, start, start, "implicit", joined)


def _from_heads(doc: Document, heads: Sequence[Head], end: int) -> list[Draft]:
    """The drafts of a paragraph's head. Several quoted runs without a tail are an entry each."""
    drafts = []
    for head in heads:
        runs = [m.span() for m in re.compile(QUOTED).finditer(doc.text, head.start, head.end)]
        tail = doc.text[runs[-1][1] : head.end] if runs else ""
        if len(runs) > 1 and not tail and runs[0][0] == head.start:
            glosses = _own_glosses(doc, runs, head.body, end) or [(head.body, end)] * len(runs)
            drafts += [
                Draft(replace(head, start=a, end=b), start, stop, "")
                for (a, b), (start, stop) in zip(runs, glosses, strict=True)
            ]
        else:
            drafts.append(Draft(head, head.body, end, ""))
    return drafts


def _own_glosses(doc: Document, runs: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """“四旁”为A、B；“五边”为C、D: where each of several heads is explained; none where not all are."""
    gloss = "|".join(row.pattern.pattern for row in CONNECTORS if row.name != "colon")
    opened = [
        re.compile(f"{re.escape(doc.text[a:b])}(?:{gloss})", re.X).search(doc.text, start, end)
        for a, b in runs
    ]
    if not all(opened):
        return []
    starts = [match.start() for match in opened if match]
    return [
        (match.end(), min((s for s in starts if s > match.start()), default=end)) for match in opened if match
    ]


def _inner(doc: Document, draft: Draft, begin: int) -> list[Draft]:
    """A draft, and the entries that sentences inside of its paragraph open."""
    if draft.head.rule == "implicit" or draft.parts:
        return [draft]
    own = re.sub("[“”]", "", draft.head.label or doc.text[draft.head.start : draft.head.end])
    found: list[Head] = []
    gloss = "|".join(_CONNECTORS[name].pattern.pattern for name in _CONNECTORS if name != "colon")
    opening = re.compile(
        rf"(?<=(?P<after>[。；：\n]))(?P<head>{QUOTED}{_PLAIN}{{0,10}}?)(?P<c>{gloss})", re.X
    )
    for match in opening.finditer(doc.text, max(begin - 1, 0), draft.end):
        if match.start() < begin:
            continue
        words = match["head"]
        term = words[1 : words.index("”")]
        if re.sub("[“”]", "", words) == own or re.fullmatch(r"\d{1,2}|[A-Za-z]", term):
            continue
        if term in own and not _names(doc, draft, term, words):
            continue
        head = Head(match.start(), match.end("head"), match.end(), "sentence")
        if match["after"] != "：" or _is_umbrella(doc, draft, head):
            found.append(head)
    for head in _reversed(doc, max(begin, draft.start), draft.end):
        if doc.text[head.start + 1 : head.end - 1] not in own:
            found.append(head)
    drafts = [draft]
    for head in sorted(found, key=lambda h: h.body):
        if head.stop is None and not _is_umbrella(doc, drafts[0], head):
            drafts[-1] = replace(drafts[-1], end=head.start)
        elif head.stop is None:
            if len(drafts) > 1:
                drafts[-1] = replace(drafts[-1], end=head.start)
        else:
            last = max(doc.text.rfind(c, 0, head.body) for c in "。；：\n") + 1
            drafts[-1] = replace(drafts[-1], end=min(drafts[-1].end, last))
        drafts.append(Draft(head, head.body, head.stop or draft.end, ""))
    return drafts


def _reversed(doc: Document, start: int, end: int) -> Iterator[Head]:
    """The terms of a stretch whose definition stands before them."""
    for match in REVERSED.pattern.finditer(doc.text, start, end):
        yield Head(*match.span("head"), match.start("definition"), "reversed", None, match.end("definition"))


def _names(doc: Document, draft: Draft, term: str, words: str) -> bool:
    """Whether a term inside of a headword is a term of its own there: one of several in quotation marks,
    or the core of the headword with another tail."""
    head = doc.text[draft.head.start : draft.head.end]
    runs = re.findall(QUOTED, head)
    return f"“{term}”" in runs and (len(runs) > 1 or words != head)


def _is_umbrella(doc: Document, draft: Draft, head: Head) -> bool:
    """Whether a headword names several terms of which this one is explained inside of it."""
    words = doc.text[draft.head.start : draft.head.end]
    runs = re.findall(QUOTED, words)
    return len(runs) > 1 and any(run in doc.text[head.start : head.end] for run in runs)


def _owned(doc: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with their cores. A core that an earlier entry of the part has leaves the whole headword;
    where that entry is about the core itself, the longer term counts nothing of its own."""
    taken: dict[str, bool] = {}
    result = []
    for draft in drafts:
        headword = draft.head.label or doc.text[draft.head.start : draft.head.end]
        label = draft.head.label or core(headword)
        plain = re.sub("[“”]", "", headword)
        owned = taken.get(label, False)
        if label in taken:
            label = plain
        taken.setdefault(label, plain == label)
        result.append(replace(draft, label=label, owned=owned))
    return result


def core(headword: str) -> str:
    """What a reader would look up: the part in quotation marks, or the headword where nothing is quoted.

    Where the quoted part is only a number and a measure, what stands before it belongs to the core;
    where several parts are quoted, all of the headword does; a number right before it counts what is quoted.

    >>> core("国有企业“六定”改革"), core("P3实验室"), core("民营经济发展“30条”")
    ('六定', 'P3实验室', '民营经济发展30条')
    >>> core("五个“必须统筹好”")
    '五个必须统筹好'
    """
    runs: list[str] = re.findall(QUOTED, headword)
    if len(runs) != 1:
        return headword
    term = runs[0][1:-1]
    if re.fullmatch(r"[\d一二两三四五六七八九十百]+[条项件个款点]", term):
        return headword[: headword.index("“")] + term
    if counted := re.search(r"(?:[一二两三四五六七八九十]+|\d+)[个大项条件种类](?=“)", headword):
        return counted[0] + term
    return term


def variants(glossary: Glossary, label: str, headword: str) -> Iterator[str]:
    """Longer names in bold type before the part that hold the core in quotation marks: 国企“六定”改革."""
    before = _before(glossary)
    name = re.compile(f"[^，。；“”]{{0,5}}“{re.escape(label)}”[^，。；“”]{{0,6}}")
    for mark in before.doc.marks:
        if mark.kind == "bold" and before.start <= mark.start and mark.end <= before.end:
            run = before.doc.text[mark.start : mark.end]
            if name.fullmatch(run) and headword not in run and run != f"“{label}”":
                yield run
