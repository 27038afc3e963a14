"""截至与截止：后面带着日期的应为“截至”，“截止”是到期停止的意思。

“截至2024年12月31日”是到这一天为止的意思；“报名于12月31日截止”“截止日期”才用“截止”。
报名、申报、投标、提交、征集之后的“截止”不核查。

正例：“截止日期”和“申报截止”用得对。

    正文:
      项目概况: 申报截止2024年3月31日，资金数据截至2024年12月31日，截止日期另行通知。

反例：数据到某一天为止，写成了“截止”。

    正文:
      项目概况: 截止2024年12月31日，资金已经拨付。   # !X110 截至
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from ..passages import HOLE
from . import Texts, fault, texts

CODE = "X110"
LEVEL = Level.HINT

_CUTOFF = re.compile(rf"截止[到至]?(?=\s?(?:{HOLE}|\d{{4}}[年.-]|\d{{1,2}}月|[去今当本上]年|目前|年底|年末|评价日))")
_CLOSING = re.compile(r"(?:报名|申报|报送|投标|提交|征集|受理|报价)(?:时间)?$")


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each 截止 that a date follows."""
    for passage in texts(said):
        for match in _CUTOFF.finditer(passage.typed):
            if _CLOSING.search(passage.typed[max(0, match.start() - 6) : match.start()]):
                continue
            what = f"“{match[0]}”后面是日期，应写“截至”"
            yield fault(passage, *match.span(), what, expected="截至", actual=match[0], mend="改为“截至”")
