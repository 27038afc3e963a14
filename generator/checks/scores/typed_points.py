"""底稿得分：指标里写的“得分”，等于程序按计分方法算出的得分。

末级指标与计分结果比较，上级指标与下级得分之和比较，都按样式印的小数比较。“得分”只用来核对，不影响结果；
还是待评的不核查。不符时先看计分方法、参数和实际值，再看底稿。

正例：底稿写 4.5 分，算出也是 4.50 分。

    指标体系:
      - {名称: 制度建设, 分值: 5, 得分: 4.5, 计分方法: 直接评分, 参数: {得分: 4.50, 理由: 个别台账缺签字}}

反例：满意度 83%，比 90% 低 7%，每低 1% 扣 0.1 分，应得 6.30 分，底稿写 6.5 分。

    指标体系:
      - 名称: 群众满意度
        分值: 7
        得分: 6.5   # !K103 6.50 6.30 相差0.20
        测算: 83%
        计分方法: 按档扣分
        参数: {基准: 90%, 每档: 1%, 每档扣分: 0.1, 取档: 按比例}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...scores import point_places
from ...values import half_up
from .. import Case, Fault
from ..indicators import called, points

CODE = "K103"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed score that is not the computed one."""
    places = point_places(case.style.forms)
    for node in case.nodes:
        said, found = node.indicator.said, node.points
        if said is None or found is None or half_up(said, places) == half_up(found, places):
            continue
        typed, computed = points(case, said), points(case, found)
        gap = points(case, abs(half_up(said, places) - half_up(found, places)))
        what = f"“{called(node)}”底稿得分{typed}分，程序算出{computed}分，相差{gap}分"
        mend = "核对计分方法、参数和实际值，或改正底稿得分"
        yield Fault((*node.path, "得分"), what, expected=computed, actual=typed, mend=mend)
