"""元和万元：相差约一万倍的金额，可能是元与万元写错。

以下情形是错误：一种列示之和是总额的5,000倍以上或五千分之一以下；某一行换一个单位后，各行之和恰好等于总额；
某一行是同列示其他行中位数的5,000倍以上；同一处的到位、支出是预算的1,000倍以上；各期款项之和是预算的1,000倍以上。
某一行是其他每一行的100倍以上、它的万分之一又与各行相近的，
某一行不到其他行中位数的五千分之一，或到位、支出不到预算的五千分之一的，也可能是真的很少，是警告；
某一行里的一项用途不到这一行、又不到别的行同名用途的五千分之一的，也是警告。金额是0的不比较。
每一行自己写单位（660,000元、66万元）最稳妥。

正例：大小相差几十倍的各行。

    资金:
      预算: 660000
      按单位:
        - {名称: 甲社区, 预算: 10000}
        - {名称: 乙社区, 预算: 350000}
        - {名称: 丙社区, 预算: 300000}

反例：金额单位是万元，一行却按元填写。

    金额单位: 万元
    资金:
      按单位:
        - {名称: 甲社区, 支出: 3.9}
        - {名称: 乙社区, 支出: 62000}   # !F115 乙社区 万元
        - {名称: 丙社区, 支出: 5}

反例：金额单位是元，预算却按万元填写。

    资金:
      预算: 66   # !F115 预算66元 倍
      到位: 600000
      支出: 600000

反例：同是垃圾清运，一处写成元。

    金额单位: 万元
    资金:
      按区域:
        - {名称: 甲街道, 支出: 155.69, 按用途: [{名称: 垃圾清运, 支出: 66.09元}]}   # !F115 甲街道 垃圾清运 66.09元
        - {名称: 乙街道, 支出: 160.31, 按用途: [{名称: 垃圾清运, 支出: 74.27}]}

反例：一行换成万元后，各行之和恰好等于总额。

    资金:
      支出: 240000
      按单位:
        - {名称: 甲社区, 支出: 200000}
        - {名称: 乙社区, 支出: 4}   # !F115 乙社区 恰好
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from ...fields import Path
from ...findings import Level
from ...model import FundRow, Funds
from ...values import YUAN_IN, Form, Money, places_of
from .. import Case, Fault
from . import KINDS, LISTS, Kind, called, every_row, known_sum, lists, total, yuan

CODE = "F115"
LEVEL = Level.ERROR
_FACTOR = YUAN_IN["万元"]
_TIMES = Decimal(5000)  # between parts of one kind
_ABOVE = Decimal(1000)  # of what is spent or received, over what there was to spend
_STANDS_OUT, _ORDER = Decimal(100), Decimal(10)
_MEND = "核对单位；金额后写明单位（如 66万元、660,000元）最稳妥"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each amount that seems to be typed in the other unit; one for each place."""
    funds = case.data.funds
    if not funds:
        return
    seen: set[Path] = set()
    for fault in (*_sums(case, funds), *_rows(case, funds), *_totals(case, funds), *_purposes(funds)):
        if fault.path not in seen:
            seen.add(fault.path)
            yield fault


def _fault(path: Path, what: str, amount: Decimal, level: Level | None = None) -> Fault:
    return Fault(path, f"{what}，可能是元与万元写错", actual=_yuan(amount), mend=_MEND, level=level)


def _sums(case: Case, funds: Funds) -> Iterator[Fault]:
    """A fault for each list whose sum is another order than the total, or becomes the total by one row's unit."""
    for name, kind in KINDS.items():
        whole = yuan(getattr(funds, kind))
        for key, rows in lists(funds) if whole else ():
            added, complete = known_sum(rows, kind)
            if whole is None or added <= 0 or whole < 0 or not complete or added == whole:
                continue
            if row := _misread(("资金", key), rows, kind, name, whole - added):
                yield row
            elif max(added, whole) >= _TIMES * min(added, whole):
                what = f"{LISTS[key]}{name}之和{_yuan(added)}，与{name}总额{_yuan(whole)}相差{_times(added, whole)}倍"
                yield _fault(("资金", key), what, added)


def _misread(path: Path, rows: list[FundRow], kind: Kind, name: str, gap: Decimal) -> Fault | None:
    """A fault at the row that closes the gap when it is read in the other unit."""
    for index, row in enumerate(rows):
        amount = yuan(row.amount(kind))
        if amount and gap in (amount * _FACTOR - amount, amount / _FACTOR - amount):
            place = (*path, index)
            meant = _yuan(amount + gap)
            what = f"{called(row, place)}的{name}{_yuan(amount)}如果是{meant}，各行之和恰好等于总额"
            return _fault((*place, name), what, amount)
    return None


def _rows(case: Case, funds: Funds) -> Iterator[Fault]:
    """A fault for each row that is another order than its siblings, or whose own amounts are."""
    for one in every_row(funds):
        row = one.row
        amounts = {name: amount for name, kind in KINDS.items() if (amount := yuan(row.amount(kind))) is not None}
        yield from _order(case, one.path, f"{one.name}的", amounts)
    for key, rows in lists(funds):
        for name, kind in KINDS.items():
            yield from _siblings(case, ("资金", key), rows, kind, name)


