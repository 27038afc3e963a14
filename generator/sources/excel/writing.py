"""A tree becomes a workbook: the sheets and blocks of the layout, ready to be filled in further.

The same data gives the same bytes.  Figures are numbers where the number says exactly the same; all else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ...fields import MONEY_UNIT, NOTHING, Record
from ...findings import ReportError
from ...model import Evaluation
from ...template.archive import packed, write_docx
from ...values import number, plain
from ..yamltext import columns as columns_wide
from . import celltext
from .cells import MOST_DIGITS, letters
from .layout import (
    BELOW,
    CARRIED,
    CONTENT,
    KEY,
    LABEL,
    NAME,
    NOTE,
    NUMERALS,
    SIGN,
    WHEN_SAID,
    Block,
    Field,
    Names,
    Place,
    SheetPlan,
    columns_of,
    fields_of,
    key_field,
    plans,
    shown,
)
from .reading import TIP, UNNAMED, is_special

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "微软雅黑"
INK, PAPER, HEAD, TITLE, QUIET, LINE, EXAMPLE_INK = "1F2937", "FFFFFF", "1F4E79", "DCE9F5", "7A8794", "C9D3DD", "8C8C8C"
WIDTHS = {"amount": 15, "rate": 10, "date": 13, "count": 9, "number": 9, "yes": 9, "choice": 12, "list": 18, "any": 30}
FORMATS = {"amount": "#,##0.00", "date": "yyyy-mm-dd", "count": "0", "number": "General", "rate": "0.00%"}
LABEL_WIDTH, CONTENT_WIDTH, NOTE_WIDTH, PROSE_WIDTH, TEXT_WIDTH, LEVEL_WIDTH = 18, 60, 46, 44, 20, 16
SPARE, SPARE_BETWEEN = 30, 5
LEVELS = 3  # of an empty tree that has no frame
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PERCENT = re.compile(r"-?\d+(?:\.\d{1,2})?%")


@dataclass(frozen=True)
class Filling:
    """What helps to fill a workbook in: choices by column name, examples by block, hints by text, tips by sheet.

    `wanted` are columns that stand there although few need them; `spare` says whether empty rows follow.
    """

    choices: Mapping[str, Names] = field(default_factory=dict)
    examples: Mapping[Names, Any] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    wanted: Mapping[Names, frozenset[str]] = field(default_factory=dict)
    tips: Mapping[str, str] = field(default_factory=dict)
    spare: bool = True


def canonical(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data under the fields' own names, in their order, without what says nothing, texts without line ends."""
    found = _record(data, Evaluation)
    assert isinstance(found, dict)
    return found


def _record(value: Any, record: type[Record]) -> Any:
    if isinstance(value, str):
        return {key_field(record).name: value.strip()}
    if not isinstance(value, Mapping):
        return value
    found = {}
    for one in fields_of(record):
        said = next((value[name] for name in one.names if value.get(name) is not None), None)
        kept = None if said is None else _shaped(said, one)
        if kept is not None and (kept or one.kind in ("record", "any", "text")):
            found[one.name] = kept
    return found


def _shaped(value: Any, wanted: Field) -> Any:
    if wanted.kind == "record" and wanted.record:
        return _record(value, wanted.record)
    if wanted.kind == "rows" and wanted.record:
        single = isinstance(value, Mapping) or (isinstance(value, str) and value.strip() != NOTHING)
        items = [value] if single else value
        return [_record(item, wanted.record) for item in items] if isinstance(items, list) else _trimmed(items)
    if wanted.kind == "map" and wanted.record and isinstance(value, Mapping):
        return {key: _record(one, wanted.record) for key, one in value.items()}
    if wanted.kind == "texts" and isinstance(value, Mapping):
        return {key: _text(one) for key, one in value.items()}
    if wanted.kind == "list" and isinstance(value, str):
        return [value.strip()]
    if wanted.kind == "amount" and isinstance(value, str) and (figure := _figure(value.strip(), "amount")):
        return plain(figure[0])
    return _text(value) if wanted.kind == "prose" else _trimmed(value)


