"""一句话里的预算、到位、支出和结余：率等于两个金额相除，结余等于到位减支出。

金额的名称看它前面的词：预算（安排、批复），到位（拨付、收到），支出（使用、执行），结余（未使用、剩余），未到位。一句里写了率的，同一句
里这些金额相除要等于它；一句里有几个单位的，只要有一对相符就不说。没有写名称的金额不看。只写了一个金额和率的，另一个用整个项目的金额（全文印过两次以上，或只有这一个），不符的是警告。

正例：

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率为26.56%。
    固安县拨付资金62.50万元，支出12.50万元，资金使用率20%，未使用资金50万元。
    全年预算10万元，全年执行10万元，没有结转和结余。
    预算66万元，到位17.53万元，支出17.53万元，占预算的26.56%。
    预算90,000.00元，一期支出40,000.00元，二期支出23,000.00元，预算执行率70%，未到位率0%。

反例：

    项目预算资金670,000.00元，实际到位175,312.57元，资金到位率为26.56%。   # !A105 26.17%
    固安县拨付资金62.50万元，支出12.50万元，资金使用率20%，未使用资金60万元。   # !A105 50
    预算执行数占预算数的92.4%，预算数为525万元，执行数为458.1万元。   # !A105 87.3%
    全年预算10万元，全年执行9万元，没有结转和结余。   # !A105 1
    项目预算资金10万元，实际到位11万元，资金到位率为100%。   # !A105 110%

正例：追加的不是预算的全部。

    安排预算68.5万元，追加预算12万元，调整后预算80.5万元，支出80.46万元，执行率99.95%。
    预算安排100万元，6月调减15万元，实际可用85万元，支出84.6万元，执行率99.53%。

反例：预算写在前面。

    项目预算66万元，到位17.53万元，资金到位率26.56%。
    项目支出16万元，占预算的25.24%。   # !A105 24.24%
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, half_up, half_width, plain
from ..wording import fault
from . import RATE, Case, Fault
from .funds import LONGEST, Amount, amounts
from .statements import owners, statements

CODE = "A105"
LEVEL = Level.ERROR
KIN = RATE

_RATE = re.compile(
    r"(?<![未级期均])(?<!财政资金)(?<!自有资金)(?<!配套资金)(?P<name>到位率|(?:使用|支出|执行|支付)率|占(?:预算|到位)(?:安排|资金|总额|数)?(?:的|比例为)?)"
    r"(?:仅|只)?(?:有|为|是|达到?|=)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%"
)
_STAGE = re.compile("[一二三四首]期")
FEW = 100  # units of the last digit; amounts below are no rounded ones: of 10 and 11 万元 the first is not 100%
_OF_RECEIVED = ("使用率", "支出率", "支付率")
_ADJUSTED = re.compile("追加|调[减增整]|核减")  # the budget named first is not the one that counts
_TAKEN_BACK = re.compile(
    "收回|上缴|缴回|收缴|核减|调减|(?:上年|年初|以前年度)(?:结转|结余)"
)  # not all that is left over
_NONE_LEFT = re.compile(r"(?:没有|无|未发生|不存在)(?:资金)?(?:结转|结余|剩余)")
_RATES = {"到": (("到位", "预算"),), "使": (("支出", "到位"), ("支出", "预算"))}
_DIFFERENCES = {"结余": (("到位", "支出"), ("预算", "支出")), "未到位": (("预算", "到位"),)}


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate and each remainder in a sentence that the amounts named before it do not give."""
    named, totals = owners(case.report), _totals(case)
    for passage in case.passages:
        if not passage.prose:
            continue
        for sentence in re.finditer(r"[^。；\n]+", half_width(passage.typed)):
            if len(sentence[0]) > LONGEST:
                continue
            found = list(amounts(sentence[0]))
            for start, end, what, wanted in (*_rates(sentence[0], found), *_left(sentence[0], found)):
                yield _fault(passage, sentence.start() + start, sentence.start() + end, what, wanted)
            if found and not named.search(sentence[0]) and not _STAGE.search(sentence[0]):
                for start, end, what, wanted in _of_project(sentence[0], found, totals):
                    fault = _fault(passage, sentence.start() + start, sentence.start() + end, what, wanted)
                    yield replace(fault, level=Level.WARNING)


def _fault(passage: Passage, start: int, end: int, what: str, wanted: str) -> Fault:
    return fault(passage, start, end, what, expected=wanted, actual=passage.typed[start:end])


def _totals(case: Case) -> Mapping[str, Sequence[Amount]]:
    """The amounts of the whole project, by what they are: those stated more than once, or without another one."""
    found: dict[str, Counter[tuple[Decimal, Decimal]]] = defaultdict(Counter)
    for one in statements(case.report):
        if one.kind == "元" and not (one.owner or one.by_place):
            found[one.name].update(one.readings)
    return {
        role: [_total(role, *reading) for reading, times in often.items() if times > 1 or len(often) == 1]
        for role, often in found.items()
    }


