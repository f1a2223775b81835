"""Questions about everything in the store: each pattern is read from end to end, and the readings are joined.

Asked plainly, Oxigraph looks up each further pattern once for every row, at some ten microseconds a look-up. That is
right for one term. Where nearly all that matches is wanted anyway, it is quicker to read each pattern once, at one
microsecond a triple, and to join by hash. The planner does so where each pattern is a SELECT of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scan:
    """A question as its columns and its patterns, those that may be missing apart; its answer has no row twice."""

    columns: str
    patterns: tuple[str, ...]
    optional: tuple[
        tuple[str, ...], ...
    ] = ()  #: chains: each but the first is asked where the one before is found
    group: str = ""  #: by what the rows are grouped, where a column is an aggregate of several

    def of_all(self, given: str = "") -> str:
        """The SPARQL for all there is, or for all that a clause `given`, such as VALUES, lets pass.

        >>> print(Scan("?whole ?part", ("?whole a kg:Term", "?whole skos:narrower ?part")).of_all())
        SELECT DISTINCT ?whole ?part WHERE {
          { SELECT ?whole { ?whole a kg:Term } }
          { SELECT ?whole ?part { ?whole skos:narrower ?part } }
        }
        """
        parts = [given] * bool(given) + [_apart(pattern) for pattern in self.patterns]
        return self._select(parts + [_optional([_apart(each) for each in chain]) for chain in self.optional])

    def of_one(self, name: str) -> str:
        """The SPARQL for one value of the variable `name`, which `kg.store.select` puts in."""
        parts = [f"# VALUES ?{name}", *(f"{pattern} ." for pattern in self.patterns)]
        return self._select(parts + [_optional(chain) for chain in self.optional])

    def _select(self, parts: list[str]) -> str:
        grouped = f"GROUP BY {self.group}" if self.group else ""
        return "\n  ".join((f"SELECT DISTINCT {self.columns} WHERE {{", *parts)) + f"\n}} {grouped}".rstrip()


def _optional(chain: Sequence[str]) -> str:
    """What may be missing, and inside it what may be missing of it."""
    return " ".join(f"OPTIONAL {{ {pattern}" for pattern in chain) + " }" * len(chain)


def _apart(pattern: str) -> str:
    """A pattern as a SELECT of its own: the planner reads it from end to end."""
    names = dict.fromkeys(re.findall(r"\?\w+", pattern))
    return f"{{ SELECT {' '.join(names)} {{ {pattern} }} }}"