def _text(value: Any) -> Any:
    """A narrative without line ends at its texts' ends."""
    if isinstance(value, str):
        return value.rstrip() or None
    if isinstance(value, list):
        return [_text(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _text(one) for key, one in value.items()}
    return value


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_trimmed(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _trimmed(one) for key, one in value.items()}
    return value


def write(data: Mapping[str, Any], filling: Filling | None = None) -> bytes:
    """The workbook of canonical data; ReportError when a text is longer than a cell holds."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.creator = "jixiao"
    book.properties.title = "绩效评价数据"
    drawn = _Book(book, data, filling or Filling())
    for plan in plans():
        if plan.name not in WHEN_SAID or data.get(plan.name):
            drawn.sheet(plan)
    drawn.choices()
    stream = BytesIO()
    book.save(stream)
    return repacked(stream.getvalue())


def repacked(content: bytes) -> bytes:
    """The same workbook with fixed dates and sorted members, so that the same data gives the same bytes."""
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    fixed = rb"\g<1>2000-01-01T00:00:00Z\g<2>"
    members[core] = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)", fixed, members[core])
    first = "[Content_Types].xml"
    return write_docx(packed(name, members[name]) for name in sorted(members, key=lambda name: (name != first, name)))


@dataclass(frozen=True)
class _Row:
    """One row of a table: its cells by column label; in a tree its level, its name, and whether nodes stand below."""

    cells: dict[str, Any]
    level: int = 0
    name: str | None = None
    begins: bool = True
    inner: bool = False


class _Book:
    def __init__(self, book: Any, data: Mapping[str, Any], filling: Filling) -> None:
        self.book, self.data, self.filling = book, data, filling
        self.lists: dict[Names, str] = {}  # long choices, by where they stand

    def sheet(self, plan: SheetPlan) -> None:
        sheet: Worksheet = self.book.create_sheet(plan.name)
        _Sheet(self, sheet, plan).draw()

    def choices(self) -> None:
        """The hidden sheet of the choices that are too long to stand in a drop-down's own rule."""
        if not self.lists:
            return
        sheet = self.book.create_sheet("选项")
        sheet.sheet_state = "hidden"
        for column, values in enumerate(self.lists, 1):
            for row, value in enumerate(values, 1):
                sheet.cell(row, column, value)

    def rule(self, values: Names) -> str:
        """What a drop-down of these values refers to."""
        text = ",".join(values)
        if len(text) <= 200:
            return f'"{text}"'
        if values not in self.lists:
            column = letters(len(self.lists) + 1)
            self.lists[values] = f"选项!${column}$1:${column}${len(values)}"
        return self.lists[values]


class _Sheet:
    """Draws one sheet from top to bottom."""

    def __init__(self, book: _Book, sheet: Worksheet, plan: SheetPlan) -> None:
        self.book, self.sheet, self.plan = book, sheet, plan
        self.row = 1
        self.widths: dict[int, int] = {}
        self.rules: dict[Names, Any] = {}
        self.alone = len(plan.blocks) == 1
        self.tall = False  # whether a table's rows hold long texts: then they begin at the top
        tables = [block for block in plan.blocks if block.kind not in ("pairs", "texts")]
        self.columns = {block.path: self._columns(block) for block in tables}
        self.content = 2  # the last column of a pair's content, and of its note
        self.note = 3
        if tables:
            self._share_columns(tables)

    def draw(self) -> None:
        tip = self.book.filling.tips.get(self.plan.name)
        if tip:
            self._tip(f"{TIP} {tip}")
        for index, block in enumerate(self.plan.blocks):
            last = index == len(self.plan.blocks) - 1
            if index:
                self.row += 1
            if not self.alone:
                self._title(block)
            if block.kind == "pairs":
                self._pairs(block)
            elif block.kind == "texts":
                self._texts(block)
            else:
                self._table(block, SPARE if last else SPARE_BETWEEN)
        for column, width in self.widths.items():
            self.sheet.column_dimensions[letters(column)].width = width
        self._view(bool(tip))

    def _view(self, tip: bool) -> None:
        sheet = self.sheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 100
        heads = (2 if tip else 1) + 1 if self.alone else (2 if tip else 1)
        kind = self.plan.blocks[0].kind
        names = self._level_count(self.plan.blocks[0]) if self.alone and kind == "tree" else 1
        sheet.freeze_panes = f"{letters(names + 1)}{heads}"
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = margins.bottom = 0.4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
        if self.alone:
            sheet.print_title_rows = f"{heads - 1}:{heads - 1}"

    # Widths and columns.

    def _columns(self, block: Block) -> list[Place]:
        used = {label for row in self._rows(block) for label in row.cells}
        wanted = self.book.filling.wanted.get(block.path, frozenset())
        return [
            place
            for place in columns_of(block)
            if (place.label in used or place.label in wanted or shown(block, place))
            and not (place.label == NAME and self._levels(block))
        ]

    def _levels(self, block: Block) -> bool:
        """Whether a tree stands in level columns: when it has more than one level, or is one by its nature."""
        return block.kind == "tree" and (block.path[0] != "资金" or self._depth(block) > 1)

    def _depth(self, block: Block) -> int:
        return max((row.level + 1 for row in self._rows(block)), default=0)

    def _level_count(self, block: Block) -> int:
        if not self._levels(block):
            return 0
        depth = self._depth(block)
        return max(depth, LEVELS if block.path[0] != "资金" else 2)

    def _share_columns(self, tables: Sequence[Block]) -> None:
        """One set of widths for all tables of a sheet; a pair's content and note span what they need of it."""
        for block in tables:
            levels = self._level_count(block)
            for column in range(1, levels + 1):
                self.widths[column] = max(self.widths.get(column, 0), LEVEL_WIDTH)
            for column, place in enumerate(self.columns[block.path], levels + 1):
                self.widths[column] = max(self.widths.get(column, 0), _width(place))
        if self.alone:
            return
        self.widths[1] = max(self.widths.get(1, 0), LABEL_WIDTH)
        column, total = 2, 0
        while total + self.widths.setdefault(column, TEXT_WIDTH) < CONTENT_WIDTH:
            total += self.widths[column]
            column += 1
        self.content, column, total = column, column + 1, 0
        while total + self.widths.setdefault(column, TEXT_WIDTH) < NOTE_WIDTH:
            total += self.widths[column]
            column += 1
        self.note = column

    def _with_unit(self, label: str, wanted: Field) -> str:
        """A label, for amounts with the unit that their bare numbers are in."""
        unit = self.book.data.get(MONEY_UNIT)
        return f"{label}（{unit}）" if unit and wanted.kind == "amount" else label

    def _wide(self, first: int, last: int) -> int:
        return sum(self.widths.get(column, 9) for column in range(first, last + 1))

    # Drawing.

    def _put(self, row: int, column: int, value: Any, **look: Any) -> Any:
        cell: Any = self.sheet.cell(row, column)
        cell.value = _ESCAPED.sub(r"_x005F_x\1_", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
        _look(cell, **look)
        return cell

    def _tip(self, text: str) -> None:
        last = 3 if not self.columns else 6 if self.alone else self.note
        self._put(self.row, 1, text, ink=QUIET, size=9, border=False)
        self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=last)
        self.sheet.row_dimensions[self.row].height = 20
        self.row += 1

    def _title(self, block: Block) -> None:
        self._put(self.row, 1, block.name, bold=True, size=12, fill=TITLE, ink=HEAD, border=False, left=True)
        last = self.note if block.kind in ("pairs", "texts") else self._last(block)
        for column in range(2, last + 1):
            self._put(self.row, column, None, fill=TITLE, border=False)
        self.sheet.row_dimensions[self.row].height = 24
        self.row += 1

    def _last(self, block: Block) -> int:
        return self._level_count(block) + len(self.columns[block.path])

    def _head_pairs(self) -> None:
        if not self.columns:
            self.widths = {1: LABEL_WIDTH, 2: CONTENT_WIDTH, 3: NOTE_WIDTH}
        for column in range(1, self.note + 1):
            self._put(self.row, column, None, bold=True, fill=HEAD, ink=PAPER, centre=True)
        for column, text in ((1, LABEL), (2, CONTENT), (self.content + 1, NOTE)):
            self.sheet.cell(self.row, column).value = text
        self._merge()
        self.sheet.row_dimensions[self.row].height = 22
        self.row += 1

    def _merge(self) -> None:
        for first, last in ((2, self.content), (self.content + 1, self.note)):
            if last > first:
                self.sheet.merge_cells(start_row=self.row, start_column=first, end_row=self.row, end_column=last)

    def _pairs(self, block: Block) -> None:
        self._head_pairs()
        marked: set[Names] = set()
        for place in block.places:
            value = _at(self.book.data, place.path)
            if value is None and not shown(block, place):
                continue
            root = place.path[:-1]
            emptied = bool(root) and _at(self.book.data, root) == {} and root not in marked
            if emptied:
                marked.add(root)
            self._pair(place.label, value, place.field, emptied)

    def _pair(self, label: str | None, value: Any, wanted: Field, empty: bool = False) -> None:
        for column in range(1, self.note + 1):
            self._put(self.row, column, None)
        head = self._with_unit(label, wanted) if label else None
        self._put(self.row, 1, head, bold=True, wrap=True, left=True)
        self._value(self.row, 2, celltext.EMPTY if empty else value, wanted, label or "", table=False)
        note = self.book.filling.hints.get(label or "", wanted.meaning) + ("（必填）" if wanted.required else "")
        self._put(self.row, self.content + 1, note, ink=QUIET, size=9, wrap=True, left=True)
        self._merge()
        written = self.sheet.cell(self.row, 2).value
        self._height(
            [(str(written or ""), self._wide(2, self.content)), (note, self._wide(self.content + 1, self.note))],
            60 if wanted.kind == "prose" and value is None else 20,
        )
        self.row += 1

    def _texts(self, block: Block) -> None:
        self._head_pairs()
        for key, value in (_at(self.book.data, block.path) or {}).items():
            label = celltext.write("text", key, is_special(key, alone=value is None))
            self._pair(label, value, Field((key,), "prose", ""))
        for _ in range(3 if self.book.filling.spare else 0):
            self._pair(None, None, Field(("",), "prose", ""))

    def _table(self, block: Block, spare: int) -> None:
        levels, places = self._level_count(block), self.columns[block.path]
        self.tall = any(place.field.kind in ("prose", "any") for place in places)
        heads = [f"{NUMERALS[level]}级" for level in range(levels)]
        heads += [self._with_unit(place.label, place.field) for place in places]
        notes = [_level_note(block)] * levels + [place.field.meaning for place in places]
        if self.alone:
            for column in range(1, levels + 1):
                self.widths[column] = LEVEL_WIDTH + 4
        for column, (head, note) in enumerate(zip(heads, notes, strict=True), 1):
            cell = self._put(self.row, column, head, bold=True, fill=HEAD, ink=PAPER, centre=True, wrap=True)
            if note:
                _comment(cell, note)
        self.sheet.row_dimensions[self.row].height = 26
        self.row += 1
        if example := self.book.filling.examples.get(block.path):
            for row in _laid_out(block, example if block.kind == "map" else [example]):
                self._table_row(block, row, levels, places, ink=EXAMPLE_INK)
        value = _at(self.book.data, block.path)
        if value == "无":
            self._table_row(block, _Row({places[0].label: "无"}), levels, places, literal=True)
        for row in self._rows(block):
            self._table_row(block, row, levels, places)
        for _ in range(spare if self.book.filling.spare else 0):
            self._table_row(block, _Row({}), levels, places)

    def _rows(self, block: Block) -> list[_Row]:
        value = _at(self.book.data, block.path)
        return list(_laid_out(block, value)) if isinstance(value, (list, dict)) else []

    def _table_row(
        self, block: Block, row: _Row, levels: int, places: Sequence[Place], ink: str = INK, literal: bool = False
    ) -> None:
        sizes: list[tuple[str, int]] = []
        inner = bool(levels) and row.inner
        fill = TITLE if inner and ink == INK else None
        first = True
        alone = len(row.cells) == 1
        for column in range(1, levels + 1):
            text: str | None = None
            if row.begins and column == row.level + 1 and (row.cells or row.name):
                text = UNNAMED
                if row.name is not None:
                    text = celltext.write("text", row.name, is_special(row.name, alone and column == 1) and ink == INK)
                first = False
            self._put(self.row, column, text, ink=ink, bold=inner, wrap=True, fill=fill, top=self.tall, left=True)
            sizes.append((text or "", self.widths.get(column, LEVEL_WIDTH)))
        for column, place in enumerate(places, levels + 1):
            value = row.cells.get(place.label)
            special = ink == INK and not literal and first and _is_special(place.field.kind, value, alone)
            first = first and value is None
            self._value(self.row, column, value, place.field, place.label, special, ink, fill)
            written = self.sheet.cell(self.row, column).value
            sizes.append((written if isinstance(written, str) else "", self.widths.get(column, TEXT_WIDTH)))
        self._height(sizes, 20)
        self.row += 1

    def _value(
        self,
        row: int,
        column: int,
        value: Any,
        wanted: Field,
        label: str,
        special: bool = False,
        ink: str = INK,
        fill: str | None = None,
        table: bool = True,
    ) -> None:
        """One cell: a number where that says exactly the same, else text; with its format and its drop-down."""
        shown_as = FORMATS.get(wanted.kind, "@")
        content: Any = None
        if isinstance(value, celltext.Empty):
            content, shown_as = celltext.MARK, "@"
        elif value is not None:
            figure = _figure(value, wanted.kind) if isinstance(value, str) and not special else None
            if figure is not None:
                content, shown_as = figure
            else:
                shown_as = "@" if wanted.kind not in ("amount", "rate", "date") else shown_as
                try:
                    content = celltext.write(wanted.kind, value, special)
                except ValueError as error:
                    raise ReportError(f"“{self.plan.name}”的“{label}”：{error}") from None
        left = wanted.kind not in ("amount", "rate", "count", "number")
        cell = self._put(
            row, column, content, ink=ink, wrap=left, top=table and self.tall, fill=fill, left=left or not table
        )
        cell.number_format = shown_as
        choices = (
            self.book.filling.choices.get(label) or wanted.choices or (("是", "否") if wanted.kind == "yes" else ())
        )
        if choices:
            self._drop_down(cell, choices)

    def _drop_down(self, cell: Cell, choices: Names) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        if choices not in self.rules:
            rule = DataValidation("list", formula1=self.book.rule(choices), allow_blank=True)
            rule.errorTitle, rule.error = "不在可选范围", "请从下拉列表里选一个"
            self.sheet.add_data_validation(rule)
            self.rules[choices] = rule
        self.rules[choices].add(cell)

    def _height(self, texts: Sequence[tuple[str, int]], least: int) -> None:
        """Give the row the height that its longest text needs: spreadsheets do not do so for merged cells."""
        lines = max((_lines(text, width) for text, width in texts), default=1)
        self.sheet.row_dimensions[self.row].height = max(least, min(400, 6 + 15 * lines))


def _laid_out(block: Block, value: Any, level: int = 0) -> Iterator[_Row]:
    """The rows of a table: one a record, further ones for what a child list has more."""
    if block.kind == "list":
        yield from (_Row({NAME: item}) for item in value)
        return
    records = value.items() if isinstance(value, Mapping) else ((None, item) for item in value)
    above: dict[str, Any] = {}
    for key, record in records:
        own: dict[str, Any] = {} if key is None else {KEY: key}
        children: dict[str, list[dict[str, Any]]] = {}
        for place in columns_of(block):
            if place.child:
                for index, item in enumerate(record.get(place.child) or []):
                    cells = children.setdefault(place.child, [])
                    if len(cells) <= index:
                        cells.append({})
                    if (said := _at(item, place.path)) is not None:
                        cells[index][place.label] = said
            elif place.path and place.field is not SIGN and (said := _at(record, place.path)) is not None:
                own[place.label] = said
        for child, cells in children.items():
            for one in cells:
                if not one:
                    one[child] = celltext.EMPTY
        assert block.record is not None
        if not own:
            own[key_field(block.record).name] = celltext.EMPTY
        _say_blank(block, own, above)
        above = dict(own)
        below = record.get(BELOW) if block.kind == "tree" else None
        name = record.get(NAME) if block.kind == "tree" else None
        count = max([1, *map(len, children.values())])
        for index in range(count):
            more = {
                label: one for cells in children.values() if index < len(cells) for label, one in cells[index].items()
            }
            yield _Row({**(own if index == 0 else {}), **more}, level, name, index == 0, bool(below))
        if below:
            yield from _laid_out(block, below, level + 1)


def _say_blank(block: Block, own: dict[str, Any], above: Mapping[str, Any]) -> None:
    """Say on purpose that there is nothing where a blank cell would mean: same as above."""
    for name in CARRIED.get(block.path, ()):
        if name not in own and isinstance(above.get(name), str):
            own[name] = celltext.EMPTY


def _at(value: Any, path: Names) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _is_special(kind: str, value: Any, alone: bool) -> bool:
    text = celltext.plain(kind, value)
    return text is not None and is_special(text, alone)


def _figure(text: str, kind: str) -> tuple[Any, str] | None:
    """The number or date that says exactly what `text` does, with its format; None when none does."""
    if kind == "date" and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text), "yyyy-mm-dd"
        except ValueError:
            return None
    if kind == "rate" and _PERCENT.fullmatch(text):
        value = Decimal(text[:-1]) / 100
        return (value, "0%" if "." not in text else "0.00%") if plain(value * 100) + "%" == text else None
    if kind not in ("amount", "count", "number"):
        return None
    try:
        value = number(text)
    except ValueError:
        return None
    if len(value.as_tuple().digits) > MOST_DIGITS or (kind != "amount" and plain(value) != text):
        return None
    return value, FORMATS[kind]


