"""比率缺百分号：率、占比后面的数带百分号，如“资金使用率0%”。

看“…率”“占比”“比例”“比重”后面（中间可以有“为”“是”“达到”“：”等字）直接写的数；数后面还有单位（成、倍、个百分点等）
的不核查，前面写明“（%）”的也不核查；比例、比重也可以写成小数（0.5），不足1的不核查。

正例：带百分号，或单位已经写明。

    正文:
      项目概况: 资金到位率为26.56%，增长率为2倍，支出率（%）为94，自筹的比例为0.5，按比例1、2分摊。

反例：公开的报告里真有这样的写法。

    正文:
      项目概况: 乙县资金使用率0，到位率为26.56%。   # !X115 使用率
      评价抽样: 本次评价全部核查，抽样比例为100，没有选取样本。   # !X115 100%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from ...wording import HAN, fault, texts
from .. import Case, Fault

CODE = "X115"
LEVEL = Level.WARNING

_IS = r"(?:为|是|达到|达|仅为|只有|占|：|:)"
_NUMBER = r"\s?(?P<{}>\d{{1,6}}(?:\.\d{{1,6}})?)"
_NAMED = re.compile("率|占比|比例|比重")
_BARE = re.compile(
    rf"(?:[{HAN}]{{1,6}}(?:率|占比){_IS}?{_NUMBER.format('rate')}|[{HAN}]{{0,6}}(?:比例|比重){_IS}{_NUMBER.format('share')})"
    r"(?=\s*(?:[，。；、,;）)]|$))"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each number behind the name of a rate that has neither a percent sign nor a unit."""
    for passage in texts(case):
        for match in _BARE.finditer(passage.typed) if _NAMED.search(passage.typed) else ():
            number, share = match["rate"] or match["share"], match["share"]
            if re.search("(?<!有)效率|频率", match[0]) or (share and 0 < Decimal(share) < 1):
                continue
            what = f"“{match[0]}”后面没有百分号"
            expected = f"{number}%"
            yield fault(passage, *match.span(), what, expected=expected, actual=number, mend="补上百分号，或写明单位")
