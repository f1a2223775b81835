"""The pictures, each one HTML file that opens anywhere, without a server or a network.

`write_html` draws a network of terms, `write_sheet` the lives of slogans through the years.
"""

from kg.visual.page import render_html, write_html
from kg.visual.sheet import render_sheet, write_sheet

__all__ = ["render_html", "render_sheet", "write_html", "write_sheet"]
