"""区间分档：实际值落在哪个区间，就得哪个区间的分。

“区间”按从小到大列出，每个写“下限”“上限”（不写为不限）和“含下限”“含上限”（是或否，有限的一端必须写明）。
每个区间的分写“得分”（几分），或“得分比例”（分值的百分之几），二者写一个。相邻区间要接上：前一个的上限就是后一个的下限，
并且只有一个区间含这个端点，否则是错误。“取绝对值: 是”：按实际值的绝对值分档，用于正负偏差同样对待的指标。
实际值不在任何区间内的，是错误，不会按 0 分处理。
来源：评分标准中的“偏差在±10%以内5分，10%~15%3分……”“满意率90%以上满分，80%~90%得80%……”。

例：成本偏差 ±10% 以内 5 分，超过 10% 到 15% 3 分，超过 15% 到 20% 1 分，再大不得分。

>>> 区间 = [{"下限": "0%", "含下限": "是", "上限": "10%", "含上限": "是", "得分": "5"},
...         {"下限": "10%", "含下限": "否", "上限": "15%", "含上限": "是", "得分": "3"},
...         {"下限": "15%", "含下限": "否", "上限": "20%", "含上限": "是", "得分": "1"},
...         {"下限": "20%", "含下限": "否", "得分": "0"}]
>>> 计分("区间分档", 分值="5", 实际="-12%", 取绝对值="是", 区间=区间)
-12%的绝对值为12%，高于10%、不高于15%，得3分
3
>>> 计分("区间分档", 分值="5", 实际="10%", 取绝对值="是", 区间=区间)
10%的绝对值为10%，不低于0%、不高于10%，得5分
5

例：满意率 90% 以上满分，80% 以上得分值的 80%，以下不得分。

>>> 满意 = [{"上限": "80%", "含上限": "否", "得分比例": "0%"},
...         {"下限": "80%", "含下限": "是", "上限": "90%", "含上限": "否", "得分比例": "80%"},
...         {"下限": "90%", "含下限": "是", "得分比例": "100%"}]
>>> 计分("区间分档", 分值="7", 实际="83%", 区间=满意)
83%不低于80%、低于90%，得分=7×80%=5.60分
5.60

反例：两个区间都含 90%。

>>> 计分("区间分档", 分值="7", 实际="83%", 区间=[
...     {"上限": "90%", "含上限": "是", "得分": "5"}, {"下限": "90%", "含下限": "是", "得分": "7"}])
错误：第1个区间的上限和第2个区间的下限都含端点，重叠了：只能有一个写“是”

反例：实际值在所有区间之外。

>>> 计分("区间分档", 分值="5", 实际="-12%", 区间=区间)
错误：-12%不在任何区间内
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Self

from pydantic import model_validator

from ..fields import Input, Record, Score, Share, YesNo, named
from ..scores import Operand, Scored, ScoringError, Task, amount_of, operand_of, same_kind
from ..values import plain
from . import worded

NAME = "区间分档"


class Band(Record):
    """One band of values and what it gives."""

    low: Input | None = named("下限", "下限，不写为不限")
    high: Input | None = named("上限", "上限，不写为不限")
    with_low: YesNo | None = named("含下限", "等于下限时是否算在内")
    with_high: YesNo | None = named("含上限", "等于上限时是否算在内")
    points: Score | None = named("得分", "在这个区间得几分")
    share: Share | None = named("得分比例", "在这个区间得分值的百分之几")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for key, bound, included in (("下限", self.low, self.with_low), ("上限", self.high, self.with_high)):
            if bound is not None and included is None:
                raise ValueError(f"写了“{key}”，还要写“含{key}: 是”或“含{key}: 否”")
            if bound is None and included is not None:
                raise ValueError(f"没有写“{key}”，不能写“含{key}”")
        if (self.points is None) == (self.share is None):
            raise ValueError("“得分”和“得分比例”要写一个，也只能写一个")
        if self.share is not None and self.share.fraction > 1:
            raise ValueError("“得分比例”不能超过 100%")
        return self


class Parameters(Record):
    """The parameters of 区间分档."""

    bands: list[Band] = named("区间", "各个区间，从小到大，首尾相接", required=True)
    absolute: YesNo | None = named("取绝对值", "是：按实际值的绝对值分档；不写为 否")

    @model_validator(mode="after")
    def _joined(self) -> Self:
        if not self.bands:
            raise ValueError("“区间”至少要有一个")
        _check([_Interval.of(band, amount_of(band.low), amount_of(band.high)) for band in self.bands])
        return self


@dataclass(frozen=True, slots=True)
class _Interval:
    """A band as amounts; `known` tells a bound that is not resolved yet from one that is not there."""

    low: Decimal | None
    high: Decimal | None
    with_low: bool
    with_high: bool
    known_low: bool
    known_high: bool

    @classmethod
    def of(cls, band: Band, low: Decimal | None, high: Decimal | None) -> _Interval:
        known_low, known_high = low is not None or band.low is None, high is not None or band.high is None
        return cls(low, high, bool(band.with_low), bool(band.with_high), known_low, known_high)

    def holds(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (self.with_low and value == self.low)
        below = self.high is None or value < self.high or (self.with_high and value == self.high)
        return above and below


def _check(intervals: Sequence[_Interval]) -> None:
    """Raise ScoringError for a band that is empty, and for gaps and overlaps between neighbours."""
    for count, one in enumerate(intervals, 1):
        if one.low is not None and one.high is not None:
            both = one.with_low and one.with_high
            if one.low > one.high or (one.low == one.high and not both):
                raise ScoringError(f"第{count}个区间是空的：上限要大于下限")
    for count, (one, other) in enumerate(pairwise(intervals), 1):
        names = f"第{count}个区间的上限和第{count + 1}个区间的下限"
        if (one.high is None and one.known_high) or (other.low is None and other.known_low):
            raise ScoringError(f"{names}都要写：只有第一个区间可以不写下限，最后一个区间可以不写上限")
        if one.high is None or other.low is None:
            continue
        if one.high != other.low:
            raise ScoringError(f"{names}不一样，{'中间有空档' if one.high < other.low else '区间重叠或没有从小到大列'}")
        if one.with_high and other.with_low:
            raise ScoringError(f"{names}都含端点，重叠了：只能有一个写“是”")
        if not one.with_high and not other.with_low:
            raise ScoringError(f"{names}都不含端点，漏了端点：要有一个写“是”")


def score(task: Task, parameters: Parameters) -> Scored:
    """The points of the band that holds the actual value."""
    bounds = [(_bound(task, band.low), _bound(task, band.high)) for band in parameters.bands]
    intervals = [
        _Interval.of(band, low.amount if low else None, high.amount if high else None)
        for band, (low, high) in zip(parameters.bands, bounds, strict=True)
    ]
    _check(intervals)
    said = task.value()
    same_kind(said, *(bound for pair in bounds for bound in pair if bound))
    actual, text = said, worded(said, task.forms)
    if parameters.absolute:
        actual = operand_of(abs(said.amount), said.kind, task.forms, said.unit)
        text += f"的绝对值为{worded(actual, task.forms)}，"
    for band, (low, high), interval in zip(parameters.bands, bounds, intervals, strict=True):
        if interval.holds(actual.amount):
            return _in_band(task, band, text + _words(task, band, low, high))
    raise ScoringError(f"{worded(actual, task.forms)}不在任何区间内")


def _bound(task: Task, said: Input | None) -> Operand | None:
    return None if said is None else task.operand(said)


def _words(task: Task, band: Band, low: Operand | None, high: Operand | None) -> str:
    words = []
    if low:
        words.append(f"{'不低于' if band.with_low else '高于'}{worded(low, task.forms)}")
    if high:
        words.append(f"{'不高于' if band.with_high else '低于'}{worded(high, task.forms)}")
    return "、".join(words)


def _in_band(task: Task, band: Band, where: str) -> Scored:
    if band.points is not None:
        if band.points > task.full:
            raise ScoringError(f"区间的得分{plain(band.points)}高于分值{task.points(task.full)}")
        points = task.given(band.points, "得分")
        given = f"得{task.points(points)}分" if points else "不得分"
        return task.scored(points, (f"{where}，{given}",), where)
    assert band.share is not None
    points, ending = task.result(task.full * band.share.fraction)
    return task.scored(points, (f"{where}，得分={task.points(task.full)}×{band.share}{ending}",), where)