def _siblings(case: Case, path: Path, rows: list[FundRow], kind: Kind, name: str) -> Iterator[Fault]:
    """A fault for each typed amount that is another order than those of the other rows."""
    amounts = [yuan(row.amount(kind)) for row in rows]
    ordered = sorted(one for one in amounts if one is not None and one > 0)
    for index, (row, amount) in enumerate(zip(rows, amounts, strict=True)):
        place = (*path, index)
        if row.parts:
            yield from _siblings(case, (*place, "下级"), row.parts, kind, name)
        if amount is None or amount <= 0 or len(ordered) < 2 or not isinstance(getattr(row, kind), Money):
            continue
        if len(ordered) == 2 and (amount == ordered[0]) != (case.data.money_unit == "元"):
            continue  # of two rows, the one that the file's unit suggests
        if fault := _stands_out((*place, name), f"{called(row, place)}的{name}", amount, ordered):
            yield fault


def _stands_out(path: Path, named: str, amount: Decimal, ordered: list[Decimal]) -> Fault | None:
    """A fault when `amount` is another order than the rest of `ordered`, in which it stands itself."""
    at, count = bisect_left(ordered, amount), len(ordered) - 1
    lower, middle, least, most = (
        ordered[index + (index >= at)] for index in ((count - 1) // 2, count // 2, 0, count - 1)
    )
    if amount >= _TIMES * middle or amount * _TIMES <= lower:
        what = f"{named}{_yuan(amount)}，与其他各行（中位数{_yuan(middle)}）相差{_times(amount, middle)}倍"
        return _fault(path, what, amount, None if amount > middle and count > 1 else Level.WARNING)
    if amount >= _STANDS_OUT * most and least <= _ORDER * amount / _FACTOR <= _ORDER * _ORDER * most:
        what = f"{named}{_yuan(amount)}，远大于其他各行（最大{_yuan(most)}），"
        what += f"而它的万分之一（{_yuan(amount / _FACTOR)}）与各行相近"
        return _fault(path, what, amount, Level.WARNING)
    return None


def _totals(case: Case, funds: Funds) -> Iterator[Fault]:
    amounts = {name: amount for name, kind in KINDS.items() if (amount := yuan(getattr(funds, kind))) is not None}
    for name in ("预算", "到位", "支出"):
        added = total(case, name)
        if added is not None:
            amounts.setdefault(name, added)
    yield from _order(case, ("资金",), "", amounts)
    paid = sum((amount for one in funds.payments if (amount := yuan(one.amount))), Decimal())
    budget = amounts.get("预算")
    if budget and budget > 0 and paid >= _ABOVE * budget:
        what = f"各期款项之和{_yuan(paid)}，是预算{_yuan(budget)}的{_times(paid, budget)}倍"
        yield _fault(("资金", "支付"), what, paid)


def _purposes(funds: Funds) -> Iterator[Fault]:
    """A fault for each purpose of a row that is of another order than the row, and than that purpose of other rows."""
    for name, kind in KINDS.items():
        found: list[tuple[Path, str, str, Decimal, Decimal]] = []
        most: dict[str, Decimal] = {}
        for one in every_row(funds):
            whole = yuan(one.row.amount(kind))
            for index, purpose in enumerate(one.row.by_purpose):
                amount = yuan(purpose.amount(kind))
                if whole and purpose.name and amount and amount > 0:
                    place = (*one.path, "按用途", index, name)
                    found.append((place, f"{one.name}的{purpose.name}", purpose.name, amount, whole))
                    most[purpose.name] = max(amount, most.get(purpose.name, amount))
        for place, named, purpose_name, amount, whole in found:
            if amount * _TIMES <= min(whole, most[purpose_name]):
                other = _yuan(most[purpose_name])
                what = f"{named}{name}{_yuan(amount)}，别的行最多{other}，相差{_times(amount, most[purpose_name])}倍"
                yield _fault(place, what, amount, Level.WARNING)


def _order(case: Case, path: Path, whose: str, amounts: Mapping[str, Decimal]) -> Iterator[Fault]:
    """A fault where amounts of one place are of different order, at the odd one."""
    known = {name: amount for name, amount in amounts.items() if amount > 0}
    names = sorted(known, key=list(KINDS).index)
    for above, below in pairwise(names):
        more, less = known[below], known[above]
        if more < _ABOVE * less and less < _TIMES * more:
            continue
        odd = _odd(case, known, above, below)
        what = f"{whose}{below}{_yuan(more)}，与{above}{_yuan(less)}相差{_times(more, less)}倍"
        level = None if more > less else Level.WARNING
        yield _fault((*path, odd), what, known[odd], level)


def _odd(case: Case, known: Mapping[str, Decimal], above: str, below: str) -> str:
    """Which of two amounts is the odd one: the one that no third is near, or else the one the file's unit suggests."""
    for name, other in ((above, below), (below, above)):
        near = [one for key, one in known.items() if key not in (above, below) and _near(one, known[name])]
        if near and not _near(known[other], near[0]):
            return other
    larger, smaller = (above, below) if known[above] > known[below] else (below, above)
    return smaller if case.data.money_unit == "元" else larger


def _near(first: Decimal, second: Decimal) -> bool:
    return max(first, second) < _ABOVE * min(first, second)


def _times(first: Decimal, second: Decimal) -> str:
    times = max(first, second) / min(first, second)
    return f"约{times:,.0f}"


def _yuan(amount: Decimal) -> str:
    """An amount in 元, whatever the style prints in: the message is about units."""
    return str(Money(amount, Form(max(2, places_of(amount)), whole_bare=True, thousands=True)))
