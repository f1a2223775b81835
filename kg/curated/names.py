"""Which concept a decision means by a name, and why it means none."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kg.model import Concept


class Unfit(Exception):
    """A decision does not apply to a corpus: why, and what to do about it."""


def full_label(concept: Concept) -> str:
    """The label of a concept, with its qualifier where it has homonyms."""
    return f"{concept.label}（{concept.qualifier}）" if concept.qualifier else concept.label


def find_named(concepts: Iterable[Concept], name: str) -> Concept:
    """The concept of a name as a decision writes it. Raises Unfit where there is none, or several.

    >>> find_named([Concept("两山", "两山", qualifier="太行山、吕梁山")], "两山（太行山、吕梁山）").id
    '两山'
    """
    concepts = list(concepts)
    found = [c for c in concepts if full_label(c) == name] or [c for c in concepts if c.label == name]
    if len(found) == 1:
        return found[0]
    if found:
        senses = " or ".join(full_label(concept) for concept in found)
        raise Unfit(f"{name} is of {len(found)} senses; write {senses}")
    called = [c for c in concepts if name in (*c.alt_labels, *c.hidden_labels)]
    if len(called) == 1:
        raise Unfit(f"{name} is another name of {full_label(called[0])}; write that instead")
    near = get_close_matches(name, sorted({full_label(c) for c in concepts}), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}? Correct it" if near else "correct it"
    raise Unfit(f"no term {name} in this corpus; {hint}, or remove the decision")
