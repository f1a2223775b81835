"""The ontology, the queries and the templates are found wherever the program is installed."""

import shutil
import subprocess
import sys
import tomllib
import venv
from fnmatch import fnmatch
from pathlib import Path

import pytest

from kg.resources import resource

CHECKOUT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
NAMES = ["ontology/kg.ttl", "ontology/shapes.ttl", "ontology/queries", "ontology/checks"]
FIND = "import sys; from kg.resources import resource; [print(resource(name)) for name in sys.argv[1:]]"


def tracked(folder: str) -> list[Path]:
    """The files of a folder of the checkout, without what Python leaves there."""
    paths = (path for path in (CHECKOUT / folder).rglob("*") if path.is_file())
    return [path for path in paths if "__pycache__" not in path.parts]


def found(python: Path | str, *folders: Path) -> list[Path]:
    """Where a Python finds the resources, run from a folder that has nothing to do with the checkout."""
    environment = {"PYTHONPATH": str(folders[0])} if folders else {}
    command = [str(python), "-c", FIND, *NAMES]
    done = subprocess.run(
        command, check=True, capture_output=True, cwd="/", env=environment, encoding="utf-8"
    )
    return [Path(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_resources_are_found_in_a_checkout(name: str) -> None:
    assert resource(name) == CHECKOUT / name


def test_resources_that_are_missing_are_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"ontology/nothing\.ttl is missing"):
        resource("ontology/nothing.ttl")


def test_resources_are_found_where_everything_lies_in_the_package(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "kg", tmp_path / "kg")
    shutil.copytree(CHECKOUT / "ontology", tmp_path / "kg" / "ontology")
    assert found(sys.executable, tmp_path) == [tmp_path / "kg" / name for name in NAMES]


def test_resources_every_package_is_listed() -> None:
    folders = {path.parent.relative_to(CHECKOUT) for path in tracked("kg") if path.suffix == ".py"}
    packages = {".".join(folder.parts) for folder in folders}
    assert packages | {"kg.ontology"} == set(SETTINGS["packages"])


@pytest.mark.parametrize("folder", ["kg", "ontology"])
def test_resources_every_file_travels(folder: str) -> None:
    patterns = [pattern.rpartition("/")[2] for pattern in SETTINGS["package-data"]["*"]] + ["*.py"]
    forgotten = [path.name for path in tracked(folder) if not any(fnmatch(path.name, p) for p in patterns)]
    assert forgotten == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that building leaves nothing in the real one."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("kg", "ontology"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    for name in ("README.md", "LICENSE"):
        (folder / name).touch()
    return folder


def empty_environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(*command: str | Path) -> None:
    """Run a command that fetches the build tool; without a network there is nothing to test."""
    done = subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", errors="replace")
    output = done.stdout + done.stderr
    if done.returncode and ("No matching distribution" in output or "Failed to establish" in output):
        pytest.skip("the build tool (setuptools) cannot be fetched: connect to a network to test the wheel")
    assert done.returncode == 0, output


def test_resources_are_found_in_a_wheel(copy: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", copy)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    python = empty_environment(tmp_path / "venv")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", wheel)
    paths = found(python)
    assert [path.parts[-len(Path(name).parts) - 1 :] for path, name in zip(paths, NAMES, strict=True)] == [
        ("kg", *Path(name).parts) for name in NAMES
    ]
    package = paths[0].parents[1]
    for folder, inside in (("kg", package), ("ontology", package / "ontology")):
        for path in tracked(folder):
            copied = inside / path.relative_to(CHECKOUT / folder)
            assert copied.read_bytes() == path.read_bytes(), copied


def test_resources_are_found_in_an_editable_install(copy: Path, tmp_path: Path) -> None:
    python = empty_environment(tmp_path / "venv")
    run(python, "-m", "pip", "install", "--no-deps", "--editable", copy)
    assert found(python) == [copy / name for name in NAMES]
