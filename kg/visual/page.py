"""A network → one HTML file.

`page.html.jinja`, `page.css`, `dark.css`, `words.toml` and the files of `scripts` beside this module are
the page; here they are put together with the data and with vis-network, which comes from the pyvis
package. Python says where things stand and what is known of them; how they look is said in the CSS, what
they do in the JavaScript, what the interface is called in the words.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.files import write_text
from kg.resources import resource
from kg.visual.contents import SHADES, colourings, contents, words
from kg.visual.layout import Box, is_crowded, place
from kg.visual.offline import environment, policy

if TYPE_CHECKING:
    import networkx as nx

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"  #: inside the pyvis package
BOOT = "document.documentElement.className = 'js';"  #: early, so that nothing flashes

#: The files of `scripts`, each after those whose values it needs to begin; together they are one function.
SCRIPTS = (
    "data", "words", "elements", "state", "address", "picture", "quotes", "chart", "card", "news", "filters",
    "search", "takeaways", "start",
)  # fmt: skip

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
        page_script(),
    ]
    styles = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in ("page", "dark")]
    spoken = words()
    told = contents(network)
    groups, numbers = colourings(network)

    container = Network(directed=True, heading=network.graph["title"] or spoken["page.title"][0])
    container.nodes = _drawn_nodes(network, numbers)
    container.edges = told["edges"]
    container.options = OPTIONS
    container.templateEnv = environment()
    container.templateEnv.globals.update(
        policy=policy(styles, scripts),
        scripts=scripts,
        styles=styles,
        documents=told["documents"],
        sections=told["sections"],
        terms=told["terms"],
        crowded=is_crowded(network),
        names=dict(network.nodes(data="label")),
        colours=groups,
        shades=SHADES,
        words=spoken,
        word={name: both[0] for name, both in spoken.items()},
    )
    container.path = "page.html.jinja"
    return str(container.generate_html())


def page_script() -> str:
    """What the page does: one function around the scripts, so that nothing of them leaks into the window."""
    parts = [resource(f"visual/scripts/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "'use strict';\n(() => {\n" + "\n".join(parts) + "})();\n"


def _drawn_nodes(network: nx.MultiDiGraph, numbers: dict[str, dict[str, int | None]]) -> list[dict[str, Any]]:
    """What vis-network needs to know of each term: its place and its frame; and the numbers of its colours."""
    boxes: dict[str, Box] = place(network)
    return [
        {
            "id": key,
            "label": boxes[key].text,
            "x": boxes[key].x,
            "y": boxes[key].y,
            "font": {"size": boxes[key].size},
            "widthConstraint": {"minimum": boxes[key].width},
            "heightConstraint": {"minimum": boxes[key].height},
            "colours": numbers[key],
        }
        for key in network
    ]
