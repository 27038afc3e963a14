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
    assert "| ⟷6 总　分　【待补充：满分】 | — | 77.22 | ⟷2 可 |" in rows
