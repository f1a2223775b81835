"""The terms that a person means: by a label as it comes, by pinyin, by several labels at once; and what is near."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from pyoxigraph import Literal, Store

from kg.errors import KgError
from kg.store import Table, query, select


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the graph: its IRI and its preferred label."""

    iri: str
    label: str


def find_terms(store: Store, text: str) -> list[Found]:
    """The terms that `text` names: those of that label, else those whose labels make it up.

    Width, case, spaces and quotation marks do not matter. Preferred labels come before other
    names, Chinese and English, and these before spellings and pinyin; two senses of a label are both given. A text that
    is no label is cut into labels, the longest first: 六稳六保 gives 六稳 and 六保. An empty list
    means that nothing was found.
    """
    key = _key(text)
    if found := _written_so(store, key):
        return found
    labels: defaultdict[str, list[tuple[int, Found]]] = defaultdict(list)
    readings: defaultdict[str, list[tuple[int, Found]]] = defaultdict(list)
    for row in select(store, LABELS):
        place = readings if row["kind"] == "pinyin" else labels
        place[_key(row["label"])].append(_ranked(row))
    if key in labels or key in readings:
        return _unique(labels[key] + readings[key])
    pieces = _pieces(re.sub(r"[、,;/]", "", key), {label for label in labels if len(label) > 1})
    return _unique_in_turn(_unique(labels[piece]) for piece in pieces)


def _written_so(store: Store, key: str) -> list[Found]:
    """The terms with a label that is compared as `key`, without looking at all labels: those that have its first hanzi.

    Empty where there is none, and where the key has no hanzi.
    """
    if not (hanzi := next((sign for sign in key if "一" <= sign <= "鿿"), "")):
        return []
    alike = query(store, _WITH, {"part": Literal(hanzi)})
    assert isinstance(alike, Table)
    same = [label for (label,) in alike.rows if isinstance(label, Literal) and _key(label.value) == key]
    return _unique([_ranked(row) for label in same for row in select(store, LABELS, label=label)])


def near_misses(store: Store, text: str) -> list[str]:
    """Up to five preferred labels that are like `text` in their characters or in their sound."""
    key = _key(text)
    if not key:
        return []
    sound = _sound(key)
    best: dict[str, float] = {}
    for row in select(store, LABELS):
        label = _key(row["label"])
        if row["kind"] == "pinyin":
            # Few letters make all syllables, so that a likeness means less than one of characters.
            score = _ratio(sound, label)
            score = score if score >= _LIKE_IN_SOUND else 0.0
        else:
            score = max(_shared(key, label), _ratio(key, label))
        best[row["preferred"]] = max(score, best.get(row["preferred"], 0.0))
    near = sorted(best, key=lambda label: (-best[label], label))
    return [label for label in near if best[label] >= _LIKE][:5]


def require_terms(store: Store, text: str) -> list[Found]:
    """The terms that `text` names. Raises `KgError` where there is none: with what took the place of a term that is
    gone, else with what is near."""
    found = find_terms(store, text)
    if not found and (said := gone(store, text)):
        raise KgError(said)
    if not found:
        near = near_misses(store, text)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise KgError(f"no term {text!r} in this build{hint}")
    return found


def gone(store: Store, text: str) -> str | None:
    """What became of the terms of that label that earlier builds had; None where there was none."""
    key = _key(text)
    rows = [
        row
        for row in select(store, _GONE)
        if key in (_key(row["label"]), _key(row["label"].partition("（")[0]))
    ]
    if not rows:
        return None
    heirs = sorted({row["heir"] for row in rows if row["heir"]})
    now = f"replaced by {' and '.join(heirs)}: kg show {' '.join(heirs)}" if heirs else "nothing replaces it"
    return f"the term {text!r} is gone, {now} ({' '.join(sorted({row['term'] for row in rows}))})"


