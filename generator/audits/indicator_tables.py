"""What the audits of indicators share: the tables that list indicators, row by row, with what each row is part of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..document import Cell, Table
from ..finished import Finished
from .numbers_of_tables import Grid

_LEVELS = (re.compile("一级指标"), re.compile("二级指标|类别"), re.compile("三级指标|指标名称|具体指标"))
WEIGHED = re.compile(r"(.+?)[（(](\d{1,3}(?:\.\d{1,2})?)分[）)]$")
"""A name with its full marks behind it: 制度健全性（4分）."""

_WEIGHT = re.compile(r"[（(]\d{1,3}(?:\.\d{1,2})?分?[）)]$")
_NONE = ("", "无", "—", "-", "/")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of indicators: the names of its three levels (those of merged cells too), and its cells."""

    levels: tuple[str, str, str]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, eq=False)
class Indicators:
    """A table that lists indicators; `is_full` tells one that has a column for each of the three levels."""

    rows: tuple[Row, ...]
    is_full: bool

    @cached_property
    def names(self) -> set[str]:
        """The names of all levels."""
        return {name for row in self.rows for name in row.levels if name}

    @cached_property
    def sizes(self) -> dict[tuple[int, tuple[str, ...]], int]:
        """How many indicators of a level are below those of higher ones: `(2, ("产出",))`, `(2, ())` for all."""
        found: dict[tuple[int, tuple[str, ...]], set[tuple[str, ...]]] = defaultdict(set)
        for row in self.rows:
            for level, name in enumerate(row.levels):
                for above in range(level + 1 if name else 0):
                    found[level, row.levels[:above]].add(row.levels[: level + 1])
        return {key: len(below) for key, below in found.items()}

    @cached_property
    def heights(self) -> Counter[tuple[str, ...]]:
        """How many rows there are below indicators of the first level; `()` for all."""
        found = Counter[tuple[str, ...]](row.levels[:1] for row in self.rows)
        found[()] = len(self.rows)
        return found


def indicators(report: Finished) -> Iterator[Indicators]:
    """The tables of indicators, in order."""
    for table in report.tables:
        head = next(((number, found) for number, row in enumerate(table.rows) if (found := _heads(row))), None)
        if head is None:
            continue
        rows = tuple(_rows(table, head[0] + 1, head[1]))
        if len(rows) > 1:
            yield Indicators(rows, len(head[1]) == len(_LEVELS))


def name_of(cell: Cell) -> str:
    """What a cell calls an indicator: without blanks, and without the points behind it."""
    words = _WEIGHT.sub("", re.sub(r"[\s⏎]", "", cell.text))
    return "" if words in _NONE else words


def _heads(row: tuple[Cell, ...]) -> dict[int, int]:
    """The column of each level that a head names; none without that of the lowest."""
    found: dict[int, int] = {}
    for cell in row:
        words = "" if cell.goes_on else re.sub(r"[\s⏎]", "", cell.text)
        for level, pattern in enumerate(_LEVELS):
            if pattern.fullmatch(words):
                found.setdefault(level, cell.column)
    return found if len(_LEVELS) - 1 in found else {}


def _rows(table: Table, first: int, heads: dict[int, int]) -> Iterator[Row]:
    names = ["", "", ""]
    for row in table.rows[first:]:
        if Grid.is_total(row):
            return
        own = {cell.column: cell for cell in row if not cell.goes_on}
        if not any(cell.column == heads[2] for cell in row):
            return
        for level, column in heads.items():
            name = name_of(own[column]) if column in own else ""
            if name and name != names[level]:
                names[level] = name
                names[level + 1 :] = [""] * (2 - level)
        if names[2] and len(own) > 1:
            yield Row((names[0], names[1], names[2]), row)
