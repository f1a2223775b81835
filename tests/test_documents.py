from pathlib import Path

import pytest

from kg import formats
from kg.cleaning import clean
from kg.documents import infer, read_corpus, read_document
from kg.model import KgError, Kind

SEEDS = Path(__file__).parent.parent / "seeds"
REPORT = "政府工作报告\n\n——2024年1月23日在山西省第十四届人民代表大会第二次会议上\n\n省长 金湘军\n\n各位代表：\n\n做好“六稳”工作。"


def test_documents_of_the_seeds_are_described_by_their_manifest():
    source = read_corpus(SEEDS)
    assert [(d.id, d.year, d.kind) for d in source.documents] == [
        ("shanxi-2021-report-annotated", 2021, Kind.ANNOTATED),
        ("shanxi-2024-evening-news", 2024, Kind.ABRIDGEMENT),
        ("shanxi-2024-keywords", 2024, Kind.ABRIDGEMENT),
        ("shanxi-2024-report", 2024, Kind.REPORT),
        ("shanxi-2025-digest", 2025, Kind.ABRIDGEMENT),
    ]
    report = source.documents[3]
    assert (report.date, report.speaker, report.publisher) == ("2024-01-23", "金湘军", None)
    assert source.notes == ()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (REPORT, {"title": "2024年山西省政府工作报告", "year": 2024, "region": "山西省", "level": "provincial", "speaker": "金湘军"}),
        ("2025年北京市政府工作报告\n2025年1月14日在北京市第十六届人民代表大会第三次会议上北京市市长殷勇同志作政府工作报告。",
         {"year": 2025, "region": "北京市", "level": "provincial", "speaker": "殷勇", "date": "2025-01-14"}),
        ("政府工作报告——2024年3月5日在第十四届全国人民代表大会第二次会议上国务院总理李强",
         {"year": 2024, "issuer": "国务院", "level": "national", "session": "第十四届全国人民代表大会第二次会议"}),
        ("2025年新疆政府工作报告\n——2025年1月19日在新疆维吾尔自治区第十四届人民代表大会第三次会议上",
         {"region": "新疆维吾尔自治区", "level": "provincial"}),
        ("现在，我代表国务院，向大会报告政府工作，请予审议。", {"issuer": "国务院", "level": "national", "year": None}),
        ("现在，我代表国务院，向大会报告政府工作。\n一、2019年和今年以来工作回顾\n去年，做好“六稳”工作。", {"year": 2020}),
        ("各位代表：\n一、2018—2022年工作回顾\n这五年，做好“六稳”工作。", {"year": 2023}),
        ("各位代表：\n2024年，做好“六稳”工作。我们回顾了2023年。", {"year": 2024}),
        ("关于一九五八年度国民经济计划草案的报告\n2006年02月23日来源：人民网", {"year": 1958}),
        ("太原市政府工作报告\n——二〇二三年四月十日", {"region": "太原市", "level": "municipal"}),
    ],
)  # fmt: skip
def test_documents_infer_what_the_title_page_says(page, expected):
    found = infer(clean(page)[0])
    assert {key: found.get(key) for key in expected} == expected


