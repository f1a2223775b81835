"""How fast the graph is written, and how fast the store is loaded beside pyoxigraph's own bulk load."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from figures import Figure, memory
from loads import Load
from pyoxigraph import RdfFormat, Store, parse, serialize

TITLE = "The graph and its store"
DOCUMENTS = 300

#: Loads a store, as a build does; and as Oxigraph does by itself.
OURS = """
import sys
from pathlib import Path
from kg.store import build_store

build_store(Path(sys.argv[1]), Path(sys.argv[2]))
"""
BARE = """
import sys
from pyoxigraph import RdfFormat, Store

store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.TRIG)
store.flush()
"""


def figures(load: Load) -> Iterator[Figure]:
    from kg.pipeline import read

    corpus = read(load.folder(DOCUMENTS))[1]
    folder = load.scratch("graph")
    yield from _written(corpus, folder)
    yield from _loaded(folder / "graph.trig", folder)


def _written(corpus: Any, folder: Path) -> Iterator[Figure]:
    """Statements a second from records to sorted bytes on disk: of the whole, and of its parts in memory."""
    from kg.annotations import Annotations, each_mention
    from kg.extracts import by_document, extract
    from kg.places import Places
    from kg.terms import Names
    from kg.trig import named_graphs, write_files
    from kg.vocab import Iris

    iris = Iris()
    trig = folder / "graph.trig"
    whole = _seconds(lambda: write_files(corpus, trig, folder / "glossary.ttl", iris))
    size = sum(1 for _ in parse(path=str(trig), format=RdfFormat.TRIG))

    names = Names(corpus.concepts)
    records = list(by_document(corpus, iris))
    written = []
    documents = _seconds(lambda: written.extend(extract(one, names, iris) for one in records))
    of_documents = sum(one.size for one in written)
    found = [
        Annotations(r.doc.id, iris, Places(r.doc.id, iris, r.sections), each_mention(r.mentions))
        for r in records
    ]
    of_mentions = sum(map(len, found))

    def mentions() -> None:
        for one in records:
            places = Places(one.doc.id, iris, one.sections)
            made = Annotations(one.doc.id, iris, places, each_mention(one.mentions))
            "".join(text for _, text in sorted(made.paragraphs())).encode()

    every = _seconds(lambda: [len(graph.text()) for graph in named_graphs(corpus, iris)])
    only_mentions = _seconds(mentions)
    on = f"{size:,} statements"
    rate = size / whole
    yield Figure(
        "the whole graph and the glossary", rate, "triples/s", "500,000 a second", rate / 5e5, "≥ 1", on
    )
    for what, statements, taken in (
        ("graphs of documents", of_documents, documents),
        ("of these, mentions", of_mentions, only_mentions),
        ("of these, the rest", of_documents - of_mentions, documents - only_mentions),
        ("derived, vocabulary, curated", size - of_documents, every - documents),
    ):
        yield Figure(what, statements / taken, "triples/s", size=f"{statements:,} statements")


def _loaded(trig: Path, folder: Path, rounds: int = 3) -> Iterator[Figure]:
    """Loading the store beside a bare bulk load of TriG and of N-Quads."""
    from kg.store import build_store

    quads = folder / "graph.nq"
    serialize(parse(path=str(trig), format=RdfFormat.TRIG), str(quads), RdfFormat.N_QUADS)

    def bare(path: Path, form: RdfFormat) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            store = Store(place)
            store.bulk_load(path=str(path), format=form)
            store.flush()

    times = {"ours": 0.0, "TriG": 0.0, "N-Quads": 0.0}
    for _ in range(rounds):
        times["ours"] += _seconds(lambda: build_store(trig, folder / "store")) / rounds
        times["TriG"] += _seconds(lambda: bare(trig, RdfFormat.TRIG)) / rounds
        times["N-Quads"] += _seconds(lambda: bare(quads, RdfFormat.N_QUADS)) / rounds
    ours = times.pop("ours")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        mine, others = (
            memory(code, trig, Path(place, name)) for name, code in (("ours", OURS), ("bare", BARE))
        )
    yield Figure("loading the store, memory of a process", mine, "MB", "`bulk_load` of TriG", mine / others)
    for form, theirs in times.items():
        yield Figure("loading the store", ours, "s", f"`bulk_load` of {form}", ours / theirs, "≤ 1.2")


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun
