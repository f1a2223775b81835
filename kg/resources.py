"""The files that travel with the program: the ontology, its shapes and queries, the page's template."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The path of a file or folder that belongs to the program, such as `ontology/kg.ttl`.

    In a wheel everything lies inside the package; in a checkout (and an editable install, which
    points at one) the ontology lies beside it. `name` is relative and uses `/`. Raises
    `FileNotFoundError` where the program was installed without the file.

    >>> resource("ontology/kg.ttl").name
    'kg.ttl'
    """
    for folder in (_PACKAGE, _PACKAGE.parent):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from the installation of policy-terms: install it again")
