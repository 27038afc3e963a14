"""Templates with one mistake each: lint tells it, and nothing else, with its code and the words that mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lint import lint
from generator.shape import Shape
from generator.specimen import shape
from generator.style import find_style

from .broken_templates import BROKEN, Broken


@pytest.fixture(scope="module")
def names() -> Shape:
    return shape(find_style("national"))


@pytest.mark.parametrize("broken", [pytest.param(one, id=one.name) for one in BROKEN])
def test_a_mistake_is_told_once_with_what_mends_it(broken: Broken, tmp_path: Path, names: Shape) -> None:
    findings = lint(broken.write(tmp_path / "模板.docx"), names)
    assert {one.code for one in findings} == {broken.code}, [str(one) for one in findings]
    said = " ".join(f"{one.where} {one.what} {one.mend}" for one in findings)
    assert all(words in said for words in broken.says), said
