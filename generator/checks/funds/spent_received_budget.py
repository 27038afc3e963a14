"""收支次序：支出不大于到位，到位不大于预算，总额和每一行都是；大于的要说明原因。

总额的预算没有写的，以年初预算加调整预算为准。到位没有写的，支出与预算比较。各列示的每一行、下级和用途同样核对。
动用上年结转、先行垫付、追加预算等确有原因的：总额写进 资金.说明，各行写进该行的 说明 或 原因，即不再提示；
与多出的钱无关的说明不算原因。

正例：丙社区的支出大于到位，写明了原因。

    资金:
      预算: 660000
      到位: 660000
      支出: 560000
      按单位:
        - {名称: 甲社区, 到位: 360000, 支出: 360000}
        - {名称: 丙社区, 到位: 100000, 支出: 120000, 原因: 动用上年结转2万元}

反例：丙社区的支出比到位多2万元，没有说明。

    资金:
      按单位:
        - {名称: 甲社区, 到位: 360000, 支出: 360000}
        - {名称: 丙社区, 到位: 100000, 支出: 120000}   # !F105 丙社区 支出12万元 大于到位 多2万元

反例：丙社区的说明没有讲为什么多。

    资金:
      按单位:
        - {名称: 丙社区, 到位: 100000, 支出: 120000, 说明: 两个社区合并列支}   # !F105 丙社区 多2万元

反例：到位总额大于预算。

    资金:
      预算: 660000
      到位: 760000   # !F105 到位76万元 大于预算 多10万元
      支出: 660000
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...fields import Path
from ...findings import Level
from ...model import Funds
from .. import Case, Fault
from . import KINDS, apart, every_row, money, or_none, says, total, yuan

CODE = "F105"
LEVEL = Level.WARNING
# Words by which a remark says why more was received or spent than there should have been.
_WHY = (
    "上年",
    "结转",
    "结余",
    "垫付",
    "垫支",
    "自筹",
    "借款",
    "借支",
    "预付",
    "先行",
    "追加",
    "增加",
    "调整预算",
    "预算调整",
    "调增",
    "调剂",
    "超支",
    "超预算",
    "超出",
    "大于",
    "高于",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each amount that is larger than the one it comes out of, without a reason."""
    funds = case.data.funds
    if not funds:
        return
    if not says(funds.remark, _WHY):
        totals = {"预算": _budget(case, funds), "到位": total(case, "到位"), "支出": total(case, "支出")}
        yield from _larger(case, ("资金",), "", totals, "在 资金.说明 里写明原因")
    for one in every_row(funds):
        if not says(one.reasons + one.remarks, _WHY):
            row = one.row
            amounts = {name: yuan(row.amount(KINDS[name])) for name in ("预算", "到位", "支出")}
            yield from _larger(case, one.path, f"{one.name}的", amounts, "在该行的 原因 里写明")


def _budget(case: Case, funds: Funds) -> Decimal | None:
    budget, first = total(case, "预算"), yuan(funds.first_budget)
    return first + (or_none(funds.adjustment) or 0) if budget is None and first is not None else budget


def _larger(case: Case, path: Path, whose: str, amounts: dict[str, Decimal | None], how: str) -> Iterator[Fault]:
    there = {name: amount for name, amount in amounts.items() if amount is not None}
    for above, below in pairwise(there):
        if there[below] > there[above]:
            what = f"{whose}{below}{money(case, there[below])}，大于{above}{money(case, there[above])}"
            what += f"，多{apart(case, there[below], there[above])}"
            expected = f"不大于{money(case, there[above])}"
            yield Fault((*path, below), what, expected, money(case, there[below]), mend=f"核对金额；确实如此的，{how}")
