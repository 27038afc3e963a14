"""The measures: the examples in their docstrings, and the edges."""

from __future__ import annotations

import doctest
import re
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.measures import measures
from generator.scores import Pending, ScoringError

from .worksheet import measure, 测算


@pytest.mark.parametrize("method", measures().values(), ids=measures())
def test_the_examples_of_a_measure_print_what_they_say(method: ModuleType) -> None:
    examples = doctest.DocTestFinder().find(method, globs={"测算": 测算})[0]
    assert examples.examples, f"{method.__name__} has no example"
    report: list[str] = []
    failed = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(examples, out=report.append).failed
    assert not failed, "".join(report)


@pytest.mark.parametrize("method", measures().values(), ids=measures())
def test_a_measure_names_its_parameters_in_chinese_and_says_its_source(method: ModuleType) -> None:
    assert method.__doc__ and method.__doc__.startswith(f"{method.NAME}：") and "来源：" in method.__doc__
    for declared in method.Parameters.model_fields.values():
        assert re.fullmatch(r"[\u4e00-\u9fff]+", declared.title or "") and declared.description


@given(plan=st.integers(1, 10**6), actual=st.integers(0, 10**6))
def test_early_is_never_negative_and_late_never_positive(plan: int, actual: int) -> None:
    amount = measure("及时率", "完成及时率", 计划天数=str(plan), 实际天数=str(actual)).value.amount
    assert amount >= 0 if actual <= plan else amount <= 0
    assert amount * 100 == round(amount * 100, 2)


@given(plan=st.decimals("0.01", 10**9, places=2), actual=st.decimals(0, 10**9, places=2))
def test_a_saving_and_the_share_spent_add_up(plan: Decimal, actual: Decimal) -> None:
    saved = measure("节约率", "成本节约率", 计划=f"{plan}元", 实际=f"{actual}元").value.amount
    spent = measure("比率", "支出率", 分子=f"{actual}元", 分母=f"{plan}元").value.amount
    assert abs(saved + spent - 1) <= Decimal("0.0001")


UNIT = {"单位": "甲社区", "计日方式": "含首尾"}


def test_days_come_from_the_unit() -> None:
    found = measure("及时率", "完成及时率", 计划止于="计划完成", **UNIT)
    assert found.lines == (
        "计划天数：2023年7月1日至2024年6月30日，366天（含首尾）",
        "实际天数：2023年7月1日至2024年5月28日，333天（含首尾）",
        "完成及时率=[（366-333）/366]×100%=9.02%",
    )


def test_a_limit_of_a_month_ends_with_the_month() -> None:
    found = measure("及时率", "完成及时率", 计划止于="完成时限", **UNIT)
    assert found.lines[0] == "计划天数：2023年7月1日至2024年5月31日，336天（含首尾）"


def test_the_first_day_counts_or_not() -> None:
    dates = {"计划开始": "2024-07-01", "计划完成": "2024-07-31", "实际天数": "15"}
    assert measure("及时率", "及时率", 计日方式="含首尾", **dates).lines[0].endswith("31天（含首尾）")
    assert measure("及时率", "及时率", 计日方式="不含首日", **dates).lines[0].endswith("30天（不含首日）")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"计划开始": "2024-07", "计划完成": "2024-08"}, "没有写到日"),
        ({"计划开始": "2024-07-01", "计划完成": "2024"}, "没有写到日"),
        ({"计划开始": "2024-07-02", "计划完成": "2024-07-01"}, "早于"),
    ],
)
def test_dates_from_which_no_days_can_be_counted(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        measure("及时率", "及时率", 计日方式="含首尾", 实际天数="3", **parameters)


def test_an_actual_end_of_a_month_is_not_guessed() -> None:
    with pytest.raises(ScoringError, match="实际天数"):
        measure("及时率", "及时率", 计划天数="9", 计划开始="2024-07-01", 实际完成="2024-07", 计日方式="含首尾")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"单位": "甲社区", "计日方式": "含首尾"}, "计划止于"),
        ({"单位": "甲社区", "计日方式": "含首尾", "计划止于": "计划完成", "计划开始": "2024-07-01"}, "不再写日期"),
        ({"单位": "甲社区", "计划止于": "计划完成"}, "计日方式"),
        ({"计划天数": "9", "计划完成": "2024-07-01", "计日方式": "含首尾"}, "就不写“计划完成”"),
        ({"计划天数": "9", "实际天数": "9", "实际完成": "2024-07-01", "计日方式": "含首尾"}, "就不写实际的日期"),
    ],
)
def test_days_have_one_source(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        measure("及时率", "及时率", **parameters)


def test_what_is_not_there_yet_is_pending() -> None:
    for name, parameters in (
        ("及时率", {"计划天数": "9"}),
        ("及时率", {"实际天数": "9"}),
        ("比率", {"分子": "1", "分母": "0"}),
        ("比率", {"分子": "资金.到位", "分母": "1元"}),
        ("节约率", {"计划": "0元", "实际": "0元"}),
    ):
        with pytest.raises(Pending):
            measure(name, "某率", **parameters)


def test_no_planned_days_is_an_error() -> None:
    with pytest.raises(ScoringError, match="计划天数是 0"):
        measure("及时率", "及时率", 计划天数="0", 实际天数="3")


def test_a_rate_of_different_kinds_is_an_error() -> None:
    with pytest.raises(ScoringError, match="不是同一种数"):
        measure("比率", "到位率", 分子="5元", 分母="10%")
