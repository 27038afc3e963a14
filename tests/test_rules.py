"""The scoring rules: the examples in their docstrings, laws that hold for any figures, and the edges."""

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

from generator.fields import Record
from generator.rules import rules
from generator.scores import Pending, Scored, ScoringError, Task
from generator.values import Form, Forms, target

from .worksheet import FORMS, operand, scored, 计分


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_the_examples_of_a_rule_print_what_they_say(rule: ModuleType) -> None:
    examples = doctest.DocTestFinder().find(rule, globs={"计分": 计分})[0]
    assert examples.examples, f"{rule.__name__} has no example"
    report: list[str] = []
    failed = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(examples, out=report.append).failed
    assert not failed, "".join(report)


@pytest.mark.parametrize("rule", rules().values(), ids=rules())
def test_a_rule_names_its_parameters_in_chinese_and_says_its_source(rule: ModuleType) -> None:
    assert rule.__doc__ and rule.__doc__.startswith(f"{rule.NAME}：") and "来源：" in rule.__doc__
    assert issubclass(rule.Parameters, Record)
    for declared in rule.Parameters.model_fields.values():
        assert re.fullmatch(r"[\u4e00-\u9fff]+", declared.title or "") and declared.description


# Laws

SHARES = st.decimals(0, 150, places=2)
FULLS = st.decimals("0.01", 60, places=2)
CUTS = st.decimals(0, 5, places=2)
RULES: dict[str, tuple[str, dict[str, Any], int]] = {
    "达标得分": ("达标得分", {"符号": "≥", "标准": "90%"}, 1),
    "正向比例": ("按比例得分", {"方向": "越高越好", "目标值": "100%"}, 1),
    "满分线": ("按比例得分", {"方向": "越高越好", "目标值": "100%", "满分线": "90%"}, 1),
    "损害": ("按比例得分", {"方向": "越高越好", "目标值": "100%", "造成损害": "是"}, 1),
    "等于目标": ("按比例得分", {"方向": "等于目标", "目标值": "70%"}, 1),
    "反向比例": ("按比例得分", {"方向": "越低越好", "目标值": "30%"}, -1),
    "线性递减": ("线性递减", {"目标值": "30%", "归零倍数": "2"}, -1),
    "整档舍去": ("按档扣分", {"基准": "90%", "每档": "7%", "每档扣分": "0.3", "取档": "整档舍去"}, 1),
    "整档进位": ("按档扣分", {"基准": "90%", "每档": "7%", "每档扣分": "0.3", "取档": "整档进位"}, 1),
    "不得分线": (
        "按档扣分",
        {"基准": "90%", "每档": "10%", "每档扣分": "1", "取档": "按比例", "不得分线": "50%"},
        1,
    ),
    "越低越好": (
        "按档扣分",
        {"基准": "20%", "每档": "3%", "每档扣分": "0.7", "取档": "按比例", "方向": "越低越好"},
        -1,
    ),
    "按差额扣减": ("按差额扣减", {"基准": "100%", "每档": "3%", "每档扣减比例": "4%"}, 1),
    "扣减基数": ("按差额扣减", {"基准": "100%", "每档": "3%", "每档扣减比例": "4%", "扣减基数": "0.01"}, 1),
}


@pytest.mark.parametrize("case", RULES)
@given(full=FULLS, one=SHARES, other=SHARES)
def test_points_lie_between_0_and_full_have_two_decimals_and_follow_the_actual_value(
    case: str, full: Decimal, one: Decimal, other: Decimal
) -> None:
    name, parameters, sense = RULES[case]
    low, high = (scored(name, str(full), f"{share}%", **parameters) for share in sorted((one, other)))
    for result in (low, high):
        assert 0 <= result.points <= full
        assert result.points == round(result.points, 2)
        assert result.lines
        assert sum(cut.points for cut in result.cuts) == full - result.points
    assert (high.points - low.points) * sense >= 0


