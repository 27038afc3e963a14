"""The Kunming sample scores as the published report does, through the public command line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import cli

SAMPLE = Path(__file__).parent.parent / "samples" / "kunming.yaml"
Tree = dict[str, Any]


def run(*arguments: str) -> Tree:
    """What a command prints with --json; the command must end without findings of level 错误."""
    result = CliRunner().invoke(cli, [*arguments, "--json"], standalone_mode=False)
    assert result.exception is None
    assert result.return_value == 0
    printed: Tree = json.loads(result.stdout)
    return printed


@pytest.fixture(scope="module")
def scored() -> Tree:
    return run("score", str(SAMPLE))


def walk(nodes: list[Tree], depth: int = 1) -> Iterator[tuple[int, Tree]]:
    """Every node with its level, in order."""
    for node in nodes:
        yield depth, node
        yield from walk(node["下级"], depth + 1)


def rows(scored: Tree) -> list[Tree]:
    """The scored rows, in order."""
    return [node for _, node in walk(scored["指标"]) if not node["下级"]]


def named(scored: Tree, name: str) -> Tree:
    """The first node of that name."""
    return next(node for _, node in walk(scored["指标"]) if node["名称"] == name)


def test_total_and_grade(scored: Tree) -> None:
    assert (scored["总分"], scored["满分"], scored["得分率"], scored["等级"]) == ("88.51", "100", "88.51%", "良")


def test_first_level_scores_and_rates(scored: Tree) -> None:
    assert [(node["名称"], node["分值"], node["得分"], node["得分率"]) for node in scored["指标"]] == [
        ("投入", "10", "8.76", "87.60%"),
        ("过程", "34", "32.73", "96.26%"),
        ("产出", "34", "27.22", "80.06%"),
        ("效果", "22", "19.80", "90.00%"),
    ]


@pytest.mark.parametrize(
    ("name", "points", "rate"),
    [
        ("项目立项", "5", "83.33"),
        ("资金落实", "3.76", "94"),
        ("业务管理", "16", "100"),
        ("财务管理", "16.73", "92.94"),
        ("实际完成率", "4", "44.44"),
        ("完成及时率", "7.22", "80.22"),
        ("质量达标率", "8", "100"),
        ("成本节约率", "8", "100"),
        ("社会效益", "8", "88.89"),
        ("可持续影响", "5.5", "91.67"),
        ("满意度", "6.30", "90"),
        ("群众满意度", "6.30", "90"),
    ],
)
def test_scores_and_rates_of_the_analysis(scored: Tree, name: str, points: str, rate: str) -> None:
    node = named(scored, name)
    assert Decimal(node["得分"]) == Decimal(points)
    assert Decimal(node["得分率"].removesuffix("%")) == Decimal(rate)


def test_every_row(scored: Tree) -> None:
    points = [Decimal(row["得分"]) for row in rows(scored)]
    expected = "2 1.5 1.5 1.88 1.88 5 6 5 6 4.73 6 4 7.22 8 8 2 3 3 5.5 6.3"
    assert points == [Decimal(value) for value in expected.split()]


def test_sums_hold_on_every_level(scored: Tree) -> None:
    for _, node in walk(scored["指标"]):
        if node["下级"]:
            for figure in ("分值", "得分"):
                assert Decimal(node[figure]) == sum(Decimal(below[figure]) for below in node["下级"])


def test_counts(scored: Tree) -> None:
    levels = [level for level, _ in walk(scored["指标"])]
    assert [levels.count(level) for level in (1, 2, 3)] == [4, 7, 18]
    assert len(rows(scored)) == 20


def test_statuses(scored: Tree) -> None:
    statuses = [row["完成情况"] for row in rows(scored)]
    assert (statuses.count("全部完成"), statuses.count("部分完成")) == (10, 10)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("资金到位率", "资金到位率=（175,312.57/660,000.00）×100%=26.56%"),
        ("到位及时率", "到位及时率=（175,312.57/660,000.00）×100%=26.56%"),
        ("资金到位率", "差额=100%-26.56%=73.44%"),
        ("实际完成率", "实际完成率=（6/12）×100%=50%"),
        ("质量达标率", "质量达标率=（6/6）×100%=100%"),
        ("成本节约率", "成本节约率=[（660,000.00-175,312.57）/660,000.00]×100%=73.44%"),
        ("群众满意度", "得分率=（12×100%+22×80%+6×60%）/40×100%=83%"),
        ("可持续影响", "得分率=（17×100%+16×80%+7×60%）/40×100%=85%"),
    ],
)
def test_derivations_can_be_redone_by_hand(scored: Tree, name: str, line: str) -> None:
    assert line in named(scored, name)["计算过程"]


def test_the_wrong_rate_of_the_published_report_is_nowhere(scored: Tree) -> None:
    printed = json.dumps(scored, ensure_ascii=False)
    assert "26.56%" in printed
    assert "25.56" not in printed
    assert "74.44" not in printed


def test_the_deduction_that_no_rule_gives_is_marked(scored: Tree) -> None:
    marked = [row["名称"] for row in rows(scored) if any("人工评定" in line for line in row["计算过程"])]
    assert marked == ["完成及时率"]


def test_check_finds_no_error() -> None:
    assert [found for found in run("check", str(SAMPLE))["发现"] if found["级别"] == "错误"] == []


def test_the_final_report_has_every_text_filled(tmp_path: Path) -> None:
    report = tmp_path / "kunming.docx"
    run("render", str(SAMPLE), "--final", "--no-pages", "-o", str(report))
    with zipfile.ZipFile(report) as package:
        printed = package.read("word/document.xml").decode("utf-8")
    assert "26.56%" in printed
    assert not [mark for mark in ("{{", "}}", "{%", "【待补充", "25.56") if mark in printed]
