"""指标的分值：同一组下面各指标的分值加起来，等于组的分值；得分不超过分值。

看得分表里写在名称后面的分值（“过程（34分）”“实际完成率（9分）”），和“分值”“权重”“得分”两栏。组的名称后面写着分值的，
下面最细一级的分值相加要等于它；同一组的名称因为换页写了两遍的，合在一起算。

正例：

    | 一级指标 | 三级指标 | 得分 |
    | 过程（10分） | 制度健全性（4分） | 4 |
    |  | 资金合规性（6分） | 5 |

反例：

    | 一级指标 | 三级指标 | 情况 |
    | 过程（10分） | 制度健全性（4分） | 全部完成 |   # !A112 9分
    |  | 资金合规性（5分） | 全部完成 |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..document import Cell, Table
from ..findings import Level
from . import Case, Fault
from .indicator_tables import WEIGHED
from .numbers_of_tables import Grid

CODE = "A112"
LEVEL = Level.ERROR

_FULL, _POINTS = re.compile(r"^(?:指标)?(?:分值|权重|满分|标准分)"), re.compile(r"^(?:评价|自评|最终)?得分$|^自评分$")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each group whose indicators do not add up to it, and each row with more points than its weight."""
    for table in case.report.tables:
        for cell, what, wanted in (*_groups(table), *_points(table)):
            where = cell.paragraphs[0].where
            text = "".join(cell.text.split())
            yield Fault(
                case.report.passage_of(cell.paragraphs[0]).path,
                what,
                where=where,
                quoted=text,
                expected=wanted,
                actual=text,
            )


def _groups(table: Table) -> Iterator[tuple[Cell, str, str]]:
    """The groups of the first column with weights whose leaves do not add up to them."""
    labels: dict[int, list[tuple[int, Cell, str, Decimal]]] = {}
    for number, row in enumerate(table.rows):
        for cell in row:
            match = WEIGHED.match("".join(cell.text.split())) if not cell.goes_on else None
            if match:
                labels.setdefault(cell.column, []).append((number, cell, match[1], Decimal(match[2])))
    columns = sorted(column for column, found in labels.items() if len(found) > 1 or column == min(labels))
    if len(columns) < 2:
        return
    outer, leaves = labels[columns[0]], labels[columns[-1]]
    ends = [number for number, *_ in outer[1:]] + [len(table.rows)]
    summed: dict[str, Decimal] = {}
    first: dict[str, tuple[Cell, Decimal]] = {}
    for (number, cell, name, weight), end in zip(outer, ends, strict=True):
        own = sum((leaf for at, _, _, leaf in leaves if number <= at < end), Decimal())
        summed[name] = summed.get(name, Decimal()) + own
        first.setdefault(name, (cell, weight))
    for name, (cell, weight) in first.items():
        if summed[name] and summed[name] != weight:
            what = f"“{name}”写的是{weight}分，下面各指标的分值相加是{summed[name]}分"
            yield cell, what, f"{summed[name]}分"


def _points(table: Table) -> Iterator[tuple[Cell, str, str]]:
    grid = Grid(table)
    full = [column for column, head in grid.heads.items() if _FULL.match(head)]
    points = [column for column, head in grid.heads.items() if _POINTS.match(head)]
    if len(full) != 1 or len(points) != 1 or not grid.is_regular:
        return
    for row in grid.entries:
        if full[0] in row and points[0] in row and row[points[0]].value > row[full[0]].value:
            most = row[full[0]].cell.text.strip()
            got = row[points[0]].cell.text.strip()
            yield row[points[0]].cell, f"得分{got}超过了分值{most}", f"不超过{most}"
