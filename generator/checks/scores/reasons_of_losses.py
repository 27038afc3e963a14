"""扣分原因：没有得满分的指标，要写明原因。

写在哪里都算：扣分原因、分析，或计分参数里的事由、理由、没有达到的要点的“说明”。只有完成情况说明、没有另写原因的是提示：
数字低于标准，不等于说了为什么低；什么都没有写的是警告。待评的和得满分的不核查。
来源：自评表要求未完成指标值的填写偏差原因。

正例：写了扣分原因。

    指标体系:
      - 名称: 资金到位率
        分值: 5
        测算: 80%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 县级配套资金没有拨付

正例：没有达到的要点写了说明。

    指标体系:
      - 名称: 管理制度健全性
        分值: 4
        计分方法: 按要点得分
        参数: {分配: 均分, 要点: [{要点: 有制度, 达到: 是}, {要点: 制度完整, 达到: 否, 说明: 没有退出的规定}]}

反例：只有数字；第二项虽有完成情况说明，没有写原因。

    指标体系:
      - 名称: 资金到位率   # !K105 资金到位率 扣1分
        分值: 5
        测算: 80%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
      - 名称: 预算执行率   # !K105 预算执行率 完成情况说明
        分值: 5
        测算: 90%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        完成情况说明: 到位100万元，支出90万元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Record
from ...findings import Level
from ...names import own_names
from ...scores import Node
from .. import Case, Fault
from ..indicators import called, filled, lost, methods, points

CODE = "K105"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row below full marks that says no reason."""
    for node in case.scores.leaves():
        missing, indicator = lost(node), node.indicator
        if missing is None or filled(indicator.reason) or filled(indicator.analysis) or _told(node):
            continue
        what = f"“{called(node)}”扣{points(case, missing)}分，没有写原因"
        if filled(indicator.facts):
            what += "，只有完成情况说明"
        yield Fault(node.path, what, mend="补上“扣分原因”", level=Level.HINT if filled(indicator.facts) else None)


def _told(node: Node) -> bool:
    """Whether the parameters of its 计分方法 say why points were taken."""
    for method in methods(node):
        if method.parameters.get("理由"):
            return True
        if any(_field(item, "事由") for item in method.parameters.get("扣分项") or ()):
            return True
        missed = [item for item in method.parameters.get("要点") or () if _field(item, "达到") is False]
        if missed and all(_field(item, "说明") for item in missed):
            return True
    return False


def _field(item: object, name: str) -> object:
    return dict(own_names(item)).get(name) if isinstance(item, Record) else None