@given(full=FULLS, cuts=st.lists(CUTS, max_size=6))
def test_deductions_are_subtracted_until_nothing_is_left(full: Decimal, cuts: list[Decimal]) -> None:
    items = [{"事由": f"第{count}项", "扣分": str(cut), "标准": "每处扣分"} for count, cut in enumerate(cuts)]
    result = scored("逐项扣分", str(full), 扣分项=items or "无")
    assert result.points == max(Decimal(0), full - sum(cuts))
    assert all(cut.derived for cut in result.cuts)


@given(full=FULLS, answers=st.lists(st.booleans(), min_size=1, max_size=8))
def test_more_points_met_never_give_less(full: Decimal, answers: list[bool]) -> None:
    def of(met: list[bool]) -> Decimal:
        points = [{"要点": "某要点", "达到": "是" if one else "否"} for one in met]
        return scored("按要点得分", str(full), 分配="均分", 要点=points).points

    fewer = [one and index > 0 for index, one in enumerate(answers)]
    assert 0 <= of(fewer) <= of(answers) <= full
    assert of([True] * len(answers)) == full


@given(full=FULLS, share=st.integers(0, 100), points=st.decimals(0, 60, places=2))
def test_a_weighted_score_lies_between_those_of_its_parts(full: Decimal, share: int, points: Decimal) -> None:
    points = min(points, full)
    part = {"计分方法": "直接评分", "参数": {"得分": str(points), "理由": "访谈"}}
    whole = {"计分方法": "直接评分", "参数": {"得分": str(full), "理由": "访谈"}}
    parts = [{"名称": "甲", "权重": f"{share}%", **part}, {"名称": "乙", "权重": f"{100 - share}%", **whole}]
    assert points <= scored("加权合成", str(full), 部分=parts).points <= full


@given(full=FULLS, given=st.decimals(0, 60, places=2))
def test_a_judged_score_fits_exactly_one_grade(full: Decimal, given: Decimal) -> None:
    given = min(given, full)
    grades = [{"名称": "高", "下限": "80%"}, {"名称": "中", "下限": "60%"}, {"名称": "低", "下限": "0%"}]
    fits = 0
    for grade in "高中低":
        try:
            scored("定性分档", str(full), 档次=grades, 评定=grade, 评分=str(given), 理由="访谈")
        except ScoringError:
            continue
        fits += 1
    assert fits == 1


@given(value=SHARES, edges=st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True).map(sorted))
def test_joined_bands_hold_every_value_once(value: Decimal, edges: list[int]) -> None:
    bands: list[dict[str, str]] = []
    for count, (low, high) in enumerate(zip([None, *edges], [*edges, None], strict=True)):
        band = {"得分": str(count)}
        band |= {"下限": f"{low}%", "含下限": "是"} if low else {}
        band |= {"上限": f"{high}%", "含上限": "否"} if high else {}
        bands.append(band)
    assert scored("区间分档", "9", f"{value}%", 区间=bands).points == sum(value >= edge for edge in edges)


# Derivations


@given(full=FULLS, share=SHARES, base=st.integers(1, 100), step=st.integers(1, 20), cut=st.integers(1, 50))
def test_a_printed_deduction_can_be_redone_by_hand(
    full: Decimal, share: Decimal, base: int, step: int, cut: int
) -> None:
    each = Decimal(cut) / 10
    result = scored(
        "按档扣分", str(full), f"{share}%", 基准=f"{base}%", 每档=f"{step}%", 每档扣分=str(each), 取档="按比例"
    )
    found = re.fullmatch(r"扣分=（(.+)%-(.+)%）÷(.+)%×([\d.]+?)(?:=[\d.]+)?[=≈]([\d.]+)分", result.lines[0])
    if found is None:
        assert result.points == full and share >= base
        return
    high, low, width, factor, printed = map(Decimal, found.groups())
    assert abs((high - low) * factor / width - printed) <= Decimal("0.005")
    assert result.points == max(Decimal(0), full - printed)


# Edges


def points(name: str, full: str, actual: object = None, **parameters: Any) -> str:
    return str(scored(name, full, actual, **parameters).points.normalize() + 0)


STEPS = {"基准": "100%", "每档": "10%", "每档扣分": "1"}


