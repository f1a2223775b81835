"""Documents → candidates: slogans that are used and never explained, and what the text lists as their parts.

A candidate stands in quotation marks, or it counts its parts (四个现代化), is said again and again,
and is listed once. Titles, dates, numbers, sentences and plans are none, nor is what a definition
quotes of its own headword.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.cuts import cut, with_and
from kg.enumerations import find_enumerations, is_list, parts_of
from kg.model import Component, Document, Entry, Span
from kg.numerals import Numeral, Part, parse_numeral
from kg.rules import ARTICLES, NTH, QUOTATION, rule, unquoted
from kg.trimming import trim
from kg.words import is_common, nouns_around, words

Slots = frozenset[tuple[str, int, int]]  #: document, start and end of group labels inside their definitions

_TITLE = re.compile("《[^》\n]*》")
_CODE = re.compile(r"\d{3,6}")
_SLOGAN_NOUN = re.compile("工程|战略|行动|计划|体系|机制|制度|模式|格局|布局|思路|工作法")
_COUNTED = re.compile(r"(?<![“一二三四五六七八九十百第])[二两三四五六七八九十][个大项](?=[一-鿿]{2})")
_HANZI = re.compile("[一-鿿]+")
#: What a bracket right behind a name in quotation marks lists: “两基”（基本普及九年义务教育和基本扫除青壮年文盲）.
_BRACKET = re.compile(r"“([^“”\n]{2,12})”[^“”（），。；：、\n]{0,6}（(?:即|指|包括)?([^（）；。\n]{4,80})）")

#: Policies that go by the number of their articles, behind the verb that issues them: no name are the
#: measures that a sentence counts (40条政策措施).
_ISSUED = re.compile(
    r"(?:出台|制定|印发|发布|推出|实施|落实|执行)(?:实施|落实|落细|了)*(?:[一-鿿]*关于)?"
    r"(?P<policies>[一-鿿]{3,12}“?\d{2,3}条”?(?:、[一-鿿]{3,12}“?\d{2,3}条”?)*)(?=[，。；]|等)"
)

#: Nouns that count anything: what they follow is a list, and no slogan.
_ANYTHING = re.compile(
    r"方面|问题|部分|地区|地方|阶段|环节|领域|项目|单位|企业|部门|城市|国家|省|市|县|区|月|小时|季度|层次|层面|方向|重点"
    r"|行业|产业|工程|以上|左右|百分|百|千|万|人|大|小|新|不同|主要|重要|基本|具体|工作|专项|试点|五年|年|阶级|条件|因素|特别"
)
#: A counted phrase is a name when it is said so often, in so many documents.
OFTEN, IN_DOCUMENTS = 5, 2
#: A counted phrase that is listed nowhere is a name when it is said so often, in so many documents.
_MORE_OFTEN, _IN_MANY = 8, 4
#: The share of its occurrences from which a word belongs to a name: behind it, and before it.
_NEARLY_ALWAYS, _MOSTLY_BEFORE = 0.85, 0.75
#: A common word of so few characters is stressed and no slogan when so few of its occurrences are quoted: one in three.
_SHORT_WORD, _MOSTLY = 4, 3

#: Quoted runs that are no slogans.
NOT_CANDIDATES = (
    rule("sentence", r".*[，。；：！？,;:!?…《》（）].*", "能分则分、应转尽转，切实推进"),
    rule("one-character", r".", "特"),
    rule("long", r".{17,}", "全国社会治安防控体系建设示范城市和先进单位"),
    rule("number", r"[\d.,%％]+|[A-Za-z]", "3"),
    rule("measure", ARTICLES, "30条"),
    rule("date", rf"\d{{1,2}}[·.・•]\d{{1,2}}|{NTH}[·・•]{NTH}", "8·29"),
)


def is_candidate(run: str) -> bool:
    """Whether a quoted run can be a slogan: no sentence, no number, no date, no plan.

    >>> [is_candidate(run) for run in ("六最", "特", "8·29", "十四五", "腾笼换鸟")]
    [True, False, False, False, True]
    """
    if any(row.pattern.fullmatch(run) for row in NOT_CANDIDATES):
        return False
    return parse_numeral(run).rule not in ("plan", "year", "date")


def quotations(doc: Document) -> Iterator[Span]:
    """What stands in quotation marks in a document, without the marks."""
    for match in re.finditer(QUOTATION, doc.text):
        yield doc.span(match.start() + 1, match.end() - 1)


def quoted_runs(documents: Sequence[Document], entries: Sequence[Entry], slots: Slots) -> dict[str, bool]:
    """What stands in quotation marks and can be a slogan; False for what only a definition quotes of its own."""
    found: dict[str, bool] = {}
    times: Counter[str] = Counter()
    for doc in documents:
        titles = [match.span() for match in _TITLE.finditer(doc.text)]
        own = [entry for entry in entries if entry.doc.id == doc.id]
        for run in quotations(doc):
            in_title = any(a <= run.start < b for a, b in titles)
            if (
                in_title
                or (doc.id, run.start, run.end) in slots
                or not (is_candidate(run.text) or _is_code(run))
            ):
                continue
            of_its_own = any(run in entry.definition and _is_of(run, entry) for entry in own)
            found[run.text] = found.get(run.text, False) or not of_its_own
            times[run.text] += 1
    return {run: named for run, named in found.items() if not _is_emphasis(run, times[run], documents)}


def _is_emphasis(run: str, quoted: int, documents: Sequence[Document]) -> bool:
    """Whether quotation marks only stress a run: everybody's word, counting nothing, and mostly without them."""
    if len(run) > _SHORT_WORD or parse_numeral(run).readings or not is_common(run):
        return False
    return quoted * _MOSTLY < sum(doc.text.count(run) for doc in documents)


