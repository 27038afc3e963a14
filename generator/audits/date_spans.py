"""起止日期：止在起的后面；后面写的“共12个月”“工期90天”“延期25天”和两个日期相符；日期要是日历上有的。

天数算头算尾、月数零头进或舍，都算对。没有的日期（2月30日、13月）和核查 R109 是同一段程序。

正例：

    服务期自2023年3月1日至2024年2月29日，共12个月。
    合同2024年3月至11月执行，历时9个月；工期2024年3月1日至2024年5月29日，共90天。

反例：

    服务期自2023年3月1日至2024年2月29日，共10个月。   # !A150 12个月
    项目2024年7月1日至2023年6月30日实施。   # !A150 早于
    工期2024年3月1日至2024年5月29日，共120天。   # !A150 90天
    应于2024年9月30日前完工，实际于2024年10月25日完工，延期35天。   # !A150 25天
    公示期为7天，自2024年5月6日至2024年5月10日。   # !A150 5天
    验收日期为2023年2月30日。   # !A150 没有
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..dates_in_texts import days_apart, impossible, spans, spans_said_before
from ..findings import Level
from ..values import narrow
from ..wording import fault
from . import Case, Fault

CODE = "A150"
LEVEL = Level.ERROR

_NUMBERED = re.compile("(?:编号|版本|型号|序号)[为是：:]?$")  # no date, what looks like one


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each span that ends before it begins or is not as long as said, and each date that is none."""
    for passage in case.passages:
        if "月" not in passage.typed and "-" not in passage.typed and "." not in passage.typed:
            continue
        for start, end, why in impossible(passage.typed):
            if _NUMBERED.search(passage.typed[:start]):
                continue
            what = f"没有“{passage.typed[start:end]}”这个日期：{why}"
            yield fault(passage, start, end, what, actual=passage.typed[start:end])
        for start, end, said_days, days in days_apart(passage.typed):
            if abs(said_days - days) > 1:  # the first day may count
                what = f"两个日期相差{days}天，写的是{said_days}天"
                yield fault(passage, start, end, what, expected=f"{days}天", actual=f"{said_days}天")
        for one in (*spans(passage.typed), *spans_said_before(passage.typed)):
            if one.last < one.first:
                if not one.has_two_years:  # 2023年11月至3月: of the next year
                    continue
                what = f"“{passage.typed[one.start : one.end]}”的止期早于起期"
                yield fault(passage, one.start, one.end, what)
            elif one.count and one.count not in one.lengths:
                wanted = f"{max(one.lengths)}{one.unit}"
                said = narrow(passage.typed[slice(*one.at)]) + one.unit
                dates = f"{one.first.year}年{one.first.month}月到{one.last.year}年{one.last.month}月"
                what = f"写的是{said}，从{dates}算是{wanted}"
                yield fault(passage, *one.at, what, expected=wanted, actual=said)
