"""Where the labels stand: nothing overlaps, stars hold together, the same every time."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from networks import SLOGANS, attributes, policy_network, star_network, term

from kg.visual import layout
from kg.visual.layout import ASPECT, left_out, place, stars
from kg.visual.stars import Box, short_label, text_width


def overlapping(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """The pairs of labels that touch each other. A sweep from left to right, for large networks."""
    by_left = sorted(boxes, key=lambda key: boxes[key].x - boxes[key].width / 2)
    found = []
    for index, key in enumerate(by_left):
        right = boxes[key].x + boxes[key].width / 2
        for other in by_left[index + 1 :]:
            if boxes[other].x - boxes[other].width / 2 > right:
                break
            if boxes[key].overlaps(boxes[other]):
                found.append((key, other))
    return found


def size(boxes: dict[str, Box]) -> tuple[float, float]:
    """Width and height of the whole picture."""
    return (
        max(b.x + b.width / 2 for b in boxes.values()) - min(b.x - b.width / 2 for b in boxes.values()),
        max(b.y + b.height / 2 for b in boxes.values()) - min(b.y - b.height / 2 for b in boxes.values()),
    )


@pytest.mark.parametrize(
    ("text", "width"), [("六稳", 2), ("RCEP", 2.4), ("1+N政策", 3.8), ("“六稳”", 4), ("", 0)]
)
def test_layout_measures_text(text: str, width: float) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("label", "drawn"),
    [
        ("六稳", "六稳"),
        ("一二三四五六七八九十一二", "一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三", "一二三四五六七八九十一…"),
        ("a\nb", "a b"),
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqr…"),
    ],
)
def test_layout_cuts_long_labels(label: str, drawn: str) -> None:
    assert short_label(label) == drawn


@pytest.mark.parametrize("stars", [0, 1, 2, 7, 60, 300])
def test_layout_overlaps_nothing(stars: int) -> None:
    network = star_network(stars)
    boxes = place(network)
    assert boxes.keys() == set(network)
    assert overlapping(boxes) == []


def random_forest(seed: int) -> nx.MultiDiGraph:
    """Stars of any size with labels of any length, some components shared or slogans themselves, some links."""
    chance = random.Random(seed)
    network = nx.MultiDiGraph(title="", documents=[])
    for index in range(chance.randrange(1, 90)):
        role = chance.choice(["slogan", "component", "candidate"])
        label = "推动高质量发展的若干重要举措与行动"[: chance.randrange(1, 16)]
        count, community = chance.randrange(60), chance.randrange(6)
        network.add_node(index, **attributes(label, role, count=count, community=community))
    nodes = list(network)
    for hub in chance.sample(nodes, len(nodes) // 6):
        for part in chance.choices(nodes, k=chance.choice([1, 2, 3, 6, 10, 25])):
            network.add_edge(hub, part, kind="component", group=None)
    for _ in range(chance.randrange(20)):
        network.add_edge(*chance.choices(nodes, k=2), kind=chance.choice(["successor", "tie"]))
    return network


@pytest.mark.parametrize("seed", range(30))
def test_layout_overlaps_nothing_in_any_forest(seed: int) -> None:
    network = random_forest(seed)
    boxes = place(network)
    assert boxes.keys() == set(network)
    assert overlapping(boxes) == []
    assert place(network) == boxes
    centred = place(network, centre=list(network)[:2])
    assert centred.keys() == boxes.keys()
    assert overlapping(centred) == []


def test_layout_of_the_policy_network() -> None:
    network = policy_network()
    boxes = place(network)
    assert boxes.keys() == set(network)
    assert overlapping(boxes) == []
    for label, (_, _, groups, _, _) in SLOGANS.items():
        for part in " ".join(groups.values()).split():
            hub, box = boxes[term(label)], boxes[term(part)]
            near = math.dist((hub.x, hub.y), (box.x, box.y))
            assert near < 260 or part == "新基建", (label, part, near)


def test_layout_places_a_shared_component_beside_one_of_its_slogans() -> None:
    boxes = place(policy_network())
    shared = boxes[term("新基建")]
    distances = [
        math.dist((shared.x, shared.y), (hub.x, hub.y))
        for hub in (boxes[term("六新")], boxes[term("两新一重")])
    ]
    assert min(distances) < 260
    assert max(distances) < 520


def test_layout_takes_any_number_of_components() -> None:
    for count in (1, 2, 3, 11, 12, 30, 80):
        network = nx.MultiDiGraph()
        network.add_node("hub", **attributes("口号", "slogan"))
        for index in range(count):
            network.add_node(f"part{index}", **attributes("组成" * (1 + index % 6), "component"))
            network.add_edge("hub", f"part{index}", kind="component", group=None)
        assert overlapping(place(network)) == [], count


def test_layout_survives_circles_and_loops() -> None:
    network = nx.MultiDiGraph()
    for key in "abc":
        network.add_node(key, **attributes(key, "slogan"))
    network.add_edges_from([("a", "b"), ("b", "a"), ("c", "c"), ("a", "c")], kind="component", group=None)
    boxes = place(network)
    assert boxes.keys() == set("abc")
    assert overlapping(boxes) == []


def test_layout_does_not_depend_on_the_order_of_the_nodes() -> None:
    network = policy_network()
    shuffled = nx.MultiDiGraph(**network.graph)
    nodes = list(network.nodes(data=True))
    random.Random(1).shuffle(nodes)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(network.edges(data=True))
    assert place(shuffled) == place(network)


def test_layout_stars_fill_a_screen() -> None:
    network = star_network(60)
    network.remove_nodes_from([key for key, role in network.nodes(data="role") if role == "candidate"])
    width, height = size(place(network))
    assert 0.8 * ASPECT < width / height < 1.3 * ASPECT


def test_layout_candidates_stand_below_everything_else() -> None:
    network = star_network(30)
    boxes = place(network)
    role = network.nodes(data="role")
    lowest = max(boxes[key].y + boxes[key].height / 2 for key in network if role[key] != "candidate")
    assert all(boxes[key].y - boxes[key].height / 2 > lowest for key in network if role[key] == "candidate")


def test_layout_leaves_out_whole_stars_that_are_mentioned_least() -> None:
    network = star_network(60)
    assert left_out(network) == set()
    left = left_out(network, 150)
    assert len(network) - 150 <= len(left) < len(network) - 130
    for hub, keys in stars(network).items():
        assert left.issuperset({hub, *keys}) or not left.intersection({hub, *keys})
    counts = dict(network.nodes(data="count"))
    drawn = set(stars(network)) - left
    assert min(counts[hub] for hub in drawn) >= max(counts[hub] for hub in left & set(stars(network)))
    assert left.issuperset(key for key, role in network.nodes(data="role") if role == "candidate")


def test_layout_what_is_left_out_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    network = star_network(60)
    left = left_out(network, 150)
    monkeypatch.setattr(layout, "left_out", lambda network: left)
    boxes = place(network)
    assert boxes.keys() == set(network)
    assert overlapping(boxes) == []
    lowest = max(box.y + box.height / 2 for key, box in boxes.items() if key not in left)
    assert all(boxes[key].y - boxes[key].height / 2 > lowest for key in left)


def test_layout_puts_the_centre_in_the_middle() -> None:
    network = policy_network()
    for label in ("五大平台", "六稳"):
        boxes = place(network, centre=[term(label)])
        assert math.hypot(boxes[term(label)].x, boxes[term(label)].y) < 30


@pytest.mark.parametrize("seed", ["1", "2"])
def test_layout_does_not_depend_on_how_texts_are_hashed(seed: str) -> None:
    code = "from networks import star_network; from kg.visual.layout import place; print(place(star_network(30)))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert run.stdout.decode().strip() == str(place(star_network(30)))


def test_layout_is_quick() -> None:
    network = star_network(550)
    start = time.perf_counter()
    boxes = place(network)
    elapsed = time.perf_counter() - start
    assert len(boxes) > 3000
    assert elapsed < 20  # about 2 s on a desk; the bound is for a machine that is busy


def test_layout_box_overlaps() -> None:
    boxes = [Box("六稳", 15, 40, 20, x, y) for x, y in ((0, 0), (40, 0), (0, 20), (39, 19))]
    assert [one.overlaps(other) for one, other in combinations(boxes, 2)] == [
        False, False, True, False, True, True,
    ]  # fmt: skip
