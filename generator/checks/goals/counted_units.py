"""单位个数：名称就是“单位数”“社区数量”的目标或指标，完成值与数据里的个数相同。

名称恰好是“单位数”“项目单位数”的，与 项目.单位 里列出的个数比较；名称恰好是 实施.对象 加“数”“数量”“个数”的
（如 社区数量），与已开展的个数或总数比较，与其中一个相同即可。完成值不是确切的数的、数据里没有列出的，不核查。

正例：完成值是已开展的个数。

    实施: {对象: 社区, 总数: 71, 已开展: 52}
    绩效目标:
      指标:
        - {三级: 社区数量, 指标值: =71个, 完成值: 52个, 说明: 不单独计分}

反例：列出了两个单位，完成值写三家。

    项目: {单位: [{名称: 东社区}, {名称: 西社区}]}
    绩效目标:
      指标:
        - 三级: 单位数
          指标值: =3家
          完成值: 3家   # !G115 单位数 3家 2
          说明: 不单独计分
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...fields import Path
from ...findings import Level
from ...values import Target, plain
from .. import Case, Fault
from . import exact, rows

CODE = "G115"
LEVEL = Level.WARNING

UNITS = ("单位数", "项目单位数", "单位个数", "单位数量")
COUNTS = ("数", "数量", "个数")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each count of units that the data's own count is not."""
    known = _counts(case)
    for path, name, actual in _values(case):
        counts = known.get(name, ())
        if counts and actual.number is not None and actual.number not in counts:
            numbers = "或".join(plain(one) for one in dict.fromkeys(counts))
            what = f"“{name}”的完成值是{actual.bare}，数据里列出的是{numbers}"
            yield Fault((*path, "完成值"), what, expected=numbers, actual=actual.bare, mend="核对后改成一致")


def _counts(case: Case) -> dict[str, tuple[Decimal, ...]]:
    """The names that mean a count of units, each with the numbers that are right for it."""
    project, said = case.data.project, case.data.implementation
    found: dict[str, tuple[Decimal, ...]] = {}
    if project and project.units:
        found.update(dict.fromkeys(UNITS, (Decimal(len(project.units)),)))
    if said and said.subject:
        figures = [case.figure("实施.已开展"), case.figure("实施.总数")]
        numbers = tuple(Decimal(one) for one in figures if isinstance(one, int))
        found.update({f"{said.subject}{count}": numbers for count in COUNTS})
    return found


def _values(case: Case) -> Iterator[tuple[Path, str, Target]]:
    for path, row in rows(case):
        if value := exact(row.actual):
            yield path, row.name, value
    for path, one in ((node.path, node.indicator) for node in case.nodes):
        if value := exact(one.actual):
            yield path, one.name, value
