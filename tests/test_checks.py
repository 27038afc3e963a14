"""Checks find what their docstring says, at its place, at the level that the style gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import checks
from generator.findings import Finding, Level
from generator.pipeline import review

DATA = """金额单位: 元
报告: {{标题: 测试, 样式: {style}}}
指标体系:
  - {{名称: 过程, 分值: {process}}}
  - {{名称: 产出, 分值: {output}}}
  - {{名称: {effect}, 分值: {points}}}
"""


def found(folder: Path, style: str, process: int, output: int, effect: str, points: int) -> list[Finding]:
    data = folder / "data.yaml"
    text = DATA.format(style=style, process=process, output=output, effect=effect, points=points)
    data.write_text(text, encoding="utf-8")
    return [finding for finding in review(data) if finding.code == "K101"]


def test_every_check_has_a_code_of_its_own_and_says_what_it_holds_and_what_not() -> None:
    codes = [check.CODE for check in checks()]
    assert codes and len(set(codes)) == len(codes)
    assert all("正例" in (check.__doc__ or "") and "反例" in (check.__doc__ or "") for check in checks())


@pytest.mark.parametrize(("output", "points", "count"), [(35, 25, 0), (34, 22, 1), (34, 26, 0), (34, 25, 1)])
def test_weights_below_the_floor_of_the_style_are_told(tmp_path: Path, output: int, points: int, count: int) -> None:
    findings = found(tmp_path, "national", 100 - output - points, output, "效益", points)
    assert len(findings) == count
    for finding in findings:
        assert finding.level is Level.WARNING and finding.expected == "不低于60%"
        assert finding.actual == f"{output + points}%" and finding.where.line == 4


def test_names_of_other_styles_count_as_the_style_maps_them(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "national", 44, 34, "效果", 22)
    assert "产出、效果合计权重56%" in finding.what
