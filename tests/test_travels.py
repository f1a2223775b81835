"""Documents that are alike, and slogans that travel."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.travels import likenesses, travels

PREFIXES = """@base <https://example.org/policy-terms/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix kg: <https://example.org/policy-terms/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def store(*documents: tuple[str, int, str, str]) -> Store:
    """Full texts, each with issuer, year, date ("" unknown) and the slogans that it names, one a character."""
    lines = []
    for n, (issuer, year, date, terms) in enumerate(documents):
        kind = "abridgement" if issuer.startswith("*") else "report"
        dated = f' ; dct:date "{date}"^^xsd:date' if date else ""
        lines.append(f"<year/{year}> kg:year {year} .")
        lines.append(
            f'<doc/{n}> dct:identifier "d{n}" ; kg:documentKind "{kind}" ; kg:issuer "{issuer}" ;'
            f" kg:reportYear <year/{year}>{dated} ."
        )
        for term in terms:
            lines.append(f'<term/{term}> skos:prefLabel "{term}"@zh-Hans .')
            lines.append(
                f'<count/{n}{term}> kg:countOf <term/{term}> ; kg:ofKind "core" ; dct:source <doc/{n}> .'
            )
    made = Store()
    made.bulk_load((PREFIXES + "\n".join(lines)).encode(), RdfFormat.TRIG)
    return made


def told(*documents):
    return [
        (each.term, [(stop.issuer, stop.year) for stop in each.stops], each.proven)
        for each in travels(store(*documents))
    ]


def test_likenesses_are_shared_slogans_among_all_that_either_names():
    found = likenesses(store(("甲", 2020, "", "abc"), ("甲", 2021, "", "bcd"), ("甲", 2022, "", "e")))
    assert [(each.one, each.other, each.shared, each.jaccard) for each in found] == [("d0", "d1", 2, 0.5)]


def test_travels_who_is_first_is_proven_where_the_others_had_a_text_without_it():
    first = ("甲", 2020, "", "a")
    assert told(first, ("乙", 2020, "", "b"), ("乙", 2021, "", "a")) == [
        ("a", [("甲", 2020), ("乙", 2021)], True)
    ]
    assert told(first, ("乙", 2021, "", "a")) == [("a", [("甲", 2020), ("乙", 2021)], False)]
    assert (
        told(first, ("乙", 2019, "", "b"), ("乙", 2021, "", "a"))[0][2] is False
    )  # what it said in 2020 is unknown


def test_travels_of_one_year_go_by_their_dates_and_prove_nothing():
    found = told(("乙", 2025, "2025-01-20", "a"), ("甲", 2025, "", "a"), ("丙", 2025, "2025-01-13", "a"))
    assert found == [("a", [("丙", 2025), ("乙", 2025), ("甲", 2025)], False)]


def test_travels_need_two_governments_and_full_texts():
    assert told(("甲", 2020, "", "a"), ("甲", 2021, "", "a")) == []
    assert told(("甲", 2020, "", "a"), ("*乙", 2021, "", "a")) == []


@pytest.mark.parametrize("empty", [(), (("甲", 2020, "", ""),)])
def test_travels_and_likenesses_of_nothing(empty):
    assert likenesses(store(*empty)) == []
    assert travels(store(*empty)) == []
