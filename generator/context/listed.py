"""The lists of the data, with what tells each of their rows in a report: looked for when it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..fields import Path, Record
from ..model import Evaluation
from ..names import NAMING_KEYS, own_names
from ..trace import Listed, Row
from ..values import YUAN_IN, Money, Quantity, half_up, number
from .printing import Names, Setting

CALLED = (*NAMING_KEYS, "全称", "问题", "对象", "姓名", "角色")
FIGURES = (
    "年初预算",
    "预算",
    "到位",
    "支出",
    "金额",
    "数量",
    "抽取",
)  # not what texts single out, as the last instalment
UNITS = ("元", "万元")
DECIMALS = 2


def lists(setting: Setting, names: Names) -> tuple[Listed, ...]:
    """Every list of records that a section of the data has, except where nothing tells its rows."""
    found = []
    for path in _filled(setting.evaluation):
        rows: Any = names
        for step in path:
            rows = rows[step]
        told = tuple(row for row in map(_row, rows) if row.names or row.figures)
        if told:
            found.append(Listed(".".join(map(str, path)), setting.source.where(path), told))
    return tuple(found)


def _filled(data: Evaluation) -> Iterator[Path]:
    for name, value in own_names(data):
        if name in ("已核实", "沿用上年"):  # what is said of the checks is not for the report
            continue
        if _is_list(value):
            yield (name,)
        elif isinstance(value, Record):
            yield from ((name, inner) for inner, rows in own_names(value) if _is_list(rows))


def _is_list(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, Record) for item in value)


def _row(row: Names) -> Row:
    units = row.get("单位")
    called = [row, *(units if isinstance(units, list) else ())]
    said = [one[key] for one in called for key in CALLED if one.get(key)]
    names = [str(name) for name in said if not isinstance(name, (dict, list))]
    names += [str(alias) for one in called for alias in one.get("别名") or ()]
    values = [row.get(key) for key in FIGURES] + [area["数量"] for area in row.get("按区域") or ()]
    return Row(frozenset(names), frozenset(figure for value in values for figure in _figures(value)))


def _figures(value: object) -> Iterator[Decimal]:
    """A figure as a report may print it: an amount as the style does, or in 元 or 万元; 0 tells nothing."""
    found: list[Decimal] = []
    if isinstance(value, Money):
        found = [number(value.number()), *(value.yuan / YUAN_IN[unit] for unit in UNITS)]
    elif isinstance(value, Quantity) and value.number is not None:
        found = [value.number]
    elif isinstance(value, int):
        found = [Decimal(value)]
    for one in found:
        yield from (abs(figure) for figure in (one, half_up(one, DECIMALS)) if figure)