def _total(role: str, yuan: Decimal, step: Decimal) -> Amount:
    unit = "万元" if yuan >= YUAN_IN["万元"] and step >= YUAN_IN["万元"] / 100 else "元"
    return Amount(role, yuan, step, plain(yuan / YUAN_IN[unit]) + unit, (0, 0))


def _rates(sentence: str, amounts: Sequence[Amount]) -> Iterator[tuple[int, int, str, str]]:
    for match in _RATE.finditer(sentence):
        before = [one for one in amounts if one.span[1] <= match.start()] or amounts
        if "调整后" in sentence or not _ADJUSTED.search(sentence):
            yield from _told(match, _pairs(match, before, before), "同一句的金额")


def _of_project(
    sentence: str, amounts: Sequence[Amount], totals: Mapping[str, Sequence[Amount]]
) -> Iterator[tuple[int, int, str, str]]:
    """Rates of a sentence that has one of the two amounts, with the other of the whole project."""
    others = [one for several in totals.values() for one in several]
    for match in _RATE.finditer(sentence):
        before = [one for one in amounts if one.span[1] <= match.start()]
        if before and not _pairs(match, before, before) and not _ADJUSTED.search(sentence):
            pairs = [*_pairs(match, before, others), *_pairs(match, others, before)]
            if match["name"] in _OF_RECEIVED:  # of the budget only where both stand in the sentence
                pairs = [(part, whole) for part, whole in pairs if whole.role == "到位"]
            yield from _told(match, pairs, "项目的金额")


def _pairs(match: re.Match[str], parts: Sequence[Amount], wholes: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """The amounts that a rate may be of: a part and a whole."""
    kinds = _RATES["到"] if match["name"].startswith("到位率") else _RATES["使"]
    if match["name"].startswith("占"):
        kinds = tuple((part, match["name"][1:3]) for part in ("支出", "到位", "结余") if part != match["name"][1:3])
    return [
        (one, other)
        for part, whole in kinds
        for one in parts
        for other in wholes
        if (one.role, other.role) == (part, whole) and other.yuan
    ]


def _told(match: re.Match[str], pairs: Sequence[tuple[Amount, Amount]], of: str) -> Iterator[tuple[int, int, str, str]]:
    """A rate that none of its pairs gives, with what the nearest gives."""
    printed = Decimal(match["rate"])
    places = len(match["rate"].partition(".")[2])
    if not pairs or any(_is_rate(one, other, printed, places) for one, other in pairs):
        return
    if match["name"].startswith("占") and len({one.role for one, _ in pairs}) > 1:
        return
    one, other = pairs[-1]
    wanted = f"{half_up(one.yuan / other.yuan * 100, places):.{places}f}%"
    what = f"“{match[0]}”和{of}不符：{one.role}{one.written}除以{other.role}{other.written}是{wanted}"
    yield match.start(), match.end(), what, wanted


def _is_rate(one: Amount, other: Amount, printed: Decimal, places: int) -> bool:
    """Whether a rate is what two amounts give, as far as their own rounding tells."""
    if one.step == other.step and max(one.yuan, other.yuan) < FEW * one.step:
        return half_up(one.yuan / other.yuan * 100, places) == printed
    low = (one.yuan - one.step / 2) / (other.yuan + other.step / 2) * 100
    high = (one.yuan + one.step / 2) / (other.yuan - other.step / 2) * 100 if other.yuan > other.step / 2 else low
    return half_up(low, places) <= printed <= half_up(high, places)


def _left(sentence: str, amounts: Sequence[Amount]) -> Iterator[tuple[int, int, str, str]]:
    if _TAKEN_BACK.search(sentence):
        return
    for left in [one for one in amounts if one.role in _DIFFERENCES]:
        before = [one for one in amounts if one.span[1] <= left.span[0]]
        behind = [one for one in amounts if one.role == "预算" and one.span[0] >= left.span[1]]
        yield from _difference(left, [*before, *(behind if len(behind) == 1 else ())])
    if (none := _NONE_LEFT.search(sentence)) and not any(one.role == "结余" for one in amounts):
        before = [one for one in amounts if one.span[1] <= none.start()]
        yield from _difference(Amount("结余", Decimal(), Decimal(), none[0], none.span()), before)


def _difference(left: Amount, before: Sequence[Amount]) -> Iterator[tuple[int, int, str, str]]:
    pairs = [
        (one, other)
        for whole, part in _DIFFERENCES[left.role]
        for one in before
        for other in before
        if (one.role, other.role) == (whole, part)
    ]
    if not pairs or any(_is_difference(one, other, left) for one, other in pairs):
        return
    one, other = pairs[0]
    unit = "万元" if "万元" in one.written else "元"
    wanted = plain((one.yuan - other.yuan) / YUAN_IN[unit]) + unit
    what = f"“{left.written}”和同一句的金额不符：{one.role}{one.written}减{other.role}{other.written}是{wanted}"
    yield *left.span, what, wanted


def _is_difference(one: Amount, other: Amount, left: Amount) -> bool:
    apart = abs(one.yuan - other.yuan - left.yuan)
    steps = {one.step, other.step, left.step} - {Decimal()}  # nothing left has none
    return apart <= (one.step + other.step + left.step) / 2 if len(steps) > 1 else not apart
