"""金额和后面的率：资金到位率、支出率、使用率、占比，等于同一句里印出的两个数相除。

“预算66万元，实际到位17.53万元，资金到位率26.56%”，看一句（没有时连同前一句）里同一单位的数，有两个数相除得印出的率就对；
到位率、使用率、支出率、执行率、占比、回收率、有效率、完成率，一对也不对、又像是抄错或舍入错的才说；“占其支出的”“12个，占24%”
是前面紧挨着的数占这一句里的总数，不像抄错的也说。前面写着“目标”“要求”“不低于”的不看。

正例：

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率26.56%。
    项目总支出155.69万元，其中垃圾清运支出66.09万元，占街道总支出的42.45%。
    目标：资金到位率100%。
    惠及学生3,600人，其中小学生2,000人、中学生1,600人，女生占48%。
    收回有效问卷188份，有效回收率94%，其中非常满意的占82.98%。

反例：

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率25.56%。   # !A103 26.56%
    共134个社区，未开展活动的49个，占比36.75%。   # !A103 36.57%
    新开路支出188.75万元，其中：垃圾清运74.27万元，占其支出的28%。   # !A103 39%
    项目涉及的52个社区中，开展服务活动的48个，占62.31%。   # !A103 92.31%
    评价组抽取了32个项目，占项目总数160个的25%。   # !A103 20%
    甲社区支出12万元，占总支出26万元的56.15%。   # !A103 46.15%
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, half_up, half_width
from ..wording import HAN, fault
from . import RATE, Case, Fault
from .near_figures import is_slip
from .units import ANY, NUMBER_OF_TEXT, kind_of, value_of

CODE = "A103"
LEVEL = Level.ERROR
KIN = RATE

_RATE = re.compile(
    r"(?P<name>(?:资金)?(?:到位率|使用率|支出率|执行率|回收率|有效率|完成率|支付率)|占比|占[^，。；\d%％]{0,12}?)(?:的|为|是|达|仅|约|达到|仅为|比例为)*"
    r"(?P<rate>\d+(?:\.\d+)?)[%％]"
)
_NUMBER = re.compile(rf"(?P<number>{NUMBER_OF_TEXT})(?P<unit>亿元|万元|元|个|人次|人|份|户|次|项|家|天)(?!以上|以下)")
_BOTH = re.compile(
    rf"(?P<part>{NUMBER_OF_TEXT})(?P<part_unit>{ANY}|分)(?:项目|社区|单位)?[，,]?"
    rf"(?P<of>占[{HAN}]{{0,12}}(?P<whole>{NUMBER_OF_TEXT})(?P<whole_unit>{ANY}|分)[{HAN}]{{0,6}}?的)"
    r"(?P<rate>\d+(?:\.\d+)?)[%％]"
)
_AMONG = re.compile(rf"其中[{HAN}]{{2,12}}的?$")  # 其中非常满意的占82%: how many those are is not said
_AIM = re.compile(r"平均|目标|要求|应达|不低于|不少于|计划|标准|满分|以上|指标值|每|比例")
_BARE = re.compile("占比?|占其.*")
_OF_ITS_OWN = re.compile("占其|占[^，。；]{0,8}总?支出")
_SUBJECT = re.compile(rf"[，；：（][{HAN}]{{1,10}}$")  # 高中生600人，女生占48%: how many those are is not said
_ALL = Decimal(100)
MOST = 14  # numbers that are tried with each other
FEWEST_DIGITS = 3  # of a rate; 50% or 100% may come from anywhere


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate that no two numbers near it give, with what the nearest pair gives."""
    for passage in case.passages:
        if "占" in passage.typed:
            yield from _of_both(passage)
        for rate in _RATE.finditer(passage.typed):
            before = passage.typed[: rate.start()]
            if _AIM.search(re.split(r"[，。；]", before)[-1] + rate["name"]):
                continue
            if rate["name"].startswith("占") and _AMONG.search(before):
                continue
            printed, places = Decimal(rate["rate"]), len(rate["rate"].partition(".")[2])
            pairs = _pairs(before)
            own = _own(before, rate["name"], printed, places)
            if not pairs or (not own and any(_given(pair, places) == printed for pair in pairs)):
                continue
            near = own or min(pairs, key=lambda pair: abs(_given(pair, places) - printed))
            wanted = _given(near, places)
            if own is None and abs(wanted - printed) <= _slack(before, near, places):
                continue
            if own is None and not _is_slip(f"{wanted:.{places}f}", rate["rate"]):
                continue
            shown = f"{wanted:.{places}f}%"
            what = f"“{rate['name']}”印的是{rate['rate']}%，按同一句的数算是{shown}"
            yield _fault(passage, rate, what, shown)


