"""沿用上年的文字：由上年的数据文件带来、还没有改动过的文字，要逐段核对。

用 jixiao new 样式 --from 上年的文件 新建的数据文件，在“沿用上年”里列着带来的文字，每段有一个摘要。文字改过，摘要就
对不上，不再提示；核对后不用改的，删去它的一行。上年的金额、年份和日期常常留在这些文字里，逐条列出几个；
草稿里可以先放着，正式稿不行。

正例：带来的文字已经改过。

    正文:
      项目概况: 2025年在三个社区各建一处食堂。
    沿用上年:
      - {位置: 正文.项目概况, 摘要: 9d94a8d6}

反例：带来的文字还是原来的。

    正文:
      项目概况: 2024年在两个社区各建一处食堂。   # !P119 2024年
    沿用上年:
      - {位置: 正文.项目概况, 摘要: 9d94a8d6}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...carried import untouched, words_at
from ...findings import Level
from ...names import dotted
from ...passages import typed
from .. import Case, Fault
from . import shortened

CODE = "P119"
LEVEL = Level.WARNING
FINAL = True
MOST_FIGURES = 4

_FIGURE = re.compile(
    r"(?<![\d.])(?:19|20)\d{2}(?!\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d[\d,.]*(?:[亿万]?余?元|[%％])"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text that is still as it was in last year's file."""
    for path in untouched(case.data):
        name = dotted(case.data, path, case.called)
        words = typed(words_at(case.data, path) or "")
        figures = "、".join(list(dict.fromkeys(_FIGURE.findall(words)))[:MOST_FIGURES])
        what = f"{name}沿用上年，还没有核对" + (f"，其中有{figures}" if figures else "")
        mend = "改写；不用改的，在“沿用上年”里删去它的一行"
        yield Fault(path, what, quoted=shortened(words.split("\n")[0]), mend=mend)
