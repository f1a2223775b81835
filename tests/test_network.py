"""The network of a built graph: the seeds, as the page and its measures get them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.network import term_network
from kg.store import open_store


@pytest.fixture(scope="module")
def network(output: Path) -> nx.MultiDiGraph:
    return term_network(open_store(output), "术语")


def node(network: nx.MultiDiGraph, label: str) -> dict[str, Any]:
    """What is known of the term with that label."""
    (found,) = [data for _, data in network.nodes(data=True) if data["label"] == label]
    return found


def edges(network: nx.MultiDiGraph, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
    label = network.nodes(data="label")
    return {(label[u], label[v]): data for u, v, data in network.edges(data=True) if data["kind"] == kind}


def test_network_documents_have_what_a_citation_needs(network: nx.MultiDiGraph) -> None:
    (report,) = [doc for doc in network.graph["documents"] if doc["kind"] == "report"]
    assert (report["issuer"], report["date"], report["speaker"]) == ("山西省人民政府", "2024-01-23", "金湘军")
    assert report["publisher"] is None


def test_network_candidates_have_the_parts_that_a_text_lists(network: nx.MultiDiGraph) -> None:
    term = node(network, "四水四定")
    assert term["role"] == "candidate" and term["definitions"] == []
    parts = ["以水定城", "以水定地", "以水定人", "以水定产"]
    assert [part["text"] for part in term["listings"][0]["components"]] == parts
    assert {("四水四定", part) for part in parts} <= edges(network, "listed").keys()


def test_network_years_have_states(network: nx.MultiDiGraph) -> None:
    states = {year["year"]: year["state"] for year in node(network, "四水四定")["years"]}
    assert states == {2021: "listed", 2024: "named"}
    assert [s["exact"] for s in node(network, "四水四定")["references"]] == [
        "以水定城、以水定地、以水定人、以水定产"
    ]
    assert node(network, "六稳")["years"][0]["state"] == "named-with-parts"


def test_network_a_year_of_digests_is_not_counted(network: nx.MultiDiGraph) -> None:
    rows = [year for _, data in network.nodes(data=True) for year in data["years"] if year["year"] == 2025]
    assert rows
    assert all(row["digest"] and row["body"] == row["box"] == 0 for row in rows)


def test_network_open_mentions_belong_to_every_sense(network: nx.MultiDiGraph) -> None:
    for label in ("1+N（对外开放）", "1+N（碳达峰碳中和）"):
        assert [sentence["document"] for sentence in node(network, label)["open"]] == ["shanxi-2025-digest"]


def test_network_relations_have_direction_changes_and_evidence(network: nx.MultiDiGraph) -> None:
    successor = edges(network, "successor")["两山七河一流域", "两山七河五湖"]
    assert (successor["added"], successor["dropped"]) == (["五湖"], ["一流域"])
    assert 0 < successor["confidence"] < 1
    assert [each["words"] for each in successor["evidence"]] == ["两山七河一流域", "两山七河五湖"]
    assert ("六保", "六稳") in edges(network, "co-mentioned")


def test_network_subjects_begin_with_the_main_one(network: nx.MultiDiGraph) -> None:
    assert node(network, "四水四定")["subjects"][0] == "生态"


def test_network_communities_have_names_the_largest_first(network: nx.MultiDiGraph) -> None:
    sizes: dict[int, int] = {}
    for _, data in network.nodes(data=True):
        sizes[data["community"]] = sizes.get(data["community"], 0) + 1
    assert [sizes[number] for number in range(len(sizes))] == sorted(sizes.values(), reverse=True)
    assert len(network.graph["communities"]) == len(sizes)
