"""表格的合计：合计、总计、小计行等于各行相加；合计在前在后都看，合并的单元格只算一次。

看每一列：合计行是数，别的行也是数（空的、—、无算作没有）。一列里有百分数、序号、得分率的不加；占比加起来是 100% 的看
相差是不是尾差。合计行以下的行不算。有小计的，合计等于小计相加，或等于各行相加，都算对；
名称前面缩进的行，是上面一行的部分，不再加。

正例：合计在前、在后；“其中”的行不加。

    | 单位 | 支出 |
    | 合计 | 300.50 |
    | 甲 | 100.00 |
    | 乙 | 200.50 |
    | 单位 | 支出 |
    | 甲 | 100 |
    | 其中：宣传 | 60 |
    | 培训 | 40 |
    | 乙 | 50 |
    | 合计 | 150 |

正例：区和区里的街道都列出的，街道不再加。

    | 区域 | 支出 |
    | 甲区 | 300 |
    | 东街 | 180 |
    | 西街 | 120 |
    | 乙区 | 160 |
    | 南街 | 160 |
    | 合计 | 460 |

反例：一列的合计不等于各行相加。

    | 单位 | 预算 | 支出 |
    | 甲 | 150 | 100.00 |
    | 乙 | 250 | 200.50 |
    | 合计 | 400 | 301.50 |   # !A110 300.50

反例：只有一行的合计。

    | 项目 | 预算 |
    | 为民服务 | 1640 |
    | 合计 | 1460 |   # !A110 1,640

反例：总额在前；数带着单位。

    | 来源 | 金额 |
    | 总额 | 100万元 |   # !A110 90
    | 中央 | 60万元 |
    | 地方 | 30万元 |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from ..document import Cell, Table
from ..findings import Level
from ..values import narrow
from . import Case, Fault

CODE = "A110"
LEVEL = Level.ERROR

_WHOLE, _PART = re.compile(r"(?:合计|总计|总分|共计|总合计|(?:资金)?总额$)"), re.compile(r"(?:小计|分计)")
_AMONG = re.compile("其中")
_NUMBER = re.compile(r"-?\d[\d,，]*(?:\.\d+)?")
_UNIT = re.compile("(?:万元|元|分)$")
_NO_SUM = re.compile(r"率|占比|比例|序号|编号|年份|年度|系数|指标值|目标值|完成值|满意度|评分标准|日期|时间|均")
_STEPS = (Decimal(1000), Decimal(100))  # the last decimals of 万元, in 元
ROUNDED_FROM = 10_000
_MOST = Decimal(10) ** 15  # of an amount
FEWEST = 2  # rows that make a sum


@dataclass(frozen=True, slots=True)
class _Entry:
    """A number in a column: its row, its value and how it is written."""

    row: int
    value: Decimal
    cell: Cell


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each column whose total is not the sum of its rows."""
    for table in case.report.tables:
        for entry, wanted, tail in _wrong(table):
            where = entry.cell.paragraphs[0].where
            written = entry.cell.text.strip()
            head = _head(table, entry.cell)
            name = f"“{head}”一列的" if head else ""
            what = f"{name}合计是{written}，各行相加是{wanted}" + ("，像是四舍五入的尾差" if tail else "")
            level = Level.HINT if tail else None
            path = case.report.passage_of(entry.cell.paragraphs[0]).path
            yield Fault(path, what, where=where, quoted=written, expected=wanted, actual=written, level=level)


def _wrong(table: Table) -> Iterator[tuple[_Entry, str, bool]]:
    """Each total that is wrong, what it should be, and whether it is off by no more than rounded rows may be."""
    totals = [number for number, row in enumerate(table.rows) if _says(row, _WHOLE)]
    if len(totals) != 1:
        return
    total = totals[0]
    if _is_merged_text(table, total):
        return
    rows = _summed(table, total)
    for cell in table.rows[total]:
        value = _number(cell)
        if value is None or _NO_SUM.search(_head(table, cell)):
            continue
        entries = [one for row in rows if (one := _entry(table, row, cell)) is not None]
        alone = len(entries) == 1 and len(rows) == 1 and not _says(table.rows[rows[0]], _AMONG)
        one_unit = len({_unit(one.cell) for one in entries} | {_unit(cell)}) == 1
        if not one_unit or (len(entries) < FEWEST and not alone) or _is_right(table, value, entries):
            continue
        outer = _outer(table, [one for one in entries if not _says(table.rows[one.row], _PART)] or entries)
        added = sum((one.value for one in outer), Decimal())
        places = max(_decimals(one.cell) for one in (*entries, _Entry(total, value, cell)))
        step = _step([value, *(one.value for one in entries)], places)
        tail = abs(added - value) <= Decimal(len(entries)) / 2 * step
        yield _Entry(total, value, cell), f"{added:,.{places}f}", tail


def _step(values: Sequence[Decimal], places: int) -> Decimal:
    """What the last digit is worth to which numbers were rounded; 0 where they seem not to be.

    Amounts in 元 may have been rounded in 万元: none has a digit below 100.
    """
    if max(map(abs, values)) >= _MOST or any(one % 1 for one in values):
        return Decimal(1).scaleb(-places)
    step = next((one for one in _STEPS if not any(value % one for value in values)), Decimal())
    return step if step and max(values) >= step * ROUNDED_FROM else Decimal()


