"""没有钱的节约：成本节约率得满分，而资金没有足额到位。

测算用“节约率”、节约率大于 0、得了满分，而资金到位率比 100% 低得多（界限：到位率缺口百分点，写在样式里）：
少花的钱多半是没有到位的钱，不是节约。
完成情况说明、分析或扣分原因里说到“到位”的，视为已经说明；说明里否认形成节约的，由 K110 指出。

正例：说明了到位情况。

    资金: {预算: 100000, 到位: 60000, 支出: 60000}
    指标体系:
      - 名称: 成本节约率
        分值: 8
        测算: {方法: 节约率, 计划: 资金.预算, 实际: 资金.支出}
        计分方法: 达标得分
        参数: {符号: ≥, 标准: 0%}
        完成情况说明: 支出低于预算，主要是资金到位较少，按评分标准仍得满分。

反例：到位 60%，节约率 40%，没有说明。

    资金: {预算: 100000, 到位: 60000, 支出: 60000}
    指标体系:
      - 名称: 成本节约率
        分值: 8
        测算: {方法: 节约率, 计划: 资金.预算, 实际: 资金.支出}   # !K111 成本节约率 40% 60%
        计分方法: 达标得分
        参数: {符号: ≥, 标准: 0%}
        完成情况说明: 实际支出低于预算。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import MethodCall
from ...findings import Level
from ...values import Rate
from .. import Case, Fault
from ..indicators import called, figure, in_full, reached, words

CODE = "K111"
LEVEL = Level.WARNING
LIMITS = ("到位率缺口百分点",)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each saving with full marks while money is missing and no text says so."""
    rate, short = case.figure("资金.到位率"), case.limit(CODE, "到位率缺口百分点")
    if not isinstance(rate, Rate) or short is None or 100 - rate.percent < short:
        return
    for node in case.scores.leaves():
        one = node.indicator
        if not isinstance(one.measured, MethodCall) or one.measured.name != "节约率" or not in_full(node):
            continue
        saved = figure(reached(node), case.style.forms)
        if saved and saved.amount > 0 and "到位" not in words(one.facts, one.analysis, one.reason):
            what = (
                f"“{called(node)}”节约率{node.actual}，得了满分，而资金到位率只有{rate}：少支出的可能是没有到位的资金"
            )
            mend = "在“完成情况说明”里说明资金到位情况，以及是不是有效节约"
            yield Fault((*node.path, "测算"), what, actual=node.actual, mend=mend)
