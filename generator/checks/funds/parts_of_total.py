"""分项合计：按单位、按用途、按来源、按区域、按子项目各自相加，等于总额。

年初预算、预算、到位、支出分别核对；一种列示里每一行都有这个金额的才相加，有的行没有的，只查已有的之和是否超过总额。
总额取数据里写的；没有写的，取“合计取自”那种列示之和；都没有的，各种列示之间互相核对：同一笔钱怎样分都一样多。

位置是总额所在的地方；有一行把相邻两位数字对调、或把小数点移一位就恰好相符，或者差额恰好是某一行的，指到那一行。
几种列示都加得一样多、只有总额不同的，只提示一次。

容差：金额带小数、又没有写到分的，每个金额允许差最后一位小数的一半（按万元写两位小数的，每个金额50元），
在容差以内的是提示；都是整数的、写到分的，没有容差。总额既写了、又写明取自这种列示的，也没有容差。
确有原因（不含某项、口径不同、四舍五入等）的，写进 资金.说明 或该行的 说明、原因，改为提示。

正例：三行相加恰好等于总额。

    资金:
      支出: 175312.57
      按单位:
        - {名称: 甲社区, 支出: 112929.35}
        - {名称: 乙社区, 支出: 50000.00}
        - {名称: 丙社区, 支出: 12383.22}

正例：有一行的支出资料没有反映，已知的没有超过总额。

    资金:
      支出: 175312.57
      按单位:
        - {名称: 甲社区, 支出: 112929.35}
        - {名称: 乙社区}

反例：有一行多写了10元，看不出是哪一行。

    资金:
      支出: 175312.57   # !F101 各单位支出之和 相差10元
      按单位:
        - {名称: 甲社区, 支出: 112939.35}
        - {名称: 乙社区, 支出: 50000.00}
        - {名称: 丙社区, 支出: 12383.22}

反例：有一行的两位数字写颠倒了。

    资金:
      支出: 175312.57
      按单位:
        - {名称: 甲社区, 支出: 112929.35}
        - {名称: 乙社区, 支出: 50000.00}
        - {名称: 丙社区, 支出: 13283.22}   # !F101 相差0.09万元 丙社区 应是1.238322万元

反例：总额写错，按单位、按用途都加得另一个数。

    资金:
      支出: 157312.57   # !F101 各单位、各用途支出之和 相差1.80万元
      按单位:
        - {名称: 甲社区, 支出: 162929.35}
        - {名称: 丙社区, 支出: 12383.22}
      按用途:
        - {名称: 党建活动, 支出: 100000}
        - {名称: 便民设施, 支出: 75312.57}

反例：按万元写两位小数，三行相加差0.01万元，是四舍五入的尾差（提示）。

    金额单位: 万元
    资金:
      合计取自: 按区域
      按区域:
        - {名称: 甲区, 支出: 10.02}
      按用途:
        - {名称: 党建活动, 支出: 3.34}   # !F101 各区域 10.02万元 尾差
        - {名称: 便民设施, 支出: 3.34}
        - {名称: 关爱帮扶, 支出: 3.33}

反例：没有写总额，按来源与按单位两种列示的预算不一样多。

    资金:
      按单位:
        - {名称: 甲社区, 预算: 200000}
        - {名称: 乙社区, 预算: 260000}
      按来源:
        - {名称: 市财政, 预算: 230000}   # !F101 各来源预算之和46.50万元 各单位
        - {名称: 区财政, 预算: 235000}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ...findings import Level
from ...model import FundRow, Funds
from .. import Case, Fault
from . import (
    KINDS,
    LISTS,
    Kind,
    apart,
    called,
    explains_sum,
    known_sum,
    lists,
    money,
    tolerance,
    total,
    typed_amounts,
    yuan,
)

CODE = "F101"
LEVEL = Level.ERROR
_TOTAL_ROWS = ("合计", "总计", "小计", "总额")


@dataclass(frozen=True, slots=True)
class _Whole:
    amount: Decimal
    name: str
    source: str | None  # the list that it was added up from
    exact: str | None  # the list whose sum it is said to be


def check(case: Case) -> Iterator[Fault]:
    """A fault for each list whose amounts do not make up the whole; one where they all make up the same."""
    funds = case.data.funds
    for name, kind in KINDS.items() if funds else ():
        assert funds is not None
        whole = _whole(case, funds, name, kind)
        apart_from = {
            key: rows for key, rows in lists(funds) if whole and key != whole.source and _differs(rows, kind, whole)
        }
        sums = {known_sum(rows, kind) for rows in apart_from.values()}
        together = len(apart_from) > 1 and len(sums) == 1 and not _some_agree(funds, kind, whole)
        groups = [list(apart_from)] if together else [[key] for key in apart_from]
        for keys in groups:
            assert whole is not None
            yield _fault(case, funds, name, keys, whole)


def _whole(case: Case, funds: Funds, name: str, kind: Kind) -> _Whole | None:
    """What the lists are held against: the typed total, the sum it is taken from, or the first list that adds up."""
    said = yuan(getattr(funds, kind))
    if said is not None:
        return _Whole(said, f"{name}总额", None, funds.total_of)
    added = total(case, name)
    if added is not None and funds.total_of:
        return _Whole(added, f"{LISTS[funds.total_of]}{name}之和", funds.total_of, None)
    for key, rows in lists(funds):
        amount, complete = known_sum(rows, kind)
        if complete:
            return _Whole(amount, f"{LISTS[key]}{name}之和", key, None)
    return None


def _differs(rows: list[FundRow], kind: Kind, whole: _Whole) -> bool:
    added, complete = known_sum(rows, kind)
    return added != whole.amount and (complete or added > whole.amount)


def _some_agree(funds: Funds, kind: Kind, whole: _Whole | None) -> bool:
    return whole is not None and any(known_sum(rows, kind) == (whole.amount, True) for _, rows in lists(funds))


def _fault(case: Case, funds: Funds, name: str, keys: list[str], whole: _Whole) -> Fault:
    kind = KINDS[name]
    rows = dict(lists(funds))[keys[0]]
    added, complete = known_sum(rows, kind)
    amounts = list(typed_amounts(rows, kind))
    rounded = keys[0] != whole.exact and abs(added - whole.amount) <= tolerance(case, amounts)
    explained = explains_sum(funds.remark, *(text for row in rows for text in (row.remark, row.reason)))
    missing = "" if complete else "（还有的行没有金额）"
    lists_named = "、".join(LISTS[key] for key in keys)
    what = f"{lists_named}{name}之和{money(case, added)}{missing}，与{whole.name}{money(case, whole.amount)}"
    what += f"相差{apart(case, added, whole.amount)}" + ("，像是四舍五入的尾差" if rounded else "")
    suspect = None if rounded or not complete or len(keys) > 1 else _suspect(case, rows, kind, added - whole.amount)
    path = ("资金", keys[0]) if len(keys) == 1 else ("资金", name)
    place = (*path, suspect[0], name) if suspect else ("资金", name) if whole.source is None else path
    return Fault(
        path,
        what + (f"；{suspect[1]}" if suspect else ""),
        expected=money(case, whole.amount),
        actual=money(case, added),
        mend=_mend(rows, rounded),
        level=Level.HINT if rounded or explained else None,
        where=case.source.where(place),
    )


def _suspect(case: Case, rows: list[FundRow], kind: Kind, gap: Decimal) -> tuple[int, str] | None:
    """The one row that explains the gap: two digits that changed places, a point that moved, a row too many."""
    found: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        amount = yuan(getattr(row, kind))
        if amount is None or row.name in _TOTAL_ROWS:
            continue
        called_row = called(row, (index,))
        if amount - gap in _slips(amount):
            found.append((index, f"{called_row}的{money(case, amount)}应是{money(case, amount - gap)}，就相符"))
        elif gap and amount == gap:
            found.append((index, f"差额恰好是{called_row}的{money(case, amount)}，看这一行是不是重复计入"))
    return found[0] if len(found) == 1 else None


def _slips(amount: Decimal) -> Iterator[Decimal]:
    """What an amount is with two neighbouring digits changed, or its point moved by one place."""
    yield from (amount * 10, amount / 10)
    sign, digits, exponent = amount.as_tuple()
    places = int(exponent)
    for at, (one, other) in enumerate(pairwise(digits)):
        yield Decimal((sign, (*digits[:at], other, one, *digits[at + 2 :]), places))


def _mend(rows: list[FundRow], rounded: bool) -> str:
    if odd := next((row.name for row in rows if row.name in _TOTAL_ROWS), None):
        return f"列示里不写“{odd}”行，合计由程序相加"
    if rounded:
        return "核对无误的，在 资金.说明 里注明尾差"
    return "核对各行和总额；确有原因的写进 资金.说明"
