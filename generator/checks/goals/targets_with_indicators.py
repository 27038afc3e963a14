"""目标对应指标：申报的每项绩效指标，指标体系里要有指标来评价。

写了“对应指标”，或指标体系里有同名的指标，或在“说明”里写明不单独计分等原因的，都可以。没有指标体系的不核查；
“对应指标”写错了名称的由 G103 指出。

正例：名称相同，不必写对应指标。

    绩效目标:
      指标:
        - {三级: 服务社区数目, 指标值: =165个, 完成值: 165个}
    指标体系:
      - {名称: 服务社区数目, 分值: 6}

反例：没有指标评价它，也没有说明。

    绩效目标:
      指标:
        - {三级: 志愿者人数, 指标值: ≥100人, 完成值: 120人}   # !G102 志愿者人数
    指标体系:
      - {名称: 服务社区数目, 分值: 6}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import rows

CODE = "G102"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each declared target that no indicator judges."""
    known = {name for _, one in ((node.path, node.indicator) for node in case.nodes) for name in (one.name, one.title)}
    for path, row in rows(case) if known else ():
        if not row.indicator and not row.remark and row.name not in known:
            what = f"绩效目标“{row.name}”没有对应的评价指标"
            yield Fault(path, what, mend="写“对应指标”；不单独计分的，在“说明”里写明")
