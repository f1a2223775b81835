"""Small graphs of slogans and their years, written in a line or two each."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

HEAD = (
    (Path(__file__).parent / "data" / "small.trig").read_text(encoding="utf-8").split("<graph/vocabulary>")[0]
)
SIGNS = {"n": "named", "p": "named-with-parts", "l": "listed"}


def store_of(
    documents: str,
    slogans: dict[str, str],
    defined: tuple[str, ...] = (),
    links: tuple[tuple[str, str, str, str, str], ...] = (),
    names: dict[str, str] | None = None,
    first: int = 2001,
) -> Store:
    """A graph of reports from `first` on and of slogans in them.

    `documents` has a sign a year: r a report, d a digest, . nothing. So have `slogans`: n named, p named
    with its parts, l listed, d in the digest, anything else not there; where it is named, twice in the
    body of 10,000 characters. `links` are (type, from, to, added, dropped); `names` gives a slogan
    another label.
    """
    lines = []
    for year, sign in enumerate(documents, start=first):
        lines.append(f"<year/{year}> kg:year {year} .")
        if sign != ".":
            kind = "abridgement" if sign == "d" else "report"
            lines.append(
                f'<doc/{year}> dct:identifier "{year}" ; dct:title "{year}年报告"@zh-Hans ; '
                f'kg:documentKind "{kind}" ; kg:length 10000 ; kg:reportYear <year/{year}> .'
            )
    for term, signs in slogans.items():
        label = literal((names or {}).get(term, term))
        lines.append(f"<term/{term}> a kg:Term ; skos:prefLabel {label}@zh-Hans .")
        if term in defined:
            lines.append(f"<definition/{term}> kg:defines <term/{term}> ; dct:source <doc/{first}> .")
        else:
            lines.append(f'<term/{term}> kg:candidate true ; kg:numeral "6" .')
        for year, sign in enumerate(signs, start=first):
            at, key = f"<year/{year}>", f"{term}/{year}"
            if sign in SIGNS:
                lines.append(
                    f'<state/{key}> kg:stateOf <term/{term}> ; kg:inYear {at} ; kg:presence "{SIGNS[sign]}" .'
                )
            if sign in "npl":
                kind, count = ("listed", 1) if sign == "l" else ("core", 2)
                lines.append(
                    f'<count/{key}> kg:countOf <term/{term}> ; kg:inYear {at} ; kg:inContext "body" ; '
                    f'kg:ofKind "{kind}" ; kg:count {count} ; dct:source <doc/{year}> .'
                )
            if sign == "d":
                lines.append(f"<term/{term}> kg:presentIn <doc/{year}> .")
    for i, (type_, old, new, added, dropped) in enumerate(links):
        lines.append(
            f'<relation/{i}> kg:relationType "{type_}" ; kg:confidence 0.8 ; '
            f"kg:relationFrom <term/{old}> ; kg:relationTo <term/{new}> ."
        )
        lines += [f"<relation/{i}> kg:added {literal(part)}@zh-Hans ." for part in added.split()]
        lines += [f"<relation/{i}> kg:dropped {literal(part)}@zh-Hans ." for part in dropped.split()]
    store = Store()
    store.bulk_load(f"{HEAD}<graph/vocabulary> {{ {' '.join(lines)} }}".encode(), RdfFormat.TRIG)
    return store


def literal(text: str) -> str:
    """Text as Turtle writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
