"""The figures of a report: money, rates, points, days, quantities and targets, which print themselves.

Each is a frozen dataclass around a `Decimal` (never a `float`) and knows its unit.  How it prints (decimals,
separators, unit) is a form that the style gives (`Forms`); the value is the same in every form.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, Self, TypeVar

YUAN_IN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
LARGEST = Decimal(10) ** 15
MOST_DECIMALS = 12
LONGEST = 60  # characters of a figure; what is longer is words
ROUNDING = Context(prec=100, rounding=ROUND_HALF_UP)
SAID = ("无", "—", "不适用")


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded 四舍五入 to `places` decimals, a zero without sign: the only rounding in the project.

    >>> half_up(Decimal("97.6959"), 2), half_up(Decimal("2.675"), 2), half_up(Decimal("-0.005"), 2)
    (Decimal('97.70'), Decimal('2.68'), Decimal('-0.01'))
    >>> half_up(Decimal("-0.004"), 2)
    Decimal('0.00')
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), context=ROUNDING)
    return rounded if rounded else rounded.copy_abs()


def places_of(value: Decimal) -> int:
    """How many decimals `value` needs.

    >>> places_of(Decimal("4.50")), places_of(Decimal("660000")), places_of(Decimal("1.005"))
    (1, 0, 3)
    """
    return max(0, -int(value.normalize(ROUNDING).as_tuple().exponent))


def plain(value: Decimal) -> str:
    """`value` in positional notation without trailing zeros after the point.

    >>> plain(Decimal("5.50")), plain(Decimal("1E+2")), plain(Decimal("-0.00"))
    ('5.5', '100', '0')
    """
    text = f"{value if value else value.copy_abs():f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@dataclass(frozen=True, slots=True)
class Form:
    """How a figure prints: decimals (None: as they are), whole numbers bare or not, separators, money's unit."""

    decimals: int | None = 2
    whole_bare: bool = False
    thousands: bool = False
    unit: Literal["元", "万元", "亿元"] = "元"

    def write(self, value: Decimal) -> str:
        """`value` as digits in this form.

        >>> Form(2, thousands=True).write(Decimal("175312.57"))
        '175,312.57'
        >>> Form(2, whole_bare=True).write(Decimal("94.00")), Form(None).write(Decimal("62.50"))
        ('94', '62.5')
        """
        comma = "," if self.thousands else ""
        if self.decimals is None:
            value = Decimal(plain(value))
            return f"{value:{comma}f}"
        value = half_up(value, self.decimals)
        if self.whole_bare and value == value.to_integral_value():
            return f"{value.to_integral_value():{comma}f}"
        return f"{value:{comma}f}"


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one style: money, rates, 得分率, 得分 and 分值."""

    money: Form = Form(2, thousands=True)
    rate: Form = Form(2, whole_bare=True)
    score_rate: Form = Form(2)
    points: Form = Form(2, whole_bare=True)
    weight: Form = Form(None)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount, in 元."""

    yuan: Decimal
    form: Form = field(default=Form(2, thousands=True), compare=False)

    def number(self, unit: str | None = None) -> str:
        """The digits alone, in the form's unit or in `unit` (for a table whose head names the unit)."""
        return self.form.write(self.yuan / YUAN_IN[unit or self.form.unit])

    def __str__(self) -> str:
        """Digits and unit.

        >>> str(Money(Decimal("175312.57")))
        '175,312.57元'
        """
        return self.number() + self.form.unit

    def __bool__(self) -> bool:
        """An amount of 0 is a figure like any other: it is there."""
        return True


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A rate as a fraction (0.2656 is 26.56%), already rounded to what is printed."""

    fraction: Decimal
    form: Form = field(default=Form(2, whole_bare=True), compare=False)

    @classmethod
    def of(cls, part: Decimal, whole: Decimal, form: Form) -> Self:
        """`part` ÷ `whole`, rounded once to the form's decimals of a percent; ZeroDivisionError if whole is 0."""
        if not whole:
            raise ZeroDivisionError("a rate of nothing")
        return cls(half_up(part / whole * 100, 2 if form.decimals is None else form.decimals) / 100, form)

    @property
    def percent(self) -> Decimal:
        """The rate in percent: 26.56."""
        return self.fraction * 100

    def number(self) -> str:
        """The digits alone, in percent."""
        return self.form.write(self.percent)

    def __str__(self) -> str:
        """Digits and percent sign.

        >>> str(Rate.of(Decimal("175312.57"), Decimal(660000), Form(2, whole_bare=True)))
        '26.56%'
        """
        return self.number() + "%"

    def __bool__(self) -> bool:
        """A rate of 0 is a figure like any other: it is there."""
        return True


