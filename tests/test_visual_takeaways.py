"""What a reader takes away from the page: pictures and tables, in a real browser."""

from __future__ import annotations

import base64
import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from networks import attributes, policy_network, term
from pages import HOSTILE, Page

from kg.visual import write_html

SVG = "{http://www.w3.org/2000/svg}"
#: Keeps what would be downloaded.
CATCH = """
URL.createObjectURL = blob => { window.caught = blob; return 'blob:caught'; };
HTMLAnchorElement.prototype.click = function () { window.name_ = this.download; };
"""


def taken(page: Page, name: str) -> tuple[str, bytes]:
    """The file that an entry of the menu gives: its name and its bytes."""
    page.run(CATCH + "window.caught = null")
    page.at("#take summary").click()
    page.at(f"#{name}").click()
    page.wait(lambda: page.run("return caught !== null"))
    data = page.driver.execute_async_script(
        "const done = arguments[0], reader = new FileReader();"
        "reader.onload = () => done(reader.result); reader.readAsDataURL(caught)"
    )
    return str(page.run("return name_")), base64.b64decode(data.partition(",")[2])


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_takeaways_png(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    name, data = taken(opened, "png")
    assert name == "六稳.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 5_000


def test_takeaways_svg_has_every_box_that_is_shown(opened: Page) -> None:
    name, data = taken(opened, "svg")
    assert name == "政策术语图谱.svg"
    root = ET.fromstring(data)
    assert root.tag == SVG + "svg" and float(root.get("width", "0")) > 500
    texts = [text.text for text in root.iter(SVG + "text")]
    labels = opened.run(
        "return kg.network.body.data.nodes.get({filter: node => !node.hidden}).map(node => node.label)"
    )
    assert sorted(map(str, texts)) == sorted(labels)
    assert len(list(root.iter(SVG + "rect"))) == len(texts) + 1  # and the ground
    drawn = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert drawn <= {"svg", "rect", "text", "line", "polygon", "circle"}  # what Word knows
    assert not any({"style", "class"} & set(element.attrib) for element in root.iter())


def test_takeaways_svg_has_the_frames_of_the_picture(opened: Page) -> None:
    root = ET.fromstring(opened.run("return kg.svg()"))
    box = opened.run("return kg.network.getBoundingBox(arguments[0])", term("三去一降一补"))
    middles = [
        (float(rect.get("x", "")) + float(rect.get("width", "")) / 2, float(rect.get("width", "")))
        for rect in root.iter(SVG + "rect")
    ]
    middle, width = (box["left"] + box["right"]) / 2, box["right"] - box["left"]
    assert any(abs(x - middle) < 2 and abs(across - width) < 12 for x, across in middles)


def test_takeaways_csv_has_what_is_shown(opened: Page) -> None:
    opened.at("[data-year='2024']").click()
    name, data = taken(opened, "csv")
    assert name == "政策术语图谱.csv"
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    table = rows(data.decode("utf-8"))
    shown = opened.shown()
    assert {term(row["术语"]) for row in table} == shown
    (row,) = [row for row in table if row["术语"] == "碳达峰"]
    assert (row["类型"], row["领域"], row["年份"], row["次数"]) == ("口号", "绿色", "2021 2024", "10")
    assert row["出处"].startswith("山西省人民政府. 2021年山西省政府工作报告（学习版）[R].")


def test_takeaways_csv_holds_no_formula(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.add_node("sum", **attributes("=1+1", "slogan", alt_labels=["x"]))
    write_html(network, tmp_path / "formula.html")
    page.open(tmp_path / "formula.html")
    assert "'=1+1" in [row["术语"] for row in rows(page.run("return kg.csv()"))]


def test_takeaways_hostile_text_stays_text(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.nodes[term("六稳")]["label"] = '<a>"&'
    network.nodes[term("六保")]["label"] = "a\x00\x1b]]>b"
    network.nodes[term("六稳")]["definitions"][0]["text"] = HOSTILE + '\n","=1'
    write_html(network, tmp_path / "hostile.html")
    page.open(tmp_path / "hostile.html")
    texts = [text.text for text in ET.fromstring(page.run("return kg.svg()")).iter(SVG + "text")]
    assert '<a>"&' in texts and "a]]>b" in [str(text) for text in texts]
    (row,) = [row for row in rows(page.run("return kg.csv()")) if row["术语"] == '<a>"&']
    assert row["释义"] == HOSTILE + '\n","=1'
    assert page.console() == []


def test_takeaways_menu_closes(opened: Page) -> None:
    opened.at("#take summary").click()
    assert opened.at("#svg").is_displayed()
    opened.press("\ue00c")
    assert not opened.at("#svg").is_displayed()
    opened.at("#take summary").click()
    opened.at("#filters h2").click()
    assert not opened.at("#svg").is_displayed()
