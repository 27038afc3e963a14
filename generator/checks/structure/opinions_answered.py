"""意见要有回应：不采纳和部分采纳的要有理由；定稿里的每条意见都要写明是否采纳。

初稿、征求意见稿里还没有处理的意见，可以先不写采纳情况。正式稿（--final）里是错误。

正例：采纳的不必写理由；征求意见稿里的意见可以待处理。

    报告: {标题: 示例, 样式: national, 版本: 征求意见稿}
    意见:
      - {意见: 建议补充附件。, 采纳: 采纳}
      - {意见: 扣分偏重。, 采纳: 不采纳, 理由: 按评分标准扣分。}
      - {意见: 建议核对日期。}

反例：不采纳没有理由，定稿里有没处理的意见。

    报告: {标题: 示例, 样式: national, 版本: 定稿}
    意见:
      - 意见: 扣分偏重。
        采纳: 不采纳   # !P120 不采纳 理由
      - 意见: 建议核对日期。   # !P120 定稿 采纳
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...model import Opinion
from .. import Case, Fault

CODE = "P120"
LEVEL = Level.WARNING
FINAL = True
FINISHED = "定稿"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each opinion that was turned down without a reason, or that a finished report leaves open."""
    for index, one in enumerate(case.data.opinions):
        if one.adopted in ("部分采纳", "不采纳") and not one.reason:
            what = f"“{_begins(one)}”{one.adopted}，没有写理由"
            yield Fault(("意见", index, "采纳"), what, mend="补写“理由”")
        elif one.adopted is None and case.data.report.version == FINISHED:
            what = f"报告已是定稿，“{_begins(one)}”没有写是否采纳"
            yield Fault(("意见", index, "意见"), what, mend="补写“采纳”：采纳、部分采纳或不采纳")


def _begins(one: Opinion) -> str:
    words = "".join(paragraph.title + paragraph.text for paragraph in one.text)
    return words if len(words) <= 16 else words[:16] + "…"
