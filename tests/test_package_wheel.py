"""The wheel: built offline, it holds the package with templates and samples, and works from there alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built by the backend that is installed, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(PROJECT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is unpacked into."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, folder: Path, *arguments: str) -> str:
    """What the unpacked program prints, run in `folder`; it must end with 0."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1", "PATH": ""}
    environment.pop("JIXIAO_STYLES", None)
    command = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def below(folder: str, *but: str) -> set[str]:
    """The project's own files in one of its folders, as they are called there."""
    found = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / folder).rglob("*") if path.is_file()}
    return {name for name in found if "__pycache__" not in name and not name.endswith(but)}


def test_one_package_and_its_command(wheel: Path, names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    (about,) = tops - {"generator"}
    assert wheel.name.startswith("jixiao-") and about.endswith(".dist-info")
    with zipfile.ZipFile(wheel) as archive:
        assert "jixiao = generator.cli:main" in archive.read(f"{about}/entry_points.txt").decode("utf-8")


def test_every_module_template_and_sample_is_in_it(names: set[str]) -> None:
    code = below("generator", ".pyc")
    resources = {f"generator/{name}" for name in below("templates", ".py") | below("samples")}
    assert {name for name in names if name.startswith("generator/")} == code | resources


def test_the_scripts_that_author_templates_stay_out(names: set[str]) -> None:
    assert not [name for name in names if name.endswith(("build.py", "_authoring.py"))]


def test_its_own_templates_and_samples_make_the_demo(installed: Path, tmp_path: Path) -> None:
    (first, *_) = json.loads(run(installed, tmp_path, "styles", "--json"))
    assert Path(first["位置"]).is_relative_to(installed)
    run(installed, tmp_path, "demo")
    samples = {path.stem for path in (PROJECT / "samples").glob("*.yaml")}
    assert {path.stem for path in (tmp_path / "out").glob("*.docx")} == samples
