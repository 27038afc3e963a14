"""Cells become a tree: sheets are cut into blocks, blocks into rows, rows into records, each value with its cell.

What is not understood is named, never dropped in silence: an unknown sheet, row or column is a 提示, a cell that
cannot be read an 错误.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from ...fields import MONEY_UNIT, Path
from ...findings import Finding, Level, Location, rows_in_runs
from ...records import closest
from ...values import narrow, plain
from .. import Tree
from ..yaml import FORBIDDEN, forbidden
from . import celltext, leftover
from .cells import MOST_DIGITS, UNREADABLE, Cell, Sheet, letters, read_sheets, unreadable, written_day
from .layout import (
    BELOW,
    CARRIED,
    CONTENT,
    KEY,
    LABEL,
    NAME,
    NO_SHEETS,
    NOTE,
    NUMERALS,
    SIGN,
    Block,
    Field,
    Place,
    SheetPlan,
    columns_of,
    level_of,
    plans,
)

TIP = "※"
EXAMPLE = "示例"
UNNAMED = "-"
OWN_SHEETS = ("填写说明", "选项")
ALIASES = ("别名", "名称对照")  # the sheet by which a firm's own titles are known: 本所的叫法, 程序的名称
_SUMS = re.compile(r"合\s*计|总\s*计|小\s*计|共\s*计")
_REMARK = re.compile(r"(?:注|备注|说明|填表说明|注意)\s*[:：].*", re.DOTALL)
_UNIT_LINE = re.compile(r"[（(]?(?:金额)?单位\s*[:：]\s*(?:人民币)?([百千万亿]*元|[\u4e00-\u9fff]{1,3}元)\s*[)）]?")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]$")
MONEY_UNITS = ("元", "万元", "亿元")
_UNITS = {"元": "元", "万元": "万元", "亿元": "亿元", "%": "%", "％": "%"}
_BARE_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_SERIALS = range(20_000, 80_000)  # days that a date column may hold as bare numbers: 1954 to 2119


def is_special(text: str, alone: bool = False) -> bool:
    """Whether a text at the beginning of a row, or alone in it, makes the row something other than data."""
    text = text.strip()
    if alone and any(without_unit(text)[0] in block.names for plan in plans() for block in plan.blocks):
        return True
    return (
        text.startswith((TIP, EXAMPLE))
        or text in ("无", UNNAMED, LABEL)
        or bool(_SUMS.fullmatch(text) or _REMARK.fullmatch(text) or _UNIT_LINE.fullmatch(text))
    )


def read(content: bytes, file: str) -> Tree:
    """The tree of a workbook; ReportError when it is no workbook that can be read."""
    return _Reader(file).read(read_sheets(content, file))


def put_cell(tree: Tree, sheet: str, path: Path, cell: Cell, wanted: Field, unit: str) -> None:
    """Put what one cell says at `path` of `tree`, as a workbook of the data's own is read; what is wrong is told."""
    reader = _Reader(tree.file)
    reader.tree, reader.sheet = tree, Sheet(sheet)
    reader.put(path, cell, wanted, unit)


@dataclass
class _Column:
    """A column of a table: where its values go, the unit that its header names, and its header's cell."""

    place: Place
    unit: str
    header: Location


@dataclass
class _Section:
    """A block as it is being read: its header, and where in its lists it stands."""

    block: Block
    unit: str = ""
    content: int = 0  # the column of a pair's content
    columns: dict[int, _Column] | None = None
    levels: dict[int, int] = field(default_factory=dict)  # level by column
    header: tuple[str, ...] = ()
    begins: int = 0  # the header's first column
    stack: list[tuple[str, Path]] = field(default_factory=list)
    last: Path | None = None
    example: bool = False  # whether the rows above are an example
    carried: dict[str, tuple[str, Location]] = field(default_factory=dict)


