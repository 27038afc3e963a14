"""按调整后的目标计分：评价时调整过的指标值，计分用了调整后的，要让读者知道。

调整后的指标值与申报的不同，“计分采用: 调整后”或没有写“计分采用”的，是提示，列出两个值。计分采用申报的指标值的不提示。

正例：仍按申报的指标值计分。

    绩效目标:
      指标:
        - {三级: 社区数量, 指标值: =12个, 调整后: =6个, 调整原因: 按实际安排核定, 计分采用: 指标值, 完成值: 6个}

反例：按调整后的计分；没有写计分采用哪一个。

    绩效目标:
      指标:
        - 三级: 满意率
          指标值: =95%
          调整后: =90%   # !G105 满意率 =95% =90%
          调整原因: 与同类指标统一
          计分采用: 调整后
        - 三级: 办结率
          指标值: =95%
          调整后: =92%   # !G105 办结率 计分采用
          调整原因: 与同类指标统一
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import bare, changed, rows

CODE = "G105"
LEVEL = Level.HINT


def check(case: Case) -> Iterator[Fault]:
    """A fault for each target that was adjusted and is scored so, or does not say by which it is scored."""
    for path, row in rows(case):
        if not changed(row, case.style.forms) or row.scored_by == "指标值":
            continue
        values = f"申报的指标值是{bare(row.declared)}，评价时调整为{bare(row.adjusted)}"
        if row.scored_by is None:
            what, mend = (
                f"绩效目标“{row.name}”{values}，没有写按哪一个计分",
                "补上“计分采用: 指标值”或“计分采用: 调整后”",
            )
        else:
            what, mend = f"绩效目标“{row.name}”{values}，按调整后的计分", "确认调整有依据，报告里写明"
        yield Fault((*path, "调整后"), what, expected=str(row.declared), actual=str(row.adjusted), mend=mend)
