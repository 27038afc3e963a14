"""目标完成值：申报的每项绩效指标，要有完成值。

写了完成值，或者由指标体系里已经评分的指标评价（对应指标，或名称相同），或者在“说明”里写明不在评价范围内等原因的，都算有。
没有申报指标的不核查。

正例：由指标体系里的指标评价；不单独计分的写了说明。

    绩效目标:
      指标:
        - {三级: 服务对象满意率, 指标值: ≥90%, 对应指标: 群众满意度}
        - {三级: 参与率, 指标值: =95%, 说明: 未设对应的评分指标，不单独计分}
    指标体系:
      - {名称: 群众满意度, 分值: 5, 计分方法: 直接评分, 参数: {得分: 5, 理由: 达到目标}}

反例：没有完成值，对应的指标也还没有评分。

    绩效目标:
      指标:
        - {三级: 服务对象满意率, 指标值: ≥90%, 对应指标: 群众满意度}   # !G101 服务对象满意率 完成值
    指标体系:
      - {名称: 群众满意度, 分值: 5}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import node_of, rows

CODE = "G101"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each declared target of which nothing says what was reached."""
    for path, row in rows(case):
        if row.actual is not None or row.remark:
            continue
        node = node_of(case, row)
        if node is None or (node.points is None and node.indicator.actual is None and not node.actual):
            what = f"绩效目标“{row.name}”没有完成值"
            yield Fault(path, what, mend="补上“完成值”；不在评价范围内的，在“说明”里写明")
