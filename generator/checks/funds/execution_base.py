"""执行率口径：用到预算执行率的，写明分母，而且全文只用一个分母。

年初预算、全年预算、到位不一样多时，用哪个作分母，执行率大不相同：
没有写“执行率分母”，而指标或文字引用了 资金.执行率 的，是警告；
写了分母，指标“执行率”的测算却用了另一个数的，是警告；
年初预算作分母，而预算已经调整的，是提示：自评表以全年预算为分母。

正例：预算与到位不同，写明以到位为分母，指标也引用它。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57, 执行率分母: 到位}
    指标体系:
      - {名称: 过程, 分值: 10, 测算: 资金.执行率, 计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 100%}}

反例：没有写分母。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57}   # !F106 没有写执行率分母 26.56% 100%
    指标体系:
      - {名称: 过程, 分值: 10, 测算: 资金.执行率, 计分方法: 按比例得分, 参数: {方向: 越高越好, 目标值: 100%}}

反例：执行率分母写预算，指标却用到位作分母。

    资金: {预算: 660000, 到位: 175312.57, 支出: 175312.57, 执行率分母: 预算}
    指标体系:
      - 名称: 预算执行率
        分值: 10
        测算: {方法: 比率, 分子: 资金.支出, 分母: 资金.到位}   # !F106 预算执行率 资金.到位 两个分母
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}

反例：以年初预算为分母，而预算已经调整（提示）。

    资金:
      年初预算: 238.93万元
      预算: 251.89万元
      支出: 251.89万元
      执行率分母: 年初预算   # !F106 年初预算238.93万元 251.89万元
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...fields import MethodCall, Reference
from ...findings import Level
from ...model import Funds, Indicator
from ...names import own_names
from ...values import Rate
from .. import Case, Fault
from . import money, total, yuan

CODE = "F106"
LEVEL = Level.WARNING
_RATE = "资金.执行率"


def check(case: Case) -> Iterator[Fault]:
    """A fault when the base of the execution rate is not said, or is not one."""
    funds = case.data.funds
    if not funds:
        return
    if funds.execution_base is None:
        yield from _unsaid(case, funds)
        return
    yield from _other_base(case, funds.execution_base)
    first, budget = yuan(funds.first_budget), total(case, "预算")
    if funds.execution_base == "年初预算" and first is not None and budget is not None and first != budget:
        what = f"执行率以年初预算{money(case, first)}为分母，而全年预算已调整为{money(case, budget)}"
        mend = "一般以调整后的全年预算为分母；确按年初预算考核的，在 资金.说明 里写明"
        if "年初" not in str(funds.remark or ""):
            yield Fault(("资金", "执行率分母"), what, "预算", "年初预算", mend=mend, level=Level.HINT)


def _unsaid(case: Case, funds: Funds) -> Iterator[Fault]:
    bases = {"年初预算": yuan(funds.first_budget), "预算": total(case, "预算"), "到位": total(case, "到位")}
    known = {name: amount for name, amount in bases.items() if amount}
    if len(set(known.values())) < 2 or not _used(case):
        return
    told = "；".join(f"{name}{money(case, amount)}{_rate(case, amount)}" for name, amount in known.items())
    what = f"用到了预算执行率，没有写执行率分母，可用的几个数又不相同：{told}"
    yield Fault(
        ("资金", "执行率分母"), what, "、".join(known), "没有写", mend="写“执行率分母: 预算”（或 年初预算、到位）"
    )


def _rate(case: Case, base: Decimal) -> str:
    spent = total(case, "支出")
    return "" if spent is None else f"，执行率{Rate.of(spent, base, case.style.forms.rate)}"


def _used(case: Case) -> bool:
    """Whether an indicator or a text takes the execution rate."""
    if any(_references(node.indicator, _RATE) for node in case.nodes):
        return True
    return any(_RATE in passage.words for passage in case.passages)


def _references(indicator: Indicator, name: str) -> bool:
    measured = indicator.measured
    values = [value for _, value in own_names(measured.parameters)] if isinstance(measured, MethodCall) else [measured]
    return any(isinstance(value, Reference) and value.path == name for value in values)


def _other_base(case: Case, base: str) -> Iterator[Fault]:
    """A fault for each indicator called 执行率 that divides by another total than the base."""
    stated = total(case, base)
    for path, indicator in ((node.path, node.indicator) for node in case.nodes):
        measured = indicator.measured
        if "执行率" not in indicator.name or not isinstance(measured, MethodCall):
            continue
        taken = dict(own_names(measured.parameters)).get("分母")
        if not isinstance(taken, Reference) or taken.path not in ("资金.预算", "资金.年初预算", "资金.到位"):
            continue
        amount = total(case, taken.path.removeprefix("资金."))
        if taken.path == f"资金.{base}" or amount is None or amount == stated:
            continue
        what = f"“{indicator.name}”以{taken.path}（{money(case, amount)}）为分母，资金里写的执行率分母是{base}，"
        what += "同一个执行率有两个分母"
        mend = "测算写 资金.执行率，或把“执行率分母”改为一致"
        yield Fault((*path, "测算"), what, f"资金.{base}", taken.path, mend=mend)
