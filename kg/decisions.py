"""A person's decisions to RDF: each is a resource, and what it states points to it.

Names in another language are labels in the manner of SKOS-XL (SKOS Reference, appendix B), because a
name has a source, a year and a status of its own. A rejected one is kept as a label that is no label
of the term, so that nobody proposes it again unawares.
"""

from __future__ import annotations

from collections import defaultdict
from typing import overload

from kg.curated import as_row, statement
from kg.curated.parts import RULE
from kg.model import Corpus, Decision, Verdict, Voice
from kg.namespaces import DCTERMS, PROV, RDF, SKOS, SKOSXL
from kg.statements import NamedGraph, chinese, date, english, plain, state
from kg.terms import own_definitions
from kg.vocab import KG, Iris


@overload
def decision_iri(decision: Decision, iris: Iris) -> str: ...
@overload
def decision_iri(decision: None, iris: Iris) -> None: ...
def decision_iri(decision: Decision | None, iris: Iris) -> str | None:
    """The IRI of a decision, made of all that it says; None where nobody decided."""
    if decision is None:
        return None
    return iris.decision(*(f"{key}={value}" for key, value in as_row(decision).items()))


def add_decisions(graph: NamedGraph, corpus: Corpus, iris: Iris) -> None:
    """Add every decision on `corpus` to `graph`, with what it states of terms and links."""
    for verdict in {verdict.decision: verdict for verdict in corpus.verdicts}.values():
        _decision(graph, verdict, iris)  # one that stands in the file twice is one
    names: defaultdict[str, list[Decision]] = defaultdict(list)
    called = {concept.id: concept.alt_labels for concept in corpus.concepts}
    for verdict in corpus.verdicts:
        decision = verdict.decision
        if not verdict.stands or not verdict.terms:
            continue
        term = iris.term(verdict.terms[0])
        if decision.do == "english":
            names[verdict.terms[0]].append(decision)
        if decision.do == "add":
            state(graph, term, (PROV.wasGeneratedBy, decision_iri(decision, iris)))
        for alias in (*decision.aliases, *([decision.alias] if decision.do == "alias" else ())):
            if alias in called[verdict.terms[0]]:
                state(graph, term, (SKOS.altLabel, chinese(alias)))
        if decision.do == "link":
            _link(graph, corpus, verdict, iris)
    for concept_id, decisions in names.items():
        _names(graph, concept_id, decisions, iris)
    for concept_id, (text, decision) in own_definitions(corpus).items():
        _definition(graph, concept_id, text, decision, iris)


def _decision(graph: NamedGraph, verdict: Verdict, iris: Iris) -> None:
    decision = verdict.decision
    state(
        graph,
        decision_iri(decision, iris),
        (RDF.type, KG.Decision),
        (RDF.type, PROV.Activity),
        (KG.decisionKind, plain(decision.do)),
        (DCTERMS.title, chinese(decision.term)),
        (DCTERMS.description, plain(statement(decision) or None)),
        *((KG.decides, iris.term(term)) for term in verdict.terms),
        (KG.reason, plain(decision.reason)),
        (KG.applies, plain(verdict.stands)),
        (DCTERMS.source, plain(decision.source)),
        (DCTERMS.date, date(decision.date)),
        (DCTERMS.creator, plain(decision.by)),
    )


def _names(graph: NamedGraph, concept_id: str, decisions: list[Decision], iris: Iris) -> None:
    """The English names of a term; the first official one is preferred, and there is never a second."""
    term = iris.term(concept_id)
    official = next((decision for decision in decisions if decision.status == "official"), None)
    for decision in decisions:
        text = decision.label or ""
        label, words = iris.label(concept_id, text), english(text)
        state(
            graph,
            label,
            (RDF.type, SKOSXL.Label),
            (SKOSXL.literalForm, words),
            (KG.labelOf, term),
            (KG.status, plain(decision.status)),
            (DCTERMS.source, plain(decision.source)),
            (DCTERMS.date, None if decision.year is None else date(f"{decision.year:04d}")),
            (PROV.wasGeneratedBy, decision_iri(decision, iris)),
        )
        if decision is official:
            state(graph, term, (SKOS.prefLabel, words), (SKOSXL.prefLabel, label))
        elif decision.status != "rejected":
            state(graph, term, (SKOS.altLabel, words), (SKOSXL.altLabel, label))


def _definition(graph: NamedGraph, concept_id: str, text: str, decision: Decision, iris: Iris) -> None:
    """A person's own definition, which is of no document; the term shows it."""
    state(
        graph,
        iris.own_definition(concept_id),
        (RDF.type, KG.Definition),
        (RDF.value, chinese(text)),
        (KG.defines, iris.term(concept_id)),
        (KG.voice, plain(str(Voice.PERSON))),
        (KG.rule, plain(RULE)),
        (PROV.wasGeneratedBy, decision_iri(decision, iris)),
    )
    state(graph, iris.term(concept_id), (SKOS.definition, chinese(text)))


def _link(graph: NamedGraph, corpus: Corpus, verdict: Verdict, iris: Iris) -> None:
    ends = {verdict.terms[0], verdict.other}
    for link in corpus.relations:
        if (link.type, link.rule) == (verdict.decision.relation, RULE) and {link.source, link.target} == ends:
            relation = iris.relation(link.type, link.source, link.target)
            state(graph, relation, (PROV.wasGeneratedBy, decision_iri(verdict.decision, iris)))
