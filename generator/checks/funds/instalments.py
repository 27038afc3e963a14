"""分期支付：各期的比例相加是100%，各期金额等于比例乘金额之和。

每期都写了比例的才核对：超过100%是错误，不足100%是警告（可能漏了一期，如质量保证金）。
比例带小数的，每期允许差最后一位小数的一半：33.33%写三次，相加99.99%，不提示。
比例、金额都写全、比例又合计100%的，各期金额与比例相符，容差是金额最后一位小数，比例带小数的再加比例的舍入；
各期都不符时，指出差得最多的一期。

正例：60%与40%，金额6万元与4万元。

    资金:
      支付:
        - {名称: 首付款, 比例: 60%, 金额: 60000}
        - {名称: 尾款, 比例: 40%, 金额: 40000}

正例：三期各三分之一。

    资金:
      支付:
        - {名称: 首付款, 比例: 33.33%}
        - {名称: 进度款, 比例: 33.33%}
        - {名称: 尾款, 比例: 33.33%}

反例：比例相加是110%。

    资金:
      支付:
        - {名称: 首付款, 比例: 70%}   # !F113 110%
        - {名称: 尾款, 比例: 40%}

反例：比例相加是95%（警告）。

    资金:
      支付:
        - {名称: 首付款, 比例: 60%}   # !F113 95% 漏
        - {名称: 尾款, 比例: 35%}

反例：金额与比例不符。

    资金:
      支付:
        - {名称: 首付款, 比例: 30%, 金额: 30000}
        - {名称: 进度款, 比例: 60%, 金额: 65000}   # !F113 进度款 6.30万元 相差0.20万元
        - {名称: 尾款, 比例: 10%, 金额: 10000}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...findings import Level
from ...model import Payment
from ...values import YUAN_IN, Rate, half_up, places_of, plain
from .. import Case, Fault
from . import CENT, apart, money, yuan

CODE = "F113"
LEVEL = Level.ERROR
_WHOLE = Decimal(1)


def check(case: Case) -> Iterator[Fault]:
    """A fault when shares do not make up 100%, or amounts are not their shares."""
    payments = case.data.funds.payments if case.data.funds else []
    shares = [one.share.fraction for one in payments if isinstance(one.share, Rate)]
    if not payments or len(shares) != len(payments):
        return
    added = sum(shares, Decimal())
    if abs(added - _WHOLE) > _rounding(shares):
        what = f"各期款项的比例相加是{plain(added * 100)}%，" + ("超过100%" if added > 1 else "不足100%，可能漏了一期")
        mend = "核对合同约定的比例" + ("" if added > 1 else "；质量保证金等也列为一期")
        level = None if added > 1 else Level.WARNING
        yield Fault(("资金", "支付"), what, "100%", f"{plain(added * 100)}%", mend=mend, level=level)
    elif fault := _amounts(case, payments, shares):
        yield fault


def _rounding(shares: Sequence[Decimal]) -> Decimal:
    """By how much rounding may have put the sum of shares out; nothing where all are whole percents."""
    places = max(places_of(share * 100) for share in shares)
    return len(shares) * Decimal(1).scaleb(-places - 2) / 2 if places else Decimal()


def _amounts(case: Case, payments: Sequence[Payment], shares: Sequence[Decimal]) -> Fault | None:
    """A fault at the instalment that is farthest from its share of the price."""
    amounts = [amount for one in payments if (amount := yuan(one.amount)) is not None]
    if len(amounts) != len(payments):
        return None
    price = sum(amounts, Decimal())
    due = [share * price for share in shares]
    gaps = [abs(amount - one) for amount, one in zip(amounts, due, strict=True)]
    worst = max(range(len(gaps)), key=lambda index: gaps[index])
    if gaps[worst] <= _allowed(case, amounts, shares, price):
        return None
    name, amount, wanted = payments[worst].name, amounts[worst], half_up(due[worst], 2)
    what = f"{name}{money(case, amount)}，不是各期金额之和{money(case, price)}的{plain(shares[worst] * 100)}%"
    what += f"（{money(case, wanted)}），相差{apart(case, amount, wanted)}"
    path = ("资金", "支付", worst, "金额")
    return Fault(path, what, money(case, wanted), money(case, amount), mend="核对这一期和其他各期的金额、比例")


def _allowed(case: Case, amounts: Sequence[Decimal], shares: Sequence[Decimal], price: Decimal) -> Decimal:
    """What rounding of amounts and shares may put an instalment out."""
    places = max(places_of(amount / YUAN_IN[case.data.money_unit]) for amount in amounts)
    last = max(CENT, YUAN_IN[case.data.money_unit].scaleb(-places)) if places else CENT
    digits = max(places_of(share * 100) for share in shares)
    return last + (price * Decimal(1).scaleb(-digits - 2) / 2 if digits else Decimal())
