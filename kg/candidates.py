"""Documents → candidates: slogans that are used and never explained, and what the text lists as their parts.

A candidate stands in quotation marks, or it counts its parts (四个现代化), is said again and again,
and is listed once. Titles, dates, numbers, sentences and plans are none, nor is what a definition
quotes of its own headword.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.cuts import cut, with_and
from kg.enumerations import Enumeration, can_be_headed, find_enumerations, is_list, parts_of, shared_head
from kg.model import Component, Document, Entry, KgError, Span
from kg.numerals import Numeral, Part, parse_numeral
from kg.rules import ARTICLES, NTH, QUOTATION, rule, unquoted
from kg.trimming import trim
from kg.words import is_common, is_word, nouns_around, words

Slots = frozenset[tuple[str, int, int]]  #: document, start and end of group labels inside their definitions

_TITLE = re.compile("《[^》\n]*》")
_CODE = re.compile(r"\d{3,6}")
_SLOGAN_NOUN = re.compile("工程|战略|行动|计划|体系|机制|制度|模式|格局|布局|思路|工作法")
_COUNTED = re.compile(r"(?<![“一二三四五六七八九十百第])[二两三四五六七八九十][个大项](?=[一-鿿]{2})")
_HANZI = re.compile("[一-鿿]+")
_AROUND = 8  #: characters beside a counted phrase among which its nouns are
_QUOTED = re.compile("“([^“”]+)”")
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

#: Quotation marks that hold no name but words that somebody said, or that are said of something.
NOT_NAMES = (
    rule(
        "speech",
        "(?:(?:指出|强调|讲|写道|嘱托|题词|告诫)[：，]|说[：，]?)“(?P<run>[^“”\n]+)”",
        "他指出：“合理布局规划先行”",
    ),
    rule("predicate", "既“(?P<run>[^“”\n]+)”[，、]?又“", "既“无事不扰”，又“"),
    rule("second-predicate", "既“[^“”\n]+”[，、]?又“(?P<run>[^“”\n]+)”", "既“无事不扰”，又“无处不在”"),
)
_BEFORE, _BEHIND = 24, 4  #: characters around a quotation that say whose words it has


@lru_cache(maxsize=10_000)
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


@dataclass(frozen=True, slots=True)
class Run:
    """What stands in quotation marks in a document and can be a slogan."""

    text: str
    times: int
    named: bool  #: False where only definitions quote it, of their own headword or list


def quoted_runs(doc: Document, entries: Sequence[Entry] = (), slots: Slots = frozenset()) -> tuple[Run, ...]:
    """What stands in quotation marks in a document and can be a slogan, by the definitions `entries` of the document.

    >>> [(run.text, run.times) for run in quoted_runs(Document("d", "做好“六最”，推进“六最”，《“双百”方案》"))]
    [('六最', 2)]
    """
    titles = [match.span() for match in _TITLE.finditer(doc.text)]
    begins = [start for start, _ in titles]
    own = [(entry.definition.start, entry.definition.end, entry) for entry in entries]
    found: dict[str, list[bool]] = {}
    for run in quotations(doc):
        title = bisect_right(begins, run.start) - 1
        if (
            (title >= 0 and run.start < titles[title][1])
            or (doc.id, run.start, run.end) in slots
            or not (is_candidate(run.text) or _is_code(run))
        ):
            continue
        of_its_own = any(a <= run.start and run.end <= b and _is_of(run, entry) for a, b, entry in own)
        found.setdefault(run.text, []).append(not (of_its_own or _is_said(run)))
    return tuple(Run(text, len(named), any(named)) for text, named in found.items())


def doubtful_runs(runs: Iterable[Run]) -> dict[str, int]:
    """Of runs those that are everybody's short word and count nothing, with how often they are quoted."""
    quoted: Counter[str] = Counter()
    for run in runs:
        quoted[run.text] += run.times
    return {
        run: times
        for run, times in quoted.items()
        if len(run) <= _SHORT_WORD and not parse_numeral(run).readings and is_common(run)
    }


def is_emphasis(quoted: int, said: int) -> bool:
    """Whether quotation marks only stress everybody's word: it is mostly said without them."""
    return quoted * _MOSTLY < said


def _is_code(run: Span) -> bool:
    """Whether digits in quotation marks are a slogan: a noun that slogans have stands right behind (“12321”工程)."""
    return bool(_CODE.fullmatch(run.text) and _SLOGAN_NOUN.match(run.doc.text, run.end + 1))


