"""The report that is to be annotated: a document of the build, or a file that the build has never seen.

Of a file the terms of the build are found as the text half finds them in any document: the definitions of the build
are read back as entries beside its own, so that the longest match, the edges of hits and the senses of labels are
decided by the same rules. What stays open is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, Store

from kg.citations import citation
from kg.documents import infer, read_document
from kg.editions.meanings import Standpoint, of_terms
from kg.editions.places import NAMING
from kg.editions.records import Meaning, Term
from kg.editions.texts import read_text
from kg.errors import KgError
from kg.formats import ENDINGS, ending
from kg.readings import DOCUMENTS, Box, Heading, Reading, Said, reading
from kg.rules import NOTE_MARK
from kg.store import select


@dataclass(frozen=True, slots=True)
class Report:
    """A report with what stands in it, as the edition needs it."""

    reading: Reading
    issuer: str | None
    terms: Mapping[str, Term]
    said: tuple[Said, ...]  #: mentions that name one term each, by its key
    own: Mapping[str, Sequence[Meaning]] = field(default_factory=dict)  #: what a file explains itself, by key
    defines: frozenset[str] = frozenset()  #: the keys of the terms that the report itself explains
    notes: tuple[str, ...] = ()

    @property
    def standpoint(self) -> Standpoint:
        return Standpoint(self.reading.id, self.issuer, self.reading.year)


def open_report(store: Store, output: Path, name: str, text: str | None = None) -> Report:
    """The report of that name: the id of a document of the build in `output`, its title, its year, or a file.

    With a `text` it is that text, as a file of that name would have it. Raises `KgError` where there is none, with
    what is near, and where there are several.
    """
    documents = {str(row["id"]): row for row in select(store, DOCUMENTS.of_all())}
    if text is not None:
        return _file(store, output, Path(name), documents, text)
    if found := _named(documents, name):
        return _document(store, output, documents[found])
    path = Path(name)
    if path.is_file():
        return _file(store, output, path, documents)
    if path.is_dir():
        raise KgError(f"{name}: is a folder; give a file in it, or a document of the build")
    if ending(name) in ENDINGS or len(path.parts) > 1:
        raise KgError(
            f"{name}: there is no such file; give a file ({', '.join(ENDINGS)}) or a document of the build"
        )
    titles = {str(row["title"]): str(row["id"]) for row in documents.values() if row["title"]}
    alike = get_close_matches(name, [*documents, *titles], n=3, cutoff=0.5)
    near = [*dict.fromkeys(titles.get(each, each) for each in alike)] or sorted(documents)[:5]
    raise KgError(f"no document {name!r} in this build; did you mean {' or '.join(near)}?")


def _named(documents: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """The document that a name means: by its id, its title, its year, or a part of one id or title alone."""
    if name in documents:
        return name
    ways = [[row for row in documents.values() if row["title"] == name]]
    if name.isdecimal():
        of_year = [row for row in documents.values() if str(row["year"]) == name]
        ways.append([row for row in of_year if row["kind"] != "abridgement"] or of_year)
    else:
        ways.append([row for row in documents.values() if name in (row["title"] or "") or name in row["id"]])
    for rows in ways:
        if len(rows) == 1:
            return str(rows[0]["id"])
        if rows:
            ids = sorted(row["id"] for row in rows)
            more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
            raise KgError(f"{name!r} names {len(ids)} documents: ask for {' or '.join(ids[:5])}{more}")
    return None


# --- a document of the build ---------------------------------------------------------------------------


def _document(store: Store, output: Path, row: Mapping[str, Any]) -> Report:
    text = read_text(output, row["id"])
    made = reading(store, row, text)
    defines = frozenset(each["term"] for each in select(store, _DEFINES, document=Literal(row["id"])))
    said = [each for each in made.mentions if each.kind in NAMING and len(each.terms) == 1]
    forms = _written_forms(_headwords(store))
    said += _written(text, forms, said)
    keys = {term for each in said for term in each.terms} | defines
    terms = {
        each["term"]: Term(each["term"], each["label"], each["term"], each["candidate"] == "true")
        for each in select(store, of_terms(_TERMS, keys))
    }
    return Report(made, row["issuer"], terms, tuple(said), defines=defines)


def _headwords(store: Store) -> Iterator[tuple[str, str]]:
    return ((row["term"], row["headword"]) for row in select(store, _HEADWORDS))


def _written_forms(headwords: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How headwords write what no label is: “三供一业”分离移交, and the heads of “111”“1331”“136”创新工程 by themselves."""
    forms: dict[str, str] = {}
    for term, headword in headwords:
        if re.search("”.|.“", headword):
            forms.setdefault(headword, term)
        if heads := re.match("(?:“[^“”]+”){2,}", headword):
            forms.setdefault(heads[0], term)
    return forms