def _is_code(run: Span) -> bool:
    """Whether digits in quotation marks are a slogan: a noun that slogans have stands right behind (“12321”工程)."""
    return bool(_CODE.fullmatch(run.text) and _SLOGAN_NOUN.match(run.doc.text, run.end + 1))


def _is_of(run: Span, entry: Entry) -> bool:
    """Whether a definition quotes a piece of its own headword (出征“挂帅”), or its list of components."""
    return run.text in entry.headword or any(component.span in run for component in entry.components)


def counted_phrases(documents: Sequence[Document]) -> dict[str, tuple[Component, ...]]:
    """Phrases such as 四个现代化 that are said often, in several documents, with the list that they count.

    The list stands right before the number: 农业、工业、国防、科学技术四个现代化. Without one a phrase has to
    be said more often, and to count 大 or 项, which make names and not amounts: 四项基本原则.
    """
    said: dict[str, list[Span]] = defaultdict(list)
    for doc in documents:
        for match in _COUNTED.finditer(doc.text):
            said[doc.text[match.start() : match.start() + 4]].append(doc.span(*match.span()))
    names: dict[str, str] = {}
    unlisted: list[str] = []
    for key, places in sorted(said.items()):
        docs = {place.doc.id for place in places}
        if len(docs) < IN_DOCUMENTS or len(places) < OFTEN or (key[1] == "个" and _ANYTHING.match(key[2:])):
            continue
        if (name := _name(key, places)) is None:
            continue
        names[key] = name
        if key[1] != "个" and len(docs) >= _IN_MANY and len(places) >= _MORE_OFTEN:
            unlisted.append(name)
    found: dict[str, tuple[Component, ...]] = dict.fromkeys(unlisted, ())
    for doc in documents:
        for enumeration in find_enumerations(doc):
            start, end = enumeration.items[-1]
            named = _COUNTED.search(doc.text, start + 2, end)  # in quotation marks it is found as such
            label = names.get(doc.text[named.start() : named.start() + 4]) if named else None
            if not named or label is None or found.get(label):
                continue
            if len(enumeration.items) in parse_numeral(label).readings:
                items = (*enumeration.items[:-1], (start, named.start()))
                pieces = trim(doc.text, items, Part(len(items), "", ""))
                if is_list([doc.text[a:b] for a, b in pieces]):
                    found[label] = tuple(Component(doc.span(*piece)) for piece in pieces)
    return dict(sorted(found.items()))


def numbered_policies(documents: Sequence[Document]) -> dict[str, str]:
    """Policies that a text issues and calls by the number of their articles, and how it writes them.

    >>> numbered_policies([Document("d", "制定激活民间投资30条、减轻企业负担“20条”等政策，出台消费32条政策措施。")])
    {'激活民间投资30条': '激活民间投资30条', '减轻企业负担20条': '减轻企业负担“20条”'}
    """
    return {
        unquoted(policy): policy
        for doc in documents
        for match in _ISSUED.finditer(doc.text)
        for policy in match["policies"].split("、")
    }


