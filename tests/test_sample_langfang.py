"""The figures of the published summary come out of the sample, computed from what is typed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import project
from generator.pipeline import judge, make

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def printed() -> str:
    """The report of the sample as text."""
    return str(project(make(judge(SAMPLES / "langfang.yaml"), pages=False).document))


@pytest.mark.parametrize(
    "words",
    [
        "预算安排2,120万元，财政拨付2,120万元",
        "项目支出1,006.88万元，资金使用率47.49%；未使用资金1,113.12万元，占拨付资金的52.51%",
        "广阳区8个街道（乡镇），71个社区，共1,420万元",
        "广阳区拨付资金1,420万元，支出897.43万元，资金使用率63.20%，未使用资金522.57万元",
        "安次区拨付资金620万元，支出91.95万元，资金使用率14.83%，未使用资金528.05万元",
        "固安县拨付资金62.50万元，支出0万元，资金使用率0%，未使用资金62.50万元",
        "永清县永清城区街道，7个社区，共17.50万元",
        "14个街道（乡镇）、134个社区",
        "节庆文体活动223次",
        "小广告清除和垃圾清运149次",
        "便民设施优化54个社区",
        "未开展的49个，占36.57%",
        "广阳区银河北路支出155.69万元，其中：垃圾清运66.09万元，占其支出的42.45%",
        "广阳区新开路支出188.75万元，其中：垃圾清运74.27万元，占其支出的39.35%",
        "广阳区最后一笔资金1,065万元于2018年10月到账；安次区最后一笔资金465万元于2018年12月到账",
        "各项用途之和为1,006.87万元，与支出总额相差0.01万元",
        "得分77.22分，绩效等级为“可”",
    ],
)
def test_the_published_figures_are_printed(printed: str, words: str) -> None:
    assert words in printed


def test_a_total_that_is_given_has_no_derivation(printed: str) -> None:
    assert "得分=" not in printed
    assert "得分情况表" not in printed
    assert "绩效评价指标体系及评分表" not in printed


def test_both_parts_number_from_the_beginning(printed: str) -> None:
    assert "[摘要标题1] 一、基本概况" in printed
    assert "[heading 1] 一、基本情况" in printed
    assert "[heading 1] 七、其他需要说明的问题" in printed


def test_indicators_bring_score_tables_analysis_and_annexes() -> None:
    judged = judge(SAMPLES / "langfang-full.yaml")
    assert (str(judged.scores.total), judged.scores.grade) == ("84.68", "良")
    text = str(project(make(judged, pages=False).document))
    for words in ("绩效评价得分情况表", "决策类指标得分表", "得分=", "附件1", "附件2", "附件3", "示例数据"):
        assert words in text


def test_data_of_another_style_comes_out_whole() -> None:
    made = make(judge(SAMPLES / "kunming.yaml", "langfang"), pages=False)
    text = str(project(made.document))
    for heading in ("六、建议和改进措施", "三、综合评价情况及评价结论", "（四）项目效益情况", "七、其他需要说明的问题"):
        assert heading in text
    assert "【待补充：主要成效】" in text
    assert any("待补充：主要成效" in finding.what for finding in made.findings)
