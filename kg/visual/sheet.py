"""Lives of slogans → one HTML file: a row a slogan, a column a year.

`years.html.jinja` and `years.css` beside this module are its table, which the graph page has too;
`sheet.html.jinja` and `sheet.css` make a page of it. It needs no JavaScript: what a cell says stands in
it, and in full words in its `title`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.files import write_text
from kg.lifespans import Document, Lifespan, Lifespans, Succession
from kg.model import KgError
from kg.resources import resource
from kg.timelines import PRESENCES, YearOf
from kg.visual.contents import words
from kg.visual.offline import environment, policy

RATES = (1, 2, 4)  #: mentions per 10,000 characters from which a cell is a shade deeper
FEW_YEARS = 16  #: up to so many, each has its four digits; more share the name of their decade


@dataclass(frozen=True, slots=True)
class Column:
    """A year, what there is of it (`full`, `digest` or `none`), and the names of these documents."""

    year: int
    kind: str
    names: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A slogan in a year: its classes in the style sheet, its number or its sign, and all of it in words.

    A sign is told by its name in words.toml.
    """

    look: str
    text: str
    sign: str
    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """A succession; `sign` is a name in words.toml, `address` None where the other slogan is not on the sheet."""

    sign: str
    label: str
    iri: str
    address: str | None
    year: int | None
    change: str


@dataclass(frozen=True, slots=True)
class Row:
    """A slogan with its cells; its look is `kin` where a neighbour is of its family, with `head` for the first."""

    iri: str
    address: str
    look: str
    label: str
    defined: bool
    years: str
    title: str
    cells: tuple[Cell, ...]
    links: tuple[Link, ...]


def write_sheet(told: Lifespans, path: Path) -> None:
    """Writes the sheet of lives to `path`; a file that was there stays whole until it is replaced.

    Raises `KgError` where there is nothing to draw, or where the file cannot be written.
    """
    if not told.rows:
        raise KgError(
            "no slogan of this build is defined or seen in the full texts of two years: there is no life to draw"
        )
    if path.is_dir():
        raise KgError(f"{path}: is a folder; give the name of a file in it")
    text = render_sheet(told)
    try:
        write_text(path, text)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --file") from error


def render_sheet(told: Lifespans) -> str:
    """The sheet of lives: one HTML document that asks nothing of the outside world.

    The same lives give the same text.
    """
    light, dark = (
        "".join(resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in names)
        for names in (("sheet", "years"), ("sheet-dark", "years-dark"))
    )
    styles = [light + widths(told), dark]
    spoken = words()
    return (
        environment()
        .get_template("sheet.html.jinja")
        .render(
            policy=policy(styles),
            styles=styles,
            lives=sheet_context(told),
            words=spoken,
            word={name: both[0] for name, both in spoken.items()},
            spoken="words-both.html.jinja",
        )
    )


def sheet_context(told: Lifespans) -> dict[str, Any]:
    """What the templates of the sheet call `lives`."""
    columns = [_column(year, told.documents) for year in told.years]
    addresses = {row.timeline.iri: _address(row) for row in told.rows}
    return {
        "columns": columns,
        "decades": _decades(columns) if len(columns) > FEW_YEARS else [],
        "rows": [
            _row(row, look, addresses) for row, look in zip(told.rows, _kinship(told.rows), strict=True)
        ],
        "told": told,
        "texts": [doc for doc in told.documents if not doc.digest and doc.year],
        "digests": [doc for doc in told.documents if doc.digest and doc.year],
        "undated": [doc for doc in told.documents if not doc.year],
        "lacking": _runs([column.year for column in columns if column.kind != "full"]),
        "rates": RATES,
    }


def _column(year: int, documents: Sequence[Document]) -> Column:
    here = [doc for doc in documents if doc.year == year]
    texts = [doc for doc in here if not doc.digest]
    if texts:
        return Column(year, "full", "、".join(doc.title or doc.id for doc in texts))
    return Column(year, "digest" if here else "none", "、".join(doc.title or doc.id for doc in here))


def widths(told: Lifespans) -> str:
    """How many years share the width of the sheet, those without a document being narrow, and where decades begin."""
    columns = [_column(year, told.documents) for year in told.years]
    if len(columns) <= FEW_YEARS:
        return f".lives {{ --years: {len(columns)}; --blanks: 0; --blank: var(--width); --least: 34px; }}\n"
    blank = sum(column.kind == "none" for column in columns)
    width = f".lives {{ --years: {len(columns) - blank}; --blanks: {blank}; --least: 16px; }}\n"
    starts = [
        f".lives td:nth-child({at})" for at, column in enumerate(columns, start=2) if column.year % 10 == 0
    ]
    return f"{width}:is({', '.join(starts)}) {{ box-shadow: inset 1px 0 var(--line); }}\n"


