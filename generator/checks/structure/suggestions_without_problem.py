"""没有内容的问题：问题只有标题，没有写表现；或标题、内容都没有，只有建议。

标题就是一句话、不再展开的，把这句话写在“内容”里，不写标题。

正例：没有标题，内容是一句话。

    问题:
      - 内容: 支出进度慢。
        原因: 资金下达晚。
        建议: {内容: 上半年拨付不少于八成。}

反例：第一个只有标题，第二个只有原因和建议。

    问题:
      - 标题: 支出进度慢   # !P106 支出进度慢 只有标题
        原因: 资金下达晚。
        建议: {内容: 上半年拨付不少于八成。}
      - 原因: 没有专人管理。   # !P106 第2个问题 建议
        建议: {内容: 指定专人管理档案。}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import problems

CODE = "P106"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each problem that is not told."""
    for path, problem, name in problems(case):
        if problem.body:
            continue
        behind = "和".join(word for word, value in (("原因", problem.cause), ("建议", problem.suggestions)) if value)
        lacks = "只有标题，没有写内容" if problem.title else "没有标题和内容" + (f"，只有{behind}" if behind else "")
        yield Fault(path, f"{name}{lacks}", mend="在“内容”里写明问题的表现")
