"""What a template may use: the data's own names, texts filled in, gaps marked, unknown names told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.context import Context, context
from generator.findings import Finding, errors
from generator.pipeline import judge
from generator.render import render
from generator.template import compile_template
from generator.trace import trace

from .conftest import Write
from .golden import SAMPLES

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
        ("{{ ''.__class__ }}", "C004", "出于安全"),
        ("{{ 项目.__init__.__globals__ }}", "C004", "出于安全"),
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


DECLARED = (
    "绩效目标:\n  指标:\n"
    "    - {三级: 养护里程, 指标值: ≥150公里, 调整后: ≥140公里, 计分采用: 调整后, 完成值: 133公里, 对应指标: 完成率}\n"
    "    - {三级: 满意度, 指标值: ≥90%, 完成值: 86%}\n"
    "    - {三级: 节约率, 指标值: =480万元}\n"
    "    - {三级: 甲, 指标值: =1个, 对应指标: 覆盖面}\n"
    "    - {三级: 乙, 指标值: =2个, 对应指标: 覆盖面}\n"
    "    - {三级: 制度, 指标值: 健全}\n"
)


@pytest.mark.parametrize(
    ("indicator", "values"),
    [
        ("名称: 完成率, 测算: 95%", ("≥140公里", "133公里")),
        ("名称: 满意度, 测算: 85.4%", ("≥90%", "85.40%")),
        ("名称: 满意度", ("≥90%", "86%")),
        ("名称: 满意度, 指标值: ≥95%, 完成值: 97%", ("≥95%", "97%")),
        ("名称: 满意度, 完成值: 97%", ("≥90%", "97%")),
        ("名称: 节约率, 测算: 17.65%", ("【待补充：节约率指标值】", "17.65%")),
        ("名称: 覆盖面, 测算: 50%", ("【待补充：覆盖面指标值】", "50%")),
        ("名称: 制度", ("健全", "【待补充：制度完成值】")),
    ],
)
def test_what_an_indicator_lacks_is_taken_from_its_declared_target(
    told: Told, indicator: str, values: tuple[str, str]
) -> None:
    names, _ = told(f"{DECLARED}指标体系:\n  - {{{indicator}, 分值: 1}}\n")
    (row,) = names["评价结果"]["评分行"]
    assert (str(row["指标值"]), str(row["完成值"])) == values


def test_a_target_of_two_indicators_of_one_name_is_neither_s(told: Told) -> None:
    names, _ = told(f"{DECLARED}指标体系:\n  - {{名称: 满意度, 分值: 1}}\n  - {{名称: 满意度, 分值: 1}}\n")
    assert {str(row["指标值"]) for row in names["评价结果"]["评分行"]} == {"【待补充：满意度指标值】"}


@pytest.mark.parametrize(
    ("counts", "total"),
    [(("60人次", "40"), "100人次"), (("60", "40"), "100人次"), (("60人次", "40人"), "—"), (("60", "40余"), "—")],
)
def test_counts_of_activities_are_summed_in_one_unit(told: Told, counts: tuple[str, str], total: str) -> None:
    areas = ", ".join(f"{{区域: 区{index}, 数量: {count}}}" for index, count in enumerate(counts))
    names, _ = told(f"实施: {{活动: [{{名称: 培训, 量词: 人次, 按区域: [{areas}]}}]}}\n")
    assert str(names["实施"]["活动"][0]["合计"]) == total


@pytest.mark.parametrize(("amounts", "off"), [((1, 1, 1), "0.01"), ((1, 1, 2), "—")])
def test_rounded_shares_that_miss_their_sum_are_told(told: Told, amounts: tuple[int, ...], off: str) -> None:
    rows = ", ".join(f"{{名称: 用途{index}, 支出: {amount}元}}" for index, amount in enumerate(amounts))
    names, _ = told(head=f"金额单位: 元\n报告: {{样式: kunming}}\n资金: {{支出: {sum(amounts)}, 按用途: [{rows}]}}\n")
    assert str(names["资金"]["按用途合计"]["占比相差"]) == off


@pytest.mark.parametrize(
    ("data", "name", "mark"),
    [
        ("问题: [{内容: 甲}]\n", ("问题", 0, "标题"), "问题1的标题"),
        ("问题: [{标题: 进度慢}]\n", ("问题", 0, "内容"), "问题“进度慢”的内容"),
        ("问题: [{标题: '{{ 资金.到位率 }}'}]\n", ("问题", 0, "原因"), "问题1的原因"),
        ("问题: [{标题: 慢, 建议: [{标题: 催}]}]\n", ("问题", 0, "建议", 0, "内容"), "问题“慢”的建议“催”的内容"),
        ("绩效目标: {指标: [{三级: 受益人数}]}\n", ("绩效目标", "指标", 0, "指标值"), "绩效目标指标“受益人数”的指标值"),
        ("绩效目标: {指标: [{三级: 受益人数}]}\n", ("绩效目标", "指标", 0, "原值"), "绩效目标指标“受益人数”的指标值"),
        (
            "问卷: {题目: [{名称: 满意, 选项: [{选项: 好}]}]}\n",
            ("问卷", "题目", 0, "选项", 0, "人数"),
            "问卷题目“满意”的选项“好”的人数",
        ),
        ("实施: {活动: [{名称: 讲座}]}\n", ("实施", "活动", 0, "量词"), "实施活动“讲座”的量词"),
        ("文件: {办法: {名称: 甲}}\n", ("文件", "办法", "文号"), "文件“办法”的文号"),
    ],
)
def test_a_mark_says_whose_value_is_missing(told: Told, data: str, name: tuple[Any, ...], mark: str) -> None:
    value: Any = told(data)[0]
    for step in name:
        value = value[step]
    assert str(value) == f"【待补充：{mark}】"


def test_a_mark_in_the_money_says_whose_value_is_missing(told: Told) -> None:
    head = HEAD.replace("资金: {", "资金: {按单位: [{单位: 丁}], 按区域: [{名称: 东区, 下级: [{名称: 西街}]}], ")
    funds = told(head=head)[0]["资金"]
    assert str(funds["按单位"][0]["支出"]) == "【待补充：资金按单位“丁”的支出】"
    assert str(funds["按区域"][0]["下级"][0]["预算"]) == "【待补充：资金按区域“东区”的下级“西街”的预算】"


def test_a_section_of_another_style_gets_no_rename_and_a_slip_of_the_hand_does(told: Told) -> None:
    _, findings = told("正文: {评价过程: 先看后评。, 评价苑围: 全部。, 天气: 晴。}\n")
    process, slip, odd = (one.what.partition("印出。")[2] for one in findings if one.code == "C011")
    assert "national" in process and "是不是" not in process
    assert (slip, odd) == ("是不是“评价范围”？", "")


def printed(path: Path) -> tuple[Context, list[tuple[str, int | None]]]:
    """The context, and what the report does not print: code and line."""
    judged = judge(path)
    found = context(judged.source, judged.style, judged.figures, judged.scores)
    template = judged.style.template(judged.source.evaluation.report.document)
    lost = trace(render(compile_template(template), found.names).document, found.paragraphs, found.lists)
    return found, [(one.code, one.where.line) for one in lost]


def test_a_text_that_the_outline_does_not_have_is_told_once(write: Write) -> None:
    found, lost = printed(write(HEAD + "正文:\n  评价过程: 评价组先看资料。\n"))
    assert [one.code for one in found.findings if one.where.line == 6] == ["C011"]
    assert [one for one in lost if one[1] == 6] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_prints_all_its_lists_in_its_own_style(path: Path) -> None:
    found, lost = printed(path)
    assert found.lists and not [one for one in lost if one[0] == "M003"]


AREAS = (
    "资金:\n  按区域:\n    - {名称: 东区, 支出: 8974300, 数量: 3}\n    - {名称: 西县, 支出: 0.5万元}\n"
    "    - {名称: 南县, 支出: 0}\n"
)


def word(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    """A document with these paragraphs, and a table of one column."""
    rows = "".join(f"<w:tr><w:tc><w:p><w:t>{text}</w:t></w:p></w:tc></w:tr>" for text in cells)
    table = f"<w:tbl>{rows}</w:tbl>" if cells else ""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    file = BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:body>{body}{table}</w:body>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("document", "lost"),
    [
        (word("东区拨付及时，西县次之，南县未报。"), "资金.按区域（3 行）里有 2 行没有印进"),
        (word("东区和西县都已验收。"), "资金.按区域（3 行）没有印进"),
        (word("支出8,974,300.00元，另5,000.00元。"), "资金.按区域（3 行）没有印进"),
        (word("东区支出897.43万元，西县支出0.50万元。"), ""),
        (word("东区有3个社区。", "南县没有支出。"), ""),
        (word("东区", "支出8,974,300元。", "西县", "支出5,000元。"), ""),
        (word(cells=("东区", "西县", "8,974,300.00", "5,000.00")), ""),
        (word("东区。", "其他。", "支出8,974,300.00元。"), "资金.按区域（3 行）没有印进"),
    ],
)
def test_a_list_of_which_most_rows_are_not_printed_is_told_at_its_place(
    write: Write, document: bytes, lost: str
) -> None:
    judged = judge(write("金额单位: 元\n报告: {样式: kunming}\n" + AREAS))
    found = context(judged.source, judged.style, judged.figures, judged.scores)
    assert [(one.name, one.place.line, len(one.rows)) for one in found.lists] == [("资金.按区域", 5, 3)]
    said = [(one.code, str(one.level), one.where.line) for one in trace(document, (), found.lists)]
    assert said == ([("M003", "警告", 5)] if lost else [])
    assert "".join(one.what for one in trace(document, (), found.lists)).startswith(lost)
