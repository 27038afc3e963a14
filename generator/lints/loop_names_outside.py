"""循环的名称用在循环外：循环里的名称和 loop，循环结束就没有了。

循环里用 {% set %} 起的名称也是。要用的写进循环里面；循环外要用合计、个数的，用 资金.支出 这样的名称，或 列表|length。

正例：

    {% for 单位 in 项目.单位 %}{{ loop.index }}.{{ 单位.名称 }}{% endfor %}

反例：

    {% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfor %}共{{ 单位.名称 }}   # !T147 单位
    {{ loop.index }}   # !T147 loop
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import LEFT_LOOP
from . import Case

CODE = "T147"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each name of a loop that is used behind it."""
    for tag, what, mend in case.slips.get(LEFT_LOOP, ()):
        yield told(CODE, tag, what, "", mend)
