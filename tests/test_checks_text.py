"""Checks on words: the names that they suggest print the figures, and texts that print rightly are not blamed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import language, values
from generator.checks import Case
from generator.checks.text.figures import Known, known_figures
from generator.context import context
from generator.findings import Finding, Level
from generator.pipeline import judge, review

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.yaml"))


def printed(sample: Path) -> str:
    """A sample's file with every tag of its texts replaced by what it prints: as if nobody knew of tags."""
    judged = judge(sample)
    names = context(judged.source, judged.style, judged.figures, judged.scores).names
    lines = sample.read_text(encoding="utf-8").split("\n")
    return "\n".join(
        line if "{%" in line else re.sub(r"\{\{[^{}]*\}\}", lambda tag: language.fill(tag[0], names), line)
        for line in lines
    )


def of(code: str, data: Path) -> list[Finding]:
    return [one for one in review(data).findings if one.code == code]


def value(known: Known, text: str) -> object:
    """The figure that a text prints, as `Known` has it."""
    if known.kind == "money":
        amount = values.money(text, None)
        return amount.yuan if isinstance(amount, values.Money) else None
    if known.kind == "rate":
        rate = values.rate(text)
        return rate.percent if isinstance(rate, values.Rate) else None
    count = values.quantity(text)
    return count.number if isinstance(count, values.Quantity) else None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_name_that_is_suggested_prints_its_figure(sample: Path) -> None:
    judged = judge(sample)
    case = Case(judged.source, judged.figures, judged.scores, judged.style)
    names = context(judged.source, judged.style, judged.figures, judged.scores).names
    named = [one for one in known_figures(case).known if one.name]
    assert named
    for one in named:
        exact = "|元" if one.kind == "money" else ""
        assert value(one, language.fill(f"{{{{ {one.name}{exact} }}}}", names)) == one.value, one.name


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_figures_typed_as_they_print_are_hints_and_no_contradictions(sample: Path, tmp_path: Path) -> None:
    data = tmp_path / sample.name
    data.write_text(printed(sample), encoding="utf-8")
    assert of("X101", data)
    assert not [str(one) for code in ("X102", "X103") for one in of(code, data)]


@pytest.mark.parametrize(
    ("right", "wrong", "errors"),
    [("到位率为26.56%", "到位率为25.56%", 3), ("预算资金660,000.00元", "预算资金600,000.00元", 2)],
)
def test_a_figure_that_was_mistyped_is_an_error(right: str, wrong: str, errors: int, tmp_path: Path) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == "kunming"))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace(right, wrong), encoding="utf-8")
    found = of("X102", data)
    assert text.count(right) == len(found) == errors
    assert {one.level for one in found} == {Level.ERROR}