def _is_merged_text(table: Table, total: int) -> bool:
    """Whether cells of the total are merged in a table of a text, which does not tell the columns of the others."""
    widths = Counter(len(row) for row in table.rows)
    spanned = any(cell.span > 1 for row in table.rows for cell in row)
    return not spanned and len(table.rows[total]) != widths.most_common(1)[0][0]


def _is_right(table: Table, value: Decimal, entries: Sequence[_Entry]) -> bool:
    """Whether the rows, or the sub-totals, or the first of rows with parts (其中) add up to the total."""
    own = [one for one in entries if not _says(table.rows[one.row], _PART)]
    parts = [one for one in entries if _says(table.rows[one.row], _PART)]
    sums = [sum((one.value for one in kept), Decimal()) for kept in (own, parts) if kept]
    levels = _levels(table, own)
    several = (kept for kept in levels.values() if len(kept) > 1 or len(levels) > 1)
    sums += [sum((one.value for one in kept), Decimal()) for kept in several]
    below = (*_without_parts(table, own), _outer(table, own), _without_rows_below(own))
    sums += [sum((one.value for one in kept), Decimal()) for kept in below]
    return value in sums


def _outer(table: Table, entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries whose label is set in least, where labels are set in by blanks: those below are parts of them."""
    depths = [_depth(table.rows[one.row]) for one in entries]
    return [one for one, depth in zip(entries, depths, strict=True) if depth == min(depths)]


def _depth(row: Sequence[Cell]) -> int:
    """How many blanks the label of a row begins with."""
    label = next((one.text for one in row if one.text.strip() and not one.goes_on), "")
    return len(label) - len(label.lstrip(" \u3000\xa0\t"))


def _without_rows_below(entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries without those that add up to the one before them, as streets below their district do."""
    kept: list[_Entry] = []
    at = 0
    while at < len(entries):
        kept.append(entries[at])
        ends = accumulate(one.value for one in entries[at + 1 :])
        below = next((count for count, added in enumerate(ends, 1) if added == entries[at].value), 0)
        at += 1 + (below if entries[at].value else 0)
    return kept


def _without_parts(table: Table, entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """The entries without rows that begin with 其中, and without the rows behind these that may be parts too."""
    alone = [one for one in entries if not _says(table.rows[one.row], _AMONG)]
    if len(alone) == len(entries):
        return
    yield alone
    kept: list[_Entry] = []
    left: Decimal | None = None
    for one in entries:
        if kept and _says(table.rows[one.row], _AMONG):
            left = kept[-1].value
        if left is not None and one.value <= left:
            left -= one.value
        else:
            kept.append(one)
            left = None
    yield kept


def _levels(table: Table, entries: Sequence[_Entry]) -> Mapping[int, list[_Entry]]:
    """The entries by the column of the first cell that says something in their row: a table may show levels by it."""
    found: dict[int, list[_Entry]] = {}
    for one in entries:
        said = [cell.column for cell in table.rows[one.row] if cell.text.strip() and not cell.goes_on]
        found.setdefault(min(said, default=0), []).append(one)
    return found


def _summed(table: Table, total: int) -> list[int]:
    """The rows that a total is of: those above it; those below where it stands first."""
    above = [number for number in range(total) if any(_number(cell) is not None for cell in table.rows[number])]
    return above if above else list(range(total + 1, len(table.rows)))


def _entry(table: Table, row: int, below: Cell) -> _Entry | None:
    """The number of a row in the columns of a cell; None where there is none, or it goes on from above."""
    for cell in table.rows[row]:
        if cell.column == below.column and cell.span == below.span and not cell.goes_on:
            value = _number(cell)
            return None if value is None else _Entry(row, value, cell)
    return None


def _number(cell: Cell) -> Decimal | None:
    digits = _UNIT.sub("", narrow(cell.text).strip())
    return Decimal(digits.replace(",", "").replace("，", "")) if _NUMBER.fullmatch(digits) else None


def _unit(cell: Cell) -> str:
    found = _UNIT.search(narrow(cell.text).strip())
    return found[0] if found else ""


def _decimals(cell: Cell) -> int:
    """How many decimals a number is written with."""
    return len(_UNIT.sub("", narrow(cell.text).strip()).partition(".")[2])


def _says(row: Sequence[Cell], pattern: re.Pattern[str]) -> bool:
    first = next((re.sub(r"\s", "", cell.text) for cell in row if cell.text.strip() and not cell.goes_on), "")
    return bool(pattern.match(first))


def _head(table: Table, cell: Cell) -> str:
    """The words above a column: of the rows before the first one with numbers, the nearest."""
    words = ""
    for row in table.rows:
        if any(_number(one) is not None for one in row) or any(_says([one], _WHOLE) for one in row[:1]):
            break
        for one in row:
            if one.column <= cell.column < one.column + one.span and one.text.strip():
                words = re.sub(r"\s", "", one.text)
    return words
