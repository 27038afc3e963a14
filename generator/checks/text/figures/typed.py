"""The exact figures that a person typed in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ....values import YUAN_IN

KEPT = 2_000  # texts of a project, which several checks ask for
Kind = Literal["rate", "money", "points", "count"]
_FIGURE = re.compile(
    r"(?<![\dA-Za-z.,第])(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,8})?\s?"
    r"(%|％|亿元|万元|元|分(?![钟之期类项别部成]))?"
)
_FUZZY = re.compile(r"(?<!节)约$|[近超逾]$|不足$|将近$|大约$|超过$")
_OPEN_END = re.compile(r"[余多来几]|左右|以上|以下|以内|上下")


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed in a text: where it stands, and its value (a rate in percent, money in 元, else as it is).

    `tail` is what follows a number that has no unit of money, rate or points; `step` is the worth of one of its last
    decimal places; `unit` its written unit.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    step: Decimal
    unit: str
    tail: str

    @property
    def digits(self) -> int:
        """How many digits tell it from others: 66万元 has two, 100% one."""
        return len((self.value / self.step).normalize().as_tuple().digits)


@lru_cache(maxsize=KEPT)
def typed_figures(text: str) -> Sequence[Typed]:
    """The exact figures of a text; those with 约, 余, 以上 and the like are left out."""
    return tuple(_typed_figures(text))


def _typed_figures(text: str) -> Iterator[Typed]:
    for match in _FIGURE.finditer(text):
        unit = (match[3] or "").replace("％", "%")
        tail = text[match.end() : match.end() + 8]
        if _FUZZY.search(text[max(0, match.start() - 2) : match.start()]) or _OPEN_END.match(tail):
            continue
        worth = YUAN_IN.get(unit, Decimal(1))
        decimals = match[2] or ""
        value = Decimal(match[1].replace(",", "") + decimals) * worth
        kind: Kind = "rate" if unit == "%" else "points" if unit == "分" else "money" if unit in YUAN_IN else "count"
        step = Decimal(1).scaleb(-max(0, len(decimals) - 1)) * worth
        yield Typed(match.start(), match.start() + len(match[0].rstrip()), kind, value, step, unit, tail)
