"""一行的合计：“合计”一栏等于同一行前面各栏相加。

表头写着合计、总计、小计的一栏，多数行都等于前面各栏相加的，其余的行也要等于；“—”和空格算作没有，写着“约”“余”的行不看。

正例：

    | 活动 | 甲区 | 乙区 | 合计 |
    | 培训（次） | 122 | — | 122次 |
    | 走访（次） | 20 | 6 | 26次 |
    | 志愿服务（人次） | 260 | 140余 | 400余人次 |

反例：

    | 活动 | 甲区 | 乙区 | 合计 |
    | 培训（次） | 122 | 4 | 126次 |
    | 走访（次） | 20 | 6 | 26次 |
    | 宣传（次） | 18 | 36 | 45次 |   # !A115 54
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..document import Cell, Table
from ..findings import Level
from . import Case, Fault
from .numbers_of_tables import Entry, Grid, entry, is_tail

CODE = "A115"
LEVEL = Level.ERROR

FEWEST = 2  # rows that show what the column is
_TOTAL = re.compile("合计|总计|小计|共计")
_NOTHING = re.compile(r"[—–\-－/／无]*")
_OTHER = re.compile("序号|编号|率|占比|比例|年")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each total of a row that is not the sum of the cells before it, where most rows' totals are."""
    for table in case.report.tables:
        sums = list(_sums(table))
        wrong = [(total, parts) for total, parts in sums if total.value != _added(parts)]
        if len(sums) - len(wrong) < max(FEWEST, len(wrong)):
            continue
        for total, parts in wrong:
            passage = case.report.passage_of(total.cell.paragraphs[0])
            text = total.cell.text.strip()
            added, tail = _added(parts), is_tail(total, parts)
            what = f"这一行的合计是{text}，各栏相加是{added}" + ("，像是四舍五入的尾差" if tail else "")
            level = Level.WARNING if tail else None
            where = total.cell.paragraphs[0].where
            yield Fault(passage.path, what, where=where, quoted=text, expected=str(added), actual=text, level=level)


def _added(parts: Sequence[Entry]) -> Decimal:
    return sum((one.value for one in parts), Decimal())


def _sums(table: Table) -> Iterator[tuple[Entry, Sequence[Entry]]]:
    """The total of each row that has one, and the cells before it that it is of."""
    grid = Grid(table)
    columns = [column for column, head in grid.heads.items() if _TOTAL.fullmatch(head)]
    if len(columns) != 1 or not grid.is_regular:
        return
    for row, entries in zip(table.rows, grid.entries, strict=True):
        total = entries.get(columns[0])
        before = [cell for cell in row if cell.column < columns[0] and _is_part(cell, grid)]
        parts = [found for cell in before if (found := entry(cell)) is not None]
        known = all(entry(cell) is not None or _NOTHING.fullmatch(cell.text.strip()) for cell in before)
        if total is not None and parts and known and not any(one.percent for one in (total, *parts)):
            yield total, parts


def _is_part(cell: Cell, grid: Grid) -> bool:
    """Whether a cell stands below a head of what is added up: not in the first column, nor below a number of order."""
    head = grid.heads.get(cell.column, "")
    return cell.column > 0 and not cell.goes_on and not _OTHER.search(head)
