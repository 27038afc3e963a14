"""比率超过100%：分子大于分母，或合格率、满意度之类的完成值超过100%。

用“比率”测算、分子分母是同一单位的，分子大于分母时提示；名称里有完成率、增长、超额的，超过100%是正常的，不核查
（超出很多的由 K108 核查）。名称里有满意、合格、达标、覆盖、到位、知晓、及时的指标，完成值也不能超过100%。

正例：完成率可以超过100%。

    指标体系:
      - 名称: 实际完成率
        分值: 10
        测算: {方法: 比率, 分子: 12场, 分母: 10场}
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}

反例：48个服务站里有54个开放天数达标。

    指标体系:
      - 名称: 开放达标率
        分值: 10
        测算: {方法: 比率, 分子: 54个, 分母: 48个}   # !K135 开放达标率 54 48 多6个
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}

反例：满意度写成了1000%。

    指标体系:
      - 名称: 居民满意度
        分值: 10
        指标值: ≥90%
        完成值: 1000%   # !K135 居民满意度 1000% 100%
        计分方法: 按指标值得分
        参数: {未达到: 按比例}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...fields import MethodCall, Reference
from ...findings import Level
from ...names import own_names
from ...scores import Node
from ...values import Target, plain
from .. import Case, Fault
from ..indicators import alike, called, figure

CODE = "K135"
LEVEL = Level.WARNING

_MAY_EXCEED = re.compile(r"完成率|完成比|增长|增幅|超额|提高|回报|产出率")
_OF_WHOLE = re.compile(r"满意|合格|达标|覆盖|到位|知晓|及时率|回收率|入库率|建档率")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each share that is more than the whole."""
    for node in case.scores.leaves():
        if not _MAY_EXCEED.search(node.indicator.name):
            fault = _ratio(case, node) or _actual(node)
            if fault:
                yield fault


def _ratio(case: Case, node: Node) -> Fault | None:
    measured = node.indicator.measured
    if not isinstance(measured, MethodCall) or measured.name != "比率":
        return None
    given = dict(own_names(measured.parameters))
    values = [case.figure(one.path) if isinstance(one, Reference) else one for one in (given["分子"], given["分母"])]
    part, whole = (figure(value, case.style.forms) for value in values)
    if part is None or whole is None or not alike(part, whole) or part.kind != "number" or part.amount <= whole.amount:
        return None
    gap = f"多{plain(part.amount - whole.amount)}{part.unit or whole.unit}"
    what = f"“{called(node)}”的分子{plain(part.amount)}大于分母{plain(whole.amount)}，{gap}，比率超过100%"
    return Fault((*node.path, "测算"), what, f"不大于{plain(whole.amount)}", plain(part.amount), mend="核对分子和分母")


def _actual(node: Node) -> Fault | None:
    actual = node.indicator.actual
    if not _OF_WHOLE.search(node.indicator.name) or not isinstance(actual, Target) or actual.unit != "%":
        return None
    if actual.number is None or actual.number <= 100:
        return None
    what = f"“{called(node)}”的完成值是{actual.bare}，不会超过100%"
    return Fault((*node.path, "完成值"), what, "不大于100%", actual.bare, mend="核对完成值，看小数点有没有写错")