def _of_both(passage: Passage) -> Iterator[Fault]:
    """A fault for each share whose part and whole stand with it: 支出12万元，占总支出26万元的46.15%."""
    for match in _BOTH.finditer(half_width(passage.typed)):
        part, whole = (
            Decimal(re.sub("[,，]", "", match[name])) * YUAN_IN.get(match[f"{name}_unit"], 1)
            for name in ("part", "whole")
        )
        places = len(match["rate"].partition(".")[2])
        same = (match["part_unit"] in YUAN_IN) == (match["whole_unit"] in YUAN_IN)
        points = "分" in (match["part_unit"], match["whole_unit"])
        alike = match["part_unit"] == match["whole_unit"] if points else same
        if alike and whole and part <= whole and _given((part, whole), places) != Decimal(match["rate"]):
            wanted = f"{_given((part, whole), places):.{places}f}%"
            what = f"“{match['of']}{match['rate']}%”，按前面的数算是{wanted}"
            yield fault(passage, *match.span("of"), what, expected=wanted, actual=match["rate"] + "%")


def _fault(passage: Passage, rate: re.Match[str], what: str, wanted: str) -> Fault:
    return fault(passage, *rate.span(), what, expected=wanted, actual=rate["rate"] + "%")


def _pairs(before: str) -> list[tuple[Decimal, Decimal]]:
    """Every two different numbers of one kind in the sentence before a rate, and in the one before that."""
    sentences = re.split(r"[。\n]", before)
    for nearby in (sentences[-1], "。".join(sentences[-2:])):
        numbers = _numbers(nearby)
        found = [
            (part, whole)
            for kind in {kind for kind, _ in numbers}
            for part, whole in permutations([value for one, value in numbers if one == kind][-MOST:], 2)
            if part <= whole and whole
        ]
        if found:
            return found
    return []


def _own(before: str, name: str, printed: Decimal, places: int) -> tuple[Decimal, Decimal] | None:
    """The number right before 占 and what it is a part of in the sentence, where none of these gives the rate."""
    sentence = re.split(r"[。\n]", before)[-1]
    numbers = _numbers(sentence)
    kind, part = numbers[-1] if numbers else ("", Decimal())
    if (
        _SUBJECT.search(sentence)
        or not name.startswith("占")
        or not (_OF_ITS_OWN.match(name) if kind == "元" else _BARE.fullmatch(name))
    ):
        return None
    if printed == _ALL or (kind == "元" and not name.startswith("占其") and "其中" not in sentence):
        return None
    wholes = [value for one, value in numbers[:-1] if one == kind and value > part]
    others = [value for _, value in numbers[:-1] if value]  # people may be a share of questionnaires
    if not wholes or any(_given((part, other), places) == printed for other in others):
        return None
    return part, wholes[0]


def _numbers(text: str) -> Sequence[tuple[str, Decimal]]:
    return [(kind_of(match), value_of(match)) for match in _NUMBER.finditer(half_width(text))]


def _slack(before: str, pair: tuple[Decimal, Decimal], places: int) -> Decimal:
    """By how much a rate may differ because its amounts were rounded: 17.53万元 may be 17.534."""
    steps = [
        Decimal(1).scaleb(-len(match["number"].partition(".")[2])) * YUAN_IN.get(match["unit"], Decimal(1))
        for match in _NUMBER.finditer(half_width(before))
        if "." in match["number"] and value_of(match) in pair
    ]
    return max(steps, default=Decimal()) / 2 / pair[1] * 100 + (Decimal(1).scaleb(-places) if steps else 0)


def _given(pair: tuple[Decimal, Decimal], places: int) -> Decimal:
    part, whole = pair
    return half_up(part / whole * 100, places)


def _is_slip(wanted: str, printed: str) -> bool:
    """Whether a rate is what a pair gives but for a digit or two: else the pair is another matter."""
    if len(wanted.replace(".", "")) < FEWEST_DIGITS or len(wanted) != len(printed):
        return False
    if abs(Decimal(wanted) - Decimal(printed)) <= Decimal(1).scaleb(-len(wanted.partition(".")[2])):
        return True  # cut off instead of rounded, or rounded wrongly
    return is_slip(wanted, printed)
