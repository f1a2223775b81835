"""A glossary as tables: what spreadsheets show, and what comes back from them is held against.

A table is a list of columns and rows of text. Some columns may be changed by a person; the others are there
to be read. Each row of `terms` and `components` carries a check: what the columns that may be changed held when
it was exported, so that a later build is not taken for a person's correction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.citations import citation
from kg.exports.records import COMPONENT, Contents, Listed, Name, Term

Cell: TypeAlias = str | int | float
Row: TypeAlias = Mapping[str, Cell]

#: The types of a link that a person may make; one to a component is made in a list of components.
RELATION_TYPES = ("variant", "successor", "abbreviation", "part", "builds-on", "homonym", "co-mentioned")
STATUSES = ("official", "proposed", "rejected")  #: of an English name
SEPARATOR = " | "  #: between the values of a cell that has several


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its name in Chinese, what it holds, how wide it is (in characters), who may change it."""

    name: str
    chinese: str
    what: str
    width: int = 12
    editable: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its name in Chinese, its columns, its rows."""

    name: str
    chinese: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


NAME_COLUMNS = (
    Column("english", "英文", "the English name", 34, True),
    Column("status", "状态", "of the English name", 11, True, STATUSES),
    Column("source", "译名出处", "where the English name is from", 26, True),
    Column("year", "译名年份", "the year of the English name", 9, True),
)
_ID = Column("id", "标识", "the identifier of the term; a new row has none", 44)
_CHECK = Column("check", "校验", "what was exported; leave it as it is", 10)
_COMPONENTS = Column("components", "要素", f"what the term counts, with “{SEPARATOR}” between", 40, True)

TERMS = (
    Column("term", "术语", "the term", 24),
    Column("pinyin", "拼音", "for finding it; some readings may be wrong", 22),
    *NAME_COLUMNS,
    Column("definition", "释义", "for tools that show one; yours, where you write another", 60, True),
    Column("aliases", "别名", f"other names, with “{SEPARATOR}” between", 22, True),
    Column("role", "类别", "slogan (explained), candidate (used, never explained) or component", 11),
    Column("numeral", "数目", "how it counts", 9),
    Column("subjects", "领域", "the fields of government it is said in", 16),
    Column("mentions", "次数", "how often full texts name it", 9),
    Column("first", "首年", "the first year in which it is seen", 7),
    Column("last", "末年", "the last year in which it is seen", 7),
    _ID,
    _CHECK,
)
NAMES = (Column("term", "术语", "the term", 24), *NAME_COLUMNS, _ID)
DEFINITIONS = (
    Column("term", "术语", "the term", 24),
    Column("definition", "释义", "the words of the document", 80),
    Column("document", "文献", "the id of the document", 34),
    Column("year", "年份", "of the document", 7),
    Column("voice", "释义者", "editor, government or text", 11),
    Column("headword", "词头", "as it stands in the text", 24),
    Column("numeral", "数目", "how the term counts", 9),
    Column("expected", "应有", "how many components the numeral promises", 8),
    Column("listed", "实列", "how many it lists", 8),
    Column("agrees", "相合", "whether both agree", 8),
    Column("id", "标识", "the identifier of the definition", 44),
)
COMPONENTS = (
    Column("term", "术语", "the term", 24),
    Column("position", "序号", "the place in the list", 7),
    Column("group", "分组", "三去, 一降, 一补", 12),
    Column("component", "要素", "what the term counts", 34, True),
    Column("gloss", "解释", "what the document says of the component", 50),
    Column("document", "文献", "the document that lists it", 34),
    Column("year", "年份", "of the document", 7),
    Column("list", "列表", "the identifier of the definition or list", 44),
    _ID,
    _CHECK,
)
RELATIONS = (
    Column("from", "术语", "the term that the link leads from", 24, True),
    Column("relation", "关系", "the type of the link", 14, True, RELATION_TYPES),
    Column("to", "相关术语", "the term that it leads to", 24, True),
    Column("confidence", "可信度", "from 0 to 1", 9),
    Column("evidence", "依据", "the words that bear it out", 60),
    Column("documents", "文献", "where they stand", 34),
    Column("from id", "标识", "the identifier of the first term", 44),
    Column("to id", "相关标识", "the identifier of the second term", 44),
)
SOURCES = (
    Column("document", "文献", "the id of the document", 34),
    Column("title", "题名", "its title", 44),
    Column("kind", "类型", "report, annotated, abridgement, other", 12),
    Column("year", "年份", "the year of the report", 7),
    Column("issuer", "发布机关", "who issued it", 20),
    Column("date", "日期", "when it was given", 12),
    Column("speaker", "报告人", "who gave it", 12),
    Column("session", "会议", "where it was given", 40),
    Column("publisher", "出版者", "who published it", 20),
    Column("url", "网址", "where it can be read", 30),
    Column("citation", "引文", "the reference after GB/T 7714—2015", 70),
)


def terms(contents: Contents, first_name_only: bool = False) -> Table:
    """One row a term. A workbook has a term's first English name here, the others and all components on sheets."""
    columns: tuple[Column, ...] = TERMS
    if not first_name_only:
        place = TERMS.index(next(c for c in TERMS if c.name == "aliases")) + 1
        columns = (*TERMS[:place], _COMPONENTS, *TERMS[place:])
    rows = []
    for term in contents.terms:
        shown = term.names[:1] if first_name_only else term.names
        told: dict[str, Cell] = {
            "term": term.label,
            "pinyin": term.pinyin,
            **name_cells(shown),
            "definition": term.definition,
            "aliases": SEPARATOR.join(term.aliases),
            "components": SEPARATOR.join(main_list(term)),
            "role": term.role,
            "numeral": term.numeral,
            "subjects": "、".join(term.subjects),
            "mentions": term.mentions,
            "first": term.first or "",
            "last": term.last or "",
            "id": term.iri,
        }
        told["check"] = f"{check(term)}-{digest(read_only(told))}"
        rows.append({column.name: told[column.name] for column in columns})
    return Table("terms", "术语", columns, tuple(rows))


