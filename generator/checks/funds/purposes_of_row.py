"""本行的用途：一行里的“按用途”是这一行支出的组成，相加不超过这一行的支出。

只列出几项主要用途的，相加可以少于本行；列有“其他”一项的，视为已经列全，要恰好相等（容差与 F101 相同，以内的是提示）。
没有“其他”、列了两项以上而少于本行的，提示核对是否列全，本行写了说明的不提示。预算、到位也同样核对是否超过。
各行同名用途的支出相加，也不超过 资金.按用途 里这一用途的支出。

正例：只举出一项用途，少于本行的支出。

    资金:
      按区域:
        - {名称: 甲街道, 支出: 155.69万元, 按用途: [{名称: 垃圾清运, 支出: 66.09万元}]}

反例：两项用途相加超过了本行的支出。

    资金:
      按区域:
        - 名称: 甲街道
          支出: 100000
          按用途:
            - {名称: 垃圾清运, 支出: 66000}   # !F103 甲街道 用途相加 超过 0.50万元
            - {名称: 文体活动, 支出: 39000}

反例：列有“其他”，视为列全，却少2000元。

    资金:
      按区域:
        - 名称: 甲街道
          支出: 100000
          按用途:
            - {名称: 垃圾清运, 支出: 66000}   # !F103 少
            - {名称: 其他, 支出: 32000}

反例：各街道的垃圾清运相加，超过了全部垃圾清运的支出。

    资金:
      按区域:
        - {名称: 甲街道, 支出: 100000, 按用途: [{名称: 垃圾清运, 支出: 66000}]}
        - {名称: 乙街道, 支出: 90000, 按用途: [{名称: 垃圾清运, 支出: 50000}]}
      按用途:
        - {名称: 垃圾清运, 支出: 106000}   # !F103 垃圾清运 超过
        - {名称: 文体活动, 支出: 84000}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ...findings import Level
from ...model import FundRow, Funds
from .. import Case, Fault
from . import (
    KINDS,
    LISTS,
    Kind,
    Row,
    apart,
    every_row,
    explains_sum,
    known_sum,
    lists,
    money,
    tolerance,
    typed_amounts,
    yuan,
)

CODE = "F103"
LEVEL = Level.ERROR
_REST = ("其他", "其它")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row whose purposes do not fit its amount, and for each purpose that rows exceed."""
    if not case.data.funds:
        return
    for one in every_row(case.data.funds):
        for name in KINDS if one.row.by_purpose else ():
            if fault := _compared(case, one, name):
                yield fault
    for key, kind in KINDS.items():
        yield from _exceeded(case, case.data.funds, key, kind)


def _compared(case: Case, one: Row, name: str) -> Fault | None:
    kind, purposes = KINDS[name], one.row.by_purpose
    whole = yuan(one.row.amount(kind))
    added, complete = known_sum(purposes, kind)
    if whole is None or added == whole or not (complete or added > whole):
        return None
    closed = any((purpose.name or "").startswith(_REST) for purpose in purposes)
    if added < whole and not closed and (len(purposes) < 2 or one.row.remark or one.row.reason):
        return None
    rounded = abs(added - whole) <= tolerance(case, list(typed_amounts(purposes, kind)))
    partial = added < whole and not closed
    lenient = rounded or partial or explains_sum(one.row.remark, one.row.reason)
    verb = "超过" if added > whole else "少于"
    what = f"{one.name}的{name}是{money(case, whole)}，所列用途相加是{money(case, added)}，{verb}{name}"
    what += f"，相差{apart(case, added, whole)}" + ("，像是四舍五入的尾差" if rounded else "")
    mend = "只列一部分用途的，在本行的 说明 里写明" if partial else "核对各项用途和本行的金额"
    path = (*one.path, "按用途")
    return Fault(path, what, money(case, whole), money(case, added), mend=mend, level=Level.HINT if lenient else None)


def _exceeded(case: Case, funds: Funds, key: str, kind: Kind) -> Iterator[Fault]:
    """A fault for each purpose of the project of which the rows of one list have more than there is."""
    spread = [(other, _added(_by_purpose(row, kind) for row in rows)) for other, rows in lists(funds)]
    for index, purpose in enumerate(funds.by_purpose):
        whole = yuan(purpose.amount(kind))
        for other, amounts in spread:
            added = amounts.get(purpose.name or "", Decimal())
            if other != "按用途" and whole is not None and added > whole:
                what = f"{LISTS[other]}的{purpose.name}{key}相加是{money(case, added)}"
                what += f"，超过全部{purpose.name}的{money(case, whole)}，相差{apart(case, added, whole)}"
                path = ("资金", "按用途", index, key)
                yield Fault(path, what, f"不少于{money(case, added)}", money(case, whole), mend="核对这一用途的金额")


def _by_purpose(row: FundRow, kind: Kind) -> dict[str, Decimal]:
    """What the row says that it has for each purpose, or else what its parts say."""
    named = ((one.name, yuan(one.amount(kind))) for one in row.by_purpose)
    own = _added({name: amount} for name, amount in named if name and amount is not None)
    return {**_added(_by_purpose(one, kind) for one in row.parts), **own}


def _added(spread: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for amounts in spread:
        for name, amount in amounts.items():
            found[name] = found.get(name, Decimal()) + amount
    return found
