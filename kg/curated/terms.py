"""Decisions on terms and their names: a lexicon → the lexicon as a person wants it.

A rejected name stays a form that names nothing, so that no shorter name is found within it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.curated.names import Unfit, find_named, full_label
from kg.lexicon import Lexicon
from kg.model import Concept, Decision


class Terms:
    """A lexicon in the making: each decision changes what it says, and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._slots = lexicon.slots
        self.concepts = {concept.id: concept for concept in lexicon.concepts}
        self.forms = {form: list(ids) for form, ids in lexicon.forms.items()}
        self.senses = {form: list(senses) for form, senses in lexicon.senses.items()}
        self.absorbed: set[str] = set()  #: names that are no longer terms of their own
        self._given: set[str] = set()  #: aliases that a person gave

    def lexicon(self) -> Lexicon:
        """The lexicon with all that was decided."""
        settle(self.concepts, self.named(), self.absorbed)
        return Lexicon(
            tuple(self.concepts[i] for i in sorted(self.concepts)),
            {form: tuple(ids) for form, ids in sorted(self.forms.items())},
            self._slots,
            {form: senses for form, senses in self.senses.items() if len(senses) > 1},
        )

    def named(self) -> frozenset[str]:
        """The concepts that texts refer to by a name of theirs."""
        return frozenset(i for ids in self.forms.values() for i in ids)

    def alias(self, act: Decision, added: Iterable[str] = ()) -> None:
        """Another name of a term. What is only used under that name becomes a mention of the term."""
        concept, name = find_named(self.concepts.values(), act.term), act.alias or ""
        if name in (concept.label, *concept.alt_labels):
            raise Unfit(f"{act.term} has the name {name} already; remove the decision")
        for other in [c for c in self.concepts.values() if c.label == name]:
            if other.entries or name in added:
                raise Unfit(f"{full_label(other)} is a term of its own; join the two instead of naming one")
            self._drop(other, self.absorbed)
        self.forms[name] = [*(self.forms.get(name, ()) if name in self._given else ()), concept.id]
        self._given.add(name)
        self.absorbed.add(name)
        self._replace(concept, alt_labels=(*concept.alt_labels, name))

    def reject_alias(self, act: Decision) -> None:
        """A name that a term has not."""
        concept, name = find_named(self.concepts.values(), act.term), act.alias or ""
        if name not in (*concept.alt_labels, *concept.hidden_labels):
            raise Unfit(f"{act.term} has no other name {name}; remove the decision")
        self._unname(concept.id, [name])
        self._replace(
            concept,
            alt_labels=tuple(text for text in concept.alt_labels if text != name),
            hidden_labels=tuple(text for text in concept.hidden_labels if text != name),
        )

    def reject_term(self, act: Decision) -> None:
        """A name that is no term. Where another term counts it, it stays its component."""
        concept = find_named(self.concepts.values(), act.term)
        if not concept.entries and not concept.candidate and concept.id not in self.named():
            raise Unfit(
                f"{act.term} is only a component; put the list of what counts it right with `components`"
            )
        self._drop(concept, set())

    def join(self, act: Decision) -> str:
        """Two terms that are one: the first keeps its identifier, which this gives, and the name of the other
        becomes a name of it."""
        keeps = find_named(self.concepts.values(), act.term)
        goes = find_named(self.concepts.values(), act.other or "")
        if keeps.id == goes.id:
            raise Unfit(f"{act.term} and {act.other} are one term already; remove the decision")
        names = dict.fromkeys((*keeps.alt_labels, goes.label, *goes.alt_labels))
        alternatives = tuple(name for name in names if name != keeps.label)
        spellings = dict.fromkeys((*keeps.hidden_labels, *goes.hidden_labels))
        entries = sorted(
            (*keeps.entries, *goes.entries),
            key=lambda e: (e.doc.year or 0, e.doc.id, e.definition.start, e.label),
        )
        alone = sum(concept.label == keeps.label for concept in self.concepts.values()) == 2
        self._replace(
            keeps,
            alt_labels=alternatives,
            hidden_labels=tuple(s for s in spellings if s not in (*alternatives, keeps.label)),
            qualifier=None if goes.label == keeps.label and alone else keeps.qualifier,
            entries=tuple(entries),
            candidate=not entries,
            parts=() if entries else keeps.parts or goes.parts,
        )
        del self.concepts[goes.id]
        if goes.label != keeps.label:
            self.absorbed.add(goes.label)
            self.forms.setdefault(goes.label, [keeps.id])
        for form, ids in self.forms.items():
            if goes.id in ids:
                self._merge(form, ids, keeps.id, goes.id)
        return keeps.id

    def _merge(self, form: str, ids: list[str], keeps: str, goes: str) -> None:
        place = ids.index(goes)
        if keeps not in ids:
            ids[place] = keeps
            return
        del ids[place]
        if senses := self.senses.get(form):
            gone, home = senses.pop(place), senses[ids.index(keeps)]
            home.absorb(gone)

    def _replace(self, concept: Concept, **changes: object) -> None:
        self.concepts[concept.id] = replace(self.concepts[concept.id], **changes)  # type: ignore[arg-type]

    def _drop(self, concept: Concept, absorbed: set[str]) -> None:
        """Take a concept out; what is left of it as a component comes back when all is settled."""
        del self.concepts[concept.id]
        absorbed.add(concept.label)
        self._unname(concept.id, list(self.forms))

    def _unname(self, concept_id: str, forms: Iterable[str]) -> None:
        for form in forms:
            ids = self.forms.get(form, [])
            if concept_id in ids:
                place = ids.index(concept_id)
                del ids[place]
                if form in self.senses:
                    del self.senses[form][place]


def settle(concepts: dict[str, Concept], named: Iterable[str], absorbed: Iterable[str]) -> None:
    """Make every component a concept, and take out those that are a component of nothing any more.

    What has a definition, is used by its name or is another name of a term stays as it is.
    """
    texts = {
        component.span.text
        for concept in concepts.values()
        for component in (*concept.parts, *(c for entry in concept.entries for c in entry.components))
    }
    kept = frozenset(named)
    for i in [i for i, c in concepts.items() if not c.entries and not c.candidate and i not in kept]:
        if concepts[i].label not in texts:
            del concepts[i]
    labels = {concept.label for concept in concepts.values()} | set(absorbed)
    for text in sorted(texts - labels):
        concepts[text] = Concept(text, text)
