"""The shapes accept a good graph and name what is wrong with a bad one."""

from functools import cache

import pyoxigraph
import pytest
from corpora import small_corpus
from rdflib import SH, Dataset, Graph, URIRef
from rdflib.term import Node

from kg.findings import Finding
from kg.graph import build_graph, glossary_graph
from kg.namespaces import PREFIXES
from kg.resources import resource
from kg.shapes import validate, validate_store
from kg.turtle import trig
from kg.vocab import DEFAULT_BASE

NAMESPACES = PREFIXES | {
    "term": f"{DEFAULT_BASE}term/",
    "doc": f"{DEFAULT_BASE}doc/",
    "year": f"{DEFAULT_BASE}year/",
    "box": f"{DEFAULT_BASE}doc/shanxi-2021/box/",
    "activity": f"{DEFAULT_BASE}activity/",
    "data": DEFAULT_BASE,
}

#: One thing of each sort, to break.
THINGS = """
    ?d kg:defines term:三去一降一补 .
    ?d kg:slot ?s . ?s schema:position 1 .
    ?other kg:defines term:六稳 .
    ?g kg:glossStart ?glossStart ; kg:glossEnd ?glossEnd .
    ?h kg:heading "一、2020年工作回顾"@zh-Hans .
    ?term kg:candidate true ; skos:prefLabel "1+N"@zh-Hans .
    ?m oa:hasBody ?term ; oa:hasTarget ?t .
    ?t oa:hasSelector ?q , ?p .
    ?q oa:exact ?exact ; oa:prefix ?prefix .
    ?p oa:start ?start ; oa:end ?end .
    ?c kg:countOf ?term ; kg:perTenThousand ?rate .
    ?l kg:listingOf term:两保 .
    ?state kg:stateOf term:六稳 .
    ?r kg:relationType "successor" .
    ?e dct:source doc:shanxi-2021 . ?r kg:evidence ?e .
    ?open a kg:OpenMention ; kg:possibleTerm ?sense ; oa:hasTarget ?openTarget .
    ?sense skos:prefLabel "两山（太行山、吕梁山）"@zh-Hans .
    ?subject a kg:Subject ; rdfs:label "工作"@zh-Hans .
    ?section kg:subject ?subject ; kg:coversYear year:2020 .
    ?tie a kg:Tie .
    ?standing a kg:Standing .
    ?community a kg:Community ; rdfs:label ?communityLabel .
    ?e2 dct:source doc:shanxi-2024 . ?r kg:evidence ?e2 .
    ?label kg:status "rejected" ; prov:wasGeneratedBy ?decision .
    ?w kg:rewordingKind "replaced" ; kg:older ?wq .
"""