def _width(place: Place) -> int:
    if place.field.kind == "prose":
        return PROSE_WIDTH
    wide = WIDTHS.get(place.field.kind, TEXT_WIDTH)
    return max(wide, columns_wide(place.label) + 2)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of that width."""
    return sum(max(1, -(-columns_wide(line) // max(1, width - 2))) for line in text.split("\n"))


def _level_note(block: Block) -> str:
    return "一行一个；上级单独一行，下级写在右边一列。空着的级别与上面相同。"


def _look(
    cell: Cell,
    *,
    bold: bool = False,
    size: int = 10,
    ink: str = INK,
    fill: str | None = None,
    border: bool = True,
    centre: bool = False,
    wrap: bool = False,
    top: bool = False,
    left: bool = False,
) -> None:
    cell.font = _font(size, bold, ink)
    cell.alignment = _alignment(centre, left, top, wrap or centre)
    if fill:
        cell.fill = _fill(fill)
    if border:
        cell.border = _border()


@cache
def _font(size: int, bold: bool, ink: str) -> Any:
    from openpyxl.styles import Font

    return Font(name=FONT, size=size, bold=bold, color=ink)


@cache
def _alignment(centre: bool, left: bool, top: bool, wrap: bool) -> Any:
    from openpyxl.styles import Alignment

    across = "center" if centre else "left" if left else None
    return Alignment(horizontal=across, vertical="top" if top else "center", wrap_text=wrap, indent=1 if left else 0)


@cache
def _fill(colour: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=colour)


@cache
def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=LINE)
    return Border(left=side, right=side, top=side, bottom=side)


def _comment(cell: Cell, text: str) -> None:
    from openpyxl.comments import Comment

    note = Comment(text, "jixiao")
    note.width, note.height = 260, 24 + 18 * _lines(text, 38)
    cell.comment = note
