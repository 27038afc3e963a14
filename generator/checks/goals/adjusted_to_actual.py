"""事后调整目标：调整后的指标值恰好等于完成值，而按申报的指标值没有完成。

先有结果、再照着结果改目标，目标就失去了作用。计分仍采用申报的指标值的，只是提示。申报的指标值本来就达到了的
（如由 93% 调高到 100%），不提示。确有批准的调整，写明批准的文件，并在“已核实”里说明。

正例：调整后仍没有完成；调高了目标。

    绩效目标:
      指标:
        - {三级: 满意率, 指标值: =95%, 调整后: =90%, 调整原因: 与同类统一, 计分采用: 调整后, 完成值: 83%}
        - {三级: 遵循原则, 指标值: =93%, 调整后: =100%, 调整原因: 应当全部遵循, 计分采用: 调整后, 完成值: 100%}

反例：申报2个，完成0个，目标也调整为0个。

    绩效目标:
      指标:
        - 三级: 村改居社区数量
          指标值: =2个
          调整后: =0个   # !G106 村改居社区数量 2个 0个
          调整原因: 本年度没有安排
          计分采用: 调整后
          完成值: 0个
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import bare, changed, differ, exact, reaches, rows

CODE = "G106"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each target that was adjusted to what was reached, where the declared one was missed."""
    forms = case.style.forms
    for path, row in rows(case):
        actual = exact(row.actual)
        if actual is None or not changed(row, forms) or differ(row.adjusted, actual, forms) is not False:
            continue
        if reaches(actual, row.declared, forms) is False:
            declared, adjusted, kept = bare(row.declared), bare(row.adjusted), row.scored_by == "指标值"
            what = f"绩效目标“{row.name}”申报{declared}，完成{actual.bare}，指标值调整为{adjusted}，正好等于完成值"
            mend = "计分仍按申报的指标值，不影响得分" if kept else "写明批准调整的依据；没有依据的，按申报的指标值计分"
            level = Level.HINT if kept else None
            yield Fault((*path, "调整后"), what, expected=declared, actual=adjusted, mend=mend, level=level)
