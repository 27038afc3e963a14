"""The README and docs/ do what they show.

Of each page the fenced blocks are taken in order.  A `yaml` block with a file name is written under that name; one
without is a part of a data file and must be read, scored and filled without an error.  A `csv` block is a workbook.
A `yml` block with a file name is a change of that file, and `<!-- Word：… -->` stands for what is done in Word: both
are done as docs/word_steps.py says.
A `console` block has commands
after `$ ` and what they print (`...` stands for any lines); `$ echo $?` shows the exit code of the command before.
"""

from __future__ import annotations

import contextlib
import re
import runpy
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from generator import cli, pagination, pipeline
from generator.findings import errors

PROJECT = Path(__file__).parent.parent
WORD = runpy.run_path(str(PROJECT / "docs" / "word_steps.py"))
GENERATED: dict[Path, str] = runpy.run_path(str(PROJECT / "docs" / "build.py"))["pages"]()
PAGES = [PROJECT / "README.md", *(page for page in sorted((PROJECT / "docs").glob("*.md")) if page not in GENERATED)]
HEAD = "金额单位: 元\n报告: {样式: kunming}\n"


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file name behind it, its text, its first line's number."""

    language: str
    name: str
    text: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, and the steps that are done in Word."""
    text = page.read_text(encoding="utf-8")
    fenced = r"^```(\w+)(?: +(\S+))?\n(.*?)^```$|^<!-- (Word)：(\S+) -->$"
    for found in re.finditer(fenced, text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1] or found[4], found[2] or found[5] or "", found[3] or "", line)


def sessions(text: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a console block, split into words, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield shlex.split(command), printed


def matches(printed: str, shown: str) -> bool:
    """Whether what was printed is what is shown, where a line `...` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line.rstrip()) + r"[ ]*\n" for line in shown.splitlines()
    )
    return re.fullmatch(pattern, printed) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pagination, "office", lambda: None)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("JIXIAO_STYLES", raising=False)
    code = 0
    for block in blocks(page):
        if block.language in ("yaml", "text") and block.name:
            Path(block.name).parent.mkdir(exist_ok=True)
            Path(block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "yml" and block.name:
            WORD["amend"](Path(block.name), block.text)
        elif block.language == "Word":
            WORD["STEPS"][block.name]()
        elif block.language == "csv":
            book = Workbook()
            for line in block.text.splitlines():
                book.active.append(line.split(","))
            book.save(block.name)
        elif block.language == "yaml":
            with subtests.test(line=block.line):
                Path("片段.yaml").write_text(whole(block.text), encoding="utf-8")
                assert not list(map(str, errors(pipeline.review(Path("片段.yaml")).findings)))
        elif block.language == "console":
            for command, shown in sessions(block.text):
                with subtests.test(line=block.line, command=shlex.join(command)):
                    if command[:2] == ["echo", "$?"]:
                        assert shown == f"{code}\n"
                        continue
                    code, printed = ran(command)
                    assert matches(printed, shown), f"printed:\n{printed}\nshown:\n{shown}"


def whole(text: str) -> str:
    """A part of a data file as a data file."""
    return text if text.startswith("金额单位:") else HEAD + text


def ran(command: list[str]) -> tuple[int, str]:
    """The exit code of a `jixiao` command and all that it prints."""
    assert command[0] == "jixiao"
    printed = StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = cli.run(command[1:])
    return code, printed.getvalue()


@pytest.mark.parametrize("page", GENERATED, ids=lambda page: page.name)
def test_generated_pages_are_current(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == GENERATED[page], "run: make docs"


@pytest.mark.parametrize("page", [*PAGES, *GENERATED], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_the_readme_begins_with_what_ci_runs() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    ci = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    first = next(block.text for block in blocks(PROJECT / "README.md"))
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]
    for target in set(re.findall(r"\bmake ([a-z-]+)", readme)):
        assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), target
    for command in ("make demo", "make test", "make test-office", "make lint"):
        assert f"step {command}\n" in ci
