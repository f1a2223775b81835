"""How fast texts are read: mentions against ripgrep, the text half in MB of UTF-8 a second, jieba's start.

ripgrep and ahocorasick-rs are measured where they are installed (`apt-get install ripgrep`, `pip install
ahocorasick-rs`); the program uses neither.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from figures import Figure, memory, memory_of, seconds
from loads import SEEDS, Load

TITLE = "Text"
DOCUMENTS = 88
REPEATS = 5
ITEM = re.compile(r"(?<=[、，“])[一-鿿]{3,8}(?=[、，。；”])")

#: Finds all labels of a file in the lines of another.
FIND = """
import sys
from pathlib import Path
from kg.hits import HitFinder

names, text = (Path(name).read_text(encoding="utf-8").splitlines() for name in sys.argv[1:])
finder = HitFinder(names)
for line in text:
    finder.find(line)
"""


def figures(load: Load) -> Iterator[Figure]:
    """Mentions at 1,000 to 100,000 labels; then each stage of the text half; then what jieba costs before its first word."""
    texts = load.texts(DOCUMENTS)
    for number in (1_000, 10_000, 100_000):
        yield from _finding(load, texts, labels(texts, number))
    yield from _stages(SEEDS, "seeds")
    yield from _stages(load.folder(DOCUMENTS), f"{DOCUMENTS} documents")
    yield _start()


def labels(texts: Sequence[str], number: int) -> list[str]:
    """That many labels, half of them items of lists in the texts (as far as there are so many), and half with no place in them."""
    items = sorted({item for text in texts for item in ITEM.findall(text)})
    random.Random(6).shuffle(items)
    names = set(items[: number // 2])
    draw = random.Random(number)
    while len(names) < number:
        letters = draw.choice(items) + draw.choice(items)
        names.add("".join(draw.sample(letters, draw.randint(3, min(8, len(letters))))))
    return sorted(names)


def _finding(load: Load, texts: Sequence[str], names: Sequence[str]) -> Iterator[Figure]:
    from kg.hits import HitFinder

    data = [text.encode() for text in texts]
    size = sum(map(len, data)) / 1e6
    finder = HitFinder(names)
    hits = sum(len(finder.find(text)) for text in texts)
    on = f"{size:.1f} MB, {hits:,} hits"
    # each time texts of their own: what Python keeps of a string that has been looked at would help
    fresh = [[text[:1] + text[1:] for text in texts] for _ in range(REPEATS)]
    find, decode = seconds(
        lambda: [finder.find(text) for text in fresh.pop()],
        lambda: [text.decode() for text in data],
        repeats=REPEATS,
    )
    what = f"mentions of {len(names):,} labels"
    yield Figure(what, size / find, "MB/s", "decoding UTF-8", decode / find, "", on)
    if which("rg"):
        folder = load.scratch("ripgrep")
        (folder / "labels").write_text("\n".join(names), encoding="utf-8")
        (folder / "text").write_bytes(b"\n".join(data))
        command = ["rg", "--threads=1", "-obF", "-f", str(folder / "labels"), str(folder / "text")]
        make = seconds(lambda: HitFinder(names), repeats=REPEATS)[0]
        theirs = _process(command)
        bar = "≥ 3" if len(names) == 10_000 else ""
        yield Figure(what, size / find, "MB/s", "`rg -obF -f`", theirs / find, bar, on)
        ours = memory(FIND, folder / "labels", folder / "text")
        yield Figure(f"{what}, memory of a process", ours, "MB", "ripgrep", ours / memory_of(command), "", on)
        yield Figure(f"{what}, the finder made", size / (find + make), "MB/s", "`rg -obF -f`", theirs / (find + make), "", on)  # fmt: skip
    if find_spec("ahocorasick_rs") and len(names) == 10_000:
        yield from _automata(texts, names, size)


def _automata(texts: Sequence[str], names: Sequence[str], size: float) -> Iterator[Figure]:
    """The automaton that is used, and the other one that finds the leftmost and longest."""
    import ahocorasick_rs
    import daachorse

    ours = daachorse.CharwiseDoubleArrayAhoCorasick(names, daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    theirs = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    one, other = seconds(
        lambda: [ours.find(text) for text in texts],
        lambda: [theirs.find_matches_as_indexes(text) for text in texts],
        repeats=REPEATS,
    )
    yield Figure(
        "daachorse, 10,000 labels", size / one, "MB/s", "ahocorasick-rs", other / one, "", f"{size:.1f} MB"
    )


def _stages(folder: Path, on: str) -> Iterator[Figure]:
    """The text half, document by document. jieba has read its dictionary before; what it cut is forgotten each time."""
    from kg import words
    from kg.documents import read_corpus
    from kg.entries import find_entries
    from kg.lexicon import build_lexicon
    from kg.mentions import find_mentions, make_finder
    from kg.structure import find_glossaries, find_sections

    docs = read_corpus(folder).documents
    size = sum(len(doc.text.encode()) for doc in docs) / 1e6
    boxes = {doc.id: find_glossaries(doc) for doc in docs}
    sections = {doc.id: find_sections(doc) for doc in docs}
    entries = [entry for own in boxes.values() for box in own for entry in find_entries(box)]
    finder = make_finder(build_lexicon(docs, entries, {}))
    stages: dict[str, Callable[[], object]] = {
        "reading and cleaning": lambda: read_corpus(folder),
        "sections": lambda: [find_sections(doc, boxes[doc.id]) for doc in docs],
        "glossaries": lambda: [find_glossaries(doc) for doc in docs],
        "entries": lambda: [find_entries(box) for own in boxes.values() for box in own],
        "mentions": lambda: [find_mentions(doc, finder, sections[doc.id], boxes[doc.id]) for doc in docs],
    }

    def forgetful(stage: Callable[[], object]) -> None:
        words._clause_words.cache_clear()
        words.tagged_words.cache_clear()
        stage()

    times = seconds(*(partial(forgetful, stage) for stage in stages.values()), repeats=REPEATS)
    for name, time in zip(stages, times, strict=True):
        yield Figure(name, size / time, "MB/s", size=on)
    yield Figure("the whole text half", size / sum(times), "MB/s", "5 MB/s", size / sum(times) / 5, "≥ 1", on)


def _start() -> Figure:
    """Until a word is cut and tagged: the dictionary as it is needed, against jieba's own way with its cache."""
    text = "推进碳达峰碳中和"
    ours = f"from kg.words import tagged_words; tagged_words({text!r})"
    theirs = f"import jieba, jieba.posseg; jieba.setLogLevel(50); jieba.posseg.lcut({text!r})"
    mine, other = (_process([sys.executable, "-c", code]) for code in (ours, theirs))
    return Figure(
        "jieba's first words", 1000 * mine, "ms", "jieba as it comes", mine / other, "", "a process"
    )


def _process(command: Sequence[str]) -> float:
    """CPU seconds of a command, the least of its rounds."""
    used = []
    for _ in range(REPEATS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        usage = os.wait4(process.pid, 0)[2]
        used.append(usage.ru_utime + usage.ru_stime)
    return min(used)
