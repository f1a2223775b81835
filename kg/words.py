"""The words of a text as jieba cuts it, asked only where a hit is in doubt: it cuts slogans badly and slowly.

Its dictionary is opened at the first call.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from kg.cuts import Piece

if TYPE_CHECKING:
    from kg.dictionary import LazyTokenizer

#: Marks between which a clause stands.
CLAUSE_ENDS = "，。；：、！？,;:!?“”‘’「」『』《》（）()\n"
_LONGEST = 16  #: characters of the longest word of the dictionary
#: How often a word stands in jieba's own corpus from which it is everybody's word.
_COMMON = 250
#: What jieba's tags call a noun, a name, an idiom that is one, a verb that is used as one.
_NOUN = re.compile("n|l$|j$|vn$|s$|eng$")


@cache
def _tokenizer() -> LazyTokenizer:
    from kg.dictionary import make_tokenizer

    return make_tokenizer()


@cache
def _tagger() -> Any:
    from kg.dictionary import make_tagger

    return make_tagger(_tokenizer())


def words(text: str) -> list[Piece]:
    """The words of a text, as start and end.

    >>> text = "两山七河一流域治理"
    >>> [text[a:b] for a, b in words(text)][-1]
    '治理'
    """
    return [(start, end) for _, start, end in _tokenizer().tokenize(text)]


_clause_words = lru_cache(maxsize=10_000)(words)  # a clause is asked about again for each hit in it


def is_common(word: str) -> bool:
    """Whether a word is everybody's and no term: 保护, 特色.

    >>> [is_common(word) for word in ("保护", "特色", "低保", "晋创谷")]
    [True, True, False, False]
    """
    return _tokenizer().frequency(word) >= _COMMON


def is_word(text: str) -> bool:
    """Whether a stretch is a word of the dictionary, common or not.

    >>> is_word("试错"), is_word("晋创谷")
    (True, False)
    """
    return _tokenizer().frequency(text) > 0


def part_of_speech(word: str) -> str:
    """The part of speech of a word by jieba's dictionary (n noun, v verb, a adjective …); empty for what is none.

    >>> [part_of_speech(word) for word in ("政策", "实施", "晋创谷")]
    ['n', 'v', '']
    """
    tokenizer = _tokenizer()
    tokenizer.read(word[:1])
    return tokenizer.tags.get(word, "")


def clause_around(text: str, start: int, end: int) -> Piece:
    """The stretch between two marks in which a hit stands."""
    left, right = start, end
    while left > 0 and text[left - 1] not in CLAUSE_ENDS:
        left -= 1
    while right < len(text) and text[right] not in CLAUSE_ENDS:
        right += 1
    return left, right


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a hit begins and ends at a word's edge in its clause.

    >>> is_whole("推进山水工程", 3, 5), is_whole("推进水工建设", 2, 4)
    (False, True)
    """
    left, right = clause_around(text, start, end)
    edges = {0} | {stop for _, stop in _clause_words(text[left:right])}
    return start - left in edges and end - left in edges


def is_torn(text: str, start: int, end: int) -> bool:
    """Whether a hit has torn a word apart: a word goes on beyond an edge, and none begins or ends right there.

    大消费 tears 扩大; 双控 does not tear 控制 in 双控制度, because 制度 is a word.

    >>> [is_torn(text, start, start + 2) for text, start in (("进一步扩大消费", 4), ("碳排放双控制度", 3), ("高新技术企业", 1))]
    [True, False, True]
    """
    left, right = clause_around(text, start, end)
    frequency = _tokenizer().frequency
    at_start = _straddles(text, left, start, right) and not any(
        frequency(text[i:start]) for i in range(max(left, start - 4), start - 1)
    )
    at_end = _straddles(text, left, end, right) and not any(
        frequency(text[end:i]) for i in range(end + 2, min(right, end + 4) + 1)
    )
    if not at_start and not at_end:
        return False  # however jieba cuts the clause
    torn = (
        text[left + a : left + b]
        for a, b in _clause_words(text[left:right])
        if (at_start and left + a < start < left + b) or (at_end and left + a < end < left + b)
    )
    return any(map(frequency, torn))  # of a word that is none, jieba only guesses


def _straddles(text: str, left: int, edge: int, right: int) -> bool:
    """Whether any word of the dictionary goes from before an edge in a clause to behind it.

    >>> _straddles("进一步扩大消费", 0, 4, 7), _straddles("进一步扩大消费", 0, 5, 7)
    (True, False)
    """
    first = max(left, edge - _LONGEST)
    known = _tokenizer().known(text[first:edge])
    for start in range(edge - 1, first - 1, -1):
        end = edge + 1
        while end <= right and (frequency := known.get(text[start:end])) is not None:
            if frequency:
                return True
            end += 1  # a word can begin so
    return False


def nouns_around(text: str, at_end: bool = False) -> list[str]:
    """The run of nouns with which a text begins, or with which it ends.

    >>> nouns_around("出台扩大对外开放", at_end=True), nouns_around("政策体系取得"), nouns_around("引领发展")
    (['对外开放'], ['政策', '体系'], [])
    """
    tagged = list(tagged_words(text))
    if at_end:
        tagged = _joined(tagged)[::-1]
    run = [word for word, _ in takewhile(lambda pair: _NOUN.match(pair[1]), tagged)]
    return run[::-1] if at_end else run


def _joined(tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Three or more single characters at the end are one noun that the dictionary lacks, where the first is one: 碳中和."""
    begin = next((i for i in range(len(tagged), 0, -1) if len(tagged[i - 1][0]) > 1), 0)
    if len(tagged) - begin < 3 or not _NOUN.match(tagged[begin][1]):
        return tagged
    return [*tagged[:begin], ("".join(word for word, _ in tagged[begin:]), "n")]


@cache
def tagged_words(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text with their parts of speech, by jieba's tags (n noun, v verb, a adjective …)."""
    return tuple((pair.word, pair.flag) for pair in _tagger().cut(text)) if text else ()
