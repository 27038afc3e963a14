"""没有引用的文件：“文件”里的文件，既不在“依据”里，文字里也没有用 {{ 文件.简称 }} 引用，就不会印出。

正例：一份列入依据，一份在文字里引用。

    文件:
      办法: {名称: 专项资金管理办法}
      通知: {名称: 关于下达资金的通知}
    依据: [办法]
    正文:
      项目概况: 资金依据{{ 文件.通知 }}下达。

反例：写了没有用。

    文件:
      办法: {名称: 专项资金管理办法}   # !P117 办法
    正文:
      项目概况: 资金按办法使用。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "P117"
LEVEL = Level.HINT

_CITED = re.compile(r"文件(?:\.|\[[\"'])([^.\s|}\]\[\"'()]+)")
_ALL = re.compile(r"\{%[^%]*\bin\s+文件(?![.\[\w])")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each document that nothing prints."""
    tagged = [passage.words for passage in case.passages if "文件" in passage.words and "{" in passage.words]
    if any(_ALL.search(words) for words in tagged):
        return
    cited = {*case.data.basis, *(match[1] for words in tagged for match in _CITED.finditer(words))}
    for key, document in (case.data.documents or {}).items():
        if key not in cited:
            what = f"“{key}”没有列入依据，文字里也没有引用，不会印出"
            yield Fault(("文件", key), what, quoted=document.name, mend="引用它，或从“文件”里删去")
