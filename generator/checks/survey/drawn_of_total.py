"""抽样数量：抽取的不多于总数，两个数是同一口径。

抽样比例由程序用抽取除以总数得出；抽取比总数多，多半是两个数填反了，或统计的口径不同。

正例：62个服务站抽取20个；全部核查的，两个数相等。

    抽样:
      - {对象: 服务站, 总数: 62, 抽取: 20}
      - {对象: 街道, 总数: 7, 抽取: 7}

反例：抽取的比总数多。

    抽样:
      - 对象: 服务站
        总数: 20
        抽取: 62   # !Q111 抽取62 总数20 多42
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault

CODE = "Q111"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each sample of which more was drawn than there is."""
    for index, one in enumerate(case.data.samples):
        if one.total is not None and one.drawn is not None and one.drawn > one.total:
            more = one.drawn - one.total
            what = f"{one.subject}抽取{one.drawn}，比总数{one.total}多{more}"
            path = ("抽样", index, "抽取")
            yield Fault(
                path, what, expected=f"不超过{one.total}", actual=str(one.drawn), mend="核对两个数，或对象的口径"
            )
