"""Rates, balances and survey results follow from the data, each with its derivation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.derive import derive
from generator.load import load
from generator.score import measure_parameters, rule_parameters
from generator.scores import DERIVED, Figures
from generator.values import Form, Forms, Money, Rate, Said

from .conftest import Write

Derive = Callable[[str], Figures]


@pytest.fixture
def figures(write: Write) -> Derive:
    def derived(text: str) -> Figures:
        source, findings = load(write("金额单位: 元\n报告: {}\n" + text), rule_parameters(), measure_parameters())
        assert findings == []
        return derive(source.evaluation, Forms())

    return derived


def test_the_rates_of_the_funds(figures: Derive) -> None:
    found = figures("资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57, 执行率分母: 预算}\n").derived
    assert {name: str(figure) for name, figure in found.items()}.items() >= {
        "资金.到位率": "26.56%",
        "资金.到位及时率": "26.56%",
        "资金.支出率": "100%",
        "资金.执行率": "26.56%",
        "资金.未到位率": "73.44%",
        "资金.未到位": "484,687.43元",
        "资金.结余": "0.00元",
    }.items()
    assert found["资金.到位率"].derivation == "资金到位率=（175,312.57/660,000.00）×100%=26.56%"


def test_the_execution_rate_needs_its_base_named(figures: Derive) -> None:
    assert "资金.执行率" not in figures("资金: {预算: 4, 到位: 2, 支出: 1}\n").derived
    by_base = {
        base: str(
            figures(f"资金: {{预算: 4, 年初预算: 8, 到位: 2, 支出: 1, 执行率分母: {base}}}\n").derived["资金.执行率"]
        )
        for base in ("预算", "年初预算", "到位")
    }
    assert by_base == {"预算": "25%", "年初预算": "12.50%", "到位": "50%"}


def test_timeliness_has_bases_of_its_own(figures: Derive) -> None:
    found = figures("资金: {预算: 100, 到位: 80, 应到位: 50, 及时到位: 40}\n").derived
    assert (str(found["资金.到位率"]), str(found["资金.到位及时率"])) == ("80%", "80%")


def test_nothing_is_derived_from_what_is_not_there(figures: Derive) -> None:
    found = figures("资金: {预算: , 到位: 5}\n").derived
    assert not {"资金.到位率", "资金.未到位率", "资金.未到位", "资金.指标结余"} & set(found)


def test_the_budget_is_the_first_budget_with_what_was_added(figures: Derive) -> None:
    found = figures("资金: {年初预算: 1650, 调整预算: 0, 到位: 825}\n").derived
    assert str(found["资金.预算"]) == "1,650.00元"
    assert found["资金.预算"].derivation == "预算=年初预算1,650.00+调整预算0.00=1,650.00"
    assert (str(found["资金.到位率"]), str(found["资金.未到位"])) == ("50%", "825.00元")
    cut = figures("资金: {年初预算: 100, 调整预算: -20}\n").derived["资金.预算"]
    assert cut.derivation == "预算=年初预算100.00+调整预算（-20.00）=80.00"


@pytest.mark.parametrize(
    ("said", "budget"),
    [
        ("年初预算: 100", None),
        ("调整预算: 20", None),
        ("年初预算: 100, 调整预算: 无", None),
        ("年初预算: 100, 调整预算: 20, 预算: 130", None),
        ("年初预算: 100, 调整预算: 20, 合计取自: 按用途, 按用途: [{名称: 甲, 预算: 110}]", "110.00元"),
    ],
)
def test_a_budget_that_is_typed_or_summed_or_half_known_is_not_made_up(
    figures: Derive, said: str, budget: str | None
) -> None:
    found = figures(f"资金: {{{said}}}\n").derived.get("资金.预算")
    assert (found and str(found)) == budget and not (found and found.derivation)


@pytest.mark.parametrize("said", ["无", "—", "0"])
def test_a_rate_that_cannot_be_reckoned_is_a_dash_and_not_missing(figures: Derive, said: str) -> None:
    found = figures(f"资金: {{预算: {said}, 到位: 5}}\n").derived
    assert found["资金.到位率"].value == found["资金.未到位率"].value == Said("—")
    assert "无法计算" in found["资金.到位率"].derivation or "没有可以计算" in found["资金.到位率"].derivation


def test_no_difference_is_taken_from_words(figures: Derive) -> None:
    found = figures("资金: {年初预算: 无, 预算: 不适用, 到位: 5, 支出: 0}\n").derived
    assert [str(found[f"资金.{name}"]) for name in ("未到位", "结余", "指标结余")] == ["—", "5.00元", "—"]
    assert str(figures("资金: {年初预算: 无, 调整预算: 9, 到位: 5}\n").derived["资金.指标结余"]) == "4.00元"


def test_derivations_print_every_digit_that_is_reckoned_with(write: Write) -> None:
    text = "金额单位: 元\n报告: {}\n资金: {预算: 30000, 到位: 17549, 支出: 17449}\n"
    source, _ = load(write(text), rule_parameters(), measure_parameters())
    found = derive(source.evaluation, Forms(money=Form(2, unit="万元"))).derived
    assert found["资金.到位率"].derivation == "资金到位率=（1.7549/3.00）×100%=58.50%"
    assert found["资金.未到位"].derivation == "3.00-1.7549=1.2451" and str(found["资金.未到位"]) == "1.25万元"


def test_a_survey_gives_rates_and_a_weighted_result_by_question(figures: Derive) -> None:
    found = figures(
        "问卷:\n  发放: 50\n  收回: 45份\n  有效: 40\n  题目:\n    - 名称: 群众满意度\n      选项:\n"
        "        - {选项: 满意, 人数: 12, 系数: 100%}\n        - {选项: 基本满意, 人数: 22, 系数: 80%}\n"
        "        - {选项: 不满意, 人数: 6, 系数: 60%}\n"
        "    - {名称: 没有数的, 选项: [{选项: 好, 系数: 100%}]}\n"
    ).derived
    assert (str(found["问卷.回收率"]), str(found["问卷.有效率"])) == ("90%", "88.89%")
    assert found["问卷.群众满意度.得分率"].derivation == "得分率=（12×100%+22×80%+6×60%）/40×100%=83%"
    assert "问卷.没有数的.得分率" not in found and "问卷.满意率" not in found


def test_a_survey_without_valid_answers_gives_dashes(figures: Derive) -> None:
    text = "{发放: 0, 收回: 0, 有效: 0, 满意: 0, 题目: [{名称: 甲, 选项: [{选项: 好, 人数: 0, 系数: 1%}]}]}"
    found = figures(f"问卷: {text}\n实施: {{总数: 0, 已开展: 0}}\n").derived
    names = ("问卷.回收率", "问卷.有效率", "问卷.满意率", "问卷.甲.得分率", "实施.已开展占比", "实施.未开展占比")
    assert {name: str(found[name]) for name in names} == dict.fromkeys(names, "—")


def test_more_answers_than_valid_forms_give_no_rate(figures: Derive) -> None:
    def rate(good: int) -> bool:
        options = f"[{{选项: 好, 人数: {good}, 系数: 100%}}, {{选项: 差, 人数: 10, 系数: 0%}}]"
        return "问卷.甲.得分率" in figures(f"问卷: {{有效: 40, 题目: [{{名称: 甲, 选项: {options}}}]}}\n").derived

    assert (rate(29), rate(30), rate(31)) == (True, True, False)


def test_every_figure_that_is_derived_is_declared(figures: Derive) -> None:
    found = figures(
        "资金: {预算: 4, 年初预算: 3, 到位: 2, 支出: 1, 执行率分母: 预算}\n项目: {单位: [{名称: 甲}]}\n"
        "问卷: {发放: 4, 收回: 3, 有效: 2, 满意: 1}\n实施: {总数: 4, 已开展: 3, 未开展: 1}\n"
    ).derived
    assert set(found) == {f"{section}.{name}" for section, names in DERIVED.items() for name in names}


def test_figures_keep_their_kind(figures: Derive) -> None:
    found = figures("资金: {预算: 4, 到位: 2}\n项目: {单位: [{名称: 甲}, {名称: 乙}]}\n").derived
    assert isinstance(found["资金.到位率"].value, Rate) and isinstance(found["资金.未到位"].value, Money)
    assert found["项目.单位数"].value == 2
