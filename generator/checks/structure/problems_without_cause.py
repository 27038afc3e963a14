"""没有原因：每个问题要写产生的原因。

提纲里有“问题及原因”一类标题的，没有原因就名不副实，是警告；没有这样的标题的，是提示。
问题写“无”的不核查；原因写在内容里的，请移到“原因”，或在“已核实”里写明。

正例：写了原因。

    问题:
      - 标题: 支出进度慢
        内容: 全年支出不到预算的一半。
        原因: 资金到12月才下达。
        建议: {标题: 加快拨付, 内容: 上半年拨付不少于八成。}

反例：只有表现，没有原因。

    问题:
      - 标题: 支出进度慢   # !P104 支出进度慢 存在的问题及原因分析
        内容: 全年支出不到预算的一半。
        建议: {标题: 加快拨付, 内容: 上半年拨付不少于八成。}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import problems

CODE = "P104"
LEVEL = Level.WARNING
PROMISE = "原因"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each problem without a cause."""
    titles = [section.title for section in case.style.file.outline if PROMISE in section.title]
    for path, problem, name in problems(case):
        if problem.cause:
            continue
        what = f"{name}没有写原因" + (f"，而报告的标题是“{titles[-1]}”" if titles else "")
        yield Fault(path, what, mend="补写“原因”", level=None if titles else Level.HINT)
