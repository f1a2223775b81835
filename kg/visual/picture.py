"""A network → a file of the kind that its name asks for: a page, a picture of lines, a picture of dots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.files import write_bytes
from kg.model import KgError
from kg.visual.contents import COLOURINGS
from kg.visual.page import render_html
from kg.visual.raster import render_png
from kg.visual.vector import render_svg

if TYPE_CHECKING:
    import networkx as nx

SUFFIXES = (".html", ".svg", ".png")


def check_file(path: Path) -> None:
    """Raises `KgError` where no picture can be written to a file of this name."""
    if path.is_dir():
        raise KgError(f"{path}: is a folder; give the name of a file in it")
    if path.suffix.lower() not in SUFFIXES:
        raise KgError(f"{path}: what to draw is said by the end of the name; give .html, .svg or .png")


def write_picture(network: nx.MultiDiGraph, path: Path, colour: str = COLOURINGS[0]) -> None:
    """Writes a network as an interactive page, as SVG or as PNG; a file that was there stays whole until then.

    Its colours say the "subject" of a term or its "community"; on a page they can be changed.

    Raises `KgError` where there is nothing to draw, or where the file cannot be written.
    """
    check_file(path)
    if not network:
        raise KgError("there is nothing to draw: no term of this build is in that part of it")
    content = _content(network, path.suffix.lower(), colour)
    try:
        write_bytes(path, content)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --file") from error


def _content(network: nx.MultiDiGraph, suffix: str, colour: str) -> bytes:
    if suffix == ".html":
        return render_html(network, colour=colour).encode("utf-8")
    svg = render_svg(network, colour)
    return render_png(svg) if suffix == ".png" else svg.encode("utf-8")
