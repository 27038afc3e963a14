"""上级的分值：上级指标写了分值的，等于各下级分值之和。

上级的分值可以不写，由下级相加；下级还有没有分值的，不核查。计分和印出都以下级相加的为准。

正例：上级写20分，两个下级各10分。

    指标体系:
      - 名称: 过程
        分值: 20
        下级:
          - {名称: 资金管理, 分值: 10}
          - {名称: 项目管理, 分值: 10}

反例：下级相加是19分。

    指标体系:
      - 名称: 过程
        分值: 20   # !K131 过程 19分 多1分
        下级:
          - {名称: 资金管理, 分值: 10}
          - {名称: 项目管理, 分值: 9}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...values import plain
from .. import Case, Fault

CODE = "K131"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each node whose own 分值 is not the sum of those below it."""
    for node in case.nodes:
        said, added = node.indicator.weight, node.full
        if not node.below or said is None or added is None or said == added:
            continue
        apart = f"{'多' if said > added else '少'}{plain(abs(said - added))}分"
        what = f"“{node.indicator.name}”的分值写{plain(said)}分，下级分值之和是{plain(added)}分，{apart}"
        mend = "改正下级的分值；或不写上级的分值，由下级相加"
        yield Fault((*node.path, "分值"), what, f"{plain(added)}分", f"{plain(said)}分", mend=mend)
