"""同一栏、同一篇里金额的写法不一：有的有千分位，有的没有；多数用万元，大额的却有用元的；同一栏里小数的位数不同。

整数不带小数的不算位数不同；十万元以上的才看单位，单价、补助标准多用元。写法不影响数，只在第一处提示，并数出有几处。

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

反例：

    预算总额为920万元，市级拨付460万元，区级拨付460万元；每个社区40万元，共23个社区920万元。
    全年共支出8988025.24元。   # !A131 多数用万元
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

_AMOUNT = re.compile(r"(?<![\d,.])(?P<digits>\d{1,3}(?:,\d{3}){1,4}|\d{4,15})(?:\.\d{1,6})?(?=(?P<unit>万?元))")
_UNITED = re.compile(r"(?<![\d,.])(?P<digits>\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?(?P<unit>万?元)")
_MONEY = re.compile("元|金额|预算|支出|到位|拨付|资金|结余|经费")
_NO_MONEY = re.compile("率|占比|数量|人次|个数|年|分值|得分")
_FEWEST = 3
_SEPARATED = 1000
_LARGE = 100_000
_RARE = 5  # times as many as those that are told


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first amount of a column, or of the text, that is written otherwise than most."""
    yield from _of_texts(case)
    yield from _units(case)
    for table in case.report.tables:
        grid = Grid(table)
        for column, head in grid.heads.items() if grid.is_regular else ():
            entries = [row[column] for row in grid.entries if column in row and not row[column].percent]
            if _MONEY.search(head) and not _NO_MONEY.search(head):
                yield from _separators(case, entries, head)
                yield from _decimals(case, entries, head)


def _of_texts(case: Case) -> Iterator[Fault]:
    """The first amount with a separator, or without one, where more of the others are written otherwise."""
    found = [(passage, match) for passage in case.passages for match in _AMOUNT.finditer(passage.typed)]
    with_comma = [one for one in found if "," in one[1]["digits"]]
    without = [one for one in found if "," not in one[1]["digits"]]
    few, most = sorted((with_comma, without), key=len)
    if few:
        passage, match = few[0]
        has, rest = ("有", "没有") if few is with_comma else ("没有", "有")
        written = match[0] + match["unit"]
        what = f"四位以上的金额，“{written}”这样的{len(few)}处{has}千分位，另外{len(most)}处{rest}"
        yield fault(passage, *match.span(), what, actual=written)


def _units(case: Case) -> Iterator[Fault]:
    """The first large amount of a text in yuan where most are in wan, or the other way round."""
    found: dict[str, list[tuple[Passage, re.Match[str]]]] = {"元": [], "万元": []}
    for passage in case.passages:
        for match in _UNITED.finditer(passage.typed) if passage.prose and "元" in passage.typed else ():
            value = int(match["digits"].replace(",", "")) * (10_000 if match["unit"] == "万元" else 1)
            if value >= _LARGE:
                found[match["unit"]].append((passage, match))
    few, most = sorted(found, key=lambda unit: len(found[unit]))
    if found[few] and len(found[few]) * _RARE <= len(found[most]):
        passage, match = found[few][0]
        what = f"正文的大额金额多数用{most}，“{match[0]}”这样用{few}的有{len(found[few])}处"
        yield fault(passage, *match.span(), what, actual=match[0])


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
