"""The measures of networks at 1,000, 10,000 and 50,000 terms, and the pages of large builds."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from figures import Figure, seconds
from loads import Load

TITLE = "Networks"
DEGREE = 20
SIZES = (1_000, 10_000, 50_000)
SLOW = 2_000  #: terms from which networkx's betweenness takes minutes: beyond, it is not waited for
DOCUMENTS = 100  #: of the build whose own network and page are measured


def figures(load: Load) -> Iterator[Figure]:
    """Each measure of a random network against networkx and, where it is installed, rustworkx; then a real one."""
    from kg.model import Tie
    from kg.store import open_store, select

    for size in SIZES:
        yield from _measures(_strewn(size), f"{size:,} terms, random")
    store = open_store(load.build(DOCUMENTS))
    rows = select(
        store,
        "SELECT ?one ?other ?together ?expected { ?tie kg:tieFrom ?one ; kg:tieTo ?other ;"
        ' kg:inUnit "sentence" ; kg:together ?together ; kg:expected ?expected } ORDER BY ?one ?other',
    )
    ties = [
        Tie(row["one"], row["other"], "sentence", row["together"], float(row["expected"]), 0.5)
        for row in rows
    ]
    yield from _measures(ties, f"{len({t.one for t in ties} | {t.other for t in ties}):,} terms of reports")
    yield from _page(store, load)


def _strewn(size: int) -> list[Any]:
    """Ties at random, so many that a term has `DEGREE` on average."""
    from kg.model import Tie

    chance = random.Random(1)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < size * DEGREE // 2:
        one, other = sorted((chance.randrange(size), chance.randrange(size)))
        if one != other:
            pairs.add((one, other))
    return [
        Tie(f"c{one:05}", f"c{other:05}", "sentence", chance.randint(2, 9), chance.uniform(0.1, 1), 0.5)
        for one, other in sorted(pairs)
    ]


def _measures(ties: Sequence[Any], size: str) -> Iterator[Figure]:
    import networkx as nx

    from kg.measures import betweenness, find_bridges, find_communities, find_standings, tie_network
    from kg.model import Concept

    network = tie_network(ties, "sentence")
    peak = _peak(lambda: find_standings(ties))
    (all_,) = seconds(lambda: find_standings(ties), repeats=1)
    yield Figure("all standings", all_, "s", size=size)
    yield Figure("all standings, peak of Python's own memory", peak, "MB", size=size)
    if len(network) <= SLOW:
        ours, theirs = seconds(
            lambda: betweenness(network),
            lambda: nx.betweenness_centrality(network, weight="distance"),
            repeats=1,
        )
        yield Figure("betweenness", ours, "s", "networkx", ours / theirs, "≤ 0.5", size)
    else:
        _, sample = betweenness(network)
        (ours,) = seconds(lambda: betweenness(network), repeats=1)
        yield Figure(f"betweenness, from {sample or 'all'} terms", ours, "s", size=size)
    swift, rust = _swift(ties), _rust(network)
    for name, ours_do, nx_do, rust_do in (
        (
            "PageRank",
            lambda: swift.pagerank(directed=False, weights="weight", implementation="arpack"),
            lambda: nx.pagerank(network, weight="weight"),
            lambda module: module.pagerank(rust.to_directed(), weight_fn=float),
        ),
        ("k-core", swift.coreness, lambda: nx.core_number(network), lambda module: module.core_number(rust)),
        ("bridges", swift.bridges, lambda: list(nx.bridges(network)), lambda module: module.bridges(rust)),
    ):
        ours, theirs = seconds(ours_do, nx_do, repeats=2)
        yield Figure(name, ours, "s", "networkx", ours / theirs, "≤ 1", size)
        if rust is not None:
            import rustworkx

            ours, theirs = seconds(ours_do, lambda do=rust_do: do(rustworkx), repeats=2)
            yield Figure(name, ours, "s", "rustworkx", ours / theirs, size=size)
    concepts = [Concept(i, i, candidate=True) for i in sorted(network)]
    leiden, bridges = seconds(
        lambda: find_communities(concepts, [], ties), lambda: find_bridges(ties), repeats=1
    )
    yield Figure("communities (Leiden)", leiden, "s", size=size)
    yield Figure("bridges, from ties", bridges, "s", size=size)


def _swift(ties: Sequence[Any]) -> Any:
    """The network of ties of one unit as `kg.measures` measures it."""
    from kg.measures import _by_unit

    return next(network for _, network in _by_unit(ties))


def _rust(network: Any) -> Any:
    """The network for rustworkx; None where that is not installed."""
    try:
        import rustworkx
    except ImportError:
        return None
    found = rustworkx.PyGraph()
    numbers = dict(zip(network, found.add_nodes_from(list(network)), strict=True))
    found.add_edges_from([(numbers[a], numbers[b], w) for a, b, w in network.edges(data="weight")])
    return found


def _peak(call: Callable[[], object]) -> float:
    """Megabytes of Python's own memory that a call takes at most."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _page(store: Any, load: Load) -> Iterator[Figure]:
    """What a page takes to make, step by step, and how large it is."""
    from kg.graphml import write_graphml
    from kg.lifespans import lifespans
    from kg.network import term_network
    from kg.readings import readings
    from kg.timelines import histories
    from kg.visual import write_html

    place = load.scratch("network")
    texts = {
        path.stem: path.read_text(encoding="utf-8") for path in (load.build(DOCUMENTS) / "text").glob("*.txt")
    }
    made: dict[str, Any] = {}
    for name, step in (
        ("histories", lambda: histories(store)),
        ("network of terms, with quotations", lambda: term_network(store, known=made["histories"])),
        ("texts of the page", lambda: readings(store, texts)),
        ("lives of slogans", lambda: lifespans(store, known=made["histories"])),
        (
            "page, with its layout",
            lambda: write_html(
                made["network of terms, with quotations"],
                place / "graph.html",
                made["texts of the page"],
                made["lives of slogans"],
            ),
        ),
        ("network.graphml", lambda: write_graphml(store, place / "network.graphml")),
    ):
        start = time.process_time()
        made[name] = step()
        yield Figure(name, time.process_time() - start, "s", size=f"{DOCUMENTS} documents")
    size = (place / "graph.html").stat().st_size / 1e6
    yield Figure("page", size, "MB", "15 MB", size / 15, "≤ 1", f"{DOCUMENTS} documents")
