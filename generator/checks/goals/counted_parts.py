"""总数与已开展、未开展：实施里写的总数，等于已开展加未开展。

三个数都写了才比较相等；只写了两个的，已开展、未开展不能超过总数。总数可以不写，由程序从资金里的数量相加
（写了而不同的由 F111 核查）。

正例：71 = 52 + 19。

    实施: {对象: 社区, 总数: 71, 已开展: 52, 未开展: 19}

反例：52 与 18 相加是 70。

    实施:
      对象: 社区
      总数: 71   # !G110 71 70 相差1
      已开展: 52
      未开展: 18

反例：已开展的比总数还多。

    实施:
      对象: 社区
      总数: 71
      已开展: 72   # !G110 72 71 多1
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "G110"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault where the units that took part and those that did not are not all units."""
    said = case.data.implementation
    total = case.figure("实施.总数")
    if said is None or not isinstance(total, int):
        return
    subject = said.subject or "对象"
    if said.total is not None and said.active is not None and said.inactive is not None:
        found = said.active + said.inactive
        if found != total:
            what = (
                f"{subject}总数{total}，与已开展{said.active}、未开展{said.inactive}之和{found}相差{abs(found - total)}"
            )
            yield Fault(
                ("实施", "总数"),
                what,
                expected=str(found),
                actual=str(total),
                mend="改正其中一个，或删去一个由程序算出",
            )
        return
    for key, part in (("已开展", said.active), ("未开展", said.inactive)):
        if part is not None and part > total:
            what = f"{key}的{subject}{part}，比总数{total}多{part - total}"
            yield Fault(("实施", key), what, expected=f"不超过{total}", actual=str(part), mend="核对两个数")
