"""总分的来源：给出的总分，要写明来源。

没有指标体系、或指标体系还算不出总分时，报告印的是评价结果里给出的总分，读者看不到它怎样得来，所以要写“来源”。
指标体系算得出总分的不核查，两者是否相同由 K132 核查。

正例：写了来源。

    评价结果: {总分: 77.22, 来源: 据公开的报告摘要}

反例：没有写来源。

    评价结果: {总分: 77.22}   # !K115 77.22 来源
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from ..indicators import points

CODE = "K115"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault where a total is given without its source, and no indicators give it."""
    result = case.data.result
    if result is None or result.total is None or result.source:
        return
    if not case.scores.nodes or any(node.points is None for node in case.scores.nodes):
        what = f"给出的总分{points(case, result.total)}没有写来源"
        yield Fault(("评价结果", "总分"), what, mend="补上“来源”，如 据某某文件所载的评分结果")
