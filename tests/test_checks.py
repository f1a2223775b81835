"""Every check is seen to find what it is for, in a sound graph that was broken in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from corpora import small_corpus
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.checks import Check, check_build, check_file, list_checks, run_checks
from kg.findings import BLANK, Finding
from kg.graph import build_graph
from kg.model import KgError
from kg.quotations import check_quotations
from kg.store import PREFIXES
from kg.turtle import trig
from kg.vocab import DEFAULT_BASE

NAMES = PREFIXES | {
    "term": f"{DEFAULT_BASE}term/",
    "doc": f"{DEFAULT_BASE}doc/",
    "year": f"{DEFAULT_BASE}year/",
    "data": DEFAULT_BASE,
    "ex": "https://terms.example/",
}

#: A sound thesaurus of somebody else, put beside the terms; its letters stand for concepts.
OTHERS = """
ex:scheme a skos:ConceptScheme ; rdfs:label "Others"@en ; skos:hasTopConcept ex:a .
ex:a a skos:Concept ; skos:inScheme ex:scheme ; skos:topConceptOf ex:scheme ; skos:prefLabel "animals"@en ;
  skos:definition "What moves."@en ; skos:narrower ex:b , ex:c .
ex:b a skos:Concept ; skos:inScheme ex:scheme ; skos:prefLabel "birds"@en ; skos:notation "1" ;
  skos:definition "What flies."@en ; skos:broader ex:a ; skos:narrower ex:d .
ex:c a skos:Concept ; skos:inScheme ex:scheme ; skos:prefLabel "cats"@en ; skos:notation "2" ;
  skos:definition "What purrs."@en ; skos:broader ex:a .
ex:d a skos:Concept ; skos:inScheme ex:scheme ; skos:prefLabel "ducks"@en ; skos:altLabel "mallards"@en ;
  skos:definition "What quacks."@en ; skos:broader ex:b .
ex:group a skos:Collection ; skos:prefLabel "Pets"@en ; skos:member ex:c , ex:d .
"""

WHERE_NAMES_CROSS = """
  ?m oa:hasBody term:六稳 ; kg:context "body" ; kg:inSection ?section ; oa:hasTarget/oa:hasSelector ?p .
  ?other oa:hasBody term:三去一降一补 ; kg:context "body" ; kg:inSection ?section ; oa:hasTarget/oa:hasSelector ?q .
  ?q oa:start ?otherStart ; oa:end ?otherEnd .
  BIND(?otherStart + 1 AS ?start)
  BIND(?otherEnd + 1 AS ?end)
