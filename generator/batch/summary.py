"""What a batch came to: each project's score, grade, findings and report, averages, by grade and by unit.

The same is said as JSON (for programs), as a workbook (for people) and in Word (`portfolio`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from ..findings import Level
from ..sources.excel import repacked
from ..sources.yamltext import columns
from ..values import half_up
from .work import FAILED, KEPT, Outcome

PLACES = 2
NO_GRADE = "未评等级"
NO_UNIT = "未写单位"
FONT, INK, HEAD, TITLE, LINE, WRONG = "微软雅黑", "1F2937", "1F4E79", "DCE9F5", "C9D3DD", "FBE3E0"
NUMBER, RATE = "0.00", "0.00%"


@dataclass(frozen=True)
class Share:
    """How many projects have a grade, and what part of those that were made they are."""

    grade: str
    count: int
    share: Decimal | None


@dataclass(frozen=True)
class UnitLine:
    """The projects of one unit: how many, their averages, how many of each grade."""

    unit: str
    count: int
    points: Decimal | None
    rate: Decimal | None
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Summary:
    """The outcomes in order, and what they come to; averages are of those that have a score.

    `points` is None where projects have different full marks: then only rates compare.  Rates are in percent.
    """

    outcomes: tuple[Outcome, ...]
    points: Decimal | None
    rate: Decimal | None
    grades: tuple[Share, ...]
    departments: tuple[UnitLine, ...]
    bodies: tuple[UnitLine, ...]

    @property
    def made(self) -> list[Outcome]:
        """The projects that have a report."""
        return [one for one in self.outcomes if one.status != FAILED]

    @property
    def failed(self) -> list[Outcome]:
        """The projects that have none."""
        return [one for one in self.outcomes if one.status == FAILED]

    @property
    def kept(self) -> list[Outcome]:
        """The projects that were right already."""
        return [one for one in self.outcomes if one.status == KEPT]

    def found(self, level: Level) -> int:
        """How many findings of that level there are in all projects."""
        return sum(one.levels.get(str(level), 0) for one in self.outcomes)


def summed_up(outcomes: Iterable[Outcome]) -> Summary:
    """The summary of a batch's outcomes, which are in the order in which the projects were given."""
    every = tuple(outcomes)
    made = [one for one in every if one.status != FAILED]
    order = _order(made)
    counts = {grade: sum((one.grade or NO_GRADE) == grade for one in made) for grade in order}
    shares = tuple(Share(grade, count, _percent(count, len(made))) for grade, count in counts.items())
    return Summary(
        every,
        _average_points(made),
        _average(one.number("rate") for one in made),
        shares,
        tuple(_units(made, "department", order)),
        tuple(_units(made, "body", order)),
    )


def _order(made: Sequence[Outcome]) -> list[str]:
    """The grades from the best on, as the packs list them; those that no project has as well, where one pack counts."""
    said = list(dict.fromkeys(grade for one in made for grade in one.grades))
    return [*said, *([NO_GRADE] if any(one.grade is None for one in made) else [])]


def _units(made: Sequence[Outcome], kind: str, order: Sequence[str]) -> Iterable[UnitLine]:
    groups: dict[str, list[Outcome]] = {}
    for one in made:
        groups.setdefault(getattr(one, kind) or NO_UNIT, []).append(one)
    for unit, own in groups.items():
        counts = {grade: sum((one.grade or NO_GRADE) == grade for one in own) for grade in order}
        yield UnitLine(unit, len(own), _average_points(own), _average(one.number("rate") for one in own), counts)


def _average_points(made: Sequence[Outcome]) -> Decimal | None:
    scored = [one for one in made if one.points is not None]
    same = len({one.full for one in scored}) == 1
    return _average(one.number("points") for one in scored) if same else None


