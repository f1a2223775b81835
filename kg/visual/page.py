"""A network → one HTML file.

`page.html.jinja`, `page.css`, `dark.css`, `words.toml` and the files of `scripts` beside this module are
the page; here they are put together with the data and with vis-network, which comes from the pyvis
package. Python says where things stand and what is known of them; how they look is said in the CSS, what
they do in the JavaScript, what the interface is called in the words.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.files import write_text
from kg.resources import resource
from kg.revisions import Revisions
from kg.visual.contents import COLOURINGS, colourings, contents, words
from kg.visual.layout import CROWD, is_crowded, left_out, place
from kg.visual.offline import environment, policy
from kg.visual.packing import packed
from kg.visual.palette import COLOURS
from kg.visual.views import NAMED, views_context, views_styles

if TYPE_CHECKING:
    import networkx as nx

    from kg.lifespans import Lifespans
    from kg.readings import Reading

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"  #: inside the pyvis package
BOOT = "document.documentElement.className = 'js';"  #: early, so that nothing flashes

#: The files of `scripts`, each after those whose values it needs to begin; together they are one function.
SCRIPTS = (
    "views", "elements", "texts", "data", "words", "state", "address", "picture", "quotes", "chart", "card", "news",
    "filters", "search", "takeaways", "reader", "glossary", "years", "revised", "beyond", "start",
)  # fmt: skip

NONE = Revisions()
BEYOND = "beyond."  #: what the words begin with that only a page that leaves something out needs
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


def write_html(
    network: nx.MultiDiGraph,
    path: Path,
    readings: Sequence[Reading] = (),
    lives: Lifespans | None = None,
    revisions: Revisions = NONE,
) -> None:
    """Writes the page of a network to `path`; a file that was there stays whole until it is replaced.

    With `readings` the page shows the documents themselves, with the `lives` the sheet of years, with the `revisions` what
    changed from report to report.
    """
    write_text(path, render_html(network, readings, lives, revisions=revisions))


def render_html(
    network: nx.MultiDiGraph,
    readings: Sequence[Reading] = (),
    lives: Lifespans | None = None,
    colour: str = COLOURINGS[0],
    revisions: Revisions = NONE,
) -> str:
    """The page of a network: one HTML document that asks nothing of the outside world.

    It opens in the colours of the "subject" or of the "community". The same arguments give the same text.
    """
    pyvis = _pyvis()
    unnamed = sum(reading.text is None for reading in readings) - NAMED
    beyond = left_beyond(network, max(0, unnamed))
    vis_network = (Path(pyvis.__file__).parent / VIS_NETWORK).read_text(encoding="utf-8")
    scripts = [
        BOOT,
        # Without the source map, which a debugger would ask for.
        vis_network.partition("//# sourceMappingURL")[0],
        page_script(bool(beyond)),
    ]
    styles = [resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in ("page", "dark")]
    styles = [own + more for own, more in zip(styles, views_styles(lives), strict=True)]
    spoken = {name: both for name, both in words().items() if beyond or not name.startswith(BEYOND)}
    known = contents(network)
    groups, numbers = colourings(network)
    boxes = place(network, network.graph.get("centre", ()))
    told = packed(known, {key: boxes[key] for key in network}, numbers, left_out(network), readings)

    container = pyvis.Network(directed=True, heading=network.graph["title"] or spoken["page.title"][0])
    container.nodes = told.pop("nodes")
    container.edges = told.pop("edges")
    container.options = OPTIONS
    container.templateEnv = environment()
    container.templateEnv.globals.update(
        policy=policy(styles, scripts),
        scripts=scripts,
        styles=styles,
        documents=known["documents"],
        terms=known["terms"],
        told=told,
        **views_context(known["terms"], known["documents"], readings, lives, revisions),
        beyond=beyond,
        opening=opening_roles(network),
        part="centre" in network.graph,
        names=dict(network.nodes(data="label")),
        colours=groups,
        colouring=colour,
        shades=COLOURS,
        words=spoken,
        word={name: both[0] for name, both in spoken.items()},
    )
    container.path = "page.html.jinja"
    return str(container.generate_html())


def _pyvis() -> Any:
    """The module `pyvis.network`, loaded when a page is drawn, and without IPython.

    It takes a class from there that shows a page in a notebook, as the pages of this program do without it. Where
    nobody has loaded IPython, that is a quarter of a second for nothing: an empty class stands in for it meanwhile.
    """
    display = ModuleType("IPython.display")
    display.IFrame = type("IFrame", (), {})  # type: ignore[attr-defined]
    there = {"pyvis.network", "IPython"} & set(sys.modules)
    standing_in = {} if there else {"IPython": ModuleType("IPython"), "IPython.display": display}
    sys.modules.update(standing_in)
    try:
        import pyvis.network
    finally:
        for name in standing_in:
            del sys.modules[name]
    return pyvis.network


def opening_roles(network: nx.MultiDiGraph) -> list[str]:
    """The roles whose terms the page shows at first: in a crowd components are folded; a part is shown whole.

    Where nothing is explained, the page begins with what is used.
    """
    every = ["slogan", "component", "candidate"]
    if all(role != "slogan" for _, role in network.nodes(data="role")):
        return ["candidate"] if len(network) > CROWD else every
    if is_crowded(network):
        return ["slogan"]
    return every if "centre" in network.graph else every[:2]


def left_beyond(network: nx.MultiDiGraph, unnamed: int = 0) -> dict[str, int]:
    """How many terms of a build and mentions of its terms the page leaves out; nothing where it has all."""
    left = {
        "terms": network.graph.get("beyond", 0),
        "mentions": sum(number or 0 for _, number in network.nodes(data="unquoted")),
        "texts": unnamed,
    }
    return left if any(left.values()) else {}


def page_script(beyond: bool) -> str:
    """What the page does: one function around the scripts, so that nothing of them leaks into the window.

    What tells of things `beyond` the page is there only where there are some.
    """
    names = [name for name in SCRIPTS if beyond or name != "beyond"]
    parts = [resource(f"visual/scripts/{name}.js").read_text(encoding="utf-8") for name in names]
    return "'use strict';\n(() => {\n" + "\n".join(parts) + "})();\n"