def _written(text: str, forms: Mapping[str, str], said: Iterable[Said]) -> list[Said]:
    """Where such forms stand, but for those of a term that is found there by its label."""
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in said:
        taken[each.terms[0]].append((each.start, each.end))
    found = []
    for form, term in sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair)):
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            if not any(a < end and start < b for a, b in taken[term]):
                taken[term].append((start, end))
                found.append(Said(start, end, "core", (term,)))
            start = text.find(form, end)
    return found


def find_marks(reading: Reading, own: Mapping[str, Sequence[Meaning]]) -> dict[str, int]:
    """The marks, such as ［3］, that lead from the text to the terms that its own list explains, by term.

    The number of a definition stands before its headword. A mark counts where it stands outside of the list.
    """
    text = reading.text or ""
    marks: dict[int, int] = {}
    for mark in NOTE_MARK.finditer(text):
        if not any(box.start <= mark.start() < box.end for box in reading.boxes):
            marks.setdefault(int(mark["n"]), mark.start())
    found: dict[str, int] = {}
    by_definition: dict[int | None, int] = {}
    if not marks:
        return found
    for term, meaning in sorted(
        (
            (term, each)
            for term, meanings in own.items()
            for each in meanings
            if each.headword_start is not None
        ),
        key=lambda pair: (pair[1].headword_start or 0, pair[0]),
    ):
        before = text[max(0, (meaning.headword_start or 0) - 12) : meaning.headword_start]
        number = re.search(r"(\d{1,3})\s?[］\]〕）)】]?[.．、:：]?[“‘《]?\Z", before)
        at = int(number[1]) if number else by_definition.get(meaning.start)
        if at is not None:
            by_definition[meaning.start] = at
            if at in marks:
                found[term] = marks[at]
    return found


_DEFINES = """
SELECT DISTINCT ?term WHERE {
  # VALUES ?document
  ?source dct:identifier ?document .
  ?definition dct:source ?source ; kg:defines ?term ; kg:start ?start .
}
"""

_HEADWORDS = """
SELECT DISTINCT ?term ?headword WHERE {
  ?definition kg:defines ?term ; kg:headword ?headword FILTER(CONTAINS(?headword, "“"))
}
ORDER BY ?term ?headword
"""

_TERMS = """
SELECT DISTINCT ?term ?label ?candidate WHERE {
  # VALUES ?term
  ?term a kg:Term ; skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))
  OPTIONAL { ?term kg:candidate ?is BIND(STR(?is) AS ?candidate) }
}
ORDER BY ?term
"""


# --- a file ---------------------------------------------------------------------------------------------


def _file(
    store: Store,
    output: Path,
    path: Path,
    documents: Mapping[str, Mapping[str, Any]],
    text: str | None = None,
) -> Report:
    from kg.cleaning import clean
    from kg.editions.strangers import read_stranger
    from kg.model import Document

    notes: tuple[str, ...]
    if text is None:
        doc, said = read_document(path)
        notes = tuple(note.message for note in said if "corpus.toml" not in note.message)
    else:
        cleaned, marks = clean(text)
        if not cleaned:
            raise KgError("there is no text; give that of a report")
        doc, notes = replace(Document(path.stem, cleaned, marks), **infer(cleaned, path.stem)), ()
    if doc.id in documents:
        if read_text(output, doc.id) == doc.text:
            return _document(store, output, documents[doc.id])
        doc = replace(doc, id=f"{doc.id}（{path.name}）")
    stranger = read_stranger(store, output, doc, documents)
    row = {name: getattr(doc, name) for name in ("title", "speaker", "session", "date", "publisher", "url")}
    made = Reading(
        doc.id,
        doc.title or doc.id,
        doc.year,
        str(doc.kind),
        citation({**row, "id": doc.id, "kind": str(doc.kind), "issuer": doc.issuer, "year": doc.year}),
        doc.text,
        tuple(
            Heading(each.heading.start, each.heading.end, len(each.path), each.span.end, each.covers)
            for each in stranger.sections
        ),
        tuple(Box(each.span.start, each.span.end, str(each.voice)) for each in stranger.glossaries),
    )
    said_there = list(stranger.said)
    headwords = [
        *_headwords(store),
        *((key, each.headword or "") for key, own in stranger.own.items() for each in own),
    ]
    forms = {form: key for form, key in _written_forms(headwords).items() if form in doc.text}
    terms = dict(stranger.terms)
    if others := set(forms.values()) - set(terms):
        for each in select(store, of_terms(_TERMS, others)):
            terms[each["term"]] = Term(each["term"], each["label"], each["term"], each["candidate"] == "true")
    said_there += _written(doc.text, forms, said_there)
    return Report(made, doc.issuer, terms, tuple(said_there), stranger.own, frozenset(stranger.own), notes)
