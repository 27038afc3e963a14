"""结余去向：结转加财政收回，等于结余（到位减支出）。

到位、支出都有，结转、财政收回写了的才核对；只写一个的，查它是否超过结余；写“无”的按0。要恰好相等。

正例：到位660,000元，支出600,000元，结余60,000元：结转40,000元，收回20,000元。

    资金: {预算: 660000, 到位: 660000, 支出: 600000, 结转: 40000, 财政收回: 20000}

反例：去向相加比结余多1万元。

    资金:
      到位: 660000
      支出: 600000
      结转: 50000   # !F107 结余6万元 相差1万元
      财政收回: 20000

反例：只写了结转，已经超过结余。

    资金:
      到位: 660000
      支出: 660000
      结转: 50000   # !F107 超过结余
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from .. import Case, Fault
from . import apart, money, or_none, total

CODE = "F107"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault when what was carried over and taken back is not what was left."""
    funds, received, spent = case.data.funds, total(case, "到位"), total(case, "支出")
    if not funds or received is None or spent is None:
        return
    parts = {"结转": or_none(funds.carried), "财政收回": or_none(funds.taken_back)}
    known = {name: amount for name, amount in parts.items() if amount is not None}
    added, left = sum(known.values(), Decimal()), received - spent
    if added == left or not known or (len(known) == 1 and added <= left):
        return
    told = "、".join(f"{name}{money(case, amount)}" for name, amount in known.items())
    verb = "超过结余" if len(known) == 1 else f"相加是{money(case, added)}，不等于结余"
    what = f"{told}，{verb}{money(case, left)}（到位{money(case, received)}减支出{money(case, spent)}）"
    what += f"，相差{apart(case, added, left)}"
    yield Fault(
        ("资金", next(iter(known))), what, money(case, left), money(case, added), mend="核对到位、支出和结余的去向"
    )
