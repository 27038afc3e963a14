"""What the audits of sentences share: a number as it stands in one, and the units that figures have behind them."""

from __future__ import annotations

import re
from decimal import Decimal

from ..values import YUAN_IN

NUMBER = r"(?<![\d.])\d[\d,]{0,20}(?:\.\d{1,8})?"
"""Bounded, and not in the middle of another: texts may be one long row of digits."""

NUMBER_OF_TEXT = r"(?<![\d.])\d[\d,，]{0,20}(?:\.\d{1,8})?"
"""The same where commas may be full-width ones."""

AMOUNTS = "亿元|万元|元"
_MEASURES = "平方公里|平方千米|平方米|立方米|公里|千米|公顷|万吨|米|亩|吨"
_MANY = "万平方米|万人次|万人|万户|万亩|万件|万株|万次"
_COUNTS = "人次|人|个|份|户|次|项|家|场|批|台|套|辆|株|棵|盏|条|座|所|处|件|名|期|张"
COUNTED = f"{_MANY}|{_MEASURES}|{_COUNTS}"
"""Units of what is counted or measured; of those with a common beginning the longer first."""

ANY = f"{AMOUNTS}|{COUNTED}"


def kind_of(match: re.Match[str]) -> str:
    """What a figure with a `unit` is of: 元 for amounts in any unit, % for percentage points, else its unit."""
    unit: str = match["unit"]
    return "元" if unit in YUAN_IN else "%" if unit == "个百分点" else unit


def value_of(match: re.Match[str]) -> Decimal:
    """The value of a figure with a `number` and a `unit`, amounts in 元."""
    return Decimal(re.sub("[,，]", "", match["number"])) * YUAN_IN.get(match["unit"], Decimal(1))
