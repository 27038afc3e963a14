"""Checks on money: the lists of parts, the totals, and what binds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from ...fields import Path
from ...model import FundRow, Funds
from ...names import own_names
from ...scores import operand_of
from ...values import YUAN_IN, Money, Said, places_of
from .. import Case

Kind = Literal["first_budget", "budget", "received", "spent"]
KINDS: dict[str, Kind] = {"年初预算": "first_budget", "预算": "budget", "到位": "received", "支出": "spent"}
LISTS = {"按单位": "各单位", "按用途": "各用途", "按来源": "各来源", "按区域": "各区域", "按子项目": "各子项目"}
CENT = Decimal("0.01")
_DENIED = re.compile(r"(?:无|没有|不)[^，。；]{0,1}$")
# Words by which a remark says why parts and whole differ; a remark about something else does not excuse a sum.
_WHY = ("四舍五入", "尾差", "尾数", "口径", "不含", "不包括", "未包括", "没有包括", "未列", "没有列")
_DIFFER = ("相差", "差额", "差异", "不一致", "不相等", "不等于", "不符")
_SUMS = ("合计", "相加", "之和", "总额", "总计", "分项", "各项", *LISTS.values())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list with its place; `kind` is its list, `reasons` and `remarks` what it and the rows above it say."""

    path: Path
    row: FundRow
    kind: str
    reasons: str = ""
    remarks: str = ""

    @property
    def name(self) -> str:
        """What the row is called in messages."""
        return called(self.row, self.path)


def called(row: FundRow, path: Path) -> str:
    """The row's name or units; its number in its list when it has neither."""
    number = path[-1] + 1 if path and isinstance(path[-1], int) else ""
    return row.name or "、".join(row.units) or f"第{number}行"


def lists(funds: Funds) -> Iterator[tuple[str, list[FundRow]]]:
    """Each list of parts that is there, with its key."""
    for key, rows in own_names(funds):
        if key in LISTS and rows:
            yield key, rows


def every_row(funds: Funds) -> Iterator[Row]:
    """All rows of all lists, with those below them (下级, 按用途)."""
    for key, rows in lists(funds):
        yield from _rows(rows, Row(("资金", key), FundRow(), key))


def _rows(rows: Sequence[FundRow], above: Row) -> Iterator[Row]:
    for index, row in enumerate(rows):
        said = (above.reasons + _said(row.reason), above.remarks + _said(row.remark))
        one = Row((*above.path, index), row, above.kind, *said)
        yield one
        yield from _rows(row.parts, replace(one, path=(*one.path, "下级")))
        yield from _rows(row.by_purpose, replace(one, path=(*one.path, "按用途"), kind="按用途"))


def _said(text: str | None) -> str:
    """A reason or remark; nothing for 无 and dashes."""
    return "" if text is None or text.strip() in ("无", "—", "-") else f"{text}\n"


def yuan(value: object) -> Decimal | None:
    """The amount in 元; None for what is no amount."""
    return value.yuan if isinstance(value, Money) else None


def or_none(value: object) -> Decimal | None:
    """The amount in 元, 0 where the data says 无; None for what is not there."""
    return Decimal() if isinstance(value, Said) and value.text == "无" else yuan(value)


def total(case: Case, name: str) -> Decimal | None:
    """A total of 资金 in 元, as typed or added up by 合计取自."""
    return yuan(case.figure(f"资金.{name}"))


def money(case: Case, amount: Decimal) -> str:
    """An amount as the style prints it, with every digit that counts."""
    form = case.style.forms.money
    return operand_of(amount, "money", case.style.forms).text + form.unit


def apart(case: Case, first: Decimal, second: Decimal) -> str:
    """The difference of two amounts; in 元 where the style's unit is too coarse for it."""
    gap, form = abs(first - second), case.style.forms.money
    if form.decimals is not None and places_of(gap / YUAN_IN[form.unit]) > form.decimals:
        return str(Money(gap, replace(form, unit="元", decimals=max(2, places_of(gap)), whole_bare=True)))
    return money(case, gap)


def typed_amounts(rows: Iterable[FundRow], kind: Kind) -> Iterator[Money]:
    """The amounts that make up a sum, as they were typed: a row's own, or else those of its parts."""
    for row in rows:
        said = getattr(row, kind)
        if isinstance(said, Money):
            yield said
        elif said is None:
            yield from typed_amounts(row.parts, kind)


def tolerance(case: Case, amounts: Sequence[Money]) -> Decimal:
    """By how much rounding may have put a sum of `amounts` out, in 元: half of the last typed decimal for each.

    0 where all are whole numbers or some are typed to the 分: nothing says that these were rounded.
    """
    units = [_last_decimal(one.yuan, case.data.money_unit) for one in amounts if _decimals(one.yuan)]
    smallest = min(units, default=Decimal())
    return len(amounts) * smallest / 2 if smallest > CENT else Decimal()


def _decimals(amount: Decimal) -> int:
    """How many decimals stand behind an amount as it was typed (the unit's factor leaves them in place)."""
    return max(0, -int(amount.as_tuple().exponent))


def _last_decimal(amount: Decimal, unit: str) -> Decimal:
    """What 1 in the last typed decimal is, in 元; an amount that no 万元 of so many decimals gives was typed in 元."""
    step = Decimal(1).scaleb(-_decimals(amount))
    scaled = step * YUAN_IN[unit]
    return scaled if amount % scaled == 0 else step


def known_sum(rows: Sequence[FundRow], kind: Kind) -> tuple[Decimal, bool]:
    """The sum of the amounts that are there, in 元, and whether every row has one."""
    amounts = [or_none(row.amount(kind)) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()), bool(rows) and len(known) == len(amounts)


def explains_sum(*remarks: object) -> bool:
    """Whether a remark says why parts do not make up the whole."""
    text = "\n".join(str(remark) for remark in remarks if remark)
    return says(text, _WHY) or (says(text, _DIFFER) and says(text, _SUMS))


def says(text: object, words: Sequence[str]) -> bool:
    """Whether one of `words` stands in `text`."""
    return any(_affirmed(str(text or ""), word) for word in words)


def _affirmed(text: str, word: str) -> bool:
    """Whether a word stands somewhere in a text without a 无, 没有 or 不 before it."""
    before = (text[max(0, match.start() - 3) : match.start()] for match in re.finditer(re.escape(word), text))
    return any(not _DENIED.search(one) for one in before)
