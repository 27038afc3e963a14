"""Checks on words: the names that they suggest print the figures, and texts that print rightly are not blamed."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest

from generator import language, values
from generator.checks import Case
from generator.checks.text.figures import near_misses
from generator.checks.text.figures.known import Known, known_figures
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
    assert not [str(one) for code in ("X102", "X103", "X122") for one in of(code, data)]


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


@pytest.mark.parametrize(
    ("stem", "right", "wrong", "slip"),
    [
        ("kunming", "只下达175,312.57元", "只下达175,322.57元", "有一位数字不同"),
        ("kunming", "只下达175,312.57元", "只下达175,321.57元", "有相邻两位颠倒"),
        ("kunming", "只下达175,312.57元", "只下达17,512.57元", "少一位数字"),
        ("kunming", "只下达175,312.57元", "只下达1,753,112.57元", "多一位数字"),
        ("beijing-xicheng", "占预算的{{ 资金.执行率 }}", "占预算的97.80%", "有一位数字不同"),
    ],
)
def test_a_figure_that_is_one_slip_away_is_a_warning(
    stem: str, right: str, wrong: str, slip: str, tmp_path: Path
) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == stem))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace(right, wrong), encoding="utf-8")
    found = of("X122", data)
    assert text.count(right) == len(found) == 1
    assert found[0].level is Level.WARNING
    assert slip in found[0].what


def test_a_figure_that_contradicts_its_label_is_told_once(tmp_path: Path) -> None:
    text = printed(next(path for path in SAMPLES if path.stem == "kunming"))
    data = tmp_path / "项目.yaml"
    data.write_text(text.replace("到位率为26.56%", "到位率为25.56%"), encoding="utf-8")
    assert of("X102", data)
    assert not of("X122", data)


def test_near_misses_among_thousands_of_figures_are_found_at_once(tmp_path: Path) -> None:
    amounts = [Decimal(7654321 * number % 99999989) / 100 for number in range(1, 3001)]
    rows = "\n".join(f"    - {{名称: 用途{number}, 支出: {amount}元}}" for number, amount in enumerate(amounts))
    typed = "\n".join(f"    付款{amount + Decimal('0.1'):.2f}元。" for amount in amounts[::50])
    data = tmp_path / "项目.yaml"
    head = "金额单位: 元\n报告: {标题: 示例, 样式: national}\n"
    data.write_text(f"{head}资金:\n  按用途:\n{rows}\n正文:\n  项目概况: |\n{typed}\n", encoding="utf-8")
    judged = judge(data)
    case = Case(judged.source, judged.figures, judged.scores, judged.style)
    started = time.process_time()
    assert len(list(near_misses.check(case))) >= 50
    assert time.process_time() - started < 5
