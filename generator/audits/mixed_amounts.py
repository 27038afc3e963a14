"""同一栏、同一篇里金额的写法不一：有的有千分位，有的没有；同一栏里小数的位数不同（整数不带小数的不算）。

正例：

    | 单位 | 预算（元） |
    | 甲社区 | 660,000.00 |
    | 乙社区 | 38,929.35 |
    | 丙社区 | 1,520.00 |

反例：

    项目预算660,000.00元，到位175312.57元，支出8,988.00元。   # !A131 千分位
    | 单位 | 预算（元） | 支出（元） |
    | 甲社区 | 660,000.00 | 1,600.50 |
    | 乙社区 | 38929.35 | 1,600.50 |   # !A131 千分位
    | 丙社区 | 15,200.00 | 1,600.5 |   # !A131 小数
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..findings import Level
from ..passages import Passage
from ..wording import fault
from . import Case, Fault
from .numbers_of_tables import Entry, Grid

CODE = "A131"
LEVEL = Level.HINT

_AMOUNT = re.compile(r"(?<![\d,.])(?P<digits>\d{1,3}(?:,\d{3})+|\d{4,15})(?:\.\d+)?(?=元)")
_MONEY = re.compile("元|金额|预算|支出|到位|拨付|资金|结余|经费")
_NO_MONEY = re.compile("率|占比|数量|人次|个数|年|分值|得分")
_FEWEST = 3
_SEPARATED = 1000


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first amount of a column, or of the text, that is written otherwise than most."""
    yield from _of_texts(case)
    for table in case.report.tables:
        grid = Grid(table)
        for column, head in grid.heads.items() if grid.is_regular else ():
            entries = [row[column] for row in grid.entries if column in row and not row[column].percent]
            if _MONEY.search(head) and not _NO_MONEY.search(head):
                yield from _separators(case, entries, head)
                yield from _decimals(case, entries, head)


def _of_texts(case: Case) -> Iterator[Fault]:
    with_comma: list[tuple[Passage, re.Match[str]]] = []
    without: list[tuple[Passage, re.Match[str]]] = []
    for passage in case.passages:
        if passage.prose and "元" in passage.typed:
            for match in _AMOUNT.finditer(passage.typed):
                (with_comma if "," in match[0] else without).append((passage, match))
    few, most = sorted((with_comma, without), key=len)
    if few and len(few) * 2 <= len(most):
        passage, match = few[0]
        how = "有千分位，多数没有" if few is with_comma else "没有千分位，多数有"
        yield fault(passage, *match.span(), f"正文里元的金额，“{match[0]}元”这样的{len(few)}处{how}", actual=match[0])


def _separators(case: Case, entries: Sequence[Entry], head: str) -> Iterator[Fault]:
    large = [one for one in entries if abs(one.value) >= _SEPARATED]
    with_comma = [one for one in large if "," in _text(one)]
    without = [one for one in large if "," not in _text(one)]
    few, most = sorted((with_comma, without), key=len)
    if few and len(few) < len(most):
        how = "有千分位，多数没有" if few is with_comma else "没有千分位，多数有"
        yield _told(case, few[0], f"“{head}”一栏里，{few[0].cell.text.strip()}{how}")


def _text(entry: Entry) -> str:
    return entry.cell.text.replace("，", ",")


def _decimals(case: Case, entries: Sequence[Entry], head: str) -> Iterator[Fault]:
    places = [one.places for one in entries if one.places]
    usual = max(set(places), key=places.count) if len(places) >= _FEWEST else 0
    odd = [one for one in entries if one.places not in (0, usual)]
    if usual and odd and len(odd) * 2 < len(places):
        yield _told(case, odd[0], f"“{head}”一栏里，{odd[0].cell.text.strip()}的小数位数和多数（{usual}位）不同")


def _told(case: Case, entry: Entry, what: str) -> Fault:
    passage = case.report.passage_of(entry.cell.paragraphs[0])
    return fault(passage, 0, len(passage.typed), what, actual=entry.cell.text.strip())