@pytest.mark.parametrize(
    ("actual", "mode", "expected"),
    [
        ("50%", "整档舍去", "4"),
        ("50%", "整档进位", "4"),
        ("50%", "按比例", "4"),
        ("49.99%", "整档舍去", "0"),
        ("55%", "整档舍去", "5"),
        ("55%", "整档进位", "4"),
        ("55%", "按比例", "4.5"),
        ("99.99%", "整档舍去", "9"),
        ("99.99%", "整档进位", "8"),
        ("100%", "整档进位", "9"),
        ("120%", "整档进位", "9"),
    ],
)
def test_whole_steps_up_down_and_the_line_below_which_there_is_nothing(actual: str, mode: str, expected: str) -> None:
    assert points("按档扣分", "9", actual, 取档=mode, 不得分线="50%", **STEPS) == expected


def test_a_target_of_90_deducts_from_90() -> None:
    parameters = {"每档": "5%", "每档扣分": "0.5", "取档": "按比例"}
    assert points("按档扣分", "6", "85%", 基准="90%", **parameters) == "5.5"
    assert points("按档扣分", "6", "85%", 基准="100%", **parameters) == "4.5"


def test_deductions_stop_at_the_floor() -> None:
    result = scored("按档扣分", "9", "20%", 取档="整档舍去", 最低分="2", **STEPS)
    assert (result.points, result.lines[-1]) == (2, "扣至最低分为止，得2分")


def test_no_deduction_goes_below_nothing() -> None:
    shortfall = scored("按差额扣减", "2", "0%", 基准="100%", 每档="5%", 每档扣减比例="50%", 扣减基数="1.2")
    missed = [{"要点": "有制度", "达到": "否", "扣分": "1.5"}, {"要点": "有台账", "达到": "否", "扣分": "1"}]
    by_point = scored("按要点得分", "2", 分配="按扣分", 要点=missed)
    for result in (shortfall, by_point):
        assert (result.points, result.lines[-1]) == (0, "扣完为止，得0分")


def test_the_linear_rule_and_the_inverse_proportion_differ() -> None:
    assert points("线性递减", "8", "120", 目标值="90", 归零倍数="2") == "5.33"
    assert points("按比例得分", "8", "120", 方向="越低越好", 目标值="90") == "6"


@pytest.mark.parametrize(
    ("direction", "actual", "expected"),
    [
        ("越高越好", "0", "5"),
        ("等于目标", "0", "5"),
        ("等于目标", "1", "0"),
        ("越低越好", "0", "5"),
        ("越低越好", "1", "0"),
    ],
)
def test_a_target_of_0(direction: str, actual: str, expected: str) -> None:
    assert points("按比例得分", "5", actual, 方向=direction, 目标值="0") == expected


def test_the_linear_rule_with_a_target_of_0() -> None:
    assert points("线性递减", "5", "0", 目标值="0", 归零倍数="2") == "5"
    assert points("线性递减", "5", "1", 目标值="0", 归零倍数="2") == "0"


def test_a_negative_actual_value_counts_as_0_in_a_proportion() -> None:
    result = scored("按比例得分", "5", "-3", 方向="越高越好", 目标值="10")
    assert (result.points, result.lines[0]) == (0, "实际值-3是负数，按0计")
    assert points("按比例得分", "5", "-3", 方向="等于目标", 目标值="0") == "5"


def test_a_negative_saving_is_not_a_saving() -> None:
    assert points("达标得分", "8", "-0.01%", 符号="≥", 标准="0") == "0"
    assert points("达标得分", "8", "0%", 符号="≥", 标准="0") == "8"
    assert points("达标得分", "8", "0%", 符号=">", 标准="0") == "0"


@pytest.mark.parametrize(("sign", "expected"), [("≥", "001"), (">", "001"), ("=", "010"), ("≤", "110"), ("<", "100")])
def test_every_sign_compares_as_it_reads(sign: str, expected: str) -> None:
    met = expected if sign not in "≥" else "011"
    for actual, full in zip(("4", "5", "6"), met, strict=True):
        assert points("达标得分", "1", actual, 符号=sign, 标准="5") == full