@dataclass(frozen=True, slots=True, order=True)
class Points:
    """Points of a score (分): what an indicator is worth or was given."""

    value: Decimal
    form: Form = field(default=Form(2, whole_bare=True), compare=False)

    def __str__(self) -> str:
        """The digits, without 分.

        >>> str(Points(Decimal("19.8"))), str(Points(Decimal("4.00")))
        ('19.80', '4')
        """
        return self.form.write(self.value)

    def __bool__(self) -> bool:
        """A score of 0 is a score: it is there."""
        return True


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a year, a month or a day, as precise as it was typed."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The first calendar day meant."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last calendar day meant: 2024年5月 ends on the 31st."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """The date in Arabic numerals without leading zeros.

        >>> str(Day(2023, 4, 1)), str(Day(2024, 5))
        ('2023年4月1日', '2024年5月')
        """
        text = f"{self.year}年"
        if self.month:
            text += f"{self.month}月"
        if self.day:
            text += f"{self.day}日"
        return text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count with its unit, exact (`6个`) or not (`300余人次`); prints as it was typed."""

    text: str
    number: Decimal | None = None
    unit: str = ""
    fuzzy: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Target:
    """A target: operator, number and unit (`≥200人次`), or words (`每年12月20日前`); prints as it was typed."""

    text: str
    operator: Literal["=", "≥", "≤", ">", "<", ""] = ""
    number: Decimal | None = None
    unit: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def bare(self) -> str:
        """The target without an equals sign, to stand in a sentence (`由12个调整为6个`)."""
        return self.text.removeprefix("=")


@dataclass(frozen=True, slots=True)
class Said:
    """What was written in place of a figure: 无, — or 不适用. Prints as written; nothing is computed from it."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def bare(self) -> str:
        """The words, as `Target.bare` gives them."""
        return self.text

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __len__(self) -> int:
        return 0


MARKED = re.compile("【待补充：([^【】]*)】")  # the mark of a `Missing`, as it prints


@dataclass(frozen=True, slots=True)
class Missing:
    """What the data does not say; prints a visible mark, and every name below it is missing too."""

    name: str

    def __str__(self) -> str:
        return f"【待补充：{self.name}】"

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: object) -> Missing:
        return self

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("_"):
            raise AttributeError(name)
        return self


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as half-width, blanks and separators of thousands taken out.

    >>> narrow("６６０，０００．００ 元")
    '660000.00元'
    """
    return re.sub(r"[\s,]", "", text.translate(_HALF_WIDTH))


def half_width(text: str) -> str:
    """Full-width digits, letters, points and percent signs as half-width; each character keeps its place.

    >>> half_width("支出６６０，０００．００元，占３％")
    '支出660，000.00元，占3%'
    """
    return text.translate(_DIGITS)


_DIGITS = {code: code - 0xFEE0 for code in map(ord, "０１２３４５６７８９．％")} | {
    code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥", 0x2212: "-"}
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)"
_MORE = r"[余多来几+]"
_OPERATORS = {"=": "=", "≥": "≥", "≧": "≥", ">=": "≥", "≤": "≤", "≦": "≤", "<=": "≤", ">": ">", "<": "<", "": ""}


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"


def number(text: str) -> Decimal:
    """The exact number that `text` writes; ValueError with a Chinese message if it is none.

    >>> number("660,000.00")
    Decimal('660000.00')
    """
    if len(text) > LONGEST or not re.fullmatch(_NUMBER, narrow(text), re.ASCII):
        raise ValueError(f"{_quoted(text)}不是数字")
    value = Decimal(narrow(text))
    if abs(value) >= LARGEST or -int(value.as_tuple().exponent) > MOST_DECIMALS:
        raise ValueError(f"{_quoted(text)}超出可用的范围：要小于一千万亿，小数不超过 {MOST_DECIMALS} 位")
    _check_commas(text)
    return value


def _check_commas(text: str) -> None:
    """Refuse `17,5312.57`: a comma that separates no thousands is a slip of the hand."""
    digits = len(text) <= LONGEST and re.search(r"[\d,]*,[\d,]*", text.translate(_HALF_WIDTH).replace(" ", ""))
    if digits and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits[0]):
        raise ValueError(f"{_quoted(text)}里千分位逗号的位置不对：从右往左每三位一个逗号")


