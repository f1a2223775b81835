"""`curated.toml` ↔ decisions. What is in the file stays as it is written: comments, order, spaces.

A file says what cannot be read, where, and how it is put right; one wrong decision stops the build,
since a decision that is passed over in silence is worse than none.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.curated.kinds import COMMON, KINDS, RELATIONS, STATUSES, thing
from kg.files import write_text
from kg.model import Branch, Decision, KgError

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

CURATED = "curated.toml"

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\]", re.M)
_HANZI = re.compile("[一-鿿]")
_HEAD = "# What a person decided: it wins over what the rules find. A decision never goes by itself.\n\n"
_LISTS = ("aliases", "components")
_NUMBERS = {"year": "year = 2020", "start": "start = 1234"}


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, in its order.

    Raises KgError where the file or a decision cannot be used: which one, in which line, and what to write.
    """
    return parse_decisions(_text(path), str(path))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}); give a file of decisions") from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from None


def parse_decisions(text: str, name: str = CURATED) -> tuple[Decision, ...]:
    """The decisions in the text of a file called `name`; KgError as in `read_decisions`.

    >>> parse_decisions('''
    ... [[decision]]
    ... do = "alias"
    ... term = "六稳"
    ... alias = "六个稳"
    ... reason = "so called in speeches"
    ... ''')[0].alias
    '六个稳'
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KgError(f"{name}: not valid TOML in UTF-8: {error}") from None
    if unknown := sorted(table.keys() - {"decision"}):
        raise KgError(f"{name}: unknown {', '.join(unknown)}; decisions are listed as [[decision]]")
    rows = table.get("decision", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise KgError(f"{name}: decisions are listed as [[decision]], each with do, term and reason")
    lines: list[int | None] = [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text)]
    if len(lines) != len(rows):  # written in another form of TOML
        lines = [None] * len(rows)
    return tuple(
        _decision(f"{name}, " + (f"line {line}, " if line else "") + f"decision {number}", number, line, row)
        for number, (row, line) in enumerate(zip(rows, lines, strict=True), 1)
    )


def put_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Put decisions into a file, which is made where there is none: each in the place of the last one there
    about the same thing, the others at its end.

    What else is in the file is not touched. Raises KgError where it, or a new decision, cannot be used;
    then nothing is written.
    """
    save(path, with_decisions(path, decisions))


def save(path: Path, text: str) -> None:
    """Write the text of a file of decisions; KgError where it cannot be written."""
    try:
        write_text(path, text)
    except OSError as error:
        raise KgError(
            f"{path}: cannot be written ({error.strerror}); give another file, or make it writable"
        ) from None


def with_decisions(path: Path, decisions: Iterable[Decision]) -> str:
    """The text of a file with decisions put into it; KgError as in `put_decisions`."""
    import tomlkit
    from tomlkit.items import AoT

    old = _text(path) if path.exists() else _HEAD
    there = {thing(decision): number for number, decision in enumerate(parse_decisions(old, str(path)))}
    document: TOMLDocument = tomlkit.parse(old)
    tables = document.setdefault("decision", tomlkit.aot())
    if not isinstance(tables, AoT):
        raise KgError(f"{path}: its decisions stand in one list; write each as [[decision]] and try again")
    for decision in decisions:
        _decision("", 0, None, as_row(decision))  # what would not be read is not written
        if (number := there.get(thing(decision))) is not None:
            _rewrite(tables[number], _table(decision))
            continue
        there[thing(decision)] = len(tables)
        if len(tables):
            tables[-1].add(tomlkit.nl())
        tables.append(_table(decision))
    return tomlkit.dumps(document)


def _rewrite(old: Table, new: Table) -> None:
    """What `new` says put into `old`, whose comments stay."""
    for key in [key for key in old if key not in new]:
        del old[key]
    for key, value in new.items():
        if old.get(key) != value:
            old[key] = value


def _table(decision: Decision) -> Table:
    """A decision as a table, its keys in the order of the documentation."""
    import tomlkit

    table = tomlkit.table()
    for key, value in as_row(decision).items():
        if key == "date":
            value = datetime.date.fromisoformat(value)
        if key == "senses":
            senses = tomlkit.array().multiline(True)
            for sense in value:
                inline = tomlkit.inline_table()
                inline.update(sense)
                senses.append(inline)
            value = senses
        table.add(key, value)
    return table


def as_row(decision: Decision) -> dict[str, Any]:
    """A decision by the names of the file, without what it does not say."""
    d = decision
    other = "with" if d.do == "join" else "to"
    senses = [
        {"qualifier": b.qualifier}
        | ({"documents": list(b.documents)} if b.documents else {})
        | ({"definitions": list(b.definitions)} if b.definitions else {})
        for b in d.senses
    ]
    row: dict[str, Any] = {
        "do": d.do,
        "term": d.term,
        "label": d.label,
        "status": d.status,
        "alias": d.alias,
        "aliases": list(d.aliases) or None,
        other: d.other,
        "relation": d.relation,
        "senses": senses or None,
        "components": None if d.components is None else list(d.components),
        "definition": d.definition,
        "document": d.document,
        "quote": d.quote,
        "start": d.start,
        "source": d.source,
        "year": d.year,
        "date": d.date,
        "by": d.by,
        "reason": d.reason,
    }
    return {key: value for key, value in row.items() if value is not None}


# --- what a decision has to say --------------------------------------------------------------------------


