"""缺少章节：样式的提纲里必填的章节，数据里要有文字；确实没有的写“无”。

提纲在 style.yaml 里，印成【待补充】的就是这些章节。数据另选了样式的其他文档（如自评表）的，提纲不是为它写的，
不核查；必填的章节一节也还没有写的（只用来计分的数据），也不核查。

正例：必填的章节都有，没有其他说明、没有经验和问题的写“无”。

    绩效目标: {总体目标: 建成社区养老服务站。}
    正文:
      项目概况: 项目支持社区养老服务站运营。
      评价目的: 检验目标是否实现。
      评价对象: 补助资金。
      评价范围: 2024年度。
      评价原则: 客观公正。
      评价方法: 比较法。
      评价标准: 计划标准。
      评价过程: 收集资料、现场核查、撰写报告。
      综合结论: 目标基本实现。
      其他说明: 无
    主要经验: 无
    问题: 无

反例：没有写评价过程（第二部分的（三））。

    绩效目标: {总体目标: 建成社区养老服务站。}
    正文:
      项目概况: 项目支持社区养老服务站运营。   # !P101 绩效评价工作过程 正文.评价过程
      评价目的: 检验目标是否实现。
      评价对象: 补助资金。
      评价范围: 2024年度。
      评价原则: 客观公正。
      评价方法: 比较法。
      评价标准: 计划标准。
      综合结论: 目标基本实现。
      其他说明: 无
    主要经验: 无
    问题: 无
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...model import Nothing
from ...names import path_of
from .. import Case, Fault
from . import said, wanted

CODE = "P101"
LEVEL = Level.WARNING
MARKED = True


def check(case: Case) -> Iterator[Fault]:
    """A fault for each mandatory section without a text, about the part of the data that would hold it."""
    sections = list(wanted(case))
    missing = [section for section in sections if not _given(said(case, section.key or ""))]
    for section in missing if len(missing) < len(sections) else ():
        what = f"提纲里必填的“{section.number or ''}{section.title}”没有写，应写在 {section.key}"
        mend = f"补写；{section.hint}" if section.hint else "补写；没有的写 无"
        yield Fault(_holder(case, section.key or ""), what, quoted=section.title, mend=mend)


def _given(value: object) -> bool:
    return bool(value) or isinstance(value, Nothing)


def _holder(case: Case, key: str) -> Path:
    """The path of the nearest part of the data around a key that it does not have."""
    steps = key.split(".")
    for length in range(len(steps), 0, -1):
        path = path_of(case.data, ".".join(steps[:length]))
        if path:
            return path
    return ()
