"""The picture: a network of terms as one HTML page that opens anywhere, without a server or a network."""

from kg.visual.page import render_html, write_html

__all__ = ["render_html", "write_html"]
