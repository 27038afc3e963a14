"""The data of one style prints whole and in good Chinese in the others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from generator.document import project
from generator.pipeline import Made, judge, make
from generator.style import find_style, style_folders

from .golden import SAMPLES, sample

DOCUMENTS = [
    pytest.param(data, style, document, id=f"{data.stem}-{style}-{document}")
    for data in SAMPLES
    for style, _ in style_folders()
    for document in find_style(style).file.documents
]


@cache
def made(name: str, style: str) -> Made:
    return make(judge(sample(name), style), pages=False)


@cache
def printed(name: str, style: str) -> str:
    """The text of a sample's report in a style."""
    return f"{project(made(name, style).document)}"


WRONG = [
    "指标指标",
    "根据据",
    "的—",
    r"(\w{3,})“\1”",  # the same level named twice
    r"\] (\w{3,})：\1[^为是]",
    r"(?<!报告)如下：\n\[(?!报告正文|caption|heading 3|分节)",  # a lead-in that nothing follows
    "各区（县）的完成情况如下",
]


@pytest.mark.parametrize(("data", "style", "document"), DOCUMENTS)
def test_no_sentence_goes_wrong_in_another_style(data: Path, style: str, document: str) -> None:
    text = f"{project(make(judge(data, style), document, pages=False).document)}"
    assert [(words, found[0]) for words in WRONG if (found := re.search(words, text))] == []


@pytest.mark.parametrize(("name", "style"), [("kunming", "langfang"), ("langfang-full", "kunming")])
def test_the_chart_of_the_money_follows_what_the_data_lists(name: str, style: str) -> None:
    captions = re.findall(r"^\[图题\] (图\d)　(.*)$", printed(name, style), re.MULTILINE)
    assert [number for number, _ in captions] == ["图1", "图2"]
    assert "支出" in captions[0][1] and "得分率" in captions[1][1]


@pytest.mark.parametrize("style", ["national", "beijing", "kunming"])
def test_areas_streets_and_activities_are_told_in_other_styles(style: str) -> None:
    text = printed("langfang", style)
    for words in (
        "广阳区71个社区，预算1,420万元，到位1,420万元，支出897.43万元，支出率63.20%，未使用522.57万元",
        "银河北路预算160万元、支出155.69万元",
        "广阳区最后一笔资金1,065万元于2018年10月到账",
        "合计开展党建主题教育活动122次",
        "开展服务活动的85个，占63.43%",
    ):
        assert (in_yuan(words) if style == "kunming" else words) in text


def in_yuan(words: str) -> str:
    """The words with each amount as a style in 元 prints it."""
    return re.sub(r"([\d,.]+)万元", lambda one: f"{float(one[1].replace(',', '')) * 10000:,.2f}元", words)


@pytest.mark.parametrize("style", ["national", "kunming"])
def test_the_sheet_of_the_money_has_areas_with_their_streets(style: str) -> None:
    rows = [line for line in printed("langfang", style).splitlines() if line.startswith("| ")]
    names = [row.split(" | ")[0].removeprefix("| ").strip("　") for row in rows]
    areas = [names.index(name) for name in ("广阳区", "爱民东道", "万庄镇", "安次区", "永清县")]
    assert areas == sorted(areas)


def test_the_floor_of_the_weights_counts_equivalent_groups() -> None:
    findings = judge(sample("langfang-full"), "kunming").findings
    assert not [finding for finding in findings if finding.code in ("K101", "C010")]