def test_harm_matters_only_below_the_target() -> None:
    parameters = {"方向": "越高越好", "目标值": "100%"}
    assert points("按比例得分", "5", "100%", 造成损害="是", **parameters) == "5"
    assert points("按比例得分", "5", "97%", 造成损害="否", **parameters) == "4.85"
    assert points("按比例得分", "5", "97%", 造成损害="是", **parameters) == "0"


def band(low: str | None, with_low: str | None, high: str | None, with_high: str | None, gives: str) -> dict[str, str]:
    said = {"下限": low, "含下限": with_low, "上限": high, "含上限": with_high, "得分": gives}
    return {key: value for key, value in said.items() if value is not None}


@pytest.mark.parametrize(("low_end", "high_end", "expected"), [("是", "否", "5"), ("否", "是", "3")])
def test_an_end_of_a_band_belongs_to_the_band_that_says_so(low_end: str, high_end: str, expected: str) -> None:
    bands = [band(None, None, "90%", high_end, "3"), band("90%", low_end, None, None, "5")]
    assert points("区间分档", "5", "90%", 区间=bands) == expected


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([band(None, None, "80%", "是", "3"), band("90%", "是", None, None, "5")], "中间有空档"),
        ([band(None, None, "90%", "否", "3"), band("80%", "是", None, None, "5")], "区间重叠"),
        ([band(None, None, "90%", "是", "3"), band("90%", "是", None, None, "5")], "重叠了"),
        ([band(None, None, "90%", "否", "3"), band("90%", "否", None, None, "5")], "漏了端点"),
        ([band(None, None, None, None, "3"), band("90%", "否", None, None, "5")], "都要写"),
        ([band("90%", "是", "80%", "是", "3")], "是空的"),
        ([band("90%", None, None, None, "3")], "还要写“含下限"),
        ([band(None, "是", None, None, "3")], "不能写“含下限”"),
        ([{"下限": "90%", "含下限": "是"}], "要写一个"),
        ([], "至少要有一个"),
    ],
)
def test_bands_that_do_not_join_are_errors_of_the_data(bands: list[dict[str, str]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        scored("区间分档", "5", "85%", 区间=bands)


def test_a_band_cannot_give_more_than_full_points() -> None:
    with pytest.raises(ScoringError, match="高于分值"):
        scored("区间分档", "5", "85%", 区间=[band(None, None, None, None, "6")])


@pytest.mark.parametrize(("grade", "given", "fits"), [
    ("达成", "8", True), ("达成", "6.40", True), ("达成", "6.39", False), ("部分达成", "6.39", True),
    ("部分达成", "6.40", False), ("部分达成", "4.80", True), ("未达成", "4.80", False), ("未达成", "4.79", True),
    ("未达成", "0", True),
])  # fmt: skip
def test_grades_are_half_open_and_the_best_is_closed(grade: str, given: str, fits: bool) -> None:
    grades = [{"名称": "达成", "下限": "80%"}, {"名称": "部分达成", "下限": "60%"}, {"名称": "未达成", "下限": "0%"}]
    said = {"档次": grades, "评定": grade, "评分": given, "理由": "访谈"}
    if fits:
        assert scored("定性分档", "8", **said).points == Decimal(given)
    else:
        with pytest.raises(ScoringError, match="范围内"):
            scored("定性分档", "8", **said)


@pytest.mark.parametrize("lows", [["80%", "60%"], ["60%", "80%", "0%"], ["100%", "0%"], ["80%", "80%", "0%"], []])
def test_grades_must_cover_the_full_points(lows: list[str]) -> None:
    grades = [{"名称": str(count), "下限": low} for count, low in enumerate(lows)]
    with pytest.raises(ValidationError, match="下限"):
        scored("定性分档", "8", 档次=grades)


def test_deductions_by_rule_and_by_hand_say_which_is_which() -> None:
    shortfall = {"基准": "100%", "每档": "5%", "每档扣减比例": "0.4%", "扣减基数": "1.2"}
    items = [
        {"事由": "未经论证", "扣分": "1.2"},
        {"事由": "未足额到位", "测算": "26.56%", "计分方法": "按差额扣减", "参数": shortfall},
    ]
    result = scored("逐项扣分", "6", 扣分项=items)
    assert result.points == Decimal("4.73")
    assert [(cut.points, cut.derived) for cut in result.cuts] == [(Decimal("1.2"), False), (Decimal("0.07"), True)]


def test_a_rule_that_does_not_deduct_gives_its_missing_points_as_the_deduction() -> None:
    proportion = {"方向": "越高越好", "目标值": "100%"}
    item = {"事由": "未完成", "测算": "50%", "计分方法": "按比例得分", "参数": proportion, "分值": "2"}
    result = scored("逐项扣分", "6", 扣分项=[item])
    assert result.lines == ("未完成：得分=50%×2=1分", "扣分=2-1=1分", "得分=6-1=5分")


def test_what_is_not_there_yet_makes_the_whole_pending() -> None:
    waiting = {"计分方法": "按比例得分", "参数": {"方向": "越高越好", "目标值": "100%"}}
    done = {"计分方法": "直接评分", "参数": {"得分": "5", "理由": "访谈"}}
    parts = [{"名称": "甲", "权重": "50%", **waiting}, {"名称": "乙", "权重": "50%", **done}]
    for name, parameters in (
        ("按比例得分", waiting["参数"]),
        ("加权合成", {"部分": parts}),
        ("逐项扣分", {"扣分项": [{"事由": "甲", **waiting}]}),
        ("逐项扣分", {"扣分项": [{"事由": "甲"}]}),
        ("直接评分", {"理由": "访谈"}),
        ("按要点得分", {"分配": "均分", "要点": [{"要点": "有制度"}]}),
        ("达标得分", {"条件": "有制度"}),
        ("按比例得分", {"方向": "越高越好", "目标值": "资金.预算"}),
    ):
        with pytest.raises(Pending):
            scored(name, "5", **parameters)


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("按档扣分", {**STEPS, "取档": "按比例", "每档": "0%"}, "“每档”要大于 0"),
        ("按差额扣减", {"基准": "100%", "每档": "-5%", "每档扣减比例": "1%"}, "“每档”要大于 0"),
        ("按差额扣减", {"基准": "100%", "每档": "5%", "每档扣减比例": "无"}, "百分比"),
        ("线性递减", {"目标值": "90", "归零倍数": "1"}, "大于 1"),
        ("线性递减", {"目标值": "-90", "归零倍数": "2"}, "不能是负数"),
        ("按比例得分", {"方向": "越高越好", "目标值": "-1"}, "不能是负数"),
        ("按比例得分", {"方向": "越低越好", "目标值": "9", "满分线": "8"}, "只用于"),
        ("按比例得分", {"方向": "越高越好", "目标值": "90%", "满分线": "95%"}, "不能高于"),
        ("达标得分", {"符号": "≥"}, "一起写"),
        ("达标得分", {"符号": "≥", "标准": "9", "达到": "是"}, "只写一种"),
        ("按要点得分", {"分配": "均分", "要点": []}, "至少要有一个"),
        ("按要点得分", {"分配": "按扣分", "要点": [{"要点": "有制度", "达到": "是"}]}, "都要写“扣分”"),
        ("按要点得分", {"分配": "均分", "要点": [{"要点": "有制度", "占比": "9%"}]}, "只在“分配: 按占比”时写"),
        ("逐项扣分", {"扣分项": [{"事由": "甲", "参数": {}}]}, "一起写"),
        ("逐项扣分", {"扣分项": [{"事由": "甲", "扣分": "1", "计分方法": "直接评分"}]}, "就不写“扣分”"),
    ],
)
def test_wrong_parameters_are_named_in_chinese(name: str, parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        scored(name, "5", "50%", **parameters)


BY_HAND = {
    "直接评分": lambda points: {"得分": points, "理由": "访谈"},
    "逐项扣分": lambda points: {"扣分项": [{"事由": "晚于时限", "扣分": points}]},
    "定性分档": lambda points: {
        "档次": [{"名称": "达成", "下限": "0%"}],
        "评定": "达成",
        "评分": points,
        "理由": "访谈",
    },
}


@pytest.mark.parametrize("name", BY_HAND)
def test_points_given_by_hand_are_taken_as_they_are_or_refused(name: str) -> None:
    given = BY_HAND[name]
    assert scored(name, "5", **given("4.99")).lines
    for wrong, message in (("0.004", "最多 2 位小数，现在是 0.004"), ("4.996", "位小数"), ("5.01", "超过了分值5")):
        with pytest.raises(ScoringError, match=message):
            scored(name, "5", **given(wrong))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("按要点得分", {"分配": "按扣分", "要点": [{"要点": "有制度", "达到": "否", "扣分": "0.005"}]}),
        ("按档扣分", {**STEPS, "取档": "按比例", "最低分": "0.005"}),
        ("区间分档", {"区间": [band(None, None, None, None, "0.005")]}),
        ("逐项扣分", {"扣分项": [{"事由": "甲", "扣分": "0.005", "标准": "每处扣分"}]}),
        ("逐项扣分", {"扣分项": [{"事由": "甲", "分值": "0.005", "计分方法": "直接评分", "参数": {"理由": "甲"}}]}),
    ],
)
def test_no_points_of_the_data_are_finer_than_what_prints(name: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ScoringError, match=r"最多 2 位小数，现在是 0\.005"):
        scored(name, "5", "50%", **parameters)


