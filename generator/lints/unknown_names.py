"""没有这个名称：标记里写的名称，数据里没有，生成时会停下来。

名称要和 `jixiao template fields` 列出的一字不差，上下级用半角的点隔开。循环里用的是循环的名称加点，如 单位.名称。
列表不能直接取下级，先循环，或用 [0] 取第一条。

正例：写的都是有的名称；可能没有的，用 default 或 is defined。

    {{ 项目.名称 }}
    {% if 资金.预算 %}预算{{ 资金.预算 }}{% endif %}
    {% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfor %}
    {{ 备注|default('') }}
    {% raw %}写作 {{ 名秤 }}{% endraw %}

反例：写错一个字、少了上一级、循环里写了没有的名称、直接取列表的下级。

    {{ 项目.名秤 }}   # !T146 项目.名称
    {{ 到位率 }}   # !T146 到位率
    {% for 行 in 资金.按单位 %}{{ 行.预算数 }}{% endfor %}   # !T146 行.预算
    {{ 资金.按单位.预算 }}   # !T146 列表
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import UNKNOWN
from . import Case

CODE = "T146"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each name that cannot be there."""
    for tag, what, mend in case.slips.get(UNKNOWN, ()):
        yield told(CODE, tag, what, "", mend or "能写的名称：jixiao template fields")
