"""A question to everything at once has the answers of the questions to each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import timelines
from kg.scans import Scan
from kg.store import open_store, select


@pytest.mark.parametrize("scan", [timelines._STATES, timelines._COUNTS, timelines._LABELS])
def test_scans_of_all_are_those_of_each(scan: Scan, output: Path) -> None:
    store = open_store(output)
    every = select(store, scan.of_all())
    terms = sorted({row["term"] for row in every})
    assert len(every) > len(terms) > 50 or scan is timelines._LABELS
    for term in terms[::10]:
        mine = [row for row in every if row["term"] == term]
        assert sorted(mine, key=str) == sorted(select(store, scan.of_one("term"), term=term), key=str)


def test_scans_of_what_may_be_missing_leave_it_empty(output: Path) -> None:
    scan = Scan("?term ?part", ("?term a kg:Term",), (("?term skos:narrower ?part",),))
    rows = select(open_store(output), scan.of_all())
    assert {row["part"] is None for row in rows} == {True, False}
    assert len({(row["term"], row["part"]) for row in rows}) == len(rows)
