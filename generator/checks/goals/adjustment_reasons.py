"""调整原因：调整过的指标值，要写明原因。

每一项写“调整原因”。都没有写、“绩效目标.调整说明”也没有写的，是警告；只写了总的调整说明的，是提示。
调整后与申报的相同的不核查。

正例：写了调整原因。

    绩效目标:
      指标:
        - {三级: 满意率, 指标值: =95%, 调整后: =90%, 调整原因: 与同类指标统一, 计分采用: 指标值}

反例：没有写原因。

    绩效目标:
      指标:
        - {三级: 满意率, 指标值: =95%, 调整后: =90%, 计分采用: 指标值}   # !G107 满意率 95% 90%
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import bare, changed, rows

CODE = "G107"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each adjusted target without a reason."""
    overall = bool(case.data.goals and case.data.goals.adjustment)
    for path, row in rows(case):
        if changed(row, case.style.forms) and not row.reason:
            what = f"绩效目标“{row.name}”由{bare(row.declared)}调整为{bare(row.adjusted)}，没有写调整原因"
            yield Fault((*path, "调整后"), what, mend="补上“调整原因”", level=Level.HINT if overall else None)
