"""过滤器用错了地方：过滤器前面的值不是它要的那一种，或括号里写得不对。

万元、大写金额要金额，百分比要比率，日期要日期，顿号要列表。文字不接这些过滤器，直接印。每个过滤器的用法见
docs/过滤器.md，或 `jixiao explain 过滤器的名称`。

正例：

    {{ 资金.预算|万元 }}，大写{{ 资金.预算|大写金额 }}，到位率{{ 资金.到位率|百分比(1) }}
    {{ 项目.单位|顿号('名称') }}

反例：

    {{ 项目.名称|万元 }}   # !T150 金额
    {{ 资金.预算|日期 }}   # !T150 日期
    {{ 项目.名称|顿号 }}   # !T150 列表
    {{ 资金.预算|万元(2, 3) }}   # !T150 位数
    {{ 资金.预算|万元('二') }}   # !T150 位数写整数
    {{ 资金.预算|数值('百万') }}   # !T150 亿元
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import ARGUMENTS, WRONG_KIND
from . import Case

CODE = "T150"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each filter that is given what it cannot work on."""
    for tag, what, mend in (*case.slips.get(WRONG_KIND, ()), *case.slips.get(ARGUMENTS, ())):
        yield told(CODE, tag, what, "", mend)