def test_a_group_that_the_style_does_not_know_is_told(tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text(
        "金额单位: 元\n报告: {标题: 试点项目, 样式: kunming}\n指标体系:\n"
        "  - {名称: 创新, 分值: 100, 计分方法: 直接评分, 参数: {得分: 90, 理由: 有创新}}\n",
        encoding="utf-8",
    )
    findings = make(judge(data), pages=False).findings
    assert [finding.what for finding in findings if finding.code == "C010"]


@pytest.mark.parametrize("style", ["national", "beijing", "langfang", "kunming"])
def test_where_nothing_was_scored_nothing_is_said_of_scoring(style: str) -> None:
    text = printed("beijing-xicheng", style)
    assert "逐项评分" not in text and "得分【" not in text


def test_what_is_missing_in_a_total_stands_in_its_label() -> None:
    rows = printed("langfang", "beijing").splitlines()
    assert "| ⟷6 总　分　【待补充：满分】 | — | 77.22 | ⟷2 中 |" in rows


SMALL = """
金额单位: 万元
报告: {标题: 试点项目, 截止日期: 2023-12-31}
项目:
  名称: 试点项目
  年度: 2023
  单位: [{名称: 甲站, 计划开始: 2023-03-01, 完成时限: 2023年12月, 实际完成: 2023-12-25, 实施内容: [养护, 保洁]}]
资金:
  合计取自: 按区域
  执行率分母: 到位
  按区域:
    - 名称: 东区
      预算: 1.5
      到位: 1.5
      支出: 1
      原因: 结算未完
      下级: [{名称: 王镇, 支出: 1, 最后到账日期: 2023-08-15, 最后到账金额: 0.5, 原因: 冬季停工}]
    - {名称: 西区, 预算: 2, 到位: 2, 支出: 2, 最后到账日期: 2023-10-10, 下级: [{名称: 赵乡, 最后到账日期: 2023-09-01}]}
  按用途: [{名称: 保洁, 支出: 1}, {名称: 维修, 支出: 1}, {名称: 管护, 支出: 1}]
实施: {活动: [{名称: 培训, 量词: 人次, 按区域: [{区域: 东区, 数量: 60人次}, {区域: 西区, 数量: 40}]}]}
指标体系:
  - {名称: 产出, 分值: 100, 计分方法: 直接评分, 参数: {得分: 90, 理由: 有逾期}, 完成情况说明: 逾期25天。}
正文: {评价原则: [公正, 公开], 评价方法: [{标题: 比较法, 内容: [与目标比, 与上年比]}], 评价对象: [项目]}
"""


def small(folder: Path, style: str) -> list[str]:
    """The lines of the report that a style makes of the small data."""
    data = folder / "data.yaml"
    data.write_text(SMALL, encoding="utf-8")
    return f"{project(make(judge(data, style), pages=False).document)}".splitlines()


def test_facts_of_an_indicator_are_not_called_its_achievement(tmp_path: Path) -> None:
    text = "\n".join(small(tmp_path, "suzhou"))
    assert "完成情况：逾期25天。" in text and "主要成效：逾期" not in text


def test_a_unit_s_dates_are_told_where_its_work_is(tmp_path: Path) -> None:
    lines = small(tmp_path, "kunming")
    dates = "[报告正文] 项目计划2023年3月1日开始，完成时限为2023年12月，实际于2023年12月25日完成。"
    assert dates in lines[lines.index("[heading 3] 1.甲站") :][:4]


@pytest.mark.parametrize("style", ["langfang", "kunming"])
def test_areas_and_streets_tell_their_last_sum_and_their_reason(tmp_path: Path, style: str) -> None:
    text = "\n".join(small(tmp_path, style))
    assert re.search(
        r"东区王镇最后一笔资金[\d,.]+万?元于2023年8月15日到账；西区最后一笔资金于2023年10月10日到账，", text
    )
    assert "到账，其中赵乡最后一笔资金于2023年9月1日到账。" in text
    assert "（原因：结算未完）" in text and "（原因：冬季停工）" in text


@pytest.mark.parametrize("style", ["langfang", "kunming", "national"])
def test_a_quantity_with_its_own_unit_has_no_other(tmp_path: Path, style: str) -> None:
    text = "\n".join(small(tmp_path, style))
    assert "培训60人次" in text and "培训40人次" in text and "合计开展培训100人次" in text


@pytest.mark.parametrize("style", ["langfang", "kunming", "national"])
def test_rounded_shares_that_miss_their_sum_have_a_note(tmp_path: Path, style: str) -> None:
    assert "[表格说明] 注：占比四舍五入，各行之和与合计相差0.01个百分点。" in small(tmp_path, style)


def test_a_list_is_numbered_below_its_heading(tmp_path: Path) -> None:
    lines = small(tmp_path, "kunming")
    for heading, items in {
        "[heading 2] （二）绩效评价原则": ["1.公正", "2.公开"],
        "[heading 3] 1.评价方法": ["（1）比较法。", "①与目标比", "②与上年比"],
        "[heading 3] 1.甲站": ["（1）养护", "（2）保洁"],
        "[heading 4] （1）评价对象": ["①项目"],
    }.items():
        at = lines.index(heading) + 1
        assert lines[at : at + len(items)] == [f"[报告正文] {item}" for item in items]
