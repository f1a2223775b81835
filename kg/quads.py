"""Mentions that lie in Parquet beside a graph, as the statements that they would be in it.

For whoever needs them as RDF after all: the checks, and an export of the whole dataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.annotations import annotation
from kg.paragraphs import HEAD, block
from kg.parquet import read
from kg.store import mentions_beside, select


def mention_quads(store: Store) -> Iterator[Quad]:
    """The statements of every mention beside the graph, in the named graphs of their documents; none where there are
    none."""
    if (folder := mentions_beside(store)) is None:
        return
    documents = {row["document"]: (f"<{row['source']}>", row["graph"]) for row in select(store, _DOCUMENTS)}
    for name, rows in groupby(read(folder), key=itemgetter("document")):
        source, graph = documents[name]
        told = HEAD + block(f"<{graph}>", "".join(annotation(row, source) for row in rows))
        yield from parse(told.encode("utf-8"), format=RdfFormat.TRIG)


_DOCUMENTS = """
SELECT DISTINCT ?document ?source ?graph WHERE {
  GRAPH ?graph { ?source kg:documentKind ?kind ; dct:identifier ?document }
}
"""
