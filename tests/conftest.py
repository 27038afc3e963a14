"""What the tests of the data side share: data files written on the spot, and the command line run in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import run
from generator.template.source import docxtpl_template

docxtpl_template()  # before a test module imports docxtpl, which may change names that python-docx writes

Write = Callable[..., Path]
Command = Callable[..., "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit code, and what it wrote on both streams."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Both streams."""
        return self.out + self.err


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's settings file, style folders and kept plans are those of the test alone; none is there yet."""
    file = tmp_path_factory.mktemp("设置") / "jixiao.yaml"
    monkeypatch.setattr("generator.style.folders.settings_file", lambda: file)
    monkeypatch.setattr("generator.style.settings_file", lambda: file)
    monkeypatch.delenv("JIXIAO_STYLES", raising=False)
    monkeypatch.setenv("JIXIAO_CACHE", "0")  # a template is compiled wherever a test has it compiled
    return file


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a data file and give its path."""

    def written(content: str | bytes, name: str = "项目.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return path

    return written


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command of the command line in this process."""

    def ran(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return ran
