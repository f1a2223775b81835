"""What is never defined, and relations, as a built graph gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.lookup import find_terms
from kg.overviews import relations, undefined
from kg.store import open_store, select

SMALL = Path(__file__).parent / "data" / "small.trig"
TERM = "https://example.org/policy-terms/term/"


@pytest.fixture(scope="module")
def seeds_store(output: Path) -> Store:
    return open_store(output)


def loaded(trig: str) -> Store:
    store = Store()
    store.bulk_load(trig.encode(), RdfFormat.TRIG)
    return store


def turtle(statements: str) -> Store:
    """A store with nothing but `statements`."""
    head = SMALL.read_text(encoding="utf-8").split("<graph/vocabulary>")[0]
    return loaded(f"{head}<graph/vocabulary> {{ {statements} }}")


def test_undefined_has_the_fields_that_others_rely_on(store: Store) -> None:
    first, second = undefined(store)
    assert first == {
        "term": "六保",
        "quoted": 2,
        "docs": ["r2021"],
        "years": [2021],
        "count": 2,
        "numeral": "6",
        "components": ["保民生", "保运转"],
        "defined_elsewhere": [],
    }
    assert (second["term"], second["count"], second["numeral"]) == ("两山（绿水青山就是金山银山）", 1, None)


@pytest.mark.parametrize(
    ("prefix", "suffix", "quoted"),
    [("做好“", "”工作", 1), ("", "：", 0), ("“放管", "”改革", 0), ("「", "」", 1), ("“", "改革”", 0)],
)
def test_undefined_counts_what_stands_in_quotation_marks(prefix: str, suffix: str, quoted: int) -> None:
    said = turtle(said_in("report", prefix, suffix))
    assert [(row["quoted"], row["count"]) for row in undefined(said)] == [(quoted, 1)]


def said_in(kind: str, prefix: str, suffix: str) -> str:
    return f"""
      <term/1> a kg:Term ; skos:prefLabel "六最"@zh-Hans ; kg:candidate true .
      <m> oa:hasBody <term/1> ; kg:kind "core" ; oa:hasTarget <t> .
      <t> oa:hasSource <doc/d> ; oa:hasSelector <q> . <q> oa:prefix "{prefix}" ; oa:suffix "{suffix}" .
      <doc/d> dct:identifier "d" ; kg:documentKind "{kind}" ; kg:reportYear <year/2021> . <year/2021> kg:year 2021 ."""


def test_undefined_a_digest_is_named_and_not_counted() -> None:
    (row,) = undefined(turtle(said_in("abridgement", "“", "”")))
    assert (row["docs"], row["years"], row["count"], row["quoted"]) == (["d"], [2021], 0, 0)


def test_undefined_names_the_documents_that_define_another_sense() -> None:
    (row,) = undefined(
        turtle(
            said_in("report", "“", "”")
            + '<x> kg:defines <term/2> ; dct:source <doc/e> . <doc/e> dct:identifier "e" .'
            + '<term/2> a kg:Term ; skos:prefLabel "六最（营商）"@zh-Hans ; skos:altLabel "六最"@zh-Hans .'
        )
    )
    assert row["defined_elsewhere"] == ["e"]


def test_undefined_in_the_seeds(seeds_store: Store) -> None:
    rows = undefined(seeds_store)
    counts = [row["count"] for row in rows]
    assert counts == sorted(counts, reverse=True)
    six = next(row for row in rows if row["term"] == "六最")
    assert (six["quoted"], six["count"], six["numeral"], six["years"]) == (3, 3, "6", [2021])
    assert all(set(row["docs"]) and row["quoted"] <= row["count"] for row in rows if row["count"])


# ------------------------------------------------------------------------------------ relations


def test_relations_have_the_fields_that_others_rely_on(store: Store) -> None:
    assert relations(store) == [
        {
            "type": "co-mentioned",
            "from": "六保",
            "to": "六稳",
            "evidence": [{"doc": "r2021", "start": 1010, "end": 1021}],
            "added": [],
            "dropped": [],
            "kept": [],
            "confidence": 0.9,
        },
        {
            "type": "successor",
            "from": "三去一降一补",
            "to": "两去",
            "evidence": [
                {"doc": "r2024", "start": 4991, "end": 4993},
                {"doc": "r2021", "start": 250, "end": 256},
            ],
            "added": [],
            "dropped": ["去库存", "补短板", "降成本"],
            "kept": ["去产能", "去杠杆"],
            "confidence": 0.8,
        },
    ]


def test_relations_evidence_stands_in_the_order_of_its_numbers() -> None:
    places = " ".join(
        f"<relation/1> kg:evidence <relation/1/evidence/{n}> . "
        f"<relation/1/evidence/{n}> dct:source <doc/d> ; kg:start {100 - n} ; kg:end 101 ."
        for n in range(1, 12)
    )
    (row,) = relations(
        turtle(f"""{places} <doc/d> dct:identifier "d" .
          <relation/1> kg:relationType "part" ; kg:confidence 1.0 ; kg:relationFrom <term/1> ; kg:relationTo <term/1> .
          <term/1> skos:prefLabel "六稳"@zh-Hans .""")
    )
    assert [place["start"] for place in row["evidence"]] == [100 - n for n in range(1, 12)]  # type: ignore[attr-defined]


def test_relations_of_the_seeds_are_between_terms_and_their_words_are_there(
    seeds_store: Store, output: Path
) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (output / "text").iterdir()}
    words = select(
        seeds_store,
        """SELECT DISTINCT ?e ?doc ?start ?end ?words WHERE {
          ?e a kg:Evidence ; dct:source/dct:identifier ?doc ; kg:start ?start ; kg:end ?end ; rdf:value ?words }""",
    )
    assert all(texts[row["doc"]][row["start"] : row["end"]] == row["words"] for row in words)
    for row in relations(seeds_store):
        assert row["evidence"]
        assert find_terms(seeds_store, str(row["from"]))
        assert find_terms(seeds_store, str(row["to"]))
