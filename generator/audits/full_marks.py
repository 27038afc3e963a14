"""满分、得分和得分率：得分率等于得分除以满分，得分不超过满分。

看一句里的“得分b分”“得分率c%”，和这一句或前一句的“满分为a分”，按印出的位数四舍五入比较；只有一个满分、一个得分的才算。

正例：

    该项满分为34分，评价得分32.73分，得分率96.26%。
    资金落实指标满分为4分。此项综合评价得分为3.76分，得分率94%。
    项目得分84.68分，绩效等级为“良”。其中：决策12.48分（分值15分，得分率83.20%）。

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
_POINTS = re.compile(rf"(?<!未)(?:得分|实得|评分|评得|得)(?:共|为|是|：)?{_NUMBER}分")
_BRACKETED = re.compile(rf"{_NUMBER}分[（(](?:分值|满分|权重)(?:为)?{_NUMBER}分，得分率(?:为)?{_NUMBER}[%％]")
_RATE = re.compile(rf"得分率(?:为|是|达到|达|：)?{_NUMBER}[%％]")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each rate that points and full marks do not give, and for points above full marks."""
    for passage in case.passages:
        for points, full, rate, start, end in _statements(passage.typed):
            if Decimal(points) > Decimal(full):
                what = f"得分{points}分超过了满分{full}分"
                yield fault(passage, start, end, what, expected=f"不超过{full}分", actual=f"{points}分")
                continue
            places = len(rate.partition(".")[2])
            wanted = half_up(Decimal(points) / Decimal(full) * 100, places)
            if wanted != Decimal(rate):
                shown = f"{wanted:.{places}f}%"
                what = f"满分{full}分，得分{points}分，得分率应为{shown}，印的是{rate}%"
                yield fault(passage, start, end, what, expected=shown, actual=f"{rate}%")


def _statements(text: str) -> Iterator[tuple[str, str, str, int, int]]:
    """The points, full marks and rate of each statement, with where it stands."""
    for match in _BRACKETED.finditer(text):
        if Decimal(match[2]):
            yield match[1], match[2], match[3], match.start(), match.end()
    for rate in _RATE.finditer(text):
        before = re.split(r"[\n；]", text[: rate.start()])[-1]
        sentences = before.split("。")[-2:]
        full, points = set(_FULL.findall("。".join(sentences))), set(_POINTS.findall(sentences[-1]))
        if len(full) == 1 and len(points) == 1 and Decimal(next(iter(full))):
            yield next(iter(points)), next(iter(full)), rate[1], rate.start(), rate.end()
