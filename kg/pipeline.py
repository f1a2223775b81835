"""The flow, on one screen: documents → sections, entries → lexicon → mentions → graph → files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.documents import Note, Source, read_corpus
from kg.entries import find_entries
from kg.lexicon import build_lexicon
from kg.mentions import find_mentions, make_finder
from kg.model import Corpus, Kind
from kg.report import render_report
from kg.structure import find_glossaries, find_sections
from kg.vocab import DEFAULT_BASE

GLOSSARY, GRAPH, PAGE, REPORT, TEXTS = "glossary.ttl", "graph.trig", "graph.html", "report.md", "text"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found, in numbers, and what it wants to say about the documents."""

    title: str
    documents: int
    digests: int
    entries: int
    concepts: int
    components: int
    candidates: int
    mentions: int
    disagreements: int
    notes: tuple[Note, ...]


def read(folder: Path) -> tuple[Source, Corpus]:
    """The text half: a folder of documents → everything that can be read from it."""
    source = read_corpus(folder)
    return source, analyse(source)


def analyse(source: Source) -> Corpus:
    """Documents that were read → their sections, definitions, concepts and mentions."""
    docs = source.documents
    sections = tuple(section for doc in docs for section in find_sections(doc))
    glossaries = tuple(glossary for doc in docs for glossary in find_glossaries(doc))
    entries = [entry for glossary in glossaries for entry in find_entries(glossary)]
    lexicon = build_lexicon(docs, entries, glossaries)
    finder = make_finder(lexicon)
    mentions = tuple(m for doc in docs for m in find_mentions(doc, finder, sections, glossaries))
    return Corpus(docs, sections, glossaries, lexicon.concepts, mentions)


def build(
    folder: Path, output: Path, base: str = DEFAULT_BASE, progress: Progress = lambda step: None
) -> Built:
    """The whole line: a folder of documents → glossary, graph, store, page, report and texts in `output`.

    Nothing in `output` changes before everything has been made. Raises KgError where a document,
    the manifest or the folder cannot be used.
    """
    from kg.graph import build_graph, glossary_graph
    from kg.network import term_network
    from kg.store import STORE, build_store, open_store
    from kg.turtle import write_trig, write_turtle
    from kg.visual import write_html

    progress("reading the documents")
    source, corpus = read(folder)
    progress("making the graph")
    dataset = build_graph(corpus, base)
    workshop = _workshop(output)
    try:
        write_turtle(glossary_graph(dataset), workshop / GLOSSARY)
        write_trig(dataset, workshop / GRAPH)
        progress("loading the store")
        build_store(workshop / GRAPH, workshop / STORE)
        progress("drawing the page")
        store = open_store(workshop)
        write_html(term_network(store, source.title), workshop / PAGE)
        del store
        (workshop / REPORT).write_text(render_report(corpus, source.notes), encoding="utf-8", newline="\n")
        for doc in corpus.documents:
            (workshop / TEXTS).mkdir(exist_ok=True)
            (workshop / TEXTS / f"{doc.id}.txt").write_text(doc.text, encoding="utf-8", newline="\n")
        for name in (TEXTS, STORE, GLOSSARY, GRAPH, REPORT, PAGE):
            _move_in(workshop / name, output / name)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return _summary(source, corpus)


def _workshop(output: Path) -> Path:
    """A new folder beside the results, on the same disk, so that moving them in is one step each."""
    workshop = output / ".building"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    return workshop


def _move_in(new: Path, place: Path) -> None:
    """Put a finished file or folder into its place."""
    if place.is_dir():
        aside = new.with_name(new.name + ".old")
        place.rename(aside)
    new.replace(place)


def _summary(source: Source, corpus: Corpus) -> Built:
    entries = [entry for concept in corpus.concepts for entry in concept.entries]
    defined = sum(bool(c.entries) for c in corpus.concepts)
    candidates = sum(c.candidate for c in corpus.concepts)
    return Built(
        title=source.title,
        documents=len(corpus.documents),
        digests=sum(doc.kind == Kind.ABRIDGEMENT for doc in corpus.documents),
        entries=len(entries),
        concepts=defined,
        components=len(corpus.concepts) - defined - candidates,
        candidates=candidates,
        mentions=len(corpus.mentions),
        disagreements=sum(entry.agrees is False for entry in entries),
        notes=source.notes,
    )
