"""Workbooks that a data file names: found below its folder, opened within bounds, their header found by names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path as FilePath
from pathlib import PurePosixPath

from .. import inputs
from ..findings import Finding, Level, Location, ReportError, reason, rows_in_runs
from ..records import nearest
from ..values import YUAN_IN
from . import LARGEST_FILE
from .excel.cells import Cell, Sheet, letters, read_sheets

FIRST_ROWS = 20  # a header stands in one of these
MOST_RUNS = 3  # how many runs of cells a place names
MONEY_IN = {**YUAN_IN, "千元": Decimal(1000), "百万元": Decimal(1_000_000), "千万元": Decimal(10_000_000)}
# What the first words of a row of totals are, in any of its cells.
TOTAL = re.compile(
    r"(?:.*[^\d])?(?P<kind>合计|小计|总计|累计|共计|总支出|支出总额)(?:金额|支出|数|额)?(?:[(][^)]*[)])?:?"
    r"|(?:过次页|承前页|承上页|转下页|接上页|转次页)"
)


def opened(folder: FilePath, name: str, place: Location) -> tuple[list[Sheet], str]:
    """The sheets of the workbook that the data names at `place`, and its path; ReportError when it is not to be had.

    The name is not trusted: it must lead to a file below `folder`.
    """
    written = name.strip().replace("\\", "/")
    parts = PurePosixPath(written).parts
    if not parts or written.startswith("/") or ".." in parts or ":" in written or "\0" in written:
        what = f"“{name}”不能用：要写数据文件所在文件夹里的文件，不能是别处的路径"
        raise ReportError(Finding("B010", Level.ERROR, place, what, name, mend="把工作簿放在数据文件旁边，只写文件名"))
    if not written.lower().endswith(".xlsx"):
        what = f"“{name}”不是 .xlsx 工作簿"
        raise ReportError(Finding("B010", Level.ERROR, place, what, name, mend="在 Excel 或 WPS 里另存为 .xlsx"))
    path = folder.joinpath(*parts)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ReportError(Finding("B010", Level.ERROR, place, f"“{name}”指到了数据文件的文件夹之外", name))
        if not path.is_file():
            inputs.note(path, None)
            raise ReportError(Finding("B010", Level.ERROR, place, f"找不到“{name}”：应在数据文件所在的文件夹里", name))
        if path.stat().st_size > LARGEST_FILE:
            what = f"“{name}”超过 {LARGEST_FILE // 1024 // 1024} MB 的上限"
            raise ReportError(Finding("B010", Level.ERROR, place, what, name))
        content = path.read_bytes()
        inputs.note(path, content)
    except OSError as error:
        raise ReportError(Finding("B010", Level.ERROR, place, f"读不了“{name}”（{reason(error)}）", name)) from None
    return read_sheets(content, str(path)), str(path)


def sheet_named(sheets: Sequence[Sheet], name: str, place: Location) -> Sheet:
    """The sheet of that name; ReportError when there is none."""
    found = next((sheet for sheet in sheets if sheet.name.strip() == name.strip()), None)
    if found is None:
        mend = nearest(name, [sheet.name for sheet in sheets])
        raise ReportError(Finding("B010", Level.ERROR, place, f"没有“{name}”这张工作表", name, mend=mend))
    return found


def header_row(sheet: Sheet, fits: Callable[[dict[int, Cell]], int]) -> int | None:
    """The number of the row among the first that fits best as a header, the upper of equals; None when none fits."""
    rated = [(fits(sheet.rows[number]), -number) for number in sorted(sheet.rows) if number <= FIRST_ROWS]
    best = max(rated, default=(0, 0))
    return -best[1] if best[0] else None


def hidden_parts(file: str, sheet: Sheet, columns: Collection[int]) -> Iterator[Finding]:
    """A hint for a hidden sheet, and for hidden columns among those that are read."""
    hidden = sorted(sheet.hidden_columns & set(columns))
    if sheet.hidden:
        yield Finding("B016", Level.HINT, Location(file, sheet=sheet.name), "这张工作表是隐藏的，也已计入")
    elif hidden:
        what = f"{'、'.join(map(letters, hidden))} 列是隐藏的，也已计入"
        yield Finding("B016", Level.HINT, Location(file, sheet=sheet.name), what)


def squeezed(text: str) -> str:
    """A text for comparison: half-width, without blanks, in small letters.

    >>> squeezed("Ａ．满 意 ")
    'a.满意'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def cells_of(file: str, sheet: str, column: int, rows: Sequence[int]) -> Location:
    """The place of several cells of a column: the first few of them.

    >>> str(cells_of("甲.xlsx", "明细", 4, [2, 3, 7]))
    '甲.xlsx › 明细 › D2—D3、D7'
    """
    shown = rows_in_runs(rows, MOST_RUNS)
    return Location(file, sheet=sheet, cell=re.sub(r"\d+", lambda found: f"{letters(column)}{found[0]}", shown))
