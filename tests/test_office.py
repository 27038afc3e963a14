"""Every sample, and a new draft of every style, opens in Word (validator) and LibreOffice, with page numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.document import project
from generator.new import new_files
from generator.package import write_all
from generator.pagination import office, to_pdf
from generator.pipeline import judge, make
from generator.style import find_style, style_folders

from .golden import SAMPLES, golden, rendered
from .validator import validation_errors

pytestmark = pytest.mark.office
WITH_CONTENTS = [sample for sample in SAMPLES if "[toc 1]" in golden(sample).read_text(encoding="utf-8")]
STYLES = [name for name, _ in style_folders()]


@pytest.fixture(params=[*SAMPLES, *STYLES], ids=lambda made: made.stem if isinstance(made, Path) else f"new-{made}")
def document(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """A rendered sample, or the draft that a new data file of a style renders to."""
    if isinstance(request.param, Path):
        return rendered(request.param)
    data = tmp_path / "项目.yaml"
    write_all(new_files(find_style(request.param), data))
    return make(judge(data), pages=False).document


def test_the_validator_finds_nothing(document: bytes) -> None:
    assert validation_errors(document) == []


def test_it_converts_to_pdf(document: bytes) -> None:
    assert office(), "LibreOffice is not installed"
    assert (to_pdf(document) or b"").startswith(b"%PDF")


@pytest.mark.parametrize("sample", WITH_CONTENTS, ids=lambda path: path.stem)
def test_the_contents_has_page_numbers(sample: Path, pages_of: Callable[[bytes], list[int]]) -> None:
    made = make(judge(sample))
    assert made.numbered
    numbers = pages_of(made.document)
    assert numbers and numbers == sorted(numbers)


@pytest.fixture
def pages_of() -> Callable[[bytes], list[int]]:
    """The page numbers that the contents prints, in order."""

    def pages(document: bytes) -> list[int]:
        lines = [line for line in f"{project(document)}".splitlines() if line.startswith("[toc ")]
        found = [re.search(r"⇥(\d+)$", line) for line in lines]
        assert all(found), "an entry of the contents has no page number"
        return [int(match[1]) for match in found if match]

    return pages
