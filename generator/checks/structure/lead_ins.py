"""引出下文：以“如下：”“以下几个方面：”或其他冒号结束的话，后面要有内容。

看一段文字的最后一句，和列表里一条的最后一句；后面还有下一段、下一层列表的不算。
后面由程序印出表格或列举的，改为以句号结束的话，或在“已核实”里写明。

正例：后面有列举。

    正文:
      实施内容: |
        主要做了以下工作：
        一是新建服务站；二是培训人员。

反例：到冒号就结束了。

    正文:
      实施内容: 主要做了以下几个方面的工作：   # !P109 以下几个方面的工作
      项目概况: 服务站的分布情况如下。   # !P109 情况如下
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ...findings import Level
from .. import Case, Fault
from . import narratives, shortened

CODE = "P109"
LEVEL = Level.WARNING

_LEADS_IN = re.compile(r"(?:[：:]|如下[。；，]?|(?<![\d%分岁元人级])(?:以下|下列)[^。；：，]{1,12}[。；，])$")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each lead-in that is the end of its text or entry."""
    for path, text in narratives(case):
        paragraphs = list(text)
        for one, after in zip_longest(paragraphs, paragraphs[1:]):
            ends = after is None or (after.number and after.level <= one.level and one.number)
            written = one.text.rstrip()
            if ends and (match := _LEADS_IN.search(written)):
                sentence = re.split(r"[。；！？]", written[: match.end()].rstrip("。；"))[-1]
                what = f"“{shortened(sentence[-24:])}”引出下文，后面没有内容"
                where = case.source.line_of(path, one)
                yield Fault(
                    path, what, quoted=shortened(sentence[-40:], 40), mend="补写后面的内容，或改写这句话", where=where
                )
