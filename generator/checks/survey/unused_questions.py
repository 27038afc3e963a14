"""没有用到的题目：问卷的每道题，应有指标用它。

用问卷测算、在文字或参数里引用（问卷.题目名称）、与指标同名的，都算用到。没有指标体系的不核查。

正例：指标由这道题测算。

    问卷: {有效: 40, 题目: [{名称: 设施运行, 选项: [{选项: 好, 人数: 40, 系数: 100%}]}]}
    指标体系:
      - {名称: 可持续影响, 分值: 7, 测算: {方法: 问卷, 题目: 设施运行}}

反例：没有指标用到“环境卫生”。

    问卷:
      有效: 40
      题目:
        - {名称: 设施运行, 选项: [{选项: 好, 人数: 40, 系数: 100%}]}
        - {名称: 环境卫生, 选项: [{选项: 好, 人数: 40, 系数: 100%}]}   # !Q108 环境卫生
    指标体系:
      - {名称: 可持续影响, 分值: 7, 测算: {方法: 问卷, 题目: 设施运行}}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import MethodCall, Record, Reference
from ...findings import Level
from ...names import own_names
from .. import Case, Fault
from . import indicators, questions

CODE = "Q108"
LEVEL = Level.HINT


def check(case: Case) -> Iterator[Fault]:
    """A fault for each question that nothing takes a rate from."""
    rows = list(indicators(case))
    if not rows:
        return
    used = {name for _, one in rows for name in (one.name, one.title, *_asked(one))}
    for path, question in questions(case):
        quoted = f"问卷.{question.name}"
        if question.name not in used and not any(quoted in passage.words for passage in case.passages):
            what = f"问卷题目“{question.name}”没有指标用到"
            yield Fault(path, what, mend="在指标里写“测算: {方法: 问卷, 题目: …}”，或删去这道题")


def _asked(value: object) -> Iterator[str]:
    """The questions that an indicator's measures and parameters name."""
    if isinstance(value, MethodCall):
        yield from _asked(value.parameters)
    elif isinstance(value, Reference):
        yield value.path.removeprefix("问卷.").rpartition(".")[0]
    elif isinstance(value, list):
        for item in value:
            yield from _asked(item)
    elif isinstance(value, Record):
        for name, inner in own_names(value):
            if name == "题目" and isinstance(inner, str):
                yield inner
            else:
                yield from _asked(inner)
