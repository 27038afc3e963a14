"""没有开展的个数：文字里说几个没有开展（未开展、没有实施），与实施里的未开展数相同。

数据里写了 实施.对象 的才核查，如“5个社区没有开展”；说已开展的由 X102 核查。同一个分句里有“其中”“上年”、
区域名称的，说的是一部分，不核查。

正例：未开展4个。

    实施: {对象: 社区, 总数: 52, 未开展: 4}
    正文:
      项目概况: 有4个社区没有开展服务，其中3个社区未开展是因为停业。

反例：说成5个。

    实施: {对象: 社区, 总数: 52, 未开展: 4}
    正文:
      项目概况: 五个社区没有开展服务。   # !G118 5个 4个
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...numerals import NUMERAL, count_of
from .. import Case, Fault

CODE = "G118"
LEVEL = Level.WARNING

_OTHER = re.compile("其中|上年|去年|往年|每|不少于|至少|另|还有|仍有")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text that tells another number of units that did not take part."""
    said, inactive = case.data.implementation, case.figure("实施.未开展")
    if said is None or not said.subject or not isinstance(inactive, int):
        return
    undone = r"(?:还|仍|尚)?(?:没有|未能?|尚未)(?:按期|如期)?(?:开展|实施|参加)"
    told = re.compile(rf"(?<![\d.第])({NUMERAL})\s?[个家所]?{re.escape(said.subject)}{undone}")
    areas = {area.area for one in said.activities for area in one.by_area} | {
        row.name for row in (case.data.funds.by_area if case.data.funds else ()) if row.name
    }
    for passage in case.passages:
        if passage.path[0] == "绩效目标":
            continue
        for match in told.finditer(passage.typed):
            clause = re.split("[，。；：]", passage.typed[: match.start()])[-1]
            count = count_of(match[1])
            if count is None or count == inactive or _OTHER.search(clause) or any(area in clause for area in areas):
                continue
            what = f"文字里说{count}个{said.subject}没有开展，数据里（实施.未开展）是{inactive}个"
            mend = "改写为 {{ 实施.未开展 }}，由程序代入；或改正数据"
            yield Fault(passage.path, what, f"{inactive}个", f"{count}个", match[0], mend, where=passage.where)
