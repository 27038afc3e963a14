"""问题的对应指标：“问题”里写的对应指标，指标体系里要有。

名称或全称相同即可，哪一级都可以，不适用的也算。没有指标体系的不核查。

正例：用全称。

    指标体系:
      - {名称: 管理制度健全性, 全称: 业务管理制度健全性, 分值: 5}
    问题:
      - {标题: 制度不全, 对应指标: [业务管理制度健全性]}

反例：少写了一个字。

    指标体系:
      - {名称: 管理制度健全性, 分值: 5}
      - {名称: 群众满意度, 分值: 5}
    问题:
      - 标题: 制度不全
        对应指标: [管理制度健全]   # !K107 管理制度健全 管理制度健全性
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Level
from ...model import Indicator
from ...records import nearest
from .. import Case, Fault

CODE = "K107"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each name in a problem's 对应指标 that no indicator has."""
    known = list(dict.fromkeys(indicator_names(case.data.indicators)))
    for index, problem in enumerate(case.data.problems if known else ()):
        for place, name in enumerate(problem.indicators):
            if name not in known:
                title = f"“{problem.title}”" if problem.title else f"第{index + 1}个问题"
                what = f"{title}的对应指标“{name}”不在指标体系里"
                path = ("问题", index, "对应指标", place)
                yield Fault(path, what, actual=name, mend=nearest(name, known, listed=False) or "写指标体系里的名称")


def indicator_names(indicators: Sequence[Indicator]) -> Iterator[str]:
    """The names and full names of all indicators."""
    for one in indicators:
        yield one.name
        if one.title:
            yield one.title
        yield from indicator_names(one.below)
