"""What the audits of tables share: the grid of a table, its heads, and the numbers in its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..document import Cell, Table
from ..values import narrow

TOTAL = re.compile(r"(?:合计|总计|总分|共计|小计)")
_NUMBER = re.compile(
    r"[=＝]?(?P<digits>-?\d[\d,，]*(?:\.\d+)?)(?P<unit>[%％]|万元|亿元|元|分|(?:个|家)(?:社区|单位|街道|村)?|份|人次|人|次|场|户|项|件|天)?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A number in a cell: its value (a percentage as its number), its decimals as printed, and whether it has a %."""

    cell: Cell
    value: Decimal
    places: int
    percent: bool


@dataclass(frozen=True, eq=False)
class Grid:
    """A table by its columns: a cell stands in the first of those that it spans."""

    table: Table

    @cached_property
    def entries(self) -> tuple[dict[int, Entry], ...]:
        """The numbers of each row by column."""
        return tuple(
            {cell.column: found for cell in row if not cell.goes_on and (found := entry(cell)) is not None}
            for row in self.table.rows
        )

    @cached_property
    def is_regular(self) -> bool:
        """Whether columns can be told: spans are known, or all rows have as many cells."""
        widths = Counter(len(row) for row in self.table.rows)
        spanned = any(cell.span > 1 for row in self.table.rows for cell in row)
        return spanned or len(widths) == 1

    @cached_property
    def heads(self) -> dict[int, str]:
        """The words above each column: of the rows before the first one with two numbers, the lowest."""
        found: dict[int, str] = {}
        for row, entries in zip(self.table.rows, self.entries, strict=True):
            if len(entries) > 1 or self.is_total(row):
                break
            for cell in row:
                words = re.sub(r"\s", "", cell.text)
                if words and not cell.goes_on:
                    found |= dict.fromkeys(range(cell.column, cell.column + cell.span), words)
        return found

    @staticmethod
    def is_total(row: tuple[Cell, ...]) -> bool:
        """Whether a row is one of totals."""
        first = next((re.sub(r"\s", "", cell.text) for cell in row if cell.text.strip() and not cell.goes_on), "")
        return bool(TOTAL.match(first))


def is_tail(total: Entry, parts: Sequence[Entry]) -> bool:
    """Whether a total with decimals is off by no more than its parts may have been rounded."""
    places = max(one.places for one in (total, *parts))
    apart = abs(sum((one.value for one in parts), Decimal()) - total.value)
    return places > 0 and apart <= Decimal(len(parts)) / 2 * Decimal(1).scaleb(-places)


def entry(cell: Cell) -> Entry | None:
    """The number that a cell is; None for anything else."""
    text = narrow(cell.text).strip()
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    digits = re.sub("[,，]", "", match["digits"])
    return Entry(cell, Decimal(digits), len(digits.partition(".")[2]), match["unit"] in ("%", "％"))
