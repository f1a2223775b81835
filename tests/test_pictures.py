"""Parts of a network and pictures of them: exactly the terms asked for, text that stays text, the same every time."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from networks import CANDIDATES, DIGEST_ONLY, SLOGANS, policy_network, term
from pages import HOSTILE, Page, iris, page_data

from kg.connections import TIE, connected_network
from kg.model import KgError
from kg.store import open_store
from kg.visual import parts, raster, write_picture
from kg.visual.contents import COLOURINGS, colourings
from kg.visual.layout import place
from kg.visual.lines import LINES, Obstacles, bend
from kg.visual.raster import png_size, render_png
from kg.visual.stars import Box, short_label
from kg.visual.vector import render_svg

SVG = "{http://www.w3.org/2000/svg}"


def components(label: str) -> set[str]:
    return {term(part) for part in " ".join(SLOGANS[label][2].values()).split()}


def drawn(svg: str) -> list[str]:
    """The texts of a picture, which must be well-formed XML."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def connected() -> nx.MultiDiGraph:
    """The small network with a link of every sort."""
    network = policy_network()
    slogans = [term(label) for label in SLOGANS]
    for one, other, kind in zip(slogans[:-1], slogans[1:], [*LINES][1:], strict=True):
        network.add_edge(one, other, kind=kind)
    return network


# ---- parts ----------------------------------------------------------------------------------------


def test_pictures_a_neighbourhood_grows_by_steps() -> None:
    network = policy_network()
    network.remove_edge(term("两新一重"), term("六新"))
    one = parts.neighbourhood(network, [term("六新")], 1)
    assert set(one) == {term("六新")} | components("六新")
    assert one.graph["centre"] == [term("六新")]
    two = parts.neighbourhood(network, [term("六新")], 2)
    assert set(two) == set(one) | {term("两新一重")}  # it shares 新基建
    three = parts.neighbourhood(network, [term("六新")], 3)
    assert set(three) == set(two) | components("两新一重")
    assert set(parts.neighbourhood(network, [term("六稳")], 1)) >= {term("六保")}  # its successor


def test_pictures_a_part_has_the_links_between_its_terms_and_no_others() -> None:
    network = connected()
    part = parts.neighbourhood(network, [term("六稳")], 2)
    assert list(part.edges(data="kind")) == [
        edge for edge in network.edges(data="kind") if edge[0] in part and edge[1] in part
    ]
    assert list(part) == [key for key in network if key in part]


@pytest.mark.parametrize("depth", [0, -1, 5])
def test_pictures_a_neighbourhood_has_its_limits(depth: int) -> None:
    with pytest.raises(KgError, match="1 to 4 steps"):
        parts.neighbourhood(policy_network(), [term("六稳")], depth)


def test_pictures_a_year_has_what_was_seen_in_it() -> None:
    network = policy_network()
    assert set(parts.of_year(network, 2025)) == {term("六稳"), term(DIGEST_ONLY)}
    assert set(parts.of_year(network, 2024)) == {
        term("稳就业"), term("碳达峰"), *map(term, CANDIDATES)
    }  # fmt: skip
    with pytest.raises(KgError, match="no document of 1999 in this build; years with one: 2021, 2024, 2025"):
        parts.of_year(network, 1999)


def test_pictures_a_community_has_its_members() -> None:
    network = policy_network()
    assert set(parts.community(network, [term("稳就业")])) == {term("六稳")} | components("六稳")


def test_pictures_a_build_has_relations_and_ties(output: Path) -> None:
    network = connected_network(open_store(output))
    kinds = {kind for _, _, kind in network.edges(data="kind")}
    assert {"component", "successor", "co-mentioned", TIE} <= kinds <= LINES.keys()
    assert all(one != other for one, other in network.edges())
    tied = [frozenset(edge) for *edge, kind in network.edges(data="kind") if kind == TIE]
    others = {frozenset(edge) for *edge, kind in network.edges(data="kind") if kind != TIE}
    assert not others.intersection(tied)
    assert len(tied) == len(set(tied))


