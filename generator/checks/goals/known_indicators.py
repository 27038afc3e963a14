"""对应指标的名称：申报的绩效指标里写的“对应指标”，指标体系里要有。

名称或全称相同即可，哪一级都可以，不适用的也算。没有指标体系的不核查。

正例：写末级指标的名称。

    绩效目标:
      指标:
        - {三级: 服务对象满意率, 指标值: ≥90%, 完成值: 92%, 对应指标: 群众满意度}
    指标体系:
      - {名称: 群众满意度, 分值: 10}

反例：指标改了名称，这里没有改。

    绩效目标:
      指标:
        - {三级: 服务对象满意率, 指标值: ≥90%, 完成值: 92%, 对应指标: 公众满意度}   # !G103 公众满意度 群众满意度
    指标体系:
      - {名称: 群众满意度, 分值: 10}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Level
from ...model import Indicator
from ...records import nearest
from .. import Case, Fault
from . import rows

CODE = "G103"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each 对应指标 that no indicator is called."""
    known = list(dict.fromkeys(_names(case.data.indicators)))
    for path, row in rows(case) if known else ():
        if row.indicator and row.indicator not in known:
            what = f"绩效目标“{row.name}”的对应指标“{row.indicator}”不在指标体系里"
            mend = nearest(row.indicator, known, listed=False) or "写指标体系里的名称"
            yield Fault((*path, "对应指标"), what, actual=row.indicator, mend=mend)


def _names(indicators: Sequence[Indicator]) -> Iterator[str]:
    for one in indicators:
        yield from (name for name in (one.name, one.title) if name)
        yield from _names(one.below)
