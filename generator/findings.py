"""What can be wrong, and where: `Location`, `Finding` and `ReportError`.

Wrong or missing data is a `Finding`; findings are collected and shown all at once.  When the work cannot go
on, a `ReportError` is raised: it carries the findings that say why, and the command line ends with 2.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

FOLDED = 3  # from how many places on one slip is told once


class Level(StrEnum):
    """How serious a finding is."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"


# Not frozen, and written to by nobody: thousands are made for a report, and a frozen one takes five times as long.
@dataclass(slots=True, unsafe_hash=True)
class Location:
    """A place that the reader can click or find; what does not apply is None.

    `line` and `column` count from 1 in a text file; `sheet` and `cell` are a workbook's; the others are a Word
    document's: the template's part, the nearest heading, the paragraph's number or the table's row and column, and
    which table of the part it is, where there are several.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None
    heading: str | None = None
    paragraph: int | None = None
    table_row: int | None = None
    table_column: int | None = None
    table: int | None = None

    def __str__(self) -> str:
        """The place in one line.

        >>> str(Location("甲.yaml", 3, 5))
        '甲.yaml:3:5'
        >>> str(Location("甲.xlsx", sheet="资金", cell="B4"))
        '甲.xlsx › 资金 › B4'
        """
        text = self.file or ""
        if self.line is not None:
            text += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        steps = [text] if text else []
        steps += [step for step in (self.sheet, self.cell, self.part) if step]
        if self.heading:
            steps.append(f"“{self.heading}”之下")
        if self.table_row is not None:
            table = f"第{self.table}个表" if self.table is not None else "表"
            steps.append(f"{table}第{self.table_row}行第{self.table_column}列")
        elif self.paragraph is not None:
            steps.append(f"第{self.paragraph}段")
        return " › ".join(steps)

    def as_json(self) -> dict[str, str | int]:
        """The place as an object with Chinese keys; absent ones are left out."""
        return {
            key: value
            for key, value in (
                ("文件", self.file),
                ("行", self.line),
                ("列", self.column),
                ("表", self.sheet),
                ("单元格", self.cell),
                ("部分", self.part),
                ("标题", self.heading),
                ("段落", self.paragraph),
                ("表行", self.table_row),
                ("表列", self.table_column),
                ("表号", self.table),
            )
            if value is not None
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, missing or worth a look.

    `code` is stable; `what` says it in one sentence; `quoted` is the passage as written; `expected`, `actual`
    and `mend` are there where they help.  `data` is the dotted name of the value it is about (`资金.预算`), by which
    the data file may accept it (已核实).
    """

    code: str
    level: Level
    where: Location
    what: str
    quoted: str | None = None
    expected: str | None = None
    actual: str | None = None
    mend: str | None = None
    data: str | None = None

    def __str__(self) -> str:
        """The finding as one line of text, its place first and last the data name by which it can be accepted."""
        place = f"{self.where}: " if str(self.where) else ""
        mend = f"（{self.mend}）" if self.mend else ""
        data = f" ‹{self.data}›" if self.data else ""
        return f"{place}{self.level}[{self.code}] {self.what}{mend}{data}"

    def as_json(self) -> dict[str, object]:
        """The finding as an object with Chinese keys, for `--json`."""
        return {
            "代码": self.code,
            "级别": str(self.level),
            "位置": self.where.as_json(),
            "原文": self.quoted,
            "说明": self.what,
            "应为": self.expected,
            "实为": self.actual,
            "建议": self.mend,
            **({"数据": self.data} if self.data else {}),
        }


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the data file accepts (已核实), and why: listed, never lost."""

    finding: Finding
    reason: str

    def __str__(self) -> str:
        """The accepted finding as one line of text."""
        place = f"{self.finding.where}: " if str(self.finding.where) else ""
        return f"{place}已核实[{self.finding.code}] {self.finding.what}（原因：{self.reason}）"

    def as_json(self) -> dict[str, object]:
        """The finding as an object with Chinese keys, with the reason why it is accepted."""
        return {**self.finding.as_json(), "原因": self.reason}


class ReportError(Exception):
    """The work cannot go on; carries the findings that say why, in Chinese and with their places."""

    def __init__(self, findings: Iterable[Finding] | Finding | str, where: Location | None = None) -> None:
        if isinstance(findings, str):
            findings = Finding("E000", Level.ERROR, where or Location(), findings)
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "正被别的程序使用",
}


def reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese.

    >>> reason(PermissionError(13, "Permission denied"))
    '没有权限'
    """
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def rows_in_runs(numbers: Iterable[int], most: int | None = None) -> str:
    """Row numbers in runs; with … after `most` of them.

    >>> rows_in_runs([3, 5, 6, 7, 9]), rows_in_runs([3, 5, 6, 7, 9], 2)
    ('3、5—7、9', '3、5—7…')
    """
    return "、".join(_runs(numbers)[:most]) + ("…" if most and len(_runs(numbers)) > most else "")


def _runs(numbers: Iterable[int]) -> list[str]:
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}—{last}" for first, last in found]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by file, line and column; those without a place last."""
    return sorted(findings, key=lambda one: (not str(one.where), one.where.file or "", *_spot(one.where)))


def _spot(where: Location) -> tuple[int, int]:
    return where.line or 0, where.column or 0


def told(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings a line each; what is said word for word of many places is said once, with the places.

    >>> places = [Location("甲.yaml", line) for line in (3, 7, 9)]
    >>> list(told(Finding("X102", Level.ERROR, place, "应是90%") for place in places))
    ['甲.yaml:3: 错误[X102] 应是90%', '  同样的还有 2 处：甲.yaml:7、甲.yaml:9']
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.what), []).append(finding)
    for first, *others in groups.values():
        yield str(first)
        if len(others) + 1 >= FOLDED:
            yield f"  同样的还有 {len(others)} 处：{'、'.join(str(one.where) for one in others)}"
        else:
            yield from (str(one) for one in others)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that are of level 错误."""
    return [finding for finding in findings if finding.level is Level.ERROR]
