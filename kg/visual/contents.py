"""A network → everything the page knows: plain values for JSON, each long text said once."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.citations import bibtex, citation
from kg.resources import resource
from kg.visual.palette import COLOURS
from kg.visual.stars import PARTS

if TYPE_CHECKING:
    import networkx as nx

CITED = 1000  #: with more documents than this, only those that something refers to are cited


def words() -> dict[str, list[str]]:
    """The words of the interface by name, in Chinese and in English."""
    table = tomllib.loads(resource("visual/words.toml").read_text(encoding="utf-8"))
    return dict(_flat(table))


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def seen_years(network: nx.MultiDiGraph) -> dict[str, list[int]]:
    """The years a term is seen in: where it is said, where it is defined, and where a list has it.

    A digest counts here: it proves that the term was said, though not how often.
    """
    seen: dict[str, set[int]] = {key: set() for key in network}
    for key, node in network.nodes(data=True):
        seen[key].update(entry["year"] for entry in node["years"])
        for lists in (*node["definitions"], *node["listings"]):
            for listed in (key, *(component["iri"] for component in lists["components"])):
                if lists["year"] and listed in seen:
                    seen[listed].add(lists["year"])
    return {key: sorted(years) for key, years in seen.items()}


def wholes(network: nx.MultiDiGraph, key: str) -> list[str]:
    """What the term is a part of."""
    return list(dict.fromkeys(u for u, _, kind in network.in_edges(key, data="kind") if kind in PARTS))


#: What a colour can say: the subject of a term, or the community it is in.
COLOURINGS = ("subject", "community")


def colourings(network: nx.MultiDiGraph) -> tuple[dict[str, list[str]], dict[str, list[int | None]]]:
    """Names of the groups that have a colour, by colouring, and of each term the number in each, None without one.

    A term that stands under no heading of its own has the subject of what it is a part of. A part of a network
    has the colours of the whole, so that a subject looks the same in every picture.
    """
    if "colours" in network.graph:
        groups, numbers = network.graph["colours"]
        return groups, {key: numbers[key] for key in network}
    subjects = {key: _subject(network, key) for key in network}
    names = network.graph["communities"]
    communities = {
        key: names[number] if number is not None and 0 <= number < len(names) else None
        for key, number in network.nodes(data="community")
    }
    members = Counter(communities.values())
    # A term on its own belongs to no community worth a colour.
    communities = {key: name if members[name] > 1 else None for key, name in communities.items()}
    groups = {}
    numbers = {key: [] for key in network}
    for colouring, of in zip(COLOURINGS, (subjects, communities), strict=True):
        groups[colouring] = _largest(of.values())
        rank = {name: number for number, name in enumerate(groups[colouring])}
        for key, name in of.items():
            numbers[key].append(None if name is None else rank.get(name))
    return groups, numbers


def _subject(network: nx.MultiDiGraph, key: str) -> str | None:
    for one in (key, *wholes(network, key)):
        if subjects := network.nodes[one]["subjects"]:
            return str(subjects[0])
    return None


def _largest(names: Iterable[str | None]) -> list[str]:
    sizes = Counter(name for name in names if name is not None)
    return sorted(sizes, key=lambda name: (-sizes[name], name))[:COLOURS]


def contents(network: nx.MultiDiGraph) -> dict[str, Any]:
    """What the page tells of terms, edges and documents.

    A document is named by its number in `documents`; of very many, those that nothing refers to have no citation. Of
    a term, what is empty is left out.
    """
    documents = network.graph["documents"]
    numbers = {doc["id"]: number for number, doc in enumerate(documents)}
    cited = _cited(network) if len(documents) > CITED else numbers.keys()
    return {
        "documents": [
            {**doc, "citation": citation(doc), "bibtex": bibtex(doc)}
            if doc["id"] in cited
            else {name: doc[name] for name in ("id", "title", "kind", "year", "length")}
            for doc in documents
        ],
        "terms": _terms(network, numbers),
        "edges": [
            {
                "from": u,
                "to": v,
                "kind": edge["kind"],
                **{name: edge[name] for name in ("added", "dropped", "confidence") if edge.get(name)},
                **({"evidence": _rows(edge["evidence"], numbers)} if edge.get("evidence") else {}),
            }
            for u, v, edge in network.edges(data=True)
        ],
    }


def _cited(network: nx.MultiDiGraph) -> set[str]:
    """The documents that a term or a link refers to."""
    lists = ("definitions", "listings", "sentences", "references", "open")
    terms = {row["document"] for _, node in network.nodes(data=True) for name in lists for row in node[name]}
    return terms | {
        row["document"] for *_, edge in network.edges(data=True) for row in edge.get("evidence", ())
    }


def _rows(told: Iterable[dict[str, Any]], numbers: dict[str, int]) -> list[dict[str, Any]]:
    """The rows with the numbers of their documents, without what is empty."""
    return [
        {name: value for name, value in row.items() if value not in (None, [], "")}
        | {"document": numbers[row["document"]]}
        for row in told
    ]


def _terms(network: nx.MultiDiGraph, numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Everything the page tells of each term, in the order of a dictionary."""
    names = Counter(label for _, label in network.nodes(data="label"))
    seen = seen_years(network)
    told = (
        "label",
        "english",
        "alt_labels",
        "spellings",
        "pinyin",
        "own",
        "role",
        "numeral",
        "subjects",
        "count",
        "years",
        "unknown",
        "unquoted",
    )
    terms = []
    for key, node in network.nodes(data=True):
        term = {
            "id": key,
            # What a link to the term says: its label, or its identifier where labels are not unique.
            "address": node["label"] if names[node["label"]] == 1 else key,
            "initial": _initial(node["pinyin"]),
            "seen": seen[key],
            "wholes": wholes(network, key),
            **{name: node.get(name) for name in told},
            "definitions": [_with_parts(definition, numbers) for definition in node["definitions"]],
            "listings": [_with_parts(listing, numbers) for listing in node["listings"]],
            **{name: _sentences(node[name], numbers) for name in ("sentences", "references", "open")},
        }
        terms.append({name: value for name, value in term.items() if value not in (None, [], "", 0)})
    return sorted(
        terms,
        key=lambda term: (term["initial"], term.get("pinyin", "").casefold(), term["label"], term["id"]),
    )


def _with_parts(told: dict[str, Any], numbers: dict[str, int]) -> dict[str, Any]:
    """A definition or a listing; its components, even none, stay a list."""
    (row,) = _rows([told], numbers)
    parts = [{name: value for name, value in part.items() if value} for part in told["components"]]
    return {**row, "components": parts}


def _sentences(told: list[dict[str, Any]], numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Sentences without what their document tells already, the year, and without the usual context."""
    return [
        {
            name: value
            for name, value in row.items()
            if name != "year" and (name, value) != ("context", "body")
        }
        for row in _rows(told, numbers)
    ]


def _initial(pinyin: str) -> str:
    """The letter under which a dictionary lists a term; what begins with a digit comes after Z."""
    letter = pinyin[:1].upper()
    return letter if "A" <= letter <= "Z" else "其他"
