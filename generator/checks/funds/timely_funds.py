"""及时到位：及时到位不超过到位，也不超过应到位；应到位不超过预算。

及时到位是到位的一部分，超过到位是错误；超过应到位（到位及时率超过100%）、应到位超过预算的，是警告。
写了应到位、没有写及时到位的，及时到位按到位计算，到位超过应到位的也是警告。
确有原因的，在 资金.说明 里写明（提到“及时”或“应到位”），警告不再出现。

正例：应到位50万元，到位60万元，其中及时到位40万元。

    资金: {预算: 660000, 到位: 600000, 应到位: 500000, 及时到位: 400000}

反例：及时到位超过到位。

    资金:
      预算: 660000
      到位: 300000
      应到位: 500000
      及时到位: 400000   # !F108 及时到位40万元 到位30万元 10万元

反例：没有写及时到位，到位及时率算出来超过100%。

    资金:
      预算: 660000
      到位: 600000
      应到位: 500000   # !F108 到位60万元 超过应到位 100%
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import apart, money, says, total, yuan

CODE = "F108"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each amount of timely and due money that exceeds its bound."""
    funds = case.data.funds
    if not funds:
        return
    budget, received = total(case, "预算"), total(case, "到位")
    due, timely = yuan(funds.due), yuan(funds.timely)
    excused = says(funds.remark, ("及时", "应到位"))
    if timely is not None and received is not None and timely > received:
        what = f"及时到位{money(case, timely)}，超过到位{money(case, received)}，多{apart(case, timely, received)}"
        expected = f"不大于{money(case, received)}"
        mend = "及时到位是到位资金中按时到的部分"
        yield Fault(("资金", "及时到位"), what, expected, money(case, timely), mend=mend, level=Level.ERROR)
    if due is not None and budget is not None and due > budget and not excused:
        what = f"应到位{money(case, due)}，超过预算{money(case, budget)}，多{apart(case, due, budget)}"
        yield Fault(("资金", "应到位"), what, f"不大于{money(case, budget)}", money(case, due), mend="核对应到位")
    came = timely if timely is not None else received
    if due is not None and came is not None and came > due and not excused:
        name = "及时到位" if timely is not None else "没有写及时到位，按到位计算；到位"
        what = f"{name}{money(case, came)}，超过应到位{money(case, due)}，到位及时率超过100%"
        path = ("资金", "及时到位" if timely is not None else "应到位")
        mend = "核对应到位；没有按时到的部分不计入及时到位"
        yield Fault(path, what, f"不大于{money(case, due)}", money(case, came), mend=mend)
