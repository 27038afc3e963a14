"""Kinds of faults: 资金."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from generator.fields import Path as Place
from generator.fields import Record
from generator.model import FundRow, Funds, summed
from generator.names import own_names
from generator.values import Money, Rate, plain

from ..sample import COLUMNS, DIMENSIONS, Column, Fault, Sample
from .registry import kind


def amounts(sample: Sample) -> Iterator[tuple[Place, Money]]:
    """Every typed amount of 资金."""
    for place, value in typed_values(sample.data.funds, ("资金",)):
        if isinstance(value, Money) and sample.has(place):
            yield place, value


def typed_values(value: object, place: Place) -> Iterator[tuple[Place, Any]]:
    """Every typed value below a record."""
    if isinstance(value, Record):
        for name, inner in own_names(value):
            yield from typed_values(inner, (*place, name))
    elif isinstance(value, (list, dict)):
        for step, inner in enumerate(value) if isinstance(value, list) else value.items():
            yield from typed_values(inner, (*place, step))
    elif value is not None:
        yield place, value


def contradictions(funds: Funds | None) -> set[str]:
    """What of the amounts a reviewer sees not to fit, worked out here anew, apart from the program's checks."""
    found: set[str] = set()
    if funds is None:
        return found
    for column in COLUMNS.values():
        sums = {name: total for name in DIMENSIONS if (total := summed(getattr(funds, name), column)) is not None}
        whole = getattr(funds, column)
        if isinstance(whole, Money):
            sums["whole"] = whole
        known = sorted(sums.items())
        found |= {
            f"{column} {one} {other} {abs(a.yuan - b.yuan)}"
            for index, (one, a) in enumerate(known)
            for other, b in known[index + 1 :]
            if a.yuan != b.yuan
        }
    for name in DIMENSIONS:
        for row in getattr(funds, name):
            found |= set(_row_contradictions(row, name))
    totals = {column: _total(funds, column) for column in COLUMNS.values()}
    found |= set(_disorder(totals, "whole"))
    budget, first, more = funds.budget, funds.first_budget, funds.adjustment
    if isinstance(budget, Money) and isinstance(first, Money) and isinstance(more, Money):
        found |= {f"adjusted {budget}"} if first.yuan + more.yuan != budget.yuan else set()
    given = totals["first_budget"] if totals["budget"] is None else totals["budget"]
    spent = totals["spent"]
    if isinstance(funds.carried, Money) and isinstance(funds.taken_back, Money) and spent and totals["received"]:
        left = {totals["received"].yuan - spent.yuan, given.yuan - spent.yuan if given else None}
        kept = funds.carried.yuan + funds.taken_back.yuan
        found |= {f"left {kept}"} if kept not in left else set()
    return found


def _total(funds: Funds, column: Column) -> Money | None:
    said = getattr(funds, column)
    if isinstance(said, Money):
        return said
    key = dict(zip(("按单位", "按用途", "按来源", "按区域", "按子项目"), DIMENSIONS, strict=True))
    return summed(getattr(funds, key[funds.total_of]), column) if funds.total_of else None


def _row_contradictions(row: FundRow, name: str) -> Iterator[str]:
    called_ = f"{name} {row.name} {row.units}"
    for column in COLUMNS.values():
        own, below = getattr(row, column), summed(row.parts, column)
        if isinstance(own, Money) and below is not None and own.yuan != below.yuan:
            yield f"{called_} {column} parts"
    own, purposes = row.amount("spent"), summed(row.by_purpose, "spent")
    listed = [part.spent.yuan for part in row.by_purpose if isinstance(part.spent, Money)]
    if (
        isinstance(own, Money)
        and listed
        and (sum(listed) > own.yuan or (purposes and len(listed) > 1 and purposes.yuan != own.yuan))
    ):
        yield f"{called_} purposes"
    yield from _disorder({column: row.amount(column) for column in COLUMNS.values()}, called_)
    received = row.amount("received")
    if isinstance(row.last_amount, Money) and isinstance(received, Money) and row.last_amount.yuan > received.yuan:
        yield f"{called_} last"
    for part in row.parts:
        yield from _row_contradictions(part, called_)


def _disorder(amounts_: dict[Any, Any], called_: str) -> Iterator[str]:
    for small, large in (
        ("spent", "received"),
        ("received", "budget"),
        ("spent", "budget"),
        ("received", "first_budget"),
    ):
        less, more = amounts_.get(small), amounts_.get(large)
        if large == "first_budget" and amounts_.get("budget") is not None:
            continue
        if isinstance(less, Money) and isinstance(more, Money) and less.yuan > more.yuan:
            yield f"{called_} {small} {large}"


