"""比率缺百分号：率、占比后面的数带百分号，如“资金使用率0%”。

看“…率”“占比”后面（中间可以有“为”“是”“达到”“：”等字）直接写的数；数后面还有单位（成、倍、个百分点等）的不核查，
前面写明“（%）”的也不核查。

正例：带百分号，或单位已经写明。

    正文:
      项目概况: 资金到位率为26.56%，增长率为2倍，支出率（%）为94。

反例：公开的报告里真有这样的写法。

    正文:
      项目概况: 固安县资金使用率0，到位率为26.56%。   # !X115 使用率
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import HAN, fault, texts

CODE = "X115"
LEVEL = Level.WARNING

_BARE = re.compile(
    rf"[{HAN}]{{1,6}}(?:率|占比)(?:为|是|达到|达|仅为|只有|：|:)?\s?(\d{{1,6}}(?:\.\d{{1,6}})?)(?=\s*(?:[，。；、,;）)]|$))"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each number behind the name of a rate that has neither a percent sign nor a unit."""
    for passage in texts(case):
        for match in _BARE.finditer(passage.typed):
            if re.search("(?<!有)效率|频率", match[0]):
                continue
            what = f"“{match[0]}”后面没有百分号"
            expected = f"{match[1]}%"
            yield fault(passage, *match.span(), what, expected=expected, actual=match[1], mend="补上百分号，或写明单位")
