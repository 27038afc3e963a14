"""满分、得分和得分率：得分率等于得分除以满分，得分不超过满分。

看一句或相邻两句里的“满分为a分”“得分b分”“得分率c%”，按印出的位数四舍五入比较；一句里只有一个满分、一个得分的才算。

正例：

    该项满分为34分，评价得分32.73分，得分率96.26%。
    资金落实指标满分为4分。此项综合评价得分为3.76分，得分率94%。

反例：

    该项满分为34分，评价得分32.73分，得分率96.62%。   # !A102 96.26%
    该项满分为9分，得分9.5分，得分率105.56%。   # !A102 超过
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..findings import Level
from ..values import half_up
from ..wording import fault
from . import Case, Fault

CODE = "A102"
LEVEL = Level.ERROR

_NUMBER = r"(\d+(?:\.\d+)?)"
_FULL = re.compile(rf"(?:满分|分值|权重)(?:共|为|是|：)?{_NUMBER}分")
_POINTS = re.compile(rf"(?<!未)(?:得分|实得|评分|评得)(?:共|为|是|：)?{_NUMBER}分")
_RATE = re.compile(rf"得分率(?:为|是|达到|达|：)?{_NUMBER}[%％]")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate that points and full marks do not give, and for points above full marks."""
    for passage in case.passages:
        text = passage.typed
        for rate in _RATE.finditer(text):
            before = re.split(r"[\n；]", text[: rate.start()])[-1]
            before = "。".join(before.split("。")[-2:])
            full, points = _FULL.findall(before), _POINTS.findall(before)
            if not full or len(set(points)) != 1 or len(set(full)) != 1 or not Decimal(full[0]):
                continue
            most, got = Decimal(full[0]), Decimal(points[0])
            start = rate.start() - len(before)
            if got > most:
                what = f"得分{points[0]}分超过了满分{full[0]}分"
                yield fault(passage, start, rate.end(), what, expected=f"不超过{full[0]}分", actual=f"{points[0]}分")
                continue
            places = len(rate[1].partition(".")[2])
            wanted = half_up(got / most * 100, places)
            if wanted != Decimal(rate[1]):
                shown = f"{wanted:.{places}f}%"
                what = f"满分{full[0]}分，得分{points[0]}分，得分率应为{shown}，印的是{rate[1]}%"
                yield fault(passage, rate.start(), rate.end(), what, expected=shown, actual=f"{rate[1]}%")
