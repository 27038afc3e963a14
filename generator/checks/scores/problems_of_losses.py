"""扣分与问题：扣分较多的指标，“问题”里应有交代。

扣了分值的一定百分比以上、或一定的分以上（界限：占分值百分比、分，写在样式里）的末级指标，名称（或全称）既没有出现在任何问题的文字里，也没有写进问题的“对应指标”
（写它的上级指标也可以），是提示。没有写“问题”的不核查（P101 另有提示），写“无”的，扣分较多就提示。
来源：评价报告要求分析、问题、建议相互联系。

正例：问题写了对应指标。

    指标体系:
      - 名称: 群众满意度
        分值: 10
        测算: 83%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 开放时间短
    问题:
      - {标题: 服务时间与居民作息不合, 对应指标: 群众满意度}

正例：扣得很少（不到分值的 10%，也不到 0.5 分）。

    指标体系:
      - 名称: 群众满意度
        分值: 10
        测算: 97%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 开放时间短
    问题:
      - {标题: 绩效跟踪不够}

反例：问题写无，却扣了 1.70 分。

    指标体系:
      - 名称: 群众满意度
        分值: 10
        测算: 83%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 开放时间短
    问题: 无   # !K106 问题 群众满意度

反例：扣了 1.70 分，问题里没有提到。

    指标体系:
      - 名称: 群众满意度   # !K106 群众满意度 扣1.70分
        分值: 10
        测算: 83%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 开放时间短
    问题:
      - {标题: 绩效跟踪不够}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from ...model import Nothing
from ...scores import Node
from .. import Case, Fault
from ..indicators import called, lost, points, words

CODE = "K106"
LEVEL = Level.HINT
LIMITS = ("占分值百分比", "分")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row that lost much and that no problem names."""
    problems = case.data.problems
    share, least = case.limit(CODE, "占分值百分比"), case.limit(CODE, "分")
    if share is None and least is None:
        return
    if isinstance(problems, Nothing):
        yield from _none(case, share, least)
    if not problems:
        return
    marked = {name for one in problems for name in one.indicators}
    told = "\n".join((one.title or "") + words(one.body, one.cause) for one in problems)
    for top in case.scores.nodes:
        for node, names in _leaves(top, frozenset()):
            missing = lost(node)
            if missing is None or not _much(missing, node.full, share, least) or names & marked:
                continue
            if node.indicator.name not in told and called(node) not in told:
                what = f"“{called(node)}”扣{points(case, missing)}分，“问题”里没有提到"
                yield Fault(node.path, what, mend="补写问题，或在相应的问题里写“对应指标”")


def _none(case: Case, share: Decimal | None, least: Decimal | None) -> Iterator[Fault]:
    """A fault where the data says that there are no problems, though rows lost much."""
    lost_much = [node for node in case.scores.leaves() if _much(lost(node) or Decimal(), node.full, share, least)]
    if lost_much:
        names = "、".join(f"“{called(node)}”" for node in lost_much[:3]) + ("等" if len(lost_much) > 3 else "")
        what = f"“问题”写无，而{names}{len(lost_much)}项扣分较多"
        yield Fault(("问题",), what, mend="补写问题、原因和建议")


def _much(missing: Decimal, full: Decimal | None, share: Decimal | None, least: Decimal | None) -> bool:
    if least is not None and missing >= least:
        return True
    return share is not None and full is not None and missing * 100 >= full * share


def _leaves(node: Node, above: frozenset[str]) -> Iterator[tuple[Node, frozenset[str]]]:
    """The rows below a node, each with its names and those of all above it."""
    names = above | {node.indicator.name, called(node)}
    if not node.below:
        yield node, names
    for below in node.below:
        yield from _leaves(below, names)
