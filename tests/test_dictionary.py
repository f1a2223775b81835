"""jieba whose dictionary is read as it is needed, against jieba that has read it whole."""

import random

import jieba
import pytest
from jieba import posseg

from kg.dictionary import make_tagger, make_tokenizer
from kg.words import clause_around, is_torn


@pytest.fixture(scope="module")
def whole():
    """jieba's own tokenizer with all of its dictionary; nothing is kept in the temporary folder."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = jieba.Tokenizer.gen_pfdict(jieba.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@pytest.fixture(scope="module")
def stretches(seeds):
    """Stretches of the seeds, here and there."""
    draw = random.Random(6)
    places = [(doc.text, draw.randrange(len(doc.text) - 20)) for doc in seeds.documents for _ in range(80)]
    return [(text, start, start + draw.randint(1, 8)) for text, start in places]


def test_dictionary_cuts_and_tags_as_jieba_does(whole, stretches):
    lazy, tagger = make_tokenizer(), posseg.POSTokenizer(whole)
    own = make_tagger(lazy)
    for text, start, end in stretches:
        clause = text[start : end + 12]
        assert list(lazy.tokenize(clause)) == list(whole.tokenize(clause))
        assert own.lcut(clause) == tagger.lcut(clause)
        assert [p.flag for p in own.cut(clause)] == [p.flag for p in tagger.cut(clause)]


def test_dictionary_has_the_words_of_the_characters_that_came_up(whole):
    lazy = make_tokenizer()
    assert [*lazy.cut("六稳")] == ["六稳"]
    assert {word[0] for word in lazy.FREQ} == {"六", "稳"}
    lazy.read("".join({word[0] for word in whole.FREQ}))
    assert lazy.FREQ == whole.FREQ
    assert lazy.total == whole.total


def test_dictionary_leaves_jieba_as_it_is():
    before = jieba.dt
    make_tagger(make_tokenizer())
    assert jieba.dt is before


def test_dictionary_words_are_torn_as_jieba_cuts_the_whole_clause(whole, stretches):
    def is_word(text):
        return whole.FREQ.get(text, 0) > 0

    def plain(text, start, end):
        left, right = clause_around(text, start, end)
        for _, a, b in whole.tokenize(text[left:right]):
            a, b = left + a, left + b
            before = any(is_word(text[i:start]) for i in range(max(left, start - 4), start - 1))
            behind = any(is_word(text[end:i]) for i in range(end + 2, min(right, end + 4) + 1))
            if is_word(text[a:b]) and ((a < start < b and not before) or (a < end < b and not behind)):
                return True
        return False

    told = [
        (is_torn(*place), plain(*place)) for place in stretches if "\n" not in place[0][place[1] : place[2]]
    ]
    assert all(mine == theirs for mine, theirs in told)
    assert {mine for mine, _ in told} == {True, False}
