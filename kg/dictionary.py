"""jieba with its dictionary read as it is needed.

jieba reads all of its 350,000 words before it cuts the first one, and once more for their parts of
speech: together more than a second. Here the words that begin with a character are read when a text
has that character. Words, frequencies and parts of speech are jieba's own, and so are its cuts.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from typing import Any, BinaryIO

import jieba

#: Neighbouring lines of the dictionary that begin with one character.
_ALIKE = re.compile(r"^(.).*\n?(?:\1.*\n?)*", re.MULTILINE)
_LINE = re.compile(r"(\S+) (\d+) (\S+)")


class LazyTokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's tokenizer, whose tables hold the words of the characters that came up so far."""

    def __init__(self) -> None:
        super().__init__()
        with super().get_dict_file() as file:
            data = file.read()
        self._text = data.decode("utf-8")
        #: where the words stand that begin with a character
        self._unread: dict[str, list[tuple[int, int]]] = {}
        for lines in _ALIKE.finditer(self._text):
            self._unread.setdefault(lines[1], []).append(lines.span())
        self.total = sum(map(int, re.findall(rb" (\d+) ", data)))
        self.tags: dict[str, str] = {}
        self.initialized = True

    def get_DAG(self, sentence: str) -> Any:  # jieba looks up nothing before it has asked for this
        self.read(sentence)
        return super().get_DAG(sentence)

    def get_dict_file(self) -> BinaryIO:
        """Nothing that a tagger would have to read: it has the tags of this tokenizer."""
        return io.BytesIO()

    def frequency(self, word: str) -> int:
        """How often jieba's own corpus has a word; 0 for what is none."""
        return self.known(word[:1]).get(word, 0)

    def known(self, text: str) -> Mapping[str, int]:
        """How often the words that begin with a character of a text stand in jieba's own corpus; 0 for what only begins a word."""
        self.read(text)
        table: dict[str, int] = self.FREQ
        return table

    def read(self, text: str) -> None:
        """Have the words of the dictionary that begin with a character of a text."""
        for char in text:
            if char not in self._unread:
                continue
            self.FREQ.setdefault(char, 0)  # jieba goes on as long as a word begins so
            for lines in self._unread.get(char, ()):
                for word, frequency, tag in _LINE.findall(self._text, *lines):
                    self.FREQ[word], self.tags[word] = int(frequency), tag
                    for size in range(2, len(word)):
                        self.FREQ.setdefault(word[:size], 0)
            self._unread.pop(char, None)


def make_tokenizer() -> LazyTokenizer:
    """A tokenizer that has read nothing yet."""
    jieba.setLogLevel(logging.CRITICAL)
    return LazyTokenizer()


def make_tagger(tokenizer: LazyTokenizer) -> Any:
    """jieba's tagger over a tokenizer."""
    # on import posseg makes a tagger of its own over jieba.dt, which would read the whole dictionary
    default, jieba.dt = jieba.dt, tokenizer
    try:
        from jieba import posseg
    finally:
        jieba.dt = default
    tagger = posseg.POSTokenizer(tokenizer)
    tagger.word_tag_tab = tokenizer.tags
    return tagger
