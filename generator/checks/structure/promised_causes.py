"""标题说到原因：标题里有“及原因”“原因分析”，下面的文字却没有说到原因。

只看文字里有没有“因”“由于”“造成”“导致”“所致”“缘于”“在于”“影响”这样的字，说得对不对由人判断；没有内容的标题另有核查。

正例：说了原因。

    正文:
      过程情况:
        - {标题: 支出进度及原因, 内容: 支出率为40%，主要是由于资金下达晚。}

反例：只说了情况。

    正文:
      过程情况:
        - {标题: 支出进度及原因, 内容: 支出率为40%，低于预期。}   # !P108 支出进度及原因
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...narrative import Paragraph
from .. import Case, Fault
from . import narratives

CODE = "P108"
LEVEL = Level.HINT

_PROMISE = re.compile(r"及其?(?:主要)?原因|原因分析|成因")
_CAUSE = re.compile(r"因|由于|造成|导致|所致|缘于|源于|在于|影响")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each title that promises a cause which its text does not tell."""
    for path, text in narratives(case):
        paragraphs = list(text)
        for index, one in enumerate(paragraphs):
            below = "".join(_below(paragraphs, index))
            if _PROMISE.search(one.title) and below.strip() and not _CAUSE.search(below):
                title = one.title.rstrip("。：")
                where = case.source.line_of(path, one.at_title())
                what = f"标题“{title}”说到原因，下面的文字没有说"
                yield Fault(path, what, quoted=title, mend="写明原因，或改标题", where=where)


def _below(paragraphs: list[Paragraph], index: int) -> Iterator[str]:
    """The text under a title: its own, and that of the paragraphs up to the next entry of its level."""
    yield paragraphs[index].text
    for after in paragraphs[index + 1 :]:
        if after.number and after.level <= paragraphs[index].level:
            return
        yield after.title + after.text