def _is_of(run: Span, entry: Entry) -> bool:
    """Whether a definition quotes a piece of its own headword (出征“挂帅”), its list of components, what it has just
    said, in brackets (…共同参加（“10+5”）), or everybody's word (“试错”过程)."""
    text = run.doc.text
    bracketed = text[run.start - 2] == "（" and text.startswith("）", run.end + 1)
    common = is_word(run.text) and not parse_numeral(run.text).readings
    own = run.text in entry.headword or any(component.span in run for component in entry.components)
    return own or bracketed or common


def _is_said(run: Span) -> bool:
    """Whether somebody is quoted, or the words are what the sentence says of its subject."""
    return any(
        match.span("run") == (run.start, run.end)
        for row in NOT_NAMES
        for match in row.pattern.finditer(run.doc.text, max(0, run.start - _BEFORE), run.end + _BEHIND)
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What a document says with a count before it (四个现代化), and what it lists before such a count."""

    places: tuple[
        tuple[str, str], ...
    ]  #: the characters before each place, and the phrase with those behind it
    lists: tuple[tuple[str, int, tuple[Component, ...]], ...]  #: a phrase, how many things, and the things


def counted_phrases(doc: Document) -> Counted:
    """The counted phrases of a document, of whatever they count.

    >>> found = counted_phrases(Document("d", "实现农业、工业、国防、科学技术四个现代化。"))
    >>> found.places, [[c.span.text for c in listed] for _, _, listed in found.lists]
    ((('、国防、科学技术', '四个现代化。'),), [['农业', '工业', '国防', '科学技术']])
    """
    text = doc.text
    starts = [match.start() for match in _COUNTED.finditer(text)]
    lists = []
    for enumeration in find_enumerations(doc, _COUNTED.search) if starts else ():
        start, end = enumeration.items[-1]
        named = _COUNTED.search(text, start + 2, end)  # in quotation marks it is found as such
        if named is None:
            continue
        size, place = len(enumeration.items), named.start()
        pieces = trim(text, (*enumeration.items[:-1], (start, place)), Part(size, "", ""))
        if is_list([text[a:b] for a, b in pieces]):
            lists.append((_key(text, place), size, tuple(Component(doc.span(*piece)) for piece in pieces)))
    places = ((text[max(0, start - _AROUND) : start], text[start : start + _AROUND + 2]) for start in starts)
    return Counted(tuple(places), tuple(lists))


def _key(text: str, start: int) -> str:
    """A counted phrase by its number, its measure and two characters: 四个现代."""
    return text[start : start + 4]


def counted_names(counted: Iterable[Counted]) -> dict[str, tuple[Component, ...]]:
    """Phrases such as 四个现代化 that are said often, in several documents, with the list that they count.

    The list stands right before the number: 农业、工业、国防、科学技术四个现代化. Without one a phrase has to
    be said more often, and to count 大 or 项, which make names and not amounts: 四项基本原则.
    """
    counted = list(counted)
    said: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    documents: Counter[str] = Counter()
    for each in counted:
        for place in each.places:
            said[_key(place[1], 0)][place] += 1
        documents.update({_key(phrase, 0) for _, phrase in each.places})
    names: dict[str, str] = {}
    unlisted: list[str] = []
    for key, places in sorted(said.items()):
        times = places.total()
        if documents[key] < IN_DOCUMENTS or times < OFTEN or (key[1] == "个" and _ANYTHING.match(key[2:])):
            continue
        if (name := _name(key, places)) is None:
            continue
        names[key] = name
        if key[1] != "个" and documents[key] >= _IN_MANY and times >= _MORE_OFTEN:
            unlisted.append(name)
    found: dict[str, tuple[Component, ...]] = dict.fromkeys(unlisted, ())
    for key, size, components in (row for each in counted for row in each.lists):
        label = names.get(key)
        if label is not None and not found.get(label) and size in parse_numeral(label).readings:
            found[label] = components
    return dict(sorted(found.items()))


def numbered_policies(doc: Document) -> dict[str, str]:
    """Policies that a text issues and calls by the number of their articles, and how it writes them.

    >>> numbered_policies(Document("d", "制定激活民间投资30条、减轻企业负担“20条”等政策，出台消费32条政策措施。"))
    {'激活民间投资30条': '激活民间投资30条', '减轻企业负担20条': '减轻企业负担“20条”'}
    """
    return {
        unquoted(policy): policy
        for match in _ISSUED.finditer(doc.text)
        for policy in match["policies"].split("、")
    }


def _name(key: str, places: Mapping[tuple[str, str], int]) -> str | None:
    """A counted phrase with all the nouns that nearly always belong to it; None where it is no more than its count.

    They stand behind it (四项基本 原则) and, where it counts 大 or 项, before it (和平共处 五项原则).
    """
    following: Counter[str] = Counter()
    for (_, phrase), times in places.items():
        following[_HANZI.match(phrase, 2)[0][:_AROUND]] += times  # type: ignore[index]
    behind, _ = following.most_common(1)[0]
    name = word = key[:2]
    for noun in nouns_around(behind) or [behind[a:b] for a, b in words(behind)[:1]]:
        longer = name + noun
        if len(name) > 2 and _share(longer, places) < _NEARLY_ALWAYS * _share(name, places):
            break
        name, word = longer, noun
    if len(name) <= 3 or _ANYTHING.fullmatch(word):
        return None
    if key[1] == "个":
        return name
    leading: Counter[str] = Counter()
    for (before, phrase), times in places.items():
        if phrase.startswith(name):
            leading["".join(nouns_around(before, at_end=True)[-2:])] += times
    head, times = leading.most_common(1)[0]
    return head + name if head and times >= _MOSTLY_BEFORE * leading.total() else name


def _share(name: str, places: Mapping[tuple[str, str], int]) -> int:
    return sum(times for (_, phrase), times in places.items() if phrase.startswith(name))


class Lists:
    """Slogans that count, ready to be looked for beside the lists of their parts."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._numerals = {label: numeral for label in labels if (numeral := parse_numeral(label)).readings}
        self._behind: defaultdict[int, list[str]] = defaultdict(
            list
        )  #: by size; what holds quotation marks itself
        #: by size, and by the first character of the head that all items of the first part have
        self._headed: dict[int, dict[str, list[tuple[str, int]]]] = {}
        for label, numeral in sorted(self._numerals.items()):
            for size in numeral.readings:
                if "“" in label or "”" in label:
                    self._behind[size].append(label)
                if can_be_headed(numeral, size):
                    first = numeral.parts[0]
                    alike = size if len(numeral.parts) == 1 else min(size, first.n)
                    by_head = self._headed.setdefault(size, {})
                    by_head.setdefault(first.head[0], []).append((label, alike))

    def facts(self) -> Iterator[tuple[str, object]]:
        """Each slogan behind itself, and behind what the items of a list of it would share."""
        yield from ((label, "list") for label in self._numerals)
        for size, by_head in self._headed.items():
            for label, alike in (row for rows in by_head.values() for row in rows):
                head, times = shared_head(self._numerals[label], size)
                yield shared_by(times, size, head[0]) if times > 1 else head, (label, size, alike)

    def find(
        self, doc: Document, enumerations: Iterable[Enumeration]
    ) -> Iterator[tuple[str, tuple[Component, ...]]]:
        """The lists of a document, which has these enumerations: a slogan, and its parts."""
        for enumeration in enumerations:
            for label in sorted(self._near(doc.text, enumeration)):
                if parts := parts_of(label, self._numerals[label], enumeration):
                    yield label, parts
        yield from _bracketed(doc, self._numerals)

    def _near(self, text: str, enumeration: Enumeration) -> set[str]:
        """The slogans of which an enumeration could be the list: they stand in quotation marks in its last item, or
        all items have their head."""
        items, size = enumeration.items, len(enumeration.items)
        start, end = items[-1]
        near = {label for label in self._behind.get(size, ()) if f"“{label}”" in text[start:end]}
        if text.find("“", start, end) >= 0:
            near.update(label for label in _QUOTED.findall(text, start, end) if label in self._numerals)
        if headed := self._headed.get(size):
            texts = [text[a:b] for a, b in items]
            for character in headed.keys() & set(texts[0]):
                for label, alike in headed[character]:
                    head = self._numerals[label].parts[0].head
                    if all(head in item for item in texts[:alike]):
                        near.add(label)
        return near


def shared_by(times: int, size: int, character: str) -> str:
    """A word for an enumeration where so many items in a row, of its size, have a character in common."""
    return f"\n{times}/{size}{character}"


def listed_parts(lists: Iterable[tuple[str, tuple[Component, ...]]]) -> dict[str, tuple[Component, ...]]:
    """What the running texts list as the parts of slogans that nobody explains, of all `lists` that were found.

    A label for which different lists are found is left without: the text does not say which is meant.
    """
    found: defaultdict[str, list[tuple[Component, ...]]] = defaultdict(list)
    for label, parts in lists:
        found[label].append(parts)
    return {label: best for label, group in sorted(found.items()) if (best := _agreed(group))}


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

    Raises KgError where a line has aliases or components of no term.
    """
    terms: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        said = line.partition("#")[0]
        names, _, parts = said.partition("=")
        term, *aliases = (name.strip() for name in re.split("[|｜]", names))
        if said.strip() and not term:
            raise KgError(f"own terms, line {number}: names no term; write TERM | ALIAS = PART、PART")
        if term:
            components = tuple(part.strip() for part in re.split("[、，,]", parts) if part.strip())
            terms[term] = (tuple(alias for alias in aliases if alias), components)
    return terms