# ---- SVG ------------------------------------------------------------------------------------------


def test_pictures_svg_has_every_label_as_text() -> None:
    network = connected()
    texts = drawn(render_svg(network))
    labels = [short_label(label) for _, label in network.nodes(data="label")]
    assert [text for text in texts if text in labels] == labels
    assert texts[0] == "政策术语图谱"
    for line in LINES.values():
        assert line.name in texts


def test_pictures_a_part_has_the_colours_of_the_whole() -> None:
    network = policy_network()
    groups, numbers = colourings(network)
    part = parts.neighbourhood(network, [term("碳达峰")], 1)
    assert colourings(part)[0] == groups
    assert colourings(part)[1][term("碳达峰")] == numbers[term("碳达峰")]
    assert groups["subject"][0] != "绿色"  # alone it would have the first colour
    svg = render_svg(part)
    assert "绿色" in drawn(svg) and "疫情" not in drawn(svg)


def test_pictures_libreoffice_opens_them(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is missing; on Debian: apt-get install libreoffice-draw-nogui")
    svg = render_svg(connected())
    (tmp_path / "picture.svg").write_text(svg, encoding="utf-8")
    run = subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "png",
         "--outdir", tmp_path, tmp_path / "picture.svg"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if "could not be loaded" in run.stderr:
        pytest.skip(
            "LibreOffice has no part that reads SVG; on Debian: apt-get install libreoffice-draw-nogui"
        )
    width, height, lines = pixels((tmp_path / "picture.png").read_bytes())
    root = ElementTree.fromstring(svg)
    assert width / height == pytest.approx(int(root.attrib["width"]) / int(root.attrib["height"]), rel=0.02)
    assert len(lines) > height / 4  # boxes and letters, not an empty sheet


@pytest.mark.parametrize("colour", COLOURINGS)
def test_pictures_svg_has_the_colours_of_the_page(page: Page, tmp_path: Path, colour: str) -> None:
    network = policy_network()
    root = ElementTree.fromstring(render_svg(network, colour))
    boxes = {
        title.text: next(group.iter(f"{SVG}rect")).attrib["stroke"]
        for group in root.iter(f"{SVG}g")
        if (title := group.find(f"{SVG}title")) is not None
    }
    write_picture(network, tmp_path / "page.html", colour)
    page.open(tmp_path / "page.html")
    assert page.at(f"[data-colouring={colour}]").get_attribute("aria-pressed") == "true"
    for label in (*SLOGANS, "稳就业", "新基建"):
        assert page.node(term(label))["color"]["border"] == boxes[label]
    groups, _ = colourings(network)
    assert [text for text in drawn(render_svg(network, colour)) if text in groups[colour]] == groups[colour]
    assert len(set(boxes.values())) > 3


def test_pictures_svg_tells_the_whole_of_a_label_that_is_cut() -> None:
    network = policy_network()
    network.nodes[term("六稳")]["label"] = label = "改革完善重大疫情防控救治体系"
    titles = [element.text for element in ElementTree.fromstring(render_svg(network)).iter(f"{SVG}title")]
    assert label in titles


def test_pictures_svg_is_the_same_every_time() -> None:
    assert render_svg(connected()) == render_svg(connected())


def test_pictures_svg_asks_nothing_of_what_opens_it() -> None:
    """Word and LibreOffice know no style sheets, no script and no base line in the middle."""
    root = ElementTree.fromstring(render_svg(connected()))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "g", "rect", "line", "path", "polygon", "text",
    }  # fmt: skip
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"style", "class", "href", "dominant-baseline", "onload"}
    fonts = root.get("font-family") or ""
    assert fonts.index("Microsoft YaHei") < fonts.index("Noto Sans CJK SC") < fonts.index("sans-serif")


