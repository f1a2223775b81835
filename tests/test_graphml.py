"""GraphML that other tools read."""

from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from networkx.readwrite.graphml import GraphMLWriter
from pyoxigraph import RdfFormat, Store

from kg.graphml import as_network, graphml, write_graphml

SMALL = Path(__file__).parent / "data" / "small.trig"
TERM = "https://example.org/policy-terms/term/"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    store = Store()
    store.bulk_load(path=str(SMALL), format=RdfFormat.TRIG)
    path = tmp_path_factory.mktemp("graphml") / "network.graphml"
    write_graphml(store, path)
    again = path.read_bytes()
    write_graphml(store, path)
    assert path.read_bytes() == again
    return path


def test_graphml_reads_back_with_terms_and_their_measures(written):
    network = nx.read_graphml(written)
    node = network.nodes[TERM + "六保"]
    assert (node["label"], node["role"], node["community"]) == ("六保", "candidate", "六保 · 六稳 · 保民生")
    assert (node["mentions"], node["pagerank"], node["core"]) == (2, 0.486486, 1)
    assert "pagerank" not in network.nodes[TERM + "去产能"]


def test_graphml_has_every_kind_of_link(written):
    network = nx.read_graphml(written, force_multigraph=True)
    kinds = {(u.removeprefix(TERM), v.removeprefix(TERM), kind) for u, v, kind in network.edges(data="kind")}
    assert ("三去一降一补", "去产能", "part") in kinds
    assert ("三去一降一补", "两去", "successor") in kinds
    assert {
        ("六保", "六稳", "sentence"),
        ("六保", "六稳", "section"),
        ("六保", "六稳", "co-mentioned"),
    } <= kinds
    (tie,) = (data for *_, data in network.edges(data=True) if data["kind"] == "section")
    assert (tie["weight"], tie["association"]) == (1.5, 0.8)


def test_graphml_is_what_networkx_writes():
    store = Store()
    hostile = (
        SMALL.read_text(encoding="utf-8")
        .replace('"六保"@zh', '"<六>&\\"保\\""@zh')
        .replace("term/六稳", "term/六&稳")
    )
    store.bulk_load(hostile.encode(), RdfFormat.TRIG)
    network = as_network(store)
    theirs = BytesIO()
    writer = GraphMLWriter(network, named_key_ids=True)
    writer.dump(theirs)
    assert graphml(network) == theirs.getvalue().decode()
    assert "&lt;六&gt;&amp;" in graphml(network) and 'term/六&amp;稳"' in graphml(network)
