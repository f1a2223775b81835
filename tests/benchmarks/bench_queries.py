"""How long the named queries take: beside the same words asked of pyoxigraph, and beside rdflib in memory."""

from __future__ import annotations

import gc
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures import Figure, memory, seconds
from loads import Load

TITLE = "Queries"
SMALL, LARGE = 34, 170  #: documents; with the reports at hand about 10⁵ and 10⁶ triples
LONG = 1.0  #: seconds; what takes longer is asked once
PATIENCE = 30  #: seconds after which rdflib is stopped: the ratio is at least what has come out by then

#: Asks every named query of the store of a build; of rdflib no more than that it has read the graph.
ASK = """
import sys
from pathlib import Path
from kg.queries import ask, list_queries
from kg.store import open_store

store = open_store(Path(sys.argv[1]))
for named in list_queries():
    ask(store, named.name, (), named.example)
"""
READ = """
import sys, warnings
from rdflib import Dataset

warnings.simplefilter("ignore", DeprecationWarning)
Dataset(default_union=True).parse(sys.argv[1], format="trig")
"""


def figures(load: Load) -> Iterator[Figure]:
    """Every named query with the parameters of its example, on a small build with rdflib, on a large one without."""
    signal.signal(signal.SIGPROF, _stop)
    small, large = load.build(SMALL), load.build(LARGE)
    ours, theirs = memory(ASK, small), memory(READ, small / "graph.trig")
    yield Figure(
        "memory of a process that asks all",
        ours,
        "MB",
        "rdflib in memory",
        ours / theirs,
        size=f"{SMALL} documents",
    )
    yield from _figures(small, _in_rdflib(small))
    yield Figure("memory of a process that asks all", memory(ASK, large), "MB", size=f"{LARGE} documents")
    yield from _figures(large, None)


def _figures(output: Path, dataset: Any) -> Iterator[Figure]:
    from pyoxigraph import QueryBoolean

    from kg.queries import ask, bind, list_queries
    from kg.store import open_store, placed

    store = open_store(output)
    size = f"{len(store):,} triples"
    total = [0.0, 0.0]
    for named in list_queries():
        bindings = bind(named, named.example)

        def ours(name: str = named.name, values: dict[str, str] = named.example) -> None:
            ask(store, name, (), values)

        def bare(sparql: str = placed(named.text, bindings)) -> None:
            answer = store.query(sparql, use_default_graph_as_union=True)
            if not isinstance(answer, QueryBoolean):
                for row in answer:
                    tuple(row)

        # Else a collection before each call goes through all that rdflib holds, and the caches of the processor with it.
        gc.collect()
        gc.freeze()
        (once,) = seconds(ours, repeats=1)
        mine, theirs = seconds(ours, bare, repeats=1 if once > LONG else 9)
        total = [total[0] + mine, total[1] + theirs]
        yield Figure(f"`{named.name}`", 1000 * mine, "ms", "pyoxigraph", mine / theirs, "≤ 1.5", size)
        if dataset is not None:
            values = {name: _in_terms_of_rdflib(value) for name, value in bindings.items()}
            text = named.text

            def slow(text: str = text, values: dict[str, Any] = values) -> None:
                signal.setitimer(signal.ITIMER_PROF, PATIENCE)  # of CPU time
                try:
                    list(dataset.query(text, initBindings=values))
                except TimeoutError:
                    pass
                finally:
                    signal.setitimer(signal.ITIMER_PROF, 0)

            (taken,) = seconds(slow, repeats=1)
            if taken < LONG:  # the first time costs more, as it does ours
                taken = min(taken, *seconds(slow, repeats=4))
            against = "rdflib in memory" + (f", stopped after {PATIENCE} s" if taken >= PATIENCE else "")
            yield Figure(f"`{named.name}`", 1000 * mine, "ms", against, taken / mine, "≥ 20", size)
    yield Figure("all together", 1000 * total[0], "ms", "pyoxigraph", total[0] / total[1], "≤ 1.5", size)


def _stop(*_: object) -> None:
    raise TimeoutError


def _in_rdflib(output: Path) -> Any:
    from rdflib import Dataset

    warnings.simplefilter("ignore", DeprecationWarning)
    return Dataset(default_union=True).parse(output / "graph.trig", format="trig")


def _in_terms_of_rdflib(value: Any) -> Any:
    import rdflib

    if not hasattr(value, "datatype"):
        return rdflib.URIRef(value.value)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))
