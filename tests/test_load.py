"""A data file becomes records; every value knows its place; all that is wrong is found at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.fields import MethodCall, Reference
from generator.findings import Finding, Level, ReportError
from generator.load import load
from generator.model import Evaluation, Source
from generator.score import measure_parameters, rule_parameters
from generator.values import Day, Money, Said

from .conftest import Write

Read = Callable[[str], tuple[Source, list[Finding]]]


@pytest.fixture
def read(write: Write) -> Read:
    def loaded(text: str) -> tuple[Source, list[Finding]]:
        return load(write(text), rule_parameters(), measure_parameters())

    return loaded


def data(source: Source) -> Evaluation:
    return source.evaluation


def test_a_small_file_is_read_whole(read: Read) -> None:
    source, findings = read(
        "金额单位: 万元\n"
        "报告: {标题: 甲, 报告日期: 2024-12-31, 评价开始: 2024年5月}\n"
        "项目: {项目名称: 乙, 年度: 2024年度, 主管部门: 丙, 单位: [{全称: 丁, 别名: 戊}]}\n"
        "资金: {预算: 66, 到位: 5元, 支出: 无, 执行率分母: 预算}\n"
        "指标体系:\n"
        "  - {名称: 一, 权重: 10分, 测算: {方法: 比率, 分子: 资金.到位, 分母: 资金.预算}, 扣分原因: 已查明}\n"
    )
    told = data(source)
    assert findings == [] and told.project and told.funds
    assert (told.report.day, told.report.start) == (Day(2024, 12, 31), Day(2024, 5))
    assert (told.project.name, told.project.year) == ("乙", 2024)
    assert told.project.department and told.project.department.name == "丙"
    assert (told.project.units[0].name, told.project.units[0].aliases) == ("丁", ["戊"])
    assert told.funds.budget == Money(Decimal(660_000)) and told.funds.received == Money(Decimal(5))
    assert told.funds.spent == Said("无")
    node = told.indicators[0]
    assert node.weight == 10 and isinstance(node.measured, MethodCall)
    assert node.measured.parameters.part == Reference("资金.到位")  # type: ignore[attr-defined]


def test_four_ways_of_no_figure_are_four_things(read: Read) -> None:
    source, findings = read("金额单位: 元\n报告: {}\n资金: {预算: 0, 到位: 无, 支出: —, 应到位: }\n")
    funds = data(source).funds
    assert findings == [] and funds
    assert (funds.budget, funds.received, funds.spent) == (Money(Decimal(0)), Said("无"), Said("—"))
    assert funds.due is None and funds.timely is None


def test_places_are_found_by_own_names_where_the_file_uses_others(read: Read) -> None:
    source, _ = read("金额单位: 元\n报告: {}\n项目:\n  项目名称: 甲\n  下属单位:\n    - 全称: 乙\n")
    assert source.where(("项目", "名称")).line == 4
    assert source.where(("项目", "单位", 0, "名称")).line == 6
    assert source.where(("项目", "单位", 0, "简称")).line == 6


def test_what_is_wrong_is_left_out_and_the_rest_stands(read: Read) -> None:
    source, findings = read(
        "金额单位: 元\n报告: {标题: 甲}\n项目:\n  名称: [错]\n  年度: 2024\n"
        "  单位: [{名称: 乙}, {简称: 错}, 错, {名称: 丙, 计划开始: 错}, {名称: 丁}]\n"
    )
    project = data(source).project
    assert project and project.name is None and project.year == 2024
    assert [unit.name for unit in project.units] == ["乙", "丙", "丁"]
    assert [finding.where.line for finding in findings] == [4, 6, 6, 6]
    assert source.where(("项目", "单位", 2, "名称")).column == 52
    assert all(finding.level is Level.ERROR for finding in findings)


def test_a_required_value_that_is_wrong_is_told_once(read: Read) -> None:
    for text in ("金额单位: 千元\n报告: {}\n", "金额单位: 元\n报告: 甲\n", "金额单位: 元\n报告:\n", "报告: {}\n"):
        _, findings = read(text)
        assert len(findings) == 1, findings
    _, findings = read("金额单位: 元\n报告: {}\n项目: {单位: [{全称: [错]}]}\n")
    assert [finding.code for finding in findings] == ["D004"]


def test_the_unit_that_is_missing_is_told_once_for_all_amounts(read: Read) -> None:
    source, findings = read("报告: {}\n资金: {预算: 1, 到位: 2, 支出: 3万元}\n")
    assert [(finding.code, finding.where.line) for finding in findings] == [("D002", 1)]
    assert data(source).funds and data(source).funds.spent == Money(Decimal(30_000))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("没有.yaml", "找不到"),
        ("数据.txt", "不认识的数据文件格式"),
        ("", "这是一个文件夹，不是数据文件"),
        ("没有结尾的文件夹", "这是一个文件夹，不是数据文件"),
        ("文件夹.yaml", "文件夹"),
        ("长" * 300 + ".yaml", "文件名太长"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, what: str, write: Write) -> None:
    folder = write("", "空.yaml").parent
    for one in ("文件夹.yaml", "没有结尾的文件夹"):
        (folder / one).mkdir()
    with pytest.raises(ReportError, match=what):
        load(folder / name, {}, {})


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"PK\x03\x04\x14\x00\xff", "这是 Word/Excel 文件（或压缩包），不是文本的数据文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧格式的 Word/Excel 文件"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "这是 PDF 文件，不是文本的数据文件"),
    ],
)
def test_a_renamed_file_of_another_kind_is_named(begins: bytes, what: str, write: Write) -> None:
    with pytest.raises(ReportError, match=what) as caught:
        load(write(begins + b"\xff\x00" * 20), {}, {})
    assert "UTF-8" not in str(caught.value)


GOOD = """\
金额单位: 元
报告: {样式: kunming, 标题: 甲, 评价类型: 财政评价, 报告日期: 2024-12-31}
项目: {名称: 乙, 年度: 2024, 主管部门: 丙, 单位: [{名称: 丁, 简称: 戊}]}
资金: {预算: 66万元, 到位: 5, 支出: 无, 按单位: [{单位: [戊], 支出: 5}]}
文件: {会计法: {名称: 会计法, 文号: 第1号}}
依据: [会计法]
绩效目标: {总体目标: 己, 指标: [{三级: 庚, 指标值: ≥5个, 调整后: 3个}]}
指标体系: [{名称: 一, 下级: [{名称: 二, 分值: 3, 测算: 资金.到位率, 计分方法: 按比例得分, 参数:
  {方向: 越高越好, 目标值: 100%}}]}]
