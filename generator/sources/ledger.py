"""A ledger (支出台账): one payment a row, read into entries that know their cells.

Columns are found by name.  Rows of totals are not counted, and are held against the sum of what they total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Finding, Level, Location, ReportError, rows_in_runs
from ..values import YUAN_IN, Day, Said, day, money, plain
from .excel.cells import UNREADABLE, Cell, Sheet, unreadable
from .sheets import MONEY_IN, TOTAL, cells_of, header_row, hidden_parts, sheet_named, squeezed
from .yaml import FORBIDDEN, forbidden

# The names that a ledger's columns go by, its own first; an earlier name is preferred to a later one.
COLUMNS: dict[str, tuple[str, ...]] = {
    "单位": ("单位", "单位名称", "项目单位", "用款单位", "使用单位", "支出单位", "社区", "社区名称", "部门"),
    "用途": ("用途", "支出用途", "资金用途", "款项用途", "经费用途", "支出类别", "支出项目", "费用类别", "费用项目"),
    "日期": ("日期", "支出日期", "付款日期", "支付日期", "记账日期", "凭证日期", "支付时间", "付款时间", "时间"),
    "金额": ("金额", "支出金额", "付款金额", "支付金额", "实付金额", "发生金额", "支出"),
}
_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]$")
_NOTED = re.compile(r"单位:(?:人民币)?([百千万亿]*元|[\u4e00-\u9fff]{1,3}元)")
_DIGITS_OF_DAY = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")  # 20240527
_NEGATIVE = re.compile(r"\(([\d.,]+)\)")
_NONE = ("", "-", "—", "–", "无", "/")


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment: its row, what it says of unit, purpose and day, and its amount in 元."""

    row: int
    unit: str
    purpose: str
    day: Day | None
    amount: Decimal


@dataclass(frozen=True)
class Payments:
    """A ledger as it was read: its sheet, its columns by name, its entries, and what was wrong."""

    file: str
    sheet: str
    columns: dict[str, int]
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    def place(self, name: str, rows: Sequence[int]) -> Location:
        """The place of the cells of a column in some rows."""
        return cells_of(self.file, self.sheet, self.columns[name], rows)


def read(
    sheets: Sequence[Sheet], file: str, place: Location, *, sheet: str | None, unit: str | None, default: str | None
) -> Payments:
    """The payments of a workbook that the data names at `place`; ReportError when it holds none.

    `unit` is the money's unit that the data says of this ledger, `default` that of the whole data; what the sheet
    says itself (in the cell, its number format, the header or a line above it) comes first, but a line above
    gives way to `unit`.
    """
    found, others = _table(sheets, file, place, sheet)
    return _Reading(file, found, unit, default).payments(others)


def _table(sheets: Sequence[Sheet], file: str, place: Location, name: str | None) -> tuple[Sheet, list[str]]:
    """The sheet that holds the payments, and the names of the sheets that look alike and are not read."""
    candidates = [sheet_named(sheets, name, place)] if name else list(sheets)
    fitting = [sheet for sheet in candidates if header_row(sheet, _fits)]
    if not fitting:
        what = f"没有找到台账的表头：前 20 行里要有一行写着“金额”和{'、'.join(list(COLUMNS)[:-1])}中的一栏"
        where = Location(file, sheet=candidates[0].name if name else None)
        raise ReportError(Finding("B010", Level.ERROR, where, what, mend="金额栏可写作：" + "、".join(COLUMNS["金额"])))
    return fitting[0], [sheet.name for sheet in fitting[1:]]


def _fits(row: dict[int, Cell]) -> int:
    found = _columns(row)
    return len(found) if "金额" in found and len(found) > 1 else 0


def _columns(row: dict[int, Cell]) -> dict[str, int]:
    headers = {column: _header(cell)[0] for column, cell in row.items()}
    found: dict[str, int] = {}
    for field, names in COLUMNS.items():
        columns = [column for name in names for column, header in sorted(headers.items()) if header == name]
        if columns:
            found[field] = columns[0]
    return found


def _header(cell: Cell) -> tuple[str, str | None]:
    """A header without the unit in brackets behind it, and that unit of money if it is one."""
    text = squeezed(cell.text)
    if match := _BRACKETS.search(text):
        unit = match[1].removeprefix("单位:").removeprefix("人民币")
        return text[: match.start()], unit if unit.endswith("元") else None
    return text, None


