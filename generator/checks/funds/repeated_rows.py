"""重复的行：同一种列示里，同一个单位（用途、来源、区域）不列两次。

名称相同的两行多半是抄重了；一行写简称、一行写全称的也算同一个单位。确有两笔要分列的，各写不同的 名称。

正例：一个单位的两笔钱，名称不同。

    资金:
      按单位:
        - {单位: 甲社区, 名称: 甲社区（设备）, 支出: 52000}
        - {单位: 甲社区, 名称: 甲社区（培训）, 支出: 18000}

反例：乙社区列了两次。

    资金:
      按单位:
        - {单位: 乙社区, 支出: 52000}
        - {单位: 甲社区, 支出: 18000}
        - {单位: 乙社区, 支出: 52000}   # !F116 乙社区 两次
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...fields import Path
from ...findings import Level
from ...model import FundRow
from .. import Case, Fault
from . import LISTS, called, lists

CODE = "F116"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row whose name an earlier row of the same list has."""
    for key, rows in lists(case.data.funds) if case.data.funds else ():
        yield from _repeated(case, rows, ("资金", key), LISTS[key])


def _repeated(case: Case, rows: Sequence[FundRow], path: Path, label: str) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for index, row in enumerate(rows):
        place, name = (*path, index), called(row, (*path, index))
        own = row.name or "、".join(sorted(_full_name(case, unit) for unit in row.units))
        if own and own in seen:
            what = f"“{name}”在{label}里列了两次"
            yield Fault(place, what, quoted=name, mend="删去抄重的一行；确为两笔的，各写不同的 名称")
        seen.setdefault(own, name)
        yield from _repeated(case, row.parts, (*place, "下级"), f"“{name}”的下级")
        yield from _repeated(case, row.by_purpose, (*place, "按用途"), f"“{name}”的各用途")


def _full_name(case: Case, called_so: str) -> str:
    units = case.data.project.units if case.data.project else []
    return next((unit.name for unit in units if called_so in (unit.name, unit.short, *unit.aliases)), called_so)
