"""The pictures, each one file that opens anywhere, without a server or a network.

`write_html` draws a network of terms as a page, `write_picture` also as SVG and PNG; `write_sheet` draws
the lives of slogans through the years, `write_lineage` the wordings of one formula. `parts` says what part of a network is drawn.
"""

from kg.visual import parts
from kg.visual.lineage import render_lineage, render_lineage_page, write_lineage
from kg.visual.page import left_beyond, render_html, write_html
from kg.visual.picture import check_file, write_picture
from kg.visual.sheet import render_sheet, write_sheet

__all__ = [
    "check_file",
    "left_beyond",
    "parts",
    "render_html",
    "render_lineage",
    "render_lineage_page",
    "render_sheet",
    "write_html",
    "write_lineage",
    "write_picture",
    "write_sheet",
]
