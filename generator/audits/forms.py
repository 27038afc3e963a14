"""自评表：总分等于各项相加，执行率等于执行数除以预算数，其中各项相加等于总额，结余等于收入减支出。

自评表一张表里有几段，每个数的表头是它上面最近的文字。没有总分、没有这些栏的表不看。

正例：

    | 项目资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 年度资金总额 | 10 | 9 | 10 | 90% | 9 |
    | 其中：当年财政拨款 | 10 | 9 | — | 90% | — |
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因 |
    | 项目数 | ≥1个 | 1个 | 50 | 50 | 无 |
    | 满意度 | ≥90% | 95% | 40 | 38 | 无 |
    | 总分 |  |  | 100 | 97 |  |

反例：

    | 项目资金 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | 年度资金总额 | 10 | 9 | 10 | 95% | 9 |   # !A116 90%
    | 其中：当年财政拨款 | 10 | 9 | — | 90% | — |
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因 |
    | 项目数 | ≥1个 | 1个 | 50 | 50 | 无 |
    | 满意度 | ≥90% | 95% | 40 | 38 | 无 |
    | 总分 |  |  | 100 | 98 |  |   # !A116 97
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..document import Cell, Table
from ..findings import Level
from ..values import half_up, plain
from . import Case, Fault
from .numbers_of_tables import Entry, entry

CODE = "A116"
LEVEL = Level.ERROR

_FULL, _POINTS = re.compile(r"(?:指标)?(?:分值|权重|满分)"), re.compile(r"(?:自评|评价)?(?:得分|分)")
_HEAD = re.compile(r".*(?:数|率|分值|权重|满分|得分|自评分|指标值|目标值|完成值|结余|结转|金额|情况|分析|措施).*")
_WHOLE, _PARTS = re.compile(r"总分|合计|总计"), re.compile(r"其中")
_FUNDS = re.compile(r"(?:年度)?资金总额")
# What a head is worked out from: the heads that are added, and those that are taken off.
_BALANCES = (
    (
        re.compile(r"指标结余数?"),
        (re.compile(r"年初预算数?"), re.compile(r".*上年结余.*")),
        (re.compile(r"财政拨款数?"),),
    ),
    (re.compile(r"(?:资金)?结余(?:、结转)?数?"), (re.compile(r"财政拨款数?"),), (re.compile(r"实际支付数?"),)),
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a form: its row, the nearest words above it, and what the row is called."""

    row: int
    head: str
    name: str
    entry: Entry


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each total, rate and balance of a form that is not what the numbers beside it give."""
    for table in case.report.tables:
        numbers = list(_numbers(table))
        for cell, what, wanted in (*_totals(numbers), *_rates(numbers), *_parts(numbers), *_balances(numbers)):
            passage = case.report.passage_of(cell.paragraphs[0])
            text = cell.text.strip()
            yield Fault(passage.path, what, where=cell.paragraphs[0].where, quoted=text, expected=wanted, actual=text)


def _numbers(table: Table) -> Iterator[_Number]:
    """The numbers of a table with the head that stands over them."""
    heads: dict[int, str] = {}
    for number, row in enumerate(table.rows):
        own = [cell for cell in row if not cell.goes_on]
        found = {cell.column: one for cell in own if (one := entry(cell)) is not None}
        before = [words for cell in own if found and cell.column < min(found) and (words := _words(cell))]
        for column, one in found.items():
            yield _Number(number, heads.get(column, ""), before[-1] if before else "", one)
        for cell in own:
            if cell.column not in found and _HEAD.fullmatch(words := _words(cell)):
                heads |= dict.fromkeys(range(cell.column, cell.column + cell.span), words)


def _words(cell: Cell) -> str:
    """What a cell says, where it is no value."""
    words = re.sub(r"[\s⏎]", "", cell.text)
    return words if entry(cell) is None and words[:1] not in ("≥", "≤", "=", "＝", "<", ">") else ""


def _totals(numbers: list[_Number]) -> Iterator[tuple[Cell, str, str]]:
    """The totals of points and of full marks, where a table has both in a row of its own."""
    whole = [one for one in numbers if one.name == "总分"]
    parts = [one for one in numbers if not _WHOLE.match(one.name)]
    kinds = (("分值", _FULL), ("得分", _POINTS))
    if len(whole) != len(kinds):
        return
    for total, (kind, pattern) in zip(whole, kinds, strict=True):
        found = [one.entry.value for one in parts if pattern.fullmatch(one.head)]
        added = sum(found, Decimal())
        if found and added != total.entry.value:
            what = f"总分一行的{kind}是{total.entry.cell.text.strip()}，各项{kind}相加是{plain(added)}"
            yield total.entry.cell, what, plain(added)


def _rates(numbers: list[_Number]) -> Iterator[tuple[Cell, str, str]]:
    """The rate of execution and its points."""
    for row in {one.row for one in numbers if _FUNDS.search(one.name) or _PARTS.match(one.name)}:
        own = {one.head: one.entry for one in numbers if one.row == row}
        budget, spent, rate = (own.get(head) for head in ("全年预算数", "全年执行数", "执行率"))
        if budget and spent and rate and budget.value and rate.percent:
            wanted = half_up(spent.value / budget.value * 100, rate.places)
            if wanted != rate.value:
                what = f"执行率是{rate.cell.text.strip()}，{plain(spent.value)}÷{plain(budget.value)}是{wanted}%"
                yield rate.cell, what, f"{wanted}%"


def _parts(numbers: list[_Number]) -> Iterator[tuple[Cell, str, str]]:
    """The sum of funds and its parts (其中)."""
    whole = [one for one in numbers if _FUNDS.search(one.name) and re.search("预算数|执行数", one.head)]
    for total in whole:
        below = [
            one
            for one in numbers
            if one.head == total.head and one.row > total.row and re.search("拨款|资金", one.name)
        ]
        added = sum((one.entry.value for one in below), Decimal())
        if below and _PARTS.match(below[0].name) and added != total.entry.value:
            text = total.entry.cell.text.strip()
            yield total.entry.cell, f"“{total.head}”总额是{text}，其中各项相加是{plain(added)}", plain(added)


def _balances(numbers: list[_Number]) -> Iterator[tuple[Cell, str, str]]:
    for row in sorted({one.row for one in numbers}):
        own = [one for one in numbers if one.row == row]
        for result, added, taken in _BALANCES:
            found = [one for one in own if result.fullmatch(one.head)]
            terms = [[one for one in own if pattern.fullmatch(one.head)] for pattern in (*added, *taken)]
            if len(found) != 1 or not all(len(one) == 1 for one in terms):
                continue
            values = [one[0].entry.value for one in terms]
            wanted = sum(values[: len(added)], Decimal()) - sum(values[len(added) :], Decimal())
            if wanted != found[0].entry.value:
                text = found[0].entry.cell.text.strip()
                yield found[0].entry.cell, f"“{found[0].head}”是{text}，按表里的数应是{plain(wanted)}", plain(wanted)
