"""相差：“申报120万元，审定98万元，核减22万元”，差等于前面的两个数相减。

看相差、差距、差额、缺口、滞后、核减、审减、调减、节约、节省后面的数，一句里它前面同一单位的数正好两个的才算；印的小数位数不同的，留出四舍五入的余地。
写着“其中”“上年”“分别”的不看。

正例：

    申报资金120万元，审定资金98万元，核减22万元。
    单位自评分95分，评价得分88分，相差7分。

反例：

    申报资金120万元，审定资金98万元，核减23万元。   # !A124 22万元
    应完成工程量85%，实际完成78%，滞后9个百分点。   # !A124 7个百分点
    培训计划投入30万元，实际支出26.4万元，节约3.4万元。   # !A124 3.6万元
    单位自评分95分，评价得分88分，相差8分。   # !A124 7分
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..values import YUAN_IN, half_up, half_width, places_of, plain
from ..wording import HAN, fault
from . import DIFFERENCE, Case, Fault
from .funds import LONGEST
from .units import ANY, NUMBER, kind_of, value_of

CODE = "A124"
LEVEL = Level.WARNING
KIN = DIFFERENCE

_FIGURE = re.compile(rf"(?P<number>{NUMBER})(?P<unit>个百分点|{ANY}|分|%)")
_APART = re.compile(
    rf"(?:相差|差距|差额|缺口|滞后|核减|审减|调减|节约|节省)[{HAN}]{{0,4}}?(?P<number>{NUMBER})(?P<unit>个百分点|{ANY}|分)"
)
_OTHER = re.compile(
    "其中|上年|去年|同比|分别|每|(?<![签合预节违])约|追加|调增|[一二三四首末尾]期|年初|年末|第[一二三四]"
)
PAIR = 2


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each difference that the only two figures of its unit before it do not have."""
    for passage in case.passages:
        if not passage.prose:
            continue
        for sentence in re.finditer(r"[^。；\n]+", half_width(passage.typed)):
            apart = _APART.search(sentence[0]) if len(sentence[0]) <= LONGEST else None
            if apart is None or _OTHER.search(sentence[0][: apart.end()]):
                continue
            before = [one for one in _FIGURE.finditer(sentence[0][: apart.start()]) if kind_of(one) == kind_of(apart)]
            if len(before) != PAIR:
                continue
            first, second = map(value_of, before)
            scale = YUAN_IN.get(apart["unit"], Decimal(1))
            printed = Decimal(apart["number"].replace(",", ""))
            right = abs(first - second) / scale
            if half_up(right, places_of(printed)) != printed and printed * scale not in (first, second):
                wanted, actual = plain(right) + apart["unit"], apart["number"] + apart["unit"]
                what = f"{before[0][0]}和{before[1][0]}相差{wanted}，写的是{actual}"
                start, end = (sentence.start() + at for at in apart.span("number"))
                yield fault(passage, start, end, what, expected=wanted, actual=actual)
