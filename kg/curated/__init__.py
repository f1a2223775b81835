"""A person's decisions: what a rule got wrong is put right once and for good.

`curated.toml` beside the documents has them. They are read and written here, and put to work at the
stages where terms, components, mentions and links are made.
"""

from __future__ import annotations

from kg.curated.curation import Curation
from kg.curated.files import (
    CURATED,
    as_row,
    parse_decisions,
    put_decisions,
    read_decisions,
    save,
    with_decisions,
)
from kg.curated.kinds import KINDS, RELATIONS, STATUSES, about, statement
from kg.model import Branch, Decision, Verdict

__all__ = [
    "CURATED",
    "KINDS",
    "RELATIONS",
    "STATUSES",
    "Branch",
    "Curation",
    "Decision",
    "Verdict",
    "about",
    "as_row",
    "parse_decisions",
    "put_decisions",
    "read_decisions",
    "save",
    "statement",
    "with_decisions",
]
