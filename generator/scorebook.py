"""The score table as a workbook: points as numbers, every sum and rate as a live formula.

Opened in a spreadsheet program it recalculates to the totals that `jixiao score` prints; what is 待评 stays `—`, and
so does every sum above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from .scores import Node, Scores
from .sources.excel import repacked
from .sources.excel.cells import letters
from .sources.yamltext import columns
from .values import Form

DASH = "—"
NUMERALS = "一二三四五六七八九"
FONT, INK, HEAD, TITLE, LINE = "微软雅黑", "1F2937", "1F4E79", "DCE9F5", "C9D3DD"
LEVEL_WIDTH, LINES_WIDTH = 22, 70


def as_workbook(scores: Scores, title: str) -> bytes:
    """An .xlsx with one row a node; the same scores give the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "评分表"
    book.properties.creator, book.properties.title = "jixiao", title
    _Table(sheet, scores).draw(title)
    stream = BytesIO()
    book.save(stream)
    return repacked(stream.getvalue())


class _Table:
    def __init__(self, sheet: Any, scores: Scores) -> None:
        self.sheet, self.scores = sheet, scores
        self.levels = max((node.depth for root in scores.nodes for node in root.walk()), default=1)
        self.full, self.points, self.rate = (letters(self.levels + number) for number in (1, 2, 3))
        self.row = 1

    def draw(self, title: str) -> None:
        heads = [f"{NUMERALS[level]}级指标" for level in range(self.levels)]
        heads += ["分值", "得分", "得分率", "完成情况", "计算过程"]
        self._cell(1, title, bold=True, size=14, border=False)
        self.sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads))
        self.sheet.row_dimensions[1].height = 30
        self.row = 2
        for column, head in enumerate(heads, 1):
            self._cell(column, head, bold=True, ink="FFFFFF", fill=HEAD, across="center")
            wide = LEVEL_WIDTH if column <= self.levels else LINES_WIDTH if column == len(heads) else 11
            self.sheet.column_dimensions[letters(column)].width = wide
        self.row = 3
        roots = [self._node(node) for node in self.scores.nodes]
        self._total(roots)
        self.sheet.freeze_panes = "A3"
        self.sheet.sheet_view.showGridLines = False
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = "2:2"

    def _node(self, node: Node) -> int:
        """Draw a node and those below it; its row."""
        row = self.row
        self.row += 1
        below = [self._node(one) for one in node.below]
        end, self.row = self.row, row
        for level in range(self.levels):
            self._cell(
                level + 1, node.indicator.name if level == node.depth - 1 else None, bold=bool(below), inner=below
            )
        self._figures(below, node.full, node.points)
        self._cell(self.levels + 4, node.status, across="center", inner=below)
        self._cell(self.levels + 5, "\n".join(node.lines) or None, size=9, inner=below)
        lines = sum(max(1, -(-columns(line) // LINES_WIDTH)) for line in node.lines)
        lines = max(lines, -(-columns(node.indicator.name) // (LEVEL_WIDTH - 2)))
        self.sheet.row_dimensions[row].height = max(20, 6 + 14 * lines)
        self.row = end
        return row

    def _figures(self, below: Sequence[int], full: Decimal | None, points: Decimal | None) -> None:
        """The weight, the points and their rate: sums of the rows below, or what is known of a leaf."""
        forms = self.scores.forms
        for letter, known, form in ((self.full, full, forms.weight), (self.points, points, forms.points)):
            cells = ",".join(f"{letter}{row}" for row in below)
            value: object = DASH if known is None else known
            if below:
                value = f'=IF(COUNT({cells})={len(below)},SUM({cells}),"{DASH}")'
            column = self.levels + (1 if letter == self.full else 2)
            self._cell(column, value, shown=_format(form), across="right", inner=below)
        places = 2 if forms.score_rate.decimals is None else forms.score_rate.decimals
        both = f"{self.points}{self.row}/{self.full}{self.row}"
        value = f'=IF(COUNT({self.full}{self.row},{self.points}{self.row})=2,ROUND({both},{places + 2}),"{DASH}")'
        shown = _format(Form(places)) + "%"
        self._cell(self.levels + 3, value if full else DASH, shown=shown, across="right", inner=below)

    def _total(self, roots: Sequence[int]) -> None:
        given = self.scores.source is not None
        self._cell(1, "总分", bold=True, fill=TITLE)
        for column in range(2, self.levels + 6):
            self._cell(column, None, fill=TITLE)
        self._figures([] if given else roots, self.scores.full, self.scores.total)
        self._cell(self.levels + 4, self.scores.grade or DASH, bold=True, fill=TITLE, across="center")
        note = f"总分来源：{self.scores.source or '未说明'}" if given else None
        self._cell(self.levels + 5, note, fill=TITLE)
        self.sheet.row_dimensions[self.row].height = 24

    def _cell(
        self,
        column: int,
        value: object,
        *,
        bold: bool = False,
        size: int = 10,
        ink: str = INK,
        fill: str | None = None,
        across: str | None = None,
        shown: str | None = None,
        border: bool = True,
        inner: Sequence[int] = (),
    ) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = self.sheet.cell(self.row, column)
        cell.value = value
        if isinstance(value, str) and (shown is None or not value.startswith("=")):
            cell.data_type = "s"
        cell.font = Font(name=FONT, size=size, bold=bold, color=ink)
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=across is None)
        if fill or inner:
            cell.fill = PatternFill("solid", fgColor=fill or TITLE)
        if border:
            side = Side(style="thin", color=LINE)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        if shown:
            cell.number_format = shown


def _format(form: Form) -> str:
    """The number format that shows a number as the style prints it, but for whole numbers without decimals."""
    return (
        "General" if form.decimals is None or form.whole_bare else f"0.{'0' * form.decimals}" if form.decimals else "0"
    )
