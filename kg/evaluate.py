"""A build against hand annotation: what was missed, what is spurious, what differs.

Two sorts of gold files are understood: a list of entries (headword, components, numeral …) and a
table of the exact number of mentions of terms per document. Two texts are the same when they are
without white space, the marks * and #, and quotation marks.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import KgError

#: Entries whose components the text enumerates: only they are scored on components.
ENUMERABLE = ("exact", "fused", "plus")
_DROPPED = str.maketrans("", "", '*#“”"')


@dataclass(frozen=True, slots=True)
class Score:
    """One measure: how many were right, of how many that were given, of how many there are."""

    name: str
    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.given + self.wanted
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one gold file, and the list behind them."""

    gold: str
    scores: tuple[Score, ...]
    missed: tuple[str, ...]
    spurious: tuple[str, ...]
    different: tuple[str, ...]


def evaluate(
    gold: Path, entries: Sequence[Mapping[str, Any]], mentions: Sequence[Mapping[str, Any]]
) -> Evaluation:
    """The score of a build's entries or mentions against a gold file.

    Raises KgError where the file cannot be read or is no gold file.
    """
    try:
        data = json.loads(gold.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{gold}: cannot be read ({error.strerror}); give a gold file (JSON)") from None
    except ValueError as error:
        raise KgError(f"{gold}: not JSON in UTF-8: {error}") from None
    if isinstance(data, list) and data and all(isinstance(g, dict) and "headword" in g for g in data):
        return evaluate_entries(gold.name, data, entries)
    if isinstance(data, dict) and isinstance(data.get("mentions"), list):
        return evaluate_mentions(gold.name, data["mentions"], mentions)
    raise KgError(
        f"{gold}: not a gold file; wanted is a list of entries with headwords, or an object with mentions"
    )


def evaluate_entries(
    name: str, gold: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
) -> Evaluation:
    """Headwords, components and numerals against annotated entries."""
    pairs, surplus = _paired(gold, [e for e in entries if e["box"] is not None] or entries)
    scores: list[Score] = []
    different: list[str] = []
    for suffix, kept in (
        ("", list(gold)),
        (" without the debatable", [g for g in gold if not g.get("debatable")]),
    ):
        found = [g for g in kept if g["id"] in pairs]
        scores.append(Score("headwords" + suffix, len(found), len(found) + len(surplus), len(kept)))
        right = given = wanted = exact = enumerable = 0
        given += sum(len(e["components"]) for e in surplus)
        for g in kept:
            e = pairs.get(g["id"])
            hits, missing, rest = _components(g, e)
            if g["component_status"] in ENUMERABLE:
                enumerable += 1
                right, given, wanted = right + hits, given + hits, wanted + len(g["components"])
                exact += not missing and not rest
            given += len(rest)
            if not suffix and e is not None and (rest or (missing and g["component_status"] in ENUMERABLE)):
                different.append(f"{g['headword']}: missing {_listed(missing)}; surplus {_listed(rest)}")
        scores.append(Score("components" + suffix, right, given, wanted))
        scores.append(Score("all components exact" + suffix, exact, enumerable, enumerable))
    scores.append(_numerals(gold, pairs, different))
    return Evaluation(
        name,
        tuple(scores),
        tuple(g["headword"] for g in gold if g["id"] not in pairs),
        tuple(e["headword"] for e in surplus),
        tuple(different),
    )


def _numerals(
    gold: Sequence[Mapping[str, Any]], pairs: Mapping[Any, Mapping[str, Any]], different: list[str]
) -> Score:
    """Whether numeral and components agree, disagree, or there is nothing to check: as annotated."""
    right = 0
    for g in gold:
        e = pairs.get(g["id"])
        if e is None:
            continue
        if e["agrees"] == g["numeral_agrees"]:
            right += 1
        else:
            different.append(f"{g['headword']}: agrees is {e['agrees']}, annotated {g['numeral_agrees']}")
    return Score("numeral verdicts", right, len(pairs), len(gold))


def evaluate_mentions(
    name: str, gold: Sequence[Mapping[str, Any]], mentions: Sequence[Mapping[str, Any]]
) -> Evaluation:
    """Counts of terms per document against annotated counts; only core mentions count."""
    counts = Counter((m["term"], m["doc"]) for m in mentions if m["kind"] == "core")
    right = given = wanted = exact = cells = 0
    different: list[str] = []
    for g in gold:
        for doc, n in g["true_mentions"].items():
            found = counts[g["term"], doc]
            right, given, wanted = right + min(found, n), given + found, wanted + n
            exact, cells = exact + (found == n), cells + 1
            if found != n:
                different.append(f"{g['term']} in {doc}: {found}, annotated {n}")
    scores = (Score("mentions", right, given, wanted), Score("counts exact", exact, cells, cells))
    return Evaluation(name, scores, (), (), tuple(different))


def _paired(
    gold: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]
) -> tuple[dict[Any, Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Gold id → entry, each used once, in order; and the entries that no gold entry wants."""
    pairs: dict[Any, Mapping[str, Any]] = {}
    surplus = []
    for e in entries:
        match = next(
            (
                g
                for g in gold
                if g["id"] not in pairs
                and e["box"] in (None, g["box"])
                and _same(e["headword"]) in _names(g, gold)
            ),
            None,
        )
        if match is None:
            surplus.append(e)
        else:
            pairs[match["id"]] = e
    return pairs, surplus


def _names(g: Mapping[str, Any], gold: Iterable[Mapping[str, Any]]) -> set[str]:
    """The names by which a gold entry is found; its slogan only where no earlier entry of the box has it."""
    names = {_same(name) for name in (g["headword"], *g["variants"])}
    slogan = g.get("slogan")
    if slogan and not any(o["slogan"] == slogan and o["box"] == g["box"] and o["id"] < g["id"] for o in gold):
        names.add(_same(slogan))
    return names


def _components(g: Mapping[str, Any], e: Mapping[str, Any] | None) -> tuple[int, list[str], list[str]]:
    """How many annotated components an entry has, which it lacks, and which it has beside them."""
    rest = [c["text"] for c in e["components"]] if e else []
    missing = []
    for component in g["components"]:
        accepted = {_same(component), *map(_same, g.get("component_accept", {}).get(component, ()))}
        hit = next((c for c in rest if _same(c) in accepted), None)
        if hit is None:
            missing.append(component)
        else:
            rest.remove(hit)
    return len(g["components"]) - len(missing), missing, rest


def _same(text: str) -> str:
    return "".join(text.translate(_DROPPED).split())


def _listed(texts: Sequence[str]) -> str:
    return "、".join(texts) or "nothing"
