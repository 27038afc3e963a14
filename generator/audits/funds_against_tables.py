"""正文里的资金和表格里的：一个单位、区域、用途的预算、到位、支出、结余，和它在表里那一行的一样。

金额是谁的，看同一句里前面最近的、表格里有一行的名称；没有名称的，是整个项目的，和合计行、别处印了三次以上的比。金额是什么，看它前面的词
（预算、安排，到位、拨付，支出、使用，结余、未使用）和表格的栏目。只说像是抄错的：位数相同，差一个数字或颠倒了两个；真是另一个金额的不说。

正例：

    乙区拨付资金160万元，支出117万元，还有43万元没有使用。
    | 区域 | 预算安排（万元） | 财政拨付（万元） | 支出（万元） | 未使用（万元） |
    | 甲区 | 300 | 300 | 272.50 | 27.50 |
    | 乙区 | 160 | 160 | 117 | 43 |
    | 合计 | 460 | 460 | 389.50 | 70.50 |

反例：

    乙区拨付资金160万元，其余都好；乙区还有53万元没有使用。   # !A106 43万元
    丙区不在表里，支出127万元。
    全年累计支出399.50万元。   # !A106 389.50万元
    | 区域 | 预算安排（万元） | 财政拨付（万元） | 支出（万元） | 未使用（万元） |
    | 甲区 | 300 | 300 | 272.50 | 27.50 |
    | 乙区 | 160 | 160 | 117 | 43 |
    | 合计 | 460 | 460 | 389.50 | 70.50 |
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, narrow, places_of, plain
from ..wording import HAN, fault
from . import Case, Fault
from .funds import LONGEST, Amount, amounts, role_of
from .numbers_of_tables import TOTAL, Grid

CODE = "A106"
LEVEL = Level.ERROR

_ROW = re.compile(f"[{HAN}（）()·、]{{2,30}}")
_NO_AMOUNT = re.compile("率|占比|比例|数量|社区数|个数|序号|时间|日期")
_PLACE = re.compile(
    "[省市县区乡镇村街道社]|中心|学校|医院|公司|单位|其中|第[一二三四]|首付|尾款|[上中下]半年|季度|最后一笔"
)
_USUAL = 3  # how often an amount of the project is printed for another one to be a slip
_WHOLE = ""  # whose funds those of the project are


@dataclass(frozen=True, slots=True)
class _Stated:
    """An amount in a text, whose it is, and where it stands."""

    owner: str
    amount: Amount
    passage: Passage
    span: tuple[int, int]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each amount in a text that is a slip of the one in its row, or of the project's usual one."""
    rows = _rows(case)
    stated = list(_stated(case, frozenset(owner for owner, _ in rows if owner)))
    usual: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for one in stated:
        if one.owner == _WHOLE:
            usual[one.amount.role][one.amount.yuan] += 1
    for one in stated:
        role, yuan = one.amount.role, one.amount.yuan
        known = rows.get((one.owner, role), frozenset())
        others = usual[role] if one.owner == _WHOLE else Counter[Decimal]()
        if yuan in known or others[yuan] > 1:
            continue
        often = {other for other, count in others.items() if count >= _USUAL}
        near = next((other for other in sorted(known | often) if _is_slip(other, yuan)), None)
        if near is None:
            continue
        unit = "万元" if "万元" in one.amount.written else "元"
        value = near / YUAN_IN[unit]
        wanted = f"{value:,.{2 if places_of(value) else 0}f}{unit}"
        whose, where = f"{one.owner}的" if one.owner else "项目的", "表里" if near in known else "别处"
        what = f"{whose}{role}这里是{one.amount.written}，{where}是{wanted}"
        level = LEVEL if near in known and one.owner else Level.WARNING
        yield fault(one.passage, *one.span, what, expected=wanted, actual=one.amount.written, level=level)


def _rows(case: Case) -> dict[tuple[str, str], frozenset[Decimal]]:
    """The amounts of the tables, in yuan, by what their row is called ("" for the total) and by their column."""
    found: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for table in case.report.tables:
        grid = Grid(table)
        roles = {column: role_of(head) for column, head in grid.heads.items() if not _NO_AMOUNT.search(head)}
        if not any(roles.values()):
            continue
        for row, entries in zip(table.rows, grid.entries, strict=True):
            names = ["".join(cell.text.split()) for cell in row if not cell.goes_on]
            name = next((one for one in names if _ROW.fullmatch(one)), None)
            if name is None:
                continue
            owner = _WHOLE if TOTAL.match(name) else name
            for column, entry in entries.items():
                if roles.get(column) and not entry.percent:
                    found[owner, roles[column]] |= {entry.value, entry.value * YUAN_IN["万元"]}
    return {key: frozenset(values) for key, values in found.items()}


def _stated(case: Case, owners: frozenset[str]) -> Iterator[_Stated]:
    named = re.compile("|".join(sorted(map(re.escape, owners), key=len, reverse=True)) or "(?!)")
    for passage in case.passages:
        if not passage.prose:
            continue
        for sentence in re.finditer(r"[^。；\n]+", narrow(passage.typed)):
            if len(sentence[0]) > LONGEST:
                continue
            for one in amounts(sentence[0]):
                before = sentence[0][: one.span[0]]
                owner, after = _WHOLE, before
                for found in named.finditer(before):
                    owner, after = found[0], before[found.end() :]
                if not _PLACE.search(after):
                    start = sentence.start() + one.span[0]
                    yield _Stated(owner, one, passage, (start, start + len(one.written)))


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts have as many digits and differ in one, or in two neighbours that are changed about."""
    pair = [plain(value).replace(".", "").rstrip("0") for value in (one, other)]
    width = max(map(len, pair))
    whole = [len(str(int(value))) for value in (one, other)]
    apart = [(a, b) for a, b in zip(pair[0].ljust(width, "0"), pair[1].ljust(width, "0"), strict=True) if a != b]
    return whole[0] == whole[1] and (len(apart) == 1 or (len(apart) == 2 and apart[0] == apart[1][::-1]))
