"""权重下限：样式规定若干一级指标合计的权重不低于某个比例，如产出、效益合计不低于 60%。

下限写在样式的“权重下限”里，不在程序里；别的样式写的数据，一级指标的名称按样式的“对应”换算。
指标还没有分值，分值还没有写全而这几组一个也没有，没有指标体系，或有样式不认识的一级指标的，不核查。级别由样式定，不写为警告。

正例：产出 35 分、效益 25 分，满分 100 分，合计 60%，恰好达到下限。

    指标体系:
      - {名称: 过程, 分值: 40}
      - {名称: 产出, 分值: 35}
      - {名称: 效益, 分值: 25}

反例：产出 34 分、效益 22 分，满分 100 分，合计 56%，低于 60%。

    指标体系:
      - {名称: 过程, 分值: 44}   # !K101 56%
      - {名称: 产出, 分值: 34}
      - {名称: 效益, 分值: 22}

反例：没有产出和效益，合计 0%。

    指标体系:
      - {名称: 决策, 分值: 60}   # !K101 0%
      - {名称: 过程, 分值: 40}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from ...scores import Node
from ...values import Rate
from .. import Case, Fault

CODE = "K101"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each floor that the weights of its groups do not reach."""
    full, style = case.scores.full, case.style.file
    if not _all_known(case):
        return
    for floor in style.weight_floors:
        names = {name for group in floor.groups for name in (group, *(style.mapping or {}).get(group, ()))}
        nodes = [node for node in case.scores.nodes if node.indicator.name in names]
        share = _share(nodes, full) if nodes or full == style.full else None  # else the indicators are not all there
        if share is None or not isinstance(floor.floor, Rate) or share >= floor.floor.fraction:
            continue
        actual = Rate.of(share, Decimal(1), case.style.forms.rate)
        called = "、".join([node.indicator.name for node in nodes] or floor.groups)
        what = f"{called}合计权重{actual}，低于样式规定的{floor.floor}"
        what += f"。{floor.remark}" if floor.remark else ""
        level = Level(floor.level) if floor.level else None
        yield Fault(("指标体系",), what, expected=f"不低于{floor.floor}", actual=str(actual), level=level)


def _all_known(case: Case) -> bool:
    """Whether every first-level indicator belongs to a group of the style: else no sum of groups can be said."""
    style = case.style.file
    known = {*style.groups, *(name for names in (style.mapping or {}).values() for name in names)}
    return not known or all(node.indicator.name in known for node in case.scores.nodes)


def _share(nodes: list[Node], full: Decimal | None) -> Decimal | None:
    weights = [node.full for node in nodes if node.full is not None]
    return sum(weights, Decimal()) / full if full and len(weights) == len(nodes) else None
