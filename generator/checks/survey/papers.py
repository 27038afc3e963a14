"""问卷份数：有效不多于收回，收回不多于发放，满意不多于有效。

没有写收回的，有效与发放比较。只写了其中几个的，比较写了的。

正例：发放 200，收回 188，有效 180，满意 154。

    问卷: {发放: 200, 收回: 188, 有效: 180, 满意: 154}

反例：收回比发放多，有效又比收回多。

    问卷:
      发放: 200
      收回: 208   # !Q102 收回208 发放200 多8
      有效: 210   # !Q102 有效210 收回208 多2

反例：满意的比有效的多。

    问卷:
      有效: 40
      满意: 41   # !Q102 满意41 有效40 多1
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...findings import Level
from .. import Case, Fault

CODE = "Q102"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each number of papers that is above what it is a part of."""
    survey = case.data.survey
    if survey is None:
        return
    chain = (("发放", survey.issued), ("收回", survey.returned), ("有效", survey.valid), ("满意", survey.satisfied))
    known = [(name, count) for name, count in chain if count is not None]
    for (above, most), (name, count) in pairwise(known):
        if count > most:
            what = f"{name}{count}份，比{above}{most}份多{count - most}份"
            yield Fault(("问卷", name), what, expected=f"不超过{most}", actual=str(count), mend="核对两个份数")
