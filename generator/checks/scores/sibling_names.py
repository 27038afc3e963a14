"""同级重名：同一个上级之下的指标不能重名。

多半是复制后忘了改名。在不同上级之下重名的不查；同名而“全称”各不相同的不算重名。

正例：用全称区分。

    指标体系:
      - {名称: 管理制度健全性, 全称: 业务管理制度健全性, 分值: 5}
      - {名称: 管理制度健全性, 全称: 财务管理制度健全性, 分值: 5}

反例：复制后没有改名。

    指标体系:
      - {名称: 资金到位率, 分值: 5}
      - {名称: 资金到位率, 分值: 5}   # !K114 资金到位率
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Level
from ...scores import Node
from .. import Case, Fault
from ..indicators import called

CODE = "K114"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each indicator that a sibling before it is called like."""
    yield from _of(case.scores.nodes)
    for node in case.nodes:
        yield from _of(node.below)


def _of(siblings: Sequence[Node]) -> Iterator[Fault]:
    seen: set[str] = set()
    for node in siblings:
        if called(node) in seen:
            what = f"同级有两个指标都叫“{called(node)}”"
            yield Fault((*node.path, "名称"), what, mend="改名，删去多出的一个，或用“全称”区分")
        seen.add(called(node))
