"""一句里的加减：“安排68.5万元，追加12万元，调整后预算80.5万元”，后一个金额等于前面的相加或相减。

看这样几种话：安排、追加（调减）和调整后的预算；上年结转、本年收入和资金合计；年初结余、收入、
支出和年末结余；最高、最低和相差；合同金额、已支付和尚余；预算（控制价）、中标和节约。
一句里每样只有一个金额的才算，有万元、有元的换算后算。

正例：

    2024年安排预算68.5万元，年中追加12万元，调整后预算为80.5万元。
    上年结转资金20万元，本年收入80万元，资金合计100万元。
    合同金额为120.5万元，已支付80万元，尚余40.5万元未支付。
    采购预算98万元，中标金额92万元，节约资金6万元。

反例：

    2024年安排预算68.5万元，年中追加12万元，调整后预算为81.5万元。   # !A119 80.5万元
    上年结转资金20万元，本年收入80万元，资金合计110万元。   # !A119 100万元
    全年应开展督查24次，实际开展20次，少开展6次。   # !A119 4次
    年初结余5万元，当年拨入50万元，当年支出48万元，年末结余9万元。   # !A119 7万元
    社区得分最高为95.2分（甲社区），最低为76.4分（乙社区），相差19.8分。   # !A119 18.8分
    合同金额为120.5万元，已支付80万元，尚余50.5万元未支付。   # !A119 40.5万元
    采购预算98万元，中标金额92万元，节约资金8万元。   # !A119 6万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Level
from ..values import YUAN_IN, half_width, plain
from ..wording import HAN, fault
from . import DIFFERENCE, Case, Fault
from .funds import LONGEST
from .units import ANY, NUMBER

CODE = "A119"
LEVEL = Level.ERROR
KIN = DIFFERENCE

_NUMBER = rf"{NUMBER}(?:{ANY}|分|%)"


def _said(name: str, words: str, least: int = 0) -> str:
    """An amount behind words, with at most a few characters between, and whatever stands before the next one."""
    between = rf"[{HAN}]{{{least},6}}?"
    return rf"(?:{words}){between}(?P<{name}>{_NUMBER})[{HAN}]{{0,8}}[，,、；]"


def _whole(words: str) -> str:
    return rf"[{HAN}]{{0,8}}?(?:{words})[{HAN}]{{0,6}}?(?P<result>{_NUMBER})"


_PAID = "(?:已经?|累计|实际|实)(?:已经?|累计)?(?:支付|付款|付|结算|拨付)"
# What each kind of sentence says, what is taken together, and what is taken off.
_KINDS: Sequence[tuple[re.Pattern[str], Sequence[str], Sequence[str]]] = (
    (
        re.compile(
            _said("first", "预算|安排|批复")
            + rf"[{HAN}]{{0,8}}?"
            + _said("more", "追加|调增")
            + _whole("调整后|全年预算")
        ),
        ("first", "more"),
        (),
    ),
    (
        re.compile(
            _said("first", "预算|安排|批复")
            + rf"[{HAN}]{{0,8}}?"
            + _said("less", "调减|核减|压减|收回")
            + _whole("调整后|全年预算")
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            _said("first", "结转")
            + rf"(?:本年|当年|20\d\d年)度?[{HAN}]{{0,8}}?(?P<more>{_NUMBER})[，,、；]"
            + _whole("合计|共计|总计")
        ),
        ("first", "more"),
        (),
    ),
    (
        re.compile(
            _said("first", "(?:年初|上年|期初)(?:结余|结转)")
            + rf"[{HAN}]{{0,6}}?"
            + _said("more", "拨入|收入|拨款|到位|收到|安排")
            + rf"[{HAN}]{{0,6}}?"
            + _said("less", "支出|使用")
            + _whole("(?:年末|期末)?(?:结余|结转)")
        ),
        ("first", "more"),
        ("less",),
    ),
    (
        re.compile(
            _said("first", "存量资金|账面余额|到账资金")
            + rf"(?:20\d\d年)?[{HAN}]{{0,6}}?"
            + _said("less", "使用|支出|支付")
            + _whole("剩余|结余|余额|尚余")
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            rf"应[{HAN}]{{0,6}}?(?P<first>{_NUMBER})，实际[{HAN}]{{0,6}}?(?P<less>{_NUMBER})，少[{HAN}]{{0,6}}?(?P<result>{_NUMBER})"
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            _said("first", "应[缴收付拨补发]")
            + rf"[{HAN}]{{0,4}}?"
            + _said("less", "已[缴收付拨补发]|实[缴收付拨补发]")
            + _whole("欠[缴收付拨补发]|未[缴收付拨补发]|尚[欠差未]")
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            rf"最高[{HAN}]{{0,6}}?(?P<first>{_NUMBER})[^。；\d]{{0,16}}?最低[{HAN}]{{0,6}}?(?P<less>{_NUMBER})[^。；\d]{{0,16}}?"
            rf"(?:相差|差距|极差)(?:为|达)?(?P<result>{_NUMBER})"
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            _said("first", "(?:合同|协议|结算|中标|成交)(?:金额|总金额|总额|总价|价款|价|款)")
            + r"[^。；\d]{0,20}?"
            + _said("less", _PAID)
            + _whole("尚余|剩余|余款|未付|未支付|尚欠|欠付|待支付|待付")
        ),
        ("first",),
        ("less",),
    ),
    (
        re.compile(
            _said("first", "(?:采购|招标|项目)?预算(?:金额|价)?|控制价|最高限价")
            + rf"[{HAN}]{{0,4}}?"
            + _said("less", "(?:中标|成交|合同)(?:金额|价格|价|总价)?")
            + _whole("节约|节省|结余")
        ),
        ("first",),
        ("less",),
    ),
)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each amount that those before it in the sentence do not come to."""
    for passage in case.passages:
        if not passage.prose:
            continue
        for sentence in re.finditer(r"[^。\n]+", half_width(passage.typed)):
            for kind, added, taken in _KINDS if len(sentence[0]) <= LONGEST else ():
                for match in kind.finditer(sentence[0]):
                    if found := _wrong(match, added, taken):
                        what, wanted = found
                        start, end = (sentence.start() + at for at in match.span("result"))
                        yield fault(passage, start, end, what, expected=wanted, actual=match["result"])


def _wrong(match: re.Match[str], added: Sequence[str], taken: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the result, and what it should be."""
    right = sum(map(_yuan, (match[name] for name in added)), Decimal()) - sum(
        map(_yuan, (match[name] for name in taken)), Decimal()
    )
    unit = _unit(match["result"])
    if (
        right == _yuan(match["result"])
        or right < 0
        or len({_kind(match[name]) for name in (*added, *taken, "result")}) > 1
    ):
        return None
    wanted = plain(right / YUAN_IN.get(unit, Decimal(1))) + unit
    reckoned = "加".join(match[name] for name in added) + "".join(f"减{match[name]}" for name in taken)
    return f"写的是{match['result']}，{reckoned}是{wanted}", wanted


def _yuan(written: str) -> Decimal:
    unit = _unit(written)
    return Decimal(written.removesuffix(unit).replace(",", "")) * YUAN_IN.get(unit, Decimal(1))


def _unit(written: str) -> str:
    return re.sub(r"[\d,.]", "", written)


def _kind(written: str) -> str:
    return "元" if _unit(written) in YUAN_IN else _unit(written)
