"""Networks to draw: a small one written by hand after the reports, and any number of made-up stars."""

from __future__ import annotations

from typing import Any

import networkx as nx

BASE = "https://example.org/policy-terms/term/"
ANNOTATED = "2021年山西省政府工作报告（学习版）"
REPORT = "2024年山西省政府工作报告"
TITLES = {"report-2021": ANNOTATED, "report-2024": REPORT, "digest-2025": "2025年政府工作报告摘要"}

# label: (pinyin, the definition, {group: components}, numeral, expected)
SLOGANS: dict[str, tuple[str, str, dict[str | None, str], str | None, int | None]] = {
    "三去一降一补": (
        "san qu yi jiang yi bu",
        "去产能、去库存、去杠杆、降成本、补短板。",
        {"三去": "去产能 去库存 去杠杆", "一降": "降成本", "一补": "补短板"},
        "3+1+1",
        5,
    ),
    "六稳": (
        "liu wen",
        "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。",
        {None: "稳就业 稳金融 稳外贸 稳外资 稳投资 稳预期"},
        "6",
        6,
    ),
    "六保": (
        "liu bao",
        "保居民就业、保基本民生、保市场主体、保粮食能源安全、保产业链供应链稳定、保基层运转。",
        {None: "保居民就业 保基本民生 保市场主体 保粮食能源安全 保产业链供应链稳定 保基层运转"},
        "6",
        6,
    ),
    "两山七河一流域": (
        "liang shan qi he yi liu yu",
        "“两山”指太行山、吕梁山，“七河”指汾河、桑干河、滹沱河、漳河、沁河、涑水河、大清河，“一流域”指黄河流域。",
        {"两山": "太行山 吕梁山", "七河": "汾河 桑干河 滹沱河 漳河 沁河 涑水河 大清河", "一流域": "黄河流域"},
        "2+7+1",
        10,
    ),
    "四个意识": (
        "si ge yi shi",
        "政治意识、大局意识、核心意识、看齐意识。",
        {None: "政治意识 大局意识 核心意识 看齐意识"},
        "4",
        4,
    ),
    "三化三制": (
        "san hua san zhi",
        "专业化、市场化、国际化，领导班子任期制、员工全员岗位聘任制、绩效工资制。",
        {"三化": "专业化 市场化 国际化", "三制": "领导班子任期制 员工全员岗位聘任制 绩效工资制"},
        "3+3",
        6,
    ),
    "六新": (
        "liu xin",
        "新基建、新技术、新材料、新装备、新产品、新业态。",
        {None: "新基建 新技术 新材料 新装备 新产品 新业态"},
        "6",
        6,
    ),
    "两新一重": (
        "liang xin yi zhong",
        "新基建，新型城镇化建设，交通、水利等重大工程建设。",
        {"两新": "新基建 新型城镇化建设", "一重": "交通、水利等重大工程建设"},
        "2+1",
        3,
    ),
    "五大平台": ("wu da ping tai", "果业、杂粮、肉类、中药材。", {None: "果业 杂粮 肉类 中药材"}, "5", 5),
    "碳达峰": ("tan da feng", "二氧化碳排放量达到历史最高值，由增转降。", {}, None, None),
    "RCEP": ("RCEP", "区域全面经济伙伴关系协定。", {}, None, None),
}
CANDIDATES = {
    "揭榜挂帅": "jie bang gua shuai",
    "新质生产力": "xin zhi sheng chan li",
    "1+N": "1 + N",
    "四水四定": "si shui si ding",
}
DIGEST_ONLY = "两个毫不动摇"


def term(label: str) -> str:
    """The identifier of a term in these networks."""
    return BASE + label.replace(" ", "")


def attributes(label: str, role: str, **more: Any) -> dict[str, Any]:
    """What a node says of its term; nothing is known of it but what is given."""
    unknown: dict[str, Any] = {
        "english": [],
        "alt_labels": [],
        "spellings": [],
        "own": "",
        "pinyin": "",
        "numeral": None,
        "subjects": [],
        "community": 0,
        "count": 0,
        "years": [],
        "unknown": [],
        "definitions": [],
        "listings": [],
        "sentences": [],
        "references": [],
        "open": [],
    }
    return {"label": label, "role": role, **unknown, **more}


def said(year: int, body: int = 0, box: int = 0, digest: bool = False, listed: int = 0) -> dict[str, Any]:
    """How a term stands in a year."""
    return {
        "year": year,
        "state": "unknown" if digest else "listed" if listed else "named",
        "body": body,
        "box": box,
        "per10k": round(body * 0.45, 2),
        "listed": listed,
        "digest": digest,
    }


def document(doc_id: str, title: str, year: int, kind: str, **more: Any) -> dict[str, Any]:
    """A document of which nothing is known but what is given."""
    known = ("issuer", "date", "speaker", "session", "publisher", "url")
    return {
        "id": doc_id,
        "title": title,
        "year": year,
        "kind": kind,
        "length": 20_000,
        **dict.fromkeys(known),
        **more,
    }


def sentence(label: str, document: str, year: int, **more: Any) -> dict[str, Any]:
    """A sentence of the document with that id that says the term."""
    return {
        "left": "扎实做好“",
        "exact": label,
        "right": "”工作，经济增速逐季加快。",
        "document": document,
        "section": "2020年工作回顾 › 1.统筹疫情防控和经济社会发展",
        "year": year,
        "covers": [2020],
        "context": "body",
        "start": 100,
        **more,
    }


