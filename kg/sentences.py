"""Document → its sentences, what each is made of, and where it stands: what two reports are compared by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import add

from kg.model import Document, Span

#: What the sentences of a text are: they end where a stop or a line does.
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;\n]+")
_SAYS = re.compile(r"[\w%]")
_CLAUSE = re.compile(r"[，：:,；;。！？!?]")
_SIGNS = re.compile(r"[\W\d]+")  #: signs and numbers weigh nothing: numbers are others every year
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]")
#: A heading, of which a text without lines has only the number, and what the part behind it does: look back or ahead.
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,2}、(?P<of_part>.{2,16})|(?P<of_line>[^，。；：]{4,30})(?=\n|$)"
)
_BACK = re.compile("回顾|成就|过去|工作情况")
_AHEAD = re.compile("安排|部署|任务|目标|要求|重点|建议|工作思路|举措")
_BLOCK = (3, 8)  #: sentences that a paragraph has at least and at most where paragraphs are compared


def sentences(doc: Document, outside: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The sentences of a document, without those that begin `outside` of what is compared.

    >>> [span.text for span in sentences(Document("d", "稳就业；保民生。\\n二、抓创新"))]
    ['稳就业；', '保民生。', '二、抓创新']
    """
    closed = sorted((span.start, span.end) for span in outside if span.doc.id == doc.id)
    starts = [start for start, _ in closed]
    found = []
    for match in _SENTENCE.finditer(doc.text):
        start, end = match.span()
        at = bisect_right(starts, start) - 1
        if (at < 0 or start >= closed[at][1]) and _SAYS.search(match[0]):
            found.append(doc.span(start, end))
    return tuple(found)


class Side:
    """The sentences of one document, what each is made of, and where it stands."""

    def __init__(self, doc: Document, outside: Sequence[Span] = ()) -> None:
        self.spans = sentences(doc, outside)
        self.letters: list[frozenset[str]] = []
        #: the pairs of characters of each, with the number of the last clause that has them
        self.clauses: list[dict[str, int]] = []
        self.grams: list[frozenset[str]] = []
        self.sizes: list[int] = []
        self.opens: list[bool] = []  #: whether it begins a paragraph
        self.block: list[int] = []  #: the number of its paragraph; short ones are joined, long ones parted
        self.back: list[bool | None] = []  #: whether its part looks back; None where no heading tells
        back, block, size = None, 0, 0
        for span in self.spans:
            text = span.text
            clauses = [_SIGNS.sub("", clause) for clause in _CLAUSE.split(text)]
            whole = "".join(clauses)
            grams = {
                gram: number for number, clause in enumerate(clauses) for gram in map(add, clause, clause[1:])
            } or {whole: 0}
            self.letters.append(frozenset(whole))
            self.clauses.append(grams)
            self.grams.append(frozenset(grams))
            self.sizes.append(len(whole))
            opens = span.start == 0 or doc.text[span.start - 1] == "\n" or bool(_NUMBERED.match(text))
            if opens and (heading := _HEADING.match(text)):
                said = heading["of_part"] or heading["of_line"]
                back = True if _BACK.search(said) else (False if _AHEAD.search(said) else back)
            if size >= _BLOCK[0 if opens else 1]:
                block, size = block + 1, 0
            size += 1
            self.opens.append(opens)
            self.block.append(block)
            self.back.append(back)
