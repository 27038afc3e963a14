"""分值为零：指标的分值不应是 0。

0 分的指标评不出高低，得分率也算不出。项目没有这一类指标的，写“不适用: 是”，表里印“无”。

正例：没有的指标写不适用。

    指标体系:
      - {名称: 社会成本指标, 不适用: 是}
      - {名称: 经济成本指标, 分值: 10}

反例：写成 0 分。

    指标体系:
      - {名称: 社会成本指标, 分值: 0}   # !K113 社会成本指标
      - {名称: 经济成本指标, 分值: 10}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from ..indicators import called

CODE = "K113"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each indicator whose typed weight is 0."""
    for node in case.nodes:
        if node.indicator.weight == 0:
            what = f"“{called(node)}”的分值是0"
            yield Fault((*node.path, "分值"), what, actual="0", mend="填写分值；没有这一类指标的，写“不适用: 是”")
