"""Answer sheets: words counted into the survey; what does not fit a question or an option is told at its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from generator.findings import Finding, Level
from generator.load import load
from generator.model import Source, Survey
from generator.pipeline import review
from generator.score import measure_parameters, rule_parameters

QUESTIONS = """  题目:
    - {名称: 服务, 问题: 您对服务是否满意？, 选项: [{选项: 满意, 系数: 100%}, {选项: 不满意, 系数: 0%}]}
    - {名称: 环境, 选项: [{选项: 好}, {选项: 3次以上}]}
"""
Told = tuple[Source, list[Finding]]
Loads = Callable[..., Told]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    """Load a survey written in YAML with an answer sheet of these rows."""

    def loaded(
        *rows: list[Any], survey: str = QUESTIONS, change: Callable[[Workbook], object] = lambda _: None
    ) -> Told:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        change(book)
        book.save(tmp_path / "答卷.xlsx")
        data = tmp_path / "项目.yaml"
        head = "金额单位: 元\n报告: {标题: 示例, 样式: national}\n问卷:\n  答卷: 答卷.xlsx\n"
        data.write_text(head + survey, encoding="utf-8")
        return load(data, rule_parameters(), measure_parameters())

    return loaded


def survey(found: Told) -> Survey:
    assert found[0].evaluation.survey
    return found[0].evaluation.survey


def counts(found: Told) -> list[list[tuple[str, int | None]]]:
    return [[(option.name, option.count) for option in one.options] for one in survey(found).questions]


def codes(found: Told) -> list[tuple[str, Level, str | None]]:
    return [(one.code, one.level, one.where.cell) for one in found[1]]


HEADER = ["序号", "提交答卷时间", "1、您对服务是否满意？[单选题]", "Q2.环境", "来源"]


def test_answers_become_counts_however_they_are_lettered(loads: Loads) -> None:
    found = loads(
        HEADER,
        [1, "x", "A.满意", "A、好", "微信"],
        [2, "x", "满意 ", "3次以上", "微信"],
        [3, "x", "2 不满意", None, "微信"],
        [4, "x", None, None, "微信"],
    )
    assert not found[1]
    assert counts(found) == [[("满意", 2), ("不满意", 1)], [("好", 1), ("3次以上", 1)]]
    assert (survey(found).returned, survey(found).valid) == (3, 3)
    assert found[0].where(("问卷", "题目", 0, "选项", 0, "人数")).cell == "C2—C3"


def test_what_is_typed_stays(loads: Loads) -> None:
    found = loads(HEADER, [1, "x", "满意", "好"], survey="  收回: 9\n  有效: 8\n" + QUESTIONS)
    assert (survey(found).returned, survey(found).valid) == (9, 8)


def test_an_option_that_nobody_lists_is_told_once_with_the_nearest(loads: Loads) -> None:
    found = loads(HEADER, [1, "x", "很满意", "好"], [2, "x", "很满意", "好"], [3, "x", "满意", "好"])
    assert codes(found) == [("B017", Level.ERROR, "C2")]
    assert "共2处" in found[1][0].what and "是不是“满意”" in (found[1][0].mend or "")
    assert counts(found)[0] == [("满意", 1), ("不满意", 0)]


def test_options_are_made_where_the_question_lists_none(loads: Loads) -> None:
    found = loads(["服务"], ["满意"], ["一般"], ["满意"], survey="  题目:\n    - {名称: 服务}\n")
    assert not found[1] and counts(found) == [[("满意", 2), ("一般", 1)]]


def test_columns_and_questions_without_their_other_half_are_told(loads: Loads) -> None:
    found = loads(["序号", "服务", "您的年龄段"], [1, "满意", "30—40岁"])
    assert {(one.code, one.level, one.where.cell) for one in found[1]} == {
        ("B016", Level.HINT, "C1"),
        ("B016", Level.WARNING, None),
    }
    assert survey(found).valid == 1


def test_a_formula_without_a_result_is_told(loads: Loads) -> None:
    found = loads(HEADER, [1, "x", '="满"&"意"', "好"])
    assert codes(found) == [("B003", Level.ERROR, "C2")]


@pytest.mark.parametrize(
    ("header", "data"), [(["甲", "乙"], QUESTIONS), (["服务", "环境"], "  发放: 5\n")], ids=["no column", "no question"]
)
def test_a_sheet_without_questions_is_told(loads: Loads, header: list[str], data: str) -> None:
    found = loads(header, ["满意", "好"], survey=data)
    assert [one.code for one in found[1]] == ["B010"] and not found[0].sums


def test_another_sheet_with_the_same_questions_is_told_and_what_is_hidden_counts(tmp_path: Path, loads: Loads) -> None:
    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book.active)
        copy.title = "第二批"
        book.active.column_dimensions["D"].hidden = True

    found = loads(HEADER, [1, "x", "满意", "好", "微信"], change=change)
    assert [(one.level, one.where.sheet) for one in found[1]] == [(Level.HINT, "Sheet"), (Level.WARNING, "第二批")]
    assert counts(found)[0] == [("满意", 1), ("不满意", 0)]


def test_fewer_returned_than_answered_is_held_against_the_sheet(tmp_path: Path, loads: Loads) -> None:
    rows = [[number, "x", "满意", "好", "微信"] for number in range(4)]
    for typed, wrong in (("3", True), ("4", False), ("9", False)):
        loads(HEADER, *rows, survey=f"  收回: {typed}\n  有效: 4\n  发放: 9\n" + QUESTIONS)
        faults = [one.what for one in review(tmp_path / "项目.yaml").findings if one.code == "Q110"]
        assert [("收回" in one and "4份" in one) for one in faults] == [True] * wrong