#: The shapes that must find something, after this has been taken out of a good graph and that put in.
BROKEN = [
    ("Scheme-title", "data:scheme dct:title ?any", ""),
    ("Scheme-label", "data:scheme rdfs:label ?any", ""),
    ("Term-type", "term:六稳 a skos:Concept", ""),
    ("Term-prefLabel", "term:六稳 skos:prefLabel ?any", ""),
    ("Term-prefLabel", "", 'term:六稳 skos:prefLabel "稳六"@zh-Hans'),
    ("Term-prefLabel", "", 'term:六稳 skos:prefLabel "六保"'),
    ("Term-prefLabel", "", 'term:六稳 skos:altLabel "六稳"@zh-Hans'),
    ("Term-altLabel", "", 'term:六稳 skos:altLabel "稳"@zh-Hans ; skos:hiddenLabel "稳"@zh-Hans'),
    ("Term-hiddenLabel", "", 'term:六稳 skos:hiddenLabel "six"'),
    ("Term-inScheme", "term:六稳 skos:inScheme data:scheme", ""),
    ("Term-definition", "", 'term:六稳 skos:definition "又一个"@zh-Hans'),
    ("Term-place", "term:六稳 skos:topConceptOf data:scheme . data:scheme skos:hasTopConcept term:六稳", ""),
    ("Term-topConceptOf", "data:scheme skos:hasTopConcept term:六稳", ""),
    ("Term-narrower Term-partitive", "term:六稳 skos:narrower term:稳就业", ""),
    ("Term-narrower", "", "term:六稳 skos:broader term:三去一降一补"),
    ("Term-narrowerPartitive", "term:稳就业 isothes:broaderPartitive term:六稳", ""),
    (
        "Term-partitive",
        "",
        "term:六稳 isothes:narrowerPartitive term:去产能 . term:去产能 isothes:broaderPartitive term:六稳",
    ),
    ("Term-circle", "", "term:六稳 skos:broader term:稳就业 . term:稳就业 skos:narrower term:六稳"),
    ("Term-circle", "", "term:六稳 skos:broader term:六稳 ; skos:narrower term:六稳"),
    ("Term-circle", "", "term:稳就业 skos:related term:六稳"),
    ("Term-candidate", "", "term:六稳 kg:candidate false"),
    ("Term-numeral", "", "term:两保 kg:numeral '三'"),
    ("Term-appearsInYear", "", "term:六稳 kg:appearsInYear year:1900"),
    ("Term-firstYear", "term:六稳 kg:lastYear 2025", "term:六稳 kg:lastYear 2019"),
    ("Term-lastYear", "", "term:六稳 kg:lastYear 2026"),
    ("Term-presentIn", "", "term:六稳 kg:presentIn year:2021"),
    ("Term-quotedCount", "", "term:六稳 kg:quotedCount 0"),
    ("Mentioned-mentionCount", "", "term:六稳 kg:mentionCount 0"),
    ("Mentioned-mentionCount", "", "doc:shanxi-2024 kg:mentionCount 1, 2"),
    ("Term-mentionedOutside", "", "term:六稳 kg:mentionedOutside false"),
    ("Term-firstAppears", "", "term:六稳 kg:firstAppears 2020"),
    ("Term-firstState", "", "term:太行山 kg:firstState 'absent'"),
    ("Gone Term-place", "", "term:两个保 a kg:Term"),
    ("Gone-type", "term:两山 a skos:Concept", ""),
    ("Gone-deprecated", "term:两山 owl:deprecated ?any", "term:两山 owl:deprecated false"),
    ("Gone-prefLabel", "term:两个保 skos:prefLabel ?any", ""),
    ("Gone-inScheme", "term:两个保 skos:inScheme ?any", ""),
    ("Gone-place", "", "term:两个保 skos:topConceptOf data:scheme"),
    ("Gone-isReplacedBy", "", "term:两个保 dct:isReplacedBy doc:shanxi-2021"),
    ("Definition-value", "", "?d rdf:value '又一个'@zh-Hans"),
    ("Definition-defines", "?d kg:defines term:三去一降一补", ""),
    ("Definition-source", "", "?d dct:source year:2021"),
    ("Definition-isPartOf", "", "?d dct:isPartOf doc:shanxi-2021"),
    ("Definition-voice", "", '?d kg:voice "nobody"'),
    ("Definition-headword", "", '?d kg:headword "三去"@en'),
    ("Definition-headwordStart", "?d kg:headwordEnd ?any", "?d kg:headwordEnd 1"),
    ("Definition-headwordEnd Definition-headwordStart", "", "?d kg:headwordEnd 0"),
    ("Definition-start", "?d kg:start ?any", "?d kg:start -1"),
    ("Definition-end", "", "?d kg:end 99999"),
    ("Definition", "?d kg:end ?any", ""),
    ("Definition", "?d dct:isPartOf ?any", ""),
    ("Definition", "?d kg:headword ?any", ""),
    ("Definition-numeral", "", '?d kg:numeral "三"'),
    ("Definition-readings", "", '?d kg:readings "6, 3"'),
    ("Definition-expectedCount", "", '?d kg:expectedCount "5"'),
    ("Definition-agrees", "", '?d kg:agrees "yes"'),
    ("Definition-statedDate", "", '?d kg:statedDate "2018"'),
    ("Definition-mentionsYear", "", "?d kg:mentionsYear 2018"),
    ("Definition-originLevel", "", '?d kg:originLevel "village"'),
    ("Definition-originCue", "", '?d kg:originCue ""'),
    ("Definition-rule", "?d kg:rule ?any", ""),
    ("Definition-splitRule", "", '?d kg:splitRule "another"'),
    ("Definition-slot", "", "?d kg:slot term:六稳"),
    ("Definition-wasGeneratedBy", "activity:extraction a ?any", ""),
    ("Term-subject", "", "term:六稳 kg:subject year:2021"),
    ("Term-mainSubject", "", "term:六稳 kg:mainSubject year:2021"),
    ("Term-inCommunity", "", "term:六稳 kg:inCommunity year:2021"),
    ("Section-subject", "", "?section kg:subject year:2021"),
    ("Subject-label", "?subject rdfs:label ?any", ""),
    ("Community-label", "?community rdfs:label ?communityLabel", "?community rdfs:label '六稳'"),
    ("Tie-type", "?tie a qb:Observation", ""),
    ("Tie-dataSet", "?tie qb:dataSet data:ties", ""),
    ("Tie-tieFrom", "?tie kg:tieFrom term:三去一降一补", ""),
    ("Tie-tieTo", "?tie kg:tieTo term:六稳", "?tie kg:tieTo term:三去一降一补"),
    ("Tie-inUnit", "?tie kg:inUnit 'sentence'", "?tie kg:inUnit 'page'"),
    ("Tie-together", "?tie kg:together 1", "?tie kg:together 0"),
    ("Tie-expected", "?tie kg:expected ?any", ""),
    ("Tie-association", "?tie kg:association ?any", "?tie kg:association 1.5"),
    ("Tie-bridge", "?tie kg:bridge true", "?tie kg:bridge false"),
    ("Standing-type", "?standing a qb:Observation", ""),
    ("Standing-dataSet", "?standing qb:dataSet data:standings", ""),
    ("Standing-standingOf", "", "?standing kg:standingOf term:两保"),
    ("Standing-inUnit", "?standing kg:inUnit 'sentence'", "?standing kg:inUnit 'page'"),
    ("Standing-degree Standing-coreNumber", "?standing kg:degree 1", "?standing kg:degree 0"),
    ("Standing-strength", "?standing kg:strength ?any", "?standing kg:strength '-1.0'^^xsd:decimal"),
    ("Standing-pageRank", "?standing kg:pageRank ?any", "?standing kg:pageRank 1.5"),
    ("Standing-betweenness", "?standing kg:betweenness ?any", ""),
    ("Standing-coreNumber", "?standing kg:coreNumber 1", "?standing kg:coreNumber 2"),
    ("Standing-sampleSize", "", "?standing kg:sampleSize 0"),
    ("Listing-listingOf", "", "?l kg:listingOf term:六稳"),
    ("Listing-source", "", "?l dct:source year:2021"),
    ("Listing", "?l dct:source doc:shanxi-2024", ""),
    ("Listing-slot", "", "?l kg:slot term:六稳"),
    ("Listing-start", "", "?l kg:start 0"),
    ("Listing-end", "", "?l kg:end 99999"),
    ("Listing", "?l kg:end ?any", ""),
    ("Slot-list", "", "?other kg:slot ?s"),
    ("Slot-position", "", "?s schema:position 0"),
    ("Slot-item", "", "?s schema:item term:六保"),
    ("Slot-noItem", "?s schema:item ?any", ""),
    ("Slot-value", "?s rdf:value ?any", ""),
    ("Slot-group", "", '?s kg:group "三去"'),
    ("Slot-start", "", "?s kg:start 1"),
    ("Slot-end", "", "?s kg:end 99999"),
    ("Slot", "?s kg:start ?any", ""),
    ("Slot-gloss", "", '?s kg:gloss "one"@en'),
    ("Slot-glossStart", "?g kg:glossStart ?glossStart", "?g kg:glossStart ?glossEnd"),
    ("Slot-glossEnd Slot-glossStart", "?g kg:glossEnd ?glossEnd", "?g kg:glossEnd 0"),
    ("Mention-type", "?m a oa:Annotation", ""),
    ("Mention-motivatedBy", "?m oa:motivatedBy oa:identifying", ""),
    ("Mention-hasBody", "", "?m oa:hasBody term:六保"),
    ("Mention-hasTarget", "?m oa:hasTarget ?t", ""),
    ("Mention-kind", "", '?m kg:kind "Core"'),
    ("Mention-context", "", '?m kg:context "margin"'),
    ("Mention-rule", "", '?m kg:rule "another"'),
    ("Mention-decidedBy", "", '?m kg:decidedBy "chance"'),
    ("OpenMention-type", "?open a oa:Annotation", ""),
    ("OpenMention-possibleTerm", "?open kg:possibleTerm ?sense", ""),
    ("OpenMention-hasBody", "", "?open oa:hasBody term:六稳"),
    ("OpenMention-hasTarget", "?open oa:hasTarget ?openTarget", ""),
    ("OpenMention-context", "", '?open kg:context "margin"'),
    ("OpenMention-inSection", "", "?open kg:inSection doc:shanxi-2021"),
    ("Mention-inSection", "", "?m kg:inSection doc:shanxi-2021"),
    ("Target-hasSource", "", "?t oa:hasSource doc:shanxi-2024"),
    ("Target-hasSelector", "?t oa:hasSelector ?p", ""),
    ("Quote-exact", "?q oa:exact ?exact", ""),
    ("Quote-prefix", "?q oa:prefix ?prefix", f"?q oa:prefix '{'一' * 121}'"),
    ("Quote-suffix", "", "?q oa:suffix 'another'"),
    ("Position-start", "?p oa:start ?start", "?p oa:start ?end"),
    ("Position-end", "?p oa:end ?end", ""),
    ("Document-identifier", "doc:shanxi-2021 dct:identifier ?any", ""),
    ("Document-title", "", 'doc:shanxi-2021 dct:title "Report"@en'),
    ("Document-language", "doc:shanxi-2021 dct:language ?any", ""),
    ("Document-documentKind", "", 'doc:shanxi-2021 kg:documentKind "poem"'),
    ("Document-issuer", "", 'doc:shanxi-2021 kg:issuer ""'),
    ("Document-region", "", 'doc:shanxi-2021 kg:region "山东"'),
    ("Document-level", "", 'doc:shanxi-2024 kg:level "省级"'),
    ("Document-speaker", "", "doc:shanxi-2024 kg:speaker 1"),
    ("Document-session", "", "doc:shanxi-2024 kg:session year:2024"),
    ("Document-reportYear", "", "doc:shanxi-2024 kg:reportYear year:2021"),
    ("Document-noYear", "doc:shanxi-2024 kg:reportYear ?any", ""),
    ("Document-abridges", "", "doc:shanxi-2024 kg:abridges term:六稳"),
    ("Document-date", "", 'doc:shanxi-2024 dct:date "2024-01"^^xsd:gYearMonth'),
    ("Document-publisher", "", "doc:shanxi-2024 dct:publisher doc:nobody"),
    ("Document-url", "", 'doc:shanxi-2024 schema:url "https://example.org"'),
    ("Document-license", "", 'doc:shanxi-2021 dct:license "MIT"'),
    ("Document-sha256", "", 'doc:shanxi-2021 kg:sha256 "00"'),
    ("Document-length", "", "doc:shanxi-2021 kg:length 7"),
    ("Section-type", "?h a bibo:DocumentPart", ""),
    ("Section-isPartOf", "?h dct:isPartOf ?any", ""),
    ("Section-title", "?h dct:title ?any", ""),
    ("Section-heading", "", '?h kg:heading "二、"'),
    ("Section-coversYear", "", "?h kg:coversYear 2020"),
    ("Section-start", "", "?h kg:start 8"),
    ("Section-end", "?h kg:end ?any", ""),
    ("Box-type", "box:1 a bibo:DocumentPart", ""),
    ("Box-isPartOf", "box:1 dct:isPartOf ?any", ""),
    ("Box-number", "", "box:1 kg:number 0"),
    ("Box-voice", "", 'box:1 kg:voice "nobody"'),
    ("Box-context", "box:1 kg:context ?any", ""),
    ("Box-inSection", "", "box:1 kg:inSection doc:shanxi-2021"),
    ("Box-start", "box:1 kg:start ?any", ""),
    ("Box-end", "box:1 kg:end ?any", ""),
    ("Year-type", "year:2021 a dct:PeriodOfTime", ""),
    ("Year-year", "", "year:2021 kg:year 2022"),
    ("Year-gYear", "year:2021 kg:gYear ?any", ""),
    ("Year-label", "year:2021 rdfs:label ?any", ""),
    ("Count-type", "?c a qb:Observation", ""),
    ("Count-dataSet", "?c qb:dataSet data:counts", ""),
    ("Count-countOf", "", "?c kg:countOf term:六稳"),
    ("Count-inYear", "?c kg:inYear year:2021", ""),
    ("Count-inContext", "", '?c kg:inContext "margin"'),
    ("Count-ofKind", '?c kg:ofKind "core"', ""),
    ("Count-count Count-documentCount", "?c kg:count 1", "?c kg:count 0"),
    ("Count-perTenThousand", "?c kg:perTenThousand ?rate", "?c kg:perTenThousand 1e0"),
    ("Count-documentCount", "?c kg:documentCount 1", "?c kg:documentCount 2"),
    ("Count-source", "?c dct:source doc:shanxi-2021", ""),
    ("State-stateOf", "", "?state kg:stateOf term:六保"),
    ("State-inYear", "?state kg:inYear year:2021", ""),
    ("State-presence", "?state kg:presence ?any", "?state kg:presence 'absent'"),
    ("State-source", "?state dct:source ?any", ""),
    ("Relation-relationType", "?r kg:relationType ?any", "?r kg:relationType 'cousin'"),
    ("Relation-relationFrom", "", "?r kg:relationFrom term:六保"),
    ("Relation-relationTo", "?r kg:relationTo ?any", ""),
    ("Relation-confidence", "?r kg:confidence ?any", "?r kg:confidence 1.01"),
    ("Relation-rule", "?r kg:rule ?any", ""),
    ("Relation-longForm", "", '?r kg:longForm "六稳", "六个稳"'),
    ("Relation-added", "", '?r kg:added "保民生"@zh-Hans'),
    ("Relation-dropped", "", '?r kg:dropped "six"@en'),
    ("Relation-kept", "", '?r kg:kept ""@zh-Hans'),
    ("Relation-evidence", "", "?r kg:evidence doc:shanxi-2021"),
    ("Evidence-relation", "?r kg:evidence ?e", ""),
    ("Relation", "?r kg:evidence ?e ; kg:evidence ?e2 . ?e a ?any . ?e2 a ?any", ""),
    ("Decision-type", "?decision a prov:Activity", ""),
    ("Decision-decisionKind", '?decision kg:decisionKind "english"', '?decision kg:decisionKind "guess"'),
    ("Decision-title", "?decision dct:title ?any", ""),
    ("Decision-decides", "", "?decision kg:decides year:2021"),
    ("Decision-reason", "?decision kg:reason ?any", ""),
    ("Decision-applies", "?decision kg:applies true", '?decision kg:applies "yes"'),
    ("Decision-date", "", '?decision dct:date "2026"^^xsd:gYear'),
    ("Label-literalForm", "?label skosxl:literalForm ?any", ""),
    ("Label-labelOf", "?label kg:labelOf term:六稳", ""),
    ("Label-status", '?label kg:status "rejected"', '?label kg:status "good"'),
    ("Label-date", "", '?label dct:date "2026-01-01"^^xsd:date'),
    ("Label-wasGeneratedBy", "?label prov:wasGeneratedBy ?decision", ""),
    ("Evidence-source", "?e dct:source doc:shanxi-2021", ""),
    ("Evidence-value", "?e rdf:value ?any", ""),
    ("Evidence-start", "?e kg:start ?any", ""),
    ("Evidence-end", "?e kg:end ?any", ""),
    ("Rewording-rewordingKind", "?w kg:rewordingKind ?any", "?w kg:rewordingKind 'cousin'"),
    ("Rewording-about", "?w kg:about ?any", ""),
    ("Rewording-rank", "?w kg:rank ?any", "?w kg:rank 0"),
    ("Rewording-olderReport", "?w kg:olderReport ?any", ""),
    ("Rewording-newerReport", "", "?w kg:newerReport doc:shanxi-2021"),
    ("Rewording-was", "", '?w kg:was "六"@zh-Hans'),
    ("Rewording-now", "?w kg:now ?any", '?w kg:now "six"@en'),
    ("Rewording-older", "", "?w kg:older doc:shanxi-2021"),
    ("Rewording-newer", "", "?w kg:newer doc:shanxi-2021"),
    ("Rewording-saidInYear", "", "?w kg:saidInYear doc:shanxi-2021"),
    ("Rewording-reportCount", "?w kg:reportCount ?any", "?w kg:reportCount -1"),
    ("Rewording-gap", "", "?w kg:gap 7"),
    ("Rewording-concerns", "", "?w kg:concerns doc:shanxi-2021"),
    ("Quotation-rewording", "?w kg:older ?wq", ""),
    ("Quotation-source", "?wq dct:source ?any", ""),
    ("Quotation-value", "?wq rdf:value ?any", ""),
    ("Quotation-start", "?wq kg:start ?any", ""),
    ("Quotation-end", "?wq kg:end ?any", ""),
    ("Counts-structure", "data:counts qb:structure ?any", ""),
    (
        "Year",
        "",
        "_:one a kg:Year , dct:PeriodOfTime ; kg:year 1 ; kg:gYear '0001'^^xsd:gYear ; rdfs:label '1'",
    ),
]