def test_documents_invent_nothing(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("做好“六稳”工作。", encoding="utf-8")
    doc, notes = read_document(path)
    assert (doc.title, doc.year, doc.region, doc.issuer, doc.date) == (None, None, None, None, None)
    said = [note.message for note in notes]
    assert any("`year = 20XX`" in message for message in said)
    assert any('`region = "…"`' in message for message in said)


def test_documents_of_a_folder_without_manifest(tmp_path):
    (tmp_path / "b.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(REPORT.replace("2024", "2023").encode("gb18030"))
    (tmp_path / "c.html").write_text(f"<p>{REPORT.replace('2024', '2022')}</p>", encoding="utf-8")
    (tmp_path / "b.html").write_text("<p>同名。</p>", encoding="utf-8")
    (tmp_path / "d.doc").write_bytes(b"x")
    (tmp_path / "~$c.docx").write_bytes(b"x")
    source = read_corpus(tmp_path)
    assert [(d.id, d.year) for d in source.documents] == [("a", 2023), ("b", 2024), ("c", 2022)]
    assert [(note.doc, note.message) for note in source.notes] == [
        ("b", "b.html was not read: b.md has its name; rename one to read both"),
        (
            "d",
            "d.doc was not read; it is of the old Word; open it in Word, WPS or LibreOffice and save it as .docx",
        ),
    ]


def test_documents_that_cannot_be_read_for_want_of_a_package(tmp_path, monkeypatch):
    def without(_):
        raise ModuleNotFoundError("No module named 'lxml'", name="lxml")

    monkeypatch.setattr(formats.importlib, "import_module", without)
    (tmp_path / "a.html").write_text("<p>做好工作。</p>", encoding="utf-8")
    install = "pip install 'policy-terms[formats]'"
    with pytest.raises(KgError, match=r"no documents; .*\(a\.html was not read; to read it: pip install"):
        read_corpus(tmp_path)
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    source = read_corpus(tmp_path)
    assert [doc.id for doc in source.documents] == ["b"]
    assert [note.message for note in source.notes] == [f"a.html was not read; to read it: {install}"]
    (tmp_path / "corpus.toml").write_text('[[document]]\npath = "a.html"\n', encoding="utf-8")
    with pytest.raises(KgError, match=r"a\.html: to read such files: pip install"):
        read_corpus(tmp_path)


def test_documents_advice_says_that_a_manifest_leaves_out_what_it_does_not_name(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"做好“六稳”工作。{name}", encoding="utf-8")
    said = [note.message for note in read_corpus(tmp_path).notes if "year" in note.message]
    assert said[0].endswith(
        'put `year = 20XX` below `path = "a.txt"` in a corpus.toml that lists every document (`kg add FOLDER` writes it)'
    )
    (tmp_path / "corpus.toml").write_text('[[document]]\npath = "a.txt"\nyear = 2024\n', encoding="utf-8")
    said = [note.message for note in read_corpus(tmp_path).notes if note.doc == "b"]
    assert said == ['is not listed; `kg add` it, or add [[document]] with `path = "b.txt"` to corpus.toml']


def test_documents_manifest_wins_over_the_text(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(
        'title = "T"\n[[document]]\npath = "a.txt"\nyear = 2019\n', encoding="utf-8"
    )
    source = read_corpus(tmp_path)
    assert (source.title, source.documents[0].year, source.documents[0].region) == ("T", 2019, "山西省")
    assert "is of 2019 and was delivered on 2024-01-23" in source.notes[0].message


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("[[document]\n", "not valid TOML"),
        ('[[document]]\ntitle = "x"\n', 'document 1 has no path; add `path = "file.txt"`'),
        (
            '[[document]]\npath = "gone.txt"\n',
            r"gone\.txt: cannot be read .*; correct its path in corpus\.toml",
        ),
        ('[[document]]\npath = "a.txt"\nyear = "2024"\n', "write it as a number, `year = 2024`"),
        (
            '[[document]]\npath = "a.txt"\nkind = "speech"\n',
            "write one of report, annotated, abridgement, other",
        ),
        ('[[document]]\npath = "a.txt"\nlevel = "city"\n', "write one of national, provincial"),
        ('[[document]]\npath = "a.txt"\ndate = "23.1.2024"\n', "write it as `date = 2024-01-23`"),
        ('[[document]]\npath = "a.txt"\nauthor = "x"\n', "unknown field author; known are title, issuer"),
        ('[[document]]\npath = "a.txt"\ntitle = 7\n', 'write it in quotes, `title = "…"`'),
        (
            '[[document]]\npath = "a.txt"\nabridges = "z"\n',
            "abridges 'z', which is not in the corpus; known are a",
        ),
        ('[[document]]\npath = "a.txt"\n[[document]]\npath = "a.md"\n', "two files are named a; rename one"),
        ("document = 3\n", r"documents are listed as \[\[document\]\]"),
    ],
)
def test_documents_say_how_to_correct_a_manifest(tmp_path, manifest, message):
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    (tmp_path / "corpus.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_corpus(tmp_path)


def test_documents_say_what_folder_is_missing_or_empty(tmp_path):
    with pytest.raises(KgError, match="no such folder"):
        read_corpus(tmp_path / "gone")
    with pytest.raises(KgError, match="no documents"):
        read_corpus(tmp_path)
    (tmp_path / "empty.txt").write_text("\n \n", encoding="utf-8")
    with pytest.raises(KgError, match="holds no text"):
        read_corpus(tmp_path)


def test_documents_are_identified_by_their_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("一 二", encoding="utf-8")
    assert read_document(path)[0].sha256 == "f6ea676b13bda19cfc20b95ee4d5dcf6ae81d8b9348b341dc170c8e7c917f587"
