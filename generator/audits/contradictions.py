"""正文里的数和表格里的、别处的：一个单位、区域、用途、指标的同一个数，各处要一样。

数是谁的，看同一句里前面最近的、表格里有一行的名称；没有名称的，是整个项目的。数是什么，看它前面的词（预算、安排，到位、拨付，
支出、使用，结余、未使用，占比，年度指标值……）和表格的栏目；个数看后面的名词（“71个社区”和“社区数”）。前后几个字都一样的，
也是同一个数。各处只有一处不同的才说：在表里有一行的，和表里不同就说；整个项目的，别处至少要有两处一样。像是抄错的（差一个数字、
两个数字颠倒）是错误，其余是警告。“其中”后面的、分批的、上年的、约数不看，写着不同时间的不相比。

正例：

    乙区拨付资金160万元，支出117万元，还有43万元没有使用。
    乙区第一批收到60万元。
    | 区域 | 预算安排（万元） | 财政拨付（万元） | 支出（万元） | 未使用（万元） |
    | 甲区 | 300 | 300 | 272.50 | 27.50 |
    | 乙区 | 160 | 160 | 117 | 43 |
    | 合计 | 460 | 460 | 389.50 | 70.50 |

反例：

    乙区拨付资金160万元，其余都好；乙区未使用资金53万元。   # !A106 43
    甲区拨付资金210万元。   # !A106 300
    丙区不在表里，支出127万元。
    全年累计支出399.50万元。   # !A106 389.50
    | 区域 | 预算安排（万元） | 财政拨付（万元） | 支出（万元） | 未使用（万元） |
    | 甲区 | 300 | 300 | 272.50 | 27.50 |
    | 乙区 | 160 | 160 | 117 | 43 |
    | 合计 | 460 | 460 | 389.50 | 70.50 |

反例：指标的目标值和实际值；前后都一样的一句。

    数量指标“参与人次”年度指标值为≥200人次，实际完成值为360人次。   # !A106 300
    两县的14个街道、134个社区。
    两县的14个街道、134个社区。
    两县的14个街道、98个社区。   # !A106 134
    | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 参与人次 | ≥200人次 | 300人次 | 10 | 10 |
    | 满意度 | ≥90% | 95% | 10 | 10 |
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..findings import Level
from ..wording import fault
from . import CONTRADICTION, Case, Fault
from .near_figures import is_slip
from .statements import Statement, statements

CODE = "A106"
LEVEL = Level.ERROR
KIN = CONTRADICTION

_ENOUGH = 2  # statements that agree, for another one to be wrong
_LONG = 6  # signs of a figure that is known by the words around it alone
_LONG_NAME = 8
_MOST_VALUES = 12
_ENOUGH_OF_PROJECT = 3  # amounts of the whole project: others are of a part of it


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each figure that alone is not as the others of its name."""
    groups: dict[tuple[str, str, str], dict[tuple[object, tuple[int, int]], Statement]] = defaultdict(dict)
    for one in statements(case.report):
        groups[one.owner, one.name, one.kind].setdefault((one.passage.path, one.span), one)
    for (owner, name, kind), held in groups.items():
        whole = [*groups.get(("", name, kind), {}).values()] if owner else []
        if owner and kind == "元" and not name:
            rows = [each for key, one in groups.items() if key[::2] == (owner, kind) for each in one.values()]
            found = _unnamed([*held.values()], [one for one in rows if one.tabled])
        else:
            found = _odd([*held.values()]) if not all(one.tabled for one in held.values()) else iter(())
        yield from (_fault(*one) for one in found if not any(one[0].agrees(other) for other in whole))


def _unnamed(texts: Sequence[Statement], rows: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, int]]:
    """The one amount right behind a name that none of its rows has, where the row has others or one that is near."""
    strange = [one for one in texts if not any(one.agrees(row) for row in rows)]
    for odd in strange if len(strange) == 1 else ():
        near = next((row for row in rows if _is_slip(odd, row)), None)
        right = [one for one in texts if one is not odd]
        if rows and (near or right):
            yield odd, near or right[0], len(right) or 1


def _odd(group: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, int]]:
    """Each statement that alone does not agree with the others, one of those, and how many they are."""
    each = {one.readings: one for one in reversed(group)}  # the first of each value
    if not 1 < len(each) <= _MOST_VALUES:
        return  # one figure, or many that are called alike
    agreeing = [[other for other in group if one.agrees(other)] for one in reversed(each.values())]
    usual = max(agreeing, key=lambda found: (len(found), any(one.tabled for one in found)))
    held = {id(one) for one in usual}
    strange = [one for one in group if id(one) not in held]
    whole = group[0].kind == "元" and not (group[0].owner or group[0].by_place)
    for odd in strange:
        needed = _ENOUGH_OF_PROJECT if whole and not odd.tabled else _ENOUGH
        if any(one.tabled for one in usual) and not odd.tabled and (odd.owner or _is_slip(odd, usual[0])):
            needed = 1
        if len(group) == 2 and _is_telling(group):
            needed = 1  # said twice, and each time otherwise
        other_time = odd.when and odd.when not in {one.when for one in usual}
        if len(usual) >= needed and not other_time and (len(strange) == 1 or _is_slip(odd, usual[0])):
            yield odd, usual[0], len(usual)


def _is_telling(group: Sequence[Statement]) -> bool:
    """Whether statements are of one figure by their name alone: of a row, or called by many words."""
    one = group[0]
    if one.by_place:
        return bool(one.owner) and max(len(other.written) for other in group) >= _LONG
    return bool(one.owner) or (one.kind == "元" and len(one.name) >= _LONG_NAME)


def _is_slip(odd: Statement, usual: Statement) -> bool:
    return is_slip(*(re.sub(r"[^\d.]", "", one.written) for one in (odd, usual)))


def _fault(odd: Statement, usual: Statement, count: int) -> Fault:
    name = "" if odd.by_place else odd.name
    whose = f"“{odd.owner}”的{name}" if odd.owner else f"“{name}”" if name else "前后文字都一样的数，"
    where = usual.passage.where
    place = f"第{where.line}行" if where.line is not None else str(where).rpartition(" › ")[2]
    also = f"等{count}处" if count > 1 else ""
    what = f"{whose}这里是{odd.written}，{place or '别处'}{also}是{usual.written}"
    proven = _is_slip(odd, usual) and not (odd.by_place and not odd.owner)
    level = LEVEL if proven else Level.WARNING
    return fault(odd.passage, *odd.span, what, expected=usual.written, actual=odd.written, level=level)
