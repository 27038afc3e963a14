"""并列项重复：用顿号列举的几项里，同一项写了两遍；依据、附件里同一个写了两遍。

只比较两个顿号之间的整项，和前后标点之间看得出的首尾两项；带标记的项不比较。

正例：各项不同。

    正文:
      项目概况: 经费用于助餐、日间照料、文体活动和助餐设施。

反例：“照料”列了两次，依据列了两次。

    文件:
      办法: {名称: 管理办法}
    依据:
      - 办法
      - 办法   # !X117 办法
    正文:
      项目概况: 经费用于助餐、照料、文体、照料和培训。   # !X117 照料
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import HOLE
from ...wording import fault, texts
from .. import Case, Fault

CODE = "X117"
LEVEL = Level.HINT

_CLAUSE = re.compile(rf"[^，。；：！？（）()“”《》\s{HOLE}]+")
_TAIL = re.compile(r"(?:[和及与]|以及|等|的)")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each item that an enumeration or a list of the data has twice."""
    for passage in texts(case):
        for clause in _CLAUSE.finditer(passage.typed):
            twice = _twice(clause[0].split("、"))
            if twice:
                what = f"并列的各项里“{twice}”写了两遍"
                at = clause.start() + clause[0].rfind(twice)
                yield fault(passage, at, at + len(twice), what, mend="删去一个，或改为漏写的那一项")
    for key, values in (("依据", case.data.basis), ("附件", case.data.attachments)):
        for index, value in enumerate(values):
            if value in values[:index]:
                yield Fault((key, index), f"{key}里“{value}”列了两遍", quoted=value, mend="删去一个")


def _twice(items: list[str]) -> str | None:
    if len(items) < 3:
        return None
    first, *middle, last = items
    ends = _TAIL.split(last, maxsplit=1)
    known = {first}
    for item in (*middle, *ends[:1]):
        if len(item) >= 2 and (item in known or (len(item) >= 4 and first.endswith(item))):
            return item
        known.add(item)
    return None
