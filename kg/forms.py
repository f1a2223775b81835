"""A formula, the form it has, and what in a text keeps enough of that form to be the same formula in other words.

稳健的货币政策 may be said as 适度宽松的货币政策, as 稳健货币政策, as 稳健的财政政策和货币政策; 就业优先政策 was once
就业优先战略, and 房住不炒 is what 房子是用来住的、不是用来炒的 says. What keeps a formula recognisable differs from one to
the next, and no list can say it. Two things do: its head, where it has the form of modifier, 的 and head; and elsewhere the
characters that are rare in the texts, for what is rare does not come back by chance. A variant keeps them, in order, in
one clause; what stands in the place of the rest is what has changed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import KgError
from kg.rules import read_facts
from kg.words import words

KEPT = 0.63  #: of a formula's information, what a variant keeps where something in its midst differs …
KEPT_AT_ONE_END = 0.66  #: … and where its beginning or its end differs, which proves less
LONGEST = 8  #: characters of what stands in the place of a part
CHANCE = 0.01  #: how often characters may be expected in their order by chance in all texts together
GAP = 6  #: characters between two of a formula that is spelled out

MARKS = (
    "，。；：！？!?;:（）()【】…—\n"  #: between which a clause stands; 、 and quotation marks belong to it
)
QUIET = "“”‘’「」『』\"'《》〈〉 \u3000"  #: what is passed over: quoted or not, it is the same wording
LISTED = "、和与及"  #: what puts names side by side
_AFTER = "的地之"  #: behind a head: it is itself the modifier of what follows

#: Doubts that other places of the texts can settle.
NO_DE = "“的”字不见 no 的 before the head"
WIDER = "中心语扩大 the head is wider"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula among texts, with what is rare in it. Make it by `formula`."""

    text: str
    modifier: str  #: with `head`: the form 稳健的货币政策; both empty where it has another
    head: str
    texts: Mapping[str, str]  #: by their ids
    bits: tuple[float, ...]  #: of each character, −log2 of its share of the texts
    edges: frozenset[int]  #: between its words; any place in a single word such as 稳中求进
    chance: (
        float  #: how often its characters may be expected, in their order and near each other, in all texts
    )

    def weight(self, start: int, end: int) -> float:
        """The share of the formula's information that its characters from `start` to `end` have."""
        return sum(self.bits[start:end]) / sum(self.bits)


def formula(text: str, texts: Mapping[str, str]) -> Formula:
    """The formula `text` as it stands among `texts`. Raises `KgError` where no word is left of it.

    >>> found = formula("“稳健的货币政策”", {"2024": "实施稳健的货币政策"})
    >>> found.text, found.modifier, found.head
    ('稳健的货币政策', '稳健', '货币政策')
    """
    said = "".join(char for char in text if char not in QUIET)
    if sum(char not in MARKS for char in said) < 2:
        raise KgError(f"{text!r} is no formula: give two characters or more, such as 稳健的货币政策")
    counts: Counter[str] = Counter()
    for each in texts.values():
        counts.update(each)
    size = counts.total()
    bits = tuple(math.log2((size + 1) / (counts[char] + 1)) for char in said)
    form = re.fullmatch(r"([^的、]{1,12})的([^的、]{2,12})", said)
    modifier, head = form.groups() if form else ("", "")
    cuts = {at for piece in words(said) for at in piece} if not head else set()
    edges = frozenset(cuts if len(cuts) > 2 else range(len(said) + 1))
    chance = size * math.prod(2**-each * (GAP + 1) for each in bits) / (GAP + 1)
    return Formula(said, modifier, head, texts, bits, edges, chance)


@dataclass(frozen=True, slots=True)
class Found:
    """A wording in a text without quotation marks. `frame` is what it keeps: the formula's beginning and its end."""

    start: int
    end: int
    said: str
    kind: str
    old: str = ""
    new: str = ""
    doubt: str = ""
    frame: tuple[str, str] = ("", "")


# --- modifier, 的, head ---------------------------------------------------------------------------------


def headed(plain: str, sought: Formula) -> Iterator[Found]:
    """What is said of the head, with the modifier it has there."""
    for found in re.finditer(re.escape(sought.head), plain):
        row = _before(plain, found.start(), found.end(), sought) or _said_of(
            plain, found.start(), found.end(), sought
        )
        if row:
            yield row


