"""The flow, on one screen: documents → sections, entries → lexicon → mentions → identifiers → graph → files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

from kg.batches import Batches, Progress, batches, cores
from kg.candidates import own_terms
from kg.cleaning import decode
from kg.clues import find_clues, look_again
from kg.clusters import on_cluster
from kg.curated import (
    CURATED,
    Curation,
    Decision,
    Verdict,
    parse_decisions,
    read_decisions,
    save,
    with_decisions,
)
from kg.documents import OWN_TERMS, READING, Note, Source, corpus_size, read_corpus
from kg.files import move_in, workshop_in, write_text
from kg.glosses import glossed
from kg.history import Listings, find_states
from kg.identifiers import identify
from kg.kept import KEPT, Kept
from kg.ledger import LEDGER, ledger_text, read_ledger
from kg.lexicon import OwnTerm, build_lexicon
from kg.longforms import spell_out
from kg.measures import find_bridges, find_communities, find_standings
from kg.mentions import make_finder
from kg.model import Corpus, Entry, KgError, Mention
from kg.receipts import Receipt, digest, ingredients, read_receipt, stamps, write_receipt
from kg.references import make_register
from kg.relations import find_relations
from kg.report import render_report
from kg.shelves import Shelf, Texts
from kg.spools import Following, spooling
from kg.steps import find_steps
from kg.subjects import find_subjects
from kg.summary import Built, LeftOut, summarise
from kg.surveys import Survey, survey
from kg.ties import SECTION, SENTENCE, find_ties
from kg.traces import find_names, in_values, trace
from kg.vocab import DEFAULT_BASE, Iris

GLOSSARY, GRAPH, PAGE, REPORT, TEXTS = "glossary.ttl", "graph.trig", "graph.html", "report.md", "text"
NETWORK = "network.graphml"
SPOOL = "spool"  #: the graphs of a build until it is whole


def read(
    folder: Path,
    terms: Path | None = None,
    curated: Path | None = None,
    jobs: int = 1,
    progress: Progress = lambda step: None,
    scheduler: str | None = None,
) -> tuple[Source, Corpus]:
    """The text half: a folder of documents → everything that can be read from it.

    `terms` is a list of terms of one's own, by default the `terms.txt` of the folder where there is one;
    `curated` are a person's decisions, by default the `curated.toml` of the folder. Terms that earlier
    builds had keep their identifiers, by the ledger of the folder. `jobs` processes share the work, 0 for
    one a core; with a `scheduler`, the address of a dask scheduler, its workers do, and must see the folder. The
    corpus is the same whatever their number.
    """
    folder = folder.resolve() if scheduler else folder
    with _working((folder,), jobs, progress, scheduler) as work:
        return _read(folder, terms, curated, Kept(work))


def _working(
    folders: tuple[Path, ...], jobs: int, progress: Progress, scheduler: str | None
) -> AbstractContextManager[Batches]:
    """Who works on the documents of the first folder; a cluster must see them all."""
    if scheduler:
        return on_cluster(scheduler, folders, progress)
    return batches(jobs, corpus_size(folders[0]), progress)


def _read(
    folder: Path, terms: Path | None, curated: Path | None, work: Kept, shelf: Shelf | None = None
) -> tuple[Source, Corpus]:
    source = read_corpus(folder, work, shelf)
    ledger = read_ledger(folder / LEDGER)
    own, decided = _own_terms(folder, terms), decisions(folder, curated)
    return source, identify(analyse(source, own, decided, work), ledger)


def decisions(folder: Path, curated: Path | None = None) -> tuple[Decision, ...]:
    """The decisions in the file `curated`, by default the `curated.toml` of the folder where there is one."""
    path = curated or folder / CURATED
    return () if curated is None and not path.exists() else read_decisions(path)


def _own_terms(folder: Path, terms: Path | None) -> Mapping[str, OwnTerm]:
    path = terms or folder / OWN_TERMS
    if terms is None and not path.exists():
        return {}
    try:
        return own_terms(decode(path.read_bytes(), str(path)))
    except OSError as error:
        raise KgError(
            f"{path}: cannot be read ({error.strerror}); give a text file, one term a line"
        ) from None


def curate(
    folder: Path,
    decision: Decision,
    curated: Path | None = None,
    terms: Path | None = None,
    check: bool = True,
) -> tuple[Verdict, ...]:
    """Put a decision into the file of a folder, if it applies to the documents there.

    It takes the place of an older one about the same thing. Gives the verdict on it, behind those on
    decisions that do not apply (any more); none where
    the documents are not to be read. Raises KgError where the decision cannot be used or
    does not apply, or the words that it quotes are not there; then nothing is written.
    """
    path = curated or folder / CURATED
    text = with_decisions(path, [decision])
    taken: tuple[Verdict, ...] = ()
    if check:
        source = read_corpus(folder)
        verdicts = analyse(source, _own_terms(folder, terms), parse_decisions(text, str(path))).verdicts
        mine = next(verdict for verdict in verdicts if verdict.decision == decision)
        if not mine.stands or (decision.quote and mine.note):
            raise KgError(f"{decision.do} {decision.term}: {mine.note}; nothing was written")
        taken = (*(verdict for verdict in verdicts if not verdict.stands), mine)
    save(path, text)
    return taken


def analyse(
    source: Source,
    own: Mapping[str, OwnTerm] | None = None,
    decisions: Sequence[Decision] = (),
    work: Kept | None = None,
) -> Corpus:
    """Documents that were read → their sections, definitions, concepts, mentions and states.

    Each document is surveyed, looked at again, read for names and traced by itself, as `work` does it; what lies
    between is of the whole corpus. A person's decisions act where the thing that they are about is made, and
    win. Where a label has several senses the first has the plain label as its id; `identify` gives those that last.
    """
    docs, work = source.documents, work or Kept()
    curation = Curation(docs, decisions)
    surveys = work.map(survey, [(doc,) for doc in docs], step="finding definitions")
    entries = curation.entries([entry for each in surveys for entry in each.entries])
    surveys = _without_rejected(surveys, entries)
    lexicon = curation.lexicon(
        build_lexicon(
            docs,
            entries,
            {**(own or {}), **curation.own_terms(entries)},
            curation.senses(),
            [each.clues for each in surveys],
            lambda sought: work.map(
                look_again,
                [(doc,) for doc in docs],
                sought,
                step="looking for lists",
                words=lambda seen: seen.shared,
            ),
        )
    )
    places = [(each.doc, each.sections, each.glossaries) for each in surveys]
    del surveys  # the clues have served, and weigh as much as the texts
    sections = tuple(section for _, own_sections, _ in places for section in own_sections)
    glossaries = tuple(glossary for *_, own_glossaries in places for glossary in own_glossaries)
    slots = lexicon.slots_by_document()
    names = work.map(
        find_names,
        places,
        make_finder(lexicon.lean()),
        step="finding mentions",
        basis=lambda row: slots.get(row[0].id),
    )
    hints = {doc.id: each.hints for doc, each in zip(docs, names, strict=True)}
    found = curation.mentions((m for each in names for m in each.mentions), lexicon.concepts)
    named = tuple(m for m in found if m.concept)
    concepts = curation.components(
        spell_out(Corpus(docs, sections, glossaries, lexicon.concepts, named), hints),
    )
    register, own_rows = make_register(concepts)
    by_doc: dict[str, list[Mention]] = {doc.id: [] for doc in docs}
    for mention in named:
        by_doc[mention.span.doc.id].append(mention)
    rows = [(*place, by_doc[place[0].id], own_rows.get(place[0].id)) for place in places]
    traces = work.map(
        trace,
        rows,
        register,
        Listings(concepts),
        step="finding references",
        basis=lambda row: (in_values(row[3]), row[4] and row[4].in_values()),
    )
    others = [mention for each in traces for mention in each.mentions]
    mentions = tuple(
        sorted(
            named + curation.mentions(others, concepts),
            key=lambda m: (m.span.doc.id, m.span.start, m.span.end, m.concept),
        )
    )
    steps = work.beside(find_steps, docs, places, mentions, work)  # most of the work, and of single reports
    tallies = [each.tally for each in traces]
    ties = find_ties(tallies, concepts)
    # each network by itself, while the rest goes on here
    standings = [
        work.later(find_standings, [tie for tie in ties if tie.unit == unit]) for unit in (SENTENCE, SECTION)
    ]
    undecided = tuple(m for m in found if not m.concept)
    concepts = glossed(concepts, mentions)
    states = find_states(docs, concepts, mentions, undecided)
    corpus = Corpus(docs, sections, glossaries, concepts, mentions, states, open=undecided)
    return replace(
        corpus,
        relations=curation.relations(find_relations(corpus, hints), concepts),
        subjects=find_subjects(sections, mentions),
        ties=ties,
        bridges=find_bridges(ties),
        communities=find_communities(concepts, tallies, ties),
        standings=tuple(standing for found in standings for standing in found()),
        steps=steps(),
        verdicts=curation.verdicts(concepts),
    )


def _without_rejected(surveys: Sequence[Survey], entries: Sequence[Entry]) -> list[Survey]:
    """The surveys with the definitions `entries` alone; where one is gone, the clues are other ones."""
    left: dict[str, list[Entry]] = {each.doc.id: [] for each in surveys}
    for entry in entries:
        left[entry.doc.id].append(entry)
    return [
        each
        if len(kept := left[each.doc.id]) == len(each.entries)
        else replace(each, entries=tuple(kept), clues=find_clues(each.doc, kept))
        for each in surveys
    ]


def build(
    folder: Path,
    output: Path,
    base: str = DEFAULT_BASE,
    progress: Progress = lambda step: None,
    terms: Path | None = None,
    curated: Path | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    mentions: str = "rdf",
    fresh: bool = False,
) -> Built:
    """The whole line: a folder of documents → glossary, graph, store, page, report and texts in `output`.

    `mentions` are in the graph ("rdf"), or in tables beside it ("parquet"). Where nothing has changed since the last
    build, nothing is done. What it kept of documents
    for which nothing has changed is used again, unless all is to be made `fresh`; the results are the same. The
    identifiers that were given are kept in the ledger of the folder, `identifiers.tsv`. Nothing else in `output`
    changes before everything has been made. Raises KgError where a document,
    the manifest or the folder cannot be used.
    """
    from kg.annotations import Recorded
    from kg.lifespans import lifespans
    from kg.network import term_network
    from kg.parquet import require_pyarrow
    from kg.readings import readings
    from kg.revisions import revisions
    from kg.store import MENTIONS, STORE, open_store
    from kg.timelines import histories
    from kg.trig import WRITING, write_files
    from kg.visual import left_beyond, write_html

    if output.resolve() == folder.resolve():
        raise KgError(f"{output}: results and documents cannot share a folder; give another --output")
    if mentions not in ("rdf", "parquet"):
        raise KgError(f"mentions can be kept as rdf or as parquet, and not as {mentions!r}")
    if apart := mentions == "parquet":
        require_pyarrow()
    iris = Iris(base)
    progress(READING)
    results = (TEXTS, MENTIONS, STORE, GLOSSARY, GRAPH, REPORT, NETWORK, PAGE)
    made_of = ingredients(folder, (terms or folder / OWN_TERMS, curated or folder / CURATED), base, apart)
    last, there = None if fresh else read_receipt(output / KEPT), stamps(output, results)
    if last and (last.ingredients, last.ledger, last.outputs) == (made_of, digest(folder / LEDGER), there):
        return replace(last.built, unchanged=last.built.documents, anew=False)
    if scheduler:
        folder, output = folder.resolve(), output.resolve()  # a worker stands elsewhere
    with workshop_in(output) as workshop:
        shelf = Shelf(workshop / TEXTS)
        with _working((folder, workshop), jobs, progress, scheduler) as work:
            kept = Kept(work, None if scheduler else output / KEPT, fresh)
            source, corpus = _read(folder, terms, curated, kept, shelf)
            progress(WRITING)
            tables = workshop / MENTIONS if apart else None
            parts = workshop / "graphs" if scheduler else None
            # another process has the memory that it takes; the workers of a cluster need not be able to open a store
            near, threads = Batches() if scheduler else work, jobs or cores()
            trusted = bool(last and last.vouches(there, GRAPH, STORE))
            with spooling(workshop / SPOOL) as spool:
                if not trusted:
                    loaded = near.later(load_store, workshop, threads)
                write_files(corpus, workshop / GRAPH, workshop / GLOSSARY, iris, tables, kept, parts, spool)
            progress("loading the store")
            if trusted:
                loaded = near.later(change_store, workshop, output, threads)
            (workshop / REPORT).write_text(
                render_report(corpus, source.notes), encoding="utf-8", newline="\n"
            )
            loaded()
            progress("drawing the page")
            written = near.later(write_network, workshop, _tie_rows(corpus, iris))
            store = open_store(workshop)
            known = histories(store)
            lives = lifespans(store, known=known)
            terms_of_lives = {row.timeline.iri for row in lives.rows}
            at_hand = Recorded((*corpus.mentions, *corpus.open), iris)
            network = term_network(store, source.title, keep=terms_of_lives, known=known, mentions=at_hand)
            read_on_page = readings(store, Texts(corpus.documents), mentions=at_hand)
            write_html(network, workshop / PAGE, read_on_page, lives, revisions(store))
            left = left_beyond(network)
            unread = sum(reading.text is None for reading in read_on_page)
            left_out = LeftOut(left.get("terms", 0), left.get("mentions", 0), unread)
            del store
            written()
        unkept = _keep_ledger(folder / LEDGER, corpus)
        for name in results:
            if name != MENTIONS or apart:
                move_in(workshop / name, output / name)
        if not apart:  # what an earlier build kept there
            shutil.rmtree(output / MENTIONS, ignore_errors=True)
    built = summarise(source, corpus, (curated or folder / CURATED).name, unkept, left_out, kept)
    write_receipt(output / KEPT, Receipt(made_of, digest(folder / LEDGER), stamps(output, results), built))
    return built


def load_store(output: Path, threads: int) -> None:
    """The store of a build, while its graph is written."""
    from kg.store import STORE, build_store

    with closing(Following(output / SPOOL)) as graphs:
        build_store(graphs, output / STORE, threads)


def change_store(output: Path, before: Path, threads: int) -> None:
    """The store of a build, of what differs from the build in the folder `before`."""
    from kg.renewal import renew_store
    from kg.store import STORE

    renew_store(output / GRAPH, output / STORE, before / STORE, before / GRAPH, threads)


def write_network(output: Path, ties: Iterable[tuple[str, str, str, int, float, float]]) -> None:
    """The network of a build as GraphML, beside its store, which has these ties."""
    from kg.graphml import write_graphml
    from kg.store import open_store

    write_graphml(open_store(output), output / NETWORK, ties)


def _tie_rows(corpus: Corpus, iris: Iris) -> list[tuple[str, str, str, int, float, float]]:
    """The ties of a corpus as a store that was made of it tells them."""
    term = {concept.id: iris.term(concept.id)[1:-1] for concept in corpus.concepts}
    return [
        (tie.unit, term[tie.one], term[tie.other], tie.together, tie.expected, tie.association)
        for tie in corpus.ties
    ]


def _keep_ledger(path: Path, corpus: Corpus) -> tuple[Note, ...]:
    """Write the identifiers that were given where something changed: before the results that name them are seen."""
    if read_ledger(path) == corpus.identifiers:
        return ()
    try:
        write_text(path, ledger_text(corpus.identifiers))
    except OSError as error:
        why = f"could not be written ({error.strerror}): identifiers may move in a later build"
        return (Note(LEDGER, f"{why}; make {path.parent} writable and build again"),)
    return ()
