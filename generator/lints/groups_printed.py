"""要印的是一组值：列表和含有下级的名称，不能直接印，要写出印其中的哪一项。

列表用循环逐条印，或接 |顿号 印成一行；含有下级的，再写一个点和下级的名称。

正例：

    {{ 项目.单位|顿号('名称') }}
    {{ 资金.预算 }}

反例：

    {{ 指标体系 }}   # !T149 一组值
    {{ 资金 }}   # !T149 一组值
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..template.draft import told
from ..template.typed import GROUP
from . import Case

CODE = "T149"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Finding]:
    """A finding for each list or section that is printed as if it were a value."""
    for tag, what, mend in case.slips.get(GROUP, ()):
        yield told(CODE, tag, what, "", mend)
