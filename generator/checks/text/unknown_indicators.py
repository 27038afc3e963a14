"""指标名称不符：文字里加引号的、或在“得分”“扣分”前面的指标名称，指标体系和绩效目标里没有。

多半是指标改了名称，或是别的报告留下的。没有指标体系的不核查；名称互相包含的（“满意度”与“群众满意度”）、
数据里别处有的名称，不提示。

正例：名称与指标体系一致，或是它的一部分。

    指标体系:
      - {名称: 资金到位率, 分值: 50}
      - {名称: 群众满意度, 分值: 50}
    正文:
      综合结论: “资金到位率”指标得分较低，满意度得分较高。

反例：指标体系里没有“采购程序规范性”和“信息公开率”。

    指标体系:
      - {名称: 资金到位率, 分值: 50}
      - {名称: 群众满意度, 分值: 50}
    正文:
      综合结论: “采购程序规范性”指标得满分。   # !X105 采购程序规范性
      产出情况: 失分较多，其中信息公开率得分最低。   # !X105 信息公开率
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...model import Indicator
from ...passages import HOLE
from ...records import closest
from ...wording import HAN, REMARKS, fault, sentences_of, texts
from .. import Case, Fault

CODE = "X105"
LEVEL = Level.WARNING

_QUOTED = re.compile(
    r"指标[“「]([^“”「」，。\n]{3,30})[”」]|[“「]([^“”「」，。\n]{3,30})[”」](?=(?:[一二三四]级|这一|这项|一项|等)?指标|得分|失分|扣分)"
)
_SCORED = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[中即是和与及]))([{HAN}]{{2,12}}(?:率|性|度|效益|影响))(?=(?:指标)?(?:得分|失分|扣分|得\d|扣\d|未得分|不得分))"
)
_LEAD = re.compile("^(?:其中|即|是|和|与|及)")
_COMMON = re.compile("得分率|年度|各|每|该|本|其|进度|力度|程度|制度")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each indicator that a text names and the data does not have."""
    known = set(_names(case))
    if not known:
        return
    others = {one.typed for one in texts(case) if not one.prose and one.path[-1] not in REMARKS}
    for passage in sentences_of(case):
        for pattern in (_QUOTED, _SCORED):
            for match in pattern.finditer(passage.typed):
                name = _LEAD.sub("", next(group for group in match.groups() if group))
                if HOLE in name or any(name in one or one in name for one in known | others) or _COMMON.search(name):
                    continue
                near = closest(name, known)
                mend = f"是不是“{near}”？" if near else "改为指标体系里的名称"
                what = f"文字里的指标“{name}”，指标体系和绩效目标里都没有"
                yield fault(passage, *match.span(), what, actual=name, mend=mend)


def _names(case: Case) -> Iterator[str]:
    """The names of all indicators and declared targets; none where no system of indicators is there."""
    if not case.data.indicators:
        return
    pending: list[Indicator] = [*case.data.indicators]
    while pending:
        one = pending.pop()
        yield from (name for name in (one.name, one.title) if name)
        pending += one.below
    for row in case.data.goals.rows if case.data.goals else []:
        yield from (name for name in (row.name, row.group, row.subgroup) if name)
