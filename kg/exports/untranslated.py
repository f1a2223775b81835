"""What has no English name yet."""

from __future__ import annotations

from pyoxigraph import Store

from kg.exports.contents import contents
from kg.exports.scopes import EVERYTHING, Scope


def untranslated(store: Store, scope: Scope = EVERYTHING) -> list[dict[str, object]]:
    """The terms without an English name, as plain values, the most mentioned first.

    A name that was rejected is none; it is told, so that nobody proposes it again.
    """
    without = [
        term for term in contents(store, scope).terms if all(name.status == "rejected" for name in term.names)
    ]
    return [
        {
            "term": term.label,
            "mentions": term.mentions,
            "documents": len(term.documents),
            "first": term.first,
            "last": term.last,
            "role": term.role,
            "rejected": [name.text for name in term.names],
        }
        for term in sorted(without, key=lambda term: (-term.mentions, -len(term.documents)))
    ]
