"""截至日期不符：文字里“截至”的日期，与报告的截止日期不是同一天。

“截至2023年12月31日”与“报告.截止日期”比较，只写到月的按月比较；日期与数据里别的日期（评价结束、完成时间等）
相同的，和同一句里比较往年的，不核查。日期相同的，提示改为引用。

正例：引用截止日期，或就是别处的日期。

    报告: {标题: 示例, 样式: national, 截止日期: 2024-12-31, 评价结束: 2025-05-20}
    正文:
      项目概况: 截至{{ 报告.截止日期 }}，支出全部完成；截至2025年5月20日，资料收齐。

反例：写成了上一年。

    报告: {标题: 示例, 样式: national, 截止日期: 2024-12-31}
    正文:
      项目概况: 截至2023年12月31日，支出全部完成。   # !X120 2024年12月31日 2023年12月31日
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...values import Day
from ...wording import fault, sentence_around, sentences_of
from .. import Case, Fault
from . import dates

CODE = "X120"
LEVEL = Level.WARNING

_CUTOFF = re.compile(r"截[至止][到至]?\s?((?:19|20)\d\d)年(?:(\d{1,2})月(?:(\d{1,2})日|底|末)?|底|末)")
_COMPARED = re.compile("上年|去年|往年|较|同比|相比")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each cut-off date in a text that is not the report's, and a hint for one that is."""
    cutoff = case.data.report.cutoff
    if not isinstance(cutoff, Day):
        return
    known = list(dates(case))
    for passage in sentences_of(case):
        for match in _CUTOFF.finditer(passage.typed):
            start, end = sentence_around(passage.typed, match.start())
            if _COMPARED.search(passage.typed[start:end]):
                continue
            day = (int(match[1]), int(match[2] or 12), int(match[3]) if match[3] else None)
            written = passage.typed[match.start(1) : match.end()]
            mend = "改写为 截至{{ 报告.截止日期 }}"
            if _same(day, cutoff):
                what = f"“{written}”就是报告的截止日期，改日期时这里不会跟着变"
                yield fault(passage, *match.span(), what, actual=written, mend=mend, level=Level.HINT)
            elif not any(_same(day, one) for one in known):
                what = f"文字里截至{written}，报告的截止日期是{cutoff}"
                yield fault(passage, *match.span(), what, expected=str(cutoff), actual=written, mend=mend)


def _same(day: tuple[int, int, int | None], known: Day) -> bool:
    """Whether both are the same day, as far as both say it; the end of a month is its last day."""
    year, month, dom = day
    if year != known.year or month != known.last.month:
        return False
    return dom == known.last.day or (dom is None and known.last.day >= 28) or known.day is None
