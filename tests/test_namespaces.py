"""Names: those of the vocabularies that others publish are spelled as they publish them."""

import pytest
import rdflib

from kg import namespaces
from kg.namespaces import PREFIXES, full, named

PUBLISHED = {"DCAT", "DCTERMS", "OWL", "PROV", "QB", "RDF", "RDFS", "SDO", "SKOS", "VOID", "XSD"}


@pytest.mark.filterwarnings("error")  # rdflib only warns of a name that a vocabulary does not have
@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_namespaces_are_those_that_rdflib_knows(name: str) -> None:
    ours, theirs = getattr(namespaces, name), getattr(rdflib, name)
    for local in ours.__annotations__:
        assert full(getattr(ours, local)) == str(theirs[local])
        assert getattr(ours, local) == named(str(theirs[local]))


def test_namespaces_a_name_that_is_not_listed_is_an_error() -> None:
    with pytest.raises(AttributeError, match="concept"):
        namespaces.SKOS.concept  # noqa: B018


def test_namespaces_prefixes_are_of_different_vocabularies() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(iri.endswith(("/", "#")) for iri in PREFIXES.values())


@pytest.mark.parametrize(
    ("iri", "text"),
    [
        ("https://example.org/policy-terms/ontology#Term", "kg:Term"),
        ("https://example.org/policy-terms/ontology#a.b", "<https://example.org/policy-terms/ontology#a.b>"),
        ("https://example.org/policy-terms/term/六稳", "<https://example.org/policy-terms/term/六稳>"),
        ("https://schema.org/", "<https://schema.org/>"),
    ],
)
def test_namespaces_an_iri_has_a_prefix_where_what_is_left_is_a_plain_name(iri: str, text: str) -> None:
    assert named(iri) == text
    assert full(text) == iri
