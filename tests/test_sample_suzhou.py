"""The figures of the published self-evaluation come out of the sample, in 万元 as its heads say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.document import project
from generator.findings import errors
from generator.pipeline import Judged, judge, make

SAMPLE = Path(__file__).parent.parent / "samples" / "suzhou.yaml"


@pytest.fixture(scope="module")
def judged() -> Judged:
    return judge(SAMPLE)


@pytest.fixture(scope="module")
def printed(judged: Judged) -> list[str]:
    """The lines of the report."""
    return f"{project(make(judged, pages=False).document)}".splitlines()


def test_eighty_points_in_all_and_no_grade(judged: Judged) -> None:
    assert (judged.scores.total, judged.scores.full, judged.scores.grade) == (80, 80, None)
    assert errors(judged.findings) == []


def test_the_four_kinds_of_targets_have_their_points(judged: Judged) -> None:
    assert [(node.indicator.name, node.full, node.points) for node in judged.scores.nodes] == [
        ("投入目标", 24, 24),
        ("产出目标", 24, 24),
        ("结果目标", 26, 26),
        ("影响力目标", 6, 6),
    ]
    assert sum((leaf.points or Decimal() for leaf in judged.scores.leaves()), Decimal()) == 80
    assert len(list(judged.scores.leaves())) == 18


@pytest.mark.parametrize(
    "row",
    [
        "| 〃 | 1650 | 0 | 1640 | ⟷2 10 |",  # published as 16500000.00 under a head that says 万元
        "| 〃 | 1640 | 1640 | 0 | 0 | 0 |",
        "| 〃 | ⟷2 合计 | ⟷3 1640 |",
        "| 项目绩效实现情况（80分） | 投入目标（24分） | 资金使用合规性 | 合规 | 3 | 好 | 3 |",
        "| 〃 | 〃 | 预算执行率 | =100% | 8 | 100% | 8 |",
        "| 〃 | 产出目标（24分） | 服务社区数目 | =165个 | 6 | 165个 | 6 |",
        "| 〃 | 结果目标（26分） | 服务对象满意度 | ≥95% | 13 | ≥95% | 13 |",
        "| 〃 | 〃 | 市级媒体报道 | =20篇 | 1 | >20篇 | 1 |",
        "| ⟷4 合计 | 80 |  | 80 |",
    ],
)
def test_the_form_prints_the_published_figures(printed: list[str], row: str) -> None:
    assert row in printed


def test_amounts_in_yuan_and_a_grade_are_nowhere(printed: list[str]) -> None:
    text = "\n".join(printed)
    assert "16500000" not in text and "16400000" not in text
    assert "评价等级" not in text
    assert "≧" not in text and "﹥" not in text


def test_nothing_is_left_to_fill_in(printed: list[str]) -> None:
    assert not [line for line in printed if "【待补充" in line or "{{" in line or "{%" in line]
