"""Documents are put into a corpus, and its manifest says what was read of them."""

import pytest
from reports import as_docx, as_page

from kg.additions import add
from kg.documents import read_corpus
from kg.model import KgError

REPORT = "政府工作报告\n\n——{}年1月23日在甲省第十四届人民代表大会第二次会议上\n\n省长 李四\n\n各位代表：\n\n做好“六稳”工作。"


@pytest.fixture
def desk(tmp_path):
    """Reports that lie about, and a folder for the corpus."""
    (tmp_path / "2022.docx").write_bytes(as_docx(REPORT.format(2022)))
    (tmp_path / "2023.html").write_bytes(as_page(f"<p>{REPORT.format(2023)}</p>"))
    (tmp_path / "notes.txt").write_text("做好“六保”工作。", encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    return tmp_path


def test_additions_are_copied_and_listed_with_what_was_read(desk):
    first, second = add([desk / "2022.docx", desk / "notes.txt"], desk / "corpus")
    assert (desk / "corpus" / "2022.docx").read_bytes() == (desk / "2022.docx").read_bytes()
    assert first.lines == (
        'path = "2022.docx"',
        'title = "2022年甲省政府工作报告"',
        'kind = "report"',
        "year = 2022",
        'issuer = "甲省人民政府"',
        'region = "甲省"',
        'level = "provincial"',
        "date = 2022-01-23",
        'speaker = "李四"',
        'session = "甲省第十四届人民代表大会第二次会议"',
    )
    assert (first.unknown, second.lines) == ((), ('path = "notes.txt"', 'kind = "report"'))
    assert second.unknown == ("title", "year", "issuer", "region", "level", "date", "speaker", "session")
    manifest = (desk / "corpus" / "corpus.toml").read_text(encoding="utf-8").split("\n")
    for each in (first, second):
        assert tuple(manifest[each.line - 1 : each.line - 1 + len(each.lines)]) == each.lines
    assert [(doc.id, doc.year) for doc in read_corpus(desk / "corpus").documents] == [
        ("2022", 2022),
        ("notes", None),
    ]


def test_additions_leave_a_manifest_as_it_is(desk):
    old = '# mine\r\ntitle = "图谱"   # its name\r\n\r\n[[document]]\r\nyear = 2020\r\npath = "b.txt"  # odd order'
    (desk / "corpus" / "b.txt").write_text(REPORT.format(2020), encoding="utf-8")
    (desk / "corpus" / "corpus.toml").write_bytes(b"\xef\xbb\xbf" + old.encode())
    (added,) = add([desk / "2023.html"], desk / "corpus")
    new = (desk / "corpus" / "corpus.toml").read_bytes().decode("utf-8-sig")
    assert new.startswith(old + "\r\n\r\n[[document]]\r\n")
    assert "\n" not in new.replace("\r\n", "")
    assert new.splitlines()[added.line - 1] == 'path = "2023.html"'
    assert [doc.id for doc in read_corpus(desk / "corpus").documents] == ["2023", "b"]


def test_additions_to_a_folder_without_a_manifest_list_every_document(desk):
    for name in ("a.txt", "b.md"):
        (desk / "corpus" / name).write_text(REPORT.format(2019), encoding="utf-8")
    (desk / "corpus" / "terms.txt").write_text("六稳", encoding="utf-8")
    found = add([desk / "2022.docx"], desk / "corpus")
    assert [(each.path.name, each.copied) for each in found] == [
        ("2022.docx", True),
        ("a.txt", False),
        ("b.md", False),
    ]
    assert [doc.id for doc in read_corpus(desk / "corpus").documents] == ["2022", "a", "b"]


def test_additions_of_a_folder_alone_list_what_is_not_listed(desk):
    add([desk / "2022.docx"], desk / "corpus")
    assert add([], desk / "corpus") == ()
    (desk / "corpus" / "a.txt").write_text(REPORT.format(2019), encoding="utf-8")
    assert [each.path.name for each in add([], desk / "corpus")] == ["a.txt"]


def test_additions_of_a_dry_run_write_nothing(desk):
    wet = desk / "wet"
    dry = add([desk / "2022.docx"], desk / "corpus", dry_run=True)
    assert list((desk / "corpus").iterdir()) == []
    assert [(a.line, a.lines) for a in dry] == [(a.line, a.lines) for a in add([desk / "2022.docx"], wet)]
    assert sorted(path.name for path in wet.iterdir()) == ["2022.docx", "corpus.toml"]


def test_additions_never_overwrite_and_say_so(desk):
    corpus = desk / "corpus"
    add([desk / "2022.docx"], corpus)
    other = desk / "other"
    other.mkdir()
    for name in ("2022.docx", "2022.txt", "2021.txt", "corpus.toml", "data.csv", "old.doc"):
        (other / name).write_text("别的。", encoding="utf-8")
    (corpus / "2021.txt").write_text("旧的。", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    for files, message in [
        (["2022.docx"], r"2022\.docx: is listed in corpus\.toml already; rename .*"),
        (["2022.txt"], r"2022\.txt: 2022\.docx has its name; rename one"),
        (["2021.txt"], r"2021\.txt: is there already and is not overwritten; rename .*"),
        (["corpus.toml"], r"corpus\.toml: is no report; give reports \(\.md, \.txt"),
        (["data.csv"], r"data\.csv: is no document that is read; known are \.md, \.txt"),
        (["old.doc"], r"old\.doc: is of the old Word; open it in Word"),
        (["gone.txt"], r"gone\.txt: no such file"),
        (["../notes.txt", "../notes.txt"], r"notes\.txt: notes\.txt has its name"),
        (["../notes.txt", "gone.txt"], r"gone\.txt: no such file"),
    ]:
        with pytest.raises(KgError, match=message):
            add([other / name for name in files], corpus)
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("[[document]\n", r"corpus\.toml: not valid TOML"),
        ("document = 3\n", r"documents are listed as \[\[document\]\]"),
        (
            'document = [{path = "a.txt"}]\n',
            r"lists its documents in one array; write each as \[\[document\]\]",
        ),
    ],
)
def test_additions_say_what_is_wrong_with_a_manifest(desk, manifest, message):
    (desk / "corpus" / "corpus.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        add([desk / "2022.docx"], desk / "corpus")
    assert [path.name for path in (desk / "corpus").iterdir()] == ["corpus.toml"]


def test_additions_that_cannot_be_written_leave_nothing(desk, monkeypatch):
    def full(path, content):
        if path.name == "corpus.toml":
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr("kg.additions.write_bytes", full)
    with pytest.raises(KgError, match=r"corpus: cannot be written \(No space left on device\)"):
        add([desk / "2022.docx"], desk / "corpus")
    assert list((desk / "corpus").iterdir()) == []