class _Reader:
    def __init__(self, file: str) -> None:
        self.tree = Tree(file, {}, {(): Location(file)})
        self.file = file
        self.sheet: Sheet = Sheet("")
        self.units: list[tuple[Path, str]] = []  # amounts whose header or number format names a unit
        self.called: dict[str, str] = {}  # the program's names by the firm's own

    def read(self, sheets: Sequence[Sheet]) -> Tree:
        for sheet in sheets:
            if sheet.name.strip() in ALIASES:
                self._aliases(sheet)
        for sheet in sheets:
            if not sheet.rows or sheet.name.strip() in (*OWN_SHEETS, *ALIASES):
                continue
            plan, block = _plan(self._meant(sheet.name)[0])
            self.sheet = sheet
            if plan is None:
                what = f"没有用“{sheet.name}”这张表：不认识它的名称"
                mend = f"可用的有：{'、'.join(one.name for one in plans())}"
                self._tell("B005", Level.HINT, Location(self.file, sheet=sheet.name), what, mend=mend)
                continue
            self._hidden(sheet)
            self._sheet(sheet, plan, block)
        self._amounts()
        return self.tree

    def put(self, path: Path, cell: Cell, wanted: Field, unit: str) -> None:
        """Put what one cell says at `path`."""
        self._value(path, cell, wanted, unit, None)
        self._amounts()

    def _aliases(self, sheet: Sheet) -> None:
        """Keep the firm's own titles of sheets, blocks and columns; a name that nothing has is told."""
        self.sheet = sheet
        known = _every_name()
        for number in sorted(sheet.rows):
            own, *rest = (cell for _, cell in sorted(sheet.rows[number].items()))
            name = without_unit(rest[0].text)[0] if rest else ""
            if name in known:
                self.called[without_unit(own.text)[0]] = name
            elif number != min(sheet.rows):  # the first row may be a heading
                near = closest(name, known) if name else None
                what = f"没有用这一行：程序里没有叫“{name}”的表、块或栏" if name else "没有用这一行：没有写程序的名称"
                self._tell("B005", Level.HINT, self._here(own), what, mend=f"是不是“{near}”？" if near else None)

    def _meant(self, text: str) -> tuple[str, str]:
        """What the program calls a title or header, and the unit behind it."""
        name, unit = without_unit(text)
        return self.called.get(name, name), unit

    def _amounts(self) -> None:
        """Write the units of headers behind their amounts, where they are not the file's own."""
        own = self.tree.data.get(MONEY_UNIT)
        for path, unit in self.units:
            if unit != own:
                parent = self.tree.at(path[:-1])
                parent[path[-1]] += unit

    def _hidden(self, sheet: Sheet) -> None:
        told = (
            (["整张表"] if sheet.hidden else [])
            + ([f"第 {rows_in_runs(sheet.hidden_rows)} 行"] if sheet.hidden_rows else [])
            + (
                [f"{'、'.join(letters(one) for one in sorted(sheet.hidden_columns))} 列"]
                if sheet.hidden_columns
                else []
            )
        )
        if told:
            what = f"隐藏的{'、'.join(told)}里有内容，照样读了"
            self._tell("B006", Level.HINT, Location(self.file, sheet=sheet.name), what, mend="不要的请删去")

    def _sheet(self, sheet: Sheet, plan: SheetPlan, block: Block) -> None:
        numbers = sorted(sheet.rows)
        section = _Section(self._first_block(sheet, plan, block))
        for index, number in enumerate(numbers):
            cells = [sheet.rows[number][column] for column in sorted(sheet.rows[number])]
            following = sheet.rows[numbers[index + 1]] if index + 1 < len(numbers) else {}
            first = cells[0].text.strip()
            if first.startswith(TIP):
                continue
            if len(cells) == 1 and (match := _UNIT_LINE.fullmatch(first)):
                section.unit = match[1]
            elif len(cells) == 1 and (found := self._title(cells[0], plan, section, number, following)):
                section = found
            elif section.block.kind in ("pairs", "texts"):
                self._pair(section, cells, plan)
            elif section.columns is None:
                self._header(section, cells)
            elif tuple(cell.text.strip() for cell in cells) != section.header:
                self._data(section, cells)

    def _title(
        self, cell: Cell, plan: SheetPlan, current: _Section, number: int, following: dict[int, Cell]
    ) -> _Section | None:
        """The block that a row with one filled cell begins, if it is a title: not right of where the table begins."""
        if current.begins and cell.column > current.begins:
            return None
        name, unit = self._meant(cell.text)
        block = next((one for one in plan.blocks if name in one.names), None) or next(
            (one for other in plans() for one in other.blocks if name in one.names), None
        )
        if block is None:
            return None
        apart = number - 1 not in self.sheet.rows or not current.header
        table = current.block.kind in ("rows", "tree", "map")
        begins = apart and (table or not following) and current.block.kind != "list" and block in plan.blocks
        if begins or (following and _looks_like_header(block, self._names(following.values()))):
            return _Section(block, unit)
        return None

    # Pairs: a label, its content.

    def _pair(self, section: _Section, cells: list[Cell], plan: SheetPlan) -> None:
        label, *rest = cells
        text = label.text.strip()
        if text == LABEL:
            section.content = next((cell.column for cell in rest if cell.text.strip() == CONTENT), 0)
            section.header = tuple(cell.text.strip() for cell in cells)
            return
        wanted = section.content or label.column + 1
        content = next((cell for cell in rest if cell.column == wanted), None)
        if self._is_example(label):
            return
        key = self._here(label)
        if section.block.kind == "texts":
            path: Path = (*section.block.path, str(self._text(label)))
            if self.tree.at(path) is None:
                self._put(path, None, key, key)
            if content:
                self._value(path, content, Field((text,), "prose"), "", key)
            return
        name, unit = self._meant(text)
        found = _pair_place(section.block, name, plan)
        if found is None:
            if content and not _REMARK.fullmatch(text):
                known = [place.label for place in section.block.places]
                near = closest(name, known)
                mend = f"是不是“{near}”？" if near else None
                self._tell(
                    "B005", Level.HINT, key, f"没有用“{text}”这一行：“{section.block.name}”里没有这一项", mend=mend
                )
        elif content:
            self._value(found.path, content, found.field, unit or section.unit, key)

    # Tables: a header, then rows.

    def _header(self, section: _Section, cells: list[Cell]) -> None:
        section.columns = {}
        section.begins = cells[0].column
        section.header = tuple(cell.text.strip() for cell in cells)
        taken: dict[str, str] = {}
        for cell in cells:
            name, unit = self._meant(cell.text)
            if section.block.kind == "tree" and (level := level_of(name)) is not None:
                section.levels[cell.column] = level
                continue
            place = _column_place(section.block, name)
            if place is None:
                if name not in (NOTE, "序号", "编号", "备注"):
                    near = closest(name, [one.label for one in columns_of(section.block)])
                    what = f"没有用“{cell.text.strip()}”这一列：“{section.block.name}”里没有这一项"
                    mend = f"是不是“{near}”？" if near else None
                    self._tell("B005", Level.HINT, self._here(cell), what, mend=mend)
            elif place.label in taken:
                what = f"“{place.label}”有两列，另一列在 {taken[place.label]}，没有用这一列"
                self._tell("B004", Level.ERROR, self._here(cell), what, mend="删去其中一列，或改名")
            else:
                taken[place.label] = cell.name
                section.columns[cell.column] = _Column(place, unit, self._here(cell))

    def _data(self, section: _Section, cells: list[Cell]) -> None:
        assert section.columns is not None
        block, first = section.block, cells[0]
        filled = [cell for cell in cells if cell.column in section.columns or cell.column in section.levels]
        text = first.text.strip()
        if not filled:
            return
        if self._is_example(first):
            section.last, section.example = None, True
            return
        if _SUMS.fullmatch(text) and block.kind != "list":
            self._tell("B007", Level.HINT, self._here(first), f"没有读“{text}”这一行：合计由程序相加")
            return
        if len(cells) == 1 and _REMARK.fullmatch(text):
            self._tell("B007", Level.HINT, self._here(first), "没有读表下的注：它不是数据")
            return
        if len(cells) == 1 and first.text.strip() == "无" and block.kind == "rows" and not self.tree.at(block.path):
            self._put(block.path, "无", self._here(first))
            return
        if block.kind == "list":
            items = self._list(block.path, self._here(first))
            self._value((*block.path, len(items)), filled[0], section.columns[filled[0].column].place.field, "", None)
            return
        cells = [cell for cell in filled if cell.column in section.columns]
        if self._is_left_over(section, filled, cells):
            return
        row = self._row(section, filled)
        if row is not None:
            self._fill(section, row, cells)

    def _is_left_over(self, section: _Section, filled: list[Cell], cells: list[Cell]) -> bool:
        """Whether a further row is the rest of an example that was typed over; single cells of one are told."""
        assert section.columns is not None
        places = {section.columns[cell.column].place.label: section.columns[cell.column].place for cell in cells}
        by_label = {section.columns[cell.column].place.label: cell for cell in cells}
        further = len(cells) == len(filled) and all(place.child for place in places.values())
        if further and section.example:
            return False  # `_row` knows what follows a whole example
        if further and leftover.is_left_over(section.block, by_label):
            self._tell("B007", Level.HINT, self._here(filled[0]), "没有读这一行：它还是灰色的示例", mend="请删去这一行")
            return True
        left = leftover.left_in(section.block, {label: (by_label[label], places[label].field) for label in by_label})
        if left:
            said = "、".join(f"{cell.name} 的“{cell.text.strip()[:20]}”" for cell in left)
            what = f"{said}和灰色示例里的一样，照样读了"
            self._tell("B018", Level.WARNING, self._here(left[0]), what, mend="是示例留下的，请改掉")
        return False

    def _row(self, section: _Section, filled: list[Cell]) -> Path | None:
        """The path of a row's record: a new one, or the one above when only cells of its lists are filled."""
        assert section.columns is not None
        block = section.block
        own = [cell for cell in filled if cell.column in section.levels or not section.columns[cell.column].place.child]
        if not own and section.example and all(cell.grey for cell in filled):
            return None
        section.example = False
        if not own:
            if section.last is None:
                self._tell("B008", Level.ERROR, self._here(filled[0]), "这一行不知道接在哪一条下面：前面还没有一条")
            return section.last
        if section.levels:
            return self._node(section, filled)
        if block.kind == "map":
            key = next((cell for cell in own if section.columns[cell.column].place.label == KEY), None)
            if key is None:
                what = f"这一行没有“{KEY}”"
                self._tell("B008", Level.ERROR, self._here(own[0]), what, mend="填上文中引用时用的短名称")
                return None
            section.last = (*block.path, str(self._text(key)))
            self._put(section.last, {}, self._here(key), self._here(key))
            return section.last
        carried = CARRIED.get(block.path, ())
        if carried and all(section.columns[cell.column].place.label in carried for cell in own):
            self._carry(section, own)
            return None
        section.last = self._new(block.path, self._here(filled[0]))
        if carried:
            self._carry(section, own)
            for name, (value, place) in section.carried.items():
                self._put((*section.last, name), value, place)
        return section.last

    def _carry(self, section: _Section, own: list[Cell]) -> None:
        """Keep what a blank cell below stands for; a new group begins without the subgroup of the one above."""
        assert section.columns is not None
        names = CARRIED[section.block.path]
        for cell in own:
            name = section.columns[cell.column].place.label
            if name not in names:
                continue
            value = self._text(cell)
            if section.carried.get(name, ("",))[0] != value:
                for later in names[names.index(name) :]:
                    section.carried.pop(later, None)
            if value is not None:
                section.carried[name] = (value, self._here(cell))

    def _node(self, section: _Section, filled: list[Cell]) -> Path | None:
        """The path of a new node of a tree, by the row's level cells; a blank one means: same as above."""
        block = section.block
        levels = sorted((section.levels[cell.column], cell) for cell in filled if cell.column in section.levels)
        if not levels:
            what = f"这一行没有名称：{'、'.join(f'{NUMERALS[one]}级' for one in sorted(section.levels.values()))}都空着"
            self._tell("B008", Level.ERROR, self._here(filled[0]), what, mend="在最末一级填上名称")
            section.last = None
            return None
        for level, cell in levels:
            name = self._text(cell)
            deepest = level == levels[-1][0]
            if not deepest and level < len(section.stack) and section.stack[level][0] == name:
                continue
            if level > len(section.stack):
                what = f"“{name}”没有上一级：{NUMERALS[level - 1]}级还是空的"
                self._tell("B008", Level.ERROR, self._here(cell), what)
                section.last = None
                return None
            del section.stack[level:]
            parent = (*section.stack[-1][1], BELOW) if section.stack else block.path
            path = self._new(parent, self._here(cell))
            if cell.text.strip() != UNNAMED:
                self._put((*path, NAME), str(name), self._here(cell))
            section.stack.append((str(name), path))
        section.last = section.stack[-1][1]
        return section.last

    def _fill(self, section: _Section, row: Path, cells: list[Cell]) -> None:
        """The values of a row: its own fields, and one new record in each child list that has a filled cell."""
        assert section.columns is not None
        children: dict[str, Path] = {}
        carried = CARRIED.get(section.block.path, ())
        signs: list[tuple[Path, Cell]] = []
        for cell in cells:
            column = section.columns[cell.column]
            place = column.place
            if place.label in carried or not (place.path or place.child):
                continue
            if place.field is SIGN:
                signs.append(((*row, *place.path), cell))
                continue
            if place.child and place.child not in children:
                children[place.child] = self._new((*row, place.child), self._here(cell))
            target = (*children[place.child], *place.path) if place.child else (*row, *place.path)
            self._value(target, cell, place.field, column.unit or section.unit, column.header)
        for target, cell in signs:
            self._sign(target, cell)

    def _sign(self, path: Path, cell: Cell) -> None:
        """Put the sign of a cell of its own before the target's number; one that does not fit there is told."""
        sign, value = cell.text.strip(), self.tree.at(path)
        if sign not in SIGN.choices:
            self._tell("B004", Level.ERROR, self._here(cell), f"“{sign}”不是符号，可用 {' '.join(SIGN.choices)}", sign)
        elif isinstance(value, str) and value[:1].isdigit():
            self.tree.at(path[:-1])[path[-1]] = sign + value
        elif isinstance(value, str) and not value.startswith(sign):
            what = f"指标值是“{value}”，前面放不上符号“{sign}”"
            self._tell("B004", Level.ERROR, self._here(cell), what, mend="只写一处；指标值是文字的不写符号")

    def _first_block(self, sheet: Sheet, plan: SheetPlan, block: Block) -> Block:
        """The block that a sheet without a title begins with: the one whose header its first full row is."""
        for number in sorted(sheet.rows):
            cells = [cell for _, cell in sorted(sheet.rows[number].items())]
            if len(cells) > 1 and not cells[0].text.startswith(TIP):
                names = self._names(cells)
                fitting = [one for one in (block, *plan.blocks) if _looks_like_header(one, names)]
                return fitting[0] if fitting else block
        return block

    def _names(self, cells: Iterable[Cell]) -> list[str]:
        return [self._meant(cell.text)[0] for cell in cells]

    # One cell.

    def _text(self, cell: Cell) -> str | None:
        """A cell as a name; None for a cell that says on purpose that there is none."""
        value = self._read(cell, "text")
        return None if value is None or isinstance(value, celltext.Empty) else str(value)

    def _value(self, path: Path, cell: Cell, wanted: Field, unit: str, key: Location | None) -> None:
        place = self._here(cell)
        self._containers(path[:-1], place)
        value = self._read(cell, wanted.kind)
        if value is None or isinstance(value, celltext.Empty):
            return
        if isinstance(value, str):
            value = self._shaped(cell, wanted, value, unit)
        unit = cell.unit or unit
        bare = wanted.kind == "amount" and isinstance(value, str) and _BARE_NUMBER.fullmatch(narrow(value))
        if bare and unit and unit not in MONEY_UNITS:
            what = f"不认识金额单位“{unit}”，这一格没有读"
            self._tell("B004", Level.ERROR, place, what, cell.text, mend="换算成元、万元或亿元，并改表头或单元格的格式")
            return
        if self._put(path, value, place, key) and bare and unit:
            self.units.append((path, unit))

    def _read(self, cell: Cell, kind: str) -> Any:
        """What a cell says, by the kind of its field; None, and told, when it cannot be read."""
        place = self._here(cell)
        if cell.kind in UNREADABLE:
            self.tree.findings.append(unreadable(cell, place))
            return None
        if found := FORBIDDEN.search(cell.text):
            self.tree.findings.append(forbidden(place, found[0]))
            return None
        try:
            return celltext.read(kind, cell.text)
        except celltext.CellError as error:
            self._tell("B004", Level.ERROR, place, str(error), quoted=cell.text.split("\n")[0])
            return None

    def _shaped(self, cell: Cell, wanted: Field, text: str, unit: str) -> str:
        """The text as the field wants it: with the unit of its column, its percent sign, as a date."""
        if cell.number is not None and abs(cell.number) >= Decimal(10) ** MOST_DIGITS:
            what = f"这一格按数字存放，超过 {MOST_DIGITS} 位的部分已经丢失"
            mend = "把格式改为文本，再输入一遍"
            self._tell("B009", Level.WARNING, self._here(cell), what, quoted=text, mend=mend)
        bare = bool(_BARE_NUMBER.fullmatch(narrow(text)))
        if wanted.kind == "rate" and bare:
            if unit == "%":
                return text + "%"
            number = Decimal(narrow(text))
            return plain(number * 100) + "%" if abs(number) <= 1 else text
        if wanted.kind == "date" and cell.number is not None and int(cell.number) in _SERIALS:
            return written_day(cell.number)
        return text

    # The tree.

    def _is_example(self, cell: Cell) -> bool:
        return cell.grey and cell.text.strip().startswith(EXAMPLE)

    def _here(self, cell: Cell) -> Location:
        return Location(self.file, sheet=self.sheet.name, cell=cell.name)

    def _tell(
        self,
        code: str,
        level: Level,
        where: Location,
        what: str,
        quoted: str | None = None,
        mend: str | None = None,
    ) -> None:
        self.tree.findings.append(Finding(code, level, where, what, quoted, mend=mend))

    def _containers(self, path: Path, place: Location) -> None:
        """See to it that a mapping stands at each step of `path`; lists are there before their items."""
        found = self.tree.data
        for depth, step in enumerate(path):
            if isinstance(found, dict):
                found.setdefault(step, {})
                self.tree.values.setdefault(path[: depth + 1], place)
                self.tree.keys.setdefault(path[: depth + 1], place)
            found = found[step]

    def _put(self, path: Path, value: Any, place: Location, key: Location | None = None) -> bool:
        """Set the value at `path`; what was set before stays and is told (False), unless it was empty."""
        self._containers(path[:-1], place)
        parent, step = self.tree.at(path[:-1]), path[-1]
        if isinstance(parent, list):
            parent.append(value)
        elif isinstance(parent, dict):
            if parent.get(step) is not None and isinstance(step, str):
                first = self.tree.values[path]
                what = f"“{step}”写了两次，第一次在 {first.sheet} › {first.cell}"
                self._tell("Y011", Level.ERROR, key or place, what, mend="删去其中一个")
                return False
            parent[step] = value
        self.tree.values[path] = place
        if key:
            self.tree.keys[path] = key
        return True

    def _list(self, path: Path, place: Location) -> list[Any]:
        """The list at `path`, made when it is not there."""
        self._containers(path[:-1], place)
        found: Any = self.tree.at(path[:-1])
        items: list[Any] = found.setdefault(path[-1], [])
        if not isinstance(items, list):  # 无, and then rows all the same
            items = found[path[-1]] = []
        self.tree.values.setdefault(path, place)
        self.tree.keys.setdefault(path, place)
        return items

    def _new(self, path: Path, place: Location) -> Path:
        """The path of a new record at the end of the list at `path`."""
        items = self._list(path, place)
        items.append({})
        self.tree.values[(*path, len(items) - 1)] = place
        return (*path, len(items) - 1)


