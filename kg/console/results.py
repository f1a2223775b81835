"""What a build, a query or an evaluation gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from os.path import commonprefix
from shlex import quote
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.console.tables import table

if TYPE_CHECKING:  # what is shown is made elsewhere, with heavier packages than showing needs
    from kg.additions import Addition
    from kg.evaluate import Evaluation
    from kg.findings import Finding
    from kg.numerals import Numeral
    from kg.queries import Query
    from kg.summary import Built


def built(result: Built, folder: str, output: str) -> Group:
    """What a build found, and where to go on."""
    where = "" if output == "output" else f" --output {quote(output)}"
    facts = [
        (
            "documents 文献",
            f"{result.documents}"
            + (
                f" ({result.digests} digest{'s' * (result.digests > 1)}, not counted)"
                if result.digests
                else ""
            )
            + (f", {result.unchanged} unchanged" if result.unchanged else ""),
        ),
        ("definitions 释义", f"{result.entries} of {result.concepts} terms"),
        ("components 组成", f"{result.components} more terms"),
        ("never explained 用而未释", str(result.candidates)),
        ("mentions 提及", f"{result.mentions}, and {result.references} references of other kinds"),
        ("relations 关系", str(result.relations)),
        ("numerals that disagree 数目不合", str(result.disagreements)),
    ]
    if result.decisions:
        verb = "does" if result.unfit == 1 else "do"
        unfit = f" ({result.unfit} {verb} not apply)" if result.unfit else ""
        facts.append(("decisions 人的决定", f"{result.decisions}{unfit}"))
    left = result.left_out
    for number, what in (
        (left.terms, f"{left.terms:,} terms said less: kg search, kg show TERM{where}"),
        (left.mentions, f"quotations of {left.mentions:,} older mentions: kg mentions --term TERM{where}"),
        (left.texts, f"{left.texts:,} texts, which lie in {output}/text"),
    ):
        if number:
            facts.append(("not on the page 未收入网页", what))
    grid = Table.grid(padding=(0, 2))
    for name, value in facts:
        grid.add_row(name, value)
    lines: list[Any] = [Text(f"{result.title}: {folder} → {output}", style="bold"), grid]
    lines += [Text(f"! {note.doc}: {note.message}", style="yellow") for note in result.notes]
    if not result.entries:
        lines.append(
            Text(
                "! no document explains a term: the graph holds only what stands in quotation marks",
                style="yellow",
            )
        )
    if not result.anew:
        lines.append(
            Text("Nothing has changed since the last build, and nothing was done; --fresh builds all.")
        )
    lines.append(Text(f"Open {output}/graph.html, read {output}/report.md, or ask: kg show TERM{where}"))
    return Group(*lines)


def additions(found: Sequence[Addition], manifest: str, dry_run: bool) -> Group:
    """What was read of documents that were added, as the lines of the manifest that say it."""
    lines: list[Any] = []
    for each in found:
        size = len(each.document.text)
        place = f"copied to {each.path}" if each.copied else f"lies in {each.path}"
        lines.append(Text(f"{each.document.id}: {size:,} characters, {place}", style="bold"))
        rows: list[tuple[str, str]] = [(str(each.line + i), line) for i, line in enumerate(each.lines)]
        rows += [("?", f"{field} was not read") for field in each.unknown]
        lines.append(table(("line", manifest), rows))
        lines += [Text(f"! {note.doc}: {note.message}", style="yellow") for note in each.notes]
    if dry_run:
        lines.append(Text("Nothing was written: this was a dry run."))
    elif found:
        lines.append(Text(f"Correct what is wrong in {manifest}; then: kg build {found[0].path.parent}"))
    else:
        lines.append(Text(f"Nothing to add: {manifest} lists every document of its folder."))
    return Group(*lines)


def queries(found: Sequence[Query]) -> Group:
    """The named queries, each with an example of its parameters and what it answers."""
    lines: list[Any] = []
    for query in found:
        name = Text(query.name, style="bold")
        name.append("".join(f" {param.name}={param.example}" for param in query.params), style="dim")
        lines += [name, Padding(Text(query.title), (0, 0, 0, 4))]
    return Group(*lines)


def numerals(found: Sequence[Numeral]) -> Table:
    """How slogans count: 3+1+1 = 5, with what each number counts and the rule that decided."""
    rows = []
    for numeral in found:
        total = numeral.formula or "—"
        if len(numeral.readings) > 1:
            total += ": " + " or ".join(map(str, numeral.readings))
        elif len(numeral.parts) > 1:
            total += f" = {numeral.count}"
        parts = "、".join(part.text for part in numeral.parts)
        rows.append(
            (
                numeral.slogan,
                total,
                parts,
                numeral.kind + (f": {numeral.rule}" if numeral.rule != numeral.kind else ""),
            )
        )
    return table(("slogan", "count", "parts", "rule"), rows)


def evaluation(result: Evaluation) -> Group:
    """The measures of a gold file, and what was missed, spurious, different."""
    rows = [
        (s.name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", s.right, s.given, s.wanted)
        for s in result.scores
    ]
    lines: list[Any] = [
        table(("measure", "P", "R", "F1", "right", "given", "wanted"), rows, title=result.gold)
    ]
    for name, items in (
        ("missed", result.missed),
        ("spurious", result.spurious),
        ("different", result.different),
    ):
        lines.append(Text(f"{name}: {len(items)}", style="bold"))
        lines += [Text(f"  {item}") for item in items]
    return Group(*lines)


_MOST = {"error": 20, "warning": 5, "info": 2}  # findings of one check that a table shows


def findings(found: Sequence[Finding]) -> Group:
    """Findings by check: how many, what should hold, and the first of them."""
    # all names lie under one address, which is said once
    base = commonprefix([finding.focus for finding in found if "://" in finding.focus])  # noqa: RUF071 - IRIs are no paths
    base = base[: max(base.rfind("/"), base.rfind("#")) + 1] or "https://"
    lines: list[Any] = [Text(f"under {base}", style="dim"), ""] if found else []
    for (severity, check), group in groupby(found, key=lambda finding: (finding.severity, finding.check)):
        each = list(group)
        lines.append(Text(f"{severity} {check}: {len(each)}", style=_STYLES[severity]))
        lines.append(Padding(Text(each[0].message.partition(" Found: ")[0]), (0, 0, 0, 2)))
        for finding in each[: _MOST[severity]]:
            line = Text(finding.focus.removeprefix(base) or finding.focus)
            line.append("  " + finding.message.partition(" Found: ")[2].replace(base, ""), style="dim")
            lines.append(Padding(line, (0, 0, 0, 4)))
        if len(each) > _MOST[severity]:
            lines.append(Padding(Text(f"… {len(each) - _MOST[severity]} more", style="dim"), (0, 0, 0, 4)))
    tally = Counter(finding.severity for finding in found)
    lines += [""] if found else []
    lines += [Text(", ".join(f"{tally[severity]} {word}" for severity, word in _WORDS.items()))]
    return Group(*lines)


_STYLES = {"error": "bold red", "warning": "yellow", "info": "bold"}
_WORDS = {"error": "errors 错误", "warning": "warnings 警告", "info": "for information 提示"}