def _average(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return half_up(sum(known, Decimal()) / len(known), PLACES) if known else None


def _percent(part: int, whole: int) -> Decimal | None:
    return half_up(Decimal(part * 100) / whole, PLACES) if whole else None


# JSON


def as_json(summary: Summary) -> dict[str, Any]:
    """The summary as an object with Chinese keys; numbers are strings, as they are everywhere."""
    return {
        "项目数": len(summary.outcomes),
        "完成": len(summary.made),
        "其中未变": len(summary.kept),
        "失败": len(summary.failed),
        "平均得分": _text(summary.points),
        "平均得分率": _rate_text(summary.rate),
        "发现": {str(level): summary.found(level) for level in Level},
        "按等级": [{"等级": one.grade, "个数": one.count, "占比": _rate_text(one.share)} for one in summary.grades],
        "按主管部门": [_unit_json(one) for one in summary.departments],
        "按实施单位": [_unit_json(one) for one in summary.bodies],
        "项目": [_outcome_json(one) for one in summary.outcomes],
    }


def _unit_json(one: UnitLine) -> dict[str, Any]:
    return {
        "单位": one.unit,
        "个数": one.count,
        "平均得分": _text(one.points),
        "平均得分率": _rate_text(one.rate),
        "等级": dict(one.grades),
    }


def _outcome_json(one: Outcome) -> dict[str, Any]:
    said = {
        "名称": one.name,
        "状态": one.status,
        "数据": one.data,
        "报告": one.report,
        "项目": one.project,
        "主管部门": one.department,
        "实施单位": one.body,
        "样式": one.style,
        "得分": one.points,
        "满分": one.full,
        "得分率": _rate_text(one.number("rate")),
        "等级": one.grade,
        "发现": dict(one.levels),
    }
    return {**said, "原因": one.why, "位置": one.place} if one.status == FAILED else said


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:.{PLACES}f}"


def _rate_text(number: Decimal | None) -> str | None:
    return None if number is None else f"{half_up(number, PLACES):.{PLACES}f}%"


# The workbook


