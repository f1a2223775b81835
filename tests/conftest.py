"""What many tests need: the seeds, built once."""

from pathlib import Path

import pytest

from kg.model import Corpus
from kg.pipeline import build, read

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    """Everything that is read from the seeds."""
    return read(ROOT / "seeds")[1]


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds."""
    folder = tmp_path_factory.mktemp("built") / "output"
    build(ROOT / "seeds", folder)
    return folder
