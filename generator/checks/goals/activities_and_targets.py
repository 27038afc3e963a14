"""活动与完成值：活动的各区域数量之和，等于同名的绩效目标或指标的完成值。

名称完全相同、各区域都是确切的数、完成值也是确切的数，单位（量词）相同或有一方没有写的，才比较。
有约数的（140余）不相加，不比较。

正例：96 + 52 = 148 场。

    实施:
      活动:
        - {名称: 文体活动, 量词: 场, 按区域: [{区域: 甲区, 数量: 96}, {区域: 乙区, 数量: 52}]}
    绩效目标:
      指标:
        - {三级: 文体活动, 指标值: ≥120场, 完成值: 148场, 说明: 不单独计分}

反例：目标里写 158 场。

    实施:
      活动:
        - {名称: 文体活动, 量词: 场, 按区域: [{区域: 甲区, 数量: 96}, {区域: 乙区, 数量: 52}]}
    绩效目标:
      指标:
        - 三级: 文体活动
          指标值: ≥120场
          完成值: 158场   # !G111 文体活动 158场 148场 相差10
          说明: 不单独计分
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...fields import Path
from ...findings import Level
from ...model import Activity
from ...values import Quantity, Target, plain
from .. import Case, Fault
from . import exact, rows

CODE = "G111"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each actual value that is not the sum of the activity of the same name."""
    said = case.data.implementation
    for activity in said.activities if said else ():
        total = _total(activity)
        for path, actual in _values(case, activity.name) if total is not None else ():
            number, unit = actual.number, activity.unit or ""
            if total is None or number is None or (unit and actual.unit and actual.unit != unit) or number == total:
                continue
            unit = unit or actual.unit
            what = f"“{activity.name}”的完成值是{actual.bare}，活动里各区域之和是{plain(total)}{unit}"
            what += f"，相差{plain(abs(total - number))}{unit}"
            expected = f"{plain(total)}{unit}"
            yield Fault((*path, "完成值"), what, expected=expected, actual=actual.bare, mend="核对后改成一致")


def _total(activity: Activity) -> Decimal | None:
    """The sum over all areas; None unless each has an exact number."""
    counts = [area.count for area in activity.by_area]
    known = [one.number for one in counts if isinstance(one, Quantity) and one.number is not None and not one.fuzzy]
    return sum(known, Decimal()) if known and len(known) == len(counts) else None


def _values(case: Case, name: str) -> Iterator[tuple[Path, Target]]:
    for path, row in rows(case):
        if row.name == name and (value := exact(row.actual)):
            yield path, value
    for path, one in ((node.path, node.indicator) for node in case.nodes):
        if name in (one.name, one.title) and (value := exact(one.actual)):
            yield path, value