def _before(plain: str, head: int, end: int, sought: Formula) -> Found | None:
    """The wording that ends with a head, where a modifier stands before it."""
    left, modifier = clause(plain, head)[0], sought.modifier
    before = plain[left:head]
    if before.endswith(modifier):
        start = head - len(modifier)
        return Found(start, end, plain[start:end], "shortened", "的")
    if before.endswith(f"{modifier}的"):
        start = head - 1 - len(modifier)
        if degree := re.search(f"{any_of('degrees')}$", plain[left:start]):
            return Found(
                start - len(degree[0]), end, plain[start - len(degree[0]) : end], "degree", "", degree[0]
            )
        return Found(start, end, sought.text, "exact")
    if before.endswith("的"):
        start = _modifier(plain, left, head - 1)
        new, said = plain[start : head - 1], plain[start:end]
        if not new or not _ends(plain, end):
            return None
        if modifier.endswith(new) and re.fullmatch(any_of("degrees"), modifier[: -len(new)]):
            return Found(start, end, said, "degree", modifier[: -len(new)])
        return Found(start, end, said, "modifier", modifier, new, _doubt(left, start, new))
    if shared := re.search(rf"的([^的{LISTED}]{{1,{LONGEST}}}[{LISTED}]|[^的{LISTED}]{{1,4}})$", before):
        start = _modifier(plain, left, left + shared.start())
        new = plain[start : left + shared.start()]
        if not new or _has_verb(shared[1]) or not _ends(plain, end):
            return None
        old = "" if new == modifier else modifier
        listed = shared[1][-1] in LISTED
        other = shared[1] if not old else f"{new}的{shared[1]}"
        doubt = "" if listed or not old else WIDER
        return Found(
            start,
            end,
            plain[start:end],
            "shared" if listed else "lengthened",
            old and f"{old}的",
            other,
            doubt,
        )
    start = _modifier(plain, left, head)
    new = plain[start:head]
    if 2 <= len(new) <= 4 and start > left and _ends(plain, end) and plain[end : end + 1] not in LISTED:
        return Found(start, end, plain[start:end], "modifier", f"{modifier}的", new, NO_DE)
    return None


def _said_of(plain: str, head: int, end: int, sought: Formula) -> Found | None:
    """The wording that begins with a head, of which its clause says what the modifier says: 货币政策要保持稳健中性."""
    left, right = clause(plain, head)
    said = plain[end:right]
    if left != head or not said or len(said) > LONGEST + len(sought.modifier) or said[0] in LISTED + _AFTER:
        return None
    announced = re.match(any_of("announcements") + "+", said)
    if sought.modifier in said and not said[said.index(sought.modifier) + len(sought.modifier) :].startswith(
        "的"
    ):
        return Found(head, right, plain[head:right], "predicate", f"{sought.modifier}的", said)
    if announced and len(said) > announced.end() and not re.search("[的在]", said):
        doubt = "不带修饰语 the head without its modifier"
        return Found(head, right, plain[head:right], "predicate", f"{sought.modifier}的", said, doubt)
    return None


def _modifier(plain: str, left: int, end: int) -> int:
    """Where a modifier begins that ends at `end`: behind the last verb, link or mark of enumeration of its clause."""
    start = max(left, end - 2 * LONGEST)
    for found in re.finditer(f"[的地{LISTED}]|" + any_of("verbs", "links"), plain[start:end]):
        if start + found.end() <= end:
            start_of = start + found.end()
            left = max(left, start_of)
    led = re.match(any_of("adverbs"), plain[left:end])
    # An adverb before a verb is none of the modifier's; as the whole modifier it is one: 积极的财政政策.
    return (
        left + led.end()
        if led and left + led.end() < end and not re.match(any_of("degrees"), plain[left:end])
        else left
    )


def _doubt(left: int, start: int, new: str) -> str:
    if len(new) > LONGEST or (start == left and len(new) > 4):
        return "修饰语起处不明 where the modifier begins is not plain"
    return ""


def _ends(plain: str, end: int) -> bool:
    """Whether a name ends here: no noun goes on with it (货币政策工具), and it is no modifier itself (货币政策的作用)."""
    stop = rf"$|[{re.escape(MARKS)}{LISTED}]|并|相|{any_of('announcements', 'verbs')}"
    return bool(re.match(stop, plain[end : end + 6]))


def _has_verb(words: str) -> bool:
    return bool(re.search(any_of("verbs"), words))


# --- any other form -------------------------------------------------------------------------------------