def altered_amounts(sample: Sample, change: Callable[[Money], Decimal | None]) -> Iterator[Fault]:
    """The faults of amounts that contradict another one afterwards."""
    before = contradictions(sample.data.funds)
    for place, amount in amounts(sample):
        yuan = change(amount)
        if yuan is None or yuan == amount.yuan or yuan < 0:
            continue
        fault = sample.put(place, f"{plain(yuan)}元", plain(yuan), what=f"{plain(amount.yuan)}元 → {plain(yuan)}元")
        altered = _changed(sample.data.funds, place[1:], Money(yuan))
        if contradictions(altered) - before:
            yield fault


def _changed(record: Any, place: Place, value: object) -> Any:
    """A record with the value at a place replaced."""
    if not place:
        return value
    if isinstance(record, list):
        index = place[0]
        return [_changed(inner, place[1:], value) if step == index else inner for step, inner in enumerate(record)]
    names = {declared.serialization_alias: attribute for attribute, declared in type(record).model_fields.items()}
    attribute = names[str(place[0])]
    return record.model_copy(update={attribute: _changed(getattr(record, attribute), place[1:], value)})


def _step(sample: Sample) -> int:
    return 10 if sample.tree["金额单位"] == "元" else 1000


@kind
def more_money(sample: Sample) -> Iterator[Fault]:
    """资金：金额多写。每个金额多10元（以万元为单位的多0.1万元）。只填一次、没有别的数可以对照的金额不计。"""
    yield from altered_amounts(sample, lambda amount: amount.yuan + _step(sample))


@kind
def less_money(sample: Sample) -> Iterator[Fault]:
    """资金：金额少写。每个金额少10元（或0.1万元）。同上。"""
    yield from altered_amounts(sample, lambda amount: amount.yuan - _step(sample))


@kind
def swapped_digits(sample: Sample) -> Iterator[Fault]:
    """资金：数字颠倒。金额里第一对不同的相邻数字互换。同上。"""

    def swapped(amount: Money) -> Decimal | None:
        digits = plain(amount.yuan)
        for index, (one, other) in enumerate(pairwise(digits)):
            if one.isdigit() and other.isdigit() and one != other and (index or other != "0"):
                return Decimal(digits[:index] + other + one + digits[index + 2 :])
        return None

    yield from altered_amounts(sample, swapped)


@kind
def yuan_for_wan(sample: Sample) -> Iterator[Fault]:
    """资金：万元写成元。每个金额除以一万。为0的不计；最后到账金额可大可小，也不计。"""
    for place, amount in amounts(sample):
        if amount.yuan and place[-1] != "最后到账金额" and len(list(amounts(sample))) > 1:
            yuan = amount.yuan / 10000
            yield sample.put(place, f"{plain(yuan)}元", plain(yuan))


@kind
def wan_for_yuan(sample: Sample) -> Iterator[Fault]:
    """资金：元写成万元。每个金额乘以一万。为0的不计。"""
    for place, amount in amounts(sample):
        if amount.yuan and len(list(amounts(sample))) > 1:
            yuan = amount.yuan * 10000
            yield sample.put(place, f"{plain(yuan)}元", plain(yuan))


@kind
def payment_shares(sample: Sample) -> Iterator[Fault]:
    """资金：付款比例改动。每个分期付款的比例加5个百分点。"""
    for index, payment in enumerate(sample.data.funds.payments if sample.data.funds else []):
        if isinstance(payment.share, Rate):
            yield sample.put(("资金", "支付", index, "比例"), f"{plain(payment.share.percent + 5)}%")


@kind
def doubled_rows(sample: Sample) -> Iterator[Fault]:
    """资金：一行写了两遍。每一行（单位、用途、来源、区域及其下级）。"""
    for place in items(sample, "资金"):
        yield sample.double(place)


@kind
def dropped_fund_reasons(sample: Sample) -> Iterator[Fault]:
    """资金：未使用的原因漏写。删去支出为0的一行的原因或说明。"""
    for place, _ in sample.texts("资金"):
        if place[-1] in ("原因", "说明") and sample.at(place[:-1]).get("支出") == "0":
            yield sample.drop(place)


def items(sample: Sample, section: str) -> Iterator[Place]:
    """Every record in a list of a section."""
    for place, value in _lists(sample.tree.get(section), (section,)):
        yield from ((*place, index) for index, item in enumerate(value) if isinstance(item, dict))


def _lists(value: Any, place: Place) -> Iterator[tuple[Place, list[Any]]]:
    if isinstance(value, list):
        yield place, value
    for step, inner in (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    ):
        yield from _lists(inner, (*place, step))
