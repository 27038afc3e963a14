"""指标可衡量：已经评分的末级指标，要有指标值，或者有说明、评分标准。

都没有写、又不是测算得出的，看不出按什么评的分，是提示。自评表的填写说明要求指标具体、可衡量（原文未核）。

正例：定性的指标写了评分标准。

    指标体系:
      - {名称: 制度建设, 分值: 5, 评分标准: 制度齐全得满分, 计分方法: 直接评分, 参数: {得分: 5, 理由: 制度齐全}}

反例：什么都没有写。

    指标体系:
      - {名称: 制度建设, 分值: 5, 计分方法: 直接评分, 参数: {得分: 5, 理由: 制度齐全}}   # !K112 制度建设
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from ..indicators import called

CODE = "K112"
LEVEL = Level.HINT


def check(case: Case) -> Iterator[Fault]:
    """A fault for each scored row that does not say what it is held to."""
    for node in case.scores.leaves():
        one = node.indicator
        said = one.target is not None or one.meaning or one.standard or one.measured is not None
        if node.points is not None and not said:
            what = f"“{called(node)}”没有写指标值，也没有说明和评分标准，看不出按什么评分"
            yield Fault(node.path, what, mend="补上“指标值”，或“说明”“评分标准”")
