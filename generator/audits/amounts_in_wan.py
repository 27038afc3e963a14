"""万元栏里的元：表头写着万元，下面的数却像是以元为单位。

表头（或左边、上面一格）写着“万元”，下面的数在一百万以上（一百亿元，没有这样的项目），就是没有换算。同一张表只说第一处，
并数出有几处。

正例：

    | 预算执行情况（万元） | 年初预算数 | 财政拨款数 |
    |  | 1650.00 | 1640.00 |

反例：

    | 预算执行情况（万元） | 年初预算数 | 财政拨款数 |
    |  | 16500000.00 | 16400000.00 |   # !A130 1650
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..document import Cell, Table
from ..findings import Level
from ..values import plain
from . import Case, Fault
from .numbers_of_tables import entry

CODE = "A130"
LEVEL = Level.ERROR

_HEAD = re.compile(r"[（(](?:单位[：:])?万元[）)]|单位[：:]万元")
LARGE = Decimal(1_000_000)  # 万元: a hundred hundred millions, beyond any project


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first amount of a table that is in 元 under a head in 万元, with how many there are."""
    for table in case.report.tables:
        found = list(_yuan(table))
        if found:
            cell, value = found[0]
            text = cell.text.strip()
            wanted = plain(value / 10_000)
            more = f"，这张表里共{len(found)}处" if len(found) > 1 else ""
            what = f"表头是万元，{text}像是以元为单位，应为{wanted}万元{more}"
            path = case.report.passage_of(cell.paragraphs[0]).path
            where = cell.paragraphs[0].where
            yield Fault(path, what, where=where, quoted=text, expected=wanted, actual=text)


def _yuan(table: Table) -> Iterator[tuple[Cell, Decimal]]:
    """The large numbers in rows that go on below, or right of, a cell whose words name 万元."""
    in_wan = False
    for row in table.rows:
        words = [cell.text for cell in row if not cell.goes_on and cell.text.strip()]
        if any(_HEAD.search(one) for one in words):
            in_wan = True
        elif row and row[0].text.strip() and not row[0].goes_on:
            in_wan = False
        for cell in row if in_wan else ():
            number = entry(cell)
            if number and not cell.goes_on and not number.percent and number.value >= LARGE:
                yield cell, number.value
