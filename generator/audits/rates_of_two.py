"""一句里两个数和一个率：“共12个村，已完成10个，完成率83.33%”，率等于两个数相除。

一句里同一单位的数正好两个、率只有一个（目标、不超过多少的不算），率等于小的除以大的，或者是其余的那部分；金额只看占比。写着“计划多少，实际多少，
完成率”的是错误，别的是警告。有“同比”“平均”“约”的不看；满意度、增长率另有核查。

正例：

    全年计划开展活动24场，实际开展22场，完成率为91.67%。
    项目共涉及12个行政村，已完成10个，完成率83.33%。
    20台设备中有4台闲置，设备利用率为80%。
    项目总额200万元，管理费支出8万元，占4%，符合不超过5%的规定。

反例：

    全年计划开展活动24场，实际开展22场，完成率为95.83%。   # !A109 91.67%
    项目共涉及12个行政村，已完成10个，完成率90%。   # !A109 83%
    全区应参保12,000人，实际参保11,400人，参保率为96%。   # !A109 95%
    项目预算3,000,000元，已支付2,460,000元，支付进度80%。   # !A109 82%
    受访群众210人中，表示满意的189人，满意率为91%。   # !A109 90%
    总户数5,200户，已签约4,680户，签约率92%，未签约520户。   # !A109 90%
    目标值95%，实际值91%，完成率97.8%。   # !A109 95.8%
    完成率90%，即12个村中完成10个。   # !A109 83%
    设备利用率为85%，20台设备中有4台闲置。   # !A109 80%
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import half_up, half_width
from ..wording import HAN, fault
from . import RATE, Case, Fault
from .funds import LONGEST
from .units import ANY, NUMBER, kind_of, value_of

CODE = "A109"
LEVEL = Level.WARNING
KIN = RATE

_RATE = re.compile(r"(?P<rate>\d{1,3}(?:\.\d{1,4})?)%")
_NAME = re.compile(
    rf"(?<!增长)(?<!贡献)(?<!准确)(?<!得分)(?<!节约)(?<!投诉)[^税利费功效频速]率[{HAN}]{{0,3}}$|占比?(?:为|的)?$"
    r"|(?:进度|抽样比例|抽查比例)[为是达]?到?$"
)
_OF_AMOUNTS = re.compile("占比?(?:为|的)?$|进度[为是达]?到?$")
_NUMBER = re.compile(rf"(?P<number>{NUMBER})(?P<unit>{ANY})")
_AIM = re.compile("目标|要求|不超过|不得超过|不高于|不低于|不少于|以上|以下|标准|应达|规定")
_OTHER = re.compile(
    "同比|上年|去年|较|比20|增长|提高|下降|平均|[人户]均|每|(?<![签合预节违])约|近|余[个户人元]|左右|其中|分别|合计|[两三四]项|共占|[一二三四首末尾]期|款"
)
_TARGET = re.compile(
    rf"目标值?[为是]?[≥]?(?P<aim>\d{{1,3}}(?:\.\d+)?)%，[{HAN}]{{0,4}}实际(?:完成)?值?[为是]?(?P<actual>\d{{1,3}}(?:\.\d+)?)%，"
    r"(?:目标)?完成率[为是]?(?P<rate>\d{1,3}(?:\.\d+)?)%"
)
PAIR = 2
_PLANNED = re.compile(rf"计划[{HAN}]{{0,8}}$")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number of a sentence with what stands before it."""

    value: Decimal
    written: str
    before: str


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate that the only two figures of one unit in its sentence do not give."""
    for passage in case.passages:
        if not passage.prose:
            continue
        yield from _of_targets(passage)
        for sentence in re.finditer(r"[^。；\n]+", half_width(passage.typed)):
            text = sentence[0]
            rates = [one for one in _RATE.finditer(text) if not _is_aim(text, one)] if len(text) <= LONGEST else []
            if len(rates) != 1 or not _NAME.search(text[: rates[0].start()]) or _OTHER.search(text):
                continue
            pair = _pair(text, shared=_OF_AMOUNTS.search(text[: rates[0].start()]) is not None)
            if pair is None:
                continue
            if "满意" in text and "满意" not in pair[0].before:
                continue
            printed, places = Decimal(rates[0]["rate"]), len(rates[0]["rate"].partition(".")[2])
            part, whole = pair
            share = half_up(part.value / whole.value * 100, places)
            of_both = half_up(part.value / (part.value + whole.value) * 100, places)
            if printed in (share, 100 - share, of_both, 100 - of_both):
                continue
            rest = "未" in part.before or "闲置" in text or "没有" in part.before
            wanted = f"{(100 - share) if rest else share:.{places}f}%"
            less = f"1减{part.written}除以{whole.written}" if rest else f"{part.written}除以{whole.written}"
            what = f"印的是{rates[0][0]}，{less}是{wanted}"
            start, end = (sentence.start() + at for at in rates[0].span())
            sure = _PLANNED.search(whole.before) and "实际" in part.before
            level = Level.ERROR if sure else Level.WARNING
            yield fault(passage, start, end, what, expected=wanted, actual=rates[0][0], level=level)


def _of_targets(passage: Passage) -> Iterator[Fault]:
    """A fault for each 完成率 that is not the actual rate of the target, both right before it."""
    for match in _TARGET.finditer(half_width(passage.typed)):
        aim, actual, rate = (Decimal(match[name]) for name in ("aim", "actual", "rate"))
        places = len(match["rate"].partition(".")[2])
        if aim and half_up(actual / aim * 100, places) != rate:
            wanted = f"{half_up(actual / aim * 100, places):.{places}f}%"
            what = f"完成率印的是{match['rate']}%，{match['actual']}%除以{match['aim']}%是{wanted}"
            yield fault(passage, *match.span("rate"), what, expected=wanted, actual=match["rate"] + "%")


def _is_aim(text: str, rate: re.Match[str]) -> bool:
    around = re.split("[，：]", text[: rate.start()])[-1] + re.split("[，：]", text[rate.end() :])[0]
    return _AIM.search(around) is not None


def _but_the_rest(some: list[_Amount]) -> list[_Amount]:
    """Of three figures, two of which come to the third, those that stand first: 共5,200户，签约4,680户，未签约520户."""
    values = sorted(one.value for one in some)
    return some[:PAIR] if len(values) == PAIR + 1 and values[0] + values[1] == values[2] else some


def _pair(text: str, *, shared: bool) -> tuple[_Amount, _Amount] | None:
    """The only two figures of one unit, the smaller first; None where there are more, or two units with two.

    Amounts are looked at where the rate is a share (占): their other rates go by what each of them is (A105).
    """
    found: dict[str, list[_Amount]] = defaultdict(list)
    for one in _NUMBER.finditer(text):
        before = re.split("[，：]", text[: one.start()])[-1]
        found[kind_of(one)].append(_Amount(value_of(one), one[0], before))
    pairs = [_but_the_rest(some) for some in found.values() if len(some) > 1]
    if not shared and len(found.get("元", ())) > 1:
        return None
    if len(pairs) != 1 or len(pairs[0]) != PAIR:
        return None
    part, whole = sorted(pairs[0], key=lambda one: one.value)
    return (part, whole) if 0 < part.value < whole.value else None
