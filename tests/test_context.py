"""What a template may use: the data's own names, texts filled in, gaps marked, unknown names told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.context import context
from generator.findings import Finding, errors
from generator.pipeline import judge

from .conftest import Write

HEAD = (
    "金额单位: 元\n"
    "报告: {样式: kunming}\n"
    "项目: {名称: 甲, 年度: 2024, 主管部门: {名称: 丙局, 简称: 丙}, 单位: [{名称: 丁社区, 简称: 丁}, {名称: 戊社区}]}\n"
    "资金: {预算: 660000, 到位: 175312.57}\n"
)
Told = Callable[..., tuple[dict[str, Any], list[Finding]]]


@pytest.fixture
def told(write: Write) -> Told:
    def names(more: str = "", head: str = HEAD) -> tuple[dict[str, Any], list[Finding]]:
        judged = judge(write(head + more))
        found = context(judged.source, judged.style, judged.figures, judged.scores)
        return dict(found.names), [*judged.findings, *found.findings]

    return names


def text(told: Told, sentence: str, more: str = "") -> str:
    names, findings = told(f"{more}正文:\n  项目概况: |\n    {sentence}\n")
    printed = str(names["正文"]["项目概况"])
    assert errors(findings) == [], findings
    return printed


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("到位率为{{ 资金.到位率 }}。", "到位率为26.56%。"),
        ("预算{{ 资金.预算|万元 }}，到位{{ 资金.到位 }}", "预算66.00万元，到位175,312.57元"),
        ("{{ 项目.主管部门 }}（{{ 项目.主管部门.简称 }}）", "丙局（丙）"),
        ("{{ 项目.单位数 }}家：{{ 项目.单位|顿号 }}", "2家：丁社区、戊社区"),
        ("{{ 项目.单位.丁.名称 }}、{{ 项目.单位[1].名称 }}", "丁社区、戊社区"),
        ("{% for 一 in 项目.单位 %}{{ 一 }}{{ '。' if loop.last else '，' }}{% endfor %}", "丁社区，戊社区。"),
        ("{% if 资金.支出 %}有{% else %}无{% endif %}", "无"),
        ("{{ 资金.支出 }}", "【待补充：资金支出】"),
        ("{{ 报告.委托方.没有 }}", "【待补充：委托方】"),
        ("花括号{#1#}和{ 甲 }都是文字{{ '' }}", "花括号{#1#}和{ 甲 }都是文字"),
        ("A<B & C，“引号”'单'\"双\"{{ '' }}", "A<B & C，“引号”'单'\"双\""),
        ("{% for 键, 值 in 项目.主管部门.items() %}{% if 键 == '简称' %}{{ 值 }}{% endif %}{% endfor %}", "丙"),
    ],
)
def test_a_sentence_prints_what_the_data_says(told: Told, sentence: str, printed: str) -> None:
    assert text(told, sentence) == printed


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="{}"), min_size=1, max_size=20))
def test_any_text_beside_a_tag_stays_as_it_is(told: Told, words: str) -> None:
    assert text(told, f"。{words}{{{{ 资金.到位率 }}}}{words}") == f"。{words}26.56%{words}"


@pytest.mark.parametrize(
    ("sentence", "code", "what"),
    [
        ("{{ 资金.到位律 }}", "C001", "没有“资金.到位律”"),
        ("{{ 资今.到位率 }}", "C001", "没有“资今”这个名称"),
        ("{{ 项目.单位[7] }}", "C001", "共 2 项"),
        ("{{ 资金.到位率", "C004", "没有写完"),
        ("{% endfor %}", "C004", "没有“endfor”"),
        ("{{ 资金.到位率 | 没有 }}", "C004", "没有“没有”这个过滤器"),
        ("{% include 'a' %}", "C004", "只能用"),
        ("{% macro 甲() %}{% endmacro %}", "C004", "只能用"),
        ("{{ range(9) }}", "C004", "不能调用函数"),
        ("{{ self }}", "C004", "没有“self”"),
        ("{{ 资金.预算.number() }}", "C004", "不能调用函数"),
        ("{{ 'a'|center(1000000000) }}", "C004", "没有“center”"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "C004", "层次太多"),
        ("{{ 资金.到位率 }}" + "长" * 30_000, "C004", "不能超过"),
        ("{% for 一 in 项目.单位 recursive %}{% endfor %}", "C004", "循环"),
        ("{{ ''.__class__ }}", "C005", "出于安全"),
        ("{{ 项目.__init__.__globals__ }}", "C005", "出于安全"),
        ("{{ 资金 }}", "C005", "一组值"),
        ("{{ 资金.预算.number }}", "C005", "函数"),
        ("{{ none }}", "C005", "没有值"),
        ("{{ 1 / 0 }}", "C005", "除数是 0"),
        ("{{ 资金.预算 + 1 }}", "C005", "不能一起计算"),
        ("{{ 资金.预算|元(1000000000) }}", "C005", "算不出来"),
        ("{{ 资金.预算|千分位(9999999999) }}", "C005", "算不出来"),
        ("{{ 'x' * 100000000 }}", "C005", "次数过多"),
        ("{{ " + "9999999 * " * 900 + "1 }}", "C005", ""),
    ],
)
def test_a_sentence_that_cannot_be_printed_is_told_at_its_line(told: Told, sentence: str, code: str, what: str) -> None:
    names, findings = told(f"正文:\n  项目概况: |\n    第一行\n    {sentence}\n")
    printed = str(names["正文"]["项目概况"])
    found = next(finding for finding in findings if finding.code[0] == "C")
    assert (found.code if what else code, found.where.line, found.where.column) == (code, 8, 5)
    assert what in found.what and found.quoted == sentence
    assert printed.startswith("第一行\n【待补充：此处文字有误，见 ") and "项目.yaml:8:1】" in printed


def test_a_loop_over_many_is_refused_at_once(told: Told) -> None:
    many = "附件: [" + "甲," * 1001 + "]\n"
    _, findings = told(
        many + "正文: {项目概况: '{% for 一 in 附件 %}{% for 二 in 附件 %}{{ 二 }}{% endfor %}{% endfor %}'}\n"
    )
    assert [finding.code for finding in errors(findings)] == ["C005"]


def test_titles_and_plain_values_are_filled_too(told: Told) -> None:
    names, findings = told(
        "问题:\n  - 标题: 到位率只有{{ 资金.到位率 }}\n    建议: {标题: '补足{{ 资金.未到位 }}'}\n",
        HEAD.replace("样式: kunming", "样式: kunming, 标题: '{{ 项目.年度 }}年{{ 项目.名称 }}'"),
    )
    assert errors(findings) == []
    assert str(names["报告"]["标题"]) == "2024年甲"
    assert str(names["问题"][0]["标题"]) == "到位率只有26.56%"
    assert str(names["建议"][0]["标题"]) == "补足484,687.43元"


def test_texts_that_print_each_other_in_a_circle_are_told(told: Told) -> None:
    names, findings = told("正文: {项目概况: '{{ 正文.评价目的 }}', 评价目的: '{{ 正文.项目概况 }}'}\n")
    assert "{{" not in str(names["正文"]["项目概况"])
    assert {finding.code for finding in errors(findings)} == {"C006"}


def test_a_document_prints_its_title_and_number(told: Told) -> None:
    names, findings = told(
        "文件:\n"
        "  办法: {发文机关: 财政部, 名称: 关于印发《管理办法》的通知, 文号: 财预〔2020〕10号}\n"
        "  法: {名称: 预算法}\n"
        "依据: [办法, 法, 《会计法》]\n"
    )
    assert errors(findings) == []
    assert [str(one) for one in names["依据"]] == [
        "财政部《关于印发〈管理办法〉的通知》（财预〔2020〕10号）",
        "《预算法》",
        "《会计法》",
    ]


def test_what_the_data_does_not_have_is_missing_everywhere(told: Told) -> None:
    names, findings = told(head="金额单位: 元\n报告: {样式: kunming}\n")
    assert errors(findings) == []
    for dotted in (
        "项目.名称",
        "资金.到位率",
        "资金.预算",
        "绩效目标.总体目标",
        "问卷.有效",
        "正文.任何一节",
        "主要经验",
    ):
        value: Any = names
        for step in dotted.split("."):
            value = value[step]
        assert str(value).startswith("【待补充："), dotted


def test_the_tree_has_the_names_of_the_issue(told: Told) -> None:
    scored = "{名称: 二, 分值: 3, 计分方法: 直接评分, 参数: {得分: 2, 理由: 丙}}"
    names, _ = told(f"指标体系: [{{名称: 一, 下级: [{scored}, {{名称: 三, 分值: 1}}]}}]\n")
    (first,) = names["指标体系"]
    second, third = first["下级"]
    assert [str(first[key]) for key in ("名称", "分值", "得分", "得分率", "完成情况")] == ["一", "4", "—", "—", "待评"]
    assert [str(second[key]) for key in ("名称", "分值", "得分", "得分率")] == ["二", "3", "2", "66.67%"]
    assert second["完成情况"] == "部分完成" and second["计算过程"] and third["下级"] == [] and third["计算过程"] == []
