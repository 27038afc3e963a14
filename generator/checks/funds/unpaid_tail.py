"""尾款与结余：已支付的款项与支出相符，没有支付的尾款有结余可付。

各期都写了“已支付: 是/否”和金额（或比例，按预算估算）的才核对：
已支付之和超过支出，或各期之和就是全部预算（到位）而已支付之和小于支出的，是警告；另有别的支出的可能小于，是提示；
没有支付的之和超过结余（到位减支出）的是警告：尾款没有着落，或支出多列了。由以后年度安排的，
在 资金.说明 里写明（提到尾款、保证金、未支付等），不再提示。

正例：合同10万元，已付6万元，结余4万元，等于尾款。

    资金:
      预算: 100000
      到位: 100000
      支出: 60000
      支付:
        - {名称: 首付款, 金额: 60000, 已支付: 是}
        - {名称: 尾款, 金额: 40000, 已支付: 否}

反例：尾款没有支付，支出却已经等于到位。

    资金:
      预算: 100000
      到位: 100000
      支出: 100000
      支付:
        - {名称: 首付款, 比例: 60%, 已支付: 是}
        - {名称: 尾款, 比例: 40%, 已支付: 否}   # !F114 尾款 4万元 大于结余 按预算

反例：三期都已支付，相加不等于支出。

    资金:
      预算: 100000
      到位: 100000
      支出: 95000
      支付:
        - {名称: 首付款, 金额: 60000, 已支付: 是}   # !F114 已支付 10万元 支出9.50万元
        - {名称: 尾款, 金额: 40000, 已支付: 是}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ...findings import Level
from ...model import Payment
from ...values import Rate
from .. import Case, Fault
from . import apart, money, says, total, yuan

CODE = "F114"
LEVEL = Level.WARNING
_WHY = ("尾款", "保证金", "质保金", "未支付", "没有支付", "未付", "待付", "待支付", "暂估", "以后年度", "下年", "次年")


@dataclass(frozen=True, slots=True)
class _Paid:
    index: int
    payment: Payment
    amount: Decimal


def check(case: Case) -> Iterator[Fault]:
    """A fault when what was paid is not what was spent, or nothing is left for what was not."""
    funds = case.data.funds
    if not funds or not funds.payments or any(one.paid is None for one in funds.payments):
        return
    if says(funds.remark, _WHY):
        return
    instalments, estimated = _instalments(case, funds.payments)
    if instalments and not estimated:
        yield from _paid(case, instalments)
    if instalments:
        yield from _tail(case, instalments, estimated)


def _instalments(case: Case, payments: list[Payment]) -> tuple[list[_Paid], bool]:
    """The instalments with their amounts, and whether these are shares of the budget; none when one has no amount."""
    known = [_Paid(i, one, amount) for i, one in enumerate(payments) if (amount := yuan(one.amount)) is not None]
    if len(known) == len(payments):
        return known, False
    shares = [one.share.fraction for one in payments if isinstance(one.share, Rate)]
    budget = total(case, "预算")
    if known or budget is None or len(shares) != len(payments) or sum(shares, Decimal()) != 1:
        return [], False
    return [_Paid(i, one, shares[i] * budget) for i, one in enumerate(payments)], True


def _paid(case: Case, instalments: list[_Paid]) -> Iterator[Fault]:
    spent, price = total(case, "支出"), sum((one.amount for one in instalments), Decimal())
    paid = sum((one.amount for one in instalments if one.payment.paid), Decimal())
    if spent is None or paid == spent:
        return
    whole = price in (total(case, "预算"), total(case, "到位"))
    what = f"已支付的款项相加是{money(case, paid)}，与支出{money(case, spent)}相差{apart(case, paid, spent)}"
    mend = "核对各期是否已支付和支出总额" + ("" if paid > spent or whole else "；另有别的支出的，在 资金.说明 里写明")
    level = None if paid > spent or whole else Level.HINT
    yield Fault(("资金", "支付"), what, money(case, spent), money(case, paid), mend=mend, level=level)


def _tail(case: Case, instalments: list[_Paid], estimated: bool) -> Iterator[Fault]:
    received, spent = total(case, "到位"), total(case, "支出")
    unpaid = [one for one in instalments if not one.payment.paid]
    tail = sum((one.amount for one in unpaid), Decimal())
    if received is None or spent is None or not unpaid or tail <= max(received - spent, Decimal()):
        return
    left = received - spent
    names = "、".join(one.payment.name for one in unpaid)
    what = f"没有支付的{names}{money(case, tail)}" + ("（按预算乘比例计）" if estimated else "")
    what += f"，大于结余{money(case, left)}（到位{money(case, received)}减支出{money(case, spent)}）"
    mend = "核对支出是否包括尾款；由以后到位的资金支付的，在 资金.说明 里写明"
    path = ("资金", "支付", unpaid[0].index)
    yield Fault(path, what, f"不大于{money(case, left)}", money(case, tail), mend=mend)
