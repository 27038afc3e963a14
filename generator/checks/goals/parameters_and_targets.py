"""计分基准与指标值：计分参数里的基准、目标值、标准，应与指标值相同。

指标自己没有写指标值的，与申报的绩效指标里名称相同或写了对应指标的那一项（只有一项的）比较，用计分采用的那个值。
同一种数、单位相同才比较；参数引用别处的数的、测算是节约率和及时率的不比较；写了“满分线”的，满分线相同即可。
区间分档的，指标值是 ≤、< 的与得分最高的区间的上限比较，是 ≥、> 的与它的下限比较。
不同不一定错（从 100% 起算扣分，而目标是 90%），但达到了目标也会扣分，所以是警告：评分标准确是这样的，在“已核实”里说明。

正例：从目标值起算。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        指标值: ≥90%
        完成值: 83%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 1%, 每档扣分: 0.1, 取档: 按比例}

反例：目标是 90%，从 95% 起算扣分。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        指标值: ≥90%
        完成值: 83%
        计分方法: 按档扣分
        参数: {基准: 95%, 每档: 1%, 每档扣分: 0.1, 取档: 按比例}   # !G109 群众满意度 基准 95% ≥90%

反例：目标是不超过 8%，5% 以内才得满分。

    指标体系:
      - 名称: 成本偏差率
        分值: 5
        指标值: ≤8%
        测算: 3.2%
        计分方法: 区间分档
        参数:
          区间:
            - {下限: 0%, 含下限: 是, 上限: 5%, 含上限: 是, 得分: 5}   # !G109 成本偏差率 8% 上限 5%
            - {下限: 5%, 含下限: 否, 上限: 10%, 含上限: 是, 得分: 3}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ...fields import MethodCall, Path, Record
from ...findings import Level
from ...model import TargetRow
from ...names import own_names
from ...scores import Node
from ...values import Said, Target
from .. import Case, Fault
from ..indicators import Method, alike, called, figure, methods
from . import changed, goal_of, node_of, rows

CODE = "G109"
LEVEL = Level.WARNING

KEYS = ("满分线", "基准", "目标值", "标准")
DEVIATIONS = ("节约率", "及时率")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each rule that reckons from another value than the target."""
    declared = [(row, node) for _, row in rows(case) if (node := node_of(case, row))]
    for node in case.scores.leaves():
        measured = node.indicator.measured
        if isinstance(measured, MethodCall) and measured.name in DEVIATIONS:
            continue
        goal = node.indicator.target
        if goal is None:
            goal = _declared(case, [row for row, other in declared if other is node])
        if isinstance(goal, Target):
            yield from _of(case, node, goal)


def _declared(case: Case, linked: list[TargetRow]) -> Target | Said | None:
    """The target of the only row for an indicator, where it is plain which of its two values counts."""
    if len(linked) != 1 or (linked[0].scored_by is None and changed(linked[0], case.style.forms)):
        return None
    return goal_of(linked[0])


def _of(case: Case, node: Node, goal: Target) -> Iterator[Fault]:
    wanted = figure(goal, case.style.forms)
    for method in list(methods(node))[:1]:
        place = _base(method, goal)
        found = figure(base := _at(method, place), case.style.forms)
        if wanted is None or found is None or not alike(wanted, found) or wanted.amount == found.amount:
            continue
        said = str(base)
        how = f"得分最高的区间{place[-1]}是{said}" if len(place) > 1 else f"计分却以{place[0]}{said}起算"
        what = f"“{called(node)}”的指标值是{goal.bare}，{how}"
        mend = "核对评分标准；确是这样规定的，在“已核实”里说明"
        yield Fault((*method.path, *place), what, expected=str(goal), actual=said, mend=mend)


def _base(method: Method, goal: Target) -> Path:
    """Where a rule says what it reckons from: a key, or the side of its best 区间 that the target's sign is about."""
    scored = {index: band["得分"] for index, band in enumerate(_bands(method)) if isinstance(band.get("得分"), Decimal)}
    side = {"≤": "上限", "<": "上限", "≥": "下限", ">": "下限"}.get(goal.operator)
    best = [index for index, points in scored.items() if points == max(scored.values())]
    if side and len(best) == 1:
        return "区间", best[0], side
    return (next((key for key in KEYS if method.parameters.get(key) is not None), ""),)


def _bands(method: Method) -> list[dict[str, Any]]:
    return [dict(own_names(one)) if isinstance(one, Record) else {} for one in method.parameters.get("区间") or ()]


def _at(method: Method, place: Path) -> object:
    """The parameter at a place that `_base` gives."""
    if len(place) == 1:
        return method.parameters.get(str(place[0]))
    _, index, side = place
    return _bands(method)[int(index)].get(str(side))
