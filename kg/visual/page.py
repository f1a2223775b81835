"""A network → one HTML file.

`page.html.jinja`, `page.css`, `dark.css` and `page.js` beside this module are the page; here they
are put together with the data and with vis-network, which comes from the pyvis package. Python says
where things stand and what is known of them; how they look is said in the CSS, what they do in
the JavaScript.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.files import write_text
from kg.resources import resource
from kg.visual.layout import Box, is_crowded, place
from kg.visual.offline import environment, policy

if TYPE_CHECKING:
    import networkx as nx

COLOURS = 7  #: in page.css; a community beyond the seventh starts over
VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"  #: inside the pyvis package
BOOT = "document.documentElement.className = 'js';"  #: early, so that nothing flashes

NO_MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), 0)  #: a box of the layout has its own
OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "dragNodes": False,
        "selectable": False,
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"shape": "box", "chosen": False, "margin": NO_MARGIN},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}


def write_html(network: nx.MultiDiGraph, path: Path) -> None:
    """Writes the page of a network to `path`; a file that was there stays whole until it is replaced."""
    write_text(path, render_html(network))


def render_html(network: nx.MultiDiGraph) -> str:
    """The page of a network: one HTML document that asks nothing of the outside world.

    The same network gives the same text.
    """
    import pyvis  # pulls IPython: only when a page is drawn
    from pyvis.network import Network

    vis_network = (Path(pyvis.__file__).parent / VIS_NETWORK).read_text(encoding="utf-8")
    scripts = [
        BOOT,
        # Without the source map, which a debugger would ask for.
        vis_network.partition("//# sourceMappingURL")[0],
        resource("visual/page.js").read_text(encoding="utf-8"),
    ]
    styles = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in ("page", "dark")]

    container = Network(directed=True, heading=network.graph["title"] or "政策术语图谱")
    container.nodes = _drawn_nodes(network)
    container.edges = [
        {"id": index, "from": u, "to": v, "kind": kind}
        for index, (u, v, kind) in enumerate(network.edges(data="kind"))
        if kind != "co-mentioned"
    ]
    container.options = OPTIONS
    container.templateEnv = environment()
    container.templateEnv.globals.update(
        policy=policy(styles, scripts),
        scripts=scripts,
        styles=styles,
        documents=network.graph["documents"],
        titles={doc["id"]: doc["title"] for doc in network.graph["documents"]},
        terms=_terms(network),
        crowded=is_crowded(network),
        names=dict(network.nodes(data="label")),
    )
    container.path = "page.html.jinja"
    return str(container.generate_html())


def seen_years(network: nx.MultiDiGraph) -> dict[str, list[int]]:
    """The years a term is seen in: where it is said, where it is defined, and where a definition lists it.

    A digest counts here: it proves that the term was said, though not how often.
    """
    seen: dict[str, set[int]] = {key: set() for key in network}
    for key, node in network.nodes(data=True):
        seen[key].update(
            entry["year"] for entry in node["years"] if entry["body"] or entry["box"] or entry["digest"]
        )
        for definition in node["definitions"]:
            for listed in (key, *(component["iri"] for component in definition["components"])):
                if definition["year"] and listed in seen:
                    seen[listed].add(definition["year"])
    return {key: sorted(years) for key, years in seen.items()}


def _drawn_nodes(network: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """What vis-network needs to know of each term: its place, its frame, its colour's number."""
    boxes: dict[str, Box] = place(network)
    members = Counter(community for _, community in network.nodes(data="community"))
    # A term on its own belongs to no community worth a colour.
    ranked = [community for community, count in members.most_common() if count > 1]
    colour = {community: rank % COLOURS for rank, community in enumerate(ranked)}
    return [
        {
            "id": key,
            "label": boxes[key].text,
            "x": boxes[key].x,
            "y": boxes[key].y,
            "font": {"size": boxes[key].size},
            "widthConstraint": {"minimum": boxes[key].width},
            "heightConstraint": {"minimum": boxes[key].height},
            "colour": colour.get(node["community"]),
        }
        for key, node in network.nodes(data=True)
    ]


def _terms(network: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """Everything the page tells of each term, in the order of a dictionary."""
    names = Counter(label for _, label in network.nodes(data="label"))
    seen = seen_years(network)
    told = ("label", "alt_labels", "pinyin", "role", "count", "years", "definitions", "sentences")
    terms = [
        {
            "id": key,
            # What a link to the term says: its label, or its identifier where labels are not unique.
            "address": node["label"] if names[node["label"]] == 1 else key,
            "initial": _initial(node["pinyin"]),
            "seen": seen[key],
            "wholes": list(
                dict.fromkeys(u for u, _, kind in network.in_edges(key, data="kind") if kind == "component")
            ),
            **{name: node[name] for name in told},
        }
        for key, node in network.nodes(data=True)
    ]
    return sorted(
        terms, key=lambda term: (term["initial"], term["pinyin"].casefold(), term["label"], term["id"])
    )


def _initial(pinyin: str) -> str:
    """The letter under which a dictionary lists a term; what begins with a digit comes after Z."""
    letter = pinyin[:1].upper()
    return letter if "A" <= letter <= "Z" else "其他"
