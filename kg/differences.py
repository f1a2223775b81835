"""Two builds, or two files of a graph, told apart: by their terms, and statement by statement.

Both are read as streams. Of a term only what the comparison needs is kept; statements are sorted outside of memory.
The data has no blank nodes, so that the difference of two graphs is the difference of two sets of lines.
"""

from __future__ import annotations

import heapq
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice, repeat
from operator import itemgetter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import KgError
from kg.namespaces import PREFIXES

_CHUNK = 100_000  #: statements that are sorted in memory at a time


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a term. A term can be renamed and redefined: that is two changes."""

    change: str  #: new, gone, renamed or redefined
    term: str  #: its label; of one that is gone the one it had
    iri: str
    was: str | None = None  #: of a renamed one: the label before
    replaced_by: tuple[str, ...] = ()  #: of one that is gone: the labels of what took its place
    added: tuple[str, ...] = ()  #: components
    dropped: tuple[str, ...] = ()
    definitions_added: tuple[str, ...] = ()  #: texts that define it now, and did not
    definitions_dropped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    """What a graph says of a term, as far as it is compared."""

    label: str = ""
    definitions: set[str] = field(default_factory=set)
    components: set[str] = field(default_factory=set)


def changes(old: Path, new: Path) -> list[Change]:
    """The terms that are new, gone, renamed and redefined from `old` to `new`: folders of builds, or files of a graph.

    A term is renamed when its identifier has another label, or when one that was not there replaces it. It is redefined
    when other texts define it or its lists have other components. Raises `KgError` where one of both cannot be read.
    """
    (before, _), (after, heirs) = (_terms(path) for path in _files(old, new))
    found = []
    moved: dict[str, str] = {}  # what is new, and the one that it replaces
    for iri in sorted(before.keys() - after.keys()):
        by = [heir for heir in _heirs(iri, heirs) if heir in after]
        fresh = [heir for heir in by if heir not in before and heir not in moved]
        if len(by) == len(fresh) == 1:
            moved[fresh[0]] = iri
        else:
            labels = tuple(sorted(after[heir].label for heir in by))
            found.append(Change("gone", before[iri].label, iri, replaced_by=labels))
    for iri, told in after.items():
        known = before.get(moved.get(iri, iri))
        if known is None:
            found.append(Change("new", told.label, iri))
            continue
        if known.label != told.label or iri in moved:
            found.append(Change("renamed", told.label, iri, was=known.label))
        if known.definitions != told.definitions or known.components != told.components:
            found.append(
                Change(
                    "redefined",
                    told.label,
                    iri,
                    added=tuple(sorted(told.components - known.components)),
                    dropped=tuple(sorted(known.components - told.components)),
                    definitions_added=tuple(sorted(told.definitions - known.definitions)),
                    definitions_dropped=tuple(sorted(known.definitions - told.definitions)),
                )
            )
    order = ("new", "gone", "renamed", "redefined")
    return sorted(found, key=lambda change: (order.index(change.change), change.term, change.iri))


def patch(old: Path, new: Path) -> Iterator[str]:
    """What makes `new` of `old`, as lines of an RDF Patch: D a statement to delete, A one to add; sorted.

    Nothing comes where nothing differs. Raises `KgError` where one of both cannot be read.
    """
    with ExitStack() as stack:
        old_file, new_file = _files(old, new)
        deleted = zip(_sorted_lines(old_file, stack), repeat("D"))
        added = zip(_sorted_lines(new_file, stack), repeat("A"))
        first = True
        for line, both in groupby(heapq.merge(added, deleted), key=itemgetter(0)):
            signs = {sign for _, sign in both}
            if len(signs) == 1:
                if first:
                    yield "TX ."
                first = False
                yield f"{signs.pop()} {line}"
        if not first:
            yield "TC ."


def _files(*paths: Path) -> list[Path]:
    """The files to compare: of a folder its graph.trig, or where one side has no more than that, its glossary.ttl."""
    small = any(
        path.suffix == ".ttl" or (path.is_dir() and not (path / "graph.trig").exists()) for path in paths
    )
    name = "glossary.ttl" if small else "graph.trig"
    files = [path / name if path.is_dir() else path for path in paths]
    for path, file in zip(paths, files, strict=True):
        if not file.exists():
            what = (
                f"run `kg build --output {path}` first"
                if path.is_dir()
                else "give a build or a file of a graph"
            )
            raise KgError(f"there is no {file}: {what}")
        if RdfFormat.from_extension(file.suffix.removeprefix(".")) is None:
            raise KgError(f"{file}: no graph; give a folder of a build, or a .ttl, .trig, .nt or .nq file")
    return files


def _quads(file: Path) -> Iterator[Quad]:
    try:
        yield from parse(path=str(file), format=RdfFormat.from_extension(file.suffix.removeprefix(".")))
    except SyntaxError as error:
        raise KgError(f"{file} cannot be read: {' '.join(str(error.msg).split())}") from None
    except OSError as error:
        raise KgError(f"{file} cannot be read: {error}") from None


def _named(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


_TYPE, _TERM, _LABEL, _VALUE = (
    _named(name) for name in ("rdf:type", "kg:Term", "skos:prefLabel", "rdf:value")
)
_DEFINES, _LISTS, _SLOT = (_named(name) for name in ("kg:defines", "kg:listingOf", "kg:slot"))
_REPLACED = _named("dct:isReplacedBy")
_NEEDED = {_LABEL, _VALUE, _DEFINES, _LISTS, _SLOT, _REPLACED}


def _terms(file: Path) -> tuple[dict[str, _Told], dict[str, set[str]]]:
    """The terms of a graph by IRI, and of what is gone what took its place."""
    said: dict[NamedNode, defaultdict[str, set[str]]] = {name: defaultdict(set) for name in _NEEDED}
    terms: dict[str, _Told] = {}
    for quad in _quads(file):
        if quad.predicate in _NEEDED and not _is_foreign(quad.object):
            said[quad.predicate][quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]
        elif quad.predicate == _TYPE and quad.object == _TERM:
            terms[quad.subject.value] = _Told()  # type: ignore[union-attr]
    for iri, told in terms.items():
        told.label = min(said[_LABEL][iri], default=iri)
    for lists in (_DEFINES, _LISTS):
        for each, owners in said[lists].items():
            for told in (terms[iri] for iri in owners if iri in terms):
                told.components |= {text for slot in said[_SLOT][each] for text in said[_VALUE][slot]}
                told.definitions |= said[_VALUE][each]
    return terms, said[_REPLACED]


def _is_foreign(value: object) -> bool:
    """Whether a value is text of another language than the documents': a term is told by its own label."""
    return isinstance(value, Literal) and bool(value.language) and not str(value.language).startswith("zh")


