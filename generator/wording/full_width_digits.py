"""全角数字：数字、字母、百分号和空格应为半角，也不连用几个空格。

正例：半角的数字和字母。

    正文:
      项目概况: 到位率为26.56%，数据库为MySQL。

反例：全角的数字，和连用的空格。

    正文:
      项目概况: 共有１２个社区参加。   # !X111 12
      实施内容: 服务站  常年开放。   # !X111 空格
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..values import narrow
from . import Texts, fault, texts

CODE = "X111"
LEVEL = Level.HINT

_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％][０-９Ａ-Ｚａ-ｚ％．，]*|[ \t\u00a0\u3000]{2,}|\u3000")


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each run of full-width digits and letters, and for each run of blanks."""
    for passage in texts(said):
        for match in _WIDE.finditer(passage.typed):
            found = match[0].rstrip("．，")
            if not found.strip() and passage.laid_out:
                continue
            if not found.strip():
                what, mend = "文字中间连用了空格，或用了全角空格", "删去空格，或改为标点"
                yield fault(passage, *match.span(), what, mend=mend)
                continue
            half = narrow(found)
            what = f"“{found}”是全角，应为半角的“{half}”"
            yield fault(passage, *match.span(), what, expected=half, actual=found, mend=f"改为“{half}”")