def own_reading(label: str, readings: Sequence[str]) -> str:
    """Of the readings of all names of a term the one of its label, which may have a qualifier behind it.

    >>> own_reading("六稳", ["liu ge wen", "liu wen"])
    'liu wen'
    """
    if len(readings) < 2:
        return "".join(readings)
    sound = _sound(label)
    own = [reading for reading in readings if sound.startswith(reading.replace(" ", ""))]
    return max(own, key=len, default=readings[0])


_LIKE = 0.5
_LIKE_IN_SOUND = 0.8
_RANKS = {"preferred": 0, "alternative": 1, "english": 1, "hidden": 2, "pinyin": 3}

#: Every label of every term, with its rank.
LABELS = """
SELECT DISTINCT ?term ?preferred ?label ?kind WHERE {
  # VALUES ?label
  ?term a kg:Term ;
    skos:prefLabel ?preferred .
  FILTER(LANGMATCHES(LANG(?preferred), "zh"))
  {
    ?term skos:prefLabel ?label
    BIND(IF(LANGMATCHES(LANG(?label), "zh"), "preferred", "english") AS ?kind)
  }
  UNION
  {
    ?term skos:altLabel ?label
    BIND(IF(LANGMATCHES(LANG(?label), "zh"), "alternative", "english") AS ?kind)
  }
  UNION
  {
    ?term skos:hiddenLabel ?label
    BIND(IF(LANGMATCHES(LANG(?label), "zh-Latn"), "pinyin", "hidden") AS ?kind)
  }
}
ORDER BY ?term ?kind ?label
"""

#: The labels that have some character.
_WITH = """
SELECT DISTINCT ?label WHERE {
  # VALUES ?part
  ?term skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label .
  FILTER(CONTAINS(STR(?label), ?part))
}
"""

#: The terms that are gone, and the terms that took their places, maybe by way of others that are gone too.
_GONE = """
SELECT DISTINCT ?term ?label ?heir WHERE {
  ?term owl:deprecated true ;
    skos:prefLabel ?label .
  OPTIONAL {
    ?term dct:isReplacedBy+ ?new .
    ?new a kg:Term ;
      skos:prefLabel ?heir .
  }
}
"""

_QUOTES = dict.fromkeys(map(ord, "“”\"‘’'「」『』"))


@lru_cache(maxsize=1 << 16)
def _key(text: str) -> str:
    """`text` as it is compared: half width, lower case, without spaces and quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_QUOTES).casefold()


def _ranked(row: dict[str, str]) -> tuple[int, Found]:
    return _RANKS[row["kind"]], Found(row["term"], row["preferred"])


def _unique(ranked: list[tuple[int, Found]]) -> list[Found]:
    return list(
        dict.fromkeys(found for _, found in sorted(ranked, key=lambda pair: (pair[0], pair[1].label)))
    )


def _unique_in_turn(groups: Iterable[list[Found]]) -> list[Found]:
    return list(dict.fromkeys(found for group in groups for found in group))


def _pieces(text: str, labels: set[str]) -> list[str]:
    """`text` as a run of labels, at each place the longest that lets the rest come out; else []."""
    longest = max(map(len, labels), default=0)
    # ways[i]: the length of the label to take at i, None where text[i:] is no run of labels
    ways: list[int | None] = [None] * len(text) + [0]
    for start in range(len(text) - 1, -1, -1):
        for size in range(min(longest, len(text) - start), 0, -1):
            if ways[start + size] is not None and text[start : start + size] in labels:
                ways[start] = size
                break
    if not text or ways[0] is None:
        return []
    pieces, start = [], 0
    while size_here := ways[start]:
        pieces.append(text[start : start + size_here])
        start += size_here
    return pieces


def _shared(text: str, label: str) -> float:
    """How many characters two texts have in common, from 0 to 1, wherever they stand (Dice)."""
    common = (Counter(text) & Counter(label)).total()
    return 2 * common / (len(text) + len(label))


def _ratio(text: str, label: str) -> float:
    return SequenceMatcher(None, text, label, autojunk=False).ratio()


def _sound(text: str) -> str:
    """`text` in pinyin without spaces; what is in Latin letters already stays."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))
