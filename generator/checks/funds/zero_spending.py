"""零支出：到位了资金（或安排了预算）而支出是0的单位、区域，要说明原因。

到位大于0、支出是0，或到位没有写、预算大于0而支出是0的行，以及只写了支出0的单位、区域、子项目，
没有写 原因，说明里也没有讲为什么没有支出的，是警告。
上级的行写了原因的，下级不再查；没有安排资金的（预算、到位都是0）不查。总额支出是0的，原因写进 资金.说明。

正例：乙县没有支出，写明了原因；上年结转没有安排资金。

    资金:
      按区域:
        - {名称: 乙县, 到位: 625000, 支出: 0, 原因: 12月到账，尚未使用}
      按来源:
        - {名称: 财政拨款, 预算: 625000, 到位: 625000, 支出: 0, 说明: 12月到账}
        - {名称: 上年结转, 预算: 0, 到位: 0, 支出: 0}

反例：说明讲的是别的事。

    资金:
      按区域:
        - {名称: 乙县, 到位: 625000, 支出: 0, 说明: 辖11个社区}   # !F109 乙县 支出是0

反例：乙县没有支出，也没有原因。

    资金:
      按区域:
        - {名称: 甲区, 到位: 1420000, 支出: 897000}
        - {名称: 乙县, 到位: 625000, 支出: 0}   # !F109 乙县 62.50万元 支出是0
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import Row, every_row, money, or_none, says, total, yuan

CODE = "F109"
LEVEL = Level.WARNING
# Words by which a remark, which may be on anything, says why nothing was spent.
_WHY = (
    *("未支出", "未使用", "未付", "未开展", "未实施", "未启动", "尚未", "没有支出", "没有使用", "没有支付", "没有开展"),
    *("暂未", "到账", "下达", "拨付", "结转", "收回", "停工", "停止", "暂停", "取消", "推迟", "延期", "待付"),
)
_CARRIERS = ("按单位", "按区域", "按子项目")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row, and for the whole, that has money and has spent nothing, without a reason."""
    funds = case.data.funds
    if not funds:
        return
    received = total(case, "到位")
    if total(case, "支出") == 0 and received and received > 0 and not says(funds.remark, _WHY):
        what = f"到位{money(case, received)}，支出是0，没有写原因"
        yield Fault(("资金", "支出"), what, actual=money(case, received * 0), mend="在 资金.说明 里写明原因")
    for one in every_row(funds):
        told = one.reasons or says(one.remarks, _WHY)
        had = None if told or or_none(one.row.amount("spent")) != 0 else _had(case, one)
        if had and (one.row.spent is not None or not one.row.parts):
            what = f"{one.name}{had}，支出是0，没有写原因"
            yield Fault((*one.path, "支出"), what, mend="在该行的 原因 里写明")


def _had(case: Case, one: Row) -> str | None:
    """What the row had to spend, in words; None when nothing was set aside for it."""
    for name, amount in (("到位", yuan(one.row.amount("received"))), ("预算", yuan(one.row.amount("budget")))):
        if amount is not None:
            return f"{name}{money(case, amount)}" if amount > 0 else None
    return "列入了资金安排" if one.kind in _CARRIERS else None