def _name(key: str, places: Sequence[Span]) -> str | None:
    """A counted phrase with all the nouns that nearly always belong to it; None where it is no more than its count.

    They stand behind it (四项基本 原则) and, where it counts 大 or 项, before it (和平共处 五项原则).
    """
    texts = [(place.doc.text, place.start) for place in places]
    behind, _ = Counter(_HANZI.match(text, start + 2)[0][:8] for text, start in texts).most_common(1)[0]  # type: ignore[index]
    name = word = key[:2]
    for noun in nouns_around(behind) or [behind[a:b] for a, b in words(behind)[:1]]:
        longer = name + noun
        if len(name) > 2 and _share(longer, texts) < _NEARLY_ALWAYS * _share(name, texts):
            break
        name, word = longer, noun
    if len(name) <= 3 or _ANYTHING.fullmatch(word):
        return None
    if key[1] == "个":
        return name
    before = Counter(
        "".join(nouns_around(text[max(0, start - 8) : start], at_end=True)[-2:])
        for text, start in texts
        if text.startswith(name, start)
    )
    head, times = before.most_common(1)[0]
    return head + name if head and times >= _MOSTLY_BEFORE * before.total() else name


def _share(name: str, texts: Sequence[tuple[str, int]]) -> int:
    return sum(text.startswith(name, start) for text, start in texts)


def listed_parts(documents: Sequence[Document], labels: Iterable[str]) -> dict[str, tuple[Component, ...]]:
    """What the running text lists as the parts of slogans that nobody explains.

    A label for which different lists are found is left without: the text does not say which is meant.
    """
    numerals = {label: parse_numeral(label) for label in labels}
    by_size: dict[int, list[str]] = defaultdict(list)
    for label, numeral in sorted(numerals.items()):
        for reading in numeral.readings:
            by_size[reading].append(label)
    found: dict[str, list[tuple[Component, ...]]] = defaultdict(list)
    for doc in documents:
        for enumeration in find_enumerations(doc):
            for label in by_size.get(len(enumeration.items), ()):
                if parts := parts_of(label, numerals[label], enumeration):
                    found[label].append(parts)
        for label, parts in _bracketed(doc, numerals):
            found[label].append(parts)
    return {label: best for label, lists in sorted(found.items()) if (best := _agreed(lists))}


def _bracketed(doc: Document, numerals: Mapping[str, Numeral]) -> Iterator[tuple[str, tuple[Component, ...]]]:
    """The lists that stand in brackets behind a slogan that counts as many."""
    for match in _BRACKET.finditer(doc.text):
        label, numeral = match[1], numerals.get(match[1])
        if numeral is None or numeral.kind in ("digits", "plus", "open", "ordinals"):
            continue
        for pieces in with_and(doc.text, cut(doc.text, match.span(2), "、，")):
            texts = [doc.text[a:b] for a, b in pieces]
            if (
                len(pieces) in numeral.readings
                and min(map(len, texts)) > 1
                and not any("“" in t for t in texts)
            ):
                yield label, tuple(Component(doc.span(*piece)) for piece in pieces)
                break


def _agreed(lists: Sequence[tuple[Component, ...]]) -> tuple[Component, ...]:
    """The list that all findings agree on but for what leads into it; none where they differ."""
    rests = {tuple(c.span.text for c in parts[1:]) for parts in lists}
    if len(rests) > 1:
        return ()
    return min(lists, key=lambda parts: (parts[0].span.end - parts[0].span.start, parts[0].span.doc.id))


def own_terms(text: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """A list of one's own terms: one a line, with aliases behind | and components behind =; # begins a comment.

    >>> own_terms("四个现代化 | 四化 = 工业、农业、国防、科学技术  # 1964")
    {'四个现代化': (('四化',), ('工业', '农业', '国防', '科学技术'))}
    """
    terms: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for line in text.lstrip("\ufeff").splitlines():
        names, _, parts = line.partition("#")[0].partition("=")
        term, *aliases = (name.strip() for name in names.split("|"))
        if term:
            components = tuple(part.strip() for part in parts.split("、") if part.strip())
            terms[term] = (tuple(alias for alias in aliases if alias), components)
    return terms