@cache
def _every_name() -> frozenset[str]:
    """What sheets, blocks, columns and rows may be called."""
    found = {name for plan in plans() for name in plan.names}
    for block in (block for plan in plans() for block in plan.blocks):
        found.update(block.names)
        for place in block.places or (columns_of(block) if block.kind not in ("pairs", "texts") else ()):
            found.update((place.label, *_all_names(place)))
    return frozenset((*found, *(f"{numeral}级" for numeral in NUMERALS)))


def _plan(name: str) -> tuple[SheetPlan | None, Block]:
    """The plan of a sheet by its name, and the block that it begins with."""
    for plan in plans():
        if name in plan.names:
            return plan, plan.blocks[0]
    for plan in plans():
        for block in plan.blocks:
            if name in block.names and block.path not in NO_SHEETS:
                return plan, block
    return None, plans()[0].blocks[0]


def without_unit(text: str) -> tuple[str, str]:
    """A title or header without blanks and without the unit in brackets at its end, and that unit.

    >>> without_unit("预算（万元）"), without_unit("支 出")
    (('预算', '万元'), ('支出', ''))
    """
    text = re.sub(r"\s", "", text)
    match = _BRACKETS.search(text)
    if match and match.start() and (match[1] in _UNITS or not match[1].isdigit()):
        unit = match[1].removeprefix("人民币")
        return text[: match.start()], unit if unit.endswith("元") else _UNITS.get(unit, "")
    return text, ""


