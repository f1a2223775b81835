"""The text of TriG and Turtle: one subject a paragraph, one value a line, all sorted by code point.

The same statements are always the same bytes, and a difference between two files shows what was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Protocol

from kg.namespaces import PREFIXES, RDF
from kg.statements import NamedGraph, Statement


class Readable(Protocol):
    """What is read of a file here; one that is being written can be followed so."""

    def read(self, size: int, /) -> bytes: ...
    def readline(self) -> bytes: ...


_TOGETHER = 1000  #: paragraphs of one kind
_STRETCH = 1 << 20  #: bytes of a file that are read at once

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))


def paragraph(subject: str, statements: Iterable[Statement]) -> str:
    """What is said of a subject, as a paragraph of a named graph in TriG.

    >>> print(paragraph("<a>", [("kg:end", "2"), ("a", "kg:Term"), ("a", "skos:Concept")]))
    <BLANKLINE>
      <a>
        a kg:Term,
          skos:Concept ;
        kg:end 2 .
    <BLANKLINE>
    """
    ordered = sorted(set(statements))
    if ordered[0][0] < RDF.type:  # an IRI without a prefix, which no statement of the program has
        ordered.sort(key=lambda statement: (statement[0] != RDF.type, statement))
    text, before = f"\n  {subject}\n", ""
    for verb, value in ordered:
        if verb == before:
            text += f",\n      {value}"
        elif before:
            text += f" ;\n    {verb} {value}"
        else:
            text += f"    {verb} {value}"
        before = verb
    return text + " .\n"


def values(terms: Iterable[str]) -> str:
    """What a verb is said with, in a paragraph."""
    return ",\n      ".join(sorted(set(terms)))


def outdented(text: str) -> str:
    """Paragraphs of TriG as paragraphs of Turtle, two spaces to the left; no literal has a line feed of its own."""
    return text.replace("\n  ", "\n")


def block(name: str, paragraphs: str) -> str:
    """A graph in TriG, the default one without a name; nothing where it says nothing."""
    return f"\n{name}{' ' if name else ''}{{{paragraphs}}}\n" if paragraphs else ""


def in_order(graph: NamedGraph) -> Iterator[tuple[str, str]]:
    """The IRIs of the subjects of `graph`, sorted, each with its paragraph; those of a whole kind by the thousand,
    with the IRI of the first."""
    kinds = {min(things): kind for kind in graph.kinds for things in kind[:1]}
    for subject in sorted([*graph.said, *kinds], key=bare):
        if subject in kinds:
            things, written = kinds[subject]
            ordered = sorted(things)
            for start in range(0, len(ordered), _TOGETHER):
                some = ordered[start : start + _TOGETHER]
                yield bare(some[0]), "".join([written(iri, things[iri]) for iri in some])
        elif statements := graph.said[subject]:
            yield bare(subject), paragraph(subject, statements)


def bare(subject: str) -> str:
    """An IRI without its brackets, as subjects and graphs are sorted."""
    return subject[1:-1]


def read(text: str) -> Iterator[tuple[str, str, str]]:
    """The statements in paragraphs of Turtle that were written here: subject, predicate and value of each.

    >>> list(read(outdented(paragraph("<a>", [("a", "kg:Term"), ("kg:end", "2")]))))
    [('<a>', 'a', 'kg:Term'), ('<a>', 'kg:end', '2')]
    """
    subject = verb = ""
    for line in text.split("\n"):
        if line.startswith("  "):
            value = line[4:]
            if not line.startswith("    "):
                verb, _, value = line[2:].partition(" ")
            yield subject, verb, value[:-1] if value.endswith(",") else value[:-2]
        elif line:
            subject = line


def runs(file: Readable, size: int) -> Iterator[bytes]:
    r"""TriG that was written here, from behind its prefixes on, in runs of about `size` bytes, each TriG by itself.

    A run ends where a paragraph ends; a graph that goes on is opened again in the next one.

    >>> from io import BytesIO
    >>> told = "".join(paragraph(f"<{name}>", [("kg:end", "2")]) for name in "ab")
    >>> both = BytesIO(block("<one>", told).encode())
    >>> [run.decode().removeprefix(HEAD).split() for run in runs(both, 1)]
    [['<one>', '{', '<a>', 'kg:end', '2', '.', '}'], ['<one>', '{', '<b>', 'kg:end', '2', '.', '}']]
    """
    name = b""  # of the graph that goes on
    for stretch in _stretches(file, size):
        text = b"\n" + name + stretch
        opened = text.rfind(b" {\n")
        goes_on = text.find(b"\n}\n", opened) < 0
        name = text[text.rfind(b"\n", 0, opened) + 1 : opened + 3] if goes_on else b""
        yield HEAD.encode() + text + (b"}\n" if goes_on else b"")


class Paragraphs:
    """The paragraphs of TriG that was written here, from behind its prefixes on, one after the other.

    Raises `ValueError` where they do not come in their order.

    >>> from io import BytesIO
    >>> both = BytesIO(block("<one>", "".join(paragraph(f"<{name}>", [("kg:end", "2")]) for name in "ab")).encode())
    >>> told = Paragraphs(both)
    >>> told.key, told.take(), told.key, told.take(), told.key
    ((b'one', b'a'), b'  <a>\\n    kg:end 2 .', (b'one', b'b'), b'  <b>\\n    kg:end 2 .', ())
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._stretches = (stretch.strip(b"\n") for stretch in _stretches(file, _STRETCH))
        self._text, self._at = b"", 0
        self._graph = b""
        self.key: tuple[
            bytes, ...
        ] = ()  #: graph and subject of the next one, without brackets; empty at the end
        self._next()

    def take(self) -> bytes:
        """The next paragraph."""
        end = self._end()
        start = self._text.index(b"  <", self._at, end)
        found = self._text[start:end].removesuffix(b"\n}")
        self._at = end + 2
        self._next()
        return found

    def skip(self, other: Paragraphs) -> None:
        """Pass over what both have in common from here on, as far as it is at hand: by far the most."""
        while self.key and self.key == other.key:
            end = self._text.rfind(b"\n\n", self._at, self._at + self._alike(other))
            if end < 0:
                return
            passed, opened = end - self._at, self._text.rfind(b"> {\n", self._at, end)
            if opened >= 0:
                self._graph = other._graph = self._text[
                    self._text.rindex(b"<", self._at, opened) + 1 : opened
                ]
            for each in (self, other):
                each._at += passed + 2
                each._next()

    def _alike(self, other: Paragraphs) -> int:
        """How many bytes are surely alike; nearly all that are."""
        size, step = 0, 1 << 10
        most = min(len(self._text) - self._at, len(other._text) - other._at)
        while size < most and step >= 1 << 6:
            mine, theirs = self._at + size, other._at + size
            if self._text[mine : mine + step] == other._text[theirs : theirs + step]:
                size, step = size + step, step * 2
            else:
                step //= 4
        return min(size, most)

    def _end(self) -> int:
        end = self._text.find(b"\n\n", self._at)
        return len(self._text) if end < 0 else end

    def _next(self) -> None:
        before = self.key
        if self._at >= len(self._text):
            self._text, self._at = next(self._stretches, b""), 0
        if not self._text:
            self.key = ()
            return
        start = self._at
        if self._text.startswith(b"<", start):
            opened = self._text.index(b"> {\n", start)
            self._graph, start = self._text[start + 1 : opened], opened + 4
        self.key = self._graph, self._text[start + 3 : self._text.index(b">\n", start)]
        if self.key <= before:
            raise ValueError(f"{self.key} stands behind {before}")


def _stretches(file: Readable, size: int) -> Iterator[bytes]:
    """Stretches of about `size` bytes that end where a paragraph ends."""
    while stretch := file.read(size):
        lines = [stretch, file.readline()]
        while (line := file.readline()) not in (b"", b"\n"):
            lines.append(line)
        yield b"".join(lines)