def _decades(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """The decades with the number of their years; one of a single year has no room for its name."""
    runs = [
        (decade, len(list(run))) for decade, run in groupby(columns, key=lambda column: column.year // 10)
    ]
    return [(f"{decade}0" if length > 1 else "", length) for decade, length in runs]


def _kinship(rows: Sequence[Lifespan]) -> Iterator[str]:
    """How each row shows the family that it stands in."""
    for _, family in groupby(rows, key=lambda row: row.family):
        _, *others = family
        yield "kin head" if others else ""
        yield from ("kin" for _ in others)


def _address(row: Lifespan) -> str:
    """What a link to a row says: the end of the term's IRI, in which no space stands."""
    iri = row.timeline.iri
    return iri.rpartition("/term/")[2] or iri


def _row(row: Lifespan, look: str, addresses: dict[str, str]) -> Row:
    label = row.timeline.label
    span = f"{row.since}–{row.until}" if row.since != row.until else f"{row.since}"
    gaps = "、".join(_run(*gap) for gap in row.timeline.gaps)
    facts = [
        label,
        f"首见 first seen {row.since}" + ("" if row.born else "（此前没有全文可证 no earlier full text）"),
        f"末见 last seen {row.until}" + ("" if row.died else "（此后没有全文可证 no later full text）"),
        f"间断 gaps {gaps or '无 none'}",
        f"共提名 named {row.mentions} 次 times",
        "有释义 defined" if row.defined else "未见释义 not defined",
    ]
    return Row(
        iri=row.timeline.iri,
        address=addresses[row.timeline.iri],
        look=look,
        label=label,
        defined=row.defined,
        years=f"{'' if row.born else '…'}{span}{'' if row.died else '…'}",
        title="；".join(facts),
        cells=tuple(_cell(row, year) for year in row.timeline.years),
        links=tuple(_link(succession, addresses) for succession in row.successions),
    )


def _cell(row: Lifespan, year: YearOf) -> Cell:
    looks, told = [year.presence], [f"{year.year} {PRESENCES[year.presence]}"]
    count, listed = year.body + year.explanations, year.other.get("listed", 0)
    text = sign = ""
    if year.presence in ("named", "named-with-parts"):
        looks.append(f"rate-{sum(year.per_ten_thousand >= rate for rate in RATES)}")
        told.append(f"正文 body {year.body}、释义 explanations {year.explanations}")
        told.append(f"每万字 per 10,000 characters {year.per_ten_thousand:g}")
        text = str(count)
    elif year.presence == "listed":
        sign = "chart.listed-sign"
    elif year.digests:
        looks.append("digest")
        sign = "chart.digest-sign"
    elif year.presence == "absent":
        looks += ["gap"] if row.since < year.year < row.until else []
        text = "" if "gap" in looks else "·"
    if listed:
        told.append(f"列举要素 parts listed {listed} 次 times")
    if year.digests:
        told.append("摘编中出现，不计数 in a digest, not counted")
    elif year.presence == "unknown":
        told.append("没有全文 no full text")
    for end, sure, look, word in (
        (row.since, row.born, "birth", "首见 first seen"),
        (row.until, row.died, "death", "末见 last seen"),
    ):
        if year.year == end:
            looks += [look] if sure else []
            told.append(word if sure else f"{word}（不作断定 not proven）")
    if "gap" in looks:
        told.append("间断 gap")
    return Cell(" ".join(looks), text, sign, "；".join(told))


def _link(succession: Succession, addresses: dict[str, str]) -> Link:
    """A succession; what it adds and drops is told once, by the older of the two."""
    changes = [f"+{part}" for part in succession.added] + [f"−{part}" for part in succession.dropped]
    address = addresses.get(succession.iri)
    itself = succession.type == "redefinition"
    return Link(
        sign=f"succession.{succession.type}-{'on' if succession.onward else 'back'}",
        label="" if itself else succession.label,
        iri=succession.iri,
        address=None if itself or address is None else quote(address),
        year=None if itself else succession.year,
        change=f"({' '.join(changes)})" if changes and succession.onward else "",
    )


def _runs(years: Sequence[int]) -> str:
    """Years as runs: 1961–1963、1965."""

    def runs() -> Iterator[str]:
        for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0]):
            same = [year for _, year in run]
            yield _run(same[0], same[-1])

    return "、".join(runs())


def _run(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"