问卷: {发放: 9, 题目: [{名称: 辛, 选项: [{选项: 好, 人数: 3, 系数: 80%}]}]}
正文: {项目概况: 壬, 评价原则: [{标题: 癸, 内容: [子, 丑]}]}
问题: [{标题: 寅, 内容: 卯, 原因: 辰, 建议: [{标题: 巳, 内容: 午}]}]
"""

pieces = st.sampled_from(
    [
        *("", "无", "{}", "[]", "~", "[1]", "{甲: 乙}", "：", ":", ", ", "- ", "\n", "\t", "\u3000", '"'),
        *("1e9", "-1", "99%", "计分方法", "参数: {}", "下级: []", "测算: {方法: 比率}", "资金.到位", "*甲"),
        *("&甲 ", "!甲 ", "{{", "}}", "#", "|\n", "{% if %}", "{{ 资金.到位率 }}", "# "),
    ]
)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), pieces), min_size=1, max_size=3))
def test_a_file_with_slips_of_the_hand_is_read_or_refused(write: Write, slips: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, piece in slips:
        text = text[:start] + piece + text[start + length :]
    try:
        source, findings = load(write(text), rule_parameters(), measure_parameters())
    except ReportError as error:
        source, findings = None, list(error.findings)
        assert findings
    lines = text.count("\n") + 1
    for finding in findings:
        assert 1 <= (finding.where.line or 0) <= lines and finding.what
    assert source is None or source.evaluation.money_unit in ("元", "万元")


def test_the_good_file_of_these_tests_is_good(read: Read) -> None:
    assert read(GOOD)[1] == []
