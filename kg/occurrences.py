"""Where and when each term is said, from a built graph: its sentences, and how it stands in each year.

Everything here comes out of the store by SPARQL, in a few queries for all terms together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Store

from kg.timelines import histories
from kg.views import mention_rows

SEEN = ("named-with-parts", "named", "listed")  #: states that prove that a full text has the term


@dataclass(slots=True)
class Occurrences:
    """What is known of one term; the values are plain, for JSON."""

    #: Of each year in which the term is seen: `year`, `state`, `body`, `box`, `per10k`, how often it is
    #: `listed` without its name, and whether only a `digest` has it, which is not counted.
    years: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)  #: years whose full texts leave it open
    sentences: list[dict[str, Any]] = field(default_factory=list)  #: that name it
    references: list[dict[str, Any]] = field(default_factory=list)  #: that mean it by other words
    open: list[dict[str, Any]] = field(default_factory=list)  #: that name it, or a homonym of it

    @property
    def count(self) -> int:
        """How often the full texts name the term."""
        return sum(year["body"] + year["box"] for year in self.years)


def occurrences(store: Store) -> defaultdict[str, Occurrences]:
    """The occurrences of every term, by its IRI; sentences by year, document and place."""
    found: defaultdict[str, Occurrences] = defaultdict(Occurrences)
    for row in sorted(mention_rows(store, None), key=lambda row: (row["year"] is None, row["year"] or 0)):
        sentence = {
            "left": row["prefix"] or "",
            "exact": row["exact"],
            "right": row["suffix"] or "",
            "document": row["document"],
            "section": row["section"],
            "year": row["year"],
            "covers": row["covers"],
            "context": row["context"],
            "start": row["start"],
        }
        if row["senses"]:
            for term in row["senses"]:
                found[term].open.append(sentence)
        elif row["kind"] == "core":
            found[row["term"]].sentences.append(sentence)
        else:
            found[row["term"]].references.append({**sentence, "kind": row["kind"]})
    for history in histories(store):
        told = found[history.iri]
        for each in history.years:
            seen = each.presence in SEEN
            if seen or each.digests:
                told.years.append(
                    {
                        "year": each.year,
                        "state": each.presence,
                        "body": each.body,
                        "box": each.explanations,
                        "per10k": each.per_ten_thousand,
                        "listed": each.other.get("listed", 0),
                        "digest": not seen,
                    }
                )
            if each.presence == "unknown" and each.full_texts:
                told.unknown.append(each.year)
    return found