@pytest.mark.parametrize("places", [0, 1, 2, 3, None])
def test_leaves_are_rounded_to_the_decimals_that_print(places: int | None) -> None:
    forms = Forms(points=Form(places))
    task = Task("甲", Decimal(9), None, forms, operand, lambda *_: Scored(Decimal()))
    points, ending = task.result(Decimal("4.34567"))
    printed = {0: "4", 1: "4.3", 2: "4.35", 3: "4.346", None: "4.35"}[places]
    assert (str(points), ending) == (printed, f"=4.34567≈{printed}分")


def test_rounded_leaves_add_up_as_they_print() -> None:
    task = Task("甲", Decimal(9), None, Forms(points=Form(1)), operand, lambda *_: Scored(Decimal()))
    leaves = [task.result(Decimal("4.25"))[0] for _ in range(2)]
    assert "+".join(map(task.points, leaves)) + "=" + task.points(sum(leaves)) == "4.3+4.3=8.6"


@pytest.mark.parametrize(
    "fuzzy", ["300余人", "300多人", "300来人", "约300人", "近300人", "300人左右", "300+人", "300人以上"]
)
def test_a_fuzzy_count_is_not_calculated_with(fuzzy: str) -> None:
    said = {"符号": "≥", "标准": "400人"}
    for actual, parameters in ((fuzzy, said), ("400人", {**said, "标准": fuzzy})):
        with pytest.raises(ScoringError, match="约数不能计算，请写确切的数"):
            scored("达标得分", "5", actual, **parameters)


