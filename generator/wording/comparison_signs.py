"""比较符号：大于等于、小于等于写“≥”“≤”，大于、小于写“>”“<”，不用形近的字符。

“≧”“≦”“﹥”“﹤”“>=”“<=”在一些字体里没有，或与全文的写法不一致。指标值由程序统一，不必改。

正例：统一的写法。

    正文:
      项目概况: 参与人次≥200人次，问卷满意率>95%。

反例：别的字符。

    正文:
      项目概况: 参与人次≧200人次。   # !X114 ≥
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from . import Texts, fault, texts

CODE = "X114"
LEVEL = Level.HINT

SIGNS = {"≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<", "＞": ">", "＜": "<", ">=": "≥", "<=": "≤"}
_SIGN = re.compile("|".join(SIGNS))


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each sign of comparison that is not written as the report writes it."""
    for passage in texts(said):
        for match in _SIGN.finditer(passage.typed):
            right = SIGNS[match[0]]
            what = f"“{match[0]}”应写成“{right}”"
            yield fault(passage, *match.span(), what, expected=right, actual=match[0], mend=f"改为“{right}”")