@dataclass(frozen=True, slots=True)
class _Total:
    cell: Cell
    kind: str
    amount: Decimal
    since: Decimal  # the payments since the last such row
    before: Decimal  # all payments above


class _Reading:
    """One pass over a sheet."""

    def __init__(self, file: str, sheet: Sheet, unit: str | None, default: str | None) -> None:
        self.file, self.sheet = file, sheet
        self.head = header_row(sheet, _fits) or 0
        self.columns = _columns(sheet.rows[self.head])
        header = _header(sheet.rows[self.head][self.columns["金额"]])[1]
        self.unit = header or unit or self._noted() or default
        self.findings: list[Finding] = []
        self.entries: list[Entry] = []
        self.totals: list[_Total] = []
        self.since = self.before = Decimal()

    def payments(self, others: Sequence[str]) -> Payments:
        """All rows below the header."""
        for number in sorted(self.sheet.rows):
            if number > self.head:
                self._row(number, self.sheet.rows[number])
        self._hold_totals()
        self._hint("B014", [one.row for one in self.entries if one.amount < 0], "金额", "是负数，按退款、冲销计入")
        self.findings += hidden_parts(self.file, self.sheet, set(self.columns.values()))
        hidden = [one.row for one in self.entries if one.row in self.sheet.hidden_rows]
        self._hint("B016", hidden, "金额", "所在的行是隐藏的，也已计入")
        self._heads()
        if others:
            what = f"工作簿里{'、'.join(f'“{name}”' for name in others)}也像台账，没有读"
            mend = "要读的，在 台账 里各写一条，写明 工作表"
            self._tell("B016", Level.HINT, Location(self.file, sheet=self.sheet.name), what, mend=mend)
        return Payments(self.file, self.sheet.name, self.columns, tuple(self.entries), tuple(self.findings))

    def _heads(self) -> None:
        """Say which column is not there, and which of several amount columns was taken."""
        head = self.sheet.rows[self.head]
        if "单位" not in self.columns:
            what = "台账的表头里没有“单位”这一栏，支出不按单位相加"
            mend = f"这一栏可写作：{'、'.join(COLUMNS['单位'])}"
            self._tell("B016", Level.HINT, self._place("金额", [self.head]), what, mend=mend)
        amounts = [cell.text.strip() for cell in head.values() if _header(cell)[0] in COLUMNS["金额"]]
        if len(amounts) > 1:
            taken = head[self.columns["金额"]].text.strip()
            what = f"台账有{len(amounts)}栏金额（{'、'.join(amounts)}），按“{taken}”计"
            self._tell("B016", Level.HINT, self._place("金额", [self.head]), what, mend="不是这一栏的，把另一栏改名")

    def _place(self, name: str, rows: Sequence[int]) -> Location:
        return cells_of(self.file, self.sheet.name, self.columns[name], rows)

    def _noted(self) -> str | None:
        """The unit of money in a line above the header: 单位：万元."""
        texts = (squeezed(cell.text) for at, row in self.sheet.rows.items() if at < self.head for cell in row.values())
        return next((match[1] for text in texts if (match := _NOTED.search(text))), None)

    def _row(self, number: int, row: dict[int, Cell]) -> None:
        total = self._total_of(row)
        cell = row.get(self.columns["金额"])
        if cell is None or (cell.kind == "text" and cell.text.strip() in _NONE):
            if not total and len([one for name, one in self._named(row) if name != "金额"]) > 1:
                place = self._at(next(one for _, one in self._named(row)))
                self._tell("B016", Level.WARNING, place, f"第{number}行没有金额，没有计入")
            return
        if cell.kind == "text" and _header(cell)[0] in COLUMNS["金额"]:
            return  # the header again, at the top of a printed page
        amount = self._amount(cell)
        if amount is None:
            return
        if total:
            self.totals.append(_Total(cell, total, amount, self.since, self.before))
            self.since = Decimal()
            return
        self.since += amount
        self.before += amount
        unit, purpose = self._text(number, "单位"), self._text(number, "用途")
        self.entries.append(Entry(number, unit, purpose, self._day(number), amount))

    def _named(self, row: dict[int, Cell]) -> Iterator[tuple[str, Cell]]:
        return ((name, row[column]) for name, column in self.columns.items() if column in row)

    def _total_of(self, row: dict[int, Cell]) -> str:
        """The word by which a row is one of totals; empty for a payment."""
        for cell in row.values():
            if cell.kind == "text" and (match := TOTAL.fullmatch(squeezed(cell.text))):
                return match["kind"] or "小计"
        return ""

    def _cell(self, number: int, name: str) -> Cell | None:
        """The cell of a row in that column; one merged downwards holds for all its rows."""
        column = self.columns.get(name, 0)
        return self.sheet.rows.get(self.sheet.merged.get((number, column), number), {}).get(column)

    def _text(self, number: int, name: str) -> str:
        cell = self._cell(number, name)
        if cell is None:
            return ""
        if cell.kind in UNREADABLE:
            self.findings.append(unreadable(cell, self._at(cell)))
            return ""
        if found := FORBIDDEN.search(cell.text):
            self.findings.append(forbidden(self._at(cell), found[0]))
            return FORBIDDEN.sub("", cell.text).strip()
        return re.sub(r"\s+", " ", cell.text.strip())

    def _day(self, number: int) -> Day | None:
        cell = self._cell(number, "日期")
        if cell is None or cell.kind in UNREADABLE:
            return None
        try:
            found = day(_DIGITS_OF_DAY.sub(r"\1-\2-\3", cell.text.strip()))
        except ValueError:
            self._tell("B015", Level.HINT, self._at(cell), f"“{cell.text}”不像日期，没有核对年度", cell.text)
            return None
        return found if isinstance(found, Day) else None

    def _amount(self, cell: Cell) -> Decimal | None:
        """The amount in 元; None, and told, when the cell holds none."""
        if cell.kind in UNREADABLE:
            self.findings.append(unreadable(cell, self._at(cell)))
            return None
        unit = cell.unit or self.unit
        if unit and unit not in MONEY_IN:
            self._unread(cell, f"不认识金额单位“{unit}”，可写元、千元、万元、百万元、亿元")
            return None
        if cell.number is not None:
            if unit:
                return cell.number * MONEY_IN[unit]
            self._unread(cell, "金额没有单位：在表头写“金额（元）”，或在 台账 里写 金额单位")
            return None
        text = cell.text.strip()
        if match := _NEGATIVE.fullmatch(squeezed(text)):
            text = f"-{match[1]}"
        try:
            said = money(text, unit if unit in YUAN_IN or not unit else "元")
        except ValueError as error:
            self._unread(cell, str(error))
            return None
        if isinstance(said, Said) or cell.kind != "text":
            self._unread(cell, f"“{cell.text}”不是金额")
            return None
        bare = not re.search(r"[元万亿]", text)
        return said.yuan * MONEY_IN[unit] if bare and unit and unit not in YUAN_IN else said.yuan

    def _unread(self, cell: Cell, what: str) -> None:
        self._tell("B011", Level.ERROR, self._at(cell), f"{what}；这一行没有计入", cell.text)

    def _hold_totals(self) -> None:
        whole = self.before
        for total in self.totals:
            # A 合计 may close a group as a 小计 does, or stand above what it totals.
            if total.amount in (total.since, total.before, whole):
                continue
            expected = total.since if total.kind == "小计" else total.before or whole
            what = f"{total.kind}与各行之和不符：各行之和{_yuan(expected)}，{total.kind}{_yuan(total.amount)}"
            what += f"，相差{_yuan(abs(expected - total.amount))}"
            mend = "核对各行；合计行不计入，按各行相加"
            place = self._at(total.cell)
            self.findings.append(
                Finding("B012", Level.WARNING, place, what, total.cell.text, _yuan(expected), _yuan(total.amount), mend)
            )

    def _hint(self, code: str, rows: Sequence[int], name: str, what: str) -> None:
        if rows:
            place = cells_of(self.file, self.sheet.name, self.columns[name], rows)
            self._tell(code, Level.HINT, place, f"第{rows_in_runs(rows, 5)}行的{name}{what}（共{len(rows)}笔）")

    def _at(self, cell: Cell) -> Location:
        return Location(self.file, sheet=self.sheet.name, cell=cell.name)

    def _tell(
        self, code: str, level: Level, place: Location, what: str, quoted: str | None = None, mend: str | None = None
    ) -> None:
        self.findings.append(Finding(code, level, place, what, quoted, mend=mend))


def _yuan(amount: Decimal) -> str:
    return f"{plain(amount)}元"
