"""一句话里的预算、到位、支出和结余：率等于两个金额相除，结余等于到位减支出。

金额的名称看它前面的词：预算（安排、批复），到位（拨付、收到），支出（使用、执行），结余（未使用、剩余），未到位。一句里写了率的，同一句
里这些金额相除要等于它；一句里有几个单位的，只要有一对相符就不说。没有写名称的金额不看。

正例：

    项目预算资金660,000.00元，实际到位175,312.57元，资金到位率为26.56%。
    固安县拨付资金62.50万元，支出12.50万元，资金使用率20%，未使用资金50万元。
    全年预算10万元，全年执行10万元，没有结转和结余。
    预算66万元，到位17.53万元，支出17.53万元，占预算的26.56%。

反例：

    项目预算资金670,000.00元，实际到位175,312.57元，资金到位率为26.56%。   # !A105 26.17%
    固安县拨付资金62.50万元，支出12.50万元，资金使用率20%，未使用资金60万元。   # !A105 50
    全年预算10万元，全年执行9万元，没有结转和结余。   # !A105 1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..findings import Level
from ..passages import Passage
from ..values import YUAN_IN, half_up, narrow, plain
from ..wording import fault
from . import Case, Fault

CODE = "A105"
LEVEL = Level.ERROR

_AMOUNT = re.compile(r"(?<![\d.,])(?P<number>\d[\d,]{0,20}(?:\.\d{1,6})?)(?P<unit>亿元|万元|元)")
_RATE = re.compile(
    r"(?P<name>到位率|(?:使用|支出|执行|支付)率|占(?:预算|到位)(?:资金|总额|数)?(?:的|比例为)?)"
    r"(?:仅|只)?(?:有|为|是|达到?|=)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%"
)
_NONE_LEFT = re.compile(r"(?:没有|无|未发生|不存在)(?:资金)?(?:结转|结余|剩余)")
_ROLES = (
    ("未到位", re.compile("未到位|没有到位|尚未拨付|未拨付")),
    ("结余", re.compile("未使用|未支出|未支付|没有使用|没有支出|尚未使用|结余|剩余|结转|尚余")),
    ("支出", re.compile("支出|使用|支付|执行|花费|用于")),
    ("到位", re.compile("到位|拨付|拨款|收到|到账")),
    ("预算", re.compile("预算|安排|批复|计划投入")),
)
_OTHER = re.compile("每|标准|其中|占|超|比|调整|上年|去年|约|余额为|差|增加|减少|不足|单价|人均")
_RATES = {"到": (("到位", "预算"),), "使": (("支出", "到位"), ("支出", "预算"))}
_DIFFERENCES = {"结余": (("到位", "支出"), ("预算", "支出")), "未到位": (("预算", "到位"),)}
LONGEST = 2_000  # characters of a sentence


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount in a sentence: what it is of the funds, in yuan, the unit of its last decimal, and where it stands."""

    role: str
    yuan: Decimal
    step: Decimal
    written: str
    span: tuple[int, int]


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate and each remainder in a sentence that the amounts named before it do not give."""
    for passage in case.passages:
        if not passage.prose:
            continue
        for sentence in re.finditer(r"[^。；\n]+", narrow(passage.typed)):
            if len(sentence[0]) > LONGEST:
                continue
            amounts = list(_amounts(sentence[0]))
            for start, end, what, wanted in (*_rates(sentence[0], amounts), *_left(sentence[0], amounts)):
                yield _fault(passage, sentence.start() + start, sentence.start() + end, what, wanted)


def _fault(passage: Passage, start: int, end: int, what: str, wanted: str) -> Fault:
    return fault(passage, start, end, what, expected=wanted, actual=passage.typed[start:end])


def _amounts(sentence: str) -> Iterator[_Amount]:
    """The amounts of a sentence whose name stands right before them."""
    end = 0
    for match in _AMOUNT.finditer(sentence):
        before = re.split("[，、：:（(）)]", sentence[end : match.start()])[-1]
        end = match.end()
        role = next((role for role, words in _ROLES if words.search(before)), "")
        if role and not _OTHER.search(before):
            unit = YUAN_IN[match["unit"]]
            digits = match["number"].replace(",", "")
            places = len(digits.partition(".")[2])
            yield _Amount(role, Decimal(digits) * unit, unit * Decimal(1).scaleb(-places), match[0], match.span())


def _rates(sentence: str, amounts: Sequence[_Amount]) -> Iterator[tuple[int, int, str, str]]:
    for match in _RATE.finditer(sentence):
        before = [one for one in amounts if one.span[1] <= match.start()]
        kinds = _RATES["到"] if match["name"].startswith("到位率") else _RATES["使"]
        if match["name"].startswith("占"):
            kinds = tuple((part, match["name"][1:3]) for part in ("支出", "到位", "结余") if part != match["name"][1:3])
        pairs = [
            (one, other)
            for part, whole in kinds
            for one in before
            for other in before
            if (one.role, other.role) == (part, whole) and other.yuan
        ]
        printed = Decimal(match["rate"])
        places = len(match["rate"].partition(".")[2])
        if not pairs or any(_is_rate(one, other, printed, places) for one, other in pairs):
            continue
        if match["name"].startswith("占") and len({one.role for one, _ in pairs}) > 1:
            continue
        one, other = pairs[-1]
        wanted = f"{half_up(one.yuan / other.yuan * 100, places):.{places}f}%"
        what = f"“{match[0]}”和同一句的金额不符：{one.role}{one.written}除以{other.role}{other.written}是{wanted}"
        yield match.start(), match.end(), what, wanted


def _is_rate(one: _Amount, other: _Amount, printed: Decimal, places: int) -> bool:
    """Whether a rate is what two amounts give, as far as their own rounding tells."""
    low = (one.yuan - one.step / 2) / (other.yuan + other.step / 2) * 100
    high = (one.yuan + one.step / 2) / (other.yuan - other.step / 2) * 100 if other.yuan > other.step / 2 else low
    return half_up(low, places) <= printed <= half_up(high, places)


def _left(sentence: str, amounts: Sequence[_Amount]) -> Iterator[tuple[int, int, str, str]]:
    for left in [one for one in amounts if one.role in _DIFFERENCES]:
        before = [one for one in amounts if one.span[1] <= left.span[0]]
        yield from _difference(left, before)
    if (none := _NONE_LEFT.search(sentence)) and not any(one.role == "结余" for one in amounts):
        before = [one for one in amounts if one.span[1] <= none.start()]
        yield from _difference(_Amount("结余", Decimal(), Decimal(), none[0], none.span()), before)


def _difference(left: _Amount, before: Sequence[_Amount]) -> Iterator[tuple[int, int, str, str]]:
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


def _is_difference(one: _Amount, other: _Amount, left: _Amount) -> bool:
    apart = abs(one.yuan - other.yuan - left.yuan)
    return apart <= (one.step + other.step + left.step) / 2 if len({one.step, other.step, left.step}) > 1 else not apart
