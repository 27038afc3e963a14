"""沿用上年的文字：由上年的数据文件带来、还没有改动过的文字，要逐段核对。

用 jixiao new 样式 --from 上年的文件 新建的数据文件，在“沿用上年”里列着带来的文字，每段有一个摘要。文字改过，摘要就
对不上，不再提示；核对后不用改的，删去它的一行。上年的金额、年份和日期常常留在这些文字里，草稿里可以先放着，正式稿不行。

正例：带来的文字已经改过。

    正文:
      项目概况: 三个社区各建一处食堂。
    沿用上年:
      - {位置: 正文.项目概况, 摘要: 76ec7445}

反例：带来的文字还是原来的。

    正文:
      项目概况: 两个社区各建一处食堂。   # !P119
    沿用上年:
      - {位置: 正文.项目概况, 摘要: c0c5ac8f}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...carried import untouched, words_at
from ...findings import Level
from ...names import dotted
from .. import Case, Fault
from . import shortened

CODE = "P119"
LEVEL = Level.WARNING
FINAL = True


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text that is still as it was in last year's file."""
    for path in untouched(case.data):
        name = dotted(case.data, path, case.called)
        words = (words_at(case.data, path) or "").split("\n")[0]
        what = f"{name}沿用上年，还没有核对"
        mend = "改写；不用改的，在“沿用上年”里删去它的一行"
        yield Fault(path, what, quoted=shortened(words), mend=mend)
