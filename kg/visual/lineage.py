"""The lineage of a formula → a file: one row a wording, one column a year, and below it the words of every year.

`lineage.html.jinja` and `lineage.css` beside this module are the page, in the dress of the sheet of years; it needs no
JavaScript. The picture is drawn with attributes alone, so that Word and LibreOffice open it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kg.files import write_bytes
from kg.lineages import CHANGES, QUOTED, SORTS, Lineage, Variant, YearOf
from kg.model import KgError
from kg.resources import resource
from kg.visual.offline import environment, policy
from kg.visual.palette import colours, fonts
from kg.visual.picture import check_file
from kg.visual.raster import render_png
from kg.visual.stars import text_width

MOST = 60  #: wordings in a picture; the table has all
AROUND = 3  #: full texts before the first wording and behind the last that are drawn; of the others the number is told


@dataclass(frozen=True, slots=True)
class Cell:
    """A wording in a year: its classes in the style sheet, what stands in it, and all of it in words."""

    look: str
    text: str
    title: str
    address: str  #: of its quotation on the page; empty where there is none


def write_lineage(told: Lineage, path: Path) -> None:
    """Draws a lineage as a page, as SVG or as PNG, as the end of the name says; an old file stays whole until then.

    Raises `KgError` where there is nothing to draw, or where the file cannot be written.
    """
    check_file(path)
    if not told.variants:
        raise KgError(
            f"there is nothing to draw: no report of {told.issuer or 'the issuer'} says {told.formula}"
        )
    if path.suffix.lower() == ".html":
        content = render_lineage_page(told).encode("utf-8")
    else:
        svg = render_lineage(told)
        content = render_png(svg) if path.suffix.lower() == ".png" else svg.encode("utf-8")
    try:
        write_bytes(path, content)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}); give another --file") from error


def drawn_years(told: Lineage) -> tuple[tuple[YearOf, ...], tuple[str, ...]]:
    """The years of a picture, and what is to be said of those before and behind it: in none of their full texts."""
    seen = [at for at, year in enumerate(told.years) if any(place.year == year.year for place in told.places)]
    full = [at for at, year in enumerate(told.years) if year.documents]
    first = ([at for at in full if at < seen[0]][-AROUND:] or [min(seen[0], *full)])[0]
    last = ([at for at in full if at > seen[-1]][:AROUND] or [max(seen[-1], *full)])[-1]
    notes = []
    for years in (told.years[:first], told.years[last + 1 :]):
        if texts := sum(len(year.documents) for year in years):
            notes.append(f"{years[0].year}–{years[-1].year}：{texts} 篇全文未见")
    return told.years[first : last + 1], tuple(notes)


def sort_of(each: Variant) -> str:
    """What sort of wording it is, what it has for what, and what is doubtful of it."""
    change = (
        f"{each.old or '∅'} → {each.new or '∅'}" if (each.old or each.new) and each.kind != "listed" else ""
    )
    return "；".join(filter(None, (SORTS[each.kind], change, each.doubt and f"存疑 doubtful: {each.doubt}")))


def cells(each: Variant, told: Lineage, years: Iterable[YearOf]) -> Iterator[Cell]:
    """The years of a wording, those without a full text too."""
    times = Counter[int]()
    for place in told.places:
        if place.said == each.said and bool(place.doubt) == bool(each.doubt) and not place.digest:
            times[place.year] += 1
    for year in years:
        looks, text, words = [], "", [f"{year.year}"]
        if times[year.year]:
            looks.append(
                "doubtful" if each.doubt else "retrospect" if year.year in each.retrospect else "said"
            )
            text = str(times[year.year])
            words.append(f"{text} 次 times")
            words += [
                word
                for name, (_, word) in CHANGES.items()
                if each.said in getattr(year, name) and not each.doubt
            ]
            words += ["只在回顾中 looking back"] if year.year in each.retrospect else []
            words += [each.doubt] if each.doubt else []
            looks += ["first"] if year.year == each.first and _before(told, year) else []
            looks += ["last"] if year.year == each.last and each.ended else []
        elif year.year in each.digests:
            looks, text = ["unknown", "digest"], "░"
            words.append("摘编，不计数 in a digest, not counted")
        elif not year.documents:
            looks.append("unknown")
            words.append("没有全文 no full text")
        else:
            within = each.years and each.years[0] < year.year < each.years[-1]
            looks.append("gap" if within else "absent")
            words.append("未出现 absent")
        address = f"{told.variants.index(each)}-{year.year}" if text else ""
        yield Cell(" ".join(looks), text, "；".join(words), address)


def _before(told: Lineage, year: YearOf) -> bool:
    """Whether a full text before that year proves that what is new there is new."""
    return any(each.documents and each.year < year.year for each in told.years)


# --- the page -------------------------------------------------------------------------------------------


def render_lineage_page(told: Lineage) -> str:
    """The lineage as one HTML document that asks nothing of the outside world. The same lineage gives the same text."""
    light, dark = (
        "".join(resource(f"visual/{name}.css").read_text(encoding="utf-8") for name in names)
        for names in (("sheet", "lineage"), ("sheet-dark", "lineage-dark"))
    )
    years, notes = drawn_years(told)
    unknown = sum(not year.documents for year in years)
    light += f".lineage {{ --years: {len(years) - unknown}; --blanks: {unknown}; }}\n"
    places = [
        {
            "place": place,
            "address": f"{at}-{place.year}",
            "change": "" if place.doubt or place.digest else _change(told, place.year, place.said),
            "cut": (len(place.left) == QUOTED, len(place.right) == QUOTED),
        }
        for place in told.places
        for at, each in enumerate(told.variants)
        if each.said == place.said and bool(each.doubt) == bool(place.doubt)
    ]
    return (
        environment()
        .get_template("lineage.html.jinja")
        .render(
            policy=policy([light, dark]),
            styles=[light, dark],
            told=told,
            years=years,
            notes=notes,
            rows=[(each, sort_of(each), list(cells(each, told, years))) for each in told.variants],
            places=places,
            changes=CHANGES,
        )
    )


def _change(told: Lineage, year: int, said: str) -> str:
    (here,) = (each for each in told.years if each.year == year)
    return next(word for name, (_, word) in CHANGES.items() if said in getattr(here, name))


# --- the picture ----------------------------------------------------------------------------------------

BORDER, HEAD, ROW, FOOT = 36, 92, 26, 66  #: in units of the picture
WIDE, NARROW = 26, 9  #: a year with a full text, and one without
SIZE = 14
INKS = {"said": "#b3261e", "retrospect": "#b3261e", "doubtful": "#59636e"}


def render_lineage(told: Lineage) -> str:
    """The lineage as one SVG document, text as text. The same lineage gives the same text."""
    shown, (years, notes) = told.variants[:MOST], drawn_years(told)
    names = [("? " if each.doubt else "") + _short(each.said) for each in shown]
    room = max(160.0, *(SIZE * text_width(name) + 18 for name in names))
    lefts, x = [], BORDER + room
    for year in years:
        lefts.append(x)
        x += WIDE if year.documents else NARROW
    width, bottom = round(max(x + BORDER, 760)), HEAD + ROW * len(shown)
    palette, height = colours(), bottom + FOOT
    about = "；".join(
        (
            f"{told.issuer or '发布者未知'}，{told.years[0].year}–{told.years[-1].year}，{told.full_texts} 篇全文",
            *notes,
        )
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f" font-family={quoteattr(fonts())}>",
        f"<title>{escape(told.formula)}</title>",
        '<defs><pattern id="unknown" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<path d="M0 5L5 0" stroke="{palette["quiet"]}" stroke-width="0.8"/></pattern></defs>',
        f'<rect width="{width}" height="{height}" fill="{palette["ground"]}"/>',
        _text(BORDER, 44, told.formula, 22, palette["ink"], ' font-weight="bold"'),
        _text(BORDER, 64, about, 13, palette["quiet"]),
    ]
    for year, left in zip(years, lefts, strict=True):
        if year.documents:
            lines.append(_text(left + WIDE / 2, HEAD - 8, f"{year.year}"[2:], 11, palette["quiet"], _MIDDLE))
        else:
            lines.append(
                f'<rect x="{left}" y="{HEAD}" width="{NARROW}" height="{bottom - HEAD}" fill="url(#unknown)"/>'
            )
    for at, (each, name) in enumerate(zip(shown, names, strict=True)):
        y = HEAD + ROW * at
        lines.append(f'<path d="M{BORDER} {y}H{x:g}" stroke="{palette["line"]}"/>')
        bold = ' font-weight="bold"' if each.said == told.formula else ""
        lines.append(_text(BORDER, y + 18, name, SIZE, palette["quiet" if each.doubt else "ink"], bold))
        for cell, year, left in zip(cells(each, told, years), years, lefts, strict=True):
            lines += _drawn(cell, left, y, WIDE if year.documents else NARROW)
    lines.append(f'<path d="M{BORDER} {bottom}H{x:g}" stroke="{palette["line"]}"/>')
    lines += _key(bottom + 30, len(told.variants) - len(shown))
    return "\n".join([*lines, "</svg>", ""])


_MIDDLE = ' text-anchor="middle"'


def _short(said: str) -> str:
    return said if len(said) <= 22 else f"{said[:21]}…"


def _text(x: float, y: float, text: str, size: float, colour: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{more}>{escape(text)}</text>'


def _drawn(cell: Cell, x: float, y: float, width: float) -> Iterator[str]:
    """A cell: a filled box where it is said, an empty one in retrospect, a dashed one in doubt, a line in a gap."""
    looks, palette = cell.look.split(), colours()
    if looks[0] in INKS:
        ink, filled = INKS[looks[0]], looks[0] == "said"
        dashes = ' stroke-dasharray="3 2"' if looks[0] == "doubtful" else ""
        yield f"<g><title>{escape(cell.title)}</title>"
        yield (
            f'<rect x="{x + 3:g}" y="{y + 5}" width="{width - 6:g}" height="16" rx="2" '
            f'fill="{ink if filled else palette["ground"]}" stroke="{ink}"{dashes}/>'
        )
        yield _text(x + width / 2, y + 17, cell.text, 11, "#ffffff" if filled else ink, _MIDDLE)
        for side, sign in (("first", 1), ("last", -1)):
            if side in looks:
                edge = x + 0.5 if sign > 0 else x + width - 0.5
                yield f'<path d="M{edge + 3 * sign:g} {y + 3}H{edge:g}V{y + 23}H{edge + 3 * sign:g}" fill="none" stroke="{palette["ink"]}" stroke-width="1.6"/>'
        yield "</g>"
    elif cell.text:
        yield _text(x + width / 2, y + 17, cell.text, 11, palette["ink"], _MIDDLE)
    elif looks[0] == "gap":
        yield f'<path d="M{x:g} {y + ROW / 2:g}h{width:g}" stroke="{palette["quiet"]}"/>'
    elif looks[0] == "absent":
        yield f'<circle cx="{x + width / 2:g}" cy="{y + ROW / 2:g}" r="0.9" fill="{palette["quiet"]}"/>'


def _key(y: float, left_out: int) -> Iterator[str]:
    """What the signs of the picture mean."""
    palette, x = colours(), float(BORDER)
    for look, text, told in (
        ("said", "2", "几处"), ("retrospect", "1", "只在回顾中"), ("doubtful", "1", "存疑"), ("gap", "", "间断"),
        ("said first", "1", "首见"), ("said last", "1", "末见"), ("unknown", "", "没有全文"),
    ):  # fmt: skip
        if look == "unknown":
            yield f'<rect x="{x:g}" y="{y - 8:g}" width="{NARROW}" height="16" fill="url(#unknown)"/>'
        else:
            yield from _drawn(Cell(look, text, told, ""), x, y - 13, WIDE)
        yield _text(x + WIDE + 6, y + 5, told, 12, palette["quiet"])
        x += WIDE + 22 + 12 * text_width(told)
    if left_out:
        yield _text(BORDER, y + 24, f"另有 {left_out} 种说法未画", 12, palette["quiet"])
