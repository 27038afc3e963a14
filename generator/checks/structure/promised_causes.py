"""标题说到原因：标题里有“及原因”“及建议”“及比例”一类的话，下面的文字却没有说到。

原因看有没有“因”“由于”“造成”“导致”“所致”“缘于”“在于”“影响”这样的字；建议看“建议”“应”“要”“加强”这样的字，
比例、占比看百分数和“占”“成”“分之”。说得对不对由人判断；没有内容的标题另有核查。

正例：说了原因、建议、比例。

    正文:
      过程情况:
        - {标题: 支出进度及原因, 内容: 支出率为40%，主要是由于资金下达晚。}
        - {标题: 监管不足及建议, 内容: 检查次数少，建议每季度检查一次。}
        - {标题: 支出构成及占比, 内容: 助餐服务占六成。}

反例：只说了情况。

    正文:
      过程情况:
        - {标题: 支出进度及原因, 内容: 支出率为40%，低于预期。}   # !P108 支出进度及原因
        - {标题: 监管不足及建议, 内容: 检查次数少，台账不全。}   # !P108 建议
        - {标题: 支出构成及占比, 内容: 助餐服务支出10万元，体检支出5万元。}   # !P108 占比
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...narrative import Paragraph
from ...passages import typed
from ...promises import broken
from .. import Case, Fault
from . import narratives

CODE = "P108"
LEVEL = Level.HINT


def check(case: Case) -> Iterator[Fault]:
    """A fault for each title that promises a cause, an advice or a share which its text does not tell."""
    for path, text in narratives(case):
        paragraphs = list(text)
        for index, one in enumerate(paragraphs):
            title, below = one.title.rstrip("。："), typed("".join(_below(paragraphs, index)))
            if word := broken(title, below):
                where = case.source.line_of(path, one.at_title())
                what = f"标题“{title}”说到{word}，下面的文字没有说"
                yield Fault(path, what, quoted=title, mend=f"写明{word}，或改标题", where=where)


def _below(paragraphs: list[Paragraph], index: int) -> Iterator[str]:
    """The text under a title: its own, and that of the paragraphs up to the next entry of its level."""
    yield paragraphs[index].text
    for after in paragraphs[index + 1 :]:
        if after.number and after.level <= paragraphs[index].level:
            return
        yield after.title + after.text