def _decision(where: str, number: int, line: int | None, row: Mapping[str, Any]) -> Decision:
    """A decision; `where` it stands, if it stands in a file, is told of one that cannot be used."""
    do = row.get("do")
    if not isinstance(do, str) or do not in KINDS:
        said = "does not say what to do" if do is None else f"do is {do!r}"
        raise KgError(f'{where}: {said}; write `do = "…"` with one of {", ".join(KINDS)}')
    term = row.get("term")
    name = f"{do} {term}" if isinstance(term, str) else do
    where = f"{where} ({name})" if where else name
    _check_form(where, do, row)
    values = {key: _value(where, key, value) for key, value in row.items()}
    other = values.pop("to", None) or values.pop("with", None)
    if do == "english":
        values.setdefault("status", "proposed")
        if _HANZI.search(values["label"]):
            raise KgError(f"{where}: {values['label']} is no English name; write Chinese names as alias")
    if other == term and not (do == "reject" and values.get("relation") == "redefinition"):
        raise KgError(f"{where}: names its own term twice; name another one")
    if do == "link" and ("document" in values) != ("quote" in values):
        raise KgError(f"{where}: evidence has a document and a quote; give both or none")
    if do == "link" and values["relation"] == "redefinition":
        raise KgError(f"{where}: a redefinition is of one term; write another relation")
    return Decision(other=other, number=number, line=line, **values)


def _check_form(where: str, do: str, row: Mapping[str, Any]) -> None:
    """Whether a decision says what its kind needs, and nothing else."""
    known = {key for form in KINDS[do] for key in (*form.required, *form.optional)}
    if unknown := sorted(row.keys() - known - set(COMMON)):
        raise KgError(
            f"{where}: unknown field {', '.join(unknown)}; "
            f"{do} takes {', '.join([*sorted(known), *COMMON[1:]])}"
        )
    said = row.keys() & known
    if not any(set(f.required) <= said <= {*f.required, *f.optional} for f in KINDS[do]):
        if len(KINDS[do]) == 1:
            missing = [key for key in KINDS[do][0].required if key not in row]
            raise KgError(f"{where}: no {missing[0]}; add `{_example(missing[0])}`")
        forms = (" and ".join(form.required) for form in KINDS[do] if form.required)
        raise KgError(
            f"{where}: {', '.join(sorted(said))} do not go together; "
            f"write nothing more (the whole term), or {', or '.join(forms)}"
        )
    for key in ("term", "reason"):
        if key not in row:
            raise KgError(f"{where}: no {key}; add `{_example(key)}`")


def _example(key: str) -> str:
    if key in _LISTS:
        return f'{key} = ["…", "…"]'
    if key == "senses":
        return 'senses = [{qualifier = "…", documents = ["…"]}, {qualifier = "…", documents = ["…"]}]'
    return _NUMBERS.get(key, f'{key} = "…"')


def _value(where: str, key: str, value: Any) -> Any:
    """A value of the right type. Raises KgError with what to write."""
    if key == "date":
        return _date(where, value)
    if key in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise KgError(f"{where}: {key} is {value!r}; write it as a number, `{_example(key)}`")
        if key == "year" and not 1 <= value <= 9999:
            raise KgError(f"{where}: year is {value}; write it in four digits, `{_example(key)}`")
        return value
    if key == "senses":
        return _senses(where, value)
    if key in _LISTS:
        return _texts(where, key, value)
    if not isinstance(value, str) or not value.strip():
        raise KgError(f"{where}: {key} is {value!r}; write it in quotes, `{_example(key)}`")
    text = value.strip()
    if key == "status" and text not in STATUSES:
        raise KgError(f"{where}: status is {text!r}; write one of {', '.join(STATUSES)}")
    if key == "relation" and text not in RELATIONS:
        raise KgError(f"{where}: relation is {text!r}; write one of {', '.join(RELATIONS)}")
    return text


def _date(where: str, value: Any) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    try:
        if isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise KgError(f"{where}: date is {value!r}; write it as `date = 2026-01-31`")


def _texts(where: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise KgError(f"{where}: {key} is {value!r}; write it as a list of texts, `{_example(key)}`")
    texts = tuple(text.strip() for text in value)
    if twice := next((text for text in texts if texts.count(text) > 1), None):
        raise KgError(f"{where}: {key} has {twice} twice; keep one of them")
    return texts


def _senses(where: str, value: Any) -> tuple[Branch, ...]:
    rows: Sequence[Any] = value if isinstance(value, list) else ()
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        raise KgError(f"{where}: a split has two senses or more; write `{_example('senses')}`")
    branches = []
    for row in rows:
        if unknown := sorted(row.keys() - {"qualifier", "documents", "definitions"}):
            raise KgError(
                f"{where}: unknown {', '.join(unknown)} in a sense; it has qualifier, documents, definitions"
            )
        if "qualifier" not in row or not (row.get("documents") or row.get("definitions")):
            raise KgError(
                f"{where}: a sense has a qualifier and documents or definitions; write `{_example('senses')}`"
            )
        branches.append(
            Branch(
                _value(where, "qualifier", row["qualifier"]),
                _texts(where, "documents", row.get("documents", [])),
                _texts(where, "definitions", row.get("definitions", [])),
            )
        )
    names = [branch.qualifier for branch in branches]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise KgError(f"{where}: two senses have the qualifier {twice}; tell them apart")
    return tuple(branches)
