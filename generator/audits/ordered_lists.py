"""次序：“由高到低依次为甲94.6分、乙93.4分、丙92.1分”，列出的数要按说的次序。

看“由高到低”“从大到小”“由低到高”后面用顿号列出、同一单位的数；三个以上的才看，相等的不算错。

正例：

    得分由高到低依次为：甲街道94.6分、乙街道93.4分、丙街道92.1分。

反例：

    得分由高到低依次为：甲街道94.6分、乙街道92.1分、丙街道93.4分。   # !A125 93.4
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..findings import Level
from ..values import half_width
from ..wording import HAN, fault
from . import Case, Fault
from .units import ANY, NUMBER, kind_of, value_of

CODE = "A125"
LEVEL = Level.WARNING

_FIGURE = rf"{NUMBER}(?:{ANY}|分|%)"
_LISTED = re.compile(
    rf"[由从](?P<way>高到低|大到小|多到少|低到高|小到大|少到多)[{HAN}]{{0,6}}[：:]?"
    rf"(?P<list>[{HAN}A-Za-z“”（）]{{1,20}}{_FIGURE}(?:[、，和][{HAN}A-Za-z“”（）]{{1,20}}{_FIGURE}){{2,30}})"
)
_NUMBER = re.compile(rf"(?P<number>{NUMBER})(?P<unit>{ANY}|分|%)")
_FALLING = ("高到低", "大到小", "多到少")


def audit(case: Case) -> Iterator[Fault]:
    """A fault for the first figure of each list that stands out of the order that is said."""
    for passage in case.passages:
        for match in _LISTED.finditer(half_width(passage.typed)):
            found = list(_NUMBER.finditer(match["list"]))
            if len({kind_of(one) for one in found}) > 1:
                continue
            falling = match["way"] in _FALLING
            for before, one in pairwise(found):
                if value_of(one) != value_of(before) and (value_of(one) > value_of(before)) is falling:
                    start, end = (match.start("list") + at for at in one.span())
                    what = f"说的是由{match['way']}，{one[0]}排在{before[0]}的后面"
                    yield fault(passage, start, end, what, actual=one[0], mend="核对次序和得数")
                    break
