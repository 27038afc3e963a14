"""给出的总分：评价结果里写的总分、满分，等于指标体系算出的。

指标体系算得出的，印出以算出的为准；算不出的（没有指标体系，或还有待评的指标）不核查，给出的总分要写明来源（K115）。

正例：指标体系得8分，评价结果也写8分。

    指标体系:
      - {名称: 产出, 分值: 10, 计分方法: 逐项扣分, 参数: {扣分项: [{事由: 缺一份台账, 扣分: 2}]}}
    评价结果: {总分: 8, 满分: 10}

反例：评价结果写9分。

    指标体系:
      - {名称: 产出, 分值: 10, 计分方法: 逐项扣分, 参数: {扣分项: [{事由: 缺一份台账, 扣分: 2}]}}
    评价结果: {总分: 9, 满分: 10}   # !K132 总分是9 算出的是8 多1分
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...scores import full_points, total_points
from .. import Case, Fault
from ..indicators import points

CODE = "K132"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault where the given total or full marks are not what the indicators add up to."""
    given = case.data.result
    if given is None:
        return
    total, full = total_points(case.scores.nodes), full_points(case.scores.nodes)
    for name, said, added in (("总分", given.total, total), ("满分", given.full, full)):
        if said is not None and added is not None and said != added:
            gap = f"{'多' if said > added else '少'}{points(case, abs(said - added))}分"
            what = f"给出的{name}是{points(case, said)}，指标体系算出的是{points(case, added)}，{gap}"
            mend = f"删去给出的{name}，由程序相加；或改正指标的分值和得分"
            yield Fault(("评价结果", name), what, points(case, added), points(case, said), mend=mend)
