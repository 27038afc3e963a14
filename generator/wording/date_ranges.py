"""起止写法不一：从哪年到哪年、从哪月到哪月之间的连接号，全文用同一种。

“2023—2024年”“3-5月”“3～5月”混用时，较少的一种提示改正；“至”“到”可以与连接号并用，不核查。

正例：都用“—”，或写“至”。

    正文:
      项目概况: 2021—2023年逐步推开，2024年3月至5月完成。
      实施内容: 3—5月征集需求，6—9月实施。

反例：一处用了“-”。

    正文:
      项目概况: 2021—2023年逐步推开。
      实施内容: 3—5月征集需求，6-9月实施。   # !X121 -
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..faults import Fault
from ..findings import Level
from . import Texts, fault, sentences_of

CODE = "X121"
LEVEL = Level.HINT

_RANGE = re.compile(r"\d{1,4}(?:年度?|月|日)?\s?(-|–|—{1,2}|－|～|~|〜)\s?\d{1,4}(?:年|月|日)")


def check(said: Texts) -> Iterator[Fault]:
    """A fault for each range of dates that is joined otherwise than most are."""
    found = [(one, match) for one in sentences_of(said) for match in _RANGE.finditer(one.typed)]
    used = Counter(match[1] for _, match in found)
    if len(used) < 2:
        return
    usual = max(used, key=lambda sign: (used[sign], sign == "—"))
    for passage, match in found:
        if match[1] != usual:
            what = f"“{match[0]}”用“{match[1]}”连接，别处用“{usual}”"
            right = match[0].replace(match[1], usual)
            yield fault(passage, *match.span(), what, expected=right, actual=match[0], mend="全文用同一种连接号")
