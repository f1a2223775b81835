"""The terms of a built graph in order: by how often and how long they are said, by how they stand in the networks;
and the communities they fall into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Literal, Store

from kg.model import Measure
from kg.scans import Scan
from kg.store import select


@dataclass(frozen=True, slots=True)
class Rank:
    """A term with its measures.

    Counts, documents and years are of full texts, in body and explanations together. The measures of the
    network are None for a term without a tie in it; `kg.measures` says what they are and whose they are.
    """

    iri: str
    label: str
    defined: bool
    subject: str | None  #: the field under which it is said most
    count: int  #: mentions by name
    documents: int  #: full texts that name it
    years: int  #: report years whose full texts have it, by its name or all its parts
    first: int | None  #: the first of them
    last: int | None
    degree: int | None
    strength: float | None
    page_rank: float | None
    betweenness: float | None
    core: int | None
    sample: int | None  #: terms that its betweenness was estimated from; None where it is exact

    @property
    def span(self) -> int:
        """Years from the first to the last in which it is seen, both included; 0 where it is not."""
        return self.last - self.first + 1 if self.first and self.last else 0


_KEYS: dict[Measure, Callable[[Rank], float | None]] = {
    Measure.COUNT: lambda rank: rank.count,
    Measure.DOCUMENTS: lambda rank: rank.documents,
    Measure.YEARS: lambda rank: rank.years,
    Measure.SPAN: lambda rank: rank.span,
    Measure.PAGE_RANK: lambda rank: rank.page_rank,
    Measure.BETWEENNESS: lambda rank: rank.betweenness,
    Measure.STRENGTH: lambda rank: rank.strength,
    Measure.DEGREE: lambda rank: rank.degree,
    Measure.CORE: lambda rank: rank.core,
}


def rank(store: Store, by: Measure = Measure.PAGE_RANK, unit: str = "sentence") -> list[Rank]:
    """The terms that are said by name or have a tie, the foremost by a measure first.

    Terms for which the measure is not known or nought stand at the end, and so, among equals, do those that are
    said less. `unit` is the network: sentence or section.
    """
    key = _KEYS[by]
    return sorted(_ranks(store, unit), key=lambda each: (-(key(each) or 0), -each.count, each.label))


def _ranks(store: Store, unit: str) -> list[Rank]:
    standings = {row["term"]: row for row in select(store, _standings(unit).of_all())}
    counts = {row["term"]: row["number"] for row in select(store, _MENTIONED)}
    documents = {row["term"]: row["number"] for row in select(store, _DOCUMENTS)}
    years: defaultdict[str, set[int]] = defaultdict(set)
    for row in select(store, _STATES.of_all()):
        years[row["term"]].add(row["year"])
    found = []
    for row in select(store, _TERMS.of_all()):
        iri, standing = row["term"], standings.get(row["term"], {})
        if iri not in counts and not standing:
            continue
        found.append(
            Rank(
                iri=iri,
                label=row["label"],
                defined=row["defined"] == "true",
                subject=row["subject"],
                count=counts.get(iri, 0),
                documents=documents.get(iri, 0),
                years=len(years[iri]),
                first=min(years[iri], default=None),
                last=max(years[iri], default=None),
                degree=standing.get("degree"),
                strength=_number(standing.get("strength")),
                page_rank=_number(standing.get("pageRank")),
                betweenness=_number(standing.get("betweenness")),
                core=standing.get("core"),
                sample=standing.get("sample"),
            )
        )
    return found


def _standings(unit: str) -> Scan:
    return Scan(
        "?term ?degree ?strength ?pageRank ?betweenness ?core ?sample",
        (
            f"?standing kg:inUnit {Literal(unit)}",
            "?standing kg:standingOf ?term",
            "?standing kg:degree ?degree",
            "?standing kg:strength ?strength",
            "?standing kg:pageRank ?pageRank",
            "?standing kg:betweenness ?betweenness",
            "?standing kg:coreNumber ?core",
        ),
        (("?standing kg:sampleSize ?sample",),),
    )


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


@dataclass(frozen=True, slots=True)
class Community:
    """Terms that hang together."""

    name: str
    subjects: tuple[str, ...]  #: the main subjects of its terms, the most frequent first
    terms: tuple[str, ...]  #: labels of slogans, those that are mentioned most first, then of mere components
    slogans: int  #: how many of them are defined or used as slogans


def communities(store: Store) -> list[Community]:
    """The communities of two terms and more, the largest first (Leiden; see `kg.measures`)."""
    ranks = {each.iri: each for each in _ranks(store, "sentence")}
    members: defaultdict[str, list[tuple[bool, int, str, str]]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in select(store, _COMMUNITIES):
        ranked = ranks.get(row["term"])
        slogan = row["slogan"] == "true"
        members[row["community"]].append(
            (not slogan, -(ranked.count if ranked else 0), row["label"], row["term"])
        )
        names[row["community"]] = row["name"]
    found = []
    for community, terms in members.items():
        terms.sort()
        subjects: defaultdict[str, int] = defaultdict(int)
        for *_, iri in terms:
            if iri in ranks and (subject := ranks[iri].subject):
                subjects[subject] += 1
        ordered = sorted(subjects, key=lambda name: (-subjects[name], name))
        labels = tuple(label for *_, label, _ in terms)
        found.append(Community(names[community], tuple(ordered), labels, sum(not t[0] for t in terms)))
    several = (community for community in found if len(community.terms) > 1)
    return sorted(several, key=lambda community: (-len(community.terms), community.name))


_TERMS = Scan(
    "?term ?label (BOUND(?definition) AS ?defined) ?subject",
    ("?term a kg:Term", '?term skos:prefLabel ?label FILTER(LANGMATCHES(LANG(?label), "zh"))'),
    (("?term skos:definition ?definition",), ("?term kg:mainSubject ?main", "?main rdfs:label ?subject")),
)

#: Each observation once, though it may come from several documents.
_COUNTS = Scan(
    "?observation ?term ?count",
    ("?observation kg:countOf ?term", '?observation kg:ofKind "core"', "?observation kg:count ?count"),
)
_COUNTED_IN = Scan(
    "?term ?source",
    ("?observation kg:countOf ?term", '?observation kg:ofKind "core"', "?observation dct:source ?source"),
)
_MENTIONED = f"SELECT ?term (SUM(?count) AS ?number) {{ {_COUNTS.of_all()} }} GROUP BY ?term"
_DOCUMENTS = f"SELECT ?term (COUNT(?source) AS ?number) {{ {_COUNTED_IN.of_all()} }} GROUP BY ?term"

_STATES = Scan("?term ?year", ("?state kg:stateOf ?term", "?state kg:inYear ?of", "?of kg:year ?year"))

_COMMUNITIES = """
SELECT DISTINCT ?community ?name ?term ?label ?slogan WHERE {
  ?term kg:inCommunity ?community ; skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
  ?community rdfs:label ?name .
  BIND(EXISTS { ?term kg:candidate true } || EXISTS { ?definition kg:defines ?term } AS ?slogan)
}
"""
