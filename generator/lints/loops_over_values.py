"""循环的不是列表：{% for %} 的 in 后面要写一个列表，金额、文字、日期不能循环。

文字可以循环的是它的段落，如 正文.项目概况。哪些是列表，看 `jixiao template fields`。

正例：

    {% for 单位 in 项目.单位 %}{{ 单位.名称 }}{% endfor %}

反例：

    {% for 笔 in 资金.预算 %}{{ 笔 }}{% endfor %}   # !T148 金额
    {% for 字 in 项目.名称 %}{{ 字 }}{% endfor %}   # !T148 文字
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import NO_LIST
from . import Case

CODE = "T148"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each loop over what is no list."""
    for tag, what, mend in case.slips.get(NO_LIST, ()):
        yield told(CODE, tag, what, "", mend)
