"""What the reference reports of Beijing print comes out of the samples again, and other data prints in these styles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.document import project
from generator.findings import Level
from generator.pipeline import judge, make

SAMPLES = Path(__file__).parent.parent / "samples"


@cache
def printed(sample: str, document: str | None = None, style: str | None = None) -> str:
    """The text of a document made of a sample."""
    made = make(judge(SAMPLES / f"{sample}.yaml", style), document, pages=False)
    assert not [finding for finding in made.findings if finding.level is Level.ERROR]
    return f"{project(made.document)}"


def headings(text: str) -> list[str]:
    """The headings of level 1, with their numbers."""
    return re.findall(r"^\[heading 1\] (.+)$", text, re.MULTILINE)


PARTS = [
    "一、基本情况",
    "二、绩效评价工作开展情况",
    "三、综合评价情况及评价结论",
    "四、绩效评价指标分析",
    "五、主要经验及做法、存在的问题及原因分析",
    "六、有关建议",
    "七、其他需要说明的问题",
]


def test_the_scores_are_those_of_the_form() -> None:
    scores = judge(SAMPLES / "beijing-chaoyang.yaml").scores
    assert (scores.total, scores.full, scores.grade) == (100, 100, "优")
    assert {node.indicator.name: int(node.points or 0) for node in scores.nodes} == {
        "预算执行率": 10,
        "产出指标": 45,
        "成本指标": 15,
        "效益指标": 20,
        "满意度指标": 10,
    }


def test_the_report_has_its_seven_parts_and_the_form_stands_in_the_third() -> None:
    text = printed("beijing-chaoyang")
    assert headings(text) == PARTS
    assert text.index(PARTS[2]) < text.index("项目支出绩效自评表（2024年度）") < text.index(PARTS[3])
    assert "首付款为60%；尾款为40%" in text


@pytest.mark.parametrize("document", ["报告", "自评表"])
def test_the_form_prints_money_and_indicators_with_merged_levels(document: str) -> None:
    text = printed("beijing-chaoyang", document)
    for row in (
        "| 〃 | ⟷2 年度资金总额 | 10 | 10 | 10 | 10 | ⟷2 100% | 10 |",
        "| 〃 | ⟷2 其中：当年财政拨款 | 10 | 10 | 10 | — | ⟷2 100% | — |",
        "| 〃 | 产出指标 | 数量指标 | 项目数 | ≥1个 | =1个 | 15 | 15 | ⟷2 无 |",
        "| 〃 | 〃 | 质量指标 | 评审合格率 | =100% | =100% | 15 | 15 | ⟷2 无 |",
        "| 〃 | 〃 | 社会成本指标 | 无 | 无 | 无 | 无 | 无 | ⟷2 无 |",
        "| ⟷6 总　分 | 100 | 100 | ⟷2 优 |",
    ):
        assert row in text.splitlines(), row
    indicators = text.split("二级指标", 1)[1].split("总　分")[0]
    assert "预算执行率" not in indicators
    assert "负责人 | ⟷2  |" in text  # left blank: nobody's name or telephone number stands in a sample


def test_a_project_without_a_kind_of_indicator_is_scored_on_the_others() -> None:
    judged = judge(SAMPLES / "beijing-chaoyang.yaml")
    assert not [finding for finding in judged.findings if finding.code == "S010"]
    assert [leaf.indicator.name for leaf in judged.scores.leaves()] == [
        "预算执行率",
        "项目数",
        "评审合格率",
        "活动完成时间",
        "每个项目成本",
        "活动参与人次",
        "参与公众满意度",
    ]


def test_the_narrative_report_has_run_in_headings_and_no_score() -> None:
    text = printed("beijing-xicheng")
    assert headings(text) == PARTS[:5]
    assert "[heading 2]" not in text
    lines = text.splitlines()
    assert any(line.startswith("[报告正文] （一）项目概况。展览路街道23个社区") for line in lines)
    assert any(line.startswith("[报告正文] 总体目标：") for line in lines)
    assert "完成98个，其中工程类57个、活动类18个、便民服务类5个、志愿公益类5个、其他服务事项13个" in text
    assert "8,988,025.24元，占预算的97.70%" in text
    assert "得分" not in text and "表1" not in text


def test_run_in_headings_start_anew_in_each_part() -> None:
    numbers = re.findall(r"^\[报告正文\] （(.)）(\S{4})", printed("beijing-xicheng"), re.MULTILINE)
    assert "".join(number for number, _ in numbers) == "一二一二三一二三四一"


@pytest.mark.parametrize("style", ["beijing", "national"])
def test_data_of_another_style_gives_a_whole_report(style: str) -> None:
    text = printed("kunming", None, style)
    assert headings(text) == PARTS
    assert "综合得分88.51分（满分100分），评价等级为“良”" in text
    assert "【待补充：评价过程】" in text
    analysis = text.split(f"[heading 1] {PARTS[3]}")[1].split("[heading 1]")[0]
    assert "本部分由投入指标评价" in analysis.split("（二）")[0]
    assert text.index("党建引领") < text.index(f"[heading 1] {PARTS[1]}")


def test_the_instructions_of_the_form_are_never_printed() -> None:
    for document in ("报告", "自评表", "部门报告"):
        text = printed("beijing-chaoyang", document)
        assert "注意事项" not in text and "不低于60%" not in text
