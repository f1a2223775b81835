"""Cards to learn by: a deck for Anki, as the text that it imports.

Anki reads lines that begin with # as its settings (Anki manual, “Text Files”, File Headers).
"""

from __future__ import annotations

import csv
from html import escape
from io import StringIO
from itertools import groupby

from kg.exports.records import Contents, Term

_COLUMNS = ("front", "back", "tags")


def anki(contents: Contents) -> bytes:
    """A card for each term of which something is told: in front the term, behind it what it means and counts."""
    out = StringIO()
    out.write("#separator:Comma\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:{' '.join(contents.title.split())}\n#columns:{','.join(_COLUMNS)}\n#tags column:3\n")
    titles = {document["id"]: document["title"] or document["id"] for document in contents.documents}
    writer = csv.writer(out, lineterminator="\n")
    for term in contents.terms:
        if back := _back(term, titles):
            writer.writerow((escape(term.label, quote=False), back, " ".join(_tags(term))))
    return out.getvalue().encode("utf-8")


def _back(term: Term, titles: dict[str, str]) -> str:
    lines = []
    if term.definition:
        lines.append(escape(term.definition, quote=False))
    if term.lists:
        parts = term.lists[0].parts
        if not term.definition or any(part.group for part in parts):  # a plain list says it itself
            for group, members in groupby(parts, key=lambda part: part.group):
                told = "、".join(escape(part.text, quote=False) for part in members)
                lines.append(f"<b>{escape(group)}</b>：{told}" if group else told)
    if not lines:
        return ""
    known = [name.text for name in term.names if name.status != "rejected"]
    if known:
        lines.append("; ".join(f"<i>{escape(name, quote=False)}</i>" for name in known))
    lines.append(f"<small>{escape(_source(term, titles))}</small>")
    return "<br>".join(line.replace("\n", "<br>") for line in lines)


def _source(term: Term, titles: dict[str, str]) -> str:
    told = [each for each in term.definitions if each.text == term.definition] or list(term.lists)
    return titles.get(told[0].document, told[0].document) if told else ""


def _tags(term: Term) -> list[str]:
    """Tags have no spaces; :: makes one a branch of another."""
    years = [] if term.first is None else [f"年份::{term.first}"]
    subjects = [f"领域::{'_'.join(subject.split())}" for subject in term.subjects]
    return [*subjects, *years]
