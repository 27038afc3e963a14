"""指标值与完成值的单位：两者要用同一个单位，才能比较。

人次与人、个与场不是一回事。都写了单位才比较；万人次与人次、万元与元算相同，括号里的注和“/年”不看。
按指标值得分的指标，单位不同就算不出来，由 S002 指出，这里不重复。

正例：万人次与人次。

    绩效目标:
      指标:
        - {三级: 参与人次, 指标值: ≥3万人次, 完成值: 31200人次, 说明: 不单独计分}

反例：一处是人次，一处是人。

    绩效目标:
      指标:
        - 三级: 参与人次
          指标值: ≥200人次
          完成值: 300人   # !G113 参与人次 人次 300人
          说明: 不单独计分
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...values import Target
from .. import Case, Fault
from . import goal_of, rows

CODE = "G113"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each pair of target and actual value with different units."""
    for path, row in rows(case):
        yield from _of(path, row.name, goal_of(row), row.actual)
    for path, one in ((node.path, node.indicator) for node in case.nodes):
        if one.rule != "按指标值得分":
            yield from _of(path, one.name, one.target, one.actual)


def _of(path: Path, name: str, goal: object, actual: object) -> Iterator[Fault]:
    if not isinstance(goal, Target) or not isinstance(actual, Target) or goal.number is None or actual.number is None:
        return
    wanted, found = _bare(goal.unit), _bare(actual.unit)
    if wanted and found and wanted != found:
        what = f"“{name}”的指标值是{goal}，完成值是{actual}，单位不同，不能比较"
        mend = f"都换算成“{wanted}”或都换算成“{found}”"
        yield Fault((*path, "完成值"), what, expected=wanted, actual=found, mend=mend)


def _bare(unit: str) -> str:
    """A unit without its scale and remarks: 万人次/年（含） is 人次."""
    return re.sub(r"[（(/／].*$", "", unit).lstrip("万亿") or unit