"""

#: The checks that must find something, how the graph is broken, what is taken out, what is put in, and
#: where. Variables are matched, as in any SPARQL update.
BROKEN = [
    ("s9-concept-or-scheme orphan-concepts", "a scheme is called a concept", "", "ex:scheme a skos:Concept ; skos:prefLabel 'x'@en ; skos:note 'x'@en"),
    ("s9-concept-or-scheme top-concepts-with-broader", "a scheme lies above its concept", "", "ex:a skos:broader ex:scheme . ex:scheme skos:narrower ex:a ; skos:inScheme ex:scheme"),
    ("s13-labels-disjoint", "the preferred label is an alternative one too", "", "ex:d skos:altLabel 'ducks'@en"),
    ("s13-labels-disjoint", "an alternative label is hidden too", "", "ex:d skos:hiddenLabel 'mallards'@en"),
    ("s13-labels-disjoint", "a term's spelling is its preferred label", "", "term:六稳 skos:hiddenLabel '六稳'@zh-Hans"),
    ("s14-one-preferred-label", "two preferred labels in one language", "", "ex:d skos:prefLabel 'geese'@en"),
    ("s14-one-preferred-label", "the same with capitals in the tag", "", "term:六稳 skos:prefLabel '稳六'@ZH-HANS"),
    ("s27-related-or-broader missing-inverses", "related to the grandmother", "", "ex:d skos:related ex:a"),
    ("s27-related-or-broader", "a slogan is related to its part", "", "term:六稳 skos:related term:稳就业 . term:稳就业 skos:related term:六稳"),
    ("s37-collection-or-concept missing-labels undocumented-concepts orphan-concepts", "a collection is called a concept", "ex:group skos:prefLabel ?any", "ex:group a skos:Concept"),
    ("s37-collection-or-concept missing-inverses", "a collection lies above a concept", "", "ex:c skos:broader ex:group"),
    ("s46-exact-or-broad-match", "an exact match is broader", "", "ex:d skos:exactMatch term:六稳 ; skos:broadMatch term:六稳"),
    ("s46-exact-or-broad-match", "an exact match by way of another is related", "", "ex:d skos:exactMatch ex:other . term:六稳 skos:exactMatch ex:other ; skos:relatedMatch ex:d"),
    ("missing-labels language-coverage", "a concept without a preferred label", "ex:d skos:prefLabel ?any", ""),
    ("missing-labels", "a scheme without a name", "ex:scheme rdfs:label ?any", ""),
    ("empty-labels unprintable-labels", "a label of spaces", "", "ex:d skos:altLabel '  '@en"),
    ("empty-labels", "a label of nothing", "", "ex:d skos:altLabel ''@en"),
    ("unprintable-labels", "a soft hyphen in a label", "", "ex:d skos:altLabel 'water\u00adbirds'@en"),
    ("same-preferred-label", "two concepts called alike", "ex:d skos:prefLabel ?any", "ex:d skos:prefLabel 'cats'@en"),
    ("overlapping-labels", "another name is a third one's name", "", "ex:d skos:altLabel 'cats'@en"),
    ("missing-language-tags", "a definition without a language", "ex:d skos:definition ?any", "ex:d skos:definition 'What quacks.'"),
    ("missing-language-tags no-common-language language-coverage", "a preferred label without a language", "ex:d skos:prefLabel ?any", "ex:d skos:prefLabel 'ducks'"),
    ("inconsistent-language-tags no-common-language language-coverage", "one label is en-GB", "ex:d skos:prefLabel ?any", "ex:d skos:prefLabel 'ducks'@en-GB"),
    ("language-coverage", "a German name for one concept", "", "ex:d skos:prefLabel 'Enten'@de"),
    ("no-common-language language-coverage", "one concept has a German name only", "ex:d skos:prefLabel ?any", "ex:d skos:prefLabel 'Enten'@de"),
    ("undocumented-concepts", "a concept without a definition", "ex:d skos:definition ?any", ""),
    ("ambiguous-notations", "two concepts have one notation", "ex:c skos:notation ?any", "ex:c skos:notation '1'"),
    ("orphan-concepts outside-the-hierarchy", "the last of a branch is cut off", "ex:b skos:narrower ex:d . ex:d skos:broader ex:b", ""),
    ("disconnected-clusters outside-the-hierarchy", "a branch is cut off", "ex:a skos:narrower ex:b . ex:b skos:broader ex:a", ""),
    ("hierarchical-cycles omitted-top-concepts", "the grandmother lies below", "ex:scheme skos:hasTopConcept ex:a . ex:a skos:topConceptOf ex:scheme", "ex:a skos:broader ex:d . ex:d skos:narrower ex:a"),
    ("hierarchical-redundancy", "the grandmother is the mother too", "", "ex:d skos:broader ex:a . ex:a skos:narrower ex:d"),
    ("reflexive-relations", "a concept is related to itself", "", "ex:d skos:related ex:d"),
    ("valueless-associations", "sisters are related", "", "ex:b skos:related ex:c . ex:c skos:related ex:b"),
    ("only-transitively-related", "an ancestor without the steps to it", "", "ex:d skos:broaderTransitive ex:c . ex:c skos:narrowerTransitive ex:d"),
    ("omitted-top-concepts", "a scheme without top concepts", "ex:scheme skos:hasTopConcept ex:a . ex:a skos:topConceptOf ex:scheme", ""),
    ("top-concepts-with-broader", "a top concept has a mother", "", "ex:d skos:topConceptOf ex:scheme . ex:scheme skos:hasTopConcept ex:d"),
    ("outside-the-hierarchy top-concepts-with-broader", "a concept is neither top nor below", "ex:scheme skos:hasTopConcept ex:a . ex:a skos:topConceptOf ex:scheme", "ex:scheme skos:hasTopConcept ex:d . ex:d skos:topConceptOf ex:scheme"),
    ("missing-inverses", "a mother does not know her daughter", "ex:b skos:narrower ex:d", ""),
    ("undefined-skos", "a name that SKOS had once", "", "ex:d skos:prefSymbol 'duck.png'"),
    ("not-http", "a concept with a URN", "", "<urn:x:1> a skos:Concept ; skos:prefLabel 'x'@en ; skos:note 'x'@en ; skos:broader ex:d . ex:d skos:narrower <urn:x:1>"),
    ("mapping-within-a-scheme", "a mapping to a sister", "", "ex:b skos:closeMatch ex:c"),
    ("undescribed-things missing-inverses", "the mother is not there", "", "ex:c skos:broader ex:nobody"),
    ("undescribed-things", "the report of a digest is not there", "", "doc:shanxi-2021 kg:abridges doc:nobody"),
    ("blank-nodes", "a note is a blank node", "", "term:六稳 skos:note [ rdf:value '稳'@zh-Hans ]"),
    ("partitive-is-narrower missing-inverses", "a part is not narrower", "term:六稳 skos:narrower term:稳就业", ""),
    ("partitive-is-narrower missing-inverses", "a whole is not broader", "term:稳就业 skos:broader term:六稳", ""),
    ("slots-in-order", "the second of five is the third", "?slot schema:position 2", "?slot schema:position 3", "?d kg:slot ?slot ; kg:defines term:三去一降一补"),
    ("slots-in-order agreement slots-and-parts", "the second of five is gone", "?d kg:slot ?slot", "", "?slot schema:position 2 . ?d kg:defines term:三去一降一补"),
    ("slots-and-parts top-concepts-with-broader disconnected-clusters", "a part that no list has", "", "term:六稳 isothes:narrowerPartitive <term/1+N> ; skos:narrower <term/1+N> . <term/1+N> isothes:broaderPartitive term:六稳 ; skos:broader term:六稳"),
    ("numeral-and-components slots-and-parts", "a list has lost its second part, and says so", "?d kg:agrees true ; kg:slot ?slot", "?d kg:agrees false", "?d kg:numeral '2' . ?slot schema:position 2"),
    ("agreement", "two of six are said to be right", "?d kg:agrees false", "?d kg:agrees true"),
    ("several-definitions", "a second definition in a year", "", "ex:definition kg:defines term:六稳 ; rdf:value '稳'@zh-Hans ; dct:source doc:shanxi-2021"),
    ("shown-definition", "a definition in nobody's words", "term:六稳 skos:definition ?any", "term:六稳 skos:definition '稳'@zh-Hans"),
    ("shown-definition undocumented-concepts", "a definition that is not shown", "term:六稳 skos:definition ?any", ""),
    ("unaccounted-terms", "a candidate is defined", "", "term:六稳 kg:candidate true"),
    ("unaccounted-terms undocumented-concepts", "a candidate does not say so", "<term/1+N> kg:candidate true", ""),
    ("quoted-documents counts-and-mentions", "a mention without its document", "?target oa:hasSource ?any", "", "?m oa:hasTarget ?target ; kg:kind 'listed'"),
    ("quoted-documents", "a definition without its document", "?d dct:source ?any", "", "?d kg:defines term:六稳"),
    ("offsets-within", "a slot beyond its list", "?slot kg:end ?end", "?slot kg:end 120", "?slot schema:position 5"),
    ("offsets-within", "a mention before its section", "?p oa:start ?any", "?p oa:start 0", "?m oa:hasTarget/oa:hasSelector ?p ; oa:hasBody <term/1+N>"),
    ("mentions-and-sections offsets-within", "a mention in a section of another document", "?section dct:isPartOf ?any", "?section dct:isPartOf doc:shanxi-2024", "?section kg:heading '一、2020年工作回顾'@zh-Hans"),
    ("overlapping-mentions", "two names cross", "?p oa:start ?from ; oa:end ?to", "?p oa:start ?start ; oa:end ?end", WHERE_NAMES_CROSS),
    ("counts-and-mentions rates", "a count of one too many", "?c kg:count 1", "?c kg:count 2", "?c kg:countOf <term/1+N>"),
    ("counts-and-mentions", "a count is gone", "?c kg:countOf <term/1+N>", ""),
    ("counts-and-mentions", "a mention is gone", "?m oa:hasBody <term/1+N>", ""),
    ("rates", "a rate of another year", "?c kg:perTenThousand ?any", "?c kg:perTenThousand 1.0", "?c kg:countOf <term/1+N>"),
    ("repeated-observations", "the same state twice", "", "ex:state kg:stateOf term:六稳 ; kg:inYear year:2021"),
    ("repeated-observations", "a tie in the other direction", "", "ex:tie kg:tieFrom term:六稳 ; kg:tieTo term:三去一降一补 ; kg:inUnit 'sentence'"),
    ("digests-not-counted", "a count rests on a digest", "", "?c dct:source ?digest", "?c kg:countOf <term/1+N> . ?digest kg:documentKind 'abridgement'"),
    ("first-and-last-year", "a first year before the first", "term:六稳 kg:firstYear ?any", "term:六稳 kg:firstYear 2016"),
]  # fmt: skip


@cache
def sound() -> tuple[Quad, ...]:
    """The graph of the small corpus in one piece, with the thesaurus beside it."""
    store = Store()
    store.bulk_load(trig(build_graph(small_corpus())).encode(), RdfFormat.TRIG)
    store.load((prefixes() + OTHERS).encode(), RdfFormat.TURTLE)
    return tuple({Quad(*quad.triple) for quad in store})


def prefixes() -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMES.items())


def found(store: Store) -> set[Finding]:
    return set(run_checks(store))


@cache
def before() -> set[Finding]:
    store = Store()
    store.extend(sound())
    return found(store)


def test_checks_find_no_error_in_a_sound_graph() -> None:
    assert {finding.check for finding in before() if finding.severity == "error"} == set()
    # a spelling with a space is kept as it was found
    warnings = {(finding.check, finding.focus) for finding in before() if finding.severity == "warning"}
    assert warnings == {("unprintable-labels", f"{DEFAULT_BASE}term/三去一降一补")}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda row: f"{row[0].split()[0]}: {row[1]}")
def test_checks_find_what_is_broken(broken: tuple[str, ...]) -> None:
    expected, _, out, into, *where = broken
    store = Store()
    store.extend(sound())
    store.update(
        f"BASE <{DEFAULT_BASE}>\n{prefixes()}"
        f"DELETE {{ {out} }} INSERT {{ {into} }} WHERE {{ {' . '.join(filter(None, [out, *where]))} }}"
    )
    assert set(store) != set(sound())
    known = {(finding.check, finding.focus) for finding in before()}
    new = {(finding.check, finding.focus) for finding in found(store)} - known
    assert {check for check, _ in new} == set(expected.split())


def test_checks_every_one_is_seen_to_find_something_first() -> None:
    assert {row[0].split()[0] for row in BROKEN} == {check.name for check in list_checks()}
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("check", list_checks(), ids=lambda check: check.name)
def test_check_file_says_what_should_hold_and_who_says_so(check: Check) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", check.name)
    assert re.fullmatch(r"[A-Z][^\n]{15,}[^.]", check.title)
    assert re.search(r"[\u4e00-\u9fff]{4}", check.title_zh)
    assert check.source
    # complete in itself: its own prefixes, those of the graph and none that it does not use
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", check.text, re.MULTILINE))
    body = re.sub(r"^(PREFIX|#) .*$", "", check.text, flags=re.MULTILINE)
    assert declared == {name: PREFIXES[name] for name in PREFIXES if re.search(rf"\b{name}:", body)}
    assert "ORDER BY ?focus" in body or "ORDER BY" in body


def test_checks_want_a_mention_in_the_graph_of_its_document() -> None:
    store = Store()
    store.bulk_load(trig(build_graph(small_corpus())).encode(), RdfFormat.TRIG)
    kind = NamedNode(f"{PREFIXES['kg']}kind")
    (moved, *_) = [quad.subject for quad in store.quads_for_pattern(None, kind, Literal("listed"))]
    other = NamedNode(f"{DEFAULT_BASE}graph/doc/shanxi-2021")
    names = {moved, *(quad.object for quad in store.quads_for_pattern(moved, None, None))}
    for quad in [quad for quad in store if quad.subject in names and "/mention/" in str(quad.subject)]:
        store.remove(quad)
        store.add(Quad(*quad.triple, other))
    assert {(f.check, f.focus) for f in found(store) if f.severity == "error"} == {
        ("quoted-documents", moved.value)
    }


# ------------------------------------------------------------------ the words and their places


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for doc in small_corpus().documents:
        (tmp_path / f"{doc.id}.txt").write_text(doc.text, encoding="utf-8", newline="\n")
    return tmp_path


def quoted(texts: Path, update: str = "") -> Iterator[tuple[str, str]]:
    store = Store()
    store.extend(sound())
    if update:
        store.update(f"BASE <{DEFAULT_BASE}>\n{prefixes()}{update}")
    return (
        (finding.check, finding.message.partition(" Found: ")[2])
        for finding in check_quotations(store, texts)
    )


@pytest.mark.parametrize(
    ("out", "into", "where", "place"),
    [
        ("?q oa:exact ?any", "?q oa:exact '六保'", "?q oa:prefix '我们落实“'", "六保, document shanxi-2021, from 24 to 26"),
        ("?q oa:prefix '我们落实“'", "?q oa:prefix '我们落实'", "", "六稳, document shanxi-2021, from 24 to 26"),
        ("?q oa:suffix ?any", "?q oa:suffix '”'@en", "?q oa:prefix '继续做好“'", None),
        ("?q oa:suffix ?any", "?q oa:suffix '“'", "?q oa:prefix '继续做好“'", "六稳, document shanxi-2021"),
        ("?p oa:start ?any", "?p oa:start 23", "?m oa:hasTarget/oa:hasSelector ?q , ?p . ?q oa:prefix '我们落实“'", "六稳, document shanxi-2021, from 23 to 26"),
        ("?d rdf:value ?any", "?d rdf:value '太行山、吕梁山'@zh-Hans", "?d kg:numeral '2'", "太行山、吕梁山, document shanxi-2021"),
        ("?d kg:headwordEnd ?any", "?d kg:headwordEnd 9", "?d kg:defines term:六稳", "六稳, document shanxi-2021"),
        ("?s rdf:value ?any", "?s rdf:value '去产量'@zh-Hans", "?s rdf:value '去产能'@zh-Hans", "去产量, document shanxi-2021"),
        ("?s kg:glossStart ?any", "?s kg:glossStart 1", "?s kg:gloss ?words", "把就业放在首位。, document shanxi-2021"),
        ("?e rdf:value ?any", "?e rdf:value '稳'@zh-Hans", "?e a kg:Evidence ; dct:source doc:shanxi-2024", "稳, document shanxi-2024"),
    ],
)  # fmt: skip
def test_quotations_are_the_words_of_the_text(
    texts: Path, out: str, into: str, where: str, place: str | None
) -> None:
    findings = list(quoted(texts, f"DELETE {{ {out} }} INSERT {{ {into} }} WHERE {{ {out} . {where} }}"))
    if place is None:
        assert findings == []
    else:
        ((check, message),) = findings
        assert check == "quotations" and message.startswith(place)


def test_quotations_hold_in_a_sound_graph_and_need_the_texts(texts: Path) -> None:
    assert list(quoted(texts)) == []
    (texts / "shanxi-2021.txt").write_text("另一篇", encoding="utf-8")
    (texts / "shanxi-2024.txt").unlink()
    (texts / "digest 2025.txt").write_bytes("今年".encode("gb18030"))
    assert sorted(quoted(texts)) == [
        ("texts-of-record", "digest 2025.txt is not UTF-8"),
        ("texts-of-record", "shanxi-2021.txt is another text than the graph was made from"),
        ("texts-of-record", "shanxi-2024.txt cannot be read (No such file or directory)"),
    ]


# ------------------------------------------------------------------ files and builds


def test_check_file_of_somebody_else_is_held_against_skos_alone(tmp_path: Path) -> None:
    path = tmp_path / "others.ttl"
    path.write_text(prefixes() + OTHERS, encoding="utf-8")
    assert check_file(path) == ()
    path.write_text(prefixes() + OTHERS + "[] a skos:Concept .", encoding="utf-8")
    assert {(finding.check, finding.focus) for finding in check_file(path)} == {
        (name, BLANK) for name in ("missing-labels", "orphan-concepts", "undocumented-concepts")
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("nothing.ttl", None, "cannot be read"),
        ("bad.ttl", b"ex:a a skos:Concept .", "is not valid Turtle"),
        ("bad.ttl", "<a> <b> '稳' .".encode("gb18030"), "is not valid Turtle"),
        ("terms.xlsx", b"", "what is in it is said by the ending"),
        ("folder.ttl", b"/", "cannot be read"),
    ],
)
def test_check_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content == b"/":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(KgError, match=message) as caught:
        check_file(path)
    assert "\n" not in str(caught.value)


def test_check_build_wants_a_build(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="there is no build in"):
        check_build(tmp_path)
