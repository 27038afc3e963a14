"""Wrong data files say on the offending line what is found there, and nothing else is found.

`预算: 90x  # !D004` expects D004 on that line, `!D004@9` at that column too, `!C001+2` two lines below.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.findings import Finding, ReportError, errors
from generator.pipeline import review

from .conftest import Command

WRONG = sorted((Path(__file__).parent / "wrong").glob("*.yaml"))
MARK = re.compile(r"!([A-Z]\d{3})(?:\+(\d+))?(?:@(\d+))?")
ENGLISH = re.compile(r"[A-Za-z']{2,} [A-Za-z']{2,}")


def expected(path: Path) -> list[tuple[int, str, int | None]]:
    """Line, code and column (if it is given) of each finding that a wrong file announces."""
    lines = path.read_text(encoding="utf-8").split("\n")
    comments = ((number, line.partition("#")[2]) for number, line in enumerate(lines, 1))
    return [
        (number + int(below or 0), code, int(column) if column else None)
        for number, comment in comments
        for code, below, column in MARK.findall(comment)
    ]


def found(path: Path) -> list[Finding]:
    """What is wrong in a file, whether or not it can be read."""
    try:
        return errors(review(path).findings)
    except ReportError as error:
        return list(error.findings)


def test_there_are_wrong_files() -> None:
    assert len(WRONG) > 20


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_is_told_where_it_says(path: Path) -> None:
    findings, announced = found(path), expected(path)
    assert Counter((one.where.line, one.code) for one in findings) == Counter(
        (line, code) for line, code, _ in announced
    )
    places = {(one.where.line, one.code, one.where.column) for one in findings}
    assert {mark for mark in announced if mark[2]} <= places


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_is_told_in_chinese(path: Path) -> None:
    for finding in found(path):
        said = f"{finding.what}{finding.mend or ''}"
        assert not ENGLISH.search(re.sub(r"改为：[^；]*", "", said)), said
        assert "None" not in said and "[" not in re.sub(r"“[^”]*”|改为：.*|列表里没有 \[\d+\].*", "", said), said


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_ends_with_one_or_two(path: Path, command: Command) -> None:
    for words in (("check", path), ("score", path), ("check", path, "--json"), ("score", path, "--json")):
        assert command(*words).code in (0, 1, 2)
    assert command("check", path).code in (1, 2)
