"""金额写到分：元以下最多两位小数，再细的金额不存在。

报告里金额四舍五入到分，比分更细的金额印出来，相加相减就对不上。以万元写的，最多六位小数。

正例：写到分。

    资金: {预算: "3,952,680.50", 支出: 395268.05万元}

反例：多打了一位小数。

    资金:
      支出: 3952680.505   # !F117 支出 两位小数
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path, Record
from ...findings import Level
from ...names import own_names
from ...values import Money, places_of, plain
from .. import Case, Fault
from . import every_row

CODE = "F117"
LEVEL = Level.ERROR
DECIMALS = 2


def check(case: Case) -> Iterator[Fault]:
    """A fault for each amount that is finer than 分."""
    if not case.data.funds:
        return
    records: list[tuple[Path, str, Record]] = [(("资金",), "", case.data.funds)]
    records += [(one.path, f"{one.name}的", one.row) for one in every_row(case.data.funds)]
    records += [
        (("资金", "支付", index), f"{payment.name}的", payment)
        for index, payment in enumerate(case.data.funds.payments)
    ]
    for path, owner, record in records:
        for name, value in own_names(record):
            if isinstance(value, Money) and places_of(value.yuan) > DECIMALS:
                what = f"{owner}{name}{plain(value.yuan)}元比分还细：元以下最多两位小数"
                yield Fault((*path, name), what, actual=f"{plain(value.yuan)}元", mend="核对是否多打了一位小数")
