"""目标与指标相符：申报的绩效指标，与评价它的指标，指标值和完成值要相同。

按“对应指标”或相同的名称找到指标，都是确切的数、单位相同才比较；几项目标对应同一个指标的，只比较名称相同的一项。
指标值与申报的或调整后的相同即可，写了“计分采用”的以它为准。完成值与指标写的完成值比较，没有写的与测算出的比较。
小数位数不同的，四舍五入后相同就算相同。名称不同、又是测算出的值不同的，是警告：两者的算法也许不同。

正例：指标值取调整后的，完成值与测算的相同。

    绩效目标:
      指标:
        - {三级: 服务对象满意率, 指标值: =95%, 调整后: =90%, 调整原因: 与上年统一, 完成值: 83%, 对应指标: 群众满意度}
    指标体系:
      - {名称: 群众满意度, 分值: 10, 指标值: =90%, 完成值: 83%, 计分方法: 按指标值得分, 参数: {未达到: 按比例}}

反例：完成值一处写165个，一处写156个；指标值一处写200人次，一处写20人次。

    绩效目标:
      指标:
        - 三级: 服务社区数目
          指标值: =165个
          完成值: 156个   # !G104 服务社区数目 156个 165个
        - 三级: 参与人次
          指标值: ≥20人次   # !G104 参与人次 ≥20人次 ≥200人次
          完成值: 300人次
    指标体系:
      - {名称: 服务社区数目, 分值: 6, 指标值: =165个, 完成值: 165个, 计分方法: 按指标值得分, 参数: {未达到: 按比例}}
      - {名称: 参与人次, 分值: 6, 指标值: ≥200人次, 完成值: 300人次, 计分方法: 按指标值得分, 参数: {未达到: 按比例}}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...model import TargetRow
from ...scores import Node
from ...values import Target, plain, target
from .. import Case, Fault
from ..indicators import called
from . import differ, exact, node_of, rows

CODE = "G104"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each value of a declared target that its indicator has otherwise."""
    linked = [(path, row, node_of(case, row)) for path, row in rows(case)]
    uses = Counter(node.path for *_, node in linked if node)
    for path, row, node in linked:
        if node and (uses[node.path] == 1 or row.name in (node.indicator.name, node.indicator.title)):
            yield from _goal(case, path, row, node)
            yield from _actual(case, path, row, node)


def _goal(case: Case, path: Path, row: TargetRow, node: Node) -> Iterator[Fault]:
    said = {"指标值": row.declared, "调整后": row.adjusted}
    typed = {key: value for key, value in said.items() if value is not None and row.scored_by in (None, key)}
    own, forms = node.indicator.target, case.style.forms
    if typed and all(differ(value, own, forms) for value in typed.values()):
        key, value = list(typed.items())[-1]
        name = key.removesuffix("指标值") + "指标值"
        what = f"绩效目标“{row.name}”的{name}是{value}，指标“{called(node)}”里写{own}{_apart(value, own)}"
        yield Fault((*path, key), what, expected=str(own), actual=str(value), mend="核对后改成一致")


def _actual(case: Case, path: Path, row: TargetRow, node: Node) -> Iterator[Fault]:
    typed = exact(node.indicator.actual)
    own = typed or (exact(target(node.actual)) if node.actual else None)
    if exact(row.actual) is None or own is None or not differ(row.actual, own, case.style.forms):
        return
    sure = typed is not None or row.name in (node.indicator.name, node.indicator.title)
    how = "里写" if typed else "测算是"
    what = f"绩效目标“{row.name}”的完成值是{row.actual}，指标“{called(node)}”{how}{own.bare}{_apart(row.actual, own)}"
    level = None if sure else Level.WARNING
    yield Fault((*path, "完成值"), what, expected=own.bare, actual=str(row.actual), mend="核对后改成一致", level=level)


def _apart(one: object, other: object) -> str:
    """The difference of two numbers of one unit, in words."""
    if not isinstance(one, Target) or not isinstance(other, Target) or one.unit != other.unit:
        return ""
    if one.number is None or other.number is None or one.number == other.number:
        return ""
    return f"，相差{plain(abs(one.number - other.number))}{'个百分点' if one.unit == '%' else one.unit}"
