"""The kinds of decisions: what each of them has to say, how it reads in one line, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Decision, Verdict
from kg.relations.grounds import RULES

#: What any decision can say; `term` and `reason` must be there.
COMMON = ("do", "term", "source", "year", "date", "by", "reason")
STATUSES = ("official", "proposed", "rejected")
#: The types of links, as the rules have them.
RELATIONS = tuple(dict.fromkeys(sorted(type_ for type_, _ in RULES.values())))


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of decision must say and what it can say, by the names in the file."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


#: Each kind with its forms; of `reject`, one for each thing that a rule can get wrong.
KINDS: Mapping[str, tuple[Form, ...]] = {
    "add": (Form((), ("aliases", "components", "definition")),),
    "alias": (Form(("alias",)),),
    "split": (Form(("senses",)),),
    "join": (Form(("with",)),),
    "reject": (
        Form(()),
        Form(("document",), ("definition",)),
        Form(("document", "quote")),
        Form(("document", "start")),
        Form(("to", "relation")),
        Form(("alias",)),
    ),
    "components": (Form(("components",), ("document",)),),
    "definition": (Form(("definition",)),),
    "english": (Form(("label",), ("status",)),),
    "link": (Form(("to", "relation"), ("document", "quote")),),
}


def statement(decision: Decision) -> str:
    """What a decision says of its term, in one line; empty where its kind says all.

    >>> statement(Decision("english", "六稳", "usual", label="the Six Stabilities", status="official"))
    'the Six Stabilities (official)'
    >>> statement(Decision("reject", "六稳", "a place", document="d", quote="“六稳”"))
    'the mention in d: “六稳”'
    """
    d = decision
    match d.do:
        case "add":
            parts = [f"also {'；'.join(d.aliases)}" if d.aliases else "", listed(d), d.definition or ""]
            text = "; ".join(filter(None, parts))
        case "alias":
            text = d.alias or ""
        case "split":
            text = "; ".join(f"{b.qualifier}: {', '.join((*b.documents, *b.definitions))}" for b in d.senses)
        case "join":
            text = f"with {d.other}"
        case "reject":
            text = _rejected(d)
        case "components":
            text = listed(d) + (f" ({d.document})" if d.document else "")
        case "definition":
            text = d.definition or ""
        case "english":
            text = f"{d.label} ({d.status})"
        case _:
            text = f"{d.relation} → {d.other}" + (f" ({d.document}: {d.quote})" if d.document else "")
    return " ".join(text.split())


def about(verdict: Verdict) -> str:
    """Which decision it is, and what a person should know of it."""
    d = verdict.decision
    line = f" (line {d.line})" if d.line else ""
    return f"decision {d.number}{line}, {d.do} {d.term}: {verdict.note}"


def listed(decision: Decision) -> str:
    """The components that a decision names; that there are none is a statement too."""
    if decision.components is None:
        return ""
    return "、".join(decision.components) or "no components"


def _rejected(d: Decision) -> str:
    if d.alias:
        return f"the name {d.alias}"
    if d.relation:
        return f"{d.relation} → {d.other}"
    if d.quote is not None:
        return f"the mention in {d.document}: {d.quote}"
    if d.start is not None:
        return f"the mention in {d.document} at {d.start}"
    if d.document:
        return f"the definition in {d.document}" + (f": {d.definition}" if d.definition else "")
    return "as a term"


def thing(decision: Decision) -> tuple[str | int | None, ...]:
    """What a decision is about: of several about one thing the last one holds.

    >>> said = Decision("alias", "六稳", "usual", alias="六个稳"), Decision("reject", "六稳", "rare", alias="六个稳")
    >>> thing(said[0]) == thing(said[1])
    True
    """
    d = decision
    match d.do:
        case "add":
            return ("term", d.term)
        case "alias":
            return ("alias", d.term, d.alias)
        case "split":
            return ("senses", d.term)
        case "join":
            return ("join", *sorted((d.term, d.other or "")))
        case "components":
            return ("components", d.term, d.document)
        case "definition":
            return ("definition", d.term)
        case "english":
            return ("english", d.term, d.label)
        case "link":
            return ("link", d.term, d.relation, d.other)
    if d.alias:
        return ("alias", d.term, d.alias)
    if d.relation:
        return ("link", d.term, d.relation, d.other)
    if d.document:
        return ("reject", d.term, d.document, d.definition, d.quote, d.start)
    return ("term", d.term)
