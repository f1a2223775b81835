"""The glossary as a booklet to read and to print, by pinyin: what stands in it, and how Markdown writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from kg.citations import citation
from kg.exports.records import COMPONENT, Contents, Name, Part, Term, initial

_VOICES = {"editor": "编者释义", "government": "政府释义", "text": "正文"}
_STATUSES = {"official": "官方", "proposed": "建议", "rejected": "不采用"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition with its source, or, without a text, only a list; its components by group."""

    text: str
    source: str
    groups: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What the booklet says of a term."""

    term: Term
    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    part_of: tuple[str, ...]
    facts: tuple[str, ...]  #: other names, years


@dataclass(frozen=True, slots=True)
class Booklet:
    """The articles under their letters, and the references of the documents."""

    title: str
    preface: str
    letters: tuple[tuple[str, tuple[Article, ...]], ...]
    references: tuple[str, ...]


def booklet(contents: Contents) -> Booklet:
    """The articles of all terms, by pinyin."""
    titles = {document["id"]: document["title"] or document["id"] for document in contents.documents}
    labels = contents.labels()
    wholes: dict[str, list[str]] = {}
    for link in contents.relations:
        if link.type == COMPONENT:
            wholes.setdefault(link.other, []).append(labels[link.one])
    letters = tuple(
        (letter, tuple(_article(term, titles, tuple(wholes.get(term.iri, ()))) for term in terms))
        for letter, terms in groupby(contents.terms, key=initial)
    )
    defined = sum(bool(term.definitions or term.definition) for term in contents.terms)
    return Booklet(
        title=contents.title,
        preface=f"共收术语 {len(contents.terms)} 条，其中 {defined} 条有释义；出自文献 {len(contents.documents)} 篇，"
        "列于书末。按汉语拼音排列，以数字开头的列于最后。",
        letters=letters,
        references=tuple(citation(document) for document in contents.documents),
    )


def _article(term: Term, titles: dict[str, str], part_of: tuple[str, ...]) -> Article:
    told = [
        Meaning(each.text, _source(titles.get(each.document, each.document), each.voice), _groups(each.parts))
        for each in term.definitions
    ]
    if term.definition and all(each.text != term.definition for each in told):
        told.insert(0, Meaning(term.definition, "", ()))
    told += [
        Meaning("", _source(titles.get(each.document, each.document), "text"), _groups(each.parts))
        for each in term.listings
    ]
    facts = [f"又称 {'、'.join(term.aliases)}"] if term.aliases else []
    if term.first is not None:
        span = str(term.first) if term.first == term.last else f"{term.first}–{term.last}"
        facts.append(f"{span}，{term.mentions} 次" if term.mentions else span)
    if term.role == "candidate":
        facts.append("用而未释")
    return Article(term, tuple(_name(name) for name in term.names), tuple(told), part_of, tuple(facts))


def _groups(parts: tuple[Part, ...]) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    return tuple((group, tuple(members)) for group, members in groupby(parts, key=lambda part: part.group))


def _source(title: str, voice: str) -> str:
    return f"{title}，{_VOICES[voice]}" if voice in _VOICES else title


def _name(name: Name) -> str:
    told = [_STATUSES.get(name.status, name.status), name.source, str(name.year or "")]
    if name.year and str(name.year) in name.source:
        told.pop()
    known = "，".join(each for each in told if each)
    return f"{name.text}（{known}）" if known else name.text


def markdown(contents: Contents) -> bytes:
    """The booklet in Markdown (CommonMark)."""
    made = booklet(contents)
    lines = [f"# {escaped(made.title)}", made.preface]
    for letter, articles in made.letters:
        lines.append(f"## {letter if letter != '#' else '数字及其他'}")
        for article in articles:
            lines += _in_markdown(article)
    lines.append("## 文献")
    lines += ["\n".join(f"{n}. {escaped(each)}" for n, each in enumerate(made.references, start=1))]
    return ("\n\n".join(line for line in lines if line) + "\n").encode("utf-8")


def _in_markdown(article: Article) -> list[str]:
    term = article.term
    lines = [f"### {escaped(term.label)}" + (f" *{escaped(term.pinyin)}*" if term.pinyin else "")]
    lines += [f"**{escaped(name)}**" for name in article.names]
    for meaning in article.meanings:
        if meaning.text:
            lines.append(escaped(meaning.text))
        for group, parts in meaning.groups:
            items = "；".join(escaped(part.text) + _gloss(part) for part in parts)
            lines.append(f"- {'**' + escaped(group) + '** ' if group else ''}{items}")
        if meaning.source:
            lines.append(f"> —— {escaped(meaning.source)}")
    if article.part_of:
        lines.append("见 " + "、".join(escaped(whole) for whole in article.part_of))
    if article.facts:
        lines.append(f"*{escaped('；'.join(article.facts))}*")
    return lines


def _gloss(part: Part) -> str:
    return f"（{escaped(part.gloss)}）" if part.gloss else ""


_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])|^(\d+)([.)])|^([-+])", re.MULTILINE)


def escaped(text: str) -> str:
    r"""A text in which nothing is a mark of Markdown, on one line.

    >>> escaped("1. 5*3")
    '1\\. 5\\*3'
    """
    one = " ".join(text.split("\n"))
    return _MARKS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[4]}", one)
