"""What a person decided, put to work: at each stage where a thing is made, the decisions on such things.

Of several decisions about one thing the last one holds. A decision that does not apply to the corpus
changes nothing and is told, with what to do about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from kg.candidates import doubtful_runs, is_emphasis, quoted_runs
from kg.curated.kinds import thing
from kg.curated.names import Unfit, find_named, full_label
from kg.curated.parts import RULE, fix_entry, fix_parts, unplaced
from kg.curated.terms import Terms, settle
from kg.lexicon import Lexicon, OwnTerm
from kg.model import Component, Concept, Decision, Document, Entry, Mention, Relation, Span, Verdict
from kg.senses import Sense

#: Links that mean the same in both directions.
MUTUAL = ("variant", "homonym", "co-mentioned")


class Curation:
    """The decisions of a person on one corpus, and what comes of each.

    The stages of `kg.pipeline.analyse` hand it what they made and go on with what it gives back;
    `verdicts` then tells of every decision whether it applies.
    """

    def __init__(self, documents: Sequence[Document], decisions: Sequence[Decision]) -> None:
        self._documents = {doc.id: doc for doc in documents}
        self._decisions = [replace(d, number=i) for i, d in enumerate(decisions, 1)]
        acts = [act for decision in self._decisions for act in _acts(decision)]
        last = {thing(act): act for act in acts}
        self._acts = [act for act in acts if last[thing(act)] is act]
        self._failed: set[int] = set()
        self._notes: defaultdict[int, list[str]] = defaultdict(list)
        self._others: dict[int, str] = {}
        self._joined: dict[int, str] = {}  #: the id of what two terms became
        self._found: set[int] = set()  #: decisions on mentions that have met theirs
        self._named: frozenset[str] = frozenset()
        self._absorbed: set[str] = set()
        for act in acts:
            if (holds := last[thing(act)]) is not act:
                with self._judging(act):
                    raise Unfit(
                        f"decision {holds.number} is about the same and comes later, so it holds; remove one of them"
                    )

    # --- stages ------------------------------------------------------------------------------------------

    def entries(self, entries: Sequence[Entry]) -> list[Entry]:
        """The definitions that rules found, without those that are rejected."""
        left = list(entries)
        for act in self._of("reject", "definition"):
            with self._judging(act):
                doc = self._document(act.document)
                names = (act.term, act.term.rpartition("（")[0])
                mine = [e for e in left if e.doc.id == doc.id and e.label in names]
                said = [e for e in mine if (act.definition or "") in e.definition.text]
                if not said:
                    raise Unfit(f"{doc.id} gives no such definition of {act.term}; remove the decision")
                if len(said) > 1 and act.term not in {e.label for e in said}:
                    raise Unfit(
                        f"{doc.id} gives {len(said)} definitions of {names[1]}; "
                        'say which with `definition = "words of it"`'
                    )
                left = [entry for entry in left if not any(entry is other for other in said)]
        return left

    def own_terms(self, entries: Sequence[Entry]) -> dict[str, OwnTerm]:
        """The terms that are added, as the lexicon takes them."""
        acts = list(self._of("add"))
        for act in acts:
            with self._judging(act):
                if self._is_quoted(act.term, entries):
                    raise _known(act.term)
        return {act.term: ((), ()) for act in self._of("add")}

    def _is_quoted(self, name: str, entries: Sequence[Entry]) -> bool:
        """Whether the rules find a name in quotation marks."""
        docs = [doc for doc in self._documents.values() if name in doc.text]
        runs = [
            run
            for doc in docs
            for run in quoted_runs(doc, [entry for entry in entries if entry.doc.id == doc.id])
            if run.text == name
        ]
        quoted, said = doubtful_runs(runs).get(name, 0), sum(doc.text.count(name) for doc in docs)
        return any(run.named for run in runs) and not (quoted and is_emphasis(quoted, said))

    def senses(self) -> dict[str, list[Sense]]:
        """The senses of the labels that are split."""
        given: dict[str, list[Sense]] = {}
        for act in self._of("split"):
            with self._judging(act):
                for name in (name for branch in act.senses for name in branch.documents):
                    self._document(name)
                given[act.term] = [
                    Sense(branch=b, documents={name: self._documents[name] for name in b.documents})
                    for b in act.senses
                ]
        return given

    def lexicon(self, lexicon: Lexicon) -> Lexicon:
        """The terms and their names, with what is split, joined, added, renamed and rejected."""
        if not self._acts:
            return lexicon
        terms = Terms(lexicon)
        for act in self._of("split"):
            with self._judging(act):
                self._check_split(act, terms.concepts)
        for act in self._of("add"):
            with self._judging(act):
                if find_named(terms.concepts.values(), act.term).entries:
                    raise _known(act.term)
        added = {act.term for act in self._of("add")}
        for act in self._of("reject", "alias"):
            with self._judging(act):
                terms.reject_alias(act)
        for act in self._of("join"):
            with self._judging(act):
                self._joined[act.number] = terms.join(act)
        for act in self._of("alias"):
            with self._judging(act):
                terms.alias(act, added)
        for act in self._of("reject", "term"):
            with self._judging(act):
                terms.reject_term(act)
        self._named, self._absorbed = terms.named(), terms.absorbed
        return terms.lexicon()

    def components(self, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
        """The concepts with the components that are put right; what is only a component comes and goes with them."""
        found = {concept.id: concept for concept in concepts}
        fixed: dict[str, dict[str | None, Decision]] = defaultdict(dict)
        for act in self._of("components"):
            with self._judging(act):
                concept = find_named(found.values(), act.term)
                self._check_components(act, concept)
                fixed[concept.id][act.document] = act
        if not fixed:
            return tuple(concepts)
        for i, acts in fixed.items():
            concept = found[i]
            entries = []
            for entry in concept.entries:
                if held := acts.get(entry.doc.id) or acts.get(None):
                    entry = fix_entry(entry, self._whole(held))
                    self._tell_unplaced(held, entry.components, f"the definition in {entry.doc.id}")
                entries.append(entry)
            concept = replace(concept, entries=tuple(entries))
            for name, act in acts.items() if not concept.entries else ():
                docs = [self._documents[name]] if name else list(self._documents.values())
                concept = fix_parts(concept, self._whole(act), docs)
                self._tell_unplaced(act, concept.parts, name or "a list of the texts")
            found[i] = concept
        settle(found, self._named, self._absorbed)
        return tuple(found[i] for i in sorted(found))

    def mentions(self, found: Iterable[Mention], concepts: Iterable[Concept]) -> tuple[Mention, ...]:
        """The mentions without those that are rejected."""
        labels = {concept.id: full_label(concept) for concept in concepts}
        for act in self._of("reject", "mention"):
            with self._judging(act):
                doc, times = self._documents.get(act.document or ""), 0
                if doc and act.quote and (times := doc.text.count(act.quote)) > 1:
                    raise Unfit(f"“{act.quote}” stands in {doc.id} {times} times; quote more of the sentence")
        acts = list(self._of("reject", "mention"))
        if not acts:
            return tuple(found)
        left = []
        for mention in found:
            names = {mention.term, *(labels.get(i, "") for i in (mention.concept, *mention.senses))}
            hits = [act for act in acts if act.term in names and self._is_at(mention.span, act)]
            self._found.update(act.number for act in hits)
            if not hits:
                left.append(mention)
        return tuple(left)

    def relations(self, found: Iterable[Relation], concepts: Sequence[Concept]) -> tuple[Relation, ...]:
        """The links, without what is rejected and with what is added."""
        links = {(link.type, link.source, link.target): link for link in found}
        for act in self._of("reject", "link"):
            with self._judging(act):
                if (key := self._link(act, concepts)) not in links:
                    raise Unfit(f"no rule finds {act.term} {act.relation} → {act.other}; remove the decision")
                del links[key]
        for act in self._of("link"):
            with self._judging(act):
                if (key := self._link(act, concepts)) in links:
                    raise Unfit(
                        f"the rules find {act.term} {act.relation} → {act.other}; remove the decision"
                    )
                links[key] = Relation(*key, self._evidence(act), 1.0, RULE)
        return tuple(links[key] for key in sorted(links))

    def verdicts(self, concepts: Sequence[Concept]) -> tuple[Verdict, ...]:
        """Of every decision whether it applies, in the order of the file."""
        for act in (*self._of("english"), *self._of("definition")):
            with self._judging(act):
                find_named(concepts, act.term)
        for act in self._of("reject", "mention"):
            if act.number not in self._found:
                with self._judging(act):
                    self._check_mention(act)
        return tuple(
            Verdict(
                decision,
                decision.number not in self._failed,
                self._ids(decision, concepts),
                self._others.get(decision.number, ""),
                "; ".join(dict.fromkeys(self._notes[decision.number])),
            )
            for decision in self._decisions
        )

    # --- what a decision needs ---------------------------------------------------------------------------

    def _of(self, do: str, what: str = "") -> Iterator[Decision]:
        """The decisions of a kind that hold and apply so far; of those that reject, of one thing."""
        for act in self._acts:
            if act.do == do and (not what or _rejects(act) == what) and act.number not in self._failed:
                yield act

    @contextmanager
    def _judging(self, act: Decision) -> Iterator[None]:
        """Where an act proves unfit, its decision does not apply; a part of one that adds a term is only told."""
        try:
            yield
        except Unfit as why:
            self._notes[act.number].append(str(why))
            if act.do == self._decisions[act.number - 1].do:
                self._failed.add(act.number)

    def _whole(self, act: Decision) -> Decision:
        """The decision as it stands in the file, of which an act may be a part."""
        return self._decisions[act.number - 1]

    def _document(self, name: str | None) -> Document:
        if (doc := self._documents.get(name or "")) is None:
            known = ", ".join(self._documents)
            raise Unfit(f"document {name} is not in the corpus; write one of {known}, or remove the decision")
        return doc

    def _check_split(self, act: Decision, concepts: Mapping[str, Concept]) -> None:
        mine = [concept for concept in concepts.values() if concept.label == act.term]
        given = {branch.qualifier for branch in act.senses}
        if not given <= {concept.qualifier for concept in mine}:
            find_named(concepts.values(), act.term)
            raise Unfit(f"{act.term} has no definition and stands in no quotation marks: nothing is split")
        texts = [entry.definition.text for concept in mine for entry in concept.entries]
        for words in (words for branch in act.senses for words in branch.definitions):
            if not any(words in text for text in texts):
                self._notes[act.number].append(f"no definition has the words “{words}”; correct them")
        for concept in mine:
            if concept.qualifier not in given:
                docs = ", ".join(dict.fromkeys(entry.doc.id for entry in concept.entries))
                self._notes[act.number].append(
                    f"{full_label(concept)}{f' of {docs}' if docs else ''} is a sense that the decision does "
                    "not name; add it to one of the senses"
                )

    def _check_components(self, act: Decision, concept: Concept) -> None:
        if act.document:
            self._document(act.document)
        entries = [e for e in concept.entries if act.document in (None, e.doc.id)]
        if concept.entries and not entries:
            raise Unfit(f"{act.document} gives no definition of {act.term}; leave the document out")
        lists = [e.components for e in entries] if entries else [concept.parts]
        if all(tuple(c.span.text for c in components) == act.components for components in lists):
            raise Unfit(f"the rules find these components of {act.term}; remove the decision")

    def _tell_unplaced(self, act: Decision, components: Sequence[Component], place: str) -> None:
        if texts := unplaced(components):
            self._notes[act.number].append(
                f"{'、'.join(texts)} does not stand in {place}: it is kept as a person's words, without a place; "
                "where the text has it, write it as the text does"
            )

    def _is_at(self, span: Span, act: Decision) -> bool:
        if span.doc.id != act.document:
            return False
        if act.quote is None:
            return span.start == act.start
        place = span.doc.text.find(act.quote)
        return place >= 0 and place <= span.start and span.end <= place + len(act.quote)

    def _check_mention(self, act: Decision) -> None:
        doc = self._document(act.document)
        where = f"at {act.start}" if act.quote is None else f"in “{act.quote}”"
        raise Unfit(
            f"{doc.id} has no mention of {act.term} {where}; correct the place, or remove the decision"
        )

    def _link(self, act: Decision, concepts: Sequence[Concept]) -> tuple[str, str, str]:
        ends = [find_named(concepts, name).id for name in (act.term, act.other or "")]
        self._others[act.number] = ends[1]
        source, target = sorted(ends) if act.relation in MUTUAL else ends
        return act.relation or "", source, target

    def _evidence(self, act: Decision) -> tuple[Span, ...]:
        if act.quote is None:
            return ()
        doc = self._documents.get(act.document or "")
        place = doc.text.find(act.quote) if doc else -1
        if doc is None or place < 0:
            self._notes[act.number].append(
                f"{act.document} does not have the words “{act.quote}”, so the link has no evidence; correct them"
            )
            return ()
        return (doc.span(place, place + len(act.quote)),)

    def _ids(self, decision: Decision, concepts: Sequence[Concept]) -> tuple[str, ...]:
        """The concepts that a decision is about: one, or all senses of a label that is split."""
        if decision.do == "split":
            return tuple(concept.id for concept in concepts if concept.label == decision.term)
        if one := self._joined.get(decision.number):
            return (one,)
        try:
            return (find_named(concepts, decision.term).id,)
        except Unfit:
            return ()


def _known(term: str) -> Unfit:
    return Unfit(
        f"the texts have the term {term} already; write what else you know of it as another decision"
    )


def _acts(decision: Decision) -> Iterator[Decision]:
    """What a decision does, one thing at a time: one that adds a term also says what it is called, and means."""
    yield decision
    if decision.do == "add":
        for alias in decision.aliases:
            yield replace(decision, do="alias", alias=alias)
        if decision.components is not None:
            yield replace(decision, do="components")
        if decision.definition:
            yield replace(decision, do="definition")


def _rejects(act: Decision) -> str:
    """What a decision rejects: alias, link, mention, definition or term."""
    if act.alias:
        return "alias"
    if act.relation:
        return "link"
    if act.quote is not None or act.start is not None:
        return "mention"
    return "definition" if act.document else "term"
