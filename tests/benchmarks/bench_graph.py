"""How fast the graph is written, and how fast the store is loaded beside pyoxigraph's own bulk load.

`python tests/benchmarks/bench_graph.py [FOLDER [COPIES]]` prints both; CPU seconds, so that a busy machine matters little.
"""

from __future__ import annotations

import copy
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import process_time

from pyoxigraph import RdfFormat, Store, parse, serialize

from kg.annotations import Annotations, each_mention
from kg.extracts import by_document, extract
from kg.model import Corpus, Document
from kg.pipeline import read
from kg.places import Places
from kg.store import build_store
from kg.terms import Names
from kg.trig import named_graphs, write_files
from kg.vocab import Iris

SEEDS = Path(__file__).parents[2] / "seeds"
IRIS = Iris()


def copies(corpus: Corpus, number: int) -> Corpus:
    """A corpus of so many copies of each document; what is derived from all stays that of the one."""
    made = [_copy(corpus, f"-{index}") for index in range(number)]
    entries: defaultdict[str, list[object]] = defaultdict(list)
    for one in made:
        for concept in one.concepts:
            entries[concept.id] += concept.entries
    return replace(
        corpus,
        documents=_all(one.documents for one in made),
        sections=_all(one.sections for one in made),
        glossaries=_all(one.glossaries for one in made),
        mentions=_all(one.mentions for one in made),
        open=_all(one.open for one in made),
        concepts=tuple(replace(concept, entries=tuple(entries[concept.id])) for concept in made[0].concepts),
        subjects=made[0].subjects,
        relations=made[0].relations,
        states=made[0].states,
    )


def _copy(corpus: Corpus, mark: str) -> Corpus:
    renamed = {id(doc): _renamed(doc, mark) for doc in corpus.documents}
    states = tuple(
        replace(state, documents=tuple(doc + mark for doc in state.documents)) for state in corpus.states
    )
    return copy.deepcopy(replace(corpus, states=states), renamed)


def _renamed(doc: Document, mark: str) -> Document:
    return replace(doc, id=doc.id + mark, abridges=None if doc.abridges is None else doc.abridges + mark)


def _all(parts: Iterable[tuple[object, ...]]) -> tuple[object, ...]:
    return tuple(part for one in parts for part in one)


def write(corpus: Corpus, folder: Path) -> dict[str, float]:
    """Statements a second from records to sorted bytes on disk: of the whole, and of its parts in memory."""
    trig = folder / "graph.trig"
    whole = _seconds(lambda: write_files(corpus, trig, folder / "glossary.ttl", IRIS))
    size = sum(1 for _ in parse(path=str(trig), format=RdfFormat.TRIG))

    names = Names(corpus.concepts)
    records = list(by_document(corpus, IRIS))
    written = []
    documents = _seconds(lambda: written.extend(extract(one, names, IRIS) for one in records))
    of_documents = sum(one.size for one in written)
    found = [
        Annotations(r.doc.id, IRIS, Places(r.doc.id, IRIS, r.sections), each_mention(r.mentions))
        for r in records
    ]
    of_mentions = sum(map(len, found))

    def mentions() -> None:
        for one in records:
            places = Places(one.doc.id, IRIS, one.sections)
            made = Annotations(one.doc.id, IRIS, places, each_mention(one.mentions))
            "".join(text for _, text in sorted(made.paragraphs())).encode()

    every = _seconds(lambda: [len(graph.text()) for graph in named_graphs(corpus, IRIS)])
    only_mentions = _seconds(mentions)
    return {
        "statements": size,
        "of documents": of_documents,
        "of mentions": of_mentions,
        "written a second": size / whole,
        "documents a second": of_documents / documents,
        "mentions a second": of_mentions / only_mentions,
        "without mentions a second": (of_documents - of_mentions) / (documents - only_mentions),
        "derived, vocabulary, curated a second": (size - of_documents) / (every - documents),
    }


def load(trig: Path, folder: Path, rounds: int = 3) -> dict[str, float]:
    """CPU seconds of loading the store, and how many times those of a bare bulk load of TriG and N-Quads."""
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
    return {
        "seconds": times["ours"],
        "times a bare load of the TriG": times["ours"] / times["TriG"],
        "times a bare load of N-Quads": times["ours"] / times["N-Quads"],
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def main(folder: Path = SEEDS, number: int = 20) -> None:
    """Print the figures for copies of the documents of a folder."""
    corpus = copies(read(folder)[1], number)
    with tempfile.TemporaryDirectory() as place:
        for name, value in write(corpus, Path(place)).items():
            print(f"{name:40s} {value:12,.0f}")
        for name, value in load(Path(place) / "graph.trig", Path(place)).items():
            print(f"{name:40s} {value:12.2f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]), *map(int, sys.argv[2:3]))
