"""指标与问卷的率：指标里直接写的百分比，等于问卷算出的。

指标与题目同名，或指标名称里有“满意”而这样的指标和满意度题都只有一个，就比较：指标的“测算”直接写的百分比，或没有测算时
完成值写的百分比，与题目的得分率或满意率（满意÷有效）相比，与其中一个相同即可。小数位数不同的，四舍五入后相同就算相同。
没有题目、只写了满意份数的，与满意率比较。引用问卷测算的，本来就一致。

正例：得分率 83%。

    问卷:
      有效: 40
      题目:
        - 名称: 群众满意度
          选项:
            - {选项: 非常满意, 人数: 12, 系数: 100%}
            - {选项: 满意, 人数: 22, 系数: 80%}
            - {选项: 一般, 人数: 6, 系数: 60%}
    指标体系:
      - {名称: 群众满意度, 分值: 7, 测算: 83%, 计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 90%}}

反例：写成 88%。

    问卷:
      有效: 40
      题目:
        - 名称: 群众满意度
          选项:
            - {选项: 非常满意, 人数: 12, 系数: 100%}
            - {选项: 满意, 人数: 22, 系数: 80%}
            - {选项: 一般, 人数: 6, 系数: 60%}
    指标体系:
      - 名称: 群众满意度
        分值: 7
        测算: 88%   # !Q107 群众满意度 88% 83%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 90%}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from ...model import Indicator
from ...scores import QUESTION_RATE
from ...values import Rate, Target, half_up, places_of
from .. import Case, Fault
from . import SATISFIED, indicators, on_satisfaction, questions

CODE = "Q107"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each rate typed for an indicator that the survey does not give."""
    if case.data.survey is None:
        return
    on_it = [one for _, one in indicators(case) if SATISFIED in one.name]
    for path, one in indicators(case):
        key, typed = _typed(one)
        rates = _rates(case, one, only=len(on_it) == 1)
        if typed is None or not rates or any(_same(typed, rate) for rate in rates.values()):
            continue
        name, rate = next(iter(rates.items()))
        said = one.actual if key == "完成值" else one.measured
        what = f"“{one.name}”的{'完成值' if key == '完成值' else '实际值'}写{said}，问卷{name}是{rate}"
        mend = "核对后改成一致，或改用“测算: {方法: 问卷, 题目: …}”"
        yield Fault((*path, key), what, expected=str(rate), actual=str(said), mend=mend)


def _typed(one: Indicator) -> tuple[str, Decimal | None]:
    """The percentage that is typed for an indicator, and the key that has it."""
    if one.measured is not None:
        return "测算", one.measured.percent if isinstance(one.measured, Rate) else None
    goal = one.actual
    exact = isinstance(goal, Target) and goal.unit == "%" and goal.operator in ("", "=")
    return "完成值", goal.number if exact and isinstance(goal, Target) else None


def _rates(case: Case, one: Indicator, *, only: bool) -> dict[str, Rate]:
    """The rates that the survey gives for an indicator, by what they are called."""
    asked = [question for _, question in questions(case)]
    own = [question for question in asked if question.name in (one.name, one.title)]
    on_it = [question for question in asked if on_satisfaction(question)]
    satisfaction = SATISFIED in one.name and only
    if not own and satisfaction and len(on_it) == 1:
        own = on_it
    found = {f"“{question.name}”的得分率": case.figure(f"问卷.{question.name}.{QUESTION_RATE}") for question in own}
    if satisfaction and (own or not on_it):
        found["的满意率"] = case.figure("问卷.满意率")
    return {name: rate for name, rate in found.items() if isinstance(rate, Rate)}


def _same(typed: Decimal, rate: Rate) -> bool:
    places = min(places_of(typed), places_of(rate.percent))
    return half_up(typed, places) == half_up(rate.percent, places)