def money(text: str, unit: str | None) -> Money | Said:
    """An amount with its unit, or bare in `unit`, the unit that the data file declares.

    >>> money("66万元", None).yuan, money("660,000.00", "元").yuan
    (Decimal('660000'), Decimal('660000.00'))
    """
    if text.strip() in SAID:
        return Said(text.strip())
    match = re.fullmatch(rf"[¥￥]?({_NUMBER})(元|万元|亿元|万|亿)?", narrow(text))
    if not match:
        raise ValueError(f"{_quoted(text)}不是金额，可写成 66万元、660,000.00元 或 660000")
    _check_commas(text)
    written = match[2] or unit
    if written is None:
        raise ValueError(f"{_quoted(text)}没有单位：请在文件开头写“金额单位: 元”或“金额单位: 万元”，或在金额后写明单位")
    return Money(number(match[1]) * YUAN_IN[written if written.endswith("元") else written + "元"])


def rate(text: str) -> Rate | Said:
    """A rate written in percent (`26.56%`).

    >>> rate("26.56%").fraction
    Decimal('0.2656')
    """
    if text.strip() in SAID:
        return Said(text.strip())
    match = re.fullmatch(rf"({_NUMBER})%", narrow(text))
    if not match:
        raise ValueError(f"{_quoted(text)}不是百分比，要带百分号，如 26.56%")
    _check_commas(text)
    value = number(match[1])
    places = max(0, -int(value.as_tuple().exponent))
    return Rate(value / 100, Form(max(2, places), whole_bare=True))


def day(text: str) -> Day | Said:
    """A date: `2024-12-31`, `2024年12月31日`, `2024年5月`, `2024`; ValueError for a day that does not exist.

    >>> str(day("2024-05-01")), str(day("2024年5月"))
    ('2024年5月1日', '2024年5月')
    """
    if text.strip() in SAID:
        return Said(text.strip())
    written = narrow(text)
    match = re.fullmatch(r"(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?", written)
    if not match:
        raise ValueError(f"{_quoted(text)}不是日期，可写成 2024-12-31、2024年5月 或 2024")
    year, month, dom = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not 1900 <= year <= 2999 or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"{_quoted(text)}不是日期：没有这个年份或月份")
    if month and dom is not None and not 1 <= dom <= calendar.monthrange(year, month)[1]:
        days = calendar.monthrange(year, month)[1]
        raise ValueError(f"{_quoted(text)}不是日期：{year}年{month}月只有{days}天")
    return Day(year, month, dom)


def quantity(text: str) -> Quantity | Said:
    """A count with its unit, exact or fuzzy.

    >>> quantity("300余人次").fuzzy, quantity("6个").number, quantity("5万人次左右").unit
    (True, Decimal('6'), '人次')
    """
    written = text.strip()
    if written in SAID:
        return Said(written)
    if len(written) > LONGEST:
        return Quantity(written, fuzzy=True)
    match = re.fullmatch(
        rf"([约近])?({_NUMBER})({_MORE})?(万|亿)?({_MORE})?([^\d]*?)(左右|上下|以上|以下|以内)?", narrow(written)
    )
    if not match:
        return Quantity(written, fuzzy=True)
    _check_commas(written)
    scale = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}.get(match[4] or "", Decimal(1))
    fuzzy = any(match[part] for part in (1, 3, 5, 7))
    return Quantity(written, number(match[2]) * scale, match[6], fuzzy)


def target(text: str) -> Target | Said:
    """A target with its operator, or words.

    >>> target("≧ 200人次").operator, str(target(">=95%")), target("合规").number
    ('≥', '≥95%', None)
    """
    written = text.strip()
    if written in SAID:
        return Said(written)
    if len(written) > LONGEST:
        return Target(written)
    half_width = written.translate(_HALF_WIDTH)
    match = re.fullmatch(r"(>=|<=|[=≥≧≤≦><]?)\s*([-+]?\d[\d,]*(?:\.\d+)?)\s*([^\d\s]*)", half_width)
    if not match:
        return Target(written)
    operator, unit = _OPERATORS[match[1]], written[match.start(3) :].replace("％", "%")
    return Target(f"{operator}{match[2]}{unit}", operator, number(match[2]), unit)  # type: ignore[arg-type]


T = TypeVar("T", Money, Rate, Points)


def in_form(value: T, form: Form) -> T:
    """The same figure, printed in another form."""
    return replace(value, form=form)
