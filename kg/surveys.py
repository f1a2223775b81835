"""Document → its survey: all that can be read of it without knowing any other document."""

from __future__ import annotations

from dataclasses import dataclass

from kg.clues import Clues, find_clues
from kg.entries import find_entries
from kg.model import Document, Entry, Glossary, Section
from kg.structure import find_glossaries, find_sections


@dataclass(frozen=True, slots=True)
class Survey:
    """A document with its parts, its definitions, and its clues for the lexicon."""

    doc: Document
    sections: tuple[Section, ...]
    glossaries: tuple[Glossary, ...]
    entries: tuple[Entry, ...]
    clues: Clues


def survey(doc: Document) -> Survey:
    """The survey of a document.

    >>> found = survey(Document("d", "做好“六最”。\\n知识小贴士\\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。"))
    >>> [entry.label for entry in found.entries], [run.text for run in found.clues.runs]
    (['六稳'], ['六最', '六稳'])
    """
    glossaries = find_glossaries(doc)
    entries = tuple(entry for glossary in glossaries for entry in find_entries(glossary))
    return Survey(doc, find_sections(doc, glossaries), glossaries, entries, find_clues(doc, entries))
