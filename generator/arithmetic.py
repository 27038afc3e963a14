"""Calculations that a text prints, reckoned again: `（175,312.57/660,000.00）×100%=26.56%`.

Whatever is not an expression of numbers (a formula in words) ends a calculation and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal, DivisionByZero, InvalidOperation

from .values import YUAN_IN, half_up, places_of

_PLAIN = str.maketrans(
    "０１２３４５６７８９．％（）［］【】｛｝[]{}＋－−–＝／∕÷＊×✕·－",
    "0123456789.%()()()()()()+---=///**" + "**-",
)
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>%|‰|个百分点|万元|亿元|元|分|个|人次|人|份|天|次|项|家|户)?"
    r"|(?P<sign>[-+*/()=≈]|(?<=[\d%)\s])[xX](?=[\s(\d]))|(?P<blank>[ \t\u00a0\u3000]+)"
)
_CALLED = re.compile(r"[\u4e00-\u9fff“”《》]{1,24}(?=\d)")  # what a number of a calculation is called
_EXACT = Context(prec=50)
_FEW = 2  # decimals that are shown where a result is printed without any
_NEAR = Decimal("0.0005")  # how far two expressions of one chain may be apart, of the larger
LONGEST = 400


_SHARES = {"%": 100, "‰": 1000}
_SHARE_PLACES = {"%": 2, "‰": 3}
_WORD = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its value (a percentage as a share), its decimals as printed, its text and unit."""

    value: Decimal
    places: int
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A result that does not follow: where the calculation stands, the result as printed and as it should be."""

    start: int
    end: int
    printed: str
    wanted: str
    cut_off: bool  # whether the digits were cut off instead of rounded


@dataclass(frozen=True, slots=True)
class _Token:
    sign: str  # "0" for a number
    number: Number | None
    start: int
    end: int


def mistakes(text: str) -> Iterator[Mistake]:
    """Each result in a text that its calculation does not give.

    >>> [(one.printed, one.wanted) for one in mistakes("到位率=（175,312.57/660,000.00）×100%=25.56%")]
    [('25.56%', '26.56%')]
    >>> [one.wanted for one in mistakes("到位率=175,312.57/660,000.00=25.56%（保留两位小数）")]
    ['26.56%']
    >>> list(mistakes("最终得分=2×（1-5.9552%）=2×0.940448≈1.88，100%-26.56% = 73.44%，到位率=到位资金/预算资金×100%"))
    []
    """
    for run in _runs(text):
        yield from _of_run(run)


def results(text: str) -> Iterator[tuple[int, Number]]:
    """Where each calculation of a text begins, and the number that it ends in."""
    for run in _runs(text):
        steps = _steps(run)
        last = steps[-1] if steps else ()
        if len(steps) > 1 and len(last) == 1 and last[0].number and any(len(step) > 1 for step in steps):
            yield run[0].start, last[0].number


def _runs(text: str) -> Iterator[list[_Token]]:
    """The longest stretches of numbers and signs in which there is an = or ≈; a number may have its name before it."""
    run: list[_Token] = []
    at, plain = 0, text.translate(_PLAIN)
    while at <= len(plain):
        match = _TOKEN.match(plain, at) if at < len(plain) else None
        if match is None:
            goes_on = bool(run) and run[-1].sign in "+-*/(=≈"
            if goes_on and (called := _CALLED.match(plain, at)):
                at = called.end()
                continue
            whole = run[:-1] if run and run[-1].sign == "(" else run  # a remark behind the result
            if any(one.sign in "=≈" for one in whole):
                yield whole[:LONGEST]
            run = [_Token("?", None, at, at)] if goes_on and run[-1].sign not in "=≈" else []  # a part, not the whole
            at += 1
            continue
        if match["number"]:
            run.append(_Token("0", _number(match), at, match.end()))
        elif match["sign"]:
            if match["sign"] == "-" and not run and _WORD.match(plain, at - 1 if at else 0):
                at = match.end()  # what is taken off stands in words: 工期=12个月-2
                run = [_Token("?", None, at, at)]
                continue
            run.append(_Token("*" if match["sign"] in "xX" else match["sign"], None, at, match.end()))
        at = match.end()


def _number(match: re.Match[str]) -> Number:
    digits, unit = re.sub("[,，]", "", match["number"]), match["unit"] or ""
    unit = "%" if unit == "个百分点" else unit
    value = Decimal(digits) / _SHARES.get(unit, 1)
    return Number(value, len(digits.partition(".")[2]), match["number"] + unit, unit)


def _steps(run: Sequence[_Token]) -> list[list[_Token]]:
    """What stands between the signs of equality; the first is empty where words stand before them."""
    steps: list[list[_Token]] = [[]]
    for token in run:
        if token.sign in "=≈":
            steps.append([])
        else:
            steps[-1].append(token)
    return steps


def _of_run(run: Sequence[_Token]) -> Iterator[Mistake]:
    scales = _scales(run)
    if scales is None:
        return
    signs = [token.sign for token in run if token.sign in "=≈"]
    before: list[Decimal] = []
    for number, step in enumerate(_steps(run)):
        value = _value(step, scales)
        if value is None:
            if step or number:
                before = []
            continue
        result = _result(step)
        if number and result and _converts(_steps(run)[number - 1], result):
            continue
        about = number > 0 and signs[number - 1] == "≈"
        if before and not any(_follows(one, value, result, about, scales) for one in before):
            wanted = _as_printed(before[-1], result, scales) if result else ""
            printed = result.text if result else ""
            if result and wanted:
                sign = "-" if len(step) > 1 else ""
                cut = abs(before[-1]).quantize(_unit(result), ROUND_DOWN, _EXACT) == abs(value)
                yield Mistake(run[0].start, step[-1].end, sign + printed, wanted, cut)
        before.append(value)


def _converts(step: Sequence[_Token], result: Number) -> bool:
    """Whether a sign of equality tells what one unit is worth in another: 1次=0.5分."""
    alone = _result(step)
    return alone is not None and bool(alone.unit and result.unit) and alone.unit != result.unit


def _scales(run: Sequence[_Token]) -> dict[str, Decimal] | None:
    """What each unit counts: yuan where amounts have several units; None where one of these has none."""
    numbers = [token.number for token in run if token.number]
    money = {one.unit for one in numbers if one.unit in YUAN_IN}
    if len(money) < 2:
        return {}
    if any(not one.unit for one in numbers):
        return None
    return dict(YUAN_IN)


def _result(step: Sequence[_Token]) -> Number | None:
    """The number that a step is, with its sign; None for an expression."""
    tokens = step[1:] if len(step) == 2 and step[0].sign == "-" else step
    return tokens[0].number if len(tokens) == 1 else None


def _unit(result: Number) -> Decimal:
    """One of the last place that a result is printed with."""
    return Decimal(1).scaleb(-(result.places + _SHARE_PLACES.get(result.unit, 0)))


def _follows(before: Decimal, value: Decimal, result: Number | None, about: bool, scales: dict[str, Decimal]) -> bool:
    if before == value:
        return True
    if result is None:
        return abs(before - value) <= max(abs(before), abs(value)) * _NEAR
    unit = _unit(result) * scales.get(result.unit, 1)
    if any(_rounded(one, unit) == value for one in _readings(before, result)):
        return True
    return about and abs(before - value) <= unit


def _readings(before: Decimal, result: Number) -> tuple[Decimal, ...]:
    """The values that a result may print: a percentage may stand behind ×100 without its sign."""
    if result.unit in YUAN_IN and result.unit != "元":
        return before, before / YUAN_IN[result.unit]  # numbers without a unit may be 元
    return (before, before / 100) if result.unit == "%" else (before, before * 100) if not result.unit else (before,)


def _rounded(value: Decimal, unit: Decimal) -> Decimal:
    return half_up(_EXACT.divide(value, unit), 0) * unit


def _as_printed(value: Decimal, result: Number, scales: dict[str, Decimal]) -> str:
    shown = value / scales.get(result.unit, Decimal(1)) * _SHARES.get(result.unit, 1)
    grouped = "," if re.search("[,，]", result.text) else ""
    places = result.places or (places_of(shown) if places_of(shown) <= _FEW else 0)
    return f"{half_up(shown, places):{grouped}.{places}f}{result.unit}"


# Expressions.


def _value(step: Sequence[_Token], scales: dict[str, Decimal]) -> Decimal | None:
    """What an expression comes to; None when it is none."""
    if not step:
        return None
    reader = _Reader(step, scales)
    try:
        value = reader.sum()
    except (ValueError, InvalidOperation, DivisionByZero):
        return None
    return value if reader.at == len(step) else None


@dataclass
class _Reader:
    """Reads an expression from left to right: sums of products of numbers and brackets."""

    tokens: Sequence[_Token]
    scales: dict[str, Decimal]
    at: int = 0
    depth: int = 0

    def _next(self) -> str:
        return self.tokens[self.at].sign if self.at < len(self.tokens) else ""

    def sum(self) -> Decimal:
        """Terms with + and - between them."""
        negative = self._next() == "-"
        self.at += negative
        value = -self.product() if negative else self.product()
        while (sign := self._next()) and sign in "+-":
            self.at += 1
            term = self.product()
            value = _EXACT.add(value, term if sign == "+" else -term)
        return value

    def product(self) -> Decimal:
        """Factors with × and ÷ between them."""
        value = self.factor()
        while (sign := self._next()) and sign in "*/":
            self.at += 1
            factor = self.factor()
            value = _EXACT.multiply(value, factor) if sign == "*" else _EXACT.divide(value, factor)
        return value

    def factor(self) -> Decimal:
        """A number, or a sum in brackets."""
        if self.at >= len(self.tokens) or self.depth > 20:
            raise ValueError("no number")
        token = self.tokens[self.at]
        self.at += 1
        if token.number:
            return token.number.value * self.scales.get(token.number.unit, 1)
        if token.sign != "(":
            raise ValueError("no number")
        self.depth += 1
        value = self.sum()
        self.depth -= 1
        if self._next() != ")":
            raise ValueError("an open bracket")
        self.at += 1
        return value