def relate(network: nx.MultiDiGraph, one: str, other: str, kind: str, **more: Any) -> None:
    """A relation from one term to the other, with the words that bear it out."""
    evidence = [{"words": f"{one}”“{other}", "document": "report-2021", "start": 90}]
    unchanged: dict[str, Any] = {"confidence": 0.75, "added": [], "dropped": []}
    network.add_edge(term(one), term(other), kind=kind, evidence=evidence, **{**unchanged, **more})


def _add_listing(network: nx.MultiDiGraph, label: str, parts: list[str]) -> None:
    """What a running text lists for a term that nobody explains, once without saying its name."""
    components = [{"iri": term(part), "text": part, "group": None, "gloss": None} for part in parts]
    node = network.nodes[term(label)]
    node["listings"] = [{"document": "report-2021", "year": 2021, "start": 60, "components": components}]
    node["references"] = [sentence("、".join(parts), "report-2021", 2021, kind="listed")]
    node["years"].insert(0, said(2021, listed=1))
    for part in parts:
        network.add_node(term(part), **attributes(part, "component", community=node["community"]))
        network.add_edge(term(label), term(part), kind="listed", group=None)


def policy_network() -> nx.MultiDiGraph:
    """A network as the reports give it: stars, a shared component, candidates, a term of a digest alone."""
    network = nx.MultiDiGraph(
        title="政策术语图谱",
        documents=[
            document("report-2021", ANNOTATED, 2021, "annotated", issuer="山西省人民政府"),
            document(
                "report-2024",
                REPORT,
                2024,
                "report",
                issuer="山西省人民政府",
                date="2024-01-23",
                speaker="金湘军",
                session="山西省第十四届人民代表大会第二次会议",
            ),
            document("digest-2025", TITLES["digest-2025"], 2025, "abridgement"),
        ],
        communities=[f"社群{number}" for number in range(92)],
    )
    for community, (label, (pinyin, text, groups, numeral, expected)) in enumerate(SLOGANS.items()):
        components = [
            {"iri": term(part), "text": part, "group": group, "gloss": None}
            for group, parts in groups.items()
            for part in parts.split()
        ]
        definition = {
            "text": text,
            "document": "report-2021",
            "year": 2021,
            "start": 50,
            "voice": "editor",
            "headword": f"“{label}”",
            "numeral": numeral,
            "expected": expected,
            "agrees": None if expected is None else expected == len(components),
            "components": components,
        }
        network.add_node(
            term(label),
            **attributes(
                label,
                "slogan",
                pinyin=pinyin,
                community=community,
                count=community + 1,
                years=[said(2021, body=community + 1, box=1)],
                definitions=[definition],
                sentences=[sentence(label, "report-2021", 2021)],
            ),
        )
        for component in components:
            if component["iri"] not in network:
                network.add_node(
                    component["iri"], **attributes(component["text"], "component", community=community)
                )
            network.add_edge(term(label), component["iri"], kind="component", group=component["group"])
    for label, pinyin in CANDIDATES.items():
        network.add_node(
            term(label),
            **attributes(
                label,
                "candidate",
                pinyin=pinyin,
                community=90,
                count=1,
                years=[said(2024, body=1)],
                sentences=[sentence(label, "report-2024", 2024)],
            ),
        )
    network.add_node(
        term(DIGEST_ONLY),
        **attributes(
            DIGEST_ONLY,
            "candidate",
            pinyin="liang ge hao bu dong yao",
            community=91,
            years=[said(2025, digest=True)],
        ),
    )
    network.nodes[term("六稳")]["years"].append(said(2025, digest=True))
    network.nodes[term("六稳")]["alt_labels"] = ["“六稳”工作"]
    network.nodes[term("稳就业")]["years"] = [said(2024, body=2)]
    network.nodes[term("碳达峰")]["years"].append(said(2024, body=3))
    gloss = network.nodes[term("三去一降一补")]["definitions"][0]["components"][0]
    gloss["gloss"] = "化解产能过剩。"
    for label, subjects in {
        "六稳": ["疫情"],
        "六保": ["疫情"],
        "六新": ["创新", "产业"],
        "碳达峰": ["绿色"],
    }.items():
        network.nodes[term(label)]["subjects"] = subjects
    _add_listing(network, "四水四定", ["以水定城", "以水定地", "以水定人", "以水定产"])
    network.nodes[term("1+N")]["open"] = [sentence("1+N", "digest-2025", 2025)]
    relate(network, "两新一重", "六新", "co-mentioned")
    relate(network, "六稳", "六保", "successor", added=["保基层运转"], dropped=["稳外贸"])
    return network


def star_network(stars: int) -> nx.MultiDiGraph:
    """That many slogans with two to nine components; every fourth shares one with the slogan before."""
    network = nx.MultiDiGraph(
        title="许多术语",
        documents=[document("report-2024", REPORT, 2024, "report")],
        communities=[f"社群{number}" for number in range(stars)],
    )
    words = "推动高质量发展的若干重要举措与行动"
    for star in range(stars):
        hub = term(f"口号{star}")
        shared = {"community": star // 5, "years": [said(2024, body=1)], "count": star % 11}
        network.add_node(
            hub, **attributes(f"第{star}号" + words[: star % 5], "slogan", pinyin="kou hao", **shared)
        )
        for index in range(2 + star * 7 % 8):
            part = term(f"口号{star}之{index}")
            network.add_node(part, **attributes(words[: 2 + (star + 3 * index) % 13], "component", **shared))
            network.add_edge(hub, part, kind="component", group=None)
        if star % 4 == 3:
            network.add_edge(hub, term(f"口号{star - 1}之0"), kind="component", group=None)
    for index in range(stars // 3):
        network.add_node(
            term(f"候选{index}"), **attributes(f"候选{index}", "candidate", community=-1 - index)
        )
    return network
