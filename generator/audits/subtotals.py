"""小计：一组的小计行，等于组里各行相加。

小计行在组的第一行或最后一行；组是第一栏合并在一起的几行，或到下一个小计为止。占比和率的栏不加，有一行没有填数的栏不看。

正例：

    | 区 | 街道 | 预算 | 支出 |
    | 甲区 | 小计（2个） | 300.00 | 200.00 |
    |  | 一街道 | 120.00 | 200.00 |
    |  | 二街道 | 180.00 | — |
    | 乙区 | 小计（1个） | 45.00 | 30.00 |
    |  | 三街道 | 45.00 | 30.00 |

反例：

    | 区 | 街道 | 预算 | 支出 |
    | 甲区 | 小计（2个） | 300.00 | 200.00 |   # !A114 290.00
    |  | 一街道 | 110.00 | 90.00 |
    |  | 二街道 | 180.00 | 110.00 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..document import Cell, Table
from ..findings import Level
from . import Case, Fault
from .numbers_of_tables import TOTAL, Entry, Grid, entry, is_tail

CODE = "A114"
LEVEL = Level.ERROR

_SUBTOTAL = re.compile(r"(?:小计|分计)")
_NO_SUM = re.compile(r"率|占比|比例|序号|编号|年|均")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each sub-total that is not the sum of the rows of its group."""
    for table in case.report.tables:
        for total, added, head, tail in _wrong(table):
            passage = case.report.passage_of(total.cell.paragraphs[0])
            text = total.cell.text.strip()
            name = f"“{head}”的" if head else ""
            what = f"{name}小计是{text}，组里各行相加是{added}" + ("，像是四舍五入的尾差" if tail else "")
            level = Level.WARNING if tail else None
            where = total.cell.paragraphs[0].where
            yield Fault(passage.path, what, where=where, quoted=text, expected=added, actual=text, level=level)


def _wrong(table: Table) -> Iterator[tuple[Entry, str, str, bool]]:
    grid = Grid(table)
    if not grid.is_regular:
        return
    for number, members in _groups(table):
        for column, total in grid.entries[number].items():
            head = grid.heads.get(column, "")
            parts = [grid.entries[row][column] for row in members if column in grid.entries[row]]
            if _NO_SUM.search(head) or total.percent or not parts or len(parts) < len(members):
                continue
            added = sum((one.value for one in parts), Decimal())
            if added != total.value:
                places = max(one.places for one in (total, *parts))
                yield total, f"{added:,.{places}f}", head, is_tail(total, parts)


def _groups(table: Table) -> Iterator[tuple[int, list[int]]]:
    """Each row of a sub-total with the rows of its group: those behind it, or those before where they come first."""
    subtotals = [number for number, row in enumerate(table.rows) if _is(row, _SUBTOTAL)]
    if not subtotals:
        return
    begins = [bool(row and not row[0].goes_on and row[0].text.strip()) for row in table.rows]
    ends = [number for number, row in enumerate(table.rows) if _is(row, TOTAL)]
    leads = begins[subtotals[0]] and not all(begins[subtotals[0] + 1 : subtotals[0] + 2])
    for number in subtotals:
        if leads:
            later = (row for row in range(number + 1, len(table.rows)) if begins[row] or row in ends)
            yield number, list(range(number + 1, next(later, len(table.rows))))
        else:
            start = max((row + 1 for row in ends if row < number), default=0)
            yield number, [row for row in range(start, number) if any(map(entry, table.rows[row][1:]))]


def _is(row: Sequence[Cell], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match("".join(cell.text.split())) for cell in row[:2])
