"""满分：各一级指标分值之和，等于样式规定的满分。

满分写在样式里（满分: 100），样式没有写的不核查；评价结果里另写“满分”的，以它为准（与指标体系不符时由 K132 指出）。
还有一级指标没有分值的，不核查。上级与下级分值是否相符由 K131 核查。

正例：合计 100 分。

    指标体系:
      - {名称: 决策, 分值: 15}
      - {名称: 过程, 分值: 25}
      - {名称: 产出, 分值: 30}
      - {名称: 效益, 分值: 30}

正例：没有达到 100 分，但评价结果里写明满分是 90 分。

    指标体系:
      - {名称: 产出, 分值: 50}
      - {名称: 效益, 分值: 40}
    评价结果: {满分: 90}

反例：改了一项的分值，合计成了 98 分。

    指标体系:
      - {名称: 决策, 分值: 15}   # !K102 98 100 少2分
      - {名称: 过程, 分值: 25}
      - {名称: 产出, 分值: 28}
      - {名称: 效益, 分值: 30}
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Level
from ...values import plain
from .. import Case, Fault

CODE = "K102"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault where the weights do not add up to the style's full marks."""
    wanted, result = case.style.file.full, case.data.result
    weights = [node.full for node in case.scores.nodes if node.full is not None]
    if wanted is None or (result and result.full is not None) or not weights:
        return
    found = sum(weights, Decimal())
    if len(weights) < len(case.scores.nodes) or found == wanted:
        return
    gap = f"{'少' if found < wanted else '多'}{plain(abs(found - wanted))}分"
    what = f"各一级指标分值合计{plain(found)}分，比样式规定的满分{plain(wanted)}分{gap}"
    mend = "改正分值；满分确实不同的，写在 评价结果.满分"
    yield Fault(("指标体系",), what, expected=plain(wanted), actual=plain(found), mend=mend)
