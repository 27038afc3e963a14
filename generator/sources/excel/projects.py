"""A workbook with a row a project: its head row has the names of fields (项目.名称, 资金.预算), each row their values.

What the rows do not say comes from a data file that they have in common.  A row's values take the place of what that
file says; every value knows its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ...fields import Path, Record
from ...findings import Finding, Level, Location
from ...model import Evaluation
from ...names import NAMING_KEYS
from ...records import closest
from .. import Tree
from .cells import Cell, Sheet, read_sheets
from .layout import BELOW, Field, field_named, fields_of
from .reading import put_cell, without_unit

FILE_NAME = "文件名"
FIRST_ROWS = 10  # the head row is one of these
FEWEST = 2  # names of fields in a head row
REMARKS = ("序号", "编号", "备注")


@dataclass(frozen=True)
class Column:
    """A column of the head row: the name as written, without its unit, and that unit."""

    number: int
    name: str
    unit: str
    head: Location


@dataclass(frozen=True)
class Row:
    """One project: the name for its files, if the row gives one, and its cells, each with its column."""

    number: int
    name: str | None
    project: str | None
    cells: tuple[tuple[Column, Cell], ...]
    where: Location


@dataclass(frozen=True)
class Book:
    """The projects of a workbook."""

    file: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def book_of_projects(content: bytes, file: str) -> Book | None:
    """The projects of a workbook that has a row for each; None for a workbook that is one project's data."""
    for sheet in read_sheets(content, file):
        for number in sorted(sheet.rows)[:FIRST_ROWS]:
            columns = _head(sheet, number, file)
            if sum("." in column.name for column in columns) >= FEWEST:
                return Book(file, sheet.name, tuple(columns), tuple(_rows(sheet, number, columns, file)))
    return None


def _head(sheet: Sheet, number: int, file: str) -> list[Column]:
    found = []
    for cell in sheet.rows[number].values():
        name, unit = without_unit(cell.text)
        if name not in REMARKS:
            found.append(Column(cell.column, name, unit, Location(file, sheet=sheet.name, cell=cell.name)))
    named = any("." in one.name and field_named(Evaluation, one.name.partition(".")[0]) for one in found)
    return found if named else []


def _rows(sheet: Sheet, head: int, columns: list[Column], file: str) -> Iterator[Row]:
    for number in sorted(sheet.rows):
        cells = sheet.rows[number]
        filled = [(column, cells[column.number]) for column in columns if column.number in cells]
        if number <= head or not any(cell.text.strip() for _, cell in filled):
            continue
        said = {column.name: cell.text.strip() for column, cell in filled}
        where = Location(file, sheet=sheet.name, cell=filled[0][1].name)
        own = tuple((column, cell) for column, cell in filled if column.name != FILE_NAME)
        project = next((said[name] for name in ("项目.名称", "项目.项目名称", "报告.标题") if said.get(name)), None)
        yield Row(number, said.get(FILE_NAME), project, own, where)


def misnamed(book: Book, common: Tree | None) -> list[Finding]:
    """What is wrong with the names of the columns, which is wrong for every row."""
    data = common.data if common is not None else {}
    places = [_place(data, column) for column in book.columns if column.name != FILE_NAME]
    return [one for one in places if isinstance(one, Finding)]


def tree_of_row(book: str, sheet: str, row: Row, common: Tree | None) -> Tree:
    """The data of one project: what all have in common, with the row's values over it."""
    tree = Tree(book, {}, {(): row.where})
    if common is not None:
        tree.data = deepcopy(common.data)
        tree.values, tree.keys = {**common.values, (): row.where}, dict(common.keys)
        tree.findings, tree.suspects = list(common.findings), dict(common.suspects)
    for column, cell in row.cells:
        if not cell.text.strip():
            continue
        place = Location(book, sheet=sheet, cell=cell.name)
        found = _place(tree.data, column)
        if isinstance(found, Finding):
            tree.findings.append(found)
            continue
        path, field = found
        _clear(tree, path)
        put_cell(tree, sheet, path, cell, field, column.unit)
        tree.values.setdefault(path, place)
    return tree


def _place(data: Any, column: Column) -> tuple[Path, Field] | Finding:
    """Where the values of a column go, and what they are; or what is wrong with its name."""
    steps = column.name.split(".")
    record: type[Record] | None = Evaluation
    value: Any = data
    path: list[str | int] = []
    field: Field | None = None
    free = False  # whether the next step is a key of its own (正文.…), or an item of a list
    for index, step in enumerate(steps):
        if isinstance(value, list):
            item = _item(value, step)
            if item is None:
                named = "、".join(filter(None, map(_called, value)))
                what = f"“{'.'.join(steps[:index])}”里没有“{step}”"
                return _unknown(
                    column, what, f"共同的数据里有：{named}" if named else "列表里的各项要先写在共同的数据里"
                )
            path += item
            value = _at(value, item)
            record = field.record if field else None
            continue
        if free or record is None:
            path.append(step)
            field = Field((step,), "any" if record is None and not free else "prose")
            if free and record is not None:
                field = Field((step,), "record", record=record)
            free, value = False, value.get(step) if isinstance(value, dict) else None
            continue
        known = field_named(record, step)
        if known is None:
            near = closest(step, [name for one in fields_of(record) for name in one.names])
            return _unknown(column, f"没有叫“{step}”的项", f"是不是“{near}”？" if near else None)
        key = next((name for name in known.names if isinstance(value, dict) and name in value), known.name)
        path.append(key)
        value = value.get(key) if isinstance(value, dict) else None
        field, record = known, known.record
        free = known.kind in ("map", "texts")
        if known.kind == "any":
            record = None
        if known.kind == "rows" and index < len(steps) - 1 and not isinstance(value, list):
            return _unknown(column, f"“{'.'.join(steps[: index + 1])}”的各项要先写在共同的数据里", None)
    assert field is not None
    if field.kind in ("rows", "map", "texts"):
        return _unknown(column, f"“{column.name}”不是一个值", "写到其中的一项，如 指标体系.某指标.完成值")
    if field.kind == "record":
        field = Field(field.names, "text")
    return tuple(path), field


def _unknown(column: Column, what: str, mend: str | None) -> Finding:
    return Finding("B005", Level.ERROR, column.head, f"没有用“{column.name}”这一列：{what}", mend=mend)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _item(items: list[Any], step: str) -> Path | None:
    """The way to the item that is called `step`, among the items or below them (下级)."""
    for index, item in enumerate(items):
        if _called(item) == step:
            return (index,)
    for index, item in enumerate(items):
        below = item.get(BELOW) if isinstance(item, dict) else None
        if isinstance(below, list) and (found := _item(below, step)):
            return (index, BELOW, *found)
    return None


def _called(item: Any) -> str:
    said: Mapping[str, Any] = item if isinstance(item, dict) else {}
    return next((str(said[key]) for key in (*NAMING_KEYS, "指标名称") if said.get(key)), "")


def _clear(tree: Tree, path: Path) -> None:
    """Take away what stands at `path`, and make a mapping of what stands above it."""
    found = tree.data
    for depth, step in enumerate(path[:-1]):
        if isinstance(found, dict) and not isinstance(found.get(step), (dict, list)):
            found[step] = {"名称": found[step]} if isinstance(found.get(step), str) else {}
            tree.values.setdefault(path[: depth + 1], tree.where(path[:depth]))
        found = found[step]
    if isinstance(found, dict):
        found.pop(path[-1], None)
    for known in [one for one in tree.values if one[: len(path)] == path]:
        tree.values.pop(known, None)
    tree.suspects.pop(path, None)
