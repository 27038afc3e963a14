"""Scores: leaves rounded and summed, levels rolled up, grades, totals given, what is not yet scored."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Level, errors
from generator.pipeline import judge, review
from generator.scores import Scores
from generator.scoretable import as_json, as_text, columns

from .conftest import Command, Write

HEAD = "金额单位: 元\n报告: {样式: kunming}\n资金: {预算: 660000, 到位: 175312.57}\n"
GOAL = "计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 100%}"
RATE = f"测算: 资金.到位率, {GOAL}"


def given_points(name: str, full: object, points: object) -> str:
    """A leaf whose points somebody gave."""
    return f"{{名称: {name}, 分值: {full}, 计分方法: 直接评分, 参数: {{得分: {points}, 理由: 评价组评定}}}}"


def scored(write: Write, indicators: str, more: str = "") -> Scores:
    return judge(write(f"{HEAD}{more}指标体系: [{indicators}]\n")).scores


def test_a_leaf_carries_its_derivation(write: Write) -> None:
    scores = scored(write, f"{{名称: 资金到位率, 分值: 10, {RATE}}}")
    leaf = as_json(scores)["指标"][0]  # type: ignore[index]
    assert leaf == {
        "名称": "资金到位率",
        "分值": "10",
        "得分": "2.66",
        "得分率": "26.60%",
        "完成情况": "部分完成",
        "计算过程": ["资金到位率=（175,312.57/660,000.00）×100%=26.56%", "得分=26.56%×10=2.656≈2.66分"],
        "下级": [],
    }


def test_the_json_has_its_shape_when_nothing_can_be_said(write: Write) -> None:
    found = as_json(scored(write, "{名称: 甲, 分值: 5}, {名称: 乙}"))
    assert {key: found[key] for key in ("总分", "满分", "得分率", "等级")} == dict.fromkeys(
        ("总分", "满分", "得分率", "等级")
    )
    first, second = found["指标"]  # type: ignore[misc]
    assert (first["分值"], first["得分"], first["得分率"], first["完成情况"]) == ("5", None, None, "待评")
    assert (second["分值"], second["计算过程"], second["下级"]) == (None, [], [])


def test_parents_wait_for_what_is_not_scored(write: Write) -> None:
    nodes = f"{{名称: 一, 下级: [{given_points('甲', 4, 3)}, {{名称: 乙, 分值: 6}}]}}, {given_points('二', 5, 5)}"
    scores = scored(write, nodes)
    assert [node.points for node in scores.nodes] == [None, Decimal(5)]
    assert (scores.total, scores.full, scores.grade) == (None, Decimal(15), None)
    said = "\n".join(as_text(scores))
    assert "已评 2 项，待评 1 项" in said and "总分 —　满分 15" in said and "等级 —" in said


@pytest.mark.parametrize(
    ("points", "full", "grade"),
    [
        ("90", "100", "优"),
        ("89.99", "100", "良"),
        ("80", "100", "良"),
        ("79.99", "100", "中"),
        ("60", "100", "中"),
        ("59.99", "100", "差"),
        ("0", "100", "差"),
        ("108", "120", "优"),
        ("107.99", "120", "良"),
        ("18", "20", "优"),
    ],
)
def test_grades_are_half_open_on_the_scale_of_a_hundred(write: Write, points: str, full: str, grade: str) -> None:
    assert scored(write, given_points("甲", full, points)).grade == grade


def test_a_total_that_is_given_prints_with_its_source_and_no_derivation(write: Write, command: Command) -> None:
    path = write(HEAD + "评价结果: {总分: 88.5, 满分: 100, 等级: 良, 来源: 专家组评定}\n")
    found = json.loads(command("score", path, "--json").out)
    assert (found["总分"], found["满分"], found["得分率"], found["等级"]) == ("88.50", "100", "88.50%", "良")
    assert found["指标"] == []
    done = command("score", path)
    assert done.code == 0 and "总分来源：专家组评定" in done.out and "·" not in done.out


def test_a_total_that_is_given_must_be_the_sum(write: Write) -> None:
    path = write(HEAD + f"指标体系: [{given_points('甲', 10, 8)}]\n评价结果: {{总分: 9}}\n")
    finding = next(one for one in review(path).findings if one.code == "K132")
    assert (finding.expected, finding.actual, finding.where.line) == ("8", "9", 5)
    assert judge(path).scores.total == Decimal(8)


def findings(write: Write, text: str) -> list[tuple[str, str | None, str | None]]:
    """Code, expected and actual of each finding of level 错误."""
    return [(one.code, one.expected, one.actual) for one in errors(review(write(HEAD + text)).findings)]


def test_full_marks_and_grade_that_are_given_must_be_those_of_the_indicators(write: Write) -> None:
    tree = f"指标体系: [{given_points('甲', 50, 40)}]\n"
    assert findings(write, tree + "评价结果: {总分: 40, 满分: 100, 等级: 优}\n") == [
        ("K132", "50", "100"),
        ("K133", "良", "优"),
    ]
    assert findings(write, tree + "评价结果: {总分: 40.00, 满分: 50, 等级: 良}\n") == []


@pytest.mark.parametrize(
    ("style", "result", "grade", "codes"),
    [
        ("kunming", "总分: 77.22, 满分: 100", "中", []),
        ("kunming", "总分: 77.22, 满分: 100, 等级: 中", "中", []),
        ("kunming", "总分: 77.22, 满分: 100, 等级: 可", "中", [("K133", "警告", "中", "可")]),
        ("kunming", "总分: 77.22, 满分: 100, 等级: 良", "中", [("K133", "错误", "中", "良")]),
        ("kunming", "总分: 77.22, 等级: 中", "中", []),
        ("kunming", "总分: 77.22, 等级: 可", "中", [("K133", "警告", "中", "可")]),  # out of the style's own 100
        ("kunming", "等级: 可", "可", [("K133", "警告", None, "可")]),
        ("langfang", "总分: 77.22, 等级: 优", "可", [("K133", "错误", "可", "优")]),
        ("suzhou", "总分: 77.22, 满分: 100, 等级: 可", "可", []),
    ],
)
def test_a_grade_that_is_given_is_held_against_the_scale_of_the_style(
    write: Write, style: str, result: str, grade: str, codes: list[tuple[str, ...]]
) -> None:
    path = write(f"金额单位: 元\n报告: {{样式: {style}}}\n评价结果: {{{result}, 来源: 摘要}}\n")
    found = [one for one in review(path).findings if one.code == "K133"]
    assert [(one.code, str(one.level), one.expected, one.actual) for one in found] == codes
    assert judge(path).scores.grade == grade
    assert all("优、良、" in one.what for one in found if one.level is Level.WARNING)


def test_a_switch_of_style_makes_a_warning_of_a_grade_that_was_right(write: Write) -> None:
    path = write(HEAD + f"指标体系: [{given_points('甲', 50, 35)}]\n评价结果: {{等级: 中}}\n")
    own, other = judge(path), judge(path, "langfang")
    assert (own.scores.grade, other.scores.grade) == ("中", "可")
    told = [[one.level for one in review(path, style).findings if one.code == "K133"] for style in (None, "langfang")]
    assert told == [[], [Level.WARNING]]


def test_a_total_that_is_given_counts_while_something_is_not_scored(write: Write) -> None:
    tree = f"指标体系: [{given_points('甲', 50, 40)}, {{名称: 乙, 分值: 50}}]\n"
    judged = judge(write(HEAD + tree + "评价结果: {总分: 88, 来源: 财政局评审}\n"))
    scores = judged.scores
    assert (scores.total, scores.full, scores.grade, scores.source) == (88, 100, "良", "财政局评审")
    assert not errors(judged.findings)
    said = "\n".join(as_text(scores))
    assert "总分 88" in said and "总分来源：财政局评审" in said and "总分不计" not in said and "待评 1 项" in said
    waiting = judge(write(HEAD + tree)).scores
    assert waiting.source is None and "上级和总分不计" in "\n".join(as_text(waiting))


def test_a_grade_that_is_given_alone_is_the_grade(write: Write) -> None:
    assert judge(write(HEAD + "评价结果: {等级: 可}\n")).scores.grade == "可"
    plain = f"金额单位: 元\n报告: {{}}\n指标体系: [{given_points('甲', 10, 9)}]\n评价结果: {{等级: 可}}\n"
    assert judge(write(plain)).scores.grade == "可"


@pytest.mark.parametrize(
    ("result", "total", "grade"),
    [
        ("总分: 89.995, 满分: 100", None, None),
        ("总分: 120, 满分: 100", None, None),
        ("总分: 90, 满分: 100.005", Decimal(90), "优"),
    ],
)
def test_a_total_that_is_finer_than_what_prints_or_above_the_full_marks_is_refused(
    write: Write, result: str, total: Decimal | None, grade: str | None
) -> None:
    judged = judge(write(f"{HEAD}评价结果: {{{result}}}\n"))
    assert [(one.code, one.where.line) for one in errors(judged.findings)] == [("S002", 4)]
    assert (judged.scores.total, judged.scores.grade) == (total, grade)


def test_the_grade_is_that_of_the_printed_rate(write: Write) -> None:
    found = as_json(scored(write, given_points("甲", 300, "269.99")))
    assert (found["得分率"], found["等级"]) == ("90.00%", "优")


def pack(write: Write, forms: str) -> str:
    """A style with these forms, beside the data."""
    write(f"名称: 甲\n文档: {{报告: a.docx}}\n格式: {{{forms}}}\n", "style.yaml")
    return "金额单位: 元\n报告: {样式: .}\n资金: {预算: 30000, 到位: 17549}\n"


def test_tables_add_up_with_the_decimals_of_the_style(write: Write) -> None:
    head = pack(write, "得分: {小数: 1}")
    leaf = "分值: 5, 计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 100%}, 测算: 85%"
    scores = judge(write(f"{head}指标体系: [{{名称: 甲, {leaf}}}, {{名称: 乙, {leaf}}}]\n")).scores
    assert [str(leaf.points) for leaf in scores.leaves()] == ["4.3", "4.3"] and as_json(scores)["总分"] == "8.6"


@pytest.mark.parametrize(("forms", "places"), [("得分: {小数: 1}", 1), ("得分: {小数: 0}", 0), ("分值: {小数: 0}", 0)])
def test_weights_finer_than_what_prints_are_refused(write: Write, forms: str, places: int) -> None:
    head = pack(write, forms)
    judged = judge(write(f"{head}指标体系: [{{名称: 甲, 分值: 4.25, {RATE}}}]\n"))
    assert [one.what for one in errors(judged.findings)] == [f"分值最多 {places} 位小数，现在是 4.25"]
    assert judged.scores.total is None


def test_a_weight_above_the_leaves_is_held_to_it_too(write: Write) -> None:
    found = findings(write, "指标体系: [{名称: 甲, 分值: 5.005, 下级: [{名称: 乙}]}]\n")
    assert [code for code, *_ in found] == ["S002"]


def test_a_formula_prints_every_digit_of_an_amount(write: Write) -> None:
    head = pack(write, "金额: {单位: 万元, 小数: 2, 千分位: 否}")
    leaf = judge(write(f"{head}指标体系: [{{名称: 甲, 分值: 10, {RATE}}}]\n")).scores.leaves()[0]
    assert leaf.lines[0] == "资金到位率=（1.7549/3.00）×100%=58.50%"


@pytest.mark.parametrize("survey", ["", "问卷: {有效: 1, 题目: [{名称: 满意度, 选项: [{选项: 好}]}]}\n"])
def test_a_misspelt_name_is_told_with_the_nearest(write: Write, survey: str) -> None:
    for name, near in (
        ("问卷.满意渡.得分率", "满意度.得分率" if survey else "问卷.满意率"),
        ("问卷.回收律", "问卷.回收率"),
        ("实施.已开展占笔", "实施.已开展占比"),
        ("资金.指标节余", "资金.指标结余"),
    ):
        judged = judge(write(f"{HEAD}{survey}指标体系: [{{名称: 甲, 分值: 1, 测算: {name}, {GOAL}}}]\n"))
        finding = next(one for one in judged.findings if one.code == "S001")
        assert name in finding.what and near in (finding.mend or "")


@pytest.mark.parametrize(
    "name", ["问卷.回收率", "实施.已开展占比", "资金.指标结余", "资金.执行率", "问卷.发放", "实施.总数"]
)
def test_a_figure_without_its_inputs_is_pending_and_not_unknown(write: Write, name: str) -> None:
    judged = judge(write(f"{HEAD}指标体系: [{{名称: 甲, 分值: 1, 测算: {name}, {GOAL}}}]\n"))
    assert [(one.code, name in one.what) for one in judged.findings] == [("S010", True)]


def test_what_cannot_be_reckoned_is_pending_with_its_reason(write: Write) -> None:
    question = "{名称: 甲, 选项: [{选项: 好, 人数: 0, 系数: 1%}]}"
    head = f"金额单位: 元\n报告: {{}}\n资金: {{预算: 0, 到位: 0}}\n问卷: {{有效: 0, 题目: [{question}]}}\n"
    for measured, reason in (
        ("资金.到位率", "资金到位率的分母为 0，无法计算"),
        ("问卷.甲.得分率", "有效问卷为 0 份"),
        ("{方法: 问卷, 题目: 甲}", "有效问卷为 0 份"),
    ):
        judged = judge(write(f"{head}指标体系: [{{名称: 甲, 分值: 1, 测算: {measured}, {GOAL}}}]\n"))
        assert [one.code for one in judged.findings] == ["S010"] and reason in judged.findings[0].what
    nothing = "测算: {方法: 比率, 分子: 资金.到位, 分母: 资金.预算, 分母为零: 按0计}"
    assert judge(write(f"{head}指标体系: [{{名称: 甲, 分值: 1, {nothing}, {GOAL}}}]\n")).scores.total == 0


def test_more_answers_than_valid_forms_are_told(write: Write) -> None:
    options = "[{选项: 好, 人数: 30, 系数: 100%}, {选项: 差, 人数: 20, 系数: 0%}]"
    judged = judge(
        write(
            f"{HEAD}问卷:\n  有效: 40\n  题目:\n    - {{名称: 满意度, 选项: {options}}}\n"
            f"    - {{名称: 多选, 选项: [{{选项: 甲, 人数: 30}}, {{选项: 乙, 人数: 20}}]}}\n"
            f"指标体系: [{{名称: 甲, 分值: 1, 测算: {{方法: 问卷, 题目: 满意度}}, {GOAL}}}]\n"
        )
    )
    (finding,) = errors(judged.findings)
    assert (finding.code, finding.where.line, finding.expected, finding.actual) == ("S006", 7, "不超过40", "50")
    assert "满意度" in finding.what and judged.scores.total is None


def test_a_fuzzy_value_is_refused_only_where_it_is_calculated_with(write: Write) -> None:
    own = "指标值: ≥200人次\n    完成值: 300余人次"
    by_hand = "计分方法: 直接评分\n    参数: {得分: 5, 理由: 访谈}"
    by_target = "计分方法: 按指标值得分\n    参数: {未达到: 不得分}"
    for method, codes in ((by_hand, []), (by_target, [("S002", 7)])):
        text = f"{HEAD}指标体系:\n  - 名称: 甲\n    {own}\n    分值: 5\n    {method}\n"
        assert [(one.code, one.where.line) for one in judge(write(text)).findings] == codes


def test_no_score_at_all_is_no_error(write: Write, command: Command) -> None:
    done = command("score", write(HEAD))
    assert done.code == 0 and "总分 —　满分 —　得分率 —　等级 —" in done.out


def test_a_style_that_is_not_named_has_no_grades(write: Write) -> None:
    scores = judge(write(f"金额单位: 元\n报告: {{}}\n指标体系: [{given_points('甲', 10, 9)}]\n")).scores
    assert (scores.total, scores.grade) == (Decimal(9), None)


points = st.decimals(0, 20, places=2)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> tuple[str, list[tuple[Decimal, Decimal]]]:
    """A node as YAML, and (full, points) of each leaf."""
    if depth == 0 or draw(st.booleans()):
        full, part = draw(points), draw(st.decimals(0, 1, places=2))
        given = (full * part).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
        return given_points("叶", full, given), [(full, given)]
    below = draw(st.lists(trees(depth - 1), min_size=1, max_size=4))
    return (
        "{名称: 枝, 下级: [" + ", ".join(text for text, _ in below) + "]}",
        [leaf for _, leaves in below for leaf in leaves],
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(trees(), min_size=1, max_size=3))
def test_totals_are_the_sum_of_the_leaves_on_every_level(write: Write, found: list[tuple[str, Any]]) -> None:
    scores = scored(write, ", ".join(text for text, _ in found))
    leaves = [leaf for _, below in found for leaf in below]
    assert (scores.full, scores.total) == (sum(full for full, _ in leaves), sum(got for _, got in leaves))
    assert [(leaf.full, leaf.points) for leaf in scores.leaves()] == leaves
    for root in scores.nodes:
        for node in root.walk():
            assert node.points == sum(leaf.points or Decimal() for leaf in node.leaves())
    assert all(columns(line) <= 100 for line in as_text(scores, columns_wide=100))


def test_the_table_of_a_deep_tree_stays_in_its_width(write: Write) -> None:
    text = given_points("很长的指标名称" * 12, 5, 4.35)
    for _ in range(17):
        text = f"{{名称: 一层一层又一层的指标名称, 下级: [{text}]}}"
    for width in (60, 80, 100):
        assert max(map(columns, as_text(scored(write, text), columns_wide=width))) <= width
