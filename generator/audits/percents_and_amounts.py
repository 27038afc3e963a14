"""占比和金额：“合同总价85万元，首期30%即25.5万元”，金额等于总额乘以占比。

一句里先写总额（总价、总额、总投资、合同金额、预算），后面逐项写“30%即25.5万元”“60%（51万元）”的，每一项都乘一遍；允许金额印出的
末位四舍五入。总额有几个的，每一项只要对得上其中一个就不说。

正例：

    合同总价为85万元，首期30%即25.5万元，二期50%（42.5万元），尾款20%为17万元。

    中标金额比预算金额300万元低6%，为282万元。

反例：

    合同总价为85万元，首期30%即25.5万元，二期50%即42.5万元，尾款20%即18万元。   # !A108 17万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..findings import Level
from ..values import YUAN_IN, half_up, half_width, places_of, plain
from ..wording import HAN, fault
from . import Case, Fault
from .funds import LONGEST
from .units import AMOUNTS, NUMBER

CODE = "A108"
LEVEL = Level.ERROR

_WHOLE = re.compile(
    rf"(?:总价款?|总额|总投资|总金额|金额|价款|预算|资金)[{HAN}]{{0,6}}?(?P<number>{NUMBER})(?P<unit>{AMOUNTS})"
)
_ITEM = re.compile(
    rf"(?<![\d.低高浮降少多涨减增])(?P<share>\d{{1,2}}(?:\.\d+)?)%[，,]?(?:即|计|为|共|合|[（(])(?:人民币|资金)?(?P<number>{NUMBER})(?P<unit>{AMOUNTS})"
)


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each amount that is not the share, printed with it, of a whole in its sentence."""
    for passage in case.passages:
        if not passage.prose or "%" not in half_width(passage.typed):
            continue
        for sentence in re.finditer(r"[^。\n]+", half_width(passage.typed)):
            if len(sentence[0]) > LONGEST:
                continue
            items = list(_ITEM.finditer(sentence[0]))
            wholes = [one for one in _WHOLE.finditer(sentence[0]) if items and one.end() <= items[0].start()]
            for item in items if wholes else ():
                if not any(_is_share(item, whole) for whole in wholes):
                    wanted = _share(item, wholes)
                    actual = item["number"] + item["unit"]
                    what = f"{wholes[0]['number']}{wholes[0]['unit']}的{item['share']}%是{wanted}，写的是{actual}"
                    start, end = (sentence.start() + at for at in item.span("number"))
                    yield fault(passage, start, end, what, expected=wanted, actual=actual)


def _is_share(item: re.Match[str], whole: re.Match[str]) -> bool:
    number = Decimal(item["number"].replace(",", ""))
    return half_up(_exact(item, whole), places_of(number)) == number


def _share(item: re.Match[str], wholes: Sequence[re.Match[str]]) -> str:
    return plain(_exact(item, wholes[0])) + item["unit"]


def _exact(item: re.Match[str], whole: re.Match[str]) -> Decimal:
    """The share of a whole, in the unit of the amount."""
    yuan = Decimal(whole["number"].replace(",", "")) * YUAN_IN[whole["unit"]]
    return yuan * Decimal(item["share"]) / 100 / YUAN_IN[item["unit"]]
