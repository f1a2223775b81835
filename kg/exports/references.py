"""The documents of a build as references: BibTeX, and a list after GB/T 7714—2015."""

from __future__ import annotations

from kg.citations import bibtex, citation
from kg.exports.records import Contents


def bib(contents: Contents) -> bytes:
    """An entry of BibTeX for each document."""
    return "\n".join(f"{bibtex(document)}\n" for document in contents.documents).encode("utf-8")


def gbt7714(contents: Contents) -> bytes:
    """The references, numbered in the order of their years."""
    lines = (f"[{n}] {citation(each)}\n" for n, each in enumerate(contents.documents, start=1))
    return "".join(lines).encode("utf-8")
