"""What was read → `report.md`: what was found, by which rule, and what a reader should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.curated import about, statement
from kg.documents import Note
from kg.model import Concept, Context, Corpus, Document, Entry, Kind, Verdict

_KINDS = {
    Kind.REPORT: "报告全文 report",
    Kind.ANNOTATED: "注释本 annotated",
    Kind.ABRIDGEMENT: "摘编（不计数） abridgement, not counted",
    Kind.OTHER: "其他 other",
}


def render_report(corpus: Corpus, notes: Sequence[Note] = ()) -> str:
    """The report of a build, in Markdown: the same text for the same corpus."""
    entries = sorted(
        (e for c in corpus.concepts for e in c.entries), key=lambda e: (e.doc.id, e.definition.start, e.label)
    )
    parts = [
        ["# 构建报告 Build report", ""],
        _documents(corpus, entries),
        _rules(corpus, entries),
        _disagreements(entries),
        _never_mentioned(corpus),
        _never_defined(corpus),
        _undecided(corpus),
        _decisions(corpus.verdicts),
        _notes(notes),
    ]
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _documents(corpus: Corpus, entries: Sequence[Entry]) -> Iterator[str]:
    rows = []
    core = Counter((m.span.doc.id, m.context == Context.BODY) for m in corpus.mentions if m.kind == "core")
    others = Counter(m.span.doc.id for m in corpus.mentions if m.kind != "core")
    sections = Counter(s.span.doc.id for s in corpus.sections)
    boxes = Counter(g.span.doc.id for g in corpus.glossaries)
    defined_in = Counter(e.doc.id for e in entries)
    for doc in corpus.documents:
        rows.append(
            (
                doc.id,
                doc.year or "?",
                _KINDS[doc.kind],
                len(doc.text),
                sections[doc.id],
                boxes[doc.id],
                defined_in[doc.id],
                core[doc.id, True],
                core[doc.id, False],
                others[doc.id],
            )
        )
    yield from ("## 文献 Documents", "")
    yield from _table(
        ("文献", "年", "种类", "字数", "章节", "释义框", "词条", "正文提及", "释义提及", "其他指称"),
        rows,
        right=(1, 3, 4, 5, 6, 7, 8, 9),
    )
    defined = sum(bool(c.entries) for c in corpus.concepts)
    candidates = sum(c.candidate for c in corpus.concepts)
    components = len(corpus.concepts) - defined - candidates
    yield f"概念 concepts：{len(corpus.concepts)}，其中有释义 defined {defined}，组成 components {components}，"
    yield f"用而未释 used and never explained {candidates}。"
    yield ""
    for unit, sample in sorted({(s.unit, s.sample) for s in corpus.standings if s.sample}):
        yield f"中介中心性 betweenness（{unit}）：由 {sample} 个抽取的术语估计 estimated from {sample} terms drawn at random。"
        yield ""
    for doc in corpus.documents:
        yield f"* `{doc.id}`：{_name(doc)}，sha256 `{doc.sha256[:16]}…`"
    yield ""


def _rules(corpus: Corpus, entries: Sequence[Entry]) -> Iterator[str]:
    yield from ("## 规则 Rules", "", "每条规则用了多少次 how often each rule was used.", "")
    counts = [
        ("词头 headword", Counter(e.rule for e in entries)),
        ("组成 components", Counter(e.split_rule or "(none)" for e in entries)),
        ("提及 mention", Counter(f"{m.kind}: {m.rule}" for m in corpus.mentions)),
    ]
    rows = [
        (stage, rule, n)
        for stage, counter in counts
        for rule, n in sorted(counter.items(), key=lambda x: (-x[1], x[0]))
    ]
    yield from _table(("阶段", "规则", "次数"), rows, right=(2,))


def _disagreements(entries: Sequence[Entry]) -> Iterator[str]:
    """Every numeral that its definition does not bear out, with the sentence."""
    odd = [e for e in entries if e.agrees is False]
    yield from (f"## 数目不合 Numerals that disagree ({len(odd)})", "")
    for e in odd:
        listed = "、".join(c.span.text for c in e.components) or "（未列举 none listed）"
        yield f"* **{e.headword}** counts {e.expected} ({e.numeral}); the text lists {len(e.components)}：{listed}"
        yield f"  * {e.doc.id} [{e.definition.start}:{e.definition.end}] {_sentence(e)}"
    yield ""


def _never_mentioned(corpus: Corpus) -> Iterator[str]:
    """What is defined and mentioned in the body of no document."""
    used = {m.concept for m in corpus.mentions if m.context == Context.BODY and m.kind == "core"}
    unused = [c for c in corpus.concepts if c.entries and c.id not in used]
    yield from (f"## 有释义而正文未提及 Defined and never mentioned in a body ({len(unused)})", "")
    yield from (f"* {c.id}（{_places(c)}）" for c in unused)
    yield ""


def _never_defined(corpus: Corpus) -> Iterator[str]:
    """What stands in quotation marks and is explained nowhere, most used first."""
    counts = Counter(m.concept for m in corpus.mentions if m.kind == "core")
    years: dict[str, set[int]] = {}
    for m in corpus.mentions:
        if m.span.doc.year is not None:
            years.setdefault(m.concept, set()).add(m.span.doc.year)
    rows = [
        (c.id, counts[c.id], ", ".join(map(str, sorted(years.get(c.id, ())))))
        for c in sorted(corpus.concepts, key=lambda c: (-counts[c.id], c.id))
        if c.candidate
    ]
    yield from (f"## 用而未释 Used in quotation marks and never explained ({len(rows)})", "")
    yield from _table(("用语", "提及", "年"), rows, right=(1,))


def _undecided(corpus: Corpus) -> Iterator[str]:
    """Where a label of several senses stands and nothing decides which is meant."""
    yield from (f"## 义项未定 Mentions that could be of several terms ({len(corpus.open)})", "")
    for mention in corpus.open:
        text, span = mention.span.doc.text, mention.span
        around = text[max(0, span.start - 20) : span.end + 20].replace("\n", " ")
        yield f"* **{mention.term}** {span.doc.id} [{span.start}:{span.end}] …{around}…：{'；'.join(mention.senses)}"
    yield ""


def _decisions(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What a person decided, and of it what does not apply, with what to do; nothing where nobody did."""
    if not verdicts:
        return
    yield from (f"## 人的决定 A person's decisions ({len(verdicts)})", "")
    rows = []
    for verdict in verdicts:
        d = verdict.decision
        text = " ".join(filter(None, (d.do, d.term, statement(d))))
        rows.append(
            (
                d.number,
                text,
                d.date or "",
                d.by or "",
                d.reason,
                "适用 yes" if verdict.stands else "不适用 no",
            )
        )
    yield from _table(("号", "决定", "日期", "决定者", "理由", "适用"), rows, right=(0,))
    odd = [verdict for verdict in verdicts if not verdict.stands]
    yield from (f"### 不再适用 Decisions that do not apply ({len(odd)})", "")
    yield from (f"* {about(verdict)}" for verdict in odd)
    yield ""
    if told := [verdict for verdict in verdicts if verdict.stands and verdict.note]:
        yield from (f"### 请留意 Decisions to look at ({len(told)})", "")
        yield from (f"* {about(verdict)}" for verdict in told)
        yield ""


def _notes(notes: Sequence[Note]) -> Iterator[str]:
    yield from (f"## 提示 Notes on the documents ({len(notes)})", "")
    yield from (f"* `{note.doc}`: {note.message}" for note in notes)


def _sentence(entry: Entry) -> str:
    text = entry.definition.text.replace("\n", " ")
    return text if len(text) <= 160 else text[:159] + "…"


def _places(concept: Concept) -> str:
    return "；".join(dict.fromkeys(_name(e.doc) for e in concept.entries))


def _name(doc: Document) -> str:
    return doc.title or doc.id


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join(" ---: " if i in right else " --- " for i in range(len(head))) + "|"
    yield from ("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows)
    yield ""
