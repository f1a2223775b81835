"""Where labels stand, against the definition read as it is written."""

import random

import pytest

from kg.hits import HitFinder

_KINDS = ("0123456789abcXYZ", "〇零一二三四五六七八九")


def touches(text, outside, inside):
    return 0 <= outside < len(text) and any(text[outside] in kind and text[inside] in kind for kind in _KINDS)


def by_definition(labels, text):
    """Every occurrence with whole ends; from left to right the longest that begins behind the last, and its pieces."""
    whole = {
        (start, start + len(label))
        for label in labels
        for start in range(len(text))
        if text.startswith(label, start)
        and not touches(text, start - 1, start)
        and not touches(text, start + len(label), start + len(label) - 1)
    }
    hits, outer = [], (0, 0)
    for start, end in sorted(whole, key=lambda hit: (hit[0], -hit[1])):
        if start >= outer[1]:
            outer = (start, end)
        elif not (
            outer[0] <= start < end <= outer[1]
            and (start == outer[0] or text[start - 1] == "、")
            and (end == outer[1] or text[end] == "、")
        ):
            continue
        hits.append((start, end, text[start:end]))
    return hits


@pytest.mark.parametrize("alphabet", ["一二山、", "1a山、", "一1山湖", "山湖、", "一1a山、\n", "一一一二山"])
@pytest.mark.parametrize("seed", range(3))
def test_hits_are_those_of_the_definition(alphabet, seed):
    draw = random.Random(f"{alphabet}{seed}")

    def word(longest):
        return "".join(draw.choices(alphabet, k=draw.randint(1, longest)))

    for _ in range(300):
        labels = sorted({word(6) for _ in range(draw.randint(1, 12))})
        text = word(60)
        assert HitFinder(labels).find(text) == by_definition(labels, text), (labels, text)


def test_hits_of_the_seeds_are_those_of_the_definition(seeds):
    labels = sorted({m.span.text for m in seeds.mentions} | {c.label for c in seeds.concepts})
    finder = HitFinder(labels)
    for doc in seeds.documents:
        for paragraph in doc.text.split("\n")[::7]:
            assert finder.find(paragraph) == by_definition(labels, paragraph)


def test_hits_one_with_a_torn_end_hides_none():
    assert HitFinder(["山1", "12湖"]).find("山12湖\n山1") == [(1, 4, "12湖"), (5, 7, "山1")]


def test_hits_of_no_labels_are_none():
    assert HitFinder([]).find("六稳") == []
