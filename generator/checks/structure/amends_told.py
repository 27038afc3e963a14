"""整改要写情况：上年的问题写着已整改、正在整改的，要写整改情况。

只有状态、没有情况，读者看不出改了什么。正式稿（--final）里是错误。

正例：写了做了什么。

    整改:
      - {问题: 台账不全, 整改情况: 印发了统一的台账格式。, 状态: 已整改}
      - {问题: 场地不足, 状态: 未整改}

反例：只写已整改。

    整改:
      - {问题: 台账不全, 状态: 已整改}   # !P122 台账不全 已整改
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "P122"
LEVEL = Level.WARNING
FINAL = True


def check(case: Case) -> Iterator[Fault]:
    """A fault for each problem that is said to be mended without a word on how."""
    for index, one in enumerate(case.data.rectified):
        if one.state in ("已整改", "正在整改") and not one.done:
            what = f"“{one.problem}”写着{one.state}，没有写整改情况"
            yield Fault(("整改", index, "状态"), what, mend="补写“整改情况”：做了什么，结果怎样")