def kept(plain: str, sought: Formula) -> Iterator[Found]:
    """What keeps the beginning and the end of a formula, or enough of one of them; what is replaced are whole words."""
    text, size = sought.text, len(sought.text)
    for found in re.finditer(re.escape(text), plain):
        yield Found(found.start(), found.end(), text, "exact")
    if size < 4:  # too little to vary
        return
    for front in range(1, size):
        for back in range(front, size):
            if sought.weight(0, front) + sought.weight(back, size) >= KEPT and sought.edges >= {front, back}:
                yield from _midst(plain, text[:front], text[front:back], text[back:])
    for cut in sought.edges - {0, size}:
        if sought.weight(0, cut) >= KEPT_AT_ONE_END and cut > 1:
            yield from _beginning(plain, text[:cut], text[cut:])
        if sought.weight(cut, size) >= KEPT_AT_ONE_END and size - cut > 1:
            yield from _end(plain, text[cut:], text[:cut])


def _midst(plain: str, front: str, old: str, back: str) -> Iterator[Found]:
    """The beginning and the end of a formula with other words between them, or with none."""
    longest = GAP if not old else len(old) + 1
    inner = f"[^{re.escape(MARKS)}]{{{0 if old else 1},{longest}}}?"
    for found in re.finditer(f"{re.escape(front)}({inner}){re.escape(back)}", plain):
        new = found[1]
        if new == old:
            continue
        kind = "lengthened" if not old else "replaced" if new else "shortened"
        if not (old + new).strip("、"):  # 碳达峰碳中和 for 碳达峰、碳中和
            yield Found(found.start(), found.end(), found[0], "respelled", old, new)
            continue
        doubt = "间有他名 other names stand between" if re.search(f"[{LISTED}的]", new) else ""
        doubt = doubt or ("间有动词 a verb stands between" if _has_verb(new) and not _has_verb(old) else "")
        doubt = doubt or ("一字之差 one character differs" if len(old) == 1 else "")
        yield Found(found.start(), found.end(), found[0], kind, old, new, doubt, (front, back))


def _beginning(plain: str, front: str, old: str) -> Iterator[Found]:
    """The beginning of a formula, with another word for the rest, or with none."""
    word = rf"[^{re.escape(MARKS + LISTED)}的]{{0,{len(old) + 2}}}"
    for found in re.finditer(re.escape(front), plain):
        if not plain.startswith(old, found.end()):
            rest = re.match(word, plain[found.end() :])
            new = re.split(any_of("verbs", "links"), rest[0] if rest else "")[0]
            end = found.end() + len(new)
            yield _at_one_end(plain, found.start(), end, old, new, (front, ""))


def _end(plain: str, back: str, old: str) -> Iterator[Found]:
    """The end of a formula, with another word before it, or with none."""
    for found in re.finditer(re.escape(back), plain):
        if not plain.endswith(old, 0, found.start()):
            left = max(clause(plain, found.start())[0], found.start() - len(old) - 2)
            start = _modifier(plain, left, found.start())
            yield _at_one_end(plain, start, found.end(), old, plain[start : found.start()], ("", back))


def _at_one_end(plain: str, start: int, end: int, old: str, new: str, frame: tuple[str, str]) -> Found:
    same = len(new) == len(old) if frame[1] else bool(re.fullmatch(any_of("heads"), new))
    doubt = "" if not new or same else "换成他词 another word in its place"
    return Found(start, end, plain[start:end], "replaced" if new else "shortened", old, new, doubt, frame)


# --- spelled out ----------------------------------------------------------------------------------------


def spelled_out(plain: str, sought: Formula) -> Iterator[Found]:
    """A short formula whose characters stand in their order in one clause, rarer than by chance: 房住不炒.

    By chance they would stand so n · p₁ · g·p₂ · g·p₃ … times, n being the characters of all texts, pᵢ the share of
    each, g the places that a gap leaves it.
    """
    text = sought.text
    if not 4 <= len(text) <= 8 or sought.head or sought.chance > CHANCE:
        return
    inner = f"[^{re.escape(MARKS)}]{{0,{GAP}}}?"
    for found in re.finditer(inner.join(map(re.escape, text)), plain):
        if found[0] != text:
            yield Found(found.start(), found.end(), found[0], "spelled-out", text, found[0])


# --- clauses and words ----------------------------------------------------------------------------------


def clause(plain: str, at: int) -> tuple[int, int]:
    """The stretch between two marks in which a place stands."""
    left, right = at, at
    while left > 0 and plain[left - 1] not in MARKS:
        left -= 1
    while right < len(plain) and plain[right] not in MARKS:
        right += 1
    return left, right


@cache
def any_of(*groups: str) -> str:
    """Words of the table, the longest first, as one pattern."""
    table = read_facts("forms")
    found = {word for group in groups for word in table[group]["words"]}
    return "(?:" + "|".join(sorted(found, key=lambda word: (-len(word), word))) + ")"