def further_names(contents: Contents) -> Table:
    """The English names of a term behind its first, one a row."""
    rows = [
        {"term": term.label, **name_cells([name]), "id": term.iri}
        for term in contents.terms
        for name in term.names[1:]
    ]
    return Table("names", "英文名", NAMES, tuple(rows))


def definitions(contents: Contents) -> Table:
    """One row a definition, the words of its document."""
    rows = [
        {
            "term": term.label,
            "definition": told.text,
            "document": told.document,
            "year": told.year or "",
            "voice": told.voice,
            "headword": told.headword,
            "numeral": told.numeral,
            "expected": told.expected or "",
            "listed": len(told.parts),
            "agrees": {True: "yes", False: "no", None: ""}[told.agrees],
            "id": told.iri,
        }
        for term in contents.terms
        for told in term.definitions
    ]
    return Table("definitions", "释义", DEFINITIONS, tuple(rows))


def components(contents: Contents) -> Table:
    """One row a component of a list."""
    rows = [
        {
            "term": term.label,
            "position": position,
            "group": part.group,
            "component": part.text,
            "gloss": part.gloss,
            "document": told.document,
            "year": told.year or "",
            "list": told.iri,
            "id": term.iri,
            "check": digest(texts(told)),
        }
        for term in contents.terms
        for told in (*term.definitions, *term.listings)
        for position, part in enumerate(told.parts, start=1)
    ]
    return Table("components", "要素", COMPONENTS, tuple(rows))


def relations(contents: Contents, with_components: bool = True) -> Table:
    """One row a link between two terms; those to components are of the type “component”."""
    labels = contents.labels()
    rows: list[Row] = [
        {
            "from": labels[link.one],
            "relation": link.type,
            "to": labels[link.other],
            "confidence": "" if link.confidence is None else link.confidence,
            "evidence": SEPARATOR.join(words.replace("\n", " ") for words in link.evidence),
            "documents": SEPARATOR.join(link.documents),
            "from id": link.one,
            "to id": link.other,
        }
        for link in contents.relations
        if with_components or link.type != COMPONENT
    ]
    return Table("relations", "关系", RELATIONS, tuple(rows))


def sources(contents: Contents) -> Table:
    """One row a document, with its reference."""
    rows = [
        {
            "document": document["id"],
            "citation": citation(document),
            **{
                column.name: document.get(column.name) or ""
                for column in SOURCES
                if column.name not in ("document", "citation")
            },
        }
        for document in contents.documents
    ]
    return Table("sources", "文献", SOURCES, tuple(rows))


def name_cells(names: Sequence[Name]) -> dict[str, Cell]:
    """English names as the cells of a row; what is not known of one of several leaves its place empty."""
    if not names:
        return {column.name: "" for column in NAME_COLUMNS}
    if len(names) == 1:
        (name,) = names
        return {"english": name.text, "status": name.status, "source": name.source, "year": name.year or ""}
    return {
        "english": SEPARATOR.join(name.text for name in names),
        "status": SEPARATOR.join(name.status for name in names),
        "source": SEPARATOR.join(name.source for name in names),
        "year": SEPARATOR.join(str(name.year or "") for name in names),
    }


def texts(told: Listed) -> tuple[str, ...]:
    """The components of a list as they stand in the text."""
    return tuple(part.text for part in told.parts)


def main_list(term: Term) -> tuple[str, ...]:
    """The components that stand for the term where there is place for one list."""
    return texts(term.lists[0]) if term.lists else ()


#: What of a term a person may change, in the order of its check.
FIELDS = ("names", "definition", "aliases", "components")


def field(term: Term, name: str) -> tuple[str, ...]:
    """What a term holds of one of the `FIELDS`, as texts that can be compared."""
    if name == "names":
        return names_field(term.names)
    if name == "definition":
        return (term.definition,)
    return tuple(sorted(term.aliases)) if name == "aliases" else main_list(term)


def names_field(names: Iterable[Name]) -> tuple[str, ...]:
    """English names as texts that can be compared."""
    return tuple(sorted(f"{n.text}\t{n.status}\t{n.source}\t{n.year or ''}" for n in names))


def check(term: Term) -> str:
    """What the fields of a term hold, in six digits each; a table adds the cells that are there to be read."""
    return "-".join(digest(field(term, name)) for name in FIELDS)


def read_only(row: Row) -> tuple[str, ...]:
    """The cells of a row of `terms` that nobody may change, as texts."""
    return tuple(
        str(row.get(column.name, ""))
        for column in TERMS
        if not column.editable and column not in (_ID, _CHECK)
    )


def digest(held: Iterable[str]) -> str:
    """Texts in six hexadecimal digits: enough to see that they were changed.

    >>> digest(["稳就业", "稳金融"])
    'e1a10f'
    """
    return hashlib.sha256("\n".join(held).encode()).hexdigest()[:6]