def _pair_place(block: Block, label: str, plan: SheetPlan) -> Place | None:
    """The place that a label names in its block; else in the one other block of the sheet that has it."""
    if found := _named(block.places, label):
        return found
    others = [found for other in plan.blocks if other is not block if (found := _named(other.places, label))]
    return others[0] if len(others) == 1 else None


def _named(places: Sequence[Place], label: str) -> Place | None:
    """The place that a label names: by its own name, by a further name of the field, or dotted with such."""
    label = re.sub(r"[．·/—-]", ".", label)
    for place in places:
        if label == place.label:
            return place
    for place in places:
        if label in _all_names(place):
            return place
    return None


def _all_names(place: Place) -> Iterator[str]:
    head, _, tail = place.label.partition(".")
    if not tail:
        if place.child or len(place.path) < 2 or place.path[-1] == head:
            yield from place.field.names if not place.child else ()
        yield f"{head}.{place.path[-1]}" if place.path else head
        yield f"{head}{place.path[-1]}" if place.path else head
        return
    for name in place.field.names:
        yield f"{head}.{name}"
        yield f"{head}{name}"


def _column_place(block: Block, header: str) -> Place | None:
    """The column that a header names; a child's field may stand without its list's name where that is clear."""
    columns = columns_of(block)
    if found := _named(columns, header):
        return found
    children = [one for one in columns if one.child and header in one.field.names]
    return children[0] if len(children) == 1 else None


def _looks_like_header(block: Block, names: Sequence[str]) -> bool:
    """Whether a row of such names may be the first below the title of a block."""
    if block.kind in ("pairs", "texts"):
        return LABEL in names or (bool(names) and _named(block.places, names[0]) is not None)
    known = [
        name for name in names if _column_place(block, name) or (block.kind == "tree" and level_of(name) is not None)
    ]
    return bool(known) and len(known) * 2 >= len(names)
