"""A corpus small enough to read, with one of everything. Offsets are found by searching the text."""

from __future__ import annotations

from dataclasses import replace

from kg.model import (
    Change,
    Community,
    Component,
    Concept,
    Context,
    Corpus,
    Decision,
    Document,
    Entry,
    Glossary,
    Identifier,
    Kind,
    Mention,
    Origin,
    Presence,
    Relation,
    Rewording,
    Section,
    Span,
    Standing,
    State,
    Step,
    Subject,
    Tie,
    Verdict,
    Voice,
)

REPORT_2021 = """政府工作报告
一、2020年工作回顾
我们落实“六稳”任务，推进“三去一降一补”，“两山”之间保护生态。
知识小贴士
“三去一降一补”，2015年12月中央经济工作会议提出，即去产能、去库存、去杠杆、降成本、补短板。
“两山”指太行山、吕梁山。
六稳：2018年7月31日中共中央政治局会议提出稳就业、稳金融。稳就业：把就业放在首位。
二、2021年工作安排
继续做好“六稳”工作，实施“1+N”政策。"""

REPORT_2024 = """政府工作报告
践行“两山”理念，巩固“三去一降一补”成果。
落实保民生、保运转“两保”要求。
名词解释
“两山”：绿水青山就是金山银山。"""

DIGEST_2025 = "今年继续落实“六稳”要求，弘扬“两山”精神。"

COMPONENTS = [
    "去产能",
    "去库存",
    "去杠杆",
    "降成本",
    "补短板",
    "太行山",
    "吕梁山",
    "稳就业",
    "稳金融",
    "保民生",
    "保运转",
]


#: What a person decided: a name of each status, and a decision that does not apply.
VERDICTS = tuple(
    Verdict(replace(decision, number=number), stands, terms, note=note)
    for number, (decision, stands, terms, note) in enumerate(
        (
            (
                Decision(
                    "english",
                    "六稳",
                    "as the State Council has it",
                    label="the Six Stabilities",
                    status="official",
                    source="State Council",
                    year=2020,
                    date="2026-11-22",
                    by="a translator",
                ),
                True,
                ("六稳",),
                "",
            ),
            (
                Decision("english", "六稳", "shorter", label="six stables", status="rejected"),
                True,
                ("六稳",),
                "",
            ),
            (Decision("alias", "七稳", "a slip", alias="七个稳"), False, (), "no term 七稳"),
        ),
        1,
    )
)


def find(doc: Document, quote: str, after: str = "") -> Span:
    """The first stretch of `doc` that reads `quote`, at or behind the first `after`."""
    start = doc.text.index(quote, doc.text.index(after))
    return doc.span(start, start + len(quote))


def reach(doc: Document, first: str, last: str) -> Span:
    """From the first `first` to the end of the next `last`."""
    start = doc.text.index(first)
    return doc.span(start, doc.text.index(last, start) + len(last))


