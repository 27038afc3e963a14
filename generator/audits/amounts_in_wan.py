"""万元栏里的元：表头写着万元，下面的数却像是以元为单位。

表头（或左边、上面一格）写着“万元”，下面的数在一百万以上（一百亿元，没有这样的项目），就是没有换算；
一万以上、又是表里多数的一千倍的，也是。同一张表只说第一处，
并数出有几处。

正例：

    | 预算执行情况（万元） | 年初预算数 | 财政拨款数 |
    |  | 1650.00 | 1640.00 |

反例：

    | 预算执行情况（万元） | 年初预算数 | 财政拨款数 |
    |  | 16500000.00 | 16400000.00 |   # !A130 1650

反例：一个单位的没有换算。

    | 单位 | 预算（万元） | 支出（万元） |
    | 甲 | 12.00 | 8.00 |
    | 乙 | 15.00 | 65000.00 |   # !A130 6.5
    | 丙 | 9.50 | 7.25 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..document import Cell, Paragraph, Table
from ..findings import Level
from ..values import plain
from . import Case, Fault
from .numbers_of_tables import entry

CODE = "A130"
LEVEL = Level.ERROR

_HEAD = re.compile(r"[（(](?:单位[：:])?万元[）)]|单位[：:]万元")
_NO_MONEY = re.compile(r"率|占比|比例|数量|人次|面积|年份|代码|编号|序号|电话|（元）|\(元\)")
FEWEST = 5  # numbers of a table that show how large they are
SMALLEST = Decimal(10_000)
TIMES = 1_000  # as large as the middle one
LARGE = Decimal(1_000_000)  # 万元: a hundred hundred millions, beyond any project


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first amount of a table that is in 元 under a head in 万元, with how many there are."""
    in_wan = False
    for block in case.report.body:
        if isinstance(block, Paragraph):
            in_wan = bool(_HEAD.search("".join(block.text.split()))) if block.text.strip() else in_wan
            continue
        held = list(_in_wan(block, in_wan))
        in_wan = False
        usual = _usual([value for _, value in held])
        found = [(cell, value) for cell, value in held if _is_yuan(value, usual)]
        if found:
            cell, value = found[0]
            text = cell.text.strip()
            wanted = plain(value / 10_000)
            more = f"，这张表里共{len(found)}处" if len(found) > 1 else ""
            what = f"表头是万元，{text}像是以元为单位，应为{wanted}万元{more}"
            path = case.report.passage_of(cell.paragraphs[0]).path
            where = cell.paragraphs[0].where
            yield Fault(path, what, where=where, quoted=text, expected=wanted, actual=text)


def _usual(values: Sequence[Decimal]) -> Decimal | None:
    """The middle one of the numbers of a table that are not 0; None where they are too few."""
    told = sorted(one for one in values if one)
    return told[len(told) // 2] if len(values) >= FEWEST and told else None


def _is_yuan(value: Decimal, usual: Decimal | None) -> bool:
    """Whether a number is beyond any project, or as good as 10,000 times as large as most of the others."""
    return value >= LARGE or (usual is not None and value >= SMALLEST and value >= usual * TIMES)


def _in_wan(table: Table, whole: bool) -> Iterator[tuple[Cell, Decimal]]:
    """The numbers below, or right of, a cell whose words name 万元; all of money where these stand above the table."""
    in_row, columns, others = False, set[int](), set[int]()
    for row in table.rows:
        own = [cell for cell in row if not cell.goes_on and cell.text.strip()]
        named = [cell for cell in own if _HEAD.search(cell.text)]
        columns |= {cell.column + at for cell in named for at in range(cell.span)}
        others |= {cell.column for cell in own if _NO_MONEY.search(cell.text)}
        if named:
            in_row = True
        elif row and row[0].text.strip() and not row[0].goes_on:
            in_row = False
        for cell in row:
            number = None if cell.goes_on or cell.column in others else entry(cell)
            if number and not number.percent and (whole or in_row or cell.column in columns):
                yield cell, number.value
