"""The project's names and IRIs as rdflib knows them, to ask its graphs with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from kg import namespaces, vocab
from kg.graph import node
from kg.namespaces import PREFIXES

ONTOLOGY = node(vocab.ONTOLOGY)


def _namespace(prefix: str, names: type[namespaces.Namespace]) -> Any:
    """A namespace of rdflib with the same names; another one is an error."""
    members = {"_NS": Namespace(PREFIXES[prefix]), "_fail": True, "__annotations__": names.__annotations__}
    return type(names.__name__, (DefinedNamespace,), members)


KG = _namespace("kg", vocab.KG)
BIBO = _namespace("bibo", namespaces.BIBO)
ISOTHES = _namespace("isothes", namespaces.ISOTHES)
OA = _namespace("oa", namespaces.OA)
SKOSXL = _namespace("skosxl", namespaces.SKOSXL)


class Iris:
    """The IRIs of `kg.vocab.Iris`, each a node of rdflib, made of facts and of such nodes."""

    def __init__(self, base: str = vocab.DEFAULT_BASE) -> None:
        self._iris = vocab.Iris(base)

    def __getattr__(self, name: str) -> Any:
        found: str | Callable[..., str] = getattr(self._iris, name)
        if isinstance(found, str):
            return node(found)
        return lambda *facts: node(found(*(f.n3() if isinstance(f, URIRef) else f for f in facts)))