def small_corpus() -> Corpus:
    """Two full reports and a digest: an editor's box, an appended glossary, a homonym, two candidates, one of them listed."""
    old = Document(
        "shanxi-2021",
        REPORT_2021,
        title="2021年山西省政府工作报告",
        issuer="山西省人民政府",
        region="山西",
        level="provincial",
        year=2021,
        kind=Kind.ANNOTATED,
        date="2021-01-20",
        speaker="某某",
        session="山西省第十三届人民代表大会第四次会议",
        publisher="某出版社",
        url="https://example.org/报告",
        licence="https://example.org/licence",
    )
    new = Document("shanxi-2024", REPORT_2024, title="2024年山西省政府工作报告", year=2024)
    digest = Document("digest 2025", DIGEST_2025, year=2025, kind=Kind.ABRIDGEMENT, abridges="shanxi-2024")

    review = Section(
        reach(old, "一、2020年工作回顾", "稳就业：把就业放在首位。"),
        find(old, "一、2020年工作回顾"),
        ("一、2020年工作回顾",),
        (2020,),
    )
    plans = Section(
        reach(old, "二、2021年工作安排", "“1+N”政策。"),
        find(old, "二、2021年工作安排"),
        ("二、2021年工作安排",),
        (2021,),
    )
    box = Glossary(
        reach(old, "“三去一降一补”，2015年", "稳就业：把就业放在首位。"),
        find(old, "知识小贴士"),
        Context.BOX,
        Voice.EDITOR,
        1,
    )
    appended = Glossary(
        find(new, "“两山”：绿水青山就是金山银山。"),
        find(new, "名词解释"),
        Context.GLOSSARY,
        Voice.GOVERNMENT,
        None,
    )

    def entry(
        headword: Span, definition: Span, components: tuple[Component, ...] = (), **more: object
    ) -> Entry:
        facts: dict[str, object] = {
            "numeral": None,
            "readings": (),
            "expected": None,
            "agrees": None,
            "dates": (),
            "origin": None,
            "glossary": box if headword.doc is old else appended,
            "voice": Voice.EDITOR if headword.doc is old else Voice.GOVERNMENT,
            "rule": "quoted-head",
            "split_rule": "list" if components else None,
        }
        return Entry(headword.text, headword.text, headword, definition, components, **(facts | more))  # type: ignore[arg-type]

    reform = entry(
        find(old, "三去一降一补", after="知识小贴士"),
        reach(old, "2015年12月", "补短板。"),
        tuple(
            Component(find(old, text), group)
            for text, group in [
                ("去产能", "三去"),
                ("去库存", "三去"),
                ("去杠杆", "三去"),
                ("降成本", "一降"),
                ("补短板", "一补"),
            ]
        ),
        numeral="3+1+1",
        readings=(5, 3),
        expected=5,
        agrees=True,
        dates=("2015-12",),
        origin=Origin("national", find(old, "中央经济工作会议")),
    )
    mountains = entry(
        find(old, "两山", after="补短板。"),
        find(old, "太行山、吕梁山。"),
        (Component(find(old, "太行山")), Component(find(old, "吕梁山"))),
        numeral="2",
        readings=(2,),
        expected=2,
        agrees=True,
    )
    steady = entry(
        find(old, "六稳", after="吕梁山。"),
        reach(old, "2018年7月31日", "稳就业：把就业放在首位。"),
        (
            Component(find(old, "稳就业"), definition=find(old, "把就业放在首位。")),
            Component(find(old, "稳金融")),
        ),
        numeral="6",
        readings=(6,),
        expected=6,
        agrees=False,
        dates=("2018-07-31",),
    )
    green = entry(find(new, "两山", after="名词解释"), find(new, "绿水青山就是金山银山。"))

    listed = (Component(find(new, "保民生")), Component(find(new, "保运转")))

    def mention(
        span: Span, concept: str, section: Section | None, context: Context = Context.BODY
    ) -> Mention:
        return Mention(span, span.text, concept, context, section, "core")

    return Corpus(
        documents=(old, new, digest),
        sections=(review, plans),
        glossaries=(box, appended),
        concepts=(
            Concept(
                "三去一降一补", "三去一降一补", ("三去一降一补改革",), ("三去一降一补 ",), entries=(reform,)
            ),
            Concept("两山（太行山、吕梁山）", "两山", qualifier="太行山、吕梁山", entries=(mountains,)),
            Concept(
                "两山（绿水青山就是金山银山）", "两山", qualifier="绿水青山就是金山银山", entries=(green,)
            ),
            Concept("六稳", "六稳", entries=(steady,)),
            *(Concept(text, text) for text in COMPONENTS),
            Concept("1+N", "1+N", candidate=True),
            Concept("两保", "两保", candidate=True, parts=listed),
        ),
        mentions=(
            mention(find(old, "六稳"), "六稳", review),
            mention(find(old, "三去一降一补"), "三去一降一补", review),
            mention(find(old, "两山"), "两山（太行山、吕梁山）", review),
            mention(find(old, "三去一降一补", after="知识小贴士"), "三去一降一补", review, Context.BOX),
            mention(find(old, "两山", after="补短板。"), "两山（太行山、吕梁山）", review, Context.BOX),
            mention(find(old, "六稳", after="吕梁山。"), "六稳", review, Context.BOX),
            mention(find(old, "六稳", after="二、2021年"), "六稳", plans),
            mention(find(old, "1+N"), "1+N", plans),
            replace(mention(find(new, "两山"), "两山（绿水青山就是金山银山）", None), decided="document"),
            mention(find(new, "三去一降一补"), "三去一降一补", None),
            mention(
                find(new, "两山", after="名词解释"), "两山（绿水青山就是金山银山）", None, Context.GLOSSARY
            ),
            mention(find(digest, "六稳"), "六稳", None),
            mention(find(new, "两保"), "两保", None),
            Mention(find(new, "保民生、保运转"), "两保", "两保", Context.BODY, None, "listed", "listed"),
        ),
        states=tuple(
            State(concept, year, presence, documents)
            for concept, presences in {
                "六稳": (Presence.NAMED_WITH_PARTS, Presence.UNKNOWN, Presence.UNKNOWN, Presence.ABSENT),
                "三去一降一补": (Presence.LISTED, Presence.UNKNOWN, Presence.UNKNOWN, Presence.NAMED),
                "两保": (Presence.ABSENT, Presence.UNKNOWN, Presence.UNKNOWN, Presence.NAMED_WITH_PARTS),
            }.items()
            for year, presence, documents in zip(
                (2021, 2022, 2023, 2024), presences, (("shanxi-2021",), (), (), ("shanxi-2024",)), strict=True
            )
        ),
        relations=(
            Relation(
                "successor",
                "六稳",
                "两保",
                (find(old, "“六稳”任务"), find(new, "“两保”要求")),
                0.75,
                "shared-parts",
                added=("保运转",),
                dropped=("稳就业", "稳金融"),
                kept=("保民生",),
            ),
            Relation(
                "abbreviation",
                "六稳",
                "六稳",
                (find(old, "“六稳”任务"),),
                0.8,
                "full-name",
                long_form="六个稳",
            ),
        ),
        open=(
            replace(
                mention(find(digest, "两山"), "", None),
                decided="open",
                senses=("两山（太行山、吕梁山）", "两山（绿水青山就是金山银山）"),
            ),
        ),
        subjects=(
            Subject("工作", (review, plans), (("六稳", 2), ("1+N", 1))),
            Subject("生态", (), (("1+N", 1),)),
        ),
        ties=(tie := Tie("三去一降一补", "六稳", "sentence", 1, 0.25, 0.5),),
        bridges=frozenset({tie}),
        standings=(Standing("六稳", "sentence", 1, 0.75, 0.5, 0.0, 1),),
        communities=(Community("六稳", ("六稳", "稳就业", "稳金融")),),
        identifiers=(
            Identifier("两山", "两山", "泰山、蒙山", gone=True),
            Identifier("两山（太行山、吕梁山）", "两山", "太行山、吕梁山"),
            Identifier("两个保", "两个保", gone=True, replaced_by="两保"),
        ),
        steps=(
            Step(
                old,
                new,
                (
                    Change(
                        Rewording.REPLACED,
                        "“三去一降一补”",
                        find(old, "“三去一降一补”"),
                        find(new, "“三去一降一补”成果"),
                        (find(old, "我们落实“六稳”任务，推进“三去一降一补”，“两山”之间保护生态。"),),
                        (find(new, "践行“两山”理念，巩固“三去一降一补”成果。"),),
                        3.0,
                        (2021,),
                        1,
                        1,
                    ),
                ),
            ),
        ),
        verdicts=VERDICTS,
    )