def _heirs(iri: str, heirs: dict[str, set[str]]) -> list[str]:
    """What took the place of a term, maybe by way of others that are gone too; in order."""
    found: list[str] = []
    ways = [iri]
    while ways:
        fresh = sorted(heirs.get(ways.pop(), set()) - {*found, iri})
        found += fresh
        ways += fresh
    return sorted(found)


def _sorted_lines(file: Path, stack: ExitStack) -> Iterator[str]:
    """The statements of a file as N-Quads without their line ends, sorted; a chunk at a time lies in memory."""
    quads = _quads(file)
    chunks: list[Iterable[str]] = []
    while lines := _lines(islice(quads, _CHUNK)):
        if len(lines) == _CHUNK:
            aside = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115, the stack closes it
            aside.writelines(f"{line}\n" for line in sorted(lines))
            aside.seek(0)
            chunks.append(line.rstrip("\n") for line in aside)
        else:
            chunks.append(sorted(lines))
    return iter(heapq.merge(*chunks))


_LANGUAGE = re.compile(r'(?<=[^\\]")@[a-z0-9-]+(?= )')


def _lines(quads: Iterable[Quad]) -> list[str]:
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode("utf-8")
    return [line for line in _LANGUAGE.sub(_tag, text).split("\n") if line]


def _tag(match: re.Match[str]) -> str:
    """A language tag as it is usually written (RFC 5646, 2.1.1): the library gives it in small letters.

    >>> _LANGUAGE.sub(_tag, '<s> <p> "六稳"@zh-hans <g> .')
    '<s> <p> "六稳"@zh-Hans <g> .'
    """
    return _written(match[0])


@cache
def _written(tag: str) -> str:
    first, *rest = tag.split("-")
    forms = {2: str.upper, 4: str.title}
    return "-".join([first, *(forms.get(len(part), str.lower)(part) for part in rest)])
