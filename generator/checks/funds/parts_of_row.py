"""下级合计：一行写了金额、又写了下级的，下级相加等于这一行。

年初预算、预算、到位、支出分别核对。下级每一行都有这个金额的才比较相等，有的没有的，只查已有的之和是否超过本行。
容差与 F101 相同：带小数又没有写到分的金额，每个允许差最后一位小数的一半，以内的是提示。
本行没有写金额的由下级相加，不会不符。确有原因的写进本行的 说明 或 原因，改为提示。

正例：区一级只写到位，下级只写预算，没有可以比较的；支出由下级相加。

    资金:
      合计取自: 按区域
      按区域:
        - 名称: 甲区
          到位: 60000
          下级:
            - {名称: 东街道, 预算: 40000, 支出: 30000}
            - {名称: 西街道, 预算: 20000, 支出: 15000.50}

反例：下级的支出相加比本行少500元。

    资金:
      合计取自: 按区域
      按区域:
        - 名称: 甲区
          支出: 45000   # !F102 甲区 下级相加 相差0.05万元
          下级:
            - {名称: 东街道, 支出: 30000}
            - {名称: 西街道, 支出: 14500}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import KINDS, Row, apart, every_row, explains_sum, known_sum, money, tolerance, typed_amounts, yuan

CODE = "F102"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed amount of a row that its parts do not make up."""
    for one in every_row(case.data.funds) if case.data.funds else ():
        for name in KINDS if one.row.parts else ():
            if fault := _compared(case, one, name):
                yield fault


def _compared(case: Case, one: Row, name: str) -> Fault | None:
    kind = KINDS[name]
    whole = yuan(getattr(one.row, kind))
    added, complete = known_sum(one.row.parts, kind)
    if whole is None or added == whole or not (complete or added > whole):
        return None
    rounded = abs(added - whole) <= tolerance(case, list(typed_amounts(one.row.parts, kind)))
    missing = "" if complete else "（还有的下级没有金额）"
    what = f"{one.name}的{name}{money(case, whole)}，下级相加是{money(case, added)}{missing}"
    what += f"，相差{apart(case, added, whole)}" + ("，像是四舍五入的尾差" if rounded else "")
    return Fault(
        (*one.path, name),
        what,
        expected=money(case, added),
        actual=money(case, whole),
        mend="本行的金额可以不写，由下级相加；确有原因的写进本行的 说明",
        level=Level.HINT if rounded or explains_sum(one.row.remark, one.row.reason) else None,
    )
