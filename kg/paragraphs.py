"""The text of TriG and Turtle: one subject a paragraph, one value a line, all sorted by code point.

The same statements are always the same bytes, and a difference between two files shows what was added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from kg.namespaces import PREFIXES, RDF
from kg.statements import NamedGraph, Statement

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


def outdented(text: str) -> str:
    """Paragraphs of TriG as paragraphs of Turtle, two spaces to the left; no literal has a line feed of its own."""
    return text.replace("\n  ", "\n")


def block(name: str, paragraphs: str) -> str:
    """A graph in TriG, the default one without a name; nothing where it says nothing."""
    return f"\n{name}{' ' if name else ''}{{{paragraphs}}}\n" if paragraphs else ""


def in_order(graph: NamedGraph) -> Iterator[tuple[str, str]]:
    """The IRIs of the subjects of `graph`, sorted, each with its paragraph."""
    for subject, statements in sorted(graph.said.items(), key=lambda item: bare(item[0])):
        if statements:
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


def runs(file: IO[bytes], size: int) -> Iterator[bytes]:
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


def told(file: IO[bytes]) -> Iterator[tuple[tuple[bytes, bytes], bytes]]:
    """The paragraphs of TriG that was written here, from behind its prefixes on, each behind its graph and its subject.

    Both are without brackets, and come in their order. Raises `ValueError` where they do not.

    >>> from io import BytesIO
    >>> both = BytesIO(block("<one>", "".join(paragraph(f"<{name}>", [("kg:end", "2")]) for name in "ab")).encode())
    >>> list(told(both))
    [((b'one', b'a'), b'  <a>\\n    kg:end 2 .'), ((b'one', b'b'), b'  <b>\\n    kg:end 2 .')]
    """
    graph, before = b"", (b"", b"")
    for stretch in _stretches(file, 1 << 20):
        for text in stretch.strip(b"\n").split(b"\n\n"):
            if text.startswith(b"<"):
                name, _, text = text.partition(b" {\n")
                graph = name[1:-1]
            key = graph, text[3 : text.index(b">\n")]
            if key <= before:
                raise ValueError(f"{key} stands behind {before}")
            before = key
            yield key, text.removesuffix(b"\n}")


def _stretches(file: IO[bytes], size: int) -> Iterator[bytes]:
    """Stretches of about `size` bytes that end where a paragraph ends."""
    while stretch := file.read(size):
        stretch += file.readline()
        while (line := file.readline()) not in (b"", b"\n"):
            stretch += line
        yield stretch