@cache
def statements() -> list[tuple[Node, Node, Node]]:
    return [statement[:3] for statement in build_graph(small_corpus()).quads()]


def good_graph() -> Graph:
    graph = Graph()
    for statement in statements():
        graph.add(statement)
    return graph


@cache
def things() -> dict[str, Node]:
    (row,) = good_graph().query(f"SELECT * {{ {THINGS} }}", initNs=NAMESPACES)
    return row.asdict()


def checks(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.check for finding in findings}


def test_shapes_find_nothing_in_what_the_program_builds() -> None:
    dataset = build_graph(small_corpus())
    before = trig(dataset)
    assert validate(dataset) == ()
    assert trig(dataset) == before
    assert validate(glossary_graph(dataset)) == ()
    assert validate(build_graph(small_corpus(), base="https://terms.example/政策#")) == ()


@pytest.mark.parametrize(("expected", "out", "into"), BROKEN)
def test_shapes_name_what_is_broken(expected: str, out: str, into: str) -> None:
    graph = good_graph()
    before = set(graph)
    graph.update(
        f"DELETE {{ {out} }} INSERT {{ {into} }} WHERE {{ {out} }}",
        initNs=NAMESPACES,
        initBindings=things(),
    )
    assert set(graph) != before
    assert checks(validate(graph)) == set(expected.split())