@pytest.mark.parametrize(
    ("actual", "standard", "alike"),
    [
        ("3公里", "4000米", False),
        ("4人", "4人次", False),
        ("0人", "4人次", False),
        ("4人次", "4人次（含）", True),
        ("5万人次", "4人次", True),
        ("4", "4人次", True),
        ("4人次", "4", True),
    ],
)
def test_counts_are_compared_in_one_unit(actual: str, standard: str, alike: bool) -> None:
    parameters = {"符号": "≥", "标准": standard}
    if alike:
        assert scored("达标得分", "5", actual, **parameters).points == 5
    else:
        with pytest.raises(ScoringError, match="单位不同"):
            scored("达标得分", "5", actual, **parameters)


def achieved(target_said: str, actual_said: str) -> Scored:
    """The score by an indicator's own 指标值 and 完成值."""
    rule = rules()["按指标值得分"]
    own = (target(target_said), target(actual_said))
    task = Task("甲", Decimal(8), None, FORMS, operand, lambda *_: Scored(Decimal()), *own)
    found: Scored = rule.score(task, rule.Parameters.model_validate({"未达到": "按比例", "反向": "线性递减"}))
    return found


def test_an_indicators_own_value_is_compared_with_its_own_target() -> None:
    assert achieved("≥5万人次", "4万人次").lines == ("得分=40000÷50000×8=6.40分",)
    assert achieved("≥90%", "81%").points == Decimal("7.20")
    assert achieved("≤90万元", "1080000元").lines == ("得分=[1-（1,080,000.00-900,000.00）÷900,000.00]×8=6.40分",)


