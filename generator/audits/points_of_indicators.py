"""指标的分值和得分：正文里写的，和得分表里同一个指标的一样。

看“立项程序规范性。分值2分，得1.50分”“产出指标满分34分，得分27.22分”“决策12.48分”：名称是表里的一行，后面写的分值、得分，
应在那一行里（分值也可以写在名称后面的括号里）。“综合得分”“评价总分”应在合计行里。

正例：

    产出指标满分34分，得分27.22分。
    立项程序规范性。分值2分，得1.50分。
    | 指标 | 分值 | 得分 |
    | 产出（34分） | 34 | 27.22 |
    | 立项程序规范性 | 2 | 1.50 |

反例：

    产出指标满分34分，得分28.22分。   # !A122 27.22
    立项程序规范性。分值3分，得1.50分。   # !A122 2
    项目综合得分38.72分（满分36分）。   # !A122 28.72
    | 指标 | 分值 | 得分 |
    | 产出 | 34 | 27.22 |
    | 立项程序规范性 | 2 | 1.50 |
    | 合计 | 36 | 28.72 |
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..document import Table
from ..findings import Level
from ..values import plain
from ..wording import HAN, fault
from . import Case, Fault
from .indicator_tables import WEIGHED
from .near_figures import is_slip
from .numbers_of_tables import Grid

CODE = "A122"
LEVEL = Level.ERROR

_TOTALS = ("综合得分", "评价总分")  # what texts call the points of the whole
_HEADS = re.compile("分值|权重|满分|得分")
_FULL = r"(?:分值|满分|权重)(?:为|共|是)?"
_POINTS = r"(?:综合|评价)?得分?(?:为|共|是)?"
_STATED = re.compile(
    rf"[”’]?(?:类?指标|情况)?(?:。(?:该项|此项)?|，|：|的|共)?(?:{_FULL}|{_POINTS})?(?P<first>\d{{1,3}}(?:\.\d{{1,2}})?)分(?![及以或]|钟|别)"
    rf"(?:[，（(；]?(?:{_FULL}|{_POINTS})(?P<second>\d{{1,3}}(?:\.\d{{1,2}})?)分)?"
)
_INSIDE = re.compile(rf"[{HAN}](?<![的和与及中为是类在对标])$")  # the end of a longer name, which may be another
_RULE = re.compile("扣$|每$|[得给]满分|不足|超过")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each weight or points in a text that the row of that name does not have."""
    rows: dict[str, set[Decimal]] = defaultdict(set)
    for table in case.report.tables:
        for name, numbers in _rows(table):
            rows[name] |= numbers
    totals = {one for table in case.report.tables for one in _totals(table)}
    rows |= dict.fromkeys(_TOTALS, totals) if totals else {}
    if not rows:
        return
    named = re.compile("|".join(sorted(map(re.escape, rows), key=len, reverse=True)))
    for passage in case.passages:
        for match in named.finditer(passage.typed) if passage.prose else ():
            stated = _STATED.match(passage.typed, match.end())
            if not stated or _RULE.search(passage.typed[: match.start()][-4:]):
                continue
            inside = match[0] not in _TOTALS and bool(_INSIDE.search(passage.typed[: match.start()][-1:]))
            yield from (
                fault(
                    passage,
                    *stated.span(part),
                    *_told(match[0], stated[part], rows),
                    actual=f"{stated[part]}分",
                    level=Level.WARNING if inside else LEVEL,
                )
                for part in ("first", "second")
                if stated[part] and _is_wrong(stated[part], rows[match[0]], inside)
            )


def _is_wrong(written: str, known: set[Decimal], inside: bool) -> bool:
    """Whether points are none of those known; behind what may be another name's end, only what looks mistyped."""
    if Decimal(written) in known:
        return False
    return not inside or any(is_slip(written, plain(one)) for one in known)


def _told(name: str, written: str, rows: Mapping[str, set[Decimal]]) -> tuple[str]:
    known = "、".join(plain(one) for one in sorted(rows[name], reverse=True)[:4])
    return (f"“{name}”这里写{written}分，得分表里它的分值和得分是{known}",)


def _totals(table: Table) -> set[Decimal]:
    """The total of a table that has weights and points, and the weights'."""
    grid = Grid(table)
    words = {re.sub(r"[\s⏎]", "", cell.text) for row in table.rows for cell in row if not cell.goes_on}
    if "得分" not in words or not words & {"分值", "权重", "满分"}:
        return set()
    totals = [entries for row, entries in zip(table.rows, grid.entries, strict=True) if grid.is_total(row)]
    return {entry.value for entries in totals for entry in entries.values()}


def _rows(table: Table) -> Iterator[tuple[str, set[Decimal]]]:
    """The rows of a table of points: what they are called, and their numbers and the weights in their labels."""
    grid = Grid(table)
    columns = {column for column, head in grid.heads.items() if _HEADS.search(head)}
    for row, entries in zip(table.rows, grid.entries, strict=True):
        for cell in row:
            words = "".join(cell.text.split())
            weighed = WEIGHED.match(words)
            if cell.goes_on or (not weighed and not columns) or not re.match(r"[\u4e00-\u9fff]{2}", words):
                continue
            numbers = {entry.value for column, entry in entries.items() if column in columns}
            if weighed:
                yield weighed[1], {Decimal(weighed[2]), *numbers}
            elif len(words) <= 20 and len(numbers) > 1 and not grid.is_total(row):
                yield words, numbers
