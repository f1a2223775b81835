"""What is known of the terms of a report → its edition: which term is explained where, and what leads there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.citations import citation
from kg.editions.badges import remarks
from kg.editions.doubts import is_doubtful, is_quoted
from kg.editions.meanings import best, changed, shortened
from kg.editions.places import Place, plan
from kg.editions.records import (
    Age,
    Article,
    Box,
    Edition,
    Link,
    Listing,
    Meaning,
    Pointer,
    Quotation,
    Terms,
    Unexplained,
)
from kg.editions.reports import Report, find_marks
from kg.readings import Said

_SENTENCE_END = re.compile("[。！？!?][”’）)]*")


class Composition:
    """All that is known of the terms of a report, from which its edition is put together."""

    def __init__(
        self,
        report: Report,
        meanings: Mapping[str, Sequence[Meaning]],
        ages: Mapping[str, Age],
        listings: Mapping[str, Listing],
        documents: Mapping[str, Mapping[str, Any]],
        stripped: bool,
        proven: bool,
    ) -> None:
        self.report, self.meanings, self.ages = report, meanings, ages
        self.listings, self.documents, self.proven = listings, documents, proven
        self.reading = report.reading
        said: defaultdict[str, list[Said]] = defaultdict(list)
        for each in report.said:
            said[each.terms[0]].append(each)
        self.chosen: dict[str, Meaning] = {}
        self.namesakes: dict[str, Meaning] = {}
        for key in report.terms:
            sure = [m for m in meanings.get(key, ()) if not self._is_doubtful(m, key, said[key])]
            if meaning := best(sure, report.standpoint, documents):
                self.chosen[key] = meaning
            elif namesake := best(meanings.get(key, ()), report.standpoint, documents):
                self.namesakes[key] = namesake
        text = self.reading.text or ""
        self.unexplained = {
            key
            for key, term in report.terms.items()
            if key not in self.chosen
            and (
                term.candidate or (key in self.namesakes and any(is_quoted(text, each) for each in said[key]))
            )
        }
        own = {} if stripped else self._own()
        noted = {key for key, each in own.items() if any(m.voice == "government" for m in each)}
        told = {*self.chosen, *self.unexplained}
        marked = find_marks(self.reading, own)
        self.plan = plan(self.reading, [each for each in report.said if each.terms[0] in told], noted, marked)
        self.homes = dict(self.plan.homes)
        self.unplaced: list[str] = []
        for key in sorted(own, key=lambda key: (own[key][0].start or 0, key)):
            if key not in self.homes:
                if (place := self._printed(key, own[key][0])) is None:
                    self.unplaced.append(key)
                else:
                    self.homes[key] = place

    def _is_doubtful(self, meaning: Meaning, key: str, said: Sequence[Said]) -> bool:
        """Whether another government's definition may be of something else; the nation's are everybody's."""
        giver = self.documents.get(meaning.document or "")
        if giver is None or meaning.document == self.reading.id or giver["level"] == "national":
            return False
        if giver["issuer"] == self.report.issuer and giver["issuer"] is not None:
            return False
        core = self.report.terms[key].label.partition("（")[0]
        return is_doubtful(self.reading.text or "", said, core, meaning.headword)

    def _own(self) -> dict[str, list[Meaning]]:
        """What the report explains itself, by term."""
        here = self.reading.id
        own = {
            key: [m for m in self.meanings.get(key, ()) if m.document == here] for key in self.report.defines
        }
        return {key: each for key, each in own.items() if each}

    def _printed(self, key: str, meaning: Meaning) -> Place | None:
        """The place of the report's own box with a definition: the paragraph behind which an editor has put it."""
        before = [n for n, each in enumerate(self.plan.paragraphs) if each.end <= (meaning.start or 0)]
        if meaning.voice != "editor" or not before:
            return None
        end = self.plan.paragraphs[before[-1]].end
        return Place(end, end, key, before[-1])

    def edition(self, terms: Terms, longest: int | None) -> Edition:
        explained = self._explained(terms)
        homes: defaultdict[int, list[Place]] = defaultdict(list)
        for key, place in self.homes.items():
            if key in explained:
                homes[place.behind].append(place)
        groups = [
            group
            for _, here in sorted(homes.items())
            for group in self._together(sorted(here, key=_in_order))
        ]
        groups += self._together([self._nowhere(key) for key in self.unplaced if key in explained])
        articles = {
            key: article
            for number, keys in enumerate(groups, start=1)
            for article in [self._article(keys, number, longest)]
            for key in keys
        }
        left = sorted(
            (key for key in self.unexplained if key in self.homes and self._is_wanted(key, terms)),
            key=lambda key: (next(p.start for p in self.plan.places if p.term == key), key),
        )
        left_numbers = {key: number for number, key in enumerate(left, start=1)}
        starts = {each.start for each in self.plan.paragraphs}
        unexplained = tuple(self._left(key, left_numbers[key]) for key in left)
        boxes = self._boxes(articles, left_numbers)
        return Edition(
            id=self.reading.id,
            title=self.reading.title,
            year=self.reading.year,
            issuer=self.report.issuer,
            citation=self.reading.citation,
            text=self.reading.text or "",
            paragraphs=self.plan.paragraphs,
            headings=tuple(each for each in self.reading.headings if each.start in starts),
            boxes=boxes,
            links=self._links({key: each.number for key, each in articles.items()}, left_numbers),
            unplaced=tuple(dict.fromkeys(articles[key] for key in self.unplaced if key in articles)),
            unexplained=unexplained,
            references=self._references(articles.values(), unexplained),
            remarks=tuple(remarks(self.reading.year, self.report.issuer, self.proven)),
            notes=self.report.notes,
        )

    def _is_wanted(self, key: str, terms: Terms) -> bool:
        return terms is not Terms.NEW or (key in self.ages and self.ages[key].is_new)

    def _explained(self, terms: Terms) -> set[str]:
        if terms is Terms.UNDEFINED:
            return set()
        return {key for key in self.chosen if self._is_wanted(key, terms)}

    def _together(self, places: Iterable[Place]) -> list[list[str]]:
        """The terms of a box in order, those together that share a definition."""
        groups: dict[tuple[object, ...], list[str]] = {}
        for place in places:
            meaning = self.chosen[place.term]
            own = (place.term,) if meaning.document is None else ()
            groups.setdefault((meaning.document, meaning.start, meaning.end, *own), []).append(place.term)
        return list(groups.values())

    def _nowhere(self, key: str) -> Place:
        end = len(self.reading.text or "")
        return Place(end, end, key, len(self.plan.paragraphs))

    def _article(self, keys: Sequence[str], number: int, longest: int | None) -> Article:
        meaning, place = self.chosen[keys[0]], self.homes.get(keys[0]) or self._nowhere(keys[0])
        return Article(
            number,
            tuple(self.report.terms[key] for key in keys),
            place.start,
            place.end,
            shortened(meaning, longest),
            self._age(keys),
            changed(meaning, self.meanings.get(keys[0], ())) if len(keys) == 1 else None,
        )

    def _age(self, keys: Sequence[str]) -> Age | None:
        """The age of the terms of an article, as far as it is that of all of them."""
        ages = [self.ages.get(key) for key in keys]
        first, others = ages[0], ages[1:]
        told = {(each.is_new, each.nth, each.proven) for each in ages if each}
        if first is None or None in others or len(told) > 1:
            return None
        return (
            first
            if all(each and each.elsewhere == first.elsewhere for each in others)
            else replace(first, elsewhere=None)
        )

    def _left(self, key: str, number: int) -> Unexplained:
        term = self.report.terms[key]
        places = [place for place in self.plan.places if place.term == key]
        sentences: dict[tuple[int, int], Quotation] = {}
        for place in places:
            quotation = self._quotation(place)
            sentences.setdefault((quotation.start, quotation.end), quotation)
        return Unexplained(
            number,
            term.label,
            term.iri,
            self.ages.get(key),
            self.listings.get(key),
            self.namesakes.get(key),
            tuple(sentences.values()),
        )

    def _quotation(self, place: Place) -> Quotation:
        """The sentence of a mention, within its paragraph."""
        text = self.reading.text or ""
        around = next(p for p in self.plan.paragraphs if p.start <= place.start < p.end)
        ends = [found.end() for found in _SENTENCE_END.finditer(text, around.start, around.end)]
        start = max((end for end in ends if end <= place.start), default=around.start)
        end = min((end for end in ends if end >= place.end), default=around.end)
        over = [each for each in self.reading.headings if each.start <= place.start < each.until]
        path = " › ".join(text[each.start : each.end].rstrip("。：:") for each in over)
        return Quotation(start, end, place.start, place.end, path)

    def _boxes(self, articles: Mapping[str, Article], left: Mapping[str, int]) -> tuple[Box, ...]:
        named = self.plan.named()
        for key, place in self.homes.items():
            if place.term not in named.setdefault(place.behind, []):
                named[place.behind].append(key)
        shown: set[str] = set()
        boxes = []
        for behind in sorted(named):
            known = [key for key in named[behind] if key in articles]
            here = sorted(
                {
                    articles[key].number: articles[key] for key in known if self.homes[key].behind == behind
                }.items()
            )
            pointers = [
                Pointer(self.report.terms[key].label, articles[key].number, self.homes[key].behind > behind)
                for key in known
                if self.homes[key].behind != behind
            ]
            bare = [left[key] for key in named[behind] if key in left and key not in shown]
            shown.update(key for key in named[behind] if key in left)
            if here or pointers or bare:
                boxes.append(Box(behind, tuple(each for _, each in here), tuple(pointers), tuple(bare)))
        return tuple(boxes)

    def _links(self, numbers: Mapping[str, int], left: Mapping[str, int]) -> tuple[Link, ...]:
        """The mentions that lead somewhere; of those that overlap the first and longest."""
        links: list[Link] = []
        for place in sorted(self.plan.places, key=lambda each: (each.start, -each.end, each.term)):
            article, bare = numbers.get(place.term), left.get(place.term)
            if (article or bare) and place.start < place.end and (not links or links[-1].end <= place.start):
                links.append(Link(place.start, place.end, article, bare))
        return tuple(links)

    def _references(self, articles: Iterable[Article], left: Iterable[Unexplained]) -> dict[str, str]:
        """The citations of every document that a definition or a list is quoted from, or that is proof of an age."""
        ids = {article.meaning.document for article in articles}
        ids |= {article.change.document for article in articles if article.change}
        ids |= {each.listing.document for each in left if each.listing}
        ids |= {each.namesake.document for each in left if each.namesake}
        ids |= {
            seen.document
            for age in (*(article.age for article in articles), *(each.age for each in left))
            if age
            for seen in (age.first, age.elsewhere)
            if seen
        }
        citations = {name: citation(row) for name, row in self.documents.items() if name in ids}
        if self.reading.id in ids:
            citations[self.reading.id] = self.reading.citation
        return dict(sorted(citations.items()))


def _in_order(place: Place) -> tuple[int, int, str]:
    return place.start, -place.end, place.term