@pytest.mark.parametrize(
    ("goal", "actual", "message", "key"),
    [
        ("≤200人次", "300余人次", "约数不能计算", "完成值"),
        ("≤200余人次", "300人次", "约数不能计算", "指标值"),
        ("≥5篇", ">5篇", "带有符号", "完成值"),
        ("≥5篇", "若干", "是文字", "完成值"),
        ("合规", "5篇", "是文字", "指标值"),
        ("≥200人次", "300人", "单位不同", ""),
        ("≤-5%", "0%", "不能是负数", ""),
    ],
)
def test_what_cannot_be_compared_is_told_at_its_key(goal: str, actual: str, message: str, key: str) -> None:
    with pytest.raises(ScoringError, match=message) as caught:
        achieved(goal, actual)
    assert caught.value.key == key


def test_figures_of_different_kinds_are_not_compared() -> None:
    with pytest.raises(ScoringError, match="百分比"):
        scored("按比例得分", "5", "50%", 方向="越高越好", 目标值="100")


def test_the_largest_figures_are_scored() -> None:
    huge, tiny = "999999999999999", "0.000000000001"
    said = {"基准": huge, "每档": tiny, "每档扣分": huge, "取档": "按比例"}
    assert scored("按档扣分", "9", "0", **said).points == 0


@pytest.mark.parametrize(
    ("rule", "actual", "parameters", "line"),
    [
        ("按比例得分", "12万元", {"方向": "越高越好", "目标值": "10万元"}, "120,000.00元已达到100,000.00元"),
        ("线性递减", "9万元", {"目标值": "10万元", "归零倍数": "2"}, "90,000.00元未超过100,000.00元"),
        ("线性递减", "30起", {"目标值": "10起", "归零倍数": "2"}, "30起已达到10起的2倍"),
        ("达标得分", "12万元", {"符号": "≥", "标准": "10万元"}, "120,000.00元≥100,000.00元"),
        ("达标得分", "2个", {"符号": "=", "标准": "3个"}, "2个未达到3个的标准"),
        (
            "按差额扣减",
            "12万元",
            {"基准": "10万元", "每档": "1万元", "每档扣减比例": "1%"},
            "120,000.00元已达到100,000.00元",
        ),
        (
            "按档扣分",
            "2天",
            {"基准": "9天", "每档": "1天", "每档扣分": "1", "取档": "按比例", "不得分线": "5天"},
            "2天不足5天",
        ),
        (
            "区间分档",
            "-3万元",
            {"取绝对值": "是", "区间": [{"下限": "2万元", "含下限": "是", "得分": "4"}]},
            "-30,000.00元的绝对值为30,000.00元，不低于20,000.00元",
        ),
    ],
)
def test_a_sentence_of_a_derivation_says_the_units(
    rule: str, actual: str, parameters: dict[str, Any], line: str
) -> None:
    first = scored(rule, "8", actual, **parameters).lines[0]
    assert first.rpartition("，")[0] == line


@pytest.mark.parametrize(
    ("goal", "actual", "line"),
    [
        ("=100%", "100%", "100%达到指标值100%"),
        ("10万元", "100000元", "100,000.00元达到指标值100,000.00元"),
        ("≥90%", "95%", "95%达到指标值≥90%"),
        ("<3起", "2起", "2起达到指标值<3起"),
    ],
)
def test_a_target_that_is_reached_prints_its_sign_only_where_it_says_more_than_equal(
    goal: str, actual: str, line: str
) -> None:
    assert achieved(goal, actual).lines == (f"{line}，得满分8分",)