def as_workbook(summary: Summary, made: str) -> bytes:
    """An .xlsx with a sheet of the projects, one of the distribution, one of units, one of what failed.

    `made` says of what the summary is.  Averages and counts are formulas over the list of projects.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.title = "jixiao", "汇总"
    first: Any = book.active
    _projects(_Sheet(first, "项目"), summary, made)
    _grades(_Sheet(book.create_sheet(), "等级"), summary)
    _unit_lines(_Sheet(book.create_sheet(), "主管部门"), "主管部门", summary.departments, summary)
    _unit_lines(_Sheet(book.create_sheet(), "实施单位"), "实施单位", summary.bodies, summary)
    if summary.failed:
        _failures(_Sheet(book.create_sheet(), "失败"), summary)
    stream = BytesIO()
    book.save(stream)
    return repacked(stream.getvalue())


class _Sheet:
    """A sheet with a title, a frozen head row and rows below."""

    def __init__(self, sheet: Any, name: str) -> None:
        self.sheet, self.row, self.widths = sheet, 0, [0]
        sheet.title = name

    def head(self, title: str, heads: Sequence[str], note: str = "") -> None:
        from openpyxl.utils import get_column_letter

        self.widths = [columns(head) for head in heads]
        self._cell(1, 1, title, bold=True, size=14, border=False)
        self._cell(2, 1, note or None, size=9, border=False)
        for row in (1, 2):
            self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(heads))
        self.sheet.row_dimensions[1].height = 30
        for column, head in enumerate(heads, 1):
            self._cell(3, column, head, bold=True, ink="FFFFFF", fill=HEAD, across="center")
        self.sheet.row_dimensions[3].height = 22
        self.row = 3
        self.sheet.freeze_panes = "B4" if len(heads) > 6 else "A4"
        self.sheet.auto_filter.ref = f"A3:{get_column_letter(len(heads))}3"
        self.sheet.sheet_view.showGridLines = False
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = "3:3"

    def add(self, *values: object, shown: Mapping[int, str] | None = None, fill: str | None = None) -> None:
        """A row; `shown` gives the number format of a column, counted from 0."""
        self.row += 1
        for column, value in enumerate(values):
            form = (shown or {}).get(column)
            number = isinstance(value, (int, Decimal)) or (isinstance(value, str) and value.startswith("=") and form)
            across = "right" if number else "center" if value == "—" else None
            self._cell(self.row, column + 1, value, shown=form, fill=fill, across=across, formula=bool(form))
            if not number:
                self.widths[column] = max(self.widths[column], columns(str(value or "")))
        self.sheet.row_dimensions[self.row].height = 20

    def total(self, *values: object, shown: Mapping[int, str] | None = None) -> None:
        """A last row, set off."""
        self.add(*values, shown=shown, fill=TITLE)

    def finish(self, least: int = 8, most: int = 46) -> None:
        from openpyxl.utils import get_column_letter

        for column, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = max(least, min(most, width + 3))
        last = self.sheet.auto_filter.ref.split(":")[1].rstrip("0123456789")
        self.sheet.auto_filter.ref = f"A3:{last}{max(3, self.row)}"

    def _cell(
        self,
        row: int,
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
        formula: bool = False,
    ) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = self.sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str) and not formula:
            cell.data_type = "s"  # a project's name that begins with = is a text
        cell.font = Font(name=FONT, size=size, bold=bold, color=ink)
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=across is None and border)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        if border:
            side = Side(style="thin", color=LINE)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        if shown:
            cell.number_format = shown


def _projects(sheet: _Sheet, summary: Summary, made: str) -> None:
    heads = ["名称", "项目", "主管部门", "实施单位", "得分", "满分", "得分率", "等级"]
    heads += ["错误", "警告", "提示", "状态", "报告", "样式", "数据"]
    sheet.head("项目汇总", heads, made)
    shown = {4: NUMBER, 5: "General", 6: RATE, **dict.fromkeys((8, 9, 10), "0")}
    for one in summary.outcomes:
        rate = one.number("rate")
        counts = [one.levels.get(str(level), 0) for level in Level]
        sheet.add(
            *(one.name, one.project or "—", one.department or "—", one.body or "—"),
            *(_or_dash(one.number("points")), _or_dash(one.number("full")), _or_dash(rate and rate / 100)),
            *(one.grade or "—", *counts, one.status, one.report or "—", one.style or "—", one.data),
            shown=shown,
            fill=WRONG if one.status == FAILED else None,
        )
        if one.report:
            sheet.sheet.cell(sheet.row, 13).hyperlink = one.report
    last = sheet.row
    averages = [
        f'=IF(COUNT({letter}4:{letter}{last}),ROUND(AVERAGE({letter}4:{letter}{last}),{places}),"—")'
        for letter, places in (("E", PLACES), ("G", PLACES + 2))
    ]
    points = averages[0] if summary.points is not None else "—"
    sums = [f"=SUM({letter}4:{letter}{last})" for letter in "IJK"]
    sheet.total("平均、合计", "", "", "", points, "", averages[1], "", *sums, "", "", "", "", shown=shown)
    sheet.finish()


def _grades(sheet: _Sheet, summary: Summary) -> None:
    sheet.head("等级分布", ["等级", "个数", "占比"], "占比是占已生成报告的项目数")
    for one in summary.grades:
        sheet.add(one.grade, one.count, _or_dash(one.share and one.share / 100), shown={1: "0", 2: RATE})
    last = sheet.row
    if last > 3:
        sheet.total("合计", f"=SUM(B4:B{last})", "", shown={1: "0"})
    sheet.finish(least=12)


def _unit_lines(sheet: _Sheet, title: str, lines: Sequence[UnitLine], summary: Summary) -> None:
    grades = [one.grade for one in summary.grades]
    sheet.head(f"按{title}", [title, "个数", "平均得分", "平均得分率", *grades], "平均只算已有得分的项目")
    for one in lines:
        shown = {1: "0", 2: NUMBER, 3: RATE, **dict.fromkeys(range(4, 4 + len(grades)), "0")}
        counts = [one.grades[grade] for grade in grades]
        sheet.add(
            one.unit, one.count, _or_dash(one.points), _or_dash(one.rate and one.rate / 100), *counts, shown=shown
        )
    sheet.finish(least=10)


def _failures(sheet: _Sheet, summary: Summary) -> None:
    sheet.head("没有生成的项目", ["名称", "位置", "原因"])
    for one in summary.failed:
        sheet.add(one.name, one.place or "—", one.why or "—")
    sheet.finish(most=80)


def _or_dash(number: Decimal | None) -> object:
    return "—" if number is None else number


def counted(summary: Summary) -> str:
    """How many projects came to what, in one line."""
    parts = [f"完成 {len(summary.made)} 个"]
    if summary.kept:
        parts[0] += f"（其中 {len(summary.kept)} 个没有变，没有重做）"
    if summary.failed:
        parts.append(f"失败 {len(summary.failed)} 个")
    return "，".join(parts)


def averaged(summary: Summary) -> str:
    """The averages and the distribution in one line; "" without a score."""
    if summary.rate is None:
        return ""
    parts = [f"平均得分 {_text(summary.points)}"] if summary.points is not None else []
    parts += [f"平均得分率 {_rate_text(summary.rate)}"]
    return "，".join([*parts, *(f"{one.grade} {one.count} 个" for one in summary.grades if one.count)])
