"""所含单位数：一行写的“数量”，等于下级的数量之和；实施.总数等于资金里的数量之和。

下级都写了数量的才比较相等，有的没有写的，只查已有的之和是否超过；数量单位不同的（社区与项目）不比较。
实施.总数写了、“合计取自”的那种列示又都写了数量的，两者不同是警告：总数可以不写，由程序相加。

正例：甲区71个社区，由两个街道的30个和41个相加。

    资金:
      按区域:
        - {名称: 甲区, 数量: 71, 下级: [{名称: 东街道, 数量: 30}, {名称: 西街道, 数量: 41}]}

反例：下级相加是70个。

    资金:
      按区域:
        - 名称: 甲区
          数量: 71   # !F111 甲区 70 相差1
          下级: [{名称: 东街道, 数量: 30}, {名称: 西街道, 数量: 40}]

反例：实施里写的总数，与资金里各区域的数量之和不同。

    资金: {合计取自: 按区域, 按区域: [{名称: 甲区, 数量: 71}, {名称: 乙区, 数量: 31}]}
    实施:
      总数: 103   # !F111 102 相差1
      未开展: 3
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...model import FundRow, counted_in
from .. import Case, Fault
from . import Row, every_row, lists

CODE = "F111"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each number of units that its parts do not make up."""
    funds, said = case.data.funds, case.data.implementation
    for one in every_row(funds) if funds else ():
        if fault := _compared(one):
            yield fault
    rows = dict(lists(funds)).get(funds.total_of or "", []) if funds else []
    added = counted_in(rows)
    if said and said.total is not None and added is not None and added != said.total and _alike(rows):
        what = f"实施的总数是{said.total}，资金里的数量相加是{added}，相差{abs(added - said.total)}"
        mend = "总数可以不写，由程序相加；对象不同的，数量单位分别写明"
        yield Fault(("实施", "总数"), what, str(added), str(said.total), mend=mend, level=Level.WARNING)


def _compared(one: Row) -> Fault | None:
    whole, counts = one.row.count, [part.counted_units() for part in one.row.parts]
    known = [count for count in counts if count is not None]
    added = sum(known)
    if whole is None or not known or added == whole or not _alike([one.row, *one.row.parts]):
        return None
    if len(known) < len(counts) and added < whole:
        return None
    what = f"{one.name}的数量是{whole}，下级相加是{added}，相差{abs(added - whole)}"
    return Fault((*one.path, "数量"), what, str(added), str(whole), mend="数量可以不写，由下级相加")


def _alike(rows: list[FundRow]) -> bool:
    """Whether the rows count the same thing, as far as they say what."""
    return len({row.counted for row in rows if row.counted}) < 2
