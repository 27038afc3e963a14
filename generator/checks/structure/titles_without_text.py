"""有标题无内容：列表的一条写了标题，下面没有内容。

内容可以是一段文字，也可以是下一层的列表。一段文字里各条都只有标题的，是有意这样写，不核查；问题和建议另有核查。

正例：标题下有内容，或有下一层的列表。

    正文:
      评价原则:
        - {标题: 客观公正, 内容: 以账务资料为准。}
        - 标题: 突出绩效
          内容:
            - 看钱花到哪里。
            - 看事办成什么样。

反例：第二条没有内容。

    正文:
      评价原则:
        - {标题: 客观公正, 内容: 以账务资料为准。}
        - {标题: 突出绩效}   # !P107 突出绩效
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from ...findings import Level
from ...narrative import Narrative, Paragraph
from .. import Case, Fault
from . import narratives

CODE = "P107"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each title with nothing behind it."""
    for path, text in narratives(case):
        bare = list(_bare(text))
        if len(bare) > 1 and len(bare) == len(text.条目):
            continue
        for one in bare:
            title = one.title.rstrip("。：")
            where = case.source.line_of(path, one.at_title())
            yield Fault(path, f"标题“{title}”下面没有内容", quoted=title, mend="补写“内容”，或删去标题", where=where)


def _bare(text: Narrative) -> Iterator[Paragraph]:
    paragraphs = list(text)
    for one, after in zip_longest(paragraphs, paragraphs[1:]):
        if one.title and not one.text.strip() and (after is None or (after.number and after.level <= one.level)):
            yield one