def test_pictures_svg_hostile_text_is_inert() -> None:
    network = policy_network()
    network.graph["title"] = HOSTILE
    network.nodes[term("六稳")]["label"] = HOSTILE
    network.nodes[term("六保")]["label"] = "]]>\x00\x1b\ud800￾<"
    network.add_edge(term("六稳"), term("六保"), kind=HOSTILE)
    svg = render_svg(network)
    assert HOSTILE in drawn(svg)
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "g", "rect", "line", "path", "polygon", "text",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    svg.encode("utf-8")


def test_pictures_everything_stands_within_the_picture() -> None:
    root = ElementTree.fromstring(render_svg(connected()))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = place(connected())
    assert width >= max(b.x + b.width / 2 for b in boxes.values()) - min(
        b.x - b.width / 2 for b in boxes.values()
    )
    (moved,) = [g for g in root if g.tag == f"{SVG}g" and len(g) > 20]
    dx, dy = map(float, moved.attrib["transform"][10:-1].split())
    for rect in moved.iter(f"{SVG}rect"):
        x, y = float(rect.attrib["x"]) + dx, float(rect.attrib["y"]) + dy
        assert 0 < x < x + float(rect.attrib["width"]) < width
        assert 60 < y < y + float(rect.attrib["height"]) < height


def test_pictures_a_line_goes_around_a_label_that_it_does_not_mean() -> None:
    start, other, end = (Box("", 15, 60, 28, x, 0) for x in (0, 150, 300))
    assert bend(start, end, Obstacles([start, end])) == (150, 0)
    _, y = bend(start, end, Obstacles([start, other, end]))
    assert abs(y) >= 40


# ---- PNG and pages --------------------------------------------------------------------------------


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the different lines of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    (width, height) = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(data)
    stride = len(raw) // height
    return width, height, {raw[start : start + stride] for start in range(0, len(raw), stride)}


def test_pictures_png_is_as_large_as_it_should_be_and_not_blank() -> None:
    if not raster.has_chinese_font():
        pytest.skip("no font with Chinese characters; on Debian: apt-get install fonts-noto-cjk")
    svg = render_svg(policy_network())
    root = ElementTree.fromstring(svg)
    width, height, lines = pixels(render_png(svg))
    assert (width, height) == png_size(svg)
    assert (width, height) == (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"]))
    assert len(lines) > height / 4


def test_pictures_png_has_a_largest_size() -> None:
    assert png_size('<svg xmlns="x" width="20000" height="100" viewBox="">') == (12000, 60)


def test_pictures_png_says_when_no_font_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(raster, "has_chinese_font", lambda: False)
    with pytest.raises(KgError, match="no font of this machine has Chinese characters: install one"):
        write_picture(policy_network(), tmp_path / "picture.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("picture.gif", r"give .html, .svg or .png"),
        ("picture", r"give .html, .svg or .png"),
        (".", "is a folder"),
        ("file/picture.svg", "cannot be written"),
    ],
)
def test_pictures_names_that_will_not_do(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KgError, match=message):
        write_picture(policy_network(), tmp_path / name)


def test_pictures_nothing_to_draw_is_said(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="nothing to draw"):
        write_picture(nx.MultiDiGraph(title="", documents=[]), tmp_path / "picture.svg")


def test_pictures_page_of_a_part_has_exactly_its_terms(page: Page, tmp_path: Path) -> None:
    part = parts.neighbourhood(connected(), [term("六稳")], 2)
    write_picture(part, tmp_path / "part.HTML")
    data = page_data((tmp_path / "part.HTML").read_text(encoding="utf-8"))
    assert {iris(data)[node["id"]] for node in data["nodes"]} == set(iris(data)) == set(part)
    (tmp_path / "part.HTML").rename(tmp_path / "part.html")
    page.open(tmp_path / "part.html")
    assert page.shown() == set(part)
    assert not any(edge["hidden"] for edge in page.edges("co-mentioned"))  # each says why a term is there
    page.run("kg.select('六稳')")
    assert "稳就业" in page.card
    assert page.console() == []


@pytest.fixture(scope="module")
def page(driver: object) -> Page:
    return Page(driver)
