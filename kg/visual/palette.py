"""The colours and the letters of the pictures: those of `page.css`, which names them once."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.resources import resource

if TYPE_CHECKING:
    import networkx as nx

COLOURS = 7  #: in page.css; a community beyond the seventh starts over


def community_colours(network: nx.MultiDiGraph) -> dict[int, int]:
    """The number of the colour of each community, the largest first; a term on its own has none."""
    members = Counter(community for _, community in network.nodes(data="community"))
    ranked = [community for community, count in members.most_common() if count > 1]
    return {community: rank % COLOURS for rank, community in enumerate(ranked)}


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """The colours by day, by their names in page.css."""
    css = resource("visual/page.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


@lru_cache(maxsize=1)
def fonts() -> str:
    """The list of fonts, the first of which that a machine has is taken."""
    css = resource("visual/page.css").read_text(encoding="utf-8")
    (fonts,) = re.findall(r"--font: ([^;]+);", css)
    return re.sub(r"\s+", " ", fonts).replace('"', "'")
