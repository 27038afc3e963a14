"""没有建议：每个问题要有针对它的建议，每条建议要有内容。

一个问题可以有几条建议；几个问题共用一条建议的，写在其中一个之下，其余的在“已核实”里写明。问题写“无”的不核查。

正例：有建议；没有标题的建议也可以。

    问题:
      - 内容: 支出进度慢。
        原因: 资金下达晚。
        建议:
          - 内容: 上半年拨付不少于八成。

反例：一个问题没有建议，另一个的建议只有标题。

    问题:
      - 标题: 支出进度慢   # !P105 支出进度慢
        内容: 全年支出不到预算的一半。
        原因: 资金下达晚。
      - 标题: 档案不全
        内容: 两个项目没有验收单。
        原因: 没有专人管理。
        建议:
          - 标题: 加强档案管理   # !P105 加强档案管理 只有标题
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import problems

CODE = "P105"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each problem without a suggestion and each suggestion without a text."""
    for path, problem, name in problems(case):
        if not problem.suggestions:
            yield Fault(path, f"{name}没有针对它的建议", mend="补写“建议”")
        for index, suggestion in enumerate(problem.suggestions):
            if not suggestion.body:
                said = f"“{suggestion.title}”只有标题，" if suggestion.title else f"第{index + 1}条"
                yield Fault((*path, "建议", index), f"{name}的建议{said}没有内容", mend="补写“内容”")
