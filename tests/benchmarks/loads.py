"""The documents that are measured on: real reports, copied under other names where more are asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"
ENDINGS = {".md", ".txt"}


class Load:
    """Folders of documents and builds of them in the folder `scratch`, made when they are first asked for."""

    def __init__(self, scratch: Path, corpora: Sequence[Path] = ()) -> None:
        self._scratch = scratch
        self._sources = [
            path
            for folder in [SEEDS, *corpora]
            for path in sorted(folder.rglob("*"))
            if path.suffix in ENDINGS and path.name != "README.md"
        ]

    def texts(self, documents: int) -> list[str]:
        """That many texts, as they stand in the files."""
        return [path.read_text(encoding="utf-8") for path in islice(cycle(self._sources), documents)]

    def folder(self, documents: int) -> Path:
        """A folder of that many documents."""
        folder = self.scratch(f"documents-{documents}")
        if not any(folder.iterdir()):
            for i, path in enumerate(islice(cycle(self._sources), documents)):
                copy = i // len(self._sources)
                name = path.stem + (f"-copy{copy}" if copy else "") + path.suffix
                (folder / name).write_bytes(path.read_bytes())
        return folder

    def build(self, documents: int | None = None) -> Path:
        """A build of that many documents; without a number one of the seeds."""
        output = self.scratch(f"built-{documents or 'seeds'}")
        if not any(output.iterdir()):
            folder = SEEDS if documents is None else self.folder(documents)
            command = [sys.executable, "-m", "kg", "build", str(folder), "--output", str(output)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return output

    def scratch(self, name: str) -> Path:
        """A folder for files of one's own."""
        folder = self._scratch / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
