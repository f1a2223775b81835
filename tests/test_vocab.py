"""IRIs: readable, valid, and made of facts."""

import pyoxigraph
import pytest

from kg.model import KgError
from kg.namespaces import full
from kg.vocab import DEFAULT_BASE, Iris, digest, local_name

LOCAL_NAMES = [
    ("三去一降一补", "三去一降一补"),
    ("两山（太行山、吕梁山）", "两山（太行山、吕梁山）"),
    ("“1+N”《意见》，·—：", "“1+N”《意见》，·—："),
    ("shanxi-2021-report", "shanxi-2021-report"),
    ("a'b(c)*d;e=f@g!", "a'b(c)*d;e=f@g!"),
    ("空 格", "空%20格"),
    ("a/b?c#d", "a%2Fb%3Fc%23d"),
    ('<a>"{b}|\\^`', "%3Ca%3E%22%7Bb%7D%7C%5C%5E%60"),
    ("100%", "100%25"),
    ("[a]", "%5Ba%5D"),
    ("a\tb\u0085c", "a%09b%C2%85c"),
]


@pytest.mark.parametrize(("text", "expected"), LOCAL_NAMES)
def test_vocab_local_name_escapes_only_what_an_iri_forbids(text: str, expected: str) -> None:
    assert local_name(text) == expected


def test_vocab_local_name_makes_a_valid_iri_of_every_character() -> None:
    for start in range(0, 0x110000, 0x100):
        text = "".join(chr(code) for code in range(start, start + 0x100) if not 0xD800 <= code < 0xE000)
        pyoxigraph.NamedNode(DEFAULT_BASE + local_name(text))  # raises ValueError where it is not


def test_vocab_local_names_of_different_texts_differ() -> None:
    texts = ["a b", "a%20b", "a+b", "a/b", "a%2Fb", "A b", "a　b"]
    assert len({local_name(text) for text in texts}) == len(texts)


def test_vocab_iris_have_the_forms_that_others_rely_on() -> None:
    iris = Iris("https://terms.example/")
    definition = iris.definition("d", ("六稳", "稳就业。"), 1)
    mention = iris.mention("d", ("六稳", "做好", "六稳", "工作。"), 2)
    iris_of_everything = [
        iris.scheme,
        iris.term("六稳"),
        iris.year(2021),
        iris.document("d 1"),
        iris.box("d", 2),
        iris.glossary("d", 1),
        iris.cube("counts"),
        iris.cube_structure("counts"),
        iris.cube_component("counts", "inYear"),
        iris.subject("民生"),
        iris.dataset,
        iris.extraction,
        iris.document_graph("d"),
        iris.vocabulary_graph,
        iris.derived_graph,
    ]
    assert [full(iri) for iri in iris_of_everything] == [
        "https://terms.example/" + path
        for path in [
            "scheme",
            "term/六稳",
            "year/2021",
            "doc/d%201",
            "doc/d/box/2",
            "doc/d/glossary/1",
            "counts",
            "counts/structure",
            "counts/structure/inYear",
            "subject/民生",
            "dataset",
            "activity/extraction",
            "graph/doc/d",
            "graph/vocabulary",
            "graph/derived",
        ]
    ]
    section = iris.section("d", ("一、回顾", "1.稳定"), 1)
    assert full(section) == "https://terms.example/doc/d/section/" + digest(1, "一、回顾", "1.稳定")
    assert full(definition) == "https://terms.example/definition/" + digest("d", 1, "六稳", "稳就业。")
    said = digest("d", 2, "六稳", "做好", "六稳", "工作。")
    assert full(mention) == "https://terms.example/mention/" + said
    assert full(iris.slot(definition, 3)) == full(definition) + "/slot/3"
    listing = iris.listing("d", ("六稳", "稳就业、稳金融"))
    assert full(listing) == "https://terms.example/listing/" + digest("d", "六稳", "稳就业、稳金融")
    assert full(iris.slot(listing, 1)) == full(listing) + "/slot/1"
    assert full(iris.state("六稳", 2020)) == "https://terms.example/state/" + digest("六稳", 2020)
    relation = iris.relation("successor", "六稳", "六保")
    assert full(relation) == "https://terms.example/relation/" + digest("successor", "六稳", "六保")
    assert full(iris.evidence(relation, 2)) == full(relation) + "/evidence/2"
    assert full(iris.mention_part(mention, "quote")) == full(mention) + "/quote"


def test_vocab_digest_never_changes() -> None:
    # identifiers that were given out must not move: SHA-256 of "d\n1\n2\n六稳"
    assert digest("d", 1, 2, "六稳") == "0a37b8442c842624"


@pytest.mark.parametrize(
    "base", ["", "terms/", "https://terms.example", "https://a b/", "https://<a>/", "/a/"]
)
def test_vocab_refuses_a_base_that_makes_no_iris(base: str) -> None:
    with pytest.raises(KgError, match="base IRI"):
        Iris(base)


@pytest.mark.parametrize("base", ["https://术语.example/政策/", "https://a.example/t#", "urn:x:y/"])
def test_vocab_takes_any_absolute_base(base: str) -> None:
    assert Iris(base).term("六稳") == f"<{base}term/六稳>"
