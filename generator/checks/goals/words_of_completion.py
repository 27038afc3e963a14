"""全部完成的说法：还有指标没有全部完成，就不能说全部完成。

查绩效目标的“实际完成”里“全部完成”“均已完成”“圆满完成”等说法，以及正文里说各项指标、年度目标全部完成、如期完成的话。
末级指标有扣分（部分完成、未完成）的，是警告；还没有评分的不核查。只说某一类指标的（“产出指标全部完成”），
或前面有“未”“除”“基本”等字的，不提示。

正例：没有说成全部完成。

    绩效目标:
      实际完成: 除满意度外，年初设定的指标全部完成。
    指标体系:
      - {名称: 群众满意度, 分值: 5, 测算: 83%, 计分方法: 达标得分, 参数: {符号: ≥, 标准: 90%}, 扣分原因: 开放时间短}

反例：满意度没有达到目标，却说全部完成。

    绩效目标:
      实际完成: 年初设定的绩效目标全部完成。   # !G114 群众满意度 全部完成
    指标体系:
      - {名称: 群众满意度, 分值: 5, 测算: 83%, 计分方法: 达标得分, 参数: {符号: ≥, 标准: 90%}, 扣分原因: 开放时间短}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...findings import Level
from ...passages import HOLE, Passage
from ...scores import NOT_DONE, PARTLY
from .. import Case, Fault
from ..indicators import called

CODE = "G114"
LEVEL = Level.WARNING

ALL = ("全部完成", "全部实现", "全部达到", "均已完成", "均已实现", "均已达到", "全面完成", "圆满完成")
DONE = ("超额完成", "如期完成", "已经完成")  # of all only where the clause is about the targets as a whole
ABOUT = (
    "各项指标",
    "全部指标",
    "所有指标",
    "年度指标",
    "绩效指标",
    "年度目标",
    "绩效目标",
    "各项目标",
    "年初目标",
    "各指标",
)
TAKEN_BACK = (
    "未",
    "没有",
    "尚",
    "不",
    "除",
    "基本",
    "力争",
    "确保",
    "计划",
    "要求",
    "大部分",
    "多数",
    "部分",
    "之一",
    "其中",
    "个别",
)
MOST = 3


def check(case: Case) -> Iterator[Fault]:
    """A fault for each sentence that says all is done while an indicator is not."""
    open_rows = [called(one) for one in case.scores.leaves() if one.status in (PARTLY, NOT_DONE)]
    if not open_rows:
        return
    groups = [node.indicator.name for node in case.nodes if node.below or node.depth == 1]
    listed = "、".join(f"“{name}”" for name in open_rows[:MOST])
    listed += f"等{len(open_rows)}项指标" if len(open_rows) > MOST else ""
    for passage in case.passages:
        clause = _claim(passage, groups)
        if clause:
            what = f"文字里说“{clause}”，而{listed}没有得满分"
            mend = "改写这句话，或核对指标的完成值"
            yield Fault(passage.path, what, quoted=clause, mend=mend, where=passage.where)


def _claim(passage: Passage, groups: list[str]) -> str | None:
    """The clause that says that all is done; None when the passage has none."""
    overall = passage.path[:2] == ("绩效目标", "实际完成")
    if not passage.prose or not (overall or passage.path[:1] == ("正文",)):
        return None
    for sentence in re.split(r"[。；！？\n]", passage.typed):
        if any(word in sentence for word in ("除", "以外")):
            continue
        for clause in re.split(r"[，：,:]", sentence):
            about = any(one in clause for one in ABOUT)
            word = next((one for one in (*ALL, *(DONE if about else ())) if one in clause), None)
            if word is None or any(one in clause[: clause.find(word)] for one in TAKEN_BACK):
                continue
            if (overall or about) and not any(one in clause for one in groups):
                return clause.strip().replace(HOLE, "…")[:40]
    return None
