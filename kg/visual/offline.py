"""What every file that we draw has in common: it asks nothing of the outside, and no text of the data can act in it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """The templates beside this module. What they show is escaped; `trusted` is for our own files only."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    def as_json(value: Any) -> Markup:
        """JSON for a script element: `<` is escaped, so that no text of the data can close it."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Markup(text.replace("<", "\\u003c"))

    found = Environment(
        loader=FileSystemLoader(resource("visual")), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    found.filters.update(as_json=as_json, trusted=Markup)
    return found


def policy(styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """The Content-Security-Policy: our own styles and scripts by their hashes, and nothing else."""

    def hashes(texts: Sequence[str]) -> str:
        digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in texts)
        return " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)

    script = f"script-src {hashes(scripts)}; " if scripts else ""
    return (
        f"default-src 'none'; {script}style-src {hashes(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
