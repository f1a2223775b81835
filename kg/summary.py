"""What a build found, in numbers: what is told when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from kg.curated import about
from kg.documents import Note, Source
from kg.kept import Kept
from kg.model import Corpus, Kind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the page of a large build leaves out, so that it opens quickly; the graph has all of it."""

    terms: int
    mentions: int  #: that are not quoted, of the terms on the page
    texts: int


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found, in numbers, and what it wants to say about the documents."""

    title: str
    documents: int
    unchanged: int  #: documents of which nothing was read again
    digests: int
    entries: int
    concepts: int
    components: int
    candidates: int
    mentions: int  #: occurrences of a core
    references: int  #: references of another kind
    relations: int
    disagreements: int
    decisions: int  #: of a person
    unfit: int  #: decisions that do not apply
    left_out: LeftOut
    notes: tuple[Note, ...]
    anew: bool = True  #: False where everything was there from an earlier build, and nothing was done


def summarise(
    source: Source, corpus: Corpus, file: str, unkept: tuple[Note, ...], left_out: LeftOut, work: Kept
) -> Built:
    """What was found; `file` has a person's decisions, `unkept` says what could not be written."""
    entries = [entry for concept in corpus.concepts for entry in concept.entries]
    defined = sum(bool(c.entries) for c in corpus.concepts)
    candidates = sum(c.candidate for c in corpus.concepts)
    return Built(
        title=source.title,
        documents=len(corpus.documents),
        unchanged=work.unchanged(doc.id for doc in corpus.documents),
        digests=sum(doc.kind == Kind.ABRIDGEMENT for doc in corpus.documents),
        entries=len(entries),
        concepts=defined,
        components=len(corpus.concepts) - defined - candidates,
        candidates=candidates,
        mentions=sum(mention.kind == "core" for mention in corpus.mentions),
        references=sum(mention.kind != "core" for mention in corpus.mentions),
        relations=len(corpus.relations),
        disagreements=sum(entry.agrees is False for entry in entries),
        decisions=len(corpus.verdicts),
        unfit=sum(not verdict.stands for verdict in corpus.verdicts),
        left_out=left_out,
        notes=(
            *source.notes,
            *(Note(file, about(verdict)) for verdict in corpus.verdicts if verdict.note),
            *unkept,
        ),
    )
