"""增减：“支出120万元，比上年的100万元增加20万元，增长20%”，增减的数和率等于前后两个数之差、之比。

前后两个数单位相同；增减写成金额、个数的等于两数之差，写成百分数的等于差除以前一个数，“百分点”等于两个率之差。说增加的，
后一个数要大；说减少、下降的，要小。

正例：

    支出120万元，比上年的100万元增加20万元，增长20%。
    满意度95.5%，较上年90%提高5.5个百分点。

反例：

    支出120万元，较上年100万元增加30万元，增长20%。   # !A117 20万元
    支出120万元，比上年的100万元增长30%。   # !A117 20%
    人均支出由2022年的320元提高到2024年的360元，增长15%。   # !A117 13%
    清运量由3,200吨增加到3,520吨，增加320吨，增长12%。   # !A117 10%
    较上年度增加50万元，增长10%，上年度为400万元。   # !A117 13%
    预算由200万元调减为150万元，调减60万元。   # !A117 50万元
    2023年度支出120万元，2024年度支出150万元，同比增长20%。   # !A117 25%
    完成培训12场，较2023年的10场增长25%。   # !A117 20%
    参加活动80人次，比上年100人次增加20人次。   # !A117 减少
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, half_up, half_width, places_of, plain
from ..wording import HAN, fault
from . import Case, Fault
from .units import ANY, NUMBER

CODE = "A117"
LEVEL = Level.ERROR

_UNITS = f"{ANY}|%|分"
_CHANGE = re.compile(
    rf"(?P<now>{NUMBER})(?P<unit>{_UNITS})[，,]?(?:同比)?(?:较|比)(?:上年|去年|20\d\d年|上年度|上一年度|同期)的?"
    rf"(?P<before>{NUMBER})(?P=unit)"
    rf"(?P<way>增加|增长|提高|上升|减少|下降|降低)了?(?P<by>{NUMBER})(?P<by_unit>个百分点|{_UNITS})"
    rf"(?:[，,、](?:增长|增幅|上升|下降|降幅|减少)(?:为|了|率为)?(?P<rate>\d+(?:\.\d+)?)%)?"
)
_TO = re.compile(
    rf"由(?:20\d\d年度?的?)?[{HAN}]{{0,6}}?(?P<before>{NUMBER})(?P<unit>{_UNITS})(?P<way>增加|增长|提高|上升|调增|增|升|减少|下降|降低|调减|压减|减|降)(?:到|至|为)(?:20\d\d年度?的?)?"
    rf"(?P<now>{NUMBER})(?P=unit)[，,](?:同比|共|实际)?(?P<again>增加|增长|增幅|提高|上升|调增|减少|下降|降低|调减|压减|降幅)"
    rf"(?:了|为)?(?P<by>{NUMBER})(?P<by_unit>个百分点|{_UNITS})"
    r"(?:[，,、](?:增长|增幅|上升|下降|降幅)(?:为|了)?(?P<rate>\d+(?:\.\d+)?)%)?"
)
_BASE = re.compile(
    rf"(?P<way>增加|减少)(?P<now>{NUMBER})(?P<unit>{_UNITS})[，,](?:增长|增幅|下降|降幅|减少)(?:为|了)?(?P<rate>\d+(?:\.\d+)?)%[，,]"
    rf"(?:上年度?|上一年度?|20\d\d年度?)[{HAN}]{{0,6}}(?P<before>{NUMBER})(?P=unit)"
)
_YEARS = re.compile(
    rf"(?P<year>20\d\d)年度?(?P<name>[{HAN}]{{2,8}}?)(?P<before>{NUMBER})(?P<unit>{_UNITS})[，,、；]"
    rf"(?P<next>20\d\d)年度?(?P=name)(?P<now>{NUMBER})(?P=unit)[，,](?:同比)?"
    rf"(?P<way>增加|增长|提高|上升|减少|下降|降低)了?(?P<by>{NUMBER})(?P<by_unit>个百分点|{_UNITS})(?P<rate>)"
)
_MORE = ("调增", "增", "升", "增加", "增长", "提高", "上升")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each increase or decrease that the two figures before it do not give."""
    for passage in case.passages:
        text = half_width(passage.typed)
        for match in (*_CHANGE.finditer(text), *_TO.finditer(text)):
            yield from _of(passage, match)
        for match in _BASE.finditer(text):
            change, before = (Decimal(match[name].replace(",", "")) for name in ("now", "before"))
            yield from _rate(passage, match, "rate", change, before)
        for match in _YEARS.finditer(text):
            if int(match["next"]) == int(match["year"]) + 1:
                yield from _of(passage, match)


def _of(passage: Passage, match: re.Match[str]) -> Iterator[Fault]:
    now, before, by = (Decimal(match[name].replace(",", "")) for name in ("now", "before", "by"))
    change = now - before
    if change and (change > 0) is not (match["way"] in _MORE):
        right = "增加" if change > 0 else "减少"
        what = f"{match['before']}{match['unit']}到{match['now']}{match['unit']}是{right}，写的是{match['way']}"
        yield fault(passage, *match.span("way"), what, expected=right, actual=match["way"])
        return
    of_rate = match["by_unit"] == "%" and match["unit"] != "%"
    if of_rate:
        yield from _rate(passage, match, "by", change, before)
    elif match["by_unit"] == "%" and before and half_up(abs(change) / before * 100, places_of(by)) == by:
        return  # by so much of the rate before
    elif abs(_amount(match["by_unit"], by) - _amount(match["unit"], abs(change))) > _tail(match, now, before):
        unit = match["by_unit"]
        wanted = plain(_amount(match["unit"], abs(change)) / YUAN_IN.get(unit, Decimal(1))) + unit
        what = f"{match['now']}{match['unit']}和{match['before']}{match['unit']}相差{wanted}，写的是{match['by']}{unit}"
        yield fault(passage, *match.span("by"), what, expected=wanted, actual=match["by"] + unit)
    if match["rate"]:
        yield from _rate(passage, match, "rate", change, before)


def _rate(passage: Passage, match: re.Match[str], name: str, change: Decimal, before: Decimal) -> Iterator[Fault]:
    places = len(match[name].partition(".")[2])
    slack = _tail(match, change, before) / _amount(match["unit"], before) * 100 if before else Decimal()
    if (
        before
        and abs((right := half_up(abs(change) / before * 100, places)) - Decimal(match[name].replace(",", ""))) > slack
    ):
        wanted = f"{right:.{places}f}%"
        how = f"相差{plain(abs(change))}{match['unit']}，是{match['before']}{match['unit']}的{wanted}"
        what = f"{how}，写的是{match[name]}%"
        yield fault(passage, *match.span(name), what, expected=wanted, actual=match[name] + "%")


def _tail(match: re.Match[str], *values: Decimal) -> Decimal:
    """By how much a difference may be off because amounts in 万元 were rounded; nothing for whole numbers."""
    places = max(places_of(one) for one in values)
    rounded = match["unit"] in ("万元", "亿元") and places
    return _amount(match["unit"], Decimal(1).scaleb(-places)) if rounded else Decimal()


def _amount(unit: str, value: Decimal) -> Decimal:
    return value * YUAN_IN.get(unit, Decimal(1))