def test_shapes_every_one_is_seen_to_find_something() -> None:
    shapes = Graph().parse(resource("ontology/shapes.ttl"))
    named = (shape for shape in shapes.subjects(SH.path) if isinstance(shape, URIRef))
    names = {str(shape).rpartition("#")[2] for shape in named}
    assert names == {name for expected, *_ in BROKEN for name in expected.split() if "-" in name}


def test_shapes_say_where_and_why_and_how_bad() -> None:
    graph = good_graph()
    graph.update("INSERT DATA { term:六稳 kg:presentIn year:2021 }", initNs=NAMESPACES)
    graph.update("DELETE WHERE { doc:shanxi-2024 kg:reportYear ?any }", initNs=NAMESPACES)
    assert validate(graph) == (
        Finding(
            "error",
            "Term-presentIn",
            f"{DEFAULT_BASE}term/六稳",
            f"A term is present in reports. Found: {DEFAULT_BASE}year/2021",
        ),
        Finding(
            "warning",
            "Document-noYear",
            f"{DEFAULT_BASE}doc/shanxi-2024",
            "The year of this document is not known, so its mentions are not counted.",
        ),
    )


def test_shapes_do_not_mind_that_a_store_writes_language_tags_in_small_letters() -> None:
    store = pyoxigraph.Store()
    store.load(trig(build_graph(small_corpus())).encode(), format=pyoxigraph.RdfFormat.TRIG)
    text = pyoxigraph.serialize(store, format=pyoxigraph.RdfFormat.N_QUADS).decode()
    assert "@zh-hans" in text
    assert validate(Dataset().parse(data=text, format="nquads")) == ()
    assert validate_store(store) == ()
