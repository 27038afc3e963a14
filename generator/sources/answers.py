"""An exported answer sheet (答卷): one answered questionnaire a row, one question a column, answers as words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..findings import Finding, Level, Location, ReportError
from .excel.cells import UNREADABLE, Cell, Sheet, letters, unreadable
from .sheets import cells_of, header_row, hidden_parts, sheet_named, squeezed

_LEAD = re.compile(r"(?:[(]?(?:q|第)?\d{1,3}(?:题)?[)]?(?:[.、,:)_]|(?<=题)|(?<=[)]))|q\d{1,3})")
_KIND = re.compile(r"[(\[【](?:单选|必答|必填|选答|单项选择|量表)题?[)\]】]")
_END = re.compile(r"[?。.:;*!,]+$")
_LETTER = re.compile(r"[(]?(?:[a-z]|\d{1,2})[)]?[.、,:)]|[(](?:[a-z]|\d{1,2})[)]|[a-z](?=[\u4e00-\u9fff])|\d{1,2}\s+")
# What a survey's export says of each questionnaire besides its answers.
_ABOUT = re.compile(
    r"序号|编号|id|答卷编号|用户id|姓名|提交.*|开始.*时间|结束.*时间|.*用时|所用时间|答题时.*|来源.*|来自.*|ip.*|.*ip|总分|得分|地区|省份|城市|备注"
)


@dataclass(frozen=True)
class Answered:
    """The column of one question: its rows with an answer, by the answer as written."""

    column: int
    rows: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Answers:
    """An answer sheet as it was read: the column of each question that it has, by the question's number."""

    file: str
    sheet: str
    questions: Mapping[int, Answered]
    findings: tuple[Finding, ...]

    def place(self, column: int, rows: Sequence[int]) -> Location:
        """The place of the cells of a column in some rows."""
        return cells_of(self.file, self.sheet, column, rows)


def read(
    sheets: Sequence[Sheet], file: str, place: Location, questions: Sequence[Sequence[str]], sheet: str | None
) -> Answers:
    """The answers to `questions`, each with the names that its column may have; ReportError when there are none."""
    wanted: dict[str, int] = {}
    for number, names in enumerate(questions):
        for name in names:
            wanted.setdefault(asked(name), number)
    candidates = [sheet_named(sheets, sheet, place)] if sheet else list(sheets)
    rated = [(len(_columns(one.rows[head], wanted)), one, head) for one in candidates if (head := _head(one, wanted))]
    if not rated:
        what = "没有找到题目：表头（前 20 行里的一行）没有一栏是“题目”里写的名称或问题"
        where = Location(file, sheet=candidates[0].name if sheet else None)
        raise ReportError(Finding("B010", Level.ERROR, where, what, mend="题目的 名称 或 问题 要与答卷的表头一致"))
    most, found, head = max(rated, key=lambda one: one[0])
    others = [one.name for count, one, _ in rated if one is not found and count == most]
    return _read(file, found, head, wanted, others)


def asked(text: str) -> str:
    """A question for comparison: without its number, its kind and the mark at its end.

    >>> asked("1、您对服务是否满意？[单选题]"), asked("Q12.您对服务是否满意"), asked("第3题：环境")
    ('您对服务是否满意', '您对服务是否满意', '环境')
    """
    bare = _END.sub("", _KIND.sub("", squeezed(text)))
    cut = _LEAD.sub("", bare, count=1) if _LEAD.match(bare) else bare
    return _END.sub("", cut.lstrip(".、,:)")) or bare


def chosen(text: str) -> str:
    """An answer for comparison: without the letter or number before it.

    >>> chosen("A.满意"), chosen("满意 "), chosen("1 满意"), chosen("（2）基本满意"), chosen("3次以上")
    ('满意', '满意', '满意', '基本满意', '3次以上')
    """
    plain = squeezed(text)
    match = _LETTER.match(_spaced(text))
    return squeezed(_spaced(text)[match.end() :]) or plain if match else plain


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).translate({0xFF08: "(", 0xFF09: ")", 0xFF0E: ".", 0xFF1A: ":"}).lower()


def _head(sheet: Sheet, wanted: Mapping[str, int]) -> int | None:
    return header_row(sheet, lambda row: len(_columns(row, wanted)))


def _columns(row: Mapping[int, Cell], wanted: Mapping[str, int]) -> dict[int, int]:
    """The column of each question; the first where two have the same heading."""
    found: dict[int, int] = {}
    for column, cell in sorted(row.items()):
        number = wanted.get(asked(cell.text))
        if number is not None:
            found.setdefault(number, column)
    return found


def _read(file: str, sheet: Sheet, head: int, wanted: Mapping[str, int], others: Sequence[str]) -> Answers:
    columns = _columns(sheet.rows[head], wanted)
    findings = [*_unknown(file, sheet, head, columns), *hidden_parts(file, sheet, set(columns.values()))]
    if others:
        what = f"工作表{'、'.join(f'“{name}”' for name in others)}也有这些题目，没有读，只读了“{sheet.name}”"
        mend = "要一起计数的，在 问卷.答卷 里分别写明 文件 和 工作表"
        findings.append(Finding("B016", Level.WARNING, Location(file, sheet=others[0]), what, mend=mend))
    answers: dict[int, dict[str, list[int]]] = {number: {} for number in columns}
    broken: list[Cell] = []
    for at, row in sheet.rows.items():
        if at <= head:
            continue
        for number, column in columns.items():
            cell = row.get(column)
            if cell is None:
                continue
            if cell.kind in UNREADABLE:
                broken.append(cell)
                continue
            answers[number].setdefault(cell.text, []).append(at)
    for cell in broken:
        where = Location(file, sheet=sheet.name, cell=cell.name)
        findings.append(unreadable(cell, where))
    if sheet.hidden_rows:
        where = Location(file, sheet=sheet.name)
        what = f"有 {len(sheet.hidden_rows)} 行是隐藏的，也已计数"
        findings.append(Finding("B016", Level.HINT, where, what))
    kept = {
        number: Answered(columns[number], {text: tuple(rows) for text, rows in found.items()})
        for number, found in answers.items()
    }
    return Answers(file, sheet.name, kept, tuple(findings))


def _unknown(file: str, sheet: Sheet, head: int, columns: Mapping[int, int]) -> list[Finding]:
    """A hint that names the columns that are neither a question nor what an export says of each questionnaire."""
    used = set(columns.values())
    others = [
        cell
        for column, cell in sorted(sheet.rows[head].items())
        if column not in used and not _ABOUT.fullmatch(squeezed(cell.text))
    ]
    if not others:
        return []
    where = Location(file, sheet=sheet.name, cell="、".join(f"{letters(cell.column)}{head}" for cell in others[:3]))
    names = "、".join(f"“{cell.text.strip()}”" for cell in others[:5]) + ("等" if len(others) > 5 else "")
    mend = "要统计的，在 问卷.题目 里写上同样的名称或问题"
    return [Finding("B016", Level.HINT, where, f"答卷的{names}（共{len(others)}栏）不是题目，没有读", mend=mend)]
