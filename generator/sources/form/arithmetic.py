"""What a form adds up and divides, held against its own figures: what is wrong is told at the printed cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Level, Location
from ...values import half_up, places_of, plain
from .reading import Form, figure

AMOUNT_LIMIT = Decimal(100_000)  # 万元, 10亿元: a project of more is rarer than an amount typed in 元
COLUMNS = ("年初预算", "预算", "支出")


def reckoned(form: Form) -> Iterator[Finding]:
    """A finding for each printed sum, difference, rate or weight that the form's own figures do not give."""
    yield from _sums(form)
    yield from _differences(form)
    yield from _rate(form)
    yield from _weights(form)
    yield from _points(form)
    yield from _units(form)


def _wrong(where: Location, what: str, expected: Decimal, actual: Decimal, code: str, unit: str) -> Finding:
    gap = f"相差{plain(abs(expected - actual))}{unit}"
    mend = "核对表里的数；改正以后重新导入，或在数据里改"
    return Finding(code, Level.WARNING, where, f"{what}，{gap}", None, plain(expected), plain(actual), mend)


def _amount(form: Form, row: str, column: str) -> tuple[Decimal, Location] | None:
    return form.amounts.get(row, {}).get(column)


def _sums(form: Form) -> Iterator[Finding]:
    parts = [row for row in form.amounts if row and row != "合计" and not row.startswith("子项目 ")]
    for column in COLUMNS:
        whole = _amount(form, "", column)
        known = [one[0] for row in parts if (one := _amount(form, row, column))]
        if whole and parts and len(known) == len(parts) and sum(known, Decimal()) != whole[0]:
            added = sum(known, Decimal())
            what = f"{'、'.join(parts)}的{column}相加是{plain(added)}，年度资金总额写{plain(whole[0])}"
            yield _wrong(whole[1], what, added, whole[0], "N103", form.unit)
    added = sum((amount for _, amount, _ in form.subprojects), Decimal())
    for row, label in (("合计", "合计"), ("", "实际支付数")):
        said = _amount(form, row, "支出")
        if form.subprojects and said and said[0] != added:
            what = f"各子项目的金额相加是{plain(added)}，{label}写{plain(said[0])}"
            yield _wrong(said[1], what, added, said[0], "N103", form.unit)


def _differences(form: Form) -> Iterator[Finding]:
    """What follows from other columns: 指标结余 and 结余."""
    first, added, received = (_amount(form, "", one) for one in ("年初预算", "调整预算", "到位"))
    left, spent, balance = (_amount(form, "", one) for one in ("指标结余", "支出", "结余"))
    if first and received and left:
        due = first[0] + (added[0] if added else Decimal()) - received[0]
        if due != left[0]:
            what = f"年初预算加调整减拨款是{plain(due)}，指标结余数写{plain(left[0])}"
            yield _wrong(left[1], what, due, left[0], "N103", form.unit)
    if received and spent and balance and received[0] - spent[0] != balance[0]:
        due = received[0] - spent[0]
        what = f"拨款减支付是{plain(due)}，资金结余、结转数写{plain(balance[0])}"
        yield _wrong(balance[1], what, due, balance[0], "N103", form.unit)


def _rate(form: Form) -> Iterator[Finding]:
    said, budget, spent = form.said.get("执行率"), _amount(form, "", "预算"), _amount(form, "", "支出")
    printed = figure(said[0].rstrip("%％")) if said else None
    if said and printed is not None and budget and spent and budget[0]:
        exact = spent[0] * 100 / budget[0]
        due = half_up(exact, places_of(printed))
        if due != printed:
            what = f"全年执行数{plain(spent[0])}除以全年预算数{plain(budget[0])}是{plain(half_up(exact, 2))}%"
            what += f"，执行率写{said[0]}"
            yield _wrong(said[1], what, due, printed, "N104", "个百分点")


def _weights(form: Form) -> Iterator[Finding]:
    for name, (weight, where) in form.groups.items():
        own = [line.weight for line in form.lines if name in line.groups]
        known = [one for one in own if one is not None]
        if known and len(known) == len(own) and sum(known, Decimal()) != weight:
            added = sum(known, Decimal())
            what = f"“{name}”写{plain(weight)}分，各指标的分值相加是{plain(added)}分"
            yield _wrong(where, what, added, weight, "N105", "分")
    yield from _total(form, "总分值", [line.weight for line in form.lines], "分值", "N105")


def _points(form: Form) -> Iterator[Finding]:
    for line in form.lines:
        if line.weight is not None and line.points is not None and line.points > line.weight:
            what = f"“{line.name}”得{plain(line.points)}分，超过分值{plain(line.weight)}分，没有按它计分"
            yield _wrong(line.where, what, line.weight, line.points, "N106", "分")
    yield from _total(form, "总分", [line.points for line in form.lines], "得分", "N106")


def _total(form: Form, key: str, each: list[Decimal | None], called: str, code: str) -> Iterator[Finding]:
    said = form.said.get(key)
    total = figure(said[0]) if said else None
    known = [one for one in each if one is not None]
    if said and total is not None and known and len(known) == len(each) and sum(known, Decimal()) != total:
        added = sum(known, Decimal())
        what = f"各指标的{called}相加是{plain(added)}，合计写{plain(total)}"
        yield _wrong(said[1], what, added, total, code, "分")


def _units(form: Form) -> Iterator[Finding]:
    for row in form.amounts.values() if form.unit == "万元" else ():
        for amount, where in row.values():
            if abs(amount) >= AMOUNT_LIMIT:
                what = f"表头的单位是万元，这一格写{plain(amount)}，像是以元为单位的数，照万元读了"
                yield Finding("N107", Level.WARNING, where, what, mend="核对单位；以元为单位的，在数据里改正")
