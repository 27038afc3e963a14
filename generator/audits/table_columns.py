"""表格各栏的关系：一栏是另两栏相除、相减或占合计的比例的，每一行都要符合。

表里没有写公式，程序自己看出来：多数行（至少两行）都符合“得分率=得分÷分值”“未使用=到位－支出”“占比=支出÷支出合计”这样的
关系，剩下不符合的一两行就是错的。按印出的位数四舍五入比较。

正例：

    | 单位 | 到位 | 支出 | 支出率 | 结余 |
    | 甲 | 100 | 50 | 50.00% | 50 |
    | 乙 | 300 | 100 | 33.33% | 200 |
    | 丙 | 200 | 190 | 95.00% | 10 |

反例：

    | 单位 | 到位 | 支出 | 支出率 | 结余 |
    | 甲 | 100 | 50 | 50.00% | 50 |
    | 乙 | 300 | 100 | 33.33% | 200 |
    | 丙 | 200 | 190 | 59.00% | 10 |   # !A111 95.00%
    | 丁 | 400 | 100 | 25.00% | 300 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from ..document import Table
from ..findings import Level
from ..values import half_up
from . import Case, Fault
from .numbers_of_tables import Entry, Grid

CODE = "A111"
LEVEL = Level.ERROR

FEWEST = 2  # rows that show a relation
MOST_WRONG = 3  # a relation that this many rows break, or more than a third, is none
MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a column is of two others: how many rows hold it, and the rows that do not, with what they should have."""

    kind: str
    of: tuple[int, int]
    right: int
    wrong: tuple[tuple[int, Entry, str], ...]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each number that is not what its column is of two others in the other rows."""
    for table in case.report.tables:
        for entry, wanted, why in _wrong(table):
            where = entry.cell.paragraphs[0].where
            text = entry.cell.text.strip()
            what = f"这里是{text}，按{why}应为{wanted}"
            yield Fault(
                case.report.passage_of(entry.cell.paragraphs[0]).path,
                what,
                where=where,
                quoted=text,
                expected=wanted,
                actual=text,
            )


def _wrong(table: Table) -> Iterator[tuple[Entry, str, str]]:
    grid = Grid(table)
    if not grid.is_regular:
        return
    rows = [row for row in grid.entries if len(row) > 1]
    columns = sorted({column for row in rows for column in row})[:MOST_COLUMNS]
    found = {column: [one for one in _relations(grid, rows, column, columns) if one.right] for column in columns}
    whole = {(one.kind, one.of) for each in found.values() for one in each if not one.wrong}
    told: set[tuple[frozenset[int], int]] = set()
    for column in reversed(columns):  # what is worked out stands at the right
        best = max(found[column], key=lambda one: (one.right, -len(one.wrong)), default=None)
        if best is None or not best.wrong or len(best.wrong) > MOST_WRONG or best.right < 2 * len(best.wrong):
            continue
        if (best.kind, best.of) in whole or any(not one.wrong and one.right >= best.right for one in found[column]):
            continue
        for row, entry, wanted in best.wrong:
            if (key := (frozenset((column, *best.of)), row)) not in told:
                told.add(key)
                yield entry, wanted, _named(grid, best)


def _named(grid: Grid, relation: _Relation) -> str:
    one, other = (f"“{grid.heads.get(column, f'第{column + 1}栏')}”" for column in relation.of)
    return {"÷": f"{one}除以{other}", "－": f"{one}减{other}", "＋": f"{one}加{other}"}[relation.kind]


def _relations(
    grid: Grid, rows: Sequence[dict[int, Entry]], column: int, columns: Sequence[int]
) -> Iterator[_Relation]:
    percent = any(row[column].percent for row in rows if column in row)
    for one, other in permutations([each for each in columns if each != column], 2):
        if percent:
            yield _held(rows, "÷", column, (one, other))
        else:
            yield _held(rows, "－", column, (one, other))
            if one < other:
                yield _held(rows, "＋", column, (one, other))


def _held(rows: Sequence[dict[int, Entry]], kind: str, column: int, of: tuple[int, int]) -> _Relation:
    """How many rows hold a relation of three columns, and those that do not."""
    one, other = of
    right, telling, wrong = 0, 0, []
    for number, row in enumerate(rows):
        if not all(place in row for place in (column, one, other)) or row[one].percent or row[other].percent:
            continue
        entry = row[column]
        value = _reckoned(kind, row[one].value, row[other].value)
        if value is None:
            continue
        wanted = half_up(value, entry.places)
        if wanted == entry.value:
            right += 1
            telling += bool(row[one].value and row[other].value)
        else:
            wrong.append((number, entry, f"{wanted:.{entry.places}f}" + ("%" if entry.percent else "")))
    return _Relation(kind, of, right if telling >= FEWEST else 0, tuple(wrong))


def _reckoned(kind: str, one: Decimal, other: Decimal) -> Decimal | None:
    if kind == "÷":
        return one / other * 100 if other else None
    return one - other if kind == "－" else one + other
