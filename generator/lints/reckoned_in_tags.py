"""标记里做不了的计算：金额、比率、得分、数量带着单位，不能直接加减乘除；也不能用 % 或 format 排数字的格式。

算好的数多半已经有名称（资金.结余、资金.到位率），用 `jixiao template fields` 找；没有的，先用过滤器“折合”换成数再算。
排格式用过滤器：万元(2)、千分位、百分比(1)。

正例：

    结余{{ 资金.结余 }}，差额{{ 资金.预算|折合('元') - 资金.支出|折合('元') }}
    {{ 项目.年度 + 1 }}年，{{ 资金.预算|万元(2) }}

反例：

    结余{{ 资金.预算 - 资金.支出 }}   # !T166 金额
    {{ 项目.名称 + 资金.预算 }}   # !T166 金额
    {{ '%.2f' % 资金.预算 }}   # !T166 过滤器
    {{ '{:,.2f}'.format(资金.预算) }}   # !T166 过滤器
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import RECKONED
from . import Case

CODE = "T166"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag that reckons with what has a unit, or sets a number's form by itself."""
    for tag, what, mend in case.slips.get(RECKONED, ()):
        yield told(CODE, tag, what, "", mend)
